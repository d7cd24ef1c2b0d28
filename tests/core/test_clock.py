"""Days are days in Tokyo, wherever the machine stands."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterplan.core.clock import TOKYO, day_in_tokyo, fixed_clock, system_clock


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        ("2026-11-21T14:59:59+00:00", "2026-11-21"),
        ("2026-11-21T15:00:00+00:00", "2026-11-22"),
        ("2026-11-21T00:00:00+09:00", "2026-11-21"),
        ("2026-12-31T23:00:00-08:00", "2027-01-01"),
    ],
)
def test_a_moment_lies_on_a_day_in_tokyo(moment: str, day: str) -> None:
    """The day begins nine hours before that of Greenwich."""
    found = day_in_tokyo(dt.datetime.fromisoformat(moment))
    assert found.isoformat() == day


def test_a_fixed_clock_stands_at_noon() -> None:
    """It gives the same aware moment each time."""
    clock = fixed_clock(dt.date(2026, 11, 21))
    assert clock() == clock() == dt.datetime(2026, 11, 21, 12, tzinfo=TOKYO)
    assert clock().utcoffset() == dt.timedelta(hours=9)
    assert day_in_tokyo(clock()) == dt.date(2026, 11, 21)


def test_the_clock_of_the_machine_is_aware() -> None:
    """It gives the present moment in UTC."""
    before = dt.datetime.now(dt.UTC)
    assert before <= system_clock() <= dt.datetime.now(dt.UTC)
    assert system_clock().tzinfo is dt.UTC
