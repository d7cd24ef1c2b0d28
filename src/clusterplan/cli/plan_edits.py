"""`clusterplan plan diff` and `plan set`: editions side by side, parts by themselves."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.differences import PlanDifference
from ..core.parts import PartKind, part_key
from ..core.readers import LOCAL
from ..core.services.comparing import compare_editions
from ..core.services.editing import (
    EditDone,
    EditInvestment,
    EditPart,
    edit_investment,
    edit_part,
)
from .acting import Errand, Told, changing
from .options import FORMAT, PLAN_ID
from .printing import Settings, print_json

_KINDS = [*(kind.value for kind in PartKind), "investment"]


@click.command("diff")
@click.argument("plan_id")
@click.argument("older")
@click.argument("newer")
@FORMAT
@click.pass_obj
def diff(
    settings: Settings, plan_id: str, older: str, newer: str, format_: str
) -> None:
    """Print what differs between two editions, such as 1.0 and 2.0."""
    with open_book(settings["database"], create=False) as book:
        found = compare_editions(
            plan_id, (older, newer), LOCAL, book.store, book.domain
        )
    if format_ == "json":
        print_json(_data(found))
        return
    for line in _lines(found):
        click.echo(line)


def _lines(found: PlanDifference) -> Iterator[str]:
    for part in found.added:
        yield f"+ {part.sort} {part.id} {part.title or ''}".rstrip()
    for part in found.removed:
        yield f"- {part.sort} {part.id} {part.title or ''}".rstrip()
    for changed in found.changed:
        marks = "".join(f" [{mark.value}]" for mark in changed.marks)
        yield f"* {changed.sort} {changed.id} {changed.title or ''}".rstrip() + marks
        for change in changed.changes:
            yield f"    {change.path} {change.label}: {change.before} -> {change.after}"


def _data(found: PlanDifference) -> dict[str, Any]:
    return {
        "added": [{"sort": p.sort, "id": p.id, "title": p.title} for p in found.added],
        "removed": [
            {"sort": p.sort, "id": p.id, "title": p.title} for p in found.removed
        ],
        "changed": [
            {
                "sort": part.sort,
                "id": part.id,
                "title": part.title,
                "marks": [mark.value for mark in part.marks],
                "changes": [
                    {
                        "path": change.path,
                        "label": change.label,
                        "before": change.before,
                        "after": change.after,
                    }
                    for change in part.changes
                ],
            }
            for part in found.changed
        ],
    }


@click.command("set")
@PLAN_ID
@click.argument("kind", type=click.Choice(_KINDS))
@click.argument("part_id")
@click.argument("file", required=False)
@click.option("--remove", is_flag=True, help="Take the part away.")
@click.option(
    "--expected-version",
    "expected",
    type=int,
    metavar="N",
    help="Version of the part; what is stored now unless given.",
)
@changing
def set_part(  # noqa: PLR0913 - options of a command
    errand: Errand,
    plan_id: str,
    kind: str,
    part_id: str,
    file: str | None,
    by: Actor,
    remove: bool,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Tell a part of a draft anew from FILE, or take it away.

    Other offices may edit other parts of the same draft at the same time.
    """
    if remove is (file is not None):
        raise click.UsageError("give either a FILE or --remove.")
    document = None if file is None else _document(errand, file)
    version = expected
    if version is None:
        version = _part_version(errand.book, plan_id, kind, part_id)
    facts = {
        "plan_id": plan_id,
        "document": document,
        "by": by,
        "dry_run": dry_run,
    }
    done = _edit(errand.book, kind, facts, part_id, version)
    told = {
        "planId": plan_id,
        kind: part_id,
        "version": done.standing.version,
        "partVersion": done.part_version,
    }
    return Told(facts=told, event=done.event, dry_run=done.dry_run)


def _document(errand: Errand, file: str) -> Any:
    document = errand.load(file, lambda source: source.data)
    errand.files.tell_part("document", ())
    return document


def _edit(
    book: Book, kind: str, facts: dict[str, Any], part_id: str, version: int | None
) -> EditDone:
    if kind == "investment":
        command = EditInvestment(
            investment_id=part_id, expected_version=version, **facts
        )
        return edit_investment(command, book.store, book.domain)
    part = EditPart(
        part=PartKind(kind), part_id=part_id, expected_part_version=version, **facts
    )
    return edit_part(part, book.store, book.domain)


def _part_version(book: Book, plan_id: str, kind: str, part_id: str) -> int | None:
    with book.store.read() as unit:
        if kind == "investment":
            head = unit.investment_head(part_id)
            standing = unit.current(plan_id)
            counted = standing is not None and part_id in standing.pins
            return head.version if head and counted else None
        return unit.part_versions(plan_id).get(part_key(PartKind(kind), part_id))
