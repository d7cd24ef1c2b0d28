"""Commands by which an office changes something, and how they tell what was done."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import wraps
from typing import Any, TypeVar

import attrs
import click
from attrs import define, field, frozen

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.cases import CaseKind
from ..core.documents.loader import load_plan_file
from ..core.documents.source import Source
from ..core.errors import PlanError
from ..core.events import Event
from ..core.files import PlanFile
from ..core.findings import CheckReport
from ..core.services.cases import CaseDone
from .handing import Files, Place
from .options import FORMAT
from .printing import Settings, print_json, problem_data, say, say_problem
from .remarks import Line, remark_data, remark_lines

T = TypeVar("T")


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


@frozen(kw_only=True)
class Told:
    """What a command did, as it is printed.

    Attributes:
        facts: What is so now, by the keys of data.
        event: What was written to the log; nothing where nothing changed.
        more: What only data tell, by their keys.
        lines: What only people are told, below, in Japanese and English.
    """

    facts: Mapping[str, object]
    event: Event | None
    dry_run: bool
    more: Mapping[str, object] = field(factory=dict)
    lines: tuple[Line, ...] = ()


@define
class Errand:
    """What an office comes with: to an open book, with files in its hands."""

    book: Book
    files: Files = field(factory=Files)

    def load(self, file: str, read: Callable[[Source], T]) -> T:
        """Return what *read* makes of a file, or of standard input for `-`."""
        return self.files.load(file, read)

    def load_plan(self, file: str) -> PlanFile:
        """Return a plan file."""
        plan_types = self.book.plugins.plan_types
        return self.files.load(file, lambda read: load_plan_file(read, plan_types))

    def plan_version(self, plan_id: str, expected: int | None) -> int:
        """Return *expected*, or the version that is stored now; 0 without one."""
        if expected is not None:
            return expected
        with self.book.store.read() as unit:
            stored = unit.current(plan_id)
        return stored.version if stored else 0

    def case_version(
        self, kind: CaseKind, plan_id: str, case_id: str, expected: int | None
    ) -> int:
        """Return *expected*, or the version that is stored now; 0 without one."""
        if expected is not None:
            return expected
        with self.book.store.read() as unit:
            case = unit.case(plan_id, kind, case_id)
        return case.version if case else 0


def changing(function: Callable[..., Told]) -> Callable[..., int]:
    """Make *function* a command by which an office changes something.

    The command has the options `--as`, `--dry-run` and `--format` as well. *function* is
    called with an `Errand`, *by*, *dry_run* and whatever else the command takes; what it
    did is printed, and so is why it was refused.
    """

    @AS
    @DRY_RUN
    @FORMAT
    @click.pass_obj
    @wraps(function)
    def command(settings: Settings, /, *, format_: str, **given: Any) -> int:
        as_json, files = format_ == "json", Files()
        try:
            with open_book(settings["database"], create=False) as book:
                told = function(Errand(book, files), **given)
        except PlanError as error:
            return tell_refusal(files.places(error), settings, as_json=as_json)
        return tell_done(told, settings, as_json=as_json)

    return command


def told_case(name: str, done: CaseDone) -> Told:
    """Return what was done to a case; *name* is what its id is called."""
    case = done.case
    facts = {
        "planId": case.plan_id,
        name: case.id,
        "version": case.version,
        "state": case.state,
    }
    return Told(facts=facts, event=done.event, dry_run=done.dry_run)


def told_judged(name: str, done: CaseDone, checked: CheckReport | None) -> Told:
    """Return what was done to a case, with what the rules say of it."""
    told = told_case(name, done)
    if checked is None:
        return told
    more = {"findings": remark_data(checked)}
    return attrs.evolve(told, more=more, lines=tuple(remark_lines(checked)))


def tell_refusal(places: Iterable[Place], settings: Settings, *, as_json: bool) -> int:
    """Print why nothing was done; return the exit status."""
    if as_json:
        print_json({"ok": False, "problems": [place_data(p) for p in places]})
    else:
        for place in places:
            say_problem(place.problem, settings["lang"], name=place.name)
    return 1


def place_data(place: Place) -> dict[str, Any]:
    """Return a problem as plain data, with its file where it stands in one."""
    file = {} if place.name is None else {"file": place.name}
    return problem_data(place.problem) | file


def tell_done(told: Told, settings: Settings, *, as_json: bool) -> int:
    """Print what was done; return the exit status."""
    event = told.event
    if as_json:
        sequence = event.sequence if event else None
        done = {"ok": True, "event": sequence, "dryRun": told.dry_run}
        print_json(done | dict(told.facts) | dict(told.more))
        return 0
    text = " ".join(f"{key}={value}" for key, value in told.facts.items() if value)
    ja, en = "変更なし", "unchanged"
    if told.dry_run:
        ja, en = "実行すると", "would be"
    elif event is not None:
        ja, en = f"記録 {event.sequence}", f"event {event.sequence}"
    say(settings["lang"], f"{ja}: {text}", f"{en}: {text}", error=False)
    for line in told.lines:
        say(settings["lang"], *line, error=False)
    return 0
