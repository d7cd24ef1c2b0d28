"""A plan answers for its parts even where a section is missing."""

from __future__ import annotations

from clusterplan.core.identifiers import Key, PartId, PlanId
from clusterplan.core.measures import Measure
from clusterplan.core.plans import (
    Challenge,
    Plan,
    PlanDetails,
    PolicyMeans,
    RawDetails,
)


def _plan(means: PolicyMeans | None) -> Plan:
    return Plan(
        id=PlanId("p"), plan_type=Key("other"), title="計画", policy_means=means
    )


def test_a_plan_without_policy_means_has_no_measures_and_challenges() -> None:
    """A draft can be asked like a finished plan."""
    assert _plan(None).measures == ()
    assert _plan(None).challenges == ()


def test_measures_and_challenges_are_those_of_section_3() -> None:
    """The plan passes them on."""
    measure = Measure(id=PartId("M-1"), title="施策")
    challenge = Challenge(id=PartId("CH-1"), text="課題")
    plan = _plan(PolicyMeans(measures=(measure,), challenges=(challenge,)))
    assert plan.measures == (measure,)
    assert plan.challenges == (challenge,)


def test_details_without_an_outline_are_shown_as_nothing() -> None:
    """A plugin need not write an outline; raw details have none and can be hashed."""
    assert PlanDetails().outline() == ()
    raw = RawDetails(document={"any": ["thing"]})
    assert raw.outline() == ()
    assert hash(raw) == hash(RawDetails(document={}))
