"""What lists say beside codes and names, and how a plugin ends entries of them."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

from clusterplan.core.identifiers import Key
from clusterplan.core.reference import ReferenceData
from clusterplan.core.reference_lists import ReferenceEntry, ReferenceList
from clusterplan.plugins import Manifest, hookimpl
from clusterplan.plugins.host import load_plugins

LAST, FIRST = dt.date(2027, 3, 31), dt.date(2027, 4, 1)


def ending(code: str, last_day: dt.date) -> ReferenceEntry:
    """Return an entry that tells the last day of a code."""
    return ReferenceEntry(code=code, title="名", title_en="Name", valid_to=last_day)


def a_list(
    key: str, *entries: ReferenceEntry, ended: tuple[ReferenceEntry, ...]
) -> ReferenceList:
    """Return more entries for a list that is known, and those of it that end."""
    return ReferenceList(
        key=Key(key),
        title="一覧",
        title_en="List",
        version=FIRST,
        source="改定の通知",
        entries=entries,
        ended=ended,
    )


def test_a_plugin_ends_a_field_and_a_law_on_a_day(reference: ReferenceData) -> None:
    """A field that is renamed ends, and its new name begins the next day."""
    new = ReferenceEntry(
        code="media", title="メディア", title_en="Media", valid_from=FIRST
    )
    endings = (ending("content", LAST), ending("nobody", LAST))
    fields = a_list("strategic_fields", new, ended=endings)
    law = next(key for key, law in reference.laws.items() if law.in_force_to is None)
    laws = a_list("laws", ended=(ending(law, LAST),))
    offer = SimpleNamespace(
        __name__="renaming",
        CLUSTERPLAN=Manifest(api="~=1.0"),
        clusterplan_reference_data=hookimpl(lambda: (fields, laws)),
    )
    plugins = load_plugins(offer, entry_points=False)
    (info,) = (each for each in plugins.infos if each.name == "renaming")
    assert info.errors == 0
    more = reference.extended(plugins.reference_lists)
    old, renamed = (more.strategic_fields[Key(key)] for key in ("content", "media"))
    assert (old.title, old.number, old.valid_to) == ("コンテンツ", 7, LAST)
    assert (renamed.valid_from, renamed.valid_to) == (FIRST, None)
    assert more.laws[law].in_force_to == LAST
    listed = more.lists[Key("strategic_fields")]
    assert [
        {"content", "media"} & {e.code for e in listed.valid_on(day).entries}
        for day in (LAST, FIRST)
    ] == [{"content"}, {"media"}]
    assert listed.find("nobody") is None
    later = ending("content", dt.date(2030, 3, 31))
    again = more.extended([a_list("strategic_fields", ended=(later,))])
    assert again.strategic_fields == more.strategic_fields


def test_the_goals_of_all_plans_lead_up_to_a_strong_regional_economy(
    reference: ReferenceData,
) -> None:
    """What is for impacts alone stands under it, and says so."""
    families = reference.lists[Key("kpi_families")]
    top = families.find("strong_regional_economy")
    assert top
    assert top.parent is None
    outcomes = families.find("ultimate_outcomes")
    assert outcomes
    assert outcomes.parent == top.code
    under = [e for e in families.entries if e.parent == outcomes.code]
    assert len(under) == 4
    for entry in (outcomes, *under):
        assert "インパクト" in (entry.description or "")
        assert "Impact level" in (entry.description_en or "")


def test_the_industry_that_local_plans_are_for_is_explained(
    reference: ReferenceData,
) -> None:
    """In the words of its source."""
    term = reference.lists[Key("key_terms")].find("rooted_industry")
    assert term
    assert term.title == "地域に根ざす産業"
    assert "歴史的条件を生かしたものづくり" in (term.description or "")
