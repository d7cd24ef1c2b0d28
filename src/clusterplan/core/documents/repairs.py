"""What a loader read as something else than is written: 12億円, ▲3, a short code."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import Path
from ..files import PlanFile
from ..periods import FiscalHalf, FiscalYear
from ..repairs import Repair
from .source import Source
from .writer import plan_file_data


def repairs_of(source: Source, file: PlanFile) -> tuple[Repair, ...]:
    """Return each value of *source* that *file* says in another form, with its place.

    The two are compared as texts, so that no reader of a form has to report anything.
    Days and fiscal years of the Japanese calendar are no repair: there is one way to
    read them.
    """
    read = plan_file_data(file, native_days=True)
    return tuple(
        Repair(
            path=path,
            written=before,
            read=after,
            line=mark.line if mark else None,
            column=mark.column if mark else None,
        )
        for path, before, after in _differences(source.data, read, ())
        for mark in (source.place(path),)
    )


def _differences(
    before: object, after: object, path: Path
) -> Iterator[tuple[Path, str, str]]:
    if isinstance(before, dict) and isinstance(after, dict):
        for key in (k for k in before if k in after):
            yield from _differences(before[key], after[key], (*path, key))
    elif isinstance(before, list) and isinstance(after, list | tuple):
        for position, pair in enumerate(zip(before, after, strict=False)):
            yield from _differences(*pair, (*path, position))
    elif isinstance(before, str) and isinstance(after, str | int):
        written = str(after).lower() if isinstance(after, bool) else str(after)
        if written != before and not _is_period(before):
            yield path, before, written


def _is_period(text: str) -> bool:
    return FiscalYear.parse(text) is not None or FiscalHalf.parse(text) is not None
