"""A plugin that does not say which interface it works with."""

from __future__ import annotations

from clusterplan.plugins import hookimpl


@hookimpl
def clusterplan_checks() -> tuple[()]:
    """Offer nothing."""
    return ()
