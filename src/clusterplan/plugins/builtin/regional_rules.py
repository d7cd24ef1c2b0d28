"""Rules on regional cluster plans (B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core.actors import PREFECTURE
from ...core.areas import AreaKind, is_area_code
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.measures import CollectiveKind
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
    why="「製造業全般」では、どの企業に声をかけ、どの統計で伸びを見るのかが"
    "決まりません。分類の符号があれば、同じ範囲の数字を毎年引き直せます",
    source=policy_text("重点的に育成すべき産業分野を特定"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/details/focus_industries/0/title": "製造業全般"},
            good={"/details/focus_industries/0/title": "医療用機械器具製造業"},
            near_miss={"/details/focus_industries/0/title": "精密機械製造業"},
            pointer="/details/focus_industries/0/title",
        ),
        Example(
            plan_type=REGIONAL,
            bad={"/details/focus_industries/0/jsic": None},
            good={"/details/focus_industries/0/jsic": "E2741"},
            near_miss={"/details/focus_industries/0/jsic": "27"},
            pointer="/details/focus_industries/0/jsic",
        ),
    ],
)
def focus_industry(context: CheckContext) -> Iterator[Finding]:
    """The focus industries are named, each with its industrial classification.

    "Manufacturing in general" tells nobody which firms to talk to, or in which
    statistics growth will show. With a code the same figures can be drawn every year.
    """
    industries = details_of(context).focus_industries
    if not industries:
        yield context.finding(
            "details",
            "focus_industries",
            ja="重点的に育成する産業分野が特定されていません",
            en="no industry is named that the plan concentrates on",
            hint="focus_industries: [{jsic: E, title: 医療用機械器具製造業}]",
        )
    for position, industry in enumerate(industries):
        place = ("details", "focus_industries", position)
        if plain(industry.title) in ("", *_TOO_WIDE):
            yield context.finding(
                *place,
                "title",
                ja=f"重点産業「{industry.title}」は広すぎて、何を重点的に育てるのかが"
                "分かりません",
                en=f"the focus industry {industry.title!r} is too wide to tell what is "
                "to be developed",
                hint="title: 医療用機械器具製造業",
            )
        if not _JSIC.fullmatch(industry.jsic or ""):
            yield context.finding(
                *place,
                "jsic",
                ja=f"重点産業「{industry.title}」に日本標準産業分類の符号がありません",
                en=f"the focus industry {industry.title!r} has no code of the Japan "
                "Standard Industrial Classification",
                hint="jsic: E / jsic: E27 / jsic: E2741",
            )


@rule(
    "B-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="輸出か国内上位シェアのいずれかを目指している",
    why="輸出で稼ぐのか国内で上位を取るのかによって、必要な支援も測る数字も変わります。"
    "決めないままだと施策が散らばり、成果を聞かれても答えが定まりません",
    source=policy_text(
        "海外輸出により外貨を獲得し得るもの、又は国内市場において上位シェアの獲得を"
        "目指し得るもの"
    ),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={_CLAIMS: []},
            good={f"{_CLAIMS}/0/kind": "domestic_top_share"},
            near_miss={_CLAIMS: [{"kind": "export", "indicator": "IN-1"}]},
            pointer=_CLAIMS,
        )
    ],
)
def market_claim(context: CheckContext) -> Iterator[Finding]:
    """The industry aims at export, or at a top share of the domestic market.

    The one asks for other support and other numbers than the other. Undecided, the
    measures scatter, and nobody can say whether the plan has worked.
    """
    if not details_of(context).market_claims:
        yield context.finding(
            "details",
            "market_claims",
            ja="海外輸出か国内の上位シェアか、どちらを目指すのかが書かれていません",
            en="it is not said whether the industry aims at export or at a top share "
            "of the domestic market",
            hint="market_claims: [{kind: export, indicator: IN-1}] / "
            "market_claims: [{kind: domestic_top_share, indicator: IN-1}]",
        )


@rule(
    "B-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="市場での地位が指標の数値で示されている",
    why="「トップクラス」のような言葉だけでは、数年後に地位が上がったのか下がったのかを"
    "誰も言えず、報告のたびに説明が変わってしまいます",
    source=policy_text("国内市場において上位シェアの獲得を目指し得るもの"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_CLAIMS}/0/indicator": None},
            good={f"{_CLAIMS}/0/indicator": "IN-2"},
            near_miss={f"{_CLAIMS}/0/text": None},
            pointer=f"{_CLAIMS}/0",
        )
    ],
)
def claim_in_numbers(context: CheckContext) -> Iterator[Finding]:
    """Each claim on a market refers to an indicator with exports, share or rank.

    With words such as "top class" nobody can say some years later whether the
    position rose or fell, and every report tells it differently.
    """
    indicators = {i.id for i in context.plan.indicators}
    for position, claim in enumerate(details_of(context).market_claims):
        if claim.indicator not in indicators:
            yield context.finding(
                "details",
                "market_claims",
                position,
                ja=f"{position + 1}番目の市場での地位が、輸出額・シェア・順位の指標"
                "（単位・基準値・目標値・出典のあるもの）で示されていません",
                en=f"market claim {position + 1} has no numbers: it refers to no "
                "indicator of exports, share or rank with unit, baseline, target "
                "and source",
                hint="indicator: IN-1",
            )


@rule(
    "B-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="共同利用・共同事業か、サプライチェーンの補完の施策がある",
    why="個々の企業への補助だけでは、補助が終わると産地に残るものがありません。"
    "共同の設備や補われた工程は、次に来る企業も使えます",
    source=policy_text(
        "施設等の共同利用・共同事業による効率化やサプライチェーン上の機能で地域にないものを補完"
    ),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/{n}/collective": [] for n in (0, 1, 4)},
            good={f"{_MEASURES}/{n}/collective": [] for n in (1, 4)},
            near_miss={f"{_MEASURES}/{n}/collective": [] for n in (0, 4)},
            pointer=_MEASURES,
        )
    ],
)
def collective_measure(context: CheckContext) -> Iterator[Finding]:
    """A measure serves the industry together, not one firm.

    When subsidies to single firms end, nothing of them stays with the industry. A
    shared plant, or a process that was missing, is there for the next firm too.
    """
    measures = context.plan.measures
    if measures and not any(m.is_collective for m in measures):
        yield context.finding(
            "policy_means",
            "measures",
            ja="施設の共同利用、共同事業、サプライチェーンの補完のいずれの施策も"
            "ありません（collective に種類を書いた施策が一つもありません）",
            en="no measure is a joint facility, a joint project or fills a gap in the "
            "supply chain: none names its sort in `collective`",
            hint=f"collective: [{' / '.join(kind.value for kind in CollectiveKind)}]",
        )


@rule(
    "B-05",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="共同の施策は都道府県の部署が担当する",
    why="組合や団体に任せきりにすると、担い手の交代や資金の不足が起きたときに決める人が"
    "おらず、施策が止まります。担当が分かれば、相談と報告の相手も決まります",
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
            near_miss={
                f"{_MEASURES}/0/five_w1h/responsible_department": {
                    "organization": "新潟県",
                    "unit": "共同施設課",
                }
            },
            pointer=f"{_MEASURES}/0/five_w1h/responsible_department",
        )
    ],
)
def prefecture_responsible(context: CheckContext) -> Iterator[Finding]:
    """A collective measure has a unit of the prefecture, or of the lead, in charge.

    Left to an association alone, a measure stops when its people change or money runs
    short, for nobody is there to decide. A unit in charge is also whom to report to.
    """
    names = _leading_bodies(context)
    lead = context.plan.lead.code if context.plan.lead else "150002"
    for path, measure in numbered_measures(context):
        department = measure.five_w1h.responsible_department
        body = plain(department.organization) if department else ""
        is_wrong_code = body.isdecimal() and not is_area_code(body)
        if measure.is_collective and body and not is_wrong_code and body not in names:
            yield context.finding(
                *path,
                "five_w1h",
                "responsible_department",
                ja=f"共同の施策「{measure.title}」の担当（{body}）が都道府県の部署では"
                "ありません。実際に行う組織を書くところは delivery_body です",
                en=f"collective measure {measure.id} is in the charge of {body!r}, not "
                "of the prefecture; who only delivers it belongs in `delivery_body`",
                hint=f'responsible_department: {{organization: "{lead}", '
                "unit: 産業労働部 産業立地課}",
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
