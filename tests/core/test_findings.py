"""Findings know their place and whether they close a gate."""

from __future__ import annotations

import pytest

from clusterplan.core.findings import CheckReport, Finding, Gate, Severity
from clusterplan.core.identifiers import PlanId


def _finding(effective: Severity) -> Finding:
    return Finding(
        rule_id="X-01",
        rule_version=1,
        severity=Severity.ERROR,
        effective_severity=effective,
        gate=Gate.PUBLISH,
        plan_id=PlanId("p"),
        path=("region", 0),
        message_ja="だめ",
        message_en="no",
        source_ref="test",
    )


def test_a_lowered_error_is_a_warning_and_all_else_info() -> None:
    """Nothing goes below info."""
    assert [s.lowered for s in Severity] == [
        Severity.WARNING,
        Severity.INFO,
        Severity.INFO,
    ]


@pytest.mark.parametrize("effective", list(Severity))
def test_only_an_effective_error_closes_the_gate(effective: Severity) -> None:
    """What counts is the severity at the gate that was asked for."""
    finding = _finding(effective)
    report = CheckReport(gate=Gate.SAVE, findings=(finding,))
    assert finding.blocks is (effective is Severity.ERROR)
    assert report.ok is not finding.blocks


def test_a_finding_reads_as_one_line() -> None:
    """Severity, rule, place and text."""
    assert str(_finding(Severity.INFO)) == "error X-01 /region/0: no"
