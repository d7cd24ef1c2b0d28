"""The days of the demonstration, chosen by fiscal halves from its today."""

from __future__ import annotations

import datetime as dt

from attrs import frozen

from ..core.due_dates import ReportingPeriod, reporting_periods
from ..core.periods import FiscalHalf

WRITTEN_FOR = 2026
"""The fiscal year that the texts of the samples are written for."""


@frozen(kw_only=True)
class Season:
    """Two halves whose reports are in, whatever day it is.

    Attributes:
        first: The half in which the plans came into force.
        last: The half after it, the newest one whose report would be late by now.
    """

    today: dt.date
    first: FiscalHalf
    last: FiscalHalf

    @classmethod
    def of(cls, today: dt.date) -> Season:
        """Return the season that a day looks back on."""
        half = FiscalHalf.of(today)
        while period_of(half).late_after >= today:
            half = before(half)
        return cls(today=today, first=before(half), last=half)

    @property
    def years(self) -> int:
        """How many years the texts of the samples are moved."""
        return self.first.fiscal_year.year - WRITTEN_FOR

    def opening(self, days: int) -> dt.date:
        """Return the day that is so many days after the beginning of the first half."""
        return self.first.start + dt.timedelta(days=days)

    def after_first(self, days: int) -> dt.date:
        """Return the day that is so many days after the end of the first half."""
        return self.first.end + dt.timedelta(days=days)

    def after_last(self, days: int) -> dt.date:
        """Return the day that is so many days after the end of the last half."""
        return self.last.end + dt.timedelta(days=days)

    def ago(self, days: int) -> dt.date:
        """Return the day that is so many days before today."""
        return self.today - dt.timedelta(days=days)


def before(half: FiscalHalf) -> FiscalHalf:
    """Return the half before *half*."""
    return FiscalHalf.of(half.start - dt.timedelta(days=1))


def period_of(half: FiscalHalf) -> ReportingPeriod:
    """Return the reporting period of a half, with its due dates."""
    return next(reporting_periods(half.start, None))
