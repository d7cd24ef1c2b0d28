"""Tokens: until when they work, and how their secrets are compared."""

from __future__ import annotations

import datetime as dt
import hashlib

import attrs

from clusterplan.core.actors import Actor
from clusterplan.core.tokens import Token, same_digest, secret_digest

MADE = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
TOKEN = Token(
    id="t",
    actor=Actor.parse("meti:meti"),
    note="",
    digest=secret_digest("cp_secret"),
    created_at=MADE,
    expires_on=dt.date(2027, 3, 31),
)


def test_a_token_works_through_its_last_day() -> None:
    """The day of expiry is the last on which it works."""
    assert TOKEN.is_valid(dt.date(2027, 3, 31))
    assert not TOKEN.is_valid(dt.date(2027, 4, 1))


def test_a_token_without_expiry_works_until_it_is_revoked() -> None:
    """A revoked token works on no day."""
    lasting = attrs.evolve(TOKEN, expires_on=None)
    assert lasting.is_valid(dt.date.max)
    assert not attrs.evolve(lasting, revoked_at=MADE).is_valid(dt.date.min)


def test_a_secret_is_kept_as_its_digest() -> None:
    """SHA-256 in hexadecimal; any text can be asked for."""
    assert secret_digest("cp_x") == hashlib.sha256(b"cp_x").hexdigest()
    assert same_digest(TOKEN.digest, secret_digest("cp_secret"))
    assert not same_digest(TOKEN.digest, secret_digest("cp_secret2"))
    assert not same_digest(TOKEN.digest, "合言葉")
