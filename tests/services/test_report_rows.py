"""Rows of reports: each reporter fills its own, and corrects what was accepted."""

from __future__ import annotations

import datetime as dt
import threading
from decimal import Decimal

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import PartId
from clusterplan.core.moments import Moment
from clusterplan.core.readers import LOCAL
from clusterplan.core.reports import (
    REPORT,
    MilestoneNote,
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
from clusterplan.core.store import View
from progress_reports import (
    H1,
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
    part,
    reason_of,
    reported,
    row,
    submit,
)
from stores import STRATEGIC, TODAY, MakePlanFile


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, which its prefecture reports alone, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


@pytest.fixture
def of_two(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Open the report of an A plan with two reporters, and return the plan's id."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    return plan_id


def correct(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *rows: ReportRow,
    by: Actor = NIIGATA,
    dry_run: bool = False,
) -> ReportDone:
    """Correct rows of the report at its present version."""
    command = CorrectReport(
        plan_id=plan_id,
        period_id=H1,
        rows=rows,
        by=by,
        expected_version=kept(store, plan_id).version,
        dry_run=dry_run,
    )
    return correct_report(command, store, domain)


def exports(value: str, why: str | None = None) -> ReportRow:
    """Return the row of M-01 with another value of its exports."""
    observed = Observation(indicator=PartId("IN-1"), value=Decimal(value), corrects=why)
    return ReportRow(measure=PartId("M-01"), observations=(observed,))


def test_rows_take_the_place_of_those_of_the_same_measures(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Others stay as they are; the version of the part grows with each change."""
    opened(sqlite_store, domain, plan_id)
    fill(sqlite_store, domain, plan_id, row("M-01", IN_3="2"), done=False)
    done = fill(sqlite_store, domain, plan_id, row("M-02", text="開講"), version=1)
    own = part(done.case)
    assert (own.version, own.done) == (2, True)
    assert own.rows[:2] == (row("M-01", IN_3="2"), row("M-02", text="開講"))
    assert [r.measure for r in own.rows] == ["M-01", "M-02", "M-03", "M-04", "M-05"]


def test_the_same_rows_again_change_nothing_and_a_dry_run_too(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """An answer that got lost can be asked for again."""
    opened(sqlite_store, domain, plan_id)
    rows = (row("M-01", IN_3="2"),)
    tried = fill(sqlite_store, domain, plan_id, *rows, dry_run=True)
    assert (tried.changed, tried.event) == (True, None)
    assert part(kept(sqlite_store, plan_id)).version == 0
    assert fill(sqlite_store, domain, plan_id, *rows).changed
    assert not fill(sqlite_store, domain, plan_id, *rows).changed
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, plan_id, row("M-01", IN_3="3"))
    assert reason_of(caught.value) == "STALE_VERSION"
    assert caught.value.problems[0].current_version == 1


@pytest.mark.parametrize(
    ("by", "told", "reason"),
    [
        (KUMAMOTO, row("M-03"), "FOREIGN_ROW"),
        (METI, row("M-01"), "FOREIGN_ROW"),
        (KYUSHU, row("M-01"), "NOT_A_REPORTER"),
        (SECRETARIAT, row("M-03"), "NOT_A_REPORTER"),
        (KUMAMOTO, row("M-99"), "UNKNOWN_MEASURE"),
        (KUMAMOTO, row("M-01", IN_99="1"), "UNKNOWN_INDICATOR"),
        (LOCAL_OPERATOR, row("M-01"), "REPORTER_NOT_NAMED"),
        (
            KUMAMOTO,
            row("M-02", milestones=(MilestoneNote(milestone=PartId("MS-1")),)),
            "UNKNOWN_MILESTONE",
        ),
    ],
)
def test_a_reporter_fills_in_rows_of_its_own_measures(
    sqlite_store: SqlStore,
    domain: Domain,
    of_two: str,
    by: Actor,
    told: ReportRow,
    reason: str,
) -> None:
    """A prefecture does not report the measure of a ministry."""
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, of_two, told, by=by)
    assert reason_of(caught.value) == reason


def test_a_measure_has_one_row(
    sqlite_store: SqlStore, domain: Domain, of_two: str
) -> None:
    """Two rows of the same measure cannot both hold."""
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, of_two, row("M-01"), row("M-01"), by=KUMAMOTO)
    assert reason_of(caught.value) == "REPEATED_ROW"
    assert caught.value.problems[0].path == ("rows", 1, "measure")


@pytest.mark.parametrize(
    ("told", "reason", "path"),
    [
        (
            attrs.evolve(
                row("M-01"),
                observations=tuple(
                    Observation(indicator=PartId("IN-4"), value=Decimal(n))
                    for n in (1, 2)
                ),
            ),
            "REPEATED_OBSERVATION",
            ("rows", 0, "observations", 1, "indicator"),
        ),
        (
            row(
                "M-01",
                milestones=tuple(
                    MilestoneNote(
                        milestone=PartId("MS-1"), done_on=dt.date(2026, 9, day)
                    )
                    for day in (1, 2)
                ),
            ),
            "REPEATED_MILESTONE",
            ("rows", 0, "milestones", 1, "milestone"),
        ),
    ],
)
def test_a_row_tells_each_indicator_and_milestone_once(
    sqlite_store: SqlStore,
    domain: Domain,
    of_two: str,
    told: ReportRow,
    reason: str,
    path: tuple[str | int, ...],
) -> None:
    """Of two values in one row nobody knows which holds."""
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, of_two, told, by=KUMAMOTO)
    assert reason_of(caught.value) == reason
    assert caught.value.problems[0].path == path


def test_an_operator_fills_in_the_part_of_a_reporter_it_names(
    sqlite_store: SqlStore, domain: Domain, of_two: str
) -> None:
    """As it does where an office sends its rows on paper."""
    told = row("M-03", text="教程を定めた")
    done = fill(
        sqlite_store, domain, of_two, told, by=LOCAL_OPERATOR, reporter=MINISTRY
    )
    assert part(done.case, MINISTRY).rows[0] == told
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, of_two, told, by=KUMAMOTO, reporter=MINISTRY)
    assert reason_of(caught.value) == "NOT_A_REPORTER"


def test_two_reporters_fill_in_their_parts_at_the_same_time(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Each part has a version of its own: nobody is turned away, nothing is lost."""
    plan_id = in_force(store, domain, plan_file, STRATEGIC)
    opened(store, domain, plan_id, by=KYUSHU)
    failed: list[Exception] = []

    def work(by: Actor, measure: str) -> None:
        try:
            for turn in range(8):
                told = row(measure, text=f"{turn}回目")
                fill(store, domain, plan_id, told, by=by, version=turn)
        except PlanError as error:
            failed.append(error)

    threads = [
        threading.Thread(target=work, args=each)
        for each in ((KUMAMOTO, "M-01"), (METI, "M-03"))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    case = kept(store, plan_id)
    assert failed == []
    assert case.version == 1 + 2 * 8
    for reporter in (KUMAMOTO, MINISTRY):
        own = part(case, reporter)
        assert (own.version, own.rows[0].text) == (8, "7回目")
    assert list(store.verify()) == []


def test_what_is_in_is_not_filled_in(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """It is sent back first, or corrected once it is accepted."""
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, plan_id)
    assert reason_of(caught.value) == "UNKNOWN_CASE"
    reported(sqlite_store, domain, plan_id)
    with pytest.raises(PlanError) as caught:
        fill(sqlite_store, domain, plan_id, row("M-01"), version=1)
    assert reason_of(caught.value) == "REPORT_NOT_OPEN"


def test_a_correction_gives_its_reason_and_keeps_the_old_value(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Grades are worked out again; the value of before is an earlier version."""
    first = reported(sqlite_store, domain, plan_id, exports("4350"))
    assert first.case.document.grades[0].grade is Grade.SERIOUSLY_DELAYED
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, domain, plan_id, exports("4700"))
    assert reason_of(caught.value) == "CORRECTION_WITHOUT_REASON"
    assert caught.value.problems[0].rule_id == "REP-12"
    assert caught.value.problems[0].path == (
        *("rows", 0, "observations", 0, "corrects"),
    )

    told = exports("4700", "集計の誤り")
    assert correct(sqlite_store, domain, plan_id, told, dry_run=True).changed
    later = at(domain, "2026-12-01")
    done = correct(sqlite_store, later, plan_id, told)
    assert (done.case.state, done.case.public) == ("accepted", True)
    assert done.case.document.grades[0].grade is Grade.ON_TRACK
    assert done.case.document.submitted_on == TODAY
    assert part(done.case).version == 2
    assert not correct(sqlite_store, later, plan_id, told).changed
    with sqlite_store.read() as unit:
        view = View(moment=Moment(as_of=TODAY), drafts=LOCAL.drafts)
        (before,) = unit.cases([plan_id], REPORT, view)[plan_id]
    assert before.document == first.case.document
    assert list(sqlite_store.verify()) == []


def test_a_correction_adds_causes_alone_but_replaces_them_only_with_a_value(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """What is added takes nothing back; what was said needs the reason of a value."""
    reported(sqlite_store, domain, plan_id, exports("4700"))
    first = because("輸出先の関税の引上げ")
    done = correct(sqlite_store, domain, plan_id, row("M-01", causes=first))
    report = done.case.document
    assert report.row("M-01") == attrs.evolve(exports("4700"), causes=first)
    assert (report.corrected_by, done.changed) == (NIIGATA, True)
    why = because("受注の取消し")
    for other in (row("M-01", causes=why), row("M-01", text="輸出は伸びている")):
        with pytest.raises(PlanError) as caught:
            correct(sqlite_store, domain, plan_id, other)
        assert reason_of(caught.value) == "CORRECTION_WITHOUT_REASON"
    wait = Response(kind=ResponseKind.HOLD, reason="次期の受注を待つ")
    told = attrs.evolve(exports("4100", "二重計上"), response=wait, causes=why)
    done = correct(sqlite_store, domain, plan_id, told)
    corrected = done.case.document.row("M-01")
    assert corrected.causes == why
    assert corrected.response == wait
    assert [o.indicator for o in corrected.observations] == ["IN-1"]


def test_a_reporter_corrects_its_own_rows_and_the_lead_body_any(
    sqlite_store: SqlStore, domain: Domain, of_two: str
) -> None:
    """And nothing is corrected that was not accepted."""
    fill(sqlite_store, domain, of_two, by=KUMAMOTO)
    fill(sqlite_store, domain, of_two, by=METI)
    moved = MilestoneNote(
        milestone=PartId("MS-1"), done_on=dt.date(2026, 9, 1), corrects="記入漏れ"
    )
    told = row("M-01", milestones=(moved,))
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, domain, of_two, told, by=KUMAMOTO)
    assert reason_of(caught.value) == "REPORT_NOT_ACCEPTED"
    submit(sqlite_store, domain, of_two, by=KYUSHU)
    accept(sqlite_store, domain, of_two)
    with pytest.raises(PlanError) as caught:
        correct(sqlite_store, domain, of_two, told, by=METI)
    assert reason_of(caught.value) == "FOREIGN_ROW"
    done = correct(sqlite_store, domain, of_two, told, by=KUMAMOTO)
    assert done.case.document.grades[0].milestones[0].grade is Grade.ON_TRACK
    why = "記入漏れの訂正"
    again = row("M-01", milestones=(attrs.evolve(moved, corrects=why),))
    assert correct(sqlite_store, domain, of_two, again, by=KYUSHU).changed
