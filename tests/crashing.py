"""A store that crashes in the middle of a change."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from attrs import define, frozen

from clusterplan.core.events import Event, NewEvent
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import ReadUnit, WriteUnit


class CrashError(Exception):
    """The program ends in the middle of a change."""


@define
class _CrashingUnit:
    _unit: WriteUnit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def append(self, event: NewEvent, at: dt.datetime) -> Event:
        """Write the event, and crash."""
        self._unit.append(event, at)
        raise CrashError


@frozen
class CrashingStore:
    """A store that crashes in a change: after its first event, or before its end."""

    store: SqlStore
    after_event: bool

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        """Open one consistent look."""
        with self.store.read() as unit:
            yield unit

    @contextmanager
    def write(self) -> Iterator[WriteUnit]:
        """Open a change that comes to nothing."""
        with self.store.write() as unit:
            yield cast("WriteUnit", _CrashingUnit(unit)) if self.after_event else unit
            raise CrashError

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)
