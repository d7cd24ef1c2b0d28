"""What is looked at, checked and drawn without changing anything."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clusterplan.core.documents.source import parse_text
from clusterplan.core.errors import InputError
from clusterplan.core.filters import PlanFilter
from clusterplan.core.findings import Gate
from clusterplan.core.maps import Bounds
from clusterplan.core.moments import Moment
from clusterplan.core.readers import ANONYMOUS, LOCAL
from clusterplan.core.services.checking import check_document, check_stored
from clusterplan.core.services.domain import Domain, UnknownPlanTypeError
from clusterplan.core.services.drawing import draw
from clusterplan.core.storage.sql import SqlStore
from stores import (
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    record,
    save,
    shown_ids,
)


@pytest.fixture
def three(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with a plan of each type: in Kyushu, Kanto and Chubu."""
    for id_, plan_type in zip("abc", (STRATEGIC, REGIONAL, LOCAL_GROWTH), strict=True):
        save(sqlite_store, domain, plan_file(plan_type, {"/id": id_}))
    return sqlite_store


def test_a_view_is_of_today_unless_told(domain: Domain) -> None:
    """Nothing but the reader must be given; areas are completed."""
    view = domain.view(ANONYMOUS)
    assert view.moment == Moment(as_of=TODAY)
    assert (view.filter, view.block) == (PlanFilter(), None)
    now = domain.clock()
    given = PlanFilter(prefectures=("43",))  # type: ignore[arg-type]
    view = domain.view(LOCAL, given, as_of=dt.date(2021, 4, 1), known_at=now)
    assert view.moment == Moment(as_of=dt.date(2021, 4, 1), known_at=now)
    assert view.filter.prefectures == ("430005",)
    assert view.drafts.everything


def test_a_time_without_its_offset_is_refused(domain: Domain) -> None:
    """A moment in no time zone is no moment."""
    with pytest.raises(InputError) as caught:
        domain.view(LOCAL, known_at=dt.datetime(2026, 11, 21))  # noqa: DTZ001
    (problem,) = caught.value.problems
    assert (problem.reason, problem.path) == ("NAIVE_TIME", ("knownAt",))


@pytest.mark.parametrize(
    ("bureaus", "expected"),
    [
        (["kyushu"], "a"),
        (["kanto"], "b"),
        (["kyushu", "kanto"], "ab"),
        (["hokkaido"], ""),
        (["nowhere"], ""),
        ([], "abc"),
    ],
)
def test_a_bureau_stands_for_its_block(
    three: SqlStore, domain: Domain, bureaus: list[str], expected: str
) -> None:
    """Plans whose region reaches into a prefecture of the block are found."""
    given = PlanFilter(bureaus=tuple(bureaus))  # type: ignore[arg-type]
    assert "".join(shown_ids(three, domain.view(LOCAL, given))) == expected


def test_bureau_and_prefecture_must_both_fit(three: SqlStore, domain: Domain) -> None:
    """A filter of two parts finds what is in both."""
    given = PlanFilter(bureaus=("kyushu",), prefectures=("15",))  # type: ignore[arg-type]
    assert shown_ids(three, domain.view(LOCAL, given)) == []


def test_an_unknown_type_is_refused(domain: Domain) -> None:
    """What a type asks for is known from its plugin only."""
    with pytest.raises(UnknownPlanTypeError) as caught:
        domain.plan_type("other")
    assert "other" in caught.value.problems[0].message_ja


def test_a_document_is_checked_with_the_investments_of_the_store(
    three: SqlStore, domain: Domain
) -> None:
    """A reference leads to what the store knows; what it does not know is passed."""
    data: Any = parse_text(domain.plan_types[STRATEGIC].sample or "").data
    with three.read() as unit:
        whole = check_document(data, Gate.PUBLISH, unit, domain, LOCAL)
        references = [{"ref": "SAMPLE-INV-1"}, {"ref": "unknown"}]
        referring = check_document(
            data | {"investments": references, "record": record()},
            Gate.PUBLISH,
            unit,
            domain,
            LOCAL,
        )
        with pytest.raises(InputError):
            check_document({"id": 5}, Gate.PUBLISH, unit, domain, LOCAL)
    assert not whole.unchecked
    assert not referring.unchecked


def test_a_stored_plan_is_checked(three: SqlStore, domain: Domain) -> None:
    """The same rules say the same of a plan in a file and in the store."""
    with three.read() as unit:
        stored = unit.plan("a", looking())
        assert stored is not None
        found = unit.investments(stored.standing.pins.values()).values()
    data: Any = parse_text(domain.plan_types[STRATEGIC].sample or "").data
    with three.read() as unit:
        told = check_document(data, Gate.PUBLISH, unit, domain, LOCAL)
    assert check_stored(stored, found, Gate.PUBLISH, domain) == told


def test_the_map_is_drawn_from_the_store(three: SqlStore, domain: Domain) -> None:
    """Totals count everything; bounds and limit only choose the points."""
    view = domain.view(LOCAL)
    everywhere = Bounds(120, 20, 155, 50)
    with three.read() as unit:
        whole = draw(view, unit, domain)
        part = draw(view, unit, domain, bounds=everywhere, limit=1)
        empty = draw(domain.view(ANONYMOUS), unit, domain)
    assert (whole.as_of, whole.totals.count, len(whole.points)) == (TODAY, 3, 6)
    assert whole.totals.gross == 100_000_000_000 + 900_000_000 + 400_000_000
    assert (part.totals, len(part.points), part.truncated) == (whole.totals, 1, True)
    assert (empty.totals.count, empty.points) == (0, ())
