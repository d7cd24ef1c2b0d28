"""Parts of a plan that many offices edit side by side, and their versions.

A part's version is the version of the plan that changed it last: it only grows, and no
part that is taken away and told anew has a version that it had before.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Self

from attrs import frozen

from .plans import Plan
from .terms import TermEnum


class PartKind(TermEnum):
    """What a part of a plan is, where it can be edited by itself."""

    MEASURE = "measure", "施策", "A measure of section 3."
    INDICATOR = "indicator", "指標", "An indicator."
    CHALLENGE = "challenge", "課題", "A challenge of section 3."
    VENUE = "venue", "検討の場", "A place of deliberation."


PLACES: Mapping[PartKind, tuple[str, ...]] = MappingProxyType(
    {
        PartKind.MEASURE: ("policy_means", "measures"),
        PartKind.INDICATOR: ("indicators",),
        PartKind.CHALLENGE: ("policy_means", "challenges"),
        PartKind.VENUE: ("venues",),
    }
)
"""Keys that lead to the list of the parts of a kind in a plan document."""


SORTS: Mapping[str, str] = MappingProxyType(
    {
        "measure": "施策",
        "indicator": "指標",
        "challenge": "課題",
        "venue": "検討の場",
        "investment": "投資",
    }
)
"""What sorts of parts are called in Japanese, by the beginning of their keys."""


@frozen(kw_only=True)
class PartChanges:
    """Which parts a change told anew, and which it took away, by their keys."""

    changed: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()

    @classmethod
    def of(cls, before: Plan | None, after: Plan) -> Self:
        """Return what differs between two texts of a plan."""
        old, new = parts_of(before) if before else {}, parts_of(after)
        return cls(
            changed=tuple(key for key, part in new.items() if old.get(key) != part),
            removed=tuple(key for key in old if key not in new),
        )

    @classmethod
    def of_data(cls, data: Mapping[str, Any] | None) -> Self:
        """Return what `data` tells; nothing where there is none."""
        told = data or {}
        return cls(
            changed=tuple(told.get("changed", ())),
            removed=tuple(told.get("removed", ())),
        )

    @property
    def data(self) -> dict[str, list[str]]:
        """The changes as plain data."""
        return {"changed": list(self.changed), "removed": list(self.removed)}

    def after(self, versions: Mapping[str, int], version: int) -> dict[str, int]:
        """Return the versions of all parts after a change to *version* of the plan."""
        kept = {k: v for k, v in versions.items() if k not in self.removed}
        return kept | dict.fromkeys(self.changed, version)


NO_CHANGES = PartChanges()
"""No part is another one than before."""


def part_key(kind: PartKind, part_id: str) -> str:
    """Return what a part is known by in its plan, such as `measure/M-01`."""
    return f"{kind.value}/{part_id}"


def part_name(key: str) -> str:
    """Return what a part is called in Japanese, by its key: 施策「M-01」."""
    sort, _, id_ = key.partition("/")
    return f"{SORTS[sort]}「{id_}」"


def parts_of(plan: Plan) -> dict[str, Any]:
    """Return the parts of *plan* by their keys."""
    found: Mapping[PartKind, tuple[Any, ...]] = {
        PartKind.MEASURE: plan.measures,
        PartKind.INDICATOR: plan.indicators,
        PartKind.CHALLENGE: plan.challenges,
        PartKind.VENUE: plan.venues,
    }
    return {
        part_key(kind, part.id): part for kind, parts in found.items() for part in parts
    }
