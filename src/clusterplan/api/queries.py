"""The fields of the root type Query."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

import strawberry
from anyio.to_thread import run_sync

from ..core.areas import Area, AreaKind
from ..core.errors import ErrorCode, InputError, Problem
from ..core.events import Event
from ..core.filters import PlanOrder
from ..core.findings import CheckReport, Gate
from ..core.identifiers import AreaCode, Key, PlanId
from ..core.maps import DEFAULT_POINTS, MAX_POINTS, Bounds, InvestmentMap
from ..core.paging import EventRequest, Page, PageRequest, page_areas, page_entries
from ..core.plantypes import MeasureCategory, PlanType
from ..core.reference import StrategicField, read_categories
from ..core.reference_lists import ReferenceEntry, ReferenceList
from ..core.services.checking import check_document, check_stored
from ..core.services.drawing import draw
from ..core.services.reference import reference_list
from ..core.stored import StoredPlan
from ..core.terms import Term, TermEnum
from ..plugins.manifest import PluginInfo
from .arguments import AsOf, Filter, KnownAt
from .context import Context, Info, investments_of
from .scalars import Json
from .views import Node

First = Annotated[int | None, Term("件数", "Items from the start; 50, at most 100.")]
After = Annotated[str | None, Term("カーソル", "Begin behind this cursor.")]
Last = Annotated[int | None, Term("件数（末尾）", "Items from the end; at most 100.")]
Before = Annotated[str | None, Term("カーソル（末尾）", "End before this cursor.")]


class OrderDirection(TermEnum):
    """Which end of an order comes first."""

    ASC = "asc", "昇順", "The smallest first."
    DESC = "desc", "降順", "The greatest first."


def plan_types(info: Info) -> tuple[PlanType, ...]:
    """計画類型: the kinds of plan that plugins register."""
    return tuple(info.context.domain.plan_types.values())


async def plan(
    info: Info,
    id: Annotated[PlanId, Term("計画ID", "Id of the plan.")],
    as_of: AsOf = None,
    known_at: KnownAt = None,
    edition: Annotated[
        str | None, Term("版", "A certain edition, whenever it held.")
    ] = None,
) -> StoredPlan | None:
    """計画: a plan by its id; null where there is none that the reader may see."""
    view = info.context.domain.view(info.context.reader, as_of=as_of, known_at=known_at)
    return await info.context.reads.ask(
        lambda unit: unit.plan(id, view, edition=edition)
    )


async def plans(  # noqa: PLR0913
    info: Info,
    filter: Filter = None,
    order_by: Annotated[PlanOrder, Term("並び順", "What to order by.")] = (
        PlanOrder.PUBLISHED_ON
    ),
    direction: Annotated[
        OrderDirection, Term("昇順・降順", "Which end comes first.")
    ] = (OrderDirection.DESC),
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> Page[StoredPlan]:
    """計画一覧: plans that the reader may see, as of a day."""
    view = info.context.domain.view(
        info.context.reader, filter, as_of=as_of, known_at=known_at
    )
    request = PageRequest.of(
        order=order_by,
        descending=direction is OrderDirection.DESC,
        first=first,
        after=after,
        last=last,
        before=before,
    )
    return await info.context.reads.ask(lambda unit: unit.plans(view, request))


async def events(
    info: Info,
    after: Annotated[
        strawberry.ID | None,
        Term("カーソル", "Begin behind this cursor, which is a sequence number."),
    ] = None,
    first: First = None,
    plan_id: Annotated[PlanId | None, Term("計画ID", "Only of this plan.")] = None,
) -> Page[Event]:
    """記録: what happened to plans, in order; without what was written."""
    context = info.context
    request = EventRequest.of(after=after, first=first, plan_id=plan_id)
    view = context.domain.view(context.reader)
    return await context.reads.ask(lambda unit: unit.told_events(view, request))


async def investment_map(
    info: Info,
    filter: Filter = None,
    bbox: Annotated[Bounds | None, Term("範囲", "Which points to list.")] = None,
    max_points: Annotated[
        int, Term("地点数", f"How many points to list, at most {MAX_POINTS}.")
    ] = DEFAULT_POINTS,
    as_of: AsOf = None,
    known_at: KnownAt = None,
) -> InvestmentMap:
    """投資マップ: plans and investments on the map, with totals of everything found."""
    if not 0 <= max_points <= MAX_POINTS:
        raise InputError(_bad_limit())
    domain = info.context.domain
    view = domain.view(info.context.reader, filter, as_of=as_of, known_at=known_at)
    return await info.context.reads.ask(
        lambda unit: draw(view, unit, domain, bounds=bbox, limit=max_points)
    )


async def check_plan(
    info: Info,
    id: Annotated[PlanId | None, Term("計画ID", "A stored plan.")] = None,
    edition: Annotated[str | None, Term("版", "An edition of it.")] = None,
    document: Annotated[
        Json | None, Term("計画ファイル", "A plan file as JSON, instead of an id.")
    ] = None,
    gate: Annotated[Gate, Term("関門", "The moment to check for.")] = Gate.PUBLISH,
) -> CheckReport | None:
    """検査: what the rules say of a stored plan, or of a plan file."""
    context = info.context
    if (id is None) == (document is None):
        raise InputError(_one_of_two())
    async with context.checks:
        if id is None:
            return await context.reads.ask(
                lambda unit: check_document(
                    document, gate, unit, context.domain, context.reader
                )
            )
        found = await plan(info, id, edition=edition)
        if found is None:
            return None
        told = await investments_of(found, context)
        return await run_sync(check_stored, found, told, gate, context.domain)


def areas(
    info: Info,
    text: Annotated[
        str | None, Term("検索語", "Beginning of a code, name, kana or Latin name.")
    ] = None,
    kinds: Annotated[
        tuple[AreaKind, ...] | None, Term("種別", "Kinds of area to list.")
    ] = None,
    prefecture: Annotated[
        AreaCode | None, Term("都道府県", "Only areas in this prefecture.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[Area]:
    """地域: prefectures, municipalities and wards, by code."""
    reference = info.context.domain.reference
    request = _by_code(first, after, last, before)
    found = reference.search_areas(text) if text else reference.areas.values()
    return page_areas(
        [
            area
            for area in found
            if (not kinds or area.kind in kinds)
            and (not prefecture or area.code[:2] == prefecture[:2])
        ],
        request,
    )


def strategic_fields(info: Info) -> tuple[StrategicField, ...]:
    """戦略分野: the strategic fields, in the order of the list."""
    return tuple(info.context.domain.reference.strategic_fields.values())


def measure_categories(
    info: Info,
    plan_type: Annotated[
        Key | None, Term("計画類型", "Of this type; the cross-cutting ones without.")
    ] = None,
) -> tuple[MeasureCategory, ...]:
    """施策区分: headings of measures, of a plan type or for plans of any type."""
    if plan_type is None:
        return read_categories("X")
    kind = info.context.domain.plan_types.get(plan_type)
    return kind.categories if kind else ()


def reference_lists(info: Info) -> tuple[ReferenceList, ...]:
    """参照リスト: the lists of codes that plans use, those of plugins included."""
    return tuple(info.context.domain.reference.lists.values())


def reference_entries(
    info: Info,
    list: Annotated[Key, Term("リストキー", "Key of a reference list.")],
    text: Annotated[
        str | None,
        Term("検索語", "Beginning of a code, or part of a name; best ones first."),
    ] = None,
    as_of: Annotated[
        dt.date | None, Term("時点", "Only what is in use on this day.")
    ] = None,
    first: First = None,
    after: After = None,
    last: Last = None,
    before: Before = None,
) -> Page[ReferenceEntry] | None:
    """参照リストの項目: entries of a list, in its order; all unless told."""
    request = _by_code(first, after, last, before)
    found = reference_list(list, info.context.domain.reference)
    entries = found.search(text) if text else found.entries
    if as_of is not None:
        entries = tuple(entry for entry in entries if entry.is_valid(as_of))
    return page_entries(entries, request)


def plugins(info: Info) -> tuple[PluginInfo, ...]:
    """プラグイン: the plugins, and what became of each."""
    return info.context.plugins


async def node(
    info: Info,
    id: Annotated[
        strawberry.ID,
        Term("ノードID", "`Plan:x`, or a part of a plan such as `Measure:x:M-07`."),
    ],
) -> Node | None:
    """ノード: an object by type and id; null where the reader may see none."""
    type_name, *ids = id.split(":")
    if type_name not in _PARTS or not ids:
        return None
    found = await plan(info, PlanId(ids[0]))
    if found is None or type_name == "Plan":
        return found if len(ids) == 1 else None  # type: ignore[return-value]
    parts = _PARTS[type_name]
    if len(ids) != 2:  # noqa: PLR2004
        return None
    listed = await parts(found, info.context)
    return next((part for part in listed if part.id == ids[1]), None)


QUERY = (
    plan_types,
    plan,
    plans,
    events,
    investment_map,
    check_plan,
    areas,
    strategic_fields,
    measure_categories,
    reference_lists,
    reference_entries,
    plugins,
    node,
)
"""The fields of Query, in order."""


def _by_code(
    first: int | None, after: str | None, last: int | None, before: str | None
) -> PageRequest:
    """Read the arguments of a connection whose cursors name codes."""
    return PageRequest.of(
        order=PlanOrder.AREA,
        descending=False,
        first=first,
        after=after,
        last=last,
        before=before,
    )


Parts = Callable[[StoredPlan, Context], Any]


def _listed(name: str) -> Parts:
    async def parts(found: StoredPlan, _: Context) -> Any:
        return getattr(found.plan, name)

    return parts


_PARTS: dict[str, Parts] = {
    "Plan": _listed("measures"),
    "Measure": _listed("measures"),
    "Challenge": _listed("challenges"),
    "Indicator": _listed("indicators"),
    "Venue": _listed("venues"),
    "Investment": investments_of,
}


def _bad_limit() -> Problem:
    return Problem(
        code=ErrorCode.LIMIT_EXCEEDED,
        reason="TOO_MANY_POINTS",
        message_ja=f"地点数は0から{MAX_POINTS}までです",
        message_en=f"between 0 and {MAX_POINTS} points can be listed",
        path=("maxPoints",),
    )


def _one_of_two() -> Problem:
    return Problem(
        reason="ID_OR_DOCUMENT",
        message_ja="id と document のどちらか一方を指定してください",
        message_en="give either an id or a document",
    )
