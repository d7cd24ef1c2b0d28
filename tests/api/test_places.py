"""Where problems lie: in the input, by its own names, or in what is stored."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.api.editing_commands import SaveCommentInput
from clusterplan.api.places import Place, place_of, reading
from clusterplan.api.plan_commands import ImportPlanInput, TakeStepInput
from clusterplan.api.proposal_commands import SaveProposalInput, StepProposalInput
from clusterplan.api.report_commands import FillReportInput, SubmitReportInput
from clusterplan.api.revision_commands import AdoptRevisionInput, SaveRevisionInput
from clusterplan.api.scalars import Json
from clusterplan.core.errors import ErrorCode, InputError, Path, Problem
from clusterplan.core.identifiers import Key, PartId, PlanId
from clusterplan.core.services.answers import Waiver

PLAN = PlanId("p-1")
IMPORT = ImportPlanInput(document=Json({"id": "p-1"}))
STEP = TakeStepInput(
    plan_id=PLAN,
    step=Key("publish"),
    expected_version=1,
    waivers=(Waiver(rule_id="B-01", reason=" "),),
)
SAVE = SaveRevisionInput(
    plan_id=PLAN,
    id=PartId("R-1"),
    document=Json({"policy_means": {}}),
    expected_version=1,
)
ADOPT = AdoptRevisionInput(plan_id=PLAN, id=PartId("R-1"), expected_version=1)
REMARK = SaveCommentInput(plan_id=PLAN, id=PartId("C-1"), edition="d1", text="x")
PROPOSAL = SaveProposalInput(plan_id=PLAN, document=Json({"id": "PR-1"}))
ANSWER = StepProposalInput(
    plan_id=PLAN, id=PartId("PR-1"), step=Key("adopt"), expected_version=1
)
FILL = FillReportInput(
    plan_id=PLAN,
    period=PartId("FY2026H1"),
    rows=Json([{"measure": "M-01"}]),
    expected_part_version=0,
)
SUBMIT = SubmitReportInput(plan_id=PLAN, period=PartId("FY2026H1"), expected_version=1)


def problem(
    path: Path, reason: str = "X", code: ErrorCode = ErrorCode.CONFLICT
) -> Problem:
    """Return a problem at a place."""
    return Problem(
        code=code, reason=reason, message_ja="誤り", message_en="wrong", path=path
    )


@pytest.mark.parametrize(
    ("sent", "path", "told"),
    [
        (IMPORT, ("expected_version",), "expectedVersion"),
        (IMPORT, ("record", "history", 0, "on"), "document/record/history/0/on"),
        (IMPORT, ("id",), "document/id"),
        (IMPORT, (), "document/id"),
        (STEP, ("reason",), "reason"),
        (STEP, ("waivers", 0, "rule_id"), "waivers/0/ruleId"),
        (STEP, ("waivers", 7, "rule_id"), "waivers/7/rule_id"),
        (STEP, (), "planId"),
        (SAVE, ("revision_id",), "id"),
        (SAVE, ("id",), "document/id"),
        (SAVE, ("file", "title"), "document/title"),
        (
            *(SAVE, ("document", "policy_means", "measures", 0)),
            "document/policy_means/measures/0",
        ),
        (SAVE, ("items", 0, "id"), "items/0/id"),
        (ADOPT, ("base",), "id"),
        (REMARK, ("comment", "pointer"), "pointer"),
        (REMARK, ("comment", "id"), "id"),
        (REMARK, ("comment_id",), "id"),
        (PROPOSAL, ("proposal", "prefecture"), "document/prefecture"),
        (PROPOSAL, ("proposal_id",), "document/id"),
        (PROPOSAL, ("sites", 0), "document/sites/0"),
        (ANSWER, ("proposal_id",), "id"),
        (ANSWER, ("answer", "reason"), "reason"),
        (FILL, ("period_id",), "period"),
        (FILL, ("expected_version",), "expectedPartVersion"),
        (FILL, ("rows", 0, "measure"), "rows/0/measure"),
        (FILL, ("rows", 7, "measure"), "rows/7/measure"),
        (FILL, ("reporter",), "reporter"),
        (SUBMIT, ("reporter",), "period"),
    ],
)
def test_a_path_has_the_names_of_the_input(sent: Any, path: Path, told: str) -> None:
    """Whatever the command calls it; what leads into a text leads into its argument."""
    place = place_of(problem(path), sent, text=_text(sent))
    assert "/".join(place.path) == told


@pytest.mark.parametrize(
    ("sent", "path", "reason", "told"),
    [
        (STEP, ("goal", "vision"), "CHECK_FAILED", Place(("step",), "/goal/vision")),
        (STEP, (), "CHECK_FAILED", Place(("step",), "")),
        (STEP, ("goal",), "CHECK_UNANSWERED", Place(("waivers",), "/goal")),
        (ADOPT, (), "CHECK_UNANSWERED", Place(("waivers",), "")),
        (ADOPT, ("goal",), "CHECK_FAILED", Place(("id",), "/goal")),
        (
            *(SUBMIT, ("report", "parts", 0), "CHECK_FAILED"),
            Place(("period",), "/report/parts/0"),
        ),
        (SAVE, ("goal",), "CHECK_FAILED", Place(("document", "goal"))),
        (SAVE, (), "CHECK_FAILED", Place(("document",))),
        (STEP, ("plan_type",), "PLAN_TYPE_NOT_LOADED", Place(("step",), "/plan_type")),
        (STEP, (), "UNKNOWN_PLAN", Place(("planId",))),
    ],
)
def test_a_place_in_what_is_stored_has_a_pointer(
    sent: Any, path: Path, reason: str, told: Place
) -> None:
    """Its path is what the mutation is about: a step, a case, or else the plan."""
    assert place_of(problem(path, reason), sent, text=_text(sent)) == told


def test_who_shows_no_token_has_sent_nothing_wrong() -> None:
    """There is no place to point at."""
    refused = problem((), "TOKEN_NEEDED", ErrorCode.UNAUTHENTICATED)
    assert place_of(refused, STEP) == Place(())


def test_what_cannot_be_read_is_told_below_its_argument() -> None:
    """Also where it is the argument itself."""
    with pytest.raises(InputError) as caught, reading("document"):
        raise InputError(problem(()), problem(("id",)))
    assert [p.path for p in caught.value.problems] == [
        ("document",),
        ("document", "id"),
    ]


def _text(sent: Any) -> str | None:
    with_texts = (ImportPlanInput, SaveRevisionInput, SaveProposalInput)
    return "document" if isinstance(sent, with_texts) else None
