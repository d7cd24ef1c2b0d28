"""What to look for: the same filter for lists, map, command line and exports."""

from __future__ import annotations

import enum
from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Annotated, Self

import attrs
from attrs import frozen

from .areas import complete_code
from .errors import ErrorCode, InputError, Problem
from .grades import Grade
from .identifiers import AreaCode, Key
from .lifecycle import Phase
from .terms import Term, TermEnum

MOST_VALUES = 200
"""How many values a part of a filter may have."""
LONGEST_TEXT = 200
"""How many characters may be searched for."""
MOST_WORDS = 10
"""How many words may be searched for."""


@frozen(kw_only=True)
class PlanFilter:
    """Which plans to look at; every given part must fit, one value of it is enough."""

    plan_types: Annotated[tuple[Key, ...], Term("計画類型", "Keys of plan types.")] = ()
    fields: Annotated[
        tuple[Key, ...], Term("戦略分野", "Keys of strategic fields.")
    ] = ()
    prefectures: Annotated[
        tuple[AreaCode, ...],
        Term(
            "都道府県", "Codes of two, five or six digits; the region reaches into one."
        ),
    ] = ()
    municipalities: Annotated[
        tuple[AreaCode, ...],
        Term("市区町村", "Codes of five or six digits in the region."),
    ] = ()
    bureaus: Annotated[
        tuple[Key, ...],
        Term("経済産業局", "Keys of bureaus; the region reaches into one."),
    ] = ()
    phases: Annotated[tuple[Phase, ...], Term("局面", "Phases.")] = ()
    states: Annotated[tuple[Key, ...], Term("状態", "Keys of states.")] = ()
    grades: Annotated[
        tuple[Grade, ...],
        Term(
            "進捗区分",
            "Worst headlines in the latest reports that may be seen; `no_data` finds "
            "plans without any such report, too.",
        ),
    ] = ()
    text: Annotated[
        str | None, Term("検索語", "Words in the title or in names of areas.")
    ] = None

    @classmethod
    def parse(cls, pairs: Iterable[tuple[str, str]]) -> Self:
        """Read a filter from `KEY=VALUE` pairs; a key may come again.

        Keys are the attribute names, in snake_case or camelCase. Values of a key may
        also be separated by commas.

        Raises:
            InputError: `UNKNOWN_FILTER` or `UNKNOWN_VALUE`, all at once.
        """
        names = {a.name for a in attrs.fields(cls)}
        values: dict[str, list[str]] = {}
        problems: list[Problem] = []
        for key, value in pairs:
            name = _snake(key)
            if name not in names:
                problems.append(_unknown_filter(key, sorted(names)))
                continue
            parts = [value] if name == "text" else value.split(",")
            values.setdefault(name, []).extend(p.strip() for p in parts if p.strip())
        chosen = {
            name: tuple(_member(name, v, problems) for v in values.pop(name, ()))
            for name in _ENUMS
        }
        if problems:
            raise InputError(*problems)
        text = " ".join(values.pop("text", ())) or None
        rest = {name: tuple(given) for name, given in values.items()}
        return cls(text=text, **chosen, **rest)  # type: ignore[arg-type]

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the text, each once."""
        return tuple(dict.fromkeys((self.text or "").split()))

    def refuse_large(self) -> None:
        """Refuse a filter that would cost more than anybody needs.

        Raises:
            InputError: `FILTER_TOO_LARGE`.
        """
        sizes = {
            a.name: len(getattr(self, a.name))
            for a in attrs.fields(type(self))
            if a.name != "text"
        }
        large = [name for name, size in sizes.items() if size > MOST_VALUES]
        if len(self.text or "") > LONGEST_TEXT or len(self.words) > MOST_WORDS:
            large.append("text")
        if large:
            raise InputError(*(_too_large(name) for name in large))

    def completed(self) -> Self:
        """Return the filter with all area codes completed to six digits."""
        return attrs.evolve(
            self,
            prefectures=tuple(complete_code(c) for c in self.prefectures),
            municipalities=tuple(complete_code(c) for c in self.municipalities),
        )


class PlanOrder(TermEnum):
    """What plans are ordered by; ties are ordered by id."""

    PUBLISHED_ON = (
        "published_on",
        "公表日",
        "By the day on which the plan became public.",
    )
    UPDATED_AT = "updated_at", "更新日時", "By the time of the last change."
    TITLE = "title", "計画名", "By title."
    AREA = "area", "地域", "By the code of the first area of the region."
    AMOUNT = "amount", "投資額", "By what its public investments add up to."


def _snake(key: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in key)


_ENUMS: Mapping[str, tuple[type[enum.Enum], str, str]] = MappingProxyType(
    {"phases": (Phase, "局面", "phase"), "grades": (Grade, "進捗区分", "grade")}
)
"""Parts of a filter whose values are known here, and what one of them is called."""


def _member(name: str, value: str, problems: list[Problem]) -> enum.Enum | None:
    """Return the value of a part of a filter, or add the problem that there is."""
    kind, ja, en = _ENUMS[name]
    try:
        return kind(value.lower())
    except ValueError:
        allowed = ", ".join(member.value for member in kind)
        problems.append(
            Problem(
                reason="UNKNOWN_VALUE",
                message_ja=f"{ja}「{value[:40]}」はありません。使える値：{allowed}",
                message_en=f"{value[:40]!r} is no {en}; use one of: {allowed}",
                path=(name,),
                hint=allowed,
            )
        )
        return None


def _unknown_filter(key: str, names: list[str]) -> Problem:
    return Problem(
        reason="UNKNOWN_FILTER",
        message_ja=f"「{key[:40]}」という絞り込みはありません。使える項目：{', '.join(names)}",
        message_en=f"there is no filter {key[:40]!r}; known are: {', '.join(names)}",
        path=(key[:40],),
        hint=", ".join(names),
    )


def _too_large(name: str) -> Problem:
    return Problem(
        code=ErrorCode.LIMIT_EXCEEDED,
        reason="FILTER_TOO_LARGE",
        message_ja=f"絞り込み「{name}」が大きすぎます（値は{MOST_VALUES}個、"
        f"検索語は{MOST_WORDS}語・{LONGEST_TEXT}文字まで）",
        message_en=f"the filter {name!r} is too large; at most {MOST_VALUES} values, "
        f"{MOST_WORDS} words, {LONGEST_TEXT} characters",
        path=(name,),
    )
