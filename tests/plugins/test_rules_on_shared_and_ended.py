"""Rules on reports: shared indicators, measures that ended, and answers without reason."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest

from clusterplan.core.findings import CheckReport, Gate
from clusterplan.plugins.builtin.sample_reports import around

B = "regional_cluster"
ROW = "/report/parts/0/rows/0"
LAST = "/report/parts/0/rows/4"
THIRD, FOURTH = (f"/report/parts/0/rows/{n}/observations/0" for n in (2, 3))
UNTOLD = {"/report/parts/0/rows/2/no_number_reason": "M-04の値と同じである"}
NO_LAND = {"indicator": "IN-5"}
GONE = {"/policy_means/measures/4": None}
ENDED = {"measure": "M-05", "editions": ["0.9"]}
MARKED = {f"{LAST}/editions": ["0.9"]}
"""The measure M-05 as one that a revision took away within the period."""
CheckSample = Callable[..., CheckReport]
Told = list[tuple[str, str]]

CASES: dict[str, tuple[Mapping[str, Any], Mapping[str, Any], Told]] = {
    "poor twice, and held without a reason": (
        around("FY2026H2", poor=["M-01"]),
        {f"{ROW}/response": {"kind": "hold"}},
        [("REP-10", f"{ROW}/response/reason")],
    ),
    "poor twice, and held for a reason that only puts it off": (
        around("FY2026H2", poor=["M-01"]),
        {f"{ROW}/response": {"kind": "hold", "reason": "検討中"}},
        [("REP-10", f"{ROW}/response/reason")],
    ),
    "a measure that ended within the period may stay empty": (
        around(),
        {**GONE, LAST: {**ENDED, "observations": [NO_LAND]}},
        [],
    ),
    "a measure that ended may be told of in words alone": (
        around(),
        {**GONE, LAST: {**ENDED, "text": "市が引き継いだ"}},
        [],
    ),
    "a measure that ended poorly has a cause like any other": (
        around(poor=["M-05"]),
        {**GONE, **MARKED, f"{LAST}/causes": []},
        [("REP-03", f"{LAST}/causes")],
    ),
    "poor twice, and taken out of the plan": (
        around("FY2026H2", poor=["M-05"]),
        {**GONE, **MARKED},
        [],
    ),
    "a row of a measure that no edition within the period had": (
        around(),
        GONE,
        [("REP-01", f"{LAST}/measure")],
    ),
    "the trend of an indicator that two measures share is told once": (
        around("FY2027H1"),
        {f"{THIRD}/value": "40000", f"{FOURTH}/value": "40000"},
        [("REP-13", f"{THIRD}/value")],
    ),
    "and where it has a value": (
        around("FY2027H1"),
        {f"{THIRD}/value": None, f"{FOURTH}/value": "40000", **UNTOLD},
        [("REP-13", f"{FOURTH}/value")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_shared_indicators_and_measures_that_ended(
    case: str, check_sample: CheckSample
) -> None:
    """The case says what is told apart."""
    given, changes, expected = CASES[case]
    report = check_sample(B, changes, Gate.REPORT, given)
    assert report.unchecked == ()
    assert [(f.rule_id, f.pointer) for f in report.findings] == expected


def test_who_holds_without_a_reason_is_told_so(check_sample: CheckSample) -> None:
    """And who says nothing at all is told something else."""
    given = around("FY2026H2", poor=["M-01"])
    texts = []
    for changes in ({}, {f"{ROW}/response": {"kind": "hold"}}):
        (finding,) = check_sample(B, changes, Gate.REPORT, given).findings
        assert finding.message_en.isascii()
        texts.append(finding.message_ja)
    nothing, held = texts
    assert "見直さないこととしています" in held
    assert "見直すとも" in nothing
