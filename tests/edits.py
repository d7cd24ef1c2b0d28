"""Edits of parts of drafts, and what they leave in a store."""

from __future__ import annotations

from typing import Any

from clusterplan.core.actors import Actor
from clusterplan.core.documents.codec import plan_data
from clusterplan.core.documents.converter import stored_converter
from clusterplan.core.parts import PartKind
from clusterplan.core.plans import Plan
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.editing import (
    EditDone,
    EditInvestment,
    EditPart,
    edit_investment,
    edit_part,
)
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store
from steps import A_PLAN, BUREAU
from stores import looking, tamper

KUMAMOTO = Actor.parse("prefecture:430005")
MINISTRY = Actor.parse("ministry:meti")
INVESTMENT = "SAMPLE-INV-1"
NEW: dict[PartKind, dict[str, Any]] = {
    PartKind.MEASURE: {"title": "架空の新施策"},
    PartKind.INDICATOR: {"title": "架空の新指標", "unit": "件"},
    PartKind.CHALLENGE: {"text": "架空の新しい課題"},
    PartKind.VENUE: {"title": "架空の新しい会議"},
}


def plan_of(store: Store, plan_id: str = A_PLAN) -> Plan:
    """Return a plan as it is stored."""
    with store.read() as unit:
        found = unit.plan(plan_id, looking())
    assert found is not None
    return found.plan


def versions(store: Store, plan_id: str = A_PLAN) -> dict[str, int]:
    """Return the versions of the parts of a plan."""
    with store.read() as unit:
        return dict(unit.part_versions(plan_id))


def document(store: Store, kind: PartKind, part_id: str, **changes: Any) -> Any:
    """Return a part as a plan file has it, with other values."""
    data: Any = plan_data(plan_of(store))
    means = data["policy_means"]
    found = {
        PartKind.MEASURE: means["measures"],
        PartKind.INDICATOR: data["indicators"],
        PartKind.CHALLENGE: means["challenges"],
        PartKind.VENUE: data["venues"],
    }[kind]
    (part,) = [p for p in found if p["id"] == part_id]
    return {**part, **changes}


def edit(
    store: Store,
    domain: Domain,
    part_id: str,
    told: Any,
    version: int | None = None,
    **facts: Any,
) -> EditDone:
    """Edit a part of a plan: a measure of the A plan, by its bureau, unless told."""
    command = EditPart(
        plan_id=facts.pop("plan_id", A_PLAN),
        part=facts.pop("part", PartKind.MEASURE),
        part_id=part_id,
        document=told,
        by=facts.pop("by", BUREAU),
        expected_part_version=version,
        **facts,
    )
    return edit_part(command, store, domain)


def invest(
    store: Store, domain: Domain, told: Any, version: int | None = None, **facts: Any
) -> EditDone:
    """Edit an investment of a plan."""
    command = EditInvestment(
        plan_id=facts.pop("plan_id", A_PLAN),
        investment_id=facts.pop("investment_id", INVESTMENT),
        document=told,
        by=facts.pop("by", BUREAU),
        expected_version=version,
        **facts,
    )
    return edit_investment(command, store, domain)


def agrees_with_its_log(store: SqlStore) -> bool:
    """Tell whether a store agrees with its log, and is made from it again."""
    assert list(store.verify()) == []
    before = versions(store)
    tamper(store, "UPDATE cp_plan SET part_versions = '{}'")
    assert [f.where for f in store.verify()] == [f"plan {A_PLAN}"]
    store.rebuild()
    return versions(store) == before and list(store.verify()) == []


def investment(store: Store, **changes: Any) -> dict[str, Any]:
    """Return the investment of the A plan as a file has it, with other values."""
    with store.read() as unit:
        standing = unit.current(A_PLAN)
        assert standing is not None
        (told,) = unit.investments(standing.pins.values()).values()
    return {**stored_converter().unstructure(told), **changes}
