"""Plan types A, B and C are plugins with details, outlines and categories."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import AreaCode, InvestmentId, Key, PlanId, Yen
from clusterplan.core.investments import Certainty, Precision
from clusterplan.core.lifecycle import Phase
from clusterplan.core.maps import (
    Feature,
    FeatureKind,
    InvestmentMap,
    OutsideTotals,
    Totals,
)
from clusterplan.core.plans import OutlineEntry
from clusterplan.core.resources import LocalResource, LocalResourceKind
from clusterplan.plugins.builtin.geojson import clusterplan_exporters
from clusterplan.plugins.builtin.local import (
    LocalIndustry,
    LocalIndustryGrowthDetails,
)
from clusterplan.plugins.builtin.policy import SECTIONS
from clusterplan.plugins.builtin.regional import (
    MarketClaim,
    MarketClaimKind,
    RegionalClusterDetails,
)
from clusterplan.plugins.host import Plugins


def test_the_three_types_have_sections_categories_and_a_sample(
    plugins: Plugins,
) -> None:
    """A, B and C ask for the same parts and have five headings each."""
    types = list(plugins.plan_types.values())
    assert [t.code for t in types] == ["A", "B", "C"]
    for kind in types:
        assert kind.required == SECTIONS
        assert len(kind.categories) == 5
        file = load_plan_file(parse_text(kind.sample or ""), plugins.plan_types)
        assert file.plan.fictional
        assert file.plan.plan_type == kind.key
        assert file.plan.lead
        assert file.plan.lead.kind in kind.lead_kinds
        keys = {c.key for c in kind.categories}
        assert {m.category for m in file.plan.measures} <= keys


def test_details_of_b_are_outlined_as_industries_and_claims() -> None:
    """A claim without words leaves an empty item, an empty plan two headings."""
    claim = MarketClaim(kind=MarketClaimKind.EXPORT)
    assert RegionalClusterDetails(market_claims=(claim,)).outline() == (
        OutlineEntry("重点産業", 1, ()),
        OutlineEntry("市場での地位", 1, ("",)),
    )


def test_details_of_c_are_outlined_as_resources_and_industries() -> None:
    """An industry without a name is shown by its kind."""
    details = LocalIndustryGrowthDetails(
        local_resources=(
            LocalResource(kind=LocalResourceKind.TOURISM_RESOURCE, title="城"),
        ),
        industries=(
            LocalIndustry(kind=Key("tourism")),
            LocalIndustry(kind=Key("primary"), title="林業"),
        ),
    )
    assert details.outline() == (
        OutlineEntry("地域資源", 1, ("城",)),
        OutlineEntry("地場産業", 1, ("tourism", "林業")),
    )


def _feature(id_: str, kind: FeatureKind, *, located: bool) -> Feature:
    invested = kind is FeatureKind.INVESTMENT
    return Feature(
        id=id_,
        kind=kind,
        plan_id=PlanId("P-1"),
        plan_type=Key("t"),
        phase=Phase.IN_FORCE,
        title='「架空」"計画"',
        lon=139.5 if located else None,
        lat=35.5 if located else None,
        precision=Precision.SITE,
        area_code=AreaCode("131211") if invested else None,
        amount=Yen(9_007_199_254_740_993) if invested else None,
        certainty=Certainty.PLANNED if invested else None,
        investment_id=InvestmentId("I-1") if invested else None,
        fictional=True,
        grade=Grade.DELAYED if invested else None,
        graded_on=date(2026, 3, 31) if invested else None,
        is_stale=invested,
        next_due_on=date(2026, 11, 30) if invested else None,
    )


def _written(points: Iterable[Feature], unlocated: Iterable[Feature]) -> str:
    (exporter,) = clusterplan_exporters()
    drawn = InvestmentMap(
        as_of=date(2026, 10, 1),
        points=tuple(points),
        unlocated=tuple(unlocated),
        truncated=False,
        areas=(),
        outside_areas=OutsideTotals(count=0, gross=Yen(0), net=Yen(0)),
        totals=Totals(count=1, gross=Yen(2), net=Yen(1), withheld=3),
        facets=(),
    )
    return "".join(exporter.write(drawn))


def test_geojson_is_a_collection_with_totals_and_source() -> None:
    """Points have a geometry, features without one have null."""
    plan = _feature("P-1", FeatureKind.PLAN, located=True)
    site = _feature("P-1:I-1:1", FeatureKind.INVESTMENT, located=False)
    data = json.loads(_written([plan], [site]))
    assert data["type"] == "FeatureCollection"
    assert data["as_of"] == "2026-10-01"
    assert data["attribution"]
    assert data["totals"] == {"count": 1, "gross": 2, "net": 1, "withheld": 3}
    first, second = data["features"]
    assert first["geometry"] == {"type": "Point", "coordinates": [139.5, 35.5]}
    assert (first["id"], first["properties"]["certainty"]) == ("P-1", None)
    assert second["geometry"] is None
    assert second["properties"] == {
        "kind": "investment",
        "plan_id": "P-1",
        "plan_type": "t",
        "phase": "in_force",
        "title": '「架空」"計画"',
        "precision": "site",
        "area_code": "131211",
        "amount": 9_007_199_254_740_993,
        "certainty": "planned",
        "fictional": True,
        "grade": "delayed",
        "graded_on": "2026-03-31",
        "is_stale": True,
        "next_due_on": "2026-11-30",
    }
    progress = ("grade", "graded_on", "is_stale", "next_due_on")
    assert [first["properties"][name] for name in progress] == [None, None, False, None]


def test_geojson_of_an_empty_map_is_valid() -> None:
    """There is a list of features, and nothing in it."""
    assert json.loads(_written([], []))["features"] == []


def test_geojson_says_what_it_is(plugins: Plugins) -> None:
    """Key, media type and ending are those of the format."""
    exporter = plugins.exporters["geojson"]
    assert (exporter.media_type, exporter.suffix, exporter.title) == (
        "application/geo+json",
        ".geojson",
        "GeoJSON",
    )
