"""Rules on the money of measures: basis, sources, vote, years, and who gets it."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.budgets import BudgetLine, BudgetStatus
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.measures import Measure, Selection
from ...core.periods import FiscalYear
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .measures import common_category, numbered_measures
from .policy import POLICY_TYPES, REGIONAL

CLUSTERPLAN = Manifest(api="~=1.0", order=-47)

_FIRM_MONEY = frozenset(Key(k) for k in ("subsidy", "grant", "interest_subsidy"))
_FIRST = "/policy_means/measures/0"
_SECOND = "/policy_means/measures/1"
_LINE = {
    "fiscal_year": "FY2026",
    "amount": 18_000_000,
    "status": "voted",
    "source": "prefecture",
    "basis": "60人×30万円",
}


def _lines(context: CheckContext) -> Iterator[tuple[Path, Measure, BudgetLine]]:
    """Yield the budget lines that name money."""
    for path, measure in numbered_measures(context):
        for position, line in enumerate(measure.budget):
            if line.amount:
                yield (*path, "budget", position), measure, line


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()


@rule(
    "MEA-07",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="予算額に積算根拠と年度がある",
    source="論点メモ「成果指標の設定の仕方や予算根拠の示し方が不十分」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_SECOND}/budget/0/basis": " "},
            good={f"{_SECOND}/budget/0/basis": "30人×30万円、過年度の平均29万円"},
            pointer=f"{_SECOND}/budget/0/basis",
        )
    ],
)
def budget_basis(context: CheckContext) -> Iterator[Finding]:
    """Each budget amount has a basis and a fiscal year."""
    for path, measure, line in _lines(context):
        if _blank(line.basis):
            yield context.finding(
                *path,
                "basis",
                ja=f"施策「{measure.title}」の予算{line.amount:,}円に積算根拠がありません",
                en=f"JPY {line.amount:,} of measure {measure.id} has no basis: "
                "give unit cost × quantity, a quotation or a past result",
                hint="basis: 25社×200万円、過年度の平均190万円",
            )
        if line.fiscal_year is None:
            yield context.finding(
                *path,
                "fiscal_year",
                ja=f"施策「{measure.title}」の予算{line.amount:,}円に年度がありません",
                en=f"JPY {line.amount:,} of measure {measure.id} has no fiscal year",
                hint="fiscal_year: FY2026",
            )


@rule(
    "MEA-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="財源の合計が予算額に等しく、予算措置がない場合はそう書かれている",
    source="九州経済産業局の連携自治体の募集「特別な予算措置はありません」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_SECOND}/budget/0/sources": [
                    {"source": "state", "amount": 4_000_000},
                    {"source": "prefecture", "amount": 2_000_000},
                ]
            },
            good={
                f"{_SECOND}/budget/0/sources": [
                    {"source": "state", "amount": 4_500_000},
                    {"source": "prefecture", "amount": 3_000_000},
                    {"source": "company", "amount": 1_500_000},
                ]
            },
            pointer=f"{_SECOND}/budget/0/sources",
        )
    ],
)
def funding(context: CheckContext) -> Iterator[Finding]:
    """Sources add up to the budget; where there is no budget, the line says so."""
    for path, measure in numbered_measures(context):
        for position, line in enumerate(measure.budget):
            yield from _funding_of(context, (*path, "budget", position), measure, line)


def _funding_of(
    context: CheckContext, path: Path, measure: Measure, line: BudgetLine
) -> Iterator[Finding]:
    unfunded = line.status is BudgetStatus.NONE
    if unfunded and line.amount:
        yield context.finding(
            *path,
            "status",
            ja=f"施策「{measure.title}」は予算措置なしとしながら{line.amount:,}円を"
            "計上しています。金額を消すか、予算状況を改めてください",
            en=f"measure {measure.id} has no budget and yet JPY {line.amount:,}; "
            "take the amount away or change the status",
        )
    elif not unfunded and not line.amount:
        yield context.finding(
            *path,
            "amount",
            ja=f"施策「{measure.title}」の予算に金額がありません。"
            "特別な予算措置がなければ status を none にしてください",
            en=f"a budget line of measure {measure.id} has no amount; "
            "where there is no special budget, say so",
            hint="status: none",
        )
    elif line.amount and line.funded != line.amount:
        gap = line.amount - line.funded
        yield context.finding(
            *path,
            "sources" if line.sources else "source",
            ja=f"施策「{measure.title}」の財源の合計{line.funded:,}円は予算額"
            f"{line.amount:,}円より{abs(gap):,}円{'少ない' if gap > 0 else '多い'}です。"
            "財源の内訳を書き、合わせてください",
            en=f"sources of measure {measure.id} add up to JPY {line.funded:,}, "
            f"{abs(gap):,} {'less' if gap > 0 else 'more'} than the budget of "
            f"{line.amount:,}; name where the money comes from",
            hint="sources: [{source: state, amount: 25000000}, ...]",
        )


def _pays_firms(context: CheckContext, measure: Measure) -> bool:
    to_firms = bool(measure.firm_sizes)
    to_firms = to_firms or common_category(context, measure) == "investment"
    return to_firms and bool(_FIRM_MONEY.intersection(measure.instruments))


def _missing(selection: Selection | None) -> list[tuple[str, str]]:
    given = selection or Selection()
    criteria = all(_blank(text) for text in given.criteria)
    asked = (
        (given.method is None, "選定方法", "method"),
        (criteria, "選定基準", "criteria"),
        (_blank(given.openness), "公開の方法", "openness"),
    )
    return [(ja, en) for lacks, ja, en in asked if lacks]


@rule(
    "MEA-09",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="企業への資金支援に選定方法・選定基準・公開の方法がある",
    source="論点メモ「公平性に則った支援先の選定方法とそのプロセス」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_FIRST}/instruments": ["subsidy"],
                f"{_FIRST}/firm_sizes": ["sme"],
                f"{_FIRST}/selection": {"method": "designation"},
            },
            good={
                f"{_FIRST}/instruments": ["subsidy"],
                f"{_FIRST}/firm_sizes": ["sme"],
                f"{_FIRST}/selection": {
                    "method": "open_call",
                    "criteria": ["共同利用の見込み", "雇用の維持"],
                    "openness": "審査委員6人の講評と結果を公表する",
                },
            },
            pointer=f"{_FIRST}/selection",
        )
    ],
)
def selection(context: CheckContext) -> Iterator[Finding]:
    """Money for selected firms names method, criteria and openness of the selection."""
    for path, measure in numbered_measures(context):
        lacks = _missing(measure.selection)
        if lacks and _pays_firms(context, measure):
            yield context.finding(
                *path,
                "selection",
                ja=f"企業に資金を出す施策「{measure.title}」に"
                f"{'・'.join(ja for ja, _ in lacks)}が書かれていません",
                en=f"measure {measure.id} gives money to firms and does not say the "
                f"{', '.join(en for _, en in lacks)} of their selection",
                hint="selection: {method: open_call, criteria: [雇用の維持], "
                "openness: 審査結果を公表}",
            )


@rule(
    "MEA-10",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="議決前の予算が未確定と示され、議決予定日がある",
    source="東京都の地域産業活性化計画の概要「議会の議決を受け、確定する」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_SECOND}/budget/1/status": "voted"},
            good={f"{_SECOND}/budget/1/vote_expected_on": "2027-03-25"},
            pointer=f"{_SECOND}/budget/1/status",
        )
    ],
)
def vote(context: CheckContext) -> Iterator[Finding]:
    """A budget that is not voted yet is provisional and says when the vote is due."""
    for path, measure, line in _lines(context):
        expected = line.vote_expected_on
        if line.status is BudgetStatus.VOTED and expected:
            yield context.finding(
                *path,
                "status",
                ja=f"施策「{measure.title}」の予算は議決済みとされていますが、"
                f"議決予定日（{expected}）が残っています。"
                "議決前なら proposed とし、議決後なら予定日を消してください",
                en=f"a budget of measure {measure.id} is said to be voted and its vote "
                f"to come on {expected}; mark it proposed, or take the day away",
                hint="status: proposed",
            )
        elif line.status is BudgetStatus.PROPOSED and not expected:
            yield context.finding(
                *path,
                "vote_expected_on",
                ja=f"施策「{measure.title}」の予算は議決前ですが、"
                "議決予定日が書かれていません",
                en=f"a budget of measure {measure.id} is not voted yet, and nothing "
                "says when it will be",
                hint="vote_expected_on: 2027-03-20",
            )


def _years(context: CheckContext, measure: Measure) -> int:
    """Return in how many fiscal years of the plan a measure runs."""
    own, whole = measure.period, context.plan.period
    if own is None:
        return 0
    start = max(own.start, whole.start) if whole else own.start
    end = min(own.end, whole.end) if whole else own.end
    return FiscalYear.of(end).year - FiscalYear.of(start).year + 1


@rule(
    "MEA-11",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="複数年度にわたる施策の予算が年度ごとに書かれている",
    source="実務：複数年度の事業費は年度ごとに示す（論点メモ「単年度評価を求めない長期的な施策の実施」）",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_SECOND}/budget": [_LINE]},
            good={
                f"{_SECOND}/budget": [
                    _LINE,
                    {"fiscal_year": "FY2027", "status": "none"},
                ]
            },
            pointer=f"{_SECOND}/budget",
        )
    ],
)
def amounts_by_year(context: CheckContext) -> Iterator[Finding]:
    """A measure over several fiscal years has amounts by year, not one sum."""
    for path, measure in numbered_measures(context):
        years = {line.fiscal_year for line in measure.budget if line.fiscal_year}
        span = _years(context, measure)
        if measure.budget_total and len(years) == 1 and span > 1:
            yield context.finding(
                *path,
                "budget",
                ja=f"施策「{measure.title}」は{span}年度にわたりますが、"
                "予算が一年度にまとめられています。年度ごとに書いてください"
                "（予算のない年度は status: none）",
                en=f"measure {measure.id} runs in {span} fiscal years and has money "
                "in one; give amounts by year, `status: none` where there is none",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on money."""
    return (
        budget_basis,
        funding,
        selection,
        vote,
        amounts_by_year,
    )
