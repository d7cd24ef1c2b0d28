"""Steps of lives: anybody tries any of them, and some are taken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import initialize

from clusterplan.core.actors import Actor
from clusterplan.core.lifecycle import Phase
from clusterplan.core.services.answers import StepComment
from clusterplan.core.services.stepping import TakeStep
from lives import ACTORS, METI, WAIVER, Life, asks_for_waiver, provided
from watched import RARELY, Deed, Watched

BY = st.sampled_from(ACTORS)
REMARK = StepComment(pointer="", text="期限の根拠を示してください")
_ASIDE = ("send_back", "reopen", "abandon_formulation")
"""Steps that lead away from being in force."""
_INTO_FORCE = 5


class Stepping(Watched):
    """Offices that take steps with plans."""

    def deeds(self) -> Iterator[tuple[Deed, int]]:
        """Yield what can be done, and how often."""
        yield from super().deeds()
        yield self.somebody_tries_a_step, 6
        yield (
            self.a_step_is_taken_that_can_be,
            6 if self.is_any(Phase.DRAFT, Phase.IN_REVIEW) else 1,
        )
        yield (
            self.a_withdrawal_is_begun,
            6 if self.lives[0].phase is Phase.IN_FORCE else 1,
        )

    @initialize(far=st.tuples(*[st.sampled_from([0, 0, 1, 3, 5, 6, 6])] * 2))
    def plans_have_come_some_way(self, far: tuple[int, int]) -> None:
        """Straight on; five steps lead into force, and six further."""
        for life, steps in zip(self.lives, far, strict=True):
            for _ in range(steps):
                if life.phase is not Phase.IN_FORCE:
                    key, by = self.ways_on(life)[0]
                    self.step(life, key, by, reason=False, comment=False, waive=False)
            if steps > _INTO_FORCE:
                self.go_on(life)

    def somebody_tries_a_step(self, data: st.DataObject) -> None:
        """Any office, any step, at any time."""
        by = data.draw(BY, label="by")
        how = self.how(data)
        reason = data.draw(RARELY, label="reason")
        waive = data.draw(RARELY, label="waive")
        life = self.life(data)
        possible = life.lifecycle.steps_from(life.state)
        steps = st.sampled_from((*possible * 2, *life.lifecycle.steps))
        key = data.draw(steps.map(lambda step: step.key), label="step")
        comment = data.draw(st.booleans(), label="comment")
        self.step(life, key, by, how, reason=reason, comment=comment, waive=waive)

    def a_step_is_taken_that_can_be(self, data: st.DataObject) -> None:
        """By an office that may; plans do not die young."""
        how = self.how(data)
        mistake = data.draw(RARELY, label="mistake")
        life = self.life(data, Phase.DRAFT, Phase.IN_REVIEW)
        ways = self.ways_on(life)
        if ways:
            key, by = data.draw(st.sampled_from(ways))
            step = next(s for s in life.lifecycle.steps if s.key == key)
            waive = asks_for_waiver(life.text, step.gate) is not mistake
            self.step(life, key, by, how, reason=True, comment=False, waive=waive)

    def a_withdrawal_is_begun(self, data: st.DataObject) -> None:
        """By one of the two that it takes; another text, and it lapses."""
        life = self.lives[0]
        facts = {"reason": True, "comment": False, "waive": False}
        self.step(life, "withdraw", METI, self.how(data), **facts)

    def ways_on(self, life: Life) -> list[tuple[str, Actor]]:
        """Return the steps towards being in force, and who may take them."""
        return [
            (step.key, by)
            for step in life.lifecycle.steps
            for by in ACTORS
            if step.key not in _ASIDE
            and life.lifecycle.state(step.to).phase is not Phase.ENDED
            and life.may(
                step, by, step.needs, waives=asks_for_waiver(life.text, step.gate)
            )
            and not (life.signed and by in life.signed[1])
        ]

    def step(
        self,
        life: Life,
        key: str,
        by: Actor,
        how: str | None = None,
        *,
        waive: bool,
        **facts: bool,
    ) -> None:
        """Take a step, and compare with what the lifecycle says."""
        step = next(s for s in life.lifecycle.steps if s.key == key)
        with self.store.read() as unit:
            found = provided(life, unit, self.domain, step, **facts)
        command: Any = TakeStep(
            plan_id=life.plan_id,
            step=key,
            by=by,
            expected_version=self.standing(life).version,
            reason="事情による" if facts["reason"] else None,
            comments=(REMARK,) if facts["comment"] else (),
            waivers=(WAIVER,) if waive else (),
        )
        allowed = life.may(step, by, found, waives=waive)
        done = self.give(command, how, allowed=allowed)
        if done is not None:
            self.seen["waived"] += waive
            life.take(step, by)
            if step.checks_text and life.state == step.to:
                self.approve(life)
