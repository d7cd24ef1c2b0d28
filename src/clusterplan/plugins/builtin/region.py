"""Rules on regions and codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core import actors
from ...core.areas import complete_code, is_area_code
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL

CLUSTERPLAN = Manifest(api="~=1.0", order=-40)

_BY_AREA = (actors.PREFECTURE, actors.MUNICIPALITY, actors.HEAD)


def _codes(context: CheckContext) -> Iterator[tuple[Path, str]]:
    plan = context.plan
    if plan.lead and plan.lead.kind in _BY_AREA:
        yield ("lead", "code"), plan.lead.code
    for position, code in enumerate(plan.region):
        yield ("region", position), code
    for position, measure in enumerate(plan.measures):
        department = measure.five_w1h.responsible_department
        organization = department.organization if department else None
        if organization and re.fullmatch("[0-9]+", organization):
            where = ("policy_means", "measures", position, "five_w1h")
            yield (*where, "responsible_department", "organization"), organization
    for position, id_ in enumerate(plan.investments):
        investment = context.investments.get(id_)
        for number, site in enumerate(investment.sites if investment else ()):
            if site.municipality is not None:
                path = ("investments", position, "sites", number, "municipality")
                yield path, site.municipality


@rule(
    "REG-01",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    title="団体コードは6桁で検査数字が合っている",
    source="全国地方公共団体コード（総務省）の検査数字",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/region": ["131212"]},
            good={"/region": ["131211"]},
            pointer="/region/0",
        )
    ],
)
def area_codes(context: CheckContext) -> Iterator[Finding]:
    """Six-digit local government codes pass the check digit."""
    for path, code in _codes(context):
        if is_area_code(code):
            continue
        right = complete_code(code[:5])
        area = context.reference.areas.get(right)
        meant = f"{right} {area.name}" if area else None
        yield context.finding(
            *path,
            ja=f"団体コード「{code[:20]}」は6桁でないか検査数字が合いません",
            en=f"{code[:20]!r} is no six-digit area code with a right check digit",
            hint=meant or "131211",
        )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on regions and codes."""
    return (area_codes,)
