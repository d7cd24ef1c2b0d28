"""Values of several periods and areas as one."""

from __future__ import annotations

from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.aggregation import Aggregate, aggregate
from clusterplan.core.identifiers import PartId
from clusterplan.core.indicators import Aggregation, Indicator
from clusterplan.core.quantities import Ratio, Value
from progress_cases import VALUES


def ratio(numerator: int, denominator: int, per: int = 100) -> Ratio:
    """Return a ratio in percent, or in another unit."""
    return Ratio(
        numerator=Decimal(numerator), denominator=Decimal(denominator), per=Decimal(per)
    )


@pytest.mark.parametrize(
    ("how", "value"),
    [
        (Aggregation.SUM, 9),
        (Aggregation.MAX, 5),
        (Aggregation.AVERAGE, 3),
        (Aggregation.LATEST, 3),
    ],
)
def test_missing_values_are_counted_and_never_zero(
    how: Aggregation, value: int
) -> None:
    """An average of three of five values is theirs, and says so."""
    values = [None, Decimal(1), Decimal(5), Decimal(3), None]

    found = aggregate(values, how)

    assert found == Aggregate(value=Decimal(value), counted=3, missing=2)


def test_the_largest_of_negative_values_is_no_missing_one() -> None:
    """A missing value does not win against a loss."""
    assert aggregate([Decimal(-5), None], Aggregation.MAX).value == -5


def test_ratios_are_put_together_by_their_parts() -> None:
    """1 of 2 and 9 of 98 are 10 %, not the mean of 50 % and 9 %."""
    found = aggregate([ratio(1, 2), None, ratio(9, 98)], Aggregation.RATIO)

    assert found == Aggregate(value=ratio(10, 100), counted=2, missing=1)


def test_a_ratio_of_nothing_is_missing() -> None:
    """Where nobody was asked, there is no value."""
    found = aggregate([ratio(0, 0), ratio(1, 2)], Aggregation.RATIO)

    assert found == Aggregate(value=ratio(1, 2), counted=1, missing=1)


def test_a_percentage_without_its_parts_is_not_put_together() -> None:
    """It is left out, and counted as unusable."""
    found = aggregate([Decimal(50), ratio(1, 2)], Aggregation.RATIO)

    assert found == Aggregate(value=ratio(1, 2), counted=1, unusable=1)


@pytest.mark.parametrize("how", [Aggregation.SUM, Aggregation.AVERAGE])
def test_ratios_are_neither_added_nor_averaged(how: Aggregation) -> None:
    """With nothing but ratios there is no sum at all."""
    assert aggregate([ratio(1, 2)] * 2, how) == Aggregate(unusable=2)


@pytest.mark.parametrize("how", [Aggregation.MAX, Aggregation.LATEST])
def test_one_of_several_ratios_can_be_picked(how: Aggregation) -> None:
    """The picked one keeps its parts, to be put together with those of other areas."""
    assert aggregate([ratio(1, 3), ratio(1, 2)], how).value == ratio(1, 2)


@pytest.mark.parametrize("how", Aggregation)
@pytest.mark.parametrize("values", [[], [None, None]])
def test_no_values_make_no_value(how: Aggregation, values: list[None]) -> None:
    """An empty sum is not zero."""
    assert aggregate(values, how) == Aggregate(missing=len(values))


def test_periods_and_areas_are_declared_apart() -> None:
    """By default the latest value of an area counts, and areas are added."""
    indicator = Indicator(id=PartId("IN-1"))
    areas: list[list[Value | None]] = [[Decimal(1), Decimal(4)], [Decimal(2), None]]

    latest = [aggregate(a, indicator.aggregation_over_periods).value for a in areas]

    assert aggregate(latest, indicator.aggregation_over_areas).value == 6


def test_sums_are_exact_whatever_the_decimal_context() -> None:
    """30 digits before the point and 30 behind survive."""
    big, small = Decimal("1" + "0" * 29), Decimal("0." + "0" * 29 + "1")
    with localcontext(prec=3):
        total = aggregate([big, small], Aggregation.SUM).value

    assert str(total) == "1" + "0" * 29 + "." + "0" * 29 + "1"


@given(st.lists(st.one_of(st.none(), VALUES)), st.sampled_from(Aggregation))
def test_every_value_is_counted_once(
    values: list[Decimal | None], how: Aggregation
) -> None:
    """Counted, missing and unusable values are all there are."""
    found = aggregate(values, how)

    assert found.counted + found.missing + found.unusable == len(values)
    assert found.missing == values.count(None)
    assert (found.value is None) is (not found.counted)
