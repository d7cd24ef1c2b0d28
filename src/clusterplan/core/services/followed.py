"""Plans that were ever public, with their reports, as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from attrs import frozen

from ..actors import Actor
from ..cases import Case
from ..grading import observed_in, value_of
from ..lifecycle import Phase
from ..paging import Cursor, PageRequest
from ..plans import Plan
from ..quantities import exact
from ..readers import Reader
from ..report_grades import IndicatorGrade, MeasureGrade
from ..reports import (
    REPORT,
    ProgressReport,
    ReportCase,
    ReportPart,
    ReportRow,
    in_order,
    speaks_for,
)
from ..store import ReadUnit, View
from ..stored import StoredPlan

_BATCH = 1_000
"""How many plans are read at once."""


@frozen(kw_only=True)
class FollowedPlan:
    """A plan with its reports.

    Attributes:
        cases: All reports, be they in or not, whoever reads.
        reports: Those that are in and that the reader may see, the oldest period first.
    """

    stored: StoredPlan
    cases: tuple[Case, ...]
    reports: tuple[ReportCase, ...]

    @property
    def plan(self) -> Plan:
        """The text of the plan."""
        return self.stored.plan


def followed_plans(
    view: View, unit: ReadUnit, reader: Reader
) -> Iterator[FollowedPlan]:
    """Yield the plans of *view* that were ever public.

    A batch of plans takes a fixed number of statements.
    """
    request: PageRequest | None = PageRequest(size=_BATCH)
    while request is not None:
        page = unit.plans(view, request)
        public = [s for s in page.items if s.standing.published_on is not None]
        ids = [stored.standing.plan_id for stored in public]
        cases = unit.cases(ids, REPORT, view)
        for stored in public:
            own = cases.get(stored.standing.plan_id, ())
            seen = (c for c in own if reader.sees(c, stored.plan))
            yield FollowedPlan(stored=stored, cases=own, reports=in_order(seen))
        request = _next(request, page.cursors[-1]) if page.has_next else None


def plans_in_force(
    view: View, unit: ReadUnit, reader: Reader
) -> Iterator[FollowedPlan]:
    """Yield the plans of *view* that are in force; none where it asks for others."""
    phases = view.filter.phases
    if phases and Phase.IN_FORCE not in phases:
        return
    wanted = attrs.evolve(view.filter, phases=(Phase.IN_FORCE,))
    yield from followed_plans(attrs.evolve(view, filter=wanted), unit, reader)


def visible_reports(
    cases: Iterable[Case], reader: Reader, plan: Plan
) -> tuple[ReportCase, ...]:
    """Return what *reader* may see of reports: all of one, or its own part.

    The parts of other reporters are theirs until the report is public.
    """
    seen = (visible_report(c, reader, plan) for c in cases if isinstance(c, ReportCase))
    return tuple(case for case in seen if case is not None)


def visible_report(case: ReportCase, reader: Reader, plan: Plan) -> ReportCase | None:
    """Return what *reader* may see of a report; nothing where that is nothing at all."""
    if reader.sees(case, plan):
        return case
    return _own_part(case, reader.actor) if reader.actor else None


def _own_part(case: ReportCase, actor: Actor) -> ReportCase | None:
    report = case.document
    parts = _parts_of(report, actor)
    if not parts:
        return None
    grades = _own_grades(report, parts)
    return attrs.evolve(case, document=attrs.evolve(report, parts=parts, grades=grades))


def with_others_blank(case: ReportCase, reader: Reader, plan: Plan) -> ProgressReport:
    """Return a report whose rows say nothing where *reader* may not see them.

    Parts and rows stay where they are: which measures somebody reports is told by the
    plan. Grades are those of rows that the reader sees.
    """
    if reader.sees(case, plan):
        return case.document
    report: ProgressReport = case.document
    own = _parts_of(report, reader.actor) if reader.actor else ()
    parts = (part if part in own else _blank(part) for part in report.parts)
    return attrs.evolve(report, parts=tuple(parts), grades=_own_grades(report, own))


def _parts_of(report: ProgressReport, actor: Actor) -> tuple[ReportPart, ...]:
    return tuple(p for p in report.parts if speaks_for(actor, p.reporter))


def _blank(part: ReportPart) -> ReportPart:
    rows = (ReportRow(measure=row.measure, editions=row.editions) for row in part.rows)
    return ReportPart(reporter=part.reporter, rows=tuple(rows))


def _own_grades(
    report: ProgressReport, parts: Iterable[ReportPart]
) -> tuple[MeasureGrade, ...]:
    """Return the grades of rows of some parts, without numbers of other rows."""
    own = {row.measure: row for part in parts for row in part.rows}
    return tuple(
        attrs.evolve(
            graded,
            indicators=tuple(
                _own_number(number, own[graded.measure], report, own.values())
                for number in graded.indicators
            ),
        )
        for graded in report.grades
        if graded.measure in own
    )


def _own_number(
    graded: IndicatorGrade,
    row: ReportRow,
    report: ProgressReport,
    own: Iterable[ReportRow],
) -> IndicatorGrade:
    """Leave the numbers of a grade out where they come from the row of another part.

    Measures of several reporters may share an indicator, whose value is told once.
    """
    observed = observed_in((row, *report.rows), graded.indicator)
    mine = any(told is observed for each in own for told in each.observations)
    if mine or exact(value_of(observed)) is None:
        return graded
    return attrs.evolve(graded, attainment=None, completion=None)


def _next(request: PageRequest, cursor: str) -> PageRequest:
    decoded = Cursor.decode(cursor, request.order, argument="after")
    return attrs.evolve(request, cursor=decoded)
