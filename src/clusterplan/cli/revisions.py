"""`clusterplan revision`: from the occasion to the next edition."""

from __future__ import annotations

import click
from attrs import frozen

from ..book import Book, installed_plugins, open_book
from ..core.actors import Actor
from ..core.documents.cases import load_case
from ..core.documents.loader import load_plan_file
from ..core.identifiers import PartId
from ..core.readers import LOCAL
from ..core.revisions import REVISION, LeftAsIs, RevisionItem
from ..core.services import revising
from ..core.services.answers import Waiver
from ..core.services.cases import CaseDone
from .acting import AS, DRY_RUN, EXPECTED, case_version, read_file, run_case
from .options import FORMAT
from .printing import Settings, print_table
from .stepping import WAIVE

_COLUMNS = {
    "id": "ID",
    "state": "STATE",
    "version": "VERSION",
    "base": "BASE",
    "edition": "EDITION",
    "on": "ON",
}


@frozen(kw_only=True)
class _Items:
    """What a revision changes, as a file has it."""

    items: tuple[RevisionItem, ...] = ()
    left: tuple[LeftAsIs, ...] = ()


@click.group()
def revision_command() -> None:
    """Open, save, pre-check, adopt and drop revisions of a plan in force."""


@revision_command.command("list")
@click.argument("plan_id")
@FORMAT
@click.pass_obj
def list_revisions(settings: Settings, plan_id: str, format_: str) -> None:
    """List the revisions of a plan."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        found = unit.cases([plan_id], REVISION, book.domain.view(LOCAL))
    rows = [
        {
            "id": case.id,
            "state": case.state,
            "version": case.version,
            "base": case.document.base,
            "edition": case.document.edition,
            "on": case.on.isoformat(),
        }
        for case in found.get(plan_id, ())
    ]
    print_table(_COLUMNS, rows, as_json=format_ == "json")


@revision_command.command("open")
@click.argument("plan_id")
@click.argument("revision_id")
@AS
@click.option("--report", metavar="PERIOD", help="Report that led to it.")
@click.option("--occasion", help="Another occasion, where it is no report.")
@DRY_RUN
@FORMAT
@click.pass_obj
def open_(
    settings: Settings,
    plan_id: str,
    revision_id: str,
    by: Actor,
    report: str | None,
    occasion: str | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Open a revision, on a report or another occasion."""

    def act(book: Book) -> CaseDone:
        command = revising.OpenRevision(
            plan_id=plan_id,
            revision_id=PartId(revision_id),
            by=by,
            report=PartId(report) if report else None,
            occasion=occasion,
            dry_run=dry_run,
        )
        return revising.open_revision(command, book.store, book.domain)

    return run_case(act, "revisionId", settings, format_)


@revision_command.command("save")
@click.argument("plan_id")
@click.argument("revision_id")
@click.argument("file")
@click.argument("items")
@AS
@EXPECTED
@click.option("--base", help="Edition that the text was taken over from.")
@DRY_RUN
@FORMAT
@click.pass_obj
def save(  # noqa: PLR0913 - options of a command
    settings: Settings,
    plan_id: str,
    revision_id: str,
    file: str,
    items: str,
    by: Actor,
    expected: int | None,
    base: str | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Keep the revised plan in FILE, and what it changes in ITEMS.

    ITEMS holds `items: [{id: R-1, kind: brush_up, target: M-01, ...}]`, and in `left`
    the measures with poor progress that stay as they are, each with its reason.
    """

    def act(book: Book) -> CaseDone:
        told = load_case(read_file(items), _Items)
        command = revising.SaveRevision(
            plan_id=plan_id,
            revision_id=PartId(revision_id),
            file=load_plan_file(read_file(file), installed_plugins().plan_types),
            items=told.items,
            left=told.left,
            base=base,
            by=by,
            expected_version=case_version(
                book, REVISION, plan_id, revision_id, expected
            ),
            dry_run=dry_run,
        )
        return revising.save_revision(command, book.store, book.domain)

    return run_case(act, "revisionId", settings, format_)


@revision_command.command("precheck")
@click.argument("plan_id")
@click.argument("revision_id")
@AS
@EXPECTED
@DRY_RUN
@FORMAT
@click.pass_obj
def precheck(
    settings: Settings,
    plan_id: str,
    revision_id: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Approve the revised text, where the plan type asks the state to."""

    def act(book: Book) -> CaseDone:
        command = revising.PrecheckRevision(
            plan_id=plan_id,
            revision_id=PartId(revision_id),
            by=by,
            expected_version=case_version(
                book, REVISION, plan_id, revision_id, expected
            ),
            dry_run=dry_run,
        )
        return revising.precheck_revision(command, book.store, book.domain)

    return run_case(act, "revisionId", settings, format_)


@revision_command.command("adopt")
@click.argument("plan_id")
@click.argument("revision_id")
@AS
@EXPECTED
@WAIVE
@DRY_RUN
@FORMAT
@click.pass_obj
def adopt(
    settings: Settings,
    plan_id: str,
    revision_id: str,
    by: Actor,
    expected: int | None,
    waivers: tuple[Waiver, ...],
    dry_run: bool,
    format_: str,
) -> int:
    """Adopt the revised text as the next edition."""

    def act(book: Book) -> CaseDone:
        command = revising.AdoptRevision(
            plan_id=plan_id,
            revision_id=PartId(revision_id),
            by=by,
            waivers=waivers,
            expected_version=case_version(
                book, REVISION, plan_id, revision_id, expected
            ),
            dry_run=dry_run,
        )
        return revising.adopt_revision(command, book.store, book.domain)

    return run_case(act, "revisionId", settings, format_)


@revision_command.command("drop")
@click.argument("plan_id")
@click.argument("revision_id")
@AS
@EXPECTED
@click.option("--reason", required=True, help="Why it is dropped.")
@DRY_RUN
@FORMAT
@click.pass_obj
def drop(
    settings: Settings,
    plan_id: str,
    revision_id: str,
    by: Actor,
    expected: int | None,
    reason: str,
    dry_run: bool,
    format_: str,
) -> int:
    """Drop a revision."""

    def act(book: Book) -> CaseDone:
        command = revising.DropRevision(
            plan_id=plan_id,
            revision_id=PartId(revision_id),
            by=by,
            reason=reason,
            expected_version=case_version(
                book, REVISION, plan_id, revision_id, expected
            ),
            dry_run=dry_run,
        )
        return revising.drop_revision(command, book.store, book.domain)

    return run_case(act, "revisionId", settings, format_)
