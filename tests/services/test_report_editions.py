"""A plan that is revised within a period keeps the rows of what it was before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import attrs
import pytest

from clusterplan.core.documents.reports import dump_report
from clusterplan.core.errors import PlanError
from clusterplan.core.grades import Grade
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.reports import (
    REPORT,
    MilestoneNote,
    ProgressReport,
    ReportRow,
)
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.following import progress_of
from clusterplan.core.services.report_forms import texts_of_rows
from clusterplan.core.storage.sql import SqlStore
from progress_reports import (
    H2,
    KUMAMOTO,
    KYUSHU,
    MINISTRY,
    NIIGATA,
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
    why,
)
from revisions import (
    CAS,
    GOVERNOR,
    METI,
    adopt,
    correct,
    open_one,
    save_one,
)
from stores import REGIONAL, STRATEGIC, MakePlanFile, looking

RETIRED: Mapping[str, Any] = {
    "/policy_means/challenges/3": None,
    "/policy_means/measures/4": None,
    "/indicators/4": None,
}
"""What takes M-05 with its indicator IN-5 out of the B sample."""
RETARGETED: Mapping[str, Any] = {
    "/indicators/0/milestones/0/value": "4800",
    "/indicators/0/target/value": "5500",
}
"""What lowers the path of IN-1, an indicator of M-01."""
AFTER = "2027-04-10"
"""A day on which the report on the second half can be opened."""


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, which its prefecture reports alone, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def revise(
    store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    changes: Mapping[str, Any],
    day: str = "2026-12-01",
) -> None:
    """Revise the B plan on a day."""
    plan_id, then = plan_file(REGIONAL).plan.id, at(domain, day)
    open_one(store, then, plan_id)
    save_one(store, then, plan_id, plan_file(REGIONAL, changes))
    adopt(store, then, plan_id, by=GOVERNOR)


def form(store: SqlStore, domain: Domain, plan_id: str) -> ProgressReport:
    """Open the report on the second half, and return it."""
    done = opened(store, at(domain, AFTER), plan_id, H2)
    report: ProgressReport = done.case.document
    return report


def editions(report: ProgressReport) -> dict[str, tuple[str, ...]]:
    """Return the editions that each row is of."""
    return {str(r.measure): r.editions for r in report.rows}


def test_a_measure_that_a_revision_retired_in_the_period_keeps_its_row(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Marked by the edition that had it, and asked as that edition had it."""
    plan_id = in_force(store, domain, plan_file)
    revise(store, domain, plan_file, RETIRED)
    report = form(store, domain, plan_id)
    assert report.edition == "2.0"
    both = ("1.0", "2.0")
    assert editions(report) == {
        "M-01": both,
        "M-02": both,
        "M-03": both,
        "M-04": both,
        "M-05": ("1.0",),
    }
    ended = report.rows[-1]
    assert [o.indicator for o in ended.observations] == ["IN-5"]
    assert [report.has_ended(r) for r in report.rows] == [False] * 4 + [True]


def test_what_ended_may_stay_empty_and_has_no_grade_then(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Its row stays in the report; words alone give no grade either."""
    revise(sqlite_store, domain, plan_file, RETIRED)
    later = at(domain, AFTER)
    told = row("M-05", text="土地の調整は市が引き継いだ")
    done = reported(sqlite_store, later, plan_id, told, period_id=H2)
    assert done.case.state == "accepted"
    report: ProgressReport = done.case.document
    assert [g.measure for g in report.grades] == ["M-01", "M-02", "M-03", "M-04"]
    kept_row = report.row("M-05")
    assert kept_row == attrs.evolve(told, editions=("1.0",))


def test_what_ended_is_graded_by_the_edition_that_had_it(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """It is told of in its report, and is no part of how far the plan is."""
    revise(sqlite_store, domain, plan_file, RETIRED)
    later = at(domain, AFTER)
    rows = (row("M-01", IN_1="6100", IN_3="60"), row("M-05", IN_5="0.5"))
    done = reported(sqlite_store, later, plan_id, *rows, period_id=H2)
    report: ProgressReport = done.case.document
    ended = report.grades[-1]
    assert (ended.measure, ended.edition, ended.grade, ended.is_poor) == (
        "M-05",
        "1.0",
        Grade.SERIOUSLY_DELAYED,
        True,
    )
    assert {g.edition for g in report.grades[:-1]} == {None}
    assert report.present_grades == report.grades[:-1]
    graded = REPORT.graded
    assert graded is not None
    assert graded(report).grade is Grade.NO_DATA
    with sqlite_store.read() as unit:
        stored = unit.plan(plan_id, looking(later.today(), reader=ANONYMOUS))
    assert stored is not None
    found = progress_of(stored.plan, [done.case])
    assert found is not None
    assert found.measures == report.present_grades
    assert found.poor.poor == 0
    (cause,) = why(sqlite_store, domain, AFTER)
    assert (cause.measure, cause.measure_title) == ("M-05", None)
    assert list(sqlite_store.verify()) == []


def test_what_ended_is_never_unanswered(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """To take it away was the answer."""
    poor = row("M-05", IN_5="0.1", causes=because("用地の取得が遅れた"))
    first = at(domain, "2026-11-21")
    reported(sqlite_store, first, plan_id, poor)
    revise(sqlite_store, domain, plan_file, RETIRED)
    reported(sqlite_store, at(domain, AFTER), plan_id, poor, period_id=H2)
    ended = {c.measure: c for c in why(sqlite_store, domain, AFTER)}[poor.measure]
    assert (ended.text, ended.is_unanswered) == ("用地の取得が遅れた", False)


def test_a_new_target_counts_for_the_whole_period(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The value would be late by the old path; the row says which editions it is of."""
    revise(sqlite_store, domain, plan_file, RETARGETED)
    later = at(domain, AFTER)
    told = row("M-01", IN_1="4700", IN_3="15")
    done = reported(sqlite_store, later, plan_id, told, period_id=H2)
    report: ProgressReport = done.case.document
    found = report.row("M-01")
    assert found is not None
    assert (report.edition, found.editions) == ("2.0", ("1.0", "2.0"))
    (exports, _) = report.grades[0].indicators
    assert (exports.indicator, exports.grade) == ("IN-1", Grade.AHEAD)


def test_the_same_value_is_late_where_nothing_was_retargeted(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """What the test before is held against; without a revision no row is marked."""
    later = at(domain, AFTER)
    told = row("M-01", IN_1="4700", IN_3="15")
    report = reported(sqlite_store, later, plan_id, told, period_id=H2).case.document
    assert report.grades[0].indicators[0].grade is Grade.DELAYED
    assert set(editions(report).values()) == {()}


@pytest.mark.parametrize(
    ("day", "marked"),
    [
        ("2026-10-01", False),
        ("2026-10-02", True),
        ("2027-03-31", True),
        ("2027-04-01", False),
    ],
)
def test_only_editions_in_force_within_the_period_are_told_of(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    plan_file: MakePlanFile,
    day: str,
    marked: bool,
) -> None:
    """An edition that another replaces on the first day was in force before it."""
    revise(sqlite_store, domain, plan_file, RETIRED, day)
    report = form(sqlite_store, domain, plan_id)
    assert ("1.0",) in editions(report).values() or not marked
    assert (("1.0", "2.0") in editions(report).values()) == marked
    assert report.edition == ("1.0" if day == "2027-04-01" else "2.0")


def test_corrections_and_several_revisions_are_told_in_order(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Edition 1.0, its correction 1.1, and 2.0."""
    better = {"/title_en": "Corrected"}
    then = at(domain, "2026-11-25")
    correct(sqlite_store, then, plan_id, plan_file(REGIONAL, better))
    revise(sqlite_store, domain, plan_file, {**RETIRED, **better})
    told = editions(form(sqlite_store, domain, plan_id))
    assert (told["M-01"], told["M-05"]) == (("1.0", "1.1", "2.0"), ("1.0", "1.1"))


def test_editions_of_a_row_are_those_of_the_form(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Whatever is sent with it; what the old edition lacks is refused."""
    revise(sqlite_store, domain, plan_file, RETIRED)
    form(sqlite_store, domain, plan_id)
    later = at(domain, AFTER)
    sent = ReportRow(measure=row("M-05").measure, editions=("9.9",), text="終了")
    done = fill(sqlite_store, later, plan_id, sent, period_id=H2)
    assert part(done.case).rows[-1].editions == ("1.0",)
    for wrong, reason in (
        (row("M-01", IN_5="1"), "UNKNOWN_INDICATOR"),
        (row("M-05", IN_1="1"), "FOREIGN_INDICATOR"),
        (
            row("M-05", milestones=(MilestoneNote(milestone=row("MS-9").measure),)),
            "UNKNOWN_MILESTONE",
        ),
    ):
        with pytest.raises(PlanError) as caught:
            fill(sqlite_store, later, plan_id, wrong, period_id=H2, version=1)
        assert reason_of(caught.value) == reason


def test_the_form_tells_what_ended_in_its_legend(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """With the title that the measure had, below those that are still there."""
    revise(sqlite_store, domain, plan_file, RETIRED)
    report = form(sqlite_store, domain, plan_id)
    with sqlite_store.read() as unit:
        texts = texts_of_rows(unit, plan_id, domain, report)
    lines = dump_report(report, texts["2.0"], former=texts).splitlines()
    place = lines.index("# 期間中に終わった施策（1.0 版、記入は任意）")
    assert lines[place + 1].startswith("# M-05 ")
    assert lines[place + 2].startswith("#   IN-5 ")
    assert not any(line.startswith("# M-05") for line in lines[:place])


def test_a_part_of_measures_that_ended_need_not_be_done(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The ministry reported three measures; a revision takes them away."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    then = at(domain, "2026-12-01")
    gone = {f"/policy_means/measures/{n}": None for n in (4, 3, 2)}
    open_one(sqlite_store, then, plan_id, by=CAS)
    save_one(sqlite_store, then, plan_id, plan_file(STRATEGIC, gone), by=CAS)
    adopt(sqlite_store, then, plan_id, by=CAS)
    adopt(sqlite_store, then, plan_id, by=METI, version=3)
    later = at(domain, AFTER)
    done = opened(sqlite_store, later, plan_id, H2, by=KYUSHU)
    assert [p.reporter for p in done.case.document.parts] == [KUMAMOTO, MINISTRY]
    with pytest.raises(PlanError) as caught:
        submit(sqlite_store, later, plan_id, H2, by=KYUSHU)
    assert reason_of(caught.value) == "PARTS_MISSING"
    assert caught.value.problems[0].hint == str(KUMAMOTO)
    fill(sqlite_store, later, plan_id, period_id=H2, by=KUMAMOTO)
    submitted = submit(sqlite_store, later, plan_id, H2, by=KYUSHU)
    assert submitted.case.state == "submitted"
    assert not part(kept(sqlite_store, plan_id, H2), MINISTRY).done
    assert accept(sqlite_store, later, plan_id, H2).case.state == "accepted"


def test_the_first_period_begins_with_publication(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """A revision in the second half says nothing of the first."""
    revise(sqlite_store, domain, plan_file, RETIRED)
    report = opened(sqlite_store, at(domain, AFTER), plan_id).case.document
    assert report.period_start == dt.date(2026, 6, 1)
    assert report.edition == "1.0"
    assert set(editions(report).values()) == {()}
    assert report.parts[0].reporter == NIIGATA
