"""The strategic fields of the growth strategy (戦略分野)."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from .identifiers import Key
from .terms import Term


@frozen(kw_only=True)
class StrategicField:
    """One of the strategic fields of the growth strategy (戦略分野)."""

    number: Annotated[int, Term("番号", "Number in the list of 2025-11-04.")]
    key: Annotated[Key, Term("分野キー", "Key such as `ai_semiconductors`.")]
    title: Annotated[str, Term("分野名", "Name of the field.")]
    title_en: Annotated[str, Term("分野名（英語）", "Name in English.")]
    valid_from: Annotated[dt.date, Term("決定日", "Day the list was set.")]
    valid_to: Annotated[
        dt.date | None, Term("有効終了日", "Last day in use, for an ended one.")
    ] = None
