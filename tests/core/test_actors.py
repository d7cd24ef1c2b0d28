"""Actors are offices, written KIND:CODE."""

from __future__ import annotations

import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, PREFECTURE, Actor


def test_an_actor_is_read_as_it_is_written() -> None:
    """Reading and writing are inverse; a code may hold a colon."""
    assert Actor.parse("prefecture:130001") == Actor(PREFECTURE, "130001")
    for text in ("regional_bureau:kyushu", "ministry:a:b", str(LOCAL_OPERATOR)):
        assert str(Actor.parse(text)) == text


@pytest.mark.parametrize("text", ["", ":", "prefecture", "prefecture:", ":130001"])
def test_half_an_actor_is_refused(text: str) -> None:
    """Both kind and code are wanted."""
    with pytest.raises(ValueError, match="KIND:CODE"):
        Actor.parse(text)


@pytest.mark.parametrize("text", ["BadKind:1", "a b:1", ":1", "prefecture:", "x"])
def test_an_actor_is_a_key_and_a_code(text: str) -> None:
    """Anything else is refused where it is read."""
    with pytest.raises(ValueError, match="KIND:CODE"):
        Actor.parse(text)
