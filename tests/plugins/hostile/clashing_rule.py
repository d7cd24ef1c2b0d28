"""A plugin that wants to replace a built-in rule, beside one of its own."""

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

CLUSTERPLAN = Manifest(api="~=1.0", order=-10_000)


def _nothing(_: CheckContext) -> tuple[Finding, ...]:
    return ()


@hookimpl
def clusterplan_checks() -> list[Rule]:
    """Offer two rules that find nothing."""
    return [
        rule(id_, severity=Severity.INFO, gate=Gate.PUBLISH, title="無", source="無")(
            _nothing
        )
        for id_ in ("STR-01", "OWN-01")
    ]
