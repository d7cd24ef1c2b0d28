"""Tokens in a store: found by the digest of their secret, revoked once."""

from __future__ import annotations

import datetime as dt

import attrs

from clusterplan.core.actors import Actor
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.tokens import Token, secret_digest

MADE = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)
TOKEN = Token(
    id="t2",
    actor=Actor.parse("prefecture:430005"),
    note="県の担当課",
    digest=secret_digest("cp_one"),
    created_at=MADE,
    expires_on=dt.date(2027, 3, 31),
)
OTHER = attrs.evolve(TOKEN, id="t1", digest=secret_digest("cp_two"), expires_on=None)


def test_a_token_is_found_by_the_digest_of_its_secret(store: SqlStore) -> None:
    """What is found is what was kept; another secret finds nothing."""
    with store.write() as unit:
        unit.add_token(TOKEN)
        unit.add_token(attrs.evolve(OTHER, created_at=MADE - dt.timedelta(days=1)))
    with store.read() as unit:
        assert unit.token_of(secret_digest("cp_one")) == TOKEN
        assert unit.token_of(secret_digest("cp_none")) is None
        assert [token.id for token in unit.tokens()] == ["t1", "t2"]


def test_a_token_is_revoked_once(store: SqlStore) -> None:
    """A second time there is nothing to revoke, and the first moment stays."""
    with store.write() as unit:
        unit.add_token(TOKEN)
        unit.add_token(OTHER)
    with store.write() as unit:
        assert unit.revoke_token("t2", MADE)
        assert not unit.revoke_token("t2", MADE + dt.timedelta(days=1))
        assert not unit.revoke_token("unknown", MADE)
    with store.read() as unit:
        revoked = unit.token_of(TOKEN.digest)
        assert unit.token_of(OTHER.digest) == OTHER
    assert revoked == attrs.evolve(TOKEN, revoked_at=MADE)
