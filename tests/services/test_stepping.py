"""What a step asks for, what it refuses, and what a joint act keeps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.checks import CheckContext, rule
from clusterplan.core.comments import COMMENT
from clusterplan.core.errors import ErrorCode, InputError, PlanError
from clusterplan.core.findings import Finding, Gate, Severity
from clusterplan.core.services.answers import StepComment, UnansweredError, Waiver
from clusterplan.core.services.cases import UnknownPlanError
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import StalePlanError
from steps import (
    A_PLAN,
    B_PLAN,
    BUREAU,
    HAKODATE,
    METI,
    NIIGATA,
    NIIGATA_HEAD,
    OTHER_BUREAU,
    REMARK,
    SECRETARIAT,
    documents,
    kinds_of_events,
    problems,
    reasons,
    standing_of,
    step,
    walk,
)
from stores import REGIONAL, STRATEGIC, MakePlanFile, save, titled


def _rule(name: str, severity: Severity, gate: Gate) -> Any:
    @rule(name, severity=severity, gate=gate, title="架空の規則", source="test")
    def found(context: CheckContext) -> Iterator[Finding]:
        """Speaks of every plan."""
        yield context.finding("title", ja="直せます", en="can be better")

    return found


WARNED = _rule("TST-01", Severity.WARNING, Gate.SAVE)
HINTED = _rule("TST-02", Severity.INFO, Gate.SUBMIT)
LATER = _rule("TST-03", Severity.ERROR, Gate.PUBLISH)
BROKEN = _rule("TST-04", Severity.ERROR, Gate.SUBMIT)
WAIVER = Waiver(rule_id="TST-01", pointer="/title", reason="正式名称のため")


@pytest.fixture
def quiet(domain: Domain) -> Domain:
    """Return the domain without a rule."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def warned(domain: Domain) -> Domain:
    """Return the domain with a warning, a hint and an error of a later gate."""
    return attrs.evolve(domain, rules=(WARNED, HINTED, LATER))


@pytest.fixture
def drafted(sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with a draft of type A and one of type B."""
    save(sqlite_store, quiet, plan_file(STRATEGIC), by=BUREAU)
    save(sqlite_store, quiet, plan_file(REGIONAL), by=NIIGATA)
    return sqlite_store


def test_warnings_are_listed_until_each_is_answered(
    drafted: SqlStore, warned: Domain
) -> None:
    """Hints and errors that cannot block yet need no answer."""
    with pytest.raises(UnansweredError) as caught:
        step(drafted, warned, A_PLAN, "submit_draft", BUREAU)
    (problem,) = problems(caught.value)
    assert (problem.reason, problem.rule_id) == ("CHECK_UNANSWERED", "TST-01")
    assert (problem.code, problem.pointer) == (ErrorCode.CONFLICT, "/title")
    assert "TST-01" in (problem.hint or "")
    done = step(drafted, warned, A_PLAN, "submit_draft", BUREAU, waivers=(WAIVER,))
    assert done.standing.state == "drafted"
    assert [(f.rule_id, f.effective_severity.value) for f in done.findings] == [
        ("TST-01", "warning"),
        ("TST-03", "warning"),
        ("TST-02", "info"),
    ]


def test_a_setting_lets_warnings_pass_without_an_answer(
    drafted: SqlStore, warned: Domain
) -> None:
    """They are told all the same."""
    settings = attrs.evolve(warned.settings, waivers_required=False)
    lenient = attrs.evolve(warned, settings=settings)
    done = step(drafted, lenient, A_PLAN, "submit_draft", BUREAU)
    assert done.standing.state == "drafted"
    assert len(done.findings) == 3


def test_an_error_is_not_waived(drafted: SqlStore, quiet: Domain) -> None:
    """It is put right; a waiver does not open the gate."""
    strict = attrs.evolve(quiet, rules=(BROKEN,))
    waiver = attrs.evolve(WAIVER, rule_id="TST-04")
    with pytest.raises(PlanError) as caught:
        step(drafted, strict, A_PLAN, "submit_draft", BUREAU, waivers=(waiver,))
    assert reasons(caught.value) == ["CHECK_FAILED"]


@pytest.mark.parametrize(
    ("facts", "reason", "pointer"),
    [
        ({"waivers": (attrs.evolve(WAIVER, pointer="/id"),)}, *("", "/waivers/0")),
        ({"waivers": (attrs.evolve(WAIVER, rule_id="X-1"),)}, *("", "/waivers/0")),
        (
            {"waivers": (attrs.evolve(WAIVER, reason=" "),)},
            *("EMPTY_TEXT", "/waivers/0/reason"),
        ),
        (
            {"comments": (StepComment(text="　"),)},
            *("EMPTY_TEXT", "/comments/0/text"),
        ),
        (
            {"comments": (StepComment(pointer="goal", text="意見"),)},
            *("BAD_POINTER", "/comments/0/pointer"),
        ),
    ],
)
def test_what_says_or_answers_nothing_is_refused(
    drafted: SqlStore, warned: Domain, facts: Any, reason: str, pointer: str
) -> None:
    """With its place in the command."""
    with pytest.raises(InputError) as caught:
        step(drafted, warned, A_PLAN, "submit_draft", BUREAU, **facts)
    (problem,) = problems(caught.value)
    assert problem.reason == (reason or "WAIVER_ANSWERS_NOTHING")
    assert problem.pointer == pointer


@pytest.mark.parametrize(
    "venues",
    [
        None,
        [{"id": "V-1", "kind": "council", "title": "会議", "members": []}],
        [{"id": "V-1", "kind": "panel", "title": "検討会", "meetings": []}],
        [
            {
                "id": "V-1",
                "kind": "panel",
                "title": "検討会",
                "members": [{"kind": "prefecture", "organization": "430005"}],
                "meetings": [{"text": "日程は未定"}],
            }
        ],
    ],
)
def test_a_draft_is_handed_in_after_a_panel_with_members_has_a_meeting(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile, venues: Any
) -> None:
    """A venue of another kind, nobody in it, or no day is no such panel."""
    changes = {"/venues": venues, "/policy_means/measures": []}
    save(sqlite_store, quiet, plan_file(STRATEGIC, changes))
    with pytest.raises(PlanError) as caught:
        step(sqlite_store, quiet, A_PLAN, "submit_draft", BUREAU)
    assert reasons(caught.value) == ["MISSING_PANEL"]


@pytest.mark.parametrize(
    ("name", "by", "reason"),
    [
        ("publish", NIIGATA_HEAD, "STEP_OUT_OF_ORDER"),
        ("dance", NIIGATA, "UNKNOWN_STEP"),
        ("submit_for_precheck", METI, "WRONG_ACTOR"),
        ("submit_for_precheck", HAKODATE, "UNKNOWN_PLAN"),
        ("submit_for_precheck", OTHER_BUREAU, "UNKNOWN_PLAN"),
    ],
)
def test_a_step_that_is_not_allowed_is_refused(
    drafted: SqlStore, quiet: Domain, name: str, by: Actor, reason: str
) -> None:
    """Whoever may not know of a draft does not learn of it from a refusal."""
    with pytest.raises(PlanError) as caught:
        step(drafted, quiet, B_PLAN, name, by)
    assert reasons(caught.value) == [reason]
    assert kinds_of_events(drafted) == ["plan_saved", "plan_saved"]


def test_a_plan_that_is_in_force_is_known_to_everybody_and_led_by_its_body(
    drafted: SqlStore, quiet: Domain
) -> None:
    """Then the refusal says whose the step is."""
    steps = [("submit_for_precheck", NIIGATA), ("precheck_ok", METI)]
    steps += [("precheck_ok", SECRETARIAT), ("publish", NIIGATA_HEAD)]
    walk(drafted, quiet, B_PLAN, steps)
    with pytest.raises(PlanError) as caught:
        step(drafted, quiet, B_PLAN, "close", HAKODATE)
    assert reasons(caught.value) == ["NOT_THE_LEAD_BODY"]


def test_a_body_that_joins_in_leading_hands_in_and_the_lead_publishes(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """It knows of the draft; only the head of the lead body publishes and withdraws."""
    joining = [{"kind": HAKODATE.kind, "code": HAKODATE.code}]
    save(sqlite_store, quiet, plan_file(REGIONAL, {"/joining": joining}))
    head = Actor.parse(f"head_of_local_government:{HAKODATE.code}")
    steps = [("submit_for_precheck", HAKODATE), ("precheck_ok", METI)]
    walk(sqlite_store, quiet, B_PLAN, [*steps, ("precheck_ok", SECRETARIAT)])
    for name, facts in (("publish", {}), ("withdraw", {"reason": "都合"})):
        with pytest.raises(PlanError) as caught:
            step(sqlite_store, quiet, B_PLAN, name, head, **facts)
        assert reasons(caught.value) == ["NOT_THE_LEAD_BODY"]
        step(sqlite_store, quiet, B_PLAN, name, NIIGATA_HEAD, **facts)
    assert standing_of(sqlite_store, B_PLAN).state == "withdrawn"


def test_a_step_of_another_version_is_refused(drafted: SqlStore, quiet: Domain) -> None:
    """Nobody hands in a text that somebody else has changed meanwhile."""
    with pytest.raises(StalePlanError) as caught:
        step(drafted, quiet, A_PLAN, "submit_draft", BUREAU, version=7)
    (problem,) = problems(caught.value)
    assert problem.current_version == 1


def test_a_step_with_an_unknown_plan_is_refused(
    drafted: SqlStore, quiet: Domain
) -> None:
    """It says no more than that there is none."""
    with pytest.raises(UnknownPlanError):
        step(drafted, quiet, "nowhere", "submit_draft", BUREAU, version=1)


def test_a_dry_run_of_a_step_changes_nothing(
    drafted: SqlStore, warned: Domain, quiet: Domain
) -> None:
    """It tells where the plan would stand, and refuses what the step would refuse."""
    facts: dict[str, Any] = {"comments": (REMARK,), "dry_run": True}
    would = step(drafted, quiet, A_PLAN, "submit_draft", BUREAU, **facts)
    assert (would.changed, would.dry_run, would.event) == (True, True, None)
    assert (would.standing.state, would.standing.version) == ("drafted", 2)
    with pytest.raises(UnansweredError):
        step(drafted, warned, A_PLAN, "submit_draft", BUREAU, **facts)
    assert standing_of(drafted, A_PLAN).version == 1
    assert documents(drafted, A_PLAN, COMMENT) == []
    assert len(kinds_of_events(drafted)) == 2


@pytest.mark.parametrize("order", [(METI, SECRETARIAT), (SECRETARIAT, METI)])
def test_a_joint_act_waits_for_the_other_body(
    store: SqlStore, quiet: Domain, plan_file: MakePlanFile, order: Any
) -> None:
    """The first half is kept in the store, whoever comes first."""
    save(store, quiet, plan_file(STRATEGIC))
    step(store, quiet, A_PLAN, "submit_draft", BUREAU)
    first, second = order
    half = step(store, quiet, A_PLAN, "accept_draft", first)
    kept = standing_of(store, A_PLAN).awaiting
    assert kept is not None
    assert (kept.step, kept.by) == ("accept_draft", (first,))
    assert (half.signed, half.awaiting) == ((first,), (second.kind,))
    assert (half.standing.state, half.standing.version) == ("drafted", 3)
    again = step(store, quiet, A_PLAN, "accept_draft", first)
    assert (again.changed, again.event, again.awaiting) == (False, None, half.awaiting)
    done = step(store, quiet, A_PLAN, "accept_draft", second)
    assert (done.standing.state, done.awaiting) == ("formulating", ())
    assert done.signed == ()
    assert kinds_of_events(store)[2:] == ["plan_signed", "plan_step_taken"]
    assert list(store.verify()) == []
    assert store.rebuild()
    assert standing_of(store, A_PLAN) == done.standing


def test_another_joint_act_is_refused_while_one_is_awaited(
    store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """Who began it may begin the other one; then that one is awaited."""
    save(store, quiet, plan_file(STRATEGIC))
    steps = [("submit_draft", BUREAU), ("accept_draft", METI)]
    steps += [("accept_draft", SECRETARIAT), ("formulate", METI)]
    walk(store, quiet, A_PLAN, steps)
    with pytest.raises(PlanError) as caught:
        step(store, quiet, A_PLAN, "abandon_formulation", SECRETARIAT)
    assert reasons(caught.value) == ["AWAITING_OTHER_STEP"]
    replaced = step(store, quiet, A_PLAN, "abandon_formulation", METI)
    kept = replaced.standing.awaiting
    assert kept is not None
    assert kept.step == "abandon_formulation"
    done = step(store, quiet, A_PLAN, "abandon_formulation", SECRETARIAT)
    assert done.standing.state == "abandoned"
    assert list(store.verify()) == []


def test_a_signature_does_not_outlive_the_text(
    store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """Sent back and handed in again, the plan is signed anew by both."""
    file = plan_file(STRATEGIC)
    save(store, quiet, file)
    walk(store, quiet, A_PLAN, [("submit_draft", BUREAU), ("accept_draft", METI)])
    step(store, quiet, A_PLAN, "send_back", SECRETARIAT, comments=(REMARK,))
    version = standing_of(store, A_PLAN).version
    save(store, quiet, titled(file, "第二案"), version=version)
    step(store, quiet, A_PLAN, "submit_draft", BUREAU)
    half = step(store, quiet, A_PLAN, "accept_draft", SECRETARIAT)
    assert (half.signed, half.awaiting) == ((SECRETARIAT,), ("meti",))
    assert half.standing.state == "drafted"


def test_comments_of_later_steps_have_ids_of_their_own(
    drafted: SqlStore, quiet: Domain
) -> None:
    """Each round is kept beside the others."""
    for _ in range(2):
        step(drafted, quiet, A_PLAN, "submit_draft", BUREAU)
        step(drafted, quiet, A_PLAN, "send_back", METI, comments=(REMARK,))
    kept = documents(drafted, A_PLAN, COMMENT)
    assert [(c.id, c.edition) for c in kept] == [("C-1", "d1"), ("C-2", "d2")]
