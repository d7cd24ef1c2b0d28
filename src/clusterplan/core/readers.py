"""Who reads: nobody in particular, or an actor; and what each may see.

What a reader may see is decided here, once, before GraphQL, map and exports see
anything. Anonymous readers see public editions only. A text that is not public is seen
by the bodies that it involves and by the Cabinet Secretariat and METI; one that a
regional bureau leads, by every ministry and bureau, too. That is a rule of this
library, not a word of the policy text.

Of what happened, the state is told everything. Others are told of plans that they may
see now: anybody of what happened in public (an edition came into force, a report was
accepted and is public, a revision was adopted, an error was corrected); an office of
what it did itself and of cases that belong to it; the bodies that lead a plan of all
that happened to it; whoever else may read the draft, of the plan, not of cases.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable

from attrs import frozen

from . import actors
from .actors import Actor, is_same_body, kinds_of_body
from .cases import Case
from .identifiers import Key
from .investments import Investment
from .plans import Plan

_ALL = (*actors.STATE_BODIES, actors.OPERATOR)


class Role(enum.Enum):
    """What a text involves a body for."""

    LEAD = "lead"
    JOINING = "joining"
    NAMED = "named"
    """It reports a measure, owns an investment, or is a prefecture of the lead bureau."""


LEADING = (Role.LEAD, Role.JOINING)
"""Roles of the bodies that lead a plan together."""


@frozen
class Involved:
    """A body that a text involves, and therefore may read it as a draft."""

    body: Actor
    role: Role


@frozen(kw_only=True)
class DraftAccess:
    """Which texts that are not public a reader may see.

    Attributes:
        everything: All of them.
        body_code: Those that involve the body of this code,
        body_kinds: as one of these kinds.
        of_bureaus: All those that a regional bureau leads.
    """

    everything: bool = False
    body_code: str | None = None
    body_kinds: tuple[Key, ...] = ()
    of_bureaus: bool = False


@frozen(kw_only=True)
class Reader:
    """Somebody who reads: an office, or anybody."""

    actor: Actor | None = None

    @property
    def drafts(self) -> DraftAccess:
        """Which texts that are not public the reader may see."""
        if self.actor is None or self.actor.kind == actors.PUBLIC:
            return DraftAccess()
        if self.actor.kind in _ALL:
            return DraftAccess(everything=True)
        return DraftAccess(
            body_code=self.actor.code,
            body_kinds=kinds_of_body(self.actor.kind),
            of_bureaus=self.actor.kind in (actors.MINISTRY, actors.REGIONAL_BUREAU),
        )

    def reads_draft(self, involved: Iterable[Involved]) -> bool:
        """Tell whether the reader may see a text as a draft, by whom it involves."""
        drafts, by = self.drafts, self.actor
        if drafts.everything or by is None:
            return drafts.everything
        return any(
            is_same_body(by, each.body)
            or (
                drafts.of_bureaus
                and each.role is Role.LEAD
                and each.body.kind == actors.REGIONAL_BUREAU
            )
            for each in involved
        )

    def sees(self, case: Case, plan: Plan) -> bool:
        """Tell whether the reader may see a case of *plan*.

        Whoever may see the plan sees its public cases; others are for those whom they
        belong to, the bodies that lead the plan, and the state.
        """
        if case.public or self.drafts.everything:
            return True
        by = self.actor
        return by is not None and (is_same_body(by, case.owner) or plan.is_led_by(by))

    def visible(self, investments: Iterable[Investment]) -> tuple[Investment, ...]:
        """Return those of *investments* that the reader may see."""
        return tuple(i for i in investments if not i.withheld or self._owns(i))

    def _owns(self, investment: Investment) -> bool:
        if self.actor is None:
            return False
        if self.drafts.everything:
            return True
        return investment.owner is not None and is_same_body(
            self.actor, investment.owner
        )


ANONYMOUS = Reader()
"""Anybody."""
LOCAL = Reader(actor=actors.LOCAL_OPERATOR)
"""Whoever runs commands on the machine that the store is on."""
