"""The map's numbers are those of its features: nothing twice, nothing lost or told."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence
from typing import Any

import attrs
import pytest
from attrs import frozen
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.areas import prefecture_of
from clusterplan.core.identifiers import AreaCode, InvestmentId, Key, PlanId, Yen
from clusterplan.core.lifecycle import Phase
from clusterplan.core.maps import (
    Bounds,
    Feature,
    FeatureKind,
    InvestmentMap,
    MappedPlan,
    draw_map,
)
from clusterplan.core.reference import read_reference

REFERENCE = read_reference()
TODAY = dt.date(2026, 10, 1)
AREAS = (None, "131211", "132098", "130001", "401005", "410004", "472018", "131299")
FIELDS = ("shipbuilding", "quantum", "content", "old_field")
TYPES = ("strategic_cluster", "regional_cluster", "gone")


@frozen
class Site:
    """A place of an investment."""

    area: str | None
    point: tuple[float, float] | None
    amount: int | None


@frozen
class Project:
    """An investment that plans share."""

    id: str
    withheld: bool
    sites: tuple[Site, ...]


def mapped(
    number: int,
    projects: Sequence[Project],
    *,
    regions: Sequence[str] = ("130001",),
    fields: Sequence[str] = (),
    point: tuple[float, float] | None = (139.0, 35.0),
    phase: Phase = Phase.IN_FORCE,
) -> MappedPlan:
    """Return a plan with a feature of its own and one for each site."""
    plan_id = PlanId(f"P-{number}")
    about: dict[str, Any] = {
        "plan_id": plan_id,
        "plan_type": Key(TYPES[number % len(TYPES)]),
        "phase": phase,
    }
    plan = Feature(
        id=plan_id,
        kind=FeatureKind.PLAN,
        title="計画",
        lon=point[0] if point else None,
        lat=point[1] if point else None,
        **about,
    )
    sites = (
        Feature(
            id=f"{plan_id}:{project.id}:{place}",
            kind=FeatureKind.INVESTMENT,
            title=project.id,
            lon=site.point[0] if site.point else None,
            lat=site.point[1] if site.point else None,
            area_code=AreaCode(site.area) if site.area else None,
            amount=None if site.amount is None else Yen(site.amount),
            investment_id=InvestmentId(project.id),
            withheld=project.withheld,
            **about,
        )
        for project in projects
        for place, site in enumerate(project.sites, start=1)
    )
    return MappedPlan(
        plan_id=plan_id,
        plan_type=about["plan_type"],
        phase=phase,
        prefectures=tuple(AreaCode(c) for c in regions),
        fields=tuple(Key(f) for f in fields),
        features=(plan, *sites),
    )


def draw(plans: Sequence[MappedPlan], **options: Any) -> InvestmentMap:
    """Draw the map of *plans* without knowing their types."""
    return draw_map(plans, as_of=TODAY, plan_types={}, reference=REFERENCE, **options)


POINTS = st.none() | st.tuples(st.floats(122, 154), st.floats(20, 46))
SITES = st.builds(
    Site,
    st.sampled_from(AREAS),
    POINTS,
    st.none() | st.integers(0, 10**13),
)
PROJECTS = st.lists(
    st.tuples(st.booleans(), st.lists(SITES, min_size=1, max_size=3).map(tuple)),
    max_size=5,
).map(lambda drawn: [Project(f"I-{n}", *rest) for n, rest in enumerate(drawn)])


@st.composite
def plans_and_projects(
    draw: st.DrawFn,
) -> tuple[list[MappedPlan], dict[str, Project]]:
    """Return plans that share some of the projects."""
    projects = draw(PROJECTS)
    named = (
        st.lists(st.sampled_from(projects), unique=True) if projects else st.just([])
    )
    plans = [
        mapped(
            number,
            draw(named),
            regions=draw(st.lists(st.sampled_from(["130001", "400009"]), unique=True)),
            fields=draw(st.lists(st.sampled_from(FIELDS))),
            point=draw(POINTS),
            phase=draw(st.sampled_from(list(Phase))),
        )
        for number in range(draw(st.integers(0, 4)))
    ]
    return plans, {p.id: p for p in projects}


def total(project: Project) -> int:
    """Return the sum over the sites of *project*."""
    return sum(s.amount or 0 for s in project.sites)


def named_by(plan: MappedPlan) -> set[str]:
    """Return the investments that *plan* counts on."""
    return {f.investment_id for f in plan.features if f.investment_id}


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
    """Each yen is in one prefecture, gross and net alike."""
    plans, projects = drawn
    found = draw(plans, limit=None)
    listed = (*found.points, *found.unlocated)
    nowhere = sum(f.amount or 0 for f in listed if not f.area_code)
    assert sum(a.gross for a in found.areas) + nowhere == found.totals.gross
    used = {id_ for plan in plans for id_ in named_by(plan)}
    nowhere_net = sum(
        s.amount or 0
        for id_ in used
        if not projects[id_].withheld
        for s in projects[id_].sites
        if not s.area
    )
    assert sum(a.net for a in found.areas) + nowhere_net == found.totals.net
    assert all(a.net <= a.gross for a in found.areas)
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
    """Bounds and limit choose points; they change no number."""
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
    assert part.truncated is (len(kept) < len(inside))
    assert part.unlocated == whole.unlocated
    assert (part.totals, part.areas, part.facets) == (
        whole.totals,
        whole.areas,
        whole.facets,
    )
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
    assert list(facets) == ["planTypes", "fields", "prefectures", "phases"]
    for field in ("planTypes", "phases"):
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


def test_what_one_plan_withholds_no_other_plan_gives_away() -> None:
    """A plan that was drawn before the flag was set does not show the investment."""
    before = Project("I-1", withheld=False, sites=(TOKYO,))
    after = attrs.evolve(before, withheld=True)
    for order in ((before, after), (after, before)):
        found = draw([mapped(n, [p]) for n, p in enumerate(order)])
        assert found.totals.withheld == 1
        assert (found.totals.gross, found.totals.net) == (0, 0)
        assert len(found.points) == 2


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
    areas = draw([mapped(1, [old, odd], regions=())]).areas
    assert [(a.code, a.name, a.name_en, a.gross) for a in areas] == [
        ("130001", "東京都", "Tokyo", 7),
        ("990000", "990000", None, 5),
    ]


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


def test_an_empty_map_is_all_zero() -> None:
    """Nothing found is no error."""
    found = draw([])
    assert (found.points, found.unlocated, found.areas) == ((), (), ())
    assert (found.totals.count, found.totals.net, found.truncated) == (0, 0, False)
    assert all(f.values == () for f in found.facets)
