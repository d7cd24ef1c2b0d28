"""Why progress has the grade it has: inputs, rule and formula, in two languages."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Annotated

import attrs
from attrs import frozen

from .courses import Course, course_of, deviation, level_of
from .grades import Grade
from .indicators import DatedValue, Indicator, Interpolation
from .progress import Progress, ProgressRule, progress
from .quantities import Ratio, Value, decimal_of, exact, shown
from .terms import Term
from .thresholds import DEFAULT_THRESHOLDS, ProgressThresholds


@frozen(kw_only=True)
class Explanation:
    """A grade with all that it was made from, so that anybody can work it out again."""

    indicator: Annotated[Indicator, Term("指標", "The indicator with its path.")]
    as_of: Annotated[dt.date, Term("基準日", "The day that is judged.")]
    actual: Annotated[Decimal | None, Term("実績値", "The value, if there is one.")]
    ratio: Annotated[Ratio | None, Term("比率", "Its two parts, if it is a ratio.")]
    thresholds: Annotated[
        ProgressThresholds, Term("しきい値", "Defaults or own values; not policy.")
    ]
    progress: Annotated[Progress, Term("進捗", "Grade, rule and numbers.")]
    formula: Annotated[str, Term("計算式", "How it was worked out, in Japanese.")]
    formula_en: Annotated[
        str, Term("計算式（英語）", "How it was worked out, in English.")
    ]


def explain(
    indicator: Indicator,
    actual: Value | None,
    as_of: dt.date,
    thresholds: ProgressThresholds = DEFAULT_THRESHOLDS,
    *,
    missing_periods: int = 1,
) -> Explanation:
    """Return what `progress` answers to the same arguments, and why."""
    result = progress(
        indicator, actual, as_of, thresholds, missing_periods=missing_periods
    )
    number = exact(actual)
    facts = _facts(indicator, number, as_of, thresholds, result)
    formula, formula_en = (text.format_map(facts) for text in _templates(result))
    return Explanation(
        indicator=indicator,
        as_of=as_of,
        actual=None if number is None else decimal_of(number),
        ratio=actual if isinstance(actual, Ratio) else None,
        thresholds=thresholds,
        progress=result,
        formula=f"{formula} → {result.grade.term.ja}",
        formula_en=f"{formula_en} → {result.grade.label_en}",
    )


_RULES = {
    ProgressRule.NO_VALUE: ("実績値がない", "there is no value"),
    ProgressRule.INCOMPLETE_PATH: (
        "基準値・目標値の数値と時点がそろわず判定できない",
        "baseline or target lacks its value or its day",
    ),
    ProgressRule.CONTRADICTORY_PATH: (
        "目標値が基準値より悪い側にあるか、目標の時点が基準の時点より前で、判定できない",
        "the target is on the wrong side of the baseline, or before it in time",
    ),
    ProgressRule.BEFORE_BASELINE: (
        "基準の時点 {start} より前",
        "before the day of the baseline, {start}",
    ),
    ProgressRule.TARGET_REACHED: (
        "実績値 {actual} が目標値 {target} に達した",
        "the value {actual} reaches the target {target}",
    ),
    ProgressRule.FLAT_PATH: (
        "目標値 {target} は基準値と同じ；",
        "the target {target} equals the baseline; ",
    ),
    ProgressRule.LITTLE_EXPECTED: (
        (
            "{path}；そこまでの幅は目標までの幅の {due}（{expected_from} 未満）なので、"
            "達成度は計算しない；"
        ),
        "{path_en}; that is {due} of the way, less than {expected_from}: no attainment; ",
    ),
    ProgressRule.ATTAINMENT: (
        (
            "{path}；達成度 = ({actual} − {baseline}) ÷ ({expected} − {baseline})"
            " = {attainment}；"
        ),
        (
            "{path_en}; attainment = ({actual} - {baseline}) / ({expected} - {baseline})"
            " = {attainment}; "
        ),
    ),
    ProgressRule.TARGET_DATE: (
        (
            "目標の時点 {end} 以後；達成度 = ({actual} − {baseline})"
            " ÷ ({target} − {baseline}) = {attainment}；"
        ),
        (
            "target date {end} has come; attainment = ({actual} - {baseline})"
            " / ({target} - {baseline}) = {attainment}; "
        ),
    ),
    ProgressRule.LEVEL: (
        "維持する値からのずれ = {deviation}；順調は {kept} 以内、遅れは {nearly_kept} 以内",
        (
            "off the level by {deviation}; on track within {kept}, delayed within"
            " {nearly_kept}"
        ),
    ),
    ProgressRule.LEVEL_AT_END: (
        (
            "維持する値からのずれ = {deviation}；達成は {kept} 以内、"
            "概ね達成は {nearly_kept} 以内"
        ),
        (
            "off the level by {deviation}; achieved within {kept}, nearly within"
            " {nearly_kept}"
        ),
    ),
}
_WORSE = ("実績値 {actual} は {floor} より悪い", "{actual} is worse than {floor}")
_NOT_WORSE = (
    "実績値 {actual} は {floor} より悪くない",
    "{actual} is not worse than {floor}",
)
_RANGES = {
    (ProgressRule.LITTLE_EXPECTED, Grade.REGRESSED): _WORSE,
    (ProgressRule.LITTLE_EXPECTED, Grade.NOT_DUE): _NOT_WORSE,
    (ProgressRule.FLAT_PATH, Grade.REGRESSED): _WORSE,
    (ProgressRule.FLAT_PATH, Grade.NOT_DUE): _NOT_WORSE,
    (ProgressRule.ATTAINMENT, Grade.REGRESSED): ("達成度 < 0", "below 0"),
    (ProgressRule.ATTAINMENT, Grade.SERIOUSLY_DELAYED): (
        "0 ≦ 達成度 < {delayed_from}",
        "from 0, below {delayed_from}",
    ),
    (ProgressRule.ATTAINMENT, Grade.DELAYED): (
        "{delayed_from} ≦ 達成度 < {on_track_from}",
        "from {delayed_from}, below {on_track_from}",
    ),
    (ProgressRule.ATTAINMENT, Grade.ON_TRACK): (
        "{on_track_from} ≦ 達成度 < {ahead_from}",
        "from {on_track_from}, below {ahead_from}",
    ),
    (ProgressRule.ATTAINMENT, Grade.AHEAD): (
        "達成度 ≧ {ahead_from}",
        "from {ahead_from}",
    ),
    (ProgressRule.TARGET_DATE, Grade.REGRESSED): (
        "基準値より悪い",
        "worse than the baseline",
    ),
    (ProgressRule.TARGET_DATE, Grade.MISSED): (
        "0 ≦ 達成度 < {nearly_from}",
        "from 0, below {nearly_from}",
    ),
    (ProgressRule.TARGET_DATE, Grade.NEARLY): (
        "達成度 ≧ {nearly_from}",
        "from {nearly_from}",
    ),
}


def _templates(result: Progress) -> tuple[str, str]:
    ja, en = _RULES[result.rule]
    range_ja, range_en = _RANGES.get((result.rule, result.grade), ("", ""))
    return ja + range_ja, en + range_en


def _facts(
    indicator: Indicator,
    number: Fraction | None,
    as_of: dt.date,
    thresholds: ProgressThresholds,
    result: Progress,
) -> Mapping[str, str]:
    value, level = number or Fraction(), level_of(indicator) or Fraction()
    baseline = indicator.baseline or DatedValue()
    target = indicator.target or DatedValue()
    return {
        **_path(course_of(indicator), as_of),
        "actual": _text(number),
        "start": str(baseline.date),
        "end": str(target.date),
        "baseline": _text(exact(baseline.value)),
        "target": _text(exact(target.value)),
        "expected": _text(exact(result.expected)),
        "attainment": _text(exact(result.attainment)),
        "deviation": _text(deviation(level, value, indicator.maintain)),
        "kept": _text(Fraction(thresholds.kept_within) * abs(level)),
        "nearly_kept": _text(Fraction(thresholds.nearly_kept_within) * abs(level)),
        **{k: str(v) for k, v in attrs.asdict(thresholds).items()},
    }


def _path(course: Course | None, day: dt.date) -> Mapping[str, str]:
    if course is None:
        return {}
    expected = course.expected(day)
    due = course.gain(expected)
    path, path_en = _formula(course, day, _text(expected))
    return {
        "path": path,
        "path_en": path_en,
        "due": _text(due / course.whole if course.whole else None),
        "floor": _text(expected if due < 0 else course.start.value),
    }


def _formula(course: Course, day: dt.date, expected: str) -> tuple[str, str]:
    before, after = course.around(day)
    if before is after or course.interpolation is Interpolation.STEP:
        return (
            f"期待値 = {before.date} の値 {expected}",
            f"expected = {expected}, the value of {before.date}",
        )
    low, high = _text(before.value), _text(after.value)
    passed = f"{(day - before.date).days:,}"
    whole = f"{(after.date - before.date).days:,}"
    return (
        f"期待値 = {low} + ({high} − {low}) × {passed}日 ÷ {whole}日 = {expected}",
        (
            f"expected = {low} + ({high} - {low}) * {passed} days / {whole} days"
            f" = {expected}"
        ),
    )


def _text(number: Fraction | None) -> str:
    return "-" if number is None else f"{shown(decimal_of(number)):,f}"
