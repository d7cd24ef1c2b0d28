"""`clusterplan due` and `clusterplan progress`: what plans owe, and how far they are."""

from __future__ import annotations

import datetime as dt

import click

from ..book import open_book
from ..core.due_dates import PeriodStatus
from ..core.filters import PlanFilter
from ..core.grades import Grade, Trend
from ..core.identifiers import AreaCode
from ..core.plans import Plan
from ..core.readers import LOCAL
from ..core.reports import REPORT
from ..core.services.calendars import calendar
from ..core.services.cases import UnknownPlanError
from ..core.services.domain import Domain
from ..core.services.followed import visible_reports
from ..core.services.following import (
    DueReport,
    PlanProgress,
    ProgressGroup,
    due_list,
    national_progress,
    progress_of,
)
from .listing import Columns, Row, show_table, state_name
from .options import FILTER, FORMAT, Day
from .printing import Settings, say

_DUE: Columns = {
    "planId": ("計画ID", "PLAN"),
    "period": ("期間", "PERIOD"),
    "status": ("状況", "STATUS"),
    "dueOn": ("提出期限", "DUE"),
    "lateAfter": ("猶予期限", "LATE AFTER"),
    "report": ("報告の状態", "REPORT"),
    "lastReportOn": ("直近の提出日", "LAST REPORT"),
    "title": ("計画名", "TITLE"),
}
_GROUPS: Columns = {
    "key": ("キー", "KEY"),
    "title": ("名称", "TITLE"),
    "plans": ("計画数", "PLANS"),
    "reported": ("報告あり", "REPORTED"),
    "poor": ("芳しくない指標", "POOR"),
    "grades": ("区分別の指標数", "GRADES"),
}
_MEASURES: Columns = {
    "measure": ("施策", "MEASURE"),
    "grade": ("区分", "GRADE"),
    "poor": ("芳しくない", "POOR"),
    "title": ("施策名", "TITLE"),
}
_SILENT = "silent"
_STATUSES = {
    PeriodStatus.UPCOMING.value: ("期間中", "upcoming"),
    PeriodStatus.DUE.value: ("提出待ち", "due"),
    PeriodStatus.LATE.value: ("期限超過", "late"),
    _SILENT: ("長期無報告", "silent"),
}
_TRENDS = {
    Trend.IMPROVING: ("改善", "improving"),
    Trend.STEADY: ("横ばい", "steady"),
    Trend.WORSENING: ("悪化", "worsening"),
}


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
    rows = [_due(each, settings["lang"]) for each in found]
    show_table(_DUE, rows, settings, format_)


def _due(due: DueReport, language: str) -> Row:
    status = _SILENT if due.is_silent else due.status.value
    state, in_english = due.report_state, language == "en"
    return Row(
        data={
            "planId": due.plan_id,
            "period": due.period_id,
            "status": status,
            "dueOn": due.due_on.isoformat(),
            "lateAfter": due.late_after.isoformat(),
            "report": state,
            "lastReportOn": due.last_report_on and due.last_report_on.isoformat(),
            "title": due.title,
        },
        names={
            "status": _STATUSES[status][in_english],
            "report": state_name(REPORT, state, language)
            if state
            else ("未着手", "not begun")[in_english],
        },
    )


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
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        view = book.domain.view(LOCAL, filter_, as_of=as_of)
        if plan_id is None:
            nation = national_progress(view, unit, book.domain, reader=LOCAL)
            groups = (nation.total, *nation.by_plan_type, *nation.by_prefecture)
            rows = [_group(g, book.domain, settings["lang"]) for g in groups]
            show_table(_GROUPS, rows, settings, format_)
            return
        stored = unit.plan(plan_id, view)
        if stored is None:
            raise UnknownPlanError(plan_id)
        plan = stored.plan
        cases = unit.cases([plan_id], REPORT, view).get(plan_id, ())
    found = progress_of(plan, visible_reports(cases, LOCAL, plan))
    if format_ == "text":
        _say_progress(plan_id, found, settings["lang"])
    if found is not None or format_ == "json":
        rows = _measures(plan, found, settings["lang"])
        show_table(_MEASURES, rows, settings, format_)


def _say_progress(plan_id: str, found: PlanProgress | None, language: str) -> None:
    if found is None:
        say(language, "報告はまだありません", "there is no report yet")
        return
    ja, en = _TRENDS[found.trend] if found.trend else ("まだなし", "none yet")
    head = f"{plan_id} {found.period_id} {found.period_end}"
    say(language, f"{head} 傾向={ja}", f"{head} trend={en}", error=False)


def _measures(plan: Plan, found: PlanProgress | None, language: str) -> list[Row]:
    titles = {m.id: m.title for m in plan.measures}
    named = titles | {m.id: m.title_en for m in plan.measures if m.title_en}
    names = titles if language == "ja" else named
    return [
        Row(
            data={
                "measure": graded.measure,
                "grade": graded.grade.value,
                "poor": "poor" if graded.is_poor else "",
                "title": titles.get(graded.measure),
            },
            names={
                "title": names.get(graded.measure),
                "grade": _grade(graded.grade, language),
                "poor": ("芳しくない" if language == "ja" else "poor")
                if graded.is_poor
                else "",
            },
        )
        for graded in (found.measures if found else ())
    ]


def _group(group: ProgressGroup, domain: Domain, language: str) -> Row:
    poor = f"{group.poor.poor}/{group.poor.total}" if group.poor else None
    counts = group.counts or ()
    return Row(
        data={
            "key": group.key,
            "plans": group.plans,
            "reported": group.reported,
            "poor": poor,
            "grades": " ".join(f"{c.grade.value}={c.count}" for c in counts),
            "title": group.title,
        },
        names={
            "grades": " ".join(
                f"{_grade(c.grade, language)}={c.count}" for c in counts
            ),
            "title": _title(group, domain) if language == "en" else group.title,
        },
    )


def _title(group: ProgressGroup, domain: Domain) -> str:
    """Return the English name of a group: all plans, a plan type or a prefecture."""
    if group.key == "all":
        return "All plans"
    kind = domain.plan_types.get(group.key)
    area = domain.reference.areas.get(AreaCode(group.key))
    name = kind.title_en if kind else area and area.name_en
    return name or group.title


def _grade(grade: Grade, language: str) -> str:
    return grade.term.ja if language == "ja" else grade.label_en
