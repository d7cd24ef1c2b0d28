"""How texts are compared in searches: one width, one case, one kana, one variant."""

from __future__ import annotations

import unicodedata

_VARIANTS = str.maketrans({"步": "歩", "圈": "圏", "ヶ": "ケ", "髙": "高", "﨑": "崎"})
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


def fold(text: str) -> str:
    """Return *text* for comparing: NFKC, case-folded, one kana, variants unified."""
    plain = unicodedata.normalize("NFKC", text).translate(_KATAKANA)
    return unicodedata.normalize("NFKC", plain.translate(_VARIANTS).casefold())
