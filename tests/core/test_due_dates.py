"""Reporting periods and due dates, all from arguments."""

from __future__ import annotations

import csv
import datetime as dt
from itertools import islice, pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.due_dates import (
    Cadence,
    MonthDay,
    PeriodStatus,
    ReportingCycle,
    ReportingPeriod,
    is_silent,
    periods_until,
    reporting_periods,
)
from clusterplan.core.errors import InputError

VECTORS = Path(__file__).parent / "vectors" / "due_date_vectors.csv"
ROWS = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
ANNIVERSARY = ReportingCycle(cadence=Cadence.ANNIVERSARY)
YEAR_ENDS = ReportingCycle(
    cadence=Cadence.FIXED_DATES,
    fixed_dates=(MonthDay(12, 31), MonthDay(6, 30)),
)
CYCLES = st.sampled_from([ReportingCycle(), ANNIVERSARY, YEAR_ENDS])
DAYS = st.dates(dt.date(2001, 1, 1), dt.date(2060, 12, 31))


def day(text: str) -> dt.date:
    """Read a day."""
    return dt.date.fromisoformat(text)


def ends(public_on: str, plan_end: str | None, cycle: ReportingCycle) -> list[str]:
    """Return the last days of the first four periods."""
    end = day(plan_end) if plan_end else None
    periods = reporting_periods(day(public_on), end, cycle)
    return [period.end.isoformat() for period in islice(periods, 4)]


@pytest.mark.parametrize("row", ROWS, ids=[row["public_on"] for row in ROWS])
def test_every_vector_has_its_periods_and_days(row: dict[str, str]) -> None:
    """First period, due date, tolerance, and the period after it."""
    first, following = islice(reporting_periods(day(row["public_on"]), None), 2)

    assert first == ReportingPeriod(
        id=row["first_period"],
        start=day(row["period_from"]),
        end=day(row["period_to"]),
        due_on=day(row["due_on"]),
        late_after=day(row["late_after"]),
    )
    assert following.id == row["next_period"]
    assert following.due_on == day(row["next_due_on"])


@pytest.mark.parametrize(
    ("today", "status"),
    [
        ("2026-10-01", PeriodStatus.UPCOMING),
        ("2027-03-31", PeriodStatus.UPCOMING),
        ("2027-04-01", PeriodStatus.DUE),
        ("2027-05-31", PeriodStatus.DUE),
        ("2027-06-30", PeriodStatus.DUE),
        ("2027-07-01", PeriodStatus.LATE),
        ("2029-01-01", PeriodStatus.LATE),
    ],
)
def test_a_period_is_upcoming_then_due_then_late(
    today: str, status: PeriodStatus
) -> None:
    """Due date and tolerance count as on time; the day after them is late."""
    first = next(reporting_periods(day("2026-10-01"), None))

    assert first.status(day(today)) is status


@pytest.mark.parametrize("plan_end", ["2030-10-01", "2030-12-31", "2031-03-31"])
def test_the_last_period_is_the_half_that_the_plan_ends_in(plan_end: str) -> None:
    """It is a whole half; after it nothing is due but the final report."""
    periods = list(reporting_periods(day("2026-10-01"), day(plan_end)))

    assert len(periods) == 9
    assert periods[-1].id == "FY2030H2"
    assert periods[-1].due_on == day("2031-05-31")
    assert [p.is_last for p in periods] == [False] * 8 + [True]


def test_a_first_period_is_not_joined_to_one_after_the_plan() -> None:
    """A plan of one month reports on that month."""
    (only,) = reporting_periods(day("2027-02-15"), day("2027-03-31"))

    assert (only.id, only.is_last) == ("FY2026H2", True)


def test_a_plan_made_public_after_its_end_has_one_period() -> None:
    """Plans of the past are brought in this way."""
    (only,) = reporting_periods(day("2027-02-15"), day("2020-03-31"))

    assert only.is_last


def test_the_periods_until_a_day_end_with_the_running_one() -> None:
    """Those in the past wait for a report, the last one is upcoming."""
    found = periods_until(day("2026-10-01"), day("2031-03-31"), day("2027-10-01"))

    assert [p.id for p in found] == ["FY2026H2", "FY2027H1", "FY2027H2"]
    assert [p.status(day("2027-10-01")) for p in found] == [
        PeriodStatus.LATE,
        PeriodStatus.DUE,
        PeriodStatus.UPCOMING,
    ]
    assert periods_until(day("2026-10-01"), None, day("2026-09-30")) == ()


def test_anniversaries_count_from_the_day_of_publication() -> None:
    """Six months each, due two months later at the end of the month."""
    first, second = islice(reporting_periods(day("2026-08-15"), None, ANNIVERSARY), 2)

    assert (first.id, first.start) == ("2027-02-14", day("2026-08-15"))
    assert (first.due_on, first.late_after) == (day("2027-04-30"), day("2027-05-30"))
    assert (second.start, second.end) == (day("2027-02-15"), day("2027-08-14"))


def test_anniversaries_of_a_31st_do_not_wander() -> None:
    """A short February does not move the later ones."""
    assert ends("2026-08-31", None, ANNIVERSARY) == [
        "2027-02-27",
        "2027-08-30",
        "2028-02-28",
        "2028-08-30",
    ]


def test_fixed_dates_end_periods_in_the_order_of_the_year() -> None:
    """They are set in any order; a short first period is joined to the next."""
    assert ends("2026-04-01", None, YEAR_ENDS)[:2] == ["2026-06-30", "2026-12-31"]
    assert ends("2026-06-01", "2027-06-30", YEAR_ENDS) == ["2026-12-31", "2027-06-30"]


def test_the_last_day_of_february_is_a_fixed_date_of_every_year() -> None:
    """29 February is the 28th where there is none, and counts once."""
    cycle = ReportingCycle(
        cadence=Cadence.FIXED_DATES,
        fixed_dates=(MonthDay(2, 29), MonthDay(2, 28)),
        join_first_below_days=0,
    )

    assert ends("2027-01-01", None, cycle) == [
        "2027-02-28",
        "2028-02-28",
        "2028-02-29",
        "2029-02-28",
    ]


def test_closed_days_move_nothing_unless_a_calendar_is_given() -> None:
    """31 May 2026 is a Sunday; with a calendar Monday is due, tolerance follows."""
    public_on = day("2025-10-01")

    plain = next(reporting_periods(public_on, None))
    moved = next(
        reporting_periods(public_on, None, is_closed=lambda day: day.weekday() > 4)
    )

    assert (plain.due_on, plain.late_after) == (day("2026-05-31"), day("2026-06-30"))
    assert (moved.due_on, moved.late_after) == (day("2026-06-01"), day("2026-07-01"))


def test_every_figure_of_a_cycle_can_be_set() -> None:
    """One month to write, a week of tolerance, first periods never joined."""
    cycle = ReportingCycle(
        due_after_months=1, tolerance_days=7, join_first_below_days=0
    )

    first = next(reporting_periods(day("2027-03-31"), None, cycle))

    assert (first.id, first.end) == ("FY2026H2", day("2027-03-31"))
    assert (first.due_on, first.late_after) == (day("2027-04-30"), day("2027-05-07"))


@pytest.mark.parametrize(
    ("last_report_on", "today", "silent"),
    [
        (None, "2027-09-30", False),
        (None, "2027-10-01", True),
        ("2027-05-20", "2028-05-19", False),
        ("2027-05-20", "2028-05-20", True),
        ("2028-02-29", "2029-02-27", False),
        ("2028-02-29", "2029-02-28", True),
    ],
)
def test_twelve_months_without_a_report_are_too_long(
    last_report_on: str | None, today: str, *, silent: bool
) -> None:
    """They count from the last report, or else from publication."""
    last = day(last_report_on) if last_report_on else None

    assert is_silent(day("2026-10-01"), last, day(today)) is silent


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"cadence": Cadence.FIXED_DATES}, "NO_FIXED_DATES"),
        ({"due_after_months": -1}, "NEGATIVE_CYCLE"),
        ({"tolerance_days": -1}, "NEGATIVE_CYCLE"),
        ({"join_first_below_days": -1}, "NEGATIVE_CYCLE"),
        ({"silent_after_months": -1}, "NEGATIVE_CYCLE"),
    ],
)
def test_a_cycle_that_cannot_work_is_refused(
    values: dict[str, Any], reason: str
) -> None:
    """With a reason, in two languages, and what to write."""
    with pytest.raises(InputError) as refused:
        ReportingCycle(**values)

    (problem,) = refused.value.problems
    assert problem.reason == reason
    assert "報告周期" in problem.message_ja
    assert problem.hint


@pytest.mark.parametrize(("month", "last"), [(13, 1), (2, 30), (0, 1), (4, 31)])
def test_a_day_that_no_year_has_is_refused(month: int, last: int) -> None:
    """29 February is one, 30 February is none."""
    with pytest.raises(InputError) as refused:
        MonthDay(month, last)

    assert refused.value.problems[0].reason == "IMPOSSIBLE_DATE"
    assert f"{month}月{last}日" in refused.value.problems[0].message_ja


@given(DAYS, st.integers(0, 4000), CYCLES)
def test_periods_cover_the_plan_without_gap_or_overlap(
    public_on: dt.date, length: int, cycle: ReportingCycle
) -> None:
    """From publication to the plan's end every day lies in one period."""
    plan_end = public_on + dt.timedelta(days=length)

    periods = list(reporting_periods(public_on, plan_end, cycle))

    assert periods[0].start == public_on
    assert periods[-1].start <= plan_end <= periods[-1].end
    for earlier, later in pairwise(periods):
        assert later.start == earlier.end + dt.timedelta(days=1)
    for period in periods:
        assert period.start <= period.end < period.due_on < period.late_after
    assert len({period.id for period in periods}) == len(periods)
    assert [p for p in periods if p.is_last] == periods[-1:]


@given(DAYS, CYCLES)
def test_no_plan_is_silent_before_its_first_report_is_late(
    public_on: dt.date, cycle: ReportingCycle
) -> None:
    """A first period that was joined still is reported within twelve months."""
    first = next(reporting_periods(public_on, None, cycle))

    assert not is_silent(public_on, None, first.late_after, cycle)
