"""`clusterplan comment`: remarks on places of a plan."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..book import Book
from ..core.actors import Actor
from ..core.cases import Case
from ..core.comments import COMMENT, Comment
from ..core.identifiers import PartId
from ..core.readers import LOCAL
from ..core.services.commenting import (
    SaveComment,
    SettleComment,
    read_comments,
    save_comment,
    settle_comment,
)
from .acting import EXPECTED, Errand, Told, changing, told_case
from .listing import Columns, show_cases
from .options import FORMAT, PLAN_ID
from .printing import Settings

_COLUMNS: Columns = {
    "id": ("ID", "ID"),
    "state": ("状態", "STATE"),
    "edition": ("版", "EDITION"),
    "pointer": ("場所", "POINTER"),
    "owner": ("主体", "BY"),
    "text": ("コメント", "TEXT"),
    "reply": ("回答", "REPLY"),
}
_COMMENT_ID = click.argument("comment_id")


@click.group()
def comment_command() -> None:
    """List, save and settle comments."""


@comment_command.command("list")
@PLAN_ID
@FORMAT
@click.pass_obj
def list_comments(settings: Settings, plan_id: str, format_: str) -> None:
    """List the comments on a plan."""

    def read(book: Book) -> Iterator[tuple[Case, dict[str, Any]]]:
        for case in read_comments(plan_id, LOCAL, book.store, book.domain):
            yield (
                case,
                {
                    "id": case.id,
                    "state": case.state,
                    "edition": case.document.edition,
                    "pointer": case.document.pointer,
                    "owner": str(case.owner),
                    "text": case.document.text,
                    "reply": case.document.reply,
                },
            )

    show_cases(settings, COMMENT, _COLUMNS, read, format_)


@comment_command.command("save")
@PLAN_ID
@_COMMENT_ID
@click.argument("text")
@EXPECTED
@click.option("--at", "pointer", default="", help="JSON pointer to the place.")
@click.option("--edition", help="Edition that was read; the present one unless given.")
@changing
def save(  # noqa: PLR0913 - options of a command
    errand: Errand,
    plan_id: str,
    comment_id: str,
    text: str,
    by: Actor,
    expected: int | None,
    pointer: str,
    edition: str | None,
    dry_run: bool,
) -> Told:
    """Remark on a place of a plan."""
    read = edition or _present_edition(errand.book, plan_id)
    version = errand.case_version(COMMENT, plan_id, comment_id, expected)
    command = SaveComment(
        plan_id=plan_id,
        comment=Comment(
            id=PartId(comment_id), edition=read, pointer=pointer, text=text
        ),
        by=by,
        expected_version=version or None,
        dry_run=dry_run,
    )
    done = save_comment(command, errand.book.store, errand.book.domain)
    return told_case("commentId", done)


@comment_command.command("settle")
@PLAN_ID
@_COMMENT_ID
@click.argument("reply")
@EXPECTED
@changing
def settle(
    errand: Errand,
    plan_id: str,
    comment_id: str,
    reply: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Tell what was done about a comment."""
    command = SettleComment(
        plan_id=plan_id,
        comment_id=PartId(comment_id),
        reply=reply,
        by=by,
        expected_version=errand.case_version(COMMENT, plan_id, comment_id, expected),
        dry_run=dry_run,
    )
    done = settle_comment(command, errand.book.store, errand.book.domain)
    return told_case("commentId", done)


def _present_edition(book: Book, plan_id: str) -> str:
    with book.store.read() as unit:
        stored = unit.current(plan_id)
    return stored.edition if stored else "d1"
