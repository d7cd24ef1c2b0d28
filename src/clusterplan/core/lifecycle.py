"""Lifecycles as data, and the one engine that runs them.

A lifecycle is a set of states and steps. Each state declares a phase and whether it is
public; maps and filters know phases, never the states of a particular type. The engine
tells where a plan stands after a step, or refuses with what is allowed instead.
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs
from attrs import field, frozen

from .actors import HEAD, Actor, is_same_body
from .errors import PlanError
from .identifiers import Key
from .refused_steps import (
    AwaitingOtherStepError,
    GateClosedError,
    MissingNeedError,
    NotTheLeadError,
    StepOutOfOrderError,
    UncheckedTextError,
    WrongActorError,
)
from .steps import (
    Act,
    Awaiting,
    Need,
    NewEdition,
    Phase,
    Standing,
    State,
    Step,
)

__all__ = [
    "Act",
    "Awaiting",
    "AwaitingOtherStepError",
    "GateClosedError",
    "Lifecycle",
    "MissingNeedError",
    "Need",
    "NewEdition",
    "NotTheLeadError",
    "Phase",
    "Standing",
    "State",
    "Step",
    "StepOutOfOrderError",
    "UncheckedTextError",
    "WrongActorError",
    "next_edition",
    "signatures",
]


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
        it lapses when the text changes. Only who began it may begin another one then.

        Raises:
            StepOutOfOrderError: The step does not exist or cannot be taken now.
            WrongActorError: Another kind of actor takes it.
            NotTheLeadError: Another body takes it than those that lead the plan.
            AwaitingOtherStepError: Others have begun another joint act.
            MissingNeedError: Something that the step asks for does not exist.
            UncheckedTextError: The approval belongs to another text.
            GateClosedError: A check at the gate finds an error.
        """
        step = self._admitted(standing, act)
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

    def admits(self, standing: Standing, act: Act) -> bool:
        """Tell whether the step of *act* is open to who takes it.

        What the step needs besides, and what the checks say, is not looked at.
        """
        try:
            self._admitted(standing, act)
        except PlanError:
            return False
        return True

    def missing(self, awaiting: Awaiting | None) -> tuple[Key, ...]:
        """Return the kinds of actor that have yet to sign a joint act that is begun."""
        if awaiting is None:
            return ()
        step = next(s for s in self.steps if s.key == awaiting.step)
        signed = {actor.kind for actor in awaiting.by}
        return tuple(kind for kind in step.actors if kind not in signed)

    def _admitted(self, standing: Standing, act: Act) -> Step:
        step = self._step(standing, act)
        _refuse_wrong_actor(step, act, self, standing)
        self._refuse_another_joint_act(step, act, standing.awaiting)
        return step

    def _step(self, standing: Standing, act: Act) -> Step:
        for step in self.steps_from(standing.state):
            if step.key == act.step:
                return step
        raise StepOutOfOrderError(
            act.step,
            self.state(standing.state),
            self.steps_from(standing.state),
            known=next((s for s in self.steps if s.key == act.step), None),
        )

    def _refuse_another_joint_act(
        self, step: Step, act: Act, awaiting: Awaiting | None
    ) -> None:
        begun = awaiting is not None and awaiting.digest == act.digest
        if awaiting is None or not (step.joint and begun) or awaiting.step == step.key:
            return
        if any(actor != act.by for actor in awaiting.by):
            other = next(s for s in self.steps if s.key == awaiting.step)
            raise AwaitingOtherStepError(step, other, awaiting)

    @staticmethod
    def _signatures(standing: Standing, act: Act) -> tuple[Actor, ...]:
        return (*(a for a in _signed(standing, act) if a != act.by), act.by)

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


def signatures(standing: Standing, step: Key, digest: str) -> tuple[Actor, ...]:
    """Return who has begun a joint act on the very text of *digest*."""
    waiting = standing.awaiting
    if waiting and waiting.step == step and waiting.digest == digest:
        return waiting.by
    return ()


def _signed(standing: Standing, act: Act) -> tuple[Actor, ...]:
    return signatures(standing, act.step, act.digest)


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
    """Tell whether the actor is of a body that takes the step.

    What heads alone do is done by the head of the lead body, who has the consents of
    those that join; other work is shared with them.
    """
    if not step.by_lead:
        return True
    leading = (act.lead,) if step.actors == (HEAD,) else (act.lead, *act.joining)
    return any(body is not None and is_same_body(act.by, body) for body in leading)
