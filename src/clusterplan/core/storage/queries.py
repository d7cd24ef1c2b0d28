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
from ..moments import Moment
from ..paging import Cursor, PageRequest, SortValue
from ..readers import DraftAccess
from ..reference import fold
from ..store import View
from .tables import (
    CaseRow,
    ContentAreaRow,
    ContentFieldRow,
    ContentRow,
    DocumentRow,
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
    allowed: list[ColumnElement[bool]] = [col(StandingRow.public).is_(True)]
    if drafts.lead_code is not None:
        allowed.append(
            sa.and_(
                col(ContentRow.lead_code) == drafts.lead_code,
                col(ContentRow.lead_kind).in_(drafts.lead_kinds),
            )
        )
    if drafts.prefecture is not None:
        allowed.append(
            sa.and_(
                col(ContentRow.lead_kind) == REGIONAL_BUREAU,
                _has_area((drafts.prefecture,)),
            )
        )
    return sa.or_(*allowed)


def wanted(given: PlanFilter) -> list[ColumnElement[bool]]:
    """Restrict standings by a filter whose codes are complete; bureaus are in the view."""
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
    later = aliased(CaseRow)

    def holds(row: Any) -> list[ColumnElement[bool]]:
        known_then = [col(row.on) <= moment.as_of]
        if moment.known_at is not None:
            known_then.append(col(row.recorded_at) <= moment.known_at)
        return known_then

    replaced = sa.exists().where(
        col(later.plan_id) == col(CaseRow.plan_id),
        col(later.kind) == col(CaseRow.kind),
        col(later.id) == col(CaseRow.id),
        col(later.version) > col(CaseRow.version),
        *holds(later),
    )
    return (
        sa.select(CaseRow, col(DocumentRow.text))
        .join(DocumentRow, col(DocumentRow.digest) == col(CaseRow.digest))
        .where(
            col(CaseRow.plan_id).in_(plan_ids),
            col(CaseRow.kind) == kind,
            *holds(CaseRow),
            ~replaced,
        )
        .order_by(col(CaseRow.plan_id), col(CaseRow.id))
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


def _has_area(codes: tuple[str, ...]) -> ColumnElement[bool]:
    return sa.exists().where(
        col(ContentAreaRow.content) == col(ContentRow.key),
        col(ContentAreaRow.code).in_(codes),
    )
