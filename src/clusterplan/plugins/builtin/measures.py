"""Rules on what a measure is: its time, what is counted, its means and its law."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.measures import LegalBasis, Measure
from ...core.periods import FiscalYear, PlanPeriod
from ...core.reference import Law
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, POLICY_TYPES, REGIONAL, policy_text

CLUSTERPLAN = Manifest(api="~=1.0", order=-49)

MONEY_INSTRUMENTS = frozenset(
    Key(k) for k in ("subsidy", "grant", "interest_subsidy", "tax_donation")
)
"""Instruments that give money and change no regulation."""
LENDING_INSTRUMENTS = frozenset(Key(k) for k in ("finance", "interest_subsidy"))

_FIRST = "/policy_means/measures/0"
_SECOND = "/policy_means/measures/1"
_FOURTH = "/policy_means/measures/3"
_FIFTH = "/policy_means/measures/4"


def numbered_measures(context: CheckContext) -> Iterator[tuple[Path, Measure]]:
    """Yield place and measure of all measures of the plan."""
    for position, measure in enumerate(context.plan.measures):
        yield ("policy_means", "measures", position), measure


def common_category(context: CheckContext, measure: Measure) -> Key | None:
    """Return the heading of a measure that all plan types share, such as `finance`."""
    found = (c for c in context.plan_type.categories if c.key == measure.category)
    category = next(found, None)
    return category.common_key if category else None


def _leaves(own: PlanPeriod, whole: PlanPeriod) -> bool:
    """Tell whether *own* leaves *whole*; whole years are compared with whole years."""
    first, last = own.from_, own.to
    if isinstance(first, FiscalYear):
        early = first < FiscalYear.of(whole.start)
    else:
        early = first < whole.start
    if isinstance(last, FiscalYear):
        return early or last > FiscalYear.of(whole.end)
    return early or last > whole.end


@rule(
    "MEA-01",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="施策の実施期間が計画期間の中にあるか、継続と示されている",
    why="計画期間の外の予算や実績まで計画の成果に混じり、"
    "報告のたびに何を数えたのかを説明し直すことになります",
    source="整合性：計画期間の外で行う施策は、その旨が分からないと進捗を数えられない",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_SECOND}/period/from": "FY2024"},
            good={f"{_SECOND}/period/from": "FY2024", f"{_SECOND}/continuing": True},
            near_miss={f"{_SECOND}/period/from": "2026-04-01"},
            pointer=f"{_SECOND}/period",
        )
    ],
)
def measure_period(context: CheckContext) -> Iterator[Finding]:
    """A measure's period lies inside the plan's, or the measure is marked continuing.

    Money and results from outside the plan would mix into its figures, and every
    report would have to explain anew what was counted.
    """
    whole = context.plan.period
    for path, measure in numbered_measures(context):
        own = measure.period
        if whole is None or own is None or measure.continuing:
            continue
        if _leaves(own, whole):
            yield context.finding(
                *path,
                "period",
                ja=f"施策「{measure.title}」の実施期間（{own.label}）が"
                f"計画期間（{whole.label}）からはみ出しています。"
                "期間の誤りか、前後から続く施策かを確かめてください",
                en=f"measure {measure.id} runs from {own.start} to {own.end} and "
                f"leaves the plan, {whole.start} to {whole.end}: the period is "
                "mistyped, or the measure goes on from before or beyond",
                hint="continuing: true",
            )


@rule(
    "MEA-02",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="施策に、数値で報告できる指標か日付のあるマイルストーンがある",
    why="数えられるものがない施策は、報告の時期が来ても「進めている」としか書けず、"
    "遅れに気づけません",
    source=policy_text("数値を含め施策の実行状況確認"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_FIRST}/indicators": [],
                f"{_FIRST}/five_w1h/deadline": {"date": "2028-03-31"},
            },
            good={
                f"{_FIRST}/indicators": [],
                f"{_FIRST}/five_w1h/deadline": {
                    "date": "2028-03-31",
                    "milestones": [
                        {"id": "MS-91", "date": "2027-03-31", "text": "真空炉1基が稼働"}
                    ],
                },
            },
            near_miss={
                f"{_FIRST}/indicators": [],
                f"{_FIRST}/five_w1h/deadline": {
                    "milestones": [
                        {"id": "MS-91", "date": "2028-03-31", "text": "全3基が稼働"}
                    ]
                },
            },
            pointer=f"{_FIRST}/indicators",
        )
    ],
)
def reportable(context: CheckContext) -> Iterator[Finding]:
    """Each measure has an indicator or a dated milestone that can be reported on.

    Where nothing can be counted, a report only says that work goes on, and nobody
    notices a delay.
    """
    for path, measure in numbered_measures(context):
        deadline = measure.five_w1h.deadline
        if not measure.indicators and not (deadline and deadline.milestones):
            yield context.finding(
                *path,
                "indicators",
                ja=f"施策「{measure.title}」には指標もマイルストーンもなく、"
                "進み具合を数値で報告できません",
                en=f"measure {measure.id} has neither an indicator nor a milestone "
                "to report numbers on",
                hint="indicators: [IN-1]",
            )


@rule(
    "MEA-04",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="施策の手法が施策区分に合っている",
    why="制度の支障に補助金だけを付けても支障は残り、"
    "融資や出資は出し手が決まらないと始まりません",
    source="整合性：規制・制度改革は補助金ではなく制度の変更、成長資金への対応は資金の出し手を要する",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                "/missing_categories": [],
                f"{_FIFTH}/category": "b_regulatory_reform",
                f"{_FIFTH}/instruments": ["grant"],
            },
            good={
                "/missing_categories": [],
                f"{_FIFTH}/category": "b_regulatory_reform",
            },
            near_miss={
                "/missing_categories": [],
                f"{_FIFTH}/category": "b_regulatory_reform",
                f"{_FIFTH}/instruments": ["programme"],
            },
            pointer=f"{_FIFTH}/instruments",
        ),
        Example(
            plan_type=REGIONAL,
            bad={f"{_FOURTH}/delivery_body": None},
            good={
                f"{_FOURTH}/delivery_body": {
                    "organization": "架空信用金庫",
                    "unit": "地域連携部",
                }
            },
            near_miss={
                f"{_FOURTH}/delivery_body": None,
                f"{_FOURTH}/instruments": ["programme"],
            },
            pointer=f"{_FOURTH}/delivery_body",
        ),
    ],
)
def instruments(context: CheckContext) -> Iterator[Finding]:
    """Instruments fit the category: no grant for a rule, a lender for a loan.

    Money alone leaves a rule that hinders firms as it was, and a loan does not begin
    before somebody is found to give it.
    """
    for path, measure in numbered_measures(context):
        used, category = set(measure.instruments), common_category(context, measure)
        money = sorted(used & MONEY_INSTRUMENTS)
        if category == "regulation" and money:
            yield context.finding(
                *path,
                "instruments",
                ja=f"規制・制度改革の施策「{measure.title}」の手法が資金の支援"
                f"（{', '.join(money)}）です。資金を出す施策なら"
                "施策区分を改めてください",
                en=f"measure {measure.id} stands under regulatory reform and gives "
                f"money ({', '.join(money)}); if money it is, change the category",
                hint="instruments: [regulatory]",
            )
        lends = category == "finance" and bool(used & LENDING_INSTRUMENTS)
        if lends and measure.delivery_body is None:
            yield context.finding(
                *path,
                "delivery_body",
                ja=f"成長資金の施策「{measure.title}」の実施主体に、"
                "資金の出し手（金融機関）が書かれていません",
                en=f"measure {measure.id} provides finance and names no lender "
                "as its delivery body",
                hint="delivery_body: {organization: 架空信用金庫, unit: 地域連携部}",
            )


def _law(basis: LegalBasis, laws: Mapping[Key, Law]) -> Law | None:
    if basis.key is not None:
        return laws.get(basis.key)
    title = basis.title.strip()
    return next((each for each in laws.values() if each.title == title), None)


@rule(
    "MEA-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="根拠とする法令・制度が施策の実施期間に効力を持つ",
    why="効力のない制度を前提にすると、申請や予算化の段階になって使えないと分かり、"
    "施策を組み直すことになります",
    source="実務：法令の施行日・廃止日（企業価値担保権は2026年5月25日施行）",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={
                f"{_FIRST}/legal_bases": [
                    {
                        "title": "中小企業地域資源活用促進法",
                        "key": "sme_regional_resource_promotion_act",
                    }
                ]
            },
            good={
                f"{_FIRST}/legal_bases": [
                    {
                        "title": "企業価値担保権",
                        "key": "enterprise_value_security_interest",
                    }
                ]
            },
            near_miss={
                f"{_FIRST}/legal_bases": [
                    {
                        "title": "中小企業地域資源活用促進法",
                        "key": "sme_regional_resource_promotion_act",
                    }
                ],
                f"{_FIRST}/period/from": "FY2020",
                f"{_FIRST}/continuing": True,
            },
            pointer=f"{_FIRST}/legal_bases/0",
        )
    ],
)
def law_in_force(context: CheckContext) -> Iterator[Finding]:
    """A law that a measure uses is in force in the period of the measure.

    A measure built on a law that is not in force fails at the application or in the
    budget, and has to be planned again.
    """
    for path, measure in numbered_measures(context):
        period = measure.period or context.plan.period
        for position, basis in enumerate(measure.legal_bases):
            law = _law(basis, context.reference.laws)
            if law is None or period is None:
                continue
            if not law.is_in_force(period.start, period.end):
                days = f"{law.in_force_from}～{law.in_force_to or ''}"
                yield context.finding(
                    *path,
                    "legal_bases",
                    position,
                    ja=f"施策「{measure.title}」が使う「{basis.title}」は、"
                    f"実施期間（{period.label}）には効力がありません（{days}）。"
                    "後継の制度を示すか、期間を改めてください",
                    en=f"{law.title_en} is not in force while measure {measure.id} "
                    f"runs ({days}); name its successor or change the period",
                    hint=_instead_of(law, period),
                )


def _instead_of(law: Law, period: PlanPeriod) -> str:
    if law.in_force_from > period.end:
        first = FiscalYear.of(period.start)
        return f"period: {{from: {first}, to: {FiscalYear.of(law.in_force_from)}}}"
    return "legal_bases: [{title: 地域未来投資促進法}]"


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on measures."""
    return (measure_period, reportable, instruments, law_in_force)
