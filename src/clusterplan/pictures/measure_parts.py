"""The parts of a page that tell of one measure: its grade, numbers, causes, response."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal

from ..core.grades import Grade
from ..core.report_grades import IndicatorGrade, MeasureGrade, MilestoneGrade
from ..core.reports import Cause, ReportRow, ResponseKind
from ..core.services.picturing import (
    PicturedIndicator,
    PicturedMeasure,
    PicturedMilestone,
)
from .chart import chart
from .markup import Child, Markup, element
from .words import Words, number, percent

Categories = Mapping[str, tuple[str, str]]
"""Names of the categories of causes in Japanese and English, by key."""
_GOOD = frozenset({Grade.ON_TRACK, Grade.AHEAD, Grade.ACHIEVED, Grade.NEARLY})


def grade_mark(
    graded: MeasureGrade | IndicatorGrade | MilestoneGrade | None, words: Words
) -> Markup:
    """Return a grade with a sign that needs no colour."""
    if graded is None:
        return element("span", words("未判定", "not graded yet"), class_="grade open")
    name = words.grade(graded.grade)
    if graded.is_poor:
        return element("span", f"▼ {name}", class_="grade poor")
    if graded.grade in _GOOD:
        return element("span", f"● {name}", class_="grade good")
    return element("span", f"○ {name}", class_="grade open")


def headline(pictured: PicturedMeasure, words: Words) -> Markup:
    """Return the grade of a measure, or why it has none."""
    if pictured.grade is None and pictured.has_ended:
        ended = words("改訂で終了", "ended by a revision")
        return element("span", ended, class_="grade open")
    return grade_mark(pictured.grade, words)


def measure_part(
    pictured: PicturedMeasure, words: Words, categories: Categories
) -> Markup:
    """Return what is told of a measure."""
    measure, row = pictured.measure, pictured.row
    title = words.title(measure.title, measure.title_en)
    is_poor = pictured.grade is not None and pictured.grade.is_poor
    return element(
        "article",
        element(
            "div",
            element("h2", f"{measure.id}　{title}"),
            headline(pictured, words),
            class_="head",
        ),
        *_answers(pictured, words),
        *(_indicator(each, words) for each in pictured.indicators),
        _milestones(pictured, words),
        *_causes(row, words, categories),
        *_response(row, words),
        class_="poor" if is_poor else None,
    )


def _answers(pictured: PicturedMeasure, words: Words) -> Iterator[Markup]:
    answers, row = pictured.measure.five_w1h, pictured.row
    deadline = words.deadline(answers.deadline) if answers.deadline else ""
    if deadline:
        yield element("p", words("期限：", "Deadline: "), deadline, class_="by")
    if row.editions:
        told = f"{words('対象の版：', 'Editions: ')}{', '.join(row.editions)}"
        yield element("p", told, class_="by")
    if row.text:
        yield element("p", row.text, class_="told")
    if row.no_number_reason:
        told = words("数値がない理由：", "Why there is no number: ")
        yield element("p", told, row.no_number_reason, class_="told")


def _indicator(pictured: PicturedIndicator, words: Words) -> Markup:
    indicator = pictured.indicator
    title = words.title(indicator.title, indicator.title_en)
    unit = indicator.unit or ""
    in_unit = words(f"（{unit}）", f" ({unit})") if unit else ""
    return element(
        "div",
        element(
            "h3",
            f"{indicator.id}　{title}{in_unit}　",
            grade_mark(pictured.grade, words) if pictured.grade else None,
        ),
        chart(pictured, words)
        or element(
            "p",
            words(
                "基準値・目標値がないため推移を描けません",
                "There is no course: baseline and target are missing.",
            ),
            class_="note",
        ),
        element("table", *_numbers(pictured, words)),
        class_="indicator",
    )


def _numbers(pictured: PicturedIndicator, words: Words) -> Iterator[Markup]:
    baseline, target = pictured.indicator.baseline, pictured.indicator.target
    observed, grade = pictured.observed, pictured.grade
    if baseline and baseline.value is not None:
        yield _line(words("基準値", "Baseline"), baseline.value, baseline.date)
    if pictured.expected is not None:
        yield _line(words("期待値", "Expected"), pictured.expected, pictured.as_of)
    yield _line(words("実績値", "Actual"), pictured.actual, pictured.as_of)
    if target and target.value is not None:
        yield _line(words("目標値", "Target"), target.value, target.date)
    if grade and grade.attainment is not None:
        yield _share(words("達成度", "Attainment"), grade.attainment)
    if grade and grade.completion is not None:
        yield _share(words("達成率", "Completion"), grade.completion)
    for label, text in (
        (words("値がない理由", "Why no value"), observed and observed.missing_reason),
        (words("訂正理由", "Corrected because"), observed and observed.corrects),
        (words("説明", "Comment"), observed and observed.comment),
    ):
        if text:
            yield _row(element("th", label), element("td", text, colspan=2))


def _line(label: str, value: Decimal | None, day: dt.date | None) -> Markup:
    shown = "-" if value is None else number(value)
    return _row(
        element("th", label),
        element("td", shown, class_="number"),
        element("td", day.isoformat() if day else ""),
    )


def _share(label: str, share: Decimal) -> Markup:
    told = element("td", percent(share), class_="number", colspan=2)
    return _row(element("th", label), told)


def _row(*cells: Child) -> Markup:
    return element("tr", *cells)


def _milestones(pictured: PicturedMeasure, words: Words) -> Markup | None:
    if not pictured.milestones:
        return None
    headings = words(
        "マイルストーン|期日|完了日・見込み|区分",
        "Milestone|Due|Done or expected|Grade",
    ).split("|")
    return element(
        "table",
        element("tr", *(element("th", heading) for heading in headings)),
        *(_milestone(each, words) for each in pictured.milestones),
    )


def _milestone(pictured: PicturedMilestone, words: Words) -> Markup:
    milestone, note = pictured.milestone, pictured.note
    went = ""
    if note and note.done_on:
        went = words(f"{note.done_on} 完了", f"done {note.done_on}")
    elif note and note.expected_on:
        went = words(f"{note.expected_on} 見込み", f"expected {note.expected_on}")
    return _row(
        element("td", f"{milestone.id}　{milestone.text}"),
        element("td", milestone.date.isoformat()),
        element("td", went),
        element("td", grade_mark(pictured.grade, words)),
    )


def _causes(row: ReportRow, words: Words, categories: Categories) -> Iterator[Markup]:
    if row.causes:
        yield element("h3", words("原因", "Causes"))
        yield element("ul", *(_cause(each, words, categories) for each in row.causes))


def _cause(cause: Cause, words: Words, categories: Categories) -> Markup:
    outside = words("外部要因", "external") if cause.external else None
    key = cause.category.value if cause.category else None
    name = words(*categories.get(key, (key, key))) if key else None
    sort = words("・", ", ").join(filter(None, (name, outside)))
    evidence = words("、", "; ").join(cause.evidence)
    return element(
        "li",
        element("strong", words(f"［{sort}］", f"[{sort}] ")) if sort else None,
        cause.text,
        words(f"（根拠：{evidence}）", f" (evidence: {evidence})")
        if evidence
        else None,
    )


def _response(row: ReportRow, words: Words) -> Iterator[Markup]:
    if row.response is None:
        return
    kind = (
        words("計画を改訂する", "Revise the plan")
        if row.response.kind is ResponseKind.REVISE
        else words("改訂せず様子を見る", "Leave as it is")
    )
    reason = f"{words('：', ': ')}{row.response.reason}" if row.response.reason else ""
    yield element("h3", words("対応", "Response"))
    yield element("p", element("strong", kind), reason, class_="told")
