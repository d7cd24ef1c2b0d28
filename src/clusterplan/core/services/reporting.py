"""Progress reports: opened for a period, filled in, submitted, and accepted."""

from __future__ import annotations

import attrs
from attrs import frozen

from ..actors import OPERATOR, Actor
from ..cases import Case
from ..findings import CheckReport
from ..identifiers import Key
from ..lifecycle import Need
from ..reports import (
    ACCEPTED,
    OPEN,
    REPORT,
    SENT_BACK,
    ProgressReport,
    ReportRow,
    speaks_for,
)
from ..store import ReadUnit, Store
from .cases import CaseDesk, CaseDone, UnknownCaseError, opened
from .domain import Domain
from .report_forms import period_to_report, report_template, text_in_force
from .report_judging import judged, text_on_desk
from .report_refusals import (
    closed_for_filling,
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
    refuse_unfit,
)


@frozen(kw_only=True)
class OpenReport:
    """Open the report on a period that is over.

    Attributes:
        period_id: Such as `FY2026H1`.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    period_id: str
    by: Actor
    dry_run: bool = False


@frozen(kw_only=True)
class FillReport:
    """Fill in rows of one's own part of a report.

    Attributes:
        rows: They take the place of the rows of the same measures; others stay.
        done: Whether the reporter is done with its part.
        expected_part_version: Version of the part that the change is based on.
        reporter: Whose part it is, where an operator fills it in.
    """

    plan_id: str
    period_id: str
    rows: tuple[ReportRow, ...] = ()
    done: bool = False
    by: Actor
    expected_part_version: int
    reporter: Actor | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class SubmitReport:
    """Submit a report whose parts are all done."""

    plan_id: str
    period_id: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class SendBackReport:
    """Send a submitted report back.

    Attributes:
        reason: What has to be put right.
    """

    plan_id: str
    period_id: str
    reason: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class AcceptReport:
    """Accept a submitted report."""

    plan_id: str
    period_id: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class CorrectReport:
    """Correct values of an accepted report.

    Attributes:
        rows: Rows with the values that are other ones, each with its reason.
    """

    plan_id: str
    period_id: str
    rows: tuple[ReportRow, ...]
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class ReportDone(CaseDone):
    """What submitting or correcting a report did.

    Attributes:
        checked: What the rules say of it; warnings are for those who read it.
    """

    checked: CheckReport


def open_report(command: OpenReport, store: Store, domain: Domain) -> CaseDone:
    """Open the report on a period: an empty part for each reporter.

    Raises:
        ReportRefusedError: The plan is not in force, has no such period, or it is not
            over; there is a report on it already; or *by* reports nothing.
        UnknownPlanError: There is no such plan.
    """
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        current = text_on_desk(desk, desk.plan.edition).plan
        period = period_to_report(desk.plan, current, command.period_id, domain)
        if desk.case is not None:
            raise reported_already(desk.case)
        stored = text_in_force(unit, desk.plan, period.end)
        plan = stored.plan if stored else current
        edition = stored.standing.edition if stored else desk.plan.edition
        kind = domain.plan_type(desk.plan.plan_type)
        report = report_template(plan, period, kind, edition=edition)
        owner = plan.lead or report.parts[0].reporter
        if not (command.by.kind == OPERATOR or speaks_for(command.by, owner)):
            part_of(report, command.by)
        return desk.put(
            report,
            state=OPEN,
            owner=owner,
            by=command.by,
            event="opened",
            dry_run=command.dry_run,
        )


def fill_report(command: FillReport, store: Store, domain: Domain) -> CaseDone:
    """Fill in rows of a part.

    Parts have versions of their own: reporters do not get into each other's way. The
    same rows again change nothing and write no event.

    Raises:
        ReportRefusedError: *by* has no part, or a row belongs to another reporter, or
            the report is in.
        InputError: A row tells of what the plan does not have.
        StaleReportPartError: The part is not at the version the change is based on.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
    """
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.case
        if case is None:
            raise UnknownCaseError(REPORT, command.plan_id, command.period_id)
        if case.state not in (OPEN, SENT_BACK):
            raise closed_for_filling(case)
        report: ProgressReport = case.document
        part = part_of(report, command.by, command.reporter)
        refuse_unfit(
            report, text_on_desk(desk, report.edition).plan, [part], command.rows
        )
        told = filled(report, part, command.rows, done=command.done)
        if told != report and part.version != command.expected_part_version:
            raise StaleReportPartError(part, command.expected_part_version)
        return _put(desk, case, told, case.state, command, "filled")


def submit_report(command: SubmitReport, store: Store, domain: Domain) -> ReportDone:
    """Submit a report: by the lead body, or by the only reporter.

    Its grades are worked out and kept. Where the plan type knows no review, it is
    accepted at once.

    Raises:
        ReportRefusedError: `PARTS_MISSING`, with the reporters that are not done.
        GateClosedError: The rules for reports find errors.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step.
    """
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        report: ProgressReport = case.document
        sole = len(report.parts) == 1 and speaks_for(
            command.by, report.parts[0].reporter
        )
        taken = attrs.evolve(case, owner=command.by) if sole else case
        state = desk.after(taken, "submit", command.by)
        missing = [part.reporter for part in report.parts if not part.done]
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
        )
        reviewed = domain.plan_type(desk.plan.plan_type).report_review
        done = _put(
            desk, case, told, state if reviewed else ACCEPTED, command, "submit_taken"
        )
        return _answer(done, checked)


def send_back_report(command: SendBackReport, store: Store, domain: Domain) -> CaseDone:
    """Send a report back, for a reason; it is not in any more.

    Raises:
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step, or there is no reason.
    """
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
    """Accept a report that another office submitted.

    Raises:
        ReportRefusedError: `SAME_ACTOR`, where *by* submitted it.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step.
    """
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        state = desk.after(case, "accept", command.by)
        submitted_by = case.document.submitted_by
        if submitted_by is not None and speaks_for(command.by, submitted_by):
            raise same_actor(command.by)
        return _put(desk, case, case.document, state, command, "accept_taken")


def correct_report(command: CorrectReport, store: Store, domain: Domain) -> ReportDone:
    """Correct values of an accepted report; its earlier version stays readable.

    A reporter corrects its own rows, the lead body and an operator any. Grades are
    worked out again, by the thresholds of the report.

    Raises:
        ReportRefusedError: A value is another one without a reason (REP-12), a row
            belongs to another reporter, or the report is not accepted.
        InputError: A row tells of what the plan does not have.
        GateClosedError: The rules for reports find errors.
        UnknownPlanError: There is no such plan.
        UnknownCaseError: The report is not opened.
        StaleCaseError: It is not at the version the change is based on.
    """
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        case = desk.known(command.expected_version)
        if case.state != ACCEPTED:
            raise not_accepted(case)
        report: ProgressReport = case.document
        leads = command.by.kind == OPERATOR or speaks_for(command.by, case.owner)
        mine = report.parts if leads else (part_of(report, command.by),)
        refuse_unfit(
            report, text_on_desk(desk, report.edition).plan, mine, command.rows
        )
        told, checked = judged(desk, corrected(report, command.rows))
        return _answer(
            _put(desk, case, told, case.state, command, "corrected"), checked
        )


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


def _answer(done: CaseDone, checked: CheckReport) -> ReportDone:
    return ReportDone(
        case=done.case, event=done.event, dry_run=done.dry_run, checked=checked
    )
