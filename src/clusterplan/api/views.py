"""Views that belong to no single class: nodes, pages, and how fields are read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import strawberry

from ..core.paging import Page

Convert = Callable[[Any], Any]


@strawberry.interface(description="Anything that has an id of its own.")
class Node:
    """Anything that has an id of its own."""

    id: strawberry.ID = strawberry.field(
        description="The id in the domain; unique among objects of its type."
    )


@strawberry.type(description="Where a page lies in its list.")
class PageInfo:
    """Where a page lies in its list."""

    has_next_page: bool = strawberry.field(description="Whether more follow.")
    has_previous_page: bool = strawberry.field(description="Whether some came before.")
    start_cursor: str | None = strawberry.field(description="Cursor of the first item.")
    end_cursor: str | None = strawberry.field(description="Cursor of the last item.")


def connection_view(node: Any, name: str) -> type:
    """Make the connection of a node type; its source is a `Page`."""
    edge = _type(
        f"{name}Edge",
        f"One {name} of a list, with its cursor.",
        {
            "cursor": (str, "Where the item lies in the list.", lambda e: e[1]),
            "node": (node, "The item.", lambda e: e[0]),
        },
    )
    return _type(
        f"{name}Connection",
        f"A page of a list of {name} objects.",
        {
            "nodes": (list[node], "The items of the page.", lambda p: p.items),
            "edges": (
                list[edge],  # type: ignore[valid-type]
                "The items of the page, each with its cursor.",
                lambda p: list(zip(p.items, p.cursors, strict=True)),
            ),
            "page_info": (PageInfo, "Where the page lies in the list.", _page_info),
            "total_count": (
                int,
                "How many items the whole list has.",
                lambda p: p.total,
            ),
        },
    )


def _type(
    name: str,
    description: str,
    fields: dict[str, tuple[Any, str, Callable[[Any], Any]]],
) -> type:
    namespace: dict[str, Any] = {
        key: strawberry.field(
            resolver=getter((), read), description=text, graphql_type=type_
        )
        for key, (type_, text, read) in fields.items()
    }
    return strawberry.type(
        type(name, (), namespace | {"__annotations__": {}}),
        name=name,
        description=description,
    )


def _page_info(page: Page[Any]) -> PageInfo:
    return PageInfo(
        has_next_page=page.has_next,
        has_previous_page=page.has_previous,
        start_cursor=page.cursors[0] if page.cursors else None,
        end_cursor=page.cursors[-1] if page.cursors else None,
    )


def getter(path: tuple[str, ...], convert: Convert | None) -> Convert:
    """Return a resolver that reads the attributes of *path*, and converts the last."""

    def read(root):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
        value = root
        for name in path:
            value = getattr(value, name)
        return convert(value) if convert else value

    return read
