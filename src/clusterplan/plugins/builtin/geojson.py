"""The map as GeoJSON (RFC 7946): one feature a plan, one a site of an investment."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ...core.exports import Exporter
from ...core.maps import Feature, InvestmentMap
from ..hookspecs import hookimpl
from ..manifest import Manifest

CLUSTERPLAN = Manifest(api="~=1.0", order=-30)


def write_geojson(drawn: InvestmentMap) -> Iterator[str]:
    """Yield a FeatureCollection, feature by feature.

    Properties are the fields of a point in snake_case; the geometry is null where there
    is no place. Amounts are whole yen.
    """
    head = {
        "type": "FeatureCollection",
        "as_of": drawn.as_of.isoformat(),
        "attribution": "地名・代表点：localgovjp (CC0)",
        "totals": {
            "count": drawn.totals.count,
            "gross": drawn.totals.gross,
            "net": drawn.totals.net,
            "withheld": drawn.totals.withheld,
        },
    }
    yield json.dumps(head, ensure_ascii=False)[:-1] + ', "features": ['
    separator = "\n"
    for feature in (*drawn.points, *drawn.unlocated):
        yield separator + json.dumps(_feature(feature), ensure_ascii=False)
        separator = ",\n"
    yield "\n]}\n"


def properties_of(feature: Feature) -> dict[str, str | int | bool | None]:
    """Return what exports tell of a feature, by the names that they have in files."""
    graded_on, due_on = feature.graded_on, feature.next_due_on
    return {
        "kind": feature.kind.value,
        "plan_id": feature.plan_id,
        "plan_type": feature.plan_type,
        "phase": feature.phase.value,
        "title": feature.title,
        "precision": feature.precision.value,
        "area_code": feature.area_code,
        "amount": feature.amount,
        "certainty": feature.certainty.value if feature.certainty else None,
        "fictional": feature.fictional,
        "grade": feature.grade.value if feature.grade else None,
        "graded_on": graded_on.isoformat() if graded_on else None,
        "is_stale": feature.is_stale,
        "next_due_on": due_on.isoformat() if due_on else None,
    }


def _feature(feature: Feature) -> dict[str, object]:
    point = {"type": "Point", "coordinates": [feature.lon, feature.lat]}
    return {
        "type": "Feature",
        "id": feature.id,
        "geometry": point if feature.is_located else None,
        "properties": properties_of(feature),
    }


@hookimpl
def clusterplan_exporters() -> tuple[Exporter, ...]:
    """Offer GeoJSON."""
    return (
        Exporter(
            key="geojson",
            media_type="application/geo+json",
            suffix=".geojson",
            title="GeoJSON",
            write=write_geojson,
        ),
    )
