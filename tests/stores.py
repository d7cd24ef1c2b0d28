"""Plan files, views and databases for tests of stores."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Protocol

import attrs

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.clock import fixed_clock
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.files import PlanFile
from clusterplan.core.filters import PlanFilter
from clusterplan.core.identifiers import Key
from clusterplan.core.moments import Moment
from clusterplan.core.plantypes import PlanType
from clusterplan.core.readers import LOCAL, Reader
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.importing import ImportDone, ImportPlan, import_plan
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store, View

STRATEGIC = "strategic_cluster"
REGIONAL = "regional_cluster"
LOCAL_GROWTH = "local_industry_growth"
TODAY = dt.date(2026, 11, 21)
IN_FORCE = (("drafting", "2026-05-01"), ("in_force", "2026-06-01"))
"""A past that ends in force, for every built-in plan type."""
KYUSHU = Reader(actor=Actor.parse("regional_bureau:kyushu"))
KUMAMOTO = Reader(actor=Actor.parse("prefecture:430005"))
HOKKAIDO = Reader(actor=Actor.parse("prefecture:010006"))
SECRETARIAT = Reader(actor=Actor.parse("cabinet_secretariat:cas"))


class MakePlanFile(Protocol):
    """Makes the sample of a plan type with changes by JSON pointer."""

    def __call__(
        self, plan_type: str = ..., changes: Mapping[str, Any] | None = ...
    ) -> PlanFile:
        """Return the plan file."""
        ...


def sample_file(
    plan_types: Mapping[str, PlanType],
    plan_type: str = STRATEGIC,
    changes: Mapping[str, Any] | None = None,
) -> PlanFile:
    """Return the sample of a plan type with *changes* by JSON pointer."""
    data: Any = parse_text(plan_types[plan_type].sample or "").data
    return load_plan_file(source_of(changed(data, changes or {})), plan_types)


def record(
    history: Iterable[tuple[str, str]] = IN_FORCE, edition: str = "1.0"
) -> dict[str, Any]:
    """Return a past as a plan file has it."""
    entries = [{"state": state, "on": on} for state, on in history]
    return {"edition": edition, "source": "架空の資料", "history": entries}


def on(domain: Domain, day: dt.date) -> Domain:
    """Return *domain* on another day."""
    return attrs.evolve(domain, clock=fixed_clock(day))


def save(
    store: Store,
    domain: Domain,
    file: PlanFile,
    *,
    version: int | None = None,
    by: Actor = LOCAL_OPERATOR,
) -> ImportDone:
    """Import *file* based on *version*."""
    command = ImportPlan(file=file, by=by, expected_version=version)
    return import_plan(command, store, domain)


def titled(file: PlanFile, title: str) -> PlanFile:
    """Return *file* with another title."""
    return attrs.evolve(file, plan=attrs.evolve(file.plan, title=title))


def looking(
    as_of: dt.date = TODAY,
    *,
    reader: Reader = LOCAL,
    known_at: dt.datetime | None = None,
    **filters: Any,
) -> View:
    """Return a view of a day."""
    keys: dict[str, Any] = {
        name: tuple(map(_key, values)) for name, values in filters.items()
    }
    return View(
        moment=Moment(as_of=as_of, known_at=known_at),
        drafts=reader.drafts,
        filter=PlanFilter(**keys).completed(),
    )


def shown_ids(store: Store, view: View) -> list[str]:
    """Return the ids of all plans that *view* shows, as the map has them."""
    with store.read() as unit:
        return [mapped.plan_id for mapped in unit.mapped(view)]


def tamper(store: SqlStore, *statements: str) -> None:
    """Change rows behind the back of the store, without regard to foreign keys."""
    connection = store.engine.raw_connection()
    on_sqlite = store.engine.dialect.name == "sqlite"
    cursor = connection.cursor()
    cursor.execute(
        "PRAGMA foreign_keys=OFF"
        if on_sqlite
        else "SET LOCAL session_replication_role = replica"
    )
    for statement in statements:
        cursor.execute(statement)
        assert cursor.rowcount
    if on_sqlite:
        cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()
    connection.commit()
    connection.close()


def _key(value: Any) -> Any:
    return Key(value) if isinstance(value, str) else value
