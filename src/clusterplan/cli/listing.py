"""Tables for people, with names, and the same as data, with keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from attrs import field, frozen

from ..book import Book, open_book
from ..core.cases import Case, CaseKind
from ..core.offices import office_name
from ..core.plantypes import PlanType
from ..core.readers import LOCAL
from ..core.services.cases import UnknownPlanError
from ..core.services.domain import Domain
from .printing import Settings, print_json, print_table, say

Columns = Mapping[str, tuple[str, str]]
"""Headings by the keys of data, in Japanese and English."""


@frozen(kw_only=True)
class Row:
    """A line of a table.

    Attributes:
        data: What is told as data.
        names: What people read in its place, where it is a key.
    """

    data: Mapping[str, Any]
    names: Mapping[str, str | None] = field(factory=dict)


def show_table(
    columns: Columns, rows: Sequence[Row], settings: Settings, format_: str
) -> None:
    """Print rows for people, or as data; say so where there is none."""
    if format_ == "json":
        print_json([dict(row.data) for row in rows])
        return
    language = settings["lang"]
    if not rows:
        say(language, "該当するものはありません", "there is nothing to list")
        return
    in_japanese = language == "ja"
    headings = {key: ja if in_japanese else en for key, (ja, en) in columns.items()}
    print_table(headings, [{**row.data, **row.names} for row in rows], as_json=False)


def show_cases(
    settings: Settings,
    kind: CaseKind,
    columns: Columns,
    read: Callable[[Book], Iterable[tuple[Case, dict[str, Any]]]],
    format_: str,
) -> None:
    """Print cases of a kind, each with its data, that *read* finds in the book."""
    with open_book(settings["database"], create=False) as book:
        found = list(read(book))
    rows = [
        Row(data=data, names=_names(case, kind, settings["lang"]))
        for case, data in found
    ]
    show_table(columns, rows, settings, format_)


def cases_of(book: Book, plan_id: str, kind: CaseKind) -> Sequence[Any]:
    """Return the cases of a kind that a plan has.

    Raises:
        UnknownPlanError: There is no such plan.
    """
    view = book.domain.view(LOCAL)
    with book.store.read() as unit:
        if unit.plan(plan_id, view) is None:
            raise UnknownPlanError(plan_id)
        return unit.cases([plan_id], kind, view).get(plan_id, ())


def plan_type_name(domain: Domain, key: str, language: str) -> str:
    """Return the name of a plan type; its key where its plugin is gone."""
    kind = domain.plan_types.get(key)
    if kind is None:
        return key
    return kind.title if language == "ja" else kind.title_en


def state_name(kind: PlanType | CaseKind | None, key: str, language: str) -> str:
    """Return the name of a state; its key where no lifecycle knows it."""
    for state in kind.lifecycle.states if kind else ():
        if state.key == key:
            return state.title if language == "ja" else state.title_en
    return key


def _names(case: Case, kind: CaseKind, language: str) -> dict[str, str | None]:
    owner = office_name(case.owner)
    return {
        "state": state_name(kind, case.state, language),
        "owner": owner.ja if language == "ja" else owner.en,
    }
