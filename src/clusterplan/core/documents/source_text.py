"""Characters of a source: which are allowed, where they stand, how they are spelled."""

from __future__ import annotations

import re
import unicodedata

from attrs import frozen

from ..errors import ErrorCode, Path, Problem

_FORBIDDEN = re.compile(
    "["
    "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"  # control characters
    "\u202a-\u202e\u2066-\u2069"  # bidirectional overrides and isolates
    "\ud800-\udfff\ufffe\uffff"  # halves of a character and noncharacters
    "\ufeff"  # byte order mark inside the text
    "]"
)
# Stream-Safe Text Format (UAX #15) allows 30; a longer run makes NFC quadratic.
_MOST_MARKS = 30
_FIRST_MARK = "\u0300"
_QUOTED_CHARS = 40


@frozen
class Mark:
    """A place in a text; lines and columns count from 1, columns in characters."""

    line: int
    column: int


def mark_at(text: str, index: int) -> Mark:
    """Return the place of the character at *index* of *text*."""
    breaks = (
        text.count("\n", 0, index)
        + text.count("\r", 0, index)
        - text.count("\r\n", 0, index)
    )
    start = max(text.rfind("\n", 0, index), text.rfind("\r", 0, index)) + 1
    return Mark(breaks + 1, index - start + 1)


def problem(
    reason: str,
    *,
    ja: str,
    en: str,
    hint: str | None = None,
    mark: Mark | None = None,
    path: Path = (),
    code: ErrorCode = ErrorCode.BAD_USER_INPUT,
) -> Problem:
    """Return a problem of a source at *mark*, in both languages."""
    return Problem(
        code=code,
        reason=reason,
        message_ja=ja,
        message_en=en,
        path=path,
        line=mark.line if mark else None,
        column=mark.column if mark else None,
        hint=hint,
    )


def limit_problem(
    reason: str, *, ja: str, en: str, mark: Mark | None = None, path: Path = ()
) -> Problem:
    """Return a problem of a source that is larger than a limit."""
    return problem(
        reason, ja=ja, en=en, mark=mark, path=path, code=ErrorCode.LIMIT_EXCEEDED
    )


def too_large(name: str, limit: int) -> Problem:
    """Return the problem of a document *name* that exceeds *limit* bytes."""
    return limit_problem(
        "TOO_LARGE",
        ja=f"「{name}」が大きすぎます。上限は {limit:,} バイトです。文書を分けてください。",
        en=f"{name} is too large: the limit is {limit:,} bytes. Split the document.",
    )


def empty_document(name: str) -> Problem:
    """Return the problem of a document *name* in which nothing is written."""
    return problem(
        "EMPTY_DOCUMENT",
        ja=f"「{name}」に内容がありません。項目を「項目名: 値」の形で書いてください。",
        en=f"{name} is empty. Write entries as `key: value`.",
        hint="key: value",
    )


def quoted(text: str) -> str:
    """Return *text* short enough to stand in a message."""
    return text if len(text) <= _QUOTED_CHARS else text[: _QUOTED_CHARS - 1] + "…"


def utf8_size(text: str) -> int:
    """Return the number of bytes that *text* takes in UTF-8."""
    return len(text) if text.isascii() else len(text.encode("utf-8", "surrogatepass"))


def forbidden_in(text: str) -> Problem | None:
    """Return the problem of the first forbidden character of *text*, with its place.

    Control characters other than tab and line ends, halves of surrogate pairs,
    noncharacters, byte order marks inside the text, and bidirectional controls, which
    show a text as another one.
    """
    found = _FORBIDDEN.search(text)
    if found is None:
        return None
    return _forbidden(found.group(), mark_at(text, found.start()))


def normal_text(text: str, *, mark: Mark | None, path: Path) -> str | Problem:
    r"""Return *text* in normal form NFC, or why it is refused.

    Decoded text is looked at again, since escapes such as `\u0000` bring in
    characters that the document as written does not hold.

    Args:
        text: A decoded key or scalar.
        mark: Where it stands in the source.
        path: Where it stands in the data.
    """
    if text.isascii() and text.isprintable():
        return text
    found = _FORBIDDEN.search(text)
    if found is not None:
        return _forbidden(found.group(), mark, path)
    if _stacks_marks(text):
        return problem(
            "FORBIDDEN_CHARACTER",
            ja=f"一つの文字に {_MOST_MARKS} を超える結合文字が重なっています。減らしてください。",
            en=f"A character carries more than {_MOST_MARKS} combining marks. "
            "Remove some.",
            mark=mark,
            path=path,
        )
    return unicodedata.normalize("NFC", text)


def _stacks_marks(text: str) -> bool:
    """Tell whether more combining marks follow each other than any language needs."""
    if len(text) <= _MOST_MARKS:
        return False
    marks = "".join(
        char
        for char in set(text)
        if char >= _FIRST_MARK
        and unicodedata.combining(unicodedata.normalize("NFD", char)[0])
    )
    if not marks:
        return False
    return re.search(f"[{marks}]{{{_MOST_MARKS + 1}}}", text) is not None


def _forbidden(char: str, mark: Mark | None, path: Path = ()) -> Problem:
    point = f"U+{ord(char):04X}"
    return problem(
        "FORBIDDEN_CHARACTER",
        ja=f"使えない文字 {point}（目に見えない制御文字など）があります。削除してください。",
        en=f"The character {point} (a control or other invisible character) "
        "is not allowed. Delete it.",
        mark=mark,
        path=path,
    )
