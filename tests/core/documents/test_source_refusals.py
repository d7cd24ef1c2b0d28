"""What is refused in a text has a reason, a place, and a text in two languages."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from clusterplan.core.documents.source import SourceLimits, Syntax, parse_text
from clusterplan.core.errors import ErrorCode, InputError, Problem


def refused(text: str, **options: Any) -> tuple[Problem, ...]:
    """Return the problems of a text that must be refused, after a look at each."""
    with pytest.raises(InputError) as caught:
        parse_text(text, **options)
    for problem in caught.value.problems:
        assert problem.message_en.isprintable()
        assert any(ord(char) > 0x3000 for char in problem.message_ja)
    return caught.value.problems


def test_duplicates_are_reported_even_where_a_yaml_file_holds_json() -> None:
    """A YAML file that is JSON but for its content is not read a second time."""
    (problem,) = refused('{"a": 1, "a": 2}', name="a.yaml")
    assert problem.reason == "DUPLICATE_KEY"


@pytest.mark.parametrize("loader", ["CBaseLoader", "BaseLoader"])
@pytest.mark.parametrize(
    ("text", "reason", "line", "column"),
    [
        ("a: &x 1\n", "ALIAS_REFUSED", 1, 4),
        ("b: 1\na: *x\n", "ALIAS_REFUSED", 2, 4),
        ("- &x {}\n", "ALIAS_REFUSED", 1, 3),
        ("*x : 1\n", "ALIAS_REFUSED", 1, 1),
        ("a: !!str 1\n", "TAG_REFUSED", 1, 4),
        ("a: ! 1\n", "TAG_REFUSED", 1, 4),
        ("a: !!map {}\n", "TAG_REFUSED", 1, 4),
        ("# x\n%TAG ! tag:x,2000:\n---\na: 1", "TAG_REFUSED", 2, 1),
        ("a: {b: 1}\n<<: {c: 1}\n", "MERGE_KEY_REFUSED", 2, 1),
        ("a: 1\n---\nb: 1\n", "MULTIPLE_DOCUMENTS", 2, 1),
        ("a: 1\n? [b]\n: 2\n", "BAD_KEY", 2, 3),
        ("{a: 1}: 2\n", "BAD_KEY", 1, 1),
        ("~: 1\n", "BAD_KEY", 1, 1),
        ("?\n: 1\n", "BAD_KEY", 1, 2),
    ],
)
def test_what_is_not_plain_data_in_yaml_is_refused_with_its_place(
    text: str,
    reason: str,
    line: int,
    column: int,
    loader: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Aliases, tags, merge keys and more have a reason, a place and a hint."""
    monkeypatch.setattr(yaml, "CBaseLoader", getattr(yaml, loader))
    (problem,) = refused(text, syntax="yaml")
    assert (problem.reason, problem.line, problem.column) == (reason, line, column)
    assert problem.code is ErrorCode.BAD_USER_INPUT
    assert problem.hint


def test_quoted_look_alikes_are_text() -> None:
    """Quotes make text of what would be an alias, a tag, a merge key or a null."""
    text = "'<<': '*a'\n'~': '!b'\n'': '&c'\n"
    assert parse_text(text).data == {"<<": "*a", "~": "!b", "": "&c"}


@pytest.mark.parametrize("text", ["", " \n\n", "# only a comment\n", "---\n", "\ufeff"])
def test_an_empty_document_is_refused(text: str) -> None:
    """Nothing written is not the same as null."""
    (problem,) = refused(text, name="plan.yaml")
    assert problem.reason == "EMPTY_DOCUMENT"
    assert "plan.yaml" in problem.message_ja


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_duplicate_keys_are_all_told_at_once(syntax: Syntax) -> None:
    """Equality is that of normal forms, and each duplicate has its own place."""
    text = '{"が": 1, "か\u3099": 2,\n "b": [{"c": 1, "c": 2}], "c": 3}'
    problems = refused(text, syntax=syntax)
    assert [(p.reason, p.path, p.line, p.column) for p in problems] == [
        ("DUPLICATE_KEY", ("が",), 1, 10),
        ("DUPLICATE_KEY", ("b", 0, "c"), 2, 17),
    ]


def test_a_flood_of_duplicates_is_cut() -> None:
    """Nobody reads more than a hundred problems."""
    assert len(refused("a: 1\n" * 5000)) == 100


@pytest.mark.parametrize(
    ("text", "line", "column", "words"),
    [
        ("a:\n\tb: 1", 2, 1, "タブ"),
        ("a:\n  b: 1\n\tc: 2", 3, 1, "タブ"),
        ("a: b: c", 1, 5, "引用符"),
        ("a：b\nc: 1", 2, 2, "全角"),
        ("a: [1, 2", 2, 1, "閉じ括弧"),
        ("a: 'x", 1, 6, "引用符が閉じられていません"),
        ("a: @x", 1, 4, "引用符"),
        ("a: **強調**", 1, 5, "引用符"),
        ('a: "C:\\q"', 1, 7, "バックスラッシュ"),
        ("a: 1\n- b", 2, 1, "字下げ"),
        ("港:\n - b: {c: d\n", 3, 1, "コンマ"),
        ("a: ]", 1, 4, "括弧"),
    ],
)
def test_a_yaml_syntax_error_is_explained_at_its_place(
    text: str, line: int, column: int, words: str
) -> None:
    """The explanation is plain, and what libyaml said follows it."""
    (problem,) = refused(text, syntax="yaml")
    assert problem.reason == "SYNTAX_ERROR"
    assert words in problem.message_ja
    assert (problem.line, problem.column) == (line, column)


@pytest.mark.parametrize(
    ("text", "reason", "column", "words"),
    [
        ('{"a": NaN}', "NOT_FINITE", 7, "null"),
        ('{"a": -Infinity}', "NOT_FINITE", 7, "null"),
        ('{"a": 1,}', "SYNTAX_ERROR", 9, "Delete the comma"),
        ("[1, ]", "SYNTAX_ERROR", 5, "Delete the comma"),
        ('{"a": 1 // x', "SYNTAX_ERROR", 9, "no comments"),
        ("[1 /* x */]", "SYNTAX_ERROR", 4, "no comments"),
        ("{'a': 1}", "SYNTAX_ERROR", 2, "double quotes"),
        ("{a: 1}", "SYNTAX_ERROR", 2, "double quotes"),
        ('{"a" 1}', "SYNTAX_ERROR", 6, "colon"),
        ('{"a": }', "SYNTAX_ERROR", 7, "null"),
        ('{"a": True}', "SYNTAX_ERROR", 7, "small letters"),
        ('{"a": 01}', "SYNTAX_ERROR", 7, "JSON number"),
        ('{"a": .5}', "SYNTAX_ERROR", 7, "JSON number"),
        ('{"a": +1}', "SYNTAX_ERROR", 7, "JSON number"),
        ('{"a": 2026-04-01}', "SYNTAX_ERROR", 7, "codes in double quotes"),
        ('{"a": 東京}', "SYNTAX_ERROR", 7, "text in double quotes"),
        ('{"a": "b" "c"}', "SYNTAX_ERROR", 11, "comma"),
        ('{"a": "b', "SYNTAX_ERROR", 7, "double quote"),
        ('{"a": "\t"}', "SYNTAX_ERROR", 8, "tab"),
        ('{"a": "\\q"}', "SYNTAX_ERROR", 8, "twice"),
        ('{"a": [1', "SYNTAX_ERROR", 9, "too early"),
        ('{"a": 1} {}', "SYNTAX_ERROR", 10, "Delete"),
    ],
)
def test_what_is_not_json_is_refused_at_its_place(
    text: str, reason: str, column: int, words: str
) -> None:
    """Common slips, such as comments and single quotes, are named."""
    (problem,) = refused(text, syntax="json")
    assert (problem.reason, problem.line, problem.column) == (reason, 1, column)
    assert words in problem.message_en


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a: 1\nb: \x00", 2, 4),
        ("a: \u202eb", 1, 4),
        ("a: \ud800", 1, 4),
        ("a: b\u2069", 1, 5),
        ("a: b\x7f", 1, 5),
        ("a: b\ufeff", 1, 5),
        ('a: ["b", "\\0"]', 1, 10),
        ('{"a": "\\u0000"}', 1, 7),
        ('{"\\ud800": 1}', 1, 2),
        ('{"a": "' + "\\u0300\\u0327" * 1000 + '"}', 1, 7),
    ],
)
def test_forbidden_characters_are_refused_written_or_escaped(
    text: str, line: int, column: int
) -> None:
    """A text shows what it says: nothing invisible, reordered or broken."""
    (problem,) = refused(text)
    assert problem.reason == "FORBIDDEN_CHARACTER"
    assert (problem.line, problem.column) == (line, column)


HUGE = 200_000
HOSTILE = [
    ("[" * HUGE, "TOO_DEEP"),
    ("{" * HUGE, "BAD_KEY"),
    ("{a: " * HUGE, "TOO_DEEP"),
    ("- " * HUGE, "TOO_DEEP"),
    ("? " * HUGE, "BAD_KEY"),
    ('{"a":' * HUGE, "TOO_DEEP"),
    ("- []\n" * HUGE, "TOO_MANY_NODES"),
    ("[" + "0," * HUGE + "0]", "TOO_MANY_NODES"),
    ("".join(f"- &a{i} x\n" for i in range(HUGE)), "ALIAS_REFUSED"),
    ("".join(f"%TAG !a{i}! b\n" for i in range(HUGE)), "TAG_REFUSED"),
    ("a: " + "b" * HUGE, "TEXT_TOO_LONG"),
    ("b" * HUGE + ": a", "TEXT_TOO_LONG"),
    ("1" * HUGE, "TEXT_TOO_LONG"),
    ("a: " + "あ" * 2_000_000, "TOO_LARGE"),
    ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "ALIAS_REFUSED"),
]
LIMITS = {"TOO_DEEP", "TOO_MANY_NODES", "TEXT_TOO_LONG", "TOO_LARGE"}


@pytest.mark.parametrize(("text", "reason"), HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_yaml_is_refused(text: str, reason: str) -> None:
    """Deep, wide, long and self-multiplying documents end at a limit."""
    (problem,) = refused(text, syntax="yaml")
    assert problem.reason == reason
    limited = problem.code is ErrorCode.LIMIT_EXCEEDED
    assert limited == (reason in LIMITS)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * HUGE, "TOO_DEEP"),
        ('{"a":' * HUGE, "TOO_DEEP"),
        ("[" + "0," * HUGE + "0]", "TOO_MANY_NODES"),
        ("1" * HUGE, "TEXT_TOO_LONG"),
        ('"' + "\\u0041" * HUGE + '"', "TEXT_TOO_LONG"),
    ],
    ids=range(5),
)
def test_hostile_json_is_refused(text: str, reason: str) -> None:
    """The JSON reader keeps the same limits and never recurses."""
    (problem,) = refused(text, syntax="json")
    assert (problem.reason, problem.code) == (reason, ErrorCode.LIMIT_EXCEEDED)


def test_limits_are_inclusive_and_chosen_by_the_caller() -> None:
    """What just fits is read."""
    limits = SourceLimits(bytes=12, depth=2, nodes=4, scalar_chars=2)
    assert parse_text("[[aa, bb]]", limits=limits).data == [["aa", "bb"]]
    for text in ("[[aa,bb,cc]]", "[[[]]]", "[aaa]", "[aaaa, bbbb ]"):
        (problem,) = refused(text, limits=limits)
        assert problem.code is ErrorCode.LIMIT_EXCEEDED
