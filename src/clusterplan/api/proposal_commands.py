"""Project proposals as mutations."""

from __future__ import annotations

from typing import Annotated, Any

from attrs import frozen

from ..core.documents.cases import load_case
from ..core.documents.source import source_of
from ..core.events import Event
from ..core.identifiers import InvestmentId, Key, PartId, PlanId
from ..core.proposals import PROPOSAL, ProjectProposal, ProposalAnswer
from ..core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from ..core.terms import Term
from .inputs import VERSION, Sent, plan_of
from .mutations import Call, Mutation
from .outcomes import ProposalDone
from .places import reading
from .scalars import Json


@frozen(kw_only=True)
class SaveProposalInput(Sent):
    """A project proposal that is being prepared."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan it is for.")]
    document: Annotated[Json, Term("提案", "The proposal as JSON.")]
    expected_version: Annotated[int | None, VERSION] = None


@frozen(kw_only=True)
class StepProposalInput(Sent):
    """A step with a project proposal."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan it is for.")]
    id: Annotated[PartId, Term("提案ID", "The proposal.")]
    step: Annotated[
        Key, Term("手続", "`propose`, `receive`, `adopt`, `decline` or `withdraw`.")
    ]
    expected_version: Annotated[int, VERSION]
    reason: Annotated[str | None, Term("理由", "Why it is adopted, or is not.")] = None
    edition: Annotated[
        str | None, Term("採用した版", "Edition of the plan that takes it up.")
    ] = None
    investment: Annotated[
        InvestmentId | None, Term("投資ID", "Investment of the plan that it became.")
    ] = None
    measures: Annotated[
        tuple[PartId, ...], Term("施策ID", "Measures of the plan that take it up.")
    ] = ()


def _save_proposal(sent: SaveProposalInput, call: Call) -> ProposalDone:
    with reading("document"):
        proposal = load_case(source_of(sent.document), ProjectProposal)
    done = save_proposal(
        SaveProposal(
            plan_id=sent.plan_id,
            proposal=proposal,
            by=call.by,
            expected_version=sent.expected_version,
            dry_run=sent.dry_run,
        ),
        call.store,
        call.domain,
    )
    return ProposalDone(event=done.event, proposal=done.case, dry_run=done.dry_run)  # type: ignore[arg-type]


def _step_proposal(sent: StepProposalInput, call: Call) -> ProposalDone:
    answer = None
    if sent.reason is not None:
        answer = ProposalAnswer(
            reason=sent.reason,
            edition=sent.edition,
            investment=sent.investment,
            measures=sent.measures,
        )
    done = step_proposal(
        StepProposal(
            plan_id=sent.plan_id,
            proposal_id=sent.id,
            step=sent.step,
            by=call.by,
            expected_version=sent.expected_version,
            answer=answer,
            dry_run=sent.dry_run,
        ),
        call.store,
        call.domain,
    )
    return ProposalDone(event=done.event, proposal=done.case, dry_run=done.dry_run)  # type: ignore[arg-type]


def _proposal_again(sent: Any, call: Call, event: Event) -> ProposalDone:
    document: Any = getattr(sent, "document", None)
    id_ = sent.id if document is None else document["id"]
    with call.store.read() as unit:
        case = unit.case(sent.plan_id, PROPOSAL, id_)
    return ProposalDone(event=event, proposal=case)  # type: ignore[arg-type]


PROPOSAL_MUTATIONS = (
    Mutation(
        "save_proposal",
        "提案の準備: prepare a project proposal, or change one that is prepared.",
        SaveProposalInput,
        ProposalDone,
        _save_proposal,
        plan_of,
        _proposal_again,
        text="document",
    ),
    Mutation(
        "step_proposal",
        "提案の手続: propose, receive, adopt, decline or withdraw a proposal.",
        StepProposalInput,
        ProposalDone,
        _step_proposal,
        plan_of,
        _proposal_again,
    ),
)
"""Prepare proposals, and take steps with them."""
