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


@rule(
    "B-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="補完する機能が名指され、地域に実際にない",
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
            pointer=f"{_MEASURES}/0/fills",
        ),
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/0/fills": []},
            good={f"{_MEASURES}/0/fills": ["FN-1"]},
            pointer=f"{_MEASURES}/0/fills",
        ),
    ],
)
def missing_function(context: CheckContext) -> Iterator[Finding]:
    """A complement names the function that it fills, and the region really lacks it."""
    functions = details_of(context).supply_chain
    missing = {f.id for f in functions if _is_missing(f, functions)}
    for path, measure in numbered_measures(context):
        if CollectiveKind.SUPPLY_CHAIN_COMPLEMENT not in measure.collective:
            continue
        if not measure.fills:
            yield context.finding(
                *path,
                "fills",
                ja=f"施策「{measure.title}」が補完する機能が示されていません。"
                "地域にない機能の ID を fills に書いてください",
                en=f"measure {measure.id} does not say which missing function it fills; "
                "name it in `fills`",
                hint=", ".join(sorted(missing)) or None,
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
                hint=", ".join(sorted(missing)) or None,
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
    source=policy_text("地域全体としての産業競争力の底上げを行う"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"/indicators/{n}/scope": "supported_firms" for n in range(3)},
            good={f"/indicators/{n}/scope": "supported_firms" for n in range(2)},
            pointer="/indicators",
        )
    ],
)
def cluster_indicator(context: CheckContext) -> Iterator[Finding]:
    """At least one indicator is about the cluster as a whole."""
    scopes = {indicator.scope for indicator in context.plan.indicators}
    if IndicatorScope.CLUSTER not in scopes:
        yield context.finding(
            "indicators",
            ja="産業全体の競争力が分かる指標がありません。"
            "地域の出荷額など、対象が cluster の指標を加えてください",
            en="no indicator is about the cluster as a whole; add one with the scope "
            "`cluster`, such as shipments of the industry in the region",
            hint="scope: cluster",
        )


@rule(
    "B-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="予算のすべてが個別企業の支援ではない",
    source=policy_text("個々の企業の育成支援だけでなく、地域全体の産業を強化"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_MEASURES}/0/budget": [{"status": "none"}],
                f"{_MEASURES}/1/budget": [{"status": "none"}],
            },
            good={f"{_MEASURES}/1/budget": [{"status": "none"}]},
            pointer=_MEASURES,
        )
    ],
)
def collective_money(context: CheckContext) -> Iterator[Finding]:
    """Some of the money goes to collective measures; that there are any, B-04 asks."""
    measures = context.plan.measures
    together = tuple(m for m in measures if m.is_collective)
    if together and any(m.budget_total for m in measures) and not _money(together):
        yield context.finding(
            "policy_means",
            "measures",
            ja="予算がすべて個別企業の支援に充てられ、共同の施策には付いていません。"
            "地域全体の産業を強化する施策の予算も書いてください",
            en="all of the money goes to single firms and none to collective measures; "
            "give the money for the industry as a whole too",
        )


def _money(measures: tuple[Measure, ...]) -> int:
    return sum(measure.budget_total for measure in measures)


@rule(
    "B-09",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[REGIONAL],
    title="土地利用調整の施策が地域未来投資促進法の基本計画を参照している",
    source=policy_text("円滑な土地利用調整の推進（地域未来投資促進法）"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_MEASURES}/4/links": []},
            good={f"{_MEASURES}/4/links": ["LI-1", "LI-2"]},
            pointer=f"{_MEASURES}/4/links",
        )
    ],
)
def basic_plan(context: CheckContext) -> Iterator[Finding]:
    """A measure on land use refers to a basic plan for regional future investment."""
    links = context.plan.links
    basic = {link.id for link in links if link.kind is LinkKind.BASIC_PLAN}
    for path, measure in numbered_measures(context):
        is_land_use = _LAND_USE in measure.tags or has_word(measure.title, ["土地利用"])
        if is_land_use and basic.isdisjoint(measure.links):
            yield context.finding(
                *path,
                "links",
                ja=f"土地利用調整の施策「{measure.title}」が基本計画を参照していません。"
                "関連計画に種別 basic_plan で加え、その ID を links に書いてください",
                en=f"land-use measure {measure.id} refers to no basic plan; add it to "
                "the plan's links as `basic_plan` and name its id here",
                hint=", ".join(sorted(basic)) or "{id: LI-1, kind: basic_plan, ...}",
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
