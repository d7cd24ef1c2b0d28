"""Rules on values over several periods: corrections, and where the trend leads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.courses import Course, course_of, direction_of
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import PartId
from ...core.indicators import Direction, Interpolation
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL
from .reported import (
    PlacedObservation,
    Told,
    earlier_reports,
    is_written,
    observations_of,
    percent,
    place_of,
    shortly,
    told_before,
    value_of,
    values_in,
)
from .sample_reports import around

CLUSTERPLAN = Manifest(api="~=1.0", order=-35)

_FIRST = "/report/parts/0/rows/0/observations/0"
_TREND_POINTS = 3
"""Values that make a trend."""


@rule(
    "REP-12",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="前に報告した値は、理由のある訂正でだけ変わっている",
    why="過去の値が断りなく変わると、前の報告の判断が何に基づいていたのか、"
    "たどれなくなります",
    source="整合性：進捗の推移は、報告された値のとおりに残す",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around("FY2026H2"),
            bad={f"{_FIRST}/as_of": "2026-09-30", f"{_FIRST}/value": "4900"},
            good={
                f"{_FIRST}/as_of": "2026-09-30",
                f"{_FIRST}/value": "4900",
                f"{_FIRST}/corrects": "調査票の集計の誤りを直した",
            },
            near_miss={f"{_FIRST}/as_of": "2026-09-30", f"{_FIRST}/value": "4680"},
            pointer=f"{_FIRST}/value",
        )
    ],
)
def corrections_shown(context: CheckContext) -> Iterator[Finding]:
    """A value that was told before changes only by a correction with a reason.

    Where past values change silently, nobody can trace any more what the decisions on
    earlier reports were based on.
    """
    for placed in observations_of(context):
        value, before = value_of(placed.observation), told_before(placed, context)
        if value is None or before is None or value == before.value:
            continue
        if not is_written(placed.observation.corrects):
            yield context.finding(
                *placed.path,
                place_of(placed.observation),
                ja=f"{before.on} 時点の値は前の報告では {shortly(before.value)} でした。"
                "訂正するなら、その理由を書いてください",
                en=f"the value as of {before.on} was {shortly(before.value)} in an earlier "
                "report; a correction says why",
                hint="corrects: 調査票の集計の誤りを直した",
            )


@rule(
    "REP-13",
    version=2,
    severity=Severity.WARNING,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="三期以上の実績の傾向が、目標時点で目標の8割に届く",
    why="毎期の遅れが小さくても、積み重なると目標には届きません。"
    "傾向が見えた時点なら、まだ手を打てます",
    source="整合性：目標への道筋は、報告された値の傾向と比べられる",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around("FY2027H1"),
            bad={f"{_FIRST}/value": "4860"},
            near_miss={f"{_FIRST}/value": "4960"},
            pointer=f"{_FIRST}/value",
        )
    ],
)
def trend_leads_to_target(context: CheckContext) -> Iterator[Finding]:
    """The trend of three or more values leads to the target, or nearly so.

    Small delays in each period add up to a target that is missed; once the trend can be
    seen there still is time to act.
    """
    courses = {
        indicator.id: course_of(indicator)
        for indicator in context.plan.indicators
        if direction_of(indicator) is not Direction.MAINTAIN
    }
    for placed in _each_once(context):
        indicator = placed.observation.indicator
        course = courses.get(indicator)
        if course is None:
            continue
        share = _leads_to(course, _all_told(indicator, context))
        if share is not None and share < Fraction(context.settings.trend_reaches):
            yield context.finding(
                *placed.path,
                place_of(placed.observation),
                ja=f"指標「{indicator}」は、これまでの傾向のままでは目標時点で"
                f"目標までの {percent(share)} にとどまります",
                en=f"as its values go, indicator {indicator} gets {percent(share)} of "
                "the way by the day of its target",
                hint="response: {kind: revise, reason: 施策の見直しを次の改訂に盛り込む}",
            )


def _each_once(context: CheckContext) -> Iterable[PlacedObservation]:
    """Return an observation of each indicator: the first with a value, or else any."""
    found: dict[PartId, PlacedObservation] = {}
    for placed in observations_of(context):
        first = found.setdefault(placed.observation.indicator, placed)
        if value_of(first.observation) is None:
            found[placed.observation.indicator] = placed
    return found.values()


def _all_told(indicator: PartId, context: CheckContext) -> list[Told]:
    """Return every value of an indicator, the latest that was told for each day."""
    now = (context.report,) if context.report else ()
    reports = (*earlier_reports(context), *now)
    found = {told.on: told for r in reports for told in values_in(r, indicator)}
    return sorted(found.values(), key=lambda told: told.on)


def _leads_to(course: Course, told: list[Told]) -> Fraction | None:
    """Return the share of the way that the trend has gone by the day of the target.

    Nothing where there is no trend: fewer values than make one, a target that comes at
    once, one that is reached already, or whose day has come.
    """
    steps = course.interpolation is Interpolation.STEP
    if steps or course.whole <= 0 or len(told) < _TREND_POINTS:
        return None
    last = told[-1]
    if course.gain(last.value) >= course.whole or last.on >= course.end.date:
        return None
    days = [Fraction(each.on.toordinal()) for each in told]
    middle = sum(days, Fraction()) / len(days)
    level = sum((each.value for each in told), Fraction()) / len(told)
    spread = sum(((day - middle) ** 2 for day in days), Fraction())
    joint = sum(
        ((day - middle) * each.value for day, each in zip(days, told, strict=True)),
        Fraction(),
    )
    ahead = course.end.date.toordinal() - middle
    return course.gain(level + joint / spread * ahead) / course.whole


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on values over several periods."""
    return (corrections_shown, trend_leads_to_target)
