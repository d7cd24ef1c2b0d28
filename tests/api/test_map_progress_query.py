"""Points of the map tell how far their plan is, and can be asked for by it."""

from __future__ import annotations

from typing import Any

import attrs

from map_progress import BEHIND
from progress_reports import reported
from served import Served
from stores import REGIONAL, STRATEGIC, record

MAP = """query ($filter: PlanFilter, $asOf: Date) {
  investmentMap(filter: $filter, asOf: $asOf) {
    points { planId grade gradedOn isStale nextDueOn }
    facets { field values { value title count } } } }"""


def drawn(served: Served, **arguments: Any) -> dict[str, dict[str, Any]]:
    """Return points by their plan, and the facet of grades."""
    found = served.ask(MAP, arguments)["investmentMap"]
    grades = next(f for f in found["facets"] if f["field"] == "grades")
    points = {point.pop("planId"): point for point in found["points"]}
    return points | {"facet": {v["value"]: v["count"] for v in grades["values"]}}


def test_points_tell_the_progress_of_their_plan(served: Served) -> None:
    """By name of the grade; the filter takes what the facet tells."""
    served.add(STRATEGIC, {"/record": record()})
    plan_id = served.add(REGIONAL, {"/record": record()})
    reported(served.store, attrs.evolve(served.domain, rules=()), plan_id, BEHIND)
    found = drawn(served)
    assert found[plan_id] == {
        "grade": "SERIOUSLY_DELAYED",
        "gradedOn": "2026-09-30",
        "isStale": False,
        "nextDueOn": "2027-05-31",
    }
    assert found["sample-strategic-semiconductor"] == {
        "grade": None,
        "gradedOn": None,
        "isStale": False,
        "nextDueOn": "2026-11-30",
    }
    assert found["facet"] == {"NO_DATA": 1, "SERIOUSLY_DELAYED": 1}
    behind = {"grades": ["SERIOUSLY_DELAYED", "REGRESSED"]}
    assert set(drawn(served, filter=behind)) == {plan_id, "facet"}
    old = drawn(served, asOf="2027-06-30", filter=behind)
    assert old[plan_id]["isStale"] is True
    assert plan_id not in drawn(served, asOf="2026-11-20", filter=behind)
