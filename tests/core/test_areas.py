"""Codes of local governments are checked and completed, never guessed."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.areas import (
    Area,
    AreaKind,
    check_digit,
    complete_code,
    is_area_code,
    is_prefecture,
    prefecture_of,
)
from clusterplan.core.identifiers import AreaCode

DIGITS = st.text("0123456789", min_size=5, max_size=5)


@pytest.mark.parametrize(
    "code",
    [
        "010006",
        "130001",
        "131211",
        "131121",
        "132098",
        "132276",
        "401005",
        "431001",
        "470007",
    ],
)
def test_a_code_in_use_passes_its_check_digit(code: str) -> None:
    """Published codes end with the digit that the formula gives."""
    assert is_area_code(code)
    assert complete_code(code[:5]) == code
    assert complete_code(code) == code


@pytest.mark.parametrize(
    "text",
    [
        "131212",
        "130002",
        "13121",
        "1312110",
        "",
        "東京都",
        "13121a",
        "１３１２１１",
        "131211\n",
        " 131211",
    ],
)
def test_anything_else_is_no_code(text: str) -> None:
    """A wrong digit, length or script is told apart from a code."""
    assert not is_area_code(text)


@given(DIGITS)
def test_five_digits_have_exactly_one_check_digit(five: str) -> None:
    """Of the ten codes that five digits begin, one is right."""
    right = [last for last in "0123456789" if is_area_code(five + last)]
    assert right == [check_digit(five)]


@given(DIGITS, st.integers(0, 4), st.integers(1, 9))
def test_one_mistyped_digit_changes_the_check_unless_11_wraps_to_10(
    five: str, place: int, by: int
) -> None:
    """A slip in one place is noticed but where two remainders share a digit."""
    wrong = five[:place] + str((int(five[place]) + by) % 10) + five[place + 1 :]
    if check_digit(wrong) == check_digit(five):
        remainders = {_remainder(five), _remainder(wrong)}
        assert remainders == {0, 10}, "only 11 - 0 and 11 - 10 end with the same digit"


def _remainder(five: str) -> int:
    weights = (6, 5, 4, 3, 2)
    return sum(w * int(d) for w, d in zip(weights, five, strict=True)) % 11


def test_a_prefecture_is_completed_from_two_digits() -> None:
    """`13` becomes the code of Tokyo, a municipality's code leads to it."""
    assert complete_code("13") == "130001"
    assert prefecture_of("131211") == "130001"
    assert is_prefecture("130001")
    assert not is_prefecture("131211")


@pytest.mark.parametrize("text", ["", "1", "131", "1312", "abcde", "１３", "1312110"])
def test_a_text_of_another_length_is_left_as_it_is(text: str) -> None:
    """Nothing is guessed where digits are missing."""
    assert complete_code(text) == text


def test_five_digits_are_wanted_for_a_check_digit() -> None:
    """A shorter or longer text has no check digit."""
    for text in ("1312", "131211"):
        with pytest.raises(ValueError, match="argument"):
            check_digit(text)


def _area(valid_from: dt.date | None, valid_to: dt.date | None) -> Area:
    return Area(
        code=AreaCode("221317"),
        name="中区",
        name_kana="ナカク",
        kind=AreaKind.WARD,
        parent=AreaCode("221309"),
        valid_from=valid_from,
        valid_to=valid_to,
        lon=137.7,
        lat=34.7,
    )


def test_a_code_is_valid_from_its_first_to_its_last_day() -> None:
    """Both days belong to the time of the code."""
    first, last = dt.date(2024, 1, 1), dt.date(2024, 12, 31)
    day = dt.timedelta(days=1)
    area = _area(first, last)
    assert area.is_valid(first)
    assert area.is_valid(last)
    assert not area.is_valid(first - day)
    assert not area.is_valid(last + day)
    assert area.prefecture == "220001"


def test_a_code_without_days_is_always_valid() -> None:
    """Most codes carry no first and no last day."""
    assert _area(None, None).is_valid(dt.date(1, 1, 1))
    assert _area(None, None).is_valid(dt.date(9999, 12, 31))
