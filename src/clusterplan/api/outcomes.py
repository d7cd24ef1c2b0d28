"""What clients are told after a mutation: what was done, or the problems."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from attrs import frozen

from ..core.actors import Actor
from ..core.comments import CommentCase
from ..core.differences import PlanDifference
from ..core.errors import MOST_PROBLEMS, ErrorCode, PlanError, Problem
from ..core.events import Event
from ..core.findings import Finding
from ..core.identifiers import PartId
from ..core.proposals import ProposalCase
from ..core.reports import ReportCase
from ..core.revisions import RevisionFile
from ..core.stored import StoredPlan
from ..core.terms import Term
from .places import Place


@frozen(kw_only=True)
class Done:
    """What a mutation did."""

    plan: Annotated[
        StoredPlan | None, Term("計画", "The plan as it stands now, to the reader.")
    ] = None
    event: Annotated[
        Event | None, Term("記録", "What was written down; none without a change.")
    ] = None
    dry_run: Annotated[bool, Term("試行", "Whether nothing was changed.")] = False


@frozen(kw_only=True)
class PlanDone(Done):
    """What a mutation did to a plan."""

    findings: Annotated[
        tuple[Finding, ...], Term("指摘", "What the rules remark on the plan.")
    ] = ()
    awaiting: Annotated[
        tuple[str, ...],
        Term("署名待ち", "Kinds of actor that still have to sign a joint act."),
    ] = ()
    signed: Annotated[
        tuple[Actor, ...],
        Term("署名済み", "Offices that signed a joint act; none once it is done."),
    ] = ()


@frozen(kw_only=True)
class ProposalDone(Done):
    """What a mutation did to a project proposal."""

    proposal: Annotated[
        ProposalCase | None, Term("提案", "The proposal as it stands now.")
    ] = None


@frozen(kw_only=True)
class ReportDone(Done):
    """What a mutation did to a progress report."""

    report: Annotated[
        ReportCase | None, Term("進捗報告", "The report as it stands now.")
    ] = None
    findings: Annotated[
        tuple[Finding, ...],
        Term(
            "指摘",
            "What the rules remark on the report; while it is filled in, none blocks yet.",
        ),
    ] = ()
    affected: Annotated[
        tuple[PartId, ...],
        Term(
            "影響を受ける報告",
            "Periods of later reports that would be graded or judged otherwise now; they"
            " stay as they are until they are corrected.",
        ),
    ] = ()


@frozen(kw_only=True)
class RevisionDone(Done):
    """What a mutation did to a revision."""

    revision: Annotated[
        RevisionFile | None, Term("改訂", "The revision as it stands now.")
    ] = None
    difference: Annotated[
        PlanDifference | None, Term("差分", "What the revised text changes.")
    ] = None
    findings: Annotated[
        tuple[Finding, ...],
        Term(
            "指摘",
            "What the rules remark on the revision; while it is saved only, none blocks"
            " yet.",
        ),
    ] = ()
    awaiting: Annotated[
        tuple[str, ...],
        Term("署名待ち", "Kinds of actor that still have to sign a joint act."),
    ] = ()
    signed: Annotated[
        tuple[Actor, ...],
        Term("署名済み", "Offices that signed a joint act; none once it is done."),
    ] = ()


@frozen(kw_only=True)
class PartDone(Done):
    """What a mutation did to a part of a plan, or an investment."""

    part_version: Annotated[
        int | None, Term("部分の版数", "Version of the part now; none if it is gone.")
    ] = None
    findings: Annotated[
        tuple[Finding, ...], Term("指摘", "What the rules remark on the plan.")
    ] = ()


@frozen(kw_only=True)
class CommentDone(Done):
    """What a mutation did to a comment."""

    comment: Annotated[
        CommentCase | None, Term("コメント", "The comment as it stands now.")
    ] = None


@frozen(kw_only=True)
class CorrectionDone(Done):
    """What a correction did."""

    difference: Annotated[PlanDifference | None, Term("差分", "What is put right.")] = (
        None
    )
    findings: Annotated[
        tuple[Finding, ...], Term("指摘", "What the rules remark on the text.")
    ] = ()


@frozen(kw_only=True)
class ToldProblem:
    """One thing that is wrong with what was sent, or with asking for it now."""

    code: Annotated[ErrorCode, Term("分類", "Class of the refusal.")]
    path: Annotated[
        tuple[str, ...],
        Term(
            "箇所",
            "Keys and positions from the top of the input; empty where nothing that was"
            " sent is at fault.",
        ),
    ]
    pointer: Annotated[
        str | None,
        Term(
            "登録内容の箇所",
            "JSON pointer into the stored plan or case, where it lies there.",
        ),
    ]
    reason: Annotated[str, Term("コード", "Stable fine code.")]
    message_ja: Annotated[str, Term("内容", "What is wrong, in Japanese.")]
    message_en: Annotated[str, Term("内容（英語）", "What is wrong, in English.")]
    rule_id: Annotated[str | None, Term("規則ID", "Rule that asks for it.")]
    hint: Annotated[str | None, Term("書き方", "What to write or do instead.")]
    current_version: Annotated[
        int | None, Term("現在の版数", "What is stored now, for a conflict.")
    ]


@frozen(kw_only=True)
class Problems:
    """Why nothing was done; every problem at once."""

    problems: Annotated[
        tuple[ToldProblem, ...], Term("問題", "What is wrong, each with its place.")
    ]


def problems_of(error: PlanError, place: Callable[[Problem], Place]) -> Problems:
    """Return a refusal as clients are told it, each problem in its place."""
    shown = error.problems[:MOST_PROBLEMS]
    return Problems(problems=tuple(_told(problem, place(problem)) for problem in shown))


def _told(problem: Problem, place: Place) -> ToldProblem:
    return ToldProblem(
        code=problem.code,
        path=place.path,
        pointer=place.pointer,
        reason=problem.reason,
        message_ja=problem.message_ja,
        message_en=problem.message_en,
        rule_id=problem.rule_id,
        hint=problem.hint,
        current_version=problem.current_version,
    )
