"""Rules on numbers."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.indicators import Indicator
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, policy_text

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


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on numbers."""
    return (quantitative_impact,)
