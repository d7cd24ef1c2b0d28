"""Publishes attrs classes as GraphQL types, so that no concept is defined twice.

A registry belongs to one schema. It makes *views*: Strawberry types whose fields come
from the attributes of a domain class and whose descriptions come from their terms.
Resolvers take and return plain domain objects; the classes themselves stay unmarked.
An attribute without a `Term` is not published.
"""

from __future__ import annotations

import dataclasses
import enum
import inspect
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from types import UnionType
from typing import (
    Annotated,
    Any,
    Optional,
    Union,
    get_args,
    get_origin,
    get_type_hints,
)

import attrs
import strawberry
from attrs import define, field
from strawberry.tools import create_type

from ..core.documents.converter import key_of
from ..core.paging import Page
from ..core.terms import TermEnum, term_of
from .scalars import SCALARS, scalar_definitions
from .views import Convert, Node, connection_view, getter

Resolver = Callable[..., Any]


@define
class Registry:
    """The views of one schema, by domain class."""

    _outputs: dict[Any, Any] = field(factory=lambda: {Node: Node})
    _inputs: dict[type, type] = field(factory=dict)
    _enums: dict[type[enum.Enum], type[enum.Enum]] = field(factory=dict)
    _connections: dict[type, type] = field(factory=dict)
    _names: set[str] = field(init=False)
    nodes: list[type] = field(factory=list)

    @_names.default
    def _first_names(self) -> set[str]:
        scalars = scalar_definitions().values()
        return {"Node", "PageInfo", *(scalar.name for scalar in scalars)}

    def publish(
        self,
        cls: type,
        *,
        name: str | None = None,
        embed: Iterable[str] = (),
        properties: Iterable[str] = (),
        resolvers: Iterable[Resolver] = (),
        hide: Collection[str] = (),
        node: bool = False,
    ) -> type:
        """Publish an attrs class as an object type.

        Args:
            cls: The class; each attribute with a term becomes a field.
            name: Name in the schema, if not that of the class.
            embed: Attributes whose own attributes become fields, too.
            properties: Properties that become fields; described by their docstrings.
            resolvers: Functions whose first argument is the object; each becomes a
                field of its name, in place of an attribute of that name.
            hide: Attributes that do not become fields.
            node: Whether it is found by `node(id:)`.

        Raises:
            TypeError: If an attribute has a type that GraphQL has no form for, or
                another class has the name.
        """
        fields: dict[str, Any] = {}
        for attribute in attrs.fields(cls):
            self._add_attribute(fields, cls, attribute, ())
        for outer in embed:
            inner = _hints(cls, outer)
            for attribute in attrs.fields(inner):
                self._add_attribute(fields, inner, attribute, (outer,))
        for property_name in properties:
            fields[property_name] = self._property(cls, property_name)
        for resolver in resolvers:
            fields[resolver.__name__] = self.field(resolver, on=True)
        for hidden in hide:
            fields.pop(hidden, None)
        view = self._view(name or cls.__name__, cls, fields, (Node,) if node else ())
        self._outputs[cls] = view
        if node:
            self.nodes.append(cls)
        return view

    def unite(self, base: type, name: str, classes: Sequence[type]) -> None:
        """Publish *base* as the union of *classes*, each by its own type."""
        views = tuple(self.output(cls) for cls in classes)
        self._claim(name)
        self._outputs[base] = Annotated[
            Union[views],  # noqa: UP007
            strawberry.union(name, description=_summary(base)),
        ]

    def root(
        self, name: str, resolvers: Iterable[Resolver], *, description: str
    ) -> type:
        """Make a root type whose fields are *resolvers*."""
        self._claim(name)
        fields = {r.__name__: self.field(r, on=False) for r in resolvers}
        for python_name, made in fields.items():
            made.python_name = python_name
        return create_type(name, list(fields.values()), description=description)

    def field(self, resolver: Resolver, *, on: bool) -> Any:
        """Make a field of a function that takes and returns domain objects."""
        signature = inspect.signature(resolver, eval_str=True)
        return strawberry.field(
            resolver=self._adapted(resolver, signature, on=on),
            description=_summary(resolver),
            graphql_type=self.output(signature.return_annotation),
        )

    def output(self, annotation: Any) -> Any:
        """Return what Strawberry publishes for values of *annotation*."""
        if annotation in self._outputs:
            return self._outputs[annotation]
        if annotation in SCALARS:
            return SCALARS[annotation]
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.output(arguments[0])
        if origin in (Union, UnionType):
            return _optional(self.output, arguments)
        if origin is Page:
            return self._connection(arguments[0])
        if origin is not None:
            return list[self.output(_item(annotation))]  # type: ignore[misc]
        if issubclass(annotation, enum.Enum):
            return self._enum(annotation)
        return self.publish(annotation)

    def input(self, annotation: Any) -> Any:
        """Return what Strawberry takes for arguments of *annotation*."""
        if annotation in SCALARS:
            return SCALARS[annotation]
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            term = term_of(annotation)
            inner = self.input(arguments[0])
            described = strawberry.argument(description=str(term)) if term else None
            return Annotated[inner, described] if described else inner
        if origin in (Union, UnionType):
            return _optional(self.input, arguments)
        if origin is not None:
            return list[self.input(_item(annotation))]  # type: ignore[misc]
        if issubclass(annotation, enum.Enum):
            return self._enum(annotation)
        return self._input(annotation)

    def _claim(self, name: str) -> None:
        """Refuse a name that is taken: Strawberry would take the one for the other."""
        if name in self._names:
            raise TypeError(f"the name {name} is taken")
        self._names.add(name)

    def _view(
        self, name: str, cls: type, fields: dict[str, Any], bases: tuple[type, ...]
    ) -> type:
        self._claim(name)
        namespace: dict[str, Any] = dict(fields)
        namespace["__annotations__"] = {}
        namespace["is_type_of"] = staticmethod(lambda value, _: type(value) is cls)
        view = type(name, bases, namespace)
        return strawberry.type(view, name=name, description=_summary(cls))

    def _add_attribute(
        self,
        fields: dict[str, Any],
        cls: type,
        attribute: attrs.Attribute[Any],
        via: tuple[str, ...],
    ) -> None:
        hint = _hints(cls, attribute.name, extras=True)
        term = term_of(hint)
        if term is None or attribute.name in fields:
            return
        key = key_of(attribute.name)
        fields[key] = strawberry.field(
            resolver=getter((*via, attribute.name), self._converter(hint)),
            description=str(term),
            graphql_type=self.output(hint),
        )

    def _property(self, cls: type, name: str) -> Any:
        read = getattr(cls, name).fget
        hint = get_type_hints(read, include_extras=True)["return"]
        return strawberry.field(
            resolver=getter((name,), self._converter(hint)),
            description=_summary(read),
            graphql_type=self.output(hint),
        )

    def _converter(self, annotation: Any) -> Convert | None:
        """Return how values of enums become those of the schema's own copies."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self._converter(arguments[0])
        if origin in (Union, UnionType):
            inner = next((a for a in arguments if a is not type(None)), None)
            return _unless_none(self._converter(inner))
        if origin is tuple:
            return _for_each(self._converter(arguments[0]))
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            view = self._enum(annotation)
            return lambda member: view[member.name]
        return None

    def _enum(self, cls: type[enum.Enum]) -> type[enum.Enum]:
        if cls not in self._enums:
            self._claim(cls.__name__)
            copy = enum.Enum(cls.__name__, {m.name: _described(m) for m in cls})  # type: ignore[misc]
            self._enums[cls] = strawberry.enum(copy, description=_summary(cls))
        return self._enums[cls]

    def _input(self, cls: type) -> type:
        if cls not in self._inputs:
            self._claim(_input_name(cls))
            namespace: dict[str, Any] = {"__annotations__": {}}
            for attribute in attrs.fields(cls):
                hint = _hints(cls, attribute.name, extras=True)
                term = term_of(hint)
                needed = attribute.default is attrs.NOTHING
                taken = self.input(get_args(hint)[0] if term else hint)
                namespace["__annotations__"][attribute.name] = (
                    taken if needed else taken | None
                )
                namespace[attribute.name] = strawberry.field(
                    description=str(term) if term else None,
                    default=dataclasses.MISSING if needed else strawberry.UNSET,
                )
            made = type(cls.__name__, (), namespace)
            self._inputs[cls] = strawberry.input(
                made, name=_input_name(cls), description=_summary(cls)
            )
        return self._inputs[cls]

    def _domain(self, value: Any, annotation: Any) -> Any:
        """Return an argument of Strawberry as an object of the domain."""
        origin, arguments = get_origin(annotation), get_args(annotation)
        if value is None or value is strawberry.UNSET:
            return None
        if annotation in SCALARS:
            return value
        if origin is Annotated:
            return self._domain(value, arguments[0])
        if origin in (Union, UnionType):
            inner = next(a for a in arguments if a is not type(None))
            return self._domain(value, inner)
        if origin is not None:
            return tuple(self._domain(item, arguments[0]) for item in value)
        if issubclass(annotation, enum.Enum):
            return annotation[value.name]
        given = {
            a.name: self._domain(getattr(value, a.name), _hints(annotation, a.name))
            for a in attrs.fields(annotation)
        }
        return annotation(**{k: v for k, v in given.items() if v is not None})

    def _adapted(
        self, resolver: Resolver, signature: inspect.Signature, *, on: bool
    ) -> Resolver:
        parameters = list(signature.parameters.values())
        source = parameters.pop(0).name if on else None
        hints = {p.name: p.annotation for p in parameters if p.name != "info"}
        convert = self._converter(signature.return_annotation)

        def arguments(given: dict[str, Any]) -> dict[str, Any]:
            known = {
                k: self._domain(v, hints[k]) for k, v in given.items() if k in hints
            }
            if source is not None:
                known[source] = given["root"]
            if "info" in given:
                known["info"] = given["info"]
            return known

        async def called_async(**given: Any) -> Any:
            answer = await resolver(**arguments(given))
            return convert(answer) if convert else answer

        def called(**given: Any) -> Any:
            answer = resolver(**arguments(given))
            return convert(answer) if convert else answer

        adapted: Any = called_async if inspect.iscoroutinefunction(resolver) else called
        taken = [
            p.replace(
                kind=inspect.Parameter.KEYWORD_ONLY,
                annotation=p.annotation
                if p.name == "info"
                else self.input(p.annotation),
                default=self._default(p),
            )
            for p in parameters
        ]
        if source is not None:
            taken.insert(0, inspect.Parameter("root", inspect.Parameter.KEYWORD_ONLY))
        adapted.__signature__ = inspect.Signature(taken)
        adapted.__annotations__ = {
            p.name: p.annotation for p in taken if p.name != "root"
        }
        adapted.__name__ = resolver.__name__
        return adapted  # type: ignore[no-any-return]

    def _default(self, parameter: inspect.Parameter) -> Any:
        if parameter.default is None:
            return strawberry.UNSET
        if isinstance(parameter.default, enum.Enum):
            return self._enum(type(parameter.default))[parameter.default.name]
        return parameter.default

    def _connection(self, item: type) -> type:
        if item not in self._connections:
            node = self.output(item)
            self._claim(f"{node.__name__}Edge")
            self._claim(f"{node.__name__}Connection")
            self._connections[item] = connection_view(node, node.__name__)
        return self._connections[item]


def _described(member: enum.Enum) -> Any:
    """Return the value of a member with its description, where it has one."""
    if isinstance(member, TermEnum) and member.term.ja:
        return strawberry.enum_value(member.value, description=str(member.term))
    return member.value


def _unless_none(convert: Convert | None) -> Convert | None:
    return convert and (lambda value: None if value is None else convert(value))


def _for_each(convert: Convert | None) -> Convert | None:
    return convert and (lambda values: [convert(value) for value in values])


def _optional(of: Callable[[Any], Any], arguments: tuple[Any, ...]) -> Any:
    inner, *others = (a for a in arguments if a is not type(None))
    if others:
        raise TypeError(f"{inner} or {others[0]} is more than one type")
    return Optional[of(inner)]  # noqa: UP045


def _item(annotation: Any) -> Any:
    """Return the type of the items of a list, which is written as a tuple."""
    item, *rest = get_args(annotation)
    if get_origin(annotation) is not tuple or rest != [...]:
        raise TypeError(
            f"{annotation} is no tuple of one type, such as tuple[str, ...]"
        )
    return item


def _hints(cls: type, name: str, *, extras: bool = False) -> Any:
    member = inspect.getattr_static(cls, name, None)
    if isinstance(member, cached_property):
        return get_type_hints(member.func, include_extras=extras)["return"]
    return get_type_hints(cls, include_extras=extras)[name]


def _input_name(cls: type) -> str:
    name = cls.__name__
    return name if name.endswith(("Filter", "Input")) else f"{name}Input"


def _summary(documented: object) -> str | None:
    return inspect.cleandoc(documented.__doc__ or "").partition("\n\n")[0] or None
