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
    why="どの戦略分野の計画かが読み取れないと、一緒に動くべき省庁や企業が自分の計画だと"
    "気付かず、分野別にまとめたときにも抜け落ちます",
    source=policy_text("成長戦略における17の戦略分野に関連する"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/fields": ["automobiles"]},
            good={"/fields": ["ai_semiconductors", "materials"]},
            near_miss={"/fields": ["automobiles", "ai_semiconductors"]},
            pointer="/fields",
        )
    ],
)
def strategic_field(context: CheckContext) -> Iterator[Finding]:
    """The plan is tied to at least one of the 17 strategic fields.

    Where nobody can read which field it belongs to, the ministries and firms that
    should join do not know it is theirs, and it drops out of every list by field.
    """
    known = context.reference.strategic_fields
    if not any(key in known for key in context.plan.fields):
        given = ", ".join(context.plan.fields) or "-"
        yield context.finding(
            "fields",
            ja=f"戦略分野（17分野）が一つも示されていません（記載：{given}）",
            en=f"none of the 17 strategic fields is named (given: {given})",
            hint=f"fields: [{' / '.join(known)}]",
        )


@rule(
    "A-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="関連インフラの施策に場所と所管省庁がある",
    why="場所と所管省庁が分からないと、工場が動くまでに道路や用水が間に合うかを誰にも"
    "確かめられず、遅れに気付くのが稼働の直前になります",
    source=policy_text("道路、工業用水等の関連インフラの整備"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                f"{_MEASURES}/0/infrastructure": [],
                f"{_MEASURES}/1/infrastructure": [],
            },
            good={f"{_MEASURES}/0/infrastructure": ["port"]},
            near_miss={f"{_MEASURES}/0/infrastructure": []},
            pointer=_MEASURES,
        ),
        Example(
            plan_type=STRATEGIC,
            bad={f"{_MEASURES}/1/areas": [], f"{_MEASURES}/1/state_support": []},
            good={
                f"{_MEASURES}/1/state_support": [],
                f"{_MEASURES}/1/reporter": {"kind": "ministry", "code": "meti"},
            },
            near_miss={
                f"{_MEASURES}/1/areas": ["430005"],
                f"{_MEASURES}/1/state_support": [
                    {"programme": "regional_future_grant"},
                    {"programme": "industrial_water_subsidy", "ministry": "meti"},
                ],
            },
            pointer=f"{_MEASURES}/1",
        ),
    ],
)
def infrastructure(context: CheckContext) -> Iterator[Finding]:
    """Related infrastructure is planned, with its place and the ministry that leads.

    Without them nobody can ask whether road and water will be there when the plant
    starts, and a delay is noticed only just before that.
    """
    found = [(p, m) for p, m in numbered_measures(context) if m.infrastructure]
    if context.plan.measures and not found:
        yield context.finding(
            "policy_means",
            "measures",
            ja="道路・工業用水等の関連インフラの施策がありません"
            "（infrastructure に種類を書いた施策が一つもありません）",
            en="no measure builds related infrastructure: none names a sort of it in "
            "`infrastructure`",
            hint="- {id: M-09, title: 工業用水道の延伸, "
            "category: a_infrastructure_hubs, infrastructure: [industrial_water], "
            'areas: ["434043"]}',
        )
    for path, measure in found:
        lacking = _lacks(measure)
        if lacking:
            ja, en, hint = zip(*lacking, strict=True)
            yield context.finding(
                *path,
                ja=f"インフラの施策「{measure.title}」に{'・'.join(ja)}がありません",
                en=f"infrastructure measure {measure.id} does not name "
                f"{' and '.join(en)}",
                hint=", ".join(hint),
            )


def _lacks(measure: Measure) -> list[tuple[str, str, str]]:
    """Return what is not named, in Japanese and English, and how it is written."""
    reports = measure.reporter is not None and measure.reporter.kind in _SUPPORTING
    lacking = []
    if not measure.areas:
        lacking.append(("実施地域", "its place", 'areas: ["434043"]'))
    if not reports and not any(s.ministry for s in measure.state_support):
        support = "state_support: [{programme: regional_future_grant, ministry: mlit}]"
        lacking.append(("所管省庁", "a lead ministry", support))
    return lacking


@rule(
    "A-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="産業人材の育成の施策がある",
    why="工場が建っても働く人がそろわなければ動きません。人を育てるには何年もかかり、"
    "着工してから考えたのでは間に合いません",
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
            near_miss={
                f"{_MEASURES}/2/category": "a_infrastructure_hubs",
                f"{_MEASURES}/3/category": "a_human_resources",
                "/missing_categories": [
                    {"category": key, "reason": "他の計画の中で取り組んでいる"}
                    for key in ("a_corporate_investment", "a_regulatory_reform")
                ],
            },
            pointer=_MEASURES,
        )
    ],
)
def human_resources(context: CheckContext) -> Iterator[Finding]:
    """The plan has a measure for industrial human resources.

    A finished plant stands still without people to run it, and to train them takes
    years: whoever begins when the building starts is too late.
    """
    measures = context.plan.measures
    kinds = {common_category(context, measure) for measure in measures}
    if measures and "human_resources" not in kinds:
        yield context.finding(
            "policy_means",
            "measures",
            ja="産業人材の育成の施策がありません"
            "（区分が a_human_resources の施策が一つもありません）",
            en="no measure trains people for the industry: none has the category "
            "`a_human_resources`",
            hint="- {id: M-09, title: 工程技術者の育成課程, "
            "category: a_human_resources, people: [PE-1]}",
        )


@rule(
    "A-05",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="我が国経済全体へのインパクトが示されている",
    why="地域の雇用や出荷額だけでは、国の計画として進める理由を説明できず、後になって"
    "国全体で何が変わったのかと聞かれても答えられません",
    source=policy_text("我が国経済全体の成長に貢献することを目指す"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/path/impacts/0/scope": "regional"},
            good={"/path/impacts/0/text": "部材の国内供給比率を12%から30%にする"},
            near_miss={"/path/impacts/0/indicator": None},
            pointer="/path/impacts",
        )
    ],
)
def national_impact(context: CheckContext) -> Iterator[Finding]:
    """An impact of national scope is stated besides the regional ones.

    With local jobs and shipments alone nobody can explain why this is a plan of the
    state, or answer later what has changed for the country.
    """
    impacts = context.plan.path.impacts if context.plan.path else ()
    national = (i for i in impacts if i.scope == "national")
    if impacts and not any(i.indicator or plain(i.text) for i in national):
        yield context.finding(
            "path",
            "impacts",
            ja="我が国経済全体へのインパクトが示されていません"
            "（範囲が national で、指標か文のある効果が一つもありません）",
            en="no impact on the national economy is stated: none with the scope "
            "`national` has an indicator or a text",
            hint="- {id: IM-9, scope: national, indicator: IN-1, "
            "text: 部材の国内供給比率を12%から30%にする}",
        )


@rule(
    "A-06",
    severity=Severity.ERROR,
    gate=Gate.SUBMIT,
    applies_to=[STRATEGIC],
    title="素案に地域・分野・課題・政策ニーズがある",
    why="素案のうちにそろっていないと、関係省庁は何を頼まれているのかが分からず、"
    "検討会の初回が聞き直しで終わってしまいます",
    source=policy_text("クラスター形成が望まれる地域・分野を特定"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/policy_means/challenges/0/needs": []},
            good={"/policy_means/challenges/0/needs": ["工業用水道の延伸"]},
            near_miss={"/policy_means/challenges/0/needs": ["", "用水の確保"]},
            pointer="/policy_means/challenges/0/needs",
        )
    ],
)
def draft(context: CheckContext) -> Iterator[Finding]:
    """The draft names region and field, and challenges with what policy they need.

    If they are missing, the ministries cannot tell what is asked of them, and the
    first meeting of the panel is spent on asking again.
    """
    plan = context.plan
    if not plan.region:
        yield context.finding(
            "region",
            ja="クラスター形成が望まれる地域が特定されていません",
            en="the region where the cluster is wanted is not named",
            hint='region: ["430005", "410004"]',
        )
    if not plan.fields:
        yield context.finding(
            "fields",
            ja="クラスター形成が望まれる分野が特定されていません",
            en="the field in which the cluster is wanted is not named",
            hint="fields: [ai_semiconductors]",
        )
    if not plan.challenges:
        yield context.finding(
            "policy_means",
            "challenges",
            ja="クラスター形成に向けた課題が書かれていません",
            en="no challenge on the way to the cluster is written",
            hint="challenges: [{id: CH-1, text: 工業用水が日量2万m3不足する, "
            "needs: [工業用水道の延伸]}]",
        )
    for position, challenge in enumerate(plan.challenges):
        if not any(map(plain, challenge.needs)):
            yield context.finding(
                "policy_means",
                "challenges",
                position,
                "needs",
                ja=f"課題 {challenge.id} に政策ニーズ（政策に求めること）がありません",
                en=f"challenge {challenge.id} names no policy need (what is wanted "
                "from policy)",
                hint="needs: [工業用水道の延伸]",
            )


@rule(
    "A-07",
    severity=Severity.WARNING,
    gate=Gate.SUBMIT,
    applies_to=[STRATEGIC],
    title="有識者検討会に八つの区分の構成員か、不在の理由がある",
    why="席のない立場からの意見は計画が固まった後に届き、手戻りになります。いない理由が"
    "書いてあれば、呼び忘れではないと誰にでも分かります",
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
            near_miss={"/venues/1/kind": "panel"},
            pointer="/venues/0/members",
        )
    ],
)
def panel(context: CheckContext) -> Iterator[Finding]:
    """The expert panel has each of eight kinds of member, or says why not.

    Who has no seat is heard when the plan is settled, and the work has to be done
    again. A stated reason shows everybody that nobody was forgotten.
    """
    panels = [(p, v) for p, v in enumerate(context.plan.venues) if v.kind == "panel"]
    if not panels:
        yield context.finding(
            "venues",
            ja="有識者検討会（種別が panel の検討の場）がありません",
            en="there is no expert panel, a venue of the kind `panel`",
            hint="- {id: V-9, kind: panel, title: 有識者検討会, "
            "members: [{kind: university, organization: 架空大学}, ...]}",
        )
    elif all(_missing_kinds(venue) for _, venue in panels):
        position, venue = panels[0]
        missing = _missing_kinds(venue)
        yield context.finding(
            "venues",
            position,
            "members",
            ja=f"「{venue.title}」に{'・'.join(_KIND_NAMES[k] for k in missing)}が"
            "おらず、いない理由も absent に書かれていません",
            en=f"the panel {venue.id} lacks {', '.join(missing)}, and `absent` does "
            "not say why",
            hint=f"- {{kind: {missing[0]}, organization: ...}} / "
            f"absent: [{{kind: {missing[0]}, reason: 域内にない}}]",
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
