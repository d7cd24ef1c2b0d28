"""Data that is decoded already, such as a GraphQL variable, read into a tree."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Decimal

from ..errors import Path, Problem
from .source_text import limit_problem, problem, quoted, too_large, utf8_size
from .source_tree import SourceLimits, TreeBuilder


def read_decoded(
    value: object, builder: TreeBuilder, *, name: str, limits: SourceLimits
) -> None:
    """Read *value* into *builder*, without places; numbers and booleans become text.

    Args:
        value: Mappings with text keys, lists, tuples and scalars.
        builder: Takes the values and keeps the limits.
        name: Name of the document for messages.
        limits: Its bytes limit all texts together.

    Raises:
        InputError: The data exceeds a limit.
    """
    _Walk(builder, name, limits.bytes).over(value)


class _Walk:
    """Walks over decoded data without recursion and hands it to a builder."""

    def __init__(self, builder: TreeBuilder, name: str, most_bytes: int) -> None:
        self._builder = builder
        self._name = name
        self._most_bytes = most_bytes
        self._open: list[Iterator[tuple[object, object]]] = []
        self._size = 0

    def over(self, value: object) -> None:
        self._put(value)
        while self._open:
            entry = next(self._open[-1], None)
            if entry is None:
                self._open.pop()
                self._builder.end()
            else:
                self._entry(*entry)

    def _entry(self, key: object, value: object) -> None:
        if self._builder.in_mapping:
            if not isinstance(key, str):
                self._builder.note(_bad_key(key, self._builder.path))
                return
            self._weigh(key)
            self._builder.key(key)
        self._put(value)

    def _put(self, value: object) -> None:
        if isinstance(value, dict):
            self._builder.start_mapping()
            self._open.append(iter(value.items()))
        elif isinstance(value, (list, tuple)):
            self._builder.start_list()
            self._open.append(iter(enumerate(value)))
        else:
            self._builder.scalar(self._text(value))

    def _text(self, value: object) -> str | None:
        if value is None:
            return None
        text = _text_of(value, self._builder.path)
        if isinstance(text, Problem):
            self._builder.note(text)
            return None
        self._weigh(text)
        return text

    def _weigh(self, text: str) -> None:
        self._size += utf8_size(text)
        if self._size > self._most_bytes:
            raise self._builder.refusal(too_large(self._name, self._most_bytes))


def _text_of(value: object, path: Path) -> str | Problem:
    """Return a scalar as text, or why it has none."""
    match value:
        case str():
            return value
        case bool():
            return "true" if value else "false"
        case int():
            return _digits_of(value, path)
        case Decimal() | float():
            return _figure_of(value, path)
    return _bad_value(value, path)


def _figure_of(value: Decimal | float, path: Path) -> str | Problem:
    if not math.isfinite(value):
        return _not_finite(path)
    return _float(path) if type(value) is float else str(value)


def _digits_of(value: int, path: Path) -> str | Problem:
    try:
        return str(int(value))
    except ValueError:
        return limit_problem(
            "TEXT_TOO_LONG",
            ja="整数の桁数が多すぎます。必要なら文字列で送ってください。",
            en="The integer has too many digits. Send it as a string if it is needed.",
            path=path,
        )


def _float(path: Path) -> Problem:
    return problem(
        "FLOAT_NOT_EXACT",
        ja="小数が二進の浮動小数点数で渡されたため、書かれたとおりの値が分かりません。"
        "文字列で送ってください。",
        en="A binary floating-point number is not exactly the number that was written. "
        "Send it as a string.",
        hint='"0.1"',
        path=path,
    )


def _not_finite(path: Path) -> Problem:
    return problem(
        "NOT_FINITE",
        ja="NaN や無限大は数として使えません。値がないときは null にしてください。",
        en="NaN and infinity cannot be used as numbers. Send null where there is no "
        "value.",
        hint="null",
        path=path,
    )


def _bad_key(key: object, path: Path) -> Problem:
    kind = quoted(type(key).__name__)
    return problem(
        "BAD_KEY",
        ja=f"項目名は文字列でなければなりません（{kind} が使われています）。",
        en=f"A key must be a string, not {kind}.",
        hint='"key"',
        path=path,
    )


def _bad_value(value: object, path: Path) -> Problem:
    kind = quoted(type(value).__name__)
    return problem(
        "BAD_VALUE",
        ja=f"{kind} 型の値は使えません。文字列、数、真偽値、null、一覧、組で渡してください。",
        en=f"A value of type {kind} cannot be used. Send strings, numbers, booleans, "
        "null, lists and mappings.",
        hint='"text"',
        path=path,
    )
