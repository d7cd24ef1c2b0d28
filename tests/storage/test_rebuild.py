"""Projections follow from the log alone."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from contextlib import closing
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.storage.tables import (
    Base,
    ContentAreaRow,
    ContentFieldRow,
    ContentRow,
    PlaceRow,
    StandingRow,
)
from stores import (
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    MakePlanFile,
    on,
    record,
    save,
    titled,
)

PROJECTIONS = (StandingRow, ContentRow, ContentAreaRow, ContentFieldRow, PlaceRow)
Save = tuple[str, int, int]
"""Plan type, number of the day, and number of the text."""
HISTORIES = st.lists(
    st.tuples(
        st.sampled_from([STRATEGIC, REGIONAL, LOCAL_GROWTH]),
        st.integers(0, 3),
        st.integers(0, 3),
    ),
    min_size=1,
    max_size=8,
)


def rows(store: SqlStore) -> dict[str, list[tuple[Any, ...]]]:
    """Return all projected rows; standings in their order a plan, without number."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with store.engine.connect() as connection:
        for row in PROJECTIONS:
            table = Base.metadata.tables[str(row.__tablename__)]
            keys = list(table.primary_key.columns)
            columns = [c for c in table.columns if c.name != "number"]
            query = sa.select(*columns).order_by(*keys)
            found[table.name] = [tuple(r) for r in connection.execute(query)]
    return found


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(saves=HISTORIES)
def test_rows_made_again_are_the_rows_from_before(
    saves: list[Save], empty_sqlite: Path, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Whatever was saved on whatever day, a rebuild gives the same rows."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "plans.db"
        shutil.copy(empty_sqlite, path)
        store = SqlStore.open(f"sqlite:///{path}", domain.plan_types, domain.reference)
        with closing(store):
            play(store, domain, plan_file, saves)
            before = rows(store)
            assert store.rebuild() == len(before["cp_standing"])
            assert rows(store) == before
            assert list(store.verify()) == []


def test_rows_are_made_again_in_every_kind_of_database(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A history with drafts, a shared investment and an imported past."""
    play(store, domain, plan_file, [(STRATEGIC, 0, 0), (STRATEGIC, 0, 1)])
    play(store, domain, plan_file, [(REGIONAL, 1, 0), (REGIONAL, 2, 1)])
    past = {"/record": record(), "/investments": [{"ref": "SAMPLE-INV-1"}]}
    save(store, domain, plan_file(LOCAL_GROWTH, past))
    before = rows(store)
    assert store.rebuild() == len(before["cp_standing"])
    assert rows(store) == before
    assert list(store.verify()) == []


def play(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, saves: list[Save]
) -> None:
    """Save plans; days only go forward."""
    day = dt.date(2026, 5, 1)
    for plan_type, later, text in saves:
        day += dt.timedelta(days=later)
        file = titled(plan_file(plan_type), f"架空計画 {text}")
        with store.read() as unit:
            current = unit.current(file.plan.id)
        version = current.version if current else None
        save(store, on(domain, day), file, version=version)
