"""Rules on numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.indicators import Indicator, IndicatorKind
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, policy_text
from .wording import has_word, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-50)


def _is_quantified(indicator: Indicator | None) -> bool:
    if indicator is None or indicator.target is None:
        return False
    if not (indicator.unit and indicator.unit.strip()):
        return False
    return indicator.target.value is not None and indicator.target.date is not None


@rule(
    "NUM-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="数値・単位・目標時点のある定量的なインパクトが一つはある",
    source=policy_text("勝ち筋の特定と投資の具体像、定量的なインパクト【道筋】"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/path/impacts": [{"id": "IM-1", "text": "大きな効果が見込まれる"}]},
            good={"/path/impacts/0/text": "付加価値額を2030年度までに年85億円増やす"},
            pointer="/path/impacts",
        )
    ],
)
def quantitative_impact(context: CheckContext) -> Iterator[Finding]:
    """At least one impact has a number, a unit and a target date."""
    impacts = context.plan.path.impacts if context.plan.path else ()
    indicators = {i.id: i for i in context.plan.indicators}
    found = (indicators.get(i.indicator) for i in impacts if i.indicator)
    if impacts and not any(_is_quantified(indicator) for indicator in found):
        yield context.finding(
            "path",
            "impacts",
            ja="数値・単位・目標時点のある指標に結び付いたインパクトがありません",
            en="no impact is tied to an indicator with a number, a unit and a target date",
            hint="impacts: [{id: IM-1, indicator: IN-1, ...}]",
        )


@rule(
    "NUM-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="活動の量だけでなく、成果を示す指標が一つはある",
    source="実務：国のKPIの手引は、客観的な成果を示す指標を求める",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/indicators/0/kind": "output", "/indicators/1/kind": "output"},
            good={"/indicators/0/kind": "output", "/indicators/1/kind": "outcome"},
            pointer="/indicators",
        )
    ],
)
def outcome(context: CheckContext) -> Iterator[Finding]:
    """At least one indicator counts an effect, not an activity."""
    indicators = context.plan.indicators
    if indicators and all(i.kind is IndicatorKind.OUTPUT for i in indicators):
        yield context.finding(
            "indicators",
            ja="指標が開催回数などの活動量（output）だけです。"
            "新規契約数や付加価値額など、成果（outcome）の指標を加えてください",
            en="all indicators count activities; add one that counts an effect, such "
            "as new contracts or value added",
            hint="kind: outcome",
        )


@rule(
    "NUM-07",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="インパクトの算定根拠の積が記載値と合っている",
    source="実務：基本計画の算定例「4,383万円×15件×1.3＝約8.5億円」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                "/path/impacts/0/basis": {
                    "factors": ["43830000", "15", "1.3"],
                    "stated": "120",
                    "scale": "100000000",
                    "unit": "億円",
                }
            },
            good={
                "/path/impacts/0/basis": {
                    "factors": ["43830000", "15", "1.3"],
                    "stated": "8.5",
                    "scale": "100000000",
                    "unit": "億円",
                }
            },
            pointer="/path/impacts/0/basis",
        )
    ],
)
def arithmetic(context: CheckContext) -> Iterator[Finding]:
    """The product of the factors of an impact is what is stated, within a tolerance."""
    tolerance = Fraction(context.settings.arithmetic_tolerance)
    impacts = context.plan.path.impacts if context.plan.path else ()
    for position, impact in enumerate(impacts):
        basis = impact.basis
        if basis is None or not basis.factors:
            continue
        product = math.prod(map(Fraction, basis.factors))
        stated = Fraction(basis.stated) * Fraction(basis.scale)
        if abs(product - stated) > tolerance * abs(stated):
            factors = "×".join(f"{factor:f}" for factor in basis.factors)
            yield context.finding(
                "path",
                "impacts",
                position,
                "basis",
                ja=f"算定根拠 {factors} の積が記載値 {basis.stated:f}{basis.unit or ''} "
                "と合いません。因子・記載値・桁（scale）を確かめてください",
                en=f"{factors} is not the stated {basis.stated:f}; correct the factors, "
                "the stated value or the scale",
            )


@rule(
    "NUM-12",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="人口など他の要因に左右される指標に、施策との関係が書かれている",
    source="実務：国のKPIの手引は、施策の効果と直接に結び付く指標を求める",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                "/indicators/0/title": "県の人口",
                "/indicators/0/link_to_measures": "",
            },
            good={
                "/indicators/0/title": "県の人口",
                "/indicators/0/link_to_measures": "支援先の採用者の転入を施策の効果とする",
            },
            pointer="/indicators/0/link_to_measures",
        )
    ],
)
def driven_by_much_else(context: CheckContext) -> Iterator[Finding]:
    """An indicator that much else moves as well says how the measures move it."""
    words = context.settings.outside_driven_words
    for position, indicator in enumerate(context.plan.indicators):
        if has_word(indicator.title, words) and not plain(indicator.link_to_measures):
            yield context.finding(
                "indicators",
                position,
                "link_to_measures",
                ja=f"指標「{indicator.title}」は施策以外の要因にも大きく左右されます。"
                "施策との関係を書くか、支援先の採用者数などに替えてください",
                en=f"indicator {indicator.id} is driven by much else; say how the "
                "measures move it, or count for example people hired by supported firms",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on numbers."""
    return (quantitative_impact, outcome, arithmetic, driven_by_much_else)
