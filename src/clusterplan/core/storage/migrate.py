"""Bringing a database to the tables of this version, under a lock."""

from __future__ import annotations

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


def upgrade(engine: Engine, revision: str = "head") -> None:
    """Bring the database to *revision*; a second process waits and finds it done.

    Raises:
        UnusableDatabaseError: The database is of a newer version of this library.
    """
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        _lock(connection)
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


def downgrade(engine: Engine, revision: str) -> None:
    """Take the database back to *revision*, `base` for an empty one."""
    with engine.connect().execution_options(**WRITE) as connection, connection.begin():
        _lock(connection)
        command.downgrade(_config(connection), revision)


def revisions(engine: Engine) -> tuple[str | None, str | None]:
    """Return the revision of the database, and the one that this version wants."""
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"version_table": VERSION_TABLE}
        )
        current = context.get_current_revision()
        head = ScriptDirectory.from_config(_config(connection)).get_current_head()
    return current, head


def _config(connection: Connection) -> Config:
    config = Config()
    folder = resources.files(__package__) / "migrations"
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _lock(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
