"""What is said beside drafts in lives: project proposals and comments."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

from clusterplan.core.actors import Actor
from clusterplan.core.comments import COMMENT, Comment
from clusterplan.core.identifiers import AreaCode, PartId
from clusterplan.core.lifecycle import Need, Phase
from clusterplan.core.proposals import PROPOSAL, ProjectProposal, ProposalAnswer
from clusterplan.core.services.commenting import SaveComment, SettleComment
from clusterplan.core.services.proposing import SaveProposal, StepProposal
from lives import KUMAMOTO, METI, OPERATOR, STATE_BODIES, Life, mark
from lives_drafts import NUMBERS
from watched import Deed, Watched

PROPOSALS = st.sampled_from(["PR-1", "PR-2", "PR-3"])
COMMENTS = st.sampled_from(["CO-1", "CO-2"])
STEPS = {str(step.key): step for step in PROPOSAL.lifecycle.steps}
_OPEN = (Phase.DRAFT, Phase.IN_REVIEW)


class Remarking(Watched):
    """A prefecture that proposes, a state that answers, and offices that comment."""

    def deeds(self) -> Iterator[tuple[Deed, int]]:
        """Yield what can be done, and how often."""
        yield from super().deeds()
        yield self.a_proposal_is_saved, 4 if self.lives[0].phase in _OPEN else 1
        yield self.a_proposal_goes_on, 6
        yield self.a_comment_is_saved, 4 if self.is_any(*_OPEN) else 1
        yield self.a_comment_is_settled, 4 if self.is_any(*_OPEN) else 1

    def begin(self) -> None:
        """Propose two projects, and receive one, before anything else."""
        super().begin()
        for number, id_ in enumerate(("PR-1", "PR-2")):
            a, _ = self.lives
            self.save_proposal(a, id_, KUMAMOTO, None, number=number, agreed=True)
            self.step_proposal(id_, "propose", KUMAMOTO, None, reasoned=True)
        self.step_proposal("PR-1", "receive", METI, None, reasoned=True)

    def a_proposal_is_saved(self, data: st.DataObject) -> None:
        """By the prefecture that it names, until it is proposed."""
        life = self.lives[data.draw(st.sampled_from([0, 0, 0, 0, 1]), label="plan")]
        id_ = data.draw(PROPOSALS, label="id")
        by = self.somebody(data, (KUMAMOTO,))
        number = data.draw(NUMBERS, label="number")
        agreed = data.draw(st.booleans(), label="agreed")
        self.save_proposal(life, id_, by, self.how(data), number=number, agreed=agreed)

    def save_proposal(
        self,
        life: Life,
        id_: str,
        by: Actor,
        how: str | None,
        *,
        number: int,
        agreed: bool,
    ) -> None:
        """Save a proposal, if that is allowed."""
        proposal = ProjectProposal(
            id=PartId(id_),
            title=f"架空の案件 {mark('Q', life.letter, number)}",
            prefecture=AreaCode(KUMAMOTO.code),
            investor_agreed=agreed,
        )
        before = life.proposals.get(id_)
        allowed = (
            life is self.lives[0]
            and by == KUMAMOTO
            and life.phase in _OPEN
            and (before is None or before[0] == "prepared")
        )
        stored = self.case(life, PROPOSAL, id_)
        command = SaveProposal(
            plan_id=life.plan_id,
            proposal=proposal,
            by=by,
            expected_version=stored.version if stored else None,
        )
        if self.give(command, how, allowed=allowed) is not None:
            life.proposals[id_] = ("prepared", number, agreed)

    def a_proposal_goes_on(self, data: st.DataObject) -> None:
        """As its lifecycle says, one step or several."""
        id_ = data.draw(st.sampled_from(sorted(self.lives[0].proposals)), label="id")
        for _ in range(data.draw(st.integers(1, 3), label="steps")):
            state = self.lives[0].proposals[id_][0]
            possible = [key for key, step in STEPS.items() if state in step.from_]
            key = data.draw(st.sampled_from((*possible * 4, *STEPS)), label="step")
            by = self.somebody(
                data, (KUMAMOTO,) if STEPS[key].by_lead else STATE_BODIES
            )
            reasoned = data.draw(st.sampled_from([*[True] * 5, False]), label="reason")
            self.step_proposal(id_, key, by, self.how(data), reasoned=reasoned)

    def step_proposal(
        self, id_: str, key: str, by: Actor, how: str | None, *, reasoned: bool
    ) -> None:
        """Take a step; what is adopted is public with the plan, if all agree."""
        life, step = self.lives[0], STEPS[key]
        state, number, agreed = life.proposals[id_]
        stored = self.case(life, PROPOSAL, id_)
        assert stored is not None
        allowed = (
            state in step.from_
            and by.kind in step.actors
            and (by == KUMAMOTO or not step.by_lead)
            and (reasoned or Need.REASON not in step.needs)
            and (key != "propose" or life.phase in _OPEN)
        )
        command = StepProposal(
            plan_id=life.plan_id,
            proposal_id=id_,
            step=key,
            by=by,
            expected_version=stored.version,
            answer=ProposalAnswer(reason="計画の内容に合うため" if reasoned else " "),
        )
        if self.give(command, how, allowed=allowed) is not None:
            life.proposals[id_] = (str(step.to), number, agreed)
            if step.to == "adopted" and agreed:
                life.shown.add(mark("Q", life.letter, number))
        self.proposals_stand_where_they_should(life)

    def proposals_stand_where_they_should(self, life: Life) -> None:
        """In the state that their steps led to."""
        stored = {str(c.id): str(c.state) for c in self.cases(life, PROPOSAL)}
        assert stored == {id_: told[0] for id_, told in life.proposals.items()}

    def a_comment_is_saved(self, data: st.DataObject) -> None:
        """By who reads the draft; it is that office's until it is settled."""
        id_ = data.draw(COMMENTS, label="id")
        number = data.draw(NUMBERS, label="number")
        how = self.how(data)
        life = self.life(data, *_OPEN)
        stored = self.case(life, COMMENT, id_)
        likely = (stored.owner,) if stored else (*STATE_BODIES, *life.lead)
        by = self.somebody(data, likely)
        allowed = (
            by in self.readers_of(life)
            and life.phase is not Phase.ENDED
            and (stored is None or (stored.owner, stored.state) == (by, "open"))
        )
        standing = self.standing(life)
        comment = Comment(
            id=PartId(id_),
            edition=stored.document.edition if stored else standing.edition,
            text=f"根拠を示してください {mark('C', life.letter, number)}",
        )
        command = SaveComment(
            plan_id=life.plan_id,
            comment=comment,
            by=by,
            expected_version=stored.version if stored else None,
        )
        self.give(command, how, allowed=allowed)

    def a_comment_is_settled(self, data: st.DataObject) -> None:
        """Once, by who leads the plan."""
        how = self.how(data)
        life = self.life(data, *_OPEN)
        stored = self.cases(life, COMMENT)
        if not stored:
            return
        case: Any = data.draw(st.sampled_from(stored))
        by = self.somebody(data, life.lead)
        command = SettleComment(
            plan_id=life.plan_id,
            comment_id=case.id,
            reply="直しました",
            by=by,
            expected_version=case.version,
        )
        allowed = case.state == "open" and by in life.lead
        if self.give(command, how, allowed=allowed) is not None:
            after = self.case(life, COMMENT, case.id)
            assert after is not None
            assert (after.state, after.owner) == ("settled", case.owner)

    def readers_of(self, life: Life) -> tuple[Actor, ...]:
        """Return who reads the drafts of a plan: the state, and whom its text involves."""
        office = (life.office,) if life.text.extra else ()
        shares = life.text.refers or life is self.lives[0]
        owner = (KUMAMOTO,) if shares else ()
        return (*STATE_BODIES, OPERATOR, *life.lead, *office, *owner)
