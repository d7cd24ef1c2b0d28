"""When progress reports are due: reporting periods worked out, never stored.

The policy text says "about once every half-year" and no more. The defaults here are one
reading of it: halves of the fiscal year, two months to write, 30 days of tolerance. Each
is a setting. All comes from the day a plan became public, its last day, and today.
"""

from __future__ import annotations

import calendar
import datetime as dt
import enum
import itertools
from collections.abc import Callable, Iterator
from typing import Annotated

from attrs import field, frozen

from .errors import InputError, Problem
from .periods import FiscalHalf
from .terms import Term, TermEnum

IsClosed = Callable[[dt.date], bool]
"""Tells of a day whether offices are closed; what a plugin may supply."""
_HALF_YEAR = 6
_LEAP_YEAR = 2000


class Cadence(enum.Enum):
    """Where reporting periods end.

    `fiscal_halves`: 30 September and 31 March. `anniversary`: every six months from the
    day of publication. `fixed_dates`: on the days of the year that are set.
    """

    FISCAL_HALVES = "fiscal_halves"
    ANNIVERSARY = "anniversary"
    FIXED_DATES = "fixed_dates"


class PeriodStatus(TermEnum):
    """Where a period without its report stands; a report sent back is none.

    `upcoming` up to the last day of the period, then `due`, and `late` after the due
    date and its tolerance; the deadline itself is on time.
    """

    UPCOMING = "upcoming", "期間中", "The period is not over."
    DUE = "due", "提出時期", "The period is over, and its report is to come."
    LATE = "late", "遅延", "The due date and its tolerance are over."


@frozen(order=True)
class MonthDay:
    """A day of every year; 29 February is the 28th where there is none.

    Raises:
        InputError: `IMPOSSIBLE_DATE`, for a day that no year has.
    """

    month: Annotated[int, Term("月", "1 to 12.")]
    day: Annotated[int, Term("日", "1 to 31.")]

    def __attrs_post_init__(self) -> None:
        """Refuse a day that no year has."""
        try:
            dt.date(_LEAP_YEAR, self.month, self.day)
        except ValueError:
            raise _impossible(self) from None

    def in_year(self, year: int) -> dt.date:
        """Return the day in *year*."""
        return _day(year, self.month, self.day)


@frozen(kw_only=True)
class ReportingCycle:
    """How often a plan type reports, with defaults that are no policy.

    Raises:
        InputError: `NO_FIXED_DATES`, where the cadence needs days and none is set;
            `NEGATIVE_CYCLE`, for months or days below zero.
    """

    cadence: Annotated[Cadence, Term("報告周期", "Where periods end.")] = (
        Cadence.FISCAL_HALVES
    )
    due_after_months: Annotated[
        int,
        Term("提出までの月数", "Months after a period to the end of the due month."),
    ] = 2
    tolerance_days: Annotated[
        int, Term("猶予日数", "Days after the due date that are not late yet.")
    ] = 30
    join_first_below_days: Annotated[
        int, Term("初回合算の日数", "A first period with fewer days joins the next.")
    ] = 60
    silent_after_months: Annotated[
        int, Term("無報告の限度", "Months without a report that are an error.")
    ] = 12
    fixed_dates: Annotated[
        tuple[MonthDay, ...], Term("期末日", "Last days of periods, in any order.")
    ] = field(default=())

    def __attrs_post_init__(self) -> None:
        """Refuse fixed dates without dates, and times that run backwards."""
        numbers = (
            self.due_after_months,
            self.tolerance_days,
            self.join_first_below_days,
            self.silent_after_months,
        )
        if min(numbers) < 0:
            raise _negative()
        if self.cadence is Cadence.FIXED_DATES and not self.fixed_dates:
            raise _no_dates()


DEFAULT_CYCLE = ReportingCycle()


@frozen(kw_only=True)
class ReportingPeriod:
    """Some months that one report covers, as of their last day."""

    id: Annotated[
        str, Term("期間ID", "`FY2026H1`, or the last day where it is no fiscal half.")
    ]
    start: Annotated[dt.date, Term("開始日", "First day; of the first period, public.")]
    end: Annotated[dt.date, Term("終了日", "Last day; values are as of its end.")]
    due_on: Annotated[dt.date, Term("提出期限", "Last day that is on time.")]
    late_after: Annotated[dt.date, Term("猶予期限", "Last day of the tolerance.")]
    is_last: Annotated[
        bool, Term("最終期間", "Whether the plan ends in it; the final report follows.")
    ] = False

    def status(self, today: dt.date) -> PeriodStatus:
        """Return where the period stands on *today* while its report is not in."""
        if today <= self.end:
            return PeriodStatus.UPCOMING
        return PeriodStatus.DUE if today <= self.late_after else PeriodStatus.LATE


def reporting_periods(
    public_on: dt.date,
    plan_end: dt.date | None,
    cycle: ReportingCycle = DEFAULT_CYCLE,
    *,
    is_closed: IsClosed | None = None,
) -> Iterator[ReportingPeriod]:
    """Give the periods of a plan, the first one first.

    A first period with few days left is joined to the next, unless the plan ends in it.
    The last one is the period that the plan ends in; it is not cut short.

    Args:
        public_on: The day that the plan became public.
        plan_end: Its last day; without one, periods go on without end. A plan that
            ended before it became public has one period, the first.
        cycle: How often it reports.
        is_closed: Where given, a due date on a closed day moves to the next open day.
            Off by default: the law that does so covers statutory deadlines only.
    """
    ends = _ends(public_on, plan_end, cycle)
    start, is_last = public_on, False
    while not is_last:
        end = next(ends)
        is_last = plan_end is not None and plan_end <= end
        due_on = _open_day(_month_end(end, cycle.due_after_months), is_closed)
        yield ReportingPeriod(
            id=_id(end, cycle),
            start=start,
            end=end,
            due_on=due_on,
            late_after=due_on + dt.timedelta(days=cycle.tolerance_days),
            is_last=is_last,
        )
        start = end + dt.timedelta(days=1)


def periods_until(
    public_on: dt.date,
    plan_end: dt.date | None,
    today: dt.date,
    cycle: ReportingCycle = DEFAULT_CYCLE,
    *,
    is_closed: IsClosed | None = None,
) -> tuple[ReportingPeriod, ...]:
    """Return the periods that began by *today*: reports to have, and the running one."""
    periods = reporting_periods(public_on, plan_end, cycle, is_closed=is_closed)
    return tuple(itertools.takewhile(lambda period: period.start <= today, periods))


def is_silent(
    public_on: dt.date,
    last_report_on: dt.date | None,
    today: dt.date,
    cycle: ReportingCycle = DEFAULT_CYCLE,
) -> bool:
    """Tell whether a plan in force went too long without a report.

    Months count from the day of the last report, or else from publication. Plans whose
    final report is in owe none; whoever asks leaves them out.
    """
    since = last_report_on or public_on
    return today >= _months_after(since, cycle.silent_after_months)


def _ends(
    public_on: dt.date, plan_end: dt.date | None, cycle: ReportingCycle
) -> Iterator[dt.date]:
    ends = _ALL_ENDS[cycle.cadence](public_on, cycle)
    first = next(ends)
    goes_on = plan_end is None or plan_end > first
    if not goes_on or (first - public_on).days >= cycle.join_first_below_days:
        yield first
    yield from ends


def _fiscal_ends(public_on: dt.date, _: ReportingCycle) -> Iterator[dt.date]:
    day = public_on
    while True:
        end = FiscalHalf.of(day).end
        yield end
        day = end + dt.timedelta(days=1)


def _anniversary_ends(public_on: dt.date, _: ReportingCycle) -> Iterator[dt.date]:
    return (
        _months_after(public_on, months) - dt.timedelta(days=1)
        for months in itertools.count(_HALF_YEAR, _HALF_YEAR)
    )


def _fixed_ends(public_on: dt.date, cycle: ReportingCycle) -> Iterator[dt.date]:
    return (
        day
        for year in itertools.count(public_on.year)
        for day in sorted({fixed.in_year(year) for fixed in cycle.fixed_dates})
        if day >= public_on
    )


_ALL_ENDS = {
    Cadence.FISCAL_HALVES: _fiscal_ends,
    Cadence.ANNIVERSARY: _anniversary_ends,
    Cadence.FIXED_DATES: _fixed_ends,
}


def _id(end: dt.date, cycle: ReportingCycle) -> str:
    if cycle.cadence is Cadence.FISCAL_HALVES:
        return str(FiscalHalf.of(end))
    return end.isoformat()


def _months_after(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return _day(day.year + years, month + 1, day.day)


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _month_end(day: dt.date, months: int) -> dt.date:
    return _months_after(day.replace(day=1), months + 1) - dt.timedelta(days=1)


def _open_day(day: dt.date, is_closed: IsClosed | None) -> dt.date:
    while is_closed and is_closed(day):
        day += dt.timedelta(days=1)
    return day


def _impossible(day: MonthDay) -> InputError:
    return InputError(
        Problem(
            reason="IMPOSSIBLE_DATE",
            message_ja=f"{day.month}月{day.day}日という日はありません",
            message_en=f"no year has a day {day.day} in month {day.month}",
            hint="month: 9, day: 30",
        )
    )


def _negative() -> InputError:
    return InputError(
        Problem(
            reason="NEGATIVE_CYCLE",
            message_ja="報告周期の月数と日数は 0 以上の整数で書きます",
            message_en="months and days of a reporting cycle are 0 or more",
            hint="due_after_months: 2, tolerance_days: 30",
        )
    )


def _no_dates() -> InputError:
    return InputError(
        Problem(
            reason="NO_FIXED_DATES",
            message_ja="報告周期 fixed_dates には、期末日を一つ以上書きます",
            message_en="the cadence fixed_dates needs at least one last day of a period",
            hint="fixed_dates: [{month: 9, day: 30}, {month: 3, day: 31}]",
        )
    )
