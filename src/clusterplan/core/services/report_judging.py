"""What is made of a report that goes in: its grades, and what the rules say of it."""

from __future__ import annotations

import attrs

from ..checks import CheckContext, run_checks
from ..findings import CheckReport, Gate
from ..grading import grade_report
from ..lifecycle import GateClosedError
from ..readers import LOCAL
from ..reports import REPORT, SUBMIT, ProgressReport, in_order
from ..stored import StoredPlan
from .cases import CaseDesk, UnknownPlanError
from .report_forms import text_of


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
    stored = text_on_desk(desk, report.edition)
    earlier = _earlier(desk, report)
    graded = attrs.evolve(report, grades=grade_report(stored.plan, report, earlier))
    told = desk.unit.investments(stored.standing.pins.values())
    context = CheckContext(
        plan=stored.plan,
        plan_type=desk.domain.plan_type(desk.plan.plan_type),
        investments={i.id: i for i in told.values()},
        reference=desk.domain.reference,
        settings=desk.domain.settings,
        edition=report.edition,
        today=desk.domain.today(),
        report=graded,
        reports=earlier,
        public_on=desk.plan.published_on,
    )
    checked = run_checks(desk.domain.rules, context, Gate.REPORT)
    errors = [f for f in checked.findings if f.blocks and f.gate is Gate.REPORT]
    if errors:
        raise GateClosedError(SUBMIT, errors)
    return graded, checked


def _earlier(desk: CaseDesk, report: ProgressReport) -> tuple[ProgressReport, ...]:
    view = desk.domain.view(LOCAL)
    cases = desk.unit.cases([desk.plan.plan_id], REPORT, view)
    return tuple(
        case.document
        for case in in_order(cases.get(desk.plan.plan_id, ()))
        if case.document.period_end < report.period_end
    )
