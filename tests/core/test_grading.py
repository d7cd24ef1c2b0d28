"""Grades of a report: its rows against the indicators of the plan."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
import pytest

from clusterplan.core.grades import Grade
from clusterplan.core.grading import grade_report
from clusterplan.core.identifiers import Key, PartId, PlanId
from clusterplan.core.indicators import (
    DatedValue,
    Direction,
    Indicator,
    Interpolation,
    MaintainKind,
)
from clusterplan.core.measures import (
    Deadline,
    FiveWOneH,
    Measure,
    MeasureMilestone,
)
from clusterplan.core.plans import Plan, PolicyMeans
from clusterplan.core.quantities import Ratio
from clusterplan.core.report_grades import MeasureGrade
from clusterplan.core.reports import (
    MilestoneNote,
    Observation,
    ProgressReport,
    ReportPart,
    ReportRow,
)
from clusterplan.core.thresholds import PRESETS, ProgressPreset
from progress_cases import dated
from progress_reports import NIIGATA

VECTORS = Path(__file__).parent / "vectors" / "progress_vectors.csv"
ROWS = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
END = dt.date(2027, 9, 30)
RISING = Indicator(
    id=PartId("IN-1"),
    direction=Direction.INCREASE,
    baseline=dated("2025-03-31", 100),
    target=dated("2030-03-31", 200),
)
"""Half of its way is expected at the end of the period, 150."""
OTHER = attrs.evolve(RISING, id=PartId("IN-2"))


def plan_of(*measures: Measure, indicators: tuple[Indicator, ...]) -> Plan:
    """Return a plan of measures."""
    return Plan(
        id=PlanId("p"),
        plan_type=Key("regional_cluster"),
        title="計画",
        policy_means=PolicyMeans(measures=measures),
        indicators=indicators,
    )


def measure(id_: str, *indicators: str, due: dt.date | None = None) -> Measure:
    """Return a measure with indicators, and one dated milestone."""
    steps = (MeasureMilestone(id=PartId("MS-1"), date=due, text="開所"),) if due else ()
    return Measure(
        id=PartId(id_),
        title="施策",
        indicators=tuple(map(PartId, indicators)),
        five_w1h=FiveWOneH(deadline=Deadline(milestones=steps)) if due else FiveWOneH(),
    )


def observed(indicator: str, value: str | None = None, **rest: Any) -> Observation:
    """Return an observation."""
    number = Decimal(value) if value else None
    return Observation(indicator=PartId(indicator), value=number, **rest)


def report(*rows: ReportRow, end: dt.date = END, **rest: Any) -> ProgressReport:
    """Return a report with rows of one reporter."""
    return ProgressReport(
        id=PartId(end.isoformat()),
        edition="1.0",
        period_start=end - dt.timedelta(days=180),
        period_end=end,
        parts=(ReportPart(reporter=NIIGATA, rows=rows),),
        **rest,
    )


def told(id_: str, *observations: Observation, **rest: Any) -> ReportRow:
    """Return a row of a measure."""
    return ReportRow(measure=PartId(id_), observations=observations, **rest)


def only(grades: tuple[MeasureGrade, ...]) -> MeasureGrade:
    """Return the only grade."""
    (grade,) = grades
    return grade


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_a_row_has_the_grade_of_the_table(row: dict[str, str]) -> None:
    """What the progress function says of a value is what its measure gets."""
    points = [
        DatedValue(date=dt.date.fromisoformat(day), value=Decimal(value))
        for day, value in (part.split("=") for part in row["path"].split())
    ]
    indicator = Indicator(
        id=PartId("IN-1"),
        direction=Direction(row["direction"]) if row["direction"] else None,
        baseline=points[0],
        milestones=tuple(points[1:-1]),
        target=points[-1],
        interpolation=Interpolation(row["interpolation"] or "linear"),
        maintain=MaintainKind(row["maintain"] or "at_least"),
    )
    given = report(
        told("M-1", observed("IN-1", row["actual"] or None)),
        end=dt.date.fromisoformat(row["as_of"]),
        thresholds=PRESETS[ProgressPreset(row["preset"] or "default")],
    )
    found = only(
        grade_report(plan_of(measure("M-1", "IN-1"), indicators=(indicator,)), given)
    )
    assert found.grade is Grade(row["grade"])
    assert found.is_poor is found.grade.is_poor
    assert found.indicators[0].grade is found.grade
    for name in ("attainment", "completion"):
        number = getattr(found.indicators[0], name)
        assert (number is None) == (not row[name])
        assert number is None or round(number, 3) == Decimal(row[name])


def test_a_headline_is_the_worst_of_the_marked_indicators_or_of_all() -> None:
    """Others are shown, and do not count."""
    rows = (told("M-1", observed("IN-1", "150"), observed("IN-2", "90")),)
    both = measure("M-1", "IN-1", "IN-2")
    found = only(grade_report(plan_of(both, indicators=(RISING, OTHER)), report(*rows)))
    assert (found.grade, found.is_poor) == (Grade.REGRESSED, True)
    marked = attrs.evolve(RISING, is_headline=True)
    found = only(grade_report(plan_of(both, indicators=(marked, OTHER)), report(*rows)))
    assert (found.grade, found.is_poor) == (Grade.ON_TRACK, False)
    assert [i.grade for i in found.indicators] == [Grade.ON_TRACK, Grade.REGRESSED]


def test_an_indicator_of_no_measure_is_shown_where_it_is_told() -> None:
    """It stands for a measure that has none of its own."""
    row = told("M-1", observed("IN-1", "150"), observed("IN-2", "90"))
    indicators = (RISING, OTHER)
    own = plan_of(measure("M-1", "IN-1"), indicators=indicators)
    found = only(grade_report(own, report(row)))
    assert found.grade is Grade.ON_TRACK
    assert [i.indicator for i in found.indicators] == ["IN-1", "IN-2"]
    none = plan_of(measure("M-1"), indicators=indicators)
    assert only(grade_report(none, report(row))).grade is Grade.REGRESSED


def test_a_value_is_told_once_for_all_measures_that_share_it() -> None:
    """Two measures with the same indicator do not need it twice."""
    plan = plan_of(measure("M-1", "IN-1"), measure("M-2", "IN-1"), indicators=(RISING,))
    rows = (told("M-1", observed("IN-1", "150")), told("M-2", observed("IN-1")))
    assert [g.grade for g in grade_report(plan, report(*rows))] == [Grade.ON_TRACK] * 2


def test_a_value_of_another_day_is_held_against_that_day() -> None:
    """A ratio counts with its two parts."""
    plan = plan_of(measure("M-1", "IN-1"), indicators=(RISING,))
    early = observed("IN-1", "110", as_of=dt.date(2025, 9, 30))
    assert only(grade_report(plan, report(told("M-1", early)))).grade is Grade.ON_TRACK
    ratio = Ratio(numerator=Decimal(3), denominator=Decimal(2), per=Decimal(100))
    found = only(grade_report(plan, report(told("M-1", observed("IN-1", ratio=ratio)))))
    assert found.grade is Grade.ON_TRACK


def test_no_data_twice_in_a_row_is_poor_unless_a_release_is_announced() -> None:
    """A period that waits for statistics counts neither way."""
    plan = plan_of(measure("M-1", "IN-1"), indicators=(RISING,))
    blank = told("M-1", observed("IN-1"))
    waits = told("M-1", observed("IN-1", next_release_on=dt.date(2028, 6, 1)))
    some = told("M-1", observed("IN-1", "150"))
    first, second = dt.date(2026, 9, 30), dt.date(2027, 3, 31)

    def poor(*rows: ReportRow) -> bool:
        *before, last = rows
        earlier = [
            report(row, end=day)
            for row, day in zip(before, (first, second), strict=False)
        ]
        return only(grade_report(plan, report(last), earlier)).is_poor

    assert not poor(blank)
    assert poor(blank, blank)
    assert not poor(blank, some, blank)
    assert not poor(blank, waits)
    assert poor(blank, waits, blank)
    assert not poor(waits, waits, waits)
    assert not poor(told("M-9"), blank)


@pytest.mark.parametrize(
    ("note", "grade", "is_poor"),
    [
        (None, Grade.DELAYED, True),
        ({"done_on": dt.date(2027, 6, 1)}, Grade.ON_TRACK, False),
        ({"expected_on": dt.date(2028, 6, 1)}, Grade.SERIOUSLY_DELAYED, True),
    ],
)
def test_a_measure_without_numbers_is_graded_by_its_milestones(
    note: dict[str, Any] | None, grade: Grade, *, is_poor: bool
) -> None:
    """By the day that each is done, or is expected to be."""
    plan = plan_of(measure("M-1", due=dt.date(2027, 8, 1)), indicators=())
    notes = (MilestoneNote(milestone=PartId("MS-1"), **note),) if note else ()
    found = only(grade_report(plan, report(told("M-1", milestones=notes))))
    assert (found.grade, found.is_poor) == (grade, is_poor)
    assert found.milestones[0].grade is grade


def test_a_late_milestone_makes_a_measure_poor_that_is_on_track_in_numbers() -> None:
    """One that is still to come does not change its headline."""
    row = told("M-1", observed("IN-1", "150"))
    for due, grade in (
        (dt.date(2027, 8, 1), Grade.DELAYED),
        (dt.date(2028, 8, 1), Grade.ON_TRACK),
    ):
        plan = plan_of(measure("M-1", "IN-1", due=due), indicators=(RISING,))
        assert only(grade_report(plan, report(row))).grade is grade


def test_a_measure_that_ended_is_graded_by_the_edition_that_had_it() -> None:
    """If a number is told of it; its grade comes last, with the edition."""
    lower = attrs.evolve(RISING, target=dated("2030-03-31", 110))
    now = plan_of(measure("M-2", "IN-1"), indicators=(lower,))
    then = plan_of(measure("M-1", "IN-1"), indicators=(RISING,))
    ended = told("M-1", observed("IN-1", "101"), editions=("0.8", "0.9"))
    given = report(ended, told("M-2", observed("IN-1", "105")))
    present, past = grade_report(now, given, former={"0.9": then})
    assert (present.measure, present.edition) == ("M-2", None)
    assert present.grade is Grade.ON_TRACK
    assert (past.measure, past.edition) == ("M-1", "0.9")
    assert past.grade is Grade.SERIOUSLY_DELAYED
    for row in (told("M-1", editions=("0.9",)), told("M-9", editions=("0.9",))):
        assert grade_report(now, report(row), former={"0.9": then}) == ()
    assert grade_report(now, report(ended)) == ()


def test_shares_are_shown_with_two_places() -> None:
    """Half up; what is kept is exact, and a share that there is none of stays so."""
    plan = plan_of(measure("M-1", "IN-1"), indicators=(RISING,))
    graded = only(grade_report(plan, report(told("M-1", observed("IN-1", "139.9")))))
    (share,) = graded.indicators
    assert share.attainment is not None
    assert share.attainment < Decimal("0.80")
    assert (share.attainment_shown, share.grade) == (Decimal("0.80"), Grade.DELAYED)
    assert share.completion_shown == Decimal("0.40")
    (blank,) = only(grade_report(plan, report(told("M-1")))).indicators
    assert (blank.attainment_shown, blank.completion_shown) == (None, None)


def test_a_measure_without_anything_to_grade_has_no_data() -> None:
    """And a measure without a row is not graded at all."""
    plan = plan_of(measure("M-1"), measure("M-2", "IN-9"), indicators=())
    found = only(grade_report(plan, report(told("M-1"))))
    assert (found.grade, found.is_poor) == (Grade.NO_DATA, False)
    found = only(grade_report(plan, report(told("M-2"))))
    assert (found.grade, found.indicators) == (Grade.NO_DATA, ())
