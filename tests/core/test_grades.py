"""Grades together: the worst, the headline, counts and the trend."""

from __future__ import annotations

import pytest

from clusterplan.core.grades import (
    Grade,
    GradeCount,
    PoorShare,
    Trend,
    count_grades,
    headline,
    trend,
    worst,
)
from clusterplan.core.identifiers import PartId
from clusterplan.core.indicators import Indicator


def shares(*poor: int, total: int = 4) -> list[PoorShare]:
    """Return a share for each period."""
    return [PoorShare(poor=p, total=total) for p in poor]


def indicator(*, marked: bool = False) -> Indicator:
    """Return an indicator that stands for the whole, or one that does not."""
    return Indicator(id=PartId("IN-1"), is_headline=marked)


def test_grades_go_from_the_worst_to_the_best() -> None:
    """The order decides what stands for a measure."""
    assert [g.value for g in Grade] == [
        "regressed",
        "seriously_delayed",
        "missed",
        "delayed",
        "no_data",
        "nearly",
        "not_due",
        "on_track",
        "ahead",
        "achieved",
    ]
    assert worst(reversed(Grade)) is Grade.REGRESSED
    assert worst([Grade.ACHIEVED, Grade.NO_DATA]) is Grade.NO_DATA
    assert worst([]) is None


def test_four_grades_are_poor() -> None:
    """No data is not poor by itself."""
    assert {g for g in Grade if g.is_poor} == {
        Grade.REGRESSED,
        Grade.SERIOUSLY_DELAYED,
        Grade.MISSED,
        Grade.DELAYED,
    }


def test_a_grade_has_a_name_in_two_languages() -> None:
    """The value is the key that clients know."""
    assert Grade("seriously_delayed").term.ja == "大幅な遅れ"
    assert Grade.SERIOUSLY_DELAYED.label_en == "seriously delayed"
    assert len({g.term.ja for g in Grade}) == len(Grade)


def test_the_headline_is_the_worst_of_the_marked_indicators() -> None:
    """Others are left out as soon as one is marked."""
    rows = [
        (indicator(), Grade.REGRESSED),
        (indicator(marked=True), Grade.ACHIEVED),
        (indicator(marked=True), Grade.AHEAD),
    ]

    assert headline(rows) is Grade.AHEAD


def test_without_a_mark_all_indicators_count() -> None:
    """A measure without indicators has no headline."""
    rows = [(indicator(), Grade.AHEAD), (indicator(), Grade.DELAYED)]

    assert headline(iter(rows)) is Grade.DELAYED
    assert headline([]) is None


def test_grades_are_counted_the_worst_first() -> None:
    """Grades that do not occur are left out."""
    found = count_grades([Grade.AHEAD, Grade.MISSED, Grade.AHEAD])

    assert found == (
        GradeCount(grade=Grade.MISSED, count=1),
        GradeCount(grade=Grade.AHEAD, count=2),
    )


def test_the_share_of_poor_indicators_is_counted() -> None:
    """Two of three."""
    assert PoorShare.of([True, False, True]) == PoorShare(poor=2, total=3)


@pytest.mark.parametrize(
    ("poor", "expected"),
    [
        ((), None),
        ((1,), None),
        ((4, 0), None),
        ((3, 2, 1), Trend.IMPROVING),
        ((1, 4, 2), Trend.WORSENING),
        ((2, 0, 2), Trend.STEADY),
        ((0, 3, 3, 2), Trend.IMPROVING),
        ((4, 0, 0, 1), Trend.WORSENING),
    ],
)
def test_a_trend_compares_the_last_period_with_the_third_last(
    poor: tuple[int, ...], expected: Trend | None
) -> None:
    """Before the third period there is none."""
    assert trend(shares(*poor)) is expected


def test_a_trend_looks_at_shares_not_at_numbers() -> None:
    """2 of 8 are less than 1 of 2, and a period without indicators says nothing."""
    periods = [*shares(1, total=2), *shares(0, total=0), *shares(1, 2, total=8)]

    assert trend(periods) is Trend.IMPROVING
    assert trend(periods[:-1]) is None
