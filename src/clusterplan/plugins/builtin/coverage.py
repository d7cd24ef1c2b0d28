"""Rules on what belongs together: challenges, measures, categories, people."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.measures import Measure
from ...core.reference import read_categories
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, POLICY_TYPES, REGIONAL, STRATEGIC, policy_text
from .wording import plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-65)

_MEANS = policy_text("投資促進に向けた課題と事業環境整備の取組【政策手段】")
_CROSS_CUTTING = "X"


@rule(
    "STR-03",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="どの課題にも、それに応える施策がある",
    source=_MEANS,
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/policy_means/measures/1/answers": ["CH-1"]},
            good={"/policy_means/measures/1/answers": ["CH-1", "CH-2"]},
            pointer="/policy_means/challenges/1",
        )
    ],
)
def challenges_answered(context: CheckContext) -> Iterator[Finding]:
    """Every challenge is answered by at least one measure."""
    answered = {id_ for measure in context.plan.measures for id_ in measure.answers}
    for position, challenge in enumerate(context.plan.challenges):
        if context.plan.measures and challenge.id not in answered:
            yield context.finding(
                "policy_means",
                "challenges",
                position,
                ja=f"課題「{challenge.text[:40]}」に応える施策がありません。"
                f"施策の answers に {challenge.id} を書くか、施策を加えてください",
                en=f"no measure answers challenge {challenge.id}; name it in the "
                "`answers` of a measure, or add a measure",
                hint=f"answers: [{challenge.id}]",
            )


@rule(
    "STR-04",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="どの施策も課題か目標に結び付いている",
    source=_MEANS,
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                "/policy_means/measures/0/answers": [],
                "/policy_means/measures/1/answers": ["CH-1", "CH-3"],
            },
            good={"/policy_means/measures/0/answers": ["CH-1", "CH-3"]},
            pointer="/policy_means/measures/0/answers",
        )
    ],
)
def measures_linked(context: CheckContext) -> Iterator[Finding]:
    """Every measure answers a challenge, or leads to an impact."""
    plan = context.plan
    impacts = plan.path.impacts if plan.path else ()
    goals = {i.indicator for i in impacts if i.indicator}
    causes = {link.cause for link in plan.outcome_chain}
    for position, measure in enumerate(plan.measures):
        if measure.answers or measure.id in causes or goals & {*measure.indicators}:
            continue
        yield context.finding(
            "policy_means",
            "measures",
            position,
            "answers",
            ja=f"施策「{measure.title}」がどの課題にも目標にも結び付いていません。"
            "応える課題の ID を answers に書いてください",
            en=f"measure {measure.id} answers no challenge and leads to no impact; "
            "name the challenge it answers",
            hint=", ".join(c.id for c in plan.challenges) or None,
        )


@rule(
    "STR-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="五つの施策区分のそれぞれに施策か、施策がない理由がある",
    source=policy_text("⑤ 産業人材育成"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/missing_categories": []},
            pointer="/missing_categories",
        )
    ],
)
def categories_covered(context: CheckContext) -> Iterator[Finding]:
    """Each category of the type has a measure, or a reason for having none."""
    plan = context.plan
    if not plan.measures:
        return
    covered = {m.category for m in plan.measures}
    covered |= {m.category for m in plan.missing_categories if plain(m.reason)}
    open_ = [c for c in context.plan_type.categories if c.key not in covered]
    if open_:
        names = "、".join(f"「{c.title}」" for c in open_)
        yield context.finding(
            "missing_categories",
            ja=f"施策区分{names}に施策がなく、その理由も書かれていません。"
            "施策を加えるか、missing_categories に理由を書いてください",
            en=f"no measure and no reason in {', '.join(c.title_en for c in open_)}; "
            "add a measure, or say in `missing_categories` why there is none",
            hint=f"{{category: {open_[0].key}, reason: 支障となる規制がない}}",
        )


@rule(
    "STR-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="投資の施策には人材の施策が伴い、必要な人材に職種・人数・時期がある",
    source=policy_text("地域の産業に必要な人材を特定し、戦略的に育成"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/needed_people/0/number": None},
            good={"/needed_people/0/number": 12},
            pointer="/needed_people/0",
        )
    ],
)
def people(context: CheckContext) -> Iterator[Finding]:
    """Where there are investment measures, people are trained and named in numbers."""
    plan = context.plan
    if not _measures_under("investment", context):
        return
    if not _measures_under("human_resources", context):
        yield context.finding(
            "policy_means",
            "measures",
            ja="投資の施策がありますが、人材の施策がありません。"
            "投資に必要な人材をどう育て、確保するのかを施策に加えてください",
            en="there are measures for investment but none for people; add how the "
            "people that the investment needs are trained or found",
        )
    if not plan.needed_people:
        yield context.finding(
            "needed_people",
            ja="投資の施策がありますが、必要な人材が特定されていません。"
            "職種・人数・時期を書いてください",
            en="needed people are not named; give occupation, number and year",
            hint="{id: NP-1, occupation: 工程技術者, number: 600, by: FY2029}",
        )
    for position, needed in enumerate(plan.needed_people):
        if not plain(needed.occupation) or needed.number is None or needed.by is None:
            yield context.finding(
                "needed_people",
                position,
                ja=f"必要な人材「{needed.occupation or needed.id}」は、"
                "職種・人数・時期のすべてを書いてください",
                en=f"needed people {needed.id} lack occupation, number or year",
                hint="{occupation: 工程技術者, number: 600, by: FY2029}",
            )


def _measures_under(common_key: str, context: CheckContext) -> tuple[Measure, ...]:
    categories = context.plan_type.categories
    keys = {c.key for c in categories if c.common_key == common_key}
    return tuple(m for m in context.plan.measures if m.category in keys)


@rule(
    "STR-09",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="施策区分は計画類型のものか、横断的なものである",
    source="整合性：施策は計画類型の区分ごとに集計し、比べる",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/policy_means/measures/1/category": "c_operator_support"},
            good={"/policy_means/measures/1/category": "x_ai_transformation"},
            pointer="/policy_means/measures/1/category",
        )
    ],
)
def categories_known(context: CheckContext) -> Iterator[Finding]:
    """The category of every measure is one of the type's, or a cross-cutting one."""
    own = [c.key for c in context.plan_type.categories]
    known = {*own, *(c.key for c in read_categories(_CROSS_CUTTING))}
    for position, measure in enumerate(context.plan.measures):
        if measure.category is not None and measure.category not in known:
            yield context.finding(
                "policy_means",
                "measures",
                position,
                "category",
                ja=f"施策「{measure.title}」の区分「{measure.category}」は"
                f"{context.plan_type.title}の区分でも横断的な区分でもありません",
                en=f"{measure.category!r} is no category of a "
                f"{context.plan_type.title_en.lower()}, and no cross-cutting one",
                hint=", ".join(own),
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on what belongs together."""
    return (
        challenges_answered,
        measures_linked,
        categories_covered,
        people,
        categories_known,
    )
