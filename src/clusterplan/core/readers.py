"""Who reads: nobody in particular, or an actor; and what each may see.

What a reader may see is decided here, once, before GraphQL, map and exports see
anything. Anonymous readers see public editions only. A text that is not public is seen
by the lead body and by the state; an A draft by the prefectures of its region, too. That
is a rule of this library, not a word of the policy text.

Of what happened, the state is told everything. Others are told of plans that they may
see now: anybody of what happened in public (an edition came into force, a report was
accepted and is public, a revision was adopted, an error was corrected); an office of
what it did itself and of cases that belong to it; the lead body of all that happened to
its plan; whoever may read the draft for another reason of the plan, not of cases.
"""

from __future__ import annotations

from collections.abc import Iterable

from attrs import frozen

from . import actors
from .actors import Actor
from .cases import Case
from .identifiers import AreaCode, Key
from .investments import Investment

_ALL = (actors.CABINET_SECRETARIAT, actors.METI, actors.OPERATOR)


@frozen(kw_only=True)
class DraftAccess:
    """Which texts that are not public a reader may see.

    Attributes:
        everything: All of them.
        lead_code: Those led by the body of this code,
        lead_kinds: which is of one of these kinds.
        prefecture: Those of a bureau whose region reaches into this prefecture.
    """

    everything: bool = False
    lead_code: str | None = None
    lead_kinds: tuple[Key, ...] = ()
    prefecture: AreaCode | None = None


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
        by_prefecture = self.actor.kind == actors.PREFECTURE
        by_head = self.actor.kind == actors.HEAD
        return DraftAccess(
            lead_code=self.actor.code,
            lead_kinds=actors.LOCAL_GOVERNMENT if by_head else (self.actor.kind,),
            prefecture=AreaCode(self.actor.code) if by_prefecture else None,
        )

    def sees(self, case: Case, lead: Actor | None) -> bool:
        """Tell whether the reader may see a case of a plan that *lead* leads.

        Whoever may see the plan sees its public cases; others are for those whom they
        belong to, the lead body of the plan, and the state.
        """
        drafts = self.drafts
        own = (case.owner, lead)
        return (
            case.public
            or drafts.everything
            or any(
                body is not None
                and body.code == drafts.lead_code
                and body.kind in drafts.lead_kinds
                for body in own
            )
        )

    def visible(self, investments: Iterable[Investment]) -> tuple[Investment, ...]:
        """Return those of *investments* that the reader may see."""
        return tuple(i for i in investments if not i.withheld or self._owns(i))

    def _owns(self, investment: Investment) -> bool:
        if self.actor is None:
            return False
        return self.drafts.everything or self.actor == investment.owner


ANONYMOUS = Reader()
"""Anybody."""
LOCAL = Reader(actor=actors.LOCAL_OPERATOR)
"""Whoever runs commands on the machine that the store is on."""
