"""Do what a request with a key asks for once, however often it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar, cast

from attrs import define, frozen

from ..actors import Actor
from ..errors import PlanError
from ..events import Event, NewEvent
from ..requests import KeyReusedError, KeyTooLongError, Request
from ..store import ReadUnit, Store, WriteUnit

T = TypeVar("T")
MOST_KEY_CHARS = 64


@frozen(kw_only=True)
class Keyed:
    """Who asks for what under which key.

    Attributes:
        digest: SHA-256 of all that is asked for.
    """

    actor: Actor
    key: str
    digest: str


def once(
    keyed: Keyed, store: Store, act: Callable[[Store], T], told: Callable[[Event], T]
) -> T:
    """Let *act* change the store, and remember the key in the same change.

    Sent again, the same request changes nothing, and *told* answers from the event that
    it led to. A request that changes nothing is not remembered.

    Raises:
        KeyReusedError: If the key stands for another request of the same actor.
        KeyTooLongError: If the key is empty or longer than 64 characters.
    """
    if not 1 <= len(keyed.key) <= MOST_KEY_CHARS:
        raise KeyTooLongError(MOST_KEY_CHARS)
    before = _event_before(keyed, store)
    if before is not None:
        return told(before)
    try:
        return act(cast("Store", _RememberingStore(store, keyed)))
    except PlanError:
        # The same request, sent at the same time, may have been quicker.
        before = _event_before(keyed, store)
        if before is None:
            raise
        return told(before)


def _event_before(keyed: Keyed, store: Store) -> Event | None:
    with store.read() as unit:
        known = unit.request(keyed.actor, keyed.key)
        if known is None:
            return None
        if known.digest != keyed.digest:
            raise KeyReusedError(keyed.key)
        return unit.event(known.sequence)


@define
class _RememberingUnit:
    """A change that remembers the key together with its event."""

    _unit: WriteUnit
    _keyed: Keyed
    _remembered: bool = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def append(self, event: NewEvent, at: dt.datetime) -> Event:
        """Write an event to the end of the log; beside the first one, the key."""
        written = self._unit.append(event, at)
        if self._remembered:
            return written
        self._remembered = True
        self._unit.add_request(
            Request(
                actor=self._keyed.actor,
                key=self._keyed.key,
                digest=self._keyed.digest,
                sequence=written.sequence,
                recorded_at=written.recorded_at,
            )
        )
        return written


@define
class _RememberingStore:
    """A store whose changes remember a key."""

    _store: Store
    _keyed: Keyed

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        """Open one consistent look."""
        with self._store.read() as unit:
            yield unit

    @contextmanager
    def write(self) -> Iterator[WriteUnit]:
        """Open a change."""
        with self._store.write() as unit:
            yield cast("WriteUnit", _RememberingUnit(unit, self._keyed))
