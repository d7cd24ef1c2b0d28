"""Progress reports (進捗報告): about every half-year, in numbers, with causes.

A report covers one reporting period of a plan. Each measure in force has a row, each row
a number or the reason for none; where progress is poor (芳しくない), the row says why.
Who is responsible for a measure reports it: a plan of several reporters has a part of
each, and the report goes in when every part is done.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated

from attrs import field, frozen

from .actors import (
    CABINET_SECRETARIAT,
    LOCAL_GOVERNMENT,
    METI,
    MINISTRY,
    REGIONAL_BUREAU,
    Actor,
    is_same_body,
)
from .cases import Case, CaseKind, Graded
from .findings import Gate
from .grades import Grade, worst
from .identifiers import Key, PartId
from .lifecycle import Lifecycle, Need, Phase, State, Step
from .quantities import Ratio
from .report_grades import MeasureGrade
from .terms import Term, TermEnum
from .thresholds import DEFAULT_THRESHOLDS, ProgressThresholds


@frozen(kw_only=True)
class Observation:
    """What an indicator stood at (実績値)."""

    indicator: Annotated[PartId, Term("指標ID", "The indicator of the plan.")]
    value: Annotated[Decimal | None, Term("実績値", "In the indicator's unit.")] = None
    ratio: Annotated[
        Ratio | None, Term("比率", "Numerator and denominator, for a ratio.")
    ] = None
    as_of: Annotated[
        dt.date | None, Term("時点", "Day the value stands for; else the period's end.")
    ] = None
    missing_reason: Annotated[
        str | None, Term("値がない理由", "Why there is no value yet.")
    ] = None
    next_release_on: Annotated[
        dt.date | None, Term("次回公表日", "When the value is expected.")
    ] = None
    corrects: Annotated[
        str | None, Term("訂正理由", "Why a value told before is another one now.")
    ] = None
    comment: Annotated[str | None, Term("説明", "What the value means.")] = None


@frozen(kw_only=True)
class MilestoneNote:
    """How a dated milestone of a measure went."""

    milestone: Annotated[PartId, Term("マイルストーンID", "The milestone.")]
    done_on: Annotated[dt.date | None, Term("完了日", "When it was done.")] = None
    expected_on: Annotated[
        dt.date | None, Term("完了見込日", "When it is expected to be done.")
    ] = None
    corrects: Annotated[
        str | None, Term("訂正理由", "Why a day told before is another one now.")
    ] = None


class CauseCategory(TermEnum):
    """What poor progress comes from (原因)."""

    DESIGN = "design", "施策の設計", "The measure is designed wrongly."
    MONEY = "money", "資金・予算", "Money is missing."
    STAFF = "staff", "実施体制", "People to do it are missing."
    PARTNER = "partner", "連携先", "A partner does not do its part."
    PROCUREMENT = "procurement", "調達・契約", "No bid, or no contract."
    LAND_PERMIT = "land_permit", "用地・許認可", "Land or a permit is missing."
    INFRASTRUCTURE_DEPENDENCY = (
        "infrastructure_dependency",
        "インフラの遅れ",
        "Infrastructure that it waits for is late.",
    )
    MARKET_DEMAND = "market_demand", "市場・需要", "The market asks for less."
    LABOUR_SUPPLY = "labour_supply", "人手不足", "Firms find no workers."
    PRICE_COST = "price_cost", "価格・費用の上昇", "Prices or costs rise."
    DISASTER = "disaster", "災害・感染症", "A disaster or an epidemic."
    LAW = "law", "法令・制度", "Law or rules stand in the way."
    DATA = "data", "データの不足・遅れ", "Data are missing or late."
    OTHER = "other", "その他", "Something else."


@frozen(kw_only=True)
class Cause:
    """Why progress is poor (芳しくない場合の原因)."""

    category: Annotated[
        CauseCategory | None, Term("原因区分", "What it comes from.")
    ] = None
    external: Annotated[
        bool, Term("外部要因", "Whether it lies outside of what the reporter decides.")
    ] = False
    text: Annotated[str, Term("原因", "What happened, not only that it fell short.")]
    evidence: Annotated[
        tuple[str, ...], Term("根拠資料", "Ids of attachments, or where it is shown.")
    ] = ()


class ResponseKind(TermEnum):
    """What follows from poor progress: a revision, or waiting for a reason."""

    REVISE = "revise", "改訂する", "The plan is revised."
    HOLD = "hold", "改訂せず見守る", "It is left as it is, for a reason."


@frozen(kw_only=True)
class Response:
    """The answer to poor progress (対応)."""

    kind: Annotated[ResponseKind, Term("対応", "Revise, or leave as it is.")]
    reason: Annotated[
        str | None, Term("対応の理由", "Why it is left, or what will be revised.")
    ] = None


@frozen(kw_only=True)
class ItemChange:
    """One of the six answers that is another one than in the plan."""

    item: Annotated[Key, Term("項目", "Such as `deadline`, `responsible_department`.")]
    after: Annotated[str, Term("変更後", "What it is now.")]
    reason: Annotated[str | None, Term("理由", "Why it changed.")] = None


@frozen(kw_only=True)
class ReportRow:
    """What is reported of one measure.

    Where the plan was revised or corrected within the period, the row tells of which
    editions it is. A measure that is still there is asked and graded as the newest of
    them has it. One that a revision took away keeps its row, marked by the editions
    that had it: numbers may be told, and are graded by the last of those; left empty,
    the row shows that the measure ended, and nothing is missing.
    """

    measure: Annotated[PartId, Term("施策ID", "The measure of the plan.")]
    editions: Annotated[
        tuple[str, ...],
        Term(
            "対象の版",
            "Editions within the period that have the measure, the oldest first; none"
            " where that is only the one reported on. The form tells them.",
        ),
    ] = ()
    text: Annotated[str | None, Term("実施状況", "What was done.")] = None
    observations: Annotated[
        tuple[Observation, ...], Term("実績", "Values of its indicators.")
    ] = ()
    milestones: Annotated[
        tuple[MilestoneNote, ...], Term("マイルストーン", "Milestones on the way.")
    ] = ()
    no_number_reason: Annotated[
        str | None, Term("数値がない理由", "Why there is no number at all.")
    ] = None
    changes: Annotated[
        tuple[ItemChange, ...], Term("5W1Hの変更", "Answers that changed since.")
    ] = ()
    causes: Annotated[
        tuple[Cause, ...], Term("原因", "Why progress is poor, where it is.")
    ] = ()
    response: Annotated[
        Response | None, Term("対応", "What follows from poor progress.")
    ] = None


@frozen(kw_only=True)
class ReportPart:
    """The rows of one reporter (報告主体)."""

    reporter: Annotated[Actor, Term("報告主体", "Who reports these measures.")]
    version: Annotated[int, Term("版数", "Counts changes of this part.")] = 0
    done: Annotated[bool, Term("記入済み", "Whether the reporter is done.")] = False
    rows: Annotated[tuple[ReportRow, ...], Term("施策別報告", "A row a measure.")] = ()


class ReportPublicity(TermEnum):
    """When anybody may read a report; a setting of the plan type."""

    ON_ACCEPT = "on_accept", "受理時", "Once it is accepted."
    ON_SUBMIT = "on_submit", "提出時", "Once it is submitted."
    NEVER = "never", "非公開", "Never."


@frozen(kw_only=True)
class ProgressReport:
    """A report on one period; `id` is the period, such as `FY2026H1`."""

    id: Annotated[PartId, Term("期間ID", "Period that is reported, `FY2026H1`.")]
    edition: Annotated[
        str, Term("対象の版", "Edition in force at the end of the period.")
    ]
    period_start: Annotated[dt.date, Term("期間の開始日", "First day.")]
    period_end: Annotated[
        dt.date, Term("期間の終了日", "Last day; values are as of it.")
    ]
    is_final: Annotated[
        bool, Term("最終報告", "Whether the plan ends with this period.")
    ] = False
    parts: Annotated[
        tuple[ReportPart, ...], Term("報告主体別", "One part a reporter.")
    ] = ()
    thresholds: Annotated[
        ProgressThresholds,
        Term("しきい値", "Defaults or own values used for grades; not policy."),
    ] = DEFAULT_THRESHOLDS
    grades: Annotated[
        tuple[MeasureGrade, ...], Term("進捗区分", "Grades, as of its submission.")
    ] = ()
    public_when: Annotated[
        ReportPublicity, Term("公開の時期", "When anybody may read it.")
    ] = ReportPublicity.ON_ACCEPT
    submitted_by: Annotated[
        Actor | None, Term("提出者", "The office that submitted it.")
    ] = None
    submitted_on: Annotated[dt.date | None, Term("提出日", "When it went in.")] = None
    corrected_by: Annotated[
        Actor | None,
        Term("訂正者", "The office that corrected it last, once it was accepted."),
    ] = None
    corrected_on: Annotated[
        dt.date | None, Term("訂正日", "When it was corrected last.")
    ] = None
    sent_back_reason: Annotated[
        str | None, Term("差戻しの理由", "What has to be put right.")
    ] = None

    @property
    def rows(self) -> tuple[ReportRow, ...]:
        """The rows of all parts."""
        return tuple(row for part in self.parts for row in part.rows)

    def row(self, measure: str) -> ReportRow | None:
        """Return the row of a measure, if there is one."""
        return next((row for row in self.rows if row.measure == measure), None)

    def edition_of(self, row: ReportRow) -> str:
        """Return the edition that a row belongs to: the last that has its measure."""
        return row.editions[-1] if row.editions else self.edition

    def has_ended(self, row: ReportRow) -> bool:
        """Tell whether the measure of a row went before the end of the period."""
        return self.edition_of(row) != self.edition

    @property
    def present_grades(self) -> tuple[MeasureGrade, ...]:
        """The grades of measures that had not ended by the end of the period."""
        return tuple(graded for graded in self.grades if graded.edition is None)


@frozen(kw_only=True)
class ReportCase(Case):
    """A progress report, and where it stands."""

    document: ProgressReport = field(eq=False, repr=False)


REPORTERS = (
    *LOCAL_GOVERNMENT,
    REGIONAL_BUREAU,
    CABINET_SECRETARIAT,
    METI,
    MINISTRY,
)
"""Kinds of actor that may open, fill and submit reports."""
OPEN, SUBMITTED = Key("open"), Key("submitted")
SENT_BACK, ACCEPTED = Key("sent_back"), Key("accepted")
IN = (SUBMITTED, ACCEPTED)
"""States of a report that went in; one that was sent back is not in."""


_OF_THE_STATE = (CABINET_SECRETARIAT, METI, MINISTRY)
ACCEPTING = (CABINET_SECRETARIAT, METI)
"""Kinds of actor that accept reports, where the plan type has the state review them."""
ACCEPTING_BODIES = (Actor(CABINET_SECRETARIAT, "cas"), Actor(METI, METI))
"""The bodies of these kinds, with the keys that they have as ministries."""


def speaks_for(by: Actor, body: Actor) -> bool:
    """Tell whether an office that may report does so for *body*.

    A ministry that is an actor of its own kind, such as METI, reports as a ministry,
    too.
    """
    if by.kind not in REPORTERS:
        return False
    of_the_state = by.kind in _OF_THE_STATE and body.kind in _OF_THE_STATE
    same = _keys_of(by) & _keys_of(body)
    return is_same_body(by, body) or (of_the_state and bool(same))


def _keys_of(body: Actor) -> frozenset[str]:
    """Return the ministry keys of a body; a kind of its own is one, too."""
    return frozenset({body.code, body.kind} if body.kind in ACCEPTING else {body.code})


def is_just_before(one: ProgressReport, other: ProgressReport) -> bool:
    """Tell whether no period lies between those of two reports."""
    return one.period_end + dt.timedelta(days=1) == other.period_start


def _is_public(state: Key, report: ProgressReport) -> bool:
    if report.public_when is ReportPublicity.ON_SUBMIT:
        return state in IN
    return report.public_when is ReportPublicity.ON_ACCEPT and state == ACCEPTED


def _graded(report: ProgressReport) -> Graded:
    """Return the worst headline of the measures; no data where none is graded.

    It points at what to look at, and is no verdict on the plan. Measures that ended
    within the period are nothing to look at any more.
    """
    grade = worst(measure.grade for measure in report.present_grades)
    return Graded(grade=grade or Grade.NO_DATA, period_end=report.period_end)


def in_order(cases: Iterable[Case]) -> tuple[ReportCase, ...]:
    """Return the reports among *cases* that are in, the oldest period first."""
    found = [c for c in cases if isinstance(c, ReportCase) and c.state in IN]
    return tuple(sorted(found, key=lambda case: case.document.period_end))


SUBMIT = Step(
    key=Key("submit"),
    title="提出する",
    title_en="Submit",
    from_=(OPEN, SENT_BACK),
    to=SUBMITTED,
    actors=REPORTERS,
    by_lead=True,
    gate=Gate.REPORT,
)
"""Taken by the lead body, or the only reporter, when every part is done."""

REPORT = CaseKind(
    key=Key("report"),
    title="進捗報告",
    title_en="Progress report",
    case=ReportCase,
    document=ProgressReport,
    is_public=_is_public,
    graded=_graded,
    lifecycle=Lifecycle(
        states=(
            State(key=OPEN, title="記入中", title_en="Open", phase=Phase.DRAFT),
            State(
                key=SUBMITTED,
                title="提出済",
                title_en="Submitted",
                phase=Phase.IN_REVIEW,
            ),
            State(
                key=SENT_BACK, title="差戻し", title_en="Sent back", phase=Phase.DRAFT
            ),
            State(
                key=ACCEPTED, title="受理済", title_en="Accepted", phase=Phase.IN_FORCE
            ),
        ),
        steps=(
            SUBMIT,
            Step(
                key=Key("send_back"),
                title="差し戻す",
                title_en="Send back",
                from_=(SUBMITTED,),
                to=SENT_BACK,
                actors=ACCEPTING,
                needs=(Need.REASON,),
            ),
            Step(
                key=Key("accept"),
                title="受理する",
                title_en="Accept",
                from_=(SUBMITTED,),
                to=ACCEPTED,
                actors=ACCEPTING,
            ),
        ),
    ),
)
"""Filled and submitted by those who report, accepted by the state where it reviews."""
