"""`/calendar.ics`: when reports are due, for calendars of offices."""

from __future__ import annotations

import re
from typing import Any

import pytest

from served import Served
from steps import B_PLAN
from stores import REGIONAL, record

LONG = (
    "とても長い名前の架空医療用部品クラスター計画、それも；記号,セミコロン;と\\を含む"
)


@pytest.fixture
def owing(served: Served) -> Served:
    """Save a plan in force, and the draft of another one."""
    served.add(REGIONAL, {"/record": record(), "/title": LONG})
    served.add(REGIONAL, {"/id": "draft", "/investments": []})
    return served


def get(served: Served, path: str = "/calendar.ics", **more: Any) -> Any:
    """Return the answer to a download."""
    return served.client.get(path, **more)


def unfolded(text: str) -> list[str]:
    """Return the lines of a calendar, of 75 octets at most each until joined."""
    assert text.endswith("\r\n")
    assert not re.search(r"(?<!\r)\n", text)
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return text.replace("\r\n ", "").split("\r\n")[:-1]


def test_due_dates_are_a_calendar_that_programs_read(owing: Served) -> None:
    """All-day events with an id of their own; texts are escaped and lines folded."""
    answer = get(owing)
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/calendar; charset=utf-8"
    lines = unfolded(answer.text)
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 1
    told = dict(line.split(":", 1) for line in lines)
    assert told["PRODID"]
    assert told["UID"] == f"{B_PLAN}-FY2026H1@clusterplan"
    assert re.fullmatch(r"\d{8}T\d{6}Z", told["DTSTAMP"])
    assert told["DTSTART;VALUE=DATE"] == "20261130"
    assert r"\,セミコロン\;と\\を含む" in told["SUMMARY"]


def test_the_calendar_takes_the_filter_of_the_map(owing: Served) -> None:
    """And a day; one that cannot be read is refused."""
    assert "VEVENT" in get(owing, "/calendar.ics?prefectures=15").text
    assert "VEVENT" not in get(owing, "/calendar.ics?prefectures=01").text
    later = get(owing, "/calendar.ics?asOf=2026-12-31").text
    assert "VEVENT" in later
    for query in ("asOf=tomorrow", "colour=red", "knownAt=2026-01-01T00:00:00"):
        answer = get(owing, f"/calendar.ics?{query}")
        assert answer.status_code == 400
        assert answer.json()["errors"][0]["code"] == "BAD_USER_INPUT"


def test_an_unchanged_calendar_is_not_sent_again(owing: Served) -> None:
    """Until something is written down."""
    tag = get(owing).headers["etag"]
    again = get(owing, headers={"if-none-match": tag})
    assert (again.status_code, again.text) == (304, "")
    owing.add(REGIONAL, {"/id": "more", "/investments": [], "/record": record()})
    fresh = get(owing, headers={"if-none-match": tag})
    assert fresh.text.count("BEGIN:VEVENT") == 2


def test_a_token_that_is_unknown_is_refused(owing: Served) -> None:
    """As everywhere."""
    answer = get(owing, headers={"authorization": "Bearer cp_unknown"})
    assert answer.status_code == 401
