"""Names and meanings of domain attributes, said once and read by every surface."""

from __future__ import annotations

from typing import Any, get_args

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
