"""Rules on the structure of a plan."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import REGIONAL, policy_text

CLUSTERPLAN = Manifest(api="~=1.0", order=-70)


@rule(
    "STR-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    title="目標・道筋・政策手段の各項目が書かれている",
    source=policy_text("現状認識と目指す姿【目標】"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/goal/current_state": None},
            good={"/goal/current_state": "事業所412、従業者18,300人（2024年）"},
            pointer="/goal/current_state",
        )
    ],
)
def sections(context: CheckContext) -> Iterator[Finding]:
    """Every part that the plan type asks for is there and not empty."""
    for part in context.plan_type.required:
        section = getattr(context.plan, part.section)
        value = getattr(section, part.part) if section is not None else None
        if not value or (isinstance(value, str) and not value.strip()):
            yield context.finding(
                part.section,
                part.part,
                ja=f"「{part.title}」が書かれていません",
                en=f"nothing is written under {part.title_en!r}",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on structure."""
    return (sections,)
