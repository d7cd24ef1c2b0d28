"""`clusterplan plan`: stored plans."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import click

from ..book import open_book
from ..core.clock import TOKYO
from ..core.documents.writer import dump_plan_file
from ..core.events import Event
from ..core.files import PlanFile
from ..core.filters import PlanFilter
from ..core.history import HistoryEntry, Record
from ..core.paging import EventRequest
from ..core.readers import LOCAL
from ..core.services.cases import UnknownPlanError
from ..core.standings import PlanStanding
from ..core.store import ReadUnit, View
from .options import FILTER, FORMAT
from .plan_edits import diff, set_part
from .printing import Settings, print_table

_BATCH = 100
_EVENTS = {
    "sequence": "NO",
    "recordedAt": "AT",
    "kind": "EVENT",
    "version": "VERSION",
    "actor": "BY",
    "digest": "DIGEST",
}
_COLUMNS = {
    "id": "ID",
    "planType": "TYPE",
    "state": "STATE",
    "edition": "EDITION",
    "version": "VERSION",
    "publishedOn": "PUBLISHED",
    "title": "TITLE",
}


@click.group()
def plan_command() -> None:
    """List and show stored plans."""


@plan_command.command("list")
@FILTER
@FORMAT
@click.pass_obj
def list_plans(settings: Settings, filter_: PlanFilter, format_: str) -> None:
    """List all plans, drafts as well."""
    with open_book(settings["database"], create=False) as book:
        rows = [
            {
                "id": found.standing.plan_id,
                "planType": found.standing.plan_type,
                "state": found.standing.state,
                "edition": found.standing.edition,
                "version": found.standing.version,
                "publishedOn": _text(found.standing.published_on),
                "title": found.plan.title,
            }
            for found in book.plans(filter_)
        ]
    print_table(_COLUMNS, rows, as_json=format_ == "json")


@plan_command.command("show")
@click.argument("plan_id")
@click.option(
    "--format",
    "format_",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="How to print the plan file.",
)
@click.pass_obj
def show_plan(settings: Settings, plan_id: str, format_: str) -> None:
    """Print a stored plan as a plan file, with its investments and imported past."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        view = book.domain.view(LOCAL)
        found = unit.plan(plan_id, view)
        if found is None:
            raise UnknownPlanError(plan_id)
        told = unit.investments(list(found.standing.pins.values()))
        past = unit.histories([plan_id], view).get(plan_id, ())
    file = PlanFile(
        plan=found.plan,
        investments=tuple(told.values()),
        record=_record(found.standing, past),
    )
    click.echo(dump_plan_file(file, "json" if format_ == "json" else "yaml"), nl=False)


@plan_command.command("history")
@click.argument("plan_id")
@click.option("--events", is_flag=True, help="Print all that happened to it instead.")
@FORMAT
@click.pass_obj
def plan_history(
    settings: Settings, plan_id: str, *, events: bool, format_: str
) -> None:
    """Print the states that a plan came into, or all that happened to it."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        view = book.domain.view(LOCAL)
        if unit.plan(plan_id, view) is None:
            raise UnknownPlanError(plan_id)
        if events:
            rows = [_event(event) for event in _events(plan_id, unit, view)]
            print_table(_EVENTS, rows, as_json=format_ == "json")
            return
        entries = unit.histories([plan_id], view).get(plan_id, ())
    rows = [
        {"on": entry.on.isoformat(), "state": entry.state, "basis": entry.basis.value}
        for entry in entries
    ]
    columns = {"on": "ON", "state": "STATE", "basis": "BASIS"}
    print_table(columns, rows, as_json=format_ == "json")


plan_command.add_command(diff)
plan_command.add_command(set_part)


def _events(plan_id: str, unit: ReadUnit, view: View) -> Iterator[Event]:
    """Yield all events of a plan, a page at a time."""
    request = EventRequest(plan_id=plan_id, size=_BATCH)
    while True:
        page = unit.told_events(view, request)
        yield from page.items
        if not page.has_next:
            return
        request = attrs.evolve(request, after=page.items[-1].sequence)


def _event(event: Event) -> dict[str, object]:
    return {
        "sequence": event.sequence,
        "recordedAt": event.recorded_at.astimezone(TOKYO).isoformat(timespec="seconds"),
        "kind": event.kind,
        "version": event.version,
        "actor": str(event.actor),
        "digest": event.digest,
    }


def _record(standing: PlanStanding, past: tuple[HistoryEntry, ...]) -> Record | None:
    """Return the past as a plan file has it, where it was imported with one."""
    if standing.source is None:
        return None
    return Record(edition=standing.edition, source=standing.source, history=past)


def _text(value: object) -> str | None:
    return None if value is None else str(value)
