"""Lists of codes: complete, in two languages, found by any of their names."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any, get_type_hints

import attrs
import pytest

from clusterplan.core import actors
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.eras import ERAS
from clusterplan.core.identifiers import Key
from clusterplan.core.measures import CollectiveKind
from clusterplan.core.reference import ReferenceData, read_categories
from clusterplan.core.reference_lists import ReferenceEntry, ReferenceList
from clusterplan.core.resources import LocalResourceKind
from clusterplan.core.terms import term_of
from clusterplan.core.venues import PANEL_MEMBER_KINDS
from clusterplan.plugins.builtin.measures import LENDING_INSTRUMENTS, MONEY_INSTRUMENTS
from clusterplan.plugins.host import Plugins
from used_keys import used_keys

Lists = Mapping[str, ReferenceList]
COUNTS = {
    "prefectures": 47,
    "bureaus": 9,
    "strategic_fields": 17,
    "eras": 5,
    "jsic_divisions": 20,
    "measure_categories": 17,
    "example_measures": 43,
    "cross_cutting_support": 8,
    "local_measure_taxonomy": 32,
    "infrastructure_kinds": 7,
    "collective_kinds": 3,
    "local_resource_kinds": 3,
    "local_industries": 6,
    "local_issues": 12,
    "cause_categories": 14,
}
WANTED = {
    "kpi_families": "income jobs export outside_sales inbound local_procurement "
    "ultimate_outcomes safe_living strong_regional_economy",
    "key_terms": "rooted_industry",
    "organization_kinds": "city_bank regional_bank shinkin_bank credit_cooperative "
    "government_affiliated_financial_institution yorozu_support_base jetro",
    "organization_roles": "lead regional_core_company regional_future_driving_company "
    "project_management_body it_partner adviser coordinator committee_member",
    "venue_member_kinds": " ".join((*PANEL_MEMBER_KINDS, "citizens")),
    "venue_kinds": "panel council committee platform",
    "infrastructure_kinds": "road industrial_water rail port airport land digital",
    "strategy_tags": "new_field overseas product_development design sales_channels "
    "distribution model_case spread",
    "evidence_kinds": "survey hearing data resas",
    "support_programmes": "regional_future_grant",
    "local_industries": "primary tourism sports traditional_crafts parts_processing",
}
UNLISTED = {("funding_sources", "another_fund")}
"""What an example of a rule uses because no list has it."""


@pytest.fixture(scope="module")
def lists(reference: ReferenceData) -> Lists:
    """Return all lists of the package, by key."""
    return {str(key): each for key, each in reference.lists.items()}


def a_list(*entries: ReferenceEntry, **changes: Any) -> ReferenceList:
    """Return a small list."""
    facts: dict[str, Any] = {
        "key": Key("colours"),
        "title": "色",
        "title_en": "Colours",
        "version": dt.date(2026, 4, 1),
        "source": "色見本",
    }
    return ReferenceList(**facts | changes, entries=entries)


def an_entry(code: str, title: str = "名", **changes: Any) -> ReferenceEntry:
    """Return an entry."""
    return ReferenceEntry(code=code, title=title, title_en="Name", **changes)


def codes(found: tuple[ReferenceEntry, ...]) -> list[str]:
    """Return the codes of entries."""
    return [entry.code for entry in found]


def test_every_list_has_a_version_a_source_and_names_in_two_languages(
    lists: Lists,
) -> None:
    """So has every entry; its codes are unique, its kana are kana."""
    assert len(lists) == 35
    for key, each in lists.items():
        assert (each.key, each.count > 0) == (key, True)
        assert each.version.year >= 2019
        assert all((each.title, each.title_en, each.source))
        assert len(set(codes(each.entries))) == each.count
        assert all(bool(e.description) == bool(e.description_en) for e in each.entries)
        assert each.title_en.isascii()
        for entry in each.entries:
            assert entry.title_en.isascii(), entry
            assert re.fullmatch(r"[ァ-ヺー・，]+", entry.kana or "ア"), entry


@pytest.mark.parametrize("key", COUNTS)
def test_a_list_has_as_many_entries_as_its_source(key: str, lists: Lists) -> None:
    """None was lost on the way."""
    assert lists[key].count == COUNTS[key]


@pytest.mark.parametrize("key", WANTED)
def test_a_list_has_the_codes_that_the_texts_speak_of(key: str, lists: Lists) -> None:
    """Each of them is found."""
    assert [c for c in WANTED[key].split() if not lists[key].find(c)] == []


def test_every_parent_is_an_entry_of_its_list_or_of_the_list_of_parents(
    lists: Lists,
) -> None:
    """So that trees can be drawn without knowing the list."""
    for each in lists.values():
        above = lists[each.parent_list] if each.parent_list else each
        for entry in each.entries:
            parent = entry.parent
            assert not parent or each.find(parent) or above.find(parent), entry


def test_a_view_says_what_the_typed_data_say(
    lists: Lists, reference: ReferenceData
) -> None:
    """Areas, bureaus, fields and laws have one definition, and the list shows it."""
    adachi = lists["municipalities"].find("131211")
    assert adachi
    assert (adachi.title, adachi.kana) == ("足立区", "アダチク")
    assert (adachi.parent, adachi.description) == ("130001", "特別区")
    kumamoto = lists["prefectures"].find("430005")
    assert kumamoto
    assert kumamoto.parent == "kyushu"
    kyushu = lists["bureaus"].find("kyushu")
    assert kyushu
    assert (
        kyushu.description
        == "管轄：福岡県、佐賀県、長崎県、熊本県、大分県、宮崎県、鹿児島県"
    )
    areas = lists["prefectures"].count + lists["municipalities"].count
    assert areas == len(reference.areas)
    assert codes(lists["strategic_fields"].entries) == list(reference.strategic_fields)
    for key, law in reference.laws.items():
        entry = lists["laws"].find(key)
        assert entry
        assert (entry.valid_from, entry.valid_to) == (
            law.in_force_from,
            law.in_force_to,
        )


def test_the_43_examples_stand_under_their_categories(lists: Lists) -> None:
    """Each example of the policy text is there with the category it is of."""
    examples = lists["example_measures"]
    for code in "ABCX":
        for category in read_categories(code):
            assert lists["measure_categories"].find(category.key)
            for example in category.examples:
                entry = examples.find(example.id)
                assert entry
                assert (entry.title, entry.parent) == (example.title, category.key)
    across = [e for e in lists["cross_cutting_support"].entries if e.parent]
    assert codes(tuple(across)) == ["X1-1", "X1-2", "X1-3", "X1-4", "X2-1", "X2-2"]


def test_closed_sets_of_the_code_are_in_the_lists(lists: Lists) -> None:
    """An enum or a constant of the domain has its names in the list."""
    closed = {
        "collective_kinds": [kind.value for kind in CollectiveKind],
        "local_resource_kinds": [kind.value for kind in LocalResourceKind],
        "eras": [era.letter for era in ERAS],
    }
    for key, values in closed.items():
        assert codes(lists[key].entries) == values
    known = [v for k, v in vars(actors).items() if k.isupper() and isinstance(v, str)]
    assert set(codes(lists["actor_kinds"].entries)) == set(known)
    for instrument in MONEY_INSTRUMENTS | LENDING_INSTRUMENTS:
        assert lists["instruments"].find(instrument)


def test_every_key_that_the_samples_use_is_in_a_list(
    lists: Lists, plugins: Plugins
) -> None:
    """So are those of the examples that show how a rule is obeyed."""
    kinds = plugins.plan_types.values()
    documents: list[Any] = [parse_text(kind.sample or "").data for kind in kinds]
    for rule in plugins.rules:
        for example in rule.examples:
            kind = plugins.plan_types[example.plan_type]
            sample: Any = parse_text(kind.sample or "").data
            if not example.given:
                documents.append(changed(sample, example.good))
    files = [load_plan_file(source_of(d), plugins.plan_types) for d in documents]
    parts = [(file.plan, *file.defined().values()) for file in files]
    used = {pair for part in parts for pair in used_keys(part)}
    assert len({key for key, _ in used}) > 20
    assert {(k, code) for k, code in used if not lists[k].find(code)} <= UNLISTED


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("municipalities", "131211", "131211"),
        ("municipalities", "１３１２１", "131211"),
        ("municipalities", "足立", "131211"),
        ("municipalities", "あだち", "131211"),
        ("municipalities", "ｱﾀﾞﾁ", "131211"),
        ("municipalities", "ADACHI-KU", "131211"),
        ("municipalities", "茅ヶ﨑", "142077"),
        ("prefectures", "くまもと", "430005"),
        ("jsic_divisions", "e", "E"),
        ("jsic_divisions", "せいぞう", "E"),
        ("jsic_divisions", "manufactur", "E"),
        ("infrastructure_kinds", "工水", "industrial_water"),
        ("venue_kinds", "有識者会議", "panel"),
        ("eras", "Ｒ", "R"),
        ("eras", "㋿", "R"),
        ("eras", "heisei", "H"),
        ("cooperation_forms", "いたく", "outsourcing"),
    ],
)
def test_an_entry_is_found_by_code_name_kana_latin_name_or_variant(
    key: str, text: str, code: str, lists: Lists
) -> None:
    """Width, letter case, the sort of kana and old characters make no difference."""
    assert code in codes(lists[key].search(text))


def test_a_variant_of_a_character_finds_the_other() -> None:
    """一步 finds 一歩, and 商圈 finds 商圏, in both directions."""
    found = a_list(an_entry("step", "一歩前へ"), an_entry("trade", "商圈"))
    for text in ("一步", "一歩"):
        assert codes(found.search(text)) == ["step"]
    for text in ("商圏", "商圈"):
        assert codes(found.search(text)) == ["trade"]


def test_what_is_the_same_comes_first_then_what_begins_so() -> None:
    """Else the order of the list is kept."""
    found = a_list(
        an_entry("a", "工業用水道"),
        an_entry("b", "用水路"),
        an_entry("c", "農業用水"),
        an_entry("d", "用水"),
    )
    assert codes(found.search("用水")) == ["d", "b", "a", "c"]
    assert codes(found.search(" 用水　")) == ["d", "b", "a", "c"]
    assert codes(found.search("b")) == ["b"]
    assert found.search("") == found.search("　") == found.search("鉄道") == ()


def test_an_entry_is_in_use_from_its_first_to_its_last_day(lists: Lists) -> None:
    """Both ends count; an entry without days is always in use."""
    change = dt.date(2019, 5, 1)
    eras = lists["eras"]
    assert codes(eras.valid_on(change).entries) == ["R"]
    assert codes(eras.valid_on(change - dt.timedelta(days=1)).entries) == ["H"]
    assert eras.valid_on(dt.date(1872, 12, 31)).entries == ()
    roads = lists["infrastructure_kinds"]
    assert roads.valid_on(dt.date(1900, 1, 1)) == roads
    assert eras.valid_on(change).version == eras.version


def test_a_list_is_extended_and_never_changed() -> None:
    """An own entry stays, a code is added once, and tells where it comes from."""
    own = a_list(an_entry("red", "赤"))
    other = a_list(
        an_entry("red", "別の赤"),
        an_entry("blue", "青"),
        an_entry("blue", "紺"),
        an_entry("green", "緑", source="図鑑"),
        title="他の色",
        source="別の見本",
    )
    both = own.extended(other)
    assert [(e.code, e.title, e.source) for e in both.entries] == [
        ("red", "赤", None),
        ("blue", "青", "別の見本"),
        ("green", "緑", "図鑑"),
    ]
    assert (both.title, own.count) == ("色", 1)
    same = own.extended(a_list(an_entry("black", "黒")))
    assert same.entries[-1].source is None


def test_dated_fields_and_laws_of_a_plugin_are_known_to_the_rules(
    reference: ReferenceData,
) -> None:
    """Those of clusterplan stay; without a first day there is nothing to check."""
    day = dt.date(2027, 4, 1)
    fields = a_list(
        an_entry("ai_semiconductors", "別名"),
        an_entry("new_energy", "新エネルギー", valid_from=day),
        an_entry("undated", "日付のない分野"),
        key=Key("strategic_fields"),
    )
    laws = a_list(
        an_entry("new_act", "新法", valid_from=day),
        an_entry("undated_act", "日付のない法"),
        key=Key("laws"),
    )
    more = reference.extended([fields, laws, a_list(an_entry("red", "赤"))])
    added = more.strategic_fields[Key("new_energy")]
    assert (added.number, added.valid_from) == (18, day)
    assert Key("undated") not in more.strategic_fields
    assert more.strategic_fields[Key("ai_semiconductors")].title == "AI・半導体"
    assert more.laws[Key("new_act")].in_force_from == day
    assert Key("undated_act") not in more.laws
    assert more.lists[Key("laws")].find("undated_act")
    assert more.lists[Key("colours")].find("red")
    again = more.extended([a_list(an_entry("blue", "青"))])
    assert codes(again.lists[Key("colours")].entries) == ["red", "blue"]
    assert again.strategic_fields == more.strategic_fields
    assert reference.extended([]).lists == reference.lists


@pytest.mark.parametrize(
    "make",
    [
        lambda: an_entry(""),
        lambda: an_entry("a b"),
        lambda: an_entry("a", " "),
        lambda: an_entry("a", valid_from="2026-04-01"),
        lambda: an_entry("a", variants="x"),
        lambda: an_entry("a", parent="a b"),
        lambda: an_entry("a", kana=5),
        lambda: a_list(key="No Key"),
        lambda: a_list(version="2026-04-01"),
        lambda: a_list(source=""),
        lambda: a_list(parent_list="x y"),
        lambda: a_list("entry"),  # type: ignore[arg-type]
        lambda: a_list(ended=(an_entry("a"),)),
        lambda: a_list(ended=("a",)),
    ],
)
def test_a_list_that_cannot_be_used_is_refused_when_it_is_made(make: Any) -> None:
    """Plugins are not always type-checked."""
    with pytest.raises(TypeError):
        make()


@pytest.mark.parametrize("cls", [ReferenceEntry, ReferenceList])
def test_every_attribute_has_a_japanese_name_and_a_meaning(cls: type) -> None:
    """GraphQL is published from them."""
    hints = get_type_hints(cls, include_extras=True)
    assert all(term_of(hints[a.name]) for a in attrs.fields(cls))
