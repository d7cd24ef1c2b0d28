"""Plans of every kind, served to a real client."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest

import clusterplan_tokyo_revitalization as tokyo
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins, load_plugins
from served import WITHHELD, Served
from stages import set_stage
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, record, save

ODD_TITLE = "<script>alert('一')</script>\"&amp;{{7*7}} 𠮷野家"


@pytest.fixture(scope="session")
def with_tokyo() -> Plugins:
    """Return what the built-in plugins and that of Tokyo offer."""
    return load_plugins(tokyo, entry_points=False)


@pytest.fixture(scope="session")
def wide_domain(domain: Domain, with_tokyo: Plugins) -> Domain:
    """Return the domain with the plan type of Tokyo."""
    return attrs.evolve(
        domain, plan_types=with_tokyo.plan_types, rules=with_tokyo.rules
    )


@pytest.fixture
def served(sqlite_store: SqlStore, domain: Domain, plugins: Plugins) -> Served:
    """Return an empty store of its own, served."""
    return Served(store=sqlite_store, domain=domain, plugins=plugins)


@pytest.fixture(scope="session")
def world(
    tmp_path_factory: pytest.TempPathFactory,
    empty_sqlite: Path,
    wide_domain: Domain,
    with_tokyo: Plugins,
) -> Iterator[Served]:
    """Return plans of every kind, public ones and drafts, for tests that only read."""
    path = tmp_path_factory.mktemp("world") / "plans.db"
    shutil.copy(empty_sqlite, path)
    opened = SqlStore.open(
        f"sqlite:///{path}", with_tokyo.plan_types, wide_domain.reference
    )
    with closing(opened):
        served = Served(store=opened, domain=wide_domain, plugins=with_tokyo)
        fill(served)
        yield served


@pytest.fixture(scope="module")
def stage(
    tmp_path_factory: pytest.TempPathFactory,
    empty_sqlite: Path,
    domain: Domain,
    plugins: Plugins,
) -> Iterator[Served]:
    """Return plans and cases of every kind, for tests of what is refused."""
    path = tmp_path_factory.mktemp("stage") / "plans.db"
    shutil.copy(empty_sqlite, path)
    store = SqlStore.open(f"sqlite:///{path}", domain.plan_types, domain.reference)
    with closing(store):
        yield set_stage(Served(store=store, domain=domain, plugins=plugins))


def since(day: str) -> dict[str, Any]:
    """Return a past that ends in force since *day*."""
    return record((("drafting", "2026-05-01"), ("in_force", day)))


def fill(served: Served) -> None:
    """Save three public plans, two drafts, an odd one, and the four of Tokyo."""
    served.add(STRATEGIC, {"/record": record()}, WITHHELD)
    served.add(REGIONAL, {"/record": since("2026-07-01")}, {"ref": "SAMPLE-INV-1"})
    served.add(
        REGIONAL,
        {
            "/id": "odd",
            "/title": ODD_TITLE,
            "/region": ["150002", "999999"],
            "/investments": [],
            "/record": since("2026-08-01"),
        },
    )
    served.add(LOCAL_GROWTH)
    served.add(STRATEGIC, {"/id": "bureau-draft", "/investments/0/id": "INV-DRAFT"})
    for sample in served.plugins.samples:
        source = parse_text(sample.text, name=sample.name)
        file = load_plan_file(source, served.domain.plan_types)
        save(served.store, served.domain, file)
