"""Rules on the investments of strategic cluster plans (A)."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.investments import Investment, InvestmentState, MoneyLine, Sector
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import STRATEGIC, policy_text
from .wording import plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-98)

_SECTORS = {
    Key(source): sector
    for sector, sources in (
        (
            Sector.PUBLIC,
            (
                *("state", "national_subsidy", "regional_future_grant"),
                *("prefecture", "municipality"),
            ),
        ),
        (Sector.PRIVATE, ("company", "bank", "crowdfunding")),
    )
    for source in sources
}
"""Whose money a well-known source is."""


def _investments(context: CheckContext) -> Iterator[tuple[int, Investment]]:
    for position, id_ in enumerate(context.plan.investments):
        investment = context.investments.get(id_)
        if investment is not None:
            yield position, investment


def _has_amount(line: MoneyLine) -> bool:
    return any(a is not None for a in (line.amount, line.at_least, line.at_most))


@rule(
    "A-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="起点となる大規模投資に投資者・場所・金額・時期・分野がある",
    source=policy_text("企業の大規模投資を起点として形成される"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/anchor": False},
            good={"/investments/0/anchor": True},
            pointer="/investments",
        ),
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/fields": []},
            good={"/investments/0/fields": ["ai_semiconductors", "materials"]},
            pointer="/investments/0",
        ),
    ],
)
def anchor_investment(context: CheckContext) -> Iterator[Finding]:
    """An anchor investment tells investor, site, amount, year and field."""
    anchors = [(p, i) for p, i in _investments(context) if i.anchor]
    if not anchors:
        yield context.finding(
            "investments",
            ja="クラスターの起点となる企業の大規模投資が示されていません。"
            "その投資を investments に書き、anchor を true にしてください",
            en="no large investment of a company is named that the cluster starts "
            "from; add it to `investments` with `anchor: true`",
            hint="{id: INV-1, title: 新工場, anchor: true, fields: [...], ...}",
        )
    elif all(_lacks(investment) for _, investment in anchors):
        for position, investment in anchors:
            ja, en = zip(*_lacks(investment), strict=True)
            yield context.finding(
                "investments",
                position,
                ja=f"起点となる投資「{investment.title}」に{'・'.join(ja)}がありません",
                en=f"the anchor investment {investment.id} lacks {', '.join(en)}",
            )


def _lacks(investment: Investment) -> tuple[tuple[str, str], ...]:
    """Return what an anchor does not tell, in Japanese and English."""
    lines = investment.money
    told = (
        (bool(plain(investment.investor)), "投資主体", "an investor"),
        (any(s.municipality for s in investment.sites), "所在地", "a site"),
        (any(map(_has_amount, lines)), "金額", "an amount"),
        (investment.starts_in is not None, "開始年度", "a fiscal year of start"),
        (bool(investment.fields), "戦略分野", "a strategic field"),
    )
    return tuple((ja, en) for is_told, ja, en in told if not is_told)


@rule(
    "A-10",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="民間の資金と公的資金が分けて記録されている",
    source=policy_text("官民投資を促進"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/money/1/sector": "private"},
            good={"/investments/0/money/1/source": "prefecture"},
            pointer="/investments/0/money/1",
        ),
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/money/1/source": None},
            good={"/investments/0/money/1/source": "another_fund"},
            pointer="/investments/0/money/1",
        ),
    ],
)
def sectors_apart(context: CheckContext) -> Iterator[Finding]:
    """Every amount names a source, and counts as the money of that source's sector."""
    for position, investment in _investments(context):
        for number, line in enumerate(investment.money):
            place = ("investments", position, "money", number)
            if not line.source:
                yield context.finding(
                    *place,
                    ja=f"投資「{investment.title}」の{number + 1}番目の資金に資金源がなく、"
                    "民間の資金か公的資金かを確かめられません",
                    en=f"money line {number + 1} of investment {investment.id} names "
                    "no source; it cannot be told whether it is private or public",
                    hint="source: company / source: national_subsidy",
                )
            elif _SECTORS.get(line.source, line.sector) is not line.sector:
                right = _SECTORS[line.source].value
                yield context.finding(
                    *place,
                    ja=f"投資「{investment.title}」の資金源「{line.source}」が官民の区分"
                    f"「{line.sector.value}」と合いません。官民の資金を分けて書いてください",
                    en=f"the source {line.source!r} of investment {investment.id} is "
                    f"not {line.sector.value} money; record private and public money "
                    "apart",
                    hint=f"sector: {right}",
                )


@rule(
    "A-11",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="起点となる投資に進み具合と出典がある",
    source=policy_text("大規模な投資を呼び込む"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/state": None},
            good={"/investments/0/state": "decided"},
            pointer="/investments/0/state",
        ),
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/source": None},
            good={"/investments/0/source": "2026年5月の発表資料（架空）"},
            pointer="/investments/0/source",
        ),
    ],
)
def anchor_state(context: CheckContext) -> Iterator[Finding]:
    """An anchor investment says how far it is, and where that is read from."""
    for position, investment in _investments(context):
        if not investment.anchor:
            continue
        if investment.state is None:
            yield context.finding(
                "investments",
                position,
                "state",
                ja=f"起点となる投資「{investment.title}」の進み具合が書かれていません",
                en=f"the anchor investment {investment.id} does not say how far it is",
                hint=", ".join(state.value for state in InvestmentState),
            )
        if not plain(investment.source):
            yield context.finding(
                "investments",
                position,
                "source",
                ja=f"起点となる投資「{investment.title}」の出典が書かれていません",
                en=f"the anchor investment {investment.id} names no source",
            )


@rule(
    "A-12",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="起点となる投資の金額が、設定があればその下限に達している",
    source=policy_text("企業の大規模投資を起点"),
)
def anchor_amount(context: CheckContext) -> Iterator[Finding]:
    """An anchor reaches the least amount, if one is set; the policy text names none."""
    least = context.settings.anchor_min_amount
    anchors = [(p, i) for p, i in _investments(context) if i.anchor]
    largest = max((_amount(i) for _, i in anchors), default=0)
    if least is None or not anchors or largest >= least:
        return
    for position, investment in anchors:
        yield context.finding(
            "investments",
            position,
            "money",
            ja=f"起点となる投資「{investment.title}」の金額{_amount(investment):,}円は、"
            f"設定された下限{least:,}円に達していません",
            en=f"the anchor investment {investment.id} amounts to "
            f"{_amount(investment):,} yen, less than the {least:,} yen that are set",
        )


def _amount(investment: Investment) -> int:
    """Return the sum of all lines, each at the most that it may be."""
    return sum(m.amount or m.at_most or m.at_least or 0 for m in investment.money)


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on investments of plan type A."""
    return (anchor_investment, sectors_apart, anchor_state, anchor_amount)
