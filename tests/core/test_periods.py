"""Fiscal years, their halves, and the periods of plans."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.periods import FiscalHalf, FiscalYear, PlanPeriod
from strategies import FISCAL_YEARS, UNHURRIED, values


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("FY2026", 2026),
        ("fy2026", 2026),
        ("FY 2026", 2026),
        ("ＦＹ２０２６", 2026),
        ("2026年度", 2026),
        (" 令和8年度 ", 2026),
        ("令和８年度", 2026),
        ("令和8", 2026),
        ("R8", 2026),
        ("r8年度", 2026),
        ("令和元年度", 2019),
        ("R元年度", 2019),
        ("平成31年度", 2019),
        ("平成36年度", 2024),
        ("H30", 2018),
        ("昭和63年度", 1988),
        ("昭和64年度", 1989),
        ("S2", 1927),
        ("FY1900", 1900),
        ("FY2999", 2999),
    ],
)
def test_a_fiscal_year_is_read_as_people_write_it(text: str, year: int) -> None:
    """Western years, eras by name or letter, years that an era did not live to see."""
    assert FiscalYear.parse(text) == FiscalYear(year)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "2026",
        "FY26",
        "FY20266",
        "FY0000",
        "FY0206",
        "FY1899",
        "FY3000",
        "FY9999",
        "令和0年度",
        "R0",
        "R100",
        "令和8年",
        "2026年",
        "大正元年度",
        "慶応3年度",
        "FY2026H1",
    ],
)
def test_other_text_is_no_fiscal_year(text: str) -> None:
    """A bare or calendar year, a year zero, a mistyped year are not guessed at."""
    assert FiscalYear.parse(text) is None


@pytest.mark.parametrize(
    ("year", "label"),
    [
        (2026, "令和8年度"),
        (2020, "令和2年度"),
        (2019, "令和元年度"),
        (2018, "平成30年度"),
        (1989, "平成元年度"),
        (1988, "昭和63年度"),
        (1926, "大正15年度"),
        (1912, "明治45年度"),
    ],
)
def test_a_fiscal_year_is_named_by_the_era_of_may(year: int, label: str) -> None:
    """Fiscal 2019 is 令和元年度 though it began in Heisei."""
    assert FiscalYear(year).label_ja == label


@UNHURRIED
@given(FISCAL_YEARS)
def test_a_fiscal_year_reads_back_from_its_text(year: FiscalYear) -> None:
    """`FY2026` is the stored form; the Japanese name is read too."""
    assert FiscalYear.parse(str(year)) == year
    if 1927 <= year.year < 2019 + 99:
        assert FiscalYear.parse(year.label_ja) == year


@UNHURRIED
@given(FISCAL_YEARS)
def test_a_fiscal_year_holds_its_days(year: FiscalYear) -> None:
    """From 1 April to 31 March, without gap to the next."""
    day = dt.timedelta(days=1)
    assert FiscalYear.of(year.start) == FiscalYear.of(year.end) == year
    assert FiscalYear.of(year.start - day) < year < FiscalYear.of(year.end + day)
    assert (year.start.month, year.start.day) == (4, 1)
    assert (year.end.month, year.end.day) == (3, 31)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("FY2026H1", FiscalHalf(FiscalYear(2026), 1)),
        ("fy2026h2", FiscalHalf(FiscalYear(2026), 2)),
        ("FY2026 H2", FiscalHalf(FiscalYear(2026), 2)),
        ("ＦＹ２０２６Ｈ１", FiscalHalf(FiscalYear(2026), 1)),
        ("令和8年度上期", FiscalHalf(FiscalYear(2026), 1)),
        ("令和8年度 下期", FiscalHalf(FiscalYear(2026), 2)),
        ("2026年度上半期", FiscalHalf(FiscalYear(2026), 1)),
        ("R8下半期", FiscalHalf(FiscalYear(2026), 2)),
    ],
)
def test_a_half_is_read_as_people_write_it(text: str, half: FiscalHalf) -> None:
    """The half stands after the fiscal year, as `H1` or in Japanese."""
    assert FiscalHalf.parse(text) == half


@pytest.mark.parametrize("text", ["", "FY2026", "FY2026H3", "H1", "上期", "FY0000H1"])
def test_other_text_is_no_half(text: str) -> None:
    """A half needs a year, and there are two of them."""
    assert FiscalHalf.parse(text) is None


@UNHURRIED
@given(values(FiscalHalf))
def test_a_half_reads_back_and_holds_its_days(half: FiscalHalf) -> None:
    """The two halves make the fiscal year."""
    assert FiscalHalf.parse(str(half)) == half
    assert FiscalHalf.of(half.start) == FiscalHalf.of(half.end) == half
    year = half.fiscal_year
    assert (half.start == year.start) == (half.half == 1)
    assert (half.end == year.end) == (half.half == 2)
    other = FiscalHalf(year, 3 - half.half)
    first, second = sorted([half, other])
    assert second.start - first.end == dt.timedelta(days=1)


def test_there_is_no_third_half() -> None:
    """Code that counts wrongly is stopped."""
    with pytest.raises(ValueError, match="1 or 2"):
        FiscalHalf(FiscalYear(2026), 3)


def test_a_half_has_a_japanese_name() -> None:
    """上期 is April to September."""
    assert FiscalHalf(FiscalYear(2026), 1).label_ja == "令和8年度上期"
    assert FiscalHalf(FiscalYear(2019), 2).label_ja == "令和元年度下期"


def test_a_plan_period_has_first_and_last_day_and_a_label() -> None:
    """Years stand for their first and last day; days stand for themselves."""
    years = PlanPeriod(from_=FiscalYear(2026), to=FiscalYear(2030))
    assert (years.start, years.end) == (dt.date(2026, 4, 1), dt.date(2031, 3, 31))
    assert years.label == "令和8年度～令和12年度"
    days = PlanPeriod(from_=dt.date(2026, 7, 1), to=dt.date(2030, 6, 30))
    assert (days.start, days.end) == (dt.date(2026, 7, 1), dt.date(2030, 6, 30))
    assert days.label == "2026-07-01～2030-06-30"
    mixed = PlanPeriod(from_=dt.date(2026, 7, 1), to=FiscalYear(2030))
    assert mixed.label == "2026-07-01～令和12年度"


@UNHURRIED
@given(st.dates(min_value=dt.date(1900, 4, 1), max_value=dt.date(2999, 12, 31)))
def test_every_day_lies_in_one_half(day: dt.date) -> None:
    """A half knows its year, and the year its halves."""
    half = FiscalHalf.of(day)
    assert half.start <= day <= half.end
    assert half.fiscal_year == FiscalYear.of(day)
