"""Local governments, their six-digit codes, and the blocks of METI's bureaus."""

from __future__ import annotations

import datetime as dt
import re
from typing import Annotated

from attrs import frozen

from .identifiers import AreaCode, Key
from .terms import Term, TermEnum

_WEIGHTS = (6, 5, 4, 3, 2)


class AreaKind(TermEnum):
    """What sort of local government, or part of one, a code stands for."""

    PREFECTURE = "prefecture", "都道府県", "A prefecture."
    DESIGNATED_CITY = (
        "designated_city",
        "政令指定都市",
        "A large city with some powers of a prefecture.",
    )
    CITY = "city", "市", "A city."
    TOWN = "town", "町", "A town."
    VILLAGE = "village", "村", "A village."
    SPECIAL_WARD = (
        "special_ward",
        "特別区",
        "A ward of Tokyo, which is a local government of its own.",
    )
    WARD = "ward", "行政区", "A ward of a designated city, which is part of it."


@frozen(kw_only=True)
class Area:
    """A prefecture, municipality or ward."""

    code: Annotated[AreaCode, Term("団体コード", "Six-digit code with check digit.")]
    name: Annotated[str, Term("名称", "Official name.")]
    name_kana: Annotated[str, Term("カナ", "Name in full-width katakana.")]
    name_en: Annotated[str | None, Term("英語名", "Name in Latin letters.")] = None
    kind: Annotated[AreaKind, Term("種別", "Prefecture, city, town, ward ...")]
    parent: Annotated[
        AreaCode | None,
        Term("上位団体", "Code of the prefecture; of the city for a ward."),
    ] = None
    valid_from: Annotated[
        dt.date | None, Term("施行日", "First day of the code, where it is known.")
    ] = None
    valid_to: Annotated[
        dt.date | None, Term("廃止日", "Last day of the code, for an abolished one.")
    ] = None
    lon: Annotated[float, Term("経度", "Longitude of a point inside, in degrees.")]
    lat: Annotated[float, Term("緯度", "Latitude of a point inside, in degrees.")]

    @property
    def prefecture(self) -> AreaCode:
        """Code of the prefecture that the area lies in, or is."""
        return prefecture_of(self.code)

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it is found by."""
        return tuple(n for n in (self.name, self.name_kana, self.name_en) if n)

    def is_valid(self, day: dt.date) -> bool:
        """Tell whether the code is in use on *day*."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


@frozen(kw_only=True)
class Bureau:
    """A regional bureau of METI, or the office that does its work in Okinawa."""

    key: Annotated[Key, Term("局キー", "Key such as `kyushu`.")]
    title: Annotated[str, Term("局名", "Official name.")]
    title_en: Annotated[str, Term("英語名", "Official name in English.")]
    prefectures: Annotated[
        tuple[AreaCode, ...],
        Term("管轄都道府県", "Codes of the prefectures of the block."),
    ]


def check_digit(five: str) -> str:
    """Return the check digit of a five-digit code.

    `(11 - (6a + 5b + 4c + 3d + 2e) mod 11) mod 10`, as the ministry's code list has it.
    """
    total = sum(w * int(d) for w, d in zip(_WEIGHTS, five, strict=True))
    return str((11 - total % 11) % 10)


def complete_code(text: str) -> AreaCode:
    """Complete a two- or five-digit code by its check digit; leave other text alone.

    `13` becomes `130001` and `13121` becomes `131211`; nothing is guessed, the check
    digit follows from the others.
    """
    if re.fullmatch("[0-9]{2}", text):
        text += "000"
    if re.fullmatch("[0-9]{5}", text):
        text += check_digit(text)
    return AreaCode(text)


def is_area_code(text: str) -> bool:
    """Tell whether *text* is six digits of which the last is the check digit."""
    return (
        re.fullmatch("[0-9]{6}", text) is not None and check_digit(text[:5]) == text[5]
    )


def prefecture_of(code: str) -> AreaCode:
    """Return the code of the prefecture that *code* begins with."""
    return complete_code(code[:2])


def is_prefecture(code: str) -> bool:
    """Tell whether *code* stands for a whole prefecture."""
    return code[2:5] == "000"
