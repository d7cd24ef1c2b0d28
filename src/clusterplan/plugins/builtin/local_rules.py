"""Rules on local industry growth plans (C)."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.actors import PREFECTURE
from ...core.areas import AreaKind
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.indicators import Indicator, MarketScope
from ...core.measures import Measure
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .local import LocalIndustryGrowthDetails
from .policy import LOCAL, policy_text
from .wording import has_word, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-79)

_RESOURCE = "/details/local_resources"
_INDUSTRY = "/details/industries/0"
_SECOND = "/policy_means/measures/1"
_CRAFTS, _TOURISM, _OTHER = Key("traditional_crafts"), Key("tourism"), Key("other")
_INDUSTRIES = (
    *(Key("primary"), _TOURISM, Key("sports"), _CRAFTS),
    *(Key("parts_processing"), _OTHER),
)
_VALUE_FAMILIES = ("value_added", "sales_channels", "export")
_VALUE_WORDS = ("付加価値", "販路", "新規取引", "取引先", "輸出", "value added")
_OUTSIDE_FAMILIES = ("export", "outside_sales", "inbound")
_OUTSIDE_WORDS = (
    *("域外", "県外", "市外", "国外", "海外", "輸出", "訪日", "インバウンド"),
    *("outside the region", "abroad", "export"),
)
_SUCCESSION_TAGS = ("succession", "skill_preservation")
_SUCCESSION_WORDS = ("後継", "継承", "承継", "伝承", "養成", "succession")
_SPENDING_FAMILIES = ("tourism_spending", "visitor_spending")
_SPENDING_WORDS = ("消費", "支出", "客単価", "spending")


def _details(context: CheckContext) -> LocalIndustryGrowthDetails:
    details = context.plan.details
    if isinstance(details, LocalIndustryGrowthDetails):
        return details
    return LocalIndustryGrowthDetails()


def _is_about(
    indicator: Indicator, families: tuple[str, ...], words: tuple[str, ...]
) -> bool:
    return indicator.family in families or has_word(indicator.title, words)


def _has_industry(context: CheckContext, kind: Key) -> bool:
    return any(i.kind == kind for i in _details(context).industries)


@rule(
    "C-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="地域資源が種類と場所とともに示されている",
    source=policy_text("地域資源を活用し、付加価値の創出"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={_RESOURCE: []},
            good={f"{_RESOURCE}/0/kind": "specialty_product"},
            pointer=_RESOURCE,
        ),
        Example(
            plan_type=LOCAL,
            bad={f"{_RESOURCE}/0/area": None},
            good={f"{_RESOURCE}/0/area": "172049"},
            pointer=f"{_RESOURCE}/0/area",
        ),
    ],
)
def local_resource(context: CheckContext) -> Iterator[Finding]:
    """The plan names a local resource, with its kind and the place it belongs to."""
    found = _details(context).local_resources
    if not found:
        yield context.finding(
            "details",
            "local_resources",
            ja="活用する地域資源が示されていません。種類・名称・所在地を書いてください",
            en="no local resource is named; give its kind, name and place",
            hint='[{kind: specialty_product, title: 漆器, area: "172049"}]',
        )
    for position, resource in enumerate(found):
        if not resource.area:
            yield context.finding(
                "details",
                "local_resources",
                position,
                "area",
                ja=f"地域資源「{resource.title}」の所在地がありません",
                en=f"the local resource {resource.title!r} has no place",
                hint='area: "172049"',
            )


@rule(
    "C-02",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="地域資源が認知されている根拠がある",
    source="論点メモ「特産物として相当程度認識されている」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_RESOURCE}/0/recognition": []},
            good={f"{_RESOURCE}/0/recognition": ["認知度調査41%（2024年度）"]},
            pointer=f"{_RESOURCE}/0/recognition",
        )
    ],
)
def recognition(context: CheckContext) -> Iterator[Finding]:
    """A local resource tells by what it is seen to be known."""
    for position, resource in enumerate(_details(context).local_resources):
        if not any(map(plain, resource.recognition)):
            yield context.finding(
                "details",
                "local_resources",
                position,
                "recognition",
                ja=f"地域資源「{resource.title}」が認知されている根拠がありません。"
                "指定、調査、販売の実績などを書いてください",
                en=f"nothing shows that the local resource {resource.title!r} is known; "
                "name a designation, a survey or sales",
                hint="[伝統的工芸品の指定, 認知度調査41%]",
            )


@rule(
    "C-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="付加価値か販路についての指標がある",
    source=policy_text("付加価値向上や販路拡大を目指す"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                "/indicators/0/family": "shipments",
                "/indicators/1/family": "income",
                "/indicators/1/title": "職人一人あたりの所得",
            },
            good={"/indicators/1/family": "income"},
            pointer="/indicators",
        )
    ],
)
def value_or_channels(context: CheckContext) -> Iterator[Finding]:
    """An indicator is about value added or sales channels."""
    indicators = context.plan.indicators
    if not any(_is_about(i, _VALUE_FAMILIES, _VALUE_WORDS) for i in indicators):
        yield context.finding(
            "indicators",
            ja="付加価値か販路についての指標がありません。"
            "一人あたり付加価値額や新しい取引先の数などを加えてください",
            en="no indicator is about value added or sales channels; add one, such as "
            "value added per worker or new customers",
            hint="family: value_added / family: sales_channels",
        )


@rule(
    "C-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="域外・海外の需要についての指標か記述がある",
    source=policy_text("域外・海外需要の獲得"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                "/indicators/0/market": "local",
                "/indicators/0/title": "直売所での新規取引の比率",
                "/goal/vision": "市内の食卓で選ばれる産地になる。",
                "/path/impacts/0/text": "直売所の比率を20%から35%にする",
            },
            good={
                "/indicators/0/market": "local",
                "/indicators/0/title": "直売所での新規取引の比率",
                "/path/impacts/0/text": "直売所の比率を20%から35%にする",
            },
            pointer="/indicators",
        )
    ],
)
def outside_demand(context: CheckContext) -> Iterator[Finding]:
    """An indicator or a statement is about demand from outside the region or abroad."""
    stated = any(has_word(text, _OUTSIDE_WORDS) for text in _statements(context))
    if not stated and not any(map(_is_outside, context.plan.indicators)):
        yield context.finding(
            "indicators",
            ja="域外や海外の需要をどう獲得するのかが、指標にも記述にもありません。"
            "県外・海外への売上などの指標か、目指す姿の記述を加えてください",
            en="neither an indicator nor the text tells of demand from outside the "
            "region or abroad; add an indicator, or write it into the vision",
            hint="market: world",
        )


def _statements(context: CheckContext) -> Iterator[str | None]:
    plan = context.plan
    if plan.goal:
        yield plan.goal.vision
    if plan.path:
        yield plan.path.winning_path
        yield from (impact.text for impact in plan.path.impacts)


def _is_outside(indicator: Indicator) -> bool:
    is_wide = indicator.market in (MarketScope.NATIONAL, MarketScope.WORLD)
    return is_wide or _is_about(indicator, _OUTSIDE_FAMILIES, _OUTSIDE_WORDS)


@rule(
    "C-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="地場産業が五つの例示のいずれかか、名称のあるその他である",
    source=policy_text(
        "農林水産業、観光業、スポーツ産業、伝統的工芸品製造業、部品加工業等"
    ),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={_INDUSTRY: {"kind": "other"}},
            good={_INDUSTRY: {"kind": "other", "title": "酒類製造業"}},
            pointer=_INDUSTRY,
        )
    ],
)
def industry(context: CheckContext) -> Iterator[Finding]:
    """The industry is one of the five that are listed, or another with a name."""
    industries = _details(context).industries
    if not industries:
        yield context.finding(
            "details",
            "industries",
            ja="対象とする地場産業が書かれていません",
            en="no local industry is named",
            hint=", ".join(_INDUSTRIES),
        )
    for position, each in enumerate(industries):
        is_nameless = each.kind == _OTHER and not plain(each.title)
        if each.kind not in _INDUSTRIES or is_nameless:
            yield context.finding(
                "details",
                "industries",
                position,
                ja=f"地場産業の種類「{each.kind}」は例示になく、その他としての産業名も"
                "ありません。種類を other とし、産業名を書いてください",
                en=f"the industry {each.kind!r} is none of those listed, and not "
                "another with a name; write `other` and its name",
                hint="{kind: other, title: 酒類製造業}",
            )


@rule(
    "C-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="都道府県のプランは対象の市町村を示している",
    source=policy_text("市町村又は都道府県がその地域に根差す"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                "/lead": {"kind": "prefecture", "code": "170003"},
                "/region": ["170003"],
            },
            good={"/lead": {"kind": "prefecture", "code": "170003"}},
            pointer="/region",
        )
    ],
)
def municipalities(context: CheckContext) -> Iterator[Finding]:
    """A plan that a prefecture leads names the municipalities that it covers."""
    plan = context.plan
    if plan.lead is None or plan.lead.kind != PREFECTURE:
        return
    areas = (context.reference.areas.get(code) for code in plan.region)
    if not any(area and area.kind is not AreaKind.PREFECTURE for area in areas):
        yield context.finding(
            "region",
            ja="都道府県のプランですが、対象の市町村が示されていません。"
            "地場産業のある市町村を対象地域に書いてください",
            en="the plan of a prefecture names no municipality; add those where the "
            "industry is to the region",
            hint='["172049"]',
        )


@rule(
    "C-07",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="伝統的工芸品のプランに後継者か技術の保存の施策がある",
    source="論点メモ「技術の保存伝承支援」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                f"{_SECOND}/tags": [],
                f"{_SECOND}/title": "木工の体験講座",
                f"{_SECOND}/five_w1h/content": "市民向けの木工の体験講座を年6回開く。",
            },
            good={f"{_SECOND}/tags": ["skill_preservation"]},
            pointer="/policy_means/measures",
        )
    ],
)
def succession(context: CheckContext) -> Iterator[Finding]:
    """A plan for crafts has a measure for successors or for keeping the skill."""
    measures = context.plan.measures
    if not measures or not _has_industry(context, _CRAFTS):
        return
    if not any(map(_passes_on, measures)):
        yield context.finding(
            "policy_means",
            "measures",
            ja="伝統的工芸品のプランですが、後継者の育成や技術の保存の施策がありません。"
            "該当する施策があれば tags に succession を書いてください",
            en="no measure of this plan for crafts finds successors or keeps the skill; "
            "add one, or tag the measure that does with `succession`",
            hint="tags: [succession]",
        )


def _passes_on(measure: Measure) -> bool:
    texts = (measure.title, measure.five_w1h.content)
    is_tagged = any(tag in _SUCCESSION_TAGS for tag in measure.tags)
    return is_tagged or any(has_word(text, _SUCCESSION_WORDS) for text in texts)


@rule(
    "C-08",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="観光のプランは来訪者数だけでなく消費を測っている",
    source=policy_text("地域で観光消費を拡大させる"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={_INDUSTRY: {"kind": "tourism", "title": "漆器の里の観光業"}},
            good={
                _INDUSTRY: {"kind": "tourism", "title": "漆器の里の観光業"},
                "/indicators/0/family": "visitor_spending",
            },
            pointer="/indicators",
        )
    ],
)
def spending(context: CheckContext) -> Iterator[Finding]:
    """A plan for tourism measures spending, not only visitors."""
    indicators = context.plan.indicators
    measured = any(
        _is_about(i, _SPENDING_FAMILIES, _SPENDING_WORDS) for i in indicators
    )
    if _has_industry(context, _TOURISM) and not measured:
        yield context.finding(
            "indicators",
            ja="観光のプランですが、観光消費についての指標がありません。"
            "来訪者一人あたりの消費額などを加えてください",
            en="no indicator of this plan for tourism is about spending; add one, such "
            "as spending per visitor",
            hint="family: visitor_spending",
        )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules of plan type C."""
    return (
        local_resource,
        recognition,
        value_or_channels,
        outside_demand,
        industry,
        municipalities,
        succession,
        spending,
    )
