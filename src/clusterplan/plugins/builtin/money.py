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

CLUSTERPLAN = Manifest(api="~=1.0", order=-46)

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
    why="積算根拠がないと、財政部門も審査する側も金額の妥当性を判断できず、"
    "後で実績と比べることもできません",
    source="論点メモ「成果指標の設定の仕方や予算根拠の示し方が不十分」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_SECOND}/budget/0/basis": " "},
            good={f"{_SECOND}/budget/0/basis": "30人×30万円、過年度の平均29万円"},
            near_miss={f"{_SECOND}/budget/0/basis": "業者の見積り"},
            pointer=f"{_SECOND}/budget/0/basis",
        )
    ],
)
def budget_basis(context: CheckContext) -> Iterator[Finding]:
    """Each budget amount has a basis and a fiscal year.

    Without a basis neither the finance section nor the reviewers can tell whether the
    amount is right, and nobody can compare it with the result.
    """
    for path, measure, line in _lines(context):
        if _blank(line.basis):
            yield context.finding(
                *path,
                "basis",
                ja=f"施策「{measure.title}」の予算{line.amount:,}円に、"
                "単価×数量・見積り・過去の実績などの積算根拠がありません",
                en=f"JPY {line.amount:,} of measure {measure.id} has no basis such "
                "as unit cost × quantity, a quotation or a past result",
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
    why="財源に穴があると、不足を誰が持つかを年度の途中で探すことになります。"
    "金額が空欄では、予算がないのか書き忘れなのかも分かりません",
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
            near_miss={
                f"{_SECOND}/budget/0/sources": [
                    {"source": "prefecture", "amount": 9_000_000},
                    {"source": "crowdfunding"},
                ]
            },
            pointer=f"{_SECOND}/budget/0/sources",
        )
    ],
)
def funding(context: CheckContext) -> Iterator[Finding]:
    """Sources add up to the budget; where there is no budget, the line says so.

    A gap in the funding comes up in the middle of the year, when somebody has to fill
    it. And a blank amount may be no budget, or one that was forgotten.
    """
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
            "計上しています。予算措置がなければ金額を消してください",
            en=f"measure {measure.id} has no budget and yet JPY {line.amount:,}; "
            "if there is no budget, take the amount away",
            hint="status: proposed",
        )
    elif not unfunded and not line.amount:
        yield context.finding(
            *path,
            "amount",
            ja=f"施策「{measure.title}」の予算に金額がなく、"
            "特別な予算措置がないとも書かれていません",
            en=f"a budget line of measure {measure.id} has no amount and does not "
            "say that there is no special budget",
            hint="status: none",
        )
    elif line.amount and line.funded != line.amount:
        gap = line.amount - line.funded
        yield context.finding(
            *path,
            "sources" if line.sources else "source",
            ja=f"施策「{measure.title}」の財源の合計{line.funded:,}円は予算額"
            f"{line.amount:,}円より{abs(gap):,}円{'少ない' if gap > 0 else '多い'}です",
            en=f"sources of measure {measure.id} add up to JPY {line.funded:,}, "
            f"{abs(gap):,} {'less' if gap > 0 else 'more'} than the budget of "
            f"{line.amount:,}",
            hint=_balanced(line, gap),
        )


def _balanced(line: BudgetLine, gap: int) -> str:
    """Return what makes the sources of a line add up to its amount."""
    if gap < 0:
        return f"amount: {line.funded}"
    if line.sources:
        return f"- {{source: company, amount: {gap}}}"
    return "source: prefecture"


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
    why="選び方が書かれていないと、選ばれなかった企業にも議会にも、"
    "なぜその企業を支援したのかを説明できません",
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
            near_miss={
                f"{_FIRST}/instruments": ["subsidy"],
                f"{_FIRST}/firm_sizes": ["sme"],
                f"{_FIRST}/selection": {
                    "method": "designation",
                    "criteria": ["熱処理を担える唯一の組合であること"],
                    "openness": "指定の理由を県の公報で公表する",
                },
            },
            pointer=f"{_FIRST}/selection",
        )
    ],
)
def selection(context: CheckContext) -> Iterator[Finding]:
    """Money for selected firms names method, criteria and openness of the selection.

    Where these are left open, nobody can tell a firm that was turned down, or the
    assembly, why the money went to others.
    """
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
    why="議決前の額が確定したものとして広まると、議会で変わったときに、"
    "それを当てにした企業や市町村の見込みまで崩れます",
    source="東京都の地域産業活性化計画の概要「議会の議決を受け、確定する」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_SECOND}/budget/1/status": "voted"},
            good={f"{_SECOND}/budget/1/vote_expected_on": "2027-03-25"},
            near_miss={
                f"{_SECOND}/budget/1/status": "voted",
                f"{_SECOND}/budget/1/vote_expected_on": None,
            },
            pointer=f"{_SECOND}/budget/1/status",
        )
    ],
)
def vote(context: CheckContext) -> Iterator[Finding]:
    """A budget that is not voted yet is provisional and says when the vote is due.

    An amount that is taken for certain before the vote upsets the plans of firms and
    towns that count on it when the assembly changes it.
    """
    for path, measure, line in _lines(context):
        expected = line.vote_expected_on
        if line.status is BudgetStatus.VOTED and expected:
            yield context.finding(
                *path,
                "status",
                ja=f"施策「{measure.title}」の予算は議決済みとされていますが、"
                f"議決予定日（{expected}）が残っています。"
                "議決後なら予定日を消してください",
                en=f"a budget of measure {measure.id} is said to be voted and its vote "
                f"to come on {expected}; once it is voted, take the day away",
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


def _years(context: CheckContext, measure: Measure) -> list[FiscalYear]:
    """Return the fiscal years of the plan that a measure runs in."""
    own, whole = measure.period, context.plan.period
    if own is None:
        return []
    start = max(own.start, whole.start) if whole else own.start
    end = min(own.end, whole.end) if whole else own.end
    first, last = FiscalYear.of(start).year, FiscalYear.of(end).year
    return [FiscalYear(year) for year in range(first, last + 1)]


@rule(
    "MEA-11",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="複数年度にわたる施策の予算が年度ごとに書かれている",
    why="総額だけでは、毎年の予算要求にも執行状況の報告にも使えず、"
    "どの年度に遅れたのかも見えません",
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
            near_miss={
                f"{_SECOND}/budget": [_LINE],
                f"{_SECOND}/period": {"from": "FY2025", "to": "FY2026"},
                f"{_SECOND}/continuing": True,
            },
            pointer=f"{_SECOND}/budget",
        )
    ],
)
def amounts_by_year(context: CheckContext) -> Iterator[Finding]:
    """A measure over several fiscal years has amounts by year, not one sum.

    One sum serves neither the yearly budget request nor the report on what was spent,
    and it hides the year that fell behind.
    """
    for path, measure in numbered_measures(context):
        years = {line.fiscal_year for line in measure.budget if line.fiscal_year}
        span = _years(context, measure)
        if measure.budget_total and len(years) == 1 and len(span) > 1:
            yield context.finding(
                *path,
                "budget",
                ja=f"施策「{measure.title}」は{len(span)}年度にわたりますが、"
                f"予算{measure.budget_total:,}円が一年度にまとめられています。"
                "予算のない年度も、その旨を書いて並べます",
                en=f"measure {measure.id} runs in {len(span)} fiscal years and has "
                f"its JPY {measure.budget_total:,} in one; a year without a budget "
                "is listed too",
                hint=_by_year(measure, next(y for y in span if y not in years)),
            )


def _by_year(measure: Measure, other: FiscalYear) -> str:
    told = next(line.fiscal_year for line in measure.budget if line.fiscal_year)
    return (
        f"budget: [{{fiscal_year: {told}, amount: {measure.budget_total}}}, "
        f"{{fiscal_year: {other}, status: none}}]"
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
