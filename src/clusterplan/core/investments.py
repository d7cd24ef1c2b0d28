"""Investment projects (投資案件): aggregates of their own, shared by plans."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Annotated

from attrs import frozen

from .actors import Actor
from .identifiers import AreaCode, InvestmentId, Key, Yen
from .periods import FiscalYear
from .terms import Term, TermEnum


class Sector(TermEnum):
    """Whose money it is."""

    PUBLIC = "public", "公的資金", "Money of the state or of local governments."
    PRIVATE = "private", "民間資金", "Money of firms and others."


class InvestmentState(TermEnum):
    """How far a project is."""

    IDEA = "idea", "構想", "It is thought of."
    ANNOUNCED = "announced", "公表済み", "It is announced."
    DECIDED = "decided", "投資決定", "It is decided."
    UNDER_CONSTRUCTION = "under_construction", "建設中", "It is being built."
    RUNNING = "running", "稼働中", "It runs."


class Certainty(TermEnum):
    """How certain an amount is."""

    ANNOUNCED = "announced", "公表", "It is announced."
    PLANNED = "planned", "計画", "It is planned."
    SECURED = "secured", "確保済み", "The money is there."
    SPENT = "spent", "支出済み", "The money is spent."


class Precision(TermEnum):
    """How exact a place on the map is."""

    SITE = "site", "地点", "The site itself."
    MUNICIPALITY = (
        "municipality",
        "市区町村の代表点",
        "A point that stands for a municipality.",
    )
    PREFECTURE = (
        "prefecture",
        "都道府県の代表点",
        "A point that stands for a prefecture.",
    )
    AREA = "area", "対象地域の代表点", "A point that stands for the region of a plan."


@frozen(kw_only=True)
class Site:
    """A place of an investment, with its share of the amount."""

    municipality: Annotated[
        AreaCode | None, Term("所在地", "Six-digit code of the local government.")
    ] = None
    lon: Annotated[Decimal | None, Term("経度", "Degrees east.")] = None
    lat: Annotated[Decimal | None, Term("緯度", "Degrees north.")] = None
    precision: Annotated[Precision, Term("位置精度", "How exact the point is.")] = (
        Precision.MUNICIPALITY
    )
    share: Annotated[
        Decimal, Term("配分", "Share of the amount at this site, 0 to 1.")
    ] = Decimal(1)


@frozen(kw_only=True)
class MoneyLine:
    """An amount of one fiscal year, source, sector and certainty; lines do not overlap."""

    fiscal_year: Annotated[FiscalYear | None, Term("年度", "Fiscal year.")] = None
    source: Annotated[Key | None, Term("資金源", "Key of the funding source.")] = None
    sector: Annotated[Sector, Term("官民", "Public or private money.")]
    certainty: Annotated[Certainty, Term("確度", "How certain the amount is.")]
    amount: Annotated[Yen | None, Term("金額", "Whole yen.")] = None
    at_least: Annotated[
        Yen | None, Term("下限", "Least amount, where only a range is known.")
    ] = None
    at_most: Annotated[
        Yen | None, Term("上限", "Greatest amount, where only a range is known.")
    ] = None
    as_of: Annotated[dt.date | None, Term("時点", "Day of the information.")] = None


@frozen(kw_only=True)
class Investment:
    """An investment project, told once and referred to by every plan that counts on it."""

    id: Annotated[InvestmentId, Term("投資ID", "Unique over all plans.")]
    title: Annotated[str, Term("投資名", "Name of the project.")]
    title_en: Annotated[str | None, Term("投資名（英語）", "Name in English.")] = None
    anchor: Annotated[
        bool, Term("起点投資", "Whether the cluster starts from it (大規模投資を起点).")
    ] = False
    investor: Annotated[str | None, Term("投資主体", "Who invests.")] = None
    state: Annotated[
        InvestmentState | None, Term("進み具合", "How far the project is.")
    ] = None
    starts_in: Annotated[
        FiscalYear | None, Term("開始年度", "Fiscal year of the start.")
    ] = None
    source: Annotated[
        str | None, Term("出典", "Press release or record it is read from.")
    ] = None
    owner: Annotated[Actor | None, Term("管理主体", "Office that keeps the entry.")] = (
        None
    )
    fields: Annotated[
        tuple[Key, ...], Term("戦略分野", "Keys of the strategic fields it belongs to.")
    ] = ()
    withheld: Annotated[
        bool, Term("非公開", "Not agreed to be public: in no public number or map.")
    ] = False
    sites: Annotated[tuple[Site, ...], Term("所在地", "Where it is built.")] = ()
    money: Annotated[
        tuple[MoneyLine, ...], Term("資金", "Amounts; the latest set replaces.")
    ] = ()

    @property
    def total(self) -> Yen | None:
        """Sum of all money lines in yen; nothing where no line has an amount."""
        amounts = [line.amount for line in self.money if line.amount is not None]
        return Yen(sum(amounts)) if amounts else None

    @property
    def certainty(self) -> Certainty | None:
        """The least certain of its money lines: announced before spent."""
        ranks = list(Certainty)
        return min((m.certainty for m in self.money), key=ranks.index, default=None)
