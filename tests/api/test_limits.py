"""Queries are weighed before they are validated, in time that grows with their text."""

from __future__ import annotations

import asyncio
from typing import Any, cast

import pytest
import strawberry
from graphql import get_introspection_query
from strawberry import Schema

from clusterplan.api.limits import Limits, count_tokens, extensions
from clusterplan.api.prices import Prices


@strawberry.interface
class Named:
    """What has a name."""

    name: str


@strawberry.type
class Book(Named):
    """What costs one."""

    @strawberry.field
    def pages(self) -> list[Page]:
        """Return a list whose size is assumed."""
        return []

    @strawberry.field
    def sequels(self, first: int | None = None, last: int | None = None) -> Books:
        """Return a page below a page."""
        return Books(total_count=first or last or 0)


@strawberry.type
class Page:
    """What weighs seven in a book."""

    number: int
    book: Book | None = None


@strawberry.type
class BookEdge:
    """A step from a page to a book."""

    node: Book


@strawberry.type
class Books:
    """One page of books."""

    total_count: int = 0

    @strawberry.field
    def nodes(self) -> list[Book]:
        """Return the books of the page."""
        return []

    @strawberry.field
    def edges(self) -> list[BookEdge]:
        """Return the steps to the books of the page."""
        return []


@strawberry.type
class Query:
    """Where queries start."""

    word: str = "言葉"
    book: Book | None = None

    @strawberry.field
    def books(self, first: int | None = None, last: int | None = None) -> Books:
        """Return a page whose size has no default."""
        return Books(total_count=first or last or 0)


PRICES = Prices(assumed_sizes={("Book", "pages"): 20})


def make(limits: Limits | None = None, cached_documents: int = 128) -> Schema:
    """Return a schema that keeps *limits*."""
    return strawberry.Schema(
        Query,
        extensions=extensions(
            limits or Limits(), PRICES, cached_documents=cached_documents
        ),
    )


SCHEMA = make()


def execute(
    query: str, *, schema: Schema = SCHEMA, **variables: object
) -> list[dict[str, Any]]:
    """Return the facts of the errors that *query* ends in."""
    result = asyncio.run(
        schema.execute(query, variables, root_value=Query(book=Book(name="本")))
    )
    return [dict(error.extensions or {}) for error in result.errors or ()]


def reasons(query: str, *, schema: Schema = SCHEMA, **variables: object) -> set[str]:
    """Return the limits that *query* breaks."""
    found = execute(query, schema=schema, **variables)
    assert all(error["code"] == "LIMIT_EXCEEDED" for error in found)
    assert all(error["messageJa"] for error in found)
    assert all(error["actual"] > error["limit"] for error in found)
    return {error["reason"] for error in found}


def nested(levels: int) -> str:
    """Return a query of so many *levels*."""
    return (
        "{book"
        + "{sequels(first:2){nodes" * ((levels - 2) // 2)
        + "{name"
        + "}" * levels
    )


def bomb(levels: int, leaf: str = "a: word") -> str:
    """Return a query that doubles at each of *levels*."""
    chain = " ".join(
        f"fragment F{n} on Query {{ ...F{n + 1} ...F{n + 1} }}" for n in range(levels)
    )
    return f"{{ ...F0 }} {chain} fragment F{levels} on Query {{ {leaf} }}"


@pytest.mark.parametrize(
    "query",
    [
        "{...A} fragment A on Query{...B} fragment B on Query{...A}",
        "{...A} fragment A on Query{word ...A}",
        "{...Nobody}",
        "{...on Nobody{x{y}}}",
        "{...A} fragment A on Nobody{x{y(first:$n)}}",
        "{...A} fragment A on Query{word} fragment A on Query{word}",
        "type T{a:Int} {word}",
        "query($x:Nobody){books(first:$x){totalCount}}",
        "{word{word}}",
        "{book}",
    ],
)
def test_a_document_that_is_wrong_otherwise_is_left_to_validation(query: str) -> None:
    """Weighing comes first, so it meets every kind of broken document."""
    result = asyncio.run(SCHEMA.execute(query))
    assert result.errors
    assert not any("code" in (error.extensions or {}) for error in result.errors)


def test_eight_levels_pass_and_twenty_do_not() -> None:
    """Depth counts fields, the innermost included."""
    assert execute(nested(8)) == []
    assert reasons(nested(20)) >= {"QUERY_TOO_DEEP"}


def test_introspection_by_common_clients_passes() -> None:
    """The query of GraphiQL and of client libraries needs depth, but costs nothing."""
    query = get_introspection_query(
        specified_by_url=True,
        directive_is_repeatable=True,
        schema_description=True,
        input_value_deprecation=True,
    )
    assert execute(query) == []


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("{word" + " " * 20_000 + "}", "QUERY_TOO_LONG"),
        ("#" * 1_000_000, "QUERY_TOO_LONG"),
        ("," * 1_000_000 + "{word}", "QUERY_TOO_LONG"),
        ("{" + "word " * 3_000 + "}", "TOO_MANY_TOKENS"),
        ("#x\n" * 3_000 + "{word}", "TOO_MANY_TOKENS"),
        ("{" + "word " * 1_500 + "}", "TOO_MANY_FIELDS"),
        ("{" + " ".join(f"a{n}:word" for n in range(400)) + "}", "TOO_MANY_ALIASES"),
        ("{...F} fragment F on Query{" + "a:word " * 400 + "}", "TOO_MANY_ALIASES"),
        ("{word " + "@x " * 10 + "}", "TOO_MANY_DIRECTIVES_AT_ONCE"),
        ("query($v:Int " + "@x " * 10 + "){word}", "TOO_MANY_DIRECTIVES_AT_ONCE"),
        ("{" + "word @skip(if:true) " * 60 + "}", "TOO_MANY_DIRECTIVES"),
        (" ".join(f"query Q{n}{{word}}" for n in range(30)), "TOO_MANY_OPERATIONS"),
        (
            "{word}" + " ".join(f"fragment F{n} on Query{{word}}" for n in range(60)),
            "TOO_MANY_FRAGMENTS",
        ),
        (
            "{books(first:100){nodes{sequels(first:100){nodes{sequels{nodes{name}}}}}}}",
            "QUERY_TOO_COSTLY",
        ),
        ("{books(first:99999999999999999999){nodes{name}}}", "QUERY_TOO_COSTLY"),
        (bomb(60), "TOO_MANY_FRAGMENTS"),
        (bomb(40), "TOO_MANY_ALIASES"),
        (bomb(40, "word"), "TOO_MANY_FIELDS"),
        (bomb(40, "book{name}"), "QUERY_TOO_COSTLY"),
    ],
)
def test_a_query_that_is_too_large_is_refused_by_name(query: str, reason: str) -> None:
    """Each limit has its reason; a bomb that were run would never end."""
    assert reason in reasons(query)


def test_deep_chains_of_fragments_do_not_exhaust_the_stack() -> None:
    """Weighing is done without recursion, whatever the depth."""
    wide = Limits(depth=10_000, fragments=1_000, tokens=20_000, characters=100_000)
    deep = " ".join(
        f"fragment F{n} on Book{{{'pages{book{' * 90}...F{n + 1}{'}}' * 90}}}"
        for n in range(20)
    )
    query = f"{{book{{...F0}}}} {deep} fragment F20 on Book{{name}}"
    assert reasons(query, schema=make(wide)) == {
        "TOO_MANY_FIELDS",
        "QUERY_TOO_COSTLY",
    }


def test_every_limit_is_a_setting() -> None:
    """A lower limit refuses what the default lets pass."""
    query = "query A{book{x:name @skip(if:false)}} fragment F on Query{word}"
    low = {
        "QUERY_TOO_LONG": Limits(characters=10),
        "TOO_MANY_TOKENS": Limits(tokens=5),
        "QUERY_TOO_DEEP": Limits(depth=1),
        "TOO_MANY_FIELDS": Limits(fields=1),
    }
    assert {reason: reasons(query, schema=make(low[reason])) for reason in low} == {
        reason: {reason} for reason in low
    }
    with pytest.raises(ValueError, match="depth"):
        Limits(depth=0)


def test_a_repeated_query_is_neither_parsed_nor_validated_again() -> None:
    """The caches hit although the extensions are made anew for each request."""
    schema = make(cached_documents=77)
    query = "query($n:Int){books(first:$n){nodes{name}}}"
    parser, validation = cast("list[Any]", schema.get_extensions())
    for n in range(10):
        assert execute(query, schema=schema, n=n) == []
    assert parser.cached_parse_document.cache_info().hits == 9
    assert validation.cached_validate_document.cache_info().hits == 9


def test_the_cost_is_weighed_for_each_request() -> None:
    """A document that is cached as valid may still cost too much."""
    query = "query($n:Int){books(first:$n){nodes{sequels(first:$n){nodes{name}}}}}"
    assert reasons(query, n=10) == set()
    assert reasons(query, n=1_000) == {"QUERY_TOO_COSTLY"}
    assert reasons(query, n=10) == set()


def test_tokens_are_counted_as_the_parser_counts_them() -> None:
    """Comments count; what follows a broken token does not."""
    assert count_tokens("") == 0
    assert count_tokens("{ word # remark\n }") == 4
    assert count_tokens("{ word ! ? ! }") == 3
