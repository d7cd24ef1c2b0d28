"""What clients send, looked at before anything is done with it: limits, ids and texts.

Limits are those of the API; ids and texts are looked at as in every other command.
Documents are looked at by their own readers; this is for what stands beside them.
"""

from __future__ import annotations

from typing import Any, TypeVar

import attrs

from ..core.documents.converter import key_of
from ..core.errors import MOST_PROBLEMS, ErrorCode, InputError, Path, Problem
from ..core.inputs import normalised

S = TypeVar("S")
MOST_CHARS = 20_000
"""Characters of a text beside documents; a page of a plan has fewer."""
MOST_ITEMS = 250
"""Items of a list beside documents, such as comments with a step."""


def checked(sent: S) -> S:
    """Return *sent* with its texts in normal form NFC.

    Raises:
        InputError: With every text that is too long and every list with too many items;
            else with every id that is none and text with forbidden characters.
    """
    problems: list[Problem] = []
    _look(sent, (), problems)
    if problems:
        raise InputError(*problems[:MOST_PROBLEMS])
    return normalised(sent)


def _look(value: Any, path: Path, problems: list[Problem]) -> None:
    if isinstance(value, str) and len(value) > MOST_CHARS:
        problems.append(_too_long(path))
    elif isinstance(value, tuple) and len(value) > MOST_ITEMS:
        problems.append(_too_many(path))
    elif isinstance(value, tuple):
        for position, inner in enumerate(value):
            _look(inner, (*path, position), problems)
    elif attrs.has(type(value)):
        for a in attrs.fields(type(value)):
            _look(getattr(value, a.name), (*path, key_of(a.name)), problems)


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
