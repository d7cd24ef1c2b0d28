"""Databases: how they are opened, and how units of work begin in them."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Connection, Engine, QueuePool, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from ..errors import ErrorCode, PlanError, Problem

WRITE = {"clusterplan_write": True}
"""Execution options of a connection that is going to change something."""
_NETWORK = ("nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "afs", "fuse.sshfs")
_BUSY_MS = 15_000
_PAUSE_MS = 20
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_UNUSABLE = {
    "SQLITE_READONLY": (
        "READ_ONLY_DATABASE",
        (
            "データベースのファイルに書き込めません。ファイルとフォルダの書き込み権限を"
            "確かめてください"
        ),
        (
            "the database file cannot be written; check the permissions of the file and "
            "of its directory"
        ),
    ),
    "SQLITE_CANTOPEN": (
        "CANNOT_OPEN_DATABASE",
        (
            "データベースのファイルを開けません。フォルダではないか、ファイルとフォルダの"
            "書き込み権限があるかを確かめてください"
        ),
        (
            "the database file cannot be opened; check that it is no directory, and the "
            "permissions of the file and of its directory"
        ),
    ),
    "SQLITE_NOTADB": (
        "NOT_A_DATABASE",
        "このファイルはSQLiteのデータベースではありません。別のファイル名を指定してください",
        "this file is no SQLite database; name another file",
    ),
    "SQLITE_CORRUPT": (
        "DAMAGED_DATABASE",
        "データベースのファイルが壊れています。バックアップから戻してください",
        "the database file is damaged; restore a backup",
    ),
    "42501": (
        "NO_PERMISSION",
        (
            "このデータベースで表を作る、または使う権限がありません。"
            "PostgreSQLの管理者に権限の付与を依頼してください"
        ),
        (
            "the database user may not make or use tables; ask the administrator of "
            "PostgreSQL to grant it"
        ),
    ),
}


class UnusableDatabaseError(PlanError):
    """The database cannot be opened, or must not be."""

    def __init__(self, reason: str, ja: str, en: str) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.UNAVAILABLE, reason=reason, message_ja=ja, message_en=en
            )
        )


def unusable(error: DBAPIError) -> UnusableDatabaseError | None:
    """Return the refusal for an error that no repetition will heal, if it is one."""
    name = getattr(error.orig, "sqlite_errorname", None) or getattr(
        error.orig, "sqlstate", None
    )
    for code, texts in _UNUSABLE.items():
        if name is not None and name.startswith(code):
            return UnusableDatabaseError(*texts)
    return None


def open_engine(url: str, *, create: bool = True) -> Engine:
    """Open the database at *url*, SQLite or PostgreSQL.

    Args:
        url: Address of the database.
        create: Whether a SQLite file that is not there is going to be made.

    Raises:
        UnusableDatabaseError: The address is of another kind, or a SQLite file lies on
            a network drive, where its locks do not hold, or is not there.
    """
    address = _address(url)
    if address.get_backend_name() == "sqlite":
        return _sqlite(address, create=create)
    return _postgresql(address)


def _refuse_missing(path: Path) -> None:
    if not path.exists() and not str(path).startswith("file:"):
        raise UnusableDatabaseError(
            "NO_DATABASE",
            f"データベースのファイル「{path}」がありません。--database を確かめてください",
            f"there is no database file {str(path)!r}; check --database",
        )


def _address(url: str) -> URL:
    try:
        address = make_url(url)
    except (ArgumentError, ValueError):
        raise UnusableDatabaseError(
            "BAD_DATABASE_ADDRESS",
            "データベースのアドレスが読めません（例：sqlite:///clusterplan.db）",
            "the database address cannot be read (example: sqlite:///clusterplan.db)",
        ) from None
    if address.drivername not in _DRIVERS:
        raise UnusableDatabaseError(
            "UNKNOWN_DATABASE",
            "データベースの種類は sqlite か postgresql です",
            "the database is sqlite or postgresql",
        )
    return address.set(drivername=_DRIVERS[address.drivername])


def _sqlite(address: URL, *, create: bool) -> Engine:
    options: dict[str, Any] = {}
    if not address.database or address.database == ":memory:":
        options = {
            "poolclass": QueuePool,
            "pool_size": 1,
            "max_overflow": 0,
            "connect_args": {"check_same_thread": False},
        }
    else:
        path = Path(address.database)
        if not path.absolute().parent.is_dir():
            raise UnusableDatabaseError(
                "NO_SUCH_DIRECTORY",
                f"フォルダ「{path.parent}」がありません",
                f"there is no directory {str(path.parent)!r}",
            )
        _refuse_network_drive(path)
        if not create:
            _refuse_missing(path)
    engine = sa.create_engine(address, **options)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _: object) -> None:
    connection.isolation_level = None
    connection.execute(f"PRAGMA busy_timeout={_BUSY_MS}")
    _use_write_ahead_log(connection)
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA foreign_keys=ON")


def _use_write_ahead_log(connection: Any) -> None:
    """Switch to write-ahead logging, and wait for others who do so.

    SQLite answers at once that the file is busy when several processes make the switch
    on a new database: the time that it waits for locks does not count here.
    """
    for left in reversed(range(_BUSY_MS // _PAUSE_MS)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if left == 0 or "locked" not in str(error):
                raise
            time.sleep(_PAUSE_MS / 1000)
        else:
            return


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("clusterplan_write")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql(address: URL) -> Engine:
    try:
        return sa.create_engine(address, pool_pre_ping=True)
    except ImportError:
        raise UnusableDatabaseError(
            "NO_DRIVER",
            "PostgreSQLを使うには psycopg が必要です：pip install 'psycopg[binary]'",
            "PostgreSQL needs psycopg: pip install 'psycopg[binary]'",
        ) from None


def _refuse_network_drive(path: Path) -> None:
    kind = _file_system(path.resolve().parent)
    if kind in _NETWORK:
        raise UnusableDatabaseError(
            "NETWORK_DRIVE",
            f"SQLiteのファイルはネットワークドライブ（{kind}）に置けません。"
            "手元のディスクに置くか、PostgreSQLを使ってください",
            f"a SQLite file must not lie on a network drive ({kind}); use a local disk, "
            "or PostgreSQL",
        )


def _file_system(directory: Path, mounts: Path = Path("/proc/mounts")) -> str | None:
    """Return the kind of file system of *directory*, where the machine tells it."""
    if not mounts.exists():
        return None
    best, kind = "", None
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        parts = line.split()
        point = parts[1].replace("\\040", " ")
        inside = directory.is_relative_to(point)
        if inside and len(point) >= len(best):
            best, kind = point, parts[2]
    return kind
