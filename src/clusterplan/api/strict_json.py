"""JSON as RFC 8259 has it, read so that hostile text is refused and no digit is lost.

The decoder of the standard library accepts `NaN`, guesses UTF-16, and fails in several
ways on deep nesting and long numbers. Here there is one way to fail, and a number with
a fraction keeps the text that it was written with.
"""

from __future__ import annotations

import json
import math
import re
from typing import NoReturn, Self

from ..core.errors import Problem

MAX_NESTING = 64

_STRING_OR_BRACKET = re.compile(r'"(?:[^"\\]++|\\.)*+"?|[\[{]|[\]}]', re.DOTALL)
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]|[\ud800-\udfff]")


class ExactFloat(float):
    """A number with a fraction or an exponent, and the text that it was written as.

    Decimals are made from `text`, or from `str()`, which returns it.
    """

    text: str

    def __new__(cls, text: str) -> Self:
        """Return the number that *text* stands for."""
        number = super().__new__(cls, text)
        number.text = text
        return number

    def __str__(self) -> str:
        return self.text


class MalformedJsonError(json.JSONDecodeError):
    """The text is not JSON that a server should read; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.message_en, "", 0)
        self.problem = problem


def loads(data: str | bytes) -> object:
    """Return what *data* stands for; numbers with a fraction become `ExactFloat`.

    Raises:
        MalformedJsonError: *data* is not UTF-8, not JSON, nested too deeply, or holds
            a number or character that JSON has no room for.
    """
    text = _decoded(data)
    _refuse_deep(text)
    try:
        value: object = json.loads(
            text, parse_float=_finite, parse_constant=_refuse_constant
        )
    except MalformedJsonError:
        raise
    except json.JSONDecodeError as error:
        raise MalformedJsonError(_not_json(error)) from None
    except ValueError:
        raise MalformedJsonError(_number_too_long()) from None
    if _SURROGATE.search(text):
        _refuse_lone_surrogates(value)
    return value


def _decoded(data: str | bytes) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise MalformedJsonError(
            Problem(
                reason="JSON_NOT_UTF8",
                message_en=f"Byte {error.start} is not UTF-8. Send JSON in UTF-8.",
                message_ja=f"{error.start}バイト目がUTF-8ではありません。"
                "JSONはUTF-8で送ってください。",
            )
        ) from None


def _refuse_deep(text: str) -> None:
    depth = 0
    for match in _STRING_OR_BRACKET.finditer(text):
        character = text[match.start()]
        if character in "[{":
            depth += 1
        elif character in "]}":
            depth -= 1
        if depth > MAX_NESTING:
            raise MalformedJsonError(
                Problem(
                    reason="JSON_TOO_DEEP",
                    message_en=f"The JSON is nested more than {MAX_NESTING} levels"
                    " deep. Send it flatter.",
                    message_ja=f"JSONの入れ子が{MAX_NESTING}段を超えています。"
                    "入れ子を浅くしてください。",
                )
            )


def _finite(text: str) -> ExactFloat:
    number = ExactFloat(text)
    if not math.isfinite(number):
        raise MalformedJsonError(_number_too_long())
    return number


def _refuse_constant(name: str) -> NoReturn:
    raise MalformedJsonError(
        Problem(
            reason="JSON_NOT_A_NUMBER",
            message_en=f"{name} is not JSON. Write a number or null.",
            message_ja=f"{name}はJSONの値ではありません。数値かnullを書いてください。",
        )
    )


def _refuse_lone_surrogates(value: object) -> None:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        raise MalformedJsonError(
            Problem(
                reason="JSON_LONE_SURROGATE",
                message_en="A text holds half of a surrogate pair. Write the whole"
                " character.",
                message_ja="文字列にサロゲートペアの片方だけが含まれています。"
                "文字をそのまま書いてください。",
            )
        ) from None


def _not_json(error: json.JSONDecodeError) -> Problem:
    return Problem(
        reason="JSON_MALFORMED",
        message_en=f"Not JSON: {error.msg} (line {error.lineno},"
        f" column {error.colno}).",
        message_ja=f"JSONとして読めません（{error.lineno}行{error.colno}文字目）。"
        "括弧や引用符、カンマを確かめてください。",
        line=error.lineno,
        column=error.colno,
    )


def _number_too_long() -> Problem:
    return Problem(
        reason="JSON_NUMBER_TOO_LARGE",
        message_en="A number is too large. Write fewer digits, or send it as text.",
        message_ja="数値が大きすぎます。桁数を減らすか、文字列で送ってください。",
    )
