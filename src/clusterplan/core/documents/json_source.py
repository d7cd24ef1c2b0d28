"""JSON (RFC 8259) read into a tree, with the place of each value and no recursion."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from ..errors import InputError
from .source_text import Mark, problem, quoted
from .source_tree import TreeBuilder

_SPACE = re.compile(r"[ \t\n\r]*")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?")
_WORD = re.compile(r"[^\s,:\[\]{}\"]{1,60}")
_NOT_FINITE = frozenset({"NaN", "Infinity", "-Infinity", "+Infinity"})
_LITERALS = {"true": "true", "false": "false", "null": None}


class _Advice(NamedTuple):
    ja: str
    en: str
    hint: str | None = None


_COMMENT = _Advice(
    "JSON に注釈は書けません。削除してください。",
    "JSON has no comments. Delete this one.",
)
_TRAILING_COMMA = _Advice(
    "最後の要素の後にコンマがあります。このコンマを削除してください。",
    "There is a comma after the last item. Delete the comma.",
)
_MISSING_COMMA = _Advice(
    "要素の間にコンマがないか、閉じ括弧がありません。",
    "A comma between two items, or a closing bracket, is missing.",
    ",",
)
_MISSING_COLON = _Advice(
    "項目名の後にコロン「:」がありません。",
    "The colon after the key is missing.",
    '"key": "value"',
)
_BARE_KEY = _Advice(
    '項目名は二重引用符（"）で囲んでください。',
    "Put the key in double quotes.",
    '"key": "value"',
)
_SINGLE_QUOTE = _Advice(
    '一重引用符は使えません。二重引用符（"）で囲んでください。',
    "Single quotes are not JSON. Use double quotes.",
    '"text"',
)
_CUT_SHORT = _Advice(
    "文書が途中で終わっています。括弧の閉じ忘れを確かめてください。",
    "The document ends too early. Look for a bracket that is not closed.",
)
_MISSING_VALUE = _Advice(
    "値がありません。値がないときは null と書いてください。",
    "A value is missing. Write null where there is none.",
    "null",
)
_EXTRA = _Advice(
    "JSON の終わりの後に余分な文字があります。削除してください。",
    "There is more text after the end of the JSON value. Delete it.",
)
_OPEN_STRING = _Advice(
    '文字列を閉じる二重引用符（"）がありません。',
    "The double quote that ends this string is missing.",
    '"text"',
)
_RAW_CONTROL = _Advice(
    "文字列の中に改行やタブがそのまま書かれています。\\n や \\t と書いてください。",
    "A string holds a raw line break or tab. Write \\n or \\t.",
    "\\n",
)
_BAD_ESCAPE = _Advice(
    "バックスラッシュ（\\）の使い方が正しくありません。文字として書くときは二つ重ねます。",
    "This backslash escape is not known. Write a backslash itself twice.",
    "\\\\",
)


def read_json(text: str, builder: TreeBuilder) -> None:
    """Read *text* as strict JSON into *builder*; numbers stay as they are written.

    Raises:
        InputError: The text is not JSON, or the builder refuses what it says.
    """
    _Reader(text, builder).read()


class _Reader:
    """Walks over the text once; what is open is known to the builder."""

    def __init__(self, text: str, builder: TreeBuilder) -> None:
        self._text = text
        self._builder = builder
        self._decoder = json.JSONDecoder()
        self._index = 0
        self._fresh = False
        self._line = 1
        self._line_start = 0
        self._counted = 0

    def read(self) -> None:
        self._value()
        while self._builder.is_open:
            self._step()
        if self._peek():
            raise self._error(_EXTRA)

    def _step(self) -> None:
        """Read the next entry or item of what is open, or its end."""
        closer = "}" if self._builder.in_mapping else "]"
        char = self._peek()
        if char == closer:
            self._index += 1
            self._fresh = False
            self._builder.end()
            return
        if not self._fresh:
            self._expect(",", _MISSING_COMMA)
            if self._peek() == closer:
                raise self._error(_TRAILING_COMMA)
        self._fresh = False
        if closer == "}":
            self._key()
        self._value()

    def _key(self) -> None:
        if self._peek() != '"':
            raise self._error(_BARE_KEY)
        mark = self._mark(self._index)
        self._builder.key(self._string(), mark)
        self._expect(":", _MISSING_COLON)

    def _value(self) -> None:
        char = self._peek()
        mark = self._mark(self._index)
        match char:
            case '"':
                self._builder.scalar(self._string(), mark)
            case "{":
                self._builder.start_mapping(mark)
                self._enter()
            case "[":
                self._builder.start_list(mark)
                self._enter()
            case _:
                self._builder.scalar(self._bare(mark), mark)

    def _enter(self) -> None:
        self._index += 1
        self._fresh = True

    def _bare(self, mark: Mark) -> str | None:
        """Read a number, true, false or null."""
        number = _NUMBER.match(self._text, self._index)
        word = _WORD.match(self._text, number.end() if number else self._index)
        if number and not word:
            self._index = number.end()
            return number.group()
        if word is None:
            raise self._error(_MISSING_VALUE)
        said = (number.group() if number else "") + word.group()
        if said in _NOT_FINITE:
            raise self._builder.refusal(
                problem(
                    "NOT_FINITE",
                    ja=f"{said} は数として使えません。値がないときは null と書いてください。",
                    en=f"{said} is not a number that can be used. "
                    "Write null where there is no value.",
                    hint="null",
                    mark=mark,
                    path=self._builder.path,
                )
            )
        if said not in _LITERALS:
            raise self._error(_word_advice(said))
        self._index = word.end()
        return _LITERALS[said]

    def _string(self) -> str:
        try:
            text, self._index = self._decoder.raw_decode(self._text, self._index)
        except json.JSONDecodeError as error:
            self._index = error.pos
            raise self._error(_string_advice(error.msg)) from None
        return str(text)

    def _peek(self) -> str:
        """Skip white space and return the next character, or nothing at the end."""
        space = _SPACE.match(self._text, self._index)
        self._index = space.end() if space else self._index
        return self._text[self._index : self._index + 1]

    def _expect(self, char: str, advice: _Advice) -> None:
        if self._peek() != char:
            raise self._error(advice)
        self._index += 1

    def _mark(self, index: int) -> Mark:
        """Return the place of *index*, which never goes back."""
        breaks = self._text.count("\n", self._counted, index)
        if breaks:
            self._line += breaks
            self._line_start = self._text.rfind("\n", self._counted, index) + 1
        self._counted = index
        return Mark(self._line, index - self._line_start + 1)

    def _error(self, advice: _Advice) -> InputError:
        if self._index >= len(self._text):
            advice = _CUT_SHORT
        elif self._text.startswith(("//", "/*", "#"), self._index):
            advice = _COMMENT
        elif self._text.startswith("'", self._index):
            advice = _SINGLE_QUOTE
        return self._builder.refusal(
            problem(
                "SYNTAX_ERROR",
                ja=f"JSON として読めません。{advice.ja}",
                en=f"This is not JSON. {advice.en}",
                hint=advice.hint,
                mark=self._mark(self._index),
                path=self._builder.path,
            )
        )


def _string_advice(said: str) -> _Advice:
    """Explain what Python's decoder said of a string."""
    if "control character" in said:
        return _RAW_CONTROL
    return _OPEN_STRING if "Unterminated" in said else _BAD_ESCAPE


def _word_advice(word: str) -> _Advice:
    """Explain a word that is no JSON value."""
    if word.lower() in ("true", "false", "null"):
        return _Advice(
            f"{word.lower()} は小文字で書いてください。",
            f"Write {word.lower()} in small letters.",
            word.lower(),
        )
    if word.removeprefix("+").removeprefix("-")[:1] in set("0123456789."):
        return _Advice(
            f"「{quoted(word)}」は JSON の数ではありません。"
            "数は 0.5 や -12 のように書き、コードなどは二重引用符で囲んでください。",
            f"{quoted(word)!r} is not a JSON number. Write numbers as 0.5 or -12, "
            "and put codes in double quotes.",
            json.dumps(quoted(word), ensure_ascii=False),
        )
    return _Advice(
        f"「{quoted(word)}」は値になりません。文字列は二重引用符で囲んでください。",
        f"{quoted(word)!r} is not a value. Put text in double quotes.",
        json.dumps(quoted(word), ensure_ascii=False),
    )
