"""What the library refuses, and why: one class a refusal, one text in two languages.

A refusal is an exception that carries *problems*. A problem has a class of error
(`ErrorCode`, what a client branches on first), a stable reason, a path into the
input, and its text in Japanese and English. Texts never hold secrets or internals.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from .terms import TermEnum

Path = tuple[str | int, ...]
MOST_PROBLEMS = 100
"""An answer with more problems than this helps nobody."""


class ErrorCode(TermEnum):
    """The class of a refusal; closed, and the same on every surface."""

    BAD_USER_INPUT = (
        "BAD_USER_INPUT",
        "入力の誤り",
        "What was sent cannot be read, or says something impossible.",
    )
    LIMIT_EXCEEDED = (
        "LIMIT_EXCEEDED",
        "上限超過",
        "More was asked or sent than is allowed at once.",
    )
    UNAUTHENTICATED = (
        "UNAUTHENTICATED",
        "認証なし",
        "A token is needed, or the one that came does not work.",
    )
    FORBIDDEN = "FORBIDDEN", "権限なし", "Another office may do it, this one may not."
    NOT_FOUND = "NOT_FOUND", "該当なし", "There is none, or none that who asks may see."
    CONFLICT = "CONFLICT", "競合", "It does not fit what is stored now."
    IDEMPOTENCY_MISMATCH = (
        "IDEMPOTENCY_MISMATCH",
        "冪等キーの不一致",
        "The same key was sent with another request.",
    )
    UNAVAILABLE = (
        "UNAVAILABLE",
        "一時的に利用不可",
        "It cannot be done just now; the same again may work later.",
    )
    INTERNAL = "INTERNAL", "内部エラー", "A fault of the server."


@frozen(kw_only=True)
class Problem:
    """One thing that is wrong with an input or a request.

    Attributes:
        reason: Stable fine code in capitals, such as `UNKNOWN_KEY`.
        path: Keys and list positions from the top of the input.
        line: Line of the input text, counted from 1, where one is known.
        column: Column of the input text, counted from 1, where one is known.
        hint: What to write instead, where the library can tell.
        rule_id: The rule that asks for it, where there is one, such as `ACT-01`.
        current_version: What is stored now, for a conflict.
    """

    code: ErrorCode = ErrorCode.BAD_USER_INPUT
    reason: str
    message_ja: str
    message_en: str
    path: Path = ()
    line: int | None = None
    column: int | None = None
    hint: str | None = None
    rule_id: str | None = None
    current_version: int | None = None

    @property
    def pointer(self) -> str:
        """The path as a JSON pointer (RFC 6901); empty for the whole input."""
        return pointer(self.path)


def pointer(path: Iterable[str | int]) -> str:
    """Return *path* as a JSON pointer (RFC 6901)."""
    return "".join(
        "/" + str(step).replace("~", "~0").replace("/", "~1") for step in path
    )


class PlanError(Exception):
    """Base of all refusals by the library; carries at least one problem."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(*problems)
        self.problems = problems

    def __str__(self) -> str:
        return "; ".join(
            f"{p.pointer}: {p.message_en}" if p.path else p.message_en
            for p in self.problems
        )


class InputError(PlanError):
    """A document or argument has the wrong shape; lists every problem at once."""
