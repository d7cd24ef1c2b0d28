"""What happened to a plan before this store knew of it."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from attrs import frozen

from .identifiers import Key
from .terms import Term, TermEnum


class Basis(TermEnum):
    """Whether a source states a date, or it is assumed and shown as such."""

    STATED = "stated", "出典に記載", "The source states the date."
    ASSUMED = "assumed", "推定", "The date is assumed, as the source gives none."


@frozen(kw_only=True)
class HistoryEntry:
    """A state that a plan came into on a day."""

    state: Annotated[Key, Term("状態", "Key of the state.")]
    on: Annotated[dt.date, Term("日付", "First day in the state.")]
    basis: Annotated[Basis, Term("根拠", "Stated by the source, or assumed.")] = (
        Basis.STATED
    )


@frozen(kw_only=True)
class Record:
    """The past of a plan that a file carries; only an operator may import one."""

    edition: Annotated[str, Term("版", "Number of the edition, such as `1.0`.")]
    source: Annotated[str, Term("出典", "Where the past is read from.")]
    history: Annotated[
        tuple[HistoryEntry, ...], Term("経過", "States in order; the last is today's.")
    ]
