"""What is kept of reports to draw the map: found in SQL, made again from the log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

import attrs
import pytest
import sqlalchemy as sa

from clusterplan.core.grades import Grade
from clusterplan.core.paging import Cursor, PageRequest
from clusterplan.core.readers import Reader
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.migrate import downgrade
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.storage.tables import Base
from map_progress import BEHIND, DAY, READERS, drawn, grades, several, told
from progress_reports import (
    in_force,
    opened,
    reported,
    with_type,
)
from stores import (
    REGIONAL,
    MakePlanFile,
    looking,
    shown_ids,
    tamper,
)


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def reviewing(domain: Domain) -> Domain:
    """Return the domain where the state accepts reports on B plans."""
    return with_type(domain, REGIONAL, report_review=True)


@pytest.mark.parametrize("reader", READERS, ids=str)
def test_the_filter_finds_the_plans_that_show_a_grade(
    store: SqlStore, reviewing: Domain, plan_file: MakePlanFile, reader: Reader
) -> None:
    """A plan without any report to be seen is found by no data; nothing is lost."""
    ids = several(store, reviewing, plan_file)
    shown = grades(store, reviewing, DAY, reader)
    assert sorted(shown) == ids
    counts = told(drawn(store, reviewing, DAY, reader))
    for grade in Grade:
        wanted = [i for i in ids if (shown[i] or Grade.NO_DATA) is grade]
        view = looking(dt.date.fromisoformat(DAY), reader=reader, grades=(grade,))
        assert shown_ids(store, view) == wanted
        assert counts.get(grade.name, 0) == len(wanted)
        assert paged(store, reader, (grade,)) == wanted
    assert paged(store, reader, tuple(Grade)) == ids


def paged(store: SqlStore, reader: Reader, wanted: Iterable[Grade]) -> list[str]:
    """Return the plans that have a grade, read page by page."""
    view = looking(dt.date.fromisoformat(DAY), reader=reader, grades=tuple(wanted))
    request, found = PageRequest(size=1), list[str]()
    with store.read() as unit:
        while True:
            page = unit.plans(view, request)
            found.extend(stored.standing.plan_id for stored in page.items)
            if not page.has_next:
                assert page.total == len(found)
                return sorted(found)
            cursor = Cursor.decode(page.cursors[-1], request.order, argument="after")
            request = attrs.evolve(request, cursor=cursor)


def test_the_map_takes_as_many_statements_for_many_reports_as_for_none(
    store: SqlStore, reviewing: Domain, plan_file: MakePlanFile
) -> None:
    """No text of a report or of a plan is read for it."""
    plan_id = in_force(store, reviewing, plan_file)
    said: list[str] = []
    sa.event.listen(
        store.engine, "before_cursor_execute", lambda *told: said.append(told[2])
    )

    def statements(**asked: Any) -> int:
        before = len(said)
        assert drawn(store, reviewing, DAY, **asked).totals.count
        assert not any("cp_document" in text for text in said[before:])
        return len(said) - before

    every = {"grades": tuple(Grade)}
    few = (statements(), statements(**every))
    reported(store, reviewing, plan_id, BEHIND)
    several(store, reviewing, plan_file)
    assert (statements(), statements(**every)) == few


def test_grades_and_last_days_are_made_again_from_the_log(
    store: SqlStore, reviewing: Domain, plan_file: MakePlanFile
) -> None:
    """They follow from the texts of reports and plans."""
    ids = several(store, reviewing, plan_file)
    opened(store, reviewing, ids[-1])
    before = kept_columns(store)
    assert ("p1", "accepted", "seriously_delayed", dt.date(2026, 9, 30)) in before[0]
    assert list(store.verify()) == []
    store.rebuild()
    assert kept_columns(store) == before
    assert list(store.verify()) == []


def kept_columns(store: SqlStore) -> tuple[list[Any], list[Any]]:
    """Return what is kept of reports and of contents for the map."""
    tables = Base.metadata.tables
    case, content = tables["cp_case"].c, tables["cp_content"].c
    with store.engine.connect() as connection:
        reports = connection.execute(
            sa.select(case.plan_id, case.state, case.grade, case.period_end).order_by(
                case.plan_id, case.version
            )
        )
        ends = connection.execute(
            sa.select(content.key, content.ends_on).order_by(content.key)
        )
        return [tuple(r) for r in reports], [tuple(r) for r in ends]


@pytest.mark.parametrize(
    ("where", "statement"),
    [
        ("case p1/report/FY2026H1", "UPDATE cp_case SET grade = 'achieved'"),
        ("case p1/report/FY2026H1", "UPDATE cp_case SET period_end = NULL"),
        ("map of plan p1", "UPDATE cp_content SET ends_on = NULL"),
    ],
)
def test_a_change_behind_the_back_of_the_store_is_noticed(
    store: SqlStore,
    reviewing: Domain,
    plan_file: MakePlanFile,
    where: str,
    statement: str,
) -> None:
    """Whoever paints the map green is found out."""
    several(store, reviewing, plan_file)
    tamper(store, statement)
    assert any(flaw.where.startswith(where) for flaw in store.verify())


def test_an_older_database_is_told_the_last_days_of_its_plans(
    store: SqlStore, database_url: str, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Whole fiscal years, days, and a plan without any period."""
    periods: dict[str, Any] = {
        "years": {"from": "FY2026", "to": "FY2030"},
        "days": {"from": "2026-06-01", "to": "2028-05-31", "reason": "国の事業期間"},
        "none": None,
    }
    for plan_id, period in periods.items():
        changes = {"/id": plan_id, "/investments": [], "/period": period}
        in_force(store, domain, plan_file, changes=changes)
    downgrade(store.engine, "0001")
    SqlStore.open(database_url, domain.plan_types, domain.reference).close()
    with store.read() as unit:
        ends = {plan.plan_id: plan.ends_on for plan in unit.mapped(looking())}
    assert ends == {
        "days": dt.date(2028, 5, 31),
        "none": None,
        "years": dt.date(2031, 3, 31),
    }
    assert list(store.verify()) == []
