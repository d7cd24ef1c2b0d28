"""A page in a browser, with what it said and asked for."""

from __future__ import annotations

import json
import time
import urllib.request
from typing import TYPE_CHECKING, Any

from attrs import define, field

if TYPE_CHECKING:
    from playwright.sync_api import Page

_PATIENCE = 60
_PAUSE = 50


@define(slots=False, eq=False)
class Screen:
    """A page of the server at *base*.

    Attributes:
        complaints: Errors on the console, exceptions and dialogs so far.
        asked: Addresses that the page asked for so far.
    """

    page: Page
    base: str
    complaints: list[str] = field(factory=list)
    asked: list[str] = field(factory=list)

    def __attrs_post_init__(self) -> None:
        """Listen to the page."""
        self.page.set_default_timeout(_PATIENCE * 1000)
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("dialog", self._refuse)
        self.page.on("request", lambda request: self.asked.append(request.url))

    def open(self, query: str = "") -> None:
        """Open the map, and wait until it is drawn."""
        self.page.goto(f"{self.base}/{query}")
        self.wait_until_drawn()

    def wait_until_drawn(self) -> None:
        """Wait for the first answer and the boundaries."""
        self.wait("document.documentElement.dataset.ready === 'true'")

    def wait(self, expression: str) -> Any:
        """Ask the page again and again until *expression* holds; return its value."""
        until = time.monotonic() + _PATIENCE
        while time.monotonic() < until:
            value = self.page.evaluate(expression)
            if value:
                return value
            self.page.wait_for_timeout(_PAUSE)
        message = (
            f"never came true: {expression}\n{self.page.inner_text('body')[:2000]}"
        )
        raise AssertionError(message)

    def wait_for_rows(self, plan_ids: set[str]) -> None:
        """Wait until the table has just these plans, and the map agrees."""
        wanted = json.dumps(sorted(plan_ids))
        self.wait(f"JSON.stringify({_ROW_IDS}.sort()) === JSON.stringify({wanted})")
        self.wait(
            f"document.querySelector('#totals strong')?.textContent === {json.dumps(f'{len(plan_ids)}件')}"
        )
        assert self.texts("#totals .agree") == ["地図の合計＝表の合計"]

    def wait_for_detail(self, title: str) -> None:
        """Wait until the panel shows the plan of this title."""
        self.wait(
            "document.querySelector('#detail:not([hidden]) #detail-title')"
            f"?.textContent === {json.dumps(title)}"
        )

    def rows(self) -> set[str]:
        """Return the ids of the plans in the table."""
        return set(self.page.evaluate(_ROW_IDS))

    def marks(self) -> int:
        """Return how many points the map shows, those in bubbles counted."""
        count: int = self.page.evaluate(_MARKS)
        return count

    def texts(self, selector: str) -> list[str]:
        """Return the texts of all elements that match."""
        return self.page.locator(selector).all_inner_texts()

    def row(self, plan_id: str) -> str:
        """Return the selector of the row of a plan."""
        return f"#plans-table tr[data-plan-id='{plan_id}']"

    def mark(self, plan_id: str, kind: str = "PLAN") -> str:
        """Return the selector of the mark of a plan."""
        return f"#map .marker[data-plan-id='{plan_id}'][data-kind='{kind}']"

    def overflow(self) -> int:
        """Return by how many pixels the page is wider than its window."""
        wide: int = self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )
        return wide

    def ask(self, query: str) -> Any:
        """Return what the API answers to somebody without a browser."""
        request = urllib.request.Request(  # noqa: S310
            f"{self.base}/graphql",
            json.dumps({"query": query}).encode(),
            {"Content-Type": "application/json", "Accept": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=_PATIENCE) as answer:  # noqa: S310
            return json.load(answer)["data"]

    def strangers(self) -> list[str]:
        """Return the addresses outside of the server that the page asked for."""
        own = (self.base + "/", "data:", "blob:")
        return [address for address in self.asked if not address.startswith(own)]

    def _hear(self, message: Any) -> None:
        if message.type in {"error", "warning"}:
            self.complaints.append(message.text)

    def _refuse(self, dialog: Any) -> None:
        self.complaints.append(f"dialog: {dialog.message}")
        dialog.dismiss()


_ROW_IDS = (
    "[...document.querySelectorAll('#plans-table tbody tr[data-plan-id]')]"
    ".map((row) => row.dataset.planId)"
)
_MARKS = (
    "document.querySelectorAll('#map .marker').length"
    " + [...document.querySelectorAll('#map .bubble')]"
    ".reduce((sum, one) => sum + Number(one.dataset.count), 0)"
)
