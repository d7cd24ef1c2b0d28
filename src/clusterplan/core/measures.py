"""Measures (施策) and the six answers of 5W1H that each of them must give."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Annotated, Self

from attrs import frozen

from .actors import Actor
from .budgets import BudgetLine, BudgetStatus
from .departments import Department
from .identifiers import AreaCode, DeadlineText, Key, PartId, Yen
from .periods import FiscalHalf, PlanPeriod
from .quantities import decimal_of
from .terms import Term, TermEnum


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


class Nature(TermEnum):
    """Whether a measure builds (ハード) or does (ソフト)."""

    HARD = "hard", "ハード", "It builds something."
    SOFT = "soft", "ソフト", "It does something."


class CollectiveKind(TermEnum):
    """How a measure serves the whole industry instead of a single firm."""

    JOINT_FACILITY = "joint_facility", "共同施設", "A facility that several firms use."
    JOINT_PROJECT = (
        "joint_project",
        "共同事業",
        "A project that several firms carry out.",
    )
    SUPPLY_CHAIN_COMPLEMENT = (
        "supply_chain_complement",
        "サプライチェーン上の機能の補完",
        "It fills a gap of the supply chain.",
    )


class Stage(TermEnum):
    """Whether a measure is carried out, or only studied (検討)."""

    IMPLEMENTATION = "implementation", "実施", "It is carried out."
    STUDY = "study", "検討", "It is only studied."


@frozen(kw_only=True)
class Selection:
    """How those who get money are chosen (支援先の選定方法)."""

    method: Annotated[
        Key | None, Term("選定方法", "Such as `open_call`, `designation`.")
    ] = None
    criteria: Annotated[tuple[str, ...], Term("選定基準", "What is looked at.")] = ()
    openness: Annotated[
        str | None, Term("公開", "How process and result are made known.")
    ] = None


@frozen(kw_only=True)
class Dependency:
    """A measure that must come first."""

    measure: Annotated[PartId, Term("先行施策", "Id of the measure that comes first.")]
    note: Annotated[
        str | None, Term("補足", "Why it may end after the follower begins.")
    ] = None


@frozen(kw_only=True)
class StateSupport:
    """Support of the state that a measure uses (国の支援)."""

    programme: Annotated[Key, Term("制度", "Key of the programme or grant.")]
    ministry: Annotated[Key | None, Term("所管", "Key of the ministry.")] = None


@frozen(kw_only=True)
class LegalBasis:
    """A law or instrument that a measure uses."""

    title: Annotated[str, Term("根拠法令", "Name of the law or instrument.")]
    key: Annotated[
        Key | None, Term("法令キー", "Key in the list of laws, where it is known.")
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
    people: Annotated[
        tuple[PartId, ...], Term("必要な人材", "Ids of the people it trains or finds.")
    ] = ()
    five_w1h: Annotated[FiveWOneH, Term("5W1H", "The six answers.")] = FiveWOneH()
    period: Annotated[
        PlanPeriod | None, Term("実施期間", "When it is carried out.")
    ] = None
    continuing: Annotated[
        bool, Term("継続", "Whether it began before the plan, or goes on after it.")
    ] = False
    stage: Annotated[Stage, Term("段階", "Carried out, or only studied.")] = (
        Stage.IMPLEMENTATION
    )
    instruments: Annotated[
        tuple[Key, ...], Term("手法", "Such as `subsidy`, `finance`, `regulatory`.")
    ] = ()
    nature: Annotated[Nature | None, Term("ハード・ソフト", "Builds, or does.")] = None
    infrastructure: Annotated[
        tuple[Key, ...], Term("インフラ", "Such as `road`, `industrial_water`, `port`.")
    ] = ()
    collective: Annotated[
        tuple[CollectiveKind, ...],
        Term("共同の種類", "How it serves the industry together; none for one firm."),
    ] = ()
    fills: Annotated[
        tuple[PartId, ...],
        Term("補完する機能", "Ids of the missing functions it fills."),
    ] = ()
    firm_sizes: Annotated[
        tuple[Key, ...], Term("対象企業", "Such as `sme`, `mid_sized`, `startup`.")
    ] = ()
    tags: Annotated[
        tuple[Key, ...], Term("タグ", "Strategy tags, such as `overseas`.")
    ] = ()
    areas: Annotated[
        tuple[AreaCode, ...], Term("実施地域", "Codes of where it is carried out.")
    ] = ()
    outside_reason: Annotated[
        str | None, Term("地域外の理由", "Why it lies outside the plan's region.")
    ] = None
    designated_area: Annotated[
        str | None, Term("指定地域", "A designated area that it is for.")
    ] = None
    delivery_body: Annotated[
        Department | None,
        Term("実施主体", "Who delivers it, if not the unit in charge."),
    ] = None
    reporter: Annotated[
        Actor | None, Term("報告主体", "Who reports on it, in a plan of several.")
    ] = None
    depends_on: Annotated[
        tuple[Dependency, ...], Term("前提となる施策", "Measures that come first.")
    ] = ()
    selection: Annotated[
        Selection | None, Term("選定", "How those who get money are chosen.")
    ] = None
    state_support: Annotated[
        tuple[StateSupport, ...], Term("国の支援", "Programmes of the state it uses.")
    ] = ()
    legal_bases: Annotated[
        tuple[LegalBasis, ...], Term("根拠法令", "Laws and instruments it uses.")
    ] = ()
    links: Annotated[
        tuple[PartId, ...], Term("関連計画", "Ids of plans it belongs to.")
    ] = ()
    budget: Annotated[
        tuple[BudgetLine, ...], Term("予算", "Money by fiscal year.")
    ] = ()

    @property
    def is_collective(self) -> bool:
        """Whether it serves several firms together."""
        return bool(self.collective)

    @property
    def is_provisional(self) -> bool:
        """Whether some of its money is not voted yet."""
        return any(line.is_provisional for line in self.budget)

    @property
    def budget_total(self) -> Yen:
        """Sum of its budget lines in yen."""
        return Yen(sum(line.amount or 0 for line in self.budget))

    @property
    def tells_budget(self) -> bool:
        """Whether some line has an amount, or says that no money is needed."""
        return any(
            line.amount is not None or line.status is BudgetStatus.NONE
            for line in self.budget
        )


@frozen(kw_only=True)
class MeasureShare:
    """One of two kinds of measures in a plan, in numbers.

    Measures that do not say of which kind they are count for neither.
    """

    count: Annotated[int, Term("施策数", "Number of measures of the kind.")]
    count_share: Annotated[
        Decimal, Term("施策数の割合", "Share of the measures of both kinds, 0 to 1.")
    ]
    budget: Annotated[
        Yen | None, Term("予算額", "Yen, as far as told; null where none is told.")
    ]
    budget_share: Annotated[
        Decimal | None,
        Term(
            "予算額の割合",
            "Share of the money of both kinds, 0 to 1; null where a kind tells none.",
        ),
    ]
    budget_untold: Annotated[
        int, Term("予算未記載", "Measures of the kind that do not tell their money.")
    ]

    @classmethod
    def of(cls, these: Sequence[Measure], others: Sequence[Measure]) -> Self:
        """Return the share of *these* beside *others*; one of both is not empty."""
        budget, other = _told(these), _told(others)
        whole = None if budget is None or other is None else budget + other
        return cls(
            count=len(these),
            count_share=_part(len(these), len(these) + len(others)),
            budget=budget,
            budget_share=_part(budget, whole) if budget is not None and whole else None,
            budget_untold=sum(not m.tells_budget for m in these),
        )


def shares(
    some: Sequence[Measure], others: Sequence[Measure]
) -> tuple[MeasureShare, MeasureShare] | tuple[None, None]:
    """Return the shares of two kinds of measures; nothing where there are none."""
    if not (some or others):
        return None, None
    return MeasureShare.of(some, others), MeasureShare.of(others, some)


def _told(measures: Sequence[Measure]) -> Yen | None:
    """Return the money that is told; zero for no measures, nothing if none tells it."""
    known = [m.tells_budget for m in measures]
    if known and not any(known):
        return None
    return Yen(sum(m.budget_total for m in measures))


def _part(part: int, whole: int) -> Decimal:
    return decimal_of(Fraction(part, whole))
