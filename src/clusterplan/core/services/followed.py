"""Plans that were ever public, with their reports, as somebody may see them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import attrs
from attrs import frozen

from ..actors import Actor
from ..cases import Case
from ..lifecycle import Phase
from ..paging import Cursor, PageRequest
from ..plans import Plan
from ..readers import Reader
from ..reports import REPORT, ReportCase, in_order, speaks_for
from ..store import ReadUnit, View
from ..stored import StoredPlan

_BATCH = 1_000
"""How many plans are read at once."""


@frozen(kw_only=True)
class FollowedPlan:
    """A plan with its reports.

    Attributes:
        cases: All reports, be they in or not, whoever reads.
        reports: Those that are in and that the reader may see, the oldest period first.
    """

    stored: StoredPlan
    cases: tuple[Case, ...]
    reports: tuple[ReportCase, ...]

    @property
    def plan(self) -> Plan:
        """The text of the plan."""
        return self.stored.plan


def followed_plans(
    view: View, unit: ReadUnit, reader: Reader
) -> Iterator[FollowedPlan]:
    """Yield the plans of *view* that were ever public.

    A batch of plans takes a fixed number of statements.
    """
    request: PageRequest | None = PageRequest(size=_BATCH)
    while request is not None:
        page = unit.plans(view, request)
        public = [s for s in page.items if s.standing.published_on is not None]
        ids = [stored.standing.plan_id for stored in public]
        cases = unit.cases(ids, REPORT, view)
        for stored in public:
            own = cases.get(stored.standing.plan_id, ())
            seen = (c for c in own if reader.sees(c, stored.plan))
            yield FollowedPlan(stored=stored, cases=own, reports=in_order(seen))
        request = _next(request, page.cursors[-1]) if page.has_next else None


def plans_in_force(
    view: View, unit: ReadUnit, reader: Reader
) -> Iterator[FollowedPlan]:
    """Yield the plans of *view* that are in force; none where it asks for others."""
    phases = view.filter.phases
    if phases and Phase.IN_FORCE not in phases:
        return
    wanted = attrs.evolve(view.filter, phases=(Phase.IN_FORCE,))
    yield from followed_plans(attrs.evolve(view, filter=wanted), unit, reader)


def visible_reports(
    cases: Iterable[Case], reader: Reader, plan: Plan
) -> tuple[ReportCase, ...]:
    """Return what *reader* may see of reports: all of one, or its own part.

    The parts of other reporters are theirs until the report is public.
    """
    seen = (visible_report(c, reader, plan) for c in cases if isinstance(c, ReportCase))
    return tuple(case for case in seen if case is not None)


def visible_report(case: ReportCase, reader: Reader, plan: Plan) -> ReportCase | None:
    """Return what *reader* may see of a report; nothing where that is nothing at all."""
    if reader.sees(case, plan):
        return case
    return _own_part(case, reader.actor) if reader.actor else None


def _own_part(case: ReportCase, actor: Actor) -> ReportCase | None:
    report = case.document
    parts = tuple(p for p in report.parts if speaks_for(actor, p.reporter))
    if not parts:
        return None
    own = {row.measure for part in parts for row in part.rows}
    grades = tuple(g for g in report.grades if g.measure in own)
    return attrs.evolve(case, document=attrs.evolve(report, parts=parts, grades=grades))


def _next(request: PageRequest, cursor: str) -> PageRequest:
    decoded = Cursor.decode(cursor, request.order, argument="after")
    return attrs.evolve(request, cursor=decoded)
