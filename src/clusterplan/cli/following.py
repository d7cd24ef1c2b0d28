"""`clusterplan due` and `clusterplan progress`: what plans owe, and how far they are."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import click

from ..book import open_book
from ..core.filters import PlanFilter
from ..core.grades import GradeCount
from ..core.readers import LOCAL
from ..core.reports import REPORT
from ..core.services.calendars import calendar
from ..core.services.cases import UnknownPlanError
from ..core.services.followed import visible_reports
from ..core.services.following import (
    DueReport,
    ProgressGroup,
    due_list,
    national_progress,
    progress_of,
)
from .options import FILTER, FORMAT, Day
from .printing import Settings, print_table, say

_DUE = {
    "planId": "PLAN",
    "period": "PERIOD",
    "status": "STATUS",
    "dueOn": "DUE",
    "lateAfter": "LATE AFTER",
    "report": "REPORT",
    "lastReportOn": "LAST REPORT",
    "title": "TITLE",
}
_GROUPS = {
    "key": "KEY",
    "plans": "PLANS",
    "reported": "REPORTED",
    "poor": "POOR",
    "grades": "GRADES",
    "title": "TITLE",
}
_MEASURES = {"measure": "MEASURE", "grade": "GRADE", "poor": "POOR", "title": "TITLE"}


@click.command()
@click.option("--as-of", type=Day(), help="As of the end of this day; today if left.")
@FILTER
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "ics"]),
    default="text",
    show_default=True,
    help="How to print; ics is for calendars.",
)
@click.pass_obj
def due_command(
    settings: Settings, as_of: dt.date | None, filter_: PlanFilter, format_: str
) -> None:
    """List the next report that each plan in force owes, the earliest due first."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        view = book.domain.view(LOCAL, filter_, as_of=as_of)
        found = due_list(view, unit, book.domain, reader=LOCAL)
        now = book.domain.clock()
    if format_ == "ics":
        click.echo(calendar(found, now), nl=False)
        return
    print_table(_DUE, [_due(each) for each in found], as_json=format_ == "json")


def _due(due: DueReport) -> dict[str, object]:
    return {
        "planId": due.plan_id,
        "period": due.period_id,
        "status": "silent" if due.is_silent else due.status.value,
        "dueOn": due.due_on.isoformat(),
        "lateAfter": due.late_after.isoformat(),
        "report": due.report_state,
        "lastReportOn": due.last_report_on and due.last_report_on.isoformat(),
        "title": due.title,
    }


@click.command()
@click.argument("plan_id", required=False)
@click.option("--as-of", type=Day(), help="As of the end of this day; today if left.")
@FILTER
@FORMAT
@click.pass_obj
def progress_command(
    settings: Settings,
    plan_id: str | None,
    as_of: dt.date | None,
    filter_: PlanFilter,
    format_: str,
) -> None:
    """Tell how far a plan is by its latest report; without one, all plans in force."""
    as_json = format_ == "json"
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        view = book.domain.view(LOCAL, filter_, as_of=as_of)
        if plan_id is None:
            nation = national_progress(view, unit, book.domain, reader=LOCAL)
            groups = (nation.total, *nation.by_plan_type, *nation.by_prefecture)
            print_table(_GROUPS, [_group(g) for g in groups], as_json=as_json)
            return
        stored = unit.plan(plan_id, view)
        if stored is None:
            raise UnknownPlanError(plan_id)
        plan = stored.plan
        cases = unit.cases([plan_id], REPORT, view).get(plan_id, ())
    found = progress_of(plan, visible_reports(cases, LOCAL, plan.lead))
    if found is None:
        if as_json:
            print_table(_MEASURES, [], as_json=True)
        else:
            say(settings["lang"], "報告はまだありません", "there is no report yet")
        return
    titles = {measure.id: measure.title for measure in plan.measures}
    rows = [
        {
            "measure": graded.measure,
            "grade": graded.grade.value,
            "poor": "poor" if graded.is_poor else "",
            "title": titles.get(graded.measure),
        }
        for graded in found.measures
    ]
    if not as_json:
        trend = found.trend.value if found.trend else "-"
        click.echo(f"{plan_id} {found.period_id} {found.period_end} trend={trend}")
    print_table(_MEASURES, rows, as_json=as_json)


def _group(group: ProgressGroup) -> dict[str, object]:
    poor = f"{group.poor.poor}/{group.poor.total}" if group.poor else None
    return {
        "key": group.key,
        "plans": group.plans,
        "reported": group.reported,
        "poor": poor,
        "grades": _counts(group.counts or ()),
        "title": group.title,
    }


def _counts(counts: Iterable[GradeCount]) -> str:
    return " ".join(f"{c.grade.value}={c.count}" for c in counts)
