"""`reference list`, `reference show` and `reference search`."""

from __future__ import annotations

import json

import pytest

from commands import Run


def test_the_lists_are_listed_with_version_and_title(run: Run) -> None:
    """In the language that is asked for; as JSON with everything."""
    english, japanese = run("reference", "list"), run("reference", "list", lang="ja")
    assert (english.code, english.err) == (0, "")
    assert "Strategic fields" in english.out
    assert "戦略分野" in japanese.out
    lists = json.loads(run("reference", "list", "--format", "json").out)
    fields = next(each for each in lists if each["key"] == "strategic_fields")
    assert fields == {
        "key": "strategic_fields",
        "title": "戦略分野",
        "titleEn": "Strategic fields",
        "version": "2025-11-04",
        "source": "成長戦略の17の戦略分野（2025年11月4日決定）。英語は訳",
        "parentList": None,
        "count": 17,
    }


def test_a_list_is_shown_with_its_entries(run: Run) -> None:
    """As a table, with where it comes from beside it; as JSON with everything."""
    outcome = run("reference", "show", "bureaus", lang="ja")
    assert outcome.code == 0
    assert outcome.out.splitlines()[0].split() == ["CODE", "TITLE", "DESCRIPTION"]
    assert "kyushu    九州経済産業局            管轄：福岡県、佐賀県" in outcome.out
    assert outcome.err.startswith("経済産業局（2026-11-01）出典：")
    outcome = run("reference", "show", "bureaus", "--format", "json")
    shown = json.loads(outcome.out)
    assert (shown["count"], len(shown["entries"]), outcome.err) == (9, 9, "")
    assert shown["entries"][0]["descriptionEn"] == "Jurisdiction: Hokkaido"


def test_a_list_is_shown_as_of_a_day(run: Run) -> None:
    """Only what is in use then."""
    shown = run("reference", "show", "eras", "--as-of", "2000-01-01").out
    assert shown.splitlines()[1:] == ["H     Heisei  1989-01-08  2019-04-30"]
    asked = ("show", "eras", "--as-of", "2000-01-01", "--format", "json")
    told = json.loads(run("reference", *asked).out)
    assert (told["count"], told["entries"][0]["validTo"]) == (1, "2019-04-30")
    assert run("reference", "show", "eras", "--as-of", "yesterday").code == 2


@pytest.mark.parametrize("text", ["あだち", "ｱﾀﾞﾁ", "足立", "131211", "adachi-ku"])
def test_an_entry_is_searched_by_any_of_its_names(text: str, run: Run) -> None:
    """In all lists, or in one."""
    for more in ((), ("--list", "municipalities")):
        found = json.loads(
            run("reference", "search", text, *more, "--format", "json").out
        )
        assert [(f["list"], f["code"]) for f in found] == [("municipalities", "131211")]
        assert found[0]["titleEn"] == "Adachi-ku"
    lines = run("reference", "search", text, lang="ja").out.splitlines()
    assert lines[1] == "municipalities  131211  足立区"
    assert run("reference", "search", text, "--list", "eras").out.count("\n") == 1


def test_nothing_found_is_no_error(run: Run) -> None:
    """An empty list is an answer."""
    outcome = run("reference", "search", "存在しない語", "--format", "json")
    assert (outcome.code, json.loads(outcome.out)) == (0, [])


@pytest.mark.parametrize(
    "arguments", [("show", "instrumnets"), ("search", "x", "--list", "instrumnets")]
)
def test_an_unknown_list_is_refused_with_the_closest_key(
    arguments: tuple[str, ...], run: Run
) -> None:
    """In the language that is asked for, with status 1."""
    english, japanese = (
        run("reference", *arguments),
        run("reference", *arguments, lang="ja"),
    )
    assert (english.code, japanese.code, english.out) == (1, 1, "")
    assert english.err.startswith("error UNKNOWN_LIST: there is no reference list")
    assert "「instrumnets」という参照リストはありません" in japanese.err
    assert english.err.strip().endswith("→ instruments")
    assert "→" not in run("reference", "show", "zzz").err


def test_lists_of_installed_plugins_are_shown(run: Run) -> None:
    """The package of Tokyo adds its instruments."""
    found = json.loads(
        run("reference", "search", "トライアル発注", "--format", "json").out
    )
    assert [(f["list"], f["code"]) for f in found] == [("instruments", "trial_order")]
