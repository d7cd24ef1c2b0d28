"""Japanese eras: calendar years in and out.

Era limits are those of the Cabinet's era ordinances; days before Meiji 6 (1873), when
Japan took the Gregorian calendar, are out of range.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

from attrs import frozen

from .errors import InputError, Problem


@frozen
class Era:
    """A Japanese era, from its first day to the day before the next one."""

    name: str
    letter: str
    first_day: dt.date
    name_en: str
    kana: str


ERAS = (
    Era("令和", "R", dt.date(2019, 5, 1), "Reiwa", "レイワ"),
    Era("平成", "H", dt.date(1989, 1, 8), "Heisei", "ヘイセイ"),
    Era("昭和", "S", dt.date(1926, 12, 25), "Showa", "ショウワ"),
    Era("大正", "T", dt.date(1912, 7, 30), "Taisho", "タイショウ"),
    Era("明治", "M", dt.date(1873, 1, 1), "Meiji", "メイジ"),
)
_YEAR_ONE = {"明治": 1868}
_ERA = "(?P<era>令和|平成|昭和|大正|明治|[RHSTM])"
_DATE = re.compile(
    rf"(?:{_ERA}\.? ?(?P<year>元|\d{{1,2}})|(?P<western>\d{{4}}))"
    r"(?:年|[-/.]) ?(?P<month>\d{1,2})(?:月|[-/.]) ?(?P<day>\d{1,2})日?",
    re.IGNORECASE | re.ASCII,
)


def era_on(day: dt.date) -> Era:
    """Return the era of *day*.

    Raises:
        ValueError: If *day* is before 1873-01-01.
    """
    for era in ERAS:
        if day >= era.first_day:
            return era
    raise ValueError(f"{day} is before the Gregorian calendar of Japan")


def era_year(era: Era, western: int) -> str:
    """Return a western year as a year of *era*, `元年` for the first."""
    number = western - _year_one(era) + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def era_date(day: dt.date) -> str:
    """Return *day* in the era calendar, such as `令和9年3月31日`."""
    return f"{era_year(era_on(day), day.year)}{day.month}月{day.day}日"


def western_year(era_text: str, year_text: str) -> int:
    """Return the western year of an era (name or letter) and a year (`元` or digits).

    Raises:
        KeyError: If there is no such era.
    """
    known = {e.name: e for e in ERAS} | {e.letter: e for e in ERAS}
    era = known[era_text.upper()]
    return _year_one(era) + (1 if year_text == "元" else int(year_text)) - 1


def parse_date(text: str) -> dt.date | None:
    """Read a date in ISO form, with slashes, or of the Japanese calendar.

    Returns:
        The date, or nothing where *text* is not shaped like a date at all.

    Raises:
        InputError: `IMPOSSIBLE_DATE`, for text that is shaped like a date and is none,
            such as 令和9年2月30日, or a day after the end of its era.
    """
    match = _DATE.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if match is None:
        return None
    western = match["western"]
    year = int(western) if western else western_year(match["era"], match["year"])
    try:
        day = dt.date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        raise impossible_date(text) from None
    if not western and not era_on_or_none(day, match["era"]):
        raise impossible_date(text, hint=_iso_or_era(day))
    return day


def era_on_or_none(day: dt.date, era_text: str) -> Era | None:
    """Return the era of *day* if *era_text* names it, else nothing."""
    if day < ERAS[-1].first_day:
        return None
    era = era_on(day)
    return era if era_text.upper() in {era.name, era.letter} else None


def impossible_date(text: str, *, hint: str | None = None) -> InputError:
    """Return the refusal of a text that looks like a date and is none."""
    shown = text.strip()
    return InputError(
        Problem(
            reason="IMPOSSIBLE_DATE",
            message_ja=f"「{shown}」という日付は存在しません",
            message_en=f"{shown!r} is not a day of the calendar",
            hint=hint or "2027-02-28 / 令和9年2月28日",
        )
    )


def _iso_or_era(day: dt.date) -> str:
    if day < ERAS[-1].first_day:
        return day.isoformat()
    return f"{day.isoformat()} / {era_date(day)}"


def _year_one(era: Era) -> int:
    return _YEAR_ONE.get(era.name, era.first_day.year)
