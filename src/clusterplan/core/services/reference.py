"""Look into the reference lists."""

from __future__ import annotations

from collections.abc import Iterator

from ..documents.converter import closest
from ..errors import ErrorCode, PlanError, Problem
from ..identifiers import Key
from ..reference import ReferenceData
from ..reference_lists import ReferenceEntry, ReferenceList


class UnknownListError(PlanError):
    """There is no such reference list."""

    def __init__(self, key: str, meant: str | None) -> None:
        self.key = key
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_LIST",
                message_ja=f"「{key}」という参照リストはありません",
                message_en=f"there is no reference list {key!r}",
                path=("list",),
                hint=meant,
            )
        )


def reference_list(key: str, reference: ReferenceData) -> ReferenceList:
    """Return a list by its key.

    Raises:
        UnknownListError: There is none; it tells the key that comes closest.
    """
    found = reference.lists.get(Key(key))
    if found is None:
        raise UnknownListError(key, closest(key, tuple(reference.lists)))
    return found


def search_lists(
    text: str, reference: ReferenceData, key: str | None = None
) -> Iterator[tuple[ReferenceList, ReferenceEntry]]:
    """Yield entries that *text* names, each with its list, of one list or of all.

    Raises:
        UnknownListError: There is no list *key*.
    """
    lists = [reference_list(key, reference)] if key else reference.lists.values()
    for each in lists:
        yield from ((each, entry) for entry in each.search(text))
