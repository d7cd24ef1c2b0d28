"""Draw the investment map from a store."""

from __future__ import annotations

import datetime as dt

import attrs

from ..due_dates import DEFAULT_CYCLE, ReportingCycle, is_silent, reporting_periods
from ..identifiers import PartId
from ..lifecycle import Phase
from ..maps import Bounds, InvestmentMap, MappedPlan, draw_map
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
    as_of = view.moment.as_of
    return draw_map(
        [_dated(plan, as_of, domain) for plan in unit.mapped(view)],
        as_of=as_of,
        plan_types=domain.plan_types,
        reference=domain.reference,
        bounds=bounds,
        limit=limit,
    )


def _dated(plan: MappedPlan, as_of: dt.date, domain: Domain) -> MappedPlan:
    """Return *plan* with what follows from dates: old grades, and the next report."""
    is_stale = _is_stale(plan, as_of, domain.settings.map_stale_months)
    next_due_on = _next_due_on(plan, domain)
    if not is_stale and next_due_on is None:
        return plan
    features = (
        attrs.evolve(feature, is_stale=is_stale, next_due_on=next_due_on)
        for feature in plan.features
    )
    return attrs.evolve(plan, features=tuple(features))


def _is_stale(plan: MappedPlan, as_of: dt.date, months: int) -> bool:
    if plan.graded_on is None:
        return False
    cycle = ReportingCycle(silent_after_months=months)
    return is_silent(plan.graded_on, None, as_of, cycle)


def _next_due_on(plan: MappedPlan, domain: Domain) -> dt.date | None:
    """Return when the first report that is not in is due."""
    if plan.phase is not Phase.IN_FORCE or plan.published_on is None:
        return None
    kind = domain.plan_types.get(plan.plan_type)
    cycle = kind.reporting_cycle if kind else DEFAULT_CYCLE
    periods = reporting_periods(plan.published_on, plan.ends_on, cycle)
    owed = (p.due_on for p in periods if PartId(p.id) not in plan.reported)
    return next(owed, None)
