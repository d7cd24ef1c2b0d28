"""Filters narrow map and table together, and are kept in the address."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from browser.screen import Screen
from browser.showcase import (
    ADACHI,
    HOSTILE,
    MACHINE_PARTS,
    NEIGHBOURS,
    PLACELESS,
    SEMICONDUCTOR,
    SHOWN,
    TOKYO,
)

pytestmark = pytest.mark.browser


def chosen(screen: Screen) -> dict[str, str]:
    """Return what the address of the page says."""
    query = parse_qs(urlsplit(screen.page.url).query)
    return {name: values[0] for name, values in query.items()}


def test_a_filter_narrows_map_and_table(screen: Screen) -> None:
    """Types add up, the address tells them, and one button clears them."""
    screen.open()
    screen.page.check("#filter-types [value=strategic_cluster]")
    screen.wait_for_rows({SEMICONDUCTOR})
    assert screen.marks() == 2
    screen.page.check("#filter-types [value=local_revitalization_plan]")
    screen.wait_for_rows({SEMICONDUCTOR, *TOKYO})
    assert screen.marks() == 6
    assert chosen(screen) == {"types": "strategic_cluster,local_revitalization_plan"}
    screen.page.click("#filters-reset")
    screen.wait_for_rows(SHOWN)
    assert chosen(screen) == {}


def test_filters_combine(screen: Screen) -> None:
    """A plan is shown that fits them all; the download has the same filters."""
    screen.open()
    screen.page.check("#filter-phases [value=IN_FORCE]")
    screen.page.select_option("#filter-pref", "150002")
    screen.wait_for_rows({MACHINE_PARTS, HOSTILE})
    assert chosen(screen) == {"phases": "IN_FORCE", "pref": "150002"}
    address = screen.page.get_attribute("#geojson", "href")
    assert address == "exports/geojson?phases=IN_FORCE&prefectures=150002"


def test_words_are_looked_up_in_names_of_plans_and_areas(screen: Screen) -> None:
    """The field says so, and finds a plan by its area."""
    screen.open()
    hint = screen.page.get_attribute("#filter-text", "placeholder")
    assert hint == "計画名・地域名から探す"
    screen.page.fill("#filter-text", "輪島市")
    screen.wait_for_rows(NEIGHBOURS)
    assert chosen(screen) == {"q": "輪島市"}


def test_a_field_of_industry_is_a_filter(screen: Screen) -> None:
    """The fields that can be chosen are those of the plans."""
    screen.open()
    screen.page.select_option("#filter-field", "ai_semiconductors")
    screen.wait_for_rows({SEMICONDUCTOR})


def test_reload_and_back_restore_what_was_seen(screen: Screen) -> None:
    """Filters and the open plan survive both."""
    screen.open()
    screen.page.check("#filter-types [value=local_revitalization_plan]")
    screen.wait_for_rows(TOKYO)
    screen.page.click(f"{screen.row(ADACHI)} a")
    screen.wait_for_detail("足立区地域産業活性化計画")
    screen.page.reload()
    screen.wait_until_drawn()
    screen.wait_for_rows(TOKYO)
    screen.wait_for_detail("足立区地域産業活性化計画")
    assert screen.page.is_checked("#filter-types [value=local_revitalization_plan]")
    screen.page.go_back()
    screen.wait("document.querySelector('#detail').hidden")
    screen.page.go_back()
    screen.wait_for_rows(SHOWN)
    assert not screen.page.is_checked("#filter-types [value=local_revitalization_plan]")
    screen.page.go_forward()
    screen.wait_for_rows(TOKYO)


def test_nothing_found_is_said_and_can_be_undone(screen: Screen) -> None:
    """Map and table say it, and a button drops the filters."""
    screen.open("?q=どこにもない言葉")
    assert screen.texts("#status span") == ["条件に合う計画はありません。"]
    assert screen.texts("#plans-table td.empty") == ["条件に合う計画はありません。"]
    assert screen.marks() == 0
    screen.page.click("#status button")
    screen.wait_for_rows(SHOWN)
    screen.wait("document.querySelector('#status').hidden")


def test_nonsense_in_the_address_is_left_out(screen: Screen) -> None:
    """The page opens as if nothing had been asked for."""
    screen.open("?phases=NEVER&pref=99&asOf=soon&lang=xx")
    screen.wait_for_rows(SHOWN)
    assert screen.page.get_attribute("html", "lang") == "ja"


def test_a_plan_type_whose_plugin_is_gone_is_a_filter(
    screen: Screen, server_without_plugins: str
) -> None:
    """Its plans stay in map and table, under the key of the type."""
    screen.base = server_without_plugins
    screen.open(f"?plan={ADACHI}")
    screen.wait_for_rows(SHOWN)
    name = "local_revitalization_plan（プラグインなし）"
    assert name in screen.page.inner_text("#filter-types")
    assert name in screen.page.inner_text("#detail")
    assert "プラグインが読み込まれていない" in screen.page.inner_text("#detail")
    screen.page.click("#detail .raw summary")
    assert "販路拡大支援" in screen.page.inner_text("#detail .raw pre")
    assert screen.texts("#detail .history li span")[-1] == "ended"
    screen.page.check("#filter-types [value=local_revitalization_plan]")
    screen.wait_for_rows(TOKYO)
    assert PLACELESS not in screen.rows()
