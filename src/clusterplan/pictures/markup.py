"""Markup whose texts are escaped, whoever wrote them."""

from __future__ import annotations

import html
from collections.abc import Iterable
from unicodedata import category

from attrs import frozen

_EMPTY = frozenset({"meta", "path", "line", "circle", "rect", "polyline", "polygon"})
_STEERING = frozenset({"Cc", "Cs"})
_TURNING = frozenset(
    "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
)
"""Characters that turn the direction of writing, and could show a text as another."""


@frozen
class Markup:
    """Text that is markup already."""

    text: str


Child = Markup | str | None
"""What stands inside an element: markup, a text to be escaped, or nothing."""


def element(tag: str, /, *children: Child, **attributes: str | float | None) -> Markup:
    """Return an element; children and values of attributes are escaped.

    An underscore in the name of an attribute stands for a hyphen; one at its end is
    for words that Python has taken, such as `class_`.
    """
    told = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escaped(str(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    if tag in _EMPTY:
        return Markup(f"<{tag}{told}/>")
    return Markup(f"<{tag}{told}>{joined(children).text}</{tag}>")


def joined(children: Iterable[Child]) -> Markup:
    """Return several children one after the other."""
    return Markup(
        "".join(
            child.text if isinstance(child, Markup) else escaped(child)
            for child in children
            if child is not None
        )
    )


def escaped(text: str) -> str:
    """Return *text* as it may stand anywhere in a page; what steers is left out."""
    return html.escape("".join(char for char in text if _is_shown(char)))


def _is_shown(char: str) -> bool:
    if char in "\n\t":
        return True
    return category(char) not in _STEERING and char not in _TURNING
