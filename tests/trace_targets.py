"""What the targets and tests of the trace lead to."""

from __future__ import annotations

import ast
import importlib
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs

from clusterplan.api.limits import Limits
from clusterplan.core.casekinds import CASE_KINDS
from clusterplan.core.files import PlanFile
from clusterplan.core.plans import PlanDetails
from clusterplan.core.terms import term_of
from clusterplan.plugins.host import Plugins

ROOT = Path(__file__).parents[1]
_CONTRIBUTED = "clusterplan_"
NO_LIMITS = Limits(
    characters=10**6,
    tokens=10**6,
    depth=100,
    aliases=10**5,
    fields=10**5,
    cost=10**9,
)


def code_of(name: str) -> tuple[Any, str | None]:
    """Return the class, and maybe its attribute, that a dotted name leads to.

    Raises:
        LookupError: If there is none, or the attribute is not described by a term.
    """
    path, attribute = name, None
    if not name.rpartition(".")[2][:1].isupper():
        path, _, attribute = name.rpartition(".")
    module, _, cls_name = path.rpartition(".")
    place = module if module.startswith(_CONTRIBUTED) else f"clusterplan.{module}"
    cls = getattr(importlib.import_module(place), cls_name, None)
    if not isinstance(cls, type) or cls.__module__ != place:
        raise LookupError(f"{place} defines no class {cls_name}")
    if attribute is not None and attribute not in described(cls):
        raise LookupError(f"{cls_name} has no attribute {attribute} with a term")
    return cls, attribute


def described(cls: type) -> set[str]:
    """Return the attributes of a class that have a Japanese name and a meaning."""
    if not attrs.has(cls):
        return set()
    hints = get_type_hints(cls, include_extras=True)
    return {a.name for a in attrs.fields(cls) if term_of(hints[a.name])}


def document_classes(plugins: Plugins) -> set[type]:
    """Return the classes that plan documents are made of, details included."""
    details = (kind.details for kind in plugins.plan_types.values())
    found: set[type] = set()
    cases = (kind.document for kind in CASE_KINDS.values())
    waiting: list[Any] = [PlanFile, *cases, *filter(None, details)]
    while waiting:
        current = waiting.pop()
        if isinstance(current, type) and attrs.has(current) and current not in found:
            found.add(current)
            hints = get_type_hints(current, include_extras=True)
            waiting += [hints[a.name] for a in attrs.fields(current)]
        waiting += get_args(current)
    return found - {PlanDetails}


def set_attributes(value: Any) -> Iterator[tuple[type, str]]:
    """Yield class and name of each attribute in *value* that has left its default."""
    if isinstance(value, tuple):
        for item in value:
            yield from set_attributes(item)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            inner = getattr(value, attribute.name)
            if inner != attribute.default and inner not in (None, "", ()):
                yield type(value), attribute.name
            yield from set_attributes(inner)


def graphql_name(attribute: str) -> str:
    """Return the name that an attribute has in GraphQL."""
    first, *others = attribute.rstrip("_").split("_")
    return first + "".join(word.capitalize() for word in others)


@cache
def functions(path: str) -> frozenset[str]:
    """Return the names of the functions that a file of tests defines."""
    text = (ROOT / path).read_text(encoding="utf-8")
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    return frozenset(n.name for n in ast.walk(ast.parse(text)) if isinstance(n, kinds))


def plain(text: str) -> str:
    """Return *text* without spaces and in one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def graphql_type(cls: type) -> str:
    """Return the name that a class has in GraphQL."""
    return {"RevisionCase": "Revision"}.get(cls.__name__, cls.__name__)
