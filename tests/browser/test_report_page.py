"""The page of a report in a real browser: it is whole, fits, and asks nobody."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from browser.screen import Screen
from browser.showcase import CAUSE, HOSTILE, MACHINE_PARTS, PAYLOAD, SPECTACLES, TODAY
from clusterplan.book import open_book
from clusterplan.core.clock import fixed_clock
from clusterplan.core.readers import LOCAL
from clusterplan.core.services.picturing import report_picture
from clusterplan.pictures.report_page import report_page

if TYPE_CHECKING:
    from playwright.sync_api import Browser

pytestmark = pytest.mark.browser

A4 = {"width": 794, "height": 1123}
PHONE = {"width": 360, "height": 740}
PAGES = [
    (MACHINE_PARTS, "FY2026H1", "ja"),
    (SPECTACLES, "FY2025H1", "en"),
    (HOSTILE, "FY2026H1", "ja"),
    (HOSTILE, "FY2026H1", "en"),
]


@pytest.fixture
def page_file(database: str, tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """Write the page of a report, as the command does."""
    plan_id, period, language = request.param
    with (
        open_book(database, clock=fixed_clock(TODAY)) as book,
        book.store.read() as unit,
    ):
        picture = report_picture(plan_id, period, LOCAL, unit, book.domain)
    path = tmp_path / "report.html"
    path.write_text(report_page(picture, language, {}), encoding="utf-8")
    return path


@pytest.mark.parametrize("page_file", PAGES, indirect=True)
@pytest.mark.parametrize("size", [A4, PHONE], ids=["A4", "phone"])
def test_the_page_fits_and_does_no_harm(
    browser: Browser, page_file: Path, size: dict[str, int]
) -> None:
    """On paper and on a small screen, whatever people wrote."""
    page = browser.new_page(viewport={"width": size["width"], "height": size["height"]})
    screen = Screen(page=page, base="file://")
    page.goto(page_file.as_uri())
    assert page.evaluate("window.attacked") is None
    assert screen.overflow() == 0
    assert page.locator("article").count() == page.locator("tbody tr").count() - (
        page.locator("article tbody tr").count()
    )
    for chart in page.locator("svg.chart").all():
        box = chart.bounding_box()
        assert box is not None
        assert box["width"] > 200
        assert box["height"] > 100
    assert page.pdf(prefer_css_page_size=True).startswith(b"%PDF")
    page.close()
    assert screen.complaints == []
    assert screen.asked == [page_file.as_uri()]


@pytest.mark.parametrize("page_file", PAGES[:1], indirect=True)
def test_the_page_says_why_progress_is_poor(browser: Browser, page_file: Path) -> None:
    """The cause stands in the box of its measure."""
    page = browser.new_page()
    page.goto(page_file.as_uri())
    assert CAUSE in page.inner_text("article.poor")
    page.close()


@pytest.mark.parametrize("page_file", PAGES[2:3], indirect=True)
def test_what_was_written_to_do_harm_is_shown_as_it_was_written(
    browser: Browser, page_file: Path
) -> None:
    """Title and cause are there, letter by letter."""
    page = browser.new_page()
    page.goto(page_file.as_uri())
    assert page.inner_text("h1") == PAYLOAD
    assert PAYLOAD in page.inner_text("article.poor")
    page.close()
