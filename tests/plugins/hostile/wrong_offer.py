"""A plugin that offers texts where rules are wanted, and one rule."""

from __future__ import annotations

from clusterplan.plugins import (
    CheckContext,
    Finding,
    Gate,
    Manifest,
    Rule,
    Severity,
    hookimpl,
    rule,
)

CLUSTERPLAN = Manifest(api="~=1.0")


@rule("KEPT-01", severity=Severity.INFO, gate=Gate.PUBLISH, title="無", source="無")
def kept(_: CheckContext) -> tuple[Finding, ...]:
    """Find nothing."""
    return ()


@hookimpl
def clusterplan_checks() -> list[Rule | str]:
    """Offer a text beside a rule."""
    return ["STR-01", kept]
