"""Files that commands are given, and where in them a refusal points to."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import attrs
from attrs import define, field, frozen

from ..core.documents.source import Source, read_source
from ..core.errors import Path, PlanError, Problem

T = TypeVar("T")


@frozen(kw_only=True)
class Place:
    """A problem, and the name of the file that it stands in, where it does."""

    problem: Problem
    name: str | None = None


@frozen(kw_only=True)
class Handed:
    """A file that was read.

    Attributes:
        parts: Where in the file a part stands that refusals know by another path.
    """

    name: str
    source: Source
    parts: Mapping[str, Path] = field(factory=dict)

    def place(self, problem: Problem) -> Place | None:
        """Return where *problem* stands, if it is about what the file says."""
        path = self._path(problem.path)
        mark = self.source.place(path) if path is not None else None
        if mark is None:
            return None
        told = attrs.evolve(problem, line=mark.line, column=mark.column)
        return Place(problem=told, name=self.name)

    def _path(self, path: Path) -> Path | None:
        data = self.source.data
        if not path:
            return None
        top, *rest = map(str, path)
        if top in self.parts:
            return _numbered(data, (*map(str, self.parts[top]), *rest))
        known = isinstance(data, dict) and top in data
        return _numbered(data, (top, *rest)) if known else None


class UnreadFileError(PlanError):
    """A file cannot be read as what it should be."""

    def __init__(self, name: str, problems: Iterable[Problem]) -> None:
        self.name = name
        super().__init__(*problems)


@define
class Files:
    """The files that a command was given, in the order in which they were read."""

    handed: list[Handed] = field(factory=list)

    def load(self, file: str, read: Callable[[Source], T]) -> T:
        """Return what *read* makes of a file, or of standard input for `-`.

        Raises:
            UnreadFileError: It is refused; with the places.
        """
        name = name_of(file)
        with _naming(name):
            source = read_source(sys.stdin.buffer if file == "-" else file, name=name)
            self.handed.append(Handed(name=name, source=source))
            return read(source)

    def tell_part(self, part: str, path: Path) -> None:
        """Tell where in the file read last a part of a command stands."""
        last = self.handed[-1]
        parts = {**last.parts, part: path}
        self.handed[-1] = attrs.evolve(last, parts=parts)

    def places(self, error: PlanError) -> Iterator[Place]:
        """Yield the problems of a refusal, with their places in the files."""
        for problem in error.problems:
            if isinstance(error, UnreadFileError):
                yield Place(problem=problem, name=error.name)
                continue
            found = (place for h in self.handed if (place := h.place(problem)))
            yield next(found, Place(problem=problem))


def name_of(file: str) -> str:
    """Return how messages call a file."""
    return "<stdin>" if file == "-" else file


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Let refusals say which file they are about."""
    try:
        yield
    except PlanError as error:
        raise UnreadFileError(name, error.problems) from error


def _numbered(data: Any, path: Iterable[str]) -> Path:
    """Return *path* with the positions in lists of *data* as numbers."""
    found: list[str | int] = []
    for step in path:
        position = int(step) if isinstance(data, list) and step.isdecimal() else step
        found.append(position)
        try:
            data = data[position]
        except (KeyError, IndexError, TypeError):
            data = None
    return tuple(found)
