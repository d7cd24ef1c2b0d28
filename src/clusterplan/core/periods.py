"""Fiscal years and their halves.

A fiscal year (年度) runs from 1 April to 31 March and is named after the year it begins
in; its first half (上期) ends on 30 September. Ids are `FY2026` and `FY2026H1`.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from typing import Annotated, Self

from attrs import field, frozen

from .eras import era_on, era_year, western_year
from .terms import Term

YEAR_PATTERN = "(?:19|2[0-9])[0-9]{2}"
"""Years that a fiscal year may have, 1900 to 2999; what is beyond is mistyped."""
_YEAR = re.compile(
    rf"(?:FY ?(?P<western>{YEAR_PATTERN})|(?P<western2>{YEAR_PATTERN})年度"
    r"|(?P<era>令和|平成|昭和|[RHS])(?P<year>元|[1-9][0-9]?)(?:年度)?)",
    re.IGNORECASE,
)
_HALVES = {"H1": 1, "H2": 2, "上期": 1, "下期": 2, "上半期": 1, "下半期": 2}


@frozen(order=True)
class FiscalYear:
    """A fiscal year, 1 April to 31 March, by the year that it begins in."""

    year: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `FY2026`, `2026年度`, `令和8年度` or `R8`; nothing for other text."""
        match = _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip())
        if match is None:
            return None
        western = match["western"] or match["western2"]
        return cls(
            int(western) if western else western_year(match["era"], match["year"])
        )

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the fiscal year that *day* lies in."""
        return cls(day.year if day.month >= 4 else day.year - 1)  # noqa: PLR2004

    @property
    def start(self) -> dt.date:
        """1 April."""
        return dt.date(self.year, 4, 1)

    @property
    def end(self) -> dt.date:
        """31 March of the next calendar year, the last day of the fiscal year."""
        return dt.date(self.year + 1, 3, 31)

    @property
    def label_ja(self) -> str:
        """The Japanese name; fiscal 2019 is 令和元年度 as the state decided.

        That is the era of 1 May for every year since 1873.
        """
        return f"{era_year(era_on(dt.date(self.year, 5, 1)), self.year)}度"

    def __str__(self) -> str:
        return f"FY{self.year}"


@frozen(order=True)
class FiscalHalf:
    """A half of a fiscal year: H1 April to September, H2 October to March."""

    fiscal_year: FiscalYear
    half: int = field()

    @half.validator
    def _check_half(self, _: object, value: int) -> None:
        if value not in (1, 2):
            raise ValueError("a half is 1 or 2")

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `FY2026H1` or `令和8年度上期`; nothing for other text."""
        plain = unicodedata.normalize("NFKC", text).strip()
        for ending, half in _HALVES.items():
            if plain.upper().endswith(ending):
                year = FiscalYear.parse(plain[: -len(ending)])
                return cls(year, half) if year else None
        return None

    @classmethod
    def of(cls, day: dt.date) -> Self:
        """Return the half that *day* lies in."""
        return cls(FiscalYear.of(day), 1 if 4 <= day.month <= 9 else 2)  # noqa: PLR2004

    @property
    def start(self) -> dt.date:
        """1 April or 1 October."""
        year = self.fiscal_year.year
        return dt.date(year, 4, 1) if self.half == 1 else dt.date(year, 10, 1)

    @property
    def end(self) -> dt.date:
        """30 September or 31 March."""
        if self.half == 1:
            return dt.date(self.fiscal_year.year, 9, 30)
        return self.fiscal_year.end

    @property
    def label_ja(self) -> str:
        """The Japanese name, such as 令和8年度上期."""
        return f"{self.fiscal_year.label_ja}{'上期' if self.half == 1 else '下期'}"

    def __str__(self) -> str:
        return f"{self.fiscal_year}H{self.half}"


@frozen(kw_only=True)
class PlanPeriod:
    """The period of a plan: whole fiscal years, or days where a reason is given."""

    from_: Annotated[
        FiscalYear | dt.date, Term("開始", "First fiscal year, or first day.")
    ]
    to: Annotated[FiscalYear | dt.date, Term("終了", "Last fiscal year, or last day.")]
    reason: Annotated[
        str | None, Term("年度によらない理由", "Why it is not whole fiscal years.")
    ] = None

    @property
    def start(self) -> dt.date:
        """First day of the plan."""
        return self.from_.start if isinstance(self.from_, FiscalYear) else self.from_

    @property
    def end(self) -> dt.date:
        """Last day of the plan."""
        return self.to.end if isinstance(self.to, FiscalYear) else self.to

    @property
    def label(self) -> str:
        """The period in Japanese, such as 令和8年度～令和12年度."""
        return "～".join(
            p.label_ja if isinstance(p, FiscalYear) else p.isoformat()
            for p in (self.from_, self.to)
        )
