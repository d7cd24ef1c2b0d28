"""Lists of plans: pages in every order and direction, and every filter."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable
from typing import Any

import attrs
import pytest

from clusterplan.core.errors import InputError
from clusterplan.core.filters import PlanOrder
from clusterplan.core.lifecycle import Phase
from clusterplan.core.paging import Cursor, Page, PageRequest
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.stored import StoredPlan
from stores import (
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    record,
    save,
    shown_ids,
)

KEYS: dict[PlanOrder, Callable[[StoredPlan], Any]] = {
    PlanOrder.PUBLISHED_ON: lambda p: p.standing.published_on or dt.date.min,
    PlanOrder.UPDATED_AT: lambda p: p.standing.recorded_from,
    PlanOrder.TITLE: lambda p: p.plan.title,
    PlanOrder.AREA: lambda p: p.plan.region[0] if p.plan.region else "",
    PlanOrder.AMOUNT: lambda p: _AMOUNTS[p.plan.id],
}
_TITLES = (
    "ア計画",
    "ｱ計画",
    "𠮷野計画",
    "A plan",
    "a plan",
    "髙計画",
    "ア計画",
    "計画, 二",
)
_AMOUNTS: dict[str, int] = {
    f"{letter}{number}": -1 if number % 4 == 3 else (number % 3) * 10**12
    for number, letter in enumerate("PqRsTuVw")
}


@pytest.fixture
def eight(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with eight plans, with ties in every order."""
    for number, (plan_id, amount) in enumerate(_AMOUNTS.items()):
        changes: dict[str, Any] = {
            "/id": plan_id,
            "/title": _TITLES[number],
            "/region": [["430005"], ["010006", "430005"], []][number % 3],
            "/investments/0/id": f"INV-{plan_id}",
            "/investments/0/money/0/amount": amount,
            "/investments/0/money/1": None,
        }
        if amount < 0:
            changes = {k: v for k, v in changes.items() if "investments" not in k}
            changes["/investments"] = []
        if number % 2:
            changes["/record"] = record([("in_force", f"2026-0{number % 4 + 1}-01")])
        day = TODAY - dt.timedelta(days=number % 2)
        save(store, on(domain, day), plan_file(STRATEGIC, changes))
    return store


def page(store: SqlStore, **arguments: Any) -> Page[StoredPlan]:
    """Return a page of all plans."""
    with store.read() as unit:
        return unit.plans(looking(), PageRequest.of(**arguments))


def walk(store: SqlStore, size: int, *, backward: bool, **order: Any) -> list[str]:
    """Return the ids of all pages of a size, as a client collects them."""
    found: list[str] = []
    cursor = None
    for _ in range(20):
        if backward:
            part = page(store, last=size, before=cursor, **order)
            found[:0] = [p.standing.plan_id for p in part.items]
            more, edge = part.has_previous, 0
        else:
            part = page(store, first=size, after=cursor, **order)
            found += [p.standing.plan_id for p in part.items]
            more, edge = part.has_next, -1
        assert part.total == len(_AMOUNTS)
        assert len(part.items) == len(part.cursors) <= size
        if not more:
            return found
        cursor = part.cursors[edge]
    raise AssertionError(found)


@pytest.mark.parametrize("order", PlanOrder)
@pytest.mark.parametrize("descending", [False, True])
def test_pages_give_each_plan_once_in_order(
    eight: SqlStore, order: PlanOrder, *, descending: bool
) -> None:
    """Whatever the size of a page and the direction, the walk is the sorted list."""
    every = page(eight, order=order, descending=descending).items
    key = KEYS[order]
    ids = [
        p.standing.plan_id
        for p in sorted(
            every, key=lambda p: (key(p), p.standing.plan_id), reverse=descending
        )
    ]
    assert len(ids) == len(_AMOUNTS)
    for size, backward in itertools.product((1, 2, 3, 7, 8, 9), (False, True)):
        walked = walk(
            eight, size, backward=backward, order=order, descending=descending
        )
        assert walked == ids, (size, backward)


def test_a_page_tells_whether_there_is_more_on_both_sides(eight: SqlStore) -> None:
    """Behind a cursor there is something before; at the ends there is not."""
    order = {"order": PlanOrder.TITLE, "descending": False}
    first = page(eight, first=3, **order)
    second = page(eight, first=3, after=first.cursors[-1], **order)
    back = page(eight, last=3, before=second.cursors[0], **order)
    assert (first.has_previous, first.has_next) == (False, True)
    assert (second.has_previous, second.has_next) == (True, True)
    assert (back.has_previous, back.has_next) == (False, True)
    assert [p.standing for p in back.items] == [p.standing for p in first.items]


def test_a_page_goes_on_where_its_last_plan_is_gone(eight: SqlStore) -> None:
    """A cursor names a place, so that it also works for a plan that is not there."""
    cursor = Cursor(order=PlanOrder.TITLE, value="a", id="nobody").encode()
    found = page(eight, order=PlanOrder.TITLE, descending=False, after=cursor)
    assert next(p.plan.title for p in found.items) == "a plan"
    assert found.has_previous


@pytest.mark.parametrize(
    ("order", "value"),
    [
        (PlanOrder.AMOUNT, 2**63 - 1),
        (PlanOrder.AMOUNT, 1 - 2**63),
        (PlanOrder.UPDATED_AT, "0001-01-01T00:00:00+00:00"),
        (PlanOrder.UPDATED_AT, "9999-12-31T23:59:59.999999+00:00"),
        (PlanOrder.PUBLISHED_ON, "never"),
        (PlanOrder.AREA, "𠮷' OR 1=1 --"),
    ],
)
def test_a_far_cursor_is_no_harm(
    eight: SqlStore, order: PlanOrder, value: str | int
) -> None:
    """What a cursor may hold, every database takes."""
    text = Cursor(order=order, value=value, id="x").encode()
    found = page(eight, order=order, descending=False, after=text)
    assert len(found.items) in (0, len(_AMOUNTS))


@pytest.fixture
def mixed(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with a plan of each type; B is in force, the area of C a city."""
    save(store, domain, plan_file(STRATEGIC, {"/id": "a"}))
    in_force = {"/id": "b", "/record": record(), "/title": "髙﨑圏100%_計画"}
    save(store, domain, plan_file(REGIONAL, in_force))
    save(store, domain, plan_file(LOCAL_GROWTH, {"/id": "c"}))
    return store


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({}, "abc"),
        ({"plan_types": [STRATEGIC]}, "a"),
        ({"plan_types": [STRATEGIC, LOCAL_GROWTH, "other"]}, "ac"),
        ({"plan_types": ["other"]}, ""),
        ({"fields": ["ai_semiconductors"]}, "a"),
        ({"fields": ["ai_semiconductors", "other"], "plan_types": [REGIONAL]}, ""),
        ({"prefectures": ["43"]}, "a"),
        ({"prefectures": ["43000"]}, "a"),
        ({"prefectures": ["430005"]}, "a"),
        ({"prefectures": ["17"]}, "c"),
        ({"prefectures": ["17", "41", "01"]}, "ac"),
        ({"prefectures": ["x"]}, ""),
        ({"municipalities": ["17204"]}, "c"),
        ({"municipalities": ["172049"]}, "c"),
        ({"municipalities": ["434043"]}, ""),
        ({"phases": [Phase.IN_FORCE]}, "b"),
        ({"phases": [Phase.DRAFT, Phase.ENDED]}, "ac"),
        ({"states": ["in_force"]}, "b"),
        ({"states": ["drafting", "closed"]}, "ac"),
        ({"text": "髙崎圏"}, "b"),
        ({"text": "高﨑圈"}, "b"),
        ({"text": "100%"}, "b"),
        ({"text": "１００％＿"}, "b"),
        ({"text": "%"}, "b"),
        ({"text": "_"}, "b"),
        ({"text": "0_計"}, ""),
        ({"text": "熊本県"}, "a"),
        ({"text": "くまもと"}, ""),
        ({"text": "九州経済産業局　半導体"}, "a"),
        ({"text": "九州経済産業局 漆器"}, ""),
        ({"text": "FICTIONAL"}, "abc"),
        ({"text": "   "}, "abc"),
        ({"text": "'; DROP TABLE cp_plan; --"}, ""),
    ],
)
def test_a_filter_finds_what_fits(
    mixed: SqlStore, filters: dict[str, Any], expected: str
) -> None:
    """Every part of a filter must fit, one value of a part is enough."""
    view = looking(**{k: v for k, v in filters.items() if k != "text"})
    worded = attrs.evolve(view.filter, text=filters.get("text"))
    view = attrs.evolve(view, filter=worded)
    assert "".join(shown_ids(mixed, view)) == expected
    with mixed.read() as unit:
        found = unit.plans(view, PageRequest(order=PlanOrder.TITLE))
    assert "".join(sorted(p.standing.plan_id for p in found.items)) == expected
    assert found.total == len(expected)


@pytest.mark.parametrize("text", ["\0", "\ud800"])
def test_what_no_database_takes_is_refused(store: SqlStore, text: str) -> None:
    """A plan of such an id is not there, or the request is refused as bad input."""
    try:
        with store.read() as unit:
            assert unit.plan(text, looking()) is None
    except InputError as error:
        (problem,) = error.problems
        assert problem.reason == "UNSTORABLE_VALUE"


def test_a_number_that_no_database_takes_is_refused(store: SqlStore) -> None:
    """A place in the log beyond all numbers is refused as bad input."""
    with pytest.raises(InputError) as caught, store.read() as unit:
        unit.events(after=2**63)
    (problem,) = caught.value.problems
    assert problem.reason == "UNSTORABLE_VALUE"
