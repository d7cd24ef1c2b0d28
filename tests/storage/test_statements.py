"""The number of statements does not grow with the size of the result."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa

from clusterplan.core.paging import PageRequest
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import ReadUnit
from stores import MakePlanFile, looking, save, shown_ids

VIEW = looking()


def _plans(unit: ReadUnit, _: list[str]) -> int:
    items = unit.plans(VIEW, PageRequest()).items
    return len([stored.plan for stored in items])


def _investments(unit: ReadUnit, _: list[str]) -> int:
    items = unit.plans(VIEW, PageRequest()).items
    digests = {d for stored in items for d in stored.standing.pins.values()}
    return len(unit.investments(digests))


READS: dict[str, tuple[int, Callable[[ReadUnit, list[str]], int]]] = {
    "a page of plans with their texts": (3, _plans),
    "the map": (3, lambda unit, _: len(unit.mapped(VIEW))),
    "histories": (1, lambda unit, ids: len(unit.histories(ids, VIEW))),
    "plans and their investments": (5, _investments),
    "events": (1, lambda unit, ids: len(unit.events(first=len(ids)))),
    "a plan": (2, lambda unit, ids: len([unit.plan(ids[0], VIEW)]) * len(ids)),
    "the standing of a plan": (
        1,
        lambda unit, ids: len([unit.current(ids[0])]) * len(ids),
    ),
}


@pytest.fixture
def statements(store: SqlStore) -> list[str]:
    """Return the list that statements are written to."""
    said: list[str] = []

    def write_down(*arguments: Any) -> None:
        if not arguments[2].startswith(("BEGIN", "ROLLBACK")):
            said.append(arguments[2])

    sa.event.listen(store.engine, "before_cursor_execute", write_down)
    return said


def test_reads_take_as_many_statements_for_fifty_plans_as_for_one(
    store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    statements: list[str],
) -> None:
    """Each way to read has a number of statements of its own."""
    fill(store, domain, plan_file, 1)
    few = counted(store, statements, 1)
    fill(store, domain, plan_file, 50)
    assert counted(store, statements, 50) == few
    assert few == {name: number for name, (number, _) in READS.items()}


def test_a_change_of_the_fiftieth_plan_takes_as_many_statements_as_of_the_second(
    store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    statements: list[str],
) -> None:
    """The price of an import does not depend on what is stored."""
    fill(store, domain, plan_file, 2)
    before = len(statements)
    fill(store, domain, plan_file, 3)
    few = len(statements) - before
    fill(store, domain, plan_file, 49)
    before = len(statements)
    fill(store, domain, plan_file, 50)
    assert len(statements) - before <= few


def fill(store: SqlStore, domain: Domain, plan_file: MakePlanFile, upto: int) -> None:
    """Import plans until there are *upto* of them."""
    found = len(shown_ids(store, VIEW))
    for number in range(found, upto):
        changes = {"/id": f"p{number}", "/investments/0/id": f"INV-{number}"}
        save(store, domain, plan_file(changes=changes))


def counted(store: SqlStore, statements: list[str], plans: int) -> dict[str, int]:
    """Return the number of statements of each read, which must find *plans* things."""
    ids = [f"p{number}" for number in range(plans)]
    counts = {}
    for name, (_, read) in READS.items():
        with store.read() as unit:
            before = len(statements)
            assert read(unit, ids) == plans, name
            counts[name] = len(statements) - before
    return counts
