"""The size of a query: its depth, its counts and the objects that it may return."""

from __future__ import annotations

import pytest
from graphql import build_schema, get_introspection_query, parse

from clusterplan.api.prices import Prices, Pricing, connection_types
from clusterplan.api.weighing import Size, measure, running

SCHEMA = build_schema("""
    interface Named { name: String }
    type Page { number: Int book: Book }
    type Book implements Named {
      name: String
      pages: [Page!]!
      sequels(first: Int, last: Int): Books!
    }
    type BookEdge { node: Book! }
    type Books { totalCount: Int nodes: [Book!]! edges: [BookEdge!]! }
    type Query {
      word: String
      book: Book
      books(first: Int, last: Int): Books!
      recent(first: Int! = 20): [Book!]!
      shelf(points: Int! = 2000): Book
    }
""")
PRICES = Prices(
    assumed_sizes={("Book", "pages"): 20},
    weights={
        ("Query", "shelf"): lambda arguments: arguments["points"] // 10,
        ("Page", "book"): 7,
    },
)


def size(
    query: str, name: str | None = None, variables: dict[str, object] | None = None
) -> Size:
    """Return how large *query* is when operation *name* runs with *variables*."""
    document = parse(query)
    return measure(
        document,
        Pricing(
            schema=SCHEMA,
            prices=PRICES,
            connections=connection_types(SCHEMA),
            operation=running(document, name),
            variables=variables or {},
        ),
    )


def cost(query: str, name: str | None = None, **variables: object) -> int:
    """Return what *query* costs."""
    return size(query, name, variables).cost


def bomb(levels: int, leaf: str = "a: word") -> str:
    """Return a query that doubles at each of *levels*."""
    chain = " ".join(
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)
    )
    return f"{{ ...F0 }} {chain} fragment F{levels} on Query {{ {leaf} }}"


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("{word}", 0),
        ("{__typename}", 0),
        ("{book{name}}", 1),
        ("{book{pages{number}}}", 1 + 20),
        ("{book{pages{book{name}}}}", 1 + 20 + 20 * 7),
        ("{books(first:3){totalCount}}", 1),
        ("{books(first:3){nodes{name}}}", 1 + 3),
        ("{books(first:3){edges{node{name}}}}", 1 + 3 * 2),
        ("{books(last:4){nodes{name}}}", 1 + 4),
        ("{books(first:3 last:4){nodes{name}}}", 1 + 4),
        ("{books(first:-5){nodes{name}}}", 1 + 5),
        ("{books(first:0){nodes{name}}}", 1),
        ("{books{nodes{name}}}", 1 + 50),
        ("{books(first:null){nodes{name}}}", 1 + 50),
        ("{recent{name}}", 20),
        ("{recent(first:5){name}}", 5),
        ("{books(first:3){nodes{sequels(first:4){nodes{name}}}}}", 1 + 3 * 6),
        ("{shelf{name}}", 200),
        ("{shelf(points:50){name}}", 5),
        ("{books(first:3){...F}} fragment F on Books{nodes{name}}", 1 + 3),
        ("{book{...on Named{name} ...on Book{pages{number}}}}", 1 + 20),
        ("{unknown{unknown(first:5){name}}}", 0),
        ("{shelf(points:x){name}}", 1),
    ],
)
def test_the_cost_of_a_query_is_the_objects_that_it_may_return(
    query: str, expected: int
) -> None:
    """An object is 1, a scalar 0, and a list counts what is beneath it."""
    assert cost(query) == expected


def test_a_page_size_may_come_from_a_variable() -> None:
    """The value counts, then the default, and without either a whole page of 100."""
    query = "query($n:Int){books(first:$n){nodes{name}}}"
    assert cost(query, n=7) == 8
    assert cost(query, n=7.0) == 8
    assert cost(query, n=None) == 51
    assert cost(query) == 101
    assert cost(query.replace("Int)", "Int=9)")) == 10
    assert cost(query.replace("Int)", "Int=null)")) == 51
    assert cost(query, n="many") == 51
    assert cost(query, n=-(10**30)) == 1_000_000_000


def test_a_weight_gets_the_arguments_as_the_resolver_would() -> None:
    """Variables and defaults are filled in before the weight is asked."""
    query = "query($n:Int!){shelf(points:$n){name}}"
    assert cost(query, n=70) == 7
    assert cost(query, n="x") == 1


def test_only_the_operation_that_runs_is_charged() -> None:
    """The other operations of the document cost nothing, but are counted."""
    query = "query A{word} query B{books(first:100){nodes{name}}}"
    assert cost(query, "A") == 0
    assert cost(query, "B") == 101
    assert size(query, "A").shape.depth == 3


def test_fields_and_aliases_are_counted_at_each_spread_of_a_fragment() -> None:
    """A fragment is walked once and counted as often as it is used."""
    shape = size("{...F ...F x:word} fragment F on Query{a:word b:word @skip(if:true)}")
    assert (shape.shape.fields, shape.shape.aliases) == (5, 5)
    assert (shape.shape.directives, shape.shape.directives_at_once) == (2, 1)


@pytest.mark.parametrize("levels", [20, 40, 60])
def test_a_fragment_bomb_is_weighed_in_linear_time(levels: int) -> None:
    """Each level doubles the query and adds a line to the work."""
    query = bomb(levels)
    found = size(query)
    assert found.fragments == levels + 1
    assert found.shape.fields == min(2**levels, 1_000_000_000)


def test_depth_is_measured_without_recursion() -> None:
    """Chains of fragments go deeper than Python's stack."""
    chain = " ".join(
        f"fragment F{n} on Book{{{'pages{book{' * 90}...F{n + 1}{'}}' * 90}}}"
        for n in range(20)
    )
    query = f"{{book{{...F0}}}} {chain} fragment F20 on Book{{name}}"
    assert size(query).shape.depth == 1 + 20 * 180 + 1


def test_introspection_is_deep_and_costs_nothing() -> None:
    """What clients ask about the schema says nothing of the data."""
    found = size(get_introspection_query(), "IntrospectionQuery")
    assert (found.shape.depth, found.cost) == (15, 0)
