"""What commands are given, looked at before anything is done with it: ids and texts.

The library, the command line and the API refuse and normalise alike, since every
service looks at its command here. Documents that are still to be read (mappings) are
looked at by their own reader.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import frozen

from .documents.converter import key_of
from .documents.forms import FORMS
from .documents.source_text import normal_text
from .errors import MOST_PROBLEMS, InputError, Path, Problem
from .identifiers import InvestmentId, Key, PartId, PlanId

T = TypeVar("T")
_IDS = (PlanId, PartId, InvestmentId, Key)
_UNNAMED = ("file", "plan")
"""Attributes whose inside is told as if it stood outside: paths lead into the file."""


def normalised(given: T) -> T:
    """Return what was given with its texts in normal form NFC.

    Args:
        given: A command, or another object of an attrs class.

    Raises:
        InputError: With every id that is none and every text with forbidden characters
            (`FORBIDDEN_CHARACTER`), each with its path; a hundred at most.
    """
    problems: list[Problem] = []
    found = _object(given, (), problems)
    if problems:
        raise InputError(*problems[:MOST_PROBLEMS])
    return found  # type: ignore[no-any-return]


@frozen
class _Attribute:
    """An attribute to look into: its name, its type, and the steps that lead to it."""

    name: str
    type: Any
    steps: Path


@cache
def _attributes(cls: type) -> tuple[_Attribute, ...]:
    hints = get_type_hints(cls, include_extras=True)
    return tuple(
        _Attribute(
            a.name,
            _bare(hints[a.name]),
            () if a.name in _UNNAMED else (key_of(a.name),),
        )
        for a in attrs.fields(cls)
        if a.eq
    )


def _object(given: Any, path: Path, problems: list[Problem]) -> Any:
    told, cls = {}, given.__class__
    for attribute in _attributes(cls):
        value = getattr(given, attribute.name)
        new = _value(value, attribute.type, path + attribute.steps, problems)
        if new is not value:
            told[attribute.name] = new
    return attrs.evolve(given, **told) if told else given


def _value(value: Any, type_: Any, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, str):
        return _text(value, type_, path, problems)
    if isinstance(value, tuple):
        return _items(value, type_, path, problems)
    if attrs.has(type(value)):
        return _object(value, path, problems)
    return value


def _items(
    values: tuple[Any, ...], type_: Any, path: Path, problems: list[Problem]
) -> tuple[Any, ...]:
    item = _bare(next(iter(get_args(type_)), None))
    new = tuple(
        _value(value, item, (*path, position), problems)
        for position, value in enumerate(values)
    )
    same = all(one is other for one, other in zip(values, new, strict=True))
    return values if same else new


def _text(text: str, type_: Any, path: Path, problems: list[Problem]) -> str:
    normal = normal_text(text, mark=None, path=path)
    if isinstance(normal, Problem):
        problems.append(normal)
        return text
    if type_ in _IDS:
        try:
            FORMS[type_].structure(normal)
        except InputError as error:
            problems += [attrs.evolve(p, path=path) for p in error.problems]
    return text if normal == text else normal


def _bare(type_: Any) -> Any:
    """Return an annotation without its term and without `None`."""
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return _bare(arguments[0])
    if origin in (Union, UnionType):
        return _bare(next(_inner(arguments)))
    return type_


def _inner(arguments: tuple[Any, ...]) -> Iterator[Any]:
    return (a for a in arguments if a is not type(None))
