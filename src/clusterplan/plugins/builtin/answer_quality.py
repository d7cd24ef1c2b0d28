"""Rules on what the six answers of a measure say, beyond being there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.measures import Measure
from ...core.plans import Plan
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, POLICY_TYPES, REGIONAL, STRATEGIC
from .wording import has_word, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-55)

_FIRST = "/policy_means/measures/0"
_MONEY = {"subsidy", "interest_subsidy", "finance"}
_SELECTION = {
    "method": "open_call",
    "criteria": ["排水基準への適合", "共同利用の計画"],
    "openness": "審査の基準と結果を公表する",
}
_OWN_WORDS = {
    "significance": "significance: 渋滞で貨物1便あたり40分を失っている",
    "way_of_proceeding": "way_of_proceeding: [需要調査, 実施設計, 4月に着工]",
}


@rule(
    "W5H-07",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="企業にお金を出す施策の意義に、公共の理由が書かれている",
    why="特定の企業がもうかるだけに見える支援は、議会や住民に説明しにくく、"
    "採択されなかった企業の納得も得られません",
    source="論点メモ「産業振興行政の特殊性（利潤を生む企業に行政が支援する理由）」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                f"{_FIRST}/instruments": ["subsidy"],
                f"{_FIRST}/selection": _SELECTION,
                f"{_FIRST}/five_w1h/significance": "株式会社Xの利益を増やすため",
            },
            good={
                f"{_FIRST}/instruments": ["subsidy"],
                f"{_FIRST}/selection": _SELECTION,
                f"{_FIRST}/five_w1h/significance": "中小14社は単独では利益から排水の"
                "基準に対応できず、共同のラインで210人の雇用を守る",
            },
            near_miss={
                f"{_FIRST}/instruments": ["subsidy"],
                f"{_FIRST}/selection": _SELECTION,
                f"{_FIRST}/five_w1h/significance": "株式会社Xなど12社の利益を増やし、"
                "職人の賃金を上げるため",
            },
            pointer=f"{_FIRST}/five_w1h/significance",
        )
    ],
)
def public_reason(context: CheckContext) -> Iterator[Finding]:
    """A measure that gives money to firms names more than the gain of the firms.

    Support that only seems to enrich a firm is hard to explain to the assembly, to
    residents, and to the firms that were turned down.
    """
    settings = context.settings
    for position, measure in enumerate(context.plan.measures):
        reason = measure.five_w1h.significance
        private = has_word(reason, settings.private_gain_words)
        if not (_gives_money(measure) and private):
            continue
        if not has_word(reason, settings.public_reason_words):
            yield context.finding(
                "policy_means",
                "measures",
                position,
                "five_w1h",
                "significance",
                ja=f"施策「{measure.title}」の意義が企業の利益だけです。"
                "行政が支援する理由（雇用、環境、地域への波及など）を書いてください",
                en=f"measure {measure.id} gives money to firms, but its significance "
                "names only their gain; say why the public supports them, such as jobs "
                "or the environment",
                hint="significance: "
                "中小14社は単独では排水基準に対応できず、共同化で210人の雇用を守る",
            )


def _gives_money(measure: Measure) -> bool:
    return measure.selection is not None or bool(_MONEY & {*measure.instruments})


@rule(
    "W5H-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="期限が計画期間の中にあり、指標の目標時点より後でない",
    why="計画や目標時点より後に仕上がる施策の効果は、この計画の実績に現れません。"
    "最後の報告で、未達の理由として説明することになります",
    source="整合性：期限が計画期間や目標時点の外にあると、効果を確かめられない",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_FIRST}/five_w1h/deadline": {"date": "2032-03-31"}},
            good={f"{_FIRST}/five_w1h/deadline": {"date": "2029-03-31"}},
            near_miss={
                f"{_FIRST}/five_w1h/deadline": {"date": "2031-03-31"},
                "/indicators/0/target/date": "2031-03-31",
                "/indicators/2/target/date": "2031-03-31",
            },
            pointer=f"{_FIRST}/five_w1h/deadline",
        )
    ],
)
def deadline_fits(context: CheckContext) -> Iterator[Finding]:
    """The deadline lies in the plan period, and not after the targets it serves.

    What is finished after the plan or its target date does not show in the results;
    the last report can only name it as the reason why a target was missed.
    """
    for position, measure in enumerate(context.plan.measures):
        deadline = measure.five_w1h.deadline
        due = deadline.due_on if deadline else None
        problem = _misfit(context.plan, measure, due) if due else None
        if problem is not None:
            ja, en, hint = problem
            yield context.finding(
                "policy_means",
                "measures",
                position,
                "five_w1h",
                "deadline",
                ja=f"施策「{measure.title}」の期限（{due}）が{ja}",
                en=f"the deadline of measure {measure.id}, {due}, {en}",
                hint=hint,
            )


def _misfit(plan: Plan, measure: Measure, due: dt.date) -> tuple[str, str, str] | None:
    """Return what is wrong in Japanese and English, and what to write instead."""
    targets = (i.target for i in plan.indicators if i.id in measure.indicators)
    days = [target.date for target in targets if target and target.date]
    period = plan.period
    if period and not measure.continuing and not period.start <= due <= period.end:
        ja = (
            f"計画期間（{period.start}～{period.end}）の外にあり、"
            "継続する施策ともされていません"
        )
        en = (
            f"lies outside the plan period ({period.start} to {period.end}), and the "
            "measure is not marked as continuing"
        )
        last = min([period.end, *days])
        return ja, en, f"deadline: {{date: {last}}} / continuing: true"
    if days and due > min(days):
        ja = (
            f"指標の目標時点（{min(days)}）より後です。"
            "効果が目標時点に間に合う期限にしてください"
        )
        en = (
            f"is after the target date of its indicator, {min(days)}; choose a day "
            "that lets the effect come in time"
        )
        return ja, en, f"deadline: {{date: {min(days)}}}"
    return None


@rule(
    "W5H-09",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="同じ意義や進め方が多くの施策に貼り付けられていない",
    why="同じ文が並ぶと、施策ごとに考えたのかを疑われます。どの施策が何に"
    "効いたのかを、後で分けて説明することもできません",
    source="論点メモ「支援内容の形骸化」",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                f"/policy_means/measures/{n}/five_w1h/significance": "関係者の連携を強化する"
                for n in range(3)
            },
            good={
                f"/policy_means/measures/{n}/five_w1h/significance": "関係者の連携を強化する"
                for n in range(2)
            },
            near_miss={
                f"/policy_means/measures/{n}/five_w1h/significance": f"{who}の連携を図る"
                for n, who in enumerate(("荷主", "水道事業者", "教育機関"))
            },
            pointer=f"{_FIRST}/five_w1h/significance",
        )
    ],
)
def pasted(context: CheckContext) -> Iterator[Finding]:
    """No significance or way of proceeding is the same in many measures.

    Readers doubt that each measure was thought through, and later nobody can tell
    which of them brought what.
    """
    for answer, ja in (("significance", "意義"), ("way_of_proceeding", "進め方")):
        for positions in _same(context.plan, answer):
            if len(positions) < context.settings.pasted_from:
                continue
            ids = ", ".join(context.plan.measures[n].id for n in positions)
            yield context.finding(
                "policy_means",
                "measures",
                positions[0],
                "five_w1h",
                answer,
                ja=f"{len(positions)}件の施策（{ids}）の{ja}が同じ文です。"
                "それぞれの施策に固有のことを書いてください",
                en=f"{len(positions)} measures ({ids}) have the same "
                f"{answer.replace('_', ' ')}; say what is particular to each",
                hint=_OWN_WORDS[answer],
            )


def _same(plan: Plan, answer: str) -> Iterator[list[int]]:
    places: dict[str, list[int]] = {}
    for position, measure in enumerate(plan.measures):
        given = getattr(measure.five_w1h, answer) or ""
        text = plain(given if isinstance(given, str) else "、".join(given))
        if text:
            places.setdefault(text, []).append(position)
    yield from places.values()


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on what the answers say."""
    return (public_reason, deadline_fits, pasted)
