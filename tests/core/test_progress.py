"""The progress function: every grade, every edge, in every direction."""

from __future__ import annotations

import csv
import datetime as dt
from decimal import Decimal, localcontext
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import PartId
from clusterplan.core.indicators import (
    DatedValue,
    Direction,
    Indicator,
    Interpolation,
    MaintainKind,
)
from clusterplan.core.progress import (
    Progress,
    ProgressRule,
    expected_value,
    milestone_progress,
    progress,
)
from clusterplan.core.quantities import Ratio
from clusterplan.core.thresholds import PRESETS, ProgressPreset, ProgressThresholds
from progress_cases import CASES, DAYS, VALUES, dated, indicators, mirrored, scaled

VECTORS = Path(__file__).parent / "vectors" / "progress_vectors.csv"
ROWS = list(csv.DictReader(VECTORS.read_text(encoding="utf-8").splitlines()))
MIDDLE = dt.date(2027, 9, 30)
RISING = Indicator(
    id=PartId("IN-1"),
    direction=Direction.INCREASE,
    baseline=dated("2025-03-31", 100),
    target=dated("2030-03-31", 200),
)
KEPT = attrs.evolve(
    RISING, direction=Direction.MAINTAIN, target=dated("2030-03-31", 100)
)


def case_of(row: dict[str, str]) -> Indicator:
    """Return the indicator of a row of the table."""
    points = [DatedValue(date=_day(d), value=Decimal(v)) for d, v in _pairs(row)]
    return Indicator(
        id=PartId(row["case"]),
        direction=Direction(row["direction"]) if row["direction"] else None,
        baseline=points[0],
        milestones=tuple(points[1:-1]),
        target=points[-1],
        interpolation=Interpolation(row["interpolation"] or "linear"),
        maintain=MaintainKind(row["maintain"] or "at_least"),
    )


def _pairs(row: dict[str, str]) -> list[list[str]]:
    return [part.split("=") for part in row["path"].split()]


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _agrees(text: str, number: Decimal | None) -> bool:
    if not text or number is None:
        return not text and number is None
    return round(number, 3) == Decimal(text)


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_every_vector_has_its_grade_and_numbers(row: dict[str, str]) -> None:
    """Grade, expected value, attainment and completion are those of the table."""
    actual = Decimal(row["actual"]) if row["actual"] else None
    thresholds = PRESETS[ProgressPreset(row["preset"] or "default")]

    found = progress(case_of(row), actual, _day(row["as_of"]), thresholds)

    assert found.grade is Grade(row["grade"])
    assert _agrees(row["expected"], found.expected)
    assert _agrees(row["attainment"], found.attainment)
    assert _agrees(row["completion"], found.completion)
    assert found.is_poor is found.grade.is_poor


@pytest.mark.parametrize(
    ("direction", "baseline", "target", "actual", "completion", "grade"),
    [
        (Direction.INCREASE, 100, 200, 150, "0.5", Grade.ON_TRACK),
        (Direction.DECREASE, 100, 50, 60, "0.8", Grade.AHEAD),
        (Direction.INCREASE, 100, 200, 80, "-0.2", Grade.REGRESSED),
        (Direction.INCREASE, 100, 200, 250, "1.5", Grade.ACHIEVED),
        (Direction.MAINTAIN, 100, 100, 97, None, Grade.ON_TRACK),
    ],
    ids=["half way", "falling", "regression", "overshoot", "level kept"],
)
def test_the_five_cases_that_progress_formulas_get_wrong_are_right(
    *,
    direction: Direction,
    baseline: int,
    target: int,
    actual: int,
    completion: str | None,
    grade: Grade,
) -> None:
    """Falling goals, regressions, overshoots and kept levels, half way in time."""
    indicator = Indicator(
        id=PartId("IN-1"),
        direction=direction,
        baseline=dated("2026-04-01", baseline),
        target=dated("2026-07-10", target),
    )

    found = progress(indicator, Decimal(actual), _day("2026-05-21"))

    assert found.grade is grade
    assert found.completion == (completion and Decimal(completion))


@pytest.mark.parametrize(
    "actual", [None, Ratio(numerator=Decimal(3), denominator=Decimal(0))]
)
@pytest.mark.parametrize("indicator", [RISING, KEPT])
def test_no_value_is_no_data_and_never_zero(
    indicator: Indicator, actual: Ratio | None
) -> None:
    """Nothing reported, or a ratio over nothing, is not graded."""
    found = progress(indicator, actual, MIDDLE)

    assert found == Progress(
        grade=Grade.NO_DATA, is_poor=False, rule=ProgressRule.NO_VALUE
    )


def test_zero_is_a_value() -> None:
    """A reported zero is graded as any other number."""
    assert progress(RISING, Decimal(0), MIDDLE).grade is Grade.REGRESSED


@pytest.mark.parametrize(("periods", "poor"), [(1, False), (2, True), (3, True)])
def test_a_second_period_without_a_value_is_poor(periods: int, *, poor: bool) -> None:
    """One gap is not poor, the second in a row is."""
    found = progress(RISING, None, MIDDLE, missing_periods=periods)

    assert found.is_poor is poor


def test_a_ratio_is_graded_by_its_exact_quotient() -> None:
    """800/3 is exactly 80 % of an expected 1000/3, which no decimal can write."""
    thirds = attrs.evolve(
        RISING, baseline=dated("2026-04-01", 0), target=dated("2026-04-04", 1000)
    )
    actual = Ratio(numerator=Decimal(8), denominator=Decimal(3), per=Decimal(100))

    found = progress(thirds, actual, _day("2026-04-02"))

    assert (found.grade, found.attainment) == (Grade.ON_TRACK, Decimal("0.8"))


@pytest.mark.parametrize(
    "gap",
    [
        {"baseline": None},
        {"target": None},
        {"baseline": DatedValue(value=Decimal(1))},
        {"target": DatedValue(date=MIDDLE)},
        {"direction": None, "target": None},
        {"direction": Direction.MAINTAIN, "baseline": None, "target": None},
    ],
)
def test_a_path_with_a_gap_is_not_graded(gap: dict[str, Any]) -> None:
    """Without a day and a value at both ends nothing can be expected."""
    indicator = attrs.evolve(RISING, **gap)

    found = progress(indicator, Decimal(150), MIDDLE)

    assert (found.grade, found.rule) == (Grade.NO_DATA, ProgressRule.INCOMPLETE_PATH)
    assert expected_value(indicator, MIDDLE) is None


def test_milestones_without_day_or_value_or_outside_the_path_are_left_out() -> None:
    """Only points between baseline and target bend the path."""
    crooked = attrs.evolve(
        RISING,
        milestones=(
            DatedValue(date=_day("2026-03-31")),
            DatedValue(value=Decimal(1)),
            dated("2024-03-31", 1),
            dated("2025-03-31", 1),
            dated("2030-03-31", 1),
            dated("2031-03-31", 1),
        ),
    )

    assert expected_value(crooked, MIDDLE) == expected_value(RISING, MIDDLE)


def test_milestones_may_stand_in_any_order() -> None:
    """The path follows the days, not the order in the document."""
    points = (dated("2028-03-31", 160), dated("2026-03-31", 110))
    ordered = attrs.evolve(RISING, milestones=points)

    assert expected_value(ordered, _day("2026-03-31")) == 110
    assert expected_value(ordered, _day("2028-03-31")) == 160


def test_a_level_may_be_said_by_its_target_alone() -> None:
    """Without a baseline the target is the level, and it has no beginning."""
    alone = attrs.evolve(KEPT, baseline=None)

    assert progress(alone, Decimal(96), MIDDLE).grade is Grade.ON_TRACK
    assert expected_value(alone, MIDDLE) == 100


def test_a_level_without_an_end_is_never_achieved() -> None:
    """It is on track for as long as it is kept."""
    endless = attrs.evolve(KEPT, target=None)

    assert progress(endless, Decimal(100), dt.date(2999, 1, 1)).grade is Grade.ON_TRACK


def test_what_is_expected_is_told_without_a_value() -> None:
    """The path alone says where it should be by now."""
    assert expected_value(RISING, _day("2030-03-31")) == 200
    assert expected_value(RISING, _day("2025-03-31")) == 100
    assert expected_value(RISING, _day("2020-01-01")) == 100


def test_own_thresholds_move_the_cuts() -> None:
    """A stricter office calls 90 % delayed."""
    strict = ProgressThresholds(on_track_from=Decimal("0.95"))
    found = progress(KEPT, Decimal(97), MIDDLE, strict)

    assert found.grade is Grade.ON_TRACK
    assert progress(RISING, Decimal(145), MIDDLE).grade is Grade.ON_TRACK
    assert progress(RISING, Decimal(145), MIDDLE, strict).grade is Grade.DELAYED


def test_the_decimal_context_of_the_host_program_changes_nothing() -> None:
    """A program that works with three digits gets the same answer."""
    usual = progress(RISING, Decimal("139.9999"), MIDDLE)
    with localcontext(prec=3):
        assert progress(RISING, Decimal("139.9999"), MIDDLE) == usual


@pytest.mark.parametrize(
    ("as_of", "done_on", "expected_on", "grade"),
    [
        ("2026-09-30", None, None, Grade.NOT_DUE),
        ("2026-12-31", None, None, Grade.NOT_DUE),
        ("2027-01-01", None, None, Grade.DELAYED),
        ("2027-03-31", None, None, Grade.DELAYED),
        ("2027-04-01", None, None, Grade.SERIOUSLY_DELAYED),
        ("2026-09-30", "2026-08-01", None, Grade.ON_TRACK),
        ("2027-03-31", "2026-12-31", None, Grade.ON_TRACK),
        ("2027-03-31", "2027-01-01", None, Grade.DELAYED),
        ("2028-03-31", "2027-03-31", None, Grade.DELAYED),
        ("2028-03-31", "2027-04-01", None, Grade.SERIOUSLY_DELAYED),
        ("2028-03-31", "2026-12-31", "2027-12-31", Grade.ON_TRACK),
        ("2026-09-30", "2027-01-31", None, Grade.DELAYED),
        ("2026-09-30", None, "2026-12-31", Grade.ON_TRACK),
        ("2026-09-30", None, "2027-01-01", Grade.DELAYED),
        ("2026-09-30", None, "2027-04-01", Grade.SERIOUSLY_DELAYED),
        ("2027-02-01", None, "2026-12-01", Grade.DELAYED),
        ("2027-04-01", None, "2026-12-01", Grade.SERIOUSLY_DELAYED),
    ],
)
def test_a_milestone_due_on_31_december_is_graded_by_its_days_late(
    as_of: str, done_on: str | None, expected_on: str | None, grade: Grade
) -> None:
    """90 days late is delayed, more is serious; expecting to be late counts the same."""
    found = milestone_progress(
        _day("2026-12-31"),
        _day(as_of),
        done_on=_day(done_on) if done_on else None,
        expected_on=_day(expected_on) if expected_on else None,
    )

    assert found == Progress(
        grade=grade, is_poor=grade.is_poor, rule=ProgressRule.MILESTONE
    )


@given(CASES, VALUES)
def test_a_better_value_never_has_a_worse_grade(
    case: tuple[Indicator, Decimal, dt.date], more: Decimal
) -> None:
    """Grades, attainment and completion rise with the value, or fall with it."""
    indicator, actual, as_of = case
    falls = indicator.direction is Direction.DECREASE or (
        indicator.maintain is MaintainKind.AT_MOST
        and indicator.direction is Direction.MAINTAIN
    )
    better = actual - abs(more) if falls else actual + abs(more)

    before, after = (progress(indicator, v, as_of) for v in (actual, better))

    assert after.grade.rank >= before.grade.rank
    assert after.expected == before.expected
    for name in ("attainment", "completion"):
        low, high = getattr(before, name), getattr(after, name)
        assert low == high if low is None or high is None else low <= high


@given(
    CASES,
    st.decimals(min_value="0.001", max_value=10**6, places=3).filter(bool),
)
def test_the_unit_of_the_values_changes_no_grade(
    case: tuple[Indicator, Decimal, dt.date], factor: Decimal
) -> None:
    """Thousands of yen and yen give the same grade, attainment and completion."""
    indicator, actual, as_of = case

    found = progress(scaled(indicator, factor), actual * factor, as_of)

    assert _shares(found) == _shares(progress(indicator, actual, as_of))


@given(CASES)
def test_falling_goals_are_the_mirror_of_rising_ones(
    case: tuple[Indicator, Decimal, dt.date],
) -> None:
    """All values negated and the direction turned give the same grade."""
    indicator, actual, as_of = case

    found = progress(mirrored(indicator), -actual, as_of)

    straight = progress(indicator, actual, as_of)
    assert _shares(found) == _shares(straight)
    assert found.expected == (straight.expected and -straight.expected)


def _shares(found: Progress) -> tuple[object, ...]:
    return (found.grade, found.rule, found.attainment, found.completion)


@given(indicators(), DAYS)
def test_what_is_expected_is_always_on_course_itself(
    indicator: Indicator, as_of: dt.date
) -> None:
    """Who delivers exactly what is expected is never poor."""
    stepped = attrs.evolve(indicator, interpolation=Interpolation.STEP)

    found = progress(stepped, expected_value(stepped, as_of), as_of)

    assert not found.is_poor
