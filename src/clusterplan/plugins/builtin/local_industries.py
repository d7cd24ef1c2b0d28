"""Rules on the industries of local industry growth plans (C), and where they are."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.actors import PREFECTURE
from ...core.areas import AreaKind
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.measures import Measure
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .local_rules import details_of, is_about
from .policy import LOCAL, policy_text
from .wording import has_word, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-78)

_INDUSTRY = "/details/industries/0"
_SECOND = "/policy_means/measures/1"
_CRAFTS, _TOURISM, _OTHER = Key("traditional_crafts"), Key("tourism"), Key("other")
_INDUSTRIES = (
    *(Key("primary"), _TOURISM, Key("sports"), _CRAFTS),
    *(Key("parts_processing"), _OTHER),
)
_SUCCESSION_TAGS = ("succession", "skill_preservation")
_SUCCESSION_WORDS = ("後継", "継承", "承継", "伝承", "養成", "succession")
_SPENDING_FAMILIES = ("tourism_spending", "visitor_spending")
_SPENDING_WORDS = ("消費", "支出", "客単価", "spending")


def _has_industry(context: CheckContext, kind: Key) -> bool:
    return any(i.kind == kind for i in details_of(context).industries)


@rule(
    "C-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="地場産業が五つの例示のいずれかか、名称のあるその他である",
    why="どの産業のプランかが分からないと、似た産地の取組と比べることも、その産業に合う"
    "支援を紹介することもできません",
    source=policy_text(
        "農林水産業、観光業、スポーツ産業、伝統的工芸品製造業、部品加工業等"
    ),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={_INDUSTRY: {"kind": "other"}},
            good={_INDUSTRY: {"kind": "other", "title": "酒類製造業"}},
            near_miss={_INDUSTRY: {"kind": "traditional_crafts"}},
            pointer=_INDUSTRY,
        )
    ],
)
def industry(context: CheckContext) -> Iterator[Finding]:
    """The industry is one of the five that are listed, or another with a name.

    Where it is open which industry the plan is for, nobody can compare it with places
    like it, or point it to the support that fits.
    """
    industries = details_of(context).industries
    if not industries:
        yield context.finding(
            "details",
            "industries",
            ja="対象とする地場産業が書かれていません",
            en="no local industry is named",
            hint=f"industries: [{{kind: {' / '.join(_INDUSTRIES)}, title: 漆器}}]",
        )
    for position, each in enumerate(industries):
        title = each.title if plain(each.title) else None
        if each.kind not in _INDUSTRIES or (each.kind == _OTHER and not title):
            yield context.finding(
                "details",
                "industries",
                position,
                ja=f"地場産業の種類「{each.kind}」は例示になく、その他（other）としての"
                "産業名もありません",
                en=f"the industry {each.kind!r} is none of those listed, and not "
                "`other` with a name",
                hint=f"{{kind: other, title: {title or '酒類製造業'}}}",
            )


@rule(
    "C-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="都道府県のプランは対象の市町村を示している",
    why="市町村が書かれていないと、役場は自分の地域のプランだと気付かず、窓口も協力する"
    "人も決まらないまま始まってしまいます",
    source=policy_text("市町村又は都道府県がその地域に根差す"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                "/lead": {"kind": "prefecture", "code": "170003"},
                "/region": ["170003"],
            },
            good={"/lead": {"kind": "prefecture", "code": "170003"}},
            near_miss={
                "/lead": {"kind": "prefecture", "code": "170003"},
                "/region": ["170003", "172049"],
            },
            pointer="/region",
        )
    ],
)
def municipalities(context: CheckContext) -> Iterator[Finding]:
    """A plan that a prefecture leads names the municipalities that it covers.

    A town hall that is not named does not know the plan is for its people, and the
    work begins without anybody there to turn to.
    """
    plan = context.plan
    if plan.lead is None or plan.lead.kind != PREFECTURE:
        return
    areas = (context.reference.areas.get(code) for code in plan.region)
    if not any(area and area.kind is not AreaKind.PREFECTURE for area in areas):
        yield context.finding(
            "region",
            ja="都道府県のプランですが、対象地域に、地場産業のある市町村が"
            "示されていません",
            en="the region of this plan of a prefecture names no municipality where "
            "the industry is",
            hint='region: ["172049"]',
        )


@rule(
    "C-07",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[LOCAL],
    title="伝統的工芸品のプランに後継者か技術の保存の施策がある",
    why="販路が広がっても、作れる人が途切れれば注文に応えられません。一度失われた"
    "技術は、後から予算を付けても戻りません",
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
            near_miss={
                f"{_SECOND}/tags": [],
                f"{_SECOND}/title": "木工の体験講座",
                f"{_SECOND}/five_w1h/content": "若手に木地の技を伝承する講座を開く。",
            },
            pointer="/policy_means/measures",
        )
    ],
)
def succession(context: CheckContext) -> Iterator[Finding]:
    """A plan for crafts has a measure for successors or for keeping the skill.

    New customers are of no use when nobody is left to make the goods, and a skill that
    is lost does not come back with a later budget.
    """
    measures = context.plan.measures
    if not measures or not _has_industry(context, _CRAFTS):
        return
    if not any(map(_passes_on, measures)):
        yield context.finding(
            "policy_means",
            "measures",
            ja="伝統的工芸品のプランですが、後継者の育成や技術の保存の施策と"
            "分かるものがありません",
            en="no measure of this plan for crafts is seen to find successors or to "
            "keep the skill",
            hint="- {id: M-09, title: 木地職人の養成, tags: [succession], ...} / "
            "tags: [skill_preservation]",
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
    why="来訪者が増えても、素通りされては地元に混雑しか残りません。消費を測っていれば、"
    "泊まる・買う・体験する工夫が効いたかどうかが分かります",
    source=policy_text("地域で観光消費を拡大させる"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={_INDUSTRY: {"kind": "tourism", "title": "漆器の里の観光業"}},
            good={
                _INDUSTRY: {"kind": "tourism", "title": "漆器の里の観光業"},
                "/indicators/0/family": "visitor_spending",
            },
            near_miss={
                _INDUSTRY: {"kind": "tourism", "title": "漆器の里の観光業"},
                "/indicators/1/title": "工房を訪れた人の客単価",
            },
            pointer="/indicators",
        )
    ],
)
def spending(context: CheckContext) -> Iterator[Finding]:
    """A plan for tourism measures spending, not only visitors.

    Visitors who only pass through leave nothing but crowds. Where spending is
    measured, it shows whether what they can stay for, buy or try has worked.
    """
    indicators = context.plan.indicators
    measured = any(is_about(i, _SPENDING_FAMILIES, _SPENDING_WORDS) for i in indicators)
    if _has_industry(context, _TOURISM) and not measured:
        yield context.finding(
            "indicators",
            ja="観光のプランですが、観光消費についての指標がありません",
            en="no indicator of this plan for tourism is about spending",
            hint="- {id: IN-9, title: 来訪者一人あたりの消費額, unit: 円, "
            "family: visitor_spending, ...}",
        )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on industries."""
    return (industry, municipalities, succession, spending)
