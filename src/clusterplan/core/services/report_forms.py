"""The empty form of a progress report: which period, which text, who reports what."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from ..actors import Actor
from ..due_dates import ReportingPeriod, periods_until, reporting_periods
from ..errors import ErrorCode, Problem
from ..identifiers import PartId
from ..lifecycle import Phase
from ..measures import Measure
from ..moments import Moment
from ..plans import Plan
from ..plantypes import PlanType
from ..readers import LOCAL
from ..reports import (
    MilestoneNote,
    Observation,
    ProgressReport,
    ReportPart,
    ReportRow,
)
from ..revisions import ADOPTED, REVISION
from ..standings import PlanStanding
from ..store import ReadUnit, View
from ..stored import StoredPlan
from .domain import Domain
from .report_refusals import ReportRefusedError

_YEARS_AHEAD = 10
_NONE: Mapping[str, Plan] = MappingProxyType({})


def report_template(
    plan: Plan,
    period: ReportingPeriod,
    kind: PlanType,
    *,
    edition: str,
    former: Mapping[str, Plan] = _NONE,
) -> ProgressReport:
    """Return the report to fill in: a part for each reporter, a row for each measure.

    Rows name what is asked, the indicators and milestones of the measure, and say
    nothing yet. Who reports is told by the measure, or else it is the lead body. Where
    the plan was revised within the period, rows of measures that ended are kept, and
    rows say which editions they are of.

    Args:
        plan: The edition in force at the end of the period.
        period: What is reported.
        kind: The plan type.
        edition: Number of the edition.
        former: Editions that were in force before within the period, the oldest first.

    Raises:
        ReportRefusedError: `NO_REPORTER`, where neither is told.
    """
    rows: dict[Actor, list[ReportRow]] = {}
    before = {key: text for key, text in former.items() if key != edition}
    for text, measure, editions in _asked({**before, edition: plan}):
        reporter = measure.reporter or text.lead
        if reporter is None:
            raise ReportRefusedError(_no_reporter(plan))
        told = () if editions == (edition,) else editions
        rows.setdefault(reporter, []).append(_empty_row(text, measure, told))
    return ProgressReport(
        id=PartId(period.id),
        edition=edition,
        period_start=period.start,
        period_end=period.end,
        is_final=period.is_last,
        parts=tuple(
            ReportPart(reporter=reporter, rows=tuple(own))
            for reporter, own in rows.items()
        ),
        thresholds=kind.thresholds,
        public_when=kind.report_public,
    )


def _asked(
    texts: Mapping[str, Plan],
) -> Iterator[tuple[Plan, Measure, tuple[str, ...]]]:
    """Yield each measure once, as its last edition has it, and the editions with it.

    Measures of the last edition come first, then those that ended.
    """
    had: dict[PartId, list[str]] = {}
    for edition, text in texts.items():
        for measure in text.measures:
            had.setdefault(measure.id, []).append(edition)
    for edition, text in reversed(list(texts.items())):
        for measure in text.measures:
            if had[measure.id][-1] == edition:
                yield text, measure, tuple(had[measure.id])


def period_to_report(
    standing: PlanStanding,
    plan: Plan,
    period_id: str,
    domain: Domain,
    *,
    reported: Collection[str] = (),
) -> ReportingPeriod:
    """Return a period of a plan that a report can be opened for.

    Args:
        standing: Where the plan stands.
        plan: Its text.
        period_id: Such as `FY2026H1`.
        domain: The plan types and the time.
        reported: Periods that there is a report on; a refusal hints at the next one.

    Raises:
        ReportRefusedError: The plan is not in force, it has no such period, or the
            last day of the period is not over. After the end of a plan, only its final report is left.
    """
    kind = domain.plan_type(standing.plan_type)
    public_on, today = standing.published_on, domain.today()
    if public_on is None or standing.phase not in (Phase.IN_FORCE, Phase.ENDED):
        raise ReportRefusedError(_not_in_force(standing))
    end = plan.period.end if plan.period else None
    periods = reporting_periods(public_on, end, kind.reporting_cycle)
    known = itertools.takewhile(
        lambda p: p.start.year <= today.year + _YEARS_AHEAD, periods
    )
    period = next((p for p in known if p.id == period_id), None)
    if period is None:
        begun = periods_until(public_on, end, today, kind.reporting_cycle)
        owed = next((p.id for p in begun if p.id not in reported), None)
        raise ReportRefusedError(_no_such_period(period_id, begun, owed))
    if standing.phase is Phase.ENDED and not period.is_last:
        raise ReportRefusedError(_not_in_force(standing))
    if today <= period.end:
        raise ReportRefusedError(_not_over(period, today))
    return period


def text_of(
    unit: ReadUnit, plan_id: str, domain: Domain, *, edition: str
) -> StoredPlan | None:
    """Return an edition of a plan, as it stood last."""
    return unit.plan(plan_id, domain.view(LOCAL), edition=edition)


def text_in_force(
    unit: ReadUnit, standing: PlanStanding, day: dt.date
) -> StoredPlan | None:
    """Return the edition of a plan that was public at the end of *day*.

    Where none was, it is the one that is public now.
    """
    view = _at_the_end_of(day)
    found = unit.plan(standing.plan_id, view)
    if found is not None and found.standing.public:
        return found
    return unit.plan(standing.plan_id, view, edition=standing.edition)


def former_texts(
    unit: ReadUnit, standing: PlanStanding, period: ReportingPeriod, domain: Domain
) -> Mapping[str, Plan]:
    """Return the editions before the last that were in force within a period.

    The oldest comes first. A revision or correction replaced each of them on a day
    after the first of the period; it was in force until the day before.
    """
    found = unit.cases([standing.plan_id], REVISION, domain.view(LOCAL))
    days = sorted(
        case.on
        for case in found.get(standing.plan_id, ())
        if case.state == ADOPTED and period.start < case.on <= period.end
    )
    replaced = (
        unit.plan(standing.plan_id, _at_the_end_of(day - dt.timedelta(days=1)))
        for day in days
    )
    return {s.standing.edition: s.plan for s in replaced if s and s.standing.public}


def texts_of_rows(
    unit: ReadUnit, plan_id: str, domain: Domain, report: ProgressReport
) -> Mapping[str, Plan]:
    """Return the editions that the rows of a report belong to, by their numbers."""
    editions = dict.fromkeys([report.edition, *map(report.edition_of, report.rows)])
    found = (text_of(unit, plan_id, domain, edition=each) for each in editions)
    return {s.standing.edition: s.plan for s in found if s}


def _at_the_end_of(day: dt.date) -> View:
    return View(moment=Moment(as_of=day), drafts=LOCAL.drafts)


def _empty_row(plan: Plan, measure: Measure, editions: Iterable[str]) -> ReportRow:
    known = {i.id for i in plan.indicators}
    deadline = measure.five_w1h.deadline
    return ReportRow(
        measure=measure.id,
        editions=tuple(editions),
        observations=tuple(
            Observation(indicator=i)
            for i in dict.fromkeys(measure.indicators)
            if i in known
        ),
        milestones=tuple(
            MilestoneNote(milestone=m.id)
            for m in (deadline.milestones if deadline else ())
        ),
    )


def _no_reporter(plan: Plan) -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="NO_REPORTER",
        message_ja=f"計画「{plan.id}」には策定主体も施策の報告主体も書かれていないため、"
        "進捗報告を作れません",
        message_en=f"plan {plan.id!r} names neither a lead body nor who reports on a "
        "measure, so there is nobody to report",
        path=("plan_id",),
        rule_id="REP-07",
    )


def _not_in_force(standing: PlanStanding) -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="NOT_IN_FORCE",
        message_ja=f"計画「{standing.plan_id}」は現在実施中ではないため、"
        "進捗報告を始められません（終了後は最終報告のみ）",
        message_en=f"plan {standing.plan_id!r} is not in force, so no report is opened; "
        "after its end there is only the final one",
        path=("plan_id",),
        rule_id="ACT-07",
    )


def _no_such_period(
    period_id: str, begun: Sequence[ReportingPeriod], owed: str | None
) -> Problem:
    some = ", ".join(period.id for period in begun[-4:])
    ja = f"これまでの期間：{some}" if some else "報告期間はまだ始まっていません"
    en = f"so far it has: {some}" if some else "none has begun yet"
    return Problem(
        code=ErrorCode.NOT_FOUND,
        reason="UNKNOWN_PERIOD",
        message_ja=f"この計画に報告期間「{period_id[:40]}」はありません。{ja}",
        message_en=f"the plan has no reporting period {period_id[:40]!a}; {en}",
        path=("period_id",),
        hint=owed,
        rule_id="REP-15",
    )


def _not_over(period: ReportingPeriod, today: dt.date) -> Problem:
    first = period.end + dt.timedelta(days=1)
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="PERIOD_NOT_OVER",
        message_ja=f"報告期間「{period.id}」は {period.end} に終わります（今日は {today}）。"
        f"進捗報告は {first} から始められます",
        message_en=f"period {period.id} ends on {period.end}, and today is {today}; its "
        f"report can be opened from {first} on",
        path=("period_id",),
        hint=first.isoformat(),
        rule_id="REP-15",
    )
