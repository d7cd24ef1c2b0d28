"""Rules on revisions: what led to them, what changes, and what is left as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import PartId
from ...core.plans import Plan
from ...core.revisions import RevisionItem, RevisionKind
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, policy_text
from .reported import is_written, poor_measures
from .sample_reports import sample_report
from .wording import is_put_off, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-33)

_ITEM: Mapping[str, Any] = {
    "id": "R-1",
    "kind": "brush_up",
    "target": "M-01",
    "before": "炉1基あたり2.0億円",
    "after": "炉1基あたり2.4億円",
    "reason": "入札が二回不成立となり、市況に合わせる",
}
_REVISION: Mapping[str, Any] = {
    "id": "RV-1",
    "base": "1.0",
    "report": "FY2026H1",
    "items": [_ITEM],
}
_GIVEN: Mapping[str, Any] = {
    "revision": _REVISION,
    "base": {},
    "reports": [sample_report(poor=["M-01"])],
}
_EXPAND = {
    "id": "R-2",
    "kind": "expand",
    "target": "M-02",
    "before": "年30人の講座",
    "after": "年30人の講座と商社への派遣",
    "reason": "輸出の手続きを担う人がいないことが分かった",
}


@rule(
    "REV-01",
    severity=Severity.ERROR,
    gate=Gate.REVISE,
    applies_to=POLICY_TYPES,
    title="改訂の契機となった報告か、ほかの契機が書かれている",
    why="何をきっかけに改めたのかが残らないと、報告が計画に生かされたのか、"
    "後から確かめられません",
    source=policy_text("施策の実行状況を踏まえた戦略の具体化・高度化"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={"/revision/report": None},
            near_miss={
                "/revision/report": None,
                "/revision/occasion": "上位計画の見直しに合わせる",
            },
            pointer="/revision/report",
        )
    ],
)
def occasion_told(context: CheckContext) -> Iterator[Finding]:
    """A revision names the report that led to it, or another occasion.

    Where nothing tells what a change came from, nobody can see afterwards whether
    reports made the plan better.
    """
    revision = context.revision
    if revision is None or is_written(revision.occasion):
        return
    known = {report.id for report in context.reports}
    if revision.report is None or (known and revision.report not in known):
        yield context.finding(
            "revision",
            "report",
            ja="改訂の契機となった報告も、ほかの契機もありません"
            if revision.report is None
            else f"契機とされた報告 {revision.report} は提出されていません",
            en="the revision names no report that led to it, and no other occasion"
            if revision.report is None
            else f"the report {revision.report} that led to the revision is not in",
            hint=f"report: {max(known, default='FY2026H1')} / "
            "occasion: 上位計画の見直しに合わせる",
        )


@rule(
    "REV-02",
    severity=Severity.ERROR,
    gate=Gate.REVISE,
    applies_to=POLICY_TYPES,
    title="どの改訂事項にも対象・改訂前・改訂後・理由がある",
    why="「時点更新」とだけ書かれた改訂では、何がどう変わったのかを、"
    "読む人が二つの版を並べて探すことになります",
    source=policy_text("施策のブラッシュアップ"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={"/revision/items/0/before": " "},
            near_miss={
                "/revision/items": [
                    _ITEM,
                    {
                        "id": "R-2",
                        "kind": "retire",
                        "target": "M-02",
                        "before": "年30人の講座",
                        "reason": "商社の講座に引き継ぐ",
                    },
                ]
            },
            pointer="/revision/items/0/before",
        ),
        Example(
            plan_type=REGIONAL,
            given={"revision": {**_REVISION, "items": [_ITEM]}, "base": {}},
            bad={"/revision/items": []},
            near_miss={"/revision/items": [{**_ITEM, "target": "IN-1"}]},
            pointer="/revision/items",
        ),
    ],
)
def items_told(context: CheckContext) -> Iterator[Finding]:
    """Each item of a revision tells its target, before, after and reason.

    From 'updated' readers have to find out what changed by laying two editions side by
    side. What is added has nothing before, and what is retired nothing after.
    """
    revision = context.revision
    if revision is None:
        return
    if not revision.items:
        yield context.finding(
            "revision",
            "items",
            ja="改訂事項が一つもありません",
            en="the revision has no items",
            hint="items: [{id: R-1, kind: brush_up, target: M-01, before: ..., "
            "after: ..., reason: ...}]",
        )
    known = _ids(context.plan) | (_ids(context.base) if context.base else frozenset())
    for position, item in enumerate(revision.items):
        if item.target and _is_unknown(item, known):
            yield context.finding(
                "revision",
                "items",
                position,
                "target",
                ja=f"改訂事項 {item.id} の対象「{item.target}」は、改訂前と改訂後の"
                "どちらの計画にもないIDです",
                en=f"the target {item.target!a} of item {item.id} of the revision is "
                "no id of the plan, neither before nor after",
                hint=f"target: {_ITEM['target']}",
            )
        for name, ja, en in _lacking(item, context):
            yield context.finding(
                "revision",
                "items",
                position,
                name,
                ja=f"改訂事項 {item.id} に{ja}がありません",
                en=f"item {item.id} of the revision lacks {en}",
                hint=f"{name}: {_ITEM[name]}",
            )


def _is_unknown(item: RevisionItem, known: frozenset[str]) -> bool:
    whole_region = item.kind is RevisionKind.REGION_CHANGE
    return not whole_region and item.target not in known


def _lacking(
    item: RevisionItem, context: CheckContext
) -> Iterator[tuple[str, str, str]]:
    if not item.target and item.kind is not RevisionKind.REGION_CHANGE:
        yield "target", "対象（計画にあるID）", "a target, an id of the plan"
    if item.kind is not RevisionKind.ADD and not is_written(item.before):
        yield "before", "改訂前の内容", "what was before"
    if item.kind is not RevisionKind.RETIRE and not is_written(item.after):
        yield "after", "改訂後の内容", "what is after"
    reason = item.reason or ""
    if not is_written(reason) or is_put_off(reason, context.settings):
        yield "reason", "理由", "the reason"


def _ids(part: object) -> frozenset[str]:
    """Return the ids of all parts of a plan."""
    if isinstance(part, tuple):
        return frozenset[str]().union(*map(_ids, part))
    cls: Any = type(part)
    if not attrs.has(cls):
        return frozenset()
    own: object = None if isinstance(part, Plan) else getattr(part, "id", None)
    inner = (getattr(part, a.name) for a in attrs.fields(cls))
    found = frozenset[str]().union(*map(_ids, inner))
    return found | {own} if isinstance(own, str) else found


@rule(
    "REV-03",
    severity=Severity.ERROR,
    gate=Gate.REVISE,
    applies_to=POLICY_TYPES,
    title="施策の追加と拡充に、新たな課題が示されている",
    why="課題のない追加は、予算や要望の都合で増えた施策と見分けが付きません。"
    "終わったときに、効いたかどうかを判断する物差しもありません",
    source=policy_text("新たな課題に対する施策の追加・拡充"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={"/revision/items": [_ITEM, _EXPAND]},
            good={
                "/base/policy_means/challenges/1": None,
                "/base/policy_means/measures/1/answers": ["CH-1"],
                "/revision/items": [_ITEM, {**_EXPAND, "challenge": "CH-2"}],
            },
            near_miss={"/revision/items": [_ITEM, {**_EXPAND, "kind": "brush_up"}]},
            pointer="/revision/items/1/challenge",
        ),
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={"/base/policy_means/measures/4": None},
            near_miss={"/base/policy_means/measures/4/title": "工場用地の調整"},
            pointer="/policy_means/measures/4",
        ),
    ],
)
def new_challenge(context: CheckContext) -> Iterator[Finding]:
    """A measure that is added or expanded names the new challenge that it answers.

    Without one it looks like a measure that came with a budget or a request, and at the
    end there is nothing to judge it by.
    """
    revision, base = context.revision, context.base
    if revision is None:
        return
    old = {c.id: plain(c.text) for c in base.challenges} if base else {}
    new = [c.id for c in context.plan.challenges if old.get(c.id) != plain(c.text)]
    for position, item in enumerate(revision.items):
        if item.kind in _FOR_CHALLENGES and item.challenge not in new:
            yield context.finding(
                "revision",
                "items",
                position,
                "challenge",
                ja=f"改訂事項 {item.id} に、追加・拡充する施策が応える新たな課題がありません",
                en=f"item {item.id} names no new challenge that the measure answers",
                hint=f"challenge: {new[0] if new else 'CH-6'}",
            )
    added = {item.target for item in revision.items if item.kind is RevisionKind.ADD}
    before = {measure.id for measure in base.measures} if base else None
    for position, measure in enumerate(context.plan.measures):
        if before is not None and measure.id not in before | added:
            yield context.finding(
                "policy_means",
                "measures",
                position,
                ja=f"施策「{measure.title}」（{measure.id}）が加わっていますが、"
                "改訂事項に追加として書かれていません",
                en=f"measure {measure.id} is new, and no item of the revision adds it",
                hint=f"items: [{{id: R-2, kind: add, target: {measure.id}, "
                "challenge: CH-6, after: ..., reason: ...}]",
            )


_FOR_CHALLENGES = (RevisionKind.ADD, RevisionKind.EXPAND)


@rule(
    "REV-04",
    severity=Severity.WARNING,
    gate=Gate.REVISE,
    applies_to=POLICY_TYPES,
    title="直近の報告で芳しくない施策を改めるか、見送りの理由がある",
    why="芳しくない施策に触れない改訂では、報告が何のためだったのか分かりません。"
    "待つのが正しい場合も、その判断を残しておけば説明できます",
    source=policy_text("施策のブラッシュアップ"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=_GIVEN,
            bad={
                "/reports/0": sample_report(poor=["M-01", "M-03"]),
            },
            good={
                "/reports/0": sample_report(poor=["M-01", "M-03"]),
                "/revision/left": [
                    {"measure": "M-03", "reason": "二回目の公募の結果を見てから決める"}
                ],
            },
            near_miss={
                "/reports/0": sample_report(poor=["M-01", "M-03"]),
                "/revision/items": [_ITEM, {**_ITEM, "id": "R-2", "target": "IN-2"}],
            },
            pointer="/revision/left",
        )
    ],
)
def poor_touched(context: CheckContext) -> Iterator[Finding]:
    """A measure with poor progress is revised, or is left for a reason.

    A revision that passes over it makes readers ask what the report was for; where
    waiting is right, the decision can be shown if it is written down.
    """
    revision = context.revision
    if revision is None or not context.reports:
        return
    last = max(context.reports, key=lambda report: report.period_end)
    touched = {item.target for item in revision.items}
    left = {each.measure for each in revision.left if is_written(each.reason)}
    gone = {row.measure for row in last.rows if last.has_ended(row)}
    for measure in sorted(poor_measures(last) - left - gone):
        if not touched & {measure, *_parts_of(measure, context)}:
            yield context.finding(
                "revision",
                "left",
                ja=f"施策「{measure}」は報告 {last.id} で芳しくありませんが、"
                "改訂事項にも見送りにもありません",
                en=f"progress of measure {measure} was poor in {last.id}, and the "
                "revision neither touches it nor says why it is left",
                hint=f"left: [{{measure: {measure}, reason: 再入札の結果を見てから決める}}]",
            )


def _parts_of(measure: PartId, context: CheckContext) -> Iterator[PartId]:
    """Yield the indicators of a measure: who changes one touches the measure."""
    for plan in filter(None, (context.plan, context.base)):
        for each in plan.measures:
            if each.id == measure:
                yield from each.indicators


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on what a revision consists of."""
    return (occasion_told, items_told, new_challenge, poor_touched)
