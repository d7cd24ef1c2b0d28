"""Grades of progress, and what several of them say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Annotated, Self

from attrs import frozen

from .indicators import Indicator
from .terms import Term, TermEnum

TREND_PERIODS = 3
"""Periods that a trend needs: no plan is judged by a single one."""


class Grade(TermEnum):
    """How far an indicator or milestone is, from the worst grade to the best."""

    REGRESSED = "regressed", "後退", "Worse than where it started."
    SERIOUSLY_DELAYED = "seriously_delayed", "大幅な遅れ", "Far behind."
    MISSED = "missed", "未達成", "The target date came without the target."
    DELAYED = "delayed", "遅れ", "Behind what was expected by now."
    NO_DATA = "no_data", "データなし", "No value, or no path to hold it against."
    NEARLY = "nearly", "概ね達成", "The target date came, and little is missing."
    NOT_DUE = "not_due", "判定時期前", "Hardly anything was expected yet."
    ON_TRACK = "on_track", "順調", "About what was expected by now."
    AHEAD = "ahead", "前倒し", "More than what was expected by now."
    ACHIEVED = "achieved", "達成", "The target is reached, be it early."

    @property
    def rank(self) -> int:
        """Place in the order from the worst, 0, to the best."""
        return list(Grade).index(self)

    @property
    def is_poor(self) -> bool:
        """Whether the grade is 芳しくない: its cause is asked for."""
        return self in {
            Grade.REGRESSED,
            Grade.SERIOUSLY_DELAYED,
            Grade.MISSED,
            Grade.DELAYED,
        }

    @property
    def label_en(self) -> str:
        """Name in English."""
        return self.name.lower().replace("_", " ")


@frozen(kw_only=True)
class GradeCount:
    """How many indicators have a grade."""

    grade: Annotated[Grade, Term("区分", "The grade.")]
    count: Annotated[int, Term("件数", "How many have it.")]


class Trend(TermEnum):
    """Where a plan goes: whether its share of poor indicators falls or rises."""

    IMPROVING = "improving", "改善", "The share of poor indicators falls."
    STEADY = "steady", "横ばい", "The share stays."
    WORSENING = "worsening", "悪化", "The share rises."


@frozen(kw_only=True)
class PoorShare:
    """How many of the indicators of one period are poor."""

    poor: Annotated[int, Term("芳しくない件数", "How many are poor.")]
    total: Annotated[int, Term("全件数", "How many are graded.")]

    @classmethod
    def of(cls, poor: Iterable[bool]) -> Self:
        """Count the indicators of a period, told whether each is poor."""
        told = list(poor)
        return cls(poor=sum(told), total=len(told))


def worst(grades: Iterable[Grade]) -> Grade | None:
    """Return the worst of *grades*; nothing where there is none."""
    return min(grades, key=lambda grade: grade.rank, default=None)


def headline(graded: Iterable[tuple[Indicator, Grade]]) -> Grade | None:
    """Return the grade that stands for a measure.

    It is the worst of the indicators marked `is_headline`, or of all where none is.
    """
    rows = list(graded)
    marked = [grade for indicator, grade in rows if indicator.is_headline]
    return worst(marked or [grade for _, grade in rows])


def count_grades(grades: Iterable[Grade]) -> tuple[GradeCount, ...]:
    """Return how often each of *grades* occurs, the worst first."""
    counts = Counter(grades)
    return tuple(GradeCount(grade=g, count=counts[g]) for g in Grade if g in counts)


def trend(periods: Sequence[PoorShare]) -> Trend | None:
    """Return where a plan goes over its last three periods, the oldest first.

    Periods without any indicator do not count. Before the third there is no trend.
    """
    filled = [p for p in periods if p.total]
    if len(filled) < TREND_PERIODS:
        return None
    first, last = filled[-TREND_PERIODS], filled[-1]
    change = last.poor * first.total - first.poor * last.total
    if not change:
        return Trend.STEADY
    return Trend.WORSENING if change > 0 else Trend.IMPROVING
