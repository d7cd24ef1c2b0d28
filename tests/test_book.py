"""The library as it is embedded: files, checks, and a book of plans."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator
from pathlib import Path
from types import MappingProxyType

import attrs
import pytest

import clusterplan as cp
from clusterplan.core.checks import CheckContext, rule
from clusterplan.core.clock import fixed_clock
from clusterplan.core.documents.source import read_source
from clusterplan.core.exports import UnknownFormatError
from clusterplan.core.history import HistoryEntry, Record
from clusterplan.core.identifiers import Key
from clusterplan.core.readers import ANONYMOUS, LOCAL
from clusterplan.core.services.checking import check_document
from stores import REGIONAL, STRATEGIC, TODAY, MakePlanFile, record

PAST = Record(
    edition="1.0",
    source="架空の資料",
    history=(HistoryEntry(state=Key("drafting"), on=dt.date(2026, 5, 1)),),
)
PLAN_ID = "sample-strategic-semiconductor"


@pytest.fixture
def book(sqlite_url: str, plugins: cp.Plugins) -> Iterator[cp.Book]:
    """Return an empty book on a fixed day."""
    with cp.open(sqlite_url, plugins=plugins, clock=fixed_clock(TODAY)) as opened:
        yield opened


def test_ten_lines_are_enough(
    tmp_path: Path, plan_file: MakePlanFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file is read, checked, stored and drawn."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_text(
        cp.dump(plan_file(STRATEGIC, {"/record": record()})), encoding="utf-8"
    )
    plan = cp.load_plan("plan.yaml")
    assert list(cp.check(plan)) == []
    with cp.open("sqlite:///plans.db") as book:
        book.import_plan(plan)
        book.export("geojson", "map.geojson", as_of="2027-03-31")
    drawn = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    assert {f["properties"]["plan_id"] for f in drawn["features"]} == {PLAN_ID}


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_a_plan_is_imported_from_anything_with_bytes(
    syntax: str, tmp_path: Path, book: cp.Book, plan_file: MakePlanFile
) -> None:
    """Bytes, a stream, a path and its name are the same plan, and change nothing."""
    file = plan_file()
    text = cp.dump(file, "json" if syntax == "json" else "yaml")
    path = tmp_path / f"plan.{syntax}"
    path.write_text(text, encoding="utf-8")
    assert book.import_plan(text.encode()).changed
    for origin in (io.BytesIO(text.encode()), path, str(path), file):
        assert not book.import_plan(origin).changed
    assert cp.load_plan(read_source(path)) == file


def test_more_plans_than_a_page_holds(book: cp.Book, plan_file: MakePlanFile) -> None:
    """All of them come, each once."""
    ids = {f"p-{number:03}" for number in range(103)}
    for plan_id in ids:
        book.import_plan(plan_file(REGIONAL, {"/id": plan_id, "/investments": None}))
    found = [plan.standing.plan_id for plan in book.plans()]
    assert len(found) == 103
    assert set(found) == ids
    assert book.plans(cp.PlanFilter.parse([("planTypes", STRATEGIC)])) == []


def test_a_day_decides_what_is_shown(book: cp.Book, plan_file: MakePlanFile) -> None:
    """As a text or a date; drafts are shown to whoever runs the library only."""
    book.import_plan(plan_file(STRATEGIC, {"/record": record()}))
    for day in ("2026-05-31", dt.date(2026, 5, 31)):
        assert book.map(as_of=day, reader=ANONYMOUS).totals.count == 0
        assert book.plan(PLAN_ID, as_of=day, reader=ANONYMOUS) is None
    assert book.map(reader=ANONYMOUS).totals.count == 1
    assert book.plan(PLAN_ID, as_of="2026-06-01", reader=ANONYMOUS) is not None
    assert book.plan(PLAN_ID, as_of="2026-04-30") is None
    assert json.loads(book.export("geojson", as_of="2026-04-30"))["features"] == []


def test_a_stored_plan_is_checked(book: cp.Book, plan_file: MakePlanFile) -> None:
    """With its investments; an unknown one has no report."""
    content = "/policy_means/measures/0/five_w1h/content"
    book.import_plan(plan_file(STRATEGIC, {content: None}))
    report = book.check(PLAN_ID)
    assert report is not None
    assert [finding.pointer for finding in report.findings] == [content]
    assert not report.ok
    saved = book.check(PLAN_ID, cp.Gate.SAVE)
    assert saved is not None
    assert saved.ok
    assert book.check("nosuch") is None


def test_a_sent_document_is_checked_with_stored_investments(
    book: cp.Book, plan_file: MakePlanFile
) -> None:
    """Those that it refers to come from the store, its own ones from itself."""
    seen: list[str] = []

    @rule(
        "SEE-01", severity=cp.Severity.INFO, gate=cp.Gate.SAVE, title="見", source="無"
    )
    def see(context: CheckContext) -> tuple[cp.Finding, ...]:
        """Note the investments."""
        seen.extend(sorted(context.investments))
        return ()

    book.import_plan(plan_file())
    own = {"id": "INV-OWN", "title": "投資"}
    references = [{"ref": "SAMPLE-INV-1"}, {"ref": "INV-UNKNOWN"}, own]
    file = plan_file(STRATEGIC, {"/id": "other", "/investments": references})
    domain = attrs.evolve(book.domain, rules=(see,))
    for text in (file, attrs.evolve(file, record=PAST)):
        document = json.loads(cp.dump(text, "json"))
        with book.store.read() as unit:
            report = check_document(document, cp.Gate.PUBLISH, unit, domain, LOCAL)
        assert report.ok
    assert seen == ["INV-OWN", "SAMPLE-INV-1"] * 2


def test_a_format_that_nobody_offers_is_refused(tmp_path: Path, book: cp.Book) -> None:
    """Before a file is made."""
    with pytest.raises(UnknownFormatError, match="known are: geojson") as caught:
        book.export("shapefile", tmp_path / "map.shp")
    assert caught.value.key == "shapefile"
    assert not (tmp_path / "map.shp").exists()


def test_a_book_agrees_with_its_log(book: cp.Book, plan_file: MakePlanFile) -> None:
    """Also after a dry run and a refusal."""
    book.import_plan(plan_file())
    assert book.import_plan(plan_file(REGIONAL), dry_run=True).dry_run
    with pytest.raises(cp.PlanError, match="is version 1"):
        book.import_plan(plan_file(STRATEGIC, {"/title": "別"}), expected_version=3)
    assert list(book.verify()) == []
    assert isinstance(book.plugins.plan_types, MappingProxyType)
