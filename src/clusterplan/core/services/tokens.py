"""Make and revoke API tokens."""

from __future__ import annotations

import base64
import datetime as dt
from collections.abc import Callable

from attrs import frozen

from ..actors import Actor
from ..errors import ErrorCode, PlanError, Problem
from ..inputs import normalised
from ..store import Store
from ..tokens import PREFIX, Token, secret_digest
from .domain import Domain

RandomBytes = Callable[[int], bytes]
"""Gives as many unpredictable bytes as asked for, such as `secrets.token_bytes`."""

_SECRET_BYTES = 32
_ID_BYTES = 5


class UnknownTokenError(PlanError):
    """There is no such token that works."""

    def __init__(self, token_id: str) -> None:
        self.token_id = token_id
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_TOKEN",
                message_ja=f"有効なトークン「{token_id}」はありません",
                message_en=f"there is no token {token_id!r} that works",
            )
        )


class PastExpiryError(PlanError):
    """The token would never work."""

    def __init__(self, day: dt.date) -> None:
        self.day = day
        super().__init__(
            Problem(
                code=ErrorCode.BAD_USER_INPUT,
                reason="EXPIRY_IN_PAST",
                message_ja=f"期限 {day} は過ぎています",
                message_en=f"the last day {day} is over",
                path=("expires_on",),
            )
        )


@frozen(kw_only=True)
class CreateToken:
    """Make a token that stands for an actor."""

    actor: Actor
    note: str = ""
    expires_on: dt.date | None = None


def create_token(
    command: CreateToken, store: Store, domain: Domain, random: RandomBytes
) -> tuple[Token, str]:
    """Make a token of 256 random bits; return it with its secret, shown only now.

    Raises:
        PastExpiryError: The last day of the token is over.
    """
    command = normalised(command)
    if command.expires_on is not None and command.expires_on < domain.today():
        raise PastExpiryError(command.expires_on)
    secret = PREFIX + _text(random(_SECRET_BYTES))
    token = Token(
        id=_text(random(_ID_BYTES)).lower(),
        actor=command.actor,
        note=command.note,
        digest=secret_digest(secret),
        created_at=domain.clock(),
        expires_on=command.expires_on,
    )
    with store.write() as unit:
        unit.add_token(token)
    return token, secret


def revoke_token(token_id: str, store: Store, domain: Domain) -> None:
    """Revoke a token at once.

    Raises:
        UnknownTokenError: There is none, or it is revoked already.
    """
    with store.write() as unit:
        if not unit.revoke_token(token_id, domain.clock()):
            raise UnknownTokenError(token_id)


def _text(data: bytes) -> str:
    return base64.b32encode(data).decode().rstrip("=").lower()
