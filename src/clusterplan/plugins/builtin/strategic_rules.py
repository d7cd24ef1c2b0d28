"""Rules on strategic cluster plans (A)."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.measures import Measure
from ...core.venues import PANEL_MEMBER_KINDS, Venue
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .measures import common_category, numbered_measures
from .policy import STRATEGIC, policy_text
from .wording import plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-99)

_MEASURES = "/policy_means/measures"
_SUPPORTING = frozenset(
    Key(kind) for kind in ("ministry", "meti", "cabinet_secretariat")
)
_KIND_NAMES = {
    "local_branch_office_of_state": "管内地方支分部局",
    "prefecture": "都道府県",
    "municipality": "市町村",
    "economic_organization": "経済団体",
    "private_company": "民間企業",
    "university": "大学",
    "research_institute": "研究機関",
    "financial_institution": "金融機関",
}


@rule(
    "A-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="17の戦略分野のうち少なくとも一つに関連する",
    source=policy_text("成長戦略における17の戦略分野に関連する"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/fields": ["automobiles"]},
            good={"/fields": ["ai_semiconductors", "materials"]},
            pointer="/fields",
        )
    ],
)
def strategic_field(context: CheckContext) -> Iterator[Finding]:
    """The plan is tied to at least one of the 17 strategic fields."""
    known = context.reference.strategic_fields
    if not any(key in known for key in context.plan.fields):
        given = ", ".join(context.plan.fields) or "-"
        yield context.finding(
            "fields",
            ja=f"戦略分野（17分野）が一つも示されていません（記載：{given}）",
            en=f"none of the 17 strategic fields is named (given: {given})",
            hint=", ".join(known),
        )


@rule(
    "A-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="関連インフラの施策に場所と所管省庁がある",
    source=policy_text("道路、工業用水等の関連インフラの整備"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                f"{_MEASURES}/0/infrastructure": [],
                f"{_MEASURES}/1/infrastructure": [],
            },
            good={f"{_MEASURES}/0/infrastructure": ["port"]},
            pointer=_MEASURES,
        ),
        Example(
            plan_type=STRATEGIC,
            bad={f"{_MEASURES}/1/areas": [], f"{_MEASURES}/1/state_support": []},
            good={
                f"{_MEASURES}/1/state_support": [],
                f"{_MEASURES}/1/reporter": {"kind": "ministry", "code": "meti"},
            },
            pointer=f"{_MEASURES}/1",
        ),
    ],
)
def infrastructure(context: CheckContext) -> Iterator[Finding]:
    """Related infrastructure is planned, with its place and the ministry that leads."""
    found = [(p, m) for p, m in numbered_measures(context) if m.infrastructure]
    if context.plan.measures and not found:
        yield context.finding(
            "policy_means",
            "measures",
            ja="道路・工業用水等の関連インフラの施策がありません。"
            "施策を加え、infrastructure に種類を書いてください",
            en="no measure builds related infrastructure; add one and name its sort in "
            "`infrastructure`",
            hint="infrastructure: [industrial_water]",
        )
    for path, measure in found:
        place = None if measure.areas else ("実施地域", "its place")
        ministry = None if _ministry_named(measure) else ("所管省庁", "a lead ministry")
        lacking = [given for given in (place, ministry) if given]
        if lacking:
            yield context.finding(
                *path,
                ja=f"インフラの施策「{measure.title}」に"
                f"{'・'.join(ja for ja, _ in lacking)}がありません",
                en=f"infrastructure measure {measure.id} does not name "
                f"{' and '.join(en for _, en in lacking)}",
                hint='areas: ["434043"], state_support: '
                "[{programme: regional_future_grant, ministry: mlit}]",
            )


def _ministry_named(measure: Measure) -> bool:
    reports = measure.reporter is not None and measure.reporter.kind in _SUPPORTING
    return reports or any(support.ministry for support in measure.state_support)


@rule(
    "A-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="産業人材の育成の施策がある",
    source=policy_text("産業人材の育成をはじめとする事業環境の整備"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                f"{_MEASURES}/2/category": "a_infrastructure_hubs",
                f"{_MEASURES}/3/category": "a_infrastructure_hubs",
                "/missing_categories": [
                    {"category": key, "reason": "他の計画の中で取り組んでいる"}
                    for key in (
                        "a_corporate_investment",
                        "a_regulatory_reform",
                        "a_human_resources",
                    )
                ],
            },
            good={f"{_MEASURES}/2/category": "a_human_resources"},
            pointer=_MEASURES,
        )
    ],
)
def human_resources(context: CheckContext) -> Iterator[Finding]:
    """The plan has a measure for industrial human resources."""
    measures = context.plan.measures
    kinds = {common_category(context, measure) for measure in measures}
    if measures and "human_resources" not in kinds:
        yield context.finding(
            "policy_means",
            "measures",
            ja="産業人材の育成の施策がありません。"
            "必要な人材を育てる施策を加えてください",
            en="no measure trains people for the industry; add one",
            hint="category: a_human_resources",
        )


@rule(
    "A-05",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="我が国経済全体へのインパクトが示されている",
    source=policy_text("我が国経済全体の成長に貢献することを目指す"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/path/impacts/0/scope": "regional"},
            good={"/path/impacts/0/text": "部材の国内供給比率を12%から30%にする"},
            pointer="/path/impacts",
        )
    ],
)
def national_impact(context: CheckContext) -> Iterator[Finding]:
    """An impact of national scope is stated besides the regional ones."""
    impacts = context.plan.path.impacts if context.plan.path else ()
    national = (i for i in impacts if i.scope == "national")
    if impacts and not any(i.indicator or plain(i.text) for i in national):
        yield context.finding(
            "path",
            "impacts",
            ja="我が国経済全体へのインパクトが示されていません。地域の効果とは別に、"
            "国全体への効果を範囲 national で書いてください",
            en="no impact on the national economy is stated; write one with the scope "
            "`national` besides the regional ones",
            hint="{id: IM-1, scope: national, indicator: IN-1}",
        )


@rule(
    "A-06",
    severity=Severity.ERROR,
    gate=Gate.SUBMIT,
    applies_to=[STRATEGIC],
    title="素案に地域・分野・課題・政策ニーズがある",
    source=policy_text("クラスター形成が望まれる地域・分野を特定"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/policy_means/challenges/0/needs": []},
            good={"/policy_means/challenges/0/needs": ["工業用水道の延伸"]},
            pointer="/policy_means/challenges/0/needs",
        )
    ],
)
def draft(context: CheckContext) -> Iterator[Finding]:
    """The draft names region and field, and challenges with what policy they need."""
    plan = context.plan
    if not plan.region:
        yield context.finding(
            "region",
            ja="クラスター形成が望まれる地域が特定されていません",
            en="the region where the cluster is wanted is not named",
            hint='["430005", "410004"]',
        )
    if not plan.fields:
        yield context.finding(
            "fields",
            ja="クラスター形成が望まれる分野が特定されていません",
            en="the field in which the cluster is wanted is not named",
            hint="[ai_semiconductors]",
        )
    if not plan.challenges:
        yield context.finding(
            "policy_means",
            "challenges",
            ja="クラスター形成に向けた課題が書かれていません",
            en="no challenge on the way to the cluster is written",
        )
    for position, challenge in enumerate(plan.challenges):
        if not any(map(plain, challenge.needs)):
            yield context.finding(
                "policy_means",
                "challenges",
                position,
                "needs",
                ja=f"課題 {challenge.id} に政策ニーズがありません。"
                "政策に何を求めるかを書いてください",
                en=f"challenge {challenge.id} names no policy need; say what is wanted "
                "from policy",
                hint="[工業用水道の延伸]",
            )


@rule(
    "A-07",
    severity=Severity.WARNING,
    gate=Gate.SUBMIT,
    applies_to=[STRATEGIC],
    title="有識者検討会に八つの区分の構成員か、不在の理由がある",
    source=policy_text(
        "管内地方支分部局、都道府県、市町村、経済団体、民間企業、大学、研究機関、"
        "金融機関等で構成"
    ),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/venues/0/absent": []},
            good={
                "/venues/0/absent": [],
                "/venues/0/members/0/kind": "research_institute",
            },
            pointer="/venues/0/members",
        )
    ],
)
def panel(context: CheckContext) -> Iterator[Finding]:
    """The expert panel has each of eight kinds of member, or says why not."""
    panels = [(p, v) for p, v in enumerate(context.plan.venues) if v.kind == "panel"]
    if not panels:
        yield context.finding(
            "venues",
            ja="有識者検討会がありません。種別 panel の検討の場を書いてください",
            en="there is no expert panel; add a venue of the kind `panel`",
            hint="{id: V-1, kind: panel, title: 有識者検討会, members: [...]}",
        )
    elif all(_missing_kinds(venue) for _, venue in panels):
        position, venue = panels[0]
        missing = _missing_kinds(venue)
        yield context.finding(
            "venues",
            position,
            "members",
            ja=f"「{venue.title}」に{'・'.join(_KIND_NAMES[k] for k in missing)}が"
            "いません。構成員に加えるか、absent に理由を書いてください",
            en=f"the panel {venue.id} lacks {', '.join(missing)}; add members, or say "
            "in `absent` why there are none",
            hint=f"absent: [{{kind: {missing[0]}, reason: 域内にない}}]",
        )


def _missing_kinds(venue: Venue) -> list[Key]:
    explained = {a.kind for a in venue.absent if plain(a.reason)}
    there = explained | {member.kind for member in venue.members}
    return [kind for kind in PANEL_MEMBER_KINDS if kind not in there]


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on the text of plan type A."""
    return (
        strategic_field,
        infrastructure,
        human_resources,
        national_impact,
        draft,
        panel,
    )
