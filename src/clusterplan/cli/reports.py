"""`clusterplan report`: progress reports, from the form to the acceptance."""

from __future__ import annotations

from pathlib import Path

import click
from attrs import frozen

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.documents.cases import load_case
from ..core.documents.reports import dump_report
from ..core.documents.source import Source
from ..core.readers import LOCAL
from ..core.reports import REPORT, ProgressReport, ReportRow, speaks_for
from ..core.services import reporting
from ..core.services.cases import CaseDone, UnknownCaseError, UnknownPlanError
from .acting import (
    AS,
    DRY_RUN,
    EXPECTED,
    Office,
    case_version,
    read_file,
    run_case,
)
from .options import FORMAT
from .printing import Settings, print_table

_COLUMNS = {
    "period": "PERIOD",
    "state": "STATE",
    "version": "VERSION",
    "edition": "EDITION",
    "poor": "POOR",
    "on": "ON",
}


@frozen(kw_only=True)
class _Rows:
    """Rows of a report, as a file has them."""

    rows: tuple[ReportRow, ...]


@click.group()
def report_command() -> None:
    """Open, fill in, submit, send back, accept and correct progress reports."""


@report_command.command("list")
@click.argument("plan_id")
@FORMAT
@click.pass_obj
def list_reports(settings: Settings, plan_id: str, format_: str) -> None:
    """List the reports on a plan."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        found = unit.cases([plan_id], REPORT, book.domain.view(LOCAL))
    rows = [
        {
            "period": case.id,
            "state": case.state,
            "version": case.version,
            "edition": case.document.edition,
            "poor": sum(g.is_poor for g in case.document.grades),
            "on": case.on.isoformat(),
        }
        for case in found.get(plan_id, ())
    ]
    print_table(_COLUMNS, rows, as_json=format_ == "json")


@report_command.command("template")
@click.argument("plan_id")
@click.argument("period")
@click.option("-o", "--output", type=click.Path(), help="File to write; else printed.")
@click.pass_obj
def template(settings: Settings, plan_id: str, period: str, output: str | None) -> None:
    """Print the form of an open report, which `fill` takes when it is filled in."""
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
        text = dump_report(case.document, plan.plan)
    if output is None:
        click.echo(text, nl=False)
    else:
        Path(output).write_text(text, encoding="utf-8")


@report_command.command("open")
@click.argument("plan_id")
@click.argument("period")
@AS
@DRY_RUN
@FORMAT
@click.pass_obj
def open_(
    settings: Settings,
    plan_id: str,
    period: str,
    by: Actor,
    dry_run: bool,
    format_: str,
) -> int:
    """Open the report on a period that is over, such as FY2026H1."""

    def act(book: Book) -> CaseDone:
        command = reporting.OpenReport(
            plan_id=plan_id, period_id=period, by=by, dry_run=dry_run
        )
        return reporting.open_report(command, book.store, book.domain)

    return run_case(act, "period", settings, format_)


@report_command.command("fill")
@click.argument("plan_id")
@click.argument("period")
@click.argument("file")
@AS
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
@DRY_RUN
@FORMAT
@click.pass_obj
def fill(  # noqa: PLR0913 - options of a command
    settings: Settings,
    plan_id: str,
    period: str,
    file: str,
    by: Actor,
    reporter: Actor | None,
    done: bool,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Fill in rows from FILE (- for standard input).

    FILE is the form that `template` prints, of which the own part is taken, or only
    `rows: [{measure: M-01, ...}]`.
    """

    def act(book: Book) -> CaseDone:
        rows = _filled(read_file(file), reporter or by)
        version = expected
        if version is None:
            version = _part_version(book, plan_id, period, reporter or by)
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
        return reporting.fill_report(command, book.store, book.domain)

    return run_case(act, "period", settings, format_)


@report_command.command("submit")
@click.argument("plan_id")
@click.argument("period")
@AS
@EXPECTED
@DRY_RUN
@FORMAT
@click.pass_obj
def submit(
    settings: Settings,
    plan_id: str,
    period: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Let a report go in; grades are worked out and kept with it."""

    def act(book: Book) -> CaseDone:
        command = reporting.SubmitReport(
            plan_id=plan_id,
            period_id=period,
            by=by,
            expected_version=case_version(book, REPORT, plan_id, period, expected),
            dry_run=dry_run,
        )
        return reporting.submit_report(command, book.store, book.domain)

    return run_case(act, "period", settings, format_)


@report_command.command("send-back")
@click.argument("plan_id")
@click.argument("period")
@AS
@EXPECTED
@click.option("--reason", required=True, help="What has to be put right.")
@DRY_RUN
@FORMAT
@click.pass_obj
def send_back(
    settings: Settings,
    plan_id: str,
    period: str,
    by: Actor,
    expected: int | None,
    reason: str,
    dry_run: bool,
    format_: str,
) -> int:
    """Send a report back."""

    def act(book: Book) -> CaseDone:
        command = reporting.SendBackReport(
            plan_id=plan_id,
            period_id=period,
            by=by,
            reason=reason,
            expected_version=case_version(book, REPORT, plan_id, period, expected),
            dry_run=dry_run,
        )
        return reporting.send_back_report(command, book.store, book.domain)

    return run_case(act, "period", settings, format_)


@report_command.command("accept")
@click.argument("plan_id")
@click.argument("period")
@AS
@EXPECTED
@DRY_RUN
@FORMAT
@click.pass_obj
def accept(
    settings: Settings,
    plan_id: str,
    period: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Accept a report."""

    def act(book: Book) -> CaseDone:
        command = reporting.AcceptReport(
            plan_id=plan_id,
            period_id=period,
            by=by,
            expected_version=case_version(book, REPORT, plan_id, period, expected),
            dry_run=dry_run,
        )
        return reporting.accept_report(command, book.store, book.domain)

    return run_case(act, "period", settings, format_)


@report_command.command("correct")
@click.argument("plan_id")
@click.argument("period")
@click.argument("file")
@AS
@EXPECTED
@DRY_RUN
@FORMAT
@click.pass_obj
def correct(
    settings: Settings,
    plan_id: str,
    period: str,
    file: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Correct values of an accepted report, each with the reason in `corrects`."""

    def act(book: Book) -> CaseDone:
        command = reporting.CorrectReport(
            plan_id=plan_id,
            period_id=period,
            rows=load_case(read_file(file), _Rows).rows,
            by=by,
            expected_version=case_version(book, REPORT, plan_id, period, expected),
            dry_run=dry_run,
        )
        return reporting.correct_report(command, book.store, book.domain)

    return run_case(act, "period", settings, format_)


def _filled(source: Source, reporter: Actor) -> tuple[ReportRow, ...]:
    """Return the rows of *reporter* in a form, or all where only rows are told."""
    if not (isinstance(source.data, dict) and "parts" in source.data):
        return load_case(source, _Rows).rows
    parts = load_case(source, ProgressReport).parts
    return tuple(
        row
        for part in parts
        if speaks_for(reporter, part.reporter)
        for row in part.rows
    )


def _part_version(book: Book, plan_id: str, period: str, reporter: Actor) -> int:
    with book.store.read() as unit:
        case = unit.case(plan_id, REPORT, period)
    parts = case.document.parts if case else ()
    return next((p.version for p in parts if speaks_for(reporter, p.reporter)), 0)
