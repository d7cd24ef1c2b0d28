"""Numbers, days and periods as offices write them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from clusterplan.core.grades import Grade
from clusterplan.core.measures import Deadline
from clusterplan.core.periods import FiscalHalf
from clusterplan.core.thresholds import (
    DEFAULT_THRESHOLDS,
    PRESETS,
    ProgressPreset,
    ProgressThresholds,
)
from clusterplan.pictures.thresholds_part import thresholds_text
from clusterplan.pictures.words import Words, number, percent

JA, EN = Words("ja"), Words("en")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("12000", "12,000"),
        ("1E+4", "10,000"),
        ("0.250", "0.25"),
        ("-3.005", "-3.01"),
        ("0", "0"),
        ("100.00", "100"),
    ],
)
def test_a_number_has_commas_and_two_places_at_most(value: str, text: str) -> None:
    """Nothing is said that was not counted."""
    assert number(Decimal(value)) == text


def test_a_share_is_not_rounded_over_a_threshold() -> None:
    """Two places tell 79.96 from 80."""
    assert percent(Decimal("0.7996")) == "79.96%"
    assert percent(Decimal("1.2")) == "120.00%"


def test_days_and_periods_are_those_of_the_language() -> None:
    """A period of a plugin's own is called by its id."""
    day = dt.date(2026, 9, 30)
    assert (JA.day(day), EN.day(day)) == ("令和8年9月30日", "2026-09-30")
    assert JA.day(dt.date(1850, 1, 1)) == "1850-01-01"
    assert JA.period("FY2026H1") == "令和8年度上期"
    assert EN.period("FY2026H2") == "second half of fiscal 2026"
    assert EN.period("P2026-04") == "P2026-04"


def test_a_deadline_is_a_day_a_half_or_words() -> None:
    """Half-years are named in the language of the page."""
    half = FiscalHalf.parse("FY2027H1")
    assert EN.deadline(Deadline(half=half)) == "first half of fiscal 2027"
    assert JA.deadline(Deadline(half=half)) == "令和9年度上期"
    assert JA.deadline(Deadline(date=dt.date(2028, 3, 31))) == "令和10年3月31日"
    assert EN.deadline(Deadline()) == ""


def test_titles_and_grades_are_in_english_where_they_are_told() -> None:
    """The Japanese title stands where no other is known."""
    assert (JA.title("計画", "Plan"), EN.title("計画", "Plan")) == ("計画", "Plan")
    assert (EN.title("計画", None), EN.title(None, None)) == ("計画", "")
    assert (JA.grade(Grade.DELAYED), EN.grade(Grade.DELAYED)) == ("遅れ", "delayed")


def test_thresholds_are_defaults_or_own_values() -> None:
    """Which they are is said, with the values, and never as a word of the policy."""
    own = ProgressThresholds(ahead_from=Decimal("1.25"))
    told = [DEFAULT_THRESHOLDS, PRESETS[ProgressPreset.TAMA], own]
    texts = [thresholds_text(each, words) for each in told for words in (JA, EN)]
    assert "既定値（前倒し 110%以上、順調 80%以上" in texts[0]
    assert "default values (ahead from 110%, on track from 80%" in texts[1]
    assert "多摩市" in texts[2]
    assert "独自の値（前倒し 125%以上" in texts[4]
    assert "own values" in texts[5]
    assert not [text for text in texts if "policy" in text or "政策" in text]
