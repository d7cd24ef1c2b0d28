"""How large a query is: its depth, its counts, and the objects that it may return.

Every definition is walked once, without recursion; a fragment that is spread many
times is walked once and its numbers are added at each spread. The work grows with the
length of the document, however much the document would grow when it is written out.
Documents come here before they are validated: what the schema does not know, and
fragments that use themselves, are passed over and left to the rules of GraphQL.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from graphlib import CycleError, TopologicalSorter

from attrs import Factory, define, frozen
from graphql import (
    DocumentNode,
    ExecutableDefinitionNode,
    FieldNode,
    FragmentDefinitionNode,
    FragmentSpreadNode,
    InlineFragmentNode,
    OperationDefinitionNode,
    SelectionNode,
    SelectionSetNode,
    get_named_type,
    is_composite_type,
)

from .prices import SATURATED, Price, Pricing


@define
class Shape:
    """The numbers of a selection; they stop growing at `SATURATED`."""

    depth: int = 0
    aliases: int = 0
    fields: int = 0
    directives: int = 0
    directives_at_once: int = 0
    cost: int = 0

    def add(self, other: Shape) -> None:
        """Take in the numbers of a selection beside this one."""
        self.depth = max(self.depth, other.depth)
        self.aliases = min(SATURATED, self.aliases + other.aliases)
        self.fields = min(SATURATED, self.fields + other.fields)
        self.directives = min(SATURATED, self.directives + other.directives)
        self.directives_at_once = max(self.directives_at_once, other.directives_at_once)
        self.cost = min(SATURATED, self.cost + other.cost)

    def widen(self, other: Shape) -> None:
        """Become the larger of the two in each number."""
        self.depth = max(self.depth, other.depth)
        self.aliases = max(self.aliases, other.aliases)
        self.fields = max(self.fields, other.fields)
        self.directives = max(self.directives, other.directives)
        self.directives_at_once = max(self.directives_at_once, other.directives_at_once)
        self.cost = max(self.cost, other.cost)

    def count(self, directives: Collection[object] | None) -> None:
        """Take in the *directives* that stand at one place."""
        if directives:
            self.directives += len(directives)
            self.directives_at_once = max(self.directives_at_once, len(directives))


@frozen(kw_only=True)
class Size:
    """How large a document is.

    Attributes:
        operations: How many operations it holds.
        fragments: How many named fragments it holds.
        shape: The largest numbers of any operation or fragment in it.
        cost: The cost of the operation that is to run.
    """

    operations: int
    fragments: int
    shape: Shape
    cost: int


def running(document: DocumentNode, name: str | None) -> OperationDefinitionNode | None:
    """Return the operation of *document* with *name*, the first if several have it."""
    for operation in document.definitions:
        if isinstance(operation, OperationDefinitionNode):
            own = operation.name.value if operation.name else None
            if own == name:
                return operation
    return None


def measure(document: DocumentNode, pricing: Pricing) -> Size:
    """Return how large *document* is when its operation in *pricing* runs."""
    scales = _Scales(pricing)
    schema = pricing.schema
    operations, fragments = [], []
    for definition in document.definitions:
        if isinstance(definition, OperationDefinitionNode):
            operations.append(definition)
        elif isinstance(definition, FragmentDefinitionNode):
            fragments.append(definition)
    worst, cost = Shape(), 0
    for fragment in _users_last(fragments):
        type_ = schema.get_type(fragment.type_condition.name.value)
        shape = scales.weigh(fragment, type_)
        scales.fragments[fragment.name.value] = shape
        worst.widen(shape)
    for operation in operations:
        shape = scales.weigh(operation, schema.get_root_type(operation.operation))
        worst.widen(shape)
        if operation is pricing.operation:
            cost = shape.cost
    return Size(
        operations=len(operations), fragments=len(fragments), shape=worst, cost=cost
    )


@define
class _Field:
    """A field of a definition, and what has been found beneath it so far."""

    above: _Field | None = None
    type: object = None
    aliases: int = 0
    price: Price = Factory(Price)
    beneath: Shape = Factory(Shape)

    def shape(self) -> Shape:
        beneath = self.beneath
        return Shape(
            depth=beneath.depth + 1,
            aliases=beneath.aliases + self.aliases,
            fields=beneath.fields + 1,
            directives=beneath.directives,
            directives_at_once=beneath.directives_at_once,
            cost=self.price.own + self.price.times * beneath.cost,
        )


@define
class _Scales:
    """Weighs the definitions of one document; knows the fragments weighed so far."""

    pricing: Pricing
    fragments: dict[str, Shape] = Factory(dict)

    def weigh(self, definition: ExecutableDefinitionNode, type_: object) -> Shape:
        """Return the shape of *definition*, whose selection is on *type_*."""
        top = _Field(type=type_)
        found: list[_Field] = []
        top.beneath.count(definition.directives)
        for variable in definition.variable_definitions or ():
            top.beneath.count(variable.directives)
        waiting = [(definition.selection_set, top, type_)]
        while waiting:
            selections, holder, on = waiting.pop()
            for node in selections.selections:
                waiting.extend(self._enter(node, holder, on, found))
        for field in reversed(found):
            if field.above is not None:
                field.above.beneath.add(field.shape())
        return top.beneath

    def _enter(
        self, node: SelectionNode, holder: _Field, on: object, found: list[_Field]
    ) -> Iterator[tuple[SelectionSetNode, _Field, object]]:
        holder.beneath.count(node.directives)
        if isinstance(node, FieldNode):
            field = self._field(node, holder, on)
            found.append(field)
            if node.selection_set:
                yield node.selection_set, field, field.type
        elif isinstance(node, InlineFragmentNode):
            if node.type_condition:
                on = self.pricing.schema.get_type(node.type_condition.name.value)
            yield node.selection_set, holder, on
        elif isinstance(node, FragmentSpreadNode):
            holder.beneath.add(self.fragments.get(node.name.value, Shape()))

    def _field(self, node: FieldNode, holder: _Field, on: object) -> _Field:
        field = _Field(above=holder, aliases=int(node.alias is not None))
        if is_composite_type(on):
            known = self.pricing.schema.get_field(on, node.name.value)
            if known is not None:
                field.type = get_named_type(known.type)
                field.price = self.pricing.price(node, known, on.name)
        return field


def _users_last(
    fragments: list[FragmentDefinitionNode],
) -> list[FragmentDefinitionNode]:
    """Return *fragments* with each after those that it spreads, if they allow it."""
    named = {fragment.name.value: fragment for fragment in fragments}
    uses = {name: _spreads(fragment) for name, fragment in named.items()}
    try:
        order = list(TopologicalSorter(uses).static_order())
    except CycleError:
        order = list(named)
    return [named[name] for name in order if name in named]


def _spreads(fragment: FragmentDefinitionNode) -> set[str]:
    names: set[str] = set()
    waiting = [fragment.selection_set]
    while waiting:
        for node in waiting.pop().selections:
            if isinstance(node, FragmentSpreadNode):
                names.add(node.name.value)
            elif isinstance(node, FieldNode | InlineFragmentNode):
                waiting.extend([node.selection_set] if node.selection_set else [])
    return names
