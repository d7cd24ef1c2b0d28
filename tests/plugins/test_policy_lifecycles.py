"""Plans of types A, B and C go the way of the policy text, and no other."""

from __future__ import annotations

from collections.abc import Collection

import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core import actors
from clusterplan.core.actors import Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.findings import Gate
from clusterplan.core.identifiers import Key
from clusterplan.core.lifecycle import (
    Act,
    Lifecycle,
    MissingNeedError,
    Need,
    NotTheLeadError,
    Phase,
    Standing,
    State,
    StepOutOfOrderError,
    UncheckedTextError,
    WrongActorError,
)
from clusterplan.core.offices import kind_name
from clusterplan.plugins.builtin.local import clusterplan_plan_types as local_types
from clusterplan.plugins.builtin.local_lifecycle import LOCAL_LIFECYCLE
from clusterplan.plugins.builtin.regional import (
    clusterplan_plan_types as regional_types,
)
from clusterplan.plugins.builtin.strategic import LIFECYCLE as STRATEGIC_LIFECYCLE

BUREAU = ("regional_bureau",)
STATE = ("cabinet_secretariat", "meti")
LOCAL = ("prefecture", "municipality", "union_of_local_governments")
HEAD = ("head_of_local_government",)
KINDS = (
    *(*BUREAU, *STATE, *LOCAL, *HEAD),
    *("ministry", "panel", "assembly", "operator", "public"),
)
CODE = "131211"
LEAD = Actor(actors.MUNICIPALITY, CODE)
BUREAU_LEAD = Actor(actors.REGIONAL_BUREAU, CODE)
ALL_NEEDS = tuple(Need)


@frozen
class Row:
    """A step as the policy text and its reading want it."""

    step: str
    from_: str
    to: str
    kinds: tuple[str, ...]
    joint: bool = False
    by_lead: bool = False
    gate: Gate | None = None
    needs: tuple[Need, ...] = ()
    edition: str = "d1"


A_ROWS = (
    Row(
        "submit_draft",
        *("drafting", "drafted", BUREAU),
        by_lead=True,
        gate=Gate.SUBMIT,
        needs=(Need.PANEL,),
    ),
    Row("accept_draft", "drafted", "formulating", STATE, joint=True),
    Row(
        "send_back",
        *("drafted", "drafting", STATE),
        needs=(Need.COMMENTS,),
        edition="d2",
    ),
    Row(
        "send_back",
        *("formulating", "drafting", STATE),
        needs=(Need.COMMENTS,),
        edition="d2",
    ),
    Row(
        "formulate",
        *("formulating", "in_force", STATE),
        joint=True,
        gate=Gate.PUBLISH,
        edition="1.0",
    ),
    Row("abandon", "drafting", "abandoned", BUREAU, by_lead=True),
    Row("abandon", "drafted", "abandoned", BUREAU, by_lead=True),
    Row("abandon_formulation", "formulating", "abandoned", STATE, joint=True),
    Row("close", "in_force", "closed", STATE, joint=True, needs=(Need.FINAL_REPORT,)),
    Row("withdraw", "in_force", "withdrawn", STATE, joint=True, needs=(Need.REASON,)),
)
BC_ROWS = (
    Row(
        "submit_for_precheck",
        *("drafting", "in_precheck", LOCAL),
        by_lead=True,
        gate=Gate.PUBLISH,
    ),
    Row(
        "send_back",
        *("in_precheck", "drafting", STATE),
        needs=(Need.COMMENTS,),
        edition="d2",
    ),
    Row(
        "precheck_ok",
        *("in_precheck", "prechecked", STATE),
        joint=True,
        gate=Gate.PUBLISH,
    ),
    Row("reopen", "prechecked", "drafting", LOCAL, by_lead=True, edition="d2"),
    Row(
        "publish",
        *("prechecked", "in_force", HEAD),
        by_lead=True,
        gate=Gate.PUBLISH,
        edition="1.0",
    ),
    Row("abandon", "drafting", "abandoned", LOCAL, by_lead=True),
    Row("abandon", "in_precheck", "abandoned", LOCAL, by_lead=True),
    Row("abandon", "prechecked", "abandoned", LOCAL, by_lead=True),
    Row(
        "close",
        *("in_force", "closed", LOCAL),
        by_lead=True,
        needs=(Need.FINAL_REPORT,),
    ),
    Row("withdraw", "in_force", "withdrawn", HEAD, by_lead=True, needs=(Need.REASON,)),
)
TABLES = ((STRATEGIC_LIFECYCLE, A_ROWS), (LOCAL_LIFECYCLE, BC_ROWS))
CASES = [
    pytest.param(lifecycle, row, id=f"{name}-{row.step}-{row.from_}")
    for name, (lifecycle, rows) in zip(("A", "BC"), TABLES, strict=True)
    for row in rows
]
SKIPS = [
    pytest.param(lifecycle, step, state, id=f"{name}-{step}-{state.key}")
    for name, (lifecycle, rows) in zip(("A", "BC"), TABLES, strict=True)
    for step in sorted({r.step for r in rows})
    for state in lifecycle.states
    if (step, state.key) not in {(r.step, r.from_) for r in rows}
]


def _actor(kind: str, code: str = CODE) -> Actor:
    return Actor(Key(kind), code)


def _act(
    step: str,
    by: Actor,
    *,
    digest: str = "x",
    provided: Collection[Need] = ALL_NEEDS,
) -> Act:
    lead = BUREAU_LEAD if by.kind == actors.REGIONAL_BUREAU else LEAD
    return Act(step=Key(step), by=by, lead=lead, digest=digest, provided=provided)


def _at(state: str) -> Standing:
    checked = "x" if state == "prechecked" else None
    return Standing(state=Key(state), checked_digest=checked)


def test_the_table_is_the_whole_lifecycle() -> None:
    """No step leads anywhere that the table does not know."""
    for lifecycle, rows in TABLES:
        ways = {(s.key, f, s.to) for s in lifecycle.steps for f in s.from_}
        assert ways == {(r.step, r.from_, r.to) for r in rows}


def test_types_b_and_c_share_one_lifecycle() -> None:
    """Both are checked by the state before the head publishes."""
    for (plan_type,) in (regional_types(), local_types()):
        assert plan_type.lifecycle is LOCAL_LIFECYCLE


@pytest.mark.parametrize(("lifecycle", "row"), CASES)
def test_the_allowed_actors_take_the_step(lifecycle: Lifecycle, row: Row) -> None:
    """Alone, each of them; jointly, all of them."""
    groups = [row.kinds] if row.joint else [(kind,) for kind in row.kinds]
    for kinds in groups:
        standing = _at(row.from_)
        for kind in kinds:
            assert standing.state == row.from_
            standing = lifecycle.take(standing, _act(row.step, _actor(kind)))
        assert (standing.state, standing.edition) == (row.to, row.edition)
        assert standing.awaiting is None


@pytest.mark.parametrize(("lifecycle", "row"), CASES)
def test_every_other_kind_of_actor_is_refused_with_what_it_can_do(
    lifecycle: Lifecycle, row: Row
) -> None:
    """ACT-01 says who takes the step, and what is left for the one who tried."""
    (rows,) = [r for known, r in TABLES if known is lifecycle]
    for kind in set(KINDS) - set(row.kinds):
        with pytest.raises(WrongActorError) as refusal:
            lifecycle.take(_at(row.from_), _act(row.step, _actor(kind)))
        (problem,) = refusal.value.problems
        possible = {r.step for r in rows if r.from_ == row.from_ and kind in r.kinds}
        assert problem.rule_id == "ACT-01"
        assert {s.key for s in refusal.value.possible} == possible
        assert problem.hint
        assert set(problem.hint.split(", ")) == (possible or set(row.kinds))
        assert all(kind_name(k).en in problem.message_en for k in row.kinds)


@pytest.mark.parametrize(("lifecycle", "step", "state"), SKIPS)
def test_a_step_from_any_other_state_is_refused_with_those_in_order(
    lifecycle: Lifecycle, step: str, state: State
) -> None:
    """ACT-07: no stage is skipped or taken twice, whoever tries."""
    allowed = {str(s.key) for s in lifecycle.steps if state.key in s.from_}
    for kind in KINDS:
        with pytest.raises(StepOutOfOrderError) as refusal:
            lifecycle.take(_at(state.key), _act(step, _actor(kind)))
        (problem,) = refusal.value.problems
        assert (problem.rule_id, problem.reason) == ("ACT-07", "STEP_OUT_OF_ORDER")
        assert set(problem.hint.split(", ") if problem.hint else ()) == allowed


@pytest.mark.parametrize(("lifecycle", "row"), CASES)
def test_another_body_of_the_right_kind_is_refused(
    lifecycle: Lifecycle, row: Row
) -> None:
    """ACT-05 guards the steps of the lead body; the state's are not bound to it."""
    other = [_actor(kind, "132098") for kind in row.kinds]
    if not row.by_lead:
        lifecycle.take(_at(row.from_), _act(row.step, other[0]))
        return
    for by in other:
        with pytest.raises(NotTheLeadError) as refusal:
            lifecycle.take(_at(row.from_), _act(row.step, by))
        assert refusal.value.problems[0].rule_id == "ACT-05"


@pytest.mark.parametrize(("lifecycle", "row"), CASES)
def test_a_step_asks_for_what_must_exist(lifecycle: Lifecycle, row: Row) -> None:
    """Without it the step is refused, and the gate is the one of the table."""
    step = next(s for s in lifecycle.steps if s.key == row.step)
    assert step.gate is row.gate
    by = _actor(row.kinds[0])
    if not row.needs:
        lifecycle.take(_at(row.from_), _act(row.step, by, provided=()))
        return
    with pytest.raises(MissingNeedError) as refusal:
        lifecycle.take(_at(row.from_), _act(row.step, by, provided=()))
    assert refusal.value.missing == row.needs


def test_only_what_was_in_force_is_public() -> None:
    """Drafts and abandoned plans are not; withdrawn and closed ones stay readable."""
    for lifecycle, _ in TABLES:
        public = {s.key for s in lifecycle.states if s.public}
        ended = {s.key for s in lifecycle.states if s.phase is Phase.ENDED}
        assert public == {"in_force", "closed", "withdrawn"}
        assert ended == {"closed", "withdrawn", "abandoned"}
        assert all(lifecycle.steps_from(key) == () for key in ended)
        assert lifecycle.initial.phase is Phase.DRAFT


def test_a_strategic_plan_goes_from_d1_over_d2_to_1_0() -> None:
    """A draft that is sent back is the next draft."""
    standing = Standing(state=STRATEGIC_LIFECYCLE.initial.key)
    editions = [standing.edition]
    for step, kinds in (
        ("submit_draft", BUREAU),
        ("send_back", ("meti",)),
        ("submit_draft", BUREAU),
        ("accept_draft", STATE),
        ("formulate", STATE[::-1]),
        ("close", STATE),
    ):
        for kind in kinds:
            standing = STRATEGIC_LIFECYCLE.take(standing, _act(step, _actor(kind)))
        editions.append(standing.edition)
    assert editions == ["d1", "d1", "d2", "d2", "d2", "1.0", "1.0"]
    assert standing.state == "closed"


def test_a_local_plan_is_published_as_it_was_checked() -> None:
    """An edit after the pre-check means another pre-check (ACT-04)."""
    standing = Standing(state=Key("in_precheck"))
    for kind in STATE:
        standing = LOCAL_LIFECYCLE.take(standing, _act("precheck_ok", _actor(kind)))
    mayor = _actor(*HEAD)
    with pytest.raises(UncheckedTextError) as refusal:
        LOCAL_LIFECYCLE.take(standing, _act("publish", mayor, digest="edited"))
    assert refusal.value.problems[0].rule_id == "ACT-04"
    assert LOCAL_LIFECYCLE.take(standing, _act("publish", mayor)).state == "in_force"
    reopened = LOCAL_LIFECYCLE.take(standing, _act("reopen", _actor("municipality")))
    again = LOCAL_LIFECYCLE.take(
        reopened, _act("submit_for_precheck", _actor("municipality"))
    )
    assert (again.state, again.edition, again.checked_digest) == (
        "in_precheck",
        "d2",
        None,
    )


ACTS = st.lists(
    st.builds(
        _act,
        st.sampled_from(sorted({r.step for r in (*A_ROWS, *BC_ROWS)})),
        st.builds(
            _actor,
            st.sampled_from([*BUREAU, *STATE, *STATE, *LOCAL, *HEAD, "public"]),
            st.sampled_from([CODE, CODE, CODE, "132098"]),
        ),
        digest=st.sampled_from("xxxy"),
        provided=st.sampled_from([ALL_NEEDS, ALL_NEEDS, ()]),
    ),
    max_size=60,
)
TRIED = st.sampled_from(TABLES)


@given(TRIED, ACTS)
def test_no_sequence_of_acts_leaves_the_way_of_the_table(
    tried: tuple[Lifecycle, tuple[Row, ...]], acts: list[Act]
) -> None:
    """Each change of state is a row, signed on one text by everybody it asks for."""
    lifecycle, rows = tried
    standing = Standing(state=lifecycle.initial.key)
    signed: dict[tuple[str, str], set[str]] = {}
    checked: str | None = None
    for act in acts:
        try:
            after = lifecycle.take(standing, act)
        except PlanError as refusal:
            assert all(p.rule_id and p.message_ja for p in refusal.problems)  # noqa: PT017
            continue
        signed.setdefault((act.step, act.digest), set()).add(act.by.kind)
        if after.awaiting:
            assert (after.state, after.edition) == (standing.state, standing.edition)
        else:
            (row,) = [
                r for r in rows if (r.step, r.from_) == (act.step, standing.state)
            ]
            by = signed[act.step, act.digest]
            assert after.state == row.to
            assert set(row.kinds) <= by if row.joint else act.by.kind in row.kinds
            assert not row.by_lead or act.by.code == CODE
            assert set(row.needs) <= set(act.provided)
            assert row.step != "publish" or checked == act.digest
            checked = act.digest if row.step == "precheck_ok" else None
            signed.clear()
        standing = after


@given(st.data(), TRIED)
def test_a_public_state_is_reached_only_by_those_who_may_open_it(
    data: st.DataObject, tried: tuple[Lifecycle, tuple[Row, ...]]
) -> None:
    """However a plan gets there, both state bodies or the head have acted last."""
    lifecycle, rows = tried
    standing = Standing(state=lifecycle.initial.key)
    opened_by: set[str] = set()
    for _ in range(12):
        possible = [r for r in rows if r.from_ == standing.state]
        if not possible:
            break
        row = data.draw(st.sampled_from(possible))
        kinds = row.kinds if row.joint else (data.draw(st.sampled_from(row.kinds)),)
        was_public = lifecycle.state(standing.state).public
        for kind in data.draw(st.permutations(kinds)):
            standing = lifecycle.take(standing, _act(row.step, _actor(kind)))
        if lifecycle.state(standing.state).public and not was_public:
            opened_by = set(kinds)
            assert standing.edition == "1.0"
    if lifecycle.state(standing.state).public:
        assert opened_by in (set(STATE), set(HEAD))
    else:
        assert opened_by == set()
        assert standing.edition.startswith("d")
