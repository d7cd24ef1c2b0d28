"""The queries `referenceLists` and `referenceEntries`."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from served import Served

LISTS = """{ referenceLists {
  key title titleEn version source count parentList
} }"""
ENTRIES = """query ($list: String!, $text: String, $asOf: Date, $first: Int,
  $after: String, $last: Int, $before: String) {
  referenceEntries(list: $list, text: $text, asOf: $asOf, first: $first, after: $after,
    last: $last, before: $before) {
    nodes { code title titleEn kana parent description descriptionEn validFrom validTo
      variants source }
    edges { cursor node { code } }
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    totalCount
  }
}"""


def page(served: Served, list_: str, **arguments: Any) -> Any:
    """Return a page of a list."""
    return served.ask(ENTRIES, {"list": list_} | arguments)["referenceEntries"]


def codes(found: Any) -> list[str]:
    """Return the codes of a page."""
    return [node["code"] for node in found["nodes"]]


def test_the_lists_say_what_they_are(world: Served) -> None:
    """Key, names, version, source, number of entries; the same for every reader."""
    lists = world.ask(LISTS)["referenceLists"]
    assert [each["key"] for each in lists] == list(world.domain.reference.lists)
    (eras,) = (each for each in lists if each["key"] == "eras")
    assert eras == {
        "key": "eras",
        "title": "元号",
        "titleEn": "Eras",
        "version": "2019-05-01",
        "source": "元号を改める政令など。明治は太陽暦に改めた1873年1月1日から",
        "count": 5,
        "parentList": None,
    }


def test_an_entry_has_all_that_the_list_says(world: Served) -> None:
    """Names in two languages, kana, days, other spellings."""
    found = page(world, "infrastructure_kinds", text="工水")
    assert found["nodes"] == [
        {
            "code": "industrial_water",
            "title": "工業用水",
            "titleEn": "Industrial water",
            "kana": "コウギョウヨウスイ",
            "parent": None,
            "description": None,
            "descriptionEn": None,
            "validFrom": None,
            "validTo": None,
            "variants": ["工業用水道", "工水"],
            "source": "政策パッケージ「道路、工業用水等の関連インフラの整備」",
        }
    ]
    adachi = page(world, "municipalities", text="あだち")["nodes"][0]
    assert (adachi["code"], adachi["parent"]) == ("131211", "130001")


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        ({}, ["R", "H", "S", "T", "M"]),
        ({"asOf": "1990-01-01"}, ["H"]),
        ({"text": "しょうわ"}, ["S"]),
        ({"text": "ta"}, ["T"]),
        ({"text": "令和", "asOf": "1990-01-01"}, []),
        ({"text": ""}, ["R", "H", "S", "T", "M"]),
        ({"text": "　"}, []),
        ({"text": "'; --"}, []),
        ({"text": None, "asOf": None}, ["R", "H", "S", "T", "M"]),
    ],
)
def test_entries_are_found_by_text_and_day(
    world: Served, arguments: dict[str, Any], found: list[str]
) -> None:
    """Both must fit."""
    assert codes(page(world, "eras", **arguments)) == found


@pytest.mark.parametrize("text", [None, "山"])
def test_pages_give_every_entry_once_in_both_ways(
    world: Served, text: str | None
) -> None:
    """Forward by `after` and backward by `before` lead through the same list."""
    whole = world.domain.reference.lists["municipalities"]  # type: ignore[index]
    wanted = [e.code for e in (whole.search(text) if text else whole.entries)]
    for size, cursor, place, more in (
        ("first", "after", "endCursor", "hasNextPage"),
        ("last", "before", "startCursor", "hasPreviousPage"),
    ):
        seen: list[str] = []
        position: dict[str, str] = {}
        while True:
            found = page(world, "municipalities", text=text, **({size: 100} | position))
            assert found["totalCount"] == len(wanted)
            assert [e["node"]["code"] for e in found["edges"]] == codes(found)
            seen = [*seen, *codes(found)] if size == "first" else [*codes(found), *seen]
            if not found["pageInfo"][more]:
                break
            position = {cursor: found["pageInfo"][place]}
        assert seen == wanted


@pytest.mark.parametrize(
    ("arguments", "refusal"),
    [
        ({"list": "instrumnets"}, ("NOT_FOUND", "UNKNOWN_LIST", "/list")),
        ({"list": ""}, ("NOT_FOUND", "UNKNOWN_LIST", "/list")),
        ({"list": "eras", "first": 101}, ("BAD_USER_INPUT", "BAD_PAGE", "/first")),
        ({"list": "eras", "after": "x"}, ("BAD_USER_INPUT", "BAD_CURSOR", "/after")),
    ],
)
def test_an_unknown_list_and_a_bad_page_are_refused(
    world: Served, arguments: dict[str, Any], refusal: tuple[str, str, str]
) -> None:
    """With a text in two languages, and the rest of the query is answered."""
    assert world.refusals(ENTRIES, arguments) == [refusal]
    answer = world.answer(
        '{ referenceEntries(list: "instrumnets") { totalCount } plans { totalCount } }'
    )
    assert answer["data"]["referenceEntries"] is None
    assert answer["data"]["plans"]["totalCount"] > 0
    assert answer["errors"][0]["extensions"]["hint"] == "instruments"


def test_a_cursor_of_another_list_is_refused(world: Served) -> None:
    """It names an entry that is not there."""
    cursor = page(world, "eras", first=1)["pageInfo"]["endCursor"]
    asked = {"list": "instruments", "after": cursor}
    assert world.refusals(ENTRIES, asked) == [
        ("BAD_USER_INPUT", "BAD_CURSOR", "/after")
    ]
    asked = {"list": "instruments", "before": cursor}
    assert world.refusals(ENTRIES, asked) == [
        ("BAD_USER_INPUT", "BAD_CURSOR", "/before")
    ]


def test_entries_of_plugins_are_served_like_the_others(world: Served) -> None:
    """With where they come from."""
    lists = world.plugins.reference_lists
    reference = world.domain.reference.extended(lists)
    wide = Served(
        store=world.store,
        domain=attrs.evolve(world.domain, reference=reference),
        plugins=world.plugins,
    )
    (node,) = page(wide, "instruments", text="奨励金")["nodes"]
    assert (node["code"], node["titleEn"]) == ("incentive", "Incentive")
    assert node["source"].startswith("東京都")
    assert codes(page(world, "instruments", text="奨励金")) == []


def test_looking_up_codes_reads_no_database(world: Served) -> None:
    """The lists are in memory."""
    assert world.count_statements(ENTRIES, {"list": "municipalities"}) == 0
    assert world.count_statements(LISTS) == 0
