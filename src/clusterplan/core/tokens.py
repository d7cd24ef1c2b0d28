"""API tokens: secrets that stand for an actor."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
from typing import Annotated

from attrs import frozen

from .actors import Actor
from .terms import Term

PREFIX = "cp_"


@frozen(kw_only=True)
class Token:
    """What is kept of a token; the secret itself is shown once and never kept."""

    id: Annotated[str, Term("トークンID", "Short public name of the token.")]
    actor: Annotated[Actor, Term("主体", "Office it stands for.")]
    note: Annotated[str, Term("メモ", "What it was made for.")]
    digest: str
    created_at: Annotated[dt.datetime, Term("作成日時", "When it was made.")]
    expires_on: Annotated[
        dt.date | None, Term("期限", "Last day on which it works, if any.")
    ] = None
    revoked_at: Annotated[
        dt.datetime | None, Term("失効日時", "When it was revoked, if it was.")
    ] = None

    def is_valid(self, on: dt.date) -> bool:
        """Tell whether the token works on the day *on*."""
        if self.revoked_at is not None:
            return False
        return self.expires_on is None or on <= self.expires_on


def secret_digest(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same_digest(one: str, other: str) -> bool:
    """Compare two digests in constant time."""
    return hmac.compare_digest(one.encode(), other.encode())
