"""Revisions and corrections in lives: how editions follow each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from clusterplan.core.actors import Actor
from clusterplan.core.findings import Gate
from clusterplan.core.identifiers import PartId
from clusterplan.core.lifecycle import Phase
from clusterplan.core.revisions import REVISION
from clusterplan.core.services.correcting import CorrectPlan
from clusterplan.core.services.revising import (
    AdoptRevision,
    DropRevision,
    OpenRevision,
    PrecheckRevision,
    SaveRevision,
)
from clusterplan.core.standings import PlanStanding
from lives import (
    SHARED,
    STATE_BODIES,
    UNDECIDED,
    WAIVER,
    Life,
    Revision,
    Text,
    asks_for_waiver,
    mark,
)
from lives_drafts import MONEY, TEXTS
from watched import RARELY, Deed, Watched


class Revising(Watched):
    """Offices that revise and correct what is in force."""

    def deeds(self) -> Iterator[tuple[Deed, int]]:
        """Yield what can be done, and how often."""
        yield from super().deeds()
        yield self.an_edition_is_corrected, 4 if self.is_any(Phase.IN_FORCE) else 1
        yield self.a_revision_is_opened, 10 if self.is_any(Phase.IN_FORCE) else 1
        yield self.a_revision_is_drafted, 14 if self.is_anything_revised() else 1
        yield (
            self.a_revision_is_prechecked,
            6 if self.lives[1].revision is not None else 1,
        )
        yield self.a_revision_is_adopted, 6 if self.is_anything_revised() else 1
        yield self.a_revision_is_dropped, 2

    def go_on(self, life: Life) -> None:
        """Revise once, and begin to do so again."""
        super().go_on(life)
        for text, signing in ((Text(number=1), 4), (Text(number=2), 1)):
            self.open_revision(life, life.revisers[0], None, by_report=False)
            self.draft_revision(life, text, life.revisers[0], None, signing)

    def an_edition_is_corrected(self, data: st.DataObject) -> None:
        """In force, by who revises it, and nothing that is policy."""
        text = data.draw(TEXTS, label="text")
        money = data.draw(MONEY, label="money")
        how = self.how(data)
        life = self.life(data, Phase.IN_FORCE)
        by = self.somebody(data, life.revisers)
        policy = data.draw(RARELY)
        told = attrs.evolve(
            life.text,
            number=text.number,
            end=text.end,
            extra=text.extra if policy else life.text.extra,
            money=attrs.evolve(money, amount=life.text.money.amount),
        )
        command = CorrectPlan(
            plan_id=life.plan_id,
            file=life.file(told),
            reason="誤記",
            by=by,
            expected_version=self.standing(life).version,
        )
        before = self.standing(life).edition
        allowed = (
            life.phase is Phase.IN_FORCE
            and by in life.revisers
            and sorted(told.extra) == sorted(life.text.extra)
            and UNDECIDED not in (told.end, life.text.end)
        )
        sure = told != life.text and UNDECIDED not in (told.end, life.text.end)
        sure = sure and (not policy or not allowed)
        done = self.give(command, how, allowed=allowed if sure else None)
        if done is not None and done.changed:
            assert life.phase is Phase.IN_FORCE
            assert by in life.revisers
            assert {id_ for id_, _ in told.extra} == {id_ for id_, _ in life.text.extra}
            assert done.standing.edition == _next(before, corrected=True)
            life.tell(told, done.standing)

    def a_revision_is_opened(self, data: st.DataObject) -> None:
        """On a report or another occasion."""
        life = self.life(data, Phase.IN_FORCE)
        by = self.somebody(data, life.revisers)
        by_report = data.draw(st.booleans(), label="by report")
        self.open_revision(life, by, self.how(data), by_report=by_report)

    def open_revision(
        self, life: Life, by: Actor, how: str | None, *, by_report: bool
    ) -> None:
        """Open a revision: one at a time, of an edition in force."""
        number = life.revisions + 1
        came_in = [id_ for id_, told in life.reports.items() if told[0] in _IN]
        report = PartId(came_in[-1]) if by_report and came_in else None
        occasion = f"総会での指摘 {mark('V', life.letter, number)}"
        command = OpenRevision(
            plan_id=life.plan_id,
            revision_id=PartId(f"R-{number}"),
            by=by,
            report=report,
            occasion=None if report else occasion,
        )
        allowed = (
            life.phase is Phase.IN_FORCE
            and by in life.revisers
            and life.revision is None
        )
        if self.give(command, how, allowed=allowed) is not None:
            life.revisions = number
            edition = self.standing(life).edition
            life.revision = Revision(command.revision_id, edition)

    def a_revision_is_drafted(self, data: st.DataObject) -> None:
        """And signed by none, one or all of those who must."""
        life = self.life(data, Phase.IN_FORCE)
        if life.revision is not None:
            text = data.draw(TEXTS, label="text")
            by = self.somebody(data, life.revisers)
            signing = data.draw(st.sampled_from([0, 1, 4, 4]), label="signatures")
            self.draft_revision(life, text, by, self.how(data), signing)

    def draft_revision(
        self, life: Life, text: Text, by: Actor, how: str | None, signing: int
    ) -> None:
        """Save a revised text: by who revises, with ids that were not given up."""
        assert life.revision is not None
        refers = text.refers and life is self.lives[1]
        ids = {id_ for id_, _ in text.extra} | ({SHARED} if refers else set())
        allowed = (
            by in life.revisers
            and not ids & life.retired
            and (not refers or self.may_refer(life, by))
        )
        base = self.standing(life).edition
        command = SaveRevision(file=life.file(text), base=base, **self.named(life, by))
        done = self.give(command, how, allowed=allowed)
        if done is not None and done.changed:
            lapsed = bool(life.revision.checked | life.revision.signed)
            self.seen["revision signature lapsed"] += lapsed
            life.revision = Revision(life.revision.id, base, text)
        if done is not None:
            self.offices_sign(life, signing)
        self.revisions_are_signed_as_they_should(life)

    def offices_sign(self, life: Life, most: int) -> None:
        """So many of them do their part, one after the other; four are all."""
        checking = STATE_BODIES if life is self.lives[1] else ()
        for by in checking[:most]:
            self.precheck(life, by, None)
        for by in life.signers[: max(0, most - len(checking))]:
            if life.revision is not None and life.revision.text is not None:
                waive = asks_for_waiver(life.revision.text, Gate.PUBLISH)
                self.adopt(life, by, None, waive=waive)

    def a_revision_is_prechecked(self, data: st.DataObject) -> None:
        """By the state, where its type of plan asks for that."""
        how = self.how(data)
        life = self.life(data, Phase.IN_FORCE)
        if life.revision is not None:
            self.precheck(life, self.somebody(data, STATE_BODIES), how)

    def precheck(self, life: Life, by: Actor, how: str | None) -> None:
        """Pre-check the open revision."""
        revision = life.revision
        assert revision is not None
        allowed = (
            life is self.lives[1]
            and by in STATE_BODIES
            and revision.text is not None
            and revision.base == self.standing(life).edition
        )
        command = PrecheckRevision(**self.named(life, by))
        if self.give(command, how, allowed=allowed) is not None:
            revision.checked |= {by}
            if revision.checked == {*STATE_BODIES}:
                self.approve(life, self.case(life, REVISION, revision.id))
        self.revisions_are_signed_as_they_should(life)

    def a_revision_is_adopted(self, data: st.DataObject) -> None:
        """Its text is the next edition once everybody has signed."""
        how = self.how(data)
        mistake = data.draw(RARELY, label="mistake")
        life = self.life(data, Phase.IN_FORCE)
        if life.revision is not None:
            text = life.revision.text
            waive = text is not None and asks_for_waiver(text, Gate.PUBLISH)
            by = self.somebody(data, life.signers)
            self.adopt(life, by, how, waive=waive is not mistake)

    def adopt(self, life: Life, by: Actor, how: str | None, *, waive: bool) -> None:
        """Adopt the open revision, or sign it."""
        revision, before = life.revision, self.standing(life).edition
        assert revision is not None
        text = revision.text
        allowed = (
            life.phase is Phase.IN_FORCE
            and by in life.signers
            and text is not None
            and revision.base == before
            and text.end != UNDECIDED
            and waive is asks_for_waiver(text, Gate.PUBLISH)
            and (life is self.lives[0] or revision.checked == {*STATE_BODIES})
        )
        command: Any = AdoptRevision(
            waivers=(WAIVER,) if waive else (), **self.named(life, by)
        )
        sure = text != life.text
        done = self.give(command, how, allowed=allowed if sure else None)
        if done is None:
            return
        assert allowed
        revision.signed |= {by}
        self.seen["waived"] += waive
        self.revisions_are_signed_as_they_should(life)
        if done.standing is not None:
            self.next_edition(life, before, done.standing)

    def next_edition(self, life: Life, before: str, standing: PlanStanding) -> None:
        """Go on with the revised text."""
        revision = life.revision
        assert revision is not None
        assert revision.text is not None
        assert revision.signed == {*life.signers}
        assert standing.edition == _next(before, corrected=False)
        gone = dict(life.text.extra).keys() - dict(revision.text.extra).keys()
        refers = (life.text.refers, revision.text.refers)
        shared = (
            {SHARED} if life is self.lives[1] and refers == (True, False) else set()
        )
        life.retired |= {*gone, *shared}
        life.shown.add(mark("V", life.letter, life.revisions))
        life.tell(revision.text, standing)
        life.revision = None

    def a_revision_is_dropped(self, data: st.DataObject) -> None:
        """The edition in force stays."""
        how = self.how(data)
        life = self.life(data, Phase.IN_FORCE)
        if life.revision is None:
            return
        by = self.somebody(data, life.revisers)
        command = DropRevision(reason="情勢の変化", **self.named(life, by))
        if self.give(command, how, allowed=by in life.revisers) is not None:
            life.revision = None

    def revisions_are_signed_as_they_should(self, life: Life) -> None:
        """By those who signed this very text; signatures of another one lapsed."""
        if life.revision is not None:
            case: Any = self.case(life, REVISION, life.revision.id)
            told = [frozenset(map(Actor.parse, by)) for by in _signatures(case)]
            assert told == [life.revision.checked, life.revision.signed], "signatures"

    def is_anything_revised(self) -> bool:
        """Tell whether a revision is open."""
        return any(life.revision for life in self.lives)

    def named(self, life: Life, by: Actor) -> dict[str, Any]:
        """Return what every command on the open revision names."""
        assert life.revision is not None
        case = self.case(life, REVISION, life.revision.id)
        assert case is not None
        return {
            "plan_id": life.plan_id,
            "revision_id": life.revision.id,
            "by": by,
            "expected_version": case.version,
        }


_IN = ("submitted", "accepted")


def _signatures(case: Any) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return case.document.prechecked, case.document.signed


def _next(edition: str, *, corrected: bool) -> str:
    number, _, correction = edition.partition(".")
    if corrected:
        return f"{number}.{int(correction) + 1}"
    return f"{int(number) + 1}.0"
