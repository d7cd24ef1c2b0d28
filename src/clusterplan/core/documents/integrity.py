"""What holds a plan document together: ids used once, references that lead somewhere."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain
from typing import Any

from ..errors import Path, Problem

_ANY = "*"
"""Stands for every position of a list in a place."""

PARTS = {
    "impact": "path/impacts/*",
    "challenge": "policy_means/challenges/*",
    "measure": "policy_means/measures/*",
    "milestone": "policy_means/measures/*/five_w1h/deadline/milestones/*",
    "venue": "venues/*",
    "indicator": "indicators/*",
    "cluster": "clusters/*",
    "organization": "organizations/*",
    "cooperation": "cooperation/*",
    "causal link": "outcome_chain/*",
    "needed people": "needed_people/*",
    "related plan": "links/*",
    "consultation": "consultations/*",
    "attachment": "attachments/*",
    "supply-chain function": "details/supply_chain/*",
}
"""Where the parts of a plan stand, by what they are; each has an id of its own."""
_JA = {
    "impact": "インパクト",
    "challenge": "課題",
    "measure": "施策",
    "indicator": "指標",
    "organization": "組織",
    "needed people": "人材",
    "related plan": "関連計画",
    "attachment": "添付",
}
REFERENCES = (
    ("policy_means/measures/*/answers/*", ("challenge",)),
    ("policy_means/measures/*/indicators/*", ("indicator",)),
    ("policy_means/measures/*/people/*", ("needed people",)),
    ("policy_means/measures/*/links/*", ("related plan",)),
    ("policy_means/measures/*/depends_on/*/measure", ("measure",)),
    ("path/impacts/*/indicator", ("indicator",)),
    ("clusters/*/members/*", ("organization",)),
    ("organizations/*/partners/*", ("organization",)),
    ("cooperation/*/partners/*", ("organization",)),
    ("outcome_chain/*/cause", ("measure", "indicator", "impact")),
    ("outcome_chain/*/effect", ("indicator", "impact")),
    ("indicators/*/formula/numerator", ("indicator",)),
    ("indicators/*/formula/denominator", ("indicator",)),
    ("venues/*/meetings/*/minutes", ("attachment",)),
    ("venues/*/meetings/*/decisions/*/measures/*", ("measure",)),
    ("details/market_claims/*/indicator", ("indicator",)),
)
"""Where ids of parts are referred to, and what they may be ids of."""


def integrity_problems(data: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield each id that is used twice and each reference to a part that is not there.

    Looks at plain data, so that these problems are told together with those of shape;
    what has no right shape is passed over.
    """
    ids = {part: list(_texts(data, f"{place}/id")) for part, place in PARTS.items()}
    yield from _duplicates(found for part in ids.values() for found in part)
    told = (_texts(data, f"investments/*/{key}") for key in ("id", "ref"))
    yield from _duplicates(sorted(chain(*told)))
    for place, parts in REFERENCES:
        known = {id_ for part in parts for _, id_ in ids[part]}
        for path, reference in _texts(data, place):
            if reference not in known:
                yield _dangling(path, reference, parts)


def _texts(data: Any, place: str) -> Iterator[tuple[Path, str]]:
    """Yield the texts at *place*, where `*` stands for every item of a list.

    A list of texts may be written as one text.
    """
    found: list[tuple[Path, Any]] = [((), data)]
    for step in place.split("/"):
        found = [
            (path + more, value)
            for path, outer in found
            for more, value in _inner(outer, step)
        ]
    return ((path, value) for path, value in found if isinstance(value, str))


def _inner(outer: Any, step: str) -> Iterator[tuple[Path, Any]]:
    if step != _ANY:
        if isinstance(outer, dict) and step in outer:
            yield (step,), outer[step]
    elif isinstance(outer, list):
        yield from (((position,), item) for position, item in enumerate(outer))
    elif isinstance(outer, str):
        yield (), outer


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


def _dangling(path: Path, reference: str, parts: tuple[str, ...]) -> Problem:
    ja, en = "・".join(_JA[part] for part in parts), " or ".join(parts)
    return Problem(
        reason="DANGLING_REFERENCE",
        message_ja=f"「{reference[:60]}」という{ja}はこの計画にありません",
        message_en=f"there is no {en} {reference[:60]!r} in this plan",
        path=path,
    )
