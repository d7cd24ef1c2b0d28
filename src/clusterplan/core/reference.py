"""Reference data: what plans are checked and located against.

What code computes with is typed (areas, bureaus, strategic fields, laws); `lists` shows
all of it, and every other set of codes, in one form. The data are files of the package
`clusterplan.reference`; their sources stand in NOTICE. They are read once by whoever
composes the library and passed on as a value.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import Self

import attrs
from attrs import field, frozen

from .areas import Area, AreaKind, Bureau, complete_code
from .folding import fold
from .identifiers import AreaCode, Key, is_key
from .laws import Law
from .plantypes import ExampleMeasure, MeasureCategory
from .reference_files import day, read_rows
from .reference_lists import ReferenceEntry, ReferenceList
from .reference_views import Typed, builtin_lists
from .strategic_fields import StrategicField

__all__ = [
    "Law",
    "ReferenceData",
    "StrategicField",
    "fold",
    "read_categories",
    "read_reference",
]

_CATEGORY_CODES = ("A", "B", "C", "X")
"""Codes of the plan types of the policy, and of what cuts across them."""


@frozen(kw_only=True)
class ReferenceData:
    """What plans are checked and located against.

    Attributes:
        changed: The lists that plugins have added or extended, by key.
    """

    areas: Mapping[AreaCode, Area]
    bureaus: Mapping[Key, Bureau]
    strategic_fields: Mapping[Key, StrategicField]
    laws: Mapping[Key, Law] = field(factory=dict)
    changed: Mapping[Key, ReferenceList] = field(factory=dict)

    @cached_property
    def lists(self) -> Mapping[Key, ReferenceList]:
        """All lists, by key: views of the typed data, files, and those of plugins."""
        typed = Typed(
            areas=self.areas,
            bureaus=self.bureaus,
            strategic_fields=self.strategic_fields,
            laws=self.laws,
            categories={code: read_categories(code) for code in _CATEGORY_CODES},
        )
        return MappingProxyType(builtin_lists(typed) | dict(self.changed))

    def extended(self, lists: Iterable[ReferenceList]) -> Self:
        """Return the data with *lists* of plugins.

        A list with a new key is added. One with a known key adds its entries to it; an
        entry whose code is there stays as it is, but gets its last day where a list
        tells it as ended. New strategic fields and laws that tell their first day are
        known to the rules as well.
        """
        changed = dict(self.changed)
        for each in lists:
            known = changed.get(each.key) or self.lists.get(each.key)
            changed[each.key] = known.extended(each) if known else each
        return attrs.evolve(
            self,
            changed=changed,
            strategic_fields=_more_fields(self.strategic_fields, changed),
            laws=_more_laws(self.laws, changed),
        )

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


def _more_fields(
    known: Mapping[Key, StrategicField], lists: Mapping[Key, ReferenceList]
) -> Mapping[Key, StrategicField]:
    """Return *known* with the fields that the list has besides, if they have a day.

    A field that the list tells as ended has its last day.
    """
    found = dict(known)
    for key, entry, first_day in _dated(lists.get(Key("strategic_fields"))):
        field = found.get(key) or StrategicField(
            number=len(found) + 1,
            key=key,
            title=entry.title,
            title_en=entry.title_en,
            valid_from=first_day,
        )
        found[key] = attrs.evolve(field, valid_to=entry.valid_to)
    return found


def _more_laws(
    known: Mapping[Key, Law], lists: Mapping[Key, ReferenceList]
) -> Mapping[Key, Law]:
    """Return *known* with the laws that the list has besides, if they have a day.

    A law that the list tells as ended has its last day.
    """
    found = dict(known)
    for key, entry, first_day in _dated(lists.get(Key("laws"))):
        law = found.get(key) or Law(
            key=key,
            title=entry.title,
            title_en=entry.title_en,
            in_force_from=first_day,
        )
        found[key] = attrs.evolve(law, in_force_to=entry.valid_to)
    return found


def _dated(
    found: ReferenceList | None,
) -> Iterator[tuple[Key, ReferenceEntry, dt.date]]:
    """Yield the entries of a list that have a key and a first day."""
    for entry in found.entries if found else ():
        if is_key(entry.code) and entry.valid_from:
            yield Key(entry.code), entry, entry.valid_from


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
    rows = [r for r in read_rows("measure_categories") if r["plan_type"] == plan_type]
    by_key: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        by_key.setdefault(row["category_key"], []).append(row)
    fields = tuple(Key(row["key"]) for row in read_rows("strategic_fields"))
    return tuple(_category(group, fields) for group in by_key.values())


def _category(rows: list[dict[str, str]], fields: tuple[Key, ...]) -> MeasureCategory:
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
                fields=_fields(row["strategic_field"], fields),
                open_ended=row["followed_by_etc"] == "yes",
            )
            for row in rows
        ),
    )


def _fields(told: str, every: tuple[Key, ...]) -> tuple[Key, ...]:
    """Return the fields that an example is about; the star stands for all of them."""
    return every if told == "*" else tuple(Key(key) for key in told.split())


def _prefectures() -> Iterable[Area]:
    for row in read_rows("prefectures"):
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
    for row in read_rows("municipalities"):
        yield Area(
            code=AreaCode(row["lg_code6"]),
            name=row["name_ja"],
            name_kana=row["name_kana"],
            name_en=row["name_en"] or None,
            kind=AreaKind(row["kind"]),
            parent=complete_code(row["parent_code"] or row["prefecture_code"]),
            valid_from=day(row["valid_from"]),
            valid_to=day(row["valid_to"]),
            lon=float(row["lon"]),
            lat=float(row["lat"]),
        )


def _bureaus() -> Iterable[Bureau]:
    for row in read_rows("bureaus"):
        yield Bureau(
            key=Key(row["code"]),
            title=row["name_ja"],
            title_en=row["name_en"],
            prefectures=tuple(
                complete_code(c) for c in row["prefecture_codes"].split()
            ),
        )


def _strategic_fields() -> Iterable[StrategicField]:
    for row in read_rows("strategic_fields"):
        yield StrategicField(
            number=int(row["no"]),
            key=Key(row["key"]),
            title=row["name_ja"],
            title_en=row["name_en"],
            valid_from=dt.date.fromisoformat(row["as_of"]),
        )


def _laws() -> Iterable[Law]:
    for row in read_rows("laws"):
        yield Law(
            key=Key(row["key"]),
            title=row["title"],
            title_en=row["title_en"],
            in_force_from=dt.date.fromisoformat(row["in_force_from"]),
            in_force_to=day(row["in_force_to"]),
        )
