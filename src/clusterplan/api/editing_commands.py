"""Edits of parts, comments and corrections as mutations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Any

from attrs import frozen

from ..core.comments import COMMENT, Comment
from ..core.documents.loader import load_plan_file
from ..core.documents.source import source_of
from ..core.errors import InputError, Problem
from ..core.events import Event
from ..core.identifiers import InvestmentId, PartId, PlanId
from ..core.parts import PartKind, part_key
from ..core.services.cases import CaseDone
from ..core.services.commenting import (
    SaveComment,
    SettleComment,
    save_comment,
    settle_comment,
)
from ..core.services.correcting import CorrectPlan, correct_plan
from ..core.services.editing import (
    EditDone,
    EditInvestment,
    EditPart,
    edit_investment,
    edit_part,
)
from ..core.services.retelling import part_version
from ..core.terms import Term
from .inputs import VERSION, Sent, plan_of
from .mutations import Call, Mutation, case_event
from .outcomes import CommentDone, CorrectionDone, PartDone
from .places import reading
from .scalars import Json


@frozen(kw_only=True)
class EditPartInput(Sent):
    """A part of a draft, told anew, added or taken away."""

    plan_id: Annotated[PlanId, Term("計画ID", "The draft.")]
    part: Annotated[PartKind, Term("種類", "What sort of part.")]
    id: Annotated[PartId, Term("ID", "Id of the part.")]
    document: Annotated[
        Json | None, Term("内容", "The part as a plan file has it; null takes it away.")
    ] = None
    expected_part_version: Annotated[int | None, VERSION] = None


@frozen(kw_only=True)
class EditInvestmentInput(Sent):
    """An investment of a draft, told anew, added, referred to or taken away."""

    plan_id: Annotated[PlanId, Term("計画ID", "The draft.")]
    id: Annotated[InvestmentId, Term("投資ID", "Id of the investment.")]
    document: Annotated[
        Json | None,
        Term("内容", "As a plan file has it, or a reference; null takes it away."),
    ] = None
    expected_version: Annotated[int | None, VERSION] = None


@frozen(kw_only=True)
class SaveCommentInput(Sent):
    """A remark on a place of a plan."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    id: Annotated[PartId, Term("コメントID", "Unique among those on the plan.")]
    edition: Annotated[str, Term("回", "Edition that was read, such as `d2`.")]
    pointer: Annotated[str, Term("箇所", "JSON pointer; empty for the whole plan.")] = (
        ""
    )
    text: Annotated[str, Term("コメント", "What is remarked.")]
    expected_version: Annotated[int | None, VERSION] = None


@frozen(kw_only=True)
class SettleCommentInput(Sent):
    """What was done about a comment."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    id: Annotated[PartId, Term("コメントID", "The comment.")]
    reply: Annotated[str, Term("対応", "What was done about it.")]
    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class CorrectPlanInput(Sent):
    """An edition in force, put right; no change of policy."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    document: Annotated[Json, Term("計画ファイル", "The whole text, put right.")]
    reason: Annotated[str, Term("理由", "What was wrong.")]
    expected_version: Annotated[int, VERSION]


def _edit_part(sent: EditPartInput, call: Call) -> PartDone:
    command = EditPart(
        plan_id=sent.plan_id,
        part=sent.part,
        part_id=sent.id,
        document=_mapping(sent.document),
        by=call.by,
        expected_part_version=sent.expected_part_version,
        dry_run=sent.dry_run,
    )
    return _edited(edit_part(command, call.store, call.domain))


def _edit_investment(sent: EditInvestmentInput, call: Call) -> PartDone:
    command = EditInvestment(
        plan_id=sent.plan_id,
        investment_id=sent.id,
        document=_mapping(sent.document),
        by=call.by,
        expected_version=sent.expected_version,
        dry_run=sent.dry_run,
    )
    return _edited(edit_investment(command, call.store, call.domain))


def _part_again(sent: EditPartInput, call: Call, event: Event) -> PartDone:
    key = part_key(sent.part, sent.id)
    return PartDone(
        event=event,
        part_version=part_version(sent.plan_id, key, call.store),
        findings=call.retell(event).edit(),
    )


def _investment_again(sent: EditInvestmentInput, call: Call, event: Event) -> PartDone:
    key = f"investment/{sent.id}"
    return PartDone(
        event=event,
        part_version=part_version(sent.plan_id, key, call.store),
        findings=call.retell(event).edit(sent.id),
    )


def _edited(done: EditDone) -> PartDone:
    return PartDone(
        event=done.event,
        part_version=done.part_version,
        findings=done.report.findings,
        dry_run=done.dry_run,
    )


def _mapping(document: object) -> Mapping[str, Any] | None:
    """Return a part as plain data with numbers as text, as files have them."""
    if document is None:
        return None
    with reading("document"):
        data = source_of(document).data
    if not isinstance(data, dict):
        raise InputError(
            Problem(
                reason="NOT_A_MAPPING",
                message_ja="ここには項目の集まりを書きます",
                message_en="a mapping belongs here",
                path=("document",),
            )
        )
    return data


def _save_comment(sent: SaveCommentInput, call: Call) -> CommentDone:
    command = SaveComment(
        plan_id=sent.plan_id,
        comment=Comment(
            id=sent.id, edition=sent.edition, pointer=sent.pointer, text=sent.text
        ),
        by=call.by,
        expected_version=sent.expected_version,
        dry_run=sent.dry_run,
    )
    return _commented(save_comment(command, call.store, call.domain))


def _settle_comment(sent: SettleCommentInput, call: Call) -> CommentDone:
    command = SettleComment(
        plan_id=sent.plan_id,
        comment_id=sent.id,
        reply=sent.reply,
        by=call.by,
        expected_version=sent.expected_version,
        dry_run=sent.dry_run,
    )
    return _commented(settle_comment(command, call.store, call.domain))


def _commented(done: CaseDone) -> CommentDone:
    return CommentDone(event=done.event, comment=done.case, dry_run=done.dry_run)  # type: ignore[arg-type]


def _comment_again(sent: Any, call: Call, event: Event) -> CommentDone:
    with call.store.read() as unit:
        case = unit.case(sent.plan_id, COMMENT, sent.id)
    return CommentDone(event=event, comment=case)  # type: ignore[arg-type]


def _correct_plan(sent: CorrectPlanInput, call: Call) -> CorrectionDone:
    with reading("document"):
        file = load_plan_file(source_of(sent.document), call.domain.plan_types)
    done = correct_plan(
        CorrectPlan(
            plan_id=sent.plan_id,
            file=file,
            reason=sent.reason,
            by=call.by,
            expected_version=sent.expected_version,
            dry_run=sent.dry_run,
        ),
        call.store,
        call.domain,
    )
    return CorrectionDone(
        event=done.record.event if done.record else None,
        difference=done.difference,
        findings=done.report.findings if done.report else (),
        dry_run=sent.dry_run,
    )


def _correction_again(_: object, call: Call, event: Event) -> CorrectionDone:
    told = call.retell(event).correction()
    return CorrectionDone(
        event=case_event(event, call),
        difference=told.difference if told else None,
        findings=told.report.findings if told and told.report else (),
    )


EDITING_MUTATIONS = (
    Mutation(
        "edit_part",
        "部分の編集: tell a part of a draft anew, add one, or take one away.",
        EditPartInput,
        PartDone,
        _edit_part,
        plan_of,
        _part_again,
    ),
    Mutation(
        "edit_investment",
        "投資の編集: tell an investment of a draft anew, add it, or take it away.",
        EditInvestmentInput,
        PartDone,
        _edit_investment,
        plan_of,
        _investment_again,
    ),
    Mutation(
        "save_comment",
        "コメント: remark on a place of a plan.",
        SaveCommentInput,
        CommentDone,
        _save_comment,
        plan_of,
        _comment_again,
    ),
    Mutation(
        "settle_comment",
        "コメントへの対応: tell what was done about a comment.",
        SettleCommentInput,
        CommentDone,
        _settle_comment,
        plan_of,
        _comment_again,
    ),
    Mutation(
        "correct_plan",
        "訂正: correct an error in the edition in force; no change of policy.",
        CorrectPlanInput,
        CorrectionDone,
        _correct_plan,
        plan_of,
        _correction_again,
        text="document",
    ),
)
"""Edit parts and investments, comment, and correct editions."""
