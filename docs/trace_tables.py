"""The tables of `docs/trace/`: what the sources ask for, and where it is in the code."""

from __future__ import annotations

import csv
import enum
import re
from collections.abc import Mapping
from pathlib import Path

from attrs import frozen

FOLDER = Path(__file__).parent / "trace"
_RULE = re.compile(r"[A-Z0-9]+-[0-9]+")


class Status(enum.Enum):
    """What answers a requirement in the first place."""

    CONCEPT = "concept"
    RULE = "rule"
    REFERENCE = "reference"
    MAP = "map"
    SAMPLE = "sample"
    PLUGIN = "plugin"
    LATER = "later"
    NONE = "none"


class TargetKind(enum.Enum):
    """What a target names; told by how it is written.

    `core.plans.Plan.title` is code, `A-01` a rule, `list:laws` and `list:laws/KEY` a
    reference list and an entry of it, `type:KEY` and `type:KEY/STEP` a plan type and a
    step of its lifecycle, `sample:FILE` a sample plan of a plugin.
    """

    CODE = "code"
    RULE = "rule"
    LIST = "list"
    TYPE = "type"
    SAMPLE = "sample"


@frozen(kw_only=True)
class Requirement:
    """Something that a source asks for."""

    id: str
    source: str
    section: str
    line: str
    phrase: str
    term: str
    must: str
    plan_type: str
    placement: str

    @property
    def placements(self) -> tuple[str, ...]:
        """The parts of the software that it belongs to."""
        return tuple(self.placement.split(", "))


@frozen
class Target:
    """A place in the software."""

    kind: TargetKind
    name: str
    part: str | None = None

    @classmethod
    def parse(cls, text: str) -> Target:
        """Read a target as it stands in the table."""
        if _RULE.fullmatch(text):
            return cls(TargetKind.RULE, text)
        kind, colon, rest = text.partition(":")
        if not colon:
            return cls(TargetKind.CODE, text)
        name, _, part = rest.partition("/")
        return cls(TargetKind(kind), name, part or None)

    def __str__(self) -> str:
        bare = self.kind in {TargetKind.CODE, TargetKind.RULE}
        name = self.name if bare else f"{self.kind.value}:{self.name}"
        return f"{name}/{self.part}" if self.part else name


@frozen(kw_only=True)
class Trace:
    """What answers a requirement, and the tests that prove it.

    Attributes:
        reason: Why there is nothing yet, for those that are answered later.
        tests: Nodes of pytest, each as `PATH::FUNCTION`.
    """

    id: str
    status: Status
    targets: tuple[Target, ...]
    reason: str
    tests: tuple[str, ...]

    def of(self, kind: TargetKind) -> tuple[Target, ...]:
        """Return the targets of a kind."""
        return tuple(target for target in self.targets if target.kind is kind)


def read_requirements() -> tuple[Requirement, ...]:
    """Read what the sources ask for, in their order."""
    return tuple(Requirement(**row) for row in _rows("requirements"))


def read_traces() -> tuple[Trace, ...]:
    """Read what answers each requirement, in the same order."""
    return tuple(_trace(row) for row in _rows("trace"))


def read_open() -> Mapping[str, str]:
    """Read what is not there yet: id of a requirement to what of it is missing.

    Requirements of the status `later` are there, and those that are answered in part.
    """
    return {row["id"]: row["reason"] for row in _rows("later")}


def _trace(row: Mapping[str, str]) -> Trace:
    status = Status(row["status"])
    later = status is Status.LATER
    return Trace(
        id=row["id"],
        status=status,
        targets=() if later else tuple(map(Target.parse, row["target"].split())),
        reason=row["target"] if later else "",
        tests=tuple(row["test"].split()),
    )


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
