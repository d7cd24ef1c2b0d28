"""A text that was replaced gives its bodies no right to the cases of today."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from clusterplan.core.identifiers import PartId
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins
from progress_reports import fill, opened, row
from revisions import NIIGATA, TOYAMA, adopt, in_force, open_one, quiet, save_one
from served import Served
from stores import REGIONAL, MakePlanFile

QUERY = "{ plan(id: %s%s) { edition revisions { id } reports { id } comments { id } } }"


@pytest.fixture
def left(
    sqlite_store: SqlStore, domain: Domain, plugins: Plugins, plan_file: MakePlanFile
) -> tuple[Served, str]:
    """Serve a plan that Toyama joined until its edition 2.0, with open cases of today."""
    lax = quiet(attrs.evolve(domain, rules=()))
    joined = {"/joining": [{"kind": TOYAMA.kind, "code": TOYAMA.code}]}
    plan_id = in_force(sqlite_store, lax, plan_file, changes=joined)
    open_one(sqlite_store, lax, plan_id)
    alone = plan_file(REGIONAL, {"/title": "一県だけの計画"})
    save_one(sqlite_store, lax, plan_id, alone)
    adopt(sqlite_store, lax, plan_id)
    open_one(sqlite_store, lax, plan_id, id=PartId("R-2"), occasion="県内部の検討")
    opened(sqlite_store, lax, plan_id)
    fill(sqlite_store, lax, plan_id, row("M-01", IN_1="4210"))
    return Served(store=sqlite_store, domain=lax, plugins=plugins), plan_id


def test_a_body_that_left_sees_no_open_case_through_an_old_edition(
    left: tuple[Served, str],
) -> None:
    """The body that leads sees them with the edition in force."""
    served, plan_id = left
    for edition in ("", ', edition: "1.0"'):
        told = asked(served, plan_id, edition, str(TOYAMA))
        assert [r["id"] for r in told["revisions"]] == ["R-1"], edition
        assert told["reports"] == []
    told = asked(served, plan_id, "", str(NIIGATA))
    assert [r["id"] for r in told["revisions"]] == ["R-1", "R-2"]
    assert len(told["reports"]) == 1


def asked(served: Served, plan_id: str, edition: str, by: str) -> Any:
    """Return what an office reads of an edition."""
    query = QUERY % (f'"{plan_id}"', edition)
    return served.ask(query, token=served.token(by))["plan"]
