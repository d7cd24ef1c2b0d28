"""Where the problems of a mutation lie: in its input, or in what is stored.

Services tell where in their command: a path begins with an attribute of the command, or
else leads into the text that the command is about. Clients know the names of inputs.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from types import MappingProxyType
from typing import Any

import attrs
from attrs import frozen

from ..core.errors import ErrorCode, InputError, Path, Problem, pointer


@frozen
class Place:
    """Where a problem lies.

    Attributes:
        path: Keys and positions from the top of the input; empty where nothing that was
            sent is at fault.
        pointer: JSON pointer into what is stored, where it lies there.
    """

    path: tuple[str, ...]
    pointer: str | None = None


_ELSEWHERE: Mapping[str, tuple[Path, ...]] = MappingProxyType(
    {
        "period_id": (("period",),),
        "revision_id": (("id",),),
        "comment_id": (("id",),),
        "part_id": (("id",),),
        "investment_id": (("id",),),
        "proposal_id": (("id",), ("document", "id")),
        "proposal": (("document",),),
        "file": (("document",),),
        "comment": ((),),
        "answer": ((),),
        "expected_version": (("expected_part_version",),),
    }
)
"""Where inputs have attributes of commands that are called otherwise there."""
_OF_INPUTS_ONLY = ("id", "period")
"""Attributes that no command has: a path that begins so leads into a text."""
_OF_COMMANDS = frozenset(
    {"base", "comments", "reason", "reporter", "step", "waivers", *_ELSEWHERE}
)
"""Attributes of commands: a path that begins so leads into no text, nor what is stored."""
_FINDINGS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"CHECK_FAILED": (), "CHECK_UNANSWERED": ("waivers",)}
)
"""Reasons of refusals that findings of rules lead to, and what answers them."""
_SUBJECTS = ("step", "id", "period", "plan_id")
"""What a mutation is about, the nearest first."""


@contextmanager
def reading(argument: str) -> Iterator[None]:
    """Let the paths of a document that cannot be read begin with its argument."""
    try:
        yield
    except InputError as error:
        raise InputError(
            *(attrs.evolve(p, path=(argument, *p.path)) for p in error.problems)
        ) from None


def place_of(problem: Problem, sent: Any, *, text: str | None = None) -> Place:
    """Return where a problem lies.

    Args:
        problem: As a service tells it.
        sent: The input of the mutation.
        text: The attribute of the input that holds the text which the command is about,
            if one does.
    """
    if problem.code is ErrorCode.UNAUTHENTICATED:
        return Place(path=())
    names, path = attrs.fields_dict(type(sent)), problem.path
    found = _in_input(path, names)
    if found is None and text and _leads_into_text(problem):
        found = (text, *path)
    if found is not None:
        return Place(path=tuple(_told(found, sent)))
    stored = pointer(path) if _leads_into_text(problem) else None
    about = _subject(problem, names, text)
    return Place(path=tuple(_told(about, sent)), pointer=stored)


def _in_input(path: Path, names: Mapping[str, Any]) -> Path | None:
    """Return *path* by the names of the input, if it leads into it."""
    if not path:
        return None
    first, *rest = path
    if first in names and first not in _OF_INPUTS_ONLY:
        return path
    places = ((*other, *rest) for other in _ELSEWHERE.get(str(first), ()))
    return next((place for place in places if place and place[0] in names), None)


def _leads_into_text(problem: Problem) -> bool:
    """Tell whether a path that is none of the input leads into a text."""
    if not problem.path:
        return problem.reason in _FINDINGS
    return problem.path[0] not in _OF_COMMANDS


def _subject(problem: Problem, names: Mapping[str, Any], text: str | None) -> Path:
    """Return what a problem is about that lies nowhere in the input."""
    nearest = (*_FINDINGS.get(problem.reason, ()), *_SUBJECTS)
    if not (problem.path or problem.reason in _FINDINGS):
        nearest = ("plan_id",)
    found = next((name for name in nearest if name in names), None)
    return (found,) if found else (text or "document", "id")


def _told(path: Path, value: Any) -> Iterator[str]:
    """Yield the steps of a path as clients write them."""
    for step in path:
        if isinstance(step, str) and attrs.has(type(value)):
            first, *words = step.split("_")
            yield first + "".join(word.capitalize() for word in words)
            value = getattr(value, step, None)
        else:
            yield str(step)
            value = _inside(value, step)


def _inside(value: Any, step: str | int) -> Any:
    try:
        return value[step]
    except (IndexError, KeyError, TypeError):
        return None
