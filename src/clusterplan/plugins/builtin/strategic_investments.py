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
_ASKED = (
    ("投資主体", "an investor", "investor: 架空先端パッケージ株式会社"),
    ("所在地", "a site", 'sites: [{municipality: "434043"}]'),
    (
        "金額",
        "an amount",
        "money: [{source: company, sector: private, amount: 86000000000, ...}]",
    ),
    ("開始年度", "a fiscal year of start", "starts_in: FY2027"),
    ("戦略分野", "a strategic field", "fields: [ai_semiconductors]"),
)
"""What an anchor tells, in Japanese and English, and how it is written."""


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
    why="誰が・どこに・いつ・いくら投じるのかが分からないと、道路・用水・人材をどこに、"
    "いつまでに用意すればよいのかを決められません",
    source=policy_text("企業の大規模投資を起点として形成される"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/anchor": False},
            good={"/investments/0/anchor": True},
            near_miss={
                "/investments/0/state": "idea",
                "/investments/0/money/0/amount": None,
                "/investments/0/money/0/at_least": 80_000_000_000,
            },
            pointer="/investments",
        ),
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/fields": []},
            good={"/investments/0/fields": ["ai_semiconductors", "materials"]},
            near_miss={"/investments/0/fields": ["materials"]},
            pointer="/investments/0",
        ),
    ],
)
def anchor_investment(context: CheckContext) -> Iterator[Finding]:
    """An anchor investment tells investor, site, amount, year and field.

    As long as nobody knows who builds what where and when, nobody can decide where
    road, water and people have to be ready, and by which day.
    """
    anchors = [(p, i) for p, i in _investments(context) if i.anchor]
    if not anchors:
        yield context.finding(
            "investments",
            ja="クラスターの起点となる企業の大規模投資が示されていません"
            "（anchor が true の投資が一つもありません）",
            en="no large investment of a company is named that the cluster starts "
            "from: `anchor` is true of none",
            hint="- {id: INV-9, title: 先端パッケージ新工場, anchor: true, "
            "investor: 架空先端パッケージ株式会社, starts_in: FY2027, "
            "fields: [ai_semiconductors], sites: [...], money: [...]}",
        )
    elif all(_lacks(investment) for _, investment in anchors):
        for position, investment in anchors:
            ja, en, hint = zip(*_lacks(investment), strict=True)
            yield context.finding(
                "investments",
                position,
                ja=f"起点となる投資「{investment.title}」に{'・'.join(ja)}がありません",
                en=f"the anchor investment {investment.id} lacks {', '.join(en)}",
                hint=", ".join(hint),
            )


def _lacks(investment: Investment) -> tuple[tuple[str, str, str], ...]:
    """Return what an anchor does not tell."""
    told = (
        plain(investment.investor),
        any(site.municipality for site in investment.sites),
        any(map(_has_amount, investment.money)),
        investment.starts_in is not None,
        investment.fields,
    )
    return tuple(
        each for each, is_told in zip(_ASKED, told, strict=True) if not is_told
    )


@rule(
    "A-10",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="民間の資金と公的資金が分けて記録されている",
    why="官民の資金が混ざると、公的資金がどれだけの民間投資につながったのかを後から"
    "示せず、公表した総額の内訳を聞かれても答えられません",
    source=policy_text("官民投資を促進"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/money/1/sector": "private"},
            good={"/investments/0/money/1/source": "prefecture"},
            near_miss={
                "/investments/0/money/1/sector": "private",
                "/investments/0/money/1/source": "bank",
            },
            pointer="/investments/0/money/1",
        ),
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/money/1/source": None},
            good={"/investments/0/money/1/source": "another_fund"},
            near_miss={
                "/investments/0/money/1/source": "another_fund",
                "/investments/0/money/1/sector": "private",
            },
            pointer="/investments/0/money/1",
        ),
    ],
)
def sectors_apart(context: CheckContext) -> Iterator[Finding]:
    """Every amount names a source, and counts as the money of that source's sector.

    Once public and private money are mixed, nobody can show how much private
    investment the public money led to, or break down the total that was published.
    """
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
                    f"「{line.sector.value}」と合いません",
                    en=f"the source {line.source!r} of investment {investment.id} is "
                    f"not {line.sector.value} money",
                    hint=f"sector: {right}",
                )


@rule(
    "A-11",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="起点となる投資に進み具合と出典がある",
    why="構想も着工済みの工場も同じ重さで読まれると、道路や用水の時期を見誤ります。"
    "出典があれば、進み具合が変わったときに誰でも確かめ直せます",
    source=policy_text("大規模な投資を呼び込む"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/state": None},
            good={"/investments/0/state": "decided"},
            near_miss={"/investments/0/state": "idea"},
            pointer="/investments/0/state",
        ),
        Example(
            plan_type=STRATEGIC,
            bad={"/investments/0/source": None},
            good={"/investments/0/source": "2026年5月の発表資料（架空）"},
            near_miss={"/investments/0/source": "https://example.jp/news/2026-05-20"},
            pointer="/investments/0/source",
        ),
    ],
)
def anchor_state(context: CheckContext) -> Iterator[Finding]:
    """An anchor investment says how far it is, and where that is read from.

    If an idea is read like a plant under construction, road and water come at the
    wrong time. With a source anybody can look again when things have moved.
    """
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
                hint=f"state: {' / '.join(state.value for state in InvestmentState)}",
            )
        if not plain(investment.source):
            yield context.finding(
                "investments",
                position,
                "source",
                ja=f"起点となる投資「{investment.title}」の出典が書かれていません",
                en=f"the anchor investment {investment.id} names no source",
                hint="source: 2026年5月20日の報道発表",
            )


@rule(
    "A-12",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="起点となる投資の金額が、設定があればその下限に達している",
    why="下限を決めて運用しているのに、届かない投資を起点に数えると、ほかの計画と規模を"
    "比べるときに話が合わなくなります",
    source=policy_text("企業の大規模投資を起点"),
)
def anchor_amount(context: CheckContext) -> Iterator[Finding]:
    """An anchor reaches the least amount, if one is set; the policy text names none.

    Where an office has set one, an anchor below it makes plans look alike that are
    not, as soon as their size is compared.
    """
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
            hint="money: [{fiscal_year: FY2027, amount: ..., ...}, "
            "{fiscal_year: FY2028, amount: ..., ...}] / anchor: false",
        )


def _amount(investment: Investment) -> int:
    """Return the sum of all lines, each at the most that it may be."""
    return sum(m.amount or m.at_most or m.at_least or 0 for m in investment.money)


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on investments of plan type A."""
    return (anchor_investment, sectors_apart, anchor_state, anchor_amount)
