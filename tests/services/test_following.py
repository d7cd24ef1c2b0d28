"""What is due, how far plans are, and why measures are poor."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import attrs
import pytest
import sqlalchemy as sa

from clusterplan.core.cases import Case
from clusterplan.core.due_dates import PeriodStatus
from clusterplan.core.grades import Grade, GradeCount, PoorShare, Trend
from clusterplan.core.lifecycle import Phase
from clusterplan.core.readers import ANONYMOUS, LOCAL, Reader
from clusterplan.core.reports import REPORT
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.followed import visible_reports
from clusterplan.core.services.following import (
    DueReport,
    NationalProgress,
    PlanProgress,
    causes,
    due_list,
    national_progress,
    progress_of,
)
from clusterplan.core.services.reporting import SendBackReport, send_back_report
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import ReadUnit
from progress_reports import (
    H1,
    H2,
    KUMAMOTO,
    KYUSHU,
    METI,
    NIIGATA,
    accept,
    at,
    because,
    fill,
    in_force,
    kept,
    opened,
    reported,
    row,
    submit,
    why,
    with_type,
)
from stores import HOKKAIDO, LOCAL_GROWTH, REGIONAL, STRATEGIC, MakePlanFile, looking

VECTORS = Path(__file__).parents[1] / "core" / "vectors" / "due_date_vectors.csv"
DUE_DATES = list(csv.DictReader(VECTORS.read_text().splitlines()))
DUE, LATE, UPCOMING = PeriodStatus.DUE, PeriodStatus.LATE, PeriodStatus.UPCOMING


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, which its prefecture reports alone, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def due(
    store: SqlStore, domain: Domain, day: str, reader: Reader = ANONYMOUS, **asked: Any
) -> tuple[DueReport, ...]:
    """Return what is due on a day."""
    with store.read() as unit:
        view = looking(dt.date.fromisoformat(day), reader=reader, **asked)
        return due_list(view, unit, domain, reader=reader)


def nation(
    store: SqlStore, domain: Domain, day: str, reader: Reader = ANONYMOUS
) -> NationalProgress:
    """Return how far all plans are on a day."""
    with store.read() as unit:
        view = looking(dt.date.fromisoformat(day), reader=reader)
        return national_progress(view, unit, domain, reader=reader)


def cases(store: SqlStore, plan_id: str, day: str) -> tuple[Case, ...]:
    """Return all reports of a plan on a day."""
    with store.read() as unit:
        view = looking(dt.date.fromisoformat(day))
        return unit.cases([plan_id], REPORT, view).get(plan_id, ())


def far(
    store: SqlStore, plan_file: MakePlanFile, plan_id: str, day: str
) -> PlanProgress:
    """Return how far the B plan is on a day."""
    found = progress_of(plan_file(REGIONAL).plan, cases(store, plan_id, day))
    assert found is not None
    return found


@pytest.mark.parametrize("dates", DUE_DATES, ids=lambda d: d["public_on"])
def test_the_table_of_dates_is_what_is_due(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    dates: dict[str, str],
) -> None:
    """Upcoming to the last day, then due, and late after the tolerance."""
    in_force(sqlite_store, domain, plan_file, public_on=dates["public_on"])
    last, late_after = dates["period_to"], dates["late_after"]
    day_after = dt.date.fromisoformat(late_after) + dt.timedelta(days=1)
    for day, status in (
        (last, UPCOMING),
        (dates["due_on"], DUE),
        (late_after, DUE),
        (day_after.isoformat(), LATE),
    ):
        (owed,) = due(sqlite_store, domain, day)
        assert owed.status is status
        assert (owed.period_id, owed.due_on.isoformat()) == (
            dates["first_period"],
            dates["due_on"],
        )
        assert owed.late_after.isoformat() == late_after
    plan_id = owed.plan_id
    closing = at(domain, dates["due_on"])
    reported(sqlite_store, closing, plan_id, period_id=dates["first_period"])
    (owed,) = due(sqlite_store, domain, dates["due_on"])
    assert (owed.period_id, owed.due_on.isoformat()) == (
        dates["next_period"],
        dates["next_due_on"],
    )
    assert (owed.last_period, owed.last_report_on) == (
        dates["first_period"],
        closing.today(),
    )


def test_a_plan_is_silent_after_twelve_months_without_a_report(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """From publication, and then from the last report."""
    silent = [
        due(sqlite_store, domain, day)[0].is_silent
        for day in ("2027-05-31", "2027-06-01")
    ]
    assert silent == [False, True]
    reported(sqlite_store, at(domain, "2026-11-30"), plan_id)
    silent = [
        due(sqlite_store, domain, day)[0].is_silent
        for day in ("2027-06-01", "2027-11-29", "2027-11-30")
    ]
    assert silent == [False, False, True]


def test_a_report_that_waits_for_acceptance_is_not_late(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It is in, and the next one is owed, unless it is sent back."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    fill(sqlite_store, domain, plan_id, by=KUMAMOTO)
    (owed,) = due(sqlite_store, domain, "2027-02-01", LOCAL)
    assert (owed.status, owed.report_state) == (LATE, "open")
    fill(sqlite_store, domain, plan_id, by=METI)
    submit(sqlite_store, domain, plan_id, by=KYUSHU)
    (owed,) = due(sqlite_store, domain, "2027-02-01", LOCAL)
    assert (owed.period_id, owed.status, owed.last_period) == (H2, UPCOMING, H1)
    (told,) = due(sqlite_store, domain, "2027-02-01")
    assert (told.period_id, told.report_state, told.last_period) == (H2, None, None)
    send_back(sqlite_store, at(domain, "2027-02-01"), plan_id)
    (owed,) = due(sqlite_store, domain, "2027-02-01", LOCAL)
    assert (owed.period_id, owed.status, owed.report_state) == (H1, LATE, "sent_back")
    submit(sqlite_store, at(domain, "2027-02-01"), plan_id, by=KYUSHU)
    accept(sqlite_store, at(domain, "2027-02-01"), plan_id)
    (owed,) = due(sqlite_store, domain, "2027-02-01")
    assert (owed.period_id, owed.status, owed.last_period) == (H2, UPCOMING, H1)


def test_a_report_that_is_never_accepted_hides_no_later_one(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """What is missing after it is due, and late, for everybody."""
    setting = with_type(domain, REGIONAL, report_review=True)
    plan_id = in_force(sqlite_store, setting, plan_file)
    reported(sqlite_store, setting, plan_id)
    for day, status in (("2027-06-30", DUE), ("2027-07-01", LATE)):
        (owed,) = due(sqlite_store, setting, day)
        assert (owed.period_id, owed.status) == (H2, status)


def send_back(store: SqlStore, domain: Domain, plan_id: str) -> None:
    """Send a submitted report back, as a state body."""
    command = SendBackReport(
        plan_id=plan_id,
        period_id=H1,
        reason="値を確かめる",
        by=METI,
        expected_version=kept(store, plan_id).version,
    )
    send_back_report(command, store, domain)


def test_what_is_due_first_stands_first_and_drafts_owe_nothing(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Plans in force of the filter, on every database."""
    late = in_force(store, domain, plan_file, REGIONAL, public_on="2026-08-02")
    early = in_force(store, domain, plan_file, STRATEGIC)
    also = in_force(
        store, domain, plan_file, STRATEGIC, changes={"/id": "a", "/investments": []}
    )
    in_force(
        store,
        domain,
        plan_file,
        LOCAL_GROWTH,
        then=[("closed", "2026-09-01")],
    )
    found = due(store, domain, "2026-11-21")
    assert [d.plan_id for d in found] == [also, early, late]
    only = due(store, domain, "2026-11-21", plan_types=[REGIONAL])
    assert [d.plan_id for d in only] == [late]
    assert due(store, domain, "2026-05-01") == ()
    assert due(store, domain, "2026-11-21", phases=[Phase.ENDED]) == ()


def test_a_plan_whose_final_report_is_accepted_owes_none(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """There is no period after the last."""
    plan_id = in_force(
        sqlite_store,
        domain,
        plan_file,
        changes={"/period": {"from": "FY2026", "to": "FY2026"}},
        public_on="2026-10-01",
    )
    after = at(domain, "2027-05-01")
    (owed,) = due(sqlite_store, after, "2027-05-01")
    assert owed.is_final
    reported(sqlite_store, after, plan_id, period_id=H2)
    assert due(sqlite_store, after, "2028-06-01") == ()


def test_progress_counts_each_indicator_once_and_has_a_trend_from_the_third_period(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile, plan_id: str
) -> None:
    """The latest report stands for the plan, and nothing without one."""
    assert progress_of(plan_file(REGIONAL).plan, ()) is None
    steps = (
        ("2026-11-21", H1, row("M-01", IN_1="4700", IN_3="10"), None),
        ("2027-05-21", H2, row("M-01", IN_1="4700", IN_3="5"), None),
        (
            "2027-11-21",
            "FY2027H1",
            row("M-01", IN_1="4500", IN_3="5"),
            Trend.WORSENING,
        ),
    )
    for day, period_id, told, trend in steps:
        today = at(domain, day)
        reported(sqlite_store, today, plan_id, told, period_id=period_id)
        found = far(sqlite_store, plan_file, plan_id, day)
        assert (found.period_id, found.trend) == (period_id, trend)
    assert found.reported_on == dt.date(2027, 11, 21)
    assert (found.state, found.reports) == ("accepted", 3)
    graded = [i for m in found.measures for i in m.indicators]
    assert sum(c.count for c in found.counts) == len({i.indicator for i in graded})
    assert len(graded) > len({i.indicator for i in graded})
    assert sum(c.count for c in found.measure_counts) == len(found.measures) == 5
    assert found.poor.total == 5
    shares = far(sqlite_store, plan_file, plan_id, "2026-11-21")
    assert shares.poor == PoorShare(poor=0, total=5)


def test_the_nation_counts_a_plan_without_a_report_as_such(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It is no plan without poor indicators: there is no number at all."""
    plan_id = in_force(store, domain, plan_file)
    in_force(store, domain, plan_file, STRATEGIC)
    empty = nation(store, domain, "2026-11-21").total
    assert (empty.plans, empty.reported, empty.unreported) == (2, 0, 2)
    assert (empty.counts, empty.poor) == (None, None)

    reported(store, domain, plan_id, row("M-01", IN_1="4350", IN_3="2"))
    found = nation(store, domain, "2026-11-21")
    assert (found.total.plans, found.total.unreported) == (2, 1)
    assert found.total.counts == (
        GradeCount(grade=Grade.SERIOUSLY_DELAYED, count=2),
        GradeCount(grade=Grade.NO_DATA, count=3),
    )
    assert found.total.poor == PoorShare(poor=2, total=5)
    assert [(g.key, g.reported) for g in found.by_plan_type] == [
        (REGIONAL, 1),
        (STRATEGIC, 0),
    ]
    assert [(g.title, g.plans, g.poor) for g in found.by_prefecture] == [
        ("新潟県", 1, PoorShare(poor=2, total=5)),
        ("佐賀県", 1, None),
        ("熊本県", 1, None),
    ]
    assert [(g.key, g.unreported) for g in found.by_field] == [("ai_semiconductors", 1)]


def test_only_reports_that_the_reader_may_see_are_counted(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The public is told of accepted ones; one that is never public stays out."""
    setting = with_type(domain, REGIONAL, report_review=True)
    plan_id = in_force(sqlite_store, setting, plan_file)
    told = row("M-01", IN_1="4350", causes=because("受注減"))
    reported(sqlite_store, setting, plan_id, told)
    seen = [
        nation(sqlite_store, domain, "2026-11-21", reader).total.reported
        for reader in (ANONYMOUS, HOKKAIDO, Reader(actor=NIIGATA), LOCAL)
    ]
    assert seen == [0, 0, 1, 1]
    assert why(sqlite_store, domain, "2026-11-21") == []
    accept(sqlite_store, setting, plan_id)
    assert nation(sqlite_store, domain, "2026-11-21").total.reported == 1
    assert [c.text for c in why(sqlite_store, domain, "2026-11-21")] == ["受注減"]


def test_a_reporter_sees_its_own_part_before_consolidation(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """That of another one is not shown to it."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    case, plan = kept(sqlite_store, plan_id), plan_file(STRATEGIC).plan
    (own,) = visible_reports([case], Reader(actor=KUMAMOTO), plan)
    assert [p.reporter for p in own.document.parts] == [KUMAMOTO]
    assert {r.measure for r in own.document.rows} == {"M-01", "M-02"}
    assert visible_reports([case], HOKKAIDO, plan) == ()
    assert visible_reports([case], ANONYMOUS, plan) == ()
    (whole,) = visible_reports([case], Reader(actor=KYUSHU), plan)
    assert len(whole.document.parts) == 2


def test_reading_takes_as_many_statements_for_twelve_plans_as_for_one(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """However many plans there are in a batch."""
    said: list[str] = []

    def write_down(*arguments: Any) -> None:
        if not arguments[2].startswith(("BEGIN", "ROLLBACK")):
            said.append(arguments[2])

    sa.event.listen(store.engine, "before_cursor_execute", write_down)
    readings: tuple[Callable[[ReadUnit], object], ...] = (
        lambda unit: due_list(looking(), unit, domain),
        lambda unit: national_progress(looking(), unit, domain),
        lambda unit: causes(looking(), unit, domain),
    )
    counted = []
    for number in range(12):
        changes = {"/id": f"plan-{number}", "/investments": []}
        in_force(store, domain, plan_file, changes=changes)
        if number not in (0, 11):
            continue
        for reading in readings:
            said.clear()
            with store.read() as unit:
                reading(unit)
            counted.append(len(said))
    assert counted == [4] * 6


def test_more_plans_than_a_batch_are_all_found(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The next batch begins where the last one ended."""
    monkeypatch.setattr("clusterplan.core.services.followed._BATCH", 2)
    ids = [f"plan-{number}" for number in range(5)]
    for id_ in ids:
        changes = {"/id": id_, "/investments": []}
        in_force(sqlite_store, domain, plan_file, changes=changes)
    assert [d.plan_id for d in due(sqlite_store, domain, "2026-11-21")] == ids
