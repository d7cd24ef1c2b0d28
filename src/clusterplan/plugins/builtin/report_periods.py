"""Rules on when reports are due, and on the period that each of them covers."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import attrs

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.due_dates import (
    PeriodStatus,
    ReportingPeriod,
    is_silent,
    periods_until,
    reporting_periods,
)
from ...core.findings import Finding, Gate, Severity
from ...core.offices import office_name
from ...core.reports import ProgressReport
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, STRATEGIC, policy_text
from .reported import rows_of
from .sample_reports import around, sample_report, strategic_report

CLUSTERPLAN = Manifest(api="~=1.0", order=-34)


def _first_part_by(ministry: str) -> dict[str, Any]:
    """Return what lets a ministry report the first two measures."""
    reporter = {"kind": "ministry", "code": ministry}
    measures = (f"/policy_means/measures/{n}/reporter" for n in range(2))
    return dict.fromkeys(("/report/parts/0/reporter", *measures), reporter)


_HALF_YEARLY = policy_text("半年に一回程度の実施")


def _late_periods(context: CheckContext) -> tuple[ReportingPeriod, ...]:
    """Return the periods whose report is late; none where nobody asks on a day."""
    today, public_on = context.today, context.public_on
    if today is None or public_on is None or any(r.is_final for r in context.reports):
        return ()
    end = context.plan.period.end if context.plan.period else None
    told = {report.id for report in context.reports}
    if context.report:
        told.add(context.report.id)
    return tuple(
        period
        for period in periods_until(public_on, end, today, context.cycle)
        if period.id not in told and period.status(today) is PeriodStatus.LATE
    )


def _went_silent(context: CheckContext) -> bool:
    """Tell whether a plan went too long without a report.

    A report that is about to go in ends the silence. Months count from the day that
    the last one went in, or else from the last day that it tells of.
    """
    today, public_on = context.today, context.public_on
    if today is None or public_on is None or context.report:
        return False
    if any(report.is_final for report in context.reports):
        return False
    last = max((r.submitted_on or r.period_end for r in context.reports), default=None)
    return is_silent(public_on, last, today, context.cycle)


@rule(
    "REP-05",
    severity=Severity.WARNING,
    gate=Gate.ANY,
    applies_to=POLICY_TYPES,
    title="報告が提出期限と猶予の日を過ぎていない",
    why="報告が遅れると、原因を探すのも手を打つのも半年先になります。"
    "遅れに早く気付けば、担当に尋ねるだけで済みます",
    source=_HALF_YEARLY,
    examples=[
        Example(
            plan_type=REGIONAL,
            given={"public_on": "2026-04-01", "today": "2026-11-20"},
            bad={"/today": "2027-01-10"},
            near_miss={"/today": "2026-12-30"},
            pointer="/reports",
        )
    ],
)
def late(context: CheckContext) -> Iterator[Finding]:
    """No report is later than its due date and the tolerance.

    With a late report the search for causes, and what is done about them, waits for
    another half-year; noticed early, a question to the unit in charge is enough.
    """
    if _went_silent(context):
        return
    for period in _late_periods(context):
        yield context.finding(
            "reports",
            ja=f"期間 {period.id} の報告がまだ提出されていません"
            f"（提出期限 {period.due_on}、猶予 {period.late_after} まで）",
            en=f"the report on {period.id} is not in; it was due on {period.due_on}, "
            f"with a tolerance until {period.late_after}",
            hint=f"report open {context.plan.id} {period.id}",
        )


@rule(
    "REP-06",
    severity=Severity.ERROR,
    gate=Gate.ANY,
    applies_to=POLICY_TYPES,
    title="報告のない期間が12か月に達していない",
    why="1年も報告がないと、計画が動いているのかどうか誰にも分かりません。"
    "担当者が異動していれば、経過をたどることも難しくなります",
    source=_HALF_YEARLY,
    examples=[
        Example(
            plan_type=REGIONAL,
            given={
                "public_on": "2026-04-01",
                "today": "2027-04-20",
                "reports": [sample_report()],
            },
            bad={"/reports": []},
            near_miss={"/reports": [], "/today": "2026-12-30"},
            pointer="/reports",
        )
    ],
)
def silent(context: CheckContext) -> Iterator[Finding]:
    """No plan goes for twelve months without a report.

    After a year without a report nobody can tell whether the plan is still carried
    out, and where staff have moved on, nobody can say what happened.
    """
    if not _went_silent(context):
        return
    months, late = context.cycle.silent_after_months, _late_periods(context)
    names = ", ".join(period.id for period in late) or "-"
    yield context.finding(
        "reports",
        ja=f"報告のないまま{months}か月以上たっています（遅れている期間：{names}）",
        en=f"there was no report for {months} months or more (late: {names})",
        hint=f"report open {context.plan.id} {late[0].id if late else 'FY2026H1'}",
    )


@rule(
    "REP-15",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="報告は期間ごとに一つで、期間が暦に合い、同じ主体や施策が重ならない",
    why="同じ期間の報告が二つあると、どちらの数字が正しいのか分からず、"
    "合計にも二重に数えられます",
    source="整合性：報告は期間ごとに集計し、前の期間と比べる",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around("FY2027H1"),
            bad={
                "/report/id": "FY2026H2",
                "/report/period_start": "2026-10-01",
                "/report/period_end": "2027-03-31",
            },
            near_miss={"/report/edition": "1.1"},
            pointer="/report/id",
        ),
        Example(
            plan_type=STRATEGIC,
            given={"report": strategic_report()},
            bad=_first_part_by("meti"),
            near_miss=_first_part_by("mlit"),
            pointer="/report/parts/1/reporter",
        ),
    ],
)
def one_report(context: CheckContext) -> Iterator[Finding]:
    """A period has one report, as the calendar has it, with a part a reporter.

    Of two reports on one period nobody knows which figures hold, and sums count both.
    """
    report = context.report
    if report is None:
        return
    if any(r.id == report.id and r != report for r in context.reports):
        yield context.finding(
            "report",
            "id",
            ja=f"期間 {report.id} の報告は既に提出されています。"
            "差戻しを受けて直すか、次の期間で訂正してください",
            en=f"period {report.id} was reported already; have that report sent back, "
            "or correct it in the next period",
            hint="observations: [{corrects: 集計の誤りを直した}]",
        )
    yield from _off_calendar(report, context)
    yield from _doubled(report, context)


def _off_calendar(report: ProgressReport, context: CheckContext) -> Iterator[Finding]:
    if context.public_on is None:
        return
    plan_end = context.plan.period.end if context.plan.period else None
    periods = reporting_periods(context.public_on, plan_end, context.cycle)
    known = list(itertools.takewhile(lambda p: p.start <= report.period_end, periods))
    if (report.id, report.period_end) not in {(p.id, p.end) for p in known}:
        near = known[-1] if known else None
        yield context.finding(
            "report",
            "period_end",
            ja=f"期間 {report.id}（{report.period_end} まで）は、"
            "この計画の報告の暦にありません",
            en=f"the plan has no reporting period {report.id} up to "
            f"{report.period_end}",
            hint=f"id: {near.id}, period_end: {near.end}"
            if near
            else f"period_end: {context.public_on} 以後の期末日",
        )


def _doubled(report: ProgressReport, context: CheckContext) -> Iterator[Finding]:
    reporters: set[str] = set()
    for number, part in enumerate(report.parts):
        if part.reporter.code in reporters:
            office = office_name(part.reporter)
            yield context.finding(
                "report",
                "parts",
                number,
                "reporter",
                ja=f"{office.ja}の報告が二つあります。一つにまとめてください",
                en=f"{office.en} has two parts in the report; make them one",
                hint=f"parts: [{{reporter: {part.reporter}, rows: [...]}}]",
            )
        reporters.add(part.reporter.code)
    measures: set[str] = set()
    for placed in rows_of(context):
        if placed.row.measure in measures:
            yield context.finding(
                *placed.path,
                ja=f"施策「{placed.row.measure}」の報告が二つあります。"
                "一つにまとめてください",
                en=f"measure {placed.row.measure} is reported twice; make it one row",
                hint=f"rows: [{{measure: {placed.row.measure}, text: ...}}]",
            )
        measures.add(placed.row.measure)


@rule(
    "MAP-05",
    severity=Severity.WARNING,
    gate=Gate.MAP,
    applies_to=POLICY_TYPES,
    title="投資マップに、最近の報告の時点と進捗区分が示せる",
    why="いつの時点か分からない進捗や古い進捗が地図に載ると、"
    "見る人は今の状況と取り違えます",
    source=policy_text("定期的に進捗を確認"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given={
                "public_on": "2026-04-01",
                "today": "2027-04-20",
                "reports": [sample_report()],
            },
            bad={"/reports/0/grades": []},
            near_miss={"/today": "2027-06-29"},
            pointer="/reports/0/grades",
        ),
        Example(
            plan_type=REGIONAL,
            given={"public_on": "2027-02-15", "today": "2027-10-01"},
            bad={"/today": "2027-11-15"},
            near_miss={"/today": "2027-11-14"},
            pointer="/reports",
        ),
    ],
)
def fresh_grades(context: CheckContext) -> Iterator[Finding]:
    """The map can show date and grades of a report that is not out of date.

    Progress without a date, or of long ago, is taken for the present state by whoever
    looks at the map.
    """
    today, public_on = context.today, context.public_on
    if today is None or public_on is None:
        return
    cycle = attrs.evolve(
        context.cycle, silent_after_months=context.settings.map_stale_months
    )
    position, last = max(
        enumerate(context.reports),
        key=lambda each: each[1].period_end,
        default=(0, None),
    )
    if last and not last.grades:
        yield context.finding(
            "reports",
            position,
            "grades",
            ja=f"最新の報告（{last.id}）に進捗区分がなく、投資マップに示せません",
            en=f"the last report, {last.id}, has no grades that the map could show",
            hint="grades: [{measure: M-01, grade: on_track, is_poor: false}]",
        )
    as_of = last.period_end if last else None
    if not (last and last.is_final) and is_silent(public_on, as_of, today, cycle):
        yield context.finding(
            *(("reports", position, "period_end") if last else ("reports",)),
            ja=f"投資マップに示す進捗が古くなっています（{as_of or '報告なし'}）",
            en=f"the progress on the map is out of date ({as_of or 'no report'})",
            hint=f"{context.settings.map_stale_months}か月以内の報告を提出する",
        )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on when reports are due."""
    return (late, silent, one_report, fresh_grades)
