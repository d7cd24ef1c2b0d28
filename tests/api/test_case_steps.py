"""What can be done next with revisions and reports, and what is kept while they go on."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.documents.patch import changed
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from revisions import DEADLINE, quiet
from sent import send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, GOVERNOR = "prefecture:150002", "head_of_local_government:150002"
SECRETARIAT, METI = "cabinet_secretariat:cas", "meti:meti"
ITEM = {
    "id": "RI-1",
    "kind": "brush_up",
    "target": "M-01",
    "before": "2028年3月31日",
    "after": "2028年9月30日",
    "reason": "入札が不調となり、設計を見直すため",
}
SHOWN = """revision { items { id } difference { changed { id } } nextSteps { key } }
  plan { state }"""
REVISIONS = """query($id: ID!) { plan(id: $id) { revisions {
  difference { changed { id } } findings { ruleId }
  nextSteps { key mine signed { kind } awaiting awaitingMine gate } } } }"""
REPORTS = (
    "query($id: ID!) { plan(id: $id) { reports { nextSteps { key mine gate } } } }"
)


@pytest.fixture
def served(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan in force, where warnings need no answer."""
    served = Served(store=sqlite_store, domain=quiet(domain), plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    return served


def saved(served: Served, version: int = 1, **more: Any) -> Any:
    """Save the revised text of revision R-1 of the B plan."""
    sent: Any = {"planId": B_PLAN, "id": "R-1", "expectedVersion": version}
    sent["document"] = changed(served.sample(REGIONAL), DEADLINE)
    return send(served, "saveRevision", SHOWN, by=NIIGATA, **(sent | more))


def revision(served: Served, by: str, plan_id: str = B_PLAN) -> Any:
    """Return the only revision of a plan, as an office sees it."""
    told = served.ask(REVISIONS, {"id": plan_id}, token=served.token(by))
    (only,) = told["plan"]["revisions"]
    only["nextSteps"] = {each["key"]: each for each in only["nextSteps"]}
    return only


def test_who_signs_a_revision_reads_what_it_changes_first(served: Served) -> None:
    """Nothing before a text is saved, and nothing once it is adopted."""
    opened = {"planId": B_PLAN, "id": "R-1", "occasion": "総会"}
    send(served, "openRevision", by=NIIGATA, **opened)
    bare = revision(served, GOVERNOR)
    assert (bare["difference"], bare["findings"]) == (None, [])
    tried = saved(served, items=[ITEM], dryRun=True)["revision"]
    assert tried["difference"] is None
    assert "adopt" in [step["key"] for step in tried["nextSteps"]]
    assert saved(served, items=[])["revision"]["items"] == []
    told = revision(served, GOVERNOR)
    assert [part["id"] for part in told["difference"]["changed"]] == ["M-01"]
    assert "REV-02" in {finding["ruleId"] for finding in told["findings"]}
    steps = told["nextSteps"]
    assert {key: step["mine"] for key, step in steps.items()} == {
        "save": True,
        "drop": True,
        "adopt": True,
    }
    others = revision(served, METI)["nextSteps"]
    assert not any(step["mine"] for step in others.values())
    saved(served, 2, items=[ITEM])
    act = {"planId": B_PLAN, "id": "R-1", "expectedVersion": 3}
    done = send(served, "adoptRevision", SHOWN, by=GOVERNOR, **act)
    assert done["revision"]["difference"] is None, done
    assert revision(served, GOVERNOR)["nextSteps"] == {}


def test_what_is_omitted_is_kept(served: Served) -> None:
    """An empty list takes items away, and no list leaves them."""
    opened = {"planId": B_PLAN, "id": "R-1", "occasion": "総会"}
    send(served, "openRevision", by=NIIGATA, **opened)
    assert saved(served, items=[ITEM])["revision"]["items"] == [{"id": "RI-1"}]
    title = {**changed(served.sample(REGIONAL), DEADLINE), "title": "改"}
    kept = saved(served, 2, document=title)
    assert kept["revision"]["items"] == [{"id": "RI-1"}]
    assert saved(served, 3, items=None)["revision"]["items"] == [{"id": "RI-1"}]
    assert saved(served, 4, items=[])["revision"]["items"] == []
    unknown = send(
        *(served, "saveRevision", "revision { id }"),
        by=NIIGATA,
        planId=B_PLAN,
        id="R-9",
        document=title,
        expectedVersion=1,
    )
    assert unknown["problems"][0]["reason"] == "UNKNOWN_CASE"


def test_who_has_signed_a_revision_is_told_who_is_missing(served: Served) -> None:
    """The act is the other body's then."""
    served.add(STRATEGIC, {"/record": record()})
    sent: Any = {"planId": A_PLAN, "id": "R-1"}
    send(served, "openRevision", by=METI, occasion="点検", **sent)
    document = served.sample(STRATEGIC)
    measure = document["policy_means"]["measures"][0]
    measure["five_w1h"]["content"] = "別の進め方をとる"
    items = [ITEM | {"target": measure["id"]}]
    told = {"document": document, "items": items, "expectedVersion": 1}
    send(served, "saveRevision", by=METI, **sent, **told)
    half = send(
        *(served, "adoptRevision", "awaiting signed { kind }"),
        by=METI,
        expectedVersion=2,
        **sent,
    )
    assert half["signed"] == [{"kind": "meti"}], half
    for by, mine in ((METI, False), (SECRETARIAT, True)):
        adopt = revision(served, by, A_PLAN)["nextSteps"]["adopt"]
        assert (adopt["mine"], adopt["awaitingMine"]) == (mine, mine)
        assert adopt["signed"] == half["signed"]
        assert adopt["awaiting"] == half["awaiting"] == ["cabinet_secretariat"]


def filled(served: Served, version: int, by: str = NIIGATA, **more: Any) -> Any:
    """Fill no rows into the report on the first half."""
    sent: Any = {"planId": B_PLAN, "period": "FY2026H1", "rows": []}
    sent |= {"expectedPartVersion": version}
    shown = "report { parts { version done } }"
    return send(served, "fillReport", shown, by=by, **(sent | more))


def test_a_report_tells_whose_turn_it_is(served: Served) -> None:
    """The lead submits what is open; whether it is done stays where it is omitted."""
    sent: Any = {"planId": B_PLAN, "period": "FY2026H1"}
    send(served, "openReport", by=NIIGATA, **sent)
    for by, mine in ((NIIGATA, True), (METI, False)):
        told = served.ask(REPORTS, {"id": B_PLAN}, token=served.token(by))
        (report,) = told["plan"]["reports"]
        assert report["nextSteps"] == [
            {"key": "submit", "mine": mine, "gate": "REPORT"}
        ]
    version = 1
    given: Any = (({}, False), ({"done": True}, True), ({}, True))
    for more, done in given:
        told = filled(served, version, **more)
        assert told["report"]["parts"][0]["done"] is done, told
        version = told["report"]["parts"][0]["version"]
    told = filled(served, version, done=False)
    assert told["report"]["parts"][0]["done"] is False, told
    assert "problems" in filled(served, 1, by="prefecture:010006")
    assert "problems" in filled(served, 1, period="FY2020H1")


def test_an_unknown_kind_of_lead_is_told_before_anything_else(served: Served) -> None:
    """A town is a municipality."""
    document = served.sample(REGIONAL) | {
        "id": "other",
        "lead": {"kind": "town", "code": "150002"},
    }
    told = send(served, "importPlan", by=NIIGATA, document=document)
    (problem,) = told["problems"]
    assert (problem["code"], problem["path"]) == (
        "BAD_USER_INPUT",
        ["document", "lead", "kind"],
    )


def test_a_dry_run_of_a_new_plan_shows_it(served: Served) -> None:
    """As it would stand, though it is not stored."""
    document = served.sample(REGIONAL) | {"id": "other", "title": "新"}
    shown = "plan { id version edition state title }"
    sent: Any = {"document": document, "dryRun": True}
    told = send(served, "importPlan", shown, by=NIIGATA, **sent)
    assert told["plan"] == {
        "id": "other",
        "version": 1,
        "edition": "d1",
        "state": "drafting",
        "title": "新",
    }
    with served.store.read() as unit:
        assert unit.current("other") is None


def test_a_comparison_with_an_unknown_edition_names_the_known_ones(
    served: Served,
) -> None:
    """In the argument that is wrong."""
    query = """query($id: ID!) { compare(planId: $id, older: "1.0", newer: "7.0") {
      changed { id } } }"""
    (error,) = served.answer(query, {"id": B_PLAN})["errors"]
    problem = error["extensions"]
    assert (problem["pointer"], problem["hint"]) == ("/newer", "1.0"), problem
