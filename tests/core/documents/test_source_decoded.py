"""Decoded data, such as a GraphQL variable, is a source without places."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterplan.core.documents.source import source_of
from clusterplan.core.errors import InputError


def test_decoded_data_has_no_places_and_is_normalised() -> None:
    """Keys and texts are in NFC, and no path has a line."""
    source = source_of({"か\u3099": ["は\u309a", None, {}], "": ""}, name="input")
    assert source.data == {"が": ["ぱ", None, {}], "": ""}
    assert source.place(("が", 0)) is None
    assert source.name == "input"


class Exact(float):
    """A float that knows how it was written."""

    def __str__(self) -> str:
        """Return the text of the number."""
        return "0.10"


def test_decoded_scalars_become_text() -> None:
    """Numbers and booleans are spelled as JSON spells them."""
    value = {"a": 1, "b": True, "c": Decimal("1.50"), "d": Exact(0.1), "e": (None, "x")}
    assert source_of(value).data == {
        "a": "1",
        "b": "true",
        "c": "1.50",
        "d": "0.10",
        "e": [None, "x"],
    }


def test_decoded_values_that_are_not_plain_data_are_all_told_at_once() -> None:
    """Binary floats, odd keys and foreign types are named with their paths."""
    value = {
        "a": 0.5,
        "b": [Decimal("NaN"), Exact("inf"), float("nan")],
        "c": object(),
        3: 4,
        "d": 10**5000,
    }
    with pytest.raises(InputError) as caught:
        source_of(value)
    assert [(p.reason, p.path) for p in caught.value.problems] == [
        ("FLOAT_NOT_EXACT", ("a",)),
        ("NOT_FINITE", ("b", 0)),
        ("NOT_FINITE", ("b", 1)),
        ("NOT_FINITE", ("b", 2)),
        ("BAD_VALUE", ("c",)),
        ("BAD_KEY", ()),
        ("TEXT_TOO_LONG", ("d",)),
    ]


def test_decoded_data_keeps_the_limits() -> None:
    """A cycle, a bomb of shared lists, long text and much text end at a limit."""
    cycle: list[object] = []
    cycle.append(cycle)
    bomb: list[object] = ["x"] * 10
    for _ in range(9):
        bomb = [bomb] * 10
    cases = [
        (cycle, "TOO_DEEP"),
        (bomb, "TOO_MANY_NODES"),
        ({"k" * 100_001: 1}, "TEXT_TOO_LONG"),
        (["x" * 90_000] * 50, "TOO_LARGE"),
        ({"か\u3099": 1, "が": 2}, "DUPLICATE_KEY"),
        ("\x00", "FORBIDDEN_CHARACTER"),
    ]
    for value, reason in cases:
        with pytest.raises(InputError) as caught:
            source_of(value)
        assert [p.reason for p in caught.value.problems] == [reason]
