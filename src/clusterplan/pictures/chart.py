"""The course of an indicator as a small chart: what was expected, and what came."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from decimal import Decimal

from attrs import frozen

from ..core.indicators import DatedValue, Interpolation
from ..core.services.picturing import PicturedIndicator
from .markup import Markup, element
from .words import Words, number

_WIDTH, _HEIGHT = 380, 190
_LEFT, _RIGHT, _TOP, _BOTTOM = 14, 14, 30, 26
_HEADROOM = Decimal("0.2")
_NEAR = 42
"""Pixels from an edge within which a label would leave the paper."""


@frozen(kw_only=True)
class _Frame:
    """Where days and values lie on the paper."""

    first: dt.date
    last: dt.date
    low: Decimal
    high: Decimal

    @classmethod
    def around(cls, points: Iterable[DatedValue], day: dt.date) -> _Frame:
        found = [p for p in points if p.date is not None and p.value is not None]
        days = [day, *(p.date for p in found if p.date)]
        values = [p.value for p in found if p.value is not None]
        low, high = min(values), max(values)
        room = (high - low) * _HEADROOM or abs(high) * _HEADROOM or Decimal(1)
        return cls(first=min(days), last=max(days), low=low - room, high=high + room)

    def x(self, day: dt.date) -> float:
        span = (self.last - self.first).days or 1
        share = (day - self.first).days / span
        return round(_LEFT + share * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, value: Decimal) -> float:
        share = float((value - self.low) / (self.high - self.low))
        return round(_HEIGHT - _BOTTOM - share * (_HEIGHT - _TOP - _BOTTOM), 1)

    def at(self, point: DatedValue) -> tuple[float, float]:
        assert point.date is not None  # noqa: S101 - only such points are drawn
        assert point.value is not None  # noqa: S101
        return self.x(point.date), self.y(point.value)


def chart(pictured: PicturedIndicator, words: Words) -> Markup | None:
    """Return the chart of an indicator; nothing where there is nothing to draw."""
    points = [*pictured.course, *pictured.actuals]
    if not points:
        return None
    held = DatedValue(date=pictured.as_of, value=pictured.expected)
    frame = _Frame.around((*points, held), pictured.as_of)
    title = words.title(pictured.indicator.title, pictured.indicator.title_en)
    return element(
        "svg",
        element("title", words(f"{title}の推移", f"Course of {title}")),
        *_ground(frame, pictured.as_of, words),
        *_course(pictured, frame),
        *_actuals(pictured, frame),
        viewBox=f"0 0 {_WIDTH} {_HEIGHT}",
        role="img",
        class_="chart",
    )


def _ground(frame: _Frame, as_of: dt.date, words: Words) -> Iterator[Markup]:
    """Yield the axis, its first and last day, and the day that the report is about."""
    bottom, x = _HEIGHT - _BOTTOM, frame.x(as_of)
    yield element(
        "line", class_="axis", x1=_LEFT, x2=_WIDTH - _RIGHT, y1=bottom, y2=bottom
    )
    yield element("line", class_="today", x1=x, x2=x, y1=_TOP - 12, y2=bottom)
    yield _text(words(f"基準日 {as_of}", f"as of {as_of}"), x, _TOP - 17, "day")
    for day in dict.fromkeys((frame.first, frame.last)):
        yield _text(day.isoformat(), frame.x(day), bottom + 15, "day")


def _course(pictured: PicturedIndicator, frame: _Frame) -> Iterator[Markup]:
    """Yield the line that is expected, with its points and their values."""
    course = [frame.at(point) for point in pictured.course]
    stepwise = pictured.indicator.interpolation is Interpolation.STEP
    line = _steps(course) if stepwise else course
    yield element("polyline", class_="expected", points=_listed(line))
    last = len(course) - 1
    for place, (point, (x, y)) in enumerate(zip(pictured.course, course, strict=True)):
        is_target = bool(place) and place == last
        yield (
            _target(x, y)
            if is_target
            else element("circle", class_="planned", cx=x, cy=y, r=3.5)
        )
        if place in (0, last) and point.value is not None:
            yield _text(number(point.value), x, y - 9, "planned-value")


def _actuals(pictured: PicturedIndicator, frame: _Frame) -> Iterator[Markup]:
    """Yield what was reported, the newest with its value, and what it is held against."""
    if pictured.expected is not None:
        x, y = frame.x(pictured.as_of), frame.y(pictured.expected)
        cross = f"M{x - 4},{y - 4}L{x + 4},{y + 4}M{x - 4},{y + 4}L{x + 4},{y - 4}"
        yield element("path", class_="held-against", d=cross)
    told = [frame.at(point) for point in pictured.actuals]
    yield element("polyline", class_="actual", points=_listed(told))
    for x, y in told:
        yield element("circle", class_="actual-point", cx=x, cy=y, r=4)
    newest = pictured.actuals[-1].value if told else None
    if newest is not None:
        x, y = told[-1]
        is_above = pictured.expected is not None and newest > pictured.expected
        yield _text(number(newest), x, y - 9 if is_above else y + 17, "actual-value")


def _steps(points: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return a line that stays at each point until the day of the next one."""
    found = points[:1]
    for x, y in points[1:]:
        found += [(x, found[-1][1]), (x, y)]
    return found


def _target(x: float, y: float) -> Markup:
    corners = [(x, y - 6), (x + 6, y), (x, y + 6), (x - 6, y)]
    return element("polygon", class_="target", points=_listed(corners))


def _listed(points: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in points)


def _text(text: str, x: float, y: float, class_: str) -> Markup:
    """Return a label that begins, or ends, at *x* where it would leave the paper."""
    anchor = "middle"
    if x < _LEFT + _NEAR:
        anchor, x = "start", min(x, _LEFT)
    elif x > _WIDTH - _RIGHT - _NEAR:
        anchor, x = "end", max(x, _WIDTH - _RIGHT)
    return element("text", text, class_=class_, x=x, y=y, text_anchor=anchor)
