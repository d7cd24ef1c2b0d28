"""Selections of plans: what a view shows, in which order, from which cursor on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy import ColumnElement, Select
from sqlalchemy.orm import aliased
from sqlmodel import col

from ..actors import REGIONAL_BUREAU
from ..filters import PlanFilter, PlanOrder
from ..grades import Grade
from ..moments import Moment
from ..paging import Cursor, PageRequest, SortValue
from ..readers import LEADING, DraftAccess, Role
from ..reference import fold
from ..reports import IN, REPORT
from ..store import View
from .tables import (
    CaseRow,
    ContentAreaRow,
    ContentBodyRow,
    ContentFieldRow,
    ContentRow,
    DocumentRow,
    EventRow,
    InvestmentRow,
    PlaceRow,
    StandingRow,
)

NO_AMOUNT = -1
"""Sort value of a plan whose investments have no amount that is public."""

_SHOWN_AMOUNT = (
    sa.select(sa.func.sum(col(PlaceRow.amount)))
    .outerjoin(InvestmentRow, col(InvestmentRow.id) == col(PlaceRow.investment_id))
    .where(
        col(PlaceRow.content) == col(ContentRow.key),
        col(PlaceRow.withheld).is_(False),
        sa.func.coalesce(col(InvestmentRow.withheld), sa.false()).is_(False),
    )
    .correlate(ContentRow)
    .scalar_subquery()
)
"""What the investments of a text add up to, without those that are withheld now."""

_SORT: dict[PlanOrder, Any] = {
    PlanOrder.PUBLISHED_ON: col(StandingRow.published_on),
    PlanOrder.UPDATED_AT: col(StandingRow.recorded_from),
    PlanOrder.TITLE: col(ContentRow.title),
    PlanOrder.AREA: col(ContentRow.area),
    PlanOrder.AMOUNT: sa.cast(
        sa.func.coalesce(_SHOWN_AMOUNT, NO_AMOUNT), sa.BigInteger
    ),
}


def shown(view: View, *columns: Any) -> Select[Any]:
    """Select *columns* of the standings that *view* shows, one a plan."""
    return (
        sa.select(*columns)
        .select_from(StandingRow)
        .join(ContentRow, col(ContentRow.key) == col(StandingRow.content))
        .where(
            *known(view.moment),
            *valid(view.moment),
            readable(view.drafts),
            *wanted(view.filter),
            *([] if view.block is None else [_has_area(view.block)]),
            *([_has_grade(view)] if view.filter.grades else []),
        )
    )


def known(moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """Restrict standings to what was known at the moment."""
    if moment.known_at is None:
        return (col(StandingRow.recorded_to).is_(None),)
    ended = col(StandingRow.recorded_to)
    return (
        col(StandingRow.recorded_from) <= moment.known_at,
        sa.or_(ended.is_(None), ended > moment.known_at),
    )


def valid(moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """Restrict standings to what holds at the end of the day."""
    ended = col(StandingRow.valid_to)
    return (
        col(StandingRow.valid_from) <= moment.as_of,
        sa.or_(ended.is_(None), ended > moment.as_of),
    )


def readable(drafts: DraftAccess) -> ColumnElement[bool]:
    """Restrict standings to what a reader may see."""
    if drafts.everything:
        return sa.true()
    return sa.or_(col(StandingRow.public).is_(True), _involved(drafts))


def told(view: View, plan_id: str | None) -> list[ColumnElement[bool]]:
    """Restrict events to those that *view* tells of, of one plan or of all."""
    drafts = view.drafts
    conditions = [] if plan_id is None else [col(EventRow.aggregate_id) == plan_id]
    if drafts.everything:
        return conditions
    plan = col(EventRow.aggregate_id)
    shown_now = shown(view, col(StandingRow.plan_id))
    heard = [
        col(EventRow.public).is_(True),
        _is_reader(drafts, EventRow.actor_kind, EventRow.actor_code),
        _is_reader(drafts, EventRow.owner_kind, EventRow.owner_code),
        plan.in_(shown_now.where(_led(drafts))),
        sa.and_(
            col(EventRow.aggregate) == "plan",
            plan.in_(shown_now.where(_involved(drafts))),
        ),
    ]
    return [*conditions, plan.in_(shown_now), sa.or_(*heard)]


def _led(drafts: DraftAccess) -> ColumnElement[bool]:
    """Restrict texts to those of plans that the reader's body leads, or joins in."""
    roles = [role.value for role in LEADING]
    return _has_body(col(ContentBodyRow.role).in_(roles), _is_body(drafts))


def _involved(drafts: DraftAccess) -> ColumnElement[bool]:
    """Restrict texts to those that the reader may see as drafts."""
    if not drafts.of_bureaus:
        return _has_body(_is_body(drafts))
    by_bureau = sa.and_(
        col(ContentBodyRow.role) == Role.LEAD.value,
        col(ContentBodyRow.kind) == REGIONAL_BUREAU,
    )
    return _has_body(sa.or_(by_bureau, _is_body(drafts)))


def _has_body(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    has_body = sa.exists().where(
        col(ContentBodyRow.content) == col(ContentRow.key), *conditions
    )
    return has_body.correlate(ContentRow)


def _is_body(drafts: DraftAccess) -> ColumnElement[bool]:
    return _is_reader(drafts, ContentBodyRow.kind, ContentBodyRow.code)


def _is_reader(drafts: DraftAccess, kind: Any, code: Any) -> ColumnElement[bool]:
    """Restrict rows to those whose office is of the reader's body."""
    if drafts.body_code is None:
        return sa.false()
    return sa.and_(col(code) == drafts.body_code, col(kind).in_(drafts.body_kinds))


def wanted(given: PlanFilter) -> list[ColumnElement[bool]]:
    """Restrict standings by a filter whose codes are complete.

    Bureaus are in the view, and grades depend on all of it.
    """
    conditions: list[ColumnElement[bool]] = []
    if given.plan_types:
        conditions.append(col(StandingRow.plan_type).in_(given.plan_types))
    if given.phases:
        values = [p.value for p in given.phases]
        conditions.append(col(StandingRow.phase).in_(values))
    if given.states:
        conditions.append(col(StandingRow.state).in_(given.states))
    if given.prefectures:
        conditions.append(_has_area(given.prefectures))
    if given.municipalities:
        conditions.append(_has_area(given.municipalities))
    if given.fields:
        conditions.append(
            sa.exists().where(
                col(ContentFieldRow.content) == col(ContentRow.key),
                col(ContentFieldRow.field).in_(given.fields),
            )
        )
    conditions.extend(
        col(ContentRow.search).contains(word, autoescape=True)
        for word in map(fold, given.words)
    )
    return conditions


def ordered(query: Select[Any], request: PageRequest) -> Select[Any]:
    """Order a selection of standings, and begin behind the cursor of the request."""
    key, id_ = _SORT[request.order], col(StandingRow.plan_id)
    descending = request.descending != request.backward
    if request.cursor is not None:
        query = query.where(_behind(request.cursor, key, id_, descending=descending))
    directions = (key.desc(), id_.desc()) if descending else (key.asc(), id_.asc())
    return query.order_by(*directions)


def cases(plan_ids: Collection[str], kind: str, moment: Moment) -> Select[CaseRow, str]:
    """Select the newest version of each case of plans at a moment, with its text."""
    return (
        sa.select(CaseRow, col(DocumentRow.text))
        .join(DocumentRow, col(DocumentRow.digest) == col(CaseRow.digest))
        .where(
            col(CaseRow.plan_id).in_(plan_ids),
            col(CaseRow.kind) == kind,
            *_newest(CaseRow, moment),
        )
        .order_by(col(CaseRow.plan_id), col(CaseRow.id))
    )


def reports(view: View) -> Select[Any]:
    """Select the reports that are in, of the plans that *view* shows, without texts.

    They come with the oldest period of each plan first; `seen` tells which of them the
    view may show.
    """
    columns = (CaseRow.plan_id, CaseRow.id)
    return (
        shown(
            view,
            *map(col, columns),
            col(CaseRow.grade),
            col(CaseRow.period_end),
            _seen(CaseRow, view.drafts).label("seen"),
        )
        .join(CaseRow, col(CaseRow.plan_id) == col(StandingRow.plan_id))
        .where(*_is_in(CaseRow, view.moment))
        .order_by(col(CaseRow.plan_id), col(CaseRow.period_end), col(CaseRow.id))
    )


def sort_key(order: PlanOrder) -> Any:
    """Return what plans are ordered by."""
    return _SORT[order]


def cursor_value(value: Any) -> SortValue:
    """Return a value that plans are ordered by, as a cursor holds it."""
    return value.isoformat() if isinstance(value, dt.datetime) else value


def _behind(
    cursor: Cursor,
    key: Any,
    id_: Any,
    *,
    descending: bool,
) -> ColumnElement[bool]:
    value: Any = cursor.value
    if cursor.order is PlanOrder.UPDATED_AT:
        value = dt.datetime.fromisoformat(str(value))
    after = key < value if descending else key > value
    later = id_ < cursor.id if descending else id_ > cursor.id
    return sa.or_(after, sa.and_(key == value, later))


def _newest(row: Any, moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """Restrict cases to their newest version at the moment."""
    later = aliased(CaseRow)
    replaced = sa.exists().where(
        col(later.plan_id) == col(row.plan_id),
        col(later.kind) == col(row.kind),
        col(later.id) == col(row.id),
        col(later.version) > col(row.version),
        *_told(later, moment),
    )
    return (*_told(row, moment), ~replaced)


def _told(row: Any, moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """Restrict versions of cases to what had happened, and was known, at the moment."""
    happened = col(row.on) <= moment.as_of
    if moment.known_at is None:
        return (happened,)
    return (happened, col(row.recorded_at) <= moment.known_at)


def _is_in(row: Any, moment: Moment) -> tuple[ColumnElement[bool], ...]:
    """Restrict cases to reports that are in at the moment."""
    return (
        col(row.kind) == REPORT.key,
        col(row.state).in_(IN),
        *_newest(row, moment),
    )


def _seen(row: Any, drafts: DraftAccess) -> ColumnElement[bool]:
    """Tell of a case of a standing whether a reader may see it, as `Reader.sees`."""
    if drafts.everything:
        return sa.true()
    owned = _is_reader(drafts, row.owner_kind, row.owner_code)
    return sa.or_(col(row.public).is_(True), owned, _led(drafts))


def _has_grade(view: View) -> ColumnElement[bool]:
    """Restrict standings by the latest report that may be seen; none is no data."""
    row = aliased(CaseRow)
    latest = (
        sa.select(col(row.grade))
        .where(
            col(row.plan_id) == col(StandingRow.plan_id),
            *_is_in(row, view.moment),
            _seen(row, view.drafts),
        )
        .order_by(col(row.period_end).desc(), col(row.id).desc())
        .limit(1)
        .correlate(StandingRow, ContentRow)
        .scalar_subquery()
    )
    values = [grade.value for grade in view.filter.grades]
    return sa.func.coalesce(latest, Grade.NO_DATA.value).in_(values)


def _has_area(codes: tuple[str, ...]) -> ColumnElement[bool]:
    return sa.exists().where(
        col(ContentAreaRow.content) == col(ContentRow.key),
        col(ContentAreaRow.code).in_(codes),
    )
