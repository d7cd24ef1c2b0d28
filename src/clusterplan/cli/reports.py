"""`clusterplan report`: progress reports, from the form to the acceptance."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import attrs
import click
from attrs import frozen

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.cases import Case
from ..core.documents.cases import load_case
from ..core.documents.reports import dump_report, rounded
from ..core.documents.source import Source
from ..core.identifiers import Key
from ..core.readers import LOCAL
from ..core.reports import ACCEPTED, REPORT, ProgressReport, ReportRow, speaks_for
from ..core.services import reporting
from ..core.services.cases import UnknownCaseError, UnknownPlanError
from ..core.services.picturing import report_picture
from ..core.services.report_forms import texts_of_rows
from ..pictures.report_page import report_page
from .acting import (
    EXPECTED,
    Errand,
    Office,
    Told,
    changing,
    told_case,
    told_judged,
)
from .listing import Columns, cases_of, show_cases
from .options import FORMAT, PLAN_ID
from .printing import Settings
from .remarks import Line

_COLUMNS: Columns = {
    "period": ("期間", "PERIOD"),
    "state": ("状態", "STATE"),
    "version": ("版数", "VERSION"),
    "edition": ("計画の版", "EDITION"),
    "poor": ("芳しくない施策", "POOR"),
    "on": ("日付", "ON"),
    "correctedOn": ("訂正日", "CORRECTED"),
}
_PERIOD = click.argument("period")
_OUTPUT = click.option(
    "-o", "--output", type=click.Path(), help="File to write; else printed."
)
_CAUSES = Key("cause_categories")


@frozen(kw_only=True)
class _Rows:
    """Rows of a report, as a file has them."""

    rows: tuple[ReportRow, ...]


@click.group()
def report_command() -> None:
    """Open, fill in, submit, send back, accept and correct progress reports."""


@report_command.command("list")
@PLAN_ID
@FORMAT
@click.pass_obj
def list_reports(settings: Settings, plan_id: str, format_: str) -> None:
    """List the reports on a plan."""

    def read(book: Book) -> Iterator[tuple[Case, dict[str, Any]]]:
        for case in cases_of(book, plan_id, REPORT):
            yield (
                case,
                {
                    "period": case.id,
                    "state": case.state,
                    "version": case.version,
                    "edition": case.document.edition,
                    "poor": sum(g.is_poor for g in case.document.grades),
                    "on": case.on.isoformat(),
                    "correctedOn": _day(case.document.corrected_on),
                },
            )

    show_cases(settings, REPORT, _COLUMNS, read, format_)


@report_command.command("template")
@PLAN_ID
@_PERIOD
@_OUTPUT
@click.pass_obj
def template(settings: Settings, plan_id: str, period: str, output: str | None) -> None:
    """Print the form of an open report, which `fill` takes when it is filled in.

    Shares of a report that went in are shown with two places.
    """
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        plan = unit.plan(plan_id, book.domain.view(LOCAL))
        case = unit.case(plan_id, REPORT, period)
        if plan is None:
            raise UnknownPlanError(plan_id)
        if case is None:
            raise UnknownCaseError(REPORT, plan_id, period)
        report: ProgressReport = case.document
        texts = texts_of_rows(unit, plan_id, book.domain, report)
        asked = texts.get(report.edition, plan.plan)
        text = dump_report(rounded(report), asked, former=texts)
    _write(text, output)


@report_command.command("picture")
@PLAN_ID
@_PERIOD
@_OUTPUT
@click.pass_obj
def picture(settings: Settings, plan_id: str, period: str, output: str | None) -> None:
    """Print a report as a page of HTML, to be shown in a browser or on paper.

    The page is one file that needs no network. With --lang en it is in English.
    """
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        pictured = report_picture(plan_id, period, LOCAL, unit, book.domain)
        categories = book.domain.reference.lists[_CAUSES].entries
    names = {each.code: (each.title, each.title_en) for each in categories}
    _write(report_page(pictured, settings["lang"], names), output)


@report_command.command("open")
@PLAN_ID
@_PERIOD
@changing
def open_(errand: Errand, plan_id: str, period: str, by: Actor, dry_run: bool) -> Told:
    """Open the report on a period that is over, such as FY2026H1."""
    command = reporting.OpenReport(
        plan_id=plan_id, period_id=period, by=by, dry_run=dry_run
    )
    done = reporting.open_report(command, errand.book.store, errand.book.domain)
    return told_case("period", done)


@report_command.command("fill")
@PLAN_ID
@_PERIOD
@click.argument("file")
@click.option(
    "--reporter", type=Office(), help="Whose part it is; for the operator only."
)
@click.option("--done", is_flag=True, help="The reporter is done.")
@click.option(
    "--expected-part-version",
    "expected",
    type=int,
    metavar="N",
    help="Version of the part that it is based on; what is stored now unless given.",
)
@changing
def fill(  # noqa: PLR0913 - options of a command
    errand: Errand,
    plan_id: str,
    period: str,
    file: str,
    by: Actor,
    reporter: Actor | None,
    done: bool,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Fill in rows from FILE (- for standard input).

    FILE is the form that `template` prints, of which the own part is taken, or only
    `rows: [{measure: M-01, ...}]`.
    """
    rows = _filled(errand, file, reporter or by)
    version = expected
    if version is None:
        version = _part_version(errand.book, plan_id, period, reporter or by)
    command = reporting.FillReport(
        plan_id=plan_id,
        period_id=period,
        rows=rows,
        done=done,
        by=by,
        reporter=reporter,
        expected_part_version=version,
        dry_run=dry_run,
    )
    filled = reporting.fill_report(command, errand.book.store, errand.book.domain)
    return _told(filled)


@report_command.command("submit")
@PLAN_ID
@_PERIOD
@EXPECTED
@changing
def submit(
    errand: Errand,
    plan_id: str,
    period: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Let a report go in; grades are worked out and kept with it.

    Where the plan type has no review, it is accepted at once.
    """
    command = reporting.SubmitReport(
        plan_id=plan_id,
        period_id=period,
        by=by,
        expected_version=errand.case_version(REPORT, plan_id, period, expected),
        dry_run=dry_run,
    )
    done = reporting.submit_report(command, errand.book.store, errand.book.domain)
    told = _told(done)
    if done.case.state != ACCEPTED:
        return told
    return attrs.evolve(told, lines=(_ACCEPTED_AT_ONCE, *told.lines))


@report_command.command("send-back")
@PLAN_ID
@_PERIOD
@EXPECTED
@click.option("--reason", required=True, help="What has to be put right.")
@changing
def send_back(
    errand: Errand,
    plan_id: str,
    period: str,
    by: Actor,
    expected: int | None,
    reason: str,
    dry_run: bool,
) -> Told:
    """Send a report back."""
    command = reporting.SendBackReport(
        plan_id=plan_id,
        period_id=period,
        by=by,
        reason=reason,
        expected_version=errand.case_version(REPORT, plan_id, period, expected),
        dry_run=dry_run,
    )
    done = reporting.send_back_report(command, errand.book.store, errand.book.domain)
    return told_case("period", done)


@report_command.command("accept")
@PLAN_ID
@_PERIOD
@EXPECTED
@changing
def accept(
    errand: Errand,
    plan_id: str,
    period: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Accept a report, as a body that does not report in it."""
    command = reporting.AcceptReport(
        plan_id=plan_id,
        period_id=period,
        by=by,
        expected_version=errand.case_version(REPORT, plan_id, period, expected),
        dry_run=dry_run,
    )
    done = reporting.accept_report(command, errand.book.store, errand.book.domain)
    return told_case("period", done)


@report_command.command("correct")
@PLAN_ID
@_PERIOD
@click.argument("file")
@EXPECTED
@changing
def correct(
    errand: Errand,
    plan_id: str,
    period: str,
    file: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Correct values of an accepted report, each with the reason in `corrects`.

    It stays accepted. Later reports that would be judged otherwise now are named; they
    stay as they are.
    """
    command = reporting.CorrectReport(
        plan_id=plan_id,
        period_id=period,
        rows=errand.load(file, lambda source: load_case(source, _Rows)).rows,
        by=by,
        expected_version=errand.case_version(REPORT, plan_id, period, expected),
        dry_run=dry_run,
    )
    done = reporting.correct_report(command, errand.book.store, errand.book.domain)
    return _told(done)


def _told(done: reporting.ReportDone) -> Told:
    """Return what became of a report, with findings and later reports it affects."""
    told = told_judged("period", done, done.checked)
    more = {**told.more, "affected": list(done.affected)}
    lines = tuple(_affected(done.affected)) if done.affected else ()
    return attrs.evolve(told, more=more, lines=(*lines, *told.lines))


def _affected(periods: Iterable[str]) -> Iterator[Line]:
    names = ", ".join(periods)
    yield (
        f"この値で判定し直すと結果が変わる後の報告：{names}（提出時の区分のままです）",
        (
            f"later reports that would be judged otherwise now: {names} (they stay as they"
            " were when they went in)"
        ),
    )


_ACCEPTED_AT_ONCE: Line = (
    "提出・受理（この計画類型の報告は、提出と同時に受理されます）",
    "submitted and accepted (reports on plans of this type are accepted as they go in)",
)


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _filled(errand: Errand, file: str, reporter: Actor) -> tuple[ReportRow, ...]:
    """Return the rows of *reporter* in a form, or all where only rows are told."""
    told = errand.load(file, _rows_or_form)
    if isinstance(told, _Rows):
        return told.rows
    own = [n for n, p in enumerate(told.parts) if speaks_for(reporter, p.reporter)]
    if len(own) == 1:
        errand.files.tell_part("rows", ("parts", *own, "rows"))
    return tuple(row for number in own for row in told.parts[number].rows)


def _rows_or_form(source: Source) -> _Rows | ProgressReport:
    if isinstance(source.data, dict) and "parts" in source.data:
        return load_case(source, ProgressReport)
    return load_case(source, _Rows)


def _write(text: str, output: str | None) -> None:
    if output is None:
        click.echo(text, nl=False)
    else:
        Path(output).write_text(text, encoding="utf-8")


def _part_version(book: Book, plan_id: str, period: str, reporter: Actor) -> int:
    with book.store.read() as unit:
        case = unit.case(plan_id, REPORT, period)
    parts = case.document.parts if case else ()
    return next((p.version for p in parts if speaks_for(reporter, p.reporter)), 0)
