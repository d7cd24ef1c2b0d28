"""Words of pages in two languages, and numbers and days as people write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

from attrs import frozen

from ..core.eras import era_date
from ..core.grades import Grade
from ..core.measures import Deadline
from ..core.periods import FiscalHalf
from ..core.quantities import shown

_FIRST_ERA_DAY = dt.date(1873, 1, 1)


@frozen
class Words:
    """The language of a page, `ja` or `en`."""

    language: str

    def __call__(self, ja: str, en: str) -> str:
        """Return the text in the language of the page."""
        return ja if self.language == "ja" else en

    def title(self, title: str | None, title_en: str | None) -> str:
        """Return a title, in English where it is asked for and told."""
        english = title_en if self.language == "en" else None
        return english or title or ""

    def grade(self, grade: Grade) -> str:
        """Return the name of a grade."""
        return self(grade.term.ja, grade.label_en)

    def day(self, day: dt.date) -> str:
        """Return a day as offices write it: 令和8年9月30日, or 2026-09-30."""
        if self.language == "ja" and day >= _FIRST_ERA_DAY:
            return era_date(day)
        return day.isoformat()

    def period(self, period: str) -> str:
        """Return the name of a reporting period; its id where it is no half-year."""
        half = FiscalHalf.parse(period)
        if half is None:
            return period
        ordinal = "first" if half.half == 1 else "second"
        return self(half.label_ja, f"{ordinal} half of fiscal {half.fiscal_year.year}")

    def deadline(self, deadline: Deadline) -> str:
        """Return by when something is done, in words; empty where that is not told."""
        if deadline.date:
            return self.day(deadline.date)
        if deadline.half:
            return self.period(str(deadline.half))
        return deadline.label


def number(value: Decimal) -> str:
    """Return a number with two places at most, and commas: 12,000 or 0.25."""
    text = f"{shown(value):,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def percent(share: Decimal) -> str:
    """Return a share in percent with two places, so that 79.96% is not shown as 80."""
    return f"{shown(share * 100):,f}%"
