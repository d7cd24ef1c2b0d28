"""Explanations of progress: they say what the function did."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

from clusterplan.core.explanations import explain
from clusterplan.core.identifiers import PartId
from clusterplan.core.indicators import (
    DatedValue,
    Direction,
    Indicator,
    Interpolation,
    MaintainKind,
)
from clusterplan.core.progress import ProgressRule, progress
from clusterplan.core.quantities import Ratio, shown
from clusterplan.core.thresholds import PRESETS, ProgressPreset
from progress_cases import CASES, dated

EXPORTS = Indicator(
    id=PartId("IN-1"),
    direction=Direction.INCREASE,
    baseline=dated("2025-03-31", 4200),
    target=dated("2030-03-31", 6000),
)
HALF = dt.date(2026, 9, 30)
EARLY = dt.date(2025, 4, 30)
END = dt.date(2030, 3, 31)
AT_MOST = {
    "direction": Direction.MAINTAIN,
    "maintain": MaintainKind.AT_MOST,
}


def test_the_japanese_formula_can_be_worked_out_again() -> None:
    """It holds the numbers, the days, the rule and the grade."""
    found = explain(EXPORTS, Decimal(4560), HALF)

    assert found.formula == (
        "期待値 = 4,200.00 + (6,000.00 − 4,200.00) × 548日 ÷ 1,826日 = 4,740.20；"
        "達成度 = (4,560.00 − 4,200.00) ÷ (4,740.20 − 4,200.00) = 0.67；"
        "0.50 ≦ 達成度 < 0.80 → 遅れ"
    )


def test_the_english_formula_says_the_same() -> None:
    """Numbers and order are those of the Japanese one."""
    found = explain(EXPORTS, Decimal(4560), HALF)

    assert found.formula_en == (
        "expected = 4,200.00 + (6,000.00 - 4,200.00) * 548 days / 1,826 days"
        " = 4,740.20; attainment = (4,560.00 - 4,200.00) / (4,740.20 - 4,200.00)"
        " = 0.67; from 0.50, below 0.80 → delayed"
    )


@pytest.mark.parametrize(
    ("changes", "actual", "as_of", "rule", "ja", "en"),
    [
        ({}, None, HALF, "NO_VALUE", "実績値がない → データなし", "no value → no data"),
        ({"target": None}, 1, HALF, "INCOMPLETE_PATH", "そろわず", "lacks its value"),
        (
            {"direction": Direction.DECREASE},
            1,
            HALF,
            "CONTRADICTORY_PATH",
            "悪い側",
            "wrong side",
        ),
        ({}, 1, dt.date(2025, 1, 1), "BEFORE_BASELINE", "2025-03-31", "2025-03-31"),
        ({}, 6050, HALF, "TARGET_REACHED", "目標値 6,000.00", "target 6,000.00 →"),
        (
            {"target": dated("2030-03-31", 4200)},
            4100,
            HALF,
            "FLAT_PATH",
            "基準値と同じ",
            "equals the baseline",
        ),
        (
            {},
            4200,
            EARLY,
            "LITTLE_EXPECTED",
            "目標までの幅の 0.02（0.05 未満）なので、達成度は計算しない；"
            "実績値 4,200.00 は 4,200.00 より悪くない → 判定時期前",
            "4,200.00 is not worse than 4,200.00 → not due",
        ),
        (
            {},
            4100,
            EARLY,
            "LITTLE_EXPECTED",
            "4,100.00 は 4,200.00 より悪い → 後退",
            "4,100.00 is worse than 4,200.00 → regressed",
        ),
        (
            {"milestones": (dated("2026-09-30", 4000),)},
            4100,
            HALF,
            "LITTLE_EXPECTED",
            "期待値 = 2026-09-30 の値 4,000.00；",
            "4,100.00 is not worse than 4,000.00 → not due",
        ),
        ({}, 4100, HALF, "ATTAINMENT", "達成度 < 0 → 後退", "below 0 → regressed"),
        ({}, 4900, HALF, "ATTAINMENT", "達成度 ≧ 1.10 → 前倒し", "from 1.10 → ahead"),
        ({}, 4700, HALF, "ATTAINMENT", "0.80 ≦ 達成度 < 1.10", "below 1.10 → on track"),
        ({}, 4300, HALF, "ATTAINMENT", "0 ≦ 達成度 < 0.50", "below 0.50 → seriously"),
        ({}, 4000, END, "TARGET_DATE", "基準値より悪い → 後退", "worse than the base"),
        ({}, 5000, END, "TARGET_DATE", "= 0.44；0 ≦ 達成度 < 0.80 → 未達成", "missed"),
        (
            {},
            5800,
            END,
            "TARGET_DATE",
            "達成度 ≧ 0.80 → 概ね達成",
            "from 0.80 → nearly",
        ),
        (
            AT_MOST,
            4500,
            HALF,
            "LEVEL",
            "ずれ = 300.00；順調は 210.00 以内、遅れは 420.00 以内 → 遅れ",
            "off the level by 300.00; on track within 210.00, delayed within 420.00",
        ),
        (
            AT_MOST,
            4000,
            END,
            "LEVEL_AT_END",
            "ずれ = -200.00；達成は 210.00 以内、概ね達成は 420.00 以内 → 達成",
            "off the level by -200.00; achieved within 210.00",
        ),
    ],
)
def test_every_rule_is_explained_with_its_numbers(
    *,
    changes: dict[str, Any],
    actual: int | None,
    as_of: dt.date,
    rule: str,
    ja: str,
    en: str,
) -> None:
    """The text is that of the rule that decided, in both languages."""
    value = None if actual is None else Decimal(actual)

    found = explain(attrs.evolve(EXPORTS, **changes), value, as_of)

    assert found.progress.rule is ProgressRule[rule]
    assert ja in found.formula
    assert en in found.formula_en


def test_steps_are_explained_by_the_last_point() -> None:
    """Nothing is interpolated that comes at once."""
    steps = attrs.evolve(EXPORTS, interpolation=Interpolation.STEP)

    found = explain(steps, Decimal(4200), HALF)

    assert found.formula.startswith("期待値 = 2025-03-31 の値 4,200.00；")
    assert "4,200.00, the value of 2025-03-31;" in found.formula_en


def test_the_thresholds_used_are_told() -> None:
    """An office that uses a preset or own values sees them in the text."""
    tama = PRESETS[ProgressPreset.TAMA]

    found = explain(EXPORTS, Decimal(4700), HALF, tama)

    assert found.thresholds.preset is ProgressPreset.TAMA
    assert "0.60 ≦ 達成度 < 1.00 → 遅れ" in found.formula


def test_a_ratio_is_told_with_its_parts() -> None:
    """The quotient is graded, numerator and denominator stay readable."""
    parts = Ratio(numerator=Decimal(9400), denominator=Decimal(2))

    found = explain(EXPORTS, parts, HALF)

    assert found.actual == 4700
    assert found.ratio == parts
    assert explain(EXPORTS, Decimal(4700), HALF).ratio is None


def test_a_second_missing_period_is_explained_as_poor() -> None:
    """The explanation takes the same arguments as the function."""
    assert explain(EXPORTS, None, HALF, missing_periods=2).progress.is_poor


@given(CASES)
def test_the_explanation_agrees_with_the_result(
    case: tuple[Indicator, Decimal, dt.date],
) -> None:
    """Same grade and numbers as the function gives, and they stand in the text."""
    indicator, actual, as_of = case

    found = explain(indicator, actual, as_of)

    result = progress(indicator, actual, as_of)
    assert found.progress == result
    assert found.formula.endswith(f"→ {result.grade.term.ja}")
    assert found.formula_en.endswith(f"→ {result.grade.label_en}")
    if result.rule is ProgressRule.ATTAINMENT:
        for number in (result.expected, result.attainment):
            text = f"= {shown(number or Decimal()):,f}"
            assert text in found.formula
            assert text in found.formula_en


def test_a_path_without_days_is_told_without_numbers() -> None:
    """Gaps never end in an error."""
    bare = Indicator(id=PartId("IN-1"), baseline=DatedValue(value=Decimal(1)))

    assert explain(bare, Decimal(2), HALF).formula.endswith("判定できない → データなし")
