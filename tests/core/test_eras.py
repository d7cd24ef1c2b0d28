"""Days and years of the Japanese calendar are read and written."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.eras import (
    ERAS,
    era_date,
    era_on,
    era_on_or_none,
    era_year,
    parse_date,
    western_year,
)
from clusterplan.core.errors import InputError
from strategies import UNHURRIED

FIRST_DAY = dt.date(1873, 1, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2027-03-31", dt.date(2027, 3, 31)),
        ("2027/3/31", dt.date(2027, 3, 31)),
        ("2027.3.31", dt.date(2027, 3, 31)),
        ("2027年3月31日", dt.date(2027, 3, 31)),
        ("2028-02-29", dt.date(2028, 2, 29)),
        (" 令和9年3月31日 ", dt.date(2027, 3, 31)),
        ("令和９年３月３１日", dt.date(2027, 3, 31)),
        ("２０２７－０３－３１", dt.date(2027, 3, 31)),
        ("令和 9年 3月 31日", dt.date(2027, 3, 31)),
        ("㋿9年3月31日", dt.date(2027, 3, 31)),
        ("R9.3.31", dt.date(2027, 3, 31)),
        ("r9-3-31", dt.date(2027, 3, 31)),
        ("R.9.3.31", dt.date(2027, 3, 31)),
        ("令和元年5月1日", dt.date(2019, 5, 1)),
        ("令和1年5月1日", dt.date(2019, 5, 1)),
        ("平成31年4月30日", dt.date(2019, 4, 30)),
        ("平成元年1月8日", dt.date(1989, 1, 8)),
        ("昭和64年1月7日", dt.date(1989, 1, 7)),
        ("昭和元年12月25日", dt.date(1926, 12, 25)),
        ("大正15年12月24日", dt.date(1926, 12, 24)),
        ("明治45年7月29日", dt.date(1912, 7, 29)),
        ("M6.1.1", dt.date(1873, 1, 1)),
    ],
)
def test_a_day_is_read_as_people_write_it(text: str, day: dt.date) -> None:
    """ISO form, slashes, dots, eras by name, sign or letter, full-width digits."""
    assert parse_date(text) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "近日中",
        "令和9年",
        "令和9年3月",
        "2027",
        "2027-03",
        "27-03-31",
        "R9",
        "２０２７年度",
        "2027-03-31T00:00",
        "2027-03-31まで",
        "慶応3年1月1日",
        "令和٩年3月31日",
    ],
)
def test_text_that_is_not_shaped_like_a_day_is_nothing(text: str) -> None:
    """Words, years and months are no days; whoever asks decides what they are."""
    assert parse_date(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "令和9年2月30日",
        "2027-02-29",
        "2027-13-01",
        "2027-00-10",
        "2027-04-31",
        "R9.2.29",
        "0000-01-01",
        "９９９９年９９月９９日",
    ],
)
def test_a_day_that_no_calendar_has_is_refused(text: str) -> None:
    """Text that is shaped like a date and is none is an error, not words."""
    with pytest.raises(InputError) as caught:
        parse_date(f" {text}\n")
    (problem,) = caught.value.problems
    assert problem.reason == "IMPOSSIBLE_DATE"
    assert f"「{text}」" in problem.message_ja
    assert repr(text) in problem.message_en
    assert problem.hint == "2027-02-28 / 令和9年2月28日"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("平成31年5月1日", "2019-05-01 / 令和元年5月1日"),
        ("平成32年3月31日", "2020-03-31 / 令和2年3月31日"),
        ("令和元年4月30日", "2019-04-30 / 平成31年4月30日"),
        ("昭和64年1月8日", "1989-01-08 / 平成元年1月8日"),
        ("令和0年3月31日", "2018-03-31 / 平成30年3月31日"),
        ("明治5年12月2日", "1872-12-02"),
    ],
)
def test_a_day_outside_its_era_is_refused_with_the_right_era(
    text: str, hint: str
) -> None:
    """平成31年5月1日 is not a day: the hint says which day may be meant."""
    with pytest.raises(InputError) as caught:
        parse_date(text)
    (problem,) = caught.value.problems
    assert (problem.reason, problem.hint) == ("IMPOSSIBLE_DATE", hint)


@UNHURRIED
@given(st.dates(min_value=FIRST_DAY))
def test_a_day_written_in_its_era_reads_back(day: dt.date) -> None:
    """What is written is read, as far as an era's year has two digits."""
    written = era_date(day)
    assert era_on_or_none(day, era_on(day).name) == era_on(day)
    if day.year < 2019 + 99:
        assert parse_date(written) == day


@UNHURRIED
@given(st.dates())
def test_a_day_in_iso_form_reads_back(day: dt.date) -> None:
    """Stored days are read whatever the year."""
    assert parse_date(day.isoformat()) == day


def test_days_before_the_gregorian_calendar_have_no_era() -> None:
    """Before Meiji 6 Japan counted days in another calendar."""
    with pytest.raises(ValueError, match="Gregorian"):
        era_on(dt.date(1872, 12, 31))
    assert era_on_or_none(dt.date(1872, 12, 31), "明治") is None


def test_eras_meet_without_gap() -> None:
    """The last day of an era is the day before the next one."""
    for later, earlier in pairwise(ERAS):
        assert era_on(later.first_day) == later
        assert era_on(later.first_day - dt.timedelta(days=1)) == earlier
        assert era_year(later, later.first_day.year) == f"{later.name}元年"


@pytest.mark.parametrize(
    ("era", "year", "western"),
    [("令和", "元", 2019), ("r", "9", 2027), ("明治", "1", 1868), ("H", "31", 2019)],
)
def test_an_era_year_is_a_western_year(era: str, year: str, western: int) -> None:
    """Eras go by name or letter of either case; the first year may be 元."""
    assert western_year(era, year) == western


def test_an_unknown_era_has_no_years() -> None:
    """There is no guessing between eras."""
    with pytest.raises(KeyError):
        western_year("慶応", "3")
