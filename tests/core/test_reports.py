"""Progress reports: who speaks for whom, and when anybody may read one."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.identifiers import Key, PartId
from clusterplan.core.reports import (
    REPORT,
    ProgressReport,
    ReportPart,
    ReportPublicity,
    ReportRow,
    speaks_for,
)

STATES = ["open", "submitted", "sent_back", "accepted"]


@pytest.mark.parametrize(
    ("by", "body", "speaks"),
    [
        ("prefecture:430005", "prefecture:430005", True),
        ("prefecture:430005", "prefecture:440001", False),
        ("meti:meti", "ministry:meti", True),
        ("ministry:mlit", "ministry:meti", False),
        ("head_of_local_government:430005", "prefecture:430005", False),
        ("operator:local", "prefecture:430005", False),
    ],
)
def test_an_office_reports_for_its_own_body(
    by: str, body: str, *, speaks: bool
) -> None:
    """METI is a ministry, too; nobody else has two names."""
    assert speaks_for(Actor.parse(by), Actor.parse(body)) is speaks


@pytest.mark.parametrize(
    ("when", "public"),
    [
        (ReportPublicity.ON_ACCEPT, ["accepted"]),
        (ReportPublicity.ON_SUBMIT, ["submitted", "accepted"]),
        (ReportPublicity.NEVER, []),
    ],
)
def test_a_report_says_itself_when_it_is_public(
    when: ReportPublicity, public: list[str]
) -> None:
    """One that was sent back is not, whatever the setting."""
    report = ProgressReport(
        id=PartId("FY2026H1"),
        edition="1.0",
        period_start=dt.date(2026, 4, 1),
        period_end=dt.date(2026, 9, 30),
        public_when=when,
    )
    assert [s for s in STATES if REPORT.is_public(Key(s), report)] == public


def test_a_row_is_found_by_its_measure() -> None:
    """In whatever part it is."""
    row = ReportRow(measure=PartId("M-2"))
    report = ProgressReport(
        id=PartId("FY2026H1"),
        edition="1.0",
        period_start=dt.date(2026, 4, 1),
        period_end=dt.date(2026, 9, 30),
        parts=(
            ReportPart(reporter=Actor.parse("ministry:meti")),
            ReportPart(reporter=Actor.parse("prefecture:430005"), rows=(row,)),
        ),
    )
    assert report.row("M-2") == row
    assert report.row("M-1") is None
