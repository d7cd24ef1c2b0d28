"""What mutations of cases are refused for, and where that lies."""

from __future__ import annotations

from proposals import DATA
from revisions import M1
from served import OPERATOR
from stages import (
    GOVERNOR,
    H1,
    INVISIBLE,
    KUMAMOTO,
    METI,
    NIIGATA,
    OITA,
    RENAMED,
    STALE,
    V1,
    B,
    D,
    Refusal,
    patched,
)
from steps import A_PLAN, B_PLAN

R = B | {"id": "R-1"}
P = B | {"period": H1}
PR = {"planId": A_PLAN, "id": "PR-1"}
ROW = {"measure": "M-01"}

OF_CASES: tuple[Refusal, ...] = (
    # saveProposal, stepProposal
    (
        *("saveProposal", KUMAMOTO, {"planId": A_PLAN, "document": {"id": "PR-9"}}),
        *("MISSING_KEY", "document"),
    ),
    (
        *("saveProposal", OITA, {"planId": A_PLAN, "document": DATA}),
        *("NOT_THE_PROPOSER", "document/prefecture"),
    ),
    (
        *("saveProposal", KUMAMOTO, {"planId": A_PLAN, "document": DATA}),
        *("STALE_VERSION", "expectedVersion"),
    ),
    (
        *("saveProposal", KUMAMOTO),
        {"planId": A_PLAN, "document": DATA | {"id": "PR-2"}, "expectedVersion": 2},
        *("PROPOSED_ALREADY", "document/id"),
    ),
    (
        *("saveProposal", KUMAMOTO, B | {"document": DATA}),
        *("TAKES_NO_PROPOSALS", "planId"),
    ),
    (
        "stepProposal",
        KUMAMOTO,
        PR | V1 | {"step": "adopt"},
        "STEP_OUT_OF_ORDER",
        "step",
    ),
    ("stepProposal", METI, PR | V1 | {"step": "propose"}, "WRONG_ACTOR", "step"),
    (
        *("stepProposal", KUMAMOTO, PR | STALE | {"step": "propose"}),
        *("STALE_VERSION", "expectedVersion"),
    ),
    (
        *("stepProposal", KUMAMOTO, PR | V1 | {"id": "PR-7", "step": "propose"}),
        *("UNKNOWN_CASE", "id"),
    ),
    (
        *("stepProposal", METI, PR | V1 | {"step": "propose", "reason": INVISIBLE}),
        *("FORBIDDEN_CHARACTER", "reason"),
    ),
    # reports
    ("openReport", NIIGATA, P, "REPORT_EXISTS", "period"),
    ("openReport", NIIGATA, B | {"period": "FY1999H1"}, "UNKNOWN_PERIOD", "period"),
    ("openReport", NIIGATA, B | {"period": "FY2026H2"}, "PERIOD_NOT_OVER", "period"),
    ("openReport", NIIGATA, B | {"period": "上期"}, "BAD_ID", "period"),
    ("openReport", NIIGATA, D | {"period": H1}, "NOT_IN_FORCE", "planId"),
    (
        *("fillReport", NIIGATA, P | {"rows": 1, "expectedPartVersion": 0}),
        *("NOT_A_LIST", "rows"),
    ),
    (
        *("fillReport", NIIGATA, P | {"rows": [{}], "expectedPartVersion": 0}),
        *("MISSING_KEY", "rows/0"),
    ),
    (
        *("fillReport", NIIGATA),
        P | {"rows": [ROW | {"measure": "M-99"}], "expectedPartVersion": 0},
        *("UNKNOWN_MEASURE", "rows/0/measure"),
    ),
    (
        *("fillReport", NIIGATA),
        P | {"rows": [ROW | {"comment": INVISIBLE}], "expectedPartVersion": 0},
        *("FORBIDDEN_CHARACTER", "rows/0/comment"),
    ),
    (
        *("fillReport", NIIGATA),
        P | {"rows": [], "done": True, "expectedPartVersion": 7},
        *("STALE_VERSION", "expectedPartVersion"),
    ),
    (
        *("fillReport", OPERATOR, P | {"rows": [], "expectedPartVersion": 0}),
        *("REPORTER_NOT_NAMED", "reporter"),
    ),
    (
        *("fillReport", METI, P | {"rows": [], "expectedPartVersion": 0}),
        *("NOT_A_REPORTER", "reporter"),
    ),
    (
        *("fillReport", NIIGATA),
        B | {"period": "FY2027H1", "rows": [], "expectedPartVersion": 0},
        *("UNKNOWN_CASE", "period"),
    ),
    ("submitReport", NIIGATA, P | V1, "PARTS_MISSING", "period"),
    ("submitReport", NIIGATA, P | STALE, "STALE_VERSION", "expectedVersion"),
    (
        *("sendBackReport", METI, P | V1 | {"reason": "x"}),
        *("STEP_OUT_OF_ORDER", "period"),
    ),
    (
        *("sendBackReport", METI, P | V1 | {"reason": INVISIBLE}),
        *("FORBIDDEN_CHARACTER", "reason"),
    ),
    ("acceptReport", METI, P | V1, "STEP_OUT_OF_ORDER", "period"),
    ("acceptReport", METI, P | STALE, "STALE_VERSION", "expectedVersion"),
    (
        *("correctReport", NIIGATA, P | V1 | {"rows": []}),
        *("REPORT_NOT_ACCEPTED", "period"),
    ),
    ("correctReport", NIIGATA, P | V1 | {"rows": 1}, "NOT_A_LIST", "rows"),
    # revisions
    ("openRevision", NIIGATA, B | {"id": "R-2"}, "NO_OCCASION", "occasion"),
    (
        *("openRevision", NIIGATA, B | {"id": "R-2", "occasion": "x"}),
        *("REVISION_OPEN", "id"),
    ),
    ("openRevision", NIIGATA, R | {"occasion": "別の契機"}, "STALE_VERSION", "id"),
    (
        *("openRevision", NIIGATA, B | {"id": "correction-9", "occasion": "x"}),
        *("RESERVED_ID", "id"),
    ),
    (
        "openRevision",
        NIIGATA,
        B | {"id": "R-2", "report": H1},
        "REPORT_NOT_IN",
        "report",
    ),
    ("openRevision", METI, B | {"id": "R-2", "occasion": "x"}, "WRONG_ACTOR", "id"),
    (
        *("openRevision", NIIGATA, B | {"id": "R-2", "occasion": INVISIBLE}),
        *("FORBIDDEN_CHARACTER", "occasion"),
    ),
    (
        *("saveRevision", NIIGATA, R | V1 | {"document": RENAMED, "base": "0.9"}),
        *("STALE_BASE", "base"),
    ),
    (
        *("saveRevision", NIIGATA, R | V1 | {"document": patched("other", {})}),
        *("ANOTHER_PLAN", "document/id"),
    ),
    (
        *("saveRevision", NIIGATA, R | V1 | {"document": patched("x 1", {})}),
        *("BAD_ID", "document/id"),
    ),
    (
        *("saveRevision", NIIGATA),
        R | V1 | {"document": RENAMED, "items": [{"id": "RI-1", "kind": "BRUSH_UP"}]},
        *("UNKNOWN_VALUE", "items/0/kind"),
    ),
    (
        *("saveRevision", NIIGATA),
        R
        | V1
        | {"document": patched(B_PLAN, {"/policy_means/challenges/0/id": "M-09"})},
        *("DANGLING_REFERENCE", f"document{M1}/answers/0"),
    ),
    (
        *("saveRevision", METI, R | V1 | {"document": RENAMED}),
        *("WRONG_ACTOR", "id"),
    ),
    ("adoptRevision", GOVERNOR, R | V1, "NOTHING_DRAFTED", "id"),
    ("adoptRevision", NIIGATA, R | V1, "WRONG_ACTOR", "id"),
    (
        *("adoptRevision", GOVERNOR),
        R | V1 | {"waivers": [{"ruleId": "B-01", "reason": " "}]},
        *("EMPTY_TEXT", "waivers/0/reason"),
    ),
    ("precheckRevision", METI, R | V1, "UNKNOWN_STEP", "id"),
    ("dropRevision", NIIGATA, R | V1 | {"reason": " "}, "MISSING_REASON", "reason"),
    (
        "dropRevision",
        NIIGATA,
        R | STALE | {"reason": "x"},
        "STALE_VERSION",
        "expectedVersion",
    ),
    (
        *("dropRevision", OITA, R | V1 | {"reason": "x"}),
        *("UNKNOWN_CASE", "id"),
    ),
)
"""Proposing, reporting and revising."""
