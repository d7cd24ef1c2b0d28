"""Reference lists: codes with their names in two languages, as versioned lists.

Every list has this one form, wherever it comes from: a view of typed reference data
(`reference_views`), a file of the package, or a plugin.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from functools import cached_property
from typing import Annotated, Any, Self

import attrs
from attrs import field, frozen
from attrs.validators import deep_iterable, instance_of, optional

from .folding import fold
from .identifiers import Key, is_id, is_key
from .terms import Term

_TEXT = instance_of(str)


def _written(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not (isinstance(value, str) and value.strip()):
        raise TypeError(f"{attribute.name} is {value!r}; a text is needed")


def _code(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not (isinstance(value, str) and is_id(value)):
        raise TypeError(f"{attribute.name} is {value!r}; it has letters, digits, '._-'")


def _key(_: object, attribute: attrs.Attribute[Any], value: object) -> None:
    if not (isinstance(value, str) and is_key(value)):
        raise TypeError(f"{attribute.name} is {value!r}, which is no key")


@frozen(kw_only=True)
class ReferenceEntry:
    """A code of a reference list, and what it stands for."""

    code: Annotated[
        str, Term("コード", "Unique in the list: `E`, `430005`, `road`.")
    ] = field(validator=_code)
    title: Annotated[str, Term("名称", "Name.")] = field(validator=_written)
    title_en: Annotated[str, Term("名称（英語）", "Name in English.")] = field(
        validator=_written
    )
    kana: Annotated[str | None, Term("カナ", "Name in full-width katakana.")] = field(
        default=None, validator=optional(_TEXT)
    )
    parent: Annotated[
        str | None, Term("上位コード", "Code of the entry that it belongs under.")
    ] = field(default=None, validator=optional(_code))
    description: Annotated[str | None, Term("説明", "What it means.")] = field(
        default=None, validator=optional(_TEXT)
    )
    description_en: Annotated[
        str | None, Term("説明（英語）", "What it means, in English.")
    ] = field(default=None, validator=optional(_TEXT))
    valid_from: Annotated[
        dt.date | None, Term("有効開始日", "First day in use, where it is known.")
    ] = field(default=None, validator=optional(instance_of(dt.date)))
    valid_to: Annotated[
        dt.date | None, Term("有効終了日", "Last day in use, for an ended one.")
    ] = field(default=None, validator=optional(instance_of(dt.date)))
    variants: Annotated[
        tuple[str, ...], Term("別表記", "Other spellings that it is found by.")
    ] = field(default=(), validator=deep_iterable(_TEXT, instance_of(tuple)))
    source: Annotated[
        str | None, Term("出典", "Where it comes from, if the list does not say it.")
    ] = field(default=None, validator=optional(_TEXT))

    @property
    def names(self) -> tuple[str, ...]:
        """All names that it is found by, beside its code."""
        names = (self.title, self.title_en, self.kana, *self.variants)
        return tuple(name for name in names if name)

    def is_valid(self, day: dt.date) -> bool:
        """Tell whether it is in use on *day*; both ends count."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def _ending(_: object, __: attrs.Attribute[Any], value: object) -> None:
    if not (isinstance(value, ReferenceEntry) and value.valid_to):
        raise TypeError(f"{value!r} is no entry with a last day")


@frozen(kw_only=True)
class ReferenceList:
    """A list of codes that plans use, as of a day."""

    key: Annotated[Key, Term("リストキー", "Key such as `instruments`.")] = field(
        validator=_key
    )
    title: Annotated[str, Term("名称", "Name of the list.")] = field(validator=_written)
    title_en: Annotated[str, Term("名称（英語）", "Name in English.")] = field(
        validator=_written
    )
    version: Annotated[dt.date, Term("版", "Day as of which the list was made.")] = (
        field(validator=instance_of(dt.date))
    )
    source: Annotated[str, Term("出典", "Where the list comes from.")] = field(
        validator=_written
    )
    parent_list: Annotated[
        Key | None, Term("上位リスト", "Key of the list of parents, if not this one.")
    ] = field(default=None, validator=optional(_key))
    entries: Annotated[
        tuple[ReferenceEntry, ...], Term("項目", "The entries, in order.")
    ] = field(
        default=(),
        validator=deep_iterable(instance_of(ReferenceEntry), instance_of(tuple)),
    )
    ended: Annotated[
        tuple[ReferenceEntry, ...],
        Term("終了する項目", "Entries of the known list that end on their `valid_to`."),
    ] = field(default=(), validator=deep_iterable(_ending, instance_of(tuple)))

    @property
    def count(self) -> int:
        """項目数: how many entries it has."""
        return len(self.entries)

    def find(self, code: str) -> ReferenceEntry | None:
        """Return the entry of *code*, if there is one."""
        return self._by_code.get(code)

    def search(self, text: str) -> tuple[ReferenceEntry, ...]:
        """Return the entries that *text* names, the best first.

        A code is found by its beginning, a name by any part of it; width, letter case,
        the sort of kana and variants of characters make no difference. What is the same
        comes first, then what begins so; else the order of the list is kept.
        """
        wanted = fold(text).strip()
        found = [
            (nearness, entry)
            for entry, code, names in self._folded
            if wanted and (nearness := _nearness(wanted, code, names)) is not None
        ]
        return tuple(entry for _, entry in sorted(found, key=lambda pair: pair[0]))

    def valid_on(self, day: dt.date) -> Self:
        """Return the list with the entries that are in use on *day*."""
        kept = tuple(entry for entry in self.entries if entry.is_valid(day))
        return attrs.evolve(self, entries=kept)

    def extended(self, other: ReferenceList) -> Self:
        """Return the list with the entries of *other* whose codes it has not.

        They keep where they come from, if that is elsewhere. What *other* tells as ended
        gets its last day, unless it has one.
        """
        last_days = {entry.code: entry.valid_to for entry in reversed(other.ended)}
        origin = None if other.source == self.source else other.source
        added: dict[str, ReferenceEntry] = {}
        for entry in other.entries:
            if entry.code not in self._by_code:
                told = attrs.evolve(entry, source=entry.source or origin)
                added.setdefault(entry.code, told)
        kept = (_until(entry, last_days.get(entry.code)) for entry in self.entries)
        return attrs.evolve(self, entries=(*kept, *added.values()))

    @cached_property
    def _by_code(self) -> dict[str, ReferenceEntry]:
        """Every entry by its code; the first one counts."""
        return {entry.code: entry for entry in reversed(self.entries)}

    @cached_property
    def _folded(self) -> tuple[tuple[ReferenceEntry, str, tuple[str, ...]], ...]:
        """Every entry with its folded code and names, made once."""
        return tuple(
            (entry, fold(entry.code), tuple(map(fold, entry.names)))
            for entry in self.entries
        )


def _until(entry: ReferenceEntry, last_day: dt.date | None) -> ReferenceEntry:
    """Return the entry with *last_day*, unless it has one; the same if none is told."""
    if last_day is None or entry.valid_to:
        return entry
    return attrs.evolve(entry, valid_to=last_day)


def _nearness(wanted: str, code: str, names: Iterable[str]) -> int | None:
    """Return 0 for the same, 1 for a beginning, 2 for a part; nothing for a stranger."""
    if wanted in (code, *names):
        return 0
    if code.startswith(wanted) or any(name.startswith(wanted) for name in names):
        return 1
    return 2 if any(wanted in name for name in names) else None
