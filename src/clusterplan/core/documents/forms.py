"""How scalars are written in documents: one form a type, for loader, dump and schema.

Documents hold text. A form reads the text (or the native value of stored JSON), says
what is wrong with it in two languages, and gives the JSON Schema of what it reads.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from attrs import field, frozen

from ..areas import complete_code
from ..eras import parse_date
from ..errors import InputError, Problem
from ..identifiers import (
    ID_PATTERN,
    KEY_PATTERN,
    AreaCode,
    DeadlineText,
    InvestmentId,
    Key,
    PartId,
    PlanId,
    Yen,
    is_id,
    is_key,
)
from ..periods import YEAR_PATTERN, FiscalHalf, FiscalYear
from .amounts import parse_amount, parse_number

_WORD_END = re.compile("(?<=[a-z0-9])(?=[A-Z])")
MAX_DIGITS = 30
YEN_DIGITS = 14
"""Digits of an amount in yen: just under 100 trillion (100兆円)."""
INTEGER_DIGITS = 9
"""Digits of other whole numbers, so that they fit 32 bits."""
_NUMBER = re.compile(rf"[+-]?[0-9]{{1,{MAX_DIGITS}}}(?:\.[0-9]{{1,{MAX_DIGITS}}})?")


@frozen(kw_only=True)
class Form:
    """How one type of scalar is written.

    Attributes:
        read: Text to value; raises `InputError` with one problem.
        schema: JSON Schema of what is read.
        write: Value to text, number or truth value of JSON.
        native: JSON types that are read as they are (stored documents).
    """

    read: Callable[[str], Any]
    schema: Mapping[str, Any]
    write: Callable[[Any], Any] = str
    native: tuple[type, ...] = field(default=())

    def structure(self, value: object) -> Any:
        """Return the value of a scalar of a document.

        Raises:
            InputError: If *value* is no scalar, or not of this form.
        """
        if self.native and type(value) in self.native:
            return value
        if not isinstance(value, str):
            raise not_a_scalar(value)
        return self.read(value)


def refusal(reason: str, ja: str, en: str, hint: str | None = None) -> InputError:
    """Return a refusal with one problem at the place that is read."""
    return InputError(Problem(reason=reason, message_ja=ja, message_en=en, hint=hint))


def not_a_scalar(value: object) -> InputError:
    """Return the refusal of a list, mapping or nothing where a text should stand."""
    ja, en = ("空の値", "nothing")
    if isinstance(value, dict):
        ja, en = ("項目の集まり", "a mapping")
    elif isinstance(value, list):
        ja, en = ("リスト", "a list")
    return refusal(
        "NOT_A_TEXT",
        f"ここには一つの値を書きます（{ja}が書かれています）",
        f"a single value belongs here, but {en} is written",
    )


def _text(text: str) -> str:
    return text


def _id(text: str) -> str:
    if is_id(text):
        return text
    raise refusal(
        "BAD_ID",
        f"「{_shown(text)}」はIDに使えません。"
        "半角英数字で始め、英数字・「.」「_」「-」の64文字以内にします",
        f"{_shown(text)!r} is no id: letters, digits, '.', '_', '-', at most 64,"
        " beginning with a letter or digit",
        "M-07",
    )


def _key(text: str) -> str:
    if is_key(text):
        return text
    raise refusal(
        "BAD_KEY_FORM",
        f"「{_shown(text)}」はキーに使えません。半角の英小文字・数字・「_」で書きます",
        f"{_shown(text)!r} is no key: small letters, digits and '_' only",
        _key_like(text) or "ai_semiconductors",
    )


def _key_like(text: str) -> str | None:
    """Return the key that *text* would be in small letters, words apart; else nothing."""
    small = _WORD_END.sub("_", text).replace("-", "_").lower()
    return small if is_key(small) else None


def _area(text: str) -> AreaCode:
    return complete_code(unicodedata.normalize("NFKC", text).strip())


def _whole_pattern(digits: int) -> str:
    return f"[+-]?[0-9]{{1,{digits}}}"


def _integer(text: str) -> int:
    number = parse_number(text)
    if (
        number is None
        or "." in format(number, "f")
        or abs(number) >= 10**INTEGER_DIGITS
    ):
        raise refusal(
            "NOT_AN_INTEGER",
            f"「{_shown(text)}」は整数ではありません。{INTEGER_DIGITS}桁までの数字で書きます",
            f"{_shown(text)!r} is no whole number of at most {INTEGER_DIGITS} digits",
            "12",
        )
    return int(number)


def _yen(text: str) -> Yen:
    number = parse_amount(text)
    if number is None or abs(number) >= 10**YEN_DIGITS:
        raise refusal(
            "NOT_AN_AMOUNT",
            f"「{_shown(text)}」は金額として読めません。"
            f"1円単位の数字（{YEN_DIGITS}桁まで）か、12億円 のように書きます",
            f"{_shown(text)!r} is no amount: write whole yen in digits, at most "
            f"{YEN_DIGITS}, or with a Japanese unit of numbers",
            "1200000000 / 12億円",
        )
    return Yen(number)


def _decimal(text: str) -> Decimal:
    number = parse_number(text)
    if number is not None and _NUMBER.fullmatch(format(number, "f")):
        return number
    raise refusal(
        "NOT_A_NUMBER",
        f"「{_shown(text)}」は数値ではありません。数字と小数点だけで書きます"
        "（単位は unit に、マイナスは - か ▲）",
        f"{_shown(text)!r} is no number; write digits and a decimal point only",
        "12.5",
    )


def _truth(text: str) -> bool:
    if text in ("true", "false"):
        return text == "true"
    raise refusal(
        "NOT_TRUE_OR_FALSE",
        f"「{_shown(text)}」ではなく true か false と書きます",
        f"write true or false, not {_shown(text)!r}",
        "true",
    )


def _day(text: str) -> dt.date:
    day = parse_date(text)
    if day is not None:
        return day
    raise refusal(
        "NOT_A_DATE",
        f"「{_shown(text)}」は日付ではありません",
        f"{_shown(text)!r} is not a date",
        "2028-03-31 / 令和10年3月31日",
    )


def _deadline_text(text: str) -> DeadlineText:
    parse_date(text)
    return DeadlineText(text)


def _fiscal_year(text: str) -> FiscalYear:
    year = FiscalYear.parse(text)
    if year is not None:
        return year
    raise refusal(
        "NOT_A_FISCAL_YEAR",
        f"「{_shown(text)}」は年度ではありません",
        f"{_shown(text)!r} is not a fiscal year",
        "FY2026 / 令和8年度",
    )


def _fiscal_half(text: str) -> FiscalHalf:
    half = FiscalHalf.parse(text)
    if half is not None:
        return half
    raise refusal(
        "NOT_A_HALF",
        f"「{_shown(text)}」は半期ではありません",
        f"{_shown(text)!r} is not a half of a fiscal year",
        "FY2026H1 / 令和8年度上期",
    )


def _year_or_day(text: str) -> FiscalYear | dt.date:
    year = FiscalYear.parse(text)
    if year is not None:
        return year
    day = parse_date(text)
    if day is not None:
        return day
    raise refusal(
        "NOT_A_YEAR_OR_DATE",
        f"「{_shown(text)}」は年度でも日付でもありません",
        f"{_shown(text)!r} is neither a fiscal year nor a date",
        "FY2026 / 2026-04-01",
    )


def _shown(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:40]}…"  # noqa: PLR2004


_DAY_SCHEMA = {
    "type": "string",
    "format": "date",
    "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$",
}
_ERA_DAY_SCHEMA = {
    "type": "string",
    "pattern": "^(令和|平成|昭和)(元|[1-9][0-9]?)年[0-9]{1,2}月[0-9]{1,2}日$",
}
_ANY_DAY_SCHEMA = {"anyOf": [_DAY_SCHEMA, _ERA_DAY_SCHEMA]}
_YEAR = (
    f"(FY{YEAR_PATTERN}|{YEAR_PATTERN}年度"
    "|(令和|平成|昭和)(元|[1-9][0-9]?)年度|[RHS](元|[1-9][0-9]?))"
)
_YEAR_SCHEMA = {"type": "string", "pattern": f"^{_YEAR}$"}
_ID_FORM = Form(read=_id, schema={"type": "string", "pattern": f"^{ID_PATTERN}$"})


def _whole_form(read: Callable[[str], int], digits: int) -> Form:
    return Form(
        read=read,
        schema={
            "type": ["integer", "string"],
            "pattern": f"^{_whole_pattern(digits)}$",
            "minimum": 1 - 10**digits,
            "maximum": 10**digits - 1,
        },
        write=int,
        native=(int,),
    )


FORMS: Mapping[Any, Form] = {
    str: Form(read=_text, schema={"type": "string"}),
    PlanId: _ID_FORM,
    PartId: _ID_FORM,
    InvestmentId: _ID_FORM,
    Key: Form(read=_key, schema={"type": "string", "pattern": f"^{KEY_PATTERN}$"}),
    AreaCode: Form(
        read=_area,
        schema={"type": "string", "examples": ["130001", "131211"]},
    ),
    DeadlineText: Form(read=_deadline_text, schema={"type": "string"}),
    int: _whole_form(_integer, INTEGER_DIGITS),
    Yen: _whole_form(_yen, YEN_DIGITS),
    Decimal: Form(
        read=_decimal,
        schema={"type": "string", "pattern": f"^{_NUMBER.pattern}$"},
        write=lambda value: format(value, "f"),
    ),
    bool: Form(
        read=_truth,
        schema={"enum": [True, False, "true", "false"]},
        write=bool,
        native=(bool,),
    ),
    dt.date: Form(read=_day, schema=_ANY_DAY_SCHEMA, write=dt.date.isoformat),
    FiscalYear: Form(read=_fiscal_year, schema=_YEAR_SCHEMA),
    FiscalHalf: Form(
        read=_fiscal_half,
        schema={"type": "string", "pattern": f"^{_YEAR}(H[12]|上期|下期)$"},
    ),
    FiscalYear | dt.date: Form(
        read=_year_or_day,
        schema={"anyOf": [_YEAR_SCHEMA, _DAY_SCHEMA, _ERA_DAY_SCHEMA]},
    ),
}
"""The form of every scalar type of the domain."""
