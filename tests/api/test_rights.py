"""An office that may not change something learns no more than it may read."""

from __future__ import annotations

from typing import Any

import pytest
from strawberry.utils.str_converters import to_camel_case

from clusterplan.api.commands import MUTATIONS
from proposals import DATA
from sent import events_in, reasons, send
from served import Served
from stages import DRAFT, H1, patched
from steps import B_PLAN

STRANGERS = ("prefecture:010006", "regional_bureau:kanto", "ministry:mlit")
V1: dict[str, Any] = {"expectedVersion": 1}
TEXT = {"document": {"title": "別の題"}}
PART = {"part": "MEASURE", "id": "M-01", "document": {"id": "M-01", "title": "x"}}
CHANGES: dict[str, dict[str, Any]] = {
    "importPlan": TEXT | V1,
    "takeStep": {"step": "abandon"} | V1,
    "editPart": PART,
    "editInvestment": {"id": "INV-9", "document": {"title": "x"}},
    "saveComment": {"id": "C-9", "edition": "d1", "text": "x"},
    "settleComment": {"id": "C-1", "reply": "x"} | V1,
    "correctPlan": TEXT | V1 | {"reason": "x"},
    "saveProposal": {"document": DATA},
    "stepProposal": {"id": "PR-1", "step": "propose"} | V1,
    "openReport": {"period": H1},
    "fillReport": {"period": H1, "rows": [], "expectedPartVersion": 0},
    "submitReport": {"period": H1} | V1,
    "sendBackReport": {"period": H1, "reason": "x"} | V1,
    "acceptReport": {"period": H1} | V1,
    "correctReport": {"period": H1, "rows": []} | V1,
    "openRevision": {"id": "R-9", "occasion": "x"},
    "saveRevision": {"id": "R-1"} | TEXT | V1,
    "precheckRevision": {"id": "R-1"} | V1,
    "adoptRevision": {"id": "R-1"} | V1,
    "dropRevision": {"id": "R-1", "reason": "x"} | V1,
}
"""What a stranger tries with each mutation."""
ON_HIDDEN_CASES = frozenset(
    {
        *("settleComment", "stepProposal", "fillReport", "submitReport"),
        *(
            "sendBackReport",
            "acceptReport",
            "correctReport",
            "saveRevision",
            "precheckRevision",
        ),
        *("adoptRevision", "dropRevision"),
    }
)
"""What is done with cases that strangers do not see, even where they see the plan."""


def tried(stage: Served, name: str, plan_id: str, by: str | None) -> Any:
    """Try a change of a plan."""
    sent = dict(CHANGES[name])
    if sent.get("document") == TEXT["document"]:
        sent["document"] = patched(plan_id, {"/title": "別の題"}).of(stage)
    if name == "takeStep" and plan_id == B_PLAN:
        sent["step"] = "close"
    if name != "importPlan":
        sent["planId"] = plan_id
    before = events_in(stage.store)
    done = send(stage, name, by=by, **sent)
    assert events_in(stage.store) == before
    return done


@pytest.mark.parametrize("by", STRANGERS)
@pytest.mark.parametrize("plan_id", [DRAFT, "nosuch"])
@pytest.mark.parametrize("name", CHANGES)
def test_a_draft_that_is_not_to_be_seen_is_not_found(
    stage: Served, name: str, plan_id: str, by: str
) -> None:
    """Just as one that is not there."""
    done = tried(stage, name, plan_id, by)
    assert reasons(done) == [("NOT_FOUND", "UNKNOWN_PLAN")]


@pytest.mark.parametrize("by", STRANGERS)
@pytest.mark.parametrize("name", CHANGES)
def test_a_public_plan_is_for_others_to_change(
    stage: Served, name: str, by: str
) -> None:
    """It is there, and so is the refusal; a case that is not to be seen is not."""
    ((code, reason),) = reasons(tried(stage, name, B_PLAN, by))
    hidden = name in ON_HIDDEN_CASES
    assert code == ("NOT_FOUND" if hidden else "FORBIDDEN")
    assert (reason == "UNKNOWN_CASE") is hidden


@pytest.mark.parametrize("plan_id", [DRAFT, B_PLAN, "nosuch"])
@pytest.mark.parametrize("name", CHANGES)
def test_nobody_changes_anything_without_a_token(
    stage: Served, name: str, plan_id: str
) -> None:
    """Whatever there is, and whatever is sent."""
    done = tried(stage, name, plan_id, None)
    assert reasons(done) == [("UNAUTHENTICATED", "TOKEN_NEEDED")]
    assert done["problems"][0]["path"] == []


def test_every_mutation_is_tried() -> None:
    """The table leaves none of them out."""
    assert set(CHANGES) == {to_camel_case(mutation.name) for mutation in MUTATIONS}
