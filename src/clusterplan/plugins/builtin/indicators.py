"""Rules on indicators: complete, consistent, and long enough to show an effect."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.indicators import DatedValue, Direction, Indicator, IndicatorKind
from ...core.periods import FiscalYear
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, STRATEGIC
from .wording import plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-45)

_FOREIGN = re.compile(
    "ドル|ユーロ|ポンド|ウォン|人民元|^元$|[$€£₩]"
    "|(?<![A-Z])(?:USD|EUR|GBP|CNY|KRW)(?![A-Z])"
)
_BARE_SCALE = re.compile("[十百千万億兆]+|million|billion|bn")


@rule(
    "NUM-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="指標に名称・単位・方向・基準値・目標値・出典がそろっている",
    why="どれかが欠けた指標は、報告の年になって測り方から決め直すことになり、"
    "前の年と比べられません",
    source="論点メモ「成果指標の設定の仕方や予算根拠の示し方が不十分」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/indicators/2/source": None},
            good={"/indicators/2/source": "拠点の利用台帳"},
            near_miss={"/indicators/2/source": "台帳", "/indicators/2/title_en": None},
            pointer="/indicators/2/source",
        )
    ],
)
def complete(context: CheckContext) -> Iterator[Finding]:
    """Each indicator has name, unit, direction, baseline and target by date, source.

    What is missing has to be settled anew when the first report is due, and then the
    years cannot be compared.
    """
    for position, indicator in enumerate(context.plan.indicators):
        for part, ja, en in _missing(indicator):
            yield context.finding(
                "indicators",
                position,
                part,
                ja=f"指標「{indicator.title or indicator.id}」に{ja}がありません",
                en=f"indicator {indicator.id} has no {en}",
                hint=_HINTS[part],
            )


_HINTS = {
    "title": "title: 精密部品の輸出額",
    "unit": "unit: 百万円",
    "direction": "direction: increase / decrease / maintain",
    "baseline": 'baseline: {date: 2025-03-31, value: "4200"}',
    "target": 'target: {date: 2030-03-31, value: "6000"}',
    "source": "source: 貿易統計",
}


def _missing(indicator: Indicator) -> Iterator[tuple[str, str, str]]:
    parts = (
        ("title", "名称", "name", plain(indicator.title)),
        ("unit", "単位", "unit", plain(indicator.unit)),
        ("direction", "方向（増・減・維持）", "direction", indicator.direction),
        ("baseline", "時点のある基準値", "dated baseline", _told(indicator.baseline)),
        ("target", "時点のある目標値", "dated target", _told(indicator.target)),
        ("source", "出典", "source", plain(indicator.source)),
    )
    return ((part, ja, en) for part, ja, en, given in parts if not given)


def _told(value: DatedValue | None) -> bool:
    return value is not None and value.value is not None and value.date is not None


@rule(
    "NUM-03",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="方向が基準値と目標値に合っている",
    why="方向が逆のままだと、順調な年が「遅れ」、悪くなった年が「達成」と"
    "評価されてしまいます",
    source="整合性：方向が値と合わないと、達成率を計算できない",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={"/indicators/0/direction": "decrease"},
            good={"/indicators/0/direction": "increase"},
            near_miss={
                "/indicators/0/title": "先端パッケージ部材の輸入比率",
                "/indicators/0/direction": "decrease",
                "/indicators/0/baseline/value": "88",
                "/indicators/0/milestones/0/value": "80",
                "/indicators/0/target/value": "70",
            },
            pointer="/indicators/0/direction",
        )
    ],
)
def direction(context: CheckContext) -> Iterator[Finding]:
    """The target lies on the side of the baseline that the direction names.

    With the wrong direction a good year is judged as delayed, and a bad one as
    achieved.
    """
    for position, indicator in enumerate(context.plan.indicators):
        first, last = _value(indicator.baseline), _value(indicator.target)
        if first is None or last is None:
            continue
        agrees = {Direction.INCREASE: last > first, Direction.DECREASE: last < first}
        if indicator.direction and not agrees.get(indicator.direction, True):
            yield context.finding(
                "indicators",
                position,
                "direction",
                ja=f"指標「{indicator.title or indicator.id}」は方向が"
                f"「{indicator.direction.value}」ですが、基準値{first:f}から"
                f"目標値{last:f}になっています。方向か値を直してください",
                en=f"indicator {indicator.id} shall {indicator.direction.value}, but "
                f"goes from {first:f} to {last:f}; correct the direction or a value",
                hint=f"direction: {_from_to(first, last).value}",
            )


def _from_to(first: Decimal, last: Decimal) -> Direction:
    if last > first:
        return Direction.INCREASE
    return Direction.DECREASE if last < first else Direction.MAINTAIN


@rule(
    "NUM-04",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="金額の単位は円で、桁まで書かれている",
    why="外貨が混ざったり「百万」が何の数か分からなかったりすると、"
    "ほかの計画と並べることも合計することもできません",
    source="整合性：指標の値はすべて一つの単位で比べる",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/indicators/0/unit": "百万ドル"},
            good={"/indicators/0/unit": "億円"},
            near_miss={"/indicators/0/unit": "百万個"},
            pointer="/indicators/0/unit",
        )
    ],
)
def unit(context: CheckContext) -> Iterator[Finding]:
    """The one unit of an indicator, where it is money, is yen with a declared scale.

    Where currencies are mixed, or a 'million' counts nobody knows what, the number can
    neither be set beside those of other plans nor added to them.
    """
    for position, indicator in enumerate(context.plan.indicators):
        written = unicodedata.normalize("NFKC", indicator.unit or "").strip()
        if _FOREIGN.search(written.upper()) or _BARE_SCALE.fullmatch(written.lower()):
            yield context.finding(
                "indicators",
                position,
                "unit",
                ja=f"指標「{indicator.title or indicator.id}」の単位「{written}」は"
                "外貨か、桁だけで、値を比べられません",
                en=f"the unit {written!r} of indicator {indicator.id} is foreign money "
                "or a scale alone, and not comparable",
                hint="unit: 円 / 百万円 / 億円 / 万人",
            )


@rule(
    "NUM-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="目標は単年度でなく、計画の終わりまで見る成果指標がある",
    why="設備や人材への投資が数字に出るまでには何年もかかります。"
    "一年先の目標だけでは、効果が出る前に評価が終わってしまいます",
    source="論点メモ「単年度評価を求めない長期的な施策の実施」",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                "/indicators/2/baseline/date": "2029-03-31",
                "/indicators/2/target/date": "2030-03-31",
            },
            good={"/indicators/2/target/date": "2031-03-31"},
            near_miss={
                "/indicators/2/baseline/date": "2029-03-31",
                "/indicators/2/target/date": "2030-04-01",
            },
            pointer="/indicators/2/target",
        )
    ],
)
def long_enough(context: CheckContext) -> Iterator[Finding]:
    """Targets are set for more than a year, and one outcome runs to the plan's end.

    Investment in plants and people takes years to show in numbers. With targets a year
    ahead only, the plan is judged before the effect can come.
    """
    plan = context.plan
    end = str(plan.period.end) if plan.period else ""
    for position, indicator in enumerate(plan.indicators):
        first, last = _day(indicator.baseline), _day(indicator.target)
        if first and last and _years(first, last) <= 1:
            earliest = f"{FiscalYear.of(first).year + 3}-03-31"
            yield context.finding(
                "indicators",
                position,
                "target",
                ja=f"指標「{indicator.title or indicator.id}」の目標時点（{last}）は"
                f"基準時点（{first}）から一年度以内です。"
                "長期の目標を置き、途中は中間目標に書いてください",
                en=f"the target of indicator {indicator.id} on {last} is within one "
                "fiscal year of its baseline; set a longer one, with milestones",
                hint=f"target: {{date: {max(earliest, end)}}}",
            )
    outcomes = (i for i in plan.indicators if i.kind is IndicatorKind.OUTCOME)
    ends = [day for day in (_day(i.target) for i in outcomes) if day]
    if ends and plan.period and _years(max(ends), plan.period.end) > 0:
        yield context.finding(
            "indicators",
            ja=f"計画の最終年度（{plan.period.end}まで）に目標のある成果指標が"
            "ありません。少なくとも一つの目標時点を計画の終わりに合わせてください",
            en=f"no outcome has a target in the last year of the plan, which ends on "
            f"{plan.period.end}; let at least one run to the end",
            hint=f"target: {{date: {end}}}",
        )


def _value(value: DatedValue | None) -> Decimal | None:
    return value.value if value else None


def _day(value: DatedValue | None) -> dt.date | None:
    return value.date if value else None


def _years(first: dt.date, last: dt.date) -> int:
    return FiscalYear.of(last).year - FiscalYear.of(first).year


@rule(
    "NUM-08",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="中間目標が日付順で、基準時点と目標時点の間にある",
    why="日付が前後していると、途中の年に期待される値を正しく求められず、"
    "順調でも遅れていると判定されかねません",
    source="整合性：途中の期待値は時点の順にたどって求める",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/indicators/0/milestones": [{"date": "2035-03-31", "value": "5200"}]},
            good={
                "/indicators/0/milestones": [
                    {"date": "2027-03-31", "value": "4800"},
                    {"date": "2028-03-31", "value": "5200"},
                ]
            },
            near_miss={
                "/indicators/0/milestones": [{"date": "2030-03-31", "value": "6000"}]
            },
            pointer="/indicators/0/milestones/0",
        )
    ],
)
def milestones(context: CheckContext) -> Iterator[Finding]:
    """Milestones follow each other by date, between baseline and target.

    Where the dates are out of order, what is expected half-way comes out wrong, and a
    plan on course may be judged late.
    """
    for position, indicator in enumerate(context.plan.indicators):
        first = _day(indicator.baseline) or dt.date.min
        last = _day(indicator.target) or dt.date.max
        before: dt.date | None = None
        for number, day in enumerate(_day(m) for m in indicator.milestones):
            if day is None:
                continue
            if not first <= day <= last or (before is not None and day <= before):
                yield context.finding(
                    "indicators",
                    position,
                    "milestones",
                    number,
                    ja=f"指標「{indicator.title or indicator.id}」の中間目標（{day}）が"
                    "前の中間目標より後でないか、基準時点と目標時点の間にありません",
                    en=f"the milestone of {day} of indicator {indicator.id} is out of "
                    "order, or not between baseline and target",
                    hint=_window(indicator, before),
                )
            before = day


def _window(indicator: Indicator, before: dt.date | None) -> str:
    """Return between which days a milestone may lie, as far as they are known."""
    first, last = _day(indicator.baseline), _day(indicator.target)
    if before and (first is None or before > first) and (last is None or before < last):
        return f"{before} < date" + (f" ≤ {last}" if last else "")
    return (f"{first} ≤ " if first else "") + "date" + (f" ≤ {last}" if last else "")


@rule(
    "NUM-09",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="基準値が計画の開始時点で古すぎない",
    why="古い基準値からの伸びには、計画より前に起きた変化も含まれます。"
    "どこまでが計画の成果なのかを説明できません",
    source="整合性：古い基準値では、計画による変化を測れない",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/indicators/0/baseline/date": "2015-03-31"},
            good={"/indicators/0/baseline/date": "2024-03-31"},
            near_miss={"/indicators/0/baseline/date": "2023-04-01"},
            pointer="/indicators/0/baseline",
        )
    ],
)
def baseline_age(context: CheckContext) -> Iterator[Finding]:
    """The baseline is not older than a set age when the plan starts.

    Growth from an old baseline includes what happened before the plan: nobody can say
    how much of it the plan has brought.
    """
    if context.plan.period is None:
        return
    start = context.plan.period.start
    years = context.settings.baseline_max_age_years
    oldest = (start.year - years, start.month, start.day)
    for position, indicator in enumerate(context.plan.indicators):
        day = _day(indicator.baseline)
        if day and (day.year, day.month, day.day) < oldest:
            yield context.finding(
                "indicators",
                position,
                "baseline",
                ja=f"指標「{indicator.title or indicator.id}」の基準値（{day}）は"
                f"計画の開始（{start}）の{years}年前より古いものです。"
                "新しい値があれば置き換えてください",
                en=f"the baseline of indicator {indicator.id} of {day} is more than "
                f"{years} years older than the plan; use a newer value if there is one",
                hint=f"baseline: {{date: {start}, value: …}}",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on indicators."""
    return (
        complete,
        direction,
        unit,
        long_enough,
        milestones,
        baseline_age,
    )
