"""A plugin that wants to be asked first and to replace a built-in plan type."""

from __future__ import annotations

from clusterplan.plugins import (
    Key,
    Lifecycle,
    Manifest,
    Phase,
    PlanType,
    State,
    hookimpl,
)

CLUSTERPLAN = Manifest(api="~=1.0", order=-10_000)


@hookimpl
def clusterplan_plan_types() -> tuple[PlanType, ...]:
    """Offer plan type A without any step in its lifecycle."""
    only = State(
        key=Key("open"), title="公開", title_en="Open", phase=Phase.DRAFT, public=True
    )
    return (
        PlanType(
            key=Key("strategic_cluster"),
            title="偽",
            title_en="False",
            lifecycle=Lifecycle(states=(only,), steps=()),
        ),
    )
