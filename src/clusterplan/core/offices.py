"""What offices and their kinds are called, in the words of the reference lists.

Messages name offices so; keys and codes are for hints and data. A kind that a plugin
adds is called by its key.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from attrs import frozen

from .actors import HEAD, MINISTRY, MUNICIPALITY, PREFECTURE, REGIONAL_BUREAU, Actor
from .areas import is_prefecture, prefecture_of
from .reference_files import read_rows


@frozen
class Name:
    """A name in two languages; the English one is ASCII."""

    ja: str
    en: str


def kind_name(kind: str) -> Name:
    """Return what a kind of actor is called."""
    return _list("actor_kinds").get(kind) or Name(kind, kind)


def office_name(actor: Actor) -> Name:
    """Return what an office is called, such as 新潟県知事 or 経済産業省."""
    kind = kind_name(actor.kind)
    if actor.kind == HEAD:
        return _head_name(actor.code) or _coded(kind, actor.code)
    if actor.kind in (PREFECTURE, MUNICIPALITY):
        return _area_name(actor.code) or _coded(kind, actor.code)
    if actor.kind == REGIONAL_BUREAU:
        return _bureaus().get(actor.code) or _coded(kind, actor.code)
    if actor.kind == MINISTRY:
        return _list("ministries").get(actor.code) or _coded(kind, actor.code)
    return kind if actor.kind in _ALONE else _coded(kind, actor.code)


def names_of(actors: Iterable[Actor]) -> Name:
    """Return what several offices are called, one after the other."""
    names = [office_name(actor) for actor in actors]
    return Name("、".join(n.ja for n in names), ", ".join(n.en for n in names))


_ALONE = ("meti", "cabinet_secretariat", "operator", "public")
"""Kinds of which there is one office only, whatever its code."""


def _coded(kind: Name, code: str) -> Name:
    """Return the name of an office that no list knows: its kind and its code."""
    return Name(f"{kind.ja}（{code}）", f"{kind.en} ({code!a})")


def _head_name(code: str) -> Name | None:
    area = _area_name(code)
    if area is None:
        return None
    if is_prefecture(code):
        return Name(f"{area.ja}知事", f"Governor of {area.en}")
    return Name(f"{area.ja}長", f"Mayor of {area.en}")


def _area_name(code: str) -> Name | None:
    if is_prefecture(code):
        return _prefectures().get(code)
    area = _municipalities().get(code)
    prefecture = _prefectures().get(prefecture_of(code))
    if area is None or prefecture is None:
        return area
    return Name(prefecture.ja + area.ja, f"{area.en}, {prefecture.en}")


@cache
def _list(key: str) -> Mapping[str, Name]:
    rows = read_rows("lists", key)
    return {row["code"]: Name(row["title"], row["title_en"]) for row in rows}


@cache
def _bureaus() -> Mapping[str, Name]:
    rows = read_rows("bureaus")
    return {row["code"]: Name(row["name_ja"], row["name_en"]) for row in rows}


@cache
def _prefectures() -> Mapping[str, Name]:
    rows = read_rows("prefectures")
    return {row["lg_code6"]: Name(row["name_ja"], row["name_en"]) for row in rows}


@cache
def _municipalities() -> Mapping[str, Name]:
    rows = read_rows("municipalities")
    return {row["lg_code6"]: Name(row["name_ja"], row["name_en"]) for row in rows}
