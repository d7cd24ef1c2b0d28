"""Due dates as an iCalendar text (RFC 5545), for calendars of offices."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator

from .following import DueReport

_LONGEST = 75
"""Octets that a line of a calendar may have."""


def calendar(dues: Iterable[DueReport], now: dt.datetime) -> str:
    """Return a calendar with an all-day event for each due date.

    Args:
        dues: What is owed.
        now: When the calendar is made.
    """
    stamp = now.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//clusterplan//due//JA"]
    for due in dues:
        lines += _event(due, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(due: DueReport, stamp: str) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{due.plan_id}-{due.period_id}@clusterplan"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{due.due_on:%Y%m%d}"
    yield f"SUMMARY:{_text(f'進捗報告 {due.period_id} {due.title}')}"
    yield f"DESCRIPTION:{_text(f'{due.plan_id}; {due.late_after} まで猶予')}"
    yield "END:VEVENT"


def _text(text: str) -> str:
    for char in "\\;,":
        text = text.replace(char, f"\\{char}")
    return "\\n".join(text.splitlines())


def _folded(line: str) -> Iterator[str]:
    """Yield the pieces of a line, cut between characters, 75 octets at most."""
    piece, first = "", True
    for char in line:
        if len((piece + char).encode()) > _LONGEST - (not first):
            yield piece if first else f" {piece}"
            piece, first = "", False
        piece += char
    yield piece if first else f" {piece}"
