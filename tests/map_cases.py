"""Plans and investments as the map has them, for tests of its numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from attrs import frozen
from hypothesis import strategies as st

from clusterplan.core.identifiers import AreaCode, InvestmentId, Key, PlanId, Yen
from clusterplan.core.lifecycle import Phase
from clusterplan.core.maps import (
    Feature,
    FeatureKind,
    InvestmentMap,
    MappedPlan,
    draw_map,
)
from clusterplan.core.reference import read_reference

REFERENCE = read_reference()
TODAY = dt.date(2026, 10, 1)
AREAS = (
    None,
    "131211",
    "132098",
    "130001",
    "401005",
    "410004",
    "472018",
    "131299",
    "990000",
)
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
