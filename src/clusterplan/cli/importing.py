"""`clusterplan import`: save plan files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import click

from ..book import Book, open_book
from ..core.actors import LOCAL_OPERATOR, Actor
from ..core.errors import PlanError
from ..core.services.importing import ImportDone
from .acting import DRY_RUN, Errand, Office
from .check_texts import repair_data, repair_line
from .handing import name_of
from .options import FORMAT
from .printing import Settings, print_json, problem_data, say, say_problem


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True)
@DRY_RUN
@click.option(
    "--expected-version",
    type=int,
    metavar="N",
    help="Version of the stored draft that was changed; leave out for a new plan.",
)
@click.option(
    "--as",
    "by",
    type=Office(),
    default=str(LOCAL_OPERATOR),
    show_default=True,
    help="Office that saves its own draft, such as prefecture:430005.",
)
@FORMAT
@click.pass_obj
def import_command(
    settings: Settings,
    files: tuple[str, ...],
    dry_run: bool,
    expected_version: int | None,
    by: Actor,
    format_: str,
) -> int:
    """Save plan files (- for standard input): new plans, or new texts of drafts.

    Each file is saved for itself; a refused one is told, and the others are saved. The
    same text again changes nothing.
    """
    with open_book(settings["database"]) as book:
        told = [
            _import(
                book,
                file,
                settings,
                format_,
                {"expected_version": expected_version, "by": by, "dry_run": dry_run},
            )
            for file in files
        ]
    if format_ == "json":
        print_json(told)
    return 0 if all(each["ok"] for each in told) else 1


def _import(
    book: Book,
    file: str,
    settings: Settings,
    format_: str,
    how: Mapping[str, Any],
) -> dict[str, object]:
    name, errand = name_of(file), Errand(book)
    try:
        done = book.import_plan(errand.load_plan(file), **how)
    except PlanError as error:
        places = list(errand.files.places(error))
        if format_ == "text":
            for place in places:
                say_problem(place.problem, settings["lang"], name=name)
        problems = [problem_data(place.problem) for place in places]
        return {"name": name, "ok": False, "problems": problems}
    if format_ == "text":
        for repair in done.report.repairs:
            click.echo(repair_line(repair, settings["lang"], name=name), err=True)
        _say(done, settings["lang"])
    standing = done.standing
    return {
        "name": name,
        "ok": True,
        "planId": standing.plan_id,
        "version": standing.version,
        "edition": standing.edition,
        "state": standing.state,
        "changed": done.changed,
        "dryRun": done.dry_run,
        "problems": [],
        "repairs": [repair_data(r) for r in done.report.repairs],
    }


def _say(done: ImportDone, language: str) -> None:
    standing = done.standing
    facts = (
        f"{standing.plan_id} v{standing.version} {standing.edition} {standing.state}"
    )
    if not done.changed:
        say(language, f"変更なし: {facts}", f"unchanged: {facts}", error=False)
    elif done.dry_run:
        say(language, f"保存される: {facts}", f"would be saved: {facts}", error=False)
    else:
        say(language, f"保存: {facts}", f"saved: {facts}", error=False)
