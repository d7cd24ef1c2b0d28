"""What mutations of plans are refused for, and where that lies."""

from __future__ import annotations

from revisions import DEADLINE, M1
from served import OPERATOR
from stages import (
    DRAFT,
    GOVERNOR,
    HANDED_IN,
    INVISIBLE,
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
from stores import record

MEASURE = {"id": "M-01", "title": "施策"}
REMARK = D | {"id": "C-9", "edition": "d1", "text": "書く"}

OF_PLANS: tuple[Refusal, ...] = (
    ("importPlan", OPERATOR, {"document": [1]}, "NOT_A_MAPPING", "document"),
    (
        *("importPlan", OPERATOR, {"document": patched(DRAFT, {"/fiveW1h": "x"})}),
        *("UNKNOWN_KEY", "document/fiveW1h"),
    ),
    (
        *("importPlan", OPERATOR, {"document": patched("x 1", {})}),
        *("BAD_ID", "document/id"),
    ),
    (
        *("importPlan", NIIGATA, {"document": patched("n", {"/record": record()})}),
        *("RECORD_NEEDS_OPERATOR", "document/record"),
    ),
    (
        *("importPlan", OPERATOR),
        {"document": patched(DRAFT, {"/record": record(), "/investments": []})},
        *("PLAN_EXISTS", "document/record"),
    ),
    (
        *("importPlan", OPERATOR),
        {"document": patched("n", {"/record": record((("in_force", "2027-01-01"),))})},
        *("HISTORY_IN_FUTURE", "document/record/history/0/on"),
    ),
    (
        *(
            "importPlan",
            OPERATOR,
            {"document": patched(DRAFT, {"/investments/0/title": "x"})} | V1,
        ),
        *("INVESTMENT_DEFINED_DIFFERENTLY", "document/investments/0"),
    ),
    (
        *("importPlan", OPERATOR),
        {"document": patched(DRAFT, {"/investments": [{"ref": "INV-9"}]})},
        *("UNKNOWN_INVESTMENT", "document/investments/0/ref"),
    ),
    (
        *("importPlan", OPERATOR),
        {"document": patched(DRAFT, {"/title": "x", "/investments": []})} | STALE,
        *("STALE_VERSION", "expectedVersion"),
    ),
    (
        *("importPlan", OPERATOR, {"document": RENAMED, **V1}),
        *("EDITION_IS_PUBLIC", "document/id"),
    ),
    (
        *("importPlan", NIIGATA),
        {"document": patched(HANDED_IN, {"/title": "x", "/investments": []})}
        | {"expectedVersion": 2},
        *("TEXT_FROZEN", "document/id"),
    ),
    (
        *("importPlan", METI),
        {"document": patched(DRAFT, {"/title": "x"}), **V1},
        *("NOT_THE_LEAD_BODY", "document/lead"),
    ),
    (
        *("importPlan", NIIGATA),
        {
            "document": patched(
                DRAFT,
                {"/lead": {"kind": "prefecture", "code": "160008"}, "/investments": []},
            ),
            **V1,
        },
        *("LEAD_CHANGED", "document/lead"),
    ),
    (
        *("importPlan", OITA, {"document": patched(DRAFT, {}), **V1}),
        *("UNKNOWN_PLAN", "document/id"),
    ),
    (
        *("importPlan", OITA),
        {
            "document": patched(
                DRAFT, {"/lead": {"kind": "prefecture", "code": "440001"}}
            )
        },
        *("ID_TAKEN", "document/id"),
    ),
    ("importPlan", OPERATOR, {"document": RENAMED, "key": ""}, "BAD_KEY", "key"),
    # takeStep
    (
        *("takeStep", NIIGATA, D | V1 | {"step": "publish"}),
        *("STEP_OUT_OF_ORDER", "step"),
    ),
    ("takeStep", NIIGATA, D | V1 | {"step": "fly"}, "UNKNOWN_STEP", "step"),
    ("takeStep", NIIGATA, D | V1 | {"step": "Fly!"}, "BAD_KEY_FORM", "step"),
    ("takeStep", NIIGATA, {"planId": "x y"} | V1 | {"step": "fly"}, "BAD_ID", "planId"),
    ("takeStep", METI, D | V1 | {"step": "abandon"}, "WRONG_ACTOR", "step"),
    ("takeStep", OITA, B | V1 | {"step": "close"}, "NOT_THE_LEAD_BODY", "step"),
    (
        *("takeStep", NIIGATA, D | STALE | {"step": "abandon"}),
        *("STALE_VERSION", "expectedVersion"),
    ),
    (
        *("takeStep", NIIGATA, {"planId": "nosuch"} | V1 | {"step": "abandon"}),
        *("UNKNOWN_PLAN", "planId"),
    ),
    ("takeStep", NIIGATA, B | V1 | {"step": "close"}, "MISSING_FINAL_REPORT", "step"),
    ("takeStep", GOVERNOR, B | V1 | {"step": "withdraw"}, "MISSING_REASON", "reason"),
    (
        *("takeStep", METI, {"planId": HANDED_IN, "expectedVersion": 2}),
        *("MISSING_COMMENTS", "comments"),
    ),
    (
        *("takeStep", NIIGATA),
        D | V1 | {"step": "abandon", "comments": [{"pointer": "/nosuch", "text": "x"}]},
        *("BAD_POINTER", "comments/0/pointer"),
    ),
    (
        *("takeStep", NIIGATA),
        D | V1 | {"step": "abandon", "comments": [{"text": " "}]},
        *("EMPTY_TEXT", "comments/0/text"),
    ),
    (
        *("takeStep", NIIGATA),
        D | V1 | {"step": "abandon", "waivers": [{"ruleId": "B-01", "reason": " "}]},
        *("EMPTY_TEXT", "waivers/0/reason"),
    ),
    (
        *("takeStep", NIIGATA),
        D | V1 | {"step": "abandon", "waivers": [{"ruleId": "B-01", "reason": "x"}]},
        *("WAIVER_ANSWERS_NOTHING", "waivers/0"),
    ),
    (
        *("takeStep", NIIGATA, D | V1 | {"step": "abandon", "reason": INVISIBLE}),
        *("FORBIDDEN_CHARACTER", "reason"),
    ),
    (
        *("takeStep", NIIGATA),
        D | V1 | {"step": "abandon", "waivers": [{"ruleId": INVISIBLE, "reason": "x"}]},
        *("FORBIDDEN_CHARACTER", "waivers/0/ruleId"),
    ),
    (
        *("takeStep", NIIGATA, D | V1 | {"step": "abandon", "reason": "字" * 20_001}),
        *("TEXT_TOO_LONG", "reason"),
    ),
    # editPart
    (
        *("editPart", NIIGATA, D | {"part": "MEASURE", "id": "M-01", "document": 1}),
        *("NOT_A_MAPPING", "document"),
    ),
    (
        *("editPart", NIIGATA),
        D | {"part": "MEASURE", "id": "M-01", "document": MEASURE},
        *("STALE_PART", "expectedPartVersion"),
    ),
    (
        *("editPart", NIIGATA),
        D | {"part": "MEASURE", "id": "M-99", "document": None},
        *("UNKNOWN_PART", "id"),
    ),
    (
        *("editPart", NIIGATA),
        D | {"part": "MEASURE", "id": "M-01", "document": MEASURE | {"colour": 1}},
        *("UNKNOWN_KEY", "document/colour"),
    ),
    (
        *("editPart", NIIGATA),
        D | {"part": "MEASURE", "id": "M-01", "document": MEASURE | {"id": "M-2"}},
        *("PART_ID_CHANGED", "document/id"),
    ),
    (
        *("editPart", NIIGATA),
        D | {"part": "INDICATOR", "id": "IN-1", "document": None},
        *("DANGLING_REFERENCE", "id"),
    ),
    (
        *("editPart", METI, D | {"part": "MEASURE", "id": "M-01", "document": MEASURE}),
        *("NOT_THE_LEAD_BODY", "id"),
    ),
    (
        *("editPart", NIIGATA),
        B | {"part": "MEASURE", "id": "M-01", "document": MEASURE},
        *("EDITION_IS_PUBLIC", "planId"),
    ),
    (
        *("editPart", NIIGATA),
        {"planId": HANDED_IN, "part": "MEASURE", "id": "M-01", "document": MEASURE},
        *("TEXT_FROZEN", "planId"),
    ),
    # editInvestment
    (
        *("editInvestment", NIIGATA, D | {"id": "INV-9", "document": None}),
        *("UNKNOWN_PART", "id"),
    ),
    (
        *("editInvestment", NIIGATA),
        D | {"id": "INV-9", "document": {"title": "x", "colour": 1}},
        *("UNKNOWN_KEY", "document/colour"),
    ),
    (
        *("editInvestment", OPERATOR),
        {"planId": A_PLAN, "id": "SAMPLE-INV-1", "document": {"title": "x"}},
        *("STALE_INVESTMENT", "expectedVersion"),
    ),
    # saveComment, settleComment
    ("saveComment", METI, REMARK | {"text": " "}, "EMPTY_TEXT", "text"),
    ("saveComment", METI, REMARK | {"text": INVISIBLE}, "FORBIDDEN_CHARACTER", "text"),
    ("saveComment", METI, REMARK | {"pointer": "/no"}, "BAD_POINTER", "pointer"),
    ("saveComment", METI, REMARK | {"edition": "d9"}, "ANOTHER_EDITION", "edition"),
    ("saveComment", METI, REMARK | {"id": "C 9"}, "BAD_ID", "id"),
    ("saveComment", METI, REMARK | STALE, "STALE_VERSION", "expectedVersion"),
    ("saveComment", NIIGATA, REMARK | {"id": "C-1"}, "NOT_THE_COMMENTER", "id"),
    ("saveComment", METI, REMARK | {"id": "C-2"}, "COMMENT_SETTLED", "id"),
    ("saveComment", OITA, REMARK | B, "MAY_NOT_COMMENT", "planId"),
    (
        *("settleComment", NIIGATA, D | V1 | {"id": "C-1", "reply": " "}),
        *("EMPTY_TEXT", "reply"),
    ),
    (
        *("settleComment", NIIGATA, D | V1 | {"id": "C-9", "reply": "x"}),
        *("UNKNOWN_CASE", "id"),
    ),
    (
        *("settleComment", METI, D | V1 | {"id": "C-1", "reply": "x"}),
        *("WRONG_ACTOR", "id"),
    ),
    (
        *("settleComment", NIIGATA, D | {"id": "C-2", "reply": "x"}),
        *("STEP_OUT_OF_ORDER", "id"),
    ),
    # correctPlan
    (
        *("correctPlan", NIIGATA, B | V1 | {"document": RENAMED, "reason": " "}),
        *("MISSING_REASON", "reason"),
    ),
    (
        *("correctPlan", NIIGATA, B | STALE | {"document": RENAMED, "reason": "x"}),
        *("STALE_VERSION", "expectedVersion"),
    ),
    (
        *("correctPlan", NIIGATA),
        B | V1 | {"document": patched("other", {}), "reason": "x"},
        *("ANOTHER_PLAN", "document/id"),
    ),
    (
        *("correctPlan", NIIGATA),
        B | V1 | {"document": patched(B_PLAN, DEADLINE), "reason": "x"},
        *("NOT_A_CORRECTION", f"document{M1}/five_w1h/deadline/date"),
    ),
    (
        *("correctPlan", NIIGATA),
        B
        | V1
        | {
            "document": patched(B_PLAN, {f"{M1}/five_w1h/significance": None}),
            "reason": "x",
        },
        *("CHECK_FAILED", f"document{M1}/five_w1h/significance"),
    ),
    (
        *("correctPlan", NIIGATA),
        B | V1 | {"document": patched(B_PLAN, {"/record": record()}), "reason": "x"},
        *("RECORD_NOT_TAKEN", "document/record"),
    ),
    (
        *("correctPlan", METI, B | V1 | {"document": RENAMED, "reason": "x"}),
        *("WRONG_ACTOR", "planId"),
    ),
    (
        *("correctPlan", NIIGATA),
        D | V1 | {"document": patched(DRAFT, {}), "reason": "x"},
        *("NOT_IN_FORCE", "planId"),
    ),
)
"""Saving plans, taking steps, editing parts, commenting and correcting."""
