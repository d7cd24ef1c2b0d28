"""What was read otherwise than written, so that whoever wrote it can look again."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from .errors import Path, pointer
from .terms import Term


@frozen(kw_only=True)
class Repair:
    """A value that was read as something else than what is written."""

    path: Path = ()
    written: Annotated[str, Term("記載", "What the document says.")]
    read: Annotated[str, Term("読み取り", "What it was read as.")]
    line: int | None = None
    column: int | None = None

    @property
    def pointer(self) -> str:
        """JSON pointer (RFC 6901) to the place in the plan document."""
        return pointer(self.path)

    @property
    def message_ja(self) -> str:
        """What was read, in Japanese."""
        return f"「{self.written}」を {self.read} と読み取りました"

    @property
    def message_en(self) -> str:
        """What was read, in English."""
        return f"{self.written!r} was read as {self.read}"
