"""Requests that carry a key, so that sending one again does nothing again."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from .actors import Actor
from .errors import ErrorCode, PlanError, Problem


@frozen(kw_only=True)
class Request:
    """A request that changed something, by the key that its sender gave it.

    Attributes:
        key: Chosen by the sender, unique among its requests.
        digest: SHA-256 of what was asked for.
        sequence: The event that it led to.
    """

    actor: Actor
    key: str
    digest: str
    sequence: int
    recorded_at: dt.datetime


class KeyReusedError(PlanError):
    """The key stands for another request of the same sender."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            Problem(
                code=ErrorCode.IDEMPOTENCY_MISMATCH,
                reason="KEY_REUSED",
                message_ja=f"キー「{key[:64]}」は別の内容の要求に使われています",
                message_en=f"the key {key[:64]!r} belongs to another request",
                path=("key",),
            )
        )


class KeyTooLongError(PlanError):
    """The key is longer than a key may be, or empty."""

    def __init__(self, most: int) -> None:
        super().__init__(
            Problem(
                reason="BAD_KEY",
                message_ja=f"キーは1文字以上{most}文字以内です",
                message_en=f"a key has at least one and at most {most} characters",
                path=("key",),
            )
        )
