"""The map's numbers are those of its features: nothing twice, nothing lost or told."""

from __future__ import annotations

from collections import Counter
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.areas import prefecture_of
from clusterplan.core.identifiers import AreaCode
from clusterplan.core.maps import Bounds, FeatureKind, MappedPlan, draw_map
from clusterplan.plugins.host import load_plugins
from map_cases import (
    POINTS,
    REFERENCE,
    TODAY,
    Project,
    Site,
    draw,
    mapped,
    named_by,
    plans_and_projects,
    total,
)
from stores import REGIONAL, STRATEGIC


@given(plans_and_projects())
def test_totals_count_an_investment_once_a_plan_and_once(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """Gross and net are those of a plain table of investments."""
    plans, projects = drawn
    totals = draw(plans).totals
    open_ = {id_: total(p) for id_, p in projects.items() if not p.withheld}
    names = [id_ for plan in plans for id_ in named_by(plan)]
    assert totals.gross == sum(open_.get(id_, 0) for id_ in names)
    assert totals.net == sum(open_.get(id_, 0) for id_ in set(names))
    assert totals.net <= totals.gross
    assert totals.count == len(plans)
    assert totals.withheld == sum(projects[id_].withheld for id_ in set(names))


@given(plans_and_projects())
def test_gross_is_the_sum_over_what_is_listed(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """Every yen of the totals is at a point or in the list without points."""
    found = draw(drawn[0], limit=None)
    listed = (*found.points, *found.unlocated)
    assert found.totals.gross == sum(f.amount or 0 for f in listed)


@given(plans_and_projects())
def test_sums_of_areas_and_of_what_has_no_area_make_the_totals(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """Each yen is in one prefecture or outside of all, gross and net alike."""
    plans, _ = drawn
    found = draw(plans, limit=None)
    outside = found.outside_areas
    assert sum(a.gross for a in found.areas) + outside.gross == found.totals.gross
    assert sum(a.net for a in found.areas) + outside.net == found.totals.net
    assert all(a.net <= a.gross for a in found.areas)
    assert outside.net <= outside.gross
    regions = {p.plan_id: p.prefectures for p in plans}
    assert outside.count == sum(
        f.area_code in (None, "990000") and len(regions[f.plan_id]) != 1
        for f in (*found.points, *found.unlocated)
        if f.kind is FeatureKind.INVESTMENT
    )
    codes = [a.code for a in found.areas]
    assert codes == sorted(set(codes))
    assert all(prefecture_of(code) == code for code in codes)


@given(plans_and_projects())
def test_an_area_counts_the_plans_that_reach_into_it(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """A plan is counted in each prefecture of its region, investments do not count."""
    plans, _ = drawn
    found = {a.code: a.count for a in draw(plans).areas}
    wanted = Counter(c for p in plans for c in p.prefectures)
    assert {c: n for c, n in found.items() if n} == wanted


@given(
    plans_and_projects(),
    st.none() | st.integers(0, 6),
    st.none() | st.tuples(POINTS, POINTS),
)
def test_points_unlocated_out_of_bounds_and_truncated_are_everything(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
    limit: int | None,
    corners: tuple[Any, Any] | None,
) -> None:
    """Bounds and limit choose what is listed; they change no number."""
    plans, _ = drawn
    bounds = None
    if corners and all(corners):
        (x1, y1), (x2, y2) = corners
        bounds = Bounds(min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))
    whole = draw(plans, limit=None)
    part = draw(plans, limit=limit, bounds=bounds)
    inside = [f for f in whole.points if bounds is None or bounds.holds(f)]
    kept = inside if limit is None else inside[:limit]
    assert list(part.points) == kept
    assert part.unlocated == whole.unlocated[:limit]
    left_out = len(part.unlocated) < len(whole.unlocated)
    assert part.truncated is (len(kept) < len(inside) or left_out)
    assert not whole.truncated
    for numbers in ("totals", "areas", "outside_areas", "facets"):
        assert getattr(part, numbers) == getattr(whole, numbers)
    shown = sorted(f.id for f in (*whole.points, *whole.unlocated))
    assert shown == sorted(f.id for p in plans for f in p.features if not f.withheld)
    assert all(f.is_located for f in whole.points)
    assert not any(f.is_located for f in whole.unlocated)


@given(plans_and_projects())
def test_a_map_with_withheld_investments_is_the_map_without_them(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """They are in no number, point, area or facet; only how many they are is told."""
    plans, _ = drawn
    without = [
        attrs.evolve(p, features=tuple(f for f in p.features if not f.withheld))
        for p in plans
    ]
    found, plain = draw(plans), draw(without)
    told = attrs.evolve(found.totals, withheld=0)
    assert attrs.evolve(found, totals=told) == plain
    hidden = {f.investment_id for p in plans for f in p.features if f.withheld}
    assert found.totals.withheld == len(hidden)


@given(plans_and_projects())
def test_facets_count_plans(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """A value that a plan names twice counts once; the most frequent comes first."""
    plans, _ = drawn
    facets = {f.field: f for f in draw(plans).facets}
    assert list(facets) == ["planTypes", "fields", "prefectures", "phases", "grades"]
    for field in ("planTypes", "phases", "grades"):
        assert sum(v.count for v in facets[field].values) == len(plans)
    for facet, wanted in (
        (facets["fields"], Counter(f for p in plans for f in set(p.fields))),
        (facets["prefectures"], Counter(c for p in plans for c in p.prefectures)),
    ):
        assert {v.value: v.count for v in facet.values} == wanted
        order = [(-v.count, v.value) for v in facet.values]
        assert order == sorted(order)


TOKYO = Site("131211", (139.8, 35.8), 100)
SAGA = Site("410004", None, 50)


def test_a_withheld_investment_of_two_plans_is_counted_once() -> None:
    """It is one investment, whoever names it."""
    secret = Project("I-1", withheld=True, sites=(TOKYO, SAGA))
    found = draw([mapped(1, [secret]), mapped(2, [secret])])
    assert found.totals.withheld == 1
    assert (found.totals.gross, found.totals.net) == (0, 0)
    assert [a.code for a in found.areas] == ["130001"]
    assert [f.kind for f in found.points] == [FeatureKind.PLAN] * 2
    assert found.unlocated == ()


def test_an_investment_that_is_shown_is_not_told_as_withheld() -> None:
    """An old text that was withheld stays hidden; the new one of another plan shows."""
    before = Project("I-1", withheld=True, sites=(TOKYO,))
    after = attrs.evolve(before, withheld=False)
    for order in ((before, after), (after, before)):
        found = draw([mapped(n, [p]) for n, p in enumerate(order)])
        assert found.totals.withheld == 0
        assert (found.totals.gross, found.totals.net) == (100, 100)
        assert len(found.points) == 3


def test_a_plan_with_the_id_of_a_withheld_investment_is_shown() -> None:
    """Ids of plans and of investments are different things."""
    secret = Project("P-1", withheld=True, sites=(TOKYO,))
    found = draw([mapped(1, [secret])])
    assert [f.id for f in found.points] == ["P-1"]
    assert found.totals.withheld == 1


def test_areas_agree_with_the_totals_where_plans_tell_different_places() -> None:
    """An investment that moved between two plans is still counted once in all."""
    here = Project("I-1", withheld=False, sites=(TOKYO,))
    there = attrs.evolve(here, sites=(attrs.evolve(SAGA, amount=100),))
    found = draw([mapped(1, [here]), mapped(2, [there])])
    assert (found.totals.gross, found.totals.net) == (200, 100)
    assert {a.code: (a.gross, a.net) for a in found.areas} == {
        "130001": (100, 100),
        "410004": (100, 0),
    }


def test_an_amount_that_is_unknown_is_filled_by_the_next_plan() -> None:
    """Net takes the sites of the first plan that has an amount."""
    unknown = Project("I-1", withheld=False, sites=(attrs.evolve(TOKYO, amount=None),))
    known = attrs.evolve(unknown, sites=(TOKYO,))
    totals = draw([mapped(1, [unknown]), mapped(2, [known])]).totals
    assert (totals.gross, totals.net) == (100, 100)


def test_an_abolished_place_counts_in_its_prefecture() -> None:
    """A code that is in no list is found by its first two digits."""
    old = Project("I-1", withheld=False, sites=(Site("131299", None, 7),))
    odd = Project("I-2", withheld=False, sites=(Site("990000", None, 5),))
    found = draw([mapped(1, [old, odd], regions=())])
    assert [(a.code, a.name, a.name_en, a.gross) for a in found.areas] == [
        ("130001", "東京都", "Tokyo", 7),
    ]
    assert attrs.astuple(found.outside_areas) == (1, 5, 5)


@pytest.mark.parametrize("area", [None, "990000"])
@pytest.mark.parametrize("point", [None, (139.8, 35.8)])
def test_a_site_of_no_known_area_counts_where_its_plan_is(
    area: str | None, point: tuple[float, float] | None
) -> None:
    """The one prefecture of a plan takes its sites; of two, neither does."""
    sites = (SAGA, Site(area, point, 100))
    plans = [mapped(1, [Project("I-1", withheld=False, sites=sites)])]
    found = draw(plans)
    assert {a.code: (a.gross, a.net) for a in found.areas} == {
        "130001": (100, 100),
        "410004": (50, 50),
    }
    assert attrs.astuple(found.outside_areas) == (0, 0, 0)
    (plan,) = plans
    wide = attrs.evolve(plan, prefectures=(AreaCode("130001"), AreaCode("140007")))
    found = draw([wide])
    assert sum(a.net for a in found.areas) == 50
    assert attrs.astuple(found.outside_areas) == (1, 100, 100)


def test_a_map_without_a_limit_lists_all_that_has_no_point() -> None:
    """With one, what is left out of the list is told, and counted all the same."""
    lost = [
        Project(f"I-{n}", withheld=False, sites=(Site(None, None, 1),))
        for n in range(5)
    ]
    plans = [mapped(1, lost)]
    assert len(draw(plans, limit=None).unlocated) == 5
    cut = draw(plans, limit=3)
    assert [f.investment_id for f in cut.unlocated] == ["I-0", "I-1", "I-2"]
    assert (cut.truncated, cut.totals.net, len(cut.points)) == (True, 5, 1)
    assert not draw(plans, limit=5).truncated


def test_values_of_facets_have_names_where_they_are_known() -> None:
    """Keys of types, fields and areas that are gone stand for themselves."""
    plan = mapped(2, [], regions=("130001", "990000"), fields=("quantum", "old_field"))
    facets = {
        f.field: {v.value: v.title for v in f.values} for f in draw([plan]).facets
    }
    assert facets == {
        "planTypes": {"gone": "gone"},
        "fields": {"quantum": "量子", "old_field": "old_field"},
        "prefectures": {"130001": "東京都", "990000": "990000"},
        "phases": {"IN_FORCE": "IN_FORCE"},
        "grades": {"NO_DATA": "データなし"},
    }


@pytest.mark.parametrize(
    ("lon", "lat", "held"),
    [
        (139.0, 35.0, True),
        (140.0, 36.0, True),
        (140.1, 35.5, False),
        (138.9, 35.5, False),
        (139.5, 34.9, False),
        (139.5, 36.1, False),
        (None, 35.5, False),
        (139.5, None, False),
    ],
)
def test_bounds_hold_what_lies_in_them_or_on_their_edge(
    lon: float | None,
    lat: float | None,
    held: bool,
) -> None:
    """A feature without a whole point lies nowhere."""
    (plan,) = mapped(1, []).features
    feature = attrs.evolve(plan, lon=lon, lat=lat)
    assert Bounds(139, 35, 140, 36).holds(feature) is held
    assert feature.is_located is (lon is not None and lat is not None)


@given(plans_and_projects())
def test_every_prefecture_has_a_plan_of_a_type_or_misses_one(
    drawn: tuple[list[MappedPlan], dict[str, Project]],
) -> None:
    """All 47 are on one of both sides, and the counts of areas agree."""
    plans, _ = drawn
    found = draw(plans)
    assert {c.plan_type for c in found.coverage} == {p.plan_type for p in plans}
    for each in found.coverage:
        of_type = (p for p in plans if p.plan_type == each.plan_type)
        reached = {code for plan in of_type for code in plan.prefectures}
        assert set(each.prefectures) == reached
        assert len({*each.prefectures, *each.missing}) == 47
        assert len(each.prefectures) + len(each.missing) == 47
    if plans:
        counted = {a.code for a in found.areas if a.count}
        assert len(found.without_plan) == 47 - len(counted)
        assert not counted & set(found.without_plan)


def test_a_type_that_nobody_has_a_plan_of_is_missing_everywhere() -> None:
    """Types have names where they are known; codes of nowhere are no prefecture."""
    kinds = load_plugins(entry_points=False).plan_types
    plans = [
        mapped(0, [], regions=("430005", "990000")),
        mapped(2, [], regions=("130001",)),
    ]
    found = draw_map(plans, as_of=TODAY, plan_types=kinds, reference=REFERENCE)
    told = {str(c.plan_type): c for c in found.coverage}
    assert list(told) == [*kinds, "gone"]
    strategic, regional = told[STRATEGIC], told[REGIONAL]
    assert strategic.prefectures == ("430005",)
    assert strategic.title_en == kinds[STRATEGIC].title_en
    assert (len(strategic.missing), len(regional.missing)) == (46, 47)
    assert (told["gone"].title, told["gone"].title_en) == ("gone", None)
    assert len(found.without_plan) == 45


def test_an_empty_map_is_all_zero() -> None:
    """Nothing found is no error."""
    found = draw([])
    assert (found.points, found.unlocated, found.areas) == ((), (), ())
    assert (found.coverage, found.without_plan) == ((), ())
    assert (found.totals.count, found.totals.net, found.truncated) == (0, 0, False)
    assert all(f.values == () for f in found.facets)
