"""What anybody is told of two plans never names what is not public."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from typing import Any

from clusterplan.core.maps import InvestmentMap
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.services.drawing import draw
from publicly import (
    MARKS,
    ONLY_ON_MAPS,
    answered,
    differences,
    told_in_the_log,
    told_of,
)
from watched import Watched

TOLD_IN_PUBLIC = {
    "plan": {"plan_step_taken", "plan_corrected", "plan_revised"},
    "report": {"report_accept_taken", "report_submit_taken", "report_corrected"},
    "revision": {"revision_adopted", "revision_corrected"},
    "proposal": {"proposal_adopt_taken"},
}
"""Kinds of events that anybody may be told of."""


class Secrecy(Watched):
    """Whoever has no token is told of public editions, and of nothing else."""

    def checks(self) -> Iterator[Callable[[], None]]:
        """Yield what must hold after every change."""
        yield from super().checks()
        yield self.anybody_is_told_of_what_is_public_only

    def anybody_is_told_of_what_is_public_only(self) -> None:
        """No draft, no investment that is withheld, no case that is not public."""
        self.names_nothing_secret(self.drawn)

    def names_nothing_secret(
        self, drawn: InvestmentMap | None = None, **at: Any
    ) -> None:
        """Look at all that anybody is told, at a moment; *drawn* is the map of it."""
        with self.store.read() as unit:
            view = self.domain.view(ANONYMOUS, **at)
            drawn = drawn or draw(view, unit, self.domain)
            told = list(told_of(drawn, view, unit, self.domain, self.plugins))
            events = told_in_the_log(view, unit)
        self.refuse_secrets([*told, ("log", repr(events))])
        public = {life.plan_id for life in self.lives if life.public}
        for event in events:
            assert event.aggregate_id in public, f"the log tells of a draft: {event}"
            assert event.kind in TOLD_IN_PUBLIC[event.aggregate], event

    def refuse_secrets(self, told: Iterable[tuple[str, str]]) -> None:
        """Compare what stands in texts with what may."""
        allowed = {*self.allowed_marks()}
        drafts = {life.plan_id for life in self.lives if not life.public}
        hidden = self.hidden_everywhere(allowed)
        for surface, text in told:
            secrets = {*MARKS.findall(text)} - allowed
            assert not secrets, f"{surface} names {secrets}"
            named = {id_ for id_ in drafts if id_ in text}
            assert not named, f"{surface} names {named}"
            if surface.removeprefix("/exports/") in ONLY_ON_MAPS:
                named = {id_ for id_ in hidden if id_ in text}
                assert not named, f"{surface} names {named}, which is withheld"

    def allowed_marks(self) -> Iterator[str]:
        """Yield all marks that anybody may read."""
        for life in self.lives:
            yield from life.marks()
        public = {life.plan_id for life in self.lives if life.public}
        letters = {x.letter for x in self.lives if x.text.money.withheld}
        for (plan_id, _), told in self.editions.items():
            if plan_id in public:
                for found in MARKS.findall(" ".join(told.pinned)):
                    if not found.endswith("W号") and found[2] not in letters:
                        yield found

    def hidden_everywhere(self, allowed: Collection[str]) -> set[str]:
        """Return the ids of investments of which anybody is told nothing at all."""
        told = {m[2] for m in allowed if m.startswith("第I")}
        return {life.own for life in self.lives if life.letter not in told}

    def life_is_over(self) -> None:
        """Ask a server, look back, and compare editions."""
        super().life_is_over()
        for day in list(self.days)[-3:]:
            self.names_nothing_secret(as_of=day)
            self.names_nothing_secret(known_at=self.moment_of(day))
        self.refuse_secrets(answered(self.store, self.domain, self.plugins))
        editions: dict[str, list[str]] = {}
        for plan_id, edition in self.editions:
            editions.setdefault(plan_id, []).append(edition)
        self.refuse_secrets(differences(self.store, self.domain, editions.items()))
