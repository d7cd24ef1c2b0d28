"""A store in which everything can be refused: plans, cases, and who is who."""

from __future__ import annotations

from typing import Any

from attrs import frozen

from clusterplan.core.documents.patch import changed
from proposals import DATA
from sent import send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, GOVERNOR = "prefecture:150002", "head_of_local_government:150002"
KUMAMOTO, KYUSHU = "prefecture:430005", "regional_bureau:kyushu"
METI, SECRETARIAT = "meti:meti", "cabinet_secretariat:cas"
OITA = "prefecture:440001"
DRAFT, HANDED_IN, H1 = "b-draft", "b-handed-in", "FY2026H1"

B: dict[str, Any] = {"planId": B_PLAN}
D: dict[str, Any] = {"planId": DRAFT}
V1: dict[str, Any] = {"expectedVersion": 1}
STALE: dict[str, Any] = {"expectedVersion": 77}
INVISIBLE = "見えない\u202e文字"
Refusal = tuple[str, str, dict[str, Any], str, str]
"""A mutation, an office, an input, a reason and a place."""


@frozen
class Text:
    """A B plan file: the sample with changes by JSON pointer."""

    changes: dict[str, Any]

    def of(self, served: Served) -> dict[str, Any]:
        """Return the plan file."""
        told: dict[str, Any] = changed(served.sample(REGIONAL), self.changes)
        return told


def set_stage(served: Served) -> Served:
    """Fill a store, and return it.

    There is an A draft with proposals PR-1 (prepared) and PR-2 (proposed); a B draft
    with comments C-1 and C-2 (settled); a B draft that is handed in; and a B plan in
    force with an open report and an open revision R-1.
    """
    served.add(STRATEGIC)
    served.add(REGIONAL, {"/id": DRAFT, "/investments": []})
    served.add(REGIONAL, {"/id": HANDED_IN, "/investments": []})
    served.add(REGIONAL, {"/record": record()})
    for name, by, sent in _ACTS:
        done = send(served, name, by=by, **sent)
        assert done["__typename"].endswith("Done"), done
    return served


def patched(plan_id: str, changes: dict[str, Any]) -> Text:
    """Return what makes a B plan file of the sample: changes by JSON pointer."""
    return Text({"/id": plan_id} | changes)


RENAMED = patched(B_PLAN, {"/title": "別の題"})
_ACTS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("saveProposal", KUMAMOTO, {"planId": A_PLAN, "document": DATA}),
    ("saveProposal", KUMAMOTO, {"planId": A_PLAN, "document": DATA | {"id": "PR-2"}}),
    (
        *("stepProposal", KUMAMOTO),
        {"planId": A_PLAN, "id": "PR-2", "step": "propose", "expectedVersion": 1},
    ),
    (
        *("saveComment", METI),
        {"planId": DRAFT, "id": "C-1", "edition": "d1", "text": "数字で示す"},
    ),
    (
        *("saveComment", METI),
        {"planId": DRAFT, "id": "C-2", "edition": "d1", "text": "根拠を示す"},
    ),
    (
        *("settleComment", NIIGATA),
        {"planId": DRAFT, "id": "C-2", "reply": "直した", "expectedVersion": 1},
    ),
    (
        *("takeStep", NIIGATA),
        {"planId": HANDED_IN, "step": "submit_for_precheck", "expectedVersion": 1},
    ),
    ("openReport", NIIGATA, {"planId": B_PLAN, "period": H1}),
    ("openRevision", NIIGATA, {"planId": B_PLAN, "id": "R-1", "occasion": "総会"}),
)
