"""Fields that clients need in order to write, and ways on from one object to another."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.casekinds import CASE_KINDS
from ..core.events import Event
from ..core.identifiers import PartId
from ..core.reports import ReportCase
from ..core.services.following import DueReport, PoorCause
from ..core.services.plan_documents import plan_document
from ..core.services.viewing import NextStep, Viewer
from ..core.services.viewing import next_steps as steps_of
from ..core.standings import EditionEntry
from ..core.standings import editions as editions_of
from ..core.stored import StoredPlan
from .context import Info, pinned_investments
from .prices import FieldKey, Weight
from .scalars import Json

DOCUMENT_WEIGHTS: Mapping[FieldKey, Weight] = {("Plan", "document"): 200}
"""What whole documents cost: about as many objects as they hold."""


def viewer(info: Info) -> Viewer:
    """閲覧者: whom the token of the request stands for; anybody without one."""
    return Viewer.of(info.context.reader, info.context.domain)


async def document(plan: StoredPlan, info: Info) -> Json:
    """計画ファイル: the text with its investments, as `importPlan` takes it; no past.

    An investment that is withheld from the reader is left out, or is a bare reference
    for those who lead the plan, so that sending it back takes nothing away.
    """
    told = await pinned_investments(plan, info.context)
    return Json(plan_document(plan.plan, told, info.context.reader))


async def editions(plan: StoredPlan, info: Info) -> tuple[EditionEntry, ...]:
    """版の一覧: every public edition in order, those replaced on their first day as well.

    Drafts are among them for those who may see drafts.
    """
    found = await info.context.loaders.standings_of_plan.load(
        (plan.standing.plan_id, plan.moment)
    )
    return editions_of(found, plan.moment.as_of)


def next_steps(plan: StoredPlan, info: Info) -> tuple[NextStep, ...]:
    """次の手続: the steps that can be taken from the state that the plan is in now."""
    return steps_of(plan, info.context.reader, info.context.domain)


async def case_id(event: Event, info: Info) -> PartId | None:
    """案件ID: id of the report, revision, proposal or comment; null for the plan itself."""
    if event.aggregate not in CASE_KINDS:
        return None
    return await info.context.loaders.case_of_event.load(event.sequence)


def plan(row: DueReport | PoorCause) -> StoredPlan:
    """計画: the plan itself."""
    return row.stored


def report(due: DueReport) -> ReportCase | None:
    """進捗報告: the report as far as it is written, where the reader may see it."""
    return due.report
