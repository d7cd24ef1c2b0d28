"""Rules on revisions and proposals: edges that their examples do not show."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from clusterplan.core.findings import CheckReport, Gate
from clusterplan.plugins.builtin.sample_reports import sample_report

A, B = "strategic_cluster", "regional_cluster"
ITEM: Mapping[str, Any] = {
    "id": "R-1",
    "kind": "brush_up",
    "target": "M-01",
    "before": "炉1基あたり2.0億円",
    "after": "炉1基あたり2.4億円",
    "reason": "入札が二回不成立となり、市況に合わせる",
}
REVISION: Mapping[str, Any] = {
    "id": "RV-1",
    "base": "1.0",
    "occasion": "関税の引上げ",
    "items": [ITEM],
}
GIVEN: dict[str, Any] = {"revision": REVISION, "base": {}}
CheckSample = Callable[..., CheckReport]
Told = list[tuple[str, str]]


def item(**changes: Any) -> dict[str, Any]:
    """Return a further item of a revision."""
    told = {**ITEM, "id": "R-2", **changes}
    return {key: value for key, value in told.items() if value is not None}


def spoken(report: CheckReport) -> Told:
    """Return rule and place of every finding; no rule may have failed."""
    assert report.unchecked == ()
    return [(f.rule_id, f.pointer) for f in report.findings]


TARGET = "/indicators/0/target"
DEADLINE = "/policy_means/measures/0/five_w1h/deadline"
CASES: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], Told]] = {
    "a report that is not in is no occasion": (
        GIVEN | {"reports": [sample_report()]},
        {"/revision/occasion": None, "/revision/report": "FY2027H1"},
        [("REV-01", "/revision/report")],
    ),
    "an item without anything": (
        GIVEN,
        {"/revision/items/0": {"id": "R-1", "kind": "rename"}},
        [
            ("REV-02", "/revision/items/0/after"),
            ("REV-02", "/revision/items/0/before"),
            ("REV-02", "/revision/items/0/reason"),
            ("REV-02", "/revision/items/0/target"),
        ],
    ),
    "a target that neither text has": (
        GIVEN,
        {"/revision/items/0/target": "M-77"},
        [("REV-02", "/revision/items/0/target")],
    ),
    "a region needs no target": (
        GIVEN,
        {"/revision/items": [ITEM, item(kind="region_change", target=None)]},
        [],
    ),
    "a reason that puts it off is none": (
        GIVEN,
        {"/revision/items/0/reason": "調整中"},
        [("REV-02", "/revision/items/0/reason")],
    ),
    "without the base, items are judged by themselves": (
        {"revision": REVISION},
        {
            "/revision/items": [
                item(kind="add", before=None, challenge="CH-1", target="M-05")
            ]
        },
        [],
    ),
    "a challenge of old is no new one": (
        GIVEN,
        {"/revision/items": [item(kind="expand", challenge="CH-1")]},
        [("REV-03", "/revision/items/0/challenge")],
    ),
    "a challenge that is told anew is a new one": (
        GIVEN,
        {
            "/base/policy_means/challenges/0/text": "納期が延びている",
            "/revision/items": [item(kind="expand", challenge="CH-1")],
        },
        [],
    ),
    "a measure that an item adds": (
        GIVEN,
        {
            "/base/policy_means/measures/4": None,
            "/base/policy_means/challenges/3/text": "土地がない",
            "/revision/items": [
                item(kind="add", before=None, target="M-05", challenge="CH-4")
            ],
        },
        [],
    ),
    "a poor measure is not passed over": (
        GIVEN | {"reports": [sample_report(poor=["M-05"])]},
        {},
        [("REV-04", "/revision/left")],
    ),
    "left without a reason": (
        GIVEN | {"reports": [sample_report(poor=["M-05"])]},
        {"/revision/left": [{"measure": "M-05", "reason": " "}]},
        [("REV-04", "/revision/left")],
    ),
    "a later target": (
        GIVEN,
        {f"{TARGET}/date": "2031-03-31"},
        [("REV-06", TARGET)],
    ),
    "a target that is gone": (GIVEN, {TARGET: None}, [("REV-06", TARGET)]),
    "a target where none was": (GIVEN, {"/base/indicators/0/target": None}, []),
    "less of what shall fall is no lowering": (
        GIVEN,
        {
            "/base/indicators/0/direction": "decrease",
            f"{TARGET}/value": "5000",
        },
        [],
    ),
    "more of what shall fall is one": (
        GIVEN,
        {
            "/base/indicators/0/direction": "decrease",
            f"{TARGET}/value": "6100",
        },
        [("REV-06", TARGET)],
    ),
    "more of a level that is kept below is one": (
        GIVEN,
        {
            "/base/indicators/0/direction": "maintain",
            "/base/indicators/0/maintain": "at_most",
            f"{TARGET}/value": "6100",
        },
        [("REV-06", TARGET)],
    ),
    "any other level of a band is one": (
        GIVEN,
        {
            "/base/indicators/0/direction": "maintain",
            "/base/indicators/0/maintain": "band",
            f"{TARGET}/value": "6100",
        },
        [("REV-06", TARGET)],
    ),
    "a cause without what was before keeps nothing in sight": (
        GIVEN,
        {
            f"{TARGET}/value": "5500",
            "/revision/items": [item(kind="retarget", target="IN-1", before=" ")],
        },
        [("REV-02", "/revision/items/0/before"), ("REV-06", TARGET)],
    ),
    "a measure with poor progress that ended within the period of the report": (
        GIVEN | {"reports": [sample_report()]},
        {
            "/reports/0/grades/2/is_poor": True,
            "/reports/0/parts/0/rows/2/editions": ["0.9"],
        },
        [],
    ),
    "one that did not end": (
        GIVEN | {"reports": [sample_report()]},
        {"/reports/0/grades/2/is_poor": True},
        [("REV-04", "/revision/left")],
    ),
    "an indicator that is gone": (
        GIVEN,
        {"/indicators/4": None, "/policy_means/measures/4/indicators": []},
        [("REV-06", "/indicators")],
    ),
    "an indicator that is retired": (
        GIVEN,
        {
            "/indicators/4": None,
            "/policy_means/measures/4/indicators": [],
            "/revision/items": [item(kind="retire", target="IN-5", after=None)],
        },
        [],
    ),
    "a deadline that is gone": (GIVEN, {DEADLINE: None}, [("REV-06", DEADLINE)]),
    "a deadline that is put off with its cause": (
        GIVEN,
        {
            f"{DEADLINE}/date": "2029-03-31",
            "/revision/items": [item(kind="retarget")],
        },
        [],
    ),
    "a baseline of another day": (
        GIVEN,
        {"/indicators/0/baseline/date": "2024-03-31"},
        [("REV-08", "/indicators/0/baseline")],
    ),
    "without the base nothing is known to change": (
        {"revision": REVISION},
        {f"{TARGET}/value": "1", "/indicators/0/baseline/value": "2"},
        [],
    ),
    "without a revision nothing is judged": (
        {"base": {}},
        {f"{TARGET}/value": "1", "/indicators/0/baseline/value": "2"},
        [],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_the_rules_on_revisions(case: str, check_sample: CheckSample) -> None:
    """The case says what is told apart."""
    given, changes, expected = CASES[case]
    assert spoken(check_sample(B, changes, Gate.REVISE, given)) == expected


def proposed(number: int, code: str, state: str, **more: Any) -> dict[str, Any]:
    """Return a proposal as examples tell it."""
    document = {"id": f"PR-{number}", "title": "案件", "prefecture": code, **more}
    return {"state": state, "document": document}


BOTH = [proposed(1, "430005", "withdrawn"), proposed(2, "410004", "withdrawn")]
PROPOSALS: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], Told]] = {
    "nobody was asked": (
        {"today": "2026-10-01"},
        {},
        [("A-09", "/region/0"), ("A-09", "/region/1")],
    ),
    "a plan file does not know who proposed": ({}, {}, []),
    "a proposal that is prepared is not made yet": (
        {"today": "2026-10-01", "proposals": BOTH},
        {"/proposals/0/state": "prepared"},
        [("A-09", "/region/0")],
    ),
    "an answer that puts it off is none": (
        {"today": "2026-10-01", "proposals": BOTH},
        {"/proposals/0": proposed(1, "430005", "adopted", answer={"reason": "検討中"})},
        [("A-08", "/proposals/0/document/answer")],
    ),
    "a prefecture is asked once, however many of its towns are in the region": (
        {"today": "2026-10-01", "proposals": BOTH[1:]},
        {"/region": ["434043", "432164", "410004", "430005"]},
        [("A-09", "/region/0")],
    ),
    "a prefecture without projects is recorded by its code as well": (
        {"today": "2026-10-01", "proposals": BOTH[1:]},
        {
            "/consultations": [
                {"id": "CS-9", "kind": "project_call", "text": "430005 案件なし"}
            ]
        },
        [],
    ),
    "who asked for something else recorded nothing": (
        {"today": "2026-10-01", "proposals": BOTH[1:]},
        {"/consultations/0/text": "熊本県は案件なし"},
        [("A-09", "/region/0")],
    ),
    "a plan that is revised was formulated already": (
        {"today": "2027-10-01", "revision": REVISION},
        {},
        [],
    ),
}


@pytest.mark.parametrize("case", PROPOSALS)
def test_edges_of_the_rules_on_proposals(case: str, check_sample: CheckSample) -> None:
    """The case says what is told apart."""
    given, changes, expected = PROPOSALS[case]
    assert spoken(check_sample(A, changes, Gate.PUBLISH, given)) == expected
