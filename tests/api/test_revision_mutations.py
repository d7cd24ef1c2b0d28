"""Revisions by GraphQL: opened, saved, pre-checked, adopted by all who sign, dropped."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.documents.patch import changed
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from progress_reports import with_type
from revisions import DEADLINE, quiet
from sent import events_in, reasons, refusal, send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, OTHER = "prefecture:150002", "prefecture:010006"
GOVERNOR = "head_of_local_government:150002"
SECRETARIAT, METI = "cabinet_secretariat:cas", "meti:meti"
REVISION = """revision { id version public state { key } base edition occasion report
  items { id kind target } } awaiting findings { ruleId }
  difference { changed { sort id marks changes { path } } }"""
ITEM = {
    "id": "RI-1",
    "kind": "brush_up",
    "target": "M-01",
    "before": "2028年3月31日",
    "after": "2028年9月30日",
    "reason": "入札が不調となり、設計を見直すため",
}


@pytest.fixture
def served(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan in force, where warnings need no answer."""
    served = Served(store=sqlite_store, domain=quiet(domain), plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    return served


def act(served: Served, name: str, by: str | None = NIIGATA, **more: Any) -> Any:
    """Send a mutation on revision R-1 of the B plan, or of another one."""
    sent = {"planId": B_PLAN, "id": "R-1"} | more
    return send(served, name, REVISION, by=by, **sent)


def revised(served: Served) -> Any:
    """Return the text of the B plan with another deadline."""
    return changed(served.sample(REGIONAL), DEADLINE)


def saved(served: Served) -> Any:
    """Open a revision, and save the revised text and its item."""
    act(served, "openRevision", occasion="総会での指摘")
    sent = {"document": revised(served), "items": [ITEM], "expectedVersion": 1}
    return act(served, "saveRevision", **sent)


def test_a_revision_becomes_the_next_edition(served: Served) -> None:
    """Opened, saved with what differs, and adopted by the head."""
    opened = act(served, "openRevision", occasion="総会での指摘")
    told = opened["revision"]
    assert (told["state"]["key"], told["base"], told["occasion"]) == (
        *("open", "1.0"),
        "総会での指摘",
    )
    sent = {"document": revised(served), "items": [ITEM], "expectedVersion": 1}
    done = act(served, "saveRevision", **sent)
    (part,) = done["difference"]["changed"]
    assert (part["id"], part["marks"]) == ("M-01", ["DEADLINE_MOVED"])
    assert done["plan"]["edition"] == "1.0"
    assert (
        act(served, "saveRevision", **(sent | {"expectedVersion": 2}))["event"] is None
    )
    adopted = act(served, "adoptRevision", by=GOVERNOR, expectedVersion=2)
    assert adopted["plan"] == {
        "id": B_PLAN,
        "version": 2,
        "edition": "2.0",
        "state": "in_force",
    }
    assert adopted["revision"]["state"]["key"] == "adopted"
    assert (adopted["revision"]["edition"], adopted["awaiting"]) == ("2.0", [])


def test_both_state_bodies_adopt_a_strategic_plan(served: Served) -> None:
    """Until the second has signed, its kind is awaited."""
    served.add(STRATEGIC, {"/record": record()})
    sent: Any = {"planId": A_PLAN}
    act(served, "openRevision", by=METI, occasion="点検", **sent)
    document = served.sample(STRATEGIC)
    measure = document["policy_means"]["measures"][0]
    measure["five_w1h"]["content"] = "別の進め方をとる"
    done = act(
        *(served, "saveRevision"),
        by=METI,
        document=document,
        items=[ITEM | {"target": measure["id"]}],
        expectedVersion=1,
        **sent,
    )
    version = done["revision"]["version"]
    half = act(served, "adoptRevision", by=METI, expectedVersion=version, **sent)
    assert half["awaiting"] == ["cabinet_secretariat"], half
    assert half["plan"]["edition"] == "1.0"
    both = act(
        *(served, "adoptRevision"), by=SECRETARIAT, expectedVersion=version + 1, **sent
    )
    assert (both["awaiting"], both["plan"]["edition"]) == ([], "2.0")


def test_the_state_approves_a_revised_text_where_the_type_asks_for_it(
    sqlite_store: Any, domain: Domain, plugins: Plugins
) -> None:
    """Both bodies; where it does not ask, there is nothing to approve."""
    strict = with_type(quiet(domain), REGIONAL, precheck_on_revision=True)
    served = Served(store=sqlite_store, domain=strict, plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    version = saved(served)["revision"]["version"]
    early = act(served, "adoptRevision", by=GOVERNOR, expectedVersion=version)
    assert reasons(early)[0][0] == "CONFLICT"
    half = act(served, "precheckRevision", by=METI, expectedVersion=version)
    assert half["awaiting"] == ["cabinet_secretariat"], half
    sent = {"by": SECRETARIAT, "expectedVersion": version + 1}
    assert act(served, "precheckRevision", **sent)["awaiting"] == []
    sent = {"by": GOVERNOR, "expectedVersion": version + 2}
    assert act(served, "adoptRevision", **sent)["plan"]["edition"] == "2.0"


def test_a_revision_is_dropped_with_a_reason(served: Served) -> None:
    """Without one it is refused."""
    saved(served)
    empty = act(served, "dropRevision", reason=" ", expectedVersion=2)
    assert refusal(empty)[1] == "MISSING_REASON"
    done = act(served, "dropRevision", reason="情勢が変わった", expectedVersion=2)
    assert (done["revision"]["state"]["key"], done["revision"]["public"]) == (
        "dropped",
        False,
    )


@pytest.mark.parametrize(
    ("name", "by", "more", "told"),
    [
        (
            *("openRevision", NIIGATA, {"id": "R-2"}),
            ("BAD_USER_INPUT", "NO_OCCASION", "REV-01", "occasion"),
        ),
        (
            *("saveRevision", NIIGATA, {"expectedVersion": 7}),
            ("CONFLICT", "STALE_VERSION", None, "expectedVersion"),
        ),
        (
            *("adoptRevision", GOVERNOR, {"id": "R-9", "expectedVersion": 1}),
            ("NOT_FOUND", "UNKNOWN_CASE", None, "id"),
        ),
        (
            *("dropRevision", NIIGATA, {"planId": "unheard-of", "expectedVersion": 1}),
            ("NOT_FOUND", "UNKNOWN_PLAN", None, "planId"),
        ),
    ],
)
def test_a_change_that_is_not_possible_is_refused(
    served: Served, name: str, by: str, more: dict[str, Any], told: tuple[str, ...]
) -> None:
    """With class, code, rule and place."""
    act(served, "openRevision", occasion="総会での指摘")
    if name == "saveRevision":
        more = more | {"document": revised(served), "items": []}
    if name == "dropRevision":
        more = more | {"reason": "x"}
    before = events_in(served.store)
    assert refusal(act(served, name, by=by, **more)) == told
    assert events_in(served.store) == before


@pytest.mark.parametrize("by", [OTHER, METI, "regional_bureau:kanto"])
def test_only_those_who_lead_revise(served: Served, by: str) -> None:
    """Another body is told so, and does not see the revision."""
    done = act(served, "openRevision", by=by, occasion="x")
    assert refusal(done)[0] == "FORBIDDEN"
    saved(served)
    query = "query($id: ID!) { plan(id: $id) { revisions { id } } }"
    token = served.token(by)
    seen = served.ask(query, {"id": B_PLAN}, token=token)["plan"]["revisions"]
    assert bool(seen) is (by == METI)


def test_a_revision_that_cannot_be_read_is_told_by_place(served: Served) -> None:
    """The document like a plan file, items by their position."""
    act(served, "openRevision", occasion="x")
    sent = {"expectedVersion": 1, "document": revised(served)}
    done = act(served, "saveRevision", items=[{"id": "RI-1", "colour": 1}], **sent)
    assert {p["path"][0] for p in done["problems"]} == {"items"}
    broken = revised(served) | {"unheard_of": 1}
    done = act(served, "saveRevision", document=broken, expectedVersion=1)
    assert refusal(done)[1::2] == ("UNKNOWN_KEY", "document/unheard_of")


def test_the_same_key_again_tells_the_revision_again(served: Served) -> None:
    """As it stands now; another request with the key is refused."""
    first = act(served, "openRevision", occasion="x", key="k-1")
    sent = {"document": revised(served), "items": [ITEM], "expectedVersion": 1}
    act(served, "saveRevision", **sent)
    again = act(served, "openRevision", occasion="x", key="k-1")
    assert (again["event"], again["revision"]["version"]) == (first["event"], 2)
    other = act(served, "openRevision", occasion="y", key="k-1")
    assert refusal(other) == ("IDEMPOTENCY_MISMATCH", "KEY_REUSED", None, "key")


def test_the_same_key_adopts_once(served: Served) -> None:
    """The event of the revision is told again, not that of its plan."""
    saved(served)
    sent: Any = {"by": GOVERNOR, "expectedVersion": 2, "key": "k-1"}
    first = act(served, "adoptRevision", **sent)
    assert first["event"]["kind"] == "revision_adopted"
    again = act(served, "adoptRevision", **sent)
    assert (again["event"], again["plan"]) == (first["event"], first["plan"])


def test_a_dry_run_changes_nothing(served: Served) -> None:
    """It tells the difference, and what would be adopted."""
    assert act(served, "openRevision", occasion="x", dryRun=True)["dryRun"]
    act(served, "openRevision", occasion="x")
    sent = {"document": revised(served), "items": [ITEM], "expectedVersion": 1}
    tried = act(served, "saveRevision", dryRun=True, **sent)
    assert (tried["dryRun"], tried["event"]) == (True, None)
    assert tried["difference"]["changed"][0]["id"] == "M-01"
    act(served, "saveRevision", **sent)
    tried = act(served, "adoptRevision", by=GOVERNOR, expectedVersion=2, dryRun=True)
    assert (tried["dryRun"], tried["plan"]["edition"]) == (True, "1.0")
    assert events_in(served.store) == 3


@pytest.mark.parametrize(
    "name",
    ["openRevision", "precheckRevision", "adoptRevision", "dropRevision"],
)
def test_nobody_revises_without_a_token(served: Served, name: str) -> None:
    """Anonymous readers only read."""
    more: dict[str, Any] = {} if name == "openRevision" else {"expectedVersion": 1}
    if name == "dropRevision":
        more["reason"] = "x"
    done = act(served, name, by=None, **more)
    assert reasons(done) == [("UNAUTHENTICATED", "TOKEN_NEEDED")]
