"""Rules on what belongs together: challenges, measures, categories, people."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.measures import Measure
from ...core.reference import read_categories
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, POLICY_TYPES, REGIONAL, STRATEGIC, policy_text
from .wording import plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-65)

_MEANS = policy_text("投資促進に向けた課題と事業環境整備の取組【政策手段】")
_CROSS_CUTTING = "X"
_NO_REFORM = {"category": "b_regulatory_reform", "reason": "妨げとなる規制がない"}
_NO_TRAINING = {"category": "b_human_resources", "reason": "今の課程で足りる"}
_NO_SUBSIDY = {"category": "b_company_investment", "reason": "融資で足りる"}


@rule(
    "STR-03",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="どの課題にも、それに応える施策がある",
    why="応える施策のない課題は手つかずのまま残りがちで、"
    "事業者に「これには何をするのか」と聞かれても答えられません",
    source=_MEANS,
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/policy_means/measures/1/answers": ["CH-1"]},
            good={"/policy_means/measures/1/answers": ["CH-1", "CH-2"]},
            near_miss={
                "/policy_means/measures/1/answers": ["CH-1"],
                "/policy_means/measures/2/answers": ["CH-3", "CH-2"],
            },
            pointer="/policy_means/challenges/1",
        )
    ],
)
def challenges_answered(context: CheckContext) -> Iterator[Finding]:
    """Every challenge is answered by at least one measure.

    A challenge that no measure takes up tends to stay as it is, and nobody can answer
    the firms that ask what is done about it.
    """
    answered = {id_ for measure in context.plan.measures for id_ in measure.answers}
    for position, challenge in enumerate(context.plan.challenges):
        if context.plan.measures and challenge.id not in answered:
            yield context.finding(
                "policy_means",
                "challenges",
                position,
                ja=f"課題「{challenge.text[:40]}」（{challenge.id}）に応える施策が"
                "ありません。施策を加えるか、応えている施策に書き添えてください",
                en=f"no measure answers challenge {challenge.id}; add one, or name the "
                "challenge in the measure that does",
                hint=f"measures: [{{answers: [{challenge.id}]}}]",
            )


@rule(
    "STR-04",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="どの施策も課題か目標に結び付いている",
    why="何のための施策かが書かれていないと、予算要求で必要性を説明しにくく、"
    "終わった後に効いたかどうかも判断できません",
    source=_MEANS,
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                "/policy_means/measures/0/answers": [],
                "/policy_means/measures/1/answers": ["CH-1", "CH-3"],
            },
            good={"/policy_means/measures/0/answers": ["CH-1", "CH-3"]},
            near_miss={
                "/policy_means/measures/0/answers": [],
                "/policy_means/measures/0/indicators": ["IN-4", "IN-2"],
                "/policy_means/measures/1/answers": ["CH-1", "CH-3"],
            },
            pointer="/policy_means/measures/0/answers",
        )
    ],
)
def measures_linked(context: CheckContext) -> Iterator[Finding]:
    """Every measure answers a challenge, or leads to an impact.

    Where it is not said what a measure is for, it is hard to defend when money is
    asked for, and nobody can judge afterwards whether it helped.
    """
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
            ja=f"施策「{measure.title}」がどの課題にも目標にも結び付いていません",
            en=f"measure {measure.id} answers no challenge and leads to no impact",
            hint=f"answers: [{' / '.join(c.id for c in plan.challenges) or 'CH-1'}]",
        )


@rule(
    "STR-06",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="五つの施策区分のそれぞれに施策か、施策がない理由がある",
    why="空いたままでは、要らないと判断したのか検討を忘れたのかを区別できません。"
    "理由が一行あれば、問い合わせの往復が減ります",
    source=policy_text("⑤ 産業人材育成"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/missing_categories": []},
            near_miss={
                "/missing_categories": [],
                "/policy_means/measures/4/category": "b_regulatory_reform",
            },
            pointer="/missing_categories",
        )
    ],
)
def categories_covered(context: CheckContext) -> Iterator[Finding]:
    """Each category of the type has a measure, or a reason for having none.

    A reader cannot tell a decision from an omission; one line with the reason saves a
    round of questions.
    """
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
            ja=f"施策区分{names}に施策がなく、その理由も書かれていません",
            en=f"no measure and no reason in {', '.join(c.title_en for c in open_)}",
            hint=f"measures: [{{category: {open_[0].key}}}] / missing_categories: "
            f"[{{category: {open_[0].key}, reason: 現行の制度で対応できる}}]",
        )


@rule(
    "STR-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="投資の施策には人材の施策が伴い、必要な人材に職種・人数・時期がある",
    why="設備ができても、働く人がいなければ動きません。学校や訓練の準備には何年も"
    "かかるので、人数と時期を早く伝える必要があります",
    source=policy_text("地域の産業に必要な人材を特定し、戦略的に育成"),
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/needed_people/0/number": None},
            good={"/needed_people/0/number": 12},
            near_miss={
                "/needed_people/0/number": 1,
                "/needed_people/0/by": "令和10年度",
            },
            pointer="/needed_people/0",
        ),
        Example(
            plan_type=REGIONAL,
            bad={
                "/policy_means/measures/1/category": "b_cluster_environment",
                "/missing_categories": [_NO_REFORM, _NO_TRAINING],
            },
            good={"/missing_categories": [_NO_REFORM]},
            near_miss={
                "/policy_means/measures/1/category": "b_cluster_environment",
                "/policy_means/measures/2/category": "b_growth_capital",
                "/missing_categories": [_NO_REFORM, _NO_TRAINING, _NO_SUBSIDY],
            },
            pointer="/policy_means/measures",
        ),
    ],
)
def people(context: CheckContext) -> Iterator[Finding]:
    """Where there are investment measures, people are trained and named in numbers.

    A plant without people stands still, and schools need years to prepare: they have
    to know early how many people are needed, and when.
    """
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
            hint="measures: [{title: 工程技術者の育成課程, "
            f"category: {' / '.join(_keys('human_resources', context))}}}]",
        )
    if not plan.needed_people:
        yield context.finding(
            "needed_people",
            ja="投資の施策がありますが、必要な人材の職種・人数・時期が書かれていません",
            en="there are measures for investment, but no needed people with "
            "occupation, number and year",
            hint="needed_people: "
            "[{id: PE-1, occupation: 工程技術者, number: 600, by: FY2029}]",
        )
    for position, needed in enumerate(plan.needed_people):
        if not plain(needed.occupation) or needed.number is None or needed.by is None:
            yield context.finding(
                "needed_people",
                position,
                ja=f"必要な人材「{needed.occupation or needed.id}」に、"
                "職種・人数・時期のどれかが書かれていません",
                en=f"needed people {needed.id} lack occupation, number or year",
                hint=f"needed_people: [{{id: {needed.id}, occupation: 工程技術者, "
                "number: 600, by: FY2029}]",
            )


def _measures_under(common_key: str, context: CheckContext) -> tuple[Measure, ...]:
    keys = _keys(common_key, context)
    return tuple(m for m in context.plan.measures if m.category in keys)


def _keys(common_key: str, context: CheckContext) -> tuple[Key, ...]:
    categories = context.plan_type.categories
    return tuple(c.key for c in categories if c.common_key == common_key)


@rule(
    "STR-09",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="施策区分は計画類型のものか、横断的なものである",
    why="区分が違う施策は、区分ごとの集計や絞り込みから漏れ、"
    "ほかの計画と比べるときにも見つかりません",
    source="整合性：施策は計画類型の区分ごとに集計し、比べる",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/policy_means/measures/1/category": "c_operator_support"},
            good={"/policy_means/measures/1/category": "x_ai_transformation"},
            near_miss={"/policy_means/measures/1/category": "x_regional_base"},
            pointer="/policy_means/measures/1/category",
        )
    ],
)
def categories_known(context: CheckContext) -> Iterator[Finding]:
    """The category of every measure is one of the type's, or a cross-cutting one.

    A measure under a foreign heading drops out of totals and filters by category, and
    is not found where plans are compared.
    """
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
                hint=f"category: {' / '.join(own)}",
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
