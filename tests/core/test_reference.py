"""The lists that the package carries are complete and agree with each other."""

from __future__ import annotations

import datetime as dt
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.areas import AreaKind, is_area_code
from clusterplan.core.identifiers import Key, is_key
from clusterplan.core.reference import (
    ReferenceData,
    fold,
    read_categories,
    read_reference,
)

TODAY = dt.date(2026, 4, 1)
KYUSHU = ("40", "41", "42", "43", "44", "45", "46")
MUNICIPAL = {
    AreaKind.DESIGNATED_CITY: 20,
    AreaKind.CITY: 772,
    AreaKind.TOWN: 743,
    AreaKind.VILLAGE: 183,
    AreaKind.SPECIAL_WARD: 23,
}


@pytest.fixture(scope="module")
def reference() -> ReferenceData:
    """Return the lists of the package."""
    return read_reference()


def test_every_code_passes_its_check_digit(reference: ReferenceData) -> None:
    """All codes, and those that areas and bureaus refer to, are right."""
    codes = [*reference.areas]
    codes += [a.parent for a in reference.areas.values() if a.parent]
    codes += [c for b in reference.bureaus.values() for c in b.prefectures]
    assert [c for c in codes if not is_area_code(c)] == []
    assert all(code == area.code for code, area in reference.areas.items())


def test_there_are_47_prefectures_and_1741_municipalities(
    reference: ReferenceData,
) -> None:
    """Counts by kind are those of the official lists, special wards included."""
    kinds = Counter(a.kind for a in reference.areas.values())
    assert kinds.pop(AreaKind.PREFECTURE) == 47
    assert kinds.pop(AreaKind.WARD) == 178
    assert kinds == MUNICIPAL
    assert kinds.total() == 1741


def test_kyushu_has_233_municipalities_with_three_designated_cities(
    reference: ReferenceData,
) -> None:
    """The figure of the policy text follows from the list."""
    found = [
        a
        for a in reference.areas.values()
        if a.code[:2] in KYUSHU and a.kind in MUNICIPAL
    ]
    cities = [a.name for a in found if a.kind is AreaKind.DESIGNATED_CITY]
    assert len(found) == 233
    assert sorted(cities) == sorted(["北九州市", "福岡市", "熊本市"])


def test_each_prefecture_lies_in_exactly_one_block(reference: ReferenceData) -> None:
    """Nine blocks share the prefectures out."""
    shared = [c for b in reference.bureaus.values() for c in b.prefectures]
    prefectures = [
        a.code for a in reference.areas.values() if a.kind is AreaKind.PREFECTURE
    ]
    assert len(reference.bureaus) == 9
    assert sorted(shared) == sorted(prefectures)


def test_every_area_has_a_parent_above_it_and_a_place_in_japan(
    reference: ReferenceData,
) -> None:
    """A ward belongs to a designated city, a municipality to its prefecture."""
    for area in reference.areas.values():
        assert 122 < area.lon < 154, area
        assert 20 < area.lat < 46, area
        parent = reference.areas[area.parent] if area.parent else None
        if area.kind is AreaKind.PREFECTURE:
            assert parent is None
        elif area.kind is AreaKind.WARD:
            assert parent
            assert parent.kind is AreaKind.DESIGNATED_CITY
        else:
            assert parent
            assert parent.code == area.prefecture


def test_the_wards_of_hamamatsu_change_at_the_turn_of_2024(
    reference: ReferenceData,
) -> None:
    """Seven wards end on 2023-12-31 and three begin the next day."""
    changed = [a for a in reference.areas.values() if a.valid_from or a.valid_to]
    before = [a for a in changed if a.is_valid(dt.date(2023, 12, 31))]
    after = [a for a in changed if a.is_valid(dt.date(2024, 1, 1))]
    assert (len(before), len(after)) == (7, 3)
    wards = [a for a in reference.areas.values() if a.kind is AreaKind.WARD]
    assert sum(w.is_valid(TODAY) for w in wards) == 171


def test_the_growth_strategy_has_17_fields(reference: ReferenceData) -> None:
    """They are numbered, have keys of their own and names in two languages."""
    fields = list(reference.strategic_fields.values())
    assert [f.number for f in fields] == list(range(1, 18))
    assert all(is_key(f.key) and f.title and f.title_en for f in fields)
    assert {f.valid_from for f in fields} == {dt.date(2025, 11, 4)}


def test_an_example_tells_its_fields_and_whether_the_text_goes_on(
    reference: ReferenceData,
) -> None:
    """One field, two, all of them, or none."""
    found = {
        e.id: e for code in "ABC" for c in read_categories(code) for e in c.examples
    }
    assert found["C5-2"].fields == ("content",)
    assert found["A1-2"].fields == ("shipbuilding", "port_logistics")
    assert found["A5-1"].fields == tuple(reference.strategic_fields)
    assert found["A2-1"].fields == ()
    assert (found["A1-3"].open_ended, found["A1-2"].open_ended) == (True, False)
    assert {f for e in found.values() for f in e.fields} <= {
        *reference.strategic_fields
    }


@pytest.mark.parametrize(("code", "examples"), [("A", 13), ("B", 12), ("C", 12)])
def test_a_plan_type_has_five_categories_with_the_examples_of_the_text(
    code: str, examples: int
) -> None:
    """Keys and ids are unique, and the five headings have the same common keys."""
    categories = read_categories(code)
    ids = [e.id for c in categories for e in c.examples]
    assert [c.number for c in categories] == [1, 2, 3, 4, 5]
    assert [c.common_key for c in categories] == [
        "investment",
        "finance",
        "environment",
        "regulation",
        "human_resources",
    ]
    assert len({c.key for c in categories}) == 5
    assert len(ids) == len(set(ids)) == examples
    assert all(id_.startswith(code) for id_ in ids)
    assert all(c.title and c.title_en for c in categories)


def test_37_examples_belong_to_a_type_and_6_cut_across() -> None:
    """All 43 examples of the policy text are there."""
    of_types = [e for t in "ABC" for c in read_categories(t) for e in c.examples]
    across = [e for c in read_categories("X") for e in c.examples]
    assert (len(of_types), len(across)) == (37, 6)
    assert all(e.title and e.title_en and e.instruments for e in (*of_types, *across))
    assert any(e.collective for e in of_types)
    assert read_categories("Z") == ()


def test_the_bureau_of_a_place_is_found_by_its_prefecture(
    reference: ReferenceData,
) -> None:
    """Any code of a block leads to its bureau, an unknown one to none."""
    for code, key in (
        ("401005", "kyushu"),
        ("13", "kanto"),
        ("152137", "kanto"),
        ("470007", "okinawa"),
    ):
        bureau = reference.bureau_of(code)
        assert bureau
        assert bureau.key == key
    assert reference.bureau_of("999999") is None
    assert reference.bureau_of("") is None


def test_the_name_of_a_body_is_looked_up_by_its_kind(reference: ReferenceData) -> None:
    """Bureaus have keys, local governments codes; other bodies have no name here."""
    assert reference.body_name("regional_bureau", "kyushu") == "九州経済産業局"
    assert reference.body_name("municipality", "131211") == "足立区"
    assert reference.body_name("head_of_local_government", "130001") == "東京都"
    assert reference.body_name("meti", "meti") is None
    assert reference.body_name("ministry", "kyushu") is None


@pytest.mark.parametrize(
    "text",
    ["131211", "13121", "足立", "アダチ", "あだち", "ｱﾀﾞﾁ", "adachi", "ＡＤＡＣＨＩ"],
)
def test_an_area_is_found_by_code_name_kana_or_latin_name(
    text: str, reference: ReferenceData
) -> None:
    """Width, letter case and the sort of kana make no difference."""
    assert "足立区" in {a.name for a in reference.search_areas(text)}


def test_a_search_that_nothing_begins_with_is_empty(reference: ReferenceData) -> None:
    """A text in the middle of a name is not found, nor are words of no place."""
    assert list(reference.search_areas("立区")) == []
    assert list(reference.search_areas("存在しない市")) == []


def test_an_old_character_finds_the_name_in_the_new_one(
    reference: ReferenceData,
) -> None:
    """茅ヶ崎 is found with the small or the large ケ and either form of 崎."""
    for text in ("茅ヶ崎", "茅ケ崎", "茅ヶ﨑"):
        assert [a.code for a in reference.search_areas(text)] == ["142077"]


def test_every_area_is_found_by_each_of_its_names(reference: ReferenceData) -> None:
    """Folding never hides a name from itself."""
    for area in list(reference.areas.values())[::97]:
        for text in (area.code, area.name, area.name_kana, area.name_en):
            if text:
                assert area in reference.search_areas(text)


@given(st.text(alphabet="ヶケヵ步歩圈圏髙高﨑崎あアゖヴAaＡß1１ｱﾞ", max_size=8))
def test_folding_twice_changes_nothing(text: str) -> None:
    """A folded text is stored and compared as it is."""
    assert fold(fold(text)) == fold(text)


def test_a_body_has_an_english_name_where_the_lists_have_one(
    reference: ReferenceData,
) -> None:
    """Bureaus and local governments; nothing for other bodies."""
    assert reference.body_name_en("prefecture", "430005") == "Kumamoto"
    assert (reference.body_name_en("regional_bureau", "kyushu") or "").startswith(
        "Kyushu"
    )
    assert reference.body_name_en("ministry", "mlit") is None


def test_a_law_is_in_force_from_its_first_to_its_last_day(
    reference: ReferenceData,
) -> None:
    """Both ends count."""
    law, day = (
        reference.laws[Key("sme_regional_resource_promotion_act")],
        dt.timedelta(days=1),
    )
    first, last = law.in_force_from, law.in_force_to
    assert last is not None
    assert law.is_in_force(first, first)
    assert law.is_in_force(last, last)
    assert not law.is_in_force(first - day, first - day)
    assert not law.is_in_force(last + day, last + day)
