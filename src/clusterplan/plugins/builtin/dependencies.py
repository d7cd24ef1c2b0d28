"""Rules on the order of measures: what must come first, and when it ends."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import PartId
from ...core.measures import Measure
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .measures import numbered_measures
from .policy import POLICY_TYPES, REGIONAL

CLUSTERPLAN = Manifest(api="~=1.0", order=-47)

_FIRST = "/policy_means/measures/0"
_SECOND = "/policy_means/measures/1"
_THIRD = "/policy_means/measures/2"
_FIFTH = "/policy_means/measures/4"
_PARALLEL = "準備が整ったものから並行して進める"


def _depended_on(measures: tuple[Measure, ...]) -> dict[PartId, tuple[PartId, ...]]:
    known = {m.id for m in measures}
    return {
        m.id: tuple(d.measure for d in m.depends_on if d.measure in known)
        for m in measures
    }


def _cycles(before: Mapping[PartId, tuple[PartId, ...]]) -> Iterator[list[PartId]]:
    """Yield cycles that share no measure, each from its first measure back to it."""
    rest = dict(before)
    places = {id_: place for place, id_ in enumerate(before)}
    while True:
        try:
            TopologicalSorter(rest).prepare()
        except CycleError as problem:
            found: list[PartId] = list(reversed(problem.args[1]))[1:]
            first = found.index(min(found, key=places.__getitem__))
            ring = found[first:] + found[:first]
            yield [*ring, ring[0]]
            rest = {
                id_: tuple(b for b in earlier if b not in ring)
                for id_, earlier in rest.items()
                if id_ not in ring
            }
        else:
            return


def _without(ring: list[PartId], measures: tuple[Measure, ...]) -> str:
    """Return what the first measure of a ring may still depend on."""
    first = next(m for m in measures if m.id == ring[0])
    kept = (d.measure for d in first.depends_on if d.measure not in ring)
    return f"depends_on: [{', '.join(f'{{measure: {id_}}}' for id_ in kept)}]"


def _end(measure: Measure) -> dt.date | None:
    deadline = measure.five_w1h.deadline
    due = deadline.due_on if deadline else None
    return measure.period.end if measure.period else due


def _followers(context: CheckContext) -> Iterator[tuple[Path, Measure, Measure]]:
    """Yield each dependency without a note: its place, the follower, what is first."""
    by_id = {m.id: m for m in context.plan.measures}
    for path, measure in numbered_measures(context):
        for position, needed in enumerate(measure.depends_on):
            noted = needed.note and needed.note.strip()
            if needed.measure in by_id and not noted:
                yield (*path, "depends_on", position), measure, by_id[needed.measure]


@rule(
    "MEA-03",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="施策の前後関係が循環せず、先行する施策が後の施策の開始までに終わる",
    why="先の施策が終わらないうちに後の施策の時期が来ると着手できず、"
    "予算の繰越しや期限の延長につながります",
    source="整合性：先行する施策が終わらなければ、後の施策は始められない",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_FIRST}/depends_on": [{"measure": "M-02"}],
                f"{_SECOND}/depends_on": [{"measure": "M-01"}],
            },
            good={
                f"{_SECOND}/depends_on": [
                    {"measure": "M-01", "note": "講座は拠点の工事と並行して進める"}
                ]
            },
            near_miss={
                f"{_FIRST}/depends_on": [{"measure": "M-02", "note": _PARALLEL}],
                f"{_THIRD}/depends_on": [
                    {"measure": "M-01", "note": _PARALLEL},
                    {"measure": "M-02", "note": _PARALLEL},
                ],
            },
            pointer=f"{_FIRST}/depends_on",
        ),
        Example(
            plan_type=REGIONAL,
            bad={f"{_FIFTH}/depends_on": [{"measure": "M-01"}]},
            good={
                f"{_FIFTH}/depends_on": [{"measure": "M-01"}],
                f"{_FIFTH}/period/from": "FY2028",
            },
            near_miss={
                f"{_FIFTH}/depends_on": [{"measure": "M-01"}],
                f"{_FIFTH}/period/from": "2028-03-31",
            },
            pointer=f"{_FIFTH}/depends_on/0",
        ),
    ],
)
def dependencies(context: CheckContext) -> Iterator[Finding]:
    """Dependencies have no cycle, and what comes first ends before its follower.

    A measure whose turn comes before what it needs is done cannot begin: its budget is
    carried over and its deadline moves.
    """
    places = {m.id: path for path, m in numbered_measures(context)}
    circular: set[PartId] = set()
    for ring in _cycles(_depended_on(context.plan.measures)):
        circular.update(ring)
        yield context.finding(
            *places[ring[0]],
            "depends_on",
            ja=f"施策の前後関係が循環しています（{' → '.join(ring)}）。"
            "どれか一つの前提を外してください",
            en=f"measures wait for each other: {' → '.join(ring)}; "
            "take one dependency away",
            hint=_without(ring, context.plan.measures),
        )
    for path, measure, first in _followers(context):
        end, start = _end(first), measure.period.start if measure.period else None
        if circular.issuperset((measure.id, first.id)) or not (end and start):
            continue
        if end > start:
            yield context.finding(
                *path,
                ja=f"先行する施策「{first.title}」は{end}に終わり、"
                f"施策「{measure.title}」の開始（{start}）に間に合いません。"
                "期間を直すか、重なってよい理由を書いてください",
                en=f"measure {first.id} ends on {end}, after {measure.id} begins on "
                f"{start}; change a period, or note why they may overlap",
                hint="note: 管路の工事は工場の建設と並行して進められる",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rule on the order of measures."""
    return (dependencies,)
