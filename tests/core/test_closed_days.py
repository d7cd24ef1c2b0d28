"""Days on which offices are closed move due dates, where that is wanted."""

from __future__ import annotations

import datetime as dt
import sys

import pytest

from clusterplan.core.closed_days import HolidaysMissingError, closed_days
from clusterplan.core.due_dates import reporting_periods


@pytest.mark.parametrize(
    ("day", "closed"),
    [
        ("2026-11-20", False),  # Friday
        ("2026-11-21", True),  # Saturday
        ("2026-11-22", True),  # Sunday
        ("2026-11-23", True),  # Labour Thanksgiving Day
        ("2026-09-22", True),  # between two holidays
        ("2026-12-28", False),
        ("2026-12-29", True),
        ("2027-01-03", True),
        ("2027-01-04", False),
    ],
)
def test_offices_are_closed_on_weekends_holidays_and_at_new_year(
    day: str, *, closed: bool
) -> None:
    """As the law on holidays of administrative organs has it."""
    assert closed_days()(dt.date.fromisoformat(day)) is closed


def test_a_due_date_on_a_closed_day_moves_to_the_next_open_one() -> None:
    """31 May 2026 is a Sunday."""
    public_on, plan_end = dt.date(2025, 10, 1), dt.date(2030, 3, 31)
    first = next(reporting_periods(public_on, plan_end))
    moved = next(reporting_periods(public_on, plan_end, is_closed=closed_days()))
    assert (first.due_on, moved.due_on) == (dt.date(2026, 5, 31), dt.date(2026, 6, 1))


def test_without_the_extra_the_refusal_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing else of the library needs the package."""
    monkeypatch.setitem(sys.modules, "jpholiday", None)
    with pytest.raises(HolidaysMissingError) as caught:
        closed_days()
    (problem,) = caught.value.problems
    assert problem.hint == "pip install 'clusterplan[holidays]'"
