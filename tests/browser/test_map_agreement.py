"""The map, the table, the totals and the API tell the same."""

from __future__ import annotations

import pytest

from browser.screen import Screen
from browser.showcase import (
    ADACHI,
    DRAFT,
    DRAFT_TITLE,
    LACQUERWARE,
    MACHINE_PARTS,
    NEIGHBOURS,
    PLACELESS,
    SEMICONDUCTOR,
    SHOWN,
    TOKYO,
)

pytestmark = pytest.mark.browser

LOOKS = {
    SEMICONDUCTOR: ("strategic_cluster", "rect", "#0072b2"),
    MACHINE_PARTS: ("regional_cluster", "path", "#e69f00"),
    LACQUERWARE: ("local_industry_growth", "circle", "#111111"),
    ADACHI: ("local_revitalization_plan", "path", "#cc79a7"),
}


def test_marks_rows_and_totals_agree_with_the_api(screen: Screen) -> None:
    """One number of plans everywhere, and as many marks as points."""
    screen.open()
    told = screen.ask(
        "{ plans { totalCount } investmentMap"
        " { totals { count net } points { id } unlocated { id } } }"
    )
    drawn = told["investmentMap"]
    assert told["plans"]["totalCount"] == drawn["totals"]["count"] == len(SHOWN)
    screen.wait_for_rows(SHOWN)
    assert screen.marks() == len(drawn["points"])
    assert len(screen.texts("#unlocated li")) == len(drawn["unlocated"])
    exact = screen.page.get_attribute("#totals strong[title]", "title")
    assert exact == f"{drawn['totals']['net']:,}円"
    assert screen.texts("#totals strong[title]") == ["1,022億円"]


def test_each_plan_type_has_a_shape_and_a_colour(screen: Screen) -> None:
    """Filter, row and mark of a type look the same."""
    screen.open()
    for plan_id, (key, tag, fill) in LOOKS.items():
        screen.page.click(f"{screen.row(plan_id)} a")
        screen.wait(f'document.querySelector("{screen.mark(plan_id)}.is-selected")')
        for place in (
            f"#filter-types label:has(input[value={key}])",
            screen.row(plan_id),
            screen.mark(plan_id),
            "#detail .type-badge",
        ):
            shape = f'document.querySelector("{place} svg > *")'
            screen.wait(
                f"{shape}?.tagName === '{tag}'"
                f" && {shape}.getAttribute('fill') === '{fill}'"
            )


def test_investments_are_marks_with_a_hole(screen: Screen) -> None:
    """An investment site is told from its plan on the map."""
    screen.open(f"?plan={SEMICONDUCTOR}")
    for kind, shapes in (("PLAN", 1), ("INVESTMENT", 2)):
        mark = screen.mark(SEMICONDUCTOR, kind)
        screen.wait(f'document.querySelector("{mark}")')
        assert screen.page.locator(f"{mark} svg > *").count() == shapes


def test_an_invented_plan_is_called_so_everywhere(screen: Screen) -> None:
    """Row, panel and mark say 架空; a real plan says nothing of the kind."""
    screen.open(f"?plan={SEMICONDUCTOR}")
    places = f"{screen.row(SEMICONDUCTOR)} .fictional, #detail .fictional"
    assert screen.texts(places) == ["架空", "架空"]
    label = screen.page.get_attribute(screen.mark(SEMICONDUCTOR), "aria-label") or ""
    assert "架空 · 戦略産業クラスター計画" in label
    assert screen.page.locator(f"{screen.row(ADACHI)} .fictional").count() == 0


def test_a_plan_without_a_known_area_is_listed(screen: Screen) -> None:
    """It has no mark, but a row with a note, and a place in the list below."""
    screen.open()
    assert "位置なし" in screen.page.inner_text(screen.row(PLACELESS))
    assert screen.texts("#unlocated-title")[0].startswith(
        "地図に位置のない計画・投資（1件"
    )
    screen.page.click(f"#unlocated [data-plan-id='{PLACELESS}'] a")
    screen.wait_for_detail("地域の分からない計画")
    assert screen.page.locator(screen.mark(PLACELESS)).count() == 0


def test_plans_at_the_same_place_are_spread(screen: Screen) -> None:
    """Choosing one of them shows the marks of all, each on its own."""
    screen.open(f"?q=輪島市&plan={LACQUERWARE}")
    screen.wait_for_rows(NEIGHBOURS)
    for plan_id in NEIGHBOURS:
        screen.wait(f'document.querySelector("{screen.mark(plan_id)}")')
    boxes = [
        screen.page.locator(screen.mark(plan_id)).bounding_box()
        for plan_id in sorted(NEIGHBOURS)
    ]
    assert len({(box["x"], box["y"]) for box in boxes if box}) == len(NEIGHBOURS)


def test_a_draft_is_nowhere(screen: Screen) -> None:
    """Who asks for it by its id is told that there is no such plan."""
    screen.open(f"?plan={DRAFT}")
    screen.wait_for_rows(SHOWN)
    assert screen.texts("#detail-title")[0].startswith("この計画は見つかりません")
    assert DRAFT_TITLE not in screen.page.content()
    told = screen.ask(f'{{ plan(id: "{DRAFT}") {{ id }} }}')
    assert told == {"plan": None}


def test_the_past_can_be_seen(screen: Screen) -> None:
    """As of 2022 the plans of Tokyo run, and those made later are not there."""
    screen.open("?asOf=2022-01-01")
    screen.wait_for_rows(TOKYO)
    assert set(screen.texts("#plans-table .phase")) == {"実施中"}
    assert "2022年1月1日時点" in screen.page.inner_text("#totals")
    assert "投資額の記載なし" in screen.page.inner_text("#totals")
    screen.page.fill("#filter-as-of", "")
    screen.wait_for_rows(SHOWN)
    for plan_id in TOKYO:
        assert screen.texts(f"{screen.row(plan_id)} .phase") == ["終了"]
