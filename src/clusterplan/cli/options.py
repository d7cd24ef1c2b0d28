"""Options that several commands have in common."""

from __future__ import annotations

import datetime as dt

import click

from ..core.filters import PlanFilter

PLAN_ID = click.argument("plan_id")
FORMAT = click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to print the answer.",
)


class Day(click.ParamType[dt.date]):
    """A day of the calendar, such as 2026-11-21."""

    name = "YYYY-MM-DD"

    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> dt.date:
        """Return the day that *value* names."""
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value!r} is no day; write it like 2026-11-21.", param, ctx)


def _filter(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> PlanFilter:
    pairs = []
    for text in texts:
        key, _, value = text.partition("=")
        if not (key and value.strip(" ,")):
            raise click.BadParameter(f"{text!r} is not KEY=VALUE.", ctx, param)
        pairs.append((key, value))
    return PlanFilter.parse(pairs)


FILTER = click.option(
    "--filter",
    "filter_",
    metavar="KEY=VALUE",
    multiple=True,
    callback=_filter,
    help="Only such plans, e.g. planTypes=strategic_cluster or prefectures=43,41; "
    "may be given again, then all must fit.",
)
