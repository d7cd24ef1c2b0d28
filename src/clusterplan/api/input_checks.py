"""What clients send, looked at before anything is done with it: ids, texts, sizes.

Documents are looked at by their own readers; this is for what stands beside them.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin, get_type_hints

import attrs

from ..core.documents.converter import key_of
from ..core.documents.forms import FORMS
from ..core.documents.source_text import normal_text
from ..core.errors import (
    MOST_PROBLEMS,
    ErrorCode,
    InputError,
    Path,
    Problem,
)
from ..core.identifiers import InvestmentId, Key, PartId, PlanId

S = TypeVar("S")
MOST_CHARS = 20_000
"""Characters of a text beside documents; a page of a plan has fewer."""
MOST_ITEMS = 250
"""Items of a list beside documents, such as comments with a step."""
_IDS = (PlanId, PartId, InvestmentId, Key)


def checked(sent: S) -> S:
    """Return *sent* with its texts in normal form NFC.

    Raises:
        InputError: With every id that is none, text with forbidden characters or too
            long, and list with too many items; each with its path.
    """
    problems: list[Problem] = []
    found = _object(sent, (), problems)
    if problems:
        raise InputError(*problems[:MOST_PROBLEMS])
    return found  # type: ignore[no-any-return]


def _object(sent: Any, path: Path, problems: list[Problem]) -> Any:
    hints = get_type_hints(type(sent), include_extras=True)
    told = {
        a.name: _value(
            getattr(sent, a.name), hints[a.name], (*path, _name(a.name)), problems
        )
        for a in attrs.fields(type(sent))
    }
    return attrs.evolve(sent, **told)


def _value(value: Any, hint: Any, path: Path, problems: list[Problem]) -> Any:
    if isinstance(value, tuple):
        if len(value) > MOST_ITEMS:
            problems.append(_too_many(path))
            return value
        (item, *_) = get_args(_bare(hint))
        return tuple(
            _value(inner, item, (*path, position), problems)
            for position, inner in enumerate(value)
        )
    if isinstance(value, str):
        return _text(value, _bare(hint), path, problems)
    if attrs.has(type(value)):
        return _object(value, path, problems)
    return value


def _text(text: str, hint: Any, path: Path, problems: list[Problem]) -> str:
    if len(text) > MOST_CHARS:
        problems.append(_too_long(path))
        return text
    normal = normal_text(text, mark=None, path=path)
    if isinstance(normal, Problem):
        problems.append(normal)
        return text
    if hint in _IDS:
        try:
            FORMS[hint].structure(normal)
        except InputError as error:
            problems += [attrs.evolve(p, path=path) for p in error.problems]
    return normal


def _bare(hint: Any) -> Any:
    """Return an annotation without its term and without `None`."""
    origin, arguments = get_origin(hint), get_args(hint)
    if origin is Annotated:
        return _bare(arguments[0])
    if origin in (Union, UnionType):
        return _bare(next(_inner(arguments)))
    return hint


def _inner(arguments: tuple[Any, ...]) -> Iterator[Any]:
    return (a for a in arguments if a is not type(None))


def _name(attribute: str) -> str:
    first, *others = key_of(attribute).split("_")
    return first + "".join(word.capitalize() for word in others)


def _too_many(path: Path) -> Problem:
    return Problem(
        code=ErrorCode.LIMIT_EXCEEDED,
        reason="TOO_MANY_ITEMS",
        message_ja=f"一度に送れるのは{MOST_ITEMS}件までです。分けて送ってください",
        message_en=f"at most {MOST_ITEMS} items can be sent at once; send them in parts",
        path=path,
    )


def _too_long(path: Path) -> Problem:
    return Problem(
        code=ErrorCode.LIMIT_EXCEEDED,
        reason="TEXT_TOO_LONG",
        message_ja=f"文字数は{MOST_CHARS:,}文字までです",
        message_en=f"a text has at most {MOST_CHARS:,} characters",
        path=path,
    )
