"""Saving plans and taking steps with them, as mutations."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from ..core.documents.loader import load_plan_file
from ..core.documents.source import source_of
from ..core.events import Event
from ..core.files import PlanFile
from ..core.findings import Gate
from ..core.identifiers import Key, PlanId
from ..core.readers import Reader
from ..core.services.answers import StepComment, Waiver
from ..core.services.importing import ImportDone, ImportPlan, import_plan
from ..core.services.stepping import StepDone, TakeStep, take_step
from ..core.standings import PlanStanding
from ..core.stored import StoredPlan
from ..core.terms import Term
from .inputs import VERSION, Sent, plan_of
from .mutations import Call, Mutation
from .outcomes import PlanDone
from .places import reading
from .scalars import Json


@frozen(kw_only=True)
class ImportPlanInput(Sent):
    """A plan file to save: a new plan, or the next text of a draft."""

    document: Annotated[Json, Term("計画ファイル", "The plan file as JSON.")]
    expected_version: Annotated[int | None, VERSION] = None


@frozen(kw_only=True)
class TakeStepInput(Sent):
    """A step of the lifecycle of a plan's type."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    step: Annotated[Key, Term("手続", "Key of the step, see `planTypes { steps }`.")]
    expected_version: Annotated[int, VERSION]
    reason: Annotated[str | None, Term("理由", "Why; some steps need it.")] = None
    comments: Annotated[
        tuple[StepComment, ...], Term("コメント", "Remarks on places of the draft.")
    ] = ()
    waivers: Annotated[
        tuple[Waiver, ...], Term("警告への回答", "Answers to warnings.")
    ] = ()


def _file(sent: ImportPlanInput, call: Call) -> PlanFile:
    with reading("document"):
        return load_plan_file(source_of(sent.document), call.domain.plan_types)


def _import_plan(sent: ImportPlanInput, call: Call) -> PlanDone:
    file = _file(sent, call)
    done = import_plan(
        ImportPlan(
            file=file,
            by=call.by,
            expected_version=sent.expected_version,
            dry_run=sent.dry_run,
        ),
        call.store,
        call.domain,
    )
    return PlanDone(
        plan=_new(file, done, call) if done.dry_run else None,
        event=done.event,
        findings=done.report.findings,
        dry_run=done.dry_run,
    )


def _new(file: PlanFile, done: ImportDone, call: Call) -> StoredPlan:
    """Return the plan of a file as it would stand."""
    moment = call.domain.view(Reader(actor=call.by)).moment
    return StoredPlan(standing=done.standing, moment=moment, read=lambda: file.plan)


def _take_step(sent: TakeStepInput, call: Call) -> PlanDone:
    command = TakeStep(
        plan_id=sent.plan_id,
        step=sent.step,
        by=call.by,
        expected_version=sent.expected_version,
        reason=sent.reason,
        comments=sent.comments,
        waivers=sent.waivers,
        dry_run=sent.dry_run,
    )
    done = take_step(command, call.store, call.domain)
    plan = _tried(sent.plan_id, done.standing, call) if done.dry_run else None
    return _stepped(done, plan)


def _tried(plan_id: str, standing: PlanStanding, call: Call) -> StoredPlan | None:
    """Return a plan as it would stand; nothing where the caller may not see it."""
    with call.store.read() as unit:
        found = unit.plan(plan_id, call.domain.view(Reader(actor=call.by)))
        if found is None:
            return None
        text = found.plan
    return StoredPlan(standing=standing, moment=found.moment, read=lambda: text)


def _stepped(done: StepDone, plan: StoredPlan | None = None) -> PlanDone:
    return PlanDone(
        plan=plan,
        event=done.event,
        findings=done.findings,
        awaiting=done.awaiting,
        signed=done.signed,
        dry_run=done.dry_run,
    )


def _imported_again(sent: ImportPlanInput, call: Call, event: Event) -> PlanDone:
    report = call.domain.check_file(_file(sent, call), Gate.SAVE)
    return PlanDone(event=event, findings=report.findings)


def _step_again(sent: TakeStepInput, call: Call, event: Event) -> PlanDone:
    told = call.retell(event).step(sent.step)
    return _stepped(told) if told else PlanDone(event=event)


def _imported_plan(sent: ImportPlanInput, event: Event | None) -> str | None:
    if event is not None:
        return event.aggregate_id
    told = sent.document.get("id") if isinstance(sent.document, dict) else None
    return told if isinstance(told, str) else None


PLAN_MUTATIONS = (
    Mutation(
        "import_plan",
        "計画の保存: save a plan file, as a new plan or as the next text of a draft.",
        ImportPlanInput,
        PlanDone,
        _import_plan,
        _imported_plan,
        _imported_again,
        text="document",
    ),
    Mutation(
        "take_step",
        "手続: take a step, such as submitting, publishing or closing a plan.",
        TakeStepInput,
        PlanDone,
        _take_step,
        plan_of,
        _step_again,
    ),
)
"""Save plans, and take steps with them."""
