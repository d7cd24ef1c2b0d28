"""Rules on plans that no file could bring: bare parts, and very many of them."""

from __future__ import annotations

import attrs
import pytest

from clusterplan.core.checks import CheckContext, run_checks
from clusterplan.core.findings import Gate
from clusterplan.core.identifiers import InvestmentId, Key, PartId, PlanId
from clusterplan.core.investments import Investment, Site
from clusterplan.core.measures import Dependency, Measure
from clusterplan.core.plans import Plan, PolicyMeans
from clusterplan.core.reference import ReferenceData
from clusterplan.plugins.host import Plugins

A, B, C = "strategic_cluster", "regional_cluster", "local_industry_growth"


def context_of(plan: Plan, plugins: Plugins, reference: ReferenceData) -> CheckContext:
    """Return what rules see of a plan made in code."""
    kind = plugins.plan_types[plan.plan_type]
    return CheckContext(plan=plan, plan_type=kind, investments={}, reference=reference)


@pytest.mark.parametrize("plan_type", [A, B, C])
def test_bare_parts_make_no_rule_fail(
    plan_type: str, plugins: Plugins, reference: ReferenceData
) -> None:
    """A measure and an investment with nothing but ids, and a reference to nowhere."""
    id_ = InvestmentId("INV-1")
    bare = Measure(
        id=PartId("M-01"),
        title="施策",
        depends_on=(Dependency(measure=PartId("M-99")),),
    )
    plan = Plan(
        id=PlanId("p"),
        plan_type=Key(plan_type),
        title="計画",
        policy_means=PolicyMeans(measures=(bare,)),
        investments=(id_, InvestmentId("INV-2")),
    )
    known = Investment(id=id_, title="投資", sites=(Site(),))
    context = attrs.evolve(
        context_of(plan, plugins, reference), investments={id_: known}
    )
    for gate in Gate:
        assert run_checks(plugins.rules, context, gate).unchecked == ()


def test_a_long_chain_of_measures_is_no_ring(
    plugins: Plugins, reference: ReferenceData
) -> None:
    """Two thousand measures, each waiting for the one before, are looked at in time."""
    chain = tuple(
        Measure(
            id=PartId(f"M-{n}"),
            title="施策",
            depends_on=(Dependency(measure=PartId(f"M-{n - 1}")),) if n else (),
        )
        for n in range(2_000)
    )
    means = PolicyMeans(measures=chain)
    plan = Plan(id=PlanId("p"), plan_type=Key(B), title="計画", policy_means=means)
    (ordering,) = (r for r in plugins.rules if r.id == "MEA-03")
    report = run_checks([ordering], context_of(plan, plugins, reference), Gate.PUBLISH)
    assert (report.findings, report.unchecked) == ((), ())
