"""`clusterplan comment`: remarks on places of a plan."""

from __future__ import annotations

import click

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.comments import COMMENT, Comment
from ..core.identifiers import PartId
from ..core.readers import LOCAL
from ..core.services.cases import CaseDone
from ..core.services.commenting import (
    SaveComment,
    SettleComment,
    read_comments,
    save_comment,
    settle_comment,
)
from .acting import AS, DRY_RUN, EXPECTED, case_version, run_case
from .options import FORMAT
from .printing import Settings, print_table

_COLUMNS = {
    "id": "ID",
    "state": "STATE",
    "edition": "EDITION",
    "pointer": "POINTER",
    "owner": "BY",
    "text": "TEXT",
    "reply": "REPLY",
}


@click.group()
def comment_command() -> None:
    """List, save and settle comments."""


@comment_command.command("list")
@click.argument("plan_id")
@FORMAT
@click.pass_obj
def list_comments(settings: Settings, plan_id: str, format_: str) -> None:
    """List the comments on a plan."""
    with open_book(settings["database"], create=False) as book:
        found = read_comments(plan_id, LOCAL, book.store, book.domain)
    rows = [
        {
            "id": case.id,
            "state": case.state,
            "edition": case.document.edition,
            "pointer": case.document.pointer,
            "owner": str(case.owner),
            "text": case.document.text,
            "reply": case.document.reply,
        }
        for case in found
    ]
    print_table(_COLUMNS, rows, as_json=format_ == "json")


@comment_command.command("save")
@click.argument("plan_id")
@click.argument("comment_id")
@click.argument("text")
@AS
@EXPECTED
@click.option("--at", "pointer", default="", help="JSON pointer to the place.")
@click.option("--edition", help="Edition that was read; the present one unless given.")
@DRY_RUN
@FORMAT
@click.pass_obj
def save(  # noqa: PLR0913 - options of a command
    settings: Settings,
    plan_id: str,
    comment_id: str,
    text: str,
    by: Actor,
    expected: int | None,
    pointer: str,
    edition: str | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Remark on a place of a plan."""

    def act(book: Book) -> CaseDone:
        read = edition
        if read is None:
            with book.store.read() as unit:
                stored = unit.current(plan_id)
            read = stored.edition if stored else "d1"
        version = case_version(book, COMMENT, plan_id, comment_id, expected)
        command = SaveComment(
            plan_id=plan_id,
            comment=Comment(
                id=PartId(comment_id), edition=read, pointer=pointer, text=text
            ),
            by=by,
            expected_version=version or None,
            dry_run=dry_run,
        )
        return save_comment(command, book.store, book.domain)

    return run_case(act, "commentId", settings, format_)


@comment_command.command("settle")
@click.argument("plan_id")
@click.argument("comment_id")
@click.argument("reply")
@AS
@EXPECTED
@DRY_RUN
@FORMAT
@click.pass_obj
def settle(
    settings: Settings,
    plan_id: str,
    comment_id: str,
    reply: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Tell what was done about a comment."""

    def act(book: Book) -> CaseDone:
        command = SettleComment(
            plan_id=plan_id,
            comment_id=PartId(comment_id),
            reply=reply,
            by=by,
            expected_version=case_version(book, COMMENT, plan_id, comment_id, expected),
            dry_run=dry_run,
        )
        return settle_comment(command, book.store, book.domain)

    return run_case(act, "commentId", settings, format_)
