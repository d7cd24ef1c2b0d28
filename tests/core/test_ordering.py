"""An order that follows what waits for what, and is never lost in a ring."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.ordering import in_order

NAMES = "abcdefg"
WAITS = st.permutations(NAMES).flatmap(
    lambda names: st.fixed_dictionaries(
        {name: st.lists(st.sampled_from(f"{NAMES}z"), max_size=2) for name in names}
    )
)


def told(text: str) -> dict[str, list[str]]:
    """Return what waits for what, from words such as `a:bc d`."""
    pairs = (word.partition(":") for word in text.split())
    return {name: list(earlier) for name, _, earlier in pairs}


def led_to(start: str, before: Mapping[str, list[str]]) -> set[str]:
    """Return all that *start* waits for, at any distance."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        new = {b for b in before[waiting.pop()] if b in before} - found
        found |= new
        waiting += new
    return found


@pytest.mark.parametrize(
    ("before", "wanted"),
    [
        ("", ""),
        ("c a b", "cab"),
        ("a:b b:c c", "cba"),
        ("a:c b c d", "bcad"),
        ("a:z b:b c", "abc"),
        ("a:b b:a c", "abc"),
        ("c a:b b:a", "cab"),
        ("a:b b:ac c d:a", "cabd"),
        ("a x b:ac c:b d", "axbcd"),
        ("b:a d a:bc c", "dcba"),
    ],
)
def test_the_order_is_kept_as_far_as_it_can_be(before: str, wanted: str) -> None:
    """What comes first moves up, a ring stays together in the order that it had."""
    assert "".join(in_order(told(before))) == wanted


@given(WAITS)
def test_everything_comes_once_and_after_what_it_waits_for(
    before: dict[str, list[str]],
) -> None:
    """Unless both wait for each other: then the first one stays the first."""
    order = in_order(before)
    assert sorted(order) == sorted(before)
    places = {name: place for place, name in enumerate(order)}
    given_places = {name: place for place, name in enumerate(before)}
    for name in before:
        for earlier in led_to(name, before) - {name}:
            if name in led_to(earlier, before):
                as_given = given_places[earlier] < given_places[name]
                assert (places[earlier] < places[name]) is as_given
            else:
                assert places[earlier] < places[name]


def test_a_chain_and_many_rings_as_long_as_a_document_are_no_trouble() -> None:
    """Neither the stack nor the time runs out."""
    size = 20_000
    chain = {number: [number + 1] for number in range(size)}
    assert in_order(chain) == tuple(reversed(range(size)))
    rings = {number: [number ^ 1] for number in range(size)}
    assert in_order(rings) == tuple(range(size))
