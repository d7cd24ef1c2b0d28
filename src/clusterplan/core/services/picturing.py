"""A report as a page shows it: what was planned, what came of it, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal

from attrs import frozen

from ..courses import course_of, direction_of, level_of
from ..grading import observed_in, value_of
from ..identifiers import PartId
from ..indicators import DatedValue, Direction, Indicator
from ..measures import Measure, MeasureMilestone
from ..plans import Plan
from ..plantypes import PlanType
from ..quantities import decimal_of, exact
from ..readers import Reader
from ..report_grades import IndicatorGrade, MeasureGrade, MilestoneGrade
from ..reports import (
    IN,
    REPORT,
    MilestoneNote,
    Observation,
    ProgressReport,
    ReportCase,
    ReportRow,
    in_order,
)
from ..store import ReadUnit, View
from .cases import UnknownCaseError, UnknownPlanError
from .domain import Domain
from .followed import visible_report, visible_reports
from .following import PlanProgress, progress_of


@frozen(kw_only=True)
class PicturedIndicator:
    """An indicator of a measure: its course, and what it stood at.

    Attributes:
        course: Baseline, milestones and target, as far as they have day and value.
        actuals: What was reported up to this report, the oldest first.
        as_of: The day that the report is about.
        actual: What the report says, where it tells a value.
        expected: What the course expects on this day.
        grade: As it was worked out when the report went in.
    """

    indicator: Indicator
    course: tuple[DatedValue, ...]
    actuals: tuple[DatedValue, ...]
    as_of: dt.date
    actual: Decimal | None
    expected: Decimal | None
    observed: Observation | None
    grade: IndicatorGrade | None


@frozen(kw_only=True)
class PicturedMilestone:
    """A dated step of a measure, and how it went."""

    milestone: MeasureMilestone
    note: MilestoneNote | None
    grade: MilestoneGrade | None


@frozen(kw_only=True)
class PicturedMeasure:
    """A measure that the report has a row of.

    Attributes:
        measure: As the edition has it that the row is about.
        has_ended: Whether a revision within the period took it away.
        grade: None before the report went in.
    """

    measure: Measure
    row: ReportRow
    has_ended: bool
    grade: MeasureGrade | None
    indicators: tuple[PicturedIndicator, ...]
    milestones: tuple[PicturedMilestone, ...]


@frozen(kw_only=True)
class ReportPicture:
    """A report on a plan, as somebody may see it.

    Attributes:
        plan: The edition that is reported on.
        plan_type: None where its plugin is gone.
        progress: How far the plan is by this report; None before it went in.
        drawn_on: The day of the picture.
    """

    plan: Plan
    plan_type: PlanType | None
    case: ReportCase
    measures: tuple[PicturedMeasure, ...]
    progress: PlanProgress | None
    drawn_on: dt.date

    @property
    def report(self) -> ProgressReport:
        """The report itself."""
        return self.case.document


def report_picture(
    plan_id: str, period_id: str, reader: Reader, unit: ReadUnit, domain: Domain
) -> ReportPicture:
    """Return the report on a period of a plan as *reader* may see it.

    Raises:
        UnknownPlanError: There is no such plan, or none that the reader may see.
        UnknownCaseError: There is no such report, or none that the reader may see.
    """
    view = domain.view(reader)
    stored = unit.plan(plan_id, view)
    if stored is None:
        raise UnknownPlanError(plan_id)
    cases = unit.cases([plan_id], REPORT, view).get(plan_id, ())
    found = next((c for c in cases if c.id == period_id), None)
    case = (
        visible_report(found, reader, stored.plan)
        if isinstance(found, ReportCase)
        else None
    )
    if case is None:
        raise UnknownCaseError(REPORT, plan_id, period_id)
    report = case.document
    seen = in_order(visible_reports(cases, reader, stored.plan))
    earlier = [c.document for c in seen if c.document.period_end < report.period_end]
    told = _Told(
        reports=(*earlier, report),
        texts=_texts(report, plan_id, view, unit),
        grades=report.grades if case.state in IN else (),
    )
    plan = told.texts[0] if told.texts else stored.plan
    return ReportPicture(
        plan=plan,
        plan_type=domain.plan_types.get(plan.plan_type),
        case=case,
        measures=tuple(told.measures()),
        progress=progress_of(plan, [case]),
        drawn_on=domain.today(),
    )


def _texts(
    report: ProgressReport, plan_id: str, view: View, unit: ReadUnit
) -> tuple[Plan, ...]:
    """Return the editions that a report is about, the one reported on first."""
    older = (edition for row in report.rows for edition in reversed(row.editions))
    editions = dict.fromkeys((report.edition, *older))
    found = (unit.plan(plan_id, view, edition=edition) for edition in editions)
    return tuple(stored.plan for stored in found if stored is not None)


@frozen(kw_only=True)
class _Told:
    """What reports say; the last one is pictured.

    Attributes:
        texts: The editions that it is about, the one reported on first.
        grades: Those of the report, once it is in.
    """

    reports: tuple[ProgressReport, ...]
    texts: tuple[Plan, ...]
    grades: tuple[MeasureGrade, ...]

    @property
    def report(self) -> ProgressReport:
        return self.reports[-1]

    def measures(self) -> Iterator[PicturedMeasure]:
        """Yield the measures that the report has rows of, in the order of the plan."""
        rows = {row.measure: row for row in self.report.rows}
        grades = {grade.measure: grade for grade in self.grades}
        for plan in self.texts:
            for measure in plan.measures:
                row = rows.pop(measure.id, None)
                if row is not None:
                    yield self._measure(plan, measure, row, grades.get(measure.id))

    def _measure(
        self, plan: Plan, measure: Measure, row: ReportRow, grade: MeasureGrade | None
    ) -> PicturedMeasure:
        known = {indicator.id: indicator for indicator in plan.indicators}
        told = (observed.indicator for observed in row.observations)
        own = dict.fromkeys((*measure.indicators, *told))
        of_indicators = {g.indicator: g for g in grade.indicators} if grade else {}
        return PicturedMeasure(
            measure=measure,
            row=row,
            has_ended=self.report.has_ended(row),
            grade=grade,
            indicators=tuple(
                self._indicator(known[i], row, of_indicators.get(i))
                for i in own
                if i in known
            ),
            milestones=_milestones(measure, row, grade),
        )

    def _indicator(
        self, indicator: Indicator, row: ReportRow, grade: IndicatorGrade | None
    ) -> PicturedIndicator:
        observed = observed_in((row, *self.report.rows), indicator.id)
        as_of = (observed and observed.as_of) or self.report.period_end
        return PicturedIndicator(
            indicator=indicator,
            course=tuple(_course(indicator)),
            actuals=tuple(self._actuals(indicator.id)),
            as_of=as_of,
            actual=_number(observed),
            expected=expected_on(indicator, as_of),
            observed=observed,
            grade=grade,
        )

    def _actuals(self, indicator: PartId) -> Iterator[DatedValue]:
        for report in self.reports:
            observed = observed_in(report.rows, indicator)
            value = _number(observed)
            if observed is not None and value is not None:
                yield DatedValue(date=observed.as_of or report.period_end, value=value)


def expected_on(indicator: Indicator, day: dt.date) -> Decimal | None:
    """Return what the course of an indicator expects on *day*, where it has one."""
    if direction_of(indicator) is Direction.MAINTAIN:
        level = level_of(indicator)
        return None if level is None else decimal_of(level)
    course = course_of(indicator)
    if course is None or course.contradicts or day < course.start.date:
        return None
    return decimal_of(course.expected(day))


def _course(indicator: Indicator) -> Iterator[DatedValue]:
    between = [m for m in indicator.milestones if m.date and m.value is not None]
    between.sort(key=lambda each: each.date or dt.date.min)
    for each in (indicator.baseline, *between, indicator.target):
        if each and each.date and each.value is not None:
            yield each


def _milestones(
    measure: Measure, row: ReportRow, grade: MeasureGrade | None
) -> tuple[PicturedMilestone, ...]:
    deadline = measure.five_w1h.deadline
    notes = {note.milestone: note for note in row.milestones}
    grades = {g.milestone: g for g in grade.milestones} if grade else {}
    return tuple(
        PicturedMilestone(milestone=m, note=notes.get(m.id), grade=grades.get(m.id))
        for m in (deadline.milestones if deadline else ())
    )


def _number(observed: Observation | None) -> Decimal | None:
    number = exact(value_of(observed))
    return None if number is None else decimal_of(number)
