"""Cursors come back as they were given out; what else comes is refused."""

from __future__ import annotations

import base64
import contextlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.areas import Area, AreaKind, complete_code
from clusterplan.core.errors import ErrorCode, InputError
from clusterplan.core.filters import PlanOrder
from clusterplan.core.paging import (
    DEFAULT_PAGE,
    MAX_PAGE,
    Cursor,
    PageRequest,
    page_areas,
)

_TITLES: dict[str, Any] = {"order": PlanOrder.TITLE, "descending": True}
_NO_SURROGATES: Any = ("Cs",)
TEXTS = st.text(
    st.characters(exclude_categories=_NO_SURROGATES, exclude_characters="\0")
)
NUMBERS = st.integers(1 - 2**63, 2**63 - 1)
VALUES: dict[PlanOrder, st.SearchStrategy[Any]] = {
    PlanOrder.AMOUNT: NUMBERS,
    PlanOrder.UPDATED_AT: st.just("2026-11-21T12:00:00.123456+09:00"),
}


def encoded(value: object) -> str:
    """Return plain data in the form of a cursor."""
    text = value if isinstance(value, str) else json.dumps(value)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def refused(**arguments: Any) -> tuple[str, str]:
    """Return reason and argument of a page that must be refused."""
    with pytest.raises(InputError) as caught:
        PageRequest.of(**_TITLES | arguments)
    (problem,) = caught.value.problems
    assert problem.code is ErrorCode.BAD_USER_INPUT
    assert problem.message_en.isascii()
    assert not problem.message_ja.isascii()
    return problem.reason, problem.pointer


@given(st.data(), st.sampled_from(PlanOrder), TEXTS)
def test_a_cursor_comes_back(data: st.DataObject, order: PlanOrder, id_: str) -> None:
    """Whatever a list is ordered by, its cursors are read again."""
    value = data.draw(VALUES.get(order, TEXTS))
    cursor = Cursor(order=order, value=value, id=id_)
    text = cursor.encode()
    assert text.replace("-", "a").replace("_", "a").isalnum()
    request = PageRequest.of(order=order, descending=True, before=text)
    assert request == PageRequest(order=order, cursor=cursor, backward=True)


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (PlanOrder.TITLE, "x"),
        (PlanOrder.TITLE, "計画"),
        (PlanOrder.TITLE, "!!!!"),
        (PlanOrder.TITLE, "A" * 1001),
        (PlanOrder.TITLE, encoded("no JSON")),
        (PlanOrder.TITLE, base64.urlsafe_b64encode(b"\xff\xfe\xfd").decode()),
        (PlanOrder.TITLE, encoded("[" * 100_000)),
        (PlanOrder.TITLE, encoded(5)),
        (PlanOrder.TITLE, encoded("null")),
        (PlanOrder.TITLE, encoded({})),
        (PlanOrder.TITLE, encoded(["title", "x"])),
        (PlanOrder.TITLE, encoded(["title", "x", "y", "z"])),
        (PlanOrder.TITLE, encoded(["area", "x", "y"])),
        (PlanOrder.TITLE, encoded([["title"], "x", "y"])),
        (PlanOrder.TITLE, encoded(["title", 5, "y"])),
        (PlanOrder.TITLE, encoded(["title", None, "y"])),
        (PlanOrder.TITLE, encoded(["title", ["x"], "y"])),
        (PlanOrder.TITLE, encoded(["title", "x", 5])),
        (PlanOrder.TITLE, encoded(["title", "x", None])),
        (PlanOrder.TITLE, encoded(["title", "\0", "y"])),
        (PlanOrder.TITLE, encoded(["title", "x", "a\0"])),
        (PlanOrder.TITLE, encoded(["title", "\ud800", "y"])),
        (PlanOrder.TITLE, encoded(["title", "x", "\udfff"])),
        (PlanOrder.AMOUNT, encoded(["amount", "5", "y"])),
        (PlanOrder.AMOUNT, encoded(["amount", True, "y"])),
        (PlanOrder.AMOUNT, encoded(["amount", 1.5, "y"])),
        (PlanOrder.AMOUNT, encoded('["amount", NaN, "y"]')),
        (PlanOrder.AMOUNT, encoded('["amount", Infinity, "y"]')),
        (PlanOrder.AMOUNT, encoded('["amount", 1e400, "y"]')),
        (PlanOrder.AMOUNT, encoded(["amount", 2**63, "y"])),
        (PlanOrder.AMOUNT, encoded(["amount", -(2**63), "y"])),
        (PlanOrder.AMOUNT, encoded(f'["amount", {"9" * 5000}, "y"]')),
        (PlanOrder.UPDATED_AT, encoded(["updated_at", 5, "y"])),
        (PlanOrder.UPDATED_AT, encoded(["updated_at", "yesterday", "y"])),
        (PlanOrder.UPDATED_AT, encoded(["updated_at", "2026-11-21", "y"])),
        (PlanOrder.UPDATED_AT, encoded(["updated_at", "2026-11-21T12:00:00", "y"])),
        (
            PlanOrder.UPDATED_AT,
            encoded(["updated_at", "0001-01-01T00:00:00+14:00", "y"]),
        ),
        (PlanOrder.PUBLISHED_ON, encoded(["published_on", 20_261_121, "y"])),
        (PlanOrder.AREA, encoded(["area", 430_005, "y"])),
    ],
)
@pytest.mark.parametrize("argument", ["after", "before"])
def test_a_bad_cursor_is_refused(order: PlanOrder, text: str, argument: str) -> None:
    """Junk, another order, wrong types and what no database takes."""
    assert refused(order=order, **{argument: text}) == ("BAD_CURSOR", f"/{argument}")


@given(st.text(), st.sampled_from(PlanOrder))
def test_no_text_breaks_the_reading_of_a_cursor(text: str, order: PlanOrder) -> None:
    """Any text is a cursor, or refused, or nothing."""
    with contextlib.suppress(InputError):
        request = PageRequest.of(order=order, descending=True, after=text)
        assert request.cursor is None or request.cursor.order is order


@pytest.mark.parametrize("size", [0, -1, MAX_PAGE + 1, 2**70])
@pytest.mark.parametrize("argument", ["first", "last"])
def test_a_page_has_1_to_100_items(size: int, argument: str) -> None:
    """Other sizes are refused, not cut."""
    assert refused(**{argument: size}) == ("BAD_PAGE", f"/{argument}")


@pytest.mark.parametrize(
    "arguments",
    [
        {"first": 1, "last": 1},
        {"first": 1, "before": "x"},
        {"after": "x", "last": 1},
        {"after": "x", "before": "x"},
    ],
)
def test_forward_and_backward_exclude_each_other(arguments: dict[str, Any]) -> None:
    """A page goes one way."""
    assert refused(**arguments) == ("BAD_PAGE", "/last")


def test_a_page_without_arguments_is_the_first_one() -> None:
    """50 items from the beginning; the greatest size is 100."""
    request = PageRequest.of(order=PlanOrder.AREA, descending=False)
    assert request == PageRequest(order=PlanOrder.AREA, descending=False)
    assert (request.size, request.cursor) == (DEFAULT_PAGE, None)
    largest = PageRequest.of(order=PlanOrder.AREA, descending=False, last=MAX_PAGE)
    assert (largest.size, largest.backward) == (100, True)


@given(st.integers(1, 9), st.sets(st.integers(0, 46), max_size=12), st.booleans())
def test_pages_of_areas_give_each_area_once(
    size: int,
    numbers: set[int],
    backward: bool,
) -> None:
    """Areas come by code, whatever the size of a page and the direction."""
    areas = [_area(n) for n in numbers]
    found: list[Area] = []
    cursor: str | None = None
    while True:
        argument = (
            {"last": size, "before": cursor}
            if backward
            else {"first": size, "after": cursor}
        )
        request = PageRequest.of(
            order=PlanOrder.AREA,
            descending=False,
            **argument,  # type: ignore[arg-type]
        )
        page = page_areas(areas, request)
        assert page.total == len(areas)
        assert (page.has_next if backward else page.has_previous) is bool(cursor)
        found = [*page.items, *found] if backward else [*found, *page.items]
        if not (page.has_previous if backward else page.has_next):
            break
        cursor = page.cursors[0 if backward else -1]
    assert found == sorted(areas, key=lambda area: area.code)


def _area(number: int) -> Area:
    code = complete_code(f"{number:02}")
    return Area(
        code=code, name=code, name_kana="", kind=AreaKind.PREFECTURE, lon=0, lat=0
    )
