"""A plugin that raises when it is asked for rules."""

from __future__ import annotations

from collections.abc import Iterable

from clusterplan.plugins import Manifest, Rule, Sample, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_checks() -> Iterable[Rule]:
    """Fail."""
    raise ZeroDivisionError("no rules today")


@hookimpl
def clusterplan_samples() -> Iterable[Sample]:
    """Offer a sample all the same."""
    return [Sample(name="raises-in-hook.yaml", text="")]
