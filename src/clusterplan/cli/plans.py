"""`clusterplan plan`: stored plans."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import click

from ..book import open_book
from ..core.clock import TOKYO
from ..core.documents.writer import dump_plan_file
from ..core.events import Event
from ..core.filters import PlanFilter
from ..core.history import Basis, HistoryEntry, Record
from ..core.paging import EventRequest
from ..core.plantypes import PlanType
from ..core.readers import LOCAL
from ..core.services.cases import UnknownPlanError
from ..core.services.domain import Domain
from ..core.services.plan_documents import readable_file
from ..core.standings import PlanStanding
from ..core.store import ReadUnit, View
from ..core.stored import StoredPlan
from .listing import Columns, Row, plan_type_name, show_table, state_name
from .options import FILTER, FORMAT, PLAN_ID
from .plan_edits import diff, set_part
from .printing import Settings

_BATCH = 100
_EVENTS: Columns = {
    "sequence": ("番号", "NO"),
    "recordedAt": ("日時", "AT"),
    "kind": ("記録", "EVENT"),
    "version": ("版数", "VERSION"),
    "actor": ("主体", "BY"),
    "digest": ("ハッシュ", "DIGEST"),
}
_STATES: Columns = {
    "on": ("日付", "ON"),
    "state": ("状態", "STATE"),
    "basis": ("根拠", "BASIS"),
}
_COLUMNS: Columns = {
    "id": ("計画ID", "ID"),
    "planType": ("類型", "TYPE"),
    "state": ("状態", "STATE"),
    "edition": ("版", "EDITION"),
    "version": ("版数", "VERSION"),
    "publishedOn": ("公表日", "PUBLISHED"),
    "title": ("計画名", "TITLE"),
}
_BASIS = {
    Basis.STATED: ("確定", "stated"),
    Basis.ASSUMED: ("推定", "assumed"),
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
        rows = [_plan(f, book.domain, settings["lang"]) for f in book.plans(filter_)]
    show_table(_COLUMNS, rows, settings, format_)


def _plan(found: StoredPlan, domain: Domain, language: str) -> Row:
    standing = found.standing
    kind = domain.plan_types.get(standing.plan_type)
    title = found.plan.title_en if language == "en" else None
    return Row(
        data={
            "id": standing.plan_id,
            "planType": standing.plan_type,
            "state": standing.state,
            "edition": standing.edition,
            "version": standing.version,
            "publishedOn": _text(standing.published_on),
            "title": found.plan.title,
        },
        names={
            "planType": plan_type_name(domain, standing.plan_type, language),
            "state": state_name(kind, standing.state, language),
            "title": title or found.plan.title,
        },
    )


@plan_command.command("show")
@PLAN_ID
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
    file = attrs.evolve(
        readable_file(found.plan, told.values(), LOCAL),
        record=_record(found.standing, past),
    )
    click.echo(dump_plan_file(file, "json" if format_ == "json" else "yaml"), nl=False)


@plan_command.command("history")
@PLAN_ID
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
        stored = unit.plan(plan_id, view)
        if stored is None:
            raise UnknownPlanError(plan_id)
        if events:
            told = [Row(data=_event(each)) for each in _events(plan_id, unit, view)]
            show_table(_EVENTS, told, settings, format_)
            return
        entries = unit.histories([plan_id], view).get(plan_id, ())
        kind = book.domain.plan_types.get(stored.standing.plan_type)
    rows = [_entry(entry, kind, settings["lang"]) for entry in entries]
    show_table(_STATES, rows, settings, format_)


def _entry(entry: HistoryEntry, kind: PlanType | None, language: str) -> Row:
    return Row(
        data={
            "on": entry.on.isoformat(),
            "state": entry.state,
            "basis": entry.basis.value,
        },
        names={
            "state": state_name(kind, entry.state, language),
            "basis": _BASIS[entry.basis][language == "en"],
        },
    )


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
