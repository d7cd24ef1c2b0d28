"""Lifecycles as data, and the one engine that runs them.

A lifecycle is a set of states and steps. Each state declares a phase and whether it is
public; maps and filters know phases, never the states of a particular type. The engine
tells where a plan stands after a step, or refuses with what is allowed instead. Rule
ids in refusals: ACT-01 (wrong actor), ACT-04 (pre-check of another text), ACT-05 (head
of another body), ACT-07 (step out of order).
"""

from __future__ import annotations

import enum
from collections.abc import Collection, Iterable
from typing import Annotated

import attrs
from attrs import field, frozen

from .actors import Actor
from .errors import ErrorCode, PlanError, Problem
from .findings import Finding, Gate
from .identifiers import Key
from .terms import Term


class Phase(enum.Enum):
    """Where in its life a plan is, whatever its type calls the state."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    IN_FORCE = "in_force"
    ENDED = "ended"


@frozen(kw_only=True)
class State:
    """A state of a lifecycle."""

    key: Annotated[Key, Term("状態キー", "Key of the state, unique in the lifecycle.")]
    title: Annotated[str, Term("状態", "Name of the state.")]
    title_en: Annotated[str, Term("状態（英語）", "Name in English.")]
    phase: Annotated[Phase, Term("局面", "What maps and filters know.")]
    public: Annotated[bool, Term("公開", "Whether anybody may read the plan.")] = False


class Need(enum.Enum):
    """What a step asks for besides the right actor and state."""

    REASON = "reason"
    COMMENTS = "comments"
    FINAL_REPORT = "final_report"
    PANEL = "panel"
    VOTES = "votes"


class NewEdition(enum.Enum):
    """Which number of the edition a step raises."""

    DRAFT = "draft"
    PUBLIC = "public"


@frozen(kw_only=True)
class Step:
    """A way from one state to another, and who may take it."""

    key: Annotated[Key, Term("手続キー", "Key of the step, unique in the lifecycle.")]
    title: Annotated[str, Term("手続", "Name of the step.")]
    title_en: Annotated[str, Term("手続（英語）", "Name in English.")]
    from_: Annotated[tuple[Key, ...], Term("前の状態", "States it can be taken from.")]
    to: Annotated[Key, Term("後の状態", "State it leads to.")]
    actors: Annotated[tuple[Key, ...], Term("主体", "Kinds of actor that take it.")]
    joint: Annotated[bool, Term("共同", "Whether every kind must act.")] = False
    by_lead: Annotated[
        bool, Term("策定主体のみ", "Whether the actor must belong to the lead body.")
    ] = False
    gate: Annotated[Gate | None, Term("検査", "Checks without an error.")] = None
    needs: Annotated[tuple[Need, ...], Term("必要なもの", "What must exist.")] = ()
    edition: Annotated[
        NewEdition | None, Term("版", "Which edition number it raises.")
    ] = None
    checks_text: Annotated[
        bool, Term("確認", "Whether it approves the very text it is taken on.")
    ] = False
    needs_checked_text: Annotated[
        bool, Term("確認済み", "Whether it needs that approval for this very text.")
    ] = False


@frozen(kw_only=True)
class Awaiting:
    """The first half of a joint act, bound to the text that it was taken on."""

    step: Key
    by: tuple[Actor, ...]
    digest: str


@frozen(kw_only=True)
class Standing:
    """Where a plan stands in its lifecycle."""

    state: Key
    edition: str = "d1"
    checked_digest: str | None = None
    awaiting: Awaiting | None = None


@frozen(kw_only=True)
class Act:
    """A step that somebody wants to take.

    Attributes:
        step: Key of the step.
        by: Who takes it.
        lead: The lead body of the plan.
        digest: SHA-256 of the text that it is taken on.
        provided: What exists of the needs of the step.
        findings: What the checks at the gate of the step say.
    """

    step: Key
    by: Actor
    lead: Actor | None
    digest: str
    provided: Collection[Need] = ()
    findings: Collection[Finding] = ()


@frozen(kw_only=True)
class Lifecycle:
    """States and steps; the first state is where every plan begins."""

    states: tuple[State, ...] = field()
    steps: tuple[Step, ...]

    def __attrs_post_init__(self) -> None:
        """Refuse a lifecycle that names states it does not have, or a key twice."""
        keys = [s.key for s in self.states]
        named = {k for step in self.steps for k in (*step.from_, step.to)}
        doubled = _doubled(keys) | _doubled(s.key for s in self.steps)
        if not keys or doubled or named - set(keys):
            raise ValueError(
                "a lifecycle has states with keys of their own, and steps between them:"
                f" {sorted(doubled | (named - set(keys)))}"
            )

    @property
    def initial(self) -> State:
        """The state that every plan begins in."""
        return self.states[0]

    @property
    def phases(self) -> tuple[Phase, ...]:
        """The phases of the states, in the order of a plan's life."""
        used = {s.phase for s in self.states}
        return tuple(p for p in Phase if p in used)

    def state(self, key: str) -> State:
        """Return the state of *key*.

        Raises:
            KeyError: If there is none.
        """
        return {str(s.key): s for s in self.states}[key]

    def steps_from(self, state: str) -> tuple[Step, ...]:
        """Return the steps that can be taken from *state*, in order of declaration."""
        return tuple(s for s in self.steps if state in s.from_)

    def take(self, standing: Standing, act: Act) -> Standing:
        """Return where the plan stands after *act*.

        The first half of a joint act leaves the state as it is, `awaiting` the others;
        it lapses when the text changes.

        Raises:
            StepOutOfOrderError: The step does not exist or cannot be taken now.
            WrongActorError: Another kind of actor, or another body, takes it.
            MissingNeedError: Something that the step asks for does not exist.
            UncheckedTextError: The approval belongs to another text.
            GateClosedError: A check at the gate finds an error.
        """
        step = self._step(standing, act)
        _refuse_wrong_actor(step, act, self, standing)
        missing = [n for n in step.needs if n not in act.provided]
        if missing:
            raise MissingNeedError(step, missing)
        if step.needs_checked_text and standing.checked_digest != act.digest:
            raise UncheckedTextError(step)
        errors = [f for f in act.findings if f.blocks]
        if errors:
            raise GateClosedError(step, errors)
        by = self._signatures(standing, act)
        if step.joint and {a.kind for a in by} != set(step.actors):
            awaiting = Awaiting(step=step.key, by=by, digest=act.digest)
            return attrs.evolve(standing, awaiting=awaiting)
        return self._arrive(standing, step, act)

    def _step(self, standing: Standing, act: Act) -> Step:
        for step in self.steps_from(standing.state):
            if step.key == act.step:
                return step
        raise StepOutOfOrderError(
            act.step,
            self.state(standing.state),
            self.steps_from(standing.state),
            known=any(s.key == act.step for s in self.steps),
        )

    @staticmethod
    def _signatures(standing: Standing, act: Act) -> tuple[Actor, ...]:
        waiting = standing.awaiting
        if waiting and waiting.step == act.step and waiting.digest == act.digest:
            return (*(a for a in waiting.by if a != act.by), act.by)
        return (act.by,)

    def _arrive(self, standing: Standing, step: Step, act: Act) -> Standing:
        checked = act.digest if step.checks_text else None
        return Standing(
            state=step.to,
            edition=next_edition(standing.edition, step.edition),
            checked_digest=checked,
        )


def next_edition(edition: str, raised: NewEdition | None) -> str:
    """Return the edition after *edition*: `d2` after `d1`, `1.0` after a draft."""
    if raised is None:
        return edition
    draft = edition.startswith("d")
    if raised is NewEdition.DRAFT:
        return f"d{int(edition[1:]) + 1}" if draft else "d1"
    return "1.0" if draft else f"{int(edition.partition('.')[0]) + 1}.0"


def _doubled(keys: Iterable[Key]) -> set[Key]:
    seen: set[Key] = set()
    return {k for k in keys if k in seen or seen.add(k)}  # type: ignore[func-returns-value]


def _refuse_wrong_actor(
    step: Step, act: Act, lifecycle: Lifecycle, standing: Standing
) -> None:
    if act.by.kind not in step.actors:
        possible = [
            s
            for s in lifecycle.steps_from(standing.state)
            if act.by.kind in s.actors and _is_of_the_body(s, act)
        ]
        raise WrongActorError(step, act.by, possible)
    if not _is_of_the_body(step, act):
        raise NotTheLeadError(step, act.by, act.lead)


def _is_of_the_body(step: Step, act: Act) -> bool:
    if not step.by_lead:
        return True
    return act.lead is not None and act.by.code == act.lead.code


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
