"""Progress reports as mutations."""

from __future__ import annotations

from typing import Annotated, Any

import attrs
from attrs import frozen

from ..core.actors import Actor
from ..core.cases import Case
from ..core.documents.cases import load_case
from ..core.documents.source import source_of
from ..core.errors import PlanError
from ..core.events import Event
from ..core.identifiers import PartId, PlanId
from ..core.readers import Reader
from ..core.reports import REPORT, ReportCase, ReportRow
from ..core.services import reporting
from ..core.services.cases import CaseDone
from ..core.services.followed import visible_report
from ..core.services.plantexts import stored_text
from ..core.services.report_rows import part_of
from ..core.terms import Term
from .inputs import VERSION, Sent, plan_of
from .mutations import Call, Mutation
from .outcomes import ReportDone
from .scalars import Json


@frozen(kw_only=True)
class ReportInput(Sent):
    """Which report it is about."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan that is reported.")]
    period: Annotated[PartId, Term("期間ID", "Period such as `FY2026H1`.")]


@frozen(kw_only=True)
class OpenReportInput(ReportInput):
    """A report to open: an empty row for each measure in force."""


@frozen(kw_only=True)
class FillReportInput(ReportInput):
    """Rows of one reporter; those of other measures stay as they are."""

    rows: Annotated[
        Json,
        Term(
            "施策別報告",
            "Rows as JSON with keys in snake_case, as `clusterplan report template` has"
            " them; a row takes the place of the whole row of its measure.",
        ),
    ]
    done: Annotated[
        bool | None,
        Term("記入済み", "Whether the reporter is done; stays as it is where omitted."),
    ] = None
    expected_part_version: Annotated[
        int, Term("版数", "Version of the reporter's part that it is based on.")
    ]
    reporter: Annotated[
        Actor | None, Term("報告主体", "Whose part; for the operator only.")
    ] = None


@frozen(kw_only=True)
class SubmitReportInput(ReportInput):
    """A report that goes in: every part is done."""

    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class SendBackReportInput(ReportInput):
    """A report that has to be put right."""

    reason: Annotated[str, Term("理由", "What has to be put right.")]
    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class AcceptReportInput(ReportInput):
    """A report that is accepted."""

    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class CorrectReportInput(ReportInput):
    """Values of an accepted report that were wrong, each with the reason."""

    rows: Annotated[Json, Term("施策別報告", "Rows as JSON, with `corrects`.")]
    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class _Rows:
    rows: tuple[ReportRow, ...]


def _rows(told: object) -> tuple[ReportRow, ...]:
    return load_case(source_of({"rows": told}), _Rows).rows


def _done(done: CaseDone, call: Call) -> ReportDone:
    judged = done if isinstance(done, reporting.ReportDone) else None
    return ReportDone(
        event=done.event,
        report=_shown(done.case, call),
        findings=judged.checked.findings if judged else (),
        affected=judged.affected if judged else (),
        dry_run=done.dry_run,
    )


def _shown(case: Case | None, call: Call) -> ReportCase | None:
    """Return what the caller may see of a report: other parts are not its own."""
    if not isinstance(case, ReportCase):
        return None
    with call.store.read() as unit:
        standing = unit.current(case.plan_id)
        plan = stored_text(standing, unit, call.domain).plan if standing else None
    return visible_report(case, Reader(actor=call.by), plan) if plan else None


def _facts(sent: Any, call: Call) -> dict[str, Any]:
    facts = {
        "plan_id": sent.plan_id,
        "period_id": sent.period,
        "by": call.by,
        "dry_run": sent.dry_run,
    }
    if hasattr(sent, "expected_version"):
        facts["expected_version"] = sent.expected_version
    return facts


def _open(sent: OpenReportInput, call: Call) -> ReportDone:
    command = reporting.OpenReport(**_facts(sent, call))
    return _done(reporting.open_report(command, call.store, call.domain), call)


def _is_done(sent: FillReportInput, call: Call) -> bool:
    """Tell whether the part is done as it is stored; the service refuses others."""
    with call.store.read() as unit:
        case = unit.case(sent.plan_id, REPORT, sent.period)
    if case is None:
        return False
    try:
        return part_of(case.document, sent.reporter or call.by).done
    except PlanError:
        return False


def _fill(sent: FillReportInput, call: Call) -> ReportDone:
    command = reporting.FillReport(
        rows=_rows(sent.rows),
        done=_is_done(sent, call) if sent.done is None else sent.done,
        expected_part_version=sent.expected_part_version,
        reporter=sent.reporter,
        **_facts(sent, call),
    )
    return _done(reporting.fill_report(command, call.store, call.domain), call)


def _submit(sent: SubmitReportInput, call: Call) -> ReportDone:
    command = reporting.SubmitReport(**_facts(sent, call))
    return _done(reporting.submit_report(command, call.store, call.domain), call)


def _send_back(sent: SendBackReportInput, call: Call) -> ReportDone:
    command = reporting.SendBackReport(reason=sent.reason, **_facts(sent, call))
    return _done(reporting.send_back_report(command, call.store, call.domain), call)


def _accept(sent: AcceptReportInput, call: Call) -> ReportDone:
    command = reporting.AcceptReport(**_facts(sent, call))
    return _done(reporting.accept_report(command, call.store, call.domain), call)


def _correct(sent: CorrectReportInput, call: Call) -> ReportDone:
    command = reporting.CorrectReport(rows=_rows(sent.rows), **_facts(sent, call))
    return _done(reporting.correct_report(command, call.store, call.domain), call)


def _again(sent: ReportInput, call: Call, event: Event) -> ReportDone:
    with call.store.read() as unit:
        case = unit.case(sent.plan_id, REPORT, sent.period)
    then = call.retell(event).report(sent.period)
    told = _done(then, call) if then else ReportDone(event=event)
    return attrs.evolve(told, report=_shown(case, call))


REPORT_MUTATIONS = tuple(
    Mutation(name, summary, sent, ReportDone, run, plan_of, _again)
    for name, summary, sent, run in (
        (
            "open_report",
            "報告の開始: open the report on a period that is over.",
            OpenReportInput,
            _open,
        ),
        (
            "fill_report",
            (
                "報告の記入: fill in the rows of one's own measures; the findings so far"
                " are told, and none blocks yet."
            ),
            FillReportInput,
            _fill,
        ),
        (
            "submit_report",
            (
                "報告の提出: let a report go in; grades are worked out and kept with it."
                " Where the plan type has no review it is accepted at once (提出・受理)."
            ),
            SubmitReportInput,
            _submit,
        ),
        (
            "send_back_report",
            "報告の差戻し: send a report back, with what has to be put right.",
            SendBackReportInput,
            _send_back,
        ),
        (
            "accept_report",
            "報告の受理: accept a report, as a body that does not report in it.",
            AcceptReportInput,
            _accept,
        ),
        (
            "correct_report",
            (
                "報告の訂正: correct values of an accepted report, which stays accepted; the"
                " old ones stay, and later reports that it affects are named."
            ),
            CorrectReportInput,
            _correct,
        ),
    )
)
"""Open, fill, submit, send back, accept and correct reports."""
