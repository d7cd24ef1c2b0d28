"""Comment on the texts of plans, and settle comments.

Whoever may read the draft of a plan may comment on it, and on its later editions; the
state and the bodies that lead the plan see all comments, others their own. Whoever leads
the plan settles them. Comments are never public.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
from attrs import frozen

from ..actors import PUBLIC, Actor
from ..cases import Case
from ..comments import COMMENT, OPEN, SETTLE, Comment
from ..errors import ErrorCode, InputError, PlanError, Problem
from ..identifiers import PartId
from ..inputs import normalised
from ..lifecycle import Act, Phase, Standing
from ..offices import office_name
from ..plans import Plan
from ..readers import Reader
from ..standings import PlanStanding
from ..store import Store
from .answers import StepComment
from .cases import CaseDesk, CaseDone, opened
from .domain import Domain
from .plantexts import PlanDesk


@frozen(kw_only=True)
class SaveComment:
    """Comment on a place of a plan, or change a comment that is not settled.

    Attributes:
        comment: What is remarked; its `edition` is the one that was read.
        expected_version: Version that the change is based on; nothing for a new one.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    comment: Comment
    by: Actor
    expected_version: int | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class SettleComment:
    """Answer a comment: tell what was done about it."""

    plan_id: str
    comment_id: PartId
    reply: str
    by: Actor
    expected_version: int
    dry_run: bool = False


class CommentRefusedError(PlanError):
    """The comment is not taken: not from this office, not now, or not there."""


def save_comment(command: SaveComment, store: Store, domain: Domain) -> CaseDone:
    """Comment on a place of a plan, or change a comment that is not settled.

    A comment keeps the edition that it was made on. The same again changes nothing.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        CommentRefusedError: *by* may not read drafts of the plan, the plan has ended,
            the comment is another's or settled, or of another edition.
        StaleCaseError: It is not at the version that the change is based on.
        InputError: It says nothing, or its pointer leads nowhere.
    """
    command = normalised(command)
    comment = attrs.evolve(command.comment, reply=None)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        plan = PlanDesk.open(command.plan_id, command.by, unit, domain)
        if not plan.reads_draft:
            raise CommentRefusedError(_no_reader(command.by))
        desk = CaseDesk.open(
            COMMENT, command.plan_id, comment.id, unit, domain, by=command.by
        )
        if desk.case is not None and not desk.hidden:
            _refuse_foreign(desk.case, command.by)
        desk.refuse_stale(command.expected_version)
        _refuse_other_round(comment, desk.case, plan.standing)
        _refuse_nothing(comment, plan.as_read)
        return desk.put(
            comment,
            state=OPEN,
            owner=command.by,
            by=command.by,
            event="saved",
            dry_run=command.dry_run,
        )


def settle_comment(command: SettleComment, store: Store, domain: Domain) -> CaseDone:
    """Answer a comment, as a body that leads the plan.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        UnknownCaseError: There is no such comment.
        StaleCaseError: It is not at the version that the answer is based on.
        InputError: The reply says nothing.
        PlanError: It is settled already, or *by* does not lead the plan.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        plan = PlanDesk.open(command.plan_id, command.by, unit, domain)
        desk = CaseDesk.open(
            COMMENT, command.plan_id, command.comment_id, unit, domain, by=command.by
        )
        case = desk.known(command.expected_version)
        act = Act(
            step=SETTLE,
            by=command.by,
            lead=plan.plan.lead,
            joining=plan.plan.joining,
            digest=case.digest,
        )
        after = COMMENT.lifecycle.take(Standing(state=case.state), act)
        if not command.reply.strip():
            raise InputError(_empty("reply"))
        return desk.put(
            attrs.evolve(case.document, reply=command.reply),
            state=after.state,
            owner=case.owner,
            by=command.by,
            event="settled",
            dry_run=command.dry_run,
        )


def read_comments(
    plan_id: str, reader: Reader, store: Store, domain: Domain
) -> tuple[Case, ...]:
    """Return the comments on a plan that *reader* may see, by their ids.

    Raises:
        UnknownPlanError: There is no such plan, or none that the reader may know of.
    """
    by = reader.actor or Actor(PUBLIC, "anybody")
    with store.read() as unit:
        plan = PlanDesk.open(plan_id, by, unit, domain).plan
        found = unit.cases([plan_id], COMMENT, domain.view(reader)).get(plan_id, ())
    return tuple(c for c in found if reader.sees(c, plan))


def leads_somewhere(plan: Plan, pointer: str) -> bool:
    """Tell whether a JSON pointer leads to a place of *plan*.

    An attribute is a place even where nothing is told, so that a comment can say so.
    """
    if not pointer:
        return True
    first, *steps = pointer.split("/")
    if first:
        return False
    value: Any = plan
    for step in steps:
        inner = _inner(value, step.replace("~1", "/").replace("~0", "~"))
        if inner is _NOWHERE:
            return False
        value = inner
    return True


def refuse_lost(comments: Iterable[StepComment], plan: Plan) -> None:
    """Refuse comments with a step that stand nowhere in *plan*.

    Raises:
        InputError: With every one of them.
    """
    problems = [
        _bad_pointer(comment.pointer, "comments", str(position), "pointer")
        for position, comment in enumerate(comments)
        if not leads_somewhere(plan, comment.pointer)
    ]
    if problems:
        raise InputError(*problems)


_NOWHERE = object()
_INDEX = re.compile("0|[1-9][0-9]{0,8}")
"""A place in a list; longer numbers lead nowhere."""


def _inner(value: Any, step: str) -> Any:
    if attrs.has(type(value)):
        names = {a.name.removesuffix("_"): a.name for a in attrs.fields(type(value))}
        return getattr(value, names[step]) if step in names else _NOWHERE
    if isinstance(value, Mapping):
        return value.get(step, _NOWHERE)
    if isinstance(value, tuple | list) and _INDEX.fullmatch(step):
        return value[int(step)] if int(step) < len(value) else _NOWHERE
    return _NOWHERE


def _refuse_foreign(case: Case, by: Actor) -> None:
    if case.owner != by:
        owner, office = office_name(case.owner), office_name(by)
        problem = Problem(
            code=ErrorCode.FORBIDDEN,
            reason="NOT_THE_COMMENTER",
            message_ja=f"コメント「{case.id}」は{owner.ja}のもので、"
            f"{office.ja}は変えられません",
            message_en=f"comment {case.id!r} belongs to {owner.en}, not to {office.en}",
            path=("comment", "id"),
            rule_id="ACT-01",
        )
        raise CommentRefusedError(problem)
    if case.state != OPEN:
        problem = Problem(
            code=ErrorCode.CONFLICT,
            reason="COMMENT_SETTLED",
            message_ja=f"コメント「{case.id}」は対応済みです。別のIDで書いてください",
            message_en=f"comment {case.id!r} is settled; write another one",
            path=("comment", "id"),
            rule_id="ACT-07",
            current_version=case.version,
        )
        raise CommentRefusedError(problem)


def _refuse_other_round(
    comment: Comment, case: Case | None, standing: PlanStanding
) -> None:
    if standing.phase is Phase.ENDED:
        problem = Problem(
            code=ErrorCode.CONFLICT,
            reason="COMMENTS_CLOSED",
            message_ja=f"計画「{standing.plan_id}」は終了しており、"
            "コメントを受け付けていません",
            message_en=f"plan {standing.plan_id!r} has ended and takes no comments",
            path=("plan_id",),
            rule_id="ACT-07",
        )
        raise CommentRefusedError(problem)
    edition = case.document.edition if case else standing.edition
    if comment.edition != edition:
        problem = Problem(
            code=ErrorCode.CONFLICT,
            reason="ANOTHER_EDITION",
            message_ja=f"コメントの対象は版「{edition}」です"
            f"（指定：「{comment.edition}」）。本文を読み直してください",
            message_en=f"the comment is on edition {edition!r}, not on "
            f"{comment.edition!r}; read the text again",
            path=("comment", "edition"),
            hint=edition,
        )
        raise CommentRefusedError(problem)


def _refuse_nothing(comment: Comment, plan: Plan) -> None:
    problems = []
    if not comment.text.strip():
        problems.append(_empty("comment", "text"))
    if not leads_somewhere(plan, comment.pointer):
        problems.append(_bad_pointer(comment.pointer, "comment", "pointer"))
    if problems:
        raise InputError(*problems)


def _bad_pointer(pointer: str, *path: str) -> Problem:
    return Problem(
        reason="BAD_POINTER",
        message_ja=f"箇所「{pointer}」は計画にありません",
        message_en=f"there is no place {pointer!a} in the plan",
        path=path,
        hint="/policy_means/measures/0",
    )


def _empty(*path: str) -> Problem:
    return Problem(
        reason="EMPTY_TEXT",
        message_ja="何も書かれていません",
        message_en="nothing is written here",
        path=path,
    )


def _no_reader(by: Actor) -> Problem:
    office = office_name(by)
    return Problem(
        code=ErrorCode.FORBIDDEN,
        reason="MAY_NOT_COMMENT",
        message_ja=f"{office.ja}はこの計画の計画案を読む主体ではないため、"
        "コメントできません",
        message_en=f"{office.en} does not read drafts of this plan, and cannot comment "
        "on it",
        path=("plan_id",),
        rule_id="ACT-01",
    )
