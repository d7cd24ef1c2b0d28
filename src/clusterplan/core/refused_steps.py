"""Why a step is refused: what is missing, who may take it, what is allowed instead.

Rule ids in refusals: ACT-01 (wrong actor), ACT-03 (a joint act is awaited), ACT-04
(approval of another text), ACT-05 (another body), ACT-07 (step out of order).
"""

from __future__ import annotations

from collections.abc import Collection

from .actors import Actor
from .errors import ErrorCode, PlanError, Problem
from .findings import Finding
from .offices import Name, kind_name, names_of, office_name
from .steps import Awaiting, Need, State, Step


class StepOutOfOrderError(PlanError):
    """The step does not exist, or cannot be taken in this state (ACT-07)."""

    def __init__(
        self, asked: str, state: State, allowed: Collection[Step], *, known: Step | None
    ) -> None:
        self.step, self.state, self.allowed = asked, state, tuple(allowed)
        ja, en = (known.title, known.title_en) if known else (asked, asked)
        if allowed:
            then_ja = f"この状態でできる手続は{_ja(allowed)}です"
            then_en = f"possible now: {_en(allowed)}"
        else:
            then_ja = "この状態でできる手続はありません"
            then_en = "no step is possible from this state"
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT if known else ErrorCode.BAD_USER_INPUT,
                reason="STEP_OUT_OF_ORDER" if known else "UNKNOWN_STEP",
                message_ja=f"状態「{state.title}」では手続「{ja}」はできません。{then_ja}",
                message_en=f"step {en!a} cannot be taken in state {state.title_en!r}; "
                f"{then_en}",
                path=("step",),
                hint=_keys(allowed),
                rule_id="ACT-07",
            )
        )


class WrongActorError(PlanError):
    """Another kind of actor must take the step (ACT-01)."""

    def __init__(self, step: Step, by: Actor, possible: Collection[Step]) -> None:
        self.step, self.by, self.possible = step, by, tuple(possible)
        kinds = [kind_name(kind) for kind in step.actors]
        office = office_name(by)
        if possible:
            then_ja = f"{office.ja}が今できる手続は{_ja(possible)}です"
            then_en = f"{office.en} can take: {_en(possible)}"
        else:
            then_ja = f"この状態で{office.ja}ができる手続はありません"
            then_en = f"no step of {office.en} is possible from this state"
        also_ja, also_en = ("と", " and ") if step.joint else ("または", " or ")
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="WRONG_ACTOR",
                message_ja=f"手続「{step.title}」は{also_ja.join(k.ja for k in kinds)}が"
                f"行うもので、{office.ja}は行えません。{then_ja}",
                message_en=f"step {step.title_en!r} is taken by "
                f"{also_en.join(k.en for k in kinds)}, not by {office.en}; {then_en}",
                path=("step",),
                hint=_keys(possible) or ", ".join(step.actors),
                rule_id="ACT-01",
            )
        )


class NotTheLeadError(PlanError):
    """The actor is of the right kind, but of another body than the plan's (ACT-05)."""

    def __init__(self, step: Step, by: Actor, lead: Actor | None) -> None:
        self.step, self.by, self.lead = step, by, lead
        office = office_name(by)
        leading = office_name(lead) if lead else Name("未設定", "not set")
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="NOT_THE_LEAD_BODY",
                message_ja=f"手続「{step.title}」は担当する団体（{leading.ja}）が行います。"
                f"{office.ja}は別の団体です",
                message_en=f"step {step.title_en!r} belongs to the lead body "
                f"({leading.en}); {office.en} is another body",
                path=("step",),
                hint=str(lead) if lead else None,
                rule_id="ACT-05",
            )
        )


_NEEDS = {
    Need.REASON: ("理由", "a reason", "ACT-01", "reason"),
    Need.COMMENTS: ("コメント", "comments", "ACT-01", "comments"),
    Need.FINAL_REPORT: ("最終報告", "the final report", "REP-06", "step"),
    Need.PANEL: (
        *("検討会の構成員と開催", "a panel with members and a meeting"),
        *("A-07", "step"),
    ),
    Need.VOTES: ("予算の議決", "the votes of the budget", "MEA-10", "reason"),
}
"""What is missing in two languages, the rule that asks for it, and where it is told."""


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
                    message_en=f"step {step.title_en!r} needs {en}",
                    path=(place,),
                    rule_id=rule_id,
                )
                for need in missing
                for ja, en, rule_id, place in (_NEEDS[need],)
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
                message_en=f"step {step.title_en!r} needs a check result of this very "
                "text",
                path=("step",),
                rule_id="ACT-04",
            )
        )


class AwaitingOtherStepError(PlanError):
    """Another joint act was begun by others, and is not done (ACT-03).

    It is not dropped in silence: they complete it, or begin another one themselves.
    """

    def __init__(self, step: Step, begun: Step, awaiting: Awaiting) -> None:
        self.step, self.awaiting = step, awaiting
        signed = names_of(awaiting.by)
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="AWAITING_OTHER_STEP",
                message_ja=f"{signed.ja}が手続「{begun.title}」を先に行い、他の主体を"
                f"待っています。手続「{step.title}」は、これが済むか取りやめられるまで"
                "できません",
                message_en=f"{signed.en} began step {begun.title_en!r}, which awaits the "
                f"others; until it is done or replaced by who began it, step "
                f"{step.title_en!r} cannot begin",
                path=("step",),
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


def _ja(steps: Collection[Step]) -> str:
    return "".join(f"「{step.title}」" for step in steps)


def _en(steps: Collection[Step]) -> str:
    return ", ".join(repr(step.title_en) for step in steps)


def _keys(steps: Collection[Step]) -> str | None:
    return ", ".join(step.key for step in steps) or None
