"""Steps of a plan by GraphQL: taken alone or together, or refused with what to do."""

from __future__ import annotations

from typing import Any

import pytest

from sent import events_in, reasons, refusal, send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC

LOCAL = "prefecture:150002"
HEAD = "head_of_local_government:150002"
SECRETARIAT, METI = "cabinet_secretariat:cas", "meti:meti"
BUREAU = "regional_bureau:kyushu"
MORE = "findings { ruleId pointer } awaiting signed { kind code }"


def take(served: Served, step: str, by: str, version: int, **more: Any) -> Any:
    """Take a step with the B plan, or another one."""
    sent = {"planId": B_PLAN, "step": step, "expectedVersion": version} | more
    return send(served, "takeStep", MORE, by=by, **sent)


@pytest.fixture
def draft(served: Served) -> Served:
    """Save the draft of a B plan."""
    served.add(REGIONAL)
    return served


@pytest.fixture
def handed_in(draft: Served) -> Served:
    """Hand the draft in for the pre-check."""
    assert take(draft, "submit_for_precheck", LOCAL, 1)["plan"]["version"] == 2
    return draft


def test_a_plan_goes_from_draft_to_force(handed_in: Served) -> None:
    """The state signs together; until both have, who signed is told."""
    first = take(handed_in, "precheck_ok", METI, 2)
    assert first["signed"] == [{"kind": "meti", "code": "meti"}]
    assert first["awaiting"] == ["cabinet_secretariat"]
    assert (first["plan"]["state"], first["event"]["kind"]) == (
        "in_precheck",
        "plan_signed",
    )
    again = take(handed_in, "precheck_ok", METI, 3)
    assert (again["event"], again["awaiting"]) == (None, first["awaiting"])
    both = take(handed_in, "precheck_ok", SECRETARIAT, 3)
    assert (both["plan"]["state"], both["awaiting"]) == ("prechecked", [])
    done = take(handed_in, "publish", HEAD, 4)
    assert done["plan"] == {
        "id": B_PLAN,
        "version": 5,
        "edition": "1.0",
        "state": "in_force",
    }
    shown = handed_in.ask("query($id: ID!) { plan(id: $id) { edition } }", _id(B_PLAN))
    assert shown["plan"] == {"edition": "1.0"}


def _id(plan_id: str) -> dict[str, str]:
    return {"id": plan_id}


@pytest.mark.parametrize(
    ("step", "by", "version", "told"),
    [
        ("publish", LOCAL, 2, ("CONFLICT", "STEP_OUT_OF_ORDER", "ACT-07", "step")),
        ("unheard_of", LOCAL, 2, ("BAD_USER_INPUT", "UNKNOWN_STEP", "ACT-07", "step")),
        ("precheck_ok", LOCAL, 2, ("FORBIDDEN", "WRONG_ACTOR", "ACT-01", "step")),
        ("send_back", METI, 2, ("CONFLICT", "MISSING_COMMENTS", "ACT-01", "comments")),
        (
            "precheck_ok",
            METI,
            1,
            ("CONFLICT", "STALE_VERSION", None, "expectedVersion"),
        ),
        (
            "abandon",
            "prefecture:010006",
            2,
            ("NOT_FOUND", "UNKNOWN_PLAN", None, "planId"),
        ),
    ],
)
def test_a_step_that_is_not_allowed_is_refused(
    handed_in: Served, step: str, by: str, version: int, told: tuple[str, ...]
) -> None:
    """With the rule that asks for it; a draft is as unknown as one that is not there."""
    before = events_in(handed_in.store)
    assert refusal(take(handed_in, step, by, version)) == told
    assert refusal(take(handed_in, step, by, version, dryRun=True)) == told
    assert events_in(handed_in.store) == before


def test_a_refusal_tells_what_is_possible_instead(handed_in: Served) -> None:
    """Which steps the office can take, and which version is stored."""
    (wrong,) = take(handed_in, "precheck_ok", LOCAL, 2)["problems"]
    assert wrong["hint"] == "abandon"
    (stale,) = take(handed_in, "precheck_ok", METI, 1)["problems"]
    assert stale["currentVersion"] == 2
    unknown = take(handed_in, "abandon", LOCAL, 1, planId="unheard-of")
    assert reasons(unknown) == [("NOT_FOUND", "UNKNOWN_PLAN")]


def test_comments_with_a_step_stand_at_places_of_the_plan(handed_in: Served) -> None:
    """Each that does not is told by its position."""
    nowhere = [
        {"pointer": "/goal/vision", "text": "数字で示す"},
        {"pointer": "/goal/none", "text": "x"},
        {"pointer": "/policy_means/measures/99", "text": "x"},
    ]
    done = take(handed_in, "send_back", METI, 2, comments=nowhere)
    assert reasons(done) == [("BAD_USER_INPUT", "BAD_POINTER")] * 2
    assert [p["path"] for p in done["problems"]] == [
        ["comments", "1", "pointer"],
        ["comments", "2", "pointer"],
    ]
    assert done["problems"][0]["hint"].startswith("/")
    done = take(handed_in, "send_back", METI, 2, comments=nowhere[:1])
    assert (done["plan"]["state"], done["event"]["kind"]) == (
        "drafting",
        "plan_step_taken",
    )


def test_warnings_are_answered_where_they_stand(served: Served) -> None:
    """Unanswered ones are refused one by one; waivers that answer them are kept."""
    served.add(REGIONAL, {"/goal/vision": "めざす"})
    refused = take(served, "submit_for_precheck", LOCAL, 1)
    assert set(reasons(refused)) <= {("CONFLICT", "CHECK_UNANSWERED")}
    waivers = [
        {
            "ruleId": problem["ruleId"],
            "pointer": problem["pointer"],
            "reason": "事情による",
        }
        for problem in refused["problems"]
    ]
    assert all("waivers" in problem["hint"] for problem in refused["problems"])
    assert all(problem["path"] == ["waivers"] for problem in refused["problems"])
    idle = [*waivers, {"ruleId": "B-01", "pointer": "/x", "reason": "x"}]
    done = take(served, "submit_for_precheck", LOCAL, 1, waivers=idle)
    assert refusal(done)[1::2] == ("WAIVER_ANSWERS_NOTHING", f"waivers/{len(waivers)}")
    done = take(served, "submit_for_precheck", LOCAL, 1, waivers=waivers)
    assert done["plan"]["state"] == "in_precheck"
    assert {f["ruleId"] for f in done["findings"]} >= {w["ruleId"] for w in waivers}


def test_errors_at_the_gate_are_told_by_rule_and_place(served: Served) -> None:
    """And cannot be waived."""
    place = "/policy_means/measures/0/five_w1h/significance"
    served.add(REGIONAL, {place: None})
    done = take(served, "submit_for_precheck", LOCAL, 1)
    assert done["__typename"] == "Problems"
    assert place in [p["pointer"] for p in done["problems"]]
    assert all(p["path"] == ["step"] for p in done["problems"])
    assert all(p["ruleId"] for p in done["problems"])


def test_the_same_key_takes_a_step_once(handed_in: Served) -> None:
    """The first event is told again; for another step the key is refused."""
    first = take(handed_in, "precheck_ok", METI, 2, key="k-1")
    again = take(handed_in, "precheck_ok", METI, 2, key="k-1")
    assert (again["event"], again["plan"]) == (first["event"], first["plan"])
    other = take(handed_in, "send_back", METI, 3, key="k-1")
    assert refusal(other) == ("IDEMPOTENCY_MISMATCH", "KEY_REUSED", None, "key")
    assert events_in(handed_in.store) == 3


def test_a_dry_run_tells_what_would_happen(handed_in: Served) -> None:
    """Even half of a joint act, and writes nothing, not even the key."""
    tried = take(handed_in, "precheck_ok", METI, 2, dryRun=True, key="k-1")
    assert (tried["dryRun"], tried["event"]) == (True, None)
    assert tried["signed"] == [{"kind": "meti", "code": "meti"}]
    assert tried["awaiting"] == ["cabinet_secretariat"]
    assert tried["plan"]["version"] == 3
    done = take(handed_in, "precheck_ok", METI, 2, key="k-1")
    assert (done["dryRun"], done["event"]["sequence"]) == (False, 3)


def test_nobody_takes_a_step_without_a_token(draft: Served) -> None:
    """Whatever the step."""
    sent = {"planId": B_PLAN, "step": "submit_for_precheck", "expectedVersion": 1}
    done = send(draft, "takeStep", by=None, **sent)
    assert reasons(done) == [("UNAUTHENTICATED", "TOKEN_NEEDED")]


def test_a_strategic_plan_is_formulated_by_both_state_bodies(served: Served) -> None:
    """The bureau hands the draft in; the state accepts it together."""
    served.add(STRATEGIC)
    sent = {"planId": A_PLAN}
    done = take(served, "submit_draft", BUREAU, 1, **sent)
    if done["__typename"] == "Problems":
        waivers = [
            {
                "ruleId": p["ruleId"],
                "pointer": "".join(f"/{part}" for part in p["path"]),
                "reason": "事情による",
            }
            for p in done["problems"]
        ]
        done = take(served, "submit_draft", BUREAU, 1, waivers=waivers, **sent)
    assert done["plan"]["state"] == "drafted"
    half = take(served, "accept_draft", SECRETARIAT, 2, **sent)
    assert half["signed"] == [{"kind": "cabinet_secretariat", "code": "cas"}]
    assert half["awaiting"] == ["meti"]
    done = take(served, "accept_draft", METI, 3, **sent)
    assert (done["plan"]["state"], done["awaiting"]) == ("formulating", [])
