"""Reference lists that plugins offer: added, extended, refused."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest

from clusterplan.book import make_domain
from clusterplan.core.identifiers import Key
from clusterplan.plugins import Manifest, ReferenceEntry, ReferenceList, hookimpl
from clusterplan.plugins.host import Plugins, load_plugins
from clusterplan.plugins.manifest import PluginInfo


def a_list(key: str, *codes: str, source: str = "手引き") -> ReferenceList:
    """Return a list with entries of these codes."""
    return ReferenceList(
        key=Key(key),
        title="一覧",
        title_en="List",
        version=dt.date(2026, 4, 1),
        source=source,
        entries=tuple(
            ReferenceEntry(code=code, title=f"項目{code}", title_en=code)
            for code in codes
        ),
    )


def plugin(name: str, *offers: Any) -> object:
    """Return a plugin that offers lists."""

    def clusterplan_reference_data() -> tuple[Any, ...]:
        return offers

    return SimpleNamespace(
        __name__=name,
        CLUSTERPLAN=Manifest(api="~=1.0"),
        clusterplan_reference_data=hookimpl(clusterplan_reference_data),
    )


def loaded(*plugins: object) -> tuple[Plugins, dict[str, PluginInfo]]:
    """Return what the built-in plugins and these offer, and what became of each."""
    all_ = load_plugins(*plugins, entry_points=False)
    return all_, {info.name: info for info in all_.infos}


def test_what_nobody_offers_is_not_there(plugins: Plugins) -> None:
    """The lists of clusterplan need no plugin."""
    assert plugins.reference_lists == ()
    assert make_domain(plugins).reference.lists[Key("instruments")].find("subsidy")


def test_lists_of_plugins_are_composed_for_everybody() -> None:
    """A new list is there, a known one is longer, and a second plugin adds to both."""
    both, infos = loaded(
        plugin("first", a_list("colours", "red"), a_list("instruments", "lottery")),
        plugin("second", a_list("colours", "blue"), a_list("instruments", "prize")),
    )
    assert [infos[name].errors for name in ("first", "second")] == [0, 0]
    lists = make_domain(both).reference.lists
    assert [e.code for e in lists[Key("colours")].entries] == ["red", "blue"]
    assert [e.code for e in lists[Key("instruments")].entries[-2:]] == [
        "lottery",
        "prize",
    ]
    assert list(lists)[-1] == "colours"


@pytest.mark.parametrize(
    ("offer", "reason"),
    [
        (
            a_list("instruments", "subsidy", "lottery", "grant"),
            "list 'instruments' has already: subsidy, grant",
        ),
        (
            a_list("colours", "lottery", "red", "red"),
            "list 'colours' has already: red",
        ),
        ("instruments", "clusterplan_reference_data offers a str"),
        (None, "clusterplan_reference_data offers a NoneType"),
    ],
)
def test_an_entry_that_is_there_is_refused_and_noted_on_the_plugin(
    offer: Any, reason: str, plugins: Plugins
) -> None:
    """The built-in entry stays, and so do the other entries of the plugin."""
    both, infos = loaded(plugin("careless", offer, a_list("shapes", "circle")))
    assert (infos["careless"].errors, infos["careless"].reason) == (1, reason)
    lists = make_domain(both).reference.lists
    before = make_domain(plugins).reference.lists
    subsidy = lists[Key("instruments")].find("subsidy")
    assert subsidy == before[Key("instruments")].find("subsidy")
    assert lists[Key("shapes")].find("circle")
    if isinstance(offer, ReferenceList):
        assert lists[offer.key].find("lottery")
        codes = [entry.code for entry in lists[offer.key].entries]
        assert len(codes) == len(set(codes))


def test_a_plugin_that_fails_costs_only_its_own_lists() -> None:
    """The others are asked all the same."""

    def clusterplan_reference_data() -> list[ReferenceList]:
        return [a_list("no key")]

    failing = SimpleNamespace(
        __name__="failing",
        CLUSTERPLAN=Manifest(api="~=1.0"),
        clusterplan_reference_data=hookimpl(clusterplan_reference_data),
    )
    both, infos = loaded(failing, plugin("well", a_list("colours", "red")))
    assert infos["failing"].errors == 1
    assert infos["failing"].reason.startswith("clusterplan_reference_data: TypeError: ")
    assert [each.key for each in both.reference_lists] == ["colours"]
