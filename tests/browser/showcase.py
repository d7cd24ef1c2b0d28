"""Servers and the plans they show, for tests in a browser."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.applications import Starlette

from browser.reporting import Told, report, revise
from clusterplan.book import Book
from clusterplan.core.actors import Actor
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.files import PlanFile
from clusterplan.core.plantypes import PlanType
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, on, record, sample_file, save

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
NIIGATA = Actor.parse("prefecture:150002")
SABAE = Actor.parse("municipality:182079")
MAYOR = Actor.parse("head_of_local_government:182079")
CAUSE = "入札が二度不調となり、着工が半年遅れた"
REVISED_ON = dt.date(2026, 2, 2)
NEW_TITLE = "海外販路の開拓と展示"
_PERIODS = (
    ("FY2024H1", "2024-11-05"),
    ("FY2024H2", "2025-05-12"),
    ("FY2025H1", "2025-11-04"),
)
_SHARES = ("21.4", "23", "24.6")
HOSTILE, PLACELESS, DRAFT = "hostile-texts", "placeless", "secret-draft"
DRAFT_TITLE = "未公開の素案"
SPECTACLES, SPECTACLES_TITLE = "long-running", "架空眼鏡産地成長計画"
SHOWN = {
    *TOKYO,
    SEMICONDUCTOR,
    MACHINE_PARTS,
    *NEIGHBOURS,
    HOSTILE,
    PLACELESS,
    SPECTACLES,
}
"""All plans that anybody may see."""


def fill(book: Book) -> None:
    """Import the samples of all plugins, and plans that are hard to show."""
    types = book.plugins.plan_types
    _long_running(book)
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
    for plan_id, cause in ((MACHINE_PARTS, CAUSE), (HOSTILE, PAYLOAD)):
        _report_once(book, plan_id, cause)


def _report_once(book: Book, plan_id: str, cause: str) -> None:
    """Report a B plan: one measure is late, one ahead, the others are on track."""
    told = (
        Told(measure="M-01", values={"IN-1": "4520", "IN-3": "9"}, cause=cause),
        Told(measure="M-02", values={"IN-4": "36"}),
        Told(measure="M-03", values={"IN-2": "40000"}),
        Told(measure="M-04", values={"IN-2": "40000"}),
        Told(measure="M-05", values={"IN-5": "1.5"}),
    )
    report(book, plan_id, "FY2026H1", *told, by=NIIGATA, day=TODAY)


def _long_running(book: Book) -> None:
    """Make a plan with three reports, the last of them a year old, and a revision."""
    changes = {
        "/id": SPECTACLES,
        "/title": SPECTACLES_TITLE,
        "/title_en": "Fictional growth plan of a spectacles district",
        "/period": {"from": "FY2024", "to": "FY2028"},
        "/investments": [],
        **{f"/indicators/{i}/baseline/date": "2024-03-31" for i in range(len(_SHARES))},
    }
    types = book.plugins.plan_types
    past = record((("drafting", "2024-01-05"), ("in_force", "2024-06-01")))
    early = on(book.domain, dt.date(2024, 6, 3))
    save(book.store, early, _in_sabae(types, {**changes, "/record": past}))
    for (period, day), share in zip(_PERIODS, _SHARES, strict=True):
        told = (
            Told(measure="M-01", values={"IN-1": share}),
            Told(measure="M-02", values={"IN-3": "2"}),
            Told(measure="M-03", values={"IN-2": "310"}),
            Told(measure="M-04", values={"IN-2": "310"}),
        )
        report(
            book, SPECTACLES, period, *told, by=SABAE, day=dt.date.fromisoformat(day)
        )
    revised = {**changes, "/policy_means/measures/0/title": NEW_TITLE}
    revise(
        book,
        _in_sabae(types, revised),
        "FY2025H1",
        by=SABAE,
        head=MAYOR,
        day=REVISED_ON,
    )


def _in_sabae(types: Mapping[str, PlanType], changes: Mapping[str, Any]) -> PlanFile:
    """Return the sample of a C plan for another municipality."""
    text = (types[LOCAL_GROWTH].sample or "").replace("172049", str(SABAE.code))
    data: Any = parse_text(text).data
    return load_plan_file(source_of(changed(data, changes)), types)


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
