"""Draw the investment map from a store, and tell what of it may leave as a file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import attrs

from ..due_dates import DEFAULT_CYCLE, ReportingCycle, is_silent, reporting_periods
from ..errors import InputError, Problem
from ..filters import PlanFilter
from ..identifiers import PartId
from ..lifecycle import Phase
from ..maps import Bounds, InvestmentMap, MappedPlan, draw_map
from ..readers import ANONYMOUS
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


class DraftExportError(InputError):
    """Only what is or was in force leaves as a file, whoever asks (MAP-01)."""

    def __init__(self, asked: Iterable[Phase], public: Iterable[Phase]) -> None:
        words = ", ".join(phase.value for phase in asked)
        hint = ", ".join(phase.value for phase in public)
        super().__init__(
            Problem(
                reason="DRAFTS_ARE_NOT_EXPORTED",
                message_ja=f"公表前の計画（{words}）は書き出せません。"
                f"書き出せる局面：{hint}",
                message_en=f"plans that are not public ({words}) are not exported; "
                f"phases that can be: {hint}",
                path=("phases",),
                hint=hint,
                rule_id="MAP-01",
            )
        )


def public_view(
    asked: PlanFilter | None,
    domain: Domain,
    *,
    as_of: dt.date | None = None,
    known_at: dt.datetime | None = None,
) -> View:
    """Return the view of the map as a file: what anybody may see, whoever asks.

    A file is passed on, and nobody can call it back.

    Raises:
        DraftExportError: The filter asks for a phase in which no plan is public.
    """
    wanted = asked or PlanFilter()
    lifecycles = [kind.lifecycle for kind in domain.plan_types.values()]
    shown = {s.phase for each in lifecycles for s in each.states if s.public}
    hidden = [phase for phase in wanted.phases if phase not in shown]
    if hidden:
        raise DraftExportError(hidden, [phase for phase in Phase if phase in shown])
    return domain.view(ANONYMOUS, wanted, as_of=as_of, known_at=known_at)


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
