"""Grades of a report: what its rows say, held against the indicators of the plan.

A measure shows all its indicators. Its headline is the worst of those marked so, or of
all; a dated milestone counts where it is poor, and where the measure has no indicator.
A value is told once: where a row does not tell it, that of another row holds.
A measure that a revision took away within the period is graded by the edition that had
it, if anything is told of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from types import MappingProxyType

import attrs
from attrs import frozen

from .grades import Grade, worst
from .identifiers import PartId
from .indicators import Indicator
from .measures import Measure, MeasureMilestone
from .plans import Plan
from .progress import Progress, milestone_progress, progress
from .quantities import Value, exact
from .report_grades import IndicatorGrade, MeasureGrade, MilestoneGrade
from .reports import MilestoneNote, Observation, ProgressReport, ReportRow

_Graded = tuple[Indicator, Progress]
_NONE: Mapping[str, Plan] = MappingProxyType({})


def grade_report(
    plan: Plan,
    report: ProgressReport,
    earlier: Sequence[ProgressReport] = (),
    *,
    former: Mapping[str, Plan] = _NONE,
) -> tuple[MeasureGrade, ...]:
    """Return the grade of each measure of *plan* that *report* has a row of.

    A measure that both editions have is graded by the one that is reported on, its new
    targets included.

    Args:
        plan: The edition that is reported on.
        report: Its rows, and the thresholds that decide.
        earlier: Reports of the periods before, the oldest first: values that are
            missing again and again are poor in the end.
        former: Editions before, by their numbers: those of measures that ended within
            the period. Their grades come last, each with its edition.
    """
    grading = _Grading(plan=plan, report=report, earlier=tuple(earlier))
    rows = {row.measure: row for row in report.rows if not report.has_ended(row)}
    return (
        *(grading.measure(m, rows[m.id]) for m in plan.measures if m.id in rows),
        *_ended(grading, former),
    )


def _ended(grading: _Grading, former: Mapping[str, Plan]) -> Iterator[MeasureGrade]:
    """Yield the grades of measures that ended, of which a number is told."""
    report = grading.report
    for row in report.rows:
        edition = report.edition_of(row)
        if edition == report.edition or edition not in former or not _tells(row):
            continue
        known = {measure.id: measure for measure in former[edition].measures}
        if row.measure in known:
            by_then = attrs.evolve(grading, plan=former[edition])
            graded = by_then.measure(known[row.measure], row)
            yield attrs.evolve(graded, edition=edition)


@frozen(kw_only=True)
class _Grading:
    plan: Plan
    report: ProgressReport
    earlier: tuple[ProgressReport, ...]

    def measure(self, measure: Measure, row: ReportRow) -> MeasureGrade:
        known = {i.id: i for i in self.plan.indicators}
        told = dict.fromkeys(o.indicator for o in row.observations)
        own = [(known[i], self._of(known[i], row)) for i in _own(measure, known)]
        more = [
            (known[i], self._of(known[i], row))
            for i in told
            if i in known and i not in measure.indicators
        ]
        milestones = self._milestones(measure, row)
        indicators = _marked(own or more)
        counted: list[Progress | MilestoneGrade] = [
            *indicators,
            *(m for m in milestones if m.is_poor or not indicators),
        ]
        return MeasureGrade(
            measure=measure.id,
            grade=worst(c.grade for c in counted) or Grade.NO_DATA,
            is_poor=any(c.is_poor for c in counted),
            indicators=tuple(_indicator_grade(i, p) for i, p in (*own, *more)),
            milestones=milestones,
        )

    def _of(self, indicator: Indicator, row: ReportRow) -> Progress:
        observed = observed_in((row, *self.report.rows), indicator.id)
        return progress(
            indicator,
            value_of(observed),
            (observed and observed.as_of) or self.report.period_end,
            self.report.thresholds,
            missing_periods=self._missing(indicator),
        )

    def _missing(self, indicator: Indicator) -> int:
        """Count the periods up to this one without a value that is not announced."""
        count = 0
        for report in (self.report, *reversed(self.earlier)):
            observed = observed_in(report.rows, indicator.id)
            if exact(value_of(observed)) is not None:
                break
            if report is not self.report and not _asked(self.plan, indicator, report):
                break
            release = observed and observed.next_release_on
            count += not (release and release > report.period_end)
        return count

    def _milestones(
        self, measure: Measure, row: ReportRow
    ) -> tuple[MilestoneGrade, ...]:
        deadline = measure.five_w1h.deadline
        notes = {note.milestone: note for note in row.milestones}
        return tuple(
            self._milestone(milestone, notes.get(milestone.id))
            for milestone in (deadline.milestones if deadline else ())
        )

    def _milestone(
        self, milestone: MeasureMilestone, note: MilestoneNote | None
    ) -> MilestoneGrade:
        found = milestone_progress(
            milestone.date,
            self.report.period_end,
            done_on=note.done_on if note else None,
            expected_on=note.expected_on if note else None,
            thresholds=self.report.thresholds,
        )
        return MilestoneGrade(
            milestone=milestone.id, grade=found.grade, is_poor=found.is_poor
        )


def _tells(row: ReportRow) -> bool:
    """Tell whether a row has a value, or a day of a milestone."""
    return any(exact(value_of(o)) is not None for o in row.observations) or any(
        note.done_on or note.expected_on for note in row.milestones
    )


def value_of(observed: Observation | None) -> Value | None:
    """Return what was observed: the ratio with its two parts, or else the number."""
    return (observed.ratio or observed.value) if observed else None


def observed_in(rows: Iterable[ReportRow], indicator: PartId) -> Observation | None:
    """Return the first observation that tells a value, or else the first of all."""
    found = [
        observed
        for observed in chain.from_iterable(row.observations for row in rows)
        if observed.indicator == indicator
    ]
    told = (o for o in found if exact(value_of(o)) is not None)
    return next(told, found[0] if found else None)


def _own(measure: Measure, known: Iterable[PartId]) -> list[PartId]:
    return [i for i in dict.fromkeys(measure.indicators) if i in known]


def _asked(plan: Plan, indicator: Indicator, report: ProgressReport) -> bool:
    """Tell whether *report* was to give a value of *indicator*."""
    asked = {m.id for m in plan.measures if indicator.id in m.indicators}
    return any(
        row.measure in asked
        or any(o.indicator == indicator.id for o in row.observations)
        for row in report.rows
    )


def _marked(graded: Sequence[_Graded]) -> list[Progress]:
    """Return what counts of the indicators: those marked as headline, or all."""
    marked = [found for indicator, found in graded if indicator.is_headline]
    return marked or [found for _, found in graded]


def _indicator_grade(indicator: Indicator, found: Progress) -> IndicatorGrade:
    return IndicatorGrade(
        indicator=indicator.id,
        grade=found.grade,
        is_poor=found.is_poor,
        attainment=found.attainment,
        completion=found.completion,
    )
