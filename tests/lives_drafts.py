"""Texts of lives: whole drafts are saved, and parts of them are edited."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import attrs
from hypothesis import strategies as st

from clusterplan.core.actors import Actor
from clusterplan.core.documents.converter import stored_converter
from clusterplan.core.lifecycle import Phase
from clusterplan.core.parts import PartKind
from clusterplan.core.services.editing import EditInvestment, EditPart
from clusterplan.core.services.importing import ImportPlan
from lives import (
    EXTRA,
    KUMAMOTO,
    OPERATOR,
    PROVISIONAL,
    SHARED,
    UNDECIDED,
    Life,
    Money,
    Text,
)
from watched import Deed, Watched

NUMBERS = st.integers(0, 9)
MONEY = st.builds(
    Money,
    number=NUMBERS,
    amount=st.sampled_from([1, 2_000_000_000]),
    withheld=st.sampled_from([False, False, True]),
)
TEXTS = st.builds(
    Text,
    number=NUMBERS,
    end=st.sampled_from([*[""] * 5, *[PROVISIONAL] * 2, UNDECIDED]),
    money=MONEY,
    extra=st.lists(
        st.tuples(st.sampled_from(EXTRA), NUMBERS),
        max_size=2,
        unique_by=lambda each: each[0],
    ).map(tuple),
    refers=st.booleans(),
)


class Drafting(Watched):
    """Offices that write drafts."""

    def deeds(self) -> Iterator[tuple[Deed, int]]:
        """Yield what can be done, and how often."""
        yield from super().deeds()
        yield self.a_draft_is_saved, 8 if self.is_any(Phase.DRAFT) else 1
        yield self.a_measure_is_edited, 8 if self.is_any(Phase.DRAFT) else 1
        yield self.an_investment_is_edited, 8 if self.is_any(Phase.DRAFT) else 1
        yield (
            self.an_investment_is_shared,
            8 if self.lives[1].phase is Phase.DRAFT else 1,
        )

    def a_draft_is_saved(self, data: st.DataObject) -> None:
        """By who leads the plan, while it is a draft, and by nobody else."""
        text = data.draw(TEXTS, label="text")
        how = self.how(data)
        life = self.life(data, Phase.DRAFT)
        by = self.somebody(data, (*life.lead, OPERATOR))
        allowed = self.may_write(life, by) and life.may_tell(by, text.money)
        if text.refers and life is self.lives[1]:
            allowed = allowed and self.may_refer(life, by)
        command = ImportPlan(
            file=life.file(text), by=by, expected_version=self.standing(life).version
        )
        same = text == life.text
        done = self.give(command, how, allowed=None if same else allowed)
        if done is not None and done.changed:
            assert allowed
            life.tell(text, done.standing)

    def a_measure_is_edited(self, data: st.DataObject) -> None:
        """Told anew, added or taken away, by who leads the plan or reports on it."""
        id_ = data.draw(st.sampled_from(EXTRA), label="id")
        how = self.how(data)
        life = self.life(data, Phase.DRAFT)
        by = self.somebody(data, (*life.lead, OPERATOR, life.office, life.office))
        number = data.draw(st.none() | NUMBERS)
        extra = dict(life.text.extra)
        office = by == life.office and id_ in extra and number is not None
        allowed = (self.may_write(life, by) or office) and (
            life.phase is Phase.DRAFT and (number is not None or id_ in extra)
        )
        told: Any = None
        if number is not None:
            told = stored_converter().unstructure(life.measure(id_, number))
        with self.store.read() as unit:
            version = unit.part_versions(life.plan_id).get(f"measure/{id_}")
        command = EditPart(
            plan_id=life.plan_id,
            part=PartKind.MEASURE,
            part_id=id_,
            document=told,
            by=by,
            expected_part_version=version,
        )
        done = self.give(command, how, allowed=allowed)
        if done is not None and done.changed:
            if number is None:
                del extra[id_]
            else:
                extra[id_] = number
            text = attrs.evolve(life.text, extra=tuple(extra.items()))
            life.tell(text, done.standing)

    def an_investment_is_edited(self, data: st.DataObject) -> None:
        """By who leads the plan that tells it, or the office that keeps it."""
        money = data.draw(MONEY, label="money")
        how = self.how(data)
        life = self.life(data, Phase.DRAFT)
        by = self.somebody(data, (*life.lead, OPERATOR, KUMAMOTO))
        kept = life is self.lives[0] and by == KUMAMOTO
        told = stored_converter().unstructure(life.investment(money))
        allowed = self.may_write(life, by) or (kept and life.phase is Phase.DRAFT)
        allowed = allowed and life.may_tell(by, money)
        command = self.edited(life, life.own, told, by, counted=True)
        done = self.give(command, how, allowed=allowed)
        if done is not None and done.changed:
            text = attrs.evolve(life.text, money=money)
            life.tell(text, done.standing)

    def an_investment_is_shared(self, data: st.DataObject) -> None:
        """The B plan refers to that of the A plan, or does so no more."""
        refers = data.draw(st.booleans(), label="refers")
        how = self.how(data)
        life = self.lives[1]
        by = self.somebody(data, (*life.lead, OPERATOR, KUMAMOTO))
        before = life.text.refers
        if refers:
            own = self.may_write(life, by) and self.may_refer(life, by)
            kept = by == KUMAMOTO and before and life.phase is Phase.DRAFT
            allowed = own or kept
        else:
            allowed = self.may_write(life, by) and before
        told = {"ref": SHARED} if refers else None
        command = self.edited(life, SHARED, told, by, counted=before)
        done = self.give(command, how, allowed=allowed)
        if done is not None and done.changed:
            life.tell(attrs.evolve(life.text, refers=refers), done.standing)

    def edited(
        self, life: Life, id_: str, told: Any, by: Actor, *, counted: bool
    ) -> EditInvestment:
        """Return the command that edits an investment."""
        with self.store.read() as unit:
            head = unit.investment_head(id_)
        return EditInvestment(
            plan_id=life.plan_id,
            investment_id=id_,
            document=told,
            by=by,
            expected_version=head.version if head and counted else None,
        )

    def may_write(self, life: Life, by: Actor) -> bool:
        """Tell whether an office may write all of a plan now."""
        return life.phase is Phase.DRAFT and by in (*life.lead, OPERATOR)
