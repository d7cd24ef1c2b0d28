"""Who revises plans follows from who brought them into force."""

from __future__ import annotations

import attrs

from clusterplan.core.actors import CABINET_SECRETARIAT, HEAD, LOCAL_GOVERNMENT, METI
from clusterplan.core.lifecycle import Lifecycle, Step
from clusterplan.core.revisions import ADOPT, REVISION, RevisionRules
from clusterplan.core.services.domain import Domain
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC


def steps(domain: Domain, plan_type: str, *, precheck: bool = False) -> dict[str, Step]:
    """Return the steps with an open revision of a plan type."""
    lifecycle = domain.plan_type(plan_type).lifecycle
    rules = RevisionRules.of(lifecycle, precheck=precheck)
    return {step.key: step for step in rules.lifecycle.steps}


def test_the_state_revises_what_it_formulated(domain: Domain) -> None:
    """Each of the two bodies works on it, and both adopt it."""
    told = steps(domain, STRATEGIC)
    assert told["save"].actors == (CABINET_SECRETARIAT, METI)
    assert not told["save"].joint
    assert told["adopt"].joint
    assert not told["adopt"].by_lead


def test_a_local_government_revises_what_its_head_published(domain: Domain) -> None:
    """Its offices work on it, and the head adopts it."""
    for plan_type in (REGIONAL, LOCAL_GROWTH):
        told = steps(domain, plan_type)
        assert told["save"].actors == (*LOCAL_GOVERNMENT, HEAD)
        assert told["save"].by_lead
        assert (told["adopt"].actors, told["adopt"].by_lead) == ((HEAD,), True)


def test_the_precheck_is_a_step_where_it_is_asked_for(domain: Domain) -> None:
    """Adoption needs it then."""
    assert "precheck" not in steps(domain, REGIONAL)
    told = steps(domain, REGIONAL, precheck=True)
    assert told["precheck"].joint
    assert told["adopt"].needs_checked_text


def test_a_type_whose_plans_come_into_force_by_no_step_is_revised_by_the_state(
    domain: Domain,
) -> None:
    """Such as plans that are only imported."""
    lifecycle = domain.plan_type(REGIONAL).lifecycle
    imported = attrs.evolve(lifecycle, steps=())
    rules = RevisionRules.of(imported, precheck=False)
    (adopt,) = (s for s in rules.lifecycle.steps if s.key == ADOPT)
    assert (adopt.actors, adopt.joint) == ((CABINET_SECRETARIAT, METI), True)


def test_a_revision_begins_open_and_ends_adopted_or_dropped() -> None:
    """Its lifecycle is a small one of its own."""
    lifecycle: Lifecycle = REVISION.lifecycle
    assert [state.key for state in lifecycle.states] == ["open", "adopted", "dropped"]
    assert lifecycle.initial.key == "open"
