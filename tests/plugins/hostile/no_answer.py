"""A plugin that forgets to return anything."""

from __future__ import annotations

from clusterplan.plugins import Manifest, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_checks() -> None:
    """Return nothing."""
