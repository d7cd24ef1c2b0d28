"""A plugin that asks a hook for something it does not give."""

from __future__ import annotations

from collections.abc import Iterable

from clusterplan.plugins import Manifest, Rule, Sample, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_checks(config: object) -> Iterable[Rule]:
    """Want a configuration."""
    del config
    return ()


@hookimpl
def clusterplan_samples() -> Iterable[Sample]:
    """Offer a sample that must not be left behind."""
    return [Sample(name="wrong-argument.yaml", text="")]


@hookimpl
def clusterplan_exporters(config: object) -> tuple[()]:
    """Want it again."""
    del config
    return ()
