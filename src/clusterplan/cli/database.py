"""`clusterplan db`, `verify` and `rebuild`: the database itself."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from ..book import open_book
from ..core.storage.backup import back_up
from ..core.storage.engine import open_engine, unusable
from ..core.storage.migrate import revisions
from ..core.storage.sql import StoreUnavailableError
from .options import FORMAT
from .printing import Settings, print_json, say


@click.group()
def db_command() -> None:
    """Bring a database up to date, look at it, back it up."""


@db_command.command("upgrade")
@click.pass_obj
def upgrade_database(settings: Settings) -> None:
    """Bring the database to the tables of this version."""
    with _opened(settings, create=True) as engine:
        before, _ = revisions(engine)
        open_book(settings["database"]).close()
        after, _ = revisions(engine)
    say(
        settings["lang"],
        f"データベース: {before or '空'} → {after}",
        f"database: {before or 'empty'} -> {after}",
        error=False,
    )


@db_command.command("check")
@click.pass_obj
def check_database(settings: Settings) -> int:
    """Tell whether the database has the tables of this version."""
    with _opened(settings) as engine:
        current, head = revisions(engine)
    if current == head:
        say(settings["lang"], "最新です", "up to date", error=False)
        return 0
    say(
        settings["lang"],
        f"版が違います（現在 {current or '空'}、必要 {head}）。"
        "clusterplan db upgrade を実行してください",
        f"at {current or 'empty'}, wanted {head}; run clusterplan db upgrade",
        error=False,
    )
    return 1


@db_command.command("backup")
@click.argument("target", type=click.Path(dir_okay=False, path_type=Path))
@click.pass_obj
def back_up_database(settings: Settings, target: Path) -> None:
    """Write a consistent copy of a SQLite database while it is in use."""
    with _opened(settings) as engine:
        back_up(engine, target)
    say(settings["lang"], f"控え: {target}", f"copy: {target}", error=False)


@click.command()
@FORMAT
@click.pass_obj
def verify_command(settings: Settings, format_: str) -> int:
    """Compare the log with itself and with every row that follows from it."""
    with open_book(settings["database"], create=False) as book:
        flaws = list(book.verify())
    if format_ == "json":
        print_json(
            [
                {"where": f.where, "message": f.message, "sequence": f.sequence}
                for f in flaws
            ]
        )
        return 1 if flaws else 0
    for flaw in flaws:
        click.echo(f"{flaw.where}: {flaw.message}")
    if not flaws:
        say(settings["lang"], "異常はありません", "nothing is wrong", error=False)
    return 1 if flaws else 0


@click.command()
@click.pass_obj
def rebuild_command(settings: Settings) -> None:
    """Drop all projections and make them again from the log."""
    with open_book(settings["database"], create=False) as book:
        count = book.store.rebuild()
    say(
        settings["lang"],
        f"作り直し: {count}行",
        f"made again: {count} rows",
        error=False,
    )


@contextmanager
def _opened(settings: Settings, *, create: bool = False) -> Iterator[Engine]:
    engine = open_engine(settings["database"], create=create)
    try:
        yield engine
    except DBAPIError as error:
        raise (unusable(error) or StoreUnavailableError()) from error
    finally:
        engine.dispose()
