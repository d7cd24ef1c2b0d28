"""Arguments that several queries take."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from ..core.filters import PlanFilter
from ..core.terms import Term

AsOf = Annotated[
    dt.date | None, Term("時点", "A day; what holds at its end. Today unless given.")
]
KnownAt = Annotated[
    dt.datetime | None,
    Term("認識時点", "What the store knew then; what it knows now unless given."),
]
Filter = Annotated[PlanFilter | None, Term("絞り込み", "Which plans to look at.")]
