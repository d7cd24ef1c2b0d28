"""What is said together with a step: comments, and waivers of warnings."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from typing import Annotated

from attrs import frozen

from ..errors import ErrorCode, InputError, PlanError, Problem
from ..findings import Finding, Severity
from ..terms import Term


@frozen(kw_only=True)
class Waiver:
    """The answer to a warning that is left as it is (適用除外)."""

    rule_id: Annotated[str, Term("規則ID", "Rule of the warning.")]
    pointer: Annotated[
        str, Term("箇所", "JSON pointer of the warning; empty for the whole plan.")
    ] = ""
    reason: Annotated[str, Term("理由", "Why it is left as it is.")]


@frozen(kw_only=True)
class StepComment:
    """A remark that is made together with a step."""

    pointer: Annotated[
        str, Term("箇所", "JSON pointer to the place; empty for the whole plan.")
    ] = ""
    text: Annotated[str, Term("コメント", "What is remarked.")]


class UnansweredError(PlanError):
    """Warnings at the gate are neither put right nor answered."""

    def __init__(self, findings: Collection[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(
            *(
                Problem(
                    code=ErrorCode.CONFLICT,
                    reason="CHECK_UNANSWERED",
                    message_ja=f"{f.message_ja}（直すか、理由を付けて適用除外にします）",
                    message_en=f"{f.message_en} (put it right, or waive it with a "
                    "reason)",
                    path=f.path,
                    hint=f"waivers: [{{ruleId: {json.dumps(f.rule_id)}, "
                    f'pointer: {json.dumps(f.pointer)}, reason: "..."}}]',
                    rule_id=f.rule_id,
                )
                for f in findings
            )
        )


def refuse_empty(comments: Sequence[StepComment], waivers: Sequence[Waiver]) -> None:
    """Refuse comments and waivers that say nothing, or stand nowhere.

    Raises:
        InputError: With every one of them.
    """
    problems = [
        *_empty("comments", "text", [c.text for c in comments]),
        *_empty("waivers", "reason", [w.reason for w in waivers]),
    ]
    for position, comment in enumerate(comments):
        if comment.pointer and not comment.pointer.startswith("/"):
            problems.append(_bad_pointer(position))
    if problems:
        raise InputError(*problems)


def _empty(where: str, key: str, texts: list[str]) -> Iterator[Problem]:
    for position, text in enumerate(texts):
        if not text.strip():
            yield Problem(
                reason="EMPTY_TEXT",
                message_ja="何も書かれていません",
                message_en="nothing is written here",
                path=(where, position, key),
            )


def _bad_pointer(position: int) -> Problem:
    return Problem(
        reason="BAD_POINTER",
        message_ja="箇所は「/」で始まるJSONポインターで書きます",
        message_en="a place is written as a JSON pointer, which begins with /",
        path=("comments", position, "pointer"),
        hint="/policy_means/measures/0",
    )


def refuse_idle(waivers: Sequence[Waiver], findings: Collection[Finding]) -> None:
    """Refuse waivers of what is no finding.

    Raises:
        InputError: With every one of them.
    """
    known = {(f.rule_id, f.pointer) for f in findings}
    problems = [
        Problem(
            reason="WAIVER_ANSWERS_NOTHING",
            message_ja=f"規則 {waiver.rule_id} の指摘は「{waiver.pointer}」にありません",
            message_en=f"rule {waiver.rule_id!r} has no finding at {waiver.pointer!r}",
            path=("waivers", position),
        )
        for position, waiver in enumerate(waivers)
        if (waiver.rule_id, waiver.pointer) not in known
    ]
    if problems:
        raise InputError(*problems)


def refuse_unanswered(waivers: Sequence[Waiver], findings: Collection[Finding]) -> None:
    """Refuse warnings without a waiver; one that was lowered to a warning needs none.

    Raises:
        UnansweredError: With every one of them.
    """
    waived = {(w.rule_id, w.pointer) for w in waivers}
    unanswered = [
        f
        for f in findings
        if f.severity is f.effective_severity is Severity.WARNING
        and (f.rule_id, f.pointer) not in waived
    ]
    if unanswered:
        raise UnansweredError(unanswered)
