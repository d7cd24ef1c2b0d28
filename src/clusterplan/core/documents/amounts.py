"""Numbers as Japanese offices write them: ▲ for minus, separators, 億円 and 百万円."""

from __future__ import annotations

import operator
import re
import unicodedata
from decimal import Decimal
from fractions import Fraction

_UNITS = {
    "兆": 10**12,
    "十億": 10**9,
    "億": 10**8,
    "千万": 10**7,
    "百万": 10**6,
    "万": 10**4,
    "千": 10**3,
}
_LONGEST = 120
"""Characters that no number has."""
_PLAIN = r"(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.[0-9]+)?"
_MINUS = "-▲△\u2212"
_SIGN = rf"(?P<sign>[+{re.escape(_MINUS)}]?) ?"
_SIGNED = re.compile(rf"{_SIGN}(?P<number>{_PLAIN})")
_PART = rf"({_PLAIN})({'|'.join(_UNITS)})"
_AMOUNT = re.compile(rf"{_SIGN}¥?(?P<parts>(?:{_PART})*)(?P<rest>(?:{_PLAIN})?)円?")


def parse_number(text: str) -> Decimal | None:
    """Read `1,200.5`, `▲3.2`, `△3.2` or `１２`; nothing for other text."""
    match = _SIGNED.fullmatch(_narrow(text))
    if match is None:
        return None
    number = _plain_number(match["number"])
    return number.copy_negate() if _is_minus(match["sign"]) else number


def parse_amount(text: str) -> int | None:
    """Read an amount in yen: `1200000`, `1,200,000円`, `12億円`, `▲1億2,000万円`.

    Units go from the greatest to the least, each once, and the sum is whole yen.

    Returns:
        Whole yen, or nothing where *text* is no such amount.
    """
    match = _AMOUNT.fullmatch(_narrow(text))
    if match is None or not (match["parts"] or match["rest"]):
        return None
    parts = re.findall(_PART, match["parts"])
    units = [_UNITS[unit] for _, unit in parts]
    if units != sorted(set(units), reverse=True):
        return None
    numbers = [Fraction(_plain_number(number)) for number, _ in parts]
    rest = Fraction(_plain_number(match["rest"] or "0"))
    total = sum(map(operator.mul, numbers, units), rest)
    if total.denominator != 1:
        return None
    return -int(total) if _is_minus(match["sign"]) else int(total)


def _narrow(text: str) -> str:
    """Return *text* in half-width letters; nothing where no number is so long."""
    return unicodedata.normalize("NFKC", text).strip() if len(text) < _LONGEST else ""


def _plain_number(text: str) -> Decimal:
    return Decimal(text.replace(",", ""))


def _is_minus(sign: str) -> bool:
    return sign != "" and sign in _MINUS
