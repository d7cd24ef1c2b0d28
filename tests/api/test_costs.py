"""What costly fields are taken to cost, so that repeating them is refused."""

from __future__ import annotations

import pytest

from clusterplan.api.schema import ASSUMED_SIZES, build_schema
from clusterplan.plugins.host import Plugins
from served import Served


@pytest.mark.parametrize("place", ASSUMED_SIZES, ids=".".join)
def test_every_list_with_an_assumed_size_is_in_the_schema(
    plugins: Plugins, place: tuple[str, str]
) -> None:
    """A renamed field would silently count as another size."""
    schema = build_schema(plugins.plan_types)
    type_name, field = place
    assert f"type {type_name} " in schema.as_str()
    assert schema.get_field_for_type(field, type_name) is not None


@pytest.mark.parametrize(
    ("field", "allowed"),
    [
        ("checkPlan(document: {id: 5}) { ok }", 2),
        ('checkPlan(id: "unheard-of") { ok }', 20),
        ("investmentMap(maxPoints: 0) { truncated }", 9),
        ("investmentMap { truncated }", 9),
        ("due { planId }", 8),
        ("progress { asOf }", 8),
        ("causes { planId }", 8),
        ("plans(first: 100) { nodes { document } }", 2),
        ("plans(first: 10) { nodes { revisions { document } } }", 2),
        (
            'compare(planId: "unheard-of", older: "1.0", newer: "2.0") { changed { id } }',
            20,
        ),
    ],
)
def test_a_costly_field_is_repeated_only_so_often(
    world: Served, field: str, allowed: int
) -> None:
    """One request cannot keep the server busy by aliases."""
    for times, refused in ((allowed, False), (allowed + 10, True)):
        aliases = " ".join(f"f{n}: {field}" for n in range(times))
        response = world.client.post("/graphql", json={"query": f"{{ {aliases} }}"})
        reasons = {e["extensions"]["reason"] for e in response.json().get("errors", ())}
        assert ("QUERY_TOO_COSTLY" in reasons) is refused


def test_a_filter_that_nobody_needs_is_refused_everywhere(world: Served) -> None:
    """In lists, on the map and in downloads."""
    words = " ".join(f"w{n}" for n in range(50))
    for query in (
        "plans(filter: $f) { totalCount }",
        "investmentMap(filter: $f) { asOf }",
    ):
        refusals = world.refusals(
            f"query ($f: PlanFilter) {{ {query} }}", {"f": {"text": words}}
        )
        assert refusals == [("LIMIT_EXCEEDED", "FILTER_TOO_LARGE", "/text")]
    response = world.client.get("/exports/geojson", params={"text": words})
    assert response.status_code == 400
