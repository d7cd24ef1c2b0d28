"""One GraphQL query for everything that a type has, and what an answer to it tells."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from graphql import (
    GraphQLField,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
    is_leaf_type,
    is_required_argument,
)

Above = tuple[str, ...]


def full_query(schema: GraphQLSchema, field: str) -> str:
    """Return a query of the root field *field*, which takes an id, to every depth."""
    type_ = get_named_type(_root(schema).fields[field].type)
    return f"query ($id: ID!) {{ {field}(id: $id) {_selection(type_, ())} }}"


def told(schema: GraphQLSchema, field: str, answer: Any) -> set[tuple[str, str]]:
    """Return type and name of each field that *answer* gives a value for."""
    type_ = get_named_type(_root(schema).fields[field].type)
    return set(_told(type_, answer[field], ()))


def _root(schema: GraphQLSchema) -> GraphQLObjectType:
    assert schema.query_type
    return schema.query_type


def _fields(
    type_: GraphQLObjectType, above: Above
) -> Iterator[tuple[str, str, GraphQLNamedType]]:
    """Yield alias, name and type of the fields that can be asked for without more.

    Each is renamed by its type, so that members of a union do not clash. What would
    lead in a circle is left out.
    """
    for name, field in type_.fields.items():
        inner = get_named_type(field.type)
        if not _needs_arguments(field) and inner.name not in (*above, type_.name):
            yield f"{type_.name}_{name}", name, inner


def _needs_arguments(field: GraphQLField) -> bool:
    return any(map(is_required_argument, field.args.values()))


def _selection(type_: GraphQLNamedType, above: Above) -> str:
    if is_leaf_type(type_):
        return ""
    if isinstance(type_, GraphQLUnionType):
        members = (f"... on {t.name} {_selection(t, above)}" for t in type_.types)
        return f"{{ __typename {' '.join(members)} }}"
    assert isinstance(type_, GraphQLObjectType), type_
    inside = (*above, type_.name)
    asked = (
        f"{alias}: {name} {_selection(inner, inside)}"
        for alias, name, inner in _fields(type_, above)
    )
    return f"{{ {' '.join(asked)} }}"


def _told(
    type_: GraphQLNamedType, value: Any, above: Above
) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for item in value:
            yield from _told(type_, item, above)
    elif isinstance(type_, GraphQLUnionType) and value:
        members = {member.name: member for member in type_.types}
        yield from _told(members[value["__typename"]], value, above)
    elif isinstance(type_, GraphQLObjectType) and value:
        for alias, name, inner in _fields(type_, above):
            if value[alias] not in (None, "", False, [], {}):
                yield type_.name, name
            yield from _told(inner, value[alias], (*above, type_.name))
