"""Ids and keys have a form of their own."""

from __future__ import annotations

import pytest

from clusterplan.core.identifiers import is_id, is_key


@pytest.mark.parametrize("text", ["a", "M-01", "1.2_x", "A" * 64])
def test_an_id_begins_with_a_letter_or_digit(text: str) -> None:
    """Dots, hyphens and underscores may follow, 64 characters in all."""
    assert is_id(text)


@pytest.mark.parametrize("text", ["", "-a", ".a", "a b", "a/b", "é", "１", "A" * 65])
def test_other_texts_are_no_ids(text: str) -> None:
    """Spaces, slashes and letters beyond ASCII are not in an id."""
    assert not is_id(text)


@pytest.mark.parametrize("text", ["a", "regional_cluster", "x2", "a" * 64])
def test_a_key_is_small_letters_digits_and_underscores(text: str) -> None:
    """It begins with a letter."""
    assert is_key(text)


@pytest.mark.parametrize("text", ["", "A", "_a", "2x", "a-b", "a ", "a\n", "a" * 65])
def test_other_texts_are_no_keys(text: str) -> None:
    """Capitals, hyphens, blanks and line ends are not in a key."""
    assert not is_key(text)
