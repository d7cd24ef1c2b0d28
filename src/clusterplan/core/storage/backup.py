"""Copies of a SQLite database while it is in use."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from sqlalchemy import Engine

from ..errors import ErrorCode, PlanError, Problem


class NotBackedUpError(PlanError):
    """The copy cannot be made here."""

    def __init__(self, reason: str, ja: str, en: str) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.BAD_USER_INPUT,
                reason=reason,
                message_ja=ja,
                message_en=en,
            )
        )


def back_up(engine: Engine, target: Path) -> None:
    """Write a consistent copy of the database of *engine* to *target*.

    Raises:
        NotBackedUpError: The database is not SQLite, *target* exists already, or one
            of them cannot be used.
    """
    if engine.dialect.name != "sqlite" or not engine.url.database:
        raise NotBackedUpError(
            "NOT_SQLITE",
            "PostgreSQLの控えは pg_dump で取ってください",
            "back PostgreSQL up with pg_dump",
        )
    if target.exists():
        raise NotBackedUpError(
            "FILE_EXISTS",
            f"「{target}」は既にあります。別のファイル名を指定してください",
            f"{str(target)!r} exists already; name another file",
        )
    address = Path(engine.url.database).absolute().as_uri() + "?mode=rw"
    try:
        with closing(sqlite3.connect(address, uri=True)) as source:
            _copy(source, target)
    except sqlite3.Error as error:
        raise NotBackedUpError(
            "BACKUP_FAILED",
            f"控え「{target}」を作れませんでした（{error}）。"
            "データベースと控えの場所と権限を確かめてください",
            f"the copy {str(target)!r} was not made ({error}); check place and "
            "permissions of the database and of the copy",
        ) from error


def _copy(source: sqlite3.Connection, target: Path) -> None:
    try:
        with closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
    except sqlite3.Error:
        target.unlink(missing_ok=True)
        raise
