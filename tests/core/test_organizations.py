"""Corporate numbers, and what is known of organizations by default."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.identifiers import PartId
from clusterplan.core.organizations import Organization, is_corporate_number


@pytest.mark.parametrize(
    "text", ["4000012090001", "4011001098993", "7123456789012", "8000020130001"]
)
def test_a_number_with_the_right_check_digit_is_one(text: str) -> None:
    """Numbers of a ministry, a company and a prefecture, and a made-up one."""
    assert is_corporate_number(text)


@pytest.mark.parametrize(
    "text",
    [
        "4000012090002",
        "0000012090001",
        "400001209000",
        "40000120900011",
        "",
        "T4000012090001",
        "4000012090001\n",
        "４０００012090001",
        "4000-01209000",
    ],
)
def test_anything_else_is_none(text: str) -> None:
    """A wrong check digit, another length, and anything but plain digits."""
    assert not is_corporate_number(text)


@given(st.from_regex("[0-9]{12}", fullmatch=True))
def test_twelve_digits_have_one_check_digit(base: str) -> None:
    """It is one of 1 to 9."""
    digits = [d for d in "0123456789" if is_corporate_number(d + base)]
    assert len(digits) == 1
    assert digits != ["0"]


@given(st.from_regex("[0-8]{12}", fullmatch=True), st.integers(0, 11))
def test_a_mistyped_digit_is_noticed(base: str, position: int) -> None:
    """One digit too high by one changes the check digit."""
    mistyped = base[:position] + str(int(base[position]) + 1) + base[position + 1 :]
    (digit,) = (d for d in "123456789" if is_corporate_number(d + base))
    assert not is_corporate_number(digit + mistyped)


def test_only_id_and_name_of_an_organization_must_be_known() -> None:
    """A draft names bodies before their numbers are looked up."""
    body = Organization(id=PartId("O-1"), title="架空大学")
    assert body.corporate_number is None
    assert (body.roles, body.partners) == ((), ())
