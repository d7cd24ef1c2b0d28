"""The map as CSV for spreadsheets: one row a plan, one a site of an investment."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from ...core.exports import Exporter
from ...core.maps import Feature, InvestmentMap
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .geojson import properties_of

Cell = str | float | bool | None
CLUSTERPLAN = Manifest(api="~=1.0", order=-29)

COLUMNS = (
    "id",
    "kind",
    "plan_id",
    "plan_type",
    "phase",
    "title",
    "lon",
    "lat",
    "precision",
    "area_code",
    "amount",
    "certainty",
    "fictional",
    "grade",
    "graded_on",
    "is_stale",
    "next_due_on",
)
"""The first row: id, the properties of GeoJSON by the same names, and the point."""

_BYTE_ORDER_MARK = "\ufeff"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


def write_csv(drawn: InvestmentMap) -> Iterator[str]:
    """Yield the table, row by row, after a mark that spreadsheets know UTF-8 by.

    Features without a point have empty coordinates. Amounts are whole yen, truth is
    `true` or `false`, and what is not known is empty. A text that a spreadsheet would
    take for a formula begins with an apostrophe.
    """
    yield _BYTE_ORDER_MARK + _line(COLUMNS)
    for feature in (*drawn.points, *drawn.unlocated):
        cells = _cells(feature)
        yield _line(tuple(_text(cells[column]) for column in COLUMNS))


def _cells(feature: Feature) -> dict[str, Cell]:
    place = {"id": feature.id, "lon": feature.lon, "lat": feature.lat}
    return {**place, **properties_of(feature)}


def _text(value: Cell) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f"'{value}" if value.lstrip().startswith(_FORMULA) else value
    return str(value)


def _line(cells: tuple[str, ...]) -> str:
    line = io.StringIO()
    csv.writer(line).writerow(cells)
    return line.getvalue()


@hookimpl
def clusterplan_exporters() -> tuple[Exporter, ...]:
    """Offer CSV."""
    return (
        Exporter(
            key="csv",
            media_type="text/csv",
            suffix=".csv",
            title="CSV",
            write=write_csv,
        ),
    )
