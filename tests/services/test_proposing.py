"""Prefectures propose projects for an A plan, and the state answers each."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.proposals import PROPOSAL, ProposalAnswer
from clusterplan.core.services.cases import CaseDone
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from clusterplan.core.storage.sql import SqlStore
from proposals import KUMAMOTO, KYUSHU, METI, OITA, proposal
from stores import (
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    record,
    save,
    tamper,
)

YES = ProposalAnswer(reason="計画の起点になる", edition="1.0")


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save the draft of an A plan, and return its id."""
    return save(sqlite_store, domain, plan_file(STRATEGIC)).standing.plan_id


def prepare(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *,
    by: Actor = KUMAMOTO,
    version: int | None = None,
    dry_run: bool = False,
    **changes: object,
) -> CaseDone:
    """Prepare the proposal with other attributes."""
    command = SaveProposal(
        plan_id=plan_id,
        proposal=proposal(**changes),
        by=by,
        expected_version=version,
        dry_run=dry_run,
    )
    return save_proposal(command, store, domain)


def step(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    name: str,
    version: int,
    *,
    by: Actor = METI,
    answer: ProposalAnswer | None = None,
) -> CaseDone:
    """Take a step with the proposal."""
    command = StepProposal(
        plan_id=plan_id,
        proposal_id="PR-1",
        step=name,
        by=by,
        expected_version=version,
        answer=answer,
    )
    return step_proposal(command, store, domain)


def reason_of(error: PlanError) -> str:
    """Return the reason of a refusal, which must speak two languages."""
    (problem,) = error.problems
    assert problem.message_en.isascii()
    assert not problem.message_ja.isascii()
    return problem.reason


def test_a_proposal_goes_from_the_prefecture_to_the_answer(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Prepared, proposed, received, adopted: each step is a version and an event."""
    prepare(sqlite_store, domain, plan_id)
    step(sqlite_store, domain, plan_id, "propose", 1, by=KUMAMOTO)
    step(sqlite_store, domain, plan_id, "receive", 2)
    done = step(sqlite_store, domain, plan_id, "adopt", 3, answer=YES)

    assert (done.case.state, done.case.version, done.case.public) == (
        "adopted",
        4,
        True,
    )
    assert done.case.document == proposal(proposed_on=TODAY, answer=YES)
    with sqlite_store.read() as unit:
        kinds = [e.kind for e in unit.events() if e.aggregate == "proposal"]
        kept = unit.case(plan_id, PROPOSAL, "PR-1")
    assert kinds == [
        "proposal_saved",
        "proposal_propose_taken",
        "proposal_receive_taken",
        "proposal_adopt_taken",
    ]
    assert kept == done.case
    assert kept is not None
    assert kept.document == done.case.document


def test_an_answer_gives_its_reason(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Adopting or declining without a word is refused."""
    prepare(sqlite_store, domain, plan_id)
    step(sqlite_store, domain, plan_id, "propose", 1, by=KUMAMOTO)
    step(sqlite_store, domain, plan_id, "receive", 2)
    for answer in (None, ProposalAnswer(reason=" ")):
        with pytest.raises(PlanError) as caught:
            step(sqlite_store, domain, plan_id, "decline", 3, answer=answer)
        assert reason_of(caught.value) == "MISSING_REASON"
    done = step(
        sqlite_store,
        domain,
        plan_id,
        "decline",
        3,
        answer=ProposalAnswer(reason="重複"),
    )
    assert (done.case.state, done.case.public) == ("not_adopted", False)


def test_only_an_agreed_proposal_becomes_public(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """An investor who did not agree is not shown to anybody."""
    prepare(sqlite_store, domain, plan_id, investor_agreed=False)
    step(sqlite_store, domain, plan_id, "propose", 1, by=KUMAMOTO)
    step(sqlite_store, domain, plan_id, "receive", 2)
    assert not step(sqlite_store, domain, plan_id, "adopt", 3, answer=YES).case.public


@pytest.mark.parametrize(
    ("by", "prefecture"), [(OITA, "430005"), (KYUSHU, "430005"), (METI, "430005")]
)
def test_a_prefecture_prepares_its_own_proposals_only(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, by: Actor, prefecture: str
) -> None:
    """Nobody proposes in the name of another."""
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, by=by, prefecture=prefecture)
    assert reason_of(caught.value) == "NOT_THE_PROPOSER"


def test_a_prefecture_does_not_take_over_the_id_of_another(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The id belongs to whoever used it first."""
    prepare(sqlite_store, domain, plan_id)
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, by=OITA, prefecture="440001")
    assert reason_of(caught.value) == "ID_TAKEN"
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, by=OITA, prefecture="440001", version=7)
    assert reason_of(caught.value) == "UNKNOWN_CASE"


def test_a_public_proposal_of_another_prefecture_does_not_change(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Whom it belongs to is told to who may see it."""
    prepare(sqlite_store, domain, plan_id)
    step(sqlite_store, domain, plan_id, "propose", 1, by=KUMAMOTO)
    step(sqlite_store, domain, plan_id, "receive", 2)
    step(sqlite_store, domain, plan_id, "adopt", 3, answer=YES)
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, by=OITA, prefecture="440001", version=4)
    assert reason_of(caught.value) == "NOT_THE_PROPOSER"


def test_prefectures_of_the_block_propose_and_others_know_of_no_draft(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Also those that the region does not reach into yet."""
    file = plan_file(STRATEGIC, {"/region": ["434043"]})
    plan = save(sqlite_store, domain, file).standing.plan_id
    saga, hokkaido = (Actor.parse(f"prefecture:{c}") for c in ("410004", "010006"))
    assert prepare(sqlite_store, domain, plan, by=saga, prefecture="410004").changed
    for told in (plan, "unheard-of"):
        with pytest.raises(PlanError) as caught:
            prepare(sqlite_store, domain, told, by=hokkaido, prefecture="010006")
        assert reason_of(caught.value) == "UNKNOWN_PLAN"
        command = StepProposal(
            plan_id=told,
            proposal_id="PR-1",
            step="propose",
            by=hokkaido,
            expected_version=9,
        )
        with pytest.raises(PlanError) as caught:
            step_proposal(command, sqlite_store, domain)
        assert reason_of(caught.value) == "UNKNOWN_PLAN"


def test_what_is_proposed_does_not_change(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """It is withdrawn, and another one proposed."""
    prepare(sqlite_store, domain, plan_id)
    step(sqlite_store, domain, plan_id, "propose", 1, by=KUMAMOTO)
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, version=2, title="別の案件")
    assert reason_of(caught.value) == "PROPOSED_ALREADY"
    done = step(sqlite_store, domain, plan_id, "withdraw", 2, by=KUMAMOTO)
    assert done.case.state == "withdrawn"


@pytest.mark.parametrize(
    ("name", "by", "reason"),
    [
        ("receive", METI, "STEP_OUT_OF_ORDER"),
        ("adopt", METI, "STEP_OUT_OF_ORDER"),
        ("dance", METI, "UNKNOWN_STEP"),
        ("propose", METI, "WRONG_ACTOR"),
        ("propose", OITA, "UNKNOWN_CASE"),
    ],
)
def test_a_step_out_of_order_or_by_another_is_refused(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    name: str,
    by: Actor,
    reason: str,
) -> None:
    """The lifecycle of proposals is run by the one engine."""
    prepare(sqlite_store, domain, plan_id)
    with pytest.raises(PlanError) as caught:
        step(sqlite_store, domain, plan_id, name, 1, by=by)
    assert reason_of(caught.value) == reason


@pytest.mark.parametrize("version", [None, 2])
def test_a_stale_change_is_refused(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, version: int | None
) -> None:
    """Of two who read the same version, the second is told so."""
    prepare(sqlite_store, domain, plan_id)
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, version=version, title="別の案件")
    assert reason_of(caught.value) == "STALE_VERSION"
    assert caught.value.problems[0].current_version == 1


def test_the_same_again_changes_nothing_and_a_dry_run_too(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """No event without a change."""
    tried = prepare(sqlite_store, domain, plan_id, dry_run=True)
    assert (tried.changed, tried.event) == (True, None)
    assert prepare(sqlite_store, domain, plan_id).changed
    again = prepare(sqlite_store, domain, plan_id, version=1)
    assert not again.changed
    assert again.case.version == 1


@pytest.mark.parametrize(
    ("plan", "reason"),
    [("unheard-of", "UNKNOWN_PLAN"), (REGIONAL, "TAKES_NO_PROPOSALS")],
)
def test_only_a_draft_of_an_a_plan_takes_proposals(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    plan: str,
    reason: str,
) -> None:
    """Plans of other types have no such procedure."""
    if plan == REGIONAL:
        file = plan_file(REGIONAL, {"/record": record()})
        plan = save(sqlite_store, domain, file).standing.plan_id
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan)
    assert reason_of(caught.value) == reason


def test_a_plan_in_force_takes_no_proposals_any_more(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """After formulation there is nothing to propose for."""
    file = plan_file(STRATEGIC, {"/record": record()})
    plan = save(sqlite_store, domain, file).standing.plan_id
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan)
    assert reason_of(caught.value) == "PROPOSALS_CLOSED"


def test_an_unknown_proposal_is_told(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """A step needs something to be taken with."""
    with pytest.raises(PlanError) as caught:
        step(sqlite_store, domain, plan_id, "receive", 1)
    assert reason_of(caught.value) == "UNKNOWN_CASE"


def test_a_proposal_is_read_as_of_a_day(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """What holds at the end of the day, on every database."""
    plan_id = save(store, domain, plan_file(STRATEGIC)).standing.plan_id
    prepare(store, domain, plan_id)
    later = on(domain, TODAY + dt.timedelta(days=3))
    step(store, later, plan_id, "propose", 1, by=KUMAMOTO)
    with store.read() as unit:
        states = [
            [
                case.state
                for case in unit.cases([plan_id], PROPOSAL, looking(day)).get(
                    plan_id, ()
                )
            ]
            for day in (
                TODAY - dt.timedelta(days=1),
                TODAY,
                TODAY + dt.timedelta(days=3),
            )
        ]
    assert states == [[], ["prepared"], ["proposed"]]


def test_two_writers_of_one_version_cannot_both_win(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The row of the next version is there once."""
    plan_id = save(store, domain, plan_file(STRATEGIC)).standing.plan_id
    done = prepare(store, domain, plan_id)
    with pytest.raises(PlanError) as caught, store.write() as unit:
        unit.save_case(attrs.evolve(done.case))
    assert reason_of(caught.value) == "STALE_VERSION"


def test_the_log_proves_each_case_and_makes_it_again(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """A state that was changed behind the log is found, and healed."""
    prepare(sqlite_store, domain, plan_id)
    step(sqlite_store, domain, plan_id, "propose", 1, by=KUMAMOTO)
    assert list(sqlite_store.verify()) == []
    tamper(sqlite_store, "UPDATE cp_case SET state = 'adopted' WHERE version = 2")
    (flaw,) = sqlite_store.verify()
    assert flaw.where == f"case {plan_id}/proposal/PR-1/2"
    sqlite_store.rebuild()
    assert list(sqlite_store.verify()) == []


@pytest.mark.parametrize("id_", ["", "提案 1", "x" * 65])
def test_an_id_that_could_not_be_read_again_is_never_stored(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, id_: str
) -> None:
    """Whoever calls the library directly is refused as any client is."""
    with pytest.raises(PlanError) as caught:
        prepare(sqlite_store, domain, plan_id, id=id_)
    assert caught.value.problems[0].reason == "BAD_ID"
    with sqlite_store.read() as unit:
        assert unit.cases([plan_id], PROPOSAL, looking()) == {}
