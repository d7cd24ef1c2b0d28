"""Attributes say their Japanese name and meaning once."""

from __future__ import annotations

from typing import Annotated

from clusterplan.core.terms import Term, term_of


def test_a_term_is_found_in_an_annotation() -> None:
    """Other marks beside it do not matter."""
    term = Term("意義", "Why it is done.")
    assert term_of(Annotated[str, "mark", term]) is term
    assert str(term) == "意義: Why it is done."


def test_an_annotation_without_a_term_has_none() -> None:
    """Plain types and other marks carry no term."""
    assert term_of(str) is None
    assert term_of(Annotated[str, "mark"]) is None
