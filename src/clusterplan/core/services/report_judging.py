"""What is made of a report: its grades, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs

from ..actors import Actor
from ..cases import Case
from ..checks import CheckContext, run_checks
from ..findings import CheckReport, Finding, Gate
from ..grading import grade_report
from ..identifiers import PartId
from ..lifecycle import GateClosedError
from ..readers import LOCAL, Reader
from ..reports import REPORT, SUBMIT, ProgressReport, ReportCase, in_order
from ..stored import StoredPlan
from .cases import CaseDesk, UnknownPlanError
from .followed import visible_report
from .report_forms import text_of, texts_of_rows

Reports = tuple[ProgressReport, ...]


def text_on_desk(desk: CaseDesk, edition: str) -> StoredPlan:
    """Return an edition of the plan that the desk is about."""
    stored = text_of(desk.unit, desk.plan.plan_id, desk.domain, edition=edition)
    if stored is None:
        raise UnknownPlanError(desk.plan.plan_id)
    return stored


def judged(
    desk: CaseDesk, report: ProgressReport
) -> tuple[ProgressReport, CheckReport]:
    """Return *report* with its grades, and what the rules say of it.

    Rules that look at every moment are told, but only rules for reports block: a late
    report could not come in, if its being late could block it.

    Raises:
        GateClosedError: A rule for reports finds an error.
    """
    graded, checked = looked_at(desk, report)
    errors = [f for f in _of_reports(checked) if f.blocks]
    if errors:
        raise GateClosedError(SUBMIT, errors)
    return graded, checked


def looked_at(
    desk: CaseDesk, report: ProgressReport, among: Reports | None = None
) -> tuple[ProgressReport, CheckReport]:
    """Return *report* with its grades, and what the rules say; nothing is refused.

    Args:
        desk: Where the report lies.
        report: What is looked at.
        among: The reports on the plan that are in; those that are kept, unless told.
    """
    told = _reports_in(desk) if among is None else among
    earlier = tuple(r for r in told if r.period_end < report.period_end)
    stored = text_on_desk(desk, report.edition)
    former = texts_of_rows(desk.unit, desk.plan.plan_id, desk.domain, report)
    grades = grade_report(stored.plan, report, earlier, former=former)
    graded = attrs.evolve(report, grades=grades)
    return graded, _checked(desk, stored, graded, earlier)


def affected_by(
    desk: CaseDesk, after: ProgressReport, *, before: ProgressReport | None = None
) -> tuple[PartId, ...]:
    """Return the later reports that *after* makes look different, the oldest first.

    Values that are missing twice in a row, and progress that is poor twice in a row,
    depend on the reports before.

    Args:
        desk: Where the reports lie.
        after: The report as it is now.
        before: As it was; nothing where it was not in.
    """
    others = tuple(r for r in _reports_in(desk) if r.id != after.id)
    was = (*others, *((before,) if before else ()))
    now = {report.id: report for report in (*others, after)}
    found = []
    for later in others:
        if later.period_end <= after.period_end:
            continue
        graded, checked = looked_at(desk, later, _in_order(now.values()))
        now[later.id] = graded
        _, checked_before = looked_at(desk, later, _in_order(was))
        if graded != later or _said(checked) != _said(checked_before):
            found.append(later.id)
    return tuple(found)


def seen_by(by: Actor, desk: CaseDesk, case: Case, checked: CheckReport) -> CheckReport:
    """Return of what the rules say of a report what *by* may be told.

    Remarks on parts of other reporters are for those who may read them. Pointers lead
    into the report as *by* sees it.
    """
    plan = text_on_desk(desk, desk.plan.edition).plan
    shown = (
        visible_report(case, Reader(actor=by), plan)
        if isinstance(case, ReportCase)
        else None
    )
    parts = shown.document.parts if shown else ()
    reporters = [part.reporter for part in parts]
    places = {
        number: reporters.index(part.reporter)
        for number, part in enumerate(case.document.parts)
        if part.reporter in reporters
    }
    return attrs.evolve(checked, findings=tuple(_placed(checked.findings, places)))


def _placed(findings: Iterable[Finding], places: dict[int, int]) -> Iterator[Finding]:
    for finding in findings:
        match finding.path:
            case ("report", "parts", int(number), *rest):
                if number in places:
                    path = ("report", "parts", places[number], *rest)
                    yield attrs.evolve(finding, path=path)
            case _:
                yield finding


def _checked(
    desk: CaseDesk, stored: StoredPlan, graded: ProgressReport, earlier: Reports
) -> CheckReport:
    told = desk.unit.investments(stored.standing.pins.values())
    context = CheckContext(
        plan=stored.plan,
        plan_type=desk.domain.plan_type(desk.plan.plan_type),
        investments={i.id: i for i in told.values()},
        reference=desk.domain.reference,
        settings=desk.domain.settings,
        edition=graded.edition,
        today=desk.domain.today(),
        report=graded,
        reports=earlier,
        public_on=desk.plan.published_on,
    )
    return run_checks(desk.domain.rules, context, Gate.REPORT)


def _of_reports(checked: CheckReport) -> list[Finding]:
    return [f for f in checked.findings if f.gate is Gate.REPORT]


def _said(checked: CheckReport) -> set[tuple[str, str]]:
    return {(f.rule_id, f.pointer) for f in _of_reports(checked)}


def _in_order(reports: Iterable[ProgressReport]) -> Reports:
    return tuple(sorted(reports, key=lambda report: report.period_end))


def _reports_in(desk: CaseDesk) -> Reports:
    """Return the reports on the plan that are in, the oldest period first."""
    view = desk.domain.view(LOCAL)
    cases = desk.unit.cases([desk.plan.plan_id], REPORT, view)
    return tuple(c.document for c in in_order(cases.get(desk.plan.plan_id, ())))
