"""Settings of plan types and rules decide what becomes of a report."""

from __future__ import annotations

from collections.abc import Iterator

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR
from clusterplan.core.checks import CheckContext, rule
from clusterplan.core.findings import Finding, Gate, Severity
from clusterplan.core.grades import Grade
from clusterplan.core.lifecycle import GateClosedError
from clusterplan.core.reports import REPORT, ReportPublicity
from clusterplan.core.services.cases import CaseDesk, UnknownPlanError
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.report_judging import text_on_desk
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.thresholds import DEFAULT_THRESHOLDS, ProgressThresholds
from progress_reports import (
    H1,
    H2,
    KUMAMOTO,
    KYUSHU,
    METI,
    MINISTRY,
    accept,
    at,
    fill,
    in_force,
    kept,
    opened,
    part,
    reported,
    row,
    submit,
    with_type,
)
from stores import REGIONAL, STRATEGIC, MakePlanFile


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


@pytest.mark.parametrize(
    ("when", "shown"),
    [
        (ReportPublicity.ON_SUBMIT, [False, True, True]),
        (ReportPublicity.ON_ACCEPT, [False, False, True]),
        (ReportPublicity.NEVER, [False, False, False]),
    ],
)
def test_a_plan_type_says_when_reports_are_public(
    sqlite_store: SqlStore,
    domain: Domain,
    of_two: str,
    when: ReportPublicity,
    shown: list[bool],
) -> None:
    """The setting of the day of its opening holds for a report."""
    setting = with_type(domain, STRATEGIC, report_public=when)
    public = [opened(sqlite_store, setting, of_two, by=KYUSHU).case.public]
    fill(sqlite_store, domain, of_two, by=KUMAMOTO)
    fill(sqlite_store, domain, of_two, by=MINISTRY)
    public.append(submit(sqlite_store, domain, of_two, by=KYUSHU).case.public)
    public.append(accept(sqlite_store, domain, of_two).case.public)
    assert public == shown


def test_a_plan_type_may_have_the_state_review_and_thresholds_of_its_own(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """B is not reviewed by default; the figures are settings, too."""
    lenient = ProgressThresholds(
        delayed_from=DEFAULT_THRESHOLDS.expected_from,
        on_track_from=DEFAULT_THRESHOLDS.nearly_from,
    )
    setting = with_type(domain, REGIONAL, report_review=True, thresholds=lenient)
    done = reported(sqlite_store, setting, plan_id, row("M-01", IN_1="4350", IN_3="2"))
    assert done.case.state == "submitted"
    assert done.case.document.thresholds == lenient
    assert done.case.document.grades[0].grade is Grade.DELAYED
    assert accept(sqlite_store, setting, plan_id, by=METI).case.state == "accepted"


@rule("TEST-01", severity=Severity.ERROR, gate=Gate.REPORT, title="実績", source="t")
def tells_something(context: CheckContext) -> Iterator[Finding]:
    """A row tells what was done."""
    assert context.report is not None
    assert context.public_on is not None
    for number, told in enumerate(context.report.rows):
        if told.text is None and not context.reports:
            yield context.finding("rows", number, ja="実績がない", en="Nothing told.")


@rule("TEST-02", severity=Severity.ERROR, gate=Gate.ANY, title="遅れ", source="t")
def is_late(context: CheckContext) -> Iterator[Finding]:
    """A report is in time."""
    yield context.finding(ja="遅れている", en="It is late.")


def test_errors_of_rules_for_reports_block_and_others_are_told(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """A rule that looks at every moment does not keep a late report out."""
    strict = attrs.evolve(domain, rules=(tells_something, is_late))
    opened(sqlite_store, strict, plan_id)
    fill(sqlite_store, strict, plan_id)
    with pytest.raises(GateClosedError) as caught:
        submit(sqlite_store, strict, plan_id)
    assert {p.rule_id for p in caught.value.problems} == {"TEST-01"}
    rows = [
        attrs.evolve(r, text="着手") for r in part(kept(sqlite_store, plan_id)).rows
    ]
    fill(sqlite_store, strict, plan_id, *rows, version=1)
    done = submit(sqlite_store, strict, plan_id)
    assert [f.rule_id for f in done.checked.findings] == ["TEST-02"]

    later = attrs.evolve(at(domain, "2027-05-01"), rules=(tells_something,))
    assert reported(sqlite_store, later, plan_id, period_id=H2).checked.ok


def test_a_plan_that_was_not_public_at_the_end_is_reported_by_its_present_text(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Another edition is not told of; one that there is not cannot be judged."""
    plan_id = in_force(
        sqlite_store,
        domain,
        plan_file,
        then=[("drafting", "2026-09-01"), ("in_force", "2026-11-01")],
    )
    done = opened(sqlite_store, domain, plan_id)
    assert done.case.document.edition == "1.0"
    with sqlite_store.read() as unit, pytest.raises(UnknownPlanError):
        text_on_desk(
            CaseDesk.open(REPORT, plan_id, H1, unit, domain, by=LOCAL_OPERATOR), "9.0"
        )
