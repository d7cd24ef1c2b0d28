"""Tokyo's local industry revitalization plans (地域産業活性化計画) for clusterplan.

A municipality makes the plan, the prefecture approves it, and its projects become
definite when both assemblies have voted the budget.
"""

from __future__ import annotations

from importlib import resources

from clusterplan.plugins import (
    Manifest,
    PlanType,
    ReferenceList,
    Rule,
    Sample,
    hookimpl,
)

from .plan_type import PLAN_TYPE
from .reference_lists import REFERENCE_LISTS
from .rules import RULES

CLUSTERPLAN = Manifest(api="~=1.0")


@hookimpl
def clusterplan_plan_types() -> tuple[PlanType, ...]:
    """Offer the plan type."""
    return (PLAN_TYPE,)


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules TKY-01 to TKY-05."""
    return RULES


@hookimpl
def clusterplan_reference_data() -> tuple[ReferenceList, ...]:
    """Offer the categories of the plan type, and instruments that its plans use."""
    return REFERENCE_LISTS


@hookimpl
def clusterplan_samples() -> tuple[Sample, ...]:
    """Offer four plans that Tokyo approved for fiscal 2021 to 2023."""
    plans = resources.files(__name__) / "plans"
    return tuple(
        Sample(name=name, text=(plans / name).read_text(encoding="utf-8"))
        for name in ("adachi.yaml", "setagaya.yaml", "machida.yaml", "hamura.yaml")
    )
