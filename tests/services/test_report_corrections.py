"""Reports that a correction of an earlier one touches are graded anew."""

from __future__ import annotations

import attrs
import pytest

from clusterplan.core.errors import PlanError
from clusterplan.core.reports import Cause, ReportRow, Response, ResponseKind
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from progress_reports import (
    H1,
    H2,
    NIIGATA,
    at,
    correct,
    fill,
    in_force,
    kept,
    observed,
    only,
    opened,
    reason_of,
    row,
    submit,
    without_rules,
)
from stores import MakePlanFile

LATER = "2027-05-10"
"""A day on which the report on the second half goes in."""
CAUSES = (Cause(text="入札が二回続けて不成立となった", evidence=("調書",)),)
HOLD = Response(kind=ResponseKind.HOLD, reason="再入札の結果を次の期に確かめる")


@pytest.fixture
def poor_by_now(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Correct a first report, so that the second is poor twice without a response."""
    few = only(domain, "REP-03", "REP-10", "REP-12")
    plan_id = in_force(sqlite_store, few, plan_file)
    quiet, later = without_rules(few), at(few, LATER)
    for value, period_id in (("4700", H1), ("4210", H2)):
        told = row("M-01", IN_1=value, IN_3="1000", causes=CAUSES)
        day = at(quiet, LATER)
        opened(sqlite_store, day, plan_id, period_id)
        fill(sqlite_store, day, plan_id, told, period_id=period_id)
        submit(sqlite_store, day, plan_id, period_id)
    fix = observed("M-01", "IN-1", "4210", corrects="集計の誤り")
    done = correct(sqlite_store, later, plan_id, fix, by=NIIGATA, period_id=H1)
    assert H2 in done.affected
    return plan_id


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param((), id="nothing"),
        pytest.param((row("M-01", response=HOLD),), id="a response alone"),
        pytest.param(
            (observed("M-02", "IN-4", "3", corrects="集計の誤り"),),
            id="another measure",
        ),
    ],
)
def test_a_report_that_a_correction_affects_is_graded_anew(
    sqlite_store: SqlStore,
    domain: Domain,
    poor_by_now: str,
    rows: tuple[ReportRow, ...],
) -> None:
    """What was not wrong when it went in hinders nothing that is put right now."""
    later = at(only(domain, "REP-03", "REP-10", "REP-12"), LATER)
    rows = tuple(attrs.evolve(r, causes=CAUSES) if r.observations else r for r in rows)
    before = kept(sqlite_store, poor_by_now, H2).document
    done = correct(sqlite_store, later, poor_by_now, *rows, by=NIIGATA)
    report = done.case.document
    assert report.row("M-01").observations == before.row("M-01").observations
    left = {f.rule_id for f in done.checked.findings if "rows/0" in f.pointer}
    answered = any(r.response for r in rows)
    assert ("REP-10" in left) is not answered
    assert list(sqlite_store.verify()) == []


def test_a_correction_that_brings_an_error_is_refused(
    sqlite_store: SqlStore, domain: Domain, poor_by_now: str
) -> None:
    """A response that only puts it off is no better than none."""
    later = at(only(domain, "REP-03", "REP-10", "REP-12"), LATER)
    empty = row("M-01", response=Response(kind=ResponseKind.HOLD, reason=""))
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, later, poor_by_now, empty, by=NIIGATA)
    assert reason_of(caught.value) == "CHECK_FAILED"
