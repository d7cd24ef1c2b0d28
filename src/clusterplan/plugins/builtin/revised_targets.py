"""Rules on targets, deadlines and baselines that a revision changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from typing import Any

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.courses import direction_of
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import PartId
from ...core.indicators import Direction, Indicator, MaintainKind
from ...core.measures import Measure
from ...core.revisions import RevisionItem, RevisionKind
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL
from .reported import is_written

CLUSTERPLAN = Manifest(api="~=1.0", order=-32)


def _revising(*items: dict[str, Any]) -> dict[str, Any]:
    """Return a revision with an item that does no harm, and *items*."""
    brush_up = {
        "id": "R-1",
        "kind": "brush_up",
        "target": "M-02",
        "before": "年30人の講座",
        "after": "年40人の講座",
        "reason": "応募が定員を超えた",
    }
    return {
        "id": "RV-1",
        "base": "1.0",
        "occasion": "関税の引上げ",
        "items": [brush_up, *items],
    }


_RETARGET = {
    "id": "R-2",
    "kind": "retarget",
    "target": "IN-1",
    "before": "60億円",
    "after": "45億円",
    "reason": "関税の引上げで北米向けの受注が四割減った",
}
_LOWERED = {"/indicators/0/target/value": "5500"}
_GIVEN = {"revision": _revising(), "base": {}}


@rule(
    "REV-06",
    severity=Severity.WARNING,
    gate=Gate.REVISE,
    applies_to=POLICY_TYPES,
    title="目標の引下げや期限の延期が、原因とともに示されている",
    why="目標が黙って下がると、進捗は良くなったように見えます。"
    "原因が残っていれば、同じ見込み違いを次の計画で避けられます",
    source="整合性：下げた目標の達成を、前の目標の達成と取り違えないようにする",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad=_LOWERED,
            good={**_LOWERED, "/revision": _revising(_RETARGET)},
            near_miss={"/indicators/0/target/value": "6500"},
            pointer="/indicators/0/target",
        ),
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={"/policy_means/measures/0/five_w1h/deadline/date": "2029-03-31"},
            near_miss={"/policy_means/measures/0/five_w1h/deadline/date": "2027-12-31"},
            pointer="/policy_means/measures/0/five_w1h/deadline",
        ),
    ],
)
def lowered_targets_shown(context: CheckContext) -> Iterator[Finding]:
    """A lowered target or a later date is an item of the revision, with its cause.

    Where a target falls silently, progress only looks better; the cause on record keeps
    the next plan from the same error.
    """
    base = context.base
    if base is None or context.revision is None:
        return
    before = {indicator.id: indicator for indicator in base.indicators}
    for position, indicator in enumerate(context.plan.indicators):
        old = before.pop(indicator.id, None)
        if old and _is_weaker(old, indicator) and not _told(context, indicator.id):
            yield context.finding(
                "indicators",
                position,
                "target",
                ja=f"指標「{indicator.title}」（{indicator.id}）の目標が下がるか遅くなって"
                "いますが、改訂事項に原因がありません",
                en=f"the target of {indicator.id} is lowered or comes later, and no item "
                "of the revision tells the cause",
                hint=_hint(indicator.id),
            )
    for gone in before.values():
        if not _told(context, gone.id, (*_MARKED, RevisionKind.RETIRE)):
            yield context.finding(
                "indicators",
                ja=f"指標「{gone.title}」（{gone.id}）がなくなっていますが、"
                "改訂事項に理由がありません",
                en=f"indicator {gone.id} is gone, and no item of the revision says why",
                hint=f"items: [{{id: R-2, kind: retire, target: {gone.id}, "
                "before: ..., reason: ...}]",
            )
    yield from _postponed(context, {m.id: m for m in base.measures})


_MARKED = (RevisionKind.RETARGET,)


def _postponed(
    context: CheckContext, before: dict[PartId, Measure]
) -> Iterator[Finding]:
    for position, measure in enumerate(context.plan.measures):
        old, new = _due(before.get(measure.id)), _due(measure)
        if old and (new is None or new > old) and not _told(context, measure.id):
            yield context.finding(
                "policy_means",
                "measures",
                position,
                "five_w1h",
                "deadline",
                ja=f"施策「{measure.title}」（{measure.id}）の期限が {old} から"
                f" {new or '未定'} に延びていますが、改訂事項に原因がありません",
                en=f"the deadline of {measure.id} moves from {old} to {new or 'no day'}, "
                "and no item of the revision tells the cause",
                hint=_hint(measure.id),
            )


def _due(measure: Measure | None) -> dt.date | None:
    deadline = measure.five_w1h.deadline if measure else None
    return deadline.due_on if deadline else None


def _is_weaker(old: Indicator, new: Indicator) -> bool:
    """Tell whether the new target asks for less, or asks for it later."""
    before, after = old.target, new.target
    if before is None or before.value is None or before.date is None:
        return False
    if after is None or after.value is None or after.date is None:
        return True
    direction, kept = direction_of(old), old.maintain
    is_level = direction is Direction.MAINTAIN
    gain = after.value - before.value
    if direction is Direction.DECREASE or (is_level and kept is MaintainKind.AT_MOST):
        gain = -gain
    lost = gain != 0 if is_level and kept is MaintainKind.BAND else gain < 0
    return lost or after.date > before.date


@rule(
    "REV-08",
    severity=Severity.WARNING,
    gate=Gate.REVISE,
    applies_to=POLICY_TYPES,
    title="基準値の変更に理由があり、前の基準値が残っている",
    why="基準を良い年に移すだけで、進捗はいくらでも変わります。"
    "前の基準値が残っていれば、どれだけ進んだのかを同じ物差しで確かめられます",
    source="整合性：基準値が変わると、前の期の進捗と比べられない",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={"/indicators/1/baseline/value": "36000"},
            good={
                "/indicators/1/baseline/value": "36000",
                "/revision": _revising(
                    {
                        "id": "R-2",
                        "kind": "correct",
                        "target": "IN-2",
                        "before": "38,000百万円（2024年度、速報）",
                        "after": "36,000百万円（2024年度、確報）",
                        "reason": "統計の確報に合わせた",
                    }
                ),
            },
            near_miss={"/indicators/1/baseline/value": "38000.0"},
            pointer="/indicators/1/baseline",
        )
    ],
)
def baselines_kept(context: CheckContext) -> Iterator[Finding]:
    """A baseline that changes is an item of the revision, with the old one and a reason.

    Moved to a better year, a baseline alone changes all progress; with the old one kept
    everybody can measure by the same rule.
    """
    base = context.base
    if base is None or context.revision is None:
        return
    before = {indicator.id: indicator.baseline for indicator in base.indicators}
    for position, indicator in enumerate(context.plan.indicators):
        old = before.get(indicator.id)
        if (
            old
            and old != indicator.baseline
            and not _told(context, indicator.id, tuple(RevisionKind))
        ):
            yield context.finding(
                "indicators",
                position,
                "baseline",
                ja=f"指標「{indicator.title}」（{indicator.id}）の基準値が変わっていますが、"
                "改訂事項に前の値と理由がありません",
                en=f"the baseline of {indicator.id} changes, and no item of the revision "
                "tells the old one and the reason",
                hint=f"items: [{{id: R-2, kind: correct, target: {indicator.id}, "
                "before: ..., after: ..., reason: 統計の確報に合わせた}]",
            )


def _told(
    context: CheckContext,
    target: PartId,
    kinds: Collection[RevisionKind] = _MARKED,
) -> bool:
    """Tell whether an item of the revision tells what *target* was, and why not now."""
    items = context.revision.items if context.revision else ()
    return any(
        item.target == target and item.kind in kinds and _is_told(item)
        for item in items
    )


def _is_told(item: RevisionItem) -> bool:
    return is_written(item.reason) and is_written(item.before)


def _hint(target: str) -> str:
    return (
        f"items: [{{id: R-2, kind: retarget, target: {target}, before: ..., "
        "after: ..., reason: 関税の引上げで受注が四割減った}]"
    )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on changed targets and baselines."""
    return (lowered_targets_shown, baselines_kept)
