"""The same key again answers as the first time, also when the plan has moved on."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from pathlib import Path
from typing import Any

import attrs
import pytest
from strawberry.utils.str_converters import to_camel_case

from clusterplan.api.commands import MUTATIONS
from clusterplan.core.documents.patch import changed
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins
from progress_reports import H1, with_type
from proposals import DATA
from revisions import DEADLINE, quiet
from sent import events_in, send
from served import OPERATOR, Served
from stages import GOVERNOR, KUMAMOTO, METI, NIIGATA, SECRETARIAT
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

FINDINGS = (
    "findings { ruleId gate severity effectiveSeverity edition pointer messageJa }"
)
DIFFERENCE = """difference { added { sort id } removed { sort id }
  changed { sort id marks changes { path before after } } }"""
SIGNED = "awaiting signed { kind code }"
REPORT = f"report {{ id version state {{ key }} }} affected {FINDINGS}"
REVISION = f"revision {{ id version state {{ key }} }} {SIGNED} {FINDINGS} {DIFFERENCE}"
FIELDS = {
    "importPlan": f"{FINDINGS} {SIGNED}",
    "takeStep": f"{FINDINGS} {SIGNED}",
    "editPart": f"partVersion {FINDINGS}",
    "editInvestment": f"partVersion {FINDINGS}",
    "saveComment": "comment { id version }",
    "settleComment": "comment { id version reply }",
    "correctPlan": f"{DIFFERENCE} {FINDINGS}",
    "saveProposal": "proposal { id version }",
    "stepProposal": "proposal { id version state { key } }",
}
"""What is asked for besides plan and event; for reports and revisions, see there."""
ITEM = {
    "id": "RI-1",
    "kind": "brush_up",
    "target": "M-01",
    "before": "2028年3月31日",
    "after": "2028年9月30日",
    "reason": "入札が不調となり、設計を見直すため",
}
POOR: dict[str, Any] = {
    "causes": [{"text": "入札が不調", "category": "procurement"}],
    "response": {"kind": "hold", "reason": "次の期に見直す"},
}
B: dict[str, Any] = {"planId": B_PLAN}
A: dict[str, Any] = {"planId": A_PLAN}


def ticking() -> Any:
    """Return a clock that goes on by a second whenever it is looked at."""
    start = dt.datetime(2026, 11, 21, 9, tzinfo=dt.timezone(dt.timedelta(hours=9)))
    seconds = itertools.count()
    return lambda: start + dt.timedelta(seconds=next(seconds))


@pytest.fixture
def served(sqlite_store: SqlStore, domain: Domain, plugins: Plugins) -> Served:
    """Serve an empty store, on a clock that goes on; warnings need no answer."""
    going = attrs.evolve(quiet(domain), clock=ticking())
    strict = with_type(going, REGIONAL, precheck_on_revision=True, report_review=True)
    return Served(store=sqlite_store, domain=strict, plugins=plugins)


def asked(name: str) -> str:
    """Return the fields that are asked of a mutation."""
    if name in FIELDS:
        return FIELDS[name]
    return REPORT if "Report" in name else REVISION


def once(served: Served, name: str, by: str, /, **sent: Any) -> Any:
    """Send a mutation that is done."""
    done = send(served, name, asked(name), by=by, **sent)
    assert done["__typename"].endswith("Done"), done
    return done


def twice(served: Served, name: str, by: str, /, **sent: Any) -> Any:
    """Send a mutation twice with a key; the answers are the same."""
    key = f"{name}-{events_in(served.store)}"
    first = once(served, name, by, key=key, **sent)
    events = events_in(served.store)
    assert first["event"] is not None
    assert once(served, name, by, key=key, **sent) == first
    assert events_in(served.store) == events
    return first


def again(
    served: Served, name: str, by: str, first: Any, key: str, **sent: Any
) -> None:
    """Send a mutation once more, later; what it told of then is the same."""
    told = once(served, name, by, key=key, **sent)
    facts = ("event", "findings", "difference", "awaiting", "signed")
    of_then = [f for f in facts if f in told]
    assert {f: told[f] for f in of_then} == {f: first[f] for f in of_then}


def test_what_is_done_with_drafts_is_told_again(served: Served) -> None:
    """Saved, edited, commented, and brought into force by steps of several offices."""
    document = changed(served.sample(REGIONAL), {"/goal/vision": "めざす"})
    saved = twice(served, "importPlan", NIIGATA, document=document)
    assert saved["findings"]
    part = document["policy_means"]["measures"][0]
    sent = B | {"part": "MEASURE", "id": "M-01", "expectedPartVersion": 1}
    edited = twice(
        *(served, "editPart", NIIGATA), document=part | {"title": "改"}, **sent
    )
    assert (edited["partVersion"], bool(edited["findings"])) == (2, True)
    investment = document["investments"][0]
    twice(
        *(served, "editInvestment", NIIGATA),
        **B,
        id=investment["id"],
        document=investment | {"title": "別の工場"},
        expectedVersion=1,
    )
    remark = B | {"id": "C-1", "edition": "d1", "text": "数字で示す"}
    twice(served, "saveComment", METI, **remark)
    settled = B | {"id": "C-1", "reply": "直した", "expectedVersion": 1}
    twice(served, "settleComment", NIIGATA, **settled)
    step = B | {"step": "submit_for_precheck", "expectedVersion": 3}
    handed_in = twice(served, "takeStep", NIIGATA, **step)
    assert handed_in["findings"]
    signed = B | {"step": "precheck_ok", "expectedVersion": 4}
    half = twice(served, "takeStep", METI, **signed)
    assert half["signed"] == [{"kind": "meti", "code": "meti"}]
    assert half["awaiting"] == ["cabinet_secretariat"]
    both = twice(served, "takeStep", SECRETARIAT, **(signed | {"expectedVersion": 5}))
    assert both["awaiting"] == []
    public = B | {"step": "publish", "expectedVersion": 6}
    assert twice(served, "takeStep", GOVERNOR, **public)["plan"]["edition"] == "1.0"
    key = "takeStep-5"
    again(served, "takeStep", NIIGATA, handed_in, key, **step)
    again(served, "takeStep", METI, half, "takeStep-6", **signed)
    again(served, "importPlan", NIIGATA, saved, "importPlan-0", document=document)


def test_proposals_are_told_again(served: Served) -> None:
    """As they stand now."""
    served.add(STRATEGIC)
    twice(served, "saveProposal", KUMAMOTO, **A, document=DATA)
    step = A | {"id": "PR-1", "step": "propose", "expectedVersion": 1}
    twice(served, "stepProposal", KUMAMOTO, **step)


def test_corrections_are_told_again(served: Served) -> None:
    """With what was put right, and what the rules said of it."""
    served.add(REGIONAL, {"/record": record(), "/goal/vision": "めざす"})
    document = changed(served.sample(REGIONAL), {"/goal/vision": "めざす。"})
    sent = B | {"document": document, "reason": "誤記", "expectedVersion": 1}
    first = twice(served, "correctPlan", NIIGATA, **sent)
    assert first["difference"]["changed"]
    assert first["findings"]
    other = changed(document, {"/title_en": "Better"})
    once(
        *(served, "correctPlan", NIIGATA),
        **(sent | {"document": other, "expectedVersion": 2}),
    )
    again(served, "correctPlan", NIIGATA, first, "correctPlan-1", **sent)


def test_revisions_are_told_again(served: Served) -> None:
    """Opened, saved, pre-checked and adopted: what changes, and who has yet to sign."""
    served.add(REGIONAL, {"/record": record()})
    sent: Any = B | {"id": "R-1"}
    twice(served, "openRevision", NIIGATA, **sent, occasion="総会での指摘")
    text = changed(served.sample(REGIONAL), DEADLINE)
    save = sent | {"document": text, "items": [ITEM], "expectedVersion": 1}
    saved = twice(served, "saveRevision", NIIGATA, **save)
    assert saved["difference"]["changed"]
    half = twice(served, "precheckRevision", METI, **sent, expectedVersion=2)
    assert half["awaiting"] == ["cabinet_secretariat"]
    both = twice(served, "precheckRevision", SECRETARIAT, **sent, expectedVersion=3)
    assert (both["awaiting"], both["difference"]) == ([], saved["difference"])
    adopted = twice(served, "adoptRevision", GOVERNOR, **sent, expectedVersion=4)
    assert adopted["difference"] == saved["difference"]
    assert adopted["plan"]["edition"] == "2.0"
    again(served, "saveRevision", NIIGATA, saved, "saveRevision-2", **save)
    other = B | {"id": "R-2"}
    once(served, "openRevision", NIIGATA, **other, occasion="別の契機")
    dropped = other | {"reason": "情勢が変わった", "expectedVersion": 1}
    twice(served, "dropRevision", NIIGATA, **dropped)


def test_the_signatures_of_a_revision_by_the_state_are_told_again(
    served: Served,
) -> None:
    """The first half of an adoption, too."""
    served.add(STRATEGIC, {"/record": record()})
    sent: Any = A | {"id": "R-1"}
    once(served, "openRevision", METI, **sent, occasion="点検")
    document = changed(
        served.sample(STRATEGIC),
        {"/policy_means/measures/0/five_w1h/content": "別の進め方をとる"},
    )
    save = sent | {"document": document, "items": [ITEM], "expectedVersion": 1}
    version = once(served, "saveRevision", METI, **save)["revision"]["version"]
    half = twice(served, "adoptRevision", METI, **sent, expectedVersion=version)
    assert half["awaiting"] == ["cabinet_secretariat"]
    twice(served, "adoptRevision", SECRETARIAT, **sent, expectedVersion=version + 1)
    again(
        *(served, "adoptRevision", METI, half, f"adoptRevision-{version + 1}"),
        **sent,
        expectedVersion=version,
    )


def test_reports_are_told_again(served: Served) -> None:
    """Opened, filled in, sent back, accepted and corrected: with what the rules said."""
    served.add(REGIONAL, {"/record": record()})
    sent: Any = B | {"period": H1}
    twice(served, "openReport", NIIGATA, **sent)
    rows = [
        {"measure": f"M-0{number}", "no_number_reason": "年1回の統計による"}
        for number in range(1, 6)
    ]
    fill = sent | {"rows": rows[:1], "expectedPartVersion": 0}
    filled = twice(served, "fillReport", NIIGATA, **fill)
    assert filled["findings"]
    fill = sent | {"rows": rows, "done": True, "expectedPartVersion": 1}
    twice(served, "fillReport", NIIGATA, **fill)
    submitted = twice(served, "submitReport", NIIGATA, **sent, expectedVersion=3)
    back = sent | {"reason": "値を確かめる", "expectedVersion": 4}
    twice(served, "sendBackReport", METI, **back)
    once(served, "submitReport", NIIGATA, **sent, expectedVersion=5)
    twice(served, "acceptReport", METI, **sent, expectedVersion=6)
    value = {"indicator": "IN-1", "value": "413", "corrects": "転記の誤り"}
    row = {
        "measure": "M-01",
        "observations": [value],
        **POOR,
    }
    twice(served, "correctReport", NIIGATA, **sent, rows=[row], expectedVersion=7)
    again(
        *(served, "submitReport", NIIGATA, submitted, "submitReport-4"),
        **sent,
        expectedVersion=3,
    )


def test_every_mutation_was_sent_twice() -> None:
    """The tests above leave none of them out."""
    told = re.findall(r'twice\([^"]*"(\w+)"', Path(__file__).read_text("utf-8"))
    assert {to_camel_case(mutation.name) for mutation in MUTATIONS} == set(told)


@pytest.fixture
def still(sqlite_store: SqlStore, domain: Domain, plugins: Plugins) -> Served:
    """Serve an empty store, on a clock that stands still."""
    return Served(store=sqlite_store, domain=quiet(domain), plugins=plugins)


def test_what_cannot_be_told_any_more_is_left_out(still: Served) -> None:
    """Where the clock stood still, nobody knows what was first; the event is told."""
    document = changed(still.sample(REGIONAL), {"/goal/vision": "めざす"})
    once(still, "importPlan", OPERATOR, document=document)
    part = document["policy_means"]["measures"][0] | {"title": "改"}
    sent = B | {"part": "MEASURE", "id": "M-01", "document": part}
    sent |= {"expectedPartVersion": 1}
    first = once(still, "editPart", NIIGATA, **sent, key="k-1")
    step = B | {"step": "submit_for_precheck", "expectedVersion": 2}
    handed_in = once(still, "takeStep", NIIGATA, **step, key="k-2")
    once(still, "takeStep", METI, **B, step="precheck_ok", expectedVersion=3)
    told = once(still, "editPart", NIIGATA, **sent, key="k-1")
    assert (told["event"], told["findings"]) == (first["event"], [])
    assert (first["findings"] == [], told["partVersion"]) == (False, 2)
    told = once(still, "takeStep", NIIGATA, **step, key="k-2")
    assert (told["event"], told["findings"]) == (handed_in["event"], [])


def test_what_cannot_be_told_of_cases_any_more_is_left_out(still: Served) -> None:
    """Neither of corrections, nor of revisions, nor of reports."""
    served, event = still, {}
    served.add(REGIONAL, {"/record": record()})
    text = changed(served.sample(REGIONAL), {"/title_en": "Better"})
    right = B | {"document": text, "reason": "誤記", "expectedVersion": 1}
    event["correctPlan"] = once(served, "correctPlan", NIIGATA, **right, key="k-1")
    more = B | {"document": text | {"title_en": "Best"}, "reason": "誤記"}
    once(served, "correctPlan", NIIGATA, **more, expectedVersion=2)
    start: Any = B | {"id": "R-1", "occasion": "総会での指摘"}
    event["openRevision"] = once(served, "openRevision", NIIGATA, **start, key="k-1r")
    revised = B | {"id": "R-1", "document": text, "expectedVersion": 1}
    once(served, "saveRevision", NIIGATA, **revised)
    once(served, "openReport", NIIGATA, **B, period=H1)
    rows = [
        {"measure": f"M-0{number}", "no_number_reason": "年1回の統計による"}
        for number in range(1, 6)
    ]
    fill: Any = B | {"period": H1, "rows": rows, "expectedPartVersion": 0}
    event["fillReport"] = once(served, "fillReport", NIIGATA, **fill, key="k-1f")
    done: Any = B | {"period": H1, "rows": [], "done": True, "expectedPartVersion": 1}
    once(served, "fillReport", NIIGATA, **done)
    for name, key, sent in (
        ("correctPlan", "k-1", right),
        ("openRevision", "k-1r", start),
        ("fillReport", "k-1f", fill),
    ):
        told = once(served, name, NIIGATA, **sent, key=key)
        assert told["event"] == event[name]["event"]
        assert told["findings"] == []
        assert told.get("difference") is None
    once(served, "submitReport", NIIGATA, **B, period=H1, expectedVersion=3)
    why: Any = [rows[0] | {"no_number_reason": "調査の中止による"}]
    value = {"indicator": "IN-1", "value": "500", "corrects": "転記の誤り"}
    why[0] |= {"observations": [value], **POOR}
    twice(served, "correctReport", NIIGATA, **B, period=H1, rows=why, expectedVersion=4)


def test_a_text_that_another_plan_has_overtaken_is_not_told_again(
    served: Served,
) -> None:
    """An investment of the same id is another one by now."""
    served.add(REGIONAL, {"/record": record()})
    sent: Any = B | {"id": "R-1"}
    once(served, "openRevision", NIIGATA, **sent, occasion="総会での指摘")
    new = {"id": "INV-NEW", "title": "新工場"}
    text = changed(served.sample(REGIONAL), DEADLINE)
    text["investments"] = [*text["investments"], new]
    save = sent | {"document": text, "items": [ITEM], "expectedVersion": 1}
    first = once(served, "saveRevision", NIIGATA, **save, key="k-1")
    assert first["difference"]["added"] == [{"sort": "investment", "id": "INV-NEW"}]
    other = new | {"title": "別の工場"}
    served.add(REGIONAL, {"/id": "other", "/investments": [other]})
    told = once(served, "saveRevision", NIIGATA, **save, key="k-1")
    assert (told["event"], told["difference"]) == (first["event"], None)
