"""Bringing a database to the tables of this version, under a lock."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources

import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from sqlalchemy import Connection, Engine

from .engine import WRITE, UnusableDatabaseError

VERSION_TABLE = "cp_alembic_version"
_LOCK = 0x636C7573


def upgrade(
    engine: Engine,
    revision: str = "head",
    *,
    then: Callable[[Connection], None] | None = None,
) -> None:
    """Bring the database to *revision*; a second process waits and finds it done.

    *then* is done in the same transaction, where there were older tables before.

    Raises:
        UnusableDatabaseError: The database is of a newer version of this library.
    """
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        _lock(connection)
        before = _revision(connection)
        try:
            command.upgrade(_config(connection), revision)
        except CommandError:
            raise UnusableDatabaseError(
                "NEWER_DATABASE",
                "このデータベースは、より新しい版の clusterplan で作られています。"
                "clusterplan を更新してください",
                "this database was made by a newer version of clusterplan; upgrade "
                "clusterplan",
            ) from None
        if then is not None and before not in (None, _revision(connection)):
            then(connection)


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to *revision*, `base` for an empty one."""
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        _lock(connection)
        command.downgrade(_config(connection), revision)


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """Return the revision of the database, and the one that this version wants."""
    with engine.connect() as connection:
        current = _revision(connection)
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return current, head


def _revision(connection: Connection) -> str | None:
    options = {"version_table": VERSION_TABLE}
    return MigrationContext.configure(connection, opts=options).get_current_revision()


def _config(connection: Connection) -> Config:
    config = Config()
    folder = resources.files(__package__) / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
