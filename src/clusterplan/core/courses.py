"""The course of an indicator: its baseline, milestones and target as one line in time."""

from __future__ import annotations

import datetime as dt
from bisect import bisect_right
from fractions import Fraction
from operator import attrgetter

from attrs import frozen

from .indicators import DatedValue, Direction, Indicator, Interpolation, MaintainKind


@frozen
class Point:
    """An exact value on a day."""

    date: dt.date
    value: Fraction


@frozen(kw_only=True)
class Course:
    """Points from the baseline to the target, in order of time.

    Attributes:
        sign: 1 where more is better, -1 where less is.
        points: At least two; the first is the baseline, the last the target.
    """

    sign: int
    points: tuple[Point, ...]
    interpolation: Interpolation

    @property
    def start(self) -> Point:
        """The baseline."""
        return self.points[0]

    @property
    def end(self) -> Point:
        """The target."""
        return self.points[-1]

    @property
    def whole(self) -> Fraction:
        """The whole way from baseline to target; counted so that good is positive."""
        return self.gain(self.end.value)

    @property
    def contradicts(self) -> bool:
        """Whether the target lies on the wrong side of the baseline, or before it."""
        return self.whole < 0 or self.end.date < self.start.date

    def gain(self, value: Fraction) -> Fraction:
        """Return how much better than the baseline *value* is."""
        return self.sign * (value - self.start.value)

    def around(self, day: dt.date) -> tuple[Point, Point]:
        """Return the points that *day* lies between.

        On the day of a point both are that point, and so they are outside the course.
        """
        place = bisect_right(self.points, day, key=attrgetter("date"))
        before = self.points[max(place - 1, 0)]
        if place in {0, len(self.points)} or before.date == day:
            return before, before
        return before, self.points[place]

    def expected(self, day: dt.date) -> Fraction:
        """Return the value that is expected on *day*."""
        before, after = self.around(day)
        if before is after or self.interpolation is Interpolation.STEP:
            return before.value
        share = Fraction((day - before.date).days, (after.date - before.date).days)
        return before.value + (after.value - before.value) * share


def direction_of(indicator: Indicator) -> Direction | None:
    """Return which way is good; where it is not said, the way from start to target."""
    baseline, target = _value(indicator.baseline), _value(indicator.target)
    if indicator.direction or baseline is None or target is None:
        return indicator.direction
    if baseline == target:
        return Direction.MAINTAIN
    return Direction.INCREASE if target > baseline else Direction.DECREASE


def course_of(indicator: Indicator) -> Course | None:
    """Return the course of an indicator that shall rise or fall.

    Milestones without a value or a day, and those not between baseline and target, are
    left out. There is no course where a day or value of baseline or target is missing.
    """
    start, end = _point(indicator.baseline), _point(indicator.target)
    direction = direction_of(indicator)
    if start is None or end is None or direction is None:
        return None
    between = [
        point
        for milestone in indicator.milestones
        if (point := _point(milestone)) and start.date < point.date < end.date
    ]
    return Course(
        sign=-1 if direction is Direction.DECREASE else 1,
        points=(start, *sorted(between, key=attrgetter("date")), end),
        interpolation=indicator.interpolation,
    )


def level_of(indicator: Indicator) -> Fraction | None:
    """Return the level that is to be kept: the baseline, else the target."""
    level = _value(indicator.baseline)
    return _value(indicator.target) if level is None else level


def deviation(level: Fraction, value: Fraction, kind: MaintainKind) -> Fraction:
    """Return how far *value* is off *level* on the side that counts; good is negative."""
    if kind is MaintainKind.AT_LEAST:
        return level - value
    if kind is MaintainKind.AT_MOST:
        return value - level
    return abs(value - level)


def _value(dated: DatedValue | None) -> Fraction | None:
    return None if dated is None or dated.value is None else Fraction(dated.value)


def _point(dated: DatedValue | None) -> Point | None:
    value = _value(dated)
    if dated is None or dated.date is None or value is None:
        return None
    return Point(dated.date, value)
