"""`clusterplan reference`: the codes that plans use, and what they stand for."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from ..book import make_domain
from ..core.reference_lists import ReferenceEntry, ReferenceList
from ..core.services.reference import reference_list, search_lists
from .options import FORMAT, Day
from .printing import Settings, print_json, print_table, say

_LISTS = {"key": "KEY", "count": "ENTRIES", "version": "VERSION"}
_FOUND = {"list": "LIST", "code": "CODE"}
_ENTRIES = {"code": "CODE"}
_TITLES = {"ja": {"title": "TITLE"}, "en": {"titleEn": "TITLE"}}
_REST = {"parent": "PARENT", "validFrom": "FROM", "validTo": "TO"}
_MEANINGS = {
    "ja": {"description": "DESCRIPTION"},
    "en": {"descriptionEn": "DESCRIPTION"},
}


@click.group()
def reference_command() -> None:
    """Look up the codes that plans use."""


@reference_command.command("list")
@FORMAT
@click.pass_obj
def list_lists(settings: Settings, format_: str) -> None:
    """List the reference lists, those of plugins included."""
    rows = [_list_data(each) for each in make_domain().reference.lists.values()]
    columns = _LISTS | _TITLES[settings["lang"]]
    print_table(columns, rows, as_json=format_ == "json")


@reference_command.command("show")
@click.argument("key", metavar="LIST")
@click.option("--as-of", type=Day(), help="Only what is in use on this day.")
@FORMAT
@click.pass_obj
def show_list(
    settings: Settings, key: str, as_of: dt.date | None, format_: str
) -> None:
    """Print a list with all its entries."""
    found = reference_list(key, make_domain().reference)
    if as_of is not None:
        found = found.valid_on(as_of)
    rows = [_entry_data(entry) for entry in found.entries]
    if format_ == "json":
        print_json(_list_data(found) | {"entries": rows})
        return
    language = settings["lang"]
    rest = _REST | _MEANINGS[language]
    used = {key: head for key, head in rest.items() if any(row[key] for row in rows)}
    print_table(_ENTRIES | _TITLES[language] | used, rows, as_json=False)
    say(
        language,
        f"{found.title}（{found.version}）出典：{found.source}",
        f"{found.title_en} ({found.version}), source: {found.source}",
    )


@reference_command.command("search")
@click.argument("text")
@click.option("--list", "key", metavar="LIST", help="Only in this list.")
@FORMAT
@click.pass_obj
def search(settings: Settings, text: str, key: str | None, format_: str) -> None:
    """Find entries by code, name, kana or another spelling."""
    rows = [
        {"list": each.key} | _entry_data(entry)
        for each, entry in search_lists(text, make_domain().reference, key)
    ]
    columns = _FOUND | _TITLES[settings["lang"]]
    print_table(columns, rows, as_json=format_ == "json")


def _list_data(each: ReferenceList) -> dict[str, Any]:
    return {
        "key": each.key,
        "title": each.title,
        "titleEn": each.title_en,
        "version": each.version.isoformat(),
        "source": each.source,
        "parentList": each.parent_list,
        "count": each.count,
    }


def _entry_data(entry: ReferenceEntry) -> dict[str, Any]:
    return {
        "code": entry.code,
        "title": entry.title,
        "titleEn": entry.title_en,
        "kana": entry.kana,
        "parent": entry.parent,
        "description": entry.description,
        "descriptionEn": entry.description_en,
        "validFrom": _day(entry.valid_from),
        "validTo": _day(entry.valid_to),
        "variants": list(entry.variants),
        "source": entry.source,
    }


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None
