"""What a field costs, as far as the query, its variables and the schema tell."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from functools import cached_property
from typing import Any

from attrs import Factory, define, frozen
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLObjectType,
    GraphQLSchema,
    IntValueNode,
    OperationDefinitionNode,
    ValueNode,
    VariableNode,
    get_argument_values,
    get_named_type,
    get_nullable_type,
    get_variable_values,
    is_leaf_type,
    is_list_type,
    value_from_ast_untyped,
)
from graphql.execution.values import VariableValues

SATURATED = 1_000_000_000
PAGING = ("first", "last")
PAGE_FIELDS = frozenset({"nodes", "edges"})

FieldKey = tuple[str, str]
Weight = int | Callable[[dict[str, Any]], int]


@frozen(kw_only=True)
class Prices:
    """What fields cost, by the names of their type and of the field.

    Attributes:
        assumed_sizes: How long lists are that take no `first` or `last`.
        weights: Own cost of fields that cost other than one an object: a number, or a
            function of the field's arguments as the resolver would get them.
        assumed_size: Length of lists that `assumed_sizes` does not name.
        page_size: Page size where neither the query nor the schema has one.
        unknown_page_size: Page size where the query takes it from a variable that has
            no value.
    """

    assumed_sizes: Mapping[FieldKey, int] = Factory(dict)
    weights: Mapping[FieldKey, Weight] = Factory(dict)
    assumed_size: int = 10
    page_size: int = 50
    unknown_page_size: int = 100


@frozen
class Price:
    """What a field costs itself, and how often it counts what is beneath it."""

    own: int = 0
    times: int = 1


@define(kw_only=True, slots=False)
class Pricing:
    """Prices the fields of one operation for one request.

    Attributes:
        connections: Names of the types that hold one page of a paged field.
        operation: The operation that is to run, where it is known.
        variables: The values that came with the request, not yet checked.
    """

    schema: GraphQLSchema
    prices: Prices
    connections: Collection[str]
    operation: OperationDefinitionNode | None
    variables: Mapping[str, Any]

    def price(self, node: FieldNode, known: GraphQLField, on: str) -> Price:
        """Return what *node* costs, which is the field *known* of type *on*."""
        type_, key = get_named_type(known.type), (on, node.name.value)
        weight = self.prices.weights.get(key)
        if is_leaf_type(type_) or type_.name.startswith("__"):
            return (
                Price() if weight is None else Price(self._weight(weight, node, known))
            )
        is_list = is_list_type(get_nullable_type(known.type))
        times = self._times(node, known, key, is_list=is_list)
        if weight is not None:
            return Price(self._weight(weight, node, known), times)
        return Price(times if is_list else 1, times)

    def _times(
        self, node: FieldNode, known: GraphQLField, key: FieldKey, *, is_list: bool
    ) -> int:
        if any(name in known.args for name in PAGING):
            return self._page_size(node, known)
        in_page = key[0] in self.connections and key[1] in PAGE_FIELDS
        if not is_list or in_page:
            return 1
        return self.prices.assumed_sizes.get(key, self.prices.assumed_size)

    def _page_size(self, node: FieldNode, known: GraphQLField) -> int:
        asked = [
            self._number(argument.value, _default(known, argument.name.value))
            for argument in node.arguments or ()
            if argument.name.value in PAGING
        ]
        sizes = [
            size
            for size in asked or [_default(known, name) for name in PAGING]
            if size is not None
        ]
        return max(sizes, default=self.prices.page_size)

    def _number(self, value: ValueNode, default: int | None) -> int | None:
        """Return the page size that *value* stands for; *default* where it is null."""
        given: object = None
        if isinstance(value, IntValueNode):
            given = _integer(value)
        elif isinstance(value, VariableNode):
            given = self._variable(value.name.value)
        if not isinstance(given, int | float):
            return default
        # A negative number is refused later; until then it costs as its opposite.
        return int(min(SATURATED, abs(given)))

    def _variable(self, name: str) -> object:
        if name in self.variables:
            return self.variables[name]
        for definition in self._definitions:
            if definition.variable.name.value == name and definition.default_value:
                value = definition.default_value
                return _integer(value) if isinstance(value, IntValueNode) else None
        return self.prices.unknown_page_size

    def _weight(self, weight: Weight, node: FieldNode, known: GraphQLField) -> int:
        """Return the own cost; 1 for arguments that will be refused in a moment."""
        if isinstance(weight, int):
            return weight
        coerced = self._coerced
        if coerced is None:
            return 1
        try:
            arguments = get_argument_values(known, node, coerced)
        except GraphQLError:
            return 1
        return max(0, weight(arguments))

    @cached_property
    def _coerced(self) -> VariableValues | None:
        values = get_variable_values(
            self.schema, self._definitions, dict(self.variables)
        )
        return values if isinstance(values, VariableValues) else None

    @property
    def _definitions(self) -> tuple[Any, ...]:
        return tuple((self.operation and self.operation.variable_definitions) or ())


def connection_types(schema: GraphQLSchema) -> frozenset[str]:
    """Return the names of the types that hold one page of a paged field."""
    return frozenset(
        get_named_type(field.type).name
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLObjectType | GraphQLInterfaceType)
        for field in type_.fields.values()
        if not is_list_type(get_nullable_type(field.type))
        and any(name in field.args for name in PAGING)
    )


def _default(known: GraphQLField, name: str) -> int | None:
    """Return the page size that the schema gives argument *name*, if it gives one."""
    argument = known.args.get(name)
    if argument is None:
        return None
    value = argument.default_value
    if argument.default is not None:
        literal = argument.default.literal
        value = value_from_ast_untyped(literal) if literal else argument.default.value
    return value if isinstance(value, int) else None


def _integer(value: IntValueNode) -> int:
    """Return the number written in *value*, or one as large as matters."""
    digits = value.value
    return int(digits) if len(digits) <= len(str(SATURATED)) else SATURATED
