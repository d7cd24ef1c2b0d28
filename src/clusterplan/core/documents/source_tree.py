"""A parsed document: plain data, the place of each value, and how it is built."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias

from attrs import define, field, frozen

from ..errors import MOST_PROBLEMS, InputError, Path, Problem
from .source_text import Mark, limit_problem, normal_text, problem, quoted

Data: TypeAlias = "dict[str, Data] | list[Data] | str | None"


@frozen(kw_only=True)
class SourceLimits:
    """How large a document may be; what exceeds a limit is refused at once.

    Attributes:
        bytes: Size of the whole document in UTF-8; 4 MiB unless told.
        depth: Mappings and lists inside each other.
        nodes: Values of all kinds, mappings and lists included.
        scalar_chars: Characters of one key or one scalar.
    """

    bytes: int = 4 * 1024 * 1024
    depth: int = 32
    nodes: int = 80_000
    scalar_chars: int = 100_000


@frozen(kw_only=True)
class Source:
    """A parsed document: its data, and the place of each value in the text.

    Attributes:
        data: Mappings, lists, texts and nulls. Every scalar is text, as written:
            numbers and booleans too, so that codes such as `011002` survive.
        marks: The place of each value; `()` is the whole document. Empty for a
            document that was not read from text.
        key_marks: The place of the key of each mapping entry.
        name: Name of the document for messages, such as its file name.
    """

    data: Data
    marks: Mapping[Path, Mark] = field(factory=dict, repr=False)
    key_marks: Mapping[Path, Mark] = field(factory=dict, repr=False)
    name: str

    def place(self, path: Path) -> Mark | None:
        """Return where *path* stands: its key, else its value, else its parent.

        Args:
            path: Keys and list positions; may name what is not in the document.

        Returns:
            The place of the nearest known ancestor, or None where none is known.
        """
        for end in range(len(path), -1, -1):
            step = path[:end]
            mark = self.key_marks.get(step) or self.marks.get(step)
            if mark is not None:
                return mark
        return None


@define
class _Open:
    """A mapping or list that has begun and has not ended."""

    data: dict[str, Data] | list[Data]
    path: Path
    key: str | None = None

    def next_path(self) -> Path:
        if isinstance(self.data, list):
            return (*self.path, len(self.data))
        return self.path if self.key is None else (*self.path, self.key)


class TreeBuilder:
    """Builds a source step by step, in the order of the text, and keeps the limits.

    Readers of all syntaxes call `start_mapping`, `start_list`, `key`, `scalar` and
    `end`; none of them recurses. Problems that leave the rest readable are collected
    and raised together by `finish`; the others stop the reading.
    """

    def __init__(self, limits: SourceLimits) -> None:
        self._limits = limits
        self._stack: list[_Open] = []
        self._root: Data = None
        self._marks: dict[Path, Mark] = {}
        self._key_marks: dict[Path, Mark] = {}
        self._nodes = 0
        self._problems: list[Problem] = []

    @property
    def is_open(self) -> bool:
        """Whether a mapping or list has begun and has not ended."""
        return bool(self._stack)

    @property
    def in_mapping(self) -> bool:
        """Whether the innermost open container is a mapping."""
        return self.is_open and isinstance(self._stack[-1].data, dict)

    @property
    def expects_key(self) -> bool:
        """Whether the next thing must be a key, or the end of the mapping."""
        top = self._stack[-1] if self._stack else None
        return top is not None and top.key is None and isinstance(top.data, dict)

    @property
    def path(self) -> Path:
        """The path of the next value; of the mapping, where a key comes next."""
        return self._stack[-1].next_path() if self._stack else ()

    def start_mapping(self, mark: Mark | None = None) -> None:
        """Begin a mapping; entries follow until `end`."""
        self._start({}, mark)

    def start_list(self, mark: Mark | None = None) -> None:
        """Begin a list; items follow until `end`."""
        self._start([], mark)

    def end(self) -> None:
        """End the innermost mapping or list."""
        self._stack.pop()

    def key(self, text: str, mark: Mark | None = None) -> None:
        """Take the key of the next value; a key that was there is noted."""
        top = self._stack[-1]
        name = self._clean(text, mark)
        path = (*top.path, name)
        if name in top.data:
            self.note(_duplicate(name, path, mark, self._key_marks.get(path)))
        elif mark is not None:
            self._key_marks[path] = mark
        top.key = name

    def scalar(self, text: str | None, mark: Mark | None = None) -> None:
        """Take a text, or None for null, as the next value."""
        self._put(None if text is None else self._clean(text, mark), mark)

    def note(self, found: Problem) -> None:
        """Keep a problem and read on, unless there are too many already."""
        self._problems.append(found)
        if len(self._problems) >= MOST_PROBLEMS:
            raise InputError(*self._problems)

    def refusal(self, found: Problem) -> InputError:
        """Return the error to raise where *found* stops the reading."""
        return InputError(*self._problems, found)

    def finish(self, name: str) -> Source:
        """Return the source, or raise all that was noted.

        Args:
            name: Name of the document for messages.

        Raises:
            InputError: Problems were noted.
        """
        if self._problems:
            raise InputError(*self._problems)
        return Source(
            data=self._root, marks=self._marks, key_marks=self._key_marks, name=name
        )

    def _start(self, data: dict[str, Data] | list[Data], mark: Mark | None) -> None:
        path, limit = self.path, self._limits.depth
        if len(self._stack) >= limit:
            raise self.refusal(
                limit_problem(
                    "TOO_DEEP",
                    ja=f"入れ子が深すぎます。上限は {limit} 段です。",
                    en=f"The nesting is too deep: the limit is {limit} levels.",
                    mark=mark,
                    path=path,
                )
            )
        self._put(data, mark)
        self._stack.append(_Open(data, path))

    def _put(self, value: Data, mark: Mark | None) -> None:
        self._count(mark)
        if mark is not None:
            self._marks[self.path] = mark
        if not self._stack:
            self._root = value
            return
        top = self._stack[-1]
        if isinstance(top.data, list):
            top.data.append(value)
        elif top.key is not None:
            top.data[top.key] = value
            top.key = None

    def _count(self, mark: Mark | None) -> None:
        self._nodes += 1
        limit = self._limits.nodes
        if self._nodes > limit:
            raise self.refusal(
                limit_problem(
                    "TOO_MANY_NODES",
                    ja=f"値が多すぎます。上限は {limit:,} 個です。文書を分けてください。",
                    en=f"There are too many values: the limit is {limit:,}. "
                    "Split the document.",
                    mark=mark,
                    path=self.path,
                )
            )

    def _clean(self, text: str, mark: Mark | None) -> str:
        limit = self._limits.scalar_chars
        if len(text) > limit:
            raise self.refusal(
                limit_problem(
                    "TEXT_TOO_LONG",
                    ja=f"一つの項目名または値が長すぎます。上限は {limit:,} 文字です。",
                    en=f"A key or value is too long: the limit is {limit:,} characters.",
                    mark=mark,
                    path=self.path,
                )
            )
        clean = normal_text(text, mark=mark, path=self.path)
        if isinstance(clean, Problem):
            raise self.refusal(clean)
        return clean


def _duplicate(key: str, path: Path, mark: Mark | None, first: Mark | None) -> Problem:
    shown = quoted(key)
    there_ja = f"（最初は {first.line} 行目）" if first else ""
    there_en = f" (first on line {first.line})" if first else ""
    return problem(
        "DUPLICATE_KEY",
        ja=f"項目「{shown}」が重複しています{there_ja}。一つだけ残してください。",
        en=f"The key {shown!r} is given more than once{there_en}. Keep one of them.",
        mark=mark,
        path=path,
    )
