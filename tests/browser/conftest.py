"""A real server, a real browser, and pages that must not complain."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest

from browser.screen import Screen
from browser.showcase import TODAY, fill, serving
from clusterplan import asgi
from clusterplan.api.app import create_app
from clusterplan.api.settings import ApiSettings
from clusterplan.book import open_book
from clusterplan.core.clock import fixed_clock
from clusterplan.plugins.host import load_plugins

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_CHROMIUM = "/usr/bin/chromium"
_SWITCHES = (
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
)


@pytest.fixture(scope="session")
def database(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Return the address of a database with all plans."""
    url = f"sqlite:///{tmp_path_factory.mktemp('browser') / 'plans.db'}"
    with open_book(url, clock=fixed_clock(TODAY)) as book:
        fill(book)
    return url


@pytest.fixture(scope="session")
def server(database: str) -> Iterator[str]:
    """Serve the plans with GraphiQL, on a fixed day; return the address."""
    with open_book(database, clock=fixed_clock(TODAY)) as book:
        settings = ApiSettings(ide=True)
        app = create_app(book.store, book.domain, book.plugins, settings)
        with serving(app) as address:
            yield address


@pytest.fixture(scope="session")
def server_without_plugins(database: str) -> Iterator[str]:
    """Serve the plans where only the built-in plan types are known."""
    plugins = load_plugins(entry_points=False)
    with (
        open_book(database, plugins=plugins, clock=fixed_clock(TODAY)) as book,
        serving(create_app(book.store, book.domain, plugins)) as address,
    ):
        yield address


@pytest.fixture(scope="session")
def server_by_default(database: str) -> Iterator[str]:
    """Serve the plans as `clusterplan serve` does without options."""
    with serving(asgi.create({"CLUSTERPLAN_DATABASE": database})) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Run Chromium."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=_CHROMIUM, args=list(_SWITCHES)
        )
        yield chromium
        chromium.close()


@pytest.fixture
def screen(browser: Browser, server: str) -> Iterator[Screen]:
    """Return a fresh page; it must not complain or ask anybody else."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    shown = Screen(page=context.new_page(), base=server)
    yield shown
    context.close()
    assert shown.complaints == []
    assert shown.strangers() == []
