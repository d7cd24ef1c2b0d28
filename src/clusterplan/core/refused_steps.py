"""Why a step is refused: what is missing, who may take it, what is allowed instead.

Rule ids in refusals: ACT-01 (wrong actor), ACT-03 (a joint act is awaited), ACT-04
(approval of another text), ACT-05 (another body), ACT-07 (step out of order).
"""

from __future__ import annotations

from collections.abc import Collection

from .actors import Actor
from .errors import ErrorCode, PlanError, Problem
from .findings import Finding
from .steps import Awaiting, Need, State, Step


class StepOutOfOrderError(PlanError):
    """The step does not exist, or cannot be taken in this state (ACT-07)."""

    def __init__(
        self, step: str, state: State, allowed: Collection[Step], *, known: bool
    ) -> None:
        self.step, self.state, self.allowed = step, state, tuple(allowed)
        keys = ", ".join(s.key for s in allowed) or "-"
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT if known else ErrorCode.BAD_USER_INPUT,
                reason="STEP_OUT_OF_ORDER" if known else "UNKNOWN_STEP",
                message_ja=f"状態「{state.title}」では手続「{step}」はできません。"
                f"できる手続：{keys}",
                message_en=f"step {step!r} cannot be taken in state "
                f"{state.key!r}; possible now: {keys}",
                hint=keys,
                rule_id="ACT-07",
            )
        )


class WrongActorError(PlanError):
    """Another kind of actor must take the step (ACT-01)."""

    def __init__(self, step: Step, by: Actor, possible: Collection[Step]) -> None:
        self.step, self.by, self.possible = step, by, tuple(possible)
        kinds = ", ".join(step.actors)
        keys = ", ".join(s.key for s in possible) or "-"
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="WRONG_ACTOR",
                message_ja=f"手続「{step.title}」の主体は {kinds} です（{by} は不可）。"
                f"{by} ができる手続：{keys}",
                message_en=f"step {step.key!r} is taken by {kinds}, not by {by}; "
                f"{by} can take: {keys}",
                hint=keys,
                rule_id="ACT-01",
            )
        )


class NotTheLeadError(PlanError):
    """The actor is of the right kind, but of another body than the plan's (ACT-05)."""

    def __init__(self, step: Step, by: Actor, lead: Actor | None) -> None:
        self.step, self.by, self.lead = step, by, lead
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="NOT_THE_LEAD_BODY",
                message_ja=f"手続「{step.title}」は策定主体（{lead or '未設定'}）が行います。"
                f"{by} は別の団体です",
                message_en=f"step {step.key!r} belongs to the lead body "
                f"({lead or 'not set'}); {by} is another body",
                hint=str(lead) if lead else None,
                rule_id="ACT-05",
            )
        )


_NEEDS = {
    Need.REASON: ("理由", "a reason", "ACT-01"),
    Need.COMMENTS: ("コメント", "comments", "ACT-01"),
    Need.FINAL_REPORT: ("最終報告", "the final report", "REP-06"),
    Need.PANEL: ("検討会の構成員と開催", "a panel with members and a meeting", "A-07"),
    Need.VOTES: ("予算の議決", "the votes of the budget", "MEA-10"),
}


class MissingNeedError(PlanError):
    """Something that the step asks for does not exist yet."""

    def __init__(self, step: Step, missing: Collection[Need]) -> None:
        self.step, self.missing = step, tuple(missing)
        super().__init__(
            *(
                Problem(
                    code=ErrorCode.CONFLICT,
                    reason=f"MISSING_{need.name}",
                    message_ja=f"手続「{step.title}」には{ja}が必要です",
                    message_en=f"step {step.key!r} needs {en}",
                    rule_id=rule_id,
                )
                for need in missing
                for ja, en, rule_id in (_NEEDS[need],)
            )
        )


class UncheckedTextError(PlanError):
    """The approval is of another text than the one the step is taken on (ACT-04)."""

    def __init__(self, step: Step) -> None:
        self.step = step
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="TEXT_NOT_CHECKED",
                message_ja=f"手続「{step.title}」には、この本文そのものの確認結果が必要です",
                message_en=f"step {step.key!r} needs a check result of this very text",
                rule_id="ACT-04",
            )
        )


class AwaitingOtherStepError(PlanError):
    """Another joint act was begun by others, and is not done (ACT-03).

    It is not dropped in silence: they complete it, or begin another one themselves.
    """

    def __init__(self, step: Step, awaiting: Awaiting) -> None:
        self.step, self.awaiting = step, awaiting
        signed = ", ".join(str(actor) for actor in awaiting.by)
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="AWAITING_OTHER_STEP",
                message_ja=f"{signed} が手続「{awaiting.step}」を先に行い、他の主体を"
                f"待っています。手続「{step.title}」は、これが済むか取りやめられるまで"
                "できません",
                message_en=f"{signed} began step {awaiting.step!r}, which awaits the "
                f"others; until it is done or replaced by who began it, step "
                f"{step.key!r} cannot begin",
                hint=awaiting.step,
                rule_id="ACT-03",
            )
        )


class GateClosedError(PlanError):
    """The checks at the gate of the step find errors."""

    def __init__(self, step: Step, errors: Collection[Finding]) -> None:
        self.step, self.errors = step, tuple(errors)
        super().__init__(
            *(
                Problem(
                    code=ErrorCode.CONFLICT,
                    reason="CHECK_FAILED",
                    message_ja=f.message_ja,
                    message_en=f.message_en,
                    path=f.path,
                    hint=f.hint,
                    rule_id=f.rule_id,
                )
                for f in errors
            )
        )
