"""YAML read into a tree from the parser's events: scalars as text, no aliases or tags.

What YAML offers beyond plain data (anchors, tags, merge keys, several documents) is
refused: it hides what a document says, and lets a small file grow without end.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import yaml
from yaml import events

from ..errors import InputError, Problem
from .source_text import Mark, empty_document, mark_at, problem
from .source_tree import TreeBuilder

_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_MERGE_KEY = "<<"
# libyaml compares each declaration with all before it: thousands take minutes.
_TAG_DECLARATION = re.compile(r"(?:^|(?<=[\n\r\u2028\u2029]))%TAG")


def read_yaml(text: str, builder: TreeBuilder, *, name: str) -> None:
    """Read *text* as one YAML document of plain data into *builder*.

    Args:
        text: The document, free of forbidden characters.
        builder: Takes the values and keeps the limits.
        name: Name of the document for messages.

    Raises:
        InputError: The text is not YAML, uses what is refused, or exceeds a limit.
    """
    reader = _Reader(builder, name)
    declared = _TAG_DECLARATION.search(text)
    if declared is not None:
        raise reader.refusal("TAG_REFUSED", mark_at(text, declared.start()))
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    try:
        for event in yaml.parse(text, Loader=loader):
            reader.take(event)
    except yaml.YAMLError as error:
        raise builder.refusal(_syntax_problem(error, text, builder)) from None


class _Reader:
    """Hands events to the builder and refuses those that are not plain data."""

    def __init__(self, builder: TreeBuilder, name: str) -> None:
        self._builder = builder
        self._name = name
        self._documents = 0

    def take(self, event: Any) -> None:
        match event:
            case events.ScalarEvent():
                self._scalar(event)
            case events.MappingStartEvent():
                self._builder.start_mapping(self._start(event))
            case events.SequenceStartEvent():
                self._builder.start_list(self._start(event))
            case events.MappingEndEvent() | events.SequenceEndEvent():
                self._builder.end()
            case events.AliasEvent():
                raise self.refusal("ALIAS_REFUSED", _mark(event))
            case events.DocumentStartEvent():
                self._documents += 1
                if self._documents > 1:
                    raise self.refusal("MULTIPLE_DOCUMENTS", _mark(event))
            case events.StreamEndEvent() if not self._documents:
                raise InputError(empty_document(self._name))

    def _scalar(self, event: Any) -> None:
        plain, text, mark = event.implicit[0], event.value, _mark(event)
        self._refuse_extras(event)
        if self._builder.expects_key:
            if plain and text == _MERGE_KEY:
                raise self.refusal("MERGE_KEY_REFUSED", _mark(event))
            if plain and text in _NULLS:
                raise self.refusal("BAD_KEY", _mark(event))
            self._builder.key(text, mark)
            return
        if plain and not text and not self._builder.is_open:
            raise InputError(empty_document(self._name))
        self._builder.scalar(None if plain and text in _NULLS else text, mark)

    def _start(self, event: Any) -> Mark:
        """Return the place of a mapping or list, which may not be a key."""
        self._refuse_extras(event)
        if self._builder.expects_key:
            raise self.refusal("BAD_KEY", _mark(event))
        return _mark(event)

    def _refuse_extras(self, event: Any) -> None:
        """Refuse anchors and tags."""
        if event.anchor is not None:
            raise self.refusal("ALIAS_REFUSED", _mark(event))
        if event.tag is not None:
            raise self.refusal("TAG_REFUSED", _mark(event))

    def refusal(self, reason: str, mark: Mark) -> InputError:
        advice = _REFUSED[reason]
        return self._builder.refusal(
            problem(
                reason,
                ja=advice.ja,
                en=advice.en,
                hint=advice.hint,
                mark=mark,
                path=self._builder.path,
            )
        )


class _Advice(NamedTuple):
    ja: str
    en: str
    hint: str | None = None


_REFUSED = {
    "ALIAS_REFUSED": _Advice(
        "YAML のアンカー（&名前）とエイリアス（*名前）は使えません。値をもう一度書いてください。"
        "& や * で始まる文字列は引用符で囲んでください。",
        "YAML anchors (&name) and aliases (*name) are not allowed. Write the value "
        "again. Put text that begins with & or * in quotes.",
        'key: "*text"',
    ),
    "TAG_REFUSED": _Advice(
        "YAML のタグ（!名前）は使えません。削除してください。"
        "! で始まる文字列は引用符で囲んでください。",
        "YAML tags (!name) are not allowed. Delete the tag. Put text that begins with "
        "! in quotes.",
        'key: "!text"',
    ),
    "MERGE_KEY_REFUSED": _Advice(
        "YAML のマージキー（<<）は使えません。取り込む項目をそのまま書いてください。",
        "The YAML merge key (<<) is not allowed. Write out the entries that it brings.",
        "key: value",
    ),
    "BAD_KEY": _Advice(
        "項目名は文字列でなければなりません。空、null、一覧、組は項目名になりません。"
        "{ や [ で始まる値は引用符で囲んでください。",
        "A key must be text: not empty, null, a list or a mapping. Put a value that "
        "begins with { or [ in quotes.",
        "key: value",
    ),
    "MULTIPLE_DOCUMENTS": _Advice(
        "一つのファイルに文書は一つだけ書けます。区切り（---）の後を別のファイルに"
        "分けてください。",
        "A file holds one document only. Move what follows the `---` to another file.",
        "key: value",
    ),
}

_TAB = _Advice(
    "字下げにタブが使われています。半角の空白にしてください。",
    "A tab is used for indentation. Use spaces.",
    "  key: value",
)
_FULL_WIDTH = _Advice(
    "全角の「：」または全角の空白が使われています。半角の「: 」（コロンと空白）と"
    "半角の空白にしてください。",
    "A full-width colon or space is used. Write `: ` (colon and space) and plain "
    "spaces.",
    "key: value",
)
_OTHER = _Advice(
    "字下げ、コロン、引用符、括弧を確かめてください。",
    "Check indentation, colons, quotes and brackets.",
)
_UNCLOSED = _Advice(
    "[ や { で始めた所の区切りのコンマか、閉じ括弧がありません。",
    "A comma or the closing bracket of a [ or { is missing.",
    "[a, b]",
)
_INDENT = _Advice(
    "字下げが前の行と揃っていないか、引用符や括弧の対応が合っていません。"
    "同じ段の項目は同じ桁から書いてください。",
    "The indentation does not match the lines before, or a quote or bracket does not "
    "pair. Begin entries of one level in the same column.",
    "  key: value",
)
_NESTED_COLON = _Advice(
    "ここに「項目名: 値」は書けません。前の行の字下げと「: 」を確かめ、"
    "「: 」を含む文は引用符で囲んでください。",
    "A `key: value` cannot stand here. Check the indentation and the `: ` of the line "
    "before, and put text that holds `: ` in quotes.",
    'key: "a: b"',
)
_UNQUOTED_START = _Advice(
    "この文字で値を始められません。値を引用符で囲んでください。",
    "A value cannot begin with this character. Put the value in quotes.",
    'key: "@text"',
)
_MISPLACED = _Advice(
    "値のあるべき所に括弧やコンマがあります。文字として書くときは引用符で囲んでください。",
    "A bracket or comma stands where a value should be. Put it in quotes if it is text.",
    'key: "]"',
)
_NO_COLON = _Advice(
    "項目名の後に「: 」（コロンと空白）がありません。",
    "The `: ` (colon and space) after a key is missing.",
    "key: value",
)
_MAY_BE_WIDE = (_NESTED_COLON, _INDENT, _NO_COLON, _OTHER)
_LIBYAML_SAYS = (
    ("mapping values are not allowed", _NESTED_COLON),
    ("sequence entries are not allowed", _INDENT),
    ("cannot start any token", _UNQUOTED_START),
    ("alphabetic or numeric character", _REFUSED["ALIAS_REFUSED"]),
    ("tag handle", _REFUSED["TAG_REFUSED"]),
    ("',' or", _UNCLOSED),
    (
        "unexpected end of stream",
        _Advice(
            "引用符が閉じられていません。",
            "A quote is not closed.",
            'key: "text"',
        ),
    ),
    ("':'", _NO_COLON),
    (
        "escape",
        _Advice(
            "二重引用符の中のバックスラッシュ（\\）の使い方が正しくありません。"
            "二つ重ねるか、一重引用符で囲んでください。",
            "This backslash escape is not known in double quotes. Write it twice, or "
            "use single quotes.",
            "'C:\\text'",
        ),
    ),
    ("document start", _REFUSED["MULTIPLE_DOCUMENTS"]),
    ("expected key", _INDENT),
    ("block end", _INDENT),
    ("node content", _MISPLACED),
    ("'-' indicator", _INDENT),
)


def _syntax_problem(error: yaml.YAMLError, text: str, builder: TreeBuilder) -> Problem:
    place = getattr(error, "problem_mark", None)
    started = getattr(error, "context_mark", None) or place
    said = getattr(error, "problem", None) or "unreadable"
    advice = _OTHER
    if place is not None and started is not None:
        lines = text.split("\n")[max(0, started.line - 1) : place.line + 1]
        advice = _advice(said, lines, place.column)
    return problem(
        "SYNTAX_ERROR",
        ja=f"YAML として読めません。{advice.ja}（{said}）",
        en=f"This is not YAML. {advice.en} ({said})",
        hint=advice.hint,
        mark=Mark(place.line + 1, place.column + 1) if place else None,
        path=builder.path,
    )


def _advice(said: str, lines: list[str], column: int) -> _Advice:
    """Explain what the parser *said* of *lines*, the last of which has the error."""
    last = lines[-1] if lines else ""
    indent = last[: len(last) - len(last.lstrip(" \t"))]
    if "tab" in said.split() or ("\t" in indent and column <= len(indent)):
        return _TAB
    advice = next((a for words, a in _LIBYAML_SAYS if words in said), _OTHER)
    wide = any("：" in line or line.startswith("\u3000") for line in lines)
    return _FULL_WIDTH if wide and advice in _MAY_BE_WIDE else advice


def _mark(event: Any) -> Mark:
    return Mark(event.start_mark.line + 1, event.start_mark.column + 1)
