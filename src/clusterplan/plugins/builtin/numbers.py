"""Rules on numbers."""

from __future__ import annotations

import math
from collections.abc import Iterator
from decimal import Context, Decimal
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
    why="「大きな効果」では、企業や金融機関は規模を見積もれません。"
    "計画が終わったときに、達成したと言うこともできません",
    source=policy_text("勝ち筋の特定と投資の具体像、定量的なインパクト【道筋】"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/path/impacts": [{"id": "IM-1", "text": "大きな効果が見込まれる"}]},
            good={"/path/impacts/0/text": "付加価値額を2030年度までに年85億円増やす"},
            near_miss={
                "/path/impacts": [
                    {
                        "id": "IM-1",
                        "text": "大きな効果が見込まれる",
                        "scope": "regional",
                        "indicator": "IN-1",
                    }
                ]
            },
            pointer="/path/impacts",
        )
    ],
)
def quantitative_impact(context: CheckContext) -> Iterator[Finding]:
    """At least one impact has a number, a unit and a target date.

    From a 'large effect' companies and banks cannot judge the scale, and at the end
    nobody can say that it was reached.
    """
    impacts = context.plan.path.impacts if context.plan.path else ()
    indicators = {i.id: i for i in context.plan.indicators}
    found = (indicators.get(i.indicator) for i in impacts if i.indicator)
    if impacts and not any(_is_quantified(indicator) for indicator in found):
        yield context.finding(
            "path",
            "impacts",
            ja="数値・単位・目標時点のある指標に結び付いたインパクトがありません",
            en="no impact is tied to an indicator with a number, a unit and a target date",
            hint="impacts: [{id: IM-1, indicator: IN-1, text: 輸出額を60億円にする}]",
        )


@rule(
    "NUM-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="活動の量だけでなく、成果を示す指標が一つはある",
    why="講座を何回開いても、地域が良くなったかどうかは分かりません。"
    "議会や住民から聞かれるのは、その結果何が変わったかです",
    source="実務：国のKPIの手引は、客観的な成果を示す指標を求める",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/indicators/0/kind": "output", "/indicators/1/kind": "output"},
            good={"/indicators/0/kind": "output", "/indicators/1/kind": "outcome"},
            near_miss={
                "/indicators/1/kind": "output",
                "/indicators/0/target/date": "2031-03-31",
            },
            pointer="/indicators",
        )
    ],
)
def outcome(context: CheckContext) -> Iterator[Finding]:
    """At least one indicator counts an effect, not an activity.

    Ten seminars do not show that anything got better; the assembly and residents will
    ask what has changed.
    """
    indicators = context.plan.indicators
    if indicators and all(i.kind is IndicatorKind.OUTPUT for i in indicators):
        yield context.finding(
            "indicators",
            ja="指標が開催回数などの活動量（output）だけで、"
            "成果（outcome）を示すものがありません",
            en="all indicators count activities (output), none an effect (outcome)",
            hint="indicators: [{title: 講座から生まれた新規契約, kind: outcome}]",
        )


@rule(
    "NUM-07",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="インパクトの算定根拠の積が記載値と合っている",
    why="積の合わない数字が一つあると、ほかの数字まで疑われます。桁の誤りは、"
    "公表した後に外から指摘されがちです",
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
            near_miss={
                "/path/impacts/0/basis": {
                    "factors": ["51000000", "2"],
                    "stated": "1",
                    "scale": "100000000",
                    "unit": "億円",
                }
            },
            pointer="/path/impacts/0/basis",
        )
    ],
)
def arithmetic(context: CheckContext) -> Iterator[Finding]:
    """The product of the factors of an impact is what is stated, within a tolerance.

    One figure that does not agree with its own arithmetic casts doubt on all others; a
    wrong scale is often found by outsiders, after publication.
    """
    tolerance = Fraction(context.settings.arithmetic_tolerance)
    impacts = context.plan.path.impacts if context.plan.path else ()
    for position, impact in enumerate(impacts):
        basis = impact.basis
        if basis is None or not basis.factors:
            continue
        product = math.prod(map(Fraction, basis.factors), start=Fraction(1))
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
                en=f"{factors} is not the stated {basis.stated:f}{basis.unit or ''}; "
                "correct the factors, the stated value or the scale",
                hint=_stated(product, Fraction(basis.scale)),
            )


def _stated(product: Fraction, scale: Fraction) -> str:
    """Return what the factors make in the unit of the stated value."""
    value = product / (scale or 1)
    short = Context(prec=6).divide(Decimal(value.numerator), Decimal(value.denominator))
    return f'stated: "{short:f}"' if scale else 'scale: "1"'


@rule(
    "NUM-12",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="人口など他の要因に左右される指標に、施策との関係が書かれている",
    why="こうした数字は、施策が効いても下がり、効かなくても上がります。"
    "つながりが書かれていないと、結果が出ても施策の評価に使えません",
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
            near_miss={
                "/indicators/0/title": "支援先に採用されて県に転入した人",
                "/indicators/0/link_to_measures": "",
            },
            pointer="/indicators/0/link_to_measures",
        )
    ],
)
def driven_by_much_else(context: CheckContext) -> Iterator[Finding]:
    """An indicator that much else moves as well says how the measures move it.

    Such a number may fall although a measure works, and rise although it does not.
    Without the link, no result says anything about the measures.
    """
    words = context.settings.outside_driven_words
    for position, indicator in enumerate(context.plan.indicators):
        if has_word(indicator.title, words) and not plain(indicator.link_to_measures):
            yield context.finding(
                "indicators",
                position,
                "link_to_measures",
                ja=f"指標「{indicator.title}」は施策以外の要因にも大きく左右され"
                "ますが、施策との関係が書かれていません",
                en=f"indicator {indicator.id} is driven by much else, and nothing says "
                "how the measures move it",
                hint="link_to_measures: 支援先の採用者の転入を数える / "
                "title: 支援先の採用者数",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on numbers."""
    return (quantitative_impact, outcome, arithmetic, driven_by_much_else)
