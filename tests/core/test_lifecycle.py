"""The engine takes a step, waits for the others, or refuses and says what is allowed."""

from __future__ import annotations

from collections.abc import Collection

import attrs
import pytest

from clusterplan.core.actors import (
    CABINET_SECRETARIAT,
    HEAD,
    METI,
    MUNICIPALITY,
    PREFECTURE,
    REGIONAL_BUREAU,
    Actor,
)
from clusterplan.core.errors import ErrorCode
from clusterplan.core.findings import Finding, Gate, Severity
from clusterplan.core.identifiers import Key, PlanId
from clusterplan.core.lifecycle import (
    Act,
    Awaiting,
    AwaitingOtherStepError,
    GateClosedError,
    Lifecycle,
    MissingNeedError,
    Need,
    NewEdition,
    NotTheLeadError,
    Phase,
    Standing,
    State,
    Step,
    StepOutOfOrderError,
    UncheckedTextError,
    WrongActorError,
    next_edition,
)

TOWN = Actor(MUNICIPALITY, "131211")
OTHER_TOWN = Actor(MUNICIPALITY, "132098")
MAYOR = Actor(HEAD, "131211")
SECRETARIAT = Actor(CABINET_SECRETARIAT, "cas")
MINISTRY = Actor(METI, "meti")
DRAFT, CHECKED, OPEN = Key("draft"), Key("checked"), Key("open")


def _state(key: Key, phase: Phase, *, public: bool = False) -> State:
    return State(key=key, title=f"「{key}」", title_en=key, phase=phase, public=public)


def _step(key: str, from_: Key, to: Key, *actors: Key) -> Step:
    return Step(
        key=Key(key), title=key, title_en=key, from_=(from_,), to=to, actors=actors
    )


CHECK = attrs.evolve(
    _step("check", DRAFT, CHECKED, CABINET_SECRETARIAT, METI),
    joint=True,
    checks_text=True,
)
REOPEN = attrs.evolve(
    _step("reopen", CHECKED, DRAFT, MUNICIPALITY),
    by_lead=True,
    edition=NewEdition.DRAFT,
)
PUBLISH = attrs.evolve(
    _step("publish", CHECKED, OPEN, HEAD),
    by_lead=True,
    needs_checked_text=True,
    gate=Gate.PUBLISH,
    edition=NewEdition.PUBLIC,
)
RETURN = attrs.evolve(
    _step("return", DRAFT, DRAFT, METI), needs=(Need.REASON, Need.COMMENTS)
)
LIFECYCLE = Lifecycle(
    states=(
        _state(DRAFT, Phase.DRAFT),
        _state(CHECKED, Phase.IN_REVIEW),
        _state(OPEN, Phase.IN_FORCE, public=True),
    ),
    steps=(CHECK, REOPEN, PUBLISH, RETURN),
)
START = Standing(state=DRAFT)
READY = Standing(state=CHECKED, checked_digest="x")


def act(
    step: str,
    by: Actor,
    *,
    digest: str = "x",
    provided: Collection[Need] = (),
    findings: Collection[Finding] = (),
    lead: Actor | None = TOWN,
) -> Act:
    """Return an act on the plan of a town."""
    return Act(
        step=Key(step),
        by=by,
        lead=lead,
        digest=digest,
        provided=provided,
        findings=findings,
    )


def _finding(effective: Severity) -> Finding:
    return Finding(
        rule_id="W5H-02",
        rule_version=1,
        severity=Severity.ERROR,
        effective_severity=effective,
        gate=Gate.PUBLISH,
        plan_id=PlanId("p"),
        path=("goal", "vision"),
        message_ja="書かれていません",
        message_en="is missing",
        hint="write it",
        source_ref="test",
    )


def test_the_first_half_of_a_joint_act_leaves_the_plan_awaiting() -> None:
    """The state stays, and who has acted on which text is kept."""
    after = LIFECYCLE.take(START, act("check", MINISTRY))
    assert after.state == DRAFT
    assert after.awaiting == Awaiting(step=Key("check"), by=(MINISTRY,), digest="x")
    assert after.checked_digest is None


@pytest.mark.parametrize("order", [(MINISTRY, SECRETARIAT), (SECRETARIAT, MINISTRY)])
def test_a_joint_act_is_complete_in_any_order(order: tuple[Actor, Actor]) -> None:
    """The second half takes the step, and nothing is awaited any more."""
    standing = START
    for by in order:
        standing = LIFECYCLE.take(standing, act("check", by))
    assert standing == Standing(state=CHECKED, edition="d1", checked_digest="x")


def test_the_same_actor_twice_does_not_complete_a_joint_act() -> None:
    """Nor do two offices of the same kind; each is listed once."""
    once = LIFECYCLE.take(START, act("check", MINISTRY))
    assert LIFECYCLE.take(once, act("check", MINISTRY)) == once
    office = Actor(METI, "kanto")
    again = LIFECYCLE.take(once, act("check", office))
    assert again.state == DRAFT
    assert again.awaiting
    assert again.awaiting.by == (MINISTRY, office)
    assert LIFECYCLE.take(again, act("check", SECRETARIAT)).state == CHECKED


def test_the_first_half_lapses_when_the_text_changes() -> None:
    """The second half on another text is a first half again."""
    first = LIFECYCLE.take(START, act("check", MINISTRY, digest="x"))
    second = LIFECYCLE.take(first, act("check", SECRETARIAT, digest="y"))
    assert second.state == DRAFT
    assert second.awaiting == Awaiting(step=Key("check"), by=(SECRETARIAT,), digest="y")
    done = LIFECYCLE.take(second, act("check", MINISTRY, digest="y"))
    assert (done.state, done.checked_digest) == (CHECKED, "y")


def test_the_first_half_lapses_with_another_step() -> None:
    """A step that is taken meanwhile ends the waiting."""
    first = LIFECYCLE.take(START, act("check", MINISTRY))
    provided = (Need.REASON, Need.COMMENTS)
    after = LIFECYCLE.take(first, act("return", MINISTRY, provided=provided))
    assert after == START
    assert LIFECYCLE.take(after, act("check", SECRETARIAT)).state == DRAFT


END = attrs.evolve(_step("end", DRAFT, OPEN, CABINET_SECRETARIAT, METI), joint=True)
BOTH = attrs.evolve(LIFECYCLE, steps=(*LIFECYCLE.steps, END))


def test_another_joint_act_does_not_push_aside_what_others_have_signed() -> None:
    """It is refused with the step that is awaited, and the signature stays."""
    first = BOTH.take(START, act("check", MINISTRY))
    with pytest.raises(AwaitingOtherStepError) as refusal:
        BOTH.take(first, act("end", SECRETARIAT))
    (problem,) = refusal.value.problems
    assert (problem.rule_id, problem.reason) == ("ACT-03", "AWAITING_OTHER_STEP")
    assert (problem.code, problem.hint) == (ErrorCode.CONFLICT, "check")
    assert problem.message_ja.startswith("経済産業省が手続「check」を先に行い")
    assert BOTH.take(first, act("check", SECRETARIAT)).state == CHECKED


def test_who_signed_first_may_begin_another_joint_act() -> None:
    """The new first half takes the place of the old one, unless others have signed."""
    first = BOTH.take(START, act("check", MINISTRY))
    other = BOTH.take(first, act("end", MINISTRY))
    assert other.awaiting == Awaiting(step=Key("end"), by=(MINISTRY,), digest="x")
    with pytest.raises(AwaitingOtherStepError):
        BOTH.take(other, act("check", SECRETARIAT))
    signed_by_two = BOTH.take(first, act("check", Actor(METI, "kanto")))
    with pytest.raises(AwaitingOtherStepError):
        BOTH.take(signed_by_two, act("end", MINISTRY))


def test_a_first_half_that_has_lapsed_stands_in_nobodys_way() -> None:
    """On another text, others may begin another joint act."""
    first = BOTH.take(START, act("check", MINISTRY))
    after = BOTH.take(first, act("end", SECRETARIAT, digest="y"))
    assert after.awaiting == Awaiting(step=Key("end"), by=(SECRETARIAT,), digest="y")


def test_a_body_that_joins_in_leading_acts_for_the_plan() -> None:
    """What heads alone do is left to the head of the lead body."""
    reopen = attrs.evolve(act("reopen", TOWN, lead=OTHER_TOWN), joining=(TOWN,))
    assert LIFECYCLE.take(READY, reopen).state == DRAFT
    publish = attrs.evolve(act("publish", MAYOR, lead=OTHER_TOWN), joining=(TOWN,))
    for lead in (OTHER_TOWN, None):
        with pytest.raises(NotTheLeadError):
            LIFECYCLE.take(READY, attrs.evolve(publish, lead=lead))


def test_the_same_code_of_another_kind_is_another_body() -> None:
    """Codes of local governments name one body, those of other kinds do not."""
    bureau = Actor(REGIONAL_BUREAU, TOWN.code)
    with pytest.raises(NotTheLeadError):
        LIFECYCLE.take(READY, act("publish", MAYOR, lead=bureau))
    prefecture = Actor(PREFECTURE, TOWN.code)
    assert LIFECYCLE.take(READY, act("publish", MAYOR, lead=prefecture)).state == OPEN


def test_publication_needs_a_check_of_this_very_text() -> None:
    """A text edited after the check is refused with ACT-04; the checked one passes."""
    with pytest.raises(UncheckedTextError) as refusal:
        LIFECYCLE.take(READY, act("publish", MAYOR, digest="edited"))
    (problem,) = refusal.value.problems
    assert (problem.rule_id, problem.reason) == ("ACT-04", "TEXT_NOT_CHECKED")
    assert problem.code is ErrorCode.CONFLICT
    assert LIFECYCLE.take(READY, act("publish", MAYOR)) == Standing(
        state=OPEN, edition="1.0"
    )


def test_a_text_that_nobody_checked_is_not_published() -> None:
    """Being in the right state is not enough."""
    with pytest.raises(UncheckedTextError):
        LIFECYCLE.take(Standing(state=CHECKED), act("publish", MAYOR))


def test_reopening_ends_the_check() -> None:
    """The approval does not come back when the text is submitted again."""
    after = LIFECYCLE.take(READY, act("reopen", TOWN))
    assert after == Standing(state=DRAFT, edition="d2")


def test_the_head_of_another_body_is_refused() -> None:
    """ACT-05 names the lead body; without a lead body nobody can act for it."""
    for lead in (OTHER_TOWN, None):
        with pytest.raises(NotTheLeadError) as refusal:
            LIFECYCLE.take(READY, act("publish", MAYOR, lead=lead))
        (problem,) = refusal.value.problems
        assert (problem.rule_id, problem.reason) == ("ACT-05", "NOT_THE_LEAD_BODY")
        assert problem.code is ErrorCode.FORBIDDEN
        assert problem.hint == (str(OTHER_TOWN) if lead else None)
        assert ("Machida-shi, Tokyo" if lead else "not set") in problem.message_en


def test_another_kind_of_actor_is_told_what_it_can_do() -> None:
    """ACT-01 lists the kinds that take the step and the steps left for the actor."""
    with pytest.raises(WrongActorError) as refusal:
        LIFECYCLE.take(READY, act("publish", TOWN))
    (problem,) = refusal.value.problems
    assert (problem.rule_id, problem.reason) == ("ACT-01", "WRONG_ACTOR")
    assert problem.code is ErrorCode.FORBIDDEN
    assert problem.hint == "reopen"
    assert refusal.value.possible == (REOPEN,)
    assert "首長が行うもので、東京都足立区は行えません" in problem.message_ja


def test_another_body_is_not_told_to_take_the_steps_of_the_lead() -> None:
    """What would be refused with ACT-05 is not offered with ACT-01."""
    with pytest.raises(WrongActorError) as refusal:
        LIFECYCLE.take(READY, act("publish", OTHER_TOWN))
    assert refusal.value.possible == ()
    (problem,) = refusal.value.problems
    assert problem.hint == "head_of_local_government"
    assert "東京都町田市ができる手続はありません" in problem.message_ja
    assert "no step of Machida-shi, Tokyo is possible" in problem.message_en


def test_a_step_out_of_order_is_refused_with_those_in_order() -> None:
    """ACT-07 says which steps the state allows."""
    with pytest.raises(StepOutOfOrderError) as refusal:
        LIFECYCLE.take(START, act("publish", MAYOR))
    (problem,) = refusal.value.problems
    assert (problem.rule_id, problem.reason) == ("ACT-07", "STEP_OUT_OF_ORDER")
    assert problem.code is ErrorCode.CONFLICT
    assert problem.hint == "check, return"
    assert refusal.value.allowed == (CHECK, RETURN)


def test_an_unknown_step_is_an_error_of_input() -> None:
    """It carries the same rule, and no step is left in the last state."""
    with pytest.raises(StepOutOfOrderError) as refusal:
        LIFECYCLE.take(Standing(state=OPEN), act("fly", MAYOR))
    (problem,) = refusal.value.problems
    assert (problem.reason, problem.hint) == ("UNKNOWN_STEP", None)
    assert "no step is possible from this state" in problem.message_en
    assert "できる手続はありません" in problem.message_ja
    assert problem.code is ErrorCode.BAD_USER_INPUT


def test_every_missing_need_is_named_at_once() -> None:
    """What exists already is not asked for again."""
    with pytest.raises(MissingNeedError) as refusal:
        LIFECYCLE.take(START, act("return", MINISTRY))
    assert [p.reason for p in refusal.value.problems] == [
        "MISSING_REASON",
        "MISSING_COMMENTS",
    ]
    with pytest.raises(MissingNeedError) as refusal:
        LIFECYCLE.take(START, act("return", MINISTRY, provided=[Need.REASON]))
    assert refusal.value.missing == (Need.COMMENTS,)


@pytest.mark.parametrize("need", list(Need))
def test_a_missing_need_is_explained_in_both_languages(need: Need) -> None:
    """Every need has words and a rule id."""
    lifecycle = Lifecycle(
        states=LIFECYCLE.states, steps=(attrs.evolve(RETURN, needs=(need,)),)
    )
    with pytest.raises(MissingNeedError) as refusal:
        lifecycle.take(START, act("return", MINISTRY))
    (problem,) = refusal.value.problems
    assert problem.reason == f"MISSING_{need.name}"
    assert problem.code is ErrorCode.CONFLICT
    assert problem.rule_id
    assert problem.message_ja != problem.message_en


def test_an_error_at_the_gate_closes_it_with_its_rule_and_place() -> None:
    """Only findings that block are in the refusal."""
    findings = [_finding(Severity.WARNING), _finding(Severity.ERROR)]
    with pytest.raises(GateClosedError) as refusal:
        LIFECYCLE.take(READY, act("publish", MAYOR, findings=findings))
    (problem,) = refusal.value.problems
    assert (problem.rule_id, problem.reason) == ("W5H-02", "CHECK_FAILED")
    assert (problem.pointer, problem.hint) == ("/goal/vision", "write it")
    assert refusal.value.errors == (findings[1],)


def test_warnings_leave_the_gate_open() -> None:
    """A lowered error does not block."""
    findings = [_finding(Severity.WARNING), _finding(Severity.INFO)]
    after = LIFECYCLE.take(READY, act("publish", MAYOR, findings=findings))
    assert after.state == OPEN


@pytest.mark.parametrize(
    ("edition", "raised", "after"),
    [
        ("d1", None, "d1"),
        ("d1", NewEdition.DRAFT, "d2"),
        ("d9", NewEdition.DRAFT, "d10"),
        ("d2", NewEdition.PUBLIC, "1.0"),
        ("1.0", None, "1.0"),
        ("1.3", NewEdition.PUBLIC, "2.0"),
        ("9.12", NewEdition.PUBLIC, "10.0"),
        ("2.1", NewEdition.DRAFT, "d1"),
    ],
)
def test_editions_count_drafts_and_then_public_texts(
    edition: str, raised: NewEdition | None, after: str
) -> None:
    """Drafts are d1, d2 ..., the first public text is 1.0."""
    assert next_edition(edition, raised) == after


def test_a_lifecycle_knows_its_beginning_states_and_phases() -> None:
    """Phases come in the order of a plan's life."""
    assert LIFECYCLE.initial.key == DRAFT
    assert LIFECYCLE.state("open").public
    assert LIFECYCLE.phases == (Phase.DRAFT, Phase.IN_REVIEW, Phase.IN_FORCE)
    assert LIFECYCLE.steps_from("checked") == (REOPEN, PUBLISH)
    with pytest.raises(KeyError):
        LIFECYCLE.state("elsewhere")


@pytest.mark.parametrize(
    ("states", "steps", "named"),
    [
        ((), (), r"\[\]"),
        ((_state(DRAFT, Phase.DRAFT),) * 2, (), "draft"),
        ((_state(DRAFT, Phase.DRAFT),), (CHECK,), "checked"),
        (LIFECYCLE.states, (CHECK, CHECK), "check"),
    ],
)
def test_a_lifecycle_that_does_not_hang_together_is_refused(
    states: tuple[State, ...], steps: tuple[Step, ...], named: str
) -> None:
    """No states, a key twice and a step to nowhere are named."""
    with pytest.raises(ValueError, match=named):
        Lifecycle(states=states, steps=steps)
