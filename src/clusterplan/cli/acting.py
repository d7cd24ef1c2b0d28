"""Options of commands by which an office acts, and how they tell what was done."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import click

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.cases import CaseKind
from ..core.documents.source import Source, read_source
from ..core.errors import PlanError
from ..core.events import Event
from ..core.services.cases import CaseDone
from .printing import Settings, print_json, problem_data, say, say_problems


class Office(click.ParamType[Actor]):
    """An office that acts, such as `prefecture:430005`."""

    name = "KIND:CODE"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> Actor:
        """Return the office that *value* names."""
        if isinstance(value, Actor):
            return value
        try:
            return Actor.parse(str(value))
        except ValueError as error:
            self.fail(f"{value!r}: {error}.", param, ctx)


AS = click.option(
    "--as",
    "by",
    type=Office(),
    required=True,
    help="Office that acts, such as prefecture:430005 or meti:meti.",
)
EXPECTED = click.option(
    "--expected-version",
    "expected",
    type=int,
    metavar="N",
    help="Version that the change is based on; what is stored now unless given.",
)
DRY_RUN = click.option(
    "--dry-run", is_flag=True, help="Tell what would happen; change nothing."
)


def read_file(name: str) -> Source:
    """Return a document from a file, or from standard input for `-`."""
    return read_source(sys.stdin.buffer if name == "-" else name)


def tell_refusal(error: PlanError, settings: Settings, *, as_json: bool) -> int:
    """Print why nothing was done; return the exit status."""
    if as_json:
        print_json({"ok": False, "problems": [problem_data(p) for p in error.problems]})
    else:
        say_problems(error.problems, settings["lang"])
    return 1


def tell_done(
    facts: dict[str, Any],
    event: Event | None,
    settings: Settings,
    *,
    dry_run: bool,
    as_json: bool,
) -> int:
    """Print what was done; return the exit status."""
    if as_json:
        sequence = event.sequence if event else None
        print_json({"ok": True, "event": sequence, "dryRun": dry_run} | facts)
        return 0
    text = " ".join(f"{key}={value}" for key, value in facts.items() if value)
    if dry_run:
        say(settings["lang"], f"実行すると: {text}", f"would be: {text}", error=False)
    elif event is None:
        say(settings["lang"], f"変更なし: {text}", f"unchanged: {text}", error=False)
    else:
        say(
            settings["lang"],
            f"記録 {event.sequence}: {text}",
            f"event {event.sequence}: {text}",
            error=False,
        )
    return 0


def run_case(
    act: Callable[[Book], CaseDone], name: str, settings: Settings, format_: str
) -> int:
    """Change a case beside a plan, and tell what was done; return the exit status.

    Args:
        act: Does it.
        name: What the id of the case is called, such as `period`.
        settings: Database and language.
        format_: `text` or `json`.
    """
    as_json = format_ == "json"
    try:
        with open_book(settings["database"], create=False) as book:
            done = act(book)
    except PlanError as error:
        return tell_refusal(error, settings, as_json=as_json)
    case = done.case
    facts = {
        "planId": case.plan_id,
        name: case.id,
        "version": case.version,
        "state": case.state,
    }
    return tell_done(facts, done.event, settings, dry_run=done.dry_run, as_json=as_json)


def case_version(
    book: Book, kind: CaseKind, plan_id: str, case_id: str, expected: int | None
) -> int:
    """Return *expected*, or the version that is stored now; 0 where there is none."""
    if expected is not None:
        return expected
    with book.store.read() as unit:
        case = unit.case(plan_id, kind, case_id)
    return case.version if case else 0
