"""Reference data: areas, bureaus and strategic fields, as versioned lists.

The lists are files of the package `clusterplan.reference`; their sources stand in
NOTICE. They are read once by whoever composes the library and passed on as a value.
"""

from __future__ import annotations

import csv
import datetime as dt
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from importlib import resources
from typing import Annotated

from attrs import field, frozen

from .areas import Area, AreaKind, Bureau, complete_code
from .identifiers import AreaCode, Key
from .plantypes import ExampleMeasure, MeasureCategory
from .terms import Term

_VARIANTS = str.maketrans({"步": "歩", "圈": "圏", "ヶ": "ケ", "髙": "高", "﨑": "崎"})
_KATAKANA = {code: code + 0x60 for code in range(ord("ぁ"), ord("ゖ") + 1)}


@frozen(kw_only=True)
class StrategicField:
    """One of the strategic fields of the growth strategy (戦略分野)."""

    number: Annotated[int, Term("番号", "Number in the list of 2025-11-04.")]
    key: Annotated[Key, Term("分野キー", "Key such as `ai_semiconductors`.")]
    title: Annotated[str, Term("分野名", "Name of the field.")]
    title_en: Annotated[str, Term("分野名（英語）", "Name in English.")]
    valid_from: Annotated[dt.date, Term("決定日", "Day the list was set.")]


@frozen(kw_only=True)
class Law:
    """A law or instrument that measures use, with the days it is in force."""

    key: Annotated[Key, Term("法令キー", "Key that a legal basis may name.")]
    title: Annotated[str, Term("法令名", "Name, with the short name in brackets.")]
    title_en: Annotated[str, Term("法令名（英語）", "Name in English.")]
    in_force_from: Annotated[dt.date, Term("施行日", "First day in force.")]
    in_force_to: Annotated[
        dt.date | None, Term("廃止前日", "Last day in force, for an ended one.")
    ] = None

    def is_in_force(self, start: dt.date, end: dt.date) -> bool:
        """Tell whether it is in force on some day from *start* to *end*."""
        ended = self.in_force_to is not None and self.in_force_to < start
        return self.in_force_from <= end and not ended


@frozen(kw_only=True)
class ReferenceData:
    """The lists that plans are checked and located against."""

    areas: Mapping[AreaCode, Area]
    bureaus: Mapping[Key, Bureau]
    strategic_fields: Mapping[Key, StrategicField]
    laws: Mapping[Key, Law] = field(factory=dict)

    def bureau_of(self, code: str) -> Bureau | None:
        """Return the bureau whose block the area of *code* lies in."""
        prefecture = complete_code(code[:2])
        blocks = (b for b in self.bureaus.values() if prefecture in b.prefectures)
        return next(blocks, None)

    def body_name(self, kind: str, code: str) -> str | None:
        """Return the name of an actor's body: a bureau or a local government."""
        bureau = self.bureaus.get(Key(code))
        area = self.areas.get(AreaCode(code))
        if kind == "regional_bureau" and bureau:
            return bureau.title
        return area.name if area else None

    def body_name_en(self, kind: str, code: str) -> str | None:
        """Return the English name of an actor's body."""
        bureau = self.bureaus.get(Key(code))
        area = self.areas.get(AreaCode(code))
        if kind == "regional_bureau" and bureau:
            return bureau.title_en
        return area.name_en if area else None

    def search_areas(self, text: str) -> Iterator[Area]:
        """Yield areas whose code, name, kana or Latin name begins with *text*."""
        wanted = fold(text)
        for area, names in self._folded_areas:
            if any(name.startswith(wanted) for name in names):
                yield area

    @cached_property
    def _folded_areas(self) -> tuple[tuple[Area, tuple[str, ...]], ...]:
        """Every area with its folded names, made once."""
        return tuple(
            (area, tuple(map(fold, (area.code, *area.names))))
            for area in self.areas.values()
        )


def fold(text: str) -> str:
    """Return *text* for comparing: NFKC, case-folded, one kana, variants unified."""
    plain = unicodedata.normalize("NFKC", text).translate(_KATAKANA)
    return unicodedata.normalize("NFKC", plain.translate(_VARIANTS).casefold())


def read_reference() -> ReferenceData:
    """Read the lists that the package carries."""
    areas = [*_prefectures(), *_municipalities()]
    return ReferenceData(
        areas={a.code: a for a in areas},
        bureaus={b.key: b for b in _bureaus()},
        strategic_fields={f.key: f for f in _strategic_fields()},
        laws={law.key: law for law in _laws()},
    )


def read_categories(plan_type: str) -> tuple[MeasureCategory, ...]:
    """Read the measure categories of a type by its code, `X` for the cross-cutting."""
    rows = [r for r in _rows("measure_categories") if r["plan_type"] == plan_type]
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_key.setdefault(row["category_key"], []).append(row)
    return tuple(_category(group) for group in by_key.values())


def _category(rows: list[dict[str, str]]) -> MeasureCategory:
    head = rows[0]
    return MeasureCategory(
        key=Key(head["category_key"]),
        number=int(head["category_no"]),
        common_key=Key(head["common_key"]),
        title=head["category_ja"],
        title_en=head["category_en"],
        examples=tuple(
            ExampleMeasure(
                id=row["example_id"],
                title=row["example_ja"],
                title_en=row["example_en"],
                instruments=tuple(Key(k) for k in row["instrument"].split()),
                collective=row["collective"] == "yes",
            )
            for row in rows
        ),
    )


def _prefectures() -> Iterable[Area]:
    for row in _rows("prefectures"):
        yield Area(
            code=AreaCode(row["lg_code6"]),
            name=row["name_ja"],
            name_kana=row["name_kana"],
            name_en=row["name_en"],
            kind=AreaKind.PREFECTURE,
            lon=float(row["centroid_lon"]),
            lat=float(row["centroid_lat"]),
        )


def _municipalities() -> Iterable[Area]:
    for row in _rows("municipalities"):
        yield Area(
            code=AreaCode(row["lg_code6"]),
            name=row["name_ja"],
            name_kana=row["name_kana"],
            name_en=row["name_en"] or None,
            kind=AreaKind(row["kind"]),
            parent=complete_code(row["parent_code"] or row["prefecture_code"]),
            valid_from=_day(row["valid_from"]),
            valid_to=_day(row["valid_to"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
        )


def _bureaus() -> Iterable[Bureau]:
    for row in _rows("bureaus"):
        yield Bureau(
            key=Key(row["code"]),
            title=row["name_ja"],
            title_en=row["name_en"],
            prefectures=tuple(
                complete_code(c) for c in row["prefecture_codes"].split()
            ),
        )


def _strategic_fields() -> Iterable[StrategicField]:
    for row in _rows("strategic_fields"):
        yield StrategicField(
            number=int(row["no"]),
            key=Key(row["key"]),
            title=row["name_ja"],
            title_en=row["name_en"],
            valid_from=dt.date.fromisoformat(row["as_of"]),
        )


def _laws() -> Iterable[Law]:
    for row in _rows("laws"):
        yield Law(
            key=Key(row["key"]),
            title=row["title"],
            title_en=row["title_en"],
            in_force_from=dt.date.fromisoformat(row["in_force_from"]),
            in_force_to=_day(row["in_force_to"]),
        )


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _rows(name: str) -> list[dict[str, str]]:
    file = resources.files("clusterplan.reference") / f"{name}.csv"
    return list(csv.DictReader(file.read_text(encoding="utf-8").splitlines()))
