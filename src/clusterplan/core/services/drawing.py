"""Draw the investment map from a store."""

from __future__ import annotations

from ..maps import Bounds, InvestmentMap, draw_map
from ..store import ReadUnit, View
from .domain import Domain


def draw(
    view: View,
    unit: ReadUnit,
    domain: Domain,
    *,
    bounds: Bounds | None = None,
    limit: int | None = None,
) -> InvestmentMap:
    """Return the map of what *view* shows; every point, unless limited."""
    return draw_map(
        unit.mapped(view),
        as_of=view.moment.as_of,
        plan_types=domain.plan_types,
        reference=domain.reference,
        bounds=bounds,
        limit=limit,
    )
