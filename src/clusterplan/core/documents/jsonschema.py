"""JSON Schema of documents, derived from the attrs classes and the forms of scalars.

What the schema accepts, the loader accepts, but for what only meaning tells: ids used
twice, references that lead nowhere, days the calendar does not have, records
that do not fit the lifecycle, texts with forbidden characters or beyond the limits of
a file.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from itertools import chain, count
from types import UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import attrs
from attrs import define, field

from ..files import PlanFile
from ..history import Record
from ..investments import Investment
from ..plans import Plan
from ..plantypes import PlanType
from ..terms import term_of
from .converter import key_of
from .forms import FORMS
from .loader import InvestmentReference

DIALECT = "https://json-schema.org/draft/2020-12/schema"
SEMANTIC_REASONS = (
    "DUPLICATE_ID",
    "DANGLING_REFERENCE",
    "IMPOSSIBLE_DATE",
    "UNKNOWN_STATE",
    "HISTORY_OUT_OF_ORDER",
    "EMPTY_HISTORY",
    "BAD_EDITION",
    "FORBIDDEN_CHARACTER",
)
"""Reasons for which the loader refuses what the schema accepts."""


def plan_schema(plan_types: Mapping[str, PlanType]) -> dict[str, Any]:
    """Return the JSON Schema of plan files of the given types."""
    schemas = _Schemas()
    plan = schemas.mapping(Plan)
    properties = plan["properties"]
    properties["plan_type"] = {
        **properties["plan_type"],
        "enum": sorted(str(k) for k in plan_types),
    }
    properties["investments"] = _nullable(
        {
            "type": "array",
            "items": {
                "anyOf": [schemas.of(Investment), schemas.of(InvestmentReference)]
            },
        },
        properties["investments"],
    )
    properties["details"] = _nullable({"type": "object"}, properties["details"])
    properties["record"] = _nullable(
        schemas.of(Record), {"title": "過去の記録", "description": _summary(Record)}
    )
    plan["allOf"] = [
        _details_of(kind, schemas) for _, kind in sorted(plan_types.items())
    ]
    return {
        "$schema": DIALECT,
        "title": "計画ファイル / plan file",
        "description": _summary(PlanFile),
        **plan,
        "$defs": dict(sorted(schemas.definitions.items())),
    }


def _details_of(kind: PlanType, schemas: _Schemas) -> dict[str, Any]:
    details: dict[str, Any] = {"type": ["object", "null"], "maxProperties": 0}
    if kind.details is not None:
        details = {"anyOf": [schemas.of(kind.details), {"type": "null"}]}
    return {
        "if": {"properties": {"plan_type": {"const": str(kind.key)}}},
        "then": {"properties": {"details": details}},
    }


@define
class _Schemas:
    definitions: dict[str, Any] = field(factory=dict)
    _names: dict[type, str] = field(factory=dict)

    def of(self, annotation: Any) -> dict[str, Any]:
        if annotation in FORMS:
            return dict(FORMS[annotation].schema)
        origin, arguments = get_origin(annotation), get_args(annotation)
        if origin is Annotated:
            return self.of(arguments[0])
        if origin in (Union, UnionType):
            members = [self.of(a) for a in arguments if a is not type(None)]
            return members[0] if len(members) == 1 else {"anyOf": members}
        if origin is tuple:
            return self._list(arguments[0])
        if isinstance(annotation, type) and issubclass(annotation, enum.Enum):
            return {"enum": [m.value for m in annotation]}
        return self._reference(annotation)

    def mapping(self, cls: type) -> dict[str, Any]:
        hints = get_type_hints(cls, include_extras=True)
        attributes = attrs.fields(cls)
        return {
            "type": "object",
            "additionalProperties": False,
            "properties": {
                key_of(a.name): self._property(hints[a.name], a) for a in attributes
            },
            "required": [
                key_of(a.name) for a in attributes if a.default is attrs.NOTHING
            ],
        }

    def _list(self, item: Any) -> dict[str, Any]:
        schema = {"type": "array", "items": self.of(item)}
        return {"anyOf": [schema, {"type": "string"}]} if item is str else schema

    def _reference(self, cls: type) -> dict[str, Any]:
        if cls not in self._names:
            name = self._names[cls] = self._free_name(cls.__name__)
            self.definitions[name] = {}
            self.definitions[name] = {"description": _summary(cls), **self.mapping(cls)}
        return {"$ref": f"#/$defs/{self._names[cls]}"}

    def _free_name(self, name: str) -> str:
        """Return *name*, numbered where a class of another plugin has it."""
        numbered = (f"{name}{number}" for number in count(2))
        return next(n for n in chain([name], numbered) if n not in self.definitions)

    def _property(self, hint: Any, attribute: attrs.Attribute[Any]) -> dict[str, Any]:
        schema = self.of(hint) if attribute.name != "details" else {}
        term = term_of(hint)
        labels = {"title": term.ja, "description": term.doc} if term else {}
        if attribute.default is attrs.NOTHING:
            return labels | schema
        return _nullable(schema, labels)


def _nullable(schema: Mapping[str, Any], labels: Mapping[str, Any]) -> dict[str, Any]:
    words = {k: labels[k] for k in ("title", "description") if k in labels}
    return words | {"anyOf": [schema, {"type": "null"}]}


def _summary(cls: type) -> str:
    return (cls.__doc__ or "").strip().partition("\n")[0]
