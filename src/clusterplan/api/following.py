"""What follows from reports and editions: due dates, progress, causes, differences."""

from __future__ import annotations

from typing import Annotated

from anyio.to_thread import run_sync

from ..core.differences import PlanDifference
from ..core.identifiers import PlanId
from ..core.services.comparing import compare_editions
from ..core.services.following import (
    DueReport,
    NationalProgress,
    PoorCause,
    due_list,
    national_progress,
)
from ..core.services.following import causes as poor_causes
from ..core.services.summing import MoneySums, money_sums
from ..core.terms import Term
from .arguments import AsOf, Filter, KnownAt
from .context import Info


async def due(
    info: Info, filter: Filter = None, as_of: AsOf = None
) -> tuple[DueReport, ...]:
    """報告期限: the next report that each plan in force owes, the earliest due first."""
    context = info.context
    view = context.domain.view(context.reader, filter, as_of=as_of)
    return await context.reads.ask(
        lambda unit: due_list(view, unit, context.domain, reader=context.reader)
    )


async def progress(
    info: Info, filter: Filter = None, as_of: AsOf = None
) -> NationalProgress:
    """進捗の集計: how far plans in force are, together and by group."""
    context = info.context
    view = context.domain.view(context.reader, filter, as_of=as_of)
    return await context.reads.ask(
        lambda unit: national_progress(
            view, unit, context.domain, reader=context.reader
        )
    )


async def investment_sums(
    info: Info, filter: Filter = None, as_of: AsOf = None, known_at: KnownAt = None
) -> MoneySums:
    """投資額の集計: public and private money by prefecture, field and fiscal year."""
    context = info.context
    view = context.domain.view(context.reader, filter, as_of=as_of, known_at=known_at)
    return await context.reads.ask(
        lambda unit: money_sums(view, unit, context.domain, reader=context.reader)
    )


async def causes(
    info: Info,
    filter: Filter = None,
    as_of: AsOf = None,
    unanswered: Annotated[
        bool | None,
        Term("未対応のみ", "Only what is poor twice in a row without an answer."),
    ] = None,
) -> tuple[PoorCause, ...]:
    """芳しくない原因: why measures are poor, by the latest reports."""
    context = info.context
    view = context.domain.view(context.reader, filter, as_of=as_of)
    return await context.reads.ask(
        lambda unit: poor_causes(
            view,
            unit,
            context.domain,
            reader=context.reader,
            unanswered=bool(unanswered),
        )
    )


async def compare(
    info: Info,
    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")],
    older: Annotated[str, Term("旧版", "The older edition, such as `1.0`.")],
    newer: Annotated[str, Term("新版", "The newer edition, such as `2.0`.")],
) -> PlanDifference:
    """比較: what differs between two editions of a plan."""
    context = info.context
    return await run_sync(
        compare_editions,
        plan_id,
        (older, newer),
        context.reader,
        context.store,
        context.domain,
    )


FOLLOWING = (due, progress, investment_sums, causes, compare)
"""The fields of Query that follow plans in force."""
