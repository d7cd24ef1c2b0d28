"""Progress of indicators and milestones: the one function that gives grades.

Two numbers, two names. *Attainment* is how much is reached of what was expected by now:
`(actual - baseline) / (expected - baseline)`; grades are made of it. *Completion* is how
much of the whole way is done: `(actual - baseline) / (target - baseline)`. Both hold for
values that shall rise and for those that shall fall.

What is not obvious:

* A missing value is `no_data`, never zero; so is a ratio over zero.
* A target that is reached early is `achieved`. A level that is to be kept never is
  before its end.
* On the target date and after it, all of the target is expected; where baseline and
  target have the same day, that is from this day on.
* Before the baseline nothing is graded: `not_due`.
* Where less than 5 % of the way is expected yet, attainment says nothing and is not
  computed: `not_due`, unless the value is worse than the baseline (and than what is
  expected, where the path itself goes back at first).
* A baseline of zero needs no care, unless zero is the level to keep: there, 5 % of it
  are zero, too, and the first case counts.
* Where baseline equals target and the direction is to rise or fall, the target is either
  reached or the value is worse than the baseline.
* A target on the wrong side of its baseline, or before it in time, can not be graded.
"""

from __future__ import annotations

import datetime as dt
import enum
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from attrs import frozen

from .courses import Course, course_of, deviation, direction_of, level_of
from .grades import Grade
from .indicators import Direction, Indicator
from .quantities import Value, decimal_of, exact
from .terms import Term
from .thresholds import DEFAULT_THRESHOLDS, ProgressThresholds


class ProgressRule(enum.Enum):
    """Which rule decided a grade."""

    NO_VALUE = "no_value"
    INCOMPLETE_PATH = "incomplete_path"
    CONTRADICTORY_PATH = "contradictory_path"
    BEFORE_BASELINE = "before_baseline"
    TARGET_REACHED = "target_reached"
    FLAT_PATH = "flat_path"
    LITTLE_EXPECTED = "little_expected"
    ATTAINMENT = "attainment"
    TARGET_DATE = "target_date"
    LEVEL = "level"
    LEVEL_AT_END = "level_at_end"
    MILESTONE = "milestone"


@frozen(kw_only=True)
class Progress:
    """How far an indicator or milestone is on a day; numbers are not rounded."""

    grade: Annotated[Grade, Term("区分", "The grade.")]
    is_poor: Annotated[bool, Term("芳しくない", "Whether a cause is asked for.")]
    rule: Annotated[ProgressRule, Term("判定規則", "The rule that decided.")]
    expected: Annotated[
        Decimal | None, Term("期待値", "What the path expects on this day.")
    ] = None
    attainment: Annotated[
        Decimal | None, Term("達成度", "Share reached of what was expected by now.")
    ] = None
    completion: Annotated[
        Decimal | None, Term("進捗率", "Share done of the way to the target.")
    ] = None


def progress(
    indicator: Indicator,
    actual: Value | None,
    as_of: dt.date,
    thresholds: ProgressThresholds = DEFAULT_THRESHOLDS,
    *,
    missing_periods: int = 1,
) -> Progress:
    """Return how far *indicator* is with *actual* at the end of *as_of*.

    Args:
        indicator: Direction, path, and how to read it.
        actual: What is reported; nothing where there is no value.
        as_of: The day that the value stands for.
        thresholds: Where one grade ends and the next begins.
        missing_periods: Periods in a row without a value, this one included; those that
            wait for an announced release of statistics are not counted. As many as the
            thresholds name make `no_data` poor.
    """
    value = exact(actual)
    if value is None:
        return Progress(
            grade=Grade.NO_DATA,
            is_poor=missing_periods >= thresholds.missing_periods,
            rule=ProgressRule.NO_VALUE,
        )
    if direction_of(indicator) is Direction.MAINTAIN:
        return _kept(indicator, value, as_of, thresholds)
    course = course_of(indicator)
    if course is None:
        return _graded(Grade.NO_DATA, ProgressRule.INCOMPLETE_PATH)
    if course.contradicts:
        return _graded(Grade.NO_DATA, ProgressRule.CONTRADICTORY_PATH)
    return _on_course(course, value, as_of, thresholds)


def expected_value(indicator: Indicator, as_of: dt.date) -> Decimal | None:
    """Return what the path of *indicator* expects on a day, whatever is reported."""
    if direction_of(indicator) is Direction.MAINTAIN:
        return _decimal(level_of(indicator))
    course = course_of(indicator)
    return decimal_of(course.expected(as_of)) if course else None


def milestone_progress(
    due: dt.date,
    as_of: dt.date,
    *,
    done_on: dt.date | None = None,
    expected_on: dt.date | None = None,
    thresholds: ProgressThresholds = DEFAULT_THRESHOLDS,
) -> Progress:
    """Return how far a dated milestone without a number is at the end of *as_of*.

    The day it is done decides, or else the day it is expected to be. Who expects no day
    is judged from the day after *due*; an expected day that went by counts as today.
    """
    if done_on is None and expected_on is None and as_of <= due:
        return _graded(Grade.NOT_DUE, ProgressRule.MILESTONE)
    finish = done_on or max(expected_on or as_of, as_of)
    late = (finish - due).days
    if late <= 0:
        return _graded(Grade.ON_TRACK, ProgressRule.MILESTONE)
    mild = late <= thresholds.milestone_days
    grade = Grade.DELAYED if mild else Grade.SERIOUSLY_DELAYED
    return _graded(grade, ProgressRule.MILESTONE)


def _on_course(
    course: Course, value: Fraction, as_of: dt.date, thresholds: ProgressThresholds
) -> Progress:
    expected, whole, gain = course.expected(as_of), course.whole, course.gain(value)
    if as_of < course.start.date:
        return _graded(Grade.NOT_DUE, ProgressRule.BEFORE_BASELINE, expected)
    due = course.gain(expected)
    counts = whole and due >= Fraction(thresholds.expected_from) * whole
    attainment = gain / due if counts else None
    if gain >= whole:
        grade, rule = Grade.ACHIEVED, ProgressRule.TARGET_REACHED
    elif attainment is None:
        worse = gain < min(due, Fraction())
        grade = Grade.REGRESSED if worse else Grade.NOT_DUE
        rule = ProgressRule.LITTLE_EXPECTED if whole else ProgressRule.FLAT_PATH
    elif as_of >= course.end.date:
        grade, rule = _at_the_end(attainment, thresholds), ProgressRule.TARGET_DATE
    else:
        grade, rule = _on_the_way(attainment, thresholds), ProgressRule.ATTAINMENT
    return Progress(
        grade=grade,
        is_poor=grade.is_poor,
        rule=rule,
        expected=decimal_of(expected),
        attainment=_decimal(attainment),
        completion=_decimal(gain / whole if whole else None),
    )


def _on_the_way(attainment: Fraction, thresholds: ProgressThresholds) -> Grade:
    if attainment < 0:
        return Grade.REGRESSED
    if attainment < thresholds.delayed_from:
        return Grade.SERIOUSLY_DELAYED
    if attainment < thresholds.on_track_from:
        return Grade.DELAYED
    return Grade.AHEAD if attainment >= thresholds.ahead_from else Grade.ON_TRACK


def _at_the_end(attainment: Fraction, thresholds: ProgressThresholds) -> Grade:
    if attainment < 0:
        return Grade.REGRESSED
    return Grade.NEARLY if attainment >= thresholds.nearly_from else Grade.MISSED


def _kept(
    indicator: Indicator,
    value: Fraction,
    as_of: dt.date,
    thresholds: ProgressThresholds,
) -> Progress:
    level = level_of(indicator)
    if level is None:
        return _graded(Grade.NO_DATA, ProgressRule.INCOMPLETE_PATH)
    start = indicator.baseline and indicator.baseline.date
    if start and as_of < start:
        return _graded(Grade.NOT_DUE, ProgressRule.BEFORE_BASELINE, level)
    end = indicator.target and indicator.target.date
    lost = deviation(level, value, indicator.maintain)
    if end and as_of >= end:
        grades = (Grade.ACHIEVED, Grade.NEARLY, Grade.MISSED)
        rule = ProgressRule.LEVEL_AT_END
    else:
        grades = (Grade.ON_TRACK, Grade.DELAYED, Grade.SERIOUSLY_DELAYED)
        rule = ProgressRule.LEVEL
    limits = (thresholds.kept_within, thresholds.nearly_kept_within)
    beyond = sum(lost > Fraction(limit) * abs(level) for limit in limits)
    return _graded(grades[beyond], rule, level)


def _graded(
    grade: Grade, rule: ProgressRule, expected: Fraction | None = None
) -> Progress:
    return Progress(
        grade=grade, is_poor=grade.is_poor, rule=rule, expected=_decimal(expected)
    )


def _decimal(number: Fraction | None) -> Decimal | None:
    return None if number is None else decimal_of(number)
