"""Values of indicators in exact arithmetic: plain numbers and ratios.

Sums and comparisons are made of exact fractions, so neither the order of the steps nor
the decimal context of the host program changes a grade. Results are decimals again.
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import Annotated

from attrs import frozen

from .terms import Term

DIGITS = 28
"""Significant digits of a quotient that does not end."""
ALL_DIGITS = 200
"""Enough for any sum of numbers that documents can hold."""
_CENT = Decimal("0.01")


@frozen(kw_only=True)
class Ratio:
    """A value with its numerator and denominator, so that values can be put together.

    A denominator of zero gives no value.
    """

    numerator: Annotated[Decimal, Term("分子", "The part, such as 33 firms that ...")]
    denominator: Annotated[Decimal, Term("分母", "The whole, such as 50 firms asked.")]
    per: Annotated[
        Decimal, Term("表示単位", "100 for percent, 1 for a plain quotient.")
    ] = Decimal(1)

    @property
    def value(self) -> Decimal | None:
        """The quotient in the unit of the indicator, such as 66 for 66 %."""
        number = exact(self)
        return None if number is None else decimal_of(number)


Value = Decimal | Ratio
"""What is reported for an indicator."""


def exact(value: Value | None) -> Fraction | None:
    """Return *value* as an exact fraction; nothing where there is no value."""
    if value is None:
        return None
    if isinstance(value, Decimal):
        return Fraction(value)
    if not value.denominator:
        return None
    quotient = Fraction(value.numerator) / Fraction(value.denominator)
    return quotient * Fraction(value.per)


def decimal_of(number: Fraction, *, digits: int = DIGITS) -> Decimal:
    """Return *number* as a decimal of at most *digits* significant digits."""
    context = Context(prec=digits)
    return context.divide(Decimal(number.numerator), Decimal(number.denominator))


def shown(value: Decimal) -> Decimal:
    """Return *value* as people see it: two places, half up (四捨五入).

    Only for showing: grades compare what was not rounded.
    """
    context = Context(prec=ALL_DIGITS, rounding=ROUND_HALF_UP)
    return value.quantize(_CENT, context=context)
