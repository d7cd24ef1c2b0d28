"""Numbers and ratios in exact arithmetic."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from clusterplan.core.quantities import Ratio, decimal_of, exact, shown


def test_a_ratio_keeps_its_parts_and_tells_its_quotient() -> None:
    """33 of 50 firms are 66 %, or 0.66."""
    parts = {"numerator": Decimal(33), "denominator": Decimal(50)}

    assert Ratio(**parts, per=Decimal(100)).value == 66
    assert Ratio(**parts).value == Decimal("0.66")


def test_a_ratio_of_nothing_has_no_value() -> None:
    """Nobody asked is not 0 %."""
    assert Ratio(numerator=Decimal(0), denominator=Decimal(0)).value is None


def test_values_become_exact_fractions() -> None:
    """A decimal is what it says, a ratio what it means, nothing stays nothing."""
    third = Ratio(numerator=Decimal(1), denominator=Decimal(3))

    assert exact(Decimal("0.1")) == Fraction(1, 10)
    assert exact(third) == Fraction(1, 3)
    assert exact(None) is None


@pytest.mark.parametrize(
    ("number", "text"),
    [
        ("0.925", "0.93"),
        ("0.924999", "0.92"),
        ("-0.185", "-0.19"),
        ("12", "12.00"),
        ("9" * 30 + ".999", "1" + "0" * 30 + ".00"),
    ],
)
def test_two_places_are_shown_half_up(number: str, text: str) -> None:
    """Numbers of any length that documents hold are rounded as people do."""
    assert str(shown(Decimal(number))) == text


def test_a_quotient_without_end_is_cut_at_28_digits() -> None:
    """Those that end are exact."""
    assert str(decimal_of(Fraction(1, 3))) == "0." + "3" * 28
    assert str(decimal_of(Fraction(3, 4))) == "0.75"
