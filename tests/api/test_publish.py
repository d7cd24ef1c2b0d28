"""Domain classes as GraphQL types: what is published, and what cannot be."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Mapping
from typing import Annotated, Any

import pytest
import strawberry
from attrs import frozen
from strawberry.schema.config import StrawberryConfig

from clusterplan.api.publish import Registry
from clusterplan.api.scalars import scalar_definitions
from clusterplan.core.identifiers import PartId, Yen
from clusterplan.core.paging import Page
from clusterplan.core.terms import Term


class Colour(enum.Enum):
    """A colour of a boat."""

    RED = "red"
    SEA_GREEN = "sea green"


@frozen(kw_only=True)
class Boat:
    """A boat.

    More than the first paragraph is not told.
    """

    id: Annotated[PartId, Term("船ID", "Unique in the harbour.")]
    colours: Annotated[tuple[Colour, ...], Term("色", "All of them.")] = ()
    trim: Annotated[Colour | None, Term("縁", "Colour of the trim.")] = None
    price: Annotated[Yen | None, Term("価格", "In yen.")] = None
    secret: str = "hidden"  # noqa: S105 - what is not published


@frozen(kw_only=True)
class Wish:
    """What somebody looks for."""

    size: Annotated[int, Term("長さ", "In metres.")]
    colours: Annotated[tuple[Colour, ...], Term("色", "Any of them.")] = ()
    trim: Annotated[Colour | None, Term("縁", "Colour of the trim.")] = None
    also: Annotated[tuple[Place, ...], Term("場所", "Where it may lie.")] = ()
    plain: str = "unset"


@frozen
class Place:
    """A place in the harbour."""

    berth: Annotated[int, Term("番号", "Number of the berth.")]


RED = Boat(id=PartId("red"), colours=(Colour.RED, Colour.SEA_GREEN), trim=Colour.RED)


def boats(wish: Wish | None = None) -> Page[Boat]:
    """船: boats of a harbour."""
    items = [RED] if wish is None else [RED, Boat(id=PartId(repr(wish)))]
    return Page(
        items=items,
        cursors=[b.id for b in items],
        total=7,
        has_next=True,
        has_previous=False,
    )


def fleet() -> Page[Boat]:
    """船団: the same boats by another field."""
    return boats()


def trim(colour: Colour = Colour.SEA_GREEN, *, dark: bool = False) -> Colour | None:
    """縁: the colour again."""
    assert isinstance(colour, Colour)
    return None if dark else colour


async def colours() -> tuple[Colour, ...]:
    """色: all colours."""
    return tuple(Colour)


async def name(boat: Boat, prefix: Annotated[str, Term("前置", "In front.")]) -> str:
    """船名: the name of a boat."""
    assert isinstance(boat, Boat)
    return prefix + boat.id


def harbour() -> strawberry.Schema:
    """Make a schema of boats."""
    registry = Registry()
    registry.publish(Boat, resolvers=[name], node=True)
    query = registry.root(
        "Query", [boats, fleet, trim, colours], description="A harbour."
    )
    return strawberry.Schema(
        query, config=StrawberryConfig(scalar_map=scalar_definitions())
    )


def run(query: str, variables: dict[str, Any] | None = None) -> Any:
    """Return the data of an answer that has no errors."""
    result = asyncio.run(harbour().execute(query, variables))
    assert not result.errors
    return result.data


def test_an_attribute_without_a_term_is_not_published() -> None:
    """What has a term has a field, described by it; the rest stays inside."""
    text = harbour().as_str()
    boat = text.split("type Boat implements Node {")[1].split("}")[0]
    assert '"""色: All of them."""\n  colours: [Colour!]!' in boat
    assert "secret" not in boat
    assert '"""A boat."""\ntype Boat' in text
    assert "More than" not in text


def test_the_classes_of_the_domain_stay_unmarked() -> None:
    """Publishing leaves no trace on a class or an enum."""
    harbour()
    for cls in (Boat, Wish, Place, Colour):
        assert not any("strawberry" in name for name in dir(cls))


def test_resolvers_take_and_give_objects_of_the_domain() -> None:
    """Enums go in and out by name, whether single, optional or in lists."""
    data = run(
        """{ trim again: trim(colour: RED) none: trim(dark: true) colours
          fleet { totalCount } boats { nodes { id colours trim price name(prefix: "MS ") }
            edges { cursor node { id } } totalCount pageInfo { endCursor } } }"""
    )
    assert (data["trim"], data["again"], data["none"]) == ("SEA_GREEN", "RED", None)
    assert data["fleet"] == {"totalCount": 7}
    assert data["colours"] == ["RED", "SEA_GREEN"]
    assert data["boats"] == {
        "nodes": [
            {
                "id": "red",
                "colours": ["RED", "SEA_GREEN"],
                "trim": "RED",
                "price": None,
                "name": "MS red",
            }
        ],
        "edges": [{"cursor": "red", "node": {"id": "red"}}],
        "totalCount": 7,
        "pageInfo": {"endCursor": "red"},
    }


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"size": 4}, Wish(size=4)),
        (
            {"size": 4, "colours": None, "trim": None, "also": None, "plain": None},
            Wish(size=4),
        ),
        (
            {
                "size": 4,
                "colours": ["RED"],
                "trim": "SEA_GREEN",
                "also": [{"berth": 1}, {"berth": 2}],
                "plain": "set",
            },
            Wish(
                size=4,
                colours=(Colour.RED,),
                trim=Colour.SEA_GREEN,
                also=(Place(1), Place(2)),
                plain="set",
            ),
        ),
    ],
)
def test_an_input_becomes_an_object_of_the_domain(
    given: dict[str, Any], meant: Wish
) -> None:
    """What is left out or null takes the default of the class."""
    data = run(
        "query ($wish: WishInput) { boats(wish: $wish) { nodes { id } } }",
        {"wish": given},
    )
    assert data["boats"]["nodes"][1]["id"] == repr(meant)


@pytest.mark.parametrize(
    "annotation",
    [
        dict[str, int],
        Mapping[str, str],
        list[str],
        set[str],
        tuple[str, int],
        tuple[str, str],
        tuple[()],
        int | str,
        int | str | None,
        bytes,
        object,
        Any,
        None,
    ],
)
def test_a_type_that_graphql_has_no_form_for_is_refused(annotation: Any) -> None:
    """It is never published as something else."""
    for of in (Registry().output, Registry().input):
        with pytest.raises((TypeError, ValueError)):
            of(annotation)


def test_a_class_has_one_view_a_registry() -> None:
    """Asking again gives the same type; another registry makes its own."""
    one, other = Registry(), Registry()
    assert one.output(Boat) is one.output(Boat)
    assert one.output(Colour) is one.input(Colour)
    assert one.input(Wish) is one.input(Wish)
    assert one.output(Boat) is not other.output(Boat)


def test_the_text_of_a_scalar_is_that_of_its_value() -> None:
    """A whole number is no boolean, and no text."""
    registry = Registry()

    def twice(amount: Annotated[Yen, Term("金額", "In yen.")]) -> Yen:
        """倍: twice the amount."""
        return Yen(2 * amount)

    query = registry.root("Query", [twice], description="Numbers.")
    schema = strawberry.Schema(
        query, config=StrawberryConfig(scalar_map=scalar_definitions())
    )
    asked = "query ($amount: BigInt!) { twice(amount: $amount) }"
    answer = schema.execute_sync(asked, {"amount": 2**53})
    assert answer.data == {"twice": 2**54}
    assert schema.execute_sync("{ twice(amount: 9007199254740993) }").data == {
        "twice": 2 * 9007199254740993
    }
    for wrong in (True, "5", 1.5, None):
        assert schema.execute_sync(asked, {"amount": wrong}).errors
