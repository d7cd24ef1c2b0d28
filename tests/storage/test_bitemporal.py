"""A store knows what held on a day, and what it knew of it at a time."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from clusterplan.core.clock import TOKYO, fixed_clock
from clusterplan.core.history import Basis
from clusterplan.core.lifecycle import Phase
from clusterplan.core.services.domain import Domain
from clusterplan.core.standings import PlanStanding
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store, View
from stores import (
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    record,
    save,
    shown_ids,
    titled,
)

PLAN = "sample-regional-machine-parts"
PAST = (
    ("drafting", "2021-02-01"),
    ("in_precheck", "2021-03-01"),
    ("prechecked", "2021-03-31"),
    ("in_force", "2021-03-31"),
    ("closed", "2024-04-01"),
)


def standing(store: Store, view: View, plan_id: str = PLAN) -> PlanStanding | None:
    """Return where the plan stands in *view*, as the map has it, too."""
    with store.read() as unit:
        found = unit.plan(plan_id, view)
    assert shown_ids(store, view) == ([found.standing.plan_id] if found else [])
    return found.standing if found else None


@pytest.fixture
def imported(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store that was told today of a plan of 2021."""
    save(store, domain, plan_file(REGIONAL, {"/record": record(PAST)}))
    return store


@pytest.mark.parametrize(
    ("day", "state", "phase"),
    [
        ("2021-01-31", None, None),
        ("2021-02-01", "drafting", Phase.DRAFT),
        ("2021-02-28", "drafting", Phase.DRAFT),
        ("2021-03-01", "in_precheck", Phase.IN_REVIEW),
        ("2021-03-30", "in_precheck", Phase.IN_REVIEW),
        ("2021-03-31", "in_force", Phase.IN_FORCE),
        ("2024-03-31", "in_force", Phase.IN_FORCE),
        ("2024-04-01", "closed", Phase.ENDED),
        ("2026-11-21", "closed", Phase.ENDED),
        ("9999-12-31", "closed", Phase.ENDED),
    ],
)
def test_a_plan_of_the_past_exists_in_the_past(
    imported: SqlStore, day: str, state: str | None, phase: Phase | None
) -> None:
    """Each state holds from its first day until the day before the next one's."""
    found = standing(imported, looking(dt.date.fromisoformat(day)))
    assert (found and found.state, found and found.phase) == (state, phase)


def test_a_plan_that_is_imported_today_was_not_known_before(
    imported: SqlStore, domain: Domain
) -> None:
    """Valid time and recorded time are two: what was known is asked for by itself."""
    now = domain.clock()
    day = dt.date(2022, 1, 1)
    just_before = now - dt.timedelta(microseconds=1)
    assert standing(imported, looking(day, known_at=now)) is not None
    assert standing(imported, looking(day, known_at=just_before)) is None


def test_a_moment_is_the_same_in_every_time_zone(
    imported: SqlStore, domain: Domain
) -> None:
    """What is known at a moment does not depend on how the moment is written."""
    now = domain.clock()
    assert now.tzinfo is TOKYO
    for zone in (dt.UTC, dt.timezone(dt.timedelta(hours=-9))):
        view = looking(known_at=now.astimezone(zone))
        assert standing(imported, view) is not None
        earlier = looking(known_at=now.astimezone(zone) - dt.timedelta(seconds=1))
        assert standing(imported, earlier) is None


def test_a_plan_is_published_on_its_first_public_day(imported: SqlStore) -> None:
    """The day of publication stays when the plan ends, and is not known before."""
    published = {
        day: found.published_on
        for day in ("2021-03-30", "2021-03-31", "2026-11-21")
        if (found := standing(imported, looking(dt.date.fromisoformat(day))))
    }
    assert published == {
        "2021-03-30": None,
        "2021-03-31": dt.date(2021, 3, 31),
        "2026-11-21": dt.date(2021, 3, 31),
    }


def test_the_history_has_all_states_in_order(imported: SqlStore) -> None:
    """Two states of one day both stand in the history, in their order."""
    with imported.read() as unit:
        history = unit.histories([PLAN, "unknown"], looking())
        until = unit.histories([PLAN], looking(dt.date(2021, 3, 30)))
        before = unit.histories([PLAN], looking(dt.date(2020, 1, 1)))
    assert [(h.state, h.on.isoformat()) for h in history[PLAN]] == list(PAST)
    assert [h.state for h in until[PLAN]] == ["drafting", "in_precheck"]
    assert before == {}
    assert set(history) == {PLAN}


def test_an_assumed_day_is_told_as_assumed(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Basis and source of an imported past are kept with the standing."""
    past = record(PAST[:1] + PAST[3:4])
    past["history"][1]["basis"] = "assumed"
    save(store, domain, plan_file(REGIONAL, {"/record": past}))
    found = standing(store, looking())
    assert found is not None
    assert (found.basis, found.source) == (Basis.ASSUMED, "架空の資料")
    assert (found.valid_to, found.recorded_to) == (None, None)
    assert found.recorded_from == domain.clock()


def test_a_draft_that_is_saved_twice_on_a_day_is_one_draft(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The text of that day is the last one; what was known between is still known."""
    morning = domain.clock()
    file = plan_file(STRATEGIC)
    save(store, domain, file)
    evening = morning + dt.timedelta(hours=8)
    save(store, _at(domain, evening), titled(file, "夕方の計画"), version=1)
    assert _titles(store, file.plan.id, [looking(), looking(known_at=morning)]) == [
        "夕方の計画",
        file.plan.title,
    ]
    with store.read() as unit:
        history = unit.histories([file.plan.id], looking())
    assert [h.state for h in history[file.plan.id]] == ["drafting"]


def test_a_draft_that_is_saved_on_two_days_was_another_text_before(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A look at an earlier day shows the text of that day."""
    file, first = plan_file(STRATEGIC), dt.date(2026, 11, 1)
    save(store, on(domain, first), file)
    save(store, domain, titled(file, "第二稿"), version=1)
    days = [first, TODAY - dt.timedelta(days=1), TODAY]
    assert _titles(store, file.plan.id, [looking(day) for day in days]) == [
        file.plan.title,
        file.plan.title,
        "第二稿",
    ]
    known = looking(TODAY, known_at=fixed_clock(TODAY - dt.timedelta(days=1))())
    assert _titles(store, file.plan.id, [known]) == [file.plan.title]
    with store.read() as unit:
        assert unit.plan(file.plan.id, looking(dt.date(2026, 10, 31))) is None
        history = unit.histories([file.plan.id], looking())[file.plan.id]
    assert [(h.state, h.on) for h in history] == [("drafting", first)]


def test_a_clock_that_goes_back_makes_no_hole(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A change of an earlier day counts from the first day of what it replaces."""
    file = plan_file(STRATEGIC)
    save(store, domain, file)
    done = save(
        store, on(domain, dt.date(2026, 11, 1)), titled(file, "第二稿"), version=1
    )
    assert done.standing.valid_from == TODAY
    assert _titles(store, file.plan.id, [looking()]) == ["第二稿"]
    assert list(store.verify()) == []


def test_an_edition_is_found_by_its_number(imported: SqlStore) -> None:
    """An edition can be read whatever holds on the day; another one is not there."""
    with imported.read() as unit:
        found = unit.plan(PLAN, looking(dt.date(2020, 1, 1)), edition="1.0")
        assert unit.plan(PLAN, looking(), edition="2.0") is None
        assert unit.plan("unknown", looking()) is None
    assert found is not None
    assert (found.standing.edition, found.standing.state) == ("1.0", "closed")
    assert found.plan.id == PLAN


def _at(domain: Domain, moment: dt.datetime) -> Domain:
    return attrs.evolve(domain, clock=lambda: moment)


def _titles(store: Store, plan_id: str, views: list[View]) -> list[str]:
    with store.read() as unit:
        found = [unit.plan(plan_id, view) for view in views]
    return [stored.plan.title for stored in found if stored]
