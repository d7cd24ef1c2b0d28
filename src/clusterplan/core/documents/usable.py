"""Whether a plan type can be worked with: what a plugin must get right, told at once."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs

from ..identifiers import is_key
from ..plans import PlanDetails
from ..plantypes import PlanType
from ..terms import term_of
from .forms import FORMS


def unusable(kind: PlanType) -> str | None:
    """Return what is wrong with *kind*, all in one text; nothing if it can be used."""
    try:
        return "; ".join(_faults(kind)) or None
    except Exception as error:  # noqa: BLE001 - code of a plugin, such as its hints
        return f"{kind.key}: {type(error).__name__}: {error}"


def _faults(kind: PlanType) -> Iterator[str]:
    if not is_key(kind.key):
        yield f"{kind.key!r} is no key: small letters, digits and '_' only"
    missing = [n for n in range(1, kind.schema) if n not in kind.upcasters]
    if missing:
        yield f"{kind.key}: no upcasters for the older forms {missing}"
    if kind.details is not None:
        if issubclass(kind.details, PlanDetails):
            yield from _class_faults(kind.details, set())
        else:
            yield f"{kind.details.__name__} is no PlanDetails"


def _class_faults(cls: type, seen: set[type]) -> Iterator[str]:
    if cls in seen:
        return
    seen.add(cls)
    hints = get_type_hints(cls, include_extras=True)
    for attribute in attrs.fields(cls):
        name = f"{cls.__name__}.{attribute.name}"
        if term_of(hints[attribute.name]) is None:
            yield f"{name} has no Term: Annotated[..., Term('名称', 'Meaning.')]"
        yield from _annotation_faults(name, hints[attribute.name], seen)


def _annotation_faults(name: str, annotation: Any, seen: set[type]) -> Iterator[str]:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if annotation in FORMS or (
        isinstance(annotation, type) and issubclass(annotation, enum.Enum)
    ):
        return
    if origin is Annotated:
        yield from _annotation_faults(name, arguments[0], seen)
    elif origin in (Union, UnionType):
        inner = [a for a in arguments if a is not type(None)]
        if len(inner) > 1:
            yield f"{name} may be of one type only, or None"
        yield from _annotation_faults(name, inner[0], seen)
    elif origin is tuple and arguments[1:] == (...,):
        yield from _annotation_faults(name, arguments[0], seen)
    elif isinstance(annotation, type) and attrs.has(annotation):
        yield from _class_faults(annotation, seen)
    else:
        yield (
            f"{name} is of a type that documents have no form for; there are text, "
            "numbers, dates, enums, attrs classes, and tuple[X, ...] of them"
        )
