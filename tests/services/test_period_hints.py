"""Whoever names a period that is none is told which report is owed next."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.errors import Problem
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.report_refusals import ReportRefusedError
from clusterplan.core.storage.sql import SqlStore
from progress_reports import opened
from steps import METI, NIIGATA
from stores import REGIONAL, MakePlanFile, on, record, save

STRANGER = Actor.parse("prefecture:010006")


def refused(store: SqlStore, domain: Domain, plan_id: str, by: Actor) -> Problem:
    """Return why no report is opened on a period that is none."""
    with pytest.raises(ReportRefusedError) as caught:
        opened(store, domain, plan_id, "FY2026H3", by=by)
    (problem,) = caught.value.problems
    assert (problem.reason, problem.path) == ("UNKNOWN_PERIOD", ("period_id",))
    return problem


def test_the_period_that_is_owed_next_is_hinted_at(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Not the first, nor the last: the first without a report that one may know of."""
    later = on(domain, dt.date(2027, 12, 1))
    file = plan_file(REGIONAL, {"/record": record()})
    plan_id = save(sqlite_store, later, file).standing.plan_id
    first = refused(sqlite_store, later, plan_id, NIIGATA)
    assert first.hint == "FY2026H1"
    assert "FY2026H1, FY2026H2, FY2027H1, FY2027H2" in first.message_en
    opened(sqlite_store, later, plan_id, "FY2026H1")
    assert refused(sqlite_store, later, plan_id, NIIGATA).hint == "FY2026H2"
    assert refused(sqlite_store, later, plan_id, METI).hint == "FY2026H2"
    assert refused(sqlite_store, later, plan_id, STRANGER).hint == "FY2026H1"
