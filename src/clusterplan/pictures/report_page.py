"""A progress report as one page: to be shown in any browser, and to be printed.

The page is a single file. It has no script, asks nobody for anything, and says so to the
browser; every text that somebody wrote is escaped.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import resources

from ..core.offices import office_name
from ..core.reports import REPORT
from ..core.services.picturing import PicturedMeasure, ReportPicture
from .markup import Markup, element, joined
from .measure_parts import headline, measure_part
from .thresholds_part import thresholds_text
from .words import Words

_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""What browsers are told: load nothing, run nothing."""


def report_page(
    picture: ReportPicture, language: str, categories: Mapping[str, tuple[str, str]]
) -> str:
    """Return the page of a report.

    Args:
        picture: The report, as whoever gets the page may see it.
        language: `ja` or `en`.
        categories: Names of the categories of causes in Japanese and English, by key.
    """
    words = Words(language)
    title = words.title(picture.plan.title, picture.plan.title_en)
    period = words.period(picture.report.id)
    style = resources.files(__package__).joinpath("report_page.css")
    head = element(
        "head",
        element("meta", charset="utf-8"),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}"/>'),
        element("meta", name="viewport", content="width=device-width"),
        element("title", f"{title} {words('進捗報告', 'Progress report')} {period}"),
        Markup(f"<style>{style.read_text(encoding='utf-8')}</style>"),
    )
    body = element(
        "body",
        element("header", *_header(picture, title, words)),
        element("section", *_summary(picture, words), class_="summary"),
        _legend(words),
        *(measure_part(each, words, categories) for each in picture.measures),
        element("footer", *_footer(picture, words)),
    )
    return f"<!DOCTYPE html>\n{element('html', head, body, lang=language).text}\n"


def _header(picture: ReportPicture, title: str, words: Words) -> Iterator[Markup]:
    kind = picture.plan_type
    name = words.title(kind.title, kind.title_en) if kind else picture.plan.plan_type
    badges = [
        element("span", text, class_="badge")
        for text, told in (
            (words("架空", "Fictional"), picture.plan.fictional),
            (words("未公開", "Not public"), not picture.case.public),
        )
        if told
    ]
    heading = words(f"進捗報告　{name}", f"Progress report - {name}")
    yield element("div", heading, *badges, class_="kind")
    yield element("h1", title)
    yield element("p", *_period(picture, words), class_="period")
    facts = [
        part
        for label, value in _facts(picture, words)
        if value
        for part in (element("dt", label), element("dd", value))
    ]
    yield element("dl", *facts, class_="facts")


def _period(picture: ReportPicture, words: Words) -> Iterator[Markup | str]:
    report = picture.report
    first, last = words.day(report.period_start), words.day(report.period_end)
    yield element("strong", words.period(report.id))
    yield words(f"（{first}～{last}）", f" ({first} to {last})")
    if report.is_final:
        yield words("最終報告", ", final report")


def _facts(picture: ReportPicture, words: Words) -> Iterator[tuple[str, str | None]]:
    report, plan = picture.report, picture.plan
    lead = office_name(plan.lead) if plan.lead else None
    yield words("策定主体", "Lead body"), words(lead.ja, lead.en) if lead else None
    yield words("計画の版", "Edition"), report.edition
    period = plan.period
    years = words(period.label, f"{period.start} to {period.end}") if period else None
    yield words("計画期間", "Plan period"), years
    state = REPORT.lifecycle.state(picture.case.state)
    yield words("報告の状態", "State"), words(state.title, state.title_en)
    by = office_name(report.submitted_by) if report.submitted_by else None
    on = words.day(report.submitted_on) if report.submitted_on else ""
    went_in = f"{on}{words('　', ', ')}{words(by.ja, by.en)}" if by else on
    yield words("提出", "Submitted"), went_in
    corrected = words.day(report.corrected_on) if report.corrected_on else None
    yield words("訂正", "Corrected"), corrected
    yield words("差戻しの理由", "Sent back because"), report.sent_back_reason


def _summary(picture: ReportPicture, words: Words) -> Iterator[Markup]:
    found = picture.progress
    if found is None:
        told = words(
            "区分はまだありません（提出のときに判定します）",
            "There are no grades yet; they are worked out when the report goes in.",
        )
        yield element("p", told)
    else:
        told = words(
            f"指標{found.poor.total}件のうち、芳しくないもの{found.poor.poor}件：",
            f"{found.poor.poor} of {found.poor.total} indicators are poor: ",
        )
        counts = words("、", ", ").join(
            f"{words.grade(c.grade)} {c.count}" for c in found.counts
        )
        yield element("p", element("strong", told), counts)
    headings = words("施策ID 施策名 区分", "Id Measure Grade").split(" ")
    yield element(
        "table",
        element(
            "thead", element("tr", *(element("th", heading) for heading in headings))
        ),
        element(
            "tbody",
            *(
                element(
                    "tr",
                    element("td", each.measure.id),
                    element("td", _title(each, words)),
                    element("td", headline(each, words)),
                )
                for each in picture.measures
            ),
        ),
    )


def _title(pictured: PicturedMeasure, words: Words) -> str:
    return words.title(pictured.measure.title, pictured.measure.title_en)


def _legend(words: Words) -> Markup:
    """Return what the marks of the charts stand for."""
    line = {"x1": 0, "x2": 26, "y1": 6, "y2": 6}
    marks = (
        (
            words(
                "期待される推移（基準値から目標値まで）", "expected, from the baseline"
            ),
            (element("line", class_="expected", **line),),
        ),
        (
            words("基準値・中間目標", "baseline, milestone"),
            (element("circle", class_="planned", cx=13, cy=6, r=3.5),),
        ),
        (
            words("目標値", "target"),
            (element("polygon", class_="target", points="13,1 18,6 13,11 8,6"),),
        ),
        (
            words("実績値", "actual"),
            (
                element("line", class_="actual", **line),
                element("circle", class_="actual-point", cx=13, cy=6, r=4),
            ),
        ),
        (
            words("基準日の期待値", "expected by the day of the report"),
            (element("path", class_="held-against", d="M9,2L17,10M9,10L17,2"),),
        ),
    )
    return element(
        "p",
        *(
            element("span", element("svg", *drawn, viewBox="0 0 26 12"), text)
            for text, drawn in marks
        ),
        class_="legend",
    )


def _footer(picture: ReportPicture, words: Words) -> Iterator[Markup]:
    yield element("p", thresholds_text(picture.report.thresholds, words))
    yield element(
        "p",
        words(
            "区分は施策ごとの状況を示すもので、一期の報告だけで計画全体を評価するものではありません。",
            "Grades show how measures go; no plan is judged by a single period.",
        ),
    )
    made = joined(
        (
            words("計画ID ", "Plan "),
            picture.plan.id,
            words("　報告 ", ", report "),
            picture.report.id,
            words(f"　版数 {picture.case.version}　", f" v{picture.case.version}, "),
            words(
                f"{words.day(picture.drawn_on)} 出力", f"printed on {picture.drawn_on}"
            ),
        )
    )
    yield element("p", made)
