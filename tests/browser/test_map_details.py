"""Row, mark and detail panel are in step, by mouse and by keyboard."""

from __future__ import annotations

import json

import pytest

from browser.screen import Screen
from browser.showcase import ADACHI, SEMICONDUCTOR, TOKYO

pytestmark = pytest.mark.browser

TITLE = "足立区地域産業活性化計画"
SETAGAYA = "tokyo-setagaya-r3"
TOKYO_ONLY = "?types=local_revitalization_plan"


def assert_in_step(screen: Screen, plan_id: str) -> None:
    """Wait until row, mark and address tell that the plan is chosen."""
    screen.wait(f'document.querySelector("{screen.row(plan_id)}[aria-current]")')
    screen.wait(f'document.querySelector("{screen.mark(plan_id)}.is-selected")')
    assert f"plan={plan_id}" in screen.page.url
    others = TOKYO - {plan_id}
    for other in others:
        row = screen.page.locator(screen.row(other))
        assert row.get_attribute("aria-current") is None


def is_focused(selector: str) -> str:
    """Return an expression that tells whether the focus is there."""
    return f"document.activeElement.matches({json.dumps(selector)})"


def test_a_row_opens_mark_and_details(screen: Screen) -> None:
    """A click anywhere in the row does."""
    screen.open(TOKYO_ONLY)
    screen.page.click(f"{screen.row(ADACHI)} td.period")
    screen.wait_for_detail(TITLE)
    assert_in_step(screen, ADACHI)


def test_a_mark_opens_row_and_details(screen: Screen) -> None:
    """Another mark takes the place of the first."""
    screen.open(f"{TOKYO_ONLY}&plan={ADACHI}")
    assert_in_step(screen, ADACHI)
    screen.page.click(screen.mark(SETAGAYA))
    screen.wait_for_detail("世田谷区地域産業活性化計画")
    assert_in_step(screen, SETAGAYA)


def test_pointing_at_a_row_lifts_the_mark_and_back(screen: Screen) -> None:
    """Both ways, before anything is chosen."""
    screen.open(TOKYO_ONLY)
    screen.page.hover(screen.row(ADACHI))
    screen.wait(f'document.querySelector("{screen.mark(ADACHI)}.is-active")')
    screen.page.hover(screen.mark(SETAGAYA))
    screen.wait(f'document.querySelector("{screen.row(SETAGAYA)}.is-active")')
    screen.wait(f'!document.querySelector("{screen.mark(ADACHI)}.is-active")')


def test_the_keyboard_alone_opens_and_closes_a_plan(screen: Screen) -> None:
    """Enter on a row opens it, Escape closes it and goes back to the row."""
    screen.open(TOKYO_ONLY)
    screen.page.focus(f"{screen.row(ADACHI)} a")
    screen.page.keyboard.press("Enter")
    screen.wait_for_detail(TITLE)
    screen.wait(is_focused("#detail"))
    assert_in_step(screen, ADACHI)
    screen.page.keyboard.press("Escape")
    screen.wait("document.querySelector('#detail').hidden")
    screen.wait(is_focused(f"{screen.row(ADACHI)} a"))
    assert "plan=" not in screen.page.url


def test_the_keyboard_reaches_marks(screen: Screen) -> None:
    """A mark can be focused, says what it is, and opens on Enter."""
    screen.open(TOKYO_ONLY)
    screen.page.focus(screen.mark(ADACHI))
    label = screen.page.get_attribute(screen.mark(ADACHI), "aria-label") or ""
    assert label.startswith(f"{TITLE}、地域産業活性化計画 · 計画 · 終了")
    screen.page.keyboard.press("Enter")
    screen.wait_for_detail(TITLE)
    assert_in_step(screen, ADACHI)


def test_the_plan_of_adachi_is_shown_in_full(screen: Screen) -> None:
    """Four pillars with their projects, and every assumed day is marked."""
    screen.open(f"?plan={ADACHI}")
    screen.wait_for_detail(TITLE)
    outline = "#detail section:has(> h3:text-is('計画の内容'))"
    assert screen.texts(f"{outline} h4") == [
        "1 販路拡大支援",
        "2 起業・創業の促進",
        "3 事業者の経営力強化",
        "4 人材活用支援",
    ]
    assert "起業家育成事業" in screen.page.inner_text(outline)
    told = screen.ask(f'{{ plan(id: "{ADACHI}") {{ detailsOutline {{ items }} }} }}')
    items = [one for part in told["plan"]["detailsOutline"] for one in part["items"]]
    assert screen.texts(f"{outline} li") == items
    assert screen.texts("#detail .history li time") == [
        "2021年3月1日（推定）",
        "2021年3月31日（推定）",
        "2021年4月1日",
        "2024年4月1日",
    ]
    facts = screen.texts("#detail .facts > div")
    assert "公表日\n2021年3月1日（推定）" in facts
    assert "状態の開始日\n2024年4月1日" in facts
    assert "令和3年度～令和5年度" in facts[0]
    assert "東京都「承認した地域産業活性化計画の概要」" in screen.page.inner_text(
        "#detail"
    )


def test_measures_indicators_and_investments_are_shown(screen: Screen) -> None:
    """Each measure tells 5W1H; amounts are in yen, short and exact."""
    screen.open(f"?plan={SEMICONDUCTOR}")
    screen.page.click("#detail .measure summary:text-is('工場前バイパスの整備')")
    answers = screen.texts("#detail .measure[open] dl > div")
    assert [answer.split("\n")[0] for answer in answers] == [
        "施策の意義",
        "中身",
        "期限",
        "担当部署",
        "進め方",
    ]
    assert answers[2].split("\n")[1:] == [
        "2029年3月31日",
        "2027年3月31日 設計完了",
        "2028年3月31日 用地取得完了",
    ]
    assert answers[3].endswith("熊本県 土木部 道路整備課")
    tables = screen.page.locator("#detail table.small")
    figures = " ".join(tables.nth(0).inner_text().split())
    assert "製造品出荷額等 12,000 億円 2025年3月31日 15,000 億円" in figures
    money = " ".join(tables.nth(1).inner_text().split())
    assert money.endswith(
        "架空先端パッケージ新工場起点投資 1,000億円 100,000,000,000円"
    )
    assert "公表日\n2026年6月1日（推定）" in screen.texts("#detail .facts > div")


def test_the_page_speaks_english(screen: Screen) -> None:
    """Words, dates, periods, amounts and states; the address remembers it."""
    screen.open(f"?plan={SEMICONDUCTOR}")
    screen.page.click("#language")
    screen.wait_for_detail("Fictional semiconductor strategic cluster plan")
    assert "lang=en" in screen.page.url
    assert screen.page.get_attribute("html", "lang") == "en"
    assert screen.texts("h1") == ["Investment map"]
    assert "JPY 102 bn" in screen.page.inner_text("#totals")
    assert screen.texts("#detail .history li time") == [
        "1 June 2026 (assumed)",
    ]
    assert screen.texts("#detail .history li span") == ["In force"]
    facts = screen.texts("#detail .facts > div")
    assert "Period\nFY2026–FY2030" in facts
    assert "Status\nIn force" in facts
    hint = screen.page.get_attribute("#filter-text", "placeholder")
    assert hint == "Plan or area name"
    assert screen.texts("#detail .fictional") == ["Fictional"]
    screen.page.click("#language")
    screen.wait_for_detail("架空半導体戦略産業クラスター計画")
    assert "lang=" not in screen.page.url


def test_a_telephone_needs_no_sideways_scrolling(screen: Screen) -> None:
    """Neither with a plan open nor with the filters."""
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.open()
    assert screen.overflow() == 0
    screen.page.click("#filters-toggle")
    assert screen.page.is_visible("#filter-text")
    assert screen.overflow() == 0
    screen.page.click(f"{screen.row(SEMICONDUCTOR)} a")
    screen.wait_for_detail("架空半導体戦略産業クラスター計画")
    screen.page.evaluate(
        "document.querySelectorAll('#detail details').forEach((one) => one.open = true)"
    )
    assert screen.overflow() == 0
