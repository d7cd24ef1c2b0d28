"""The chain: every fact of an event is in its digest."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.events import GENESIS, Event, chain_digest
from clusterplan.core.identifiers import Key

EVENT = Event(
    sequence=12,
    kind=Key("plan_saved"),
    aggregate=Key("plan"),
    aggregate_id="p",
    version=3,
    actor=Actor.parse("operator:local"),
    recorded_at=dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC),
    payload_digest="a" * 64,
    previous=GENESIS,
    digest="",
)


@pytest.mark.parametrize(
    "other",
    [
        {"sequence": 13},
        {"kind": "plan_imported"},
        {"aggregate": "token"},
        {"aggregate_id": "q"},
        {"version": 4},
        {"actor": Actor.parse("operator:other")},
        {"recorded_at": EVENT.recorded_at + dt.timedelta(microseconds=1)},
        {"payload_digest": "b" * 64},
        {"previous": "1" * 64},
        {"kind": "plan_savedp", "aggregate": "lan"},
    ],
)
def test_another_fact_is_another_digest(other: dict[str, object]) -> None:
    """No change of an event goes unnoticed, nor text that moves between facts."""
    assert chain_digest(attrs.evolve(EVENT, **other)) != chain_digest(EVENT)  # type: ignore[arg-type]


def test_a_digest_does_not_depend_on_the_time_zone_or_itself() -> None:
    """The same moment, written for Tokyo, is the same event."""
    tokyo = dt.timezone(dt.timedelta(hours=9))
    same = attrs.evolve(
        EVENT, recorded_at=EVENT.recorded_at.astimezone(tokyo), digest="x"
    )
    assert chain_digest(same) == chain_digest(EVENT)


def test_the_form_of_the_chain_never_changes() -> None:
    """A digest that was given out once is the same in every later version."""
    assert chain_digest(EVENT) == (
        "8d91576149998af21ceea230af1585787baab107a6ef7ee81597575173e0b58e"
    )
