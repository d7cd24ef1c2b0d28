"""The lists of the package: views of typed reference data, and files.

A view is made from the typed values whenever it is asked for: an area, a law or a
measure category is defined once, by its class.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping

from attrs import frozen

from .areas import Area, AreaKind, Bureau
from .eras import ERAS
from .identifiers import AreaCode, Key
from .laws import Law
from .plantypes import MeasureCategory
from .reference_files import day, read_rows
from .reference_lists import ReferenceEntry, ReferenceList
from .strategic_fields import StrategicField

_CROSS_CUTTING = "X"
_KINDS = {
    AreaKind.PREFECTURE: ("都道府県", "prefecture"),
    AreaKind.DESIGNATED_CITY: ("指定都市", "designated city"),
    AreaKind.CITY: ("市", "city"),
    AreaKind.TOWN: ("町", "town"),
    AreaKind.VILLAGE: ("村", "village"),
    AreaKind.SPECIAL_WARD: ("特別区", "special ward"),
    AreaKind.WARD: ("指定都市の区", "ward of a designated city"),
}


@frozen(kw_only=True)
class Typed:
    """The reference data that have classes of their own.

    Attributes:
        categories: Measure categories by the code of their plan type, `X` for those
            of no type.
    """

    areas: Mapping[AreaCode, Area]
    bureaus: Mapping[Key, Bureau]
    strategic_fields: Mapping[Key, StrategicField]
    laws: Mapping[Key, Law]
    categories: Mapping[str, tuple[MeasureCategory, ...]]


def builtin_lists(typed: Typed) -> dict[Key, ReferenceList]:
    """Return all lists of the package, by key, in the order of its index."""
    lists = (
        ReferenceList(
            key=Key(row["key"]),
            title=row["title"],
            title_en=row["title_en"],
            version=dt.date.fromisoformat(row["version"]),
            source=row["source"],
            parent_list=Key(row["parent_list"]) if row["parent_list"] else None,
            entries=tuple(_entries(row["key"], typed)),
        )
        for row in read_rows("lists", "index")
    )
    return {each.key: each for each in lists}


def _entries(key: str, typed: Typed) -> Iterable[ReferenceEntry]:
    view = _VIEWS.get(key)
    return view(typed) if view else map(_entry, read_rows("lists", key))


def _entry(row: Mapping[str, str]) -> ReferenceEntry:
    variants = row.get("variants")
    return ReferenceEntry(
        code=row["code"],
        title=row["title"],
        title_en=row["title_en"],
        kana=row.get("kana") or None,
        parent=row.get("parent") or None,
        description=row.get("description") or None,
        description_en=row.get("description_en") or None,
        valid_from=day(row.get("valid_from")),
        valid_to=day(row.get("valid_to")),
        variants=tuple(variants.split("|")) if variants else (),
        source=row.get("source") or None,
    )


def _prefectures(typed: Typed) -> Iterator[ReferenceEntry]:
    blocks = {code: b.key for b in typed.bureaus.values() for code in b.prefectures}
    for area in typed.areas.values():
        if area.kind is AreaKind.PREFECTURE:
            yield _area(area, parent=blocks.get(area.code))


def _municipalities(typed: Typed) -> Iterator[ReferenceEntry]:
    for area in typed.areas.values():
        if area.kind is not AreaKind.PREFECTURE:
            yield _area(area, parent=area.parent)


def _area(area: Area, *, parent: str | None) -> ReferenceEntry:
    kind, kind_en = _KINDS[area.kind]
    return ReferenceEntry(
        code=area.code,
        title=area.name,
        title_en=area.name_en or area.code,
        kana=area.name_kana,
        parent=parent,
        description=kind,
        description_en=kind_en,
        valid_from=area.valid_from,
        valid_to=area.valid_to,
    )


def _bureaus(typed: Typed) -> Iterator[ReferenceEntry]:
    for bureau in typed.bureaus.values():
        found = [typed.areas[c] for c in bureau.prefectures if c in typed.areas]
        names_en = ", ".join(area.name_en or area.code for area in found)
        yield ReferenceEntry(
            code=bureau.key,
            title=bureau.title,
            title_en=bureau.title_en,
            description=f"管轄：{'、'.join(area.name for area in found)}",
            description_en=f"Jurisdiction: {names_en}",
        )


def _strategic_fields(typed: Typed) -> Iterator[ReferenceEntry]:
    for each in typed.strategic_fields.values():
        yield ReferenceEntry(
            code=each.key,
            title=each.title,
            title_en=each.title_en,
            valid_from=each.valid_from,
            valid_to=each.valid_to,
        )


def _laws(typed: Typed) -> Iterator[ReferenceEntry]:
    for law in typed.laws.values():
        yield ReferenceEntry(
            code=law.key,
            title=law.title,
            title_en=law.title_en,
            valid_from=law.in_force_from,
            valid_to=law.in_force_to,
        )


def _eras(_: Typed) -> Iterator[ReferenceEntry]:
    following: dt.date | None = None
    for era in ERAS:
        yield ReferenceEntry(
            code=era.letter,
            title=era.name,
            title_en=era.name_en,
            kana=era.kana,
            valid_from=era.first_day,
            valid_to=following and following - dt.timedelta(days=1),
        )
        following = era.first_day


def _measure_categories(typed: Typed) -> Iterator[ReferenceEntry]:
    for code, categories in typed.categories.items():
        for category in categories:
            across = code == _CROSS_CUTTING
            ja = "全類型に共通" if across else f"計画類型{code}"
            en = "any plan type" if across else f"plan type {code}"
            yield ReferenceEntry(
                code=category.key,
                title=category.title,
                title_en=category.title_en,
                parent=category.common_key,
                description=f"{ja}の施策区分{category.number}",
                description_en=f"Category {category.number} of {en}",
            )


def _example_measures(typed: Typed) -> Iterator[ReferenceEntry]:
    for categories in typed.categories.values():
        for category in categories:
            yield from _examples(category)


def _examples(category: MeasureCategory) -> Iterator[ReferenceEntry]:
    for example in category.examples:
        yield ReferenceEntry(
            code=example.id,
            title=example.title,
            title_en=example.title_en,
            parent=category.key,
        )


def _cross_cutting_support(typed: Typed) -> Iterator[ReferenceEntry]:
    for category in typed.categories.get(_CROSS_CUTTING, ()):
        yield ReferenceEntry(
            code=category.key, title=category.title, title_en=category.title_en
        )
        yield from _examples(category)


_VIEWS: Mapping[str, Callable[[Typed], Iterator[ReferenceEntry]]] = {
    "prefectures": _prefectures,
    "municipalities": _municipalities,
    "bureaus": _bureaus,
    "strategic_fields": _strategic_fields,
    "laws": _laws,
    "eras": _eras,
    "measure_categories": _measure_categories,
    "example_measures": _example_measures,
    "cross_cutting_support": _cross_cutting_support,
}
"""What makes the entries of a list that has no file of its own."""
