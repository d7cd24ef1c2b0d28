"""Progress reports: opened for a period, filled in, submitted, and accepted."""

from __future__ import annotations

from collections.abc import Mapping

import attrs

from ..actors import OPERATOR, Actor
from ..cases import Case
from ..findings import CheckReport
from ..identifiers import Key
from ..inputs import normalised
from ..lifecycle import Need
from ..plans import Plan
from ..readers import LOCAL, Reader
from ..reports import (
    ACCEPTED,
    ACCEPTING_BODIES,
    IN,
    OPEN,
    REPORT,
    SENT_BACK,
    ProgressReport,
    ReportPart,
    speaks_for,
)
from ..store import ReadUnit, Store
from .cases import CaseDesk, CaseDone, UnknownCaseError, opened
from .domain import Domain
from .report_commands import (
    AcceptReport,
    CorrectReport,
    FillReport,
    OpenReport,
    ReportDone,
    SendBackReport,
    SubmitReport,
)
from .report_fit import refuse_unfit
from .report_forms import (
    former_texts,
    period_to_report,
    report_template,
    text_in_force,
    texts_of_rows,
)
from .report_judging import (
    affected_by,
    judged,
    judged_anew,
    looked_at,
    seen_by,
    text_on_desk,
)
from .report_refusals import (
    closed_for_filling,
    in_already,
    not_accepted,
    parts_missing,
    reported_already,
    same_actor,
)
from .report_rows import (
    StaleReportPartError,
    corrected,
    filled,
    part_of,
)

__all__ = [
    "AcceptReport",
    "CorrectReport",
    "FillReport",
    "OpenReport",
    "ReportDone",
    "SendBackReport",
    "SubmitReport",
    "accept_report",
    "correct_report",
    "fill_report",
    "open_report",
    "send_back_report",
    "submit_report",
]


def open_report(command: OpenReport, store: Store, domain: Domain) -> CaseDone:
    """Open the report on a period: an empty part for each reporter.

    It is on the edition in force at the end of the period. Measures that a revision
    took away within the period have rows, too, which may stay empty.

    Raises:
        ReportRefusedError: The plan is not in force, has no such period, or it is not
            over; there is a report on it already; or *by* reports nothing.
        UnknownPlanError: There is no such plan.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        current = text_on_desk(desk, desk.plan.edition).plan
        period = period_to_report(
            desk.plan,
            current,
            command.period_id,
            domain,
            reported=_reported(desk, current, command.by),
        )
        stored = text_in_force(unit, desk.plan, period.end)
        plan = stored.plan if stored else current
        edition = stored.standing.edition if stored else desk.plan.edition
        kind = domain.plan_type(desk.plan.plan_type)
        former = former_texts(unit, desk.plan, period, domain)
        report = report_template(plan, period, kind, edition=edition, former=former)
        owner = plan.lead or report.parts[0].reporter
        if not (command.by.kind == OPERATOR or speaks_for(command.by, owner)):
            part_of(report, command.by)
        if desk.case is not None:
            raise reported_already(desk.case)
        return desk.put(
            report,
            state=OPEN,
            owner=owner,
            by=command.by,
            event="opened",
            dry_run=command.dry_run,
        )


def fill_report(command: FillReport, store: Store, domain: Domain) -> ReportDone:
    """Fill in rows of a part, and tell what the rules say of it so far.

    Parts have versions of their own: reporters do not get into each other's way. The
    same rows again change nothing and write no event. No finding hinders it; grades
    are worked out for the findings, and are kept at submission only.

    Raises:
        ReportRefusedError: *by* has no part, or a row belongs to another reporter, or
            the report is in.
        InputError: A row tells of what the plan or its measure does not have.
        StaleReportPartError: The part is not at the version the change is based on.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened, or *by* may not know of it.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.case
        if case is None or desk.hidden:
            raise UnknownCaseError(REPORT, command.plan_id, command.period_id)
        if case.state not in (OPEN, SENT_BACK):
            raise closed_for_filling(case)
        report: ProgressReport = case.document
        part = part_of(report, command.by, command.reporter)
        refuse_unfit(report, _texts(desk, report), [part], command.rows)
        told = filled(report, part, command.rows, done=command.done)
        if told != report and part.version != command.expected_part_version:
            raise StaleReportPartError(part, command.expected_part_version)
        _, checked = looked_at(desk, told)
        done = _put(desk, case, told, case.state, command, "filled")
        return _answer(done, checked.so_far, desk, command)


def submit_report(command: SubmitReport, store: Store, domain: Domain) -> ReportDone:
    """Submit a report: by the lead body, or by the only reporter.

    Its grades are worked out and kept. Where the plan type knows no review, it is
    accepted at once. A part with nothing but measures that ended may be left undone.

    Raises:
        ReportRefusedError: `PARTS_MISSING`, with the reporters that are not done;
            `STEP_OUT_OF_ORDER`, where it went in already.
        GateClosedError: The rules for reports find errors.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        if case.state in IN:
            raise in_already(case)
        report: ProgressReport = case.document
        owed = _owed(report)
        sole = len(owed) == 1 and speaks_for(command.by, owed[0].reporter)
        taken = attrs.evolve(case, owner=command.by) if sole else case
        state = desk.after(taken, "submit", command.by)
        missing = [part.reporter for part in owed if not part.done]
        if missing:
            raise parts_missing(missing)
        told, checked = judged(
            desk,
            attrs.evolve(
                report,
                submitted_by=command.by,
                submitted_on=domain.today(),
                sent_back_reason=None,
            ),
            command.by,
        )
        reviewed = domain.plan_type(desk.plan.plan_type).report_review
        affected = affected_by(desk, told)
        done = _put(
            desk, case, told, state if reviewed else ACCEPTED, command, "submit_taken"
        )
        return attrs.evolve(_answer(done, checked, desk, command), affected=affected)


def send_back_report(command: SendBackReport, store: Store, domain: Domain) -> CaseDone:
    """Send a report back, for a reason; it is not in any more.

    Raises:
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step, or there is no reason.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        reason = command.reason.strip()
        state = desk.after(
            case, "send_back", command.by, (Need.REASON,) if reason else ()
        )
        told = attrs.evolve(
            case.document,
            sent_back_reason=reason,
            submitted_by=None,
            submitted_on=None,
            grades=(),
        )
        return _put(desk, case, told, state, command, "send_back_taken")


def accept_report(command: AcceptReport, store: Store, domain: Domain) -> CaseDone:
    """Accept a report that another office submitted, and that others report in.

    Where every body that may accept it is a reporter, any but the submitter accepts.

    Raises:
        ReportRefusedError: `SAME_ACTOR`, where *by* submitted it, or reports in it.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        state = desk.after(case, "accept", command.by)
        _refuse_own(case.document, command)
        return _put(desk, case, case.document, state, command, "accept_taken")


def correct_report(command: CorrectReport, store: Store, domain: Domain) -> ReportDone:
    """Correct values of an accepted report; its earlier version stays readable.

    A reporter corrects its own rows, the lead body and an operator any. Grades are
    worked out again, by the thresholds of the report.

    The report stays accepted, also where the state reviews reports: it accepted the
    report, and a value with its reason does not ask for another review. The correction
    is shown as such: each value says why in `corrects`, the report says who corrected
    it last, and when, and the log has an event `report_corrected` by that office.

    Nothing changes in later reports. Those that would be graded otherwise now are
    named; to have one graded anew, it is corrected itself, if only without rows: what
    was there before never hinders that. Where progress turns out to be poor by it,
    causes and a response are added, which need no reason of their own; what was said
    already changes with the value that it goes with.

    Raises:
        ReportRefusedError: A value is another one without a reason (REP-12), a row
            belongs to another reporter, or the report is not accepted.
        InputError: A row tells of what the plan or its measure does not have.
        GateClosedError: The rules for reports find an error in a row that is corrected
            which was not there before.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the change is based on.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        if case.state != ACCEPTED:
            raise not_accepted(case)
        report: ProgressReport = case.document
        leads = command.by.kind == OPERATOR or speaks_for(command.by, case.owner)
        mine = report.parts if leads else (part_of(report, command.by),)
        refuse_unfit(report, _texts(desk, report), mine, command.rows)
        told, checked = judged_anew(
            desk, corrected(report, command.rows), command.rows, command.by
        )
        if told != report:
            told = attrs.evolve(
                told, corrected_by=command.by, corrected_on=domain.today()
            )
        affected = affected_by(desk, told, before=report)
        done = _put(desk, case, told, case.state, command, "corrected")
        return attrs.evolve(_answer(done, checked, desk, command), affected=affected)


_Command = (
    OpenReport
    | FillReport
    | SubmitReport
    | SendBackReport
    | AcceptReport
    | CorrectReport
)


def _desk(command: _Command, unit: ReadUnit, domain: Domain) -> CaseDesk:
    return CaseDesk.open(
        REPORT, command.plan_id, command.period_id, unit, domain, by=command.by
    )


def _reported(desk: CaseDesk, plan: Plan, by: Actor) -> set[str]:
    """Return the periods that there is a report on which *by* may know of."""
    found = desk.unit.cases([plan.id], REPORT, desk.domain.view(LOCAL))
    cases, reader = found.get(plan.id, ()), Reader(actor=by)
    return {case.id for case in cases if reader.sees(case, plan)}


def _put(
    desk: CaseDesk,
    case: Case,
    report: ProgressReport,
    state: Key,
    command: _Command,
    event: str,
) -> CaseDone:
    return desk.put(
        report,
        state=state,
        owner=case.owner,
        by=command.by,
        event=event,
        dry_run=command.dry_run,
    )


def _answer(
    done: CaseDone, checked: CheckReport, desk: CaseDesk, command: _Command
) -> ReportDone:
    return ReportDone(
        case=done.case,
        event=done.event,
        dry_run=done.dry_run,
        checked=seen_by(command.by, desk, done.case, checked),
    )


def _texts(desk: CaseDesk, report: ProgressReport) -> Mapping[str, Plan]:
    return texts_of_rows(desk.unit, desk.plan.plan_id, desk.domain, report)


def _owed(report: ProgressReport) -> list[ReportPart]:
    """Return the parts that have to be done: those with a measure that did not end."""
    return [
        part
        for part in report.parts
        if not all(report.has_ended(row) for row in part.rows)
    ]


def _refuse_own(report: ProgressReport, command: AcceptReport) -> None:
    """Refuse to let a body accept what it reports, or submitted.

    Raises:
        ReportRefusedError: `SAME_ACTOR`.
    """
    by, submitted_by = command.by, report.submitted_by
    reporters = [part.reporter for part in report.parts]
    told = [*reporters, *([submitted_by] if submitted_by else [])]
    others = [
        other.kind
        for other in ACCEPTING_BODIES
        if other.kind != by.kind and not any(speaks_for(other, body) for body in told)
    ]
    if submitted_by is not None and speaks_for(by, submitted_by):
        raise same_actor(by, others)
    if others and any(speaks_for(by, reporter) for reporter in reporters):
        raise same_actor(by, others)
