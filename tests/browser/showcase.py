"""Servers and the plans they show, for tests in a browser."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from clusterplan.book import Book
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.plantypes import PlanType
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, record, sample_file

TODAY = dt.date(2026, 11, 21)
"""The day that the servers take as today."""
PAYLOAD = (
    '"><img src=x onerror="window.attacked=1;alert(1)">'
    "<script>window.attacked=1</script>"
)
"""Text that does harm where it is taken for markup."""

ADACHI = "tokyo-adachi-r3"
TOKYO = {ADACHI, "tokyo-setagaya-r3", "tokyo-machida-r3", "tokyo-hamura-r3"}
SEMICONDUCTOR = "sample-strategic-semiconductor"
MACHINE_PARTS = "sample-regional-machine-parts"
LACQUERWARE = "sample-local-lacquerware"
NEIGHBOURS = {LACQUERWARE, "neighbour-one", "neighbour-two"}
HOSTILE, PLACELESS, DRAFT = "hostile-texts", "placeless", "secret-draft"
DRAFT_TITLE = "未公開の素案"
SHOWN = {*TOKYO, SEMICONDUCTOR, MACHINE_PARTS, *NEIGHBOURS, HOSTILE, PLACELESS}
"""All plans that anybody may see."""


def fill(book: Book) -> None:
    """Import the samples of all plugins, and plans that are hard to show."""
    types = book.plugins.plan_types
    for sample in book.plugins.samples:
        book.import_plan(load_plan_file(parse_text(sample.text), types))
    for plan_type in (STRATEGIC, REGIONAL, LOCAL_GROWTH):
        assumed = record()
        for entry in assumed["history"]:
            entry["basis"] = "assumed"
        book.import_plan(sample_file(types, plan_type, {"/record": assumed}))
    for plan_id in sorted(NEIGHBOURS - {LACQUERWARE}):
        book.import_plan(sample_file(types, LOCAL_GROWTH, _another(plan_id)))
    placeless = _another(PLACELESS) | {
        "/title": "地域の分からない計画",
        "/region": ["139999"],
        "/lead": {"kind": "prefecture", "code": "130001"},
    }
    book.import_plan(sample_file(types, LOCAL_GROWTH, placeless))
    draft = {"/id": DRAFT, "/title": DRAFT_TITLE, "/investments": []}
    book.import_plan(sample_file(types, LOCAL_GROWTH, draft))
    book.import_plan(load_plan_file(source_of(_hostile(types[REGIONAL])), types))


def _another(plan_id: str) -> dict[str, Any]:
    return {"/id": plan_id, "/investments": [], "/record": record()}


def _hostile(plan_type: PlanType) -> dict[str, Any]:
    """Return the sample with the payload in place of every free text."""
    data: dict[str, Any] = _poisoned(parse_text(plan_type.sample or "").data)
    data |= {"id": HOSTILE, "title_en": PAYLOAD, "record": record()}
    data["investments"][0]["id"] = "HOSTILE-INV"
    data["record"]["source"] = "javascript:alert(1)"
    return data


def _poisoned(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _poisoned(part) for key, part in value.items()}
    if isinstance(value, list):
        return [_poisoned(part) for part in value]
    return value if not isinstance(value, str) or value.isascii() else PAYLOAD


@contextmanager
def serving(app: Starlette) -> Iterator[str]:
    """Serve *app* on a free port, and yield its address."""
    config = uvicorn.Config(
        app, host="127.0.0.1", port=0, http="h11", ws="none", log_level="error"
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            if not thread.is_alive():
                message = "the server did not start"
                raise RuntimeError(message)
            time.sleep(0.02)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
