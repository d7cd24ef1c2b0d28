"""What rules ask of a text: whether it is written, and says something."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from ...core.settings import CheckSettings


def plain(text: str | None) -> str:
    """Return *text* for comparing: NFKC, case-folded, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().split())


def has_word(text: str | None, words: Iterable[str]) -> bool:
    """Tell whether one of *words* stands in *text*, in any width and case."""
    folded = plain(text)
    return any(plain(word) in folded for word in words)


def is_put_off(text: str, settings: CheckSettings, *, shortest: int = 1) -> bool:
    """Tell whether *text* only stands where a text is still to be written.

    That is one of signs alone, one that says little beside placeholder words, or one
    of fewer than *shortest* letters and digits. A blank text is none: that it is
    missing is for other rules to say.
    """
    rest = plain(text)
    if not rest:
        return False
    words = [w for w in map(plain, settings.placeholder_words) if w in rest]
    for word in sorted(words, key=len, reverse=True):
        rest = rest.replace(word, "")
    least = settings.text_min_chars if words else shortest
    return sum(letter.isalnum() for letter in rest) < least
