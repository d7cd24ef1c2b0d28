"""Tokens are made of 256 random bits, shown once, and revoked at once."""

from __future__ import annotations

import datetime as dt
import secrets

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.errors import ErrorCode
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.tokens import (
    CreateToken,
    PastExpiryError,
    UnknownTokenError,
    create_token,
    revoke_token,
)
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.tokens import secret_digest

COMMAND = CreateToken(
    actor=Actor.parse("prefecture:430005"),
    note="県の担当課",
    expires_on=dt.date(2027, 3, 31),
)


def test_a_token_is_kept_without_its_secret(store: SqlStore, domain: Domain) -> None:
    """The secret leads to the token, and stands nowhere in the store."""
    token, secret = create_token(COMMAND, store, domain, secrets.token_bytes)
    assert secret.startswith("cp_")
    assert len(secret) >= 3 + 52
    assert token.created_at == domain.clock()
    with store.read() as unit:
        assert unit.token_of(secret_digest(secret)) == token
        assert unit.tokens() == [token]
    assert secret not in repr(token)
    other, _ = create_token(COMMAND, store, domain, secrets.token_bytes)
    assert other.id != token.id


def test_a_secret_is_made_of_256_random_bits(
    sqlite_store: SqlStore, domain: Domain
) -> None:
    """All of the randomness that is asked for is in the secret."""
    asked: list[int] = []

    def random(size: int) -> bytes:
        asked.append(size)
        return bytes(range(len(asked), len(asked) + size))

    _, secret = create_token(COMMAND, sqlite_store, domain, random)
    assert 32 in asked
    assert secret == "cp_" + "aebagbafaydqqcikbmga2dqpcaireeyuculbogazdinryhi6d4qa"


def test_a_token_is_revoked_once(store: SqlStore, domain: Domain) -> None:
    """From then on there is no such token that works."""
    token, secret = create_token(COMMAND, store, domain, secrets.token_bytes)
    revoke_token(token.id, store, domain)
    with store.read() as unit:
        found = unit.token_of(secret_digest(secret))
    assert found is not None
    assert not found.is_valid(domain.today())
    for token_id in (token.id, "unknown"):
        with pytest.raises(UnknownTokenError) as caught:
            revoke_token(token_id, store, domain)
        (problem,) = caught.value.problems
        assert problem.code is ErrorCode.NOT_FOUND
        assert token_id in problem.message_ja


def test_a_token_that_would_never_work_is_refused(
    store: SqlStore, domain: Domain
) -> None:
    """A last day that is over is a slip of the pen; today still works."""
    yesterday = domain.today() - dt.timedelta(1)
    late = CreateToken(actor=COMMAND.actor, expires_on=yesterday)
    with pytest.raises(PastExpiryError) as caught:
        create_token(late, store, domain, secrets.token_bytes)
    (problem,) = caught.value.problems
    assert (problem.reason, problem.path) == ("EXPIRY_IN_PAST", ("expires_on",))
    last_day = CreateToken(actor=COMMAND.actor, expires_on=domain.today())
    token, _ = create_token(last_day, store, domain, secrets.token_bytes)
    with store.read() as unit:
        assert unit.tokens() == [token]
