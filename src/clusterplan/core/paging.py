"""Pages of a list by keyset: a cursor names the last item, not a number of items."""

from __future__ import annotations

import base64
import datetime as dt
import json
import operator
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from attrs import frozen

from .areas import Area
from .errors import ErrorCode, InputError, Problem
from .filters import PlanOrder
from .reference_lists import ReferenceEntry

T = TypeVar("T")

DEFAULT_PAGE = 50
MAX_PAGE = 100
_LARGEST = 2**63

SortValue = str | int


@frozen(kw_only=True)
class Cursor:
    """A place in an ordered list: the sort value and id of an item."""

    order: PlanOrder
    value: SortValue
    id: str

    def encode(self) -> str:
        """Return the cursor as opaque text."""
        text = json.dumps([self.order.value, self.value, self.id], ensure_ascii=False)
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def decode(cls, text: str, order: PlanOrder, *, argument: str) -> Cursor:
        """Read a cursor that was given out for a list in *order*.

        Raises:
            InputError: `BAD_CURSOR`.
        """
        try:
            padded = text.encode("ascii") + b"=" * (-len(text) % 4)
            name, value, id_ = json.loads(base64.urlsafe_b64decode(padded))
            fits = name == order.value and _is_text(id_) and _is_value(value, order)
        except (ValueError, TypeError, OverflowError, RecursionError):
            fits = False
        if not fits:
            raise _bad_cursor(argument)
        return cls(order=order, value=value, id=id_)


@frozen(kw_only=True)
class PageRequest:
    """Which part of a list is wanted: forward from a cursor, or backward."""

    order: PlanOrder = PlanOrder.PUBLISHED_ON
    descending: bool = True
    size: int = DEFAULT_PAGE
    cursor: Cursor | None = None
    backward: bool = False

    @classmethod
    def of(
        cls,
        *,
        order: PlanOrder,
        descending: bool,
        first: int | None = None,
        after: str | None = None,
        last: int | None = None,
        before: str | None = None,
    ) -> PageRequest:
        """Read the four arguments of a connection.

        Raises:
            InputError: `BAD_PAGE` or `BAD_CURSOR`.
        """
        backward = last is not None or before is not None
        if backward and (first is not None or after is not None):
            raise _refused(
                "last",
                "BAD_PAGE",
                "first・after と last・before は同時に使えません",
                "first/after and last/before exclude each other",
            )
        size = last if backward else first
        size = DEFAULT_PAGE if size is None else size
        if not 1 <= size <= MAX_PAGE:
            raise _bad_size("last" if backward else "first")
        text, argument = (before, "before") if backward else (after, "after")
        cursor = Cursor.decode(text, order, argument=argument) if text else None
        return cls(
            order=order,
            descending=descending,
            size=size,
            cursor=cursor,
            backward=backward,
        )


@frozen(kw_only=True)
class EventRequest:
    """Which part of the log is wanted; its cursors are the sequence numbers.

    Attributes:
        plan_id: Only events of this plan.
    """

    plan_id: str | None = None
    after: int = 0
    size: int = DEFAULT_PAGE

    @classmethod
    def of(
        cls, *, after: str | None, first: int | None, plan_id: str | None
    ) -> EventRequest:
        """Read the arguments of a connection.

        Raises:
            InputError: `BAD_PAGE` or `BAD_CURSOR`.
        """
        size = DEFAULT_PAGE if first is None else first
        if not 1 <= size <= MAX_PAGE:
            raise _bad_size("first")
        text = after or "0"
        if not (text.isascii() and text.isdecimal() and int(text[:20]) < _LARGEST):
            raise _bad_cursor("after")
        return cls(plan_id=plan_id, after=int(text), size=size)


@frozen(kw_only=True)
class Page(Generic[T]):
    """A part of a list."""

    items: Sequence[T]
    cursors: Sequence[str]
    total: int
    has_next: bool
    has_previous: bool


def page_areas(areas: Iterable[Area], request: PageRequest) -> Page[Area]:
    """Return a page of *areas*, ordered by code."""
    ordered = sorted(areas, key=lambda area: area.code)
    total = len(ordered)
    cursor = request.cursor
    if cursor is not None:
        behind = operator.lt if request.backward else operator.gt
        ordered = [area for area in ordered if behind(area.code, cursor.id)]
    return _page(ordered, request, lambda area: area.code, total)


def page_entries(
    entries: Sequence[ReferenceEntry], request: PageRequest
) -> Page[ReferenceEntry]:
    """Return a page of the entries of a reference list, in the order given.

    Raises:
        InputError: `BAD_CURSOR`, for the cursor of an entry that is not among them.
    """
    rest = entries
    if request.cursor is not None:
        codes = [entry.code for entry in entries]
        if request.cursor.id not in codes:
            raise _bad_cursor("before" if request.backward else "after")
        place = codes.index(request.cursor.id)
        rest = entries[:place] if request.backward else entries[place + 1 :]
    return _page(rest, request, lambda entry: entry.code, len(entries))


def _page(
    rest: Sequence[T], request: PageRequest, code: Callable[[T], str], total: int
) -> Page[T]:
    """Return the page that *rest*, what lies behind the cursor, begins or ends with."""
    more = len(rest) > request.size
    items = rest[-request.size :] if request.backward else rest[: request.size]
    begun = request.cursor is not None
    return Page(
        items=items,
        cursors=[
            Cursor(order=request.order, value=code(i), id=code(i)).encode()
            for i in items
        ],
        total=total,
        has_next=begun if request.backward else more,
        has_previous=more if request.backward else begun,
    )


def _is_value(value: object, order: PlanOrder) -> bool:
    if order is PlanOrder.AMOUNT:
        return type(value) is int and abs(value) < _LARGEST
    if order is PlanOrder.UPDATED_AT and type(value) is str:
        moment = dt.datetime.fromisoformat(value)
        return moment.tzinfo is not None and moment.astimezone(dt.UTC) is not None
    return _is_text(value)


def _is_text(value: object) -> bool:
    """Tell whether every database takes *value* as text."""
    return type(value) is str and b"\0" not in value.encode()


def _bad_size(argument: str) -> InputError:
    return _refused(
        argument,
        "BAD_PAGE",
        f"件数は1から{MAX_PAGE}までです",
        f"a page has 1 to {MAX_PAGE} items",
    )


def _bad_cursor(argument: str) -> InputError:
    return _refused(
        argument,
        "BAD_CURSOR",
        "このカーソルは、この並び順のものではありません",
        "this is no cursor of a list in this order",
    )


def _refused(argument: str, reason: str, ja: str, en: str) -> InputError:
    return InputError(
        Problem(
            code=ErrorCode.BAD_USER_INPUT,
            reason=reason,
            message_ja=ja,
            message_en=en,
            path=(argument,),
        )
    )
