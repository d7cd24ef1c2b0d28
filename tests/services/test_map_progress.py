"""The map shows how far plans are, by reports that whoever looks may see."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import Key
from clusterplan.core.maps import FeatureKind
from clusterplan.core.readers import ANONYMOUS, LOCAL
from clusterplan.core.reports import ReportPublicity
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.following import due_list
from clusterplan.core.settings import CheckSettings
from clusterplan.core.storage.sql import SqlStore
from map_progress import (
    AHEAD,
    BEHIND,
    DAY,
    OWN,
    READERS,
    drawn,
    features,
    grades,
    several,
    told,
)
from progress_reports import (
    H1,
    H2,
    accept,
    at,
    in_force,
    kept,
    reported,
    with_type,
)
from stores import (
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    MakePlanFile,
    looking,
    shown_ids,
)


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def reviewing(domain: Domain) -> Domain:
    """Return the domain where the state accepts reports on B plans."""
    return with_type(domain, REGIONAL, report_review=True)


def test_a_grade_is_shown_once_its_report_is_accepted(
    store: SqlStore, reviewing: Domain, plan_file: MakePlanFile
) -> None:
    """Nobody but the lead body and the state see it before; no total changes."""
    plan_id = in_force(store, reviewing, plan_file)
    before = drawn(store, reviewing, "2026-12-01")
    reported(store, at(reviewing, DAY), plan_id, BEHIND)
    seen = [
        grades(store, reviewing, DAY, reader)[plan_id] is not None for reader in READERS
    ]
    assert seen == [False, False, True, True]
    accept(store, at(reviewing, "2026-12-01"), plan_id)
    after = drawn(store, reviewing, "2026-12-01")
    assert grades(store, reviewing, "2026-11-30") == {plan_id: None}
    assert grades(store, reviewing, "2026-12-01") == {
        plan_id: Grade.SERIOUSLY_DELAYED,
    }
    assert features(after)[plan_id].graded_on == dt.date(2026, 9, 30)
    assert (after.totals, after.areas) == (before.totals, before.areas)
    assert (told(before), told(after)) == (
        {"NO_DATA": 1},
        {"SERIOUSLY_DELAYED": 1},
    )


def test_the_sites_of_investments_carry_the_grade_of_their_plan(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """All that is told of progress is that of the plan."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id, BEHIND)
    found = drawn(sqlite_store, domain, "2027-09-30")
    assert {f.kind for f in found.points} == set(FeatureKind)
    assert {
        (f.grade, f.graded_on, f.is_stale, f.next_due_on) for f in found.points
    } == {(Grade.SERIOUSLY_DELAYED, dt.date(2026, 9, 30), True, dt.date(2027, 5, 31))}


def test_the_latest_period_counts_and_not_the_latest_change(
    store: SqlStore, reviewing: Domain, plan_file: MakePlanFile
) -> None:
    """An earlier period that is accepted later changes nothing."""
    plan_id = in_force(store, reviewing, plan_file)
    reported(store, at(reviewing, DAY), plan_id, AHEAD)
    later = at(reviewing, "2027-05-01")
    reported(store, later, plan_id, BEHIND, period_id=H2)
    accept(store, later, plan_id, H2)
    before = features(drawn(store, reviewing, "2027-05-01"))[plan_id]
    accept(store, at(reviewing, "2027-05-02"), plan_id, H1)
    after = features(drawn(store, reviewing, "2027-05-02"))[plan_id]
    assert before.grade is after.grade is Grade.SERIOUSLY_DELAYED
    assert before.graded_on == after.graded_on == dt.date(2027, 3, 31)
    assert before.next_due_on == after.next_due_on == dt.date(2027, 11, 30)


def test_a_report_that_was_written_down_later_was_not_known_before(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The day is one thing, what was known of it another."""
    plan_id = in_force(store, domain, plan_file)
    reported(store, at(domain, "2026-11-25"), plan_id, BEHIND)
    recorded = kept(store, plan_id).recorded_at
    moments = (recorded - dt.timedelta(seconds=1), recorded)
    found = [
        grades(store, domain, "2026-12-01", known_at=moment)[plan_id]
        for moment in moments
    ]
    assert found == [None, Grade.SERIOUSLY_DELAYED]
    wanted: Any = {"grades": (Grade.SERIOUSLY_DELAYED,)}
    shown = [
        shown_ids(store, looking(dt.date(2026, 12, 1), known_at=moment, **wanted))
        for moment in moments
    ]
    assert shown == [[], [plan_id]]


def test_a_report_that_is_never_public_is_not_on_the_map_of_all(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Neither its grade, nor through filter and facet; only that one is in."""
    never = with_type(domain, REGIONAL, report_public=ReportPublicity.NEVER)
    plan_id = in_force(sqlite_store, never, plan_file)
    reported(sqlite_store, never, plan_id, BEHIND)
    behind = {"grades": (Grade.SERIOUSLY_DELAYED,)}
    for reader, grade in ((ANONYMOUS, None), (OWN, Grade.SERIOUSLY_DELAYED)):
        found = drawn(sqlite_store, never, DAY, reader)
        assert features(found)[plan_id].grade is grade
        assert told(found) == {(grade or Grade.NO_DATA).name: 1}
        only = drawn(sqlite_store, never, DAY, reader, **behind)
        assert only.totals.count == (1 if grade else 0)
    assert features(drawn(sqlite_store, never, DAY))[plan_id].next_due_on == dt.date(
        2027, 5, 31
    )


@pytest.mark.parametrize(
    ("months", "day", "is_stale"),
    [
        (9, "2027-06-29", False),
        (9, "2027-06-30", True),
        (1, "2026-11-21", True),
        (9, "2026-11-21", False),
    ],
)
def test_a_grade_grows_old(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    months: int,
    day: str,
    *,
    is_stale: bool,
) -> None:
    """Months count from the last day of the period that was reported."""
    settings = CheckSettings(map_stale_months=months)
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id, AHEAD)
    setting = attrs.evolve(domain, settings=settings)
    found = features(drawn(sqlite_store, setting, day))[plan_id]
    assert found.is_stale is is_stale


def test_without_a_report_nothing_is_old_and_the_first_one_is_due(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A draft owes none."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    found = features(drawn(sqlite_store, domain, "2030-01-01"))[plan_id]
    assert (found.grade, found.graded_on, found.is_stale) == (None, None, False)
    assert found.next_due_on == dt.date(2026, 11, 30)
    draft = features(drawn(sqlite_store, domain, "2026-05-01", LOCAL))[plan_id]
    assert draft.next_due_on is None


def test_the_next_report_is_the_one_of_the_list_of_what_is_due(
    sqlite_store: SqlStore, reviewing: Domain, plan_file: MakePlanFile
) -> None:
    """Of plans of every type, with reports in all states, and after the last one."""
    several(sqlite_store, reviewing, plan_file)
    in_force(sqlite_store, reviewing, plan_file, STRATEGIC)
    ended = [("closed", "2026-09-01")]
    in_force(sqlite_store, reviewing, plan_file, LOCAL_GROWTH, then=ended)
    short = in_force(
        sqlite_store,
        reviewing,
        plan_file,
        changes={
            "/id": "short",
            "/investments": [],
            "/period": {"from": "FY2026", "to": "FY2026"},
        },
        public_on="2026-10-01",
    )
    final = at(reviewing, "2027-05-01")
    reported(sqlite_store, final, short, AHEAD, period_id=H2)
    accept(sqlite_store, final, short, H2)
    for day in ("2026-05-01", "2026-11-21", "2027-05-02", "2031-01-01"):
        with sqlite_store.read() as unit:
            view = looking(dt.date.fromisoformat(day), reader=ANONYMOUS)
            owed = {d.plan_id: d.due_on for d in due_list(view, unit, reviewing)}
        found = features(drawn(sqlite_store, reviewing, day))
        dated = {i: f.next_due_on for i, f in found.items() if f.next_due_on}
        assert dated == owed


def test_a_plan_whose_plugin_is_gone_keeps_its_grade_and_dates(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It reports as plans do by default."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id, BEHIND)
    gone = attrs.evolve(domain, plan_types={})
    found = features(drawn(sqlite_store, gone, DAY))[plan_id]
    assert (found.grade, found.next_due_on) == (
        Grade.SERIOUSLY_DELAYED,
        dt.date(2027, 5, 31),
    )


def test_a_report_in_which_nothing_is_graded_has_no_data(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It is in, and its period is told."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id)
    found = features(drawn(sqlite_store, domain, DAY))[plan_id]
    assert (found.grade, found.graded_on) == (Grade.NO_DATA, dt.date(2026, 9, 30))
    assert Key("report") == kept(sqlite_store, plan_id).kind
