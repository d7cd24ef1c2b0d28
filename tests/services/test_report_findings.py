"""A desk sees what the rules say while it fills in, and what a correction touches."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.findings import CheckReport, Severity
from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import PartId
from clusterplan.core.reports import (
    Cause,
    Observation,
    ReportRow,
    Response,
    ResponseKind,
)
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.reporting import (
    CorrectReport,
    ReportDone,
    correct_report,
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
    because,
    fill,
    in_force,
    kept,
    opened,
    reason_of,
    reported,
    row,
    submit,
    with_type,
)
from stores import REGIONAL, STRATEGIC, TODAY, MakePlanFile

LATER = "2027-05-10"
"""A day on which the report on the second half goes in."""


@pytest.fixture
def quiet(domain: Domain) -> Domain:
    """Return the domain without rules, for what is about grades."""
    return attrs.evolve(domain, rules=())


def told(checked: CheckReport) -> set[tuple[str, str]]:
    """Return rule and place of each finding."""
    return {(f.rule_id, f.pointer) for f in checked.findings}


def correct(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *rows: ReportRow,
    period_id: str = H1,
    by: Actor = NIIGATA,
    dry_run: bool = False,
) -> ReportDone:
    """Correct rows of a report at its present version."""
    command = CorrectReport(
        plan_id=plan_id,
        period_id=period_id,
        rows=rows,
        by=by,
        expected_version=kept(store, plan_id, period_id).version,
        dry_run=dry_run,
    )
    return correct_report(command, store, domain)


def corrected(measure: str, indicator: str, value: str) -> ReportRow:
    """Return a row that corrects a value."""
    observed = Observation(
        indicator=PartId(indicator), value=Decimal(value), corrects="集計の誤り"
    )
    return ReportRow(measure=PartId(measure), observations=(observed,))


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_poor_value_without_a_cause_is_told_while_it_is_filled_in(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile, dry_run: bool
) -> None:
    """As an error to be, which blocks nothing yet; at submission it does."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    opened(sqlite_store, domain, plan_id)
    poor = row("M-01", IN_1="4210", IN_3="1")
    done = fill(sqlite_store, domain, plan_id, poor, dry_run=dry_run)
    place = "/report/parts/0/rows/0/causes"
    assert ("REP-03", place) in told(done.checked)
    assert done.checked.ok
    (found,) = [f for f in done.checked.findings if f.rule_id == "REP-03"]
    assert (found.severity, found.effective_severity) == (
        Severity.ERROR,
        Severity.WARNING,
    )
    assert done.case.document.grades == ()
    if dry_run:
        assert kept(sqlite_store, plan_id).version == 1
        return
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, domain, plan_id)
    assert {p.reason for p in caught.value.problems} == {"CHECK_FAILED"}

    cause = Cause(text="入札が二回続けて不成立となった", evidence=("調書",))
    better = attrs.evolve(poor, causes=(cause,))
    again = fill(sqlite_store, domain, plan_id, better, version=1)
    assert ("REP-03", place) not in told(again.checked)
    same = fill(sqlite_store, domain, plan_id, better, version=2)
    assert not same.changed
    assert told(same.checked) == told(again.checked)


def test_a_reporter_is_told_nothing_of_the_parts_of_others(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Places are those of the report as it sees it; the lead body sees all of it."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    mine = fill(sqlite_store, domain, plan_id, by=KUMAMOTO)
    empty = {("REP-02", f"/report/parts/0/rows/{n}") for n in range(2)}
    blank = {pointer for rule, pointer in told(mine.checked) if rule == "REP-02"}
    assert {("REP-02", pointer) for pointer in blank} == empty
    other = Actor.parse("ministry:mlit")
    changes = {
        f"/policy_means/measures/{n}/reporter": {"kind": "ministry", "code": "mlit"}
        for n in (2, 3)
    }
    second = in_force(
        sqlite_store,
        domain,
        plan_file,
        STRATEGIC,
        changes={"/id": "another-plan", "/investments": [], **changes},
    )
    opened(sqlite_store, domain, second, by=KYUSHU)
    done = fill(sqlite_store, domain, second, by=other)
    rows = {p for rule, p in told(done.checked) if rule == "REP-02"}
    assert rows == {f"/report/parts/0/rows/{n}" for n in range(2)}
    assert not any("/parts/1" in f.pointer for f in done.checked.findings)
    state = fill(sqlite_store, domain, second, by=METI)
    assert any("/parts/1" in f.pointer for f in state.checked.findings)


@pytest.fixture
def two_halves(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> tuple[SqlStore, str]:
    """Report two halves of a B plan, IN-5 without a value in the second one."""
    plan_id = in_force(sqlite_store, quiet, plan_file)
    reported(sqlite_store, quiet, plan_id, row("M-05", IN_5="1"))
    reported(sqlite_store, at(quiet, LATER), plan_id, period_id=H2)
    return sqlite_store, plan_id


def test_a_correction_names_later_reports_that_would_be_graded_otherwise(
    two_halves: tuple[SqlStore, str], quiet: Domain
) -> None:
    """A value that was there is none: it is missing twice in a row now."""
    store, plan_id = two_halves
    before = kept(store, plan_id, H2)
    assert not before.document.grades[-1].is_poor
    day = at(quiet, "2027-06-01")
    gone = Observation(indicator=PartId("IN-5"), corrects="別の事業の値だった")
    told_ = ReportRow(measure=PartId("M-05"), observations=(gone,))
    tried = correct(store, day, plan_id, told_, dry_run=True)
    assert tried.affected == (H2,)
    done = correct(store, day, plan_id, told_)
    assert done.affected == (H2,)
    assert kept(store, plan_id, H2) == before

    anew = correct(store, day, plan_id, period_id=H2)
    assert anew.case.document.grades[-1].is_poor
    assert anew.affected == ()
    assert correct(store, day, plan_id).affected == ()
    assert list(store.verify()) == []


def test_a_correction_that_touches_no_other_report_names_none(
    two_halves: tuple[SqlStore, str], quiet: Domain
) -> None:
    """Nor does one of the last report."""
    store, plan_id = two_halves
    day = at(quiet, "2027-06-01")
    done = correct(store, day, plan_id, corrected("M-05", "IN-5", "1.1"))
    assert (done.changed, done.affected) == (True, ())
    last = correct(store, day, plan_id, corrected("M-05", "IN-5", "3"), period_id=H2)
    assert last.affected == ()


def rows_of(in_5: str, response: Response | None = None) -> tuple[ReportRow, ...]:
    """Return rows without a fault, M-05 with a value and perhaps an answer."""
    poor: dict[str, Any] = {
        "causes": because("地権者の相続の確認に五か月を要した"),
        "response": response,
    }
    return (
        row("M-01", IN_1="6100", IN_3="60"),
        row("M-02", IN_4="60"),
        row("M-03", IN_2="46000"),
        row("M-04", IN_2="46000"),
        row("M-05", IN_5=in_5, **poor),
    )


def test_progress_that_is_poor_twice_by_a_correction_is_named(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The second report lacks the answer that it would need now (REP-10)."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id, *rows_of("1.6"))
    later = at(domain, LATER)
    reported(sqlite_store, later, plan_id, *rows_of("0.5"), period_id=H2)
    assert kept(sqlite_store, plan_id, H2).document.grades[-1].is_poor
    now = corrected("M-05", "IN-5", "0.1")
    done = correct(sqlite_store, at(domain, "2027-06-01"), plan_id, now)
    assert done.affected == (H2,)
    second = kept(sqlite_store, plan_id, H2)
    assert second.document.grades[-1].grade is Grade.SERIOUSLY_DELAYED


def test_an_answered_report_is_not_named(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It says already what follows."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id, *rows_of("1.6"))
    wait = Response(kind=ResponseKind.HOLD, reason="再入札の結果を次の期に確かめる")
    rows = rows_of("0.5", wait)
    reported(sqlite_store, at(domain, LATER), plan_id, *rows, period_id=H2)
    now = corrected("M-05", "IN-5", "0.1")
    done = correct(sqlite_store, at(domain, "2027-06-01"), plan_id, now)
    assert done.affected == ()


def test_a_report_that_comes_in_after_a_later_one_names_it(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """Its gap was no missing value before."""
    plan_id = in_force(sqlite_store, quiet, plan_file)
    later = at(quiet, LATER)
    assert reported(sqlite_store, later, plan_id, period_id=H2).affected == ()
    assert reported(sqlite_store, later, plan_id).affected == (H2,)


@pytest.mark.parametrize("by", [NIIGATA, Actor.parse("operator:local")])
def test_a_corrected_report_says_who_corrected_it_and_when(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile, by: Actor
) -> None:
    """It stays accepted, also where the state reviews reports; the log tells it."""
    strict = with_type(quiet, REGIONAL, report_review=True)
    plan_id = in_force(sqlite_store, strict, plan_file)
    reported(sqlite_store, strict, plan_id, row("M-05", IN_5="1"))
    accept(sqlite_store, strict, plan_id, by=METI)
    accepted = kept(sqlite_store, plan_id).document
    assert (accepted.corrected_by, accepted.corrected_on) == (None, None)
    day = at(strict, "2026-12-20")
    now = corrected("M-05", "IN-5", "0.9")
    done = correct(sqlite_store, day, plan_id, now, by=by)
    assert (done.case.state, done.case.public) == ("accepted", True)
    report = done.case.document
    assert (report.corrected_by, report.corrected_on) == (by, dt.date(2026, 12, 20))
    assert (report.submitted_by, report.submitted_on) == (NIIGATA, TODAY)
    assert done.event is not None
    assert (done.event.kind, done.event.actor) == ("report_corrected", by)
    again = correct(sqlite_store, at(strict, "2026-12-25"), plan_id, now, by=NIIGATA)
    assert not again.changed
    assert again.case.document.corrected_by == by


def test_a_body_that_reports_in_a_report_does_not_accept_it(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """METI reports three measures as a ministry; the Cabinet Secretariat accepts."""
    plan_id = in_force(sqlite_store, quiet, plan_file, STRATEGIC)
    opened(sqlite_store, quiet, plan_id, by=KYUSHU)
    for by in (KUMAMOTO, MINISTRY):
        fill(sqlite_store, quiet, plan_id, by=by)
    submit(sqlite_store, quiet, plan_id, by=KYUSHU)
    with pytest.raises(PlanError) as caught:
        accept(sqlite_store, quiet, plan_id, by=METI)
    assert reason_of(caught.value) == "SAME_ACTOR"
    assert caught.value.problems[0].hint == "cabinet_secretariat"
    assert "内閣官房" in caught.value.problems[0].message_ja
    assert accept(sqlite_store, quiet, plan_id, by=SECRETARIAT).changed


def test_where_both_state_bodies_report_either_accepts(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """Nobody else could, so that no report waits for ever."""
    other = {"kind": "ministry", "code": "cabinet_secretariat"}
    changes = {"/policy_means/measures/0/reporter": other}
    plan_id = in_force(sqlite_store, quiet, plan_file, STRATEGIC, changes=changes)
    opened(sqlite_store, quiet, plan_id, by=KYUSHU)
    for by in (KUMAMOTO, METI, SECRETARIAT):
        fill(sqlite_store, quiet, plan_id, by=by)
    submit(sqlite_store, quiet, plan_id, by=KYUSHU)
    assert accept(sqlite_store, quiet, plan_id, by=METI).changed


@pytest.mark.parametrize(
    ("reviewed", "word"), [(True, "受理を待って"), (False, "受理されて")]
)
def test_a_second_submission_is_told_what_became_of_the_first(
    sqlite_store: SqlStore,
    quiet: Domain,
    plan_file: MakePlanFile,
    reviewed: bool,
    word: str,
) -> None:
    """It waits for the state, or is accepted; so it is for who wants to fill it in."""
    setting = with_type(quiet, REGIONAL, report_review=reviewed)
    plan_id = in_force(sqlite_store, setting, plan_file)
    reported(sqlite_store, setting, plan_id)
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, setting, plan_id)
    assert reason_of(caught.value) == "STEP_OUT_OF_ORDER"
    assert word in caught.value.problems[0].message_ja
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, setting, plan_id, version=1)
    assert reason_of(caught.value) == "REPORT_NOT_OPEN"
    assert ("受理済み" in caught.value.problems[0].message_ja) is not reviewed
