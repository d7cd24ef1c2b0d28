"""Progress reports are opened, submitted, accepted or sent back, in order."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.due_dates import periods_until
from clusterplan.core.errors import PlanError
from clusterplan.core.findings import Gate
from clusterplan.core.grades import Grade
from clusterplan.core.reports import ProgressReport
from clusterplan.core.services.cases import CaseDone
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.reporting import SendBackReport, send_back_report
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.thresholds import DEFAULT_THRESHOLDS
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
    fill,
    in_force,
    kept,
    opened,
    reason_of,
    reported,
    row,
    submit,
)
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, TODAY, MakePlanFile, on, save

VECTORS = Path(__file__).parents[1] / "core" / "vectors" / "due_date_vectors.csv"
DUE_DATES = list(csv.DictReader(VECTORS.read_text().splitlines()))


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
    """Save an A plan in force, with two reporters, and return its id."""
    return in_force(sqlite_store, domain, plan_file, STRATEGIC)


def send_back(
    store: SqlStore, domain: Domain, plan_id: str, reason: str, by: Actor = METI
) -> CaseDone:
    """Send the report back at its present version."""
    command = SendBackReport(
        plan_id=plan_id,
        period_id=H1,
        reason=reason,
        by=by,
        expected_version=kept(store, plan_id).version,
    )
    return send_back_report(command, store, domain)


def consolidated(store: SqlStore, domain: Domain, plan_id: str) -> None:
    """Open the report of the A plan, and fill both parts in."""
    opened(store, domain, plan_id, by=KYUSHU)
    fill(store, domain, plan_id, row("M-01", IN_4="0.4"), by=KUMAMOTO)
    fill(store, domain, plan_id, by=MINISTRY)


@pytest.mark.parametrize("dates", DUE_DATES, ids=lambda d: d["public_on"])
def test_the_first_report_is_opened_once_the_last_day_of_its_period_is_over(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    dates: dict[str, str],
) -> None:
    """Until its end the plan may be revised; a short first period joins the next."""
    plan_id = in_force(sqlite_store, domain, plan_file, public_on=dates["public_on"])
    first, last_day = dates["first_period"], dates["period_to"]
    day_after = dt.date.fromisoformat(last_day) + dt.timedelta(days=1)
    with pytest.raises(PlanError) as caught:
        opened(sqlite_store, at(domain, last_day), plan_id, first)
    assert reason_of(caught.value) == "PERIOD_NOT_OVER"
    assert caught.value.problems[0].hint == day_after.isoformat()

    done = reported(sqlite_store, on(domain, day_after), plan_id, period_id=first)
    report: ProgressReport = done.case.document
    assert report.period_start.isoformat() == dates["period_from"]
    assert report.period_end.isoformat() == last_day
    later = at(domain, dates["next_due_on"])
    assert opened(sqlite_store, later, plan_id, dates["next_period"]).changed


def test_a_report_has_an_empty_row_for_each_measure(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The prefecture that leads reports every measure that names nobody else."""
    done = opened(sqlite_store, domain, plan_id)
    report: ProgressReport = done.case.document
    (own,) = report.parts
    measures = plan_file(REGIONAL).plan.measures
    assert (own.reporter, own.version, own.done) == (NIIGATA, 0, False)
    assert [r.measure for r in own.rows] == [m.id for m in measures]
    assert [o.indicator for o in own.rows[0].observations] == [
        "IN-1",
        "IN-3",
    ]
    assert all(o.value is None for r in own.rows for o in r.observations)
    assert (report.edition, report.is_final) == ("1.0", False)
    assert (done.case.state, done.case.public, done.case.owner) == (
        "open",
        False,
        NIIGATA,
    )


def test_an_a_plan_has_a_part_for_each_ministry_and_prefecture(
    sqlite_store: SqlStore, domain: Domain, of_two: str
) -> None:
    """Whom its measures name; the bureau that leads consolidates them."""
    report = opened(sqlite_store, domain, of_two, by=KUMAMOTO).case.document
    assert {str(p.reporter): [r.measure for r in p.rows] for p in report.parts} == {
        "prefecture:430005": ["M-01", "M-02"],
        "ministry:meti": ["M-03", "M-04", "M-05"],
    }
    assert kept(sqlite_store, of_two).owner == KYUSHU


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (KUMAMOTO, "NOT_A_REPORTER"),
        (Actor.parse("head_of_local_government:150002"), "NOT_A_REPORTER"),
        (SECRETARIAT, "NOT_A_REPORTER"),
    ],
)
def test_only_those_who_report_open_a_report(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, by: Actor, reason: str
) -> None:
    """Nobody else starts it."""
    with pytest.raises(PlanError) as caught:
        opened(sqlite_store, domain, plan_id, by=by)
    assert reason_of(caught.value) == reason


def test_an_operator_opens_a_report(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """As it does everything on the machine that the store is on."""
    assert opened(sqlite_store, domain, plan_id, by=LOCAL_OPERATOR).changed


def test_a_period_has_one_report(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """A second one is refused; a dry run opens none."""
    assert opened(sqlite_store, domain, plan_id, dry_run=True).event is None
    assert opened(sqlite_store, domain, plan_id).event is not None
    with pytest.raises(PlanError) as caught:
        opened(sqlite_store, domain, plan_id)
    assert reason_of(caught.value) == "REPORT_EXISTS"
    assert caught.value.problems[0].rule_id == "REP-15"


@pytest.mark.parametrize("period_id", ["FY2025H2", "FY2026", "", "FY2060H1"])
def test_only_periods_of_the_plan_are_reported(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, period_id: str
) -> None:
    """Nothing before it was public, and nothing after its end."""
    with pytest.raises(PlanError) as caught:
        opened(sqlite_store, domain, plan_id, period_id)
    assert reason_of(caught.value) == "UNKNOWN_PERIOD"


def test_a_draft_and_an_unknown_plan_are_not_reported_on(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """There is nothing to report before a plan is in force."""
    draft = save(sqlite_store, domain, plan_file(REGIONAL)).standing.plan_id
    reasons = []
    for plan in (draft, "unheard-of"):
        with pytest.raises(PlanError) as caught:
            opened(sqlite_store, domain, plan)
        reasons.append(reason_of(caught.value))
    assert reasons == ["NOT_IN_FORCE", "UNKNOWN_PLAN"]


def test_a_plan_that_ended_owes_its_final_report_only(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The last period is the one that the plan ends in."""
    plan_id = in_force(
        sqlite_store,
        domain,
        plan_file,
        LOCAL_GROWTH,
        then=[("closed", "2029-04-10")],
    )
    after = at(domain, "2029-05-01")
    leader = Actor.parse("municipality:172049")
    with pytest.raises(PlanError) as caught:
        opened(sqlite_store, after, plan_id, H2, by=leader)
    assert reason_of(caught.value) == "NOT_IN_FORCE"
    done = opened(sqlite_store, after, plan_id, "FY2028H2", by=leader)
    assert done.case.document.is_final


def test_a_plan_that_names_no_reporter_cannot_be_reported_on(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Neither a lead body nor the measures say who reports."""
    plan_id = in_force(sqlite_store, domain, plan_file, changes={"/lead": None})
    with pytest.raises(PlanError) as caught:
        opened(sqlite_store, domain, plan_id, by=LOCAL_OPERATOR)
    assert reason_of(caught.value) == "NO_REPORTER"


def test_a_report_of_b_is_accepted_and_public_as_it_is_submitted(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Its grades and the thresholds that gave them are kept with it."""
    done = reported(sqlite_store, domain, plan_id, row("M-01", IN_1="4350", IN_3="2"))
    report: ProgressReport = done.case.document
    assert (done.case.state, done.case.public) == ("accepted", True)
    assert (report.submitted_by, report.submitted_on) == (NIIGATA, TODAY)
    assert report.thresholds == DEFAULT_THRESHOLDS
    grades = {str(g.measure): g for g in report.grades}
    assert grades["M-01"].grade is Grade.SERIOUSLY_DELAYED
    assert grades["M-01"].is_poor
    assert grades["M-03"].grade is Grade.NO_DATA
    assert done.checked.gate is Gate.REPORT
    with sqlite_store.read() as unit:
        kinds = [e.kind for e in unit.events() if e.aggregate == "report"]
    assert kinds == ["report_opened", "report_filled", "report_submit_taken"]
    assert list(sqlite_store.verify()) == []
    sqlite_store.rebuild()
    assert list(sqlite_store.verify()) == []


def test_a_report_of_a_is_consolidated_and_accepted_by_another(
    sqlite_store: SqlStore, domain: Domain, of_two: str
) -> None:
    """Each reporter fills its part in, the bureau submits, the state accepts."""
    opened(sqlite_store, domain, of_two, by=KYUSHU)
    fill(sqlite_store, domain, of_two, row("M-01", IN_4="0.4"), by=KUMAMOTO)
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, domain, of_two, by=KYUSHU)
    assert reason_of(caught.value) == "PARTS_MISSING"
    assert caught.value.problems[0].hint == "ministry:meti"
    fill(sqlite_store, domain, of_two, by=METI)

    done = submit(sqlite_store, domain, of_two, by=KYUSHU)
    assert (done.case.state, done.case.public) == ("submitted", False)
    accepted = accept(sqlite_store, domain, of_two).case
    assert (accepted.state, accepted.public) == ("accepted", True)
    assert accepted.document == done.case.document


@pytest.mark.parametrize("by", [KUMAMOTO, METI])
def test_one_of_several_reporters_does_not_submit(
    sqlite_store: SqlStore, domain: Domain, of_two: str, by: Actor
) -> None:
    """That is for the body that leads the plan."""
    consolidated(sqlite_store, domain, of_two)
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, domain, of_two, by=by)
    assert reason_of(caught.value) == "NOT_THE_LEAD_BODY"


def test_who_submits_does_not_accept(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The only reporter may submit, and another body accepts."""
    alone = {
        f"/policy_means/measures/{n}/reporter": {"kind": "ministry", "code": "meti"}
        for n in range(5)
    }
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC, changes=alone)
    reported(sqlite_store, domain, plan_id, by=METI)
    with pytest.raises(PlanError) as caught:
        accept(sqlite_store, domain, plan_id, by=METI)
    assert reason_of(caught.value) == "SAME_ACTOR"
    assert accept(sqlite_store, domain, plan_id).case.state == "accepted"


def test_a_report_is_sent_back_for_a_reason_and_comes_again(
    sqlite_store: SqlStore, domain: Domain, of_two: str
) -> None:
    """It is not in while it is put right."""
    consolidated(sqlite_store, domain, of_two)
    submit(sqlite_store, domain, of_two, by=KYUSHU)
    with pytest.raises(PlanError) as caught:
        send_back(sqlite_store, domain, of_two, " ")
    assert reason_of(caught.value) == "MISSING_REASON"

    back = send_back(sqlite_store, domain, of_two, "M-02の数値がない").case
    assert (back.state, back.document.sent_back_reason) == (
        "sent_back",
        "M-02の数値がない",
    )
    assert (back.document.submitted_on, back.document.grades) == (None, ())
    fill(sqlite_store, domain, of_two, row("M-02", IN_5="100"), by=KUMAMOTO, version=1)
    again = submit(sqlite_store, domain, of_two, by=KYUSHU).case
    assert (again.state, again.document.sent_back_reason) == ("submitted", None)


def test_a_step_out_of_order_or_on_another_version_is_refused(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The lifecycle of reports is run by the one engine."""
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, domain, plan_id, version=1)
    assert reason_of(caught.value) == "UNKNOWN_CASE"
    reported(sqlite_store, domain, plan_id)
    for version, reason in ((3, "STEP_OUT_OF_ORDER"), (9, "STALE_VERSION")):
        with pytest.raises(PlanError) as caught:
            submit(sqlite_store, domain, plan_id, version=version)
        assert reason_of(caught.value) == reason


def test_periods_of_the_tests_are_those_of_the_domain(domain: Domain) -> None:
    """What the ids above stand for."""
    first, second = periods_until(
        at(domain, "2026-06-01").today(), None, at(domain, "2026-12-01").today()
    )
    assert (first.id, second.id) == (H1, H2)
