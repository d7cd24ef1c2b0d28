"""Who asks, what its office may do next, and which editions there were."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.documents.patch import changed
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from revisions import DEADLINE, quiet
from sent import send
from served import OPERATOR, Served
from steps import B_PLAN, METI, NIIGATA, NIIGATA_HEAD, SECRETARIAT, step, walk
from stores import REGIONAL, TODAY, on, record

VIEWER = "{ viewer { actor { kind code name } everything leads { code } reports } }"
STEPS = """query($id: ID!, $asOf: Date) { plan(id: $id, asOf: $asOf) { nextSteps {
  key title titleEn to needs joint gate signed { kind code } awaiting mine
  awaitingMine } } }"""
EDITIONS = """query($id: ID!) { plan(id: $id) { editions { edition validFrom validTo
  publishedOn state phase public inForce } } }"""


@pytest.mark.parametrize(
    ("by", "told"),
    [
        (None, (None, False, [], False)),
        ("prefecture:150002", ("新潟県", False, ["B", "C"], True)),
        ("regional_bureau:kyushu", ("九州経済産業局", False, ["A"], True)),
        ("meti:meti", (None, True, [], True)),
        ("panel:x", (None, False, [], False)),
    ],
)
def test_a_request_is_told_whom_its_token_stands_for(
    served: Served, by: str | None, told: tuple[Any, ...]
) -> None:
    """The office, whether it reads everything, what it leads, whether it reports."""
    token = served.token(by) if by else None
    viewer = served.ask(VIEWER, token=token)["viewer"]
    actor = viewer["actor"]
    assert (actor is None) is (by is None)
    if actor:
        assert f"{actor['kind']}:{actor['code']}" == by
    leads = [kind["code"] for kind in viewer["leads"]]
    name = actor and actor["name"]
    assert (name, viewer["everything"], leads, viewer["reports"]) == told


def steps(served: Served, by: str | None, **more: Any) -> dict[str, Any]:
    """Return the next steps of the B plan by key, as an office sees them."""
    token = served.token(by) if by else None
    plan = served.ask(STEPS, {"id": B_PLAN, **more}, token=token)["plan"]
    return {each["key"]: each for each in plan["nextSteps"]}


def mine(served: Served, by: str | None) -> list[str]:
    """Return the keys of the steps that an office may take."""
    return [key for key, each in steps(served, by).items() if each["mine"]]


def test_a_plan_tells_which_steps_are_whose(served: Served) -> None:
    """By the lifecycle itself: kinds, the lead body, and its head."""
    served.add(REGIONAL)
    told = steps(served, str(NIIGATA))
    assert told["submit_for_precheck"] == {
        "key": "submit_for_precheck",
        "title": "事前確認への提出",
        "titleEn": "Submit for pre-check",
        "to": "in_precheck",
        "needs": [],
        "joint": False,
        "gate": "PUBLISH",
        "signed": [],
        "awaiting": [],
        "mine": True,
        "awaitingMine": False,
    }
    assert mine(served, str(NIIGATA)) == ["submit_for_precheck", "abandon"]
    assert mine(served, str(METI)) == mine(served, OPERATOR) == []
    walk(served.store, served.domain, B_PLAN, [("submit_for_precheck", NIIGATA)])
    assert mine(served, str(METI)) == ["send_back", "precheck_ok"]
    assert steps(served, str(METI))["send_back"]["needs"] == ["COMMENTS"]
    both = steps(served, str(METI))["precheck_ok"]["awaiting"]
    assert sorted(both) == ["cabinet_secretariat", "meti"]
    walk(served.store, served.domain, B_PLAN, [("precheck_ok", SECRETARIAT)])
    assert mine(served, str(SECRETARIAT)) == ["send_back"]
    for by, awaited in ((METI, True), (SECRETARIAT, False), (NIIGATA, False)):
        told = steps(served, str(by))
        assert told["precheck_ok"]["awaitingMine"] is awaited, by
        assert told["precheck_ok"]["awaiting"] == ["meti"]
        signed = told["precheck_ok"]["signed"]
        assert signed == [{"kind": SECRETARIAT.kind, "code": SECRETARIAT.code}]
        assert told["send_back"]["awaitingMine"] is False
    walk(served.store, served.domain, B_PLAN, [("precheck_ok", METI)])
    assert mine(served, str(NIIGATA_HEAD)) == ["publish"]
    assert mine(served, str(NIIGATA)) == ["reopen", "abandon"]


def test_what_is_told_to_be_mine_is_what_a_step_does_not_refuse(
    served: Served,
) -> None:
    """Another body is told no step of a plan in force, and anybody is told none."""
    served.add(REGIONAL, {"/record": record()})
    assert set(steps(served, None)) == {"close", "withdraw"}
    assert mine(served, None) == mine(served, "prefecture:010006") == []
    assert mine(served, "head_of_local_government:010006") == []
    assert mine(served, str(NIIGATA_HEAD)) == ["withdraw"]
    done = step(
        *(served.store, served.domain, B_PLAN, "withdraw", NIIGATA_HEAD),
        reason="前提が変わった",
    )
    assert done.standing.state == "withdrawn"
    assert steps(served, str(NIIGATA_HEAD)) == {}
    assert steps(served, str(NIIGATA), asOf="2026-06-02") == {}


@pytest.fixture
def edited(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan that was revised, and corrected on the very day of it."""
    served = Served(store=sqlite_store, domain=quiet(domain), plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    sent: Any = {"planId": B_PLAN, "id": "R-1"}
    head, niigata = str(NIIGATA_HEAD), str(NIIGATA)
    send(served, "openRevision", by=niigata, occasion="総会", **sent)
    data = changed(served.sample(REGIONAL), DEADLINE)
    item = {
        "id": "RI-1",
        "kind": "brush_up",
        "target": "M-01",
        "before": "2028年3月31日",
        "after": "2028年9月30日",
        "reason": "入札が不調となり、設計を見直すため",
    }
    sent |= {"document": data, "items": [item], "expectedVersion": 1}
    done = send(served, "saveRevision", by=niigata, **sent)
    assert done["__typename"] == "SaveRevisionDone", done
    act = {"planId": B_PLAN, "id": "R-1", "expectedVersion": 2}
    done = send(served, "adoptRevision", by=head, **act)
    assert done["__typename"] == "AdoptRevisionDone", done
    fixed = {"planId": B_PLAN, "reason": "誤記", "expectedVersion": 2}
    told = data | {"title": "架空機械部品計画（正）"}
    done = send(served, "correctPlan", by=niigata, document=told, **fixed)
    assert done["__typename"] == "CorrectPlanDone", done
    return served


def test_every_public_edition_is_listed(edited: Served) -> None:
    """One that was corrected on its first day, too: it is found by its number."""
    listed = edited.ask(EDITIONS, {"id": B_PLAN})["plan"]["editions"]
    today = TODAY.isoformat()
    spans = [(e["edition"], e["validFrom"], e["validTo"]) for e in listed]
    assert spans == [
        ("1.0", "2026-06-01", today),
        ("2.0", today, today),
        ("2.1", today, None),
    ]
    assert [e["publishedOn"] for e in listed] == ["2026-06-01", today, today]
    assert [e["inForce"] for e in listed] == [False, False, True]
    assert {(e["state"], e["phase"], e["public"]) for e in listed} == {
        ("in_force", "IN_FORCE", True)
    }
    one = 'query($id: ID!) { plan(id: $id, edition: "2.0") { edition } }'
    assert edited.ask(one, {"id": B_PLAN})["plan"]["edition"] == "2.0"


def test_drafts_are_listed_for_those_who_see_drafts(served: Served) -> None:
    """Until one is public, and after."""
    served.add(REGIONAL)
    walk(
        *(served.store, served.domain, B_PLAN),
        [
            ("submit_for_precheck", NIIGATA),
            ("precheck_ok", SECRETARIAT),
            ("precheck_ok", METI),
            ("publish", NIIGATA_HEAD),
        ],
    )
    for by, wanted in ((str(NIIGATA), ["d1", "1.0"]), (None, ["1.0"])):
        token = served.token(by) if by else None
        listed = served.ask(EDITIONS, {"id": B_PLAN}, token=token)["plan"]["editions"]
        assert [e["edition"] for e in listed] == wanted
        assert listed[0]["publishedOn"] == (None if by else TODAY.isoformat())
    later = Served(
        store=served.store,
        domain=on(served.domain, TODAY.replace(year=2027)),
        plugins=served.plugins,
    )
    step(
        *(later.store, later.domain, B_PLAN, "withdraw", NIIGATA_HEAD),
        reason="前提が変わった",
    )
    (last,) = later.ask(EDITIONS, {"id": B_PLAN})["plan"]["editions"]
    assert (last["state"], last["phase"], last["inForce"]) == (
        *("withdrawn", "ENDED"),
        False,
    )
    assert (last["validFrom"], last["validTo"]) == (TODAY.isoformat(), None)
