"""Documents are read as text with places, and what is refused is explained."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.documents.source import (
    Mark,
    Source,
    parse_text,
)


def normal(value: Any) -> Any:
    """Return JSON-like data with all texts in NFC."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, list):
        return [normal(item) for item in value]
    if isinstance(value, dict):
        return {normal(key): normal(item) for key, item in value.items()}
    return value


FORBIDDEN = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff\uffff\ufffe"
TEXTS = st.text(
    st.characters(exclude_categories=("Cs", "Cc"), exclude_characters=FORBIDDEN),
    max_size=20,
)
DATA = st.recursive(
    st.none() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXTS.map(normal), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(DATA)
def test_data_written_as_json_reads_back_equal(data: Any) -> None:
    """Whatever JSON writes comes back, in NFC, escaped or not."""
    for ascii_only in (True, False):
        text = json.dumps(data, ensure_ascii=ascii_only)
        assert parse_text(text, syntax="json").data == normal(data)


@given(DATA)
def test_data_written_as_yaml_reads_back_equal(data: Any) -> None:
    """Whatever YAML writes as plain data comes back, in NFC."""
    for unicode in (True, False):
        text = yaml.safe_dump(data, allow_unicode=unicode)
        assert parse_text(text, syntax="yaml").data == normal(data)


@given(DATA)
def test_every_value_of_a_text_has_a_place(data: Any) -> None:
    """Each value, and each key, of both syntaxes is marked."""
    for source in (
        parse_text(json.dumps(data), syntax="json"),
        parse_text(yaml.safe_dump(data), syntax="yaml"),
    ):
        assert set(source.marks) == set(paths(source.data))
        assert set(source.key_marks) == {
            path for path in source.marks if path and isinstance(path[-1], str)
        }


def paths(
    data: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[str | int, ...]]:
    """Yield the path of each value."""
    yield path
    if isinstance(data, dict):
        for key, value in data.items():
            yield from paths(value, (*path, key))
    if isinstance(data, list):
        for index, value in enumerate(data):
            yield from paths(value, (*path, index))


@pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
def test_yaml_scalars_stay_text_and_only_plain_nulls_are_null(
    loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Codes keep their zeros; quoted nulls are words; with and without libyaml."""
    monkeypatch.setattr(yaml, "CBaseLoader", getattr(yaml, loader))
    text = "a: 011002\nb: 1.50\nc: yes\nd: ~\ne:\nf: NULL\ng: 'null'\nh: ''\ni: [~, x]"
    assert parse_text(text).data == {
        "a": "011002",
        "b": "1.50",
        "c": "yes",
        "d": None,
        "e": None,
        "f": None,
        "g": "null",
        "h": "",
        "i": [None, "x"],
    }


def test_json_scalars_stay_text() -> None:
    """Numbers are kept as written, however long; booleans are words."""
    digits = "1" * 5000
    text = f'{{"a": 1.50, "b": -1E+2, "c": true, "d": false, "e": null, "f": {digits}}}'
    assert parse_text(text).data == {
        "a": "1.50",
        "b": "-1E+2",
        "c": "true",
        "d": "false",
        "e": None,
        "f": digits,
    }


@pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
def test_columns_count_characters_of_japanese_yaml(
    loader: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A character outside the first plane is one column too."""
    monkeypatch.setattr(yaml, "CBaseLoader", getattr(yaml, loader))
    source = parse_text("名称: 港湾\n𠮷野: [東京, 大阪]\n")
    assert source.marks[("名称",)] == Mark(1, 5)
    assert source.key_marks[("𠮷野",)] == Mark(2, 1)
    assert source.marks[("𠮷野", 1)] == Mark(2, 10)


def test_columns_count_characters_of_japanese_json() -> None:
    """JSON is counted like YAML, over line ends of both kinds."""
    source = parse_text('{"𠮷野": ["東京", "大阪"],\r\n "b": {}}')
    assert source.marks[()] == Mark(1, 1)
    assert source.key_marks[("𠮷野",)] == Mark(1, 2)
    assert source.marks[("𠮷野", 1)] == Mark(1, 15)
    assert source.key_marks[("b",)] == Mark(2, 2)


def test_a_place_falls_back_to_the_nearest_known_parent() -> None:
    """A missing key is shown where its mapping's key stands."""
    source = parse_text("a:\n  b: [1, 2]\n")
    assert source.place(("a", "b")) == Mark(2, 3)
    assert source.place(("a", "b", 1)) == Mark(2, 10)
    assert source.place(("a", "c", "d", 4)) == Mark(1, 1)
    assert source.place(("x",)) == Mark(1, 1)
    assert Source(data=None, name="empty").place(("x",)) is None


@pytest.mark.parametrize("text", ["港" * 5000, "か\u3099" * 5000, "a" * 100_000])
def test_long_text_in_any_language_is_read(text: str) -> None:
    """Many marks are fine where each letter has few."""
    assert parse_text(f"a: {text}").data == {"a": normal(text)}


def test_keys_and_scalars_are_normalised() -> None:
    """Decomposed kana, as some systems write them, equal composed ones."""
    assert parse_text("か\u3099: は\u309a").data == {"が": "ぱ"}


@pytest.mark.parametrize(
    ("name", "text", "data"),
    [
        ("a.json", "[1]", ["1"]),
        ("a.yaml", "{a: 1}", {"a": "1"}),
        ("a.yml", '{"a": "\\ud83d\\ude00"}', {"a": "😀"}),
        ("<text>", ' {"a": 1}', {"a": "1"}),
        ("<text>", "[a, b]", ["a", "b"]),
        ("a.YAML", "\ufeffa: 1", {"a": "1"}),
    ],
)
def test_the_syntax_follows_from_the_name_else_from_the_text(
    name: str, text: str, data: Any
) -> None:
    """A name decides; without one, `{` means JSON."""
    assert parse_text(text, name=name).data == data
