"""The documents of cases: proposals, rows of reports, items of revisions."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import attrs

from ..errors import InputError
from .converter import checking_converter, stored_converter, structure
from .source import Source

T = TypeVar("T")


def load_case(source: Source, cls: type[T]) -> T:
    """Return the document of class *cls* in *source*.

    Raises:
        InputError: With every problem, each with path, line and column.
    """
    try:
        return structure(checking_converter(), source.data, cls)
    except InputError as error:
        raise InputError(
            *(
                attrs.evolve(
                    problem,
                    line=mark.line if mark else None,
                    column=mark.column if mark else None,
                )
                for problem in error.problems
                for mark in (source.place(problem.path),)
            )
        ) from None


def case_parts(parts: Iterable[Any]) -> list[Any]:
    """Return parts of a document, such as rows, as the plain data they are read from."""
    return [stored_converter().unstructure(part) for part in parts]
