"""Databases are brought to the tables of this version, once, by whoever comes first."""

# ruff: noqa: S608
from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.engine import UnusableDatabaseError, open_engine
from clusterplan.core.storage.migrate import (
    VERSION_TABLE,
    downgrade,
    revisions,
    upgrade,
)
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.storage.tables import Base
from stores import tamper
from writers import open_at_once

_OPENERS = 3


@pytest.fixture(params=["sqlite", "postgresql"])
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Return the address of a database that has no tables yet, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'new.db'}"
        return
    server: str = request.getfixturevalue("postgresql_server")
    admin = sa.create_engine(
        server.replace(":", "+psycopg:", 1), isolation_level="AUTOCOMMIT"
    )
    with admin.connect() as connection:
        connection.execute(sa.text("DROP DATABASE IF EXISTS new WITH (FORCE)"))
        connection.execute(sa.text("CREATE DATABASE new"))
    admin.dispose()
    parts = urlsplit(server)
    yield server.replace(parts.path, "/new", 1)


@pytest.fixture
def engine(new_url: str) -> Iterator[sa.Engine]:
    """Return an engine on a database that has no tables yet."""
    opened = open_engine(new_url)
    yield opened
    opened.dispose()


def tables(engine: sa.Engine) -> set[str]:
    """Return the names of the tables that the database has."""
    return set(sa.inspect(engine).get_table_names())


def test_migrations_run_forward_and_back(engine: sa.Engine) -> None:
    """From nothing to the tables of this version, back to nothing, and again."""
    wanted = set(Base.metadata.tables)
    assert tables(engine) == set()
    assert revisions(engine) == (None, "0003")
    for _ in range(2):
        upgrade(engine)
        assert tables(engine) - {VERSION_TABLE} == wanted
        assert revisions(engine) == ("0003", "0003")
        downgrade(engine, "base")
        assert tables(engine) == {VERSION_TABLE}


def test_migrations_make_the_tables_that_the_code_has(engine: sa.Engine) -> None:
    """Nothing is left to generate: columns, types, keys and indexes agree."""
    upgrade(engine)
    with engine.connect() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"compare_type": True, "version_table": VERSION_TABLE},
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_database_of_others_is_shared(engine: sa.Engine) -> None:
    """Tables that are not ours stay as they are."""
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE alembic_version (version_num TEXT)"))
        connection.execute(sa.text("INSERT INTO alembic_version VALUES ('other')"))
    upgrade(engine)
    downgrade(engine, "base")
    with engine.connect() as connection:
        found = connection.scalar(sa.text("SELECT version_num FROM alembic_version"))
    assert found == "other"


def test_processes_that_open_a_new_database_at_once_all_succeed(new_url: str) -> None:
    """One makes the tables, the others wait and find them."""
    context = multiprocessing.get_context("spawn")
    barrier, outcomes = context.Barrier(_OPENERS), context.Queue()
    processes = [
        context.Process(target=open_at_once, args=(new_url, barrier, outcomes))
        for _ in range(_OPENERS)
    ]
    for process in processes:
        process.start()
    told = [outcomes.get(timeout=60) for _ in processes]
    for process in processes:
        process.join(20)
        assert process.exitcode == 0
    assert told == ["0 flaws"] * _OPENERS


def test_a_database_of_a_newer_version_is_refused(
    store: SqlStore, database_url: str, domain: Domain
) -> None:
    """An older program does not touch tables that it does not know."""
    newest, _ = revisions(store.engine)
    tamper(store, f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    try:
        with pytest.raises(UnusableDatabaseError) as caught:
            SqlStore.open(database_url, domain.plan_types, domain.reference)
    finally:
        tamper(store, f"UPDATE {VERSION_TABLE} SET version_num = '{newest}'")
    (problem,) = caught.value.problems
    assert problem.reason == "NEWER_DATABASE"
