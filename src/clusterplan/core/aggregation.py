"""Values of several periods or areas put together, without inventing any."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction
from operator import itemgetter
from typing import Annotated

from attrs import frozen

from .indicators import Aggregation
from .quantities import ALL_DIGITS, Ratio, Value, decimal_of, exact
from .terms import Term


@frozen(kw_only=True)
class Aggregate:
    """Several values as one, and how complete it is."""

    value: Annotated[
        Value | None, Term("集計値", "Number, or ratio with its two parts.")
    ] = None
    counted: Annotated[int, Term("集計数", "How many values are in it.")] = 0
    missing: Annotated[int, Term("欠測数", "How many places had no value.")] = 0
    unusable: Annotated[
        int,
        Term("集計不能数", "Values of another kind: ratios in a sum, or the reverse."),
    ] = 0


def aggregate(values: Iterable[Value | None], how: Aggregation) -> Aggregate:
    """Put *values* together, the oldest first.

    A missing value is counted as missing, never as zero. A percentage without its
    parts cannot be put together with others, nor can a ratio be added to numbers:
    such values are left out and counted as unusable.
    """
    given = list(values)
    known = [(v, n) for v in given if v is not None and (n := exact(v)) is not None]
    usable = [(v, n) for v, n in known if _fits(v, how)]
    return Aggregate(
        value=_together(usable, how) if usable else None,
        counted=len(usable),
        missing=len(given) - len(known),
        unusable=len(known) - len(usable),
    )


def _fits(value: Value, how: Aggregation) -> bool:
    if how is Aggregation.RATIO:
        return isinstance(value, Ratio)
    if how in {Aggregation.SUM, Aggregation.AVERAGE}:
        return not isinstance(value, Ratio)
    return True


def _together(values: Sequence[tuple[Value, Fraction]], how: Aggregation) -> Value:
    if how is Aggregation.LATEST:
        return values[-1][0]
    if how is Aggregation.MAX:
        return max(values, key=itemgetter(1))[0]
    if how is Aggregation.RATIO:
        return _ratio([v for v, _ in values if isinstance(v, Ratio)])
    total = sum((number for _, number in values), Fraction())
    if how is Aggregation.SUM:
        return decimal_of(total, digits=ALL_DIGITS)
    return decimal_of(total / len(values))


def _ratio(ratios: Sequence[Ratio]) -> Ratio:
    numerator = sum((Fraction(r.numerator) for r in ratios), Fraction())
    denominator = sum((Fraction(r.denominator) for r in ratios), Fraction())
    return Ratio(
        numerator=decimal_of(numerator, digits=ALL_DIGITS),
        denominator=decimal_of(denominator, digits=ALL_DIGITS),
        per=ratios[-1].per,
    )
