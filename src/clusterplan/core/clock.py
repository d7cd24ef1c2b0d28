"""The clock: injected wherever time matters, never read inside the domain."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from zoneinfo import ZoneInfo

Clock = Callable[[], dt.datetime]
"""Gives the present moment as an aware datetime."""

TOKYO = ZoneInfo("Asia/Tokyo")


def system_clock() -> dt.datetime:
    """Return the present moment of this machine."""
    return dt.datetime.now(dt.UTC)


def fixed_clock(day: dt.date) -> Clock:
    """Return a clock that stands at noon of *day* in Tokyo."""
    noon = dt.datetime.combine(day, dt.time(12), tzinfo=TOKYO)
    return lambda: noon


def day_in_tokyo(moment: dt.datetime) -> dt.date:
    """Return the day that it is in Tokyo at *moment*."""
    return moment.astimezone(TOKYO).date()
