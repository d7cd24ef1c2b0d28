"""Rules on the values that a report tells of indicators."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import chain

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.indicators import Indicator
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL
from .reported import (
    PlacedObservation,
    is_written,
    observations_in,
    observations_of,
    percent,
    place_of,
    rows_of,
    shortly,
    told_before,
    value_of,
)
from .sample_reports import around

CLUSTERPLAN = Manifest(api="~=1.0", order=-36)

_ROW = "/report/parts/0/rows/0"
_FIRST = f"{_ROW}/observations/0"


@rule(
    "NUM-10",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="実績値の時点が報告の期間に入り、将来の日付ではない",
    why="期間の外の値が混じると、期待値との比べ方がずれ、進捗の区分を誤ります。"
    "見込みの値を実績として載せることにもなります",
    source="整合性：実績値は、その時点の期待値と比べて区分する",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={f"{_FIRST}/as_of": "2027-03-31"},
            good={f"{_FIRST}/as_of": "2026-09-30"},
            near_miss={
                f"{_FIRST}/as_of": "2026-03-31",
                f"{_FIRST}/comment": "年度の統計で、2025年度の値が最新である",
            },
            pointer=f"{_FIRST}/as_of",
        )
    ],
)
def dated_in_period(context: CheckContext) -> Iterator[Finding]:
    """A value stands for a day of the period, and for none that is still to come.

    A value of another time is held against the wrong expectation and graded wrongly,
    and forecasts are told as results. An earlier day is right where the value says
    why, or tells again what an earlier report told.
    """
    report = context.report
    for placed in observations_of(context):
        day = placed.observation.as_of
        if report is None or day is None or _is_old_and_said_so(placed, context):
            continue
        in_future = context.today is not None and day > context.today
        if in_future or not report.period_start <= day <= report.period_end:
            yield context.finding(
                *placed.path,
                "as_of",
                ja=f"指標「{placed.observation.indicator}」の実績値の時点 {day} が"
                f"報告の期間（{report.period_start}～{report.period_end}）に"
                "入っていないか、将来の日付です",
                en=f"the value of {placed.observation.indicator} is as of {day}, in the "
                f"future or outside {report.period_start} to {report.period_end}",
                hint=f"as_of: {report.period_end} / comment: 年度の統計で、前年度の値が"
                "最新である",
            )


def _is_old_and_said_so(placed: PlacedObservation, context: CheckContext) -> bool:
    told, report = placed.observation, context.report
    if report is None or told.as_of is None or told.as_of >= report.period_start:
        return False
    if is_written(told.comment) or is_written(told.corrects):
        return True
    return told_before(placed, context) is not None


@rule(
    "NUM-11",
    severity=Severity.WARNING,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="実績値の桁や符号が、基準値・目標値と懸け離れていない",
    why="単位の取り違えや入力の誤りは、一つで合計も順位も変えてしまいます。"
    "公表した後に直すと、ほかの数字まで疑われます",
    source="整合性：実績値は指標の単位で書き、目標値と比べる",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={f"{_FIRST}/value": "468000"},
            near_miss={f"{_FIRST}/value": "59000"},
            pointer=f"{_FIRST}/value",
        )
    ],
)
def in_scale(context: CheckContext) -> Iterator[Finding]:
    """A value is not out of scale with baseline and target, and has their sign.

    One value in the wrong unit, or mistyped, changes sums and ranks; corrected after
    publication, it casts doubt on all others.
    """
    indicators = {indicator.id: indicator for indicator in context.plan.indicators}
    for placed in observations_of(context):
        indicator = indicators.get(placed.observation.indicator)
        value = value_of(placed.observation)
        if (
            indicator
            and value is not None
            and _is_out_of_scale(indicator, value, context.settings.out_of_scale_factor)
        ):
            yield context.finding(
                *placed.path,
                place_of(placed.observation),
                ja=f"指標「{indicator.title}」（{indicator.id}）の実績値 {shortly(value)} は、"
                "基準値・目標値と桁か符号が違います。単位を確かめてください",
                en=f"the value {shortly(value)} of {indicator.id} is out of scale with its "
                "baseline and target, or has another sign; look at the unit",
                hint=f"unit: {indicator.unit}",
            )


def _is_out_of_scale(indicator: Indicator, value: Fraction, factor: int) -> bool:
    dated = (indicator.baseline, indicator.target)
    known = [d.value for d in dated if d is not None and d.value is not None]
    most = max((abs(Fraction(number)) for number in known), default=Fraction())
    if not most:
        return False
    turned = all(number * value <= 0 for number in map(Fraction, known)) and value != 0
    return turned or abs(value) > factor * most


@rule(
    "REP-09",
    severity=Severity.WARNING,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="値のない指標に、その理由と次の公表日がある",
    why="空欄だけでは、統計を待っているのか、調べていないのかが分かりません。"
    "公表日があれば、次の報告で埋まるかどうかを確かめられます",
    source="整合性：値のない期が続く指標は、進捗を判定できない",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={f"{_ROW}/observations/1/value": None},
            near_miss={
                f"{_ROW}/observations/1": {
                    "indicator": "IN-3",
                    "missing_reason": "利用者の調査は年に一回である",
                    "next_release_on": "2027-06-30",
                }
            },
            pointer=f"{_ROW}/observations/1",
        )
    ],
)
def value_or_reason(context: CheckContext) -> Iterator[Finding]:
    """An indicator without a value says why, and when the value comes.

    A blank may wait for statistics, or nobody looked; with the day of the release the
    next report can be held to it.
    """
    if context.report is None:
        return
    told = {
        o.indicator
        for row in context.report.rows
        for o in row.observations
        if value_of(o) is not None
    }
    rows = [placed for placed in rows_of(context) if not placed.has_ended]
    for placed in chain.from_iterable(observations_in(row, context) for row in rows):
        own = placed.observation
        explained = is_written(own.missing_reason) and own.next_release_on
        if own.indicator not in told and not explained:
            yield _blank(context, own.indicator, *placed.path)
    measures = {measure.id: measure for measure in context.plan.measures}
    for row in rows:
        measure = measures.get(row.row.measure)
        if measure is None or is_written(row.row.no_number_reason):
            continue
        named = told | {o.indicator for o in row.row.observations}
        for indicator in measure.indicators:
            if indicator not in named:
                yield _blank(context, indicator, *row.path, "observations")


def _blank(context: CheckContext, indicator: str, *path: str | int) -> Finding:
    return context.finding(
        *path,
        ja=f"指標「{indicator}」に値がなく、その理由か次の公表日も欠けています",
        en=f"indicator {indicator} has no value, and the reason or the day of the next "
        "release is missing",
        hint=f"{{indicator: {indicator}, missing_reason: 年1回の統計である, "
        "next_release_on: 2027-06-30}",
    )


@rule(
    "REP-11",
    severity=Severity.INFO,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="目標を大きく超えた指標に、目標が適切だったかの説明がある",
    why="大幅な超過は、施策の効果のほか、目標が低すぎたことからも生じます。"
    "どちらかが分からないと、次の目標を決められません",
    source="実務：国の評価書は、目標を大きく超えた場合に目標の妥当性を問う",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={"/report/grades/0/indicators/0/completion": "2.10"},
            good={
                "/report/grades/0/indicators/0/completion": "2.10",
                f"{_FIRST}/comment": "大口の受注が重なった。次の改訂で目標を引き上げる",
            },
            near_miss={"/report/grades/0/indicators/0/completion": "1.50"},
            pointer=_FIRST,
        )
    ],
)
def far_over_target(context: CheckContext) -> Iterator[Finding]:
    """A value far over its target comes with a comment on the target.

    It may show that the measure works, or that the target was too low; unless it is
    said which, nobody can set the next target.
    """
    limit = context.settings.over_completion_above
    grades = context.report.grades if context.report else ()
    completed = {i.indicator: i.completion for g in grades for i in g.indicators}
    for placed in observations_of(context):
        own = placed.observation
        completion = completed.get(own.indicator)
        if (
            completion is not None
            and completion > limit
            and not is_written(own.comment)
        ):
            yield context.finding(
                *placed.path,
                ja=f"指標「{own.indicator}」の達成率が {percent(completion)} です。"
                "目標が適切だったかどうかを書き添えてください",
                en=f"completion of {own.indicator} is {percent(completion)}; say whether "
                "the target was right",
                hint="comment: 大口の受注が重なった。次の改訂で目標を引き上げる",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on reported values."""
    return (
        dated_in_period,
        in_scale,
        value_or_reason,
        far_over_target,
    )
