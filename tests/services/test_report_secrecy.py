"""Who reports a part is told nothing of the parts of others."""

from __future__ import annotations

import datetime as dt

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.findings import CheckReport
from clusterplan.core.readers import Reader
from clusterplan.core.reports import (
    Cause,
    ReportCase,
    ReportPublicity,
)
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.followed import visible_report
from clusterplan.core.services.reporting import (
    AcceptReport,
    accept_report,
)
from clusterplan.core.storage.sql import SqlStore
from progress_reports import (
    H1,
    H2,
    KUMAMOTO,
    KYUSHU,
    METI,
    MINISTRY,
    NIIGATA,
    SECRETARIAT,
    accept,
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
    with_type,
    without_rules,
)
from stores import REGIONAL, STRATEGIC, MakePlanFile, looking

LATER = "2027-05-10"
"""A day on which the report on the second half goes in."""
TOLD = "1.234"
"""What the prefecture tells of IN-4."""
SHARED = {"/policy_means/measures/2/indicators": ["IN-3", "IN-4"]}
"""What gives a measure of the ministry an indicator of the prefecture, too."""
CAUSES = (Cause(text="入札が二回続けて不成立となった", evidence=("調書",)),)
STRANGER = Actor.parse("prefecture:010006")


def as_ministry(store: SqlStore, plan_id: str, period_id: str = H1) -> ReportCase:
    """Return what the ministry may read of a report."""
    case = kept(store, plan_id, period_id)
    assert isinstance(case, ReportCase)
    with store.read() as unit:
        stored = unit.plan(plan_id, looking())
    assert stored is not None
    shown = visible_report(case, Reader(actor=MINISTRY), stored.plan)
    assert shown is not None
    return shown


def said(checked: CheckReport) -> str:
    """Return all that is told of findings."""
    return "\n".join(
        f"{f.pointer} {f.message_ja} {f.message_en}" for f in checked.findings
    )


@pytest.fixture
def shared(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Submit a report of two reporters who share IN-4; it is not public yet.

    The prefecture tells its value; a report on the second half is open.
    """
    quiet = without_rules(domain)
    plan_id = in_force(sqlite_store, quiet, plan_file, STRATEGIC, changes=SHARED)
    opened(sqlite_store, quiet, plan_id, by=KYUSHU)
    fill(sqlite_store, quiet, plan_id, row("M-01", IN_4=TOLD), by=KUMAMOTO)
    fill(sqlite_store, quiet, plan_id, row("M-03", IN_3="60"), by=MINISTRY)
    submit(sqlite_store, quiet, plan_id, by=KYUSHU)
    opened(sqlite_store, at(quiet, LATER), plan_id, H2, by=KYUSHU)
    return plan_id


@pytest.mark.parametrize("dry_run", [True, False])
def test_an_indicator_of_another_measure_is_told_in_the_row_of_that(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile, dry_run: bool
) -> None:
    """The refusal names the indicators of the measure; it is one while trying, too."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    told = observed("M-03", "IN-4", None)
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, plan_id, told, by=MINISTRY, dry_run=dry_run)
    assert reason_of(caught.value) == "FOREIGN_INDICATOR"
    (problem,) = caught.value.problems
    assert problem.path == ("rows", 0, "observations", 0, "indicator")
    assert problem.hint == "IN-3"


def test_nothing_is_said_of_rows_of_others_that_are_blank(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Nor are places told that are not those of the report as one reads it."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    blank = (row("M-01"), row("M-02"))
    fill(sqlite_store, domain, plan_id, *blank, by=KUMAMOTO)
    mine = fill(sqlite_store, domain, plan_id, row("M-03", IN_3="60"), by=MINISTRY)
    pointers = {f.pointer for f in mine.checked.findings if "/parts/" in f.pointer}
    assert pointers
    assert all(p.startswith("/report/parts/0/") for p in pointers)
    assert "M-01" not in said(mine.checked)


def test_an_indicator_that_no_measure_has_is_told_in_any_row(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """An outcome of the whole plan would have no row else."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    told = row("M-03", IN_1="15")
    done = fill(sqlite_store, domain, plan_id, told, by=MINISTRY)
    assert done.case.document.row("M-03") == told


def test_what_an_earlier_report_of_another_says_is_not_quoted(
    sqlite_store: SqlStore, domain: Domain, shared: str
) -> None:
    """Only the body that leads the plan is told which value was told before."""
    later = at(domain, LATER)
    probe = observed("M-03", "IN-4", "1", as_of=dt.date(2026, 9, 30))
    tried = fill(
        sqlite_store,
        later,
        shared,
        probe,
        period_id=H2,
        by=MINISTRY,
        dry_run=True,
    )
    assert TOLD[:4] not in said(tried.checked)
    assert "REP-12" not in {f.rule_id for f in tried.checked.findings}
    lead = fill(
        sqlite_store,
        later,
        shared,
        probe,
        period_id=H2,
        by=LOCAL_OPERATOR,
        reporter=MINISTRY,
        dry_run=True,
    )
    (quoted,) = [f for f in lead.checked.findings if f.rule_id == "REP-12"]
    assert TOLD[:4] in quoted.message_en


def test_findings_are_the_same_whatever_another_reporter_tells(
    sqlite_store: SqlStore, domain: Domain, shared: str
) -> None:
    """Be it nothing, a poor value, or one far beyond the target."""
    later, found = at(domain, LATER), []
    blank = observed("M-03", "IN-4", None)
    for turn, value in enumerate((None, "0.0001", "99")):
        other = observed("M-01", "IN-4", value, comment=str(turn))
        fill(
            sqlite_store,
            without_rules(later),
            shared,
            other,
            period_id=H2,
            by=KUMAMOTO,
            version=turn,
        )
        tried = fill(
            sqlite_store,
            later,
            shared,
            blank,
            period_id=H2,
            by=MINISTRY,
            dry_run=True,
        )
        found.append(tried.checked)
    assert found[0] == found[1] == found[2]
    pointers = {f.pointer for f in found[0].findings if "/parts/" in f.pointer}
    assert pointers
    assert all(p.startswith("/report/parts/0/") for p in pointers)


def test_grades_of_ones_own_part_carry_no_number_of_another(
    sqlite_store: SqlStore, shared: str
) -> None:
    """A value that is shared is told once; who told it may read how far it is."""
    (graded,) = [
        g
        for g in as_ministry(sqlite_store, shared).document.grades
        if g.measure == "M-03"
    ]
    numbers = {
        str(i.indicator): (i.attainment, i.completion) for i in graded.indicators
    }
    assert numbers["IN-4"] == (None, None)
    assert None not in numbers["IN-3"]
    whole = kept(sqlite_store, shared).document.grades
    told = [i for g in whole for i in g.indicators if i.indicator == "IN-4"]
    assert [i.completion is None for i in told] == [False, False]


def test_errors_of_other_parts_are_not_told_when_a_correction_is_refused(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """They hinder none, either; one's own are told where one reads them."""
    few = only(domain, "REP-03", "REP-10", "REP-12")
    hidden = with_type(few, STRATEGIC, report_public=ReportPublicity.NEVER)
    quiet = without_rules(hidden)
    plan_id = in_force(sqlite_store, hidden, plan_file, STRATEGIC)
    opened(sqlite_store, quiet, plan_id, by=KYUSHU)
    fill(sqlite_store, quiet, plan_id, row("M-01", IN_4="-1"), by=KUMAMOTO)
    fill(sqlite_store, quiet, plan_id, row("M-03", IN_3="120"), by=MINISTRY)
    submit(sqlite_store, quiet, plan_id, by=KYUSHU)
    accept(sqlite_store, quiet, plan_id)
    fine = observed("M-03", "IN-3", "121", corrects="集計の誤り")
    done = correct(sqlite_store, hidden, plan_id, fine, by=MINISTRY, period_id=H1)
    assert done.changed
    assert done.checked.findings == ()
    poor = observed("M-03", "IN-3", "41", corrects="集計の誤り")
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, hidden, plan_id, poor, by=MINISTRY, period_id=H1)
    (problem,) = caught.value.problems
    assert (problem.rule_id, problem.reason) == ("REP-03", "CHECK_FAILED")
    assert problem.path == ("report", "parts", 0, "rows", 0, "causes")


def test_an_error_that_comes_from_the_row_of_another_is_only_mentioned(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Without a value of its own, a measure is graded by one that is not to be read."""
    few = only(domain, "REP-03")
    hidden = with_type(few, STRATEGIC, report_public=ReportPublicity.NEVER)
    quiet = without_rules(hidden)
    plan_id = in_force(sqlite_store, hidden, plan_file, STRATEGIC, changes=SHARED)
    opened(sqlite_store, quiet, plan_id, by=KYUSHU)
    fill(sqlite_store, quiet, plan_id, row("M-01", IN_4="-1"), by=KUMAMOTO)
    fill(sqlite_store, quiet, plan_id, row("M-03", IN_3="120", IN_4="3"), by=MINISTRY)
    submit(sqlite_store, quiet, plan_id, by=KYUSHU)
    accept(sqlite_store, quiet, plan_id)
    gone = observed("M-03", "IN-4", None, corrects="他の値の転記だった")
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, hidden, plan_id, gone, by=MINISTRY, period_id=H1)
    assert reason_of(caught.value) == "OTHER_PARTS_HAVE_ERRORS"
    assert caught.value.problems[0].path == ("period_id",)
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, hidden, plan_id, gone, by=KYUSHU, period_id=H1)
    assert reason_of(caught.value) == "CHECK_FAILED"
    with_causes = attrs.evolve(gone, causes=CAUSES)
    done = correct(
        sqlite_store, hidden, plan_id, with_causes, by=MINISTRY, period_id=H1
    )
    assert done.changed


def test_the_body_that_leads_reads_what_hinders_the_submission(
    sqlite_store: SqlStore, domain: Domain, shared: str
) -> None:
    """It sees the whole report, and the earlier ones."""
    few = at(only(domain, "REP-12"), LATER)
    probe = observed("M-03", "IN-4", "1", as_of=dt.date(2026, 9, 30))
    fill(sqlite_store, few, shared, probe, period_id=H2, by=MINISTRY)
    fill(sqlite_store, few, shared, period_id=H2, by=KUMAMOTO)
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, few, shared, H2, by=KYUSHU)
    (problem,) = caught.value.problems
    assert (problem.reason, problem.rule_id) == ("CHECK_FAILED", "REP-12")
    assert TOLD[:4] in problem.message_en


def test_a_stranger_is_told_the_same_of_a_hidden_report_as_of_none(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Neither that it is open, nor that it is in."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reviewed = with_type(without_rules(domain), REGIONAL, report_review=True)

    def told() -> object:
        with pytest.raises(PlanError) as caught:
            fill(sqlite_store, reviewed, plan_id, by=STRANGER)
        assert reason_of(caught.value) == "UNKNOWN_CASE"
        return caught.value.problems

    none = told()
    opened(sqlite_store, reviewed, plan_id)
    assert told() == none
    fill(sqlite_store, reviewed, plan_id)
    submit(sqlite_store, reviewed, plan_id, by=NIIGATA)
    assert told() == none


@pytest.mark.parametrize("code", ["cas", "cabinet_secretariat"])
def test_a_body_that_reports_as_a_ministry_is_the_same_body_when_it_accepts(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile, code: str
) -> None:
    """Where both that may accept report, any but the submitter accepts."""
    quiet = without_rules(domain)
    reporter = {"kind": "ministry", "code": code}
    changes = {f"/policy_means/measures/{n}/reporter": reporter for n in (0, 1)}
    plan_id = in_force(sqlite_store, quiet, plan_file, STRATEGIC, changes=changes)
    opened(sqlite_store, quiet, plan_id, by=KYUSHU)
    fill(sqlite_store, quiet, plan_id, by=SECRETARIAT)
    fill(sqlite_store, quiet, plan_id, by=METI)
    submit(sqlite_store, quiet, plan_id, by=KYUSHU)
    for by in (SECRETARIAT, METI):
        command = AcceptReport(
            plan_id=plan_id,
            period_id=H1,
            by=by,
            expected_version=kept(sqlite_store, plan_id).version,
            dry_run=True,
        )
        assert accept_report(command, sqlite_store, quiet).changed
