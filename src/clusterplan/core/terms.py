"""Names and meanings of domain attributes, said once and read by every surface."""

from __future__ import annotations

import enum
from typing import Any, Self, get_args

from attrs import frozen


@frozen
class Term:
    """The Japanese name and the meaning of an attribute or of an enum member.

    Put it in an attribute's annotation, `Annotated[str, Term("意義", "Why ...")]`:
    GraphQL descriptions, JSON Schema titles and the glossary are made from it.
    """

    ja: str
    doc: str

    def __str__(self) -> str:
        return f"{self.ja}: {self.doc}"


def term_of(annotation: Any) -> Term | None:
    """Return the term in an `Annotated[...]` annotation, if there is one."""
    return next((a for a in get_args(annotation) if isinstance(a, Term)), None)


class TermEnum(enum.Enum):
    """An enum each of whose members has a name in Japanese and a meaning.

    A member is written as its value, its name and its meaning: `DRAFT = "draft",
    "作成中", "It is being written."`. GraphQL tells them as its description.
    """

    _value_: str
    term: Term

    def __new__(cls, value: str, ja: str = "", doc: str = "") -> Self:
        """Make a member of its value and its term; calls look members up by value."""
        member = object.__new__(cls)
        member._value_ = value
        member.term = Term(ja, doc)
        return member
