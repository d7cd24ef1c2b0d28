"""Exporters: how the investment map leaves the library as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import frozen

from .errors import ErrorCode, PlanError, Problem
from .maps import InvestmentMap

Write = Callable[[InvestmentMap], Iterable[str]]


@frozen(kw_only=True)
class Exporter:
    """A format that the investment map can be written in.

    Attributes:
        key: Name of the format on the command line and in `/exports/{key}`.
        media_type: Content type of the file.
        suffix: Ending of the file's name, with its dot.
        title: Name for people.
        write: Yields the text of the file piece by piece.
    """

    key: str
    media_type: str
    suffix: str
    title: str
    write: Write


class UnknownFormatError(PlanError):
    """No plugin offers the export format."""

    def __init__(self, key: str, known: Iterable[str]) -> None:
        self.key = key
        names = ", ".join(known)
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_FORMAT",
                message_ja=f"「{key[:40]}」という形式はありません。使える形式：{names}",
                message_en=f"there is no format {key[:40]!r}; known are: {names}",
                hint=names,
            )
        )
