"""Laws and instruments that measures use, with the days they are in force."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from .identifiers import Key
from .terms import Term


@frozen(kw_only=True)
class Law:
    """A law or instrument that measures use, with the days it is in force."""

    key: Annotated[Key, Term("法令キー", "Key that a legal basis may name.")]
    title: Annotated[str, Term("法令名", "Name, with the short name in brackets.")]
    title_en: Annotated[str, Term("法令名（英語）", "Name in English.")]
    in_force_from: Annotated[dt.date, Term("施行日", "First day in force.")]
    in_force_to: Annotated[
        dt.date | None, Term("廃止前日", "Last day in force, for an ended one.")
    ] = None

    def is_in_force(self, start: dt.date, end: dt.date) -> bool:
        """Tell whether it is in force on some day from *start* to *end*."""
        ended = self.in_force_to is not None and self.in_force_to < start
        return self.in_force_from <= end and not ended
