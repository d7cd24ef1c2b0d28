"""Actors are offices, written KIND:CODE."""

from __future__ import annotations

import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, PREFECTURE, Actor, is_same_body


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


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("prefecture:130001", "prefecture:130001", True),
        ("head_of_local_government:130001", "prefecture:130001", True),
        ("union_of_local_governments:131211", "municipality:131211", True),
        ("prefecture:130001", "prefecture:150002", False),
        ("head_of_local_government:130001", "prefecture:150002", False),
        ("regional_bureau:kanto", "regional_bureau:kanto", True),
        ("regional_bureau:kanto", "regional_bureau:kyushu", False),
        ("regional_bureau:meti", "meti:meti", False),
        ("ministry:130001", "prefecture:130001", False),
    ],
)
def test_a_code_names_one_local_government_and_nobody_else(
    one: str, other: str, *, same: bool
) -> None:
    """A head acts for the local government of the same code, in either order."""
    offices = Actor.parse(one), Actor.parse(other)
    assert is_same_body(*offices) is same
    assert is_same_body(*reversed(offices)) is same
