"""Objects by their node id, and that nothing is read through them that is not public."""

from __future__ import annotations

import pytest

from served import OPERATOR, Served

NODE = "query ($id: ID!) { node(id: $id) { __typename id } }"
PLAN = "sample-strategic-semiconductor"


@pytest.mark.parametrize(
    ("id_", "kind", "own"),
    [
        (f"Plan:{PLAN}", "Plan", PLAN),
        (f"Measure:{PLAN}:M-01", "Measure", "M-01"),
        (f"Challenge:{PLAN}:CH-2", "Challenge", "CH-2"),
        (f"Indicator:{PLAN}:IN-1", "Indicator", "IN-1"),
        (f"Venue:{PLAN}:V-1", "Venue", "V-1"),
        (f"Investment:{PLAN}:SAMPLE-INV-1", "Investment", "SAMPLE-INV-1"),
        ("Plan:tokyo-machida-r3", "Plan", "tokyo-machida-r3"),
    ],
)
def test_an_object_is_found_by_its_kind_and_ids(
    world: Served, id_: str, kind: str, own: str
) -> None:
    """The answer is an object of the kind that the id names."""
    found = world.ask(NODE, {"id": id_})["node"]
    assert found == {"__typename": kind, "id": own}


@pytest.mark.parametrize(
    "id_",
    [
        "",
        ":",
        "Plan",
        "Plan:",
        "Plan:unheard-of",
        f"Plan:{PLAN}:M-01",
        f"plan:{PLAN}",
        f"Area:{PLAN}",
        "Query:x",
        f"Measure:{PLAN}",
        f"Measure:{PLAN}:",
        f"Measure:{PLAN}:M-99",
        f"Measure:{PLAN}:M-01:x",
        "Measure:unheard-of:M-01",
        f"Investment:{PLAN}:SAMPLE-INV-2",
        f"__class__:{PLAN}:x",
    ],
)
def test_an_unknown_node_is_null(world: Served, id_: str) -> None:
    """No text in the place of a node id is an error."""
    assert world.ask(NODE, {"id": id_}) == {"node": None}


@pytest.mark.parametrize(
    ("id_", "actor"),
    [
        ("Plan:sample-local-lacquerware", "municipality:172049"),
        ("Measure:sample-local-lacquerware:M-01", "municipality:172049"),
        ("Investment:sample-local-lacquerware:SAMPLE-INV-3", "municipality:172049"),
        ("Plan:bureau-draft", "prefecture:430005"),
        ("Challenge:bureau-draft:CH-1", OPERATOR),
        (f"Investment:{PLAN}:INV-W", "prefecture:430005"),
    ],
)
def test_what_is_not_public_is_null_but_for_who_may_read_it(
    world: Served, id_: str, actor: str
) -> None:
    """A node is guarded as the plan is that it belongs to; hidden is as unknown."""
    assert world.ask(NODE, {"id": id_}) == {"node": None}
    stranger = world.token("prefecture:010006")
    assert world.ask(NODE, {"id": id_}, token=stranger) == {"node": None}
    assert world.ask(NODE, {"id": id_}, token=world.token(actor))["node"] is not None


def test_a_node_is_told_in_full_by_its_own_fields(world: Served) -> None:
    """Fragments on the kinds read what they read elsewhere."""
    query = """query ($id: ID!) { node(id: $id) {
      ... on Measure { title fiveW1h { content } }
      ... on Plan { edition details { __typename } } } }"""
    measure = world.ask(query, {"id": f"Measure:{PLAN}:M-02"})["node"]
    assert measure["title"] == "工業用水道の延伸"
    assert measure["fiveW1h"]["content"] == "日量2万m3の送水管を延伸する。"
    plan = world.ask(query, {"id": "Plan:tokyo-adachi-r3"})["node"]
    assert plan["details"] == {"__typename": "LocalRevitalizationPlanDetails"}
