"""What holds a plan document together: ids used once, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from ..errors import Path, Problem

_MEASURES = ("policy_means", "measures")
_PARTS = (
    ("path", "impacts"),
    ("policy_means", "challenges"),
    _MEASURES,
    ("venues",),
    ("indicators",),
)
_REFERENCES = (
    (_MEASURES, "answers", ("policy_means", "challenges"), "課題", "challenge"),
    (_MEASURES, "indicators", ("indicators",), "指標", "indicator"),
    (("path", "impacts"), "indicator", ("indicators",), "指標", "indicator"),
)


def integrity_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each id that is used twice and each reference to a part that is not there.

    Looks at plain data, so that these problems are told together with those of shape;
    what has no right shape is passed over.
    """
    yield from _duplicates(_part_ids(data))
    investments = _entries(data, ("investments",))
    yield from _duplicates(
        ((*path, key), item[key])
        for path, item in investments
        for key in ("id", "ref")
        if isinstance(item.get(key), str)
    )
    for where, key, target, ja, en in _REFERENCES:
        parts = [item.get("id") for _, item in _entries(data, target)]
        known = {id_ for id_ in parts if isinstance(id_, str)}
        for path, item in _entries(data, where):
            for step, reference in _listed(item.get(key)):
                if reference not in known:
                    yield _dangling((*path, key, *step), reference, ja, en)


def _part_ids(data: Mapping[str, Any]) -> Iterator[tuple[Path, str]]:
    for where in _PARTS:
        for path, item in _entries(data, where):
            if isinstance(item.get("id"), str):
                yield (*path, "id"), item["id"]
    for path, item in _entries(data, _MEASURES):
        steps = ("five_w1h", "deadline", "milestones")
        for inner, milestone in _entries(item, steps):
            if isinstance(milestone.get("id"), str):
                yield (*path, *inner, "id"), milestone["id"]


def _entries(
    data: Mapping[str, Any], where: Path
) -> Iterator[tuple[Path, Mapping[str, Any]]]:
    value: Any = data
    for step in where:
        value = value.get(step) if isinstance(value, dict) else None
    for position, item in enumerate(value if isinstance(value, list) else ()):
        if isinstance(item, dict):
            yield (*where, position), item


def _listed(value: Any) -> Iterator[tuple[Path, str]]:
    if isinstance(value, str):
        yield (), value
    elif isinstance(value, list):
        for position, item in enumerate(value):
            if isinstance(item, str):
                yield (position,), item


def _duplicates(ids: Iterable[tuple[Path, str]]) -> Iterator[Problem]:
    first: dict[str, Path] = {}
    for path, id_ in ids:
        if id_ in first:
            earlier = "/".join(map(str, first[id_]))
            yield Problem(
                reason="DUPLICATE_ID",
                message_ja=f"ID「{id_}」は二度使われています（先の箇所：{earlier}）",
                message_en=f"the id {id_!r} is used twice; first at {earlier}",
                path=path,
            )
        first.setdefault(id_, path)


def _dangling(path: Path, reference: str, ja: str, en: str) -> Problem:
    return Problem(
        reason="DANGLING_REFERENCE",
        message_ja=f"「{reference[:60]}」という{ja}はこの計画にありません",
        message_en=f"there is no {en} {reference[:60]!r} in this plan",
        path=path,
    )
