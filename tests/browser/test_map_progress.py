"""Every plan tells how far it is, in words and signs, on the map and beside it."""

from __future__ import annotations

import csv
import io
import urllib.request

import pytest

from browser.reporting import REASON
from browser.screen import Screen
from browser.showcase import (
    ADACHI,
    CAUSE,
    HOSTILE,
    LACQUERWARE,
    MACHINE_PARTS,
    NEW_TITLE,
    SHOWN,
    SPECTACLES,
    SPECTACLES_TITLE,
    TOKYO,
)

pytestmark = pytest.mark.browser

GRADES = (
    "後退",
    "大幅な遅れ",
    "未達成",
    "遅れ",
    "データなし",
    "概ね達成",
    "判定時期前",
    "順調",
    "前倒し",
    "達成",
)
PANEL = "#detail section:has(> h3:text-is('{}'))"
PROGRESS, EDITIONS = PANEL.format("進捗"), PANEL.format("版")


def test_the_grade_is_told_in_row_panel_and_mark(screen: Screen) -> None:
    """With the day that it is as of, and the day of the next report."""
    screen.open(f"?plan={MACHINE_PARTS}")
    cell = f"{screen.row(MACHINE_PARTS)} td.progress"
    assert screen.texts(f"{cell} .grade") == ["遅れ"]
    assert screen.texts(f"{cell} small") == [
        "2026年9月30日時点",
        "次回期限 2027年5月31日",
    ]
    assert screen.texts(f"{PROGRESS} .headline > p .grade") == ["遅れ"]
    facts = screen.texts(f"{PROGRESS} .facts > div")
    assert "報告期間\n令和8年度上期" in facts
    assert "次の報告期限\n2027年5月31日" in facts
    assert "芳しくない指標\n5件中1件" in facts
    screen.wait(f'document.querySelector("{screen.mark(MACHINE_PARTS)}")')
    mark = screen.mark(MACHINE_PARTS)
    label = screen.page.get_attribute(mark, "aria-label") or ""
    assert "進捗 遅れ · 2026年9月30日時点、次回期限 2027年5月31日" in label
    assert screen.page.locator(f"{mark} .corner svg").count() == 1
    screen.page.hover(mark)
    screen.wait("document.querySelector('#map .tip')")
    assert "進捗 遅れ" in screen.page.inner_text("#map .tip")


def test_a_plan_without_a_report_says_so(screen: Screen) -> None:
    """One in force tells when its first report is due; one that ended owes none."""
    screen.open(f"?plan={LACQUERWARE}")
    for plan_id, lines in (
        (LACQUERWARE, ["進捗報告なし", "次回期限 2026年11月30日"]),
        (ADACHI, ["進捗報告なし"]),
    ):
        assert screen.texts(f"{screen.row(plan_id)} td.progress small") == lines
    assert "進捗報告なし" in screen.page.inner_text(PROGRESS)
    assert "2026年11月30日" in screen.page.inner_text(PROGRESS)
    label = screen.page.get_attribute(screen.mark(LACQUERWARE), "aria-label") or ""
    assert "進捗報告なし" in label
    assert screen.page.locator(f"{screen.mark(LACQUERWARE)} .corner").count() == 0


def test_an_old_report_is_pointed_out(screen: Screen) -> None:
    """In row, panel and mark; a fresh one is not."""
    screen.open(f"?plan={SPECTACLES}")
    assert screen.texts(f"{screen.row(SPECTACLES)} .stale") == ["報告が古い"]
    assert screen.texts(f"{PROGRESS} .stale") == ["報告が古い"]
    label = screen.page.get_attribute(screen.mark(SPECTACLES), "aria-label") or ""
    assert "進捗 順調 · 2025年9月30日時点 · 報告が古い" in label
    assert screen.page.locator(f"{screen.row(MACHINE_PARTS)} .stale").count() == 0


def test_poor_measures_tell_cause_and_response(screen: Screen) -> None:
    """They are open from the start; the others open on demand."""
    screen.open(f"?plan={MACHINE_PARTS}")
    titles = screen.texts(f"{PROGRESS} .measures-progress summary")
    assert [" ".join(title.split()) for title in titles] == [
        "遅れ 共同熱処理拠点の整備",
        "前倒し 輸出担い手の育成",
        "順調 医療用部品の設備更新への支援",
        "順調 設備更新の協調融資",
        "順調 工場用地の土地利用調整",
    ]
    opened = f"{PROGRESS} details[open]"
    assert screen.page.locator(opened).count() == 1
    told = " ".join(screen.page.inner_text(opened).split())
    assert f"調達・契約外部要因 {CAUSE}" in told
    assert f"改訂する {REASON}" in told
    assert "精密部品の輸出額 4,520 百万円 64% 遅れ" in told
    screen.page.click(f"{PROGRESS} [data-measure=M-02] summary")
    other = screen.page.inner_text(f"{PROGRESS} [data-measure=M-02]")
    assert "120%" in other
    assert "原因" not in other


def test_a_trend_needs_three_reports(screen: Screen) -> None:
    """Before the third there is none, and no period is a verdict on the plan."""
    screen.open(f"?plan={SPECTACLES}")
    assert "傾向\n横ばい" in screen.texts(f"{PROGRESS} .facts > div")
    assert "計画全体の評価ではありません" in screen.page.inner_text(PROGRESS)
    screen.page.click(f"{screen.row(MACHINE_PARTS)} a")
    screen.wait_for_detail("架空精密部品地域産業クラスター計画")
    assert "傾向\n3回目の報告から示します" in screen.texts(f"{PROGRESS} .facts > div")


def test_editions_tell_what_a_revision_changed(screen: Screen) -> None:
    """The newest first; an older one can be looked at as of its first day."""
    screen.open(f"?plan={SPECTACLES}")
    assert screen.texts(f"{EDITIONS} strong") == ["第2.0版", "第1.0版"]
    newest = screen.page.inner_text(f"{EDITIONS} .editions > li:first-child")
    assert "2026年2月2日" in newest
    assert "契機：令和7年度上期の進捗報告" in newest
    assert f"磨き上げ {NEW_TITLE}：海外からの引き合いが増えたため" in newest
    assert "状態の開始日\n2024年6月1日" in screen.texts("#detail .facts > div")
    screen.page.click(f"{EDITIONS} .editions > li:last-child a")
    screen.wait_until_drawn()
    screen.wait_for_detail(SPECTACLES_TITLE)
    assert "asOf=2024-06-01" in screen.page.url
    assert screen.texts(f"{EDITIONS} strong") == ["第1.0版"]
    assert NEW_TITLE not in screen.page.inner_text("#detail")


def test_grades_are_a_filter_of_map_table_and_downloads(screen: Screen) -> None:
    """By keyboard, too; the choice is in the address, and Escape closes the menu."""
    screen.open()
    screen.page.focus("#filter-grades summary")
    screen.page.keyboard.press("Enter")
    screen.page.focus("#filter-grades [value=DELAYED]")
    screen.page.keyboard.press("Space")
    screen.wait_for_rows({MACHINE_PARTS, HOSTILE})
    assert screen.marks() == 4
    assert "grades=DELAYED" in screen.page.url
    assert screen.texts("#filter-grades-chosen") == ["遅れ"]
    for kind in ("geojson", "csv"):
        address = screen.page.get_attribute(f"#{kind}", "href")
        assert address == f"exports/{kind}?grades=DELAYED"
    screen.page.check("#filter-grades [value=ON_TRACK]")
    screen.wait_for_rows({MACHINE_PARTS, HOSTILE, SPECTACLES})
    screen.page.keyboard.press("Escape")
    screen.wait("!document.querySelector('#filter-grades').open")
    screen.wait("document.activeElement.matches('#filter-grades summary')")
    screen.page.reload()
    screen.wait_until_drawn()
    screen.wait_for_rows({MACHINE_PARTS, HOSTILE, SPECTACLES})
    screen.page.go_back()
    screen.wait_for_rows({MACHINE_PARTS, HOSTILE})


def test_plans_without_a_report_can_be_found(screen: Screen) -> None:
    """They are with those without data, and the number says how many."""
    screen.open()
    without = SHOWN - {MACHINE_PARTS, HOSTILE, SPECTACLES}
    screen.page.click("#filter-grades summary")
    choice = "#filter-grades label:has([value=NO_DATA])"
    assert screen.texts(f"{choice} span") == ["データなし・報告なし", str(len(without))]
    screen.page.check("#filter-grades [value=NO_DATA]")
    screen.wait_for_rows(without)
    screen.page.click("#plans-title")
    screen.wait("!document.querySelector('#filter-grades').open")


def test_each_grade_has_a_word_and_a_sign(screen: Screen) -> None:
    """No two signs are alike without their colours, and each can be seen on white."""
    screen.open()
    screen.page.click(".legend .grades summary")
    assert screen.texts(".legend .grade") == list(GRADES)
    signs = screen.page.evaluate(
        "[...document.querySelectorAll('.legend .grade svg path')]"
        ".map((one) => one.getAttribute('d'))"
    )
    assert len(set(signs)) == len(GRADES)
    fills = screen.page.evaluate(
        "[...document.querySelectorAll('.legend .grade svg > :first-child')]"
        ".map((one) => one.getAttribute('stroke') ?? one.getAttribute('fill'))"
    )
    assert all(_contrast_with_white(fill) > 4.5 for fill in fills)


def test_a_plan_that_the_filters_leave_out_tells_it_all(screen: Screen) -> None:
    """Its panel does not need its mark on the map."""
    screen.open(f"?types=local_revitalization_plan&plan={SPECTACLES}")
    screen.wait_for_rows(TOKYO)
    assert screen.texts(f"{PROGRESS} .stale") == ["報告が古い"]
    assert "次の報告期限\n2026年5月31日" in screen.texts(f"{PROGRESS} .facts > div")


def test_the_table_of_values_holds_what_the_page_shows(screen: Screen) -> None:
    """The link has the filters and the day of the page."""
    screen.open("?grades=DELAYED&asOf=2026-11-21")
    screen.wait_for_rows({MACHINE_PARTS, HOSTILE})
    address = screen.page.get_attribute("#csv", "href")
    assert address == "exports/csv?grades=DELAYED&asOf=2026-11-21"
    with urllib.request.urlopen(f"{screen.base}/{address}") as answer:  # noqa: S310
        rows = list(csv.DictReader(io.StringIO(answer.read().decode("utf-8-sig"))))
    assert {row["plan_id"] for row in rows} == {MACHINE_PARTS, HOSTILE}
    assert {row["grade"].lower() for row in rows} == {"delayed"}
    listed = screen.page.locator("#unlocated li").count()
    assert len(rows) == screen.marks() + listed


def test_progress_is_told_in_english(screen: Screen) -> None:
    """Grades, days, causes and editions."""
    screen.open(f"?lang=en&plan={SPECTACLES}")
    cell = " ".join(
        screen.page.inner_text(f"{screen.row(SPECTACLES)} td.progress").split()
    )
    assert cell == "On track as of 30 Sept 2025 Old report next due 31 May 2026"
    facts = screen.texts("#detail .facts > div")
    assert "Reported period\nFY2025 H1" in facts
    assert "Trend\nSteady" in facts
    assert "Brushed up" in screen.page.inner_text("#detail .editions")
    assert "Occasion: progress report of FY2025 H1" in screen.page.inner_text(
        "#detail .editions"
    )


def _contrast_with_white(colour: str) -> float:
    """Return how well a colour can be told from white, as WCAG defines it."""
    parts = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in parts
    )
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
