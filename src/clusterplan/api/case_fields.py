"""Fields of cases that clients need in order to write: parts as the documents to send."""

from __future__ import annotations

from collections.abc import Mapping

from ..core.differences import PlanDifference
from ..core.documents.cases import case_parts
from ..core.errors import PlanError
from ..core.findings import Finding
from ..core.reports import ReportCase, ReportPart
from ..core.revisions import RevisionFile
from ..core.services.case_viewing import (
    Outlook,
    outlook,
    report_steps,
    revision_steps,
)
from ..core.services.plan_documents import revised_document, revised_texts
from ..core.services.report_rows import part_of
from ..core.services.viewing import NextStep
from .context import Info
from .prices import FieldKey, Weight
from .scalars import Json

CASE_WEIGHTS: Mapping[FieldKey, Weight] = {
    ("Revision", "document"): 200,
    ("Revision", "difference"): 200,
    ("Revision", "findings"): 200,
    ("Revision", "nextSteps"): 20,
    ("ProgressReport", "nextSteps"): 5,
    ("ReportPart", "rowsDocument"): 20,
}
"""What it costs to read whole texts, or to let all rules look at one."""


async def document(case: RevisionFile, info: Info) -> Json | None:
    """計画ファイル: the text that it brings into force, as `saveRevision` takes it.

    Null where none is saved yet.
    """
    context, revision = info.context, case.document
    digests = revised_texts(revision)
    texts = await context.loaders.text_of_digest.load_many(digests)
    pins = [pinned.digest for pinned in revision.investments]
    told = await context.loaders.investment_of_digest.load_many(pins)
    kept = {d: text for d, text in zip(digests, texts, strict=True) if text is not None}
    found = (i for i in told if i is not None)
    text = revised_document(revision, kept, found, context.reader, context.domain)
    return None if text is None else Json(text)


def items_document(case: RevisionFile) -> Json:
    """改訂事項（文書）: the items as `saveRevision` takes them."""
    return Json(case_parts(case.document.items))


def left_document(case: RevisionFile) -> Json:
    """見送り（文書）: poor measures that are left, as `saveRevision` takes them."""
    return Json(case_parts(case.document.left))


async def difference(case: RevisionFile, info: Info) -> PlanDifference | None:
    """差分: what its adoption would change of the edition in force.

    Null where no text is saved, or it is not open any more.
    """
    told = await _outlook(case, info)
    return told.difference if told else None


async def findings(case: RevisionFile, info: Info) -> tuple[Finding, ...]:
    """指摘: what the rules say of its adoption now; errors block it.

    Empty where no text is saved, or it is not open any more.
    """
    told = await _outlook(case, info)
    return told.findings if told else ()


async def _outlook(case: RevisionFile, info: Info) -> Outlook | None:
    context = info.context
    async with context.checks:
        return await context.reads.ask(
            lambda unit: outlook(case, context.reader, unit, context.domain)
        )


async def next_steps(
    case: ReportCase | RevisionFile, info: Info
) -> tuple[NextStep, ...]:
    """次の手続: the steps that can be taken with it now; for revisions, by the plan type."""
    context = info.context
    if isinstance(case, ReportCase):
        return await context.reads.ask(
            lambda unit: report_steps(case, context.reader, unit)
        )
    return await context.reads.ask(
        lambda unit: revision_steps(case, context.reader, unit, context.domain)
    )


def rows_document(part: ReportPart) -> Json:
    """施策別報告（文書）: the rows of this part, as `fillReport` takes them."""
    return Json(case_parts(part.rows))


def own_part(case: ReportCase, info: Info) -> ReportPart | None:
    """自らの報告分: the part that the reader fills in by `fillReport`; null for others."""
    actor = info.context.reader.actor
    if actor is None:
        return None
    try:
        return part_of(case.document, actor)
    except PlanError:
        return None
