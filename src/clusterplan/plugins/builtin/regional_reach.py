"""Rules on whether a regional cluster plan (B) reaches beyond single firms."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.evidence import LinkKind
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.indicators import IndicatorScope
from ...core.measures import CollectiveKind, Measure
from ...core.resources import FunctionStatus, SupplyChainFunction
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .measures import numbered_measures
from .policy import REGIONAL, policy_text
from .regional_rules import details_of
from .wording import has_word, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-88)

_MEASURES = "/policy_means/measures"
_LAND_USE = Key("land_use")
_MISSING = (
    "supply_chain: [{id: FN-9, title: 電子ビーム溶接, status: missing, firms: 0}], "
    "measures: [{fills: [FN-9], ...}]"
)
"""How a missing function is written, where the plan lists none."""
_BASIC_PLAN = (
    "links: [{id: LI-9, kind: basic_plan, title: 新潟県地域未来投資促進基本計画}], "
    "measures: [{links: [LI-9], ...}]"
)
"""How a basic plan is written, where the plan links none."""


@rule(
    "B-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="補完する機能が名指され、地域に実際にない",
    why="すでに地域にある工程を公費で整えると、地元の事業者の仕事を奪いかねません。"
    "何が足りないかを名指しておけば、整備の後に本当に埋まったかも確かめられます",
    source=policy_text("サプライチェーン上の機能で地域にないもの"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/0/fills": ["FN-2"]},
            good={
                f"{_MEASURES}/0/fills": ["FN-2"],
                "/details/supply_chain/1": {
                    "id": "FN-2",
                    "title": "電子ビーム溶接",
                    "status": "missing",
                },
            },
            near_miss={"/details/supply_chain/1/title": "真空熱処理の前処理"},
            pointer=f"{_MEASURES}/0/fills",
        ),
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/0/fills": []},
            good={f"{_MEASURES}/0/fills": ["FN-1"]},
            near_miss={
                f"{_MEASURES}/0/fills": [],
                f"{_MEASURES}/0/collective": ["joint_facility"],
            },
            pointer=f"{_MEASURES}/0/fills",
        ),
    ],
)
def missing_function(context: CheckContext) -> Iterator[Finding]:
    """A complement names the function that it fills, and the region really lacks it.

    To build with public money what is there already may take work from local firms.
    With a name for what is missing, all can see later whether the gap was filled.
    """
    functions = details_of(context).supply_chain
    missing = {f.id for f in functions if _is_missing(f, functions)}
    hint = f"fills: [{', '.join(sorted(missing))}]" if missing else _MISSING
    for path, measure in numbered_measures(context):
        if CollectiveKind.SUPPLY_CHAIN_COMPLEMENT not in measure.collective:
            continue
        if not measure.fills:
            yield context.finding(
                *path,
                "fills",
                ja=f"施策「{measure.title}」が、地域にない機能のどれを補完するのかが"
                "示されていません",
                en=f"measure {measure.id} does not say which missing function it fills",
                hint=hint,
            )
        elif not missing.issuperset(measure.fills):
            names = ", ".join(sorted({*measure.fills} - missing))
            yield context.finding(
                *path,
                "fills",
                ja=f"施策「{measure.title}」が補完する機能（{names}）は、地域にない機能"
                "として一覧に載っていません",
                en=f"measure {measure.id} fills {names}, which the list of functions "
                "does not show as missing in the region",
                hint=hint,
            )


def _is_missing(
    function: SupplyChainFunction, functions: tuple[SupplyChainFunction, ...]
) -> bool:
    """Tell whether no firm does it, and no other entry says that it is there."""
    there = (
        f
        for f in functions
        if f.status is FunctionStatus.PRESENT
        and plain(f.title) == plain(function.title)
    )
    return (
        function.status is FunctionStatus.MISSING
        and not function.firms
        and next(there, None) is None
    )


@rule(
    "B-07",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="クラスター全体についての指標がある",
    why="支援した企業の数字だけでは、産業全体が強くなったのか、その企業だけが"
    "伸びたのかを見分けられず、計画が効いたと言い切れません",
    source=policy_text("地域全体としての産業競争力の底上げを行う"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"/indicators/{n}/scope": "supported_firms" for n in range(3)},
            good={f"/indicators/{n}/scope": "supported_firms" for n in range(2)},
            near_miss={f"/indicators/{n}/scope": "single_firm" for n in (0, 2)},
            pointer="/indicators",
        )
    ],
)
def cluster_indicator(context: CheckContext) -> Iterator[Finding]:
    """At least one indicator is about the cluster as a whole.

    From the numbers of supported firms nobody can tell whether the industry became
    stronger or only those firms did, and so whether the plan has worked.
    """
    scopes = {indicator.scope for indicator in context.plan.indicators}
    if IndicatorScope.CLUSTER not in scopes:
        yield context.finding(
            "indicators",
            ja="産業全体の競争力が分かる指標（対象が cluster の指標）がありません",
            en="no indicator is about the cluster as a whole: none has the scope "
            "`cluster`",
            hint="- {id: IN-9, title: 県内の精密部品の出荷額, unit: 百万円, "
            "scope: cluster, ...}",
        )


@rule(
    "B-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="予算のすべてが個別企業の支援ではない",
    why="共同の施策に予算が付いていないと、計画に載っていても動き出せず、数年後に"
    "振り返ると個別企業への補助しか残っていません",
    source=policy_text("個々の企業の育成支援だけでなく、地域全体の産業を強化"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_MEASURES}/0/budget": [{"status": "none"}],
                f"{_MEASURES}/1/budget": [{"status": "none"}],
            },
            good={f"{_MEASURES}/1/budget": [{"status": "none"}]},
            near_miss={f"{_MEASURES}/0/budget": [{"status": "none"}]},
            pointer=_MEASURES,
        )
    ],
)
def collective_money(context: CheckContext) -> Iterator[Finding]:
    """Some of the money goes to collective measures; that there are any, B-04 asks.

    A collective measure without money stays on paper, and looking back after some
    years only subsidies to single firms are left.
    """
    measures = context.plan.measures
    together = tuple(m for m in measures if m.is_collective)
    if together and any(m.budget_total for m in measures) and not _money(together):
        yield context.finding(
            "policy_means",
            "measures",
            ja="予算がすべて個別企業の支援に充てられ、共同の施策"
            f"（{', '.join(m.id for m in together)}）には付いていません",
            en="all of the money goes to single firms and none to the collective "
            f"measures ({', '.join(m.id for m in together)})",
            hint="budget: [{fiscal_year: FY2026, amount: 300000000, status: voted, "
            "source: prefecture, basis: 真空炉3基の見積り}]",
        )


def _money(measures: tuple[Measure, ...]) -> int:
    return sum(measure.budget_total for measure in measures)


@rule(
    "B-09",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="土地利用調整の施策が地域未来投資促進法の基本計画を参照している",
    why="どの基本計画に基づくのかが分からないと、農地や都市計画の担当との協議が入口で"
    "つまずきます。参照があれば、区域の食い違いにも早く気付けます",
    source=policy_text("円滑な土地利用調整の推進（地域未来投資促進法）"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/4/links": []},
            good={f"{_MEASURES}/4/links": ["LI-1", "LI-2"]},
            near_miss={
                f"{_MEASURES}/4/links": [],
                f"{_MEASURES}/4/tags": [],
                f"{_MEASURES}/4/title": "空き工場用地の紹介",
                f"{_MEASURES}/4/five_w1h/content": "空いた工場用地を調べ、拡張を望む"
                "事業所に紹介する。",
            },
            pointer=f"{_MEASURES}/4/links",
        )
    ],
)
def basic_plan(context: CheckContext) -> Iterator[Finding]:
    """A measure on land use refers to a basic plan for regional future investment.

    As long as it is open which plan it rests on, talks with those in charge of
    farmland and city planning stall early. With it, areas that differ are seen in time.
    """
    links = context.plan.links
    basic = {link.id for link in links if link.kind is LinkKind.BASIC_PLAN}
    hint = f"links: [{', '.join(sorted(basic))}]" if basic else _BASIC_PLAN
    for path, measure in numbered_measures(context):
        is_land_use = _LAND_USE in measure.tags or has_word(measure.title, ["土地利用"])
        if is_land_use and basic.isdisjoint(measure.links):
            yield context.finding(
                *path,
                "links",
                ja=f"土地利用調整の施策「{measure.title}」が、関連計画に載せた基本計画"
                "（種別が basic_plan）のどれも参照していません",
                en=f"land-use measure {measure.id} refers to no basic plan, a link of "
                "the plan of the kind `basic_plan`",
                hint=hint,
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on what reaches beyond single firms."""
    return (
        missing_function,
        cluster_indicator,
        collective_money,
        basic_plan,
    )
