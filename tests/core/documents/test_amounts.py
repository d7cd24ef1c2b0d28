"""Numbers as offices write them become exact values; what is no number is none."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.documents.amounts import parse_amount, parse_number


@pytest.mark.parametrize(
    ("text", "yen"),
    [
        ("1200000", 1_200_000),
        ("1,200,000円", 1_200_000),
        ("１，２００，０００円", 1_200_000),
        ("¥1,200", 1_200),
        ("12億円", 1_200_000_000),
        ("12億", 1_200_000_000),
        ("▲1億2,000万円", -120_000_000),
        ("△3.5億円", -350_000_000),
        ("−5万円", -50_000),
        ("1億2千万円", 120_000_000),
        ("1億2000万3000円", 120_003_000),
        ("500百万円", 500_000_000),
        ("12千円", 12_000),
        ("1.2兆円", 1_200_000_000_000),
        ("+5", 5),
    ],
)
def test_amounts_with_units_are_whole_yen(text: str, yen: int) -> None:
    """The unit is multiplied out, a triangle is a minus."""
    assert parse_amount(text) == yen


@pytest.mark.parametrize(
    "text",
    [
        "",
        "円",
        "億円",
        "1,2",
        "12,00万円",
        "12万億円",
        "1億2億円",
        "0.5円",
        "1.000000001億円",
        "--5",
        "12億円程度",
        "約12億円",
        "1" * 200,
        "12" + " " * 200 + "x",
    ],
)
def test_what_is_no_whole_amount_is_not_guessed(text: str) -> None:
    """Units out of order, parts of a yen and words around a number are no amount."""
    assert parse_amount(text) is None


def test_a_long_run_of_digits_is_refused_at_once() -> None:
    """The way a number can be split into parts is one, so reading takes no time."""
    assert parse_amount("1" * 118 + "x") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("▲3.2", "-3.2"), ("△1,200.5", "-1200.5"), ("１２", "12"), ("0.30", "0.30")],
)
def test_numbers_keep_their_digits(text: str, number: str) -> None:
    """A decimal is as exact as it is written."""
    assert str(parse_number(text)) == str(Decimal(number))


@given(st.integers(min_value=-(10**14) + 1, max_value=10**14 - 1))
def test_every_amount_is_read_in_each_of_its_forms(yen: int) -> None:
    """Digits, separators, a triangle and 億 say the same number."""
    sign = "▲" if yen < 0 else ""
    high, low = divmod(abs(yen), 10**8)
    assert parse_amount(str(yen)) == yen
    assert parse_amount(f"{yen:,}円") == yen
    assert parse_amount(f"{sign}{high:,}億{low:,}円") == yen
