"""Measures (施策) and the six answers of 5W1H that each of them must give."""

from __future__ import annotations

import datetime as dt
import enum
from typing import Annotated

from attrs import frozen

from .identifiers import DeadlineText, Key, PartId, Yen
from .periods import FiscalHalf, FiscalYear
from .terms import Term


@frozen(kw_only=True)
class MeasureMilestone:
    """A dated step on the way of a measure."""

    id: Annotated[PartId, Term("マイルストーンID", "Unique in the plan.")]
    date: Annotated[dt.date, Term("日付", "By when the step is done.")]
    text: Annotated[str, Term("内容", "What is done by then.")]


@frozen(kw_only=True)
class Deadline:
    """By when: a day, a half of a fiscal year, dated milestones, or only words."""

    date: Annotated[dt.date | None, Term("期日", "Last day.")] = None
    half: Annotated[
        FiscalHalf | None, Term("半期", "Half of a fiscal year, such as `FY2027H2`.")
    ] = None
    milestones: Annotated[
        tuple[MeasureMilestone, ...], Term("マイルストーン", "Dated steps on the way.")
    ] = ()
    text: Annotated[
        DeadlineText | None, Term("期限の記述", "Words, where there is no date yet.")
    ] = None

    @property
    def due_on(self) -> dt.date | None:
        """The last day that follows from date, half or milestones, if any."""
        days = [m.date for m in self.milestones]
        if self.half:
            days.append(self.half.end)
        return self.date or max(days, default=None)

    @property
    def label(self) -> str:
        """The deadline in words, for people."""
        if self.date:
            return self.date.isoformat()
        if self.half:
            return self.half.label_ja
        due = self.due_on
        return self.text or (due.isoformat() if due else "")


@frozen(kw_only=True)
class Department:
    """A unit inside an organization."""

    organization: Annotated[
        str | None, Term("組織", "Area code, ministry or bureau key, or a name.")
    ] = None
    unit: Annotated[
        str | None, Term("部署", "Department or section in the organization.")
    ] = None

    @property
    def label(self) -> str:
        """Organization and unit in one text."""
        return " ".join(filter(None, (self.organization, self.unit)))


@frozen(kw_only=True)
class ExtraAnswer:
    """A further answer: the policy's list of six ends with 等 (and others)."""

    title: Annotated[str, Term("項目", "What is asked.")]
    text: Annotated[str, Term("内容", "The answer.")]


@frozen(kw_only=True)
class FiveWOneH:
    """The answers that make a measure explicit (5W1Hを明確化)."""

    significance: Annotated[
        str | None, Term("意義", "Why the measure is done; not what it does.")
    ] = None
    content: Annotated[str | None, Term("中身", "What is done.")] = None
    deadline: Annotated[Deadline | None, Term("期限", "By when.")] = None
    responsible_department: Annotated[
        Department | None, Term("担当部署", "Unit in charge, inside an organization.")
    ] = None
    deliberation_venue: Annotated[
        str | None, Term("検討の場", "Id of the venue where it is discussed.")
    ] = None
    way_of_proceeding: Annotated[
        tuple[str, ...], Term("進め方", "How it goes on: a text, or steps in order.")
    ] = ()
    extra: Annotated[
        tuple[ExtraAnswer, ...], Term("その他", "Further answers, free.")
    ] = ()


class BudgetStatus(enum.Enum):
    """How certain a budget line is."""

    PROPOSED = "proposed"
    VOTED = "voted"
    NONE = "none"


@frozen(kw_only=True)
class BudgetLine:
    """Money of one fiscal year for a measure."""

    fiscal_year: Annotated[FiscalYear | None, Term("年度", "Fiscal year.")] = None
    amount: Annotated[Yen | None, Term("金額", "Whole yen.")] = None
    status: Annotated[
        BudgetStatus, Term("予算状況", "Proposed, voted, or none (特別な予算措置なし).")
    ] = BudgetStatus.PROPOSED
    source: Annotated[Key | None, Term("財源", "Key of the funding source.")] = None
    basis: Annotated[
        str | None, Term("積算根拠", "Unit cost × quantity, quotation, past result.")
    ] = None


@frozen(kw_only=True)
class Measure:
    """A unit of action in a plan (施策)."""

    id: Annotated[PartId, Term("施策ID", "Unique in the plan, never used again.")]
    title: Annotated[str, Term("施策名", "Name of the measure.")]
    title_en: Annotated[str | None, Term("施策名（英語）", "Name in English.")] = None
    category: Annotated[
        Key | None, Term("施策区分", "Key of a measure category of the plan type.")
    ] = None
    answers: Annotated[
        tuple[PartId, ...], Term("対応する課題", "Ids of the challenges it answers.")
    ] = ()
    indicators: Annotated[
        tuple[PartId, ...], Term("指標", "Ids of the indicators that show its effect.")
    ] = ()
    five_w1h: Annotated[FiveWOneH, Term("5W1H", "The six answers.")] = FiveWOneH()
    budget: Annotated[
        tuple[BudgetLine, ...], Term("予算", "Money by fiscal year.")
    ] = ()
