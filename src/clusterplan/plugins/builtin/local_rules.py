"""Rules on the resources of local industry growth plans (C), and what they earn."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.indicators import Indicator, MarketScope
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .local import LocalIndustryGrowthDetails
from .policy import LOCAL, policy_text
from .wording import has_word, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-79)

_RESOURCE = "/details/local_resources"
_VALUE_FAMILIES = ("value_added", "sales_channels", "export")
_VALUE_WORDS = ("付加価値", "販路", "新規取引", "取引先", "輸出", "value added")
_OUTSIDE_FAMILIES = ("export", "outside_sales", "inbound")
_OUTSIDE_WORDS = (
    *("域外", "県外", "市外", "国外", "海外", "輸出", "訪日", "インバウンド"),
    *("outside the region", "abroad", "export"),
)


def details_of(context: CheckContext) -> LocalIndustryGrowthDetails:
    """Return what the type adds to the plan, empty where it is not written."""
    details = context.plan.details
    if isinstance(details, LocalIndustryGrowthDetails):
        return details
    return LocalIndustryGrowthDetails()


def is_about(
    indicator: Indicator, families: tuple[str, ...], words: tuple[str, ...]
) -> bool:
    """Tell whether *indicator* is of one of *families*, or names one of *words*."""
    return indicator.family in families or has_word(indicator.title, words)


@rule(
    "C-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="地域資源が種類と場所とともに示されている",
    why="何を種に育てるのかがぼやけていると、ほかの産地との違いを語れません。所在地が"
    "分からないと、どの市町村と相談すればよいのかも決まりません",
    source=policy_text("地域資源を活用し、付加価値の創出"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={_RESOURCE: []},
            good={f"{_RESOURCE}/0/kind": "specialty_product"},
            near_miss={
                _RESOURCE: [
                    {
                        "kind": "tourism_resource",
                        "title": "漆器の町並み",
                        "area": "172049",
                        "recognition": ["年間の来訪者8万人（2024年度、架空）"],
                    }
                ]
            },
            pointer=_RESOURCE,
        ),
        Example(
            plan_type=LOCAL,
            bad={f"{_RESOURCE}/0/area": None},
            good={f"{_RESOURCE}/0/area": "172049"},
            near_miss={f"{_RESOURCE}/0/area": "170003"},
            pointer=f"{_RESOURCE}/0/area",
        ),
    ],
)
def local_resource(context: CheckContext) -> Iterator[Finding]:
    """The plan names a local resource, with its kind and the place it belongs to.

    While it is vague what the plan grows from, nobody can say how the place differs
    from others; without a place nobody knows which municipality to talk to.
    """
    found = details_of(context).local_resources
    if not found:
        yield context.finding(
            "details",
            "local_resources",
            ja="活用する地域資源が示されていません",
            en="no local resource is named that the plan makes use of",
            hint="local_resources: [{kind: specialty_product, title: 漆器, "
            'area: "172049"}]',
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
    why="知られているつもりで売り込みを始めると、相手が知らないことに後から気付きます。"
    "根拠があれば、まず誰に知ってもらうかを決められます",
    source="論点メモ「特産物として相当程度認識されている」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_RESOURCE}/0/recognition": []},
            good={f"{_RESOURCE}/0/recognition": ["認知度調査41%（2024年度）"]},
            near_miss={f"{_RESOURCE}/0/recognition": ["", "出荷額18億円（架空）"]},
            pointer=f"{_RESOURCE}/0/recognition",
        )
    ],
)
def recognition(context: CheckContext) -> Iterator[Finding]:
    """A local resource tells by what it is seen to be known.

    Who only believes that it is known finds out while selling that it is not. With
    evidence one can decide who should get to know it first.
    """
    for position, resource in enumerate(details_of(context).local_resources):
        if not any(map(plain, resource.recognition)):
            yield context.finding(
                "details",
                "local_resources",
                position,
                "recognition",
                ja=f"地域資源「{resource.title}」が認知されている根拠（指定、調査、"
                "販売の実績など）がありません",
                en=f"nothing shows that the local resource {resource.title!r} is known, "
                "such as a designation, a survey or sales",
                hint="recognition: [伝統的工芸品の指定, 認知度調査41%（2024年度）]",
            )


@rule(
    "C-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="付加価値か販路についての指標がある",
    why="催しの回数や人数だけを追っていると、忙しくなっても手取りが増えないことに"
    "気付けません。稼ぎや取引先の数字があれば、途中で手を変えられます",
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
            near_miss={
                "/indicators/0/family": "shipments",
                "/indicators/1/family": "income",
            },
            pointer="/indicators",
        )
    ],
)
def value_or_channels(context: CheckContext) -> Iterator[Finding]:
    """An indicator is about value added or sales channels.

    Who counts only events and people does not notice that all are busy and nobody
    earns more. With numbers on earnings or customers the course can be changed.
    """
    indicators = context.plan.indicators
    if not any(is_about(i, _VALUE_FAMILIES, _VALUE_WORDS) for i in indicators):
        yield context.finding(
            "indicators",
            ja="付加価値か販路についての指標がありません"
            "（一人あたり付加価値額、新しい取引先の数など）",
            en="no indicator is about value added or sales channels, such as value "
            "added per worker or new customers",
            hint="- {id: IN-9, title: 職人一人あたりの付加価値額, family: value_added, "
            "...} / family: sales_channels",
        )


@rule(
    "C-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="域外・海外の需要についての指標か記述がある",
    why="地元の需要だけを当てにすると、人口が減るにつれて売上も縮みます。外の誰に"
    "売るかを早く決めておかないと、製品も値付けも地元向けのままになります",
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
            near_miss={
                "/indicators/0/market": "local",
                "/indicators/0/title": "直売所での新規取引の比率",
                "/goal/vision": "市外の食卓で選ばれる産地になる。",
                "/path/impacts/0/text": "直売所の比率を20%から35%にする",
            },
            pointer="/indicators",
        )
    ],
)
def outside_demand(context: CheckContext) -> Iterator[Finding]:
    """An indicator or a statement is about demand from outside the region or abroad.

    Sales that rest on local demand shrink with the population. Unless it is decided
    early who outside is to buy, products and prices stay as they are for local people.
    """
    stated = any(has_word(text, _OUTSIDE_WORDS) for text in _statements(context))
    if not stated and not any(map(_is_outside, context.plan.indicators)):
        yield context.finding(
            "indicators",
            ja="域外や海外の需要をどう獲得するのかが、指標にも、目指す姿・勝ち筋・"
            "インパクトの記述にもありません",
            en="neither an indicator nor the vision, the winning path or an impact "
            "tells of demand from outside the region or abroad",
            hint="market: national / market: world / "
            "vision: 県外・海外の食器市場で選ばれる産地になる",
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
    return is_wide or is_about(indicator, _OUTSIDE_FAMILIES, _OUTSIDE_WORDS)


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on resources and on what is earned with them."""
    return (local_resource, recognition, value_or_channels, outside_demand)
