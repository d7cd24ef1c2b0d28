"""Exporters: how the investment map leaves the library as a file."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from attrs import field, frozen
from attrs.validators import instance_of, is_callable

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

    key: str = field(validator=instance_of(str))
    media_type: str = field(validator=instance_of(str))
    suffix: str = field(validator=instance_of(str))
    title: str = field(validator=instance_of(str))
    write: Write = field(validator=is_callable())


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


class ExportFailedError(PlanError):
    """The plugin that offers the export format failed."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            Problem(
                code=ErrorCode.UNAVAILABLE,
                reason="EXPORT_FAILED",
                message_ja=f"形式「{key}」の書き出しに失敗しました（プラグインの不具合）",
                message_en=f"the plugin of format {key!r} failed to write it",
            )
        )
