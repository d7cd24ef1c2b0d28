"""Texts by GraphQL as the documents that mutations take: read, sent back, unchanged."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.documents.patch import changed
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from progress_reports import H1, because, fill, opened, row
from revisions import DEADLINE, quiet
from sent import events_in, send
from served import OPERATOR, WITHHELD, Served
from steps import A_PLAN, B_PLAN
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, record

NIIGATA, KUMAMOTO = "prefecture:150002", "prefecture:430005"
HOKKAIDO = "prefecture:010006"
LACQUER = "municipality:172049"
GOVERNOR = "head_of_local_government:150002"
KYUSHU = "regional_bureau:kyushu"
DOCUMENT = "query($id: ID!) { plan(id: $id) { document version } }"
REVISION = """query($id: ID!) { plan(id: $id) { revisions { version document
  itemsDocument leftDocument } } }"""
PARTS = """ownPart { reporter { kind code } version rowsDocument }
  parts { reporter { kind } rowsDocument }"""
REPORT = f"query($id: ID!) {{ plan(id: $id) {{ reports {{ {PARTS} }} }} }}"
HIDDEN: dict[str, Any] = {**WITHHELD, "owner": {"kind": "prefecture", "code": "010006"}}


def document(served: Served, by: str | None, plan_id: str) -> Any:
    """Return the text of a plan as a document, to an office or to anybody."""
    token = served.token(by) if by else None
    return served.ask(DOCUMENT, {"id": plan_id}, token=token)["plan"]["document"]


@pytest.mark.parametrize(
    ("plan_type", "by"),
    [(STRATEGIC, KYUSHU), (REGIONAL, NIIGATA), (LOCAL_GROWTH, LACQUER)],
)
def test_a_draft_sent_back_as_it_was_read_changes_nothing(
    served: Served, plan_type: str, by: str
) -> None:
    """What the lead body cannot see stays, though it is only told by its id."""
    plan_id = served.add(plan_type, None, HIDDEN)
    before = events_in(served.store)
    told = document(served, by, plan_id)
    assert told["investments"][-1] == {"ref": "INV-W"}
    for dry_run in (True, False):
        done = send(served, "importPlan", by=by, document=told, dryRun=dry_run)
        assert done["__typename"] == "ImportPlanDone", done
        assert (done["event"], done["dryRun"]) == (None, False)
    assert events_in(served.store) == before
    told["title"] = "別の題名"
    sent = {"document": told, "expectedVersion": 1}
    assert send(served, "importPlan", by=by, **sent)["event"]["kind"] == "plan_saved"
    again = document(served, OPERATOR, plan_id)["investments"]
    assert again[-1]["title"] == HIDDEN["title"]


def test_what_is_withheld_is_not_told_in_a_document(served: Served) -> None:
    """Its id is told to those who lead the plan; the rest to its owner and the state."""
    served.add(STRATEGIC, {"/record": record()}, WITHHELD)
    for by, last in (
        (None, "SAMPLE-INV-1"),
        ("prefecture:010006", "SAMPLE-INV-1"),
        (KUMAMOTO, "INV-W"),
        (OPERATOR, "INV-W"),
    ):
        assert document(served, by, A_PLAN)["investments"][-1]["id"] == last, by
    lead = document(served, KYUSHU, A_PLAN)
    assert lead["investments"][-1] == {"ref": "INV-W"}
    assert "record" not in lead
    assert str(WITHHELD["title"]) not in str(lead)


def test_an_investment_that_another_plan_told_anew_stays_as_the_plan_counts_on_it(
    served: Served,
) -> None:
    """The document has the definition that the text was saved with, and can go back."""
    served.add(STRATEGIC, {"/record": record()})
    served.add(REGIONAL, None, {"ref": "SAMPLE-INV-1"})
    told = document(served, NIIGATA, B_PLAN)
    title = told["investments"][-1]["title"]
    newer = changed(served.sample(STRATEGIC), {"/investments/0/title": "新しい名称"})
    act = {"planId": A_PLAN, "reason": "誤記", "expectedVersion": 1}
    done = send(served, "correctPlan", by="meti:meti", document=newer, **act)
    assert done["__typename"] == "CorrectPlanDone", done
    again = document(served, NIIGATA, B_PLAN)
    assert again == told
    assert again["investments"][-1]["title"] == title != "新しい名称"
    done = send(served, "importPlan", by=NIIGATA, document=again, dryRun=True)
    assert (done["__typename"], done["event"]) == ("ImportPlanDone", None)


@pytest.fixture
def revised(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan in force with a revision whose text somebody saved."""
    served = Served(store=sqlite_store, domain=quiet(domain), plugins=plugins)
    joint = {"/joining": [HIDDEN["owner"]]}
    served.add(REGIONAL, {"/record": record(), **joint}, HIDDEN)
    text = changed(served.sample(REGIONAL), {**joint, **DEADLINE})
    text["investments"].append(HIDDEN | {"title": "改訂後の極秘"})
    item = {
        "id": "RI-1",
        "kind": "brush_up",
        "target": "M-01",
        "before": "2028年3月31日",
        "after": "2028年9月30日",
        "reason": "入札が不調となり、設計を見直すため",
    }
    left = [{"measure": "M-02", "reason": "様子を見る"}]
    sent: Any = {"planId": B_PLAN, "id": "R-1"}
    send(served, "openRevision", by=NIIGATA, occasion="総会", **sent)
    sent |= {"document": text, "items": [item], "left": left, "expectedVersion": 1}
    done = send(served, "saveRevision", by=HOKKAIDO, **sent)
    assert done["__typename"] == "SaveRevisionDone", done
    return served


def revision(served: Served, by: str | None) -> Any:
    """Return the only revision as an office sees it."""
    token = served.token(by) if by else None
    plan = served.ask(REVISION, {"id": B_PLAN}, token=token)["plan"]
    return plan["revisions"][0] if plan["revisions"] else None


def test_a_revised_text_is_read_and_saved_again_without_a_change(
    revised: Served,
) -> None:
    """With its items; what its sender cannot see stays as the draft tells it."""
    told = revision(revised, NIIGATA)
    measure = told["document"]["policy_means"]["measures"][0]
    assert measure["five_w1h"]["deadline"]["date"] == "2028-09-30"
    assert told["document"]["investments"][-1] == {"ref": "INV-W"}
    assert told["itemsDocument"][0]["kind"] == "brush_up"
    sent = {
        "planId": B_PLAN,
        "id": "R-1",
        "document": told["document"],
        "items": told["itemsDocument"],
        "left": told["leftDocument"],
        "expectedVersion": told["version"],
    }
    done = send(revised, "saveRevision", by=NIIGATA, **sent)
    assert (done["__typename"], done["event"]) == ("SaveRevisionDone", None), done
    draft = revision(revised, OPERATOR)["document"]["investments"][-1]
    assert draft["title"] == "改訂後の極秘"
    assert revision(revised, None) is None


def test_an_adopted_text_is_told_to_anybody(revised: Served) -> None:
    """Without what is withheld, not even by its id."""
    version = revision(revised, NIIGATA)["version"]
    act = {"planId": B_PLAN, "id": "R-1", "expectedVersion": version}
    done = send(revised, "adoptRevision", by=GOVERNOR, **act)
    assert done["__typename"] == "AdoptRevisionDone", done
    told = revision(revised, None)["document"]
    assert "INV-W" not in str(told)
    assert told["policy_means"] == document(revised, None, B_PLAN)["policy_means"]


def test_a_revision_without_a_text_has_no_document(served: Served) -> None:
    """It was opened, and nothing is saved yet."""
    served.add(REGIONAL, {"/record": record()})
    act = {"planId": B_PLAN, "id": "R-1", "occasion": "総会"}
    send(served, "openRevision", by=NIIGATA, **act)
    told = revision(served, NIIGATA)
    assert (told["document"], told["itemsDocument"]) == (None, [])


def test_rows_of_a_report_are_read_and_filled_in_again(served: Served) -> None:
    """By the office whose part they are; others have none of their own."""
    served.add(REGIONAL, {"/record": record()})
    opened(served.store, served.domain, B_PLAN)
    told = row("M-01", IN_1="1.50", causes=because("入札が不調"))
    fill(served.store, served.domain, B_PLAN, told)

    def reports(by: str | None) -> Any:
        token = served.token(by) if by else None
        return served.ask(REPORT, {"id": B_PLAN}, token=token)["plan"]["reports"]

    part = reports(NIIGATA)[0]["ownPart"]
    first = part["rowsDocument"][0]
    assert first["observations"][0] == {"indicator": "IN-1", "value": "1.50"}
    assert first["causes"] == [{"text": "入札が不調"}]
    sent: Any = {
        "planId": B_PLAN,
        "period": H1,
        "rows": part["rowsDocument"],
        "done": True,
        "expectedPartVersion": part["version"],
    }
    before = events_in(served.store)
    send(served, "fillReport", by=NIIGATA, **sent, dryRun=True)
    assert events_in(served.store) == before
    done = send(served, "fillReport", by=NIIGATA, **sent)
    assert done["__typename"] == "FillReportDone", done
    assert reports(NIIGATA)[0]["parts"][0]["rowsDocument"] == part["rowsDocument"]
    for by in (OPERATOR, "meti:meti"):
        assert reports(by)[0]["ownPart"] is None
    assert reports(None) == []
