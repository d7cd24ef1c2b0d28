"""The moment that is looked at: a day that things hold on, and when they were known."""

from __future__ import annotations

import datetime as dt

from attrs import frozen


@frozen(kw_only=True)
class Moment:
    """A day, and a state of knowledge.

    Attributes:
        as_of: A day in Asia/Tokyo; what holds at its end.
        known_at: What the store knew then; what it knows now where nothing is given.
    """

    as_of: dt.date
    known_at: dt.datetime | None = None
