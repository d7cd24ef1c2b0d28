"""A slider goes through time in halves of fiscal years."""

from __future__ import annotations

import pytest

from browser.screen import Screen
from browser.showcase import HOSTILE, MACHINE_PARTS, SHOWN, SPECTACLES, TOKYO

pytestmark = pytest.mark.browser

RANGE, TEXT = "#timeline-range", "#timeline-text"
NOW = "令和8年度下期（2026年11月21日、現在）"


def test_the_slider_goes_from_the_first_public_plan_to_today(screen: Screen) -> None:
    """Each position is the last day of a half, and the last one is today."""
    screen.open()
    assert screen.texts(TEXT) == [NOW]
    assert screen.page.get_attribute(RANGE, "aria-valuetext") == NOW
    assert screen.page.is_disabled("#timeline-on")
    screen.page.focus(RANGE)
    screen.page.keyboard.press("Home")
    screen.wait_for_rows(TOKYO)
    first = "令和2年度下期（2021年3月31日時点）"
    assert screen.texts(TEXT) == [first]
    assert screen.page.get_attribute(RANGE, "aria-valuetext") == first
    assert screen.page.input_value("#filter-as-of") == "2021-03-31"
    assert screen.page.is_disabled("#timeline-back")
    screen.page.keyboard.press("End")
    screen.wait_for_rows(SHOWN)
    assert "asOf" not in screen.page.url


def test_progress_is_shown_as_it_was_known_then(screen: Screen) -> None:
    """A report that came in later tells nothing of the half before."""
    screen.open()
    screen.page.focus(RANGE)
    screen.page.keyboard.press("ArrowLeft")
    screen.wait("document.querySelector('#totals').innerText.includes('2026年9月30日')")
    screen.wait_for_rows(SHOWN)
    assert screen.texts(TEXT) == ["令和8年度上期（2026年9月30日時点）"]
    for plan_id in (MACHINE_PARTS, HOSTILE):
        assert screen.page.locator(f"{screen.row(plan_id)} .grade").count() == 0
    assert screen.texts(f"{screen.row(SPECTACLES)} .grade") == ["順調"]
    for kind in ("geojson", "csv"):
        address = screen.page.get_attribute(f"#{kind}", "href")
        assert address == f"exports/{kind}?asOf=2026-09-30"


def test_the_back_button_undoes_a_move_in_time(screen: Screen) -> None:
    """By the buttons beside the slider as well as on the slider."""
    screen.open()
    screen.page.click("#timeline-back")
    screen.wait("location.search === '?asOf=2026-09-30'")
    screen.page.click("#timeline-back")
    screen.wait_for_rows({*TOKYO, SPECTACLES})
    assert screen.texts(TEXT) == ["令和7年度下期（2026年3月31日時点）"]
    screen.page.go_back()
    screen.wait_for_rows(SHOWN)
    assert screen.texts(TEXT) == ["令和8年度上期（2026年9月30日時点）"]
    screen.page.click("#timeline-on")
    screen.wait("location.search === ''")
    screen.wait(f"document.querySelector('{TEXT}').textContent === '{NOW}'")


def test_any_date_can_be_shared(screen: Screen) -> None:
    """The slider stands at its half, and the text tells the day itself."""
    screen.open("?asOf=2025-12-15&grades=ON_TRACK&lang=en")
    assert screen.rows() == {SPECTACLES}
    assert screen.texts(TEXT) == ["FY2025 H2 (as of 15 December 2025)"]
    highest = int(screen.page.get_attribute(RANGE, "max") or 0)
    assert int(screen.page.input_value(RANGE)) == highest - 2
    screen.page.reload()
    screen.wait_until_drawn()
    assert screen.rows() == {SPECTACLES}
    screen.page.fill("#filter-as-of", "2019-05-01")
    screen.wait(
        "document.querySelectorAll('#plans-table tr[data-plan-id]').length === 0"
    )
    assert screen.texts(TEXT) == ["FY2019 H1 (as of 1 May 2019)"]
    screen.page.click("#language")
    screen.wait(
        f"document.querySelector('{TEXT}').textContent.startsWith('令和元年度上期')"
    )


def test_every_control_has_a_name(screen: Screen) -> None:
    """In the order of the page, and none of them needs a mouse."""
    screen.open(f"?plan={MACHINE_PARTS}")
    nameless = screen.page.evaluate(
        "[...document.querySelectorAll('input, select, button, a, summary')]"
        ".filter((one) => !(one.labels?.length || one.ariaLabel || one.textContent.trim()))"
        ".map((one) => one.outerHTML)"
    )
    assert nameless == []
    assert (
        screen.page.locator("[tabindex]:not([tabindex='-1'], #map *, #map)").count()
        == 0
    )


@pytest.mark.parametrize("language", ["ja", "en"])
def test_slider_and_grades_fit_a_telephone(screen: Screen, language: str) -> None:
    """The slider is there without opening the filters; nothing sticks out."""
    screen.page.set_viewport_size({"width": 390, "height": 844})
    screen.open(f"?lang={language}&plan={MACHINE_PARTS}")
    assert screen.page.is_visible(RANGE)
    assert screen.overflow() == 0
    screen.page.click("#filters-toggle")
    screen.page.click("#filter-grades summary")
    assert screen.page.is_visible("#filter-grades [value=ACHIEVED]")
    assert screen.overflow() == 0
    box = screen.page.locator(RANGE).bounding_box()
    assert box
    assert box["width"] > 200
