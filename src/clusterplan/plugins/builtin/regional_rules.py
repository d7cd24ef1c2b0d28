"""Rules on regional cluster plans (B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.actors import PREFECTURE
from ...core.areas import AreaKind, is_area_code
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .measures import numbered_measures
from .policy import REGIONAL, policy_text
from .regional import RegionalClusterDetails
from .wording import plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-89)

_MEASURES = "/policy_means/measures"
_CLAIMS = "/details/market_claims"
_JSIC = re.compile("[A-T]([0-9]{2,4})?|[0-9]{2,4}")
_TOO_WIDE = ("製造業", "製造業全般", "サービス業", "ものづくり産業", "manufacturing")


def details_of(context: CheckContext) -> RegionalClusterDetails:
    """Return what the type adds to the plan, empty where it is not written."""
    details = context.plan.details
    if isinstance(details, RegionalClusterDetails):
        return details
    return RegionalClusterDetails()


@rule(
    "B-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="重点産業が産業分類とともに特定されている",
    source=policy_text("重点的に育成すべき産業分野を特定"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/details/focus_industries/0/title": "製造業全般"},
            good={"/details/focus_industries/0/title": "医療用機械器具製造業"},
            pointer="/details/focus_industries/0/title",
        ),
        Example(
            plan_type=REGIONAL,
            bad={"/details/focus_industries/0/jsic": None},
            good={"/details/focus_industries/0/jsic": "E2741"},
            pointer="/details/focus_industries/0/jsic",
        ),
    ],
)
def focus_industry(context: CheckContext) -> Iterator[Finding]:
    """The focus industries are named, each with its industrial classification."""
    industries = details_of(context).focus_industries
    if not industries:
        yield context.finding(
            "details",
            "focus_industries",
            ja="重点的に育成する産業分野が特定されていません",
            en="no industry is named that the plan concentrates on",
            hint="[{jsic: E, title: 医療用機械器具製造業}]",
        )
    for position, industry in enumerate(industries):
        place = ("details", "focus_industries", position)
        if plain(industry.title) in ("", *_TOO_WIDE):
            yield context.finding(
                *place,
                "title",
                ja=f"重点産業「{industry.title}」は広すぎます。"
                "重点的に育てる分野を絞って書いてください",
                en=f"the focus industry {industry.title!r} is too wide; name the one "
                "that is to be developed",
                hint="title: 医療用機械器具製造業",
            )
        if not _JSIC.fullmatch(industry.jsic or ""):
            yield context.finding(
                *place,
                "jsic",
                ja=f"重点産業「{industry.title}」に日本標準産業分類の符号がありません",
                en=f"the focus industry {industry.title!r} has no code of the Japan "
                "Standard Industrial Classification",
                hint="jsic: E / jsic: E27",
            )


@rule(
    "B-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="輸出か国内上位シェアのいずれかを目指している",
    source=policy_text(
        "海外輸出により外貨を獲得し得るもの、又は国内市場において上位シェアの獲得を"
        "目指し得るもの"
    ),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={_CLAIMS: []},
            good={f"{_CLAIMS}/0/kind": "domestic_top_share"},
            pointer=_CLAIMS,
        )
    ],
)
def market_claim(context: CheckContext) -> Iterator[Finding]:
    """The industry aims at export, or at a top share of the domestic market."""
    if not details_of(context).market_claims:
        yield context.finding(
            "details",
            "market_claims",
            ja="海外輸出か国内の上位シェアか、どちらを目指すのかが書かれていません",
            en="it is not said whether the industry aims at export or at a top share "
            "of the domestic market",
            hint="[{kind: export, indicator: IN-1}]",
        )


@rule(
    "B-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="市場での地位が指標の数値で示されている",
    source=policy_text("国内市場において上位シェアの獲得を目指し得るもの"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_CLAIMS}/0/indicator": None},
            good={f"{_CLAIMS}/0/indicator": "IN-2"},
            pointer=f"{_CLAIMS}/0",
        )
    ],
)
def claim_in_numbers(context: CheckContext) -> Iterator[Finding]:
    """Each claim on a market refers to an indicator with exports, share or rank.

    That the indicator is complete is asked of all indicators by NUM-02.
    """
    indicators = {i.id for i in context.plan.indicators}
    for position, claim in enumerate(details_of(context).market_claims):
        if claim.indicator not in indicators:
            yield context.finding(
                "details",
                "market_claims",
                position,
                ja="輸出額やシェア・順位が数値で示されていません。単位・基準値・目標値・"
                "出典のある指標の ID を indicator に書いてください",
                en="the claim has no numbers; name in `indicator` one with unit, "
                "baseline, target and source for the exports, share or rank",
                hint="indicator: IN-1",
            )


@rule(
    "B-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="共同利用・共同事業か、サプライチェーンの補完の施策がある",
    source=policy_text(
        "施設等の共同利用・共同事業による効率化やサプライチェーン上の機能で地域にないものを補完"
    ),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/{n}/collective": [] for n in (0, 1, 4)},
            good={f"{_MEASURES}/{n}/collective": [] for n in (1, 4)},
            pointer=_MEASURES,
        )
    ],
)
def collective_measure(context: CheckContext) -> Iterator[Finding]:
    """A measure serves the industry together, not one firm."""
    measures = context.plan.measures
    if measures and not any(m.is_collective for m in measures):
        yield context.finding(
            "policy_means",
            "measures",
            ja="施設の共同利用、共同事業、サプライチェーンの補完のいずれの施策もありません。"
            "施策を加え、collective に種類を書いてください",
            en="no measure is a joint facility, a joint project or fills a gap in the "
            "supply chain; add one and name its sort in `collective`",
            hint="collective: [joint_facility]",
        )


@rule(
    "B-05",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="共同の施策は都道府県の部署が担当する",
    source=policy_text("取組等を都道府県が行う"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_MEASURES}/0/five_w1h/responsible_department": {
                    "organization": "架空精密部品協同組合",
                    "unit": "共同施設課",
                }
            },
            good={
                f"{_MEASURES}/0/five_w1h/responsible_department/unit": "産業立地課",
            },
            pointer=f"{_MEASURES}/0/five_w1h/responsible_department",
        )
    ],
)
def prefecture_responsible(context: CheckContext) -> Iterator[Finding]:
    """A collective measure has a unit of the prefecture, or of the lead, in charge."""
    names = _leading_bodies(context)
    for path, measure in numbered_measures(context):
        department = measure.five_w1h.responsible_department
        body = plain(department.organization) if department else ""
        is_wrong_code = body.isdecimal() and not is_area_code(body)
        if measure.is_collective and body and not is_wrong_code and body not in names:
            yield context.finding(
                *path,
                "five_w1h",
                "responsible_department",
                ja=f"共同の施策「{measure.title}」の担当が都道府県の部署ではありません。"
                "都道府県の部署を書き、実際に行う組織は delivery_body に書いてください",
                en=f"collective measure {measure.id} is not in the charge of the "
                "prefecture; name its unit here, and who delivers the measure in "
                "`delivery_body`",
                hint='{organization: "150002", unit: 産業労働部 産業立地課}',
            )


def _leading_bodies(context: CheckContext) -> set[str]:
    """Return codes and names of the lead, and of the prefectures that take part."""
    plan, areas = context.plan, context.reference.areas
    codes = {a.code for a in plan.joining if a.kind == PREFECTURE}
    found = (areas.get(code) for code in plan.region)
    codes |= {a.code for a in found if a and a.kind is AreaKind.PREFECTURE}
    if plan.lead:
        codes.add(plan.lead.code)
    return codes | {plain(area.name) for code, area in areas.items() if code in codes}


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on industry, market and collective measures."""
    return (
        focus_industry,
        market_claim,
        claim_in_numbers,
        collective_measure,
        prefecture_responsible,
    )
