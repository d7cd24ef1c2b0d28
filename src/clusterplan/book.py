"""The library for those who embed it: plan files, checks, and a book of plans."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import IO, Literal, Self

from attrs import define

from .core.actors import LOCAL_OPERATOR, Actor
from .core.clock import Clock, system_clock
from .core.documents.loader import load_plan_file
from .core.documents.source import Source, read_source
from .core.documents.writer import dump_plan_file
from .core.files import PlanFile
from .core.filters import PlanFilter
from .core.findings import CheckReport, Finding, Gate
from .core.maps import InvestmentMap
from .core.paging import MAX_PAGE, PageRequest
from .core.readers import LOCAL, Reader
from .core.reference import ReferenceData, read_reference
from .core.services.checking import check_stored
from .core.services.domain import Domain
from .core.services.drawing import draw, public_view
from .core.services.importing import ImportDone, ImportPlan, import_plan
from .core.store import Flaw, Store
from .core.stored import StoredPlan
from .plugins.host import Plugins, load_plugins

Origin = str | os.PathLike[str] | IO[bytes] | bytes
Day = dt.date | str | None


@cache
def installed_plugins() -> Plugins:
    """Load the built-in and the installed plugins, once a process."""
    return load_plugins()


@cache
def builtin_reference() -> ReferenceData:
    """Read the reference data of the package, once a process."""
    return read_reference()


def make_domain(plugins: Plugins | None = None, clock: Clock = system_clock) -> Domain:
    """Return the rules of the game of *plugins*, the installed ones unless told."""
    plugins = plugins or installed_plugins()
    return Domain(
        plan_types=plugins.plan_types,
        rules=plugins.rules,
        reference=builtin_reference().extended(plugins.reference_lists),
        clock=clock,
    )


def load_plan(origin: Origin | Source) -> PlanFile:
    """Read a plan file, YAML or JSON.

    Args:
        origin: A path, a binary stream, bytes, or a source that was read already.

    Raises:
        InputError: With every problem at once, each with path, line and column.
    """
    source = origin if isinstance(origin, Source) else read_source(origin)
    return load_plan_file(source, installed_plugins().plan_types)


def dump(plan: PlanFile, syntax: Literal["yaml", "json"] = "yaml") -> str:
    """Return a plan file as text; `load_plan` of it gives the same plan."""
    return dump_plan_file(plan, syntax)


def check(plan: PlanFile, gate: Gate = Gate.PUBLISH) -> tuple[Finding, ...]:
    """Return what the rules of all plugins remark on a plan file."""
    return make_domain().check_file(plan, gate).findings


def open_book(
    url: str,
    *,
    plugins: Plugins | None = None,
    clock: Clock = system_clock,
    create: bool = True,
) -> Book:
    """Open the plans in a database, which is made if it is not there.

    Args:
        url: Such as `sqlite:///plans.db` or `postgresql://host/name`.
        plugins: Plugins to use; the installed ones unless told.
        clock: Where the time comes from.
        create: Whether to make a SQLite database that is not there.

    Raises:
        PlanError: The database cannot be opened, or is not there.
    """
    from .core.storage.sql import SqlStore  # noqa: PLC0415 - only a book needs SQL

    plugins = plugins or installed_plugins()
    domain = make_domain(plugins, clock)
    store = SqlStore.open(url, plugins.plan_types, domain.reference, create=create)
    return Book(store, domain, plugins, store.close)


@define
class Book:
    """A store of plans together with plugins and a clock; close it after use."""

    store: Store
    domain: Domain
    plugins: Plugins
    _close: Callable[[], None]

    def __enter__(self) -> Self:
        """Return the book itself."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the book."""
        self.close()

    def close(self) -> None:
        """Close the database."""
        self._close()

    def import_plan(
        self,
        plan: PlanFile | Origin,
        *,
        by: Actor = LOCAL_OPERATOR,
        expected_version: int | None = None,
        dry_run: bool = False,
    ) -> ImportDone:
        """Save a plan file; see `clusterplan.core.services.importing.import_plan`."""
        if not isinstance(plan, PlanFile):
            plan = load_plan_file(read_source(plan), self.plugins.plan_types)
        command = ImportPlan(
            file=plan, by=by, expected_version=expected_version, dry_run=dry_run
        )
        return import_plan(command, self.store, self.domain)

    def plan(
        self, plan_id: str, *, as_of: Day = None, reader: Reader = LOCAL
    ) -> StoredPlan | None:
        """Return a plan as of a day, or nothing where there is none to be seen."""
        view = self.domain.view(reader, as_of=_day(as_of))
        with self.store.read() as unit:
            return unit.plan(plan_id, view)

    def plans(
        self,
        filter: PlanFilter | None = None,
        *,
        as_of: Day = None,
        reader: Reader = LOCAL,
    ) -> Sequence[StoredPlan]:
        """Return all plans of a filter, the newest first."""
        view = self.domain.view(reader, filter, as_of=_day(as_of))
        found: list[StoredPlan] = []
        request = PageRequest(size=MAX_PAGE)
        with self.store.read() as unit:
            while True:
                page = unit.plans(view, request)
                found.extend(page.items)
                if not page.has_next:
                    return found
                request = PageRequest.of(
                    order=request.order,
                    descending=request.descending,
                    first=MAX_PAGE,
                    after=page.cursors[-1],
                )

    def map(
        self,
        filter: PlanFilter | None = None,
        *,
        as_of: Day = None,
        reader: Reader = LOCAL,
    ) -> InvestmentMap:
        """Draw the investment map, with every point."""
        view = self.domain.view(reader, filter, as_of=_day(as_of))
        with self.store.read() as unit:
            return draw(view, unit, self.domain)

    def export(
        self,
        format: str,
        path: str | os.PathLike[str] | None = None,
        *,
        filter: PlanFilter | None = None,
        as_of: Day = None,
    ) -> str:
        """Write the map in a format of a plugin, such as `geojson`.

        A file is passed on: it holds what anybody may see.

        Returns:
            The text, which is also written to *path* where one is given.

        Raises:
            UnknownFormatError: No plugin offers the format.
            ExportFailedError: The plugin that offers it failed.
            DraftExportError: The filter asks for plans that are not public.
        """
        view = public_view(filter, self.domain, as_of=_day(as_of))
        with self.store.read() as unit:
            drawn = draw(view, unit, self.domain)
        text = "".join(self.plugins.write(format, drawn))
        if path is not None:
            Path(path).write_text(text, encoding="utf-8")
        return text

    def check(self, plan_id: str, gate: Gate = Gate.PUBLISH) -> CheckReport | None:
        """Let all rules look at a stored plan; nothing where there is none."""
        view = self.domain.view(LOCAL)
        with self.store.read() as unit:
            found = unit.plan(plan_id, view)
            if found is None:
                return None
            told = unit.investments(list(found.standing.pins.values()))
            return check_stored(found, told.values(), gate, self.domain)

    def verify(self) -> Iterable[Flaw]:
        """Compare the log with itself and with every row that follows from it."""
        return self.store.verify()


def _day(day: Day) -> dt.date | None:
    return dt.date.fromisoformat(day) if isinstance(day, str) else day
