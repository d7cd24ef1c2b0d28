"""Indicators with paths, for tests and properties of their progress."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from hypothesis import strategies as st

from clusterplan.core.identifiers import PartId
from clusterplan.core.indicators import (
    DatedValue,
    Direction,
    Indicator,
    Interpolation,
    MaintainKind,
)

DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))
VALUES = st.one_of(
    st.integers(-20, 20).map(Decimal),
    st.decimals(min_value=-1000, max_value=1000, places=3),
)
_TURNED = {
    Direction.INCREASE: Direction.DECREASE,
    Direction.DECREASE: Direction.INCREASE,
    Direction.MAINTAIN: Direction.MAINTAIN,
}
_TURNED_KINDS = {
    MaintainKind.AT_LEAST: MaintainKind.AT_MOST,
    MaintainKind.AT_MOST: MaintainKind.AT_LEAST,
}


def dated(day: str, value: int | str) -> DatedValue:
    """Return a value on a day."""
    return DatedValue(date=dt.date.fromisoformat(day), value=Decimal(value))


def indicators() -> st.SearchStrategy[Indicator]:
    """Return a strategy for indicators of any direction, sound or contradictory.

    Bands are left out: of them, more is neither better nor worse.
    """
    points = st.builds(DatedValue, date=DAYS, value=VALUES)
    return st.builds(
        Indicator,
        id=st.just(PartId("IN-1")),
        direction=st.sampled_from(Direction),
        baseline=points,
        milestones=st.lists(points, max_size=3).map(tuple),
        target=points,
        maintain=st.sampled_from(sorted(_TURNED_KINDS, key=lambda kind: kind.value)),
        interpolation=st.sampled_from(Interpolation),
    )


CASES = st.tuples(indicators(), VALUES, DAYS)
"""An indicator, a value of it, and the day of the value."""


def scaled(indicator: Indicator, factor: Decimal) -> Indicator:
    """Return *indicator* in a unit that is *factor* times smaller."""
    return _mapped(indicator, factor)


def mirrored(indicator: Indicator) -> Indicator:
    """Return *indicator* with all values negated, and good where bad was."""
    turned = attrs.evolve(
        indicator,
        direction=indicator.direction and _TURNED[indicator.direction],
        maintain=_TURNED_KINDS[indicator.maintain],
    )
    return _mapped(turned, Decimal(-1))


def _mapped(indicator: Indicator, factor: Decimal) -> Indicator:
    return attrs.evolve(
        indicator,
        baseline=_times(indicator.baseline, factor),
        milestones=tuple(_times(m, factor) for m in indicator.milestones),
        target=_times(indicator.target, factor),
    )


def _times(point: DatedValue | None, factor: Decimal) -> DatedValue:
    if point is None or point.value is None:
        raise ValueError("a point of these indicators has a value")
    return attrs.evolve(point, value=point.value * factor)
