"""A store in a SQL database."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from attrs import define
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import (
    DatabaseError,
    DataError,
    DBAPIError,
    InternalError,
    OperationalError,
)
from sqlalchemy.exc import (
    TimeoutError as PoolTimeoutError,
)
from sqlmodel import Session

from ..documents.codec import Codec
from ..errors import ErrorCode, InputError, PlanError, Problem
from ..plantypes import PlanType
from ..reference import ReferenceData
from ..store import Flaw
from . import audit
from .engine import WRITE, open_engine, unusable
from .migrate import upgrade
from .reading import SqlReadUnit
from .writing import SqlWriteUnit

_log = logging.getLogger("clusterplan.store")


class StoreUnavailableError(PlanError):
    """The database does not answer, or cannot take a change now."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.UNAVAILABLE,
                reason="STORE_UNAVAILABLE",
                message_ja="データベースが応答しません。しばらくしてから繰り返してください",
                message_en="the database does not answer; try again later",
            )
        )


class UnstorableValueError(InputError):
    """A text or number is of a kind that no plan, id or word of a store has."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                reason="UNSTORABLE_VALUE",
                message_ja="データベースで扱えない文字または大きすぎる数が含まれています",
                message_en="a text has characters, or a number a size, that the "
                "database does not take",
            )
        )


@define
class SqlStore:
    """Plans in SQLite or PostgreSQL; share one between threads."""

    _engine: Engine
    _codec: Codec
    _reference: ReferenceData

    @classmethod
    def open(
        cls,
        url: str,
        plan_types: Mapping[str, PlanType],
        reference: ReferenceData,
        *,
        create: bool = True,
    ) -> SqlStore:
        """Open the database at *url* and bring it to the tables of this version.

        What follows from the log is made again for tables that were older; where log or
        texts are damaged it stays as it is, and `verify` tells so.

        Raises:
            UnusableDatabaseError: The database cannot be opened, or must not be.
            StoreUnavailableError: It does not answer.
        """
        store = cls(open_engine(url, create=create), Codec(plan_types), reference)
        try:
            with _available():
                upgrade(store.engine, then=store._rebuild_sound)
        except Exception:
            store.close()
            raise
        return store

    @property
    def engine(self) -> Engine:
        """The database, for migrations and backups."""
        return self._engine

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def read(self) -> Iterator[SqlReadUnit]:
        """Open one consistent look; nothing can be changed through it."""
        with _available(), Session(self._snapshots()) as session:
            yield SqlReadUnit(session, self._codec)
            session.rollback()

    @contextmanager
    def write(self) -> Iterator[SqlWriteUnit]:
        """Open a change: a clean exit commits, an exception undoes all of it."""
        engine = self._engine.execution_options(**WRITE)
        with _available(), Session(engine) as session, session.begin():
            yield SqlWriteUnit(session, self._codec)

    def verify(self) -> Iterator[Flaw]:
        """Compare the log with itself and with every row that follows from it."""
        with _available(), Session(self._snapshots()) as session:
            yield from audit.flaws(session, self._codec, self._reference)

    def rebuild(self) -> int:
        """Drop all projections and make them again from the log; tell how many.

        Raises:
            DamagedLogError: If the log does not agree with itself.
        """
        engine = self._engine.execution_options(**WRITE)
        with _available(), Session(engine) as session, session.begin():
            return audit.rebuild(session, self._codec, self._reference)

    def _rebuild_sound(self, connection: Connection) -> None:
        try:
            with Session(connection) as session, session.begin_nested():
                audit.rebuild(session, self._codec, self._reference)
        except DBAPIError:
            raise
        except Exception:  # noqa: BLE001
            _log.exception("what follows from the log could not be made again")

    def _snapshots(self) -> Engine:
        """Return the engine with transactions that see one moment."""
        if self._engine.dialect.name == "postgresql":
            return self._engine.execution_options(isolation_level="REPEATABLE READ")
        return self._engine


@contextmanager
def _available() -> Iterator[None]:
    try:
        yield
    except (DataError, OverflowError, UnicodeEncodeError) as error:
        raise UnstorableValueError from error
    except PoolTimeoutError as error:
        raise StoreUnavailableError from error
    except DatabaseError as error:
        refusal: PlanError | None = unusable(error)
        if refusal is None and isinstance(error, OperationalError | InternalError):
            refusal = StoreUnavailableError()
        if refusal is None:
            raise
        raise refusal from error
