"""What is made of a report: its grades, and what the rules say of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

import attrs

from ..actors import Actor
from ..cases import Case
from ..checks import CheckContext, run_checks
from ..findings import CheckReport, Finding, Gate
from ..grading import grade_report
from ..identifiers import PartId
from ..readers import LOCAL, Reader
from ..reports import (
    IN,
    REPORT,
    SUBMIT,
    ProgressReport,
    ReportCase,
    ReportRow,
    in_order,
)
from ..stored import StoredPlan
from .cases import CaseDesk, UnknownPlanError
from .followed import visible_report, with_others_blank
from .report_forms import text_of, texts_of_rows
from .report_refusals import ReportGateClosedError

Reports = tuple[ProgressReport, ...]


def text_on_desk(desk: CaseDesk, edition: str) -> StoredPlan:
    """Return an edition of the plan that the desk is about."""
    stored = text_of(desk.unit, desk.plan.plan_id, desk.domain, edition=edition)
    if stored is None:
        raise UnknownPlanError(desk.plan.plan_id)
    return stored


def judged(
    desk: CaseDesk, report: ProgressReport, by: Actor
) -> tuple[ProgressReport, CheckReport]:
    """Return *report* with its grades, and what the rules say of it.

    Rules that look at every moment are told, but only rules for reports block: a late
    report could not come in, if its being late could block it.

    Raises:
        ReportGateClosedError: A rule for reports finds an error.
    """
    graded, checked = looked_at(desk, report)
    _refuse(desk, graded, by, _errors(checked))
    return graded, checked


def judged_anew(
    desk: CaseDesk, report: ProgressReport, rows: Collection[ReportRow], by: Actor
) -> tuple[ProgressReport, CheckReport]:
    """Return a corrected report with its grades, and what the rules say of it.

    An error hinders the correction only where it is new, and lies in a row that is
    corrected. What was wrong before, or became so when an earlier report was corrected,
    hinders none; a correction without rows is never hindered.

    Args:
        desk: Where the report lies, as it was.
        report: The report as it is corrected.
        rows: What is corrected.
        by: Who corrects it.

    Raises:
        ReportGateClosedError: A rule for reports finds such an error.
    """
    graded, checked = looked_at(desk, report)
    errors = _in_rows(_errors(checked), report, {row.measure for row in rows})
    if errors and desk.case is not None:
        _, before = looked_at(desk, desk.case.document)
        known = {_key(error) for error in _errors(before)}
        _refuse(desk, graded, by, [e for e in errors if _key(e) not in known])
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
    before = [r for r in told if r.period_end < report.period_end]
    earlier = tuple(sorted(before, key=lambda r: r.period_end))
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
        graded, checked = looked_at(desk, later, tuple(now.values()))
        now[later.id] = graded
        _, checked_before = looked_at(desk, later, was)
        if graded != later or _said(checked) != _said(checked_before):
            found.append(later.id)
    return tuple(found)


def seen_by(by: Actor, desk: CaseDesk, case: Case, checked: CheckReport) -> CheckReport:
    """Return of what the rules say of a report what *by* may be told.

    Whoever may not read the parts of other reporters is told what the rules say where
    these tell nothing, be it in this report or in earlier ones: no remark quotes a
    value that *by* may not read. Pointers lead into the report as *by* sees it.

    Args:
        by: Who is told.
        desk: Where the report lies.
        case: The report. While it is filled in, nothing that is found blocks yet.
        checked: What the rules say of all of it.
    """
    assert isinstance(case, ReportCase), "the desk is one of reports"  # noqa: S101
    found = _without_others(by, desk, case)
    if found is None:
        return checked
    told = found if case.state in IN else found.so_far
    places = _places(by, desk, case)
    return attrs.evolve(told, findings=tuple(_placed(told.findings, places)))


def _without_others(by: Actor, desk: CaseDesk, case: ReportCase) -> CheckReport | None:
    """Return what the rules say where others tell nothing that *by* may not read.

    Nothing is returned where *by* may read it all.
    """
    reader, plan = Reader(actor=by), text_on_desk(desk, desk.plan.edition).plan
    others = [told for told in _cases_in(desk) if told.id != case.id]
    if all(reader.sees(each, plan) for each in (case, *others)):
        return None
    among = tuple(with_others_blank(told, reader, plan) for told in others)
    _, checked = looked_at(desk, with_others_blank(case, reader, plan), among)
    return checked


def _places(by: Actor, desk: CaseDesk, case: ReportCase) -> dict[int, int]:
    """Return where the parts of a report are that *by* may read, by their numbers."""
    plan = text_on_desk(desk, desk.plan.edition).plan
    shown = visible_report(case, Reader(actor=by), plan)
    reporters = [part.reporter for part in (shown.document.parts if shown else ())]
    return {
        number: reporters.index(part.reporter)
        for number, part in enumerate(case.document.parts)
        if part.reporter in reporters
    }


def _refuse(
    desk: CaseDesk, report: ProgressReport, by: Actor, errors: Collection[Finding]
) -> None:
    """Refuse a report for *errors*, and tell *by* of those that it may know of.

    Raises:
        ReportGateClosedError: There are errors.
    """
    if not errors:
        return
    assert isinstance(desk.case, ReportCase), "it is opened"  # noqa: S101
    case = attrs.evolve(desk.case, document=report)
    found = _without_others(by, desk, case)
    if found is None:
        raise ReportGateClosedError(SUBMIT, errors, elsewhere=False)
    keys = {_key(error) for error in errors}
    own = (error for error in _errors(found) if _key(error) in keys)
    told = tuple(_placed(own, _places(by, desk, case)))
    raise ReportGateClosedError(SUBMIT, told, elsewhere=len(told) < len(errors))


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


def _errors(checked: CheckReport) -> list[Finding]:
    return [f for f in _of_reports(checked) if f.blocks]


def _key(finding: Finding) -> tuple[str, str]:
    return finding.rule_id, finding.pointer


def _in_rows(
    findings: Iterable[Finding], report: ProgressReport, measures: Collection[str]
) -> list[Finding]:
    """Return those of *findings* that lie in the rows of some measures."""
    found = []
    for finding in findings:
        match finding.path:
            case ("report", "parts", int(part), "rows", int(row), *_):
                if report.parts[part].rows[row].measure in measures:
                    found.append(finding)
    return found


def _of_reports(checked: CheckReport) -> list[Finding]:
    return [f for f in checked.findings if f.gate is Gate.REPORT]


def _said(checked: CheckReport) -> set[tuple[str, str]]:
    return {_key(finding) for finding in _of_reports(checked)}


def _reports_in(desk: CaseDesk) -> Reports:
    return tuple(case.document for case in _cases_in(desk))


def _cases_in(desk: CaseDesk) -> tuple[ReportCase, ...]:
    """Return the reports on the plan that are in, the oldest period first."""
    view = desk.domain.view(LOCAL)
    cases = desk.unit.cases([desk.plan.plan_id], REPORT, view)
    return in_order(cases.get(desk.plan.plan_id, ()))
