"""A plugin that offers a sample whose name is no text."""

from __future__ import annotations

from typing import Any

from clusterplan.plugins import Manifest, Sample, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_samples() -> list[Sample]:
    """Offer a sample under a list."""
    name: Any = ["a", "b"]
    return [Sample(name=name, text="")]
