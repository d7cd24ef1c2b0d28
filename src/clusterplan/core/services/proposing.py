"""Propose projects for an A plan, and answer: prefectures and the state."""

from __future__ import annotations

import attrs
from attrs import frozen

from ..actors import PREFECTURE, Actor
from ..cases import Case
from ..errors import ErrorCode, PlanError, Problem
from ..identifiers import Key
from ..inputs import normalised
from ..lifecycle import Need, Phase
from ..offices import office_name
from ..proposals import PROPOSAL, ProjectProposal, ProposalAnswer
from ..store import Store
from .cases import CaseDesk, CaseDone, opened
from .domain import Domain


@frozen(kw_only=True)
class SaveProposal:
    """Prepare a proposal, or change one that is being prepared.

    Attributes:
        expected_version: Version that the change is based on; nothing for a new one.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    proposal: ProjectProposal
    by: Actor
    expected_version: int | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class StepProposal:
    """Take a step with a proposal: propose, receive, adopt, decline or withdraw.

    Attributes:
        answer: What the state answers; needed to adopt and to decline.
    """

    plan_id: str
    proposal_id: str
    step: str
    by: Actor
    expected_version: int
    answer: ProposalAnswer | None = None
    dry_run: bool = False


class ProposalRefusedError(PlanError):
    """The plan takes no proposals, not from this body, or not now."""


def save_proposal(command: SaveProposal, store: Store, domain: Domain) -> CaseDone:
    """Prepare a proposal, or change one that is being prepared.

    The same text again changes nothing and writes no event.

    Raises:
        ProposalRefusedError: The plan takes none, or *by* is not the prefecture that
            the proposal names, or it is proposed already.
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        StaleCaseError: The proposal is not at the version the change is based on.
    """
    command = normalised(command)
    proposal = command.proposal
    own = Actor(PREFECTURE, proposal.prefecture)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = CaseDesk.open(
            PROPOSAL, command.plan_id, proposal.id, unit, domain, by=command.by
        )
        if command.by != own:
            raise ProposalRefusedError(_of_another(command.by, own))
        _refuse_closed(desk)
        desk.refuse_stale(command.expected_version)
        case = desk.case
        if case is not None:
            _refuse_foreign(case, own)
        state = PROPOSAL.lifecycle.initial.key
        if case is not None and case.state != state:
            raise ProposalRefusedError(_proposed(case))
        told = attrs.evolve(proposal, proposed_on=None, answer=None)
        return desk.put(
            told,
            state=state,
            owner=own,
            by=command.by,
            event="saved",
            dry_run=command.dry_run,
        )


def step_proposal(command: StepProposal, store: Store, domain: Domain) -> CaseDone:
    """Take a step with a proposal.

    Raises:
        ProposalRefusedError: The plan takes no proposals any more.
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        UnknownCaseError: The plan has no such proposal.
        StaleCaseError: It is not at the version the step is based on.
        PlanError: Its lifecycle does not allow the step: another state, another actor,
            or no answer with a reason.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = CaseDesk.open(
            PROPOSAL,
            command.plan_id,
            command.proposal_id,
            unit,
            domain,
            by=command.by,
        )
        case = desk.known(command.expected_version)
        if command.step == "propose":
            _refuse_closed(desk)
        answer = command.answer
        answered = answer is not None and bool(answer.reason.strip())
        state = desk.after(
            case, command.step, command.by, (Need.REASON,) if answered else ()
        )
        proposal: ProjectProposal = case.document
        if command.step == "propose":
            proposal = attrs.evolve(proposal, proposed_on=domain.today())
        if answered and state in _ANSWERED:
            proposal = attrs.evolve(proposal, answer=answer)
        return desk.put(
            proposal,
            state=state,
            owner=case.owner,
            by=command.by,
            event=f"{command.step}_taken",
            dry_run=command.dry_run,
        )


_ANSWERED = (Key("adopted"), Key("not_adopted"))


def _refuse_closed(desk: CaseDesk) -> None:
    kind = desk.domain.plan_type(desk.plan.plan_type)
    if not kind.takes_proposals:
        raise ProposalRefusedError(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="TAKES_NO_PROPOSALS",
                message_ja=f"「{kind.title}」にはプロジェクト提案の手続がありません",
                message_en=f"a {kind.title_en.lower()} takes no project proposals",
                path=("plan_id",),
            )
        )
    if desk.plan.phase not in (Phase.DRAFT, Phase.IN_REVIEW):
        raise ProposalRefusedError(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="PROPOSALS_CLOSED",
                message_ja=f"計画「{desk.plan.plan_id}」は策定済みで、"
                "提案を受け付けていません",
                message_en=f"plan {desk.plan.plan_id!r} is formulated and takes no "
                "proposals any more",
                path=("plan_id",),
                rule_id="ACT-07",
            )
        )


def _refuse_foreign(case: Case, own: Actor) -> None:
    if case.owner != own:
        raise ProposalRefusedError(_of_another(own, case.owner))


def _of_another(by: Actor, owner: Actor) -> Problem:
    by_name, owner_name = office_name(by), office_name(owner)
    return Problem(
        code=ErrorCode.FORBIDDEN,
        reason="NOT_THE_PROPOSER",
        message_ja=f"提案は{owner_name.ja}のもので、{by_name.ja}は扱えません",
        message_en=f"the proposal belongs to {owner_name.en}, not to {by_name.en}",
        path=("proposal", "prefecture"),
        hint=str(owner),
        rule_id="ACT-01",
    )


def _proposed(case: Case) -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="PROPOSED_ALREADY",
        message_ja=f"提案「{case.id}」は提案済みで、書き換えられません。"
        "取り下げて別のIDで出し直してください",
        message_en=f"proposal {case.id!r} was proposed and does not change; withdraw "
        "it and propose another one",
        path=("proposal", "id"),
        rule_id="ACT-07",
        current_version=case.version,
    )
