"""What a page shows of a report: the course, what came of it, and only what may be seen."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
import pytest

from clusterplan.core.indicators import DatedValue, Direction, Indicator
from clusterplan.core.progress import progress
from clusterplan.core.readers import ANONYMOUS, LOCAL, Reader
from clusterplan.core.reports import Observation
from clusterplan.core.services.cases import UnknownCaseError, UnknownPlanError
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.picturing import (
    ReportPicture,
    expected_on,
    report_picture,
)
from clusterplan.core.storage.sql import SqlStore
from progress_reports import (
    H1,
    H2,
    KUMAMOTO,
    KYUSHU,
    METI,
    at,
    because,
    in_force,
    opened,
    reported,
    row,
)
from revisions import GOVERNOR, adopt, open_one, save_one
from stores import REGIONAL, STRATEGIC, MakePlanFile

AFTER = "2027-04-10"
POOR = row("M-01", IN_1="4210", IN_3="1", causes=because("入札が不調"))
RETIRED = {
    "/policy_means/challenges/3": None,
    "/policy_means/measures/4": None,
    "/indicators/4": None,
}
"""What takes M-05 with its indicator out of the B sample."""


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def picture(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    period: str = H1,
    reader: Reader = LOCAL,
) -> ReportPicture:
    """Return the picture of a report."""
    with store.read() as unit:
        return report_picture(plan_id, period, reader, unit, domain)


def test_a_picture_holds_the_value_against_the_course(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Expected is what the grade was made of; the course goes from start to target."""
    reported(sqlite_store, domain, plan_id, POOR)
    found = picture(sqlite_store, domain, plan_id)
    first = found.measures[0]
    assert first.grade is not None
    assert (first.measure.id, first.grade.is_poor) == ("M-01", True)
    assert [cause.text for cause in first.row.causes] == ["入札が不調"]
    one, three = first.indicators
    assert (one.indicator.id, three.indicator.id) == ("IN-1", "IN-3")
    judged = progress(one.indicator, Decimal(4210), dt.date(2026, 9, 30))
    assert (one.expected, one.actual) == (judged.expected, Decimal(4210))
    assert one.grade is not None
    assert one.grade.grade is judged.grade
    assert [point.value for point in one.course] == [4200, 5200, 6000]
    assert one.actuals == (DatedValue(date=one.as_of, value=Decimal(4210)),)
    assert found.progress is not None
    assert found.progress.poor.poor == 2
    assert found.drawn_on == domain.today()


def test_values_of_earlier_reports_are_on_the_way(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Those of later ones are not; a day of its own is kept."""
    reported(sqlite_store, domain, plan_id, POOR)
    observed = Observation(
        indicator=POOR.observations[0].indicator,
        value=Decimal(4600),
        as_of=dt.date(2027, 2, 1),
    )
    later = attrs.evolve(POOR, observations=(observed,))
    reported(sqlite_store, at(domain, AFTER), plan_id, later, period_id=H2)
    then = picture(sqlite_store, at(domain, AFTER), plan_id, H2)
    one = then.measures[0].indicators[0]
    assert [(p.date, p.value) for p in one.actuals] == [
        (dt.date(2026, 9, 30), Decimal(4210)),
        (dt.date(2027, 2, 1), Decimal(4600)),
    ]
    assert one.as_of == dt.date(2027, 2, 1)
    three = then.measures[0].indicators[1]
    assert len(three.course) == 2
    assert (three.actual, [p.value for p in three.actuals]) == (None, [Decimal(1)])
    before = picture(sqlite_store, at(domain, AFTER), plan_id, H1)
    assert [p.value for p in before.measures[0].indicators[0].actuals] == [4210]


def test_a_report_that_is_not_in_has_no_grades(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Its form is shown with what it asks for."""
    opened(sqlite_store, domain, plan_id)
    found = picture(sqlite_store, domain, plan_id)
    assert found.progress is None
    assert {measure.grade for measure in found.measures} == {None}
    assert [m.measure.id for m in found.measures] == [f"M-0{n}" for n in range(1, 6)]


def test_what_a_reader_may_not_see_is_unknown(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The same as what is not there."""
    opened(sqlite_store, domain, plan_id)
    with pytest.raises(UnknownCaseError):
        picture(sqlite_store, domain, plan_id, reader=ANONYMOUS)
    with pytest.raises(UnknownCaseError):
        picture(sqlite_store, domain, plan_id, H2)
    with pytest.raises(UnknownPlanError):
        picture(sqlite_store, domain, "unheard-of")


def test_a_reporter_sees_its_own_part_before_the_report_is_public(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The measures of others are theirs until then."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    opened(sqlite_store, domain, plan_id, by=KYUSHU)
    shown = picture(sqlite_store, domain, plan_id, reader=Reader(actor=KUMAMOTO))
    assert [m.measure.id for m in shown.measures] == ["M-01", "M-02"]
    everything = picture(sqlite_store, domain, plan_id, reader=Reader(actor=METI))
    assert len(everything.measures) > len(shown.measures)
    milestones = everything.measures[0].milestones
    assert [(m.milestone.id, m.grade) for m in milestones][:1] == [("MS-1", None)]


def test_a_measure_that_a_revision_took_away_is_shown_as_it_was(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """With the name that the edition before gave it, behind the others."""
    then = at(domain, "2026-12-01")
    open_one(sqlite_store, then, plan_id)
    save_one(sqlite_store, then, plan_id, plan_file(REGIONAL, RETIRED))
    adopt(sqlite_store, then, plan_id, by=GOVERNOR)
    reported(sqlite_store, at(domain, AFTER), plan_id, POOR, period_id=H2)
    last = picture(sqlite_store, at(domain, AFTER), plan_id, H2).measures[-1]
    assert (last.measure.title, last.has_ended) == ("工場用地の土地利用調整", True)
    assert (last.grade, last.row.editions) == (None, ("1.0",))


def test_an_indicator_expects_nothing_before_its_course_and_without_one() -> None:
    """A level that is to be kept is expected on any day."""
    start = DatedValue(date=dt.date(2026, 3, 31), value=Decimal(10))
    end = DatedValue(date=dt.date(2027, 3, 31), value=Decimal(20))
    rising = Indicator(id=POOR.observations[0].indicator, baseline=start, target=end)
    assert expected_on(rising, dt.date(2026, 3, 30)) is None
    assert expected_on(rising, dt.date(2027, 3, 31)) == 20
    falling = attrs.evolve(rising, direction=Direction.DECREASE)
    assert expected_on(falling, dt.date(2026, 9, 30)) is None
    kept = attrs.evolve(rising, direction=Direction.MAINTAIN)
    assert expected_on(kept, dt.date(2020, 1, 1)) == 10
    bare = attrs.evolve(kept, baseline=None, target=None)
    assert expected_on(bare, dt.date(2026, 9, 30)) is None
    assert expected_on(attrs.evolve(rising, target=None), dt.date(2027, 3, 31)) is None
