"""`clusterplan revision`: from the occasion to the next edition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click
from attrs import frozen

from ..book import Book
from ..core.actors import Actor
from ..core.cases import Case
from ..core.documents.cases import load_case
from ..core.identifiers import PartId
from ..core.revisions import REVISION, LeftAsIs, RevisionItem
from ..core.services import revising
from ..core.services.answers import Waiver
from .acting import EXPECTED, Errand, Told, changing, told_case, told_judged
from .listing import Columns, cases_of, show_cases
from .options import FORMAT, PLAN_ID
from .printing import Settings
from .stepping import WAIVE

_COLUMNS: Columns = {
    "id": ("ID", "ID"),
    "state": ("状態", "STATE"),
    "version": ("版数", "VERSION"),
    "base": ("改訂前の版", "BASE"),
    "edition": ("改訂後の版", "EDITION"),
    "on": ("日付", "ON"),
}
_REVISION_ID = click.argument("revision_id")
_NAME = "revisionId"


@frozen(kw_only=True)
class _Items:
    """What a revision changes, as a file has it."""

    items: tuple[RevisionItem, ...] = ()
    left: tuple[LeftAsIs, ...] = ()


@click.group()
def revision_command() -> None:
    """Open, save, pre-check, adopt and drop revisions of a plan in force."""


@revision_command.command("list")
@PLAN_ID
@FORMAT
@click.pass_obj
def list_revisions(settings: Settings, plan_id: str, format_: str) -> None:
    """List the revisions of a plan."""

    def read(book: Book) -> Iterator[tuple[Case, dict[str, Any]]]:
        for case in cases_of(book, plan_id, REVISION):
            yield (
                case,
                {
                    "id": case.id,
                    "state": case.state,
                    "version": case.version,
                    "base": case.document.base,
                    "edition": case.document.edition,
                    "on": case.on.isoformat(),
                },
            )

    show_cases(settings, REVISION, _COLUMNS, read, format_)


@revision_command.command("open")
@PLAN_ID
@_REVISION_ID
@click.option("--report", metavar="PERIOD", help="Report that led to it.")
@click.option("--occasion", help="Another occasion, where it is no report.")
@changing
def open_(
    errand: Errand,
    plan_id: str,
    revision_id: str,
    by: Actor,
    report: str | None,
    occasion: str | None,
    dry_run: bool,
) -> Told:
    """Open a revision, on a report or another occasion."""
    command = revising.OpenRevision(
        plan_id=plan_id,
        revision_id=PartId(revision_id),
        by=by,
        report=PartId(report) if report else None,
        occasion=occasion,
        dry_run=dry_run,
    )
    done = revising.open_revision(command, errand.book.store, errand.book.domain)
    return told_case(_NAME, done)


@revision_command.command("save")
@PLAN_ID
@_REVISION_ID
@click.argument("file")
@click.argument("items")
@EXPECTED
@click.option("--base", help="Edition that the text was taken over from.")
@changing
def save(  # noqa: PLR0913 - options of a command
    errand: Errand,
    plan_id: str,
    revision_id: str,
    file: str,
    items: str,
    by: Actor,
    expected: int | None,
    base: str | None,
    dry_run: bool,
) -> Told:
    """Keep the revised plan in FILE, and what it changes in ITEMS.

    ITEMS holds `items: [{id: R-1, kind: brush_up, target: M-01, ...}]`, and in `left`
    the measures with poor progress that stay as they are, each with its reason. What
    the rules say so far is told; it hinders nothing yet.
    """
    told = errand.load(items, lambda source: load_case(source, _Items))
    command = revising.SaveRevision(
        plan_id=plan_id,
        revision_id=PartId(revision_id),
        file=errand.load_plan(file),
        items=told.items,
        left=told.left,
        base=base,
        by=by,
        expected_version=errand.case_version(REVISION, plan_id, revision_id, expected),
        dry_run=dry_run,
    )
    done = revising.save_revision(command, errand.book.store, errand.book.domain)
    return told_judged(_NAME, done, done.report)


@revision_command.command("precheck")
@PLAN_ID
@_REVISION_ID
@EXPECTED
@changing
def precheck(
    errand: Errand,
    plan_id: str,
    revision_id: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Approve the revised text, where the plan type asks the state to."""
    command = revising.PrecheckRevision(
        plan_id=plan_id,
        revision_id=PartId(revision_id),
        by=by,
        expected_version=errand.case_version(REVISION, plan_id, revision_id, expected),
        dry_run=dry_run,
    )
    done = revising.precheck_revision(command, errand.book.store, errand.book.domain)
    return told_case(_NAME, done)


@revision_command.command("adopt")
@PLAN_ID
@_REVISION_ID
@EXPECTED
@WAIVE
@changing
def adopt(
    errand: Errand,
    plan_id: str,
    revision_id: str,
    by: Actor,
    expected: int | None,
    waivers: tuple[Waiver, ...],
    dry_run: bool,
) -> Told:
    """Adopt the revised text as the next edition."""
    command = revising.AdoptRevision(
        plan_id=plan_id,
        revision_id=PartId(revision_id),
        by=by,
        waivers=waivers,
        expected_version=errand.case_version(REVISION, plan_id, revision_id, expected),
        dry_run=dry_run,
    )
    done = revising.adopt_revision(command, errand.book.store, errand.book.domain)
    return told_judged(_NAME, done, done.report)


@revision_command.command("drop")
@PLAN_ID
@_REVISION_ID
@EXPECTED
@click.option("--reason", required=True, help="Why it is dropped.")
@changing
def drop(
    errand: Errand,
    plan_id: str,
    revision_id: str,
    by: Actor,
    expected: int | None,
    reason: str,
    dry_run: bool,
) -> Told:
    """Drop a revision."""
    command = revising.DropRevision(
        plan_id=plan_id,
        revision_id=PartId(revision_id),
        by=by,
        reason=reason,
        expected_version=errand.case_version(REVISION, plan_id, revision_id, expected),
        dry_run=dry_run,
    )
    done = revising.drop_revision(command, errand.book.store, errand.book.domain)
    return told_case(_NAME, done)
