"""A plugin that implements a hook which does not exist."""

from __future__ import annotations

from clusterplan.plugins import Manifest, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_chekcs() -> tuple[()]:
    """Offer nothing at the wrong place."""
    return ()
