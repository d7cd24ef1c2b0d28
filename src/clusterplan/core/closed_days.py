"""Days on which offices are closed, for those who let due dates move to open days.

Optional: holidays of Japan come from the package jpholiday, in the extra `holidays`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from .errors import ErrorCode, PlanError, Problem

_SATURDAY = 5
_YEAR_END, _NEW_YEAR = (12, 29), (1, 3)


class HolidaysMissingError(PlanError):
    """The extra `holidays` is not installed."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.UNAVAILABLE,
                reason="HOLIDAYS_NOT_INSTALLED",
                message_ja="祝日の計算には追加パッケージが必要です",
                message_en="holidays need an extra package",
                hint="pip install 'clusterplan[holidays]'",
            )
        )


def closed_days() -> Callable[[dt.date], bool]:
    """Return what tells of a day whether administrative offices are closed.

    They are on Saturdays and Sundays, on national holidays, and from 29 December to
    3 January (行政機関の休日に関する法律, article 1; ordinances of local governments
    follow it). Pass it to `reporting_periods` as `is_closed`.

    Raises:
        HolidaysMissingError: If the extra `holidays` is not installed.
    """
    try:
        from jpholiday import JPHoliday  # noqa: PLC0415 - an extra
    except ImportError:
        raise HolidaysMissingError from None
    holidays = JPHoliday()

    def is_closed(day: dt.date) -> bool:
        at_new_year = (day.month, day.day) >= _YEAR_END or (
            day.month,
            day.day,
        ) <= _NEW_YEAR
        return (
            at_new_year or day.weekday() >= _SATURDAY or bool(holidays.is_holiday(day))
        )

    return is_closed
