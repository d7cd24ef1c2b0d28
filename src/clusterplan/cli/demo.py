"""`clusterplan demo`: fictional plans with a past, and real ones, on a map."""

from __future__ import annotations

import datetime as dt
import json
import os
import secrets
from pathlib import Path

import click
from attrs import frozen

from ..book import Book, open_book
from ..core.actors import LOCAL_OPERATOR
from ..core.clock import day_in_tokyo, fixed_clock, system_clock
from ..core.documents.loader import load_plan_file
from ..core.documents.source import parse_text
from ..core.documents.writer import dump_plan_file
from ..core.errors import ErrorCode, PlanError, Problem
from ..core.readers import ANONYMOUS
from ..core.reports import REPORT
from ..core.services.tokens import CreateToken, create_token
from ..core.tokens import secret_digest
from ..demonstration import play
from .options import Day
from .printing import Settings, say, say_problems
from .serving import address_of, listen, run_server

_MARK = ".clusterplan-demo"


class ForeignDatabaseError(PlanError):
    """The directory holds a database that the demonstration did not make."""

    def __init__(self, directory: Path) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="NOT_A_DEMO",
                message_ja=f"「{directory}」にはデモが作ったものではないデータがあります。"
                "--directory で別のフォルダを指定してください",
                message_en=f"{str(directory)!r} holds data that no demonstration made; "
                "name another place with --directory",
            )
        )


@frozen(kw_only=True)
class Demo:
    """A directory with a database, plan files and a token."""

    directory: Path

    @property
    def database(self) -> Path:
        """The database file."""
        return self.directory / "clusterplan.db"

    @property
    def token(self) -> Path:
        """The file with the secret of a token, for its owner's eyes only."""
        return self.directory / "token"

    @property
    def plans(self) -> Path:
        """The directory of the plan files."""
        return self.directory / "plans"

    def prepare(self) -> None:
        """Make the directory.

        Raises:
            ForeignDatabaseError: It holds a database of somebody else.
        """
        mark = self.directory / _MARK
        ours = (self.database, self.plans, self.token)
        if not mark.exists() and any(os.path.lexists(path) for path in ours):
            raise ForeignDatabaseError(self.directory)
        self.plans.mkdir(parents=True, exist_ok=True)
        mark.write_text("made by `clusterplan demo`\n", encoding="utf-8")


@click.command()
@click.option("--no-serve", is_flag=True, help="Set up, and do not serve.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--directory",
    default="clusterplan-demo",
    show_default=True,
    type=click.Path(file_okay=False, path_type=Path),
    help="Where database, plan files and token are put.",
)
@click.option(
    "--today",
    type=Day(),
    help="The day that the demonstration takes as today.",
)
@click.pass_obj
def demo_command(
    settings: Settings,
    no_serve: bool,
    port: int,
    directory: Path,
    today: dt.date | None,
) -> int:
    """Set up fictional plans and those of plugins, and serve them on 127.0.0.1.

    The fictional ones are made, reported on and revised by the commands of the offices,
    on days before today. It can be repeated: plans that are there already stay as they
    are, also on a later day. The last line of standard output is one JSON object with
    paths and counts.
    """
    demo = Demo(directory=directory)
    demo.prepare()
    clock = fixed_clock(today) if today else system_clock
    with open_book(f"sqlite:///{demo.database}", clock=clock) as book:
        refused = _play(demo, book, settings["lang"])
        refused += _import_samples(demo, book, settings["lang"])
        secret = _token(demo, book)
        counts = _counts(book)
        click.echo(
            json.dumps(
                {
                    "database": str(demo.database),
                    "plans": str(demo.plans),
                    "token": str(demo.token),
                    "today": day_in_tokyo(clock()).isoformat(),
                    "counts": counts,
                    "refused": refused,
                },
                ensure_ascii=False,
            )
        )
        if no_serve:
            return 1 if refused else 0
        with listen("127.0.0.1", port) as listener:
            _say_addresses(address_of(listener), secret, settings["lang"])
            return run_server(listener, book=book)


def _play(demo: Demo, book: Book, language: str) -> int:
    """Set up the fictional plans, whose past lies before that of the import."""
    try:
        made = play(book.store, book.domain)
    except PlanError as error:
        say_problems(error.problems, language)
        return 1
    for file in made:
        path = demo.plans / f"{file.plan.id}.yaml"
        path.write_text(dump_plan_file(file), encoding="utf-8")
    return 0


def _import_samples(demo: Demo, book: Book, language: str) -> int:
    refused = 0
    for sample in book.plugins.samples:
        path = demo.plans / sample.name
        path.write_text(sample.text, encoding="utf-8")
        source = parse_text(sample.text, name=str(path))
        try:
            file = load_plan_file(source, book.plugins.plan_types)
            book.import_plan(file)
        except PlanError as error:
            refused += 1
            say_problems(error.problems, language, name=str(path))
    return refused


def _token(demo: Demo, book: Book) -> str:
    """Return the secret of the demonstration's token; the same one while it works."""
    if demo.token.exists():
        secret = demo.token.read_text(encoding="ascii", errors="replace").strip()
        with book.store.read() as unit:
            token = unit.token_of(secret_digest(secret))
        if token is not None and token.is_valid(book.domain.today()):
            return secret
    command = CreateToken(actor=LOCAL_OPERATOR, note="demo")
    _, secret = create_token(command, book.store, book.domain, secrets.token_bytes)
    demo.token.unlink(missing_ok=True)
    handle = os.open(demo.token, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secret + "\n")
    return secret


def _counts(book: Book) -> dict[str, int]:
    """Count all plans, and what anybody sees of them on the map."""
    drawn = book.map(reader=ANONYMOUS)
    ids = [plan.standing.plan_id for plan in book.plans(reader=ANONYMOUS)]
    view = book.domain.view(ANONYMOUS)
    with book.store.read() as unit:
        reports = unit.cases(ids, REPORT, view)
    return {
        "plans": len(book.plans()),
        "onMap": drawn.totals.count,
        "points": len(drawn.points),
        "unlocated": len(drawn.unlocated),
        "reports": sum(case.public for cases in reports.values() for case in cases),
    }


def _say_addresses(base: str, secret: str, language: str) -> None:
    say(
        language,
        f"投資マップ   {base}/\nGraphiQL     {base}/graphql\n"
        f"GeoJSON      {base}/exports/geojson\n"
        f"トークン     {secret}\n止めるには Ctrl+C",
        f"map       {base}/\nGraphiQL  {base}/graphql\n"
        f"GeoJSON   {base}/exports/geojson\n"
        f"token     {secret}\nCtrl+C to stop",
    )
