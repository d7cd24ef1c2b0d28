"""A plan goes from draft to end, step by step, by those who may take each step."""

from __future__ import annotations

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.identifiers import Key
from clusterplan.core.lifecycle import Act, Need, Phase, Standing
from clusterplan_tokyo_revitalization.lifecycle import LIFECYCLE

ADACHI = Actor(Key("municipality"), "131211")
SETAGAYA = Actor(Key("municipality"), "131121")
TOKYO = Actor(Key("prefecture"), "130001")
ASSEMBLY = Actor(Key("assembly"), "131211")
STATE = Actor(Key("meti"), "meti")


def take(standing: Standing, step: str, by: Actor, *needs: Need) -> Standing:
    """Take a step on Adachi's plan."""
    act = Act(step=Key(step), by=by, lead=ADACHI, digest="0" * 64, provided=needs)
    return LIFECYCLE.take(standing, act)


def standing_in(state: str) -> Standing:
    """Return a standing in a state."""
    return Standing(state=Key(state))


def test_a_plan_is_applied_for_approved_voted_run_and_ended() -> None:
    """Each step leads on; the edition becomes public with the approval."""
    standing = standing_in(LIFECYCLE.initial.key)
    story = [
        ("apply", ADACHI, ()),
        ("approve", TOKYO, ()),
        ("vote_budget", ASSEMBLY, (Need.VOTES,)),
        ("start", ADACHI, ()),
        ("end", ADACHI, ()),
    ]
    seen = []
    for step, by, needs in story:
        standing = take(standing, step, by, *needs)
        seen.append((str(standing.state), standing.edition))
    assert seen == [
        ("applied", "d1"),
        ("approved", "1.0"),
        ("budget_voted", "1.0"),
        ("running", "1.0"),
        ("ended", "1.0"),
    ]


def test_a_plan_that_is_sent_back_becomes_the_next_draft() -> None:
    """Tokyo sends back with comments; the municipality writes draft 2."""
    standing = take(standing_in("applied"), "send_back", TOKYO, Need.COMMENTS)
    assert (standing.state, standing.edition) == ("drafting", "d2")


@pytest.mark.parametrize(
    ("state", "step", "by", "reason"),
    [
        ("drafting", "apply", TOKYO, "WRONG_ACTOR"),
        ("drafting", "apply", SETAGAYA, "NOT_THE_LEAD_BODY"),
        ("drafting", "approve", TOKYO, "STEP_OUT_OF_ORDER"),
        ("applied", "approve", ADACHI, "WRONG_ACTOR"),
        ("applied", "approve", STATE, "WRONG_ACTOR"),
        ("applied", "send_back", TOKYO, "MISSING_COMMENTS"),
        ("applied", "start", ADACHI, "STEP_OUT_OF_ORDER"),
        ("approved", "vote_budget", ADACHI, "WRONG_ACTOR"),
        ("approved", "vote_budget", ASSEMBLY, "MISSING_VOTES"),
        ("approved", "start", ADACHI, "STEP_OUT_OF_ORDER"),
        ("approved", "abandon", ADACHI, "STEP_OUT_OF_ORDER"),
        ("budget_voted", "start", TOKYO, "WRONG_ACTOR"),
        ("budget_voted", "start", SETAGAYA, "NOT_THE_LEAD_BODY"),
        ("running", "end", SETAGAYA, "NOT_THE_LEAD_BODY"),
        ("running", "withdraw", ADACHI, "MISSING_REASON"),
        ("drafting", "abandon", ADACHI, "MISSING_REASON"),
        ("drafting", "withdraw", ADACHI, "STEP_OUT_OF_ORDER"),
        ("ended", "start", ADACHI, "STEP_OUT_OF_ORDER"),
    ],
)
def test_a_wrong_actor_step_or_missing_need_is_refused(
    state: str, step: str, by: Actor, reason: str
) -> None:
    """Whoever may not act, too early or with empty hands, is told why."""
    with pytest.raises(PlanError) as refusal:
        take(standing_in(state), step, by)
    assert [p.reason for p in refusal.value.problems] == [reason]


@pytest.mark.parametrize(
    ("state", "step", "to"),
    [
        ("drafting", "abandon", "abandoned"),
        ("applied", "abandon", "abandoned"),
        ("approved", "withdraw", "withdrawn"),
        ("budget_voted", "withdraw", "withdrawn"),
        ("running", "withdraw", "withdrawn"),
    ],
)
def test_a_plan_is_given_up_with_a_reason(state: str, step: str, to: str) -> None:
    """Before approval a plan is abandoned, afterwards withdrawn."""
    assert take(standing_in(state), step, ADACHI, Need.REASON).state == to


def test_anybody_may_read_a_plan_from_its_approval_on() -> None:
    """Approved outlines are published before the votes; drafts never are."""
    public = {str(s.key) for s in LIFECYCLE.states if s.public}
    assert public == {"approved", "budget_voted", "running", "ended", "withdrawn"}


def test_a_plan_is_in_force_only_while_it_runs() -> None:
    """Approval alone puts nothing in force, for the votes are still to come."""
    phases = {str(s.key): s.phase for s in LIFECYCLE.states}
    assert [k for k, p in phases.items() if p is Phase.IN_FORCE] == ["running"]
    assert phases["approved"] is phases["budget_voted"] is Phase.IN_REVIEW
