"""Texts stay texts, nobody else is asked, and failures can be put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from browser.screen import Screen
from browser.showcase import HOSTILE, MACHINE_PARTS, PAYLOAD, SHOWN

if TYPE_CHECKING:
    from playwright.sync_api import Route

pytestmark = pytest.mark.browser


def test_hostile_texts_stay_texts(screen: Screen) -> None:
    """Nothing of them becomes an element, and nothing of them runs."""
    screen.open(f"?plan={HOSTILE}")
    screen.wait_for_detail(PAYLOAD)
    assert PAYLOAD in screen.page.inner_text(screen.row(HOSTILE))
    for summary in screen.page.locator("#detail summary").all():
        summary.click()
    assert screen.page.inner_text("#detail").count(PAYLOAD) > 10
    screen.page.hover(screen.mark(HOSTILE))
    screen.wait("document.querySelector('#map .tip')")
    assert PAYLOAD in screen.page.inner_text("#map .tip")
    screen.page.click("#language")
    screen.wait_for_detail(PAYLOAD)
    assert screen.page.locator("#detail a[href^=javascript]").count() == 0
    assert screen.page.locator("body img, body script").count() == 0
    assert screen.page.evaluate("window.attacked") is None


def test_a_hostile_address_stays_text(screen: Screen) -> None:
    """What the address says is shown, never run."""
    screen.page.goto(f"{screen.base}/?q={PAYLOAD}&field={PAYLOAD}")
    screen.wait_until_drawn()
    assert screen.page.input_value("#filter-text") == PAYLOAD
    assert screen.page.locator("body img, body script").count() == 0
    assert screen.page.evaluate("window.attacked") is None


def test_an_api_that_fails_can_be_asked_again(screen: Screen) -> None:
    """The page says what is wrong, and the button loads everything."""
    screen.page.route("**/graphql", lambda route: route.abort())
    screen.page.goto(f"{screen.base}/")
    screen.wait("document.querySelector('#status[data-kind=error]')")
    assert screen.texts("#status span")[0].startswith("サーバーに接続できませんでした")
    assert screen.page.get_attribute("#status", "role") == "alert"
    screen.page.unroute("**/graphql")
    screen.page.click("#status button")
    screen.wait_for_rows(SHOWN)
    screen.wait("document.querySelector('#status').hidden")
    assert set(screen.complaints) == {"Failed to load resource: net::ERR_FAILED"}
    screen.complaints.clear()


def test_a_plan_that_fails_to_load_can_be_asked_again(screen: Screen) -> None:
    """The panel says so; map and table stay as they are."""

    def refuse(route: Route) -> None:
        if "query Plan(" in (route.request.post_data or ""):
            route.fulfill(status=503, body="no")
        else:
            route.continue_()

    screen.open()
    screen.page.route("**/graphql", refuse)
    screen.page.click(f"{screen.row(MACHINE_PARTS)} a")
    screen.wait("document.querySelector('#detail button:not(.close)')")
    assert "HTTP 503" in screen.page.inner_text("#detail-title")
    screen.page.unroute("**/graphql")
    screen.page.click("#detail button:not(.close)")
    screen.wait_for_detail("架空精密部品地域産業クラスター計画")
    assert screen.rows() == SHOWN
    assert len(screen.complaints) == 1
    screen.complaints.clear()


def test_missing_boundaries_leave_marks_and_table(screen: Screen) -> None:
    """A notice says what is missing."""
    screen.page.route("**/*.topojson", lambda route: route.fulfill(status=500))
    screen.open()
    screen.wait_for_rows(SHOWN)
    assert screen.texts("#status span")[0].startswith(
        "市区町村界を読み込めませんでした"
    )
    assert screen.marks() > 0
    assert len(screen.complaints) == 1
    screen.complaints.clear()


def test_all_files_of_the_page_come_from_its_server(screen: Screen) -> None:
    """The page asks for its parts, the boundaries and the API, and nobody else."""
    screen.open()
    names = {address.removeprefix(screen.base) for address in screen.asked}
    assert {
        "/",
        "/static/leaflet/leaflet.js",
        "/static/map/main.js",
        "/static/boundaries.topojson",
        "/graphql",
    } <= names
    assert screen.strangers() == []
