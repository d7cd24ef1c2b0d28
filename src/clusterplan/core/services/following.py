"""Follow plans in force: what is due, how far they are, and why they are late.

Whoever reads is told of reports it may see. Only whether a report is in is told to
everybody, so that no plan seems late to those who may not read its report.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated

from attrs import field, frozen

from ..actors import Actor
from ..areas import prefecture_of
from ..cases import Case
from ..due_dates import DEFAULT_CYCLE, PeriodStatus, is_silent, reporting_periods
from ..grades import Grade, GradeCount, PoorShare, Trend, count_grades, trend
from ..identifiers import AreaCode, Key, PartId, PlanId
from ..plans import Plan
from ..readers import ANONYMOUS, Reader
from ..report_grades import IndicatorGrade, MeasureGrade
from ..reports import (
    ACCEPTED,
    CauseCategory,
    ReportCase,
    ReportRow,
    ResponseKind,
    in_order,
    is_just_before,
)
from ..store import ReadUnit, View
from ..stored import StoredPlan
from ..terms import Term
from .domain import Domain
from .followed import FollowedPlan, plans_in_force, visible_reports


@frozen(kw_only=True)
class DueReport:
    """The next report that a plan owes: the first one that is not in.

    Attributes:
        stored: The plan itself.
        report: The report as far as it is written, where it may be seen.
    """

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    plan_type: Annotated[Key, Term("計画類型", "Key of the plan type.")]
    title: Annotated[str, Term("計画名", "Title in Japanese.")]
    lead: Annotated[Actor | None, Term("策定主体", "Body that leads the plan.")]
    period_id: Annotated[PartId, Term("期間ID", "Period that is reported.")]
    period_start: Annotated[dt.date, Term("期間の開始日", "First day.")]
    period_end: Annotated[dt.date, Term("期間の終了日", "Last day.")]
    is_final: Annotated[bool, Term("最終報告", "Whether the plan ends with it.")]
    due_on: Annotated[dt.date, Term("提出期限", "Last day that is on time.")]
    late_after: Annotated[dt.date, Term("猶予期限", "Last day of the tolerance.")]
    status: Annotated[
        PeriodStatus,
        Term("状況", "Upcoming, due or late."),
    ]
    report_state: Annotated[
        Key | None, Term("報告の状態", "State of the report, where it may be seen.")
    ]
    last_period: Annotated[
        PartId | None, Term("直近の報告期間", "Last period with a report to be seen.")
    ]
    last_report_on: Annotated[
        dt.date | None, Term("直近の提出日", "Day that this report went in.")
    ]
    is_silent: Annotated[
        bool, Term("無報告", "Whether there was no report for too long.")
    ]
    stored: StoredPlan = field(eq=False, repr=False)
    report: ReportCase | None = field(default=None, eq=False, repr=False)


@frozen(kw_only=True)
class PlanProgress:
    """How far a plan is by its latest report."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    period_id: Annotated[PartId, Term("期間ID", "Period of the latest report.")]
    period_end: Annotated[dt.date, Term("基準日", "Day that the grades are as of.")]
    reported_on: Annotated[dt.date | None, Term("提出日", "Day that it went in.")]
    state: Annotated[Key, Term("報告の状態", "Submitted or accepted.")]
    counts: Annotated[
        tuple[GradeCount, ...], Term("区分別の指標数", "Each indicator once.")
    ]
    measure_counts: Annotated[
        tuple[GradeCount, ...], Term("区分別の施策数", "Measures by their headline.")
    ]
    measures: Annotated[
        tuple[MeasureGrade, ...], Term("施策の区分", "The headline of each measure.")
    ]
    poor: Annotated[PoorShare, Term("芳しくない指標", "How many of the indicators.")]
    trend: Annotated[
        Trend | None, Term("傾向", "From the third accepted period on; none before.")
    ]
    reports: Annotated[int, Term("報告数", "Number of reports that are in.")]


@frozen(kw_only=True)
class ProgressGroup:
    """How far plans of a group are together."""

    key: Annotated[str, Term("キー", "Key or code of the group.")]
    title: Annotated[str, Term("名称", "Name of the group.")]
    plans: Annotated[int, Term("計画数", "Plans in force.")]
    reported: Annotated[int, Term("報告のある計画数", "Those with a report.")]
    unreported: Annotated[int, Term("報告のない計画数", "Those without any.")]
    counts: Annotated[
        tuple[GradeCount, ...] | None,
        Term("区分別の指標数", "Of the latest reports; nothing without any report."),
    ]
    poor: Annotated[
        PoorShare | None,
        Term("芳しくない指標", "How many of them; nothing without any report."),
    ]


@frozen(kw_only=True)
class NationalProgress:
    """How far all plans in force are, together and by group."""

    as_of: Annotated[dt.date, Term("基準日", "Day that is looked at.")]
    total: Annotated[ProgressGroup, Term("全体", "All plans.")]
    by_plan_type: Annotated[
        tuple[ProgressGroup, ...], Term("計画類型別", "By plan type.")
    ]
    by_prefecture: Annotated[
        tuple[ProgressGroup, ...],
        Term("都道府県別", "A plan counts in each that its region reaches into."),
    ]
    by_field: Annotated[
        tuple[ProgressGroup, ...],
        Term("戦略分野別", "A plan counts in each of its fields."),
    ]


@frozen(kw_only=True)
class PoorCause:
    """A cause of poor progress of a measure; one without text where none is told.

    Attributes:
        stored: The plan itself.
    """

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    plan_title: Annotated[str, Term("計画名", "Title in Japanese.")]
    period_id: Annotated[PartId, Term("期間ID", "Period of the latest report.")]
    measure: Annotated[PartId, Term("施策ID", "The measure.")]
    measure_title: Annotated[
        str | None, Term("施策名", "Its name, while the plan has it.")
    ]
    grade: Annotated[Grade, Term("区分", "Its grade.")]
    category: Annotated[CauseCategory | None, Term("原因区分", "What it comes from.")]
    external: Annotated[bool, Term("外部要因", "Whether it lies outside.")]
    text: Annotated[str | None, Term("原因", "What happened.")]
    response: Annotated[ResponseKind | None, Term("対応", "Revise, or leave as it is.")]
    response_reason: Annotated[
        str | None, Term("対応の理由", "Why it is left, or what will be revised.")
    ]
    is_unanswered: Annotated[
        bool, Term("未対応", "Whether it is poor twice in a row without a response.")
    ]
    stored: StoredPlan = field(eq=False, repr=False)


def due_list(
    view: View, unit: ReadUnit, domain: Domain, *, reader: Reader = ANONYMOUS
) -> tuple[DueReport, ...]:
    """Return the next report of each plan in force of *view*, the earliest due first.

    A report that went in is not owed while the state looks at it; one that was sent
    back is owed again. Plans whose final report is in owe none.
    """
    followed = plans_in_force(view, unit, reader)
    found = (_due(each, view.moment.as_of, domain, reader) for each in followed)
    return tuple(
        sorted((d for d in found if d), key=lambda due: (due.due_on, due.plan_id))
    )


def progress_of(plan: Plan, reports: Iterable[Case]) -> PlanProgress | None:
    """Return how far *plan* is by *reports*; nothing where none of them is in.

    Measures that ended within a period are told of in its report alone.

    Args:
        plan: The plan.
        reports: Its reports that the reader may see.
    """
    cases = in_order(reports)
    if not cases:
        return None
    latest, report = cases[-1], cases[-1].document
    accepted = (c.document.present_grades for c in cases if c.state == ACCEPTED)
    grades = report.present_grades
    return PlanProgress(
        plan_id=plan.id,
        period_id=report.id,
        period_end=report.period_end,
        reported_on=report.submitted_on,
        state=latest.state,
        counts=count_grades(i.grade for i in _each_once(grades)),
        measure_counts=count_grades(m.grade for m in grades),
        measures=grades,
        poor=_share(grades),
        trend=trend([_share(grades) for grades in accepted]),
        reports=len(cases),
    )


def national_progress(
    view: View, unit: ReadUnit, domain: Domain, *, reader: Reader = ANONYMOUS
) -> NationalProgress:
    """Return how far the plans in force of *view* are, by their latest reports.

    A plan without a report is counted as such, never as one without poor indicators.
    """
    reference = domain.reference
    titles = {key: kind.title for key, kind in domain.plan_types.items()}
    areas = {str(code): area.name for code, area in reference.areas.items()}
    fields = {str(k): field.title for k, field in reference.strategic_fields.items()}
    found = list(plans_in_force(view, unit, reader))
    return NationalProgress(
        as_of=view.moment.as_of,
        total=_group("all", "全国", found),
        by_plan_type=_groups(found, titles, lambda plan: [plan.plan_type]),
        by_prefecture=_groups(found, areas, _prefectures),
        by_field=_groups(found, fields, lambda plan: plan.fields),
    )


def causes(
    view: View,
    unit: ReadUnit,
    domain: Domain,  # noqa: ARG001 - all readings are called alike
    *,
    reader: Reader = ANONYMOUS,
    unanswered: bool = False,
) -> tuple[PoorCause, ...]:
    """Return why measures are poor in the latest reports of plans in force.

    Args:
        view: Which plans.
        unit: Where they are read.
        domain: The plan types, as for the other readings.
        reader: Who reads.
        unanswered: Whether only those that are poor twice in a row, and that no
            revision and no reasoned decision to wait answers.
    """
    found = (
        cause
        for followed in plans_in_force(view, unit, reader)
        for cause in _causes(followed)
        if cause.is_unanswered or not unanswered
    )
    return tuple(sorted(found, key=lambda cause: (cause.plan_id, cause.measure)))


def _due(
    followed: FollowedPlan, today: dt.date, domain: Domain, reader: Reader
) -> DueReport | None:
    standing, plan = followed.stored.standing, followed.plan
    kind = domain.plan_types.get(standing.plan_type)
    cycle = kind.reporting_cycle if kind else DEFAULT_CYCLE
    public_on = standing.published_on or today
    cases = {case.id: case for case in followed.cases}
    went_in = {c.id: c.document.submitted_on for c in in_order(followed.cases)}
    periods = reporting_periods(
        public_on, plan.period.end if plan.period else None, cycle
    )
    period = next((p for p in periods if p.id not in went_in), None)
    if period is None:
        return None
    case = cases.get(PartId(period.id))
    last_day = max((day for day in went_in.values() if day), default=None)
    last = followed.reports[-1].document if followed.reports else None
    return DueReport(
        plan_id=plan.id,
        plan_type=plan.plan_type,
        title=plan.title,
        lead=plan.lead,
        period_id=PartId(period.id),
        period_start=period.start,
        period_end=period.end,
        is_final=period.is_last,
        due_on=period.due_on,
        late_after=period.late_after,
        status=period.status(today),
        report_state=case.state if case and reader.sees(case, plan) else None,
        last_period=last.id if last else None,
        last_report_on=last.submitted_on if last else None,
        is_silent=is_silent(public_on, last_day, today, cycle),
        stored=followed.stored,
        report=next(iter(visible_reports([case] if case else (), reader, plan)), None),
    )


def _each_once(grades: Iterable[MeasureGrade]) -> list[IndicatorGrade]:
    """Return the indicators of *grades*, each once, however many measures share it."""
    return list({i.indicator: i for m in grades for i in m.indicators}.values())


def _share(grades: Iterable[MeasureGrade]) -> PoorShare:
    return PoorShare.of(i.is_poor for i in _each_once(grades))


def _prefectures(plan: Plan) -> set[AreaCode]:
    return {prefecture_of(code) for code in plan.region}


def _groups(
    found: Iterable[FollowedPlan],
    titles: Mapping[str, str],
    keys: Callable[[Plan], Iterable[str]],
) -> tuple[ProgressGroup, ...]:
    members: defaultdict[str, list[FollowedPlan]] = defaultdict(list)
    for followed in found:
        for key in keys(followed.plan):
            members[key].append(followed)
    return tuple(
        _group(key, titles.get(key, key), members[key]) for key in sorted(members)
    )


def _group(key: str, title: str, members: list[FollowedPlan]) -> ProgressGroup:
    latest = [f.reports[-1].document.present_grades for f in members if f.reports]
    graded = [i for grades in latest for i in _each_once(grades)]
    return ProgressGroup(
        key=key,
        title=title,
        plans=len(members),
        reported=len(latest),
        unreported=len(members) - len(latest),
        counts=count_grades(i.grade for i in graded) if latest else None,
        poor=PoorShare.of(i.is_poor for i in graded) if latest else None,
    )


def _causes(followed: FollowedPlan) -> Iterator[PoorCause]:
    if not followed.reports:
        return
    *before, latest = followed.reports
    plan, report = followed.plan, latest.document
    titles = {m.id: m.title for m in plan.measures}
    poor_before = {
        graded.measure
        for case in before
        if is_just_before(case.document, report)
        for graded in case.document.grades
        if graded.is_poor
    }
    for graded in report.grades:
        row, has_ended = report.row(graded.measure), graded.edition is not None
        if row is None or not graded.is_poor:
            continue
        for cause in row.causes or (None,):
            response = row.response
            yield PoorCause(
                plan_id=plan.id,
                plan_title=plan.title,
                period_id=report.id,
                measure=graded.measure,
                measure_title=titles.get(graded.measure),
                grade=graded.grade,
                category=cause.category if cause else None,
                external=bool(cause and cause.external),
                text=cause.text if cause else None,
                response=response.kind if response else None,
                response_reason=response.reason if response else None,
                is_unanswered=graded.measure in poor_before
                and not (has_ended or _answered(row)),
                stored=followed.stored,
            )


def _answered(row: ReportRow) -> bool:
    """Tell whether a revision, or a reason to wait, answers poor progress."""
    if row.response is None:
        return False
    reasoned = bool((row.response.reason or "").strip())
    return row.response.kind is ResponseKind.REVISE or reasoned
