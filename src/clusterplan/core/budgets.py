"""Money of measures: budget lines by fiscal year, and where the money comes from."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from .identifiers import Key, Yen
from .periods import FiscalYear
from .terms import Term, TermEnum


class BudgetStatus(TermEnum):
    """How certain a budget line is."""

    PROPOSED = "proposed", "議決前", "Asked for, and not voted yet; provisional."
    VOTED = "voted", "議決済み", "Voted by the assembly."
    NONE = "none", "予算措置なし", "There is no budget for it, and that is said openly."


class FundingStatus(TermEnum):
    """Whether the money of a source is there, or hoped for."""

    SECURED = "secured", "確保済み", "The money is there."
    TARGETED = "targeted", "獲得を目指す", "The money is hoped for."


@frozen(kw_only=True)
class FundingSource:
    """A part of the money of a budget line, by where it comes from (財源)."""

    source: Annotated[
        Key, Term("財源", "Key such as `state`, `prefecture`, `crowdfunding`.")
    ]
    amount: Annotated[Yen | None, Term("金額", "Whole yen.")] = None
    status: Annotated[FundingStatus, Term("確保状況", "Secured or targeted.")] = (
        FundingStatus.TARGETED
    )


@frozen(kw_only=True)
class BudgetLine:
    """Money of one fiscal year for a measure."""

    fiscal_year: Annotated[FiscalYear | None, Term("年度", "Fiscal year.")] = None
    amount: Annotated[Yen | None, Term("金額", "Whole yen.")] = None
    status: Annotated[
        BudgetStatus, Term("予算状況", "Proposed, voted, or none (特別な予算措置なし).")
    ] = BudgetStatus.PROPOSED
    vote_expected_on: Annotated[
        dt.date | None, Term("議決予定日", "When the assembly is to vote.")
    ] = None
    source: Annotated[Key | None, Term("財源", "The one source of the money.")] = None
    sources: Annotated[
        tuple[FundingSource, ...], Term("財源内訳", "Several sources of the money.")
    ] = ()
    basis: Annotated[
        str | None, Term("積算根拠", "Unit cost × quantity, quotation, past result.")
    ] = None

    @property
    def is_provisional(self) -> bool:
        """Whether the money is not voted yet, and shown as such."""
        return self.status is BudgetStatus.PROPOSED

    @property
    def funded(self) -> Yen:
        """Sum of the named sources in yen; the whole amount for a single source."""
        if not self.sources:
            return Yen(self.amount or 0) if self.source else Yen(0)
        return Yen(sum(s.amount or 0 for s in self.sources))

    @property
    def gap(self) -> Yen:
        """What the named sources leave open, in yen; never below zero."""
        return Yen(max((self.amount or 0) - self.funded, 0))
