"""Project proposals are read by those whom they concern."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.proposals import ProposalAnswer
from clusterplan.core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from proposals import KUMAMOTO, METI, proposal
from served import OPERATOR, Served
from stores import STRATEGIC, sample_file, save

QUERY = """
query($id: ID!) {
  plan(id: $id) {
    proposals {
      id title titleEn prefecture fields text investor investorAgreed proposedOn
      version on recordedAt public owner { kind code }
      state { key title phase }
      sites { municipality lon lat precision share }
      money { fiscalYear source sector certainty atLeast atMost asOf }
      answer { reason edition investment measures }
    }
  }
}
"""
ANSWER = ProposalAnswer(reason="起点になる", edition="1.0", measures=("M-01",))  # type: ignore[arg-type]


@pytest.fixture
def plan_id(served: Served) -> str:
    """Save the draft of an A plan with a proposal that was received."""
    file = sample_file(served.domain.plan_types, STRATEGIC)
    plan_id = save(served.store, served.domain, file).standing.plan_id
    command = SaveProposal(plan_id=plan_id, proposal=proposal(), by=KUMAMOTO)
    save_proposal(command, served.store, served.domain)
    take(served, plan_id, "propose", 1)
    take(served, plan_id, "receive", 2)
    return plan_id


def take(served: Served, plan_id: str, step: str, version: int, **more: Any) -> None:
    """Take a step with the proposal."""
    command = StepProposal(
        plan_id=plan_id,
        proposal_id="PR-1",
        step=step,
        by=KUMAMOTO if step == "propose" else METI,
        expected_version=version,
        **more,
    )
    step_proposal(command, served.store, served.domain)


def seen(served: Served, plan_id: str, actor: str | None) -> Any:
    """Return the proposals that an actor sees; nothing where the plan is not seen."""
    token = served.token(actor) if actor else None
    plan = served.ask(QUERY, {"id": plan_id}, token=token)["plan"]
    return plan and plan["proposals"]


def test_a_proposal_is_stored_and_read_back_by_name(
    served: Served, plan_id: str
) -> None:
    """Every attribute, with the state that it stands in."""
    take(served, plan_id, "adopt", 3, answer=ANSWER)
    (found,) = seen(served, plan_id, OPERATOR)
    assert found.pop("recordedAt")
    assert found == {
        "id": "PR-1",
        "title": "架空の後工程工場",
        "titleEn": "A fictional back-end plant",
        "prefecture": "430005",
        "fields": ["ai_semiconductors"],
        "text": "後工程の工場を建てる",
        "investor": "架空半導体株式会社",
        "investorAgreed": True,
        "proposedOn": "2026-11-21",
        "version": 4,
        "on": "2026-11-21",
        "public": True,
        "owner": {"kind": "prefecture", "code": "430005"},
        "state": {"key": "adopted", "title": "採用", "phase": "IN_FORCE"},
        "sites": [
            {
                "municipality": "434043",
                "lon": "130.8",
                "lat": "32.9",
                "precision": "MUNICIPALITY",
                "share": "1",
            }
        ],
        "money": [
            {
                "fiscalYear": "FY2028",
                "source": "company",
                "sector": "PRIVATE",
                "certainty": "PLANNED",
                "atLeast": 10_000_000_000,
                "atMost": 30_000_000_000,
                "asOf": "2026-05-20",
            }
        ],
        "answer": {
            "reason": "起点になる",
            "edition": "1.0",
            "investment": None,
            "measures": ["M-01"],
        },
    }


@pytest.mark.parametrize(
    ("actor", "sees"),
    [
        ("prefecture:430005", True),
        ("regional_bureau:kyushu", True),
        ("meti:meti", True),
        ("cabinet_secretariat:cas", True),
        ("prefecture:440001", False),
    ],
)
def test_a_proposal_is_seen_by_its_prefecture_the_bureau_and_the_state(
    served: Served, plan_id: str, actor: str, *, sees: bool
) -> None:
    """Another prefecture may see the draft, and not what its neighbour proposes."""
    assert bool(seen(served, plan_id, actor)) is sees


def test_nobody_else_sees_a_proposal_for_a_draft(served: Served, plan_id: str) -> None:
    """Not even an adopted one, while the plan itself is not public."""
    take(served, plan_id, "adopt", 3, answer=ANSWER)
    assert seen(served, plan_id, None) is None
