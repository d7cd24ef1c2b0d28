"""`clusterplan export`: the map in a format of a plugin."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from ..book import open_book
from ..core.filters import PlanFilter
from .options import FILTER, Day
from .printing import Settings, say


@click.command()
@click.argument("format_", metavar="FORMAT")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False),
    help="File to write; standard output unless given.",
)
@click.option("--as-of", type=Day(), help="The day to look at; today unless given.")
@FILTER
@click.pass_obj
def export_command(
    settings: Settings,
    format_: str,
    output: str | None,
    as_of: dt.date | None,
    filter_: PlanFilter,
) -> int:
    """Write the public map in FORMAT, such as geojson."""
    with open_book(settings["database"], create=False) as book:
        text = book.export(format_, filter=filter_, as_of=as_of)
    if output is None:
        click.echo(text, nl=False)
        return 0
    Path(output).write_text(text, encoding="utf-8")
    say(settings["lang"], f"書き出し: {output}", f"written: {output}", error=False)
    return 0
