"""The stage of a story: commands on one plan, run on a day by an office."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any

import attrs
from attrs import define, field, frozen

from ..core.actors import PREFECTURE, Actor
from ..core.cases import CaseKind
from ..core.clock import TOKYO
from ..core.comments import Comment
from ..core.files import PlanFile
from ..core.findings import Finding
from ..core.identifiers import PartId, PlanId
from ..core.periods import FiscalHalf
from ..core.proposals import PROPOSAL, ProjectProposal, ProposalAnswer
from ..core.reports import REPORT
from ..core.revisions import REVISION, LeftAsIs, RevisionItem
from ..core.services.answers import UnansweredError, Waiver
from ..core.services.commenting import SaveComment, save_comment
from ..core.services.correcting import CorrectPlan, correct_plan
from ..core.services.domain import Domain
from ..core.services.importing import ImportPlan, import_plan
from ..core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from ..core.services.reporting import (
    AcceptReport,
    FillReport,
    OpenReport,
    SendBackReport,
    SubmitReport,
    accept_report,
    fill_report,
    open_report,
    send_back_report,
    submit_report,
)
from ..core.services.revising import (
    AdoptRevision,
    OpenRevision,
    SaveRevision,
    adopt_revision,
    open_revision,
    save_revision,
)
from ..core.services.stepping import TakeStep, take_step
from ..core.store import Store
from .season import Season
from .texts import read_sample
from .told import Told

CABINET = Actor.parse("cabinet_secretariat:cas")
METI = Actor.parse("meti:meti")
_NINE = dt.time(9)
_BEFORE_ALL = dt.datetime.min.replace(tzinfo=dt.UTC)


@define
class MovingClock:
    """A clock that is moved by hand: nine o'clock of a day, a minute more each act."""

    moment: dt.datetime = _BEFORE_ALL

    def __call__(self) -> dt.datetime:
        """Return the moment that it is."""
        return self.moment

    def move_to(self, day: dt.date) -> None:
        """Move to the morning of *day*, unless it is that day already."""
        morning = dt.datetime.combine(day, _NINE, tzinfo=TOKYO)
        self.moment = max(self.moment, morning)

    def tick(self) -> None:
        """Let a minute pass."""
        self.moment += dt.timedelta(minutes=1)


@define(kw_only=True)
class Stage:
    """What a story tells with: each method runs one command, or some that go together.

    Attributes:
        name: Name of the plan's file.
        file: The text in force, or in the making.
    """

    name: str
    store: Store
    domain: Domain
    clock: MovingClock
    season: Season
    file: PlanFile = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Read the plan's file, and take the moving clock."""
        self.file = self.text()
        self.domain = attrs.evolve(self.domain, clock=self.clock)

    @property
    def plan_id(self) -> PlanId:
        """Id of the plan."""
        return self.file.plan.id

    def text(self, changes: Mapping[str, str] | None = None) -> PlanFile:
        """Return the text of the plan, with other words in some passages."""
        return read_sample(
            self.name, self.season.years, self.domain.plan_types, changes
        )

    def is_taken(self) -> bool:
        """Tell whether the store has the plan already."""
        with self.store.read() as unit:
            return unit.current(self.plan_id) is not None

    def save(self, by: Actor) -> None:
        """Save the plan as a new draft."""
        self.clock.tick()
        import_plan(ImportPlan(file=self.file, by=by), self.store, self.domain)

    def step(self, name: str, *by: Actor, why: Mapping[str, str] | None = None) -> None:
        """Take a step, by one office after the other where several must.

        Args:
            name: Key of the step.
            by: Who takes it.
            why: Why warnings of the rules are left as they are, by rule.
        """
        for actor in by:
            self._answering(why or {}, partial(self._step, name, actor))

    def _step(self, name: str, by: Actor, waivers: tuple[Waiver, ...]) -> None:
        self.clock.tick()
        with self.store.read() as unit:
            standing = unit.current(self.plan_id)
        command = TakeStep(
            plan_id=self.plan_id,
            step=name,
            by=by,
            expected_version=standing.version if standing else 0,
            waivers=waivers,
        )
        take_step(command, self.store, self.domain)

    def _answering(
        self, why: Mapping[str, str], act: Callable[[tuple[Waiver, ...]], None]
    ) -> None:
        """Act, and answer the warnings that stand in the way where *why* tells."""
        try:
            act(())
        except UnansweredError as error:
            if any(finding.rule_id not in why for finding in error.findings):
                raise
            act(tuple(_waiver(finding, why) for finding in error.findings))

    def comment(self, id: str, by: Actor, pointer: str, text: str) -> None:
        """Comment on a place of the draft."""
        self.clock.tick()
        comment = Comment(id=PartId(id), edition="d1", pointer=pointer, text=text)
        command = SaveComment(plan_id=self.plan_id, comment=comment, by=by)
        save_comment(command, self.store, self.domain)

    def propose(self, proposal: ProjectProposal) -> None:
        """Let the prefecture of a proposal prepare and propose it."""
        self.clock.tick()
        by = Actor(PREFECTURE, proposal.prefecture)
        command = SaveProposal(plan_id=self.plan_id, proposal=proposal, by=by)
        save_proposal(command, self.store, self.domain)
        self._with_proposal(proposal.id, "propose", by)

    def answer(self, proposal: str, step: str, by: Actor, **told: Any) -> None:
        """Receive a proposal, and adopt or decline it.

        Args:
            proposal: Id of the proposal.
            step: `adopt` or `decline`.
            by: Who answers for the state.
            told: Attributes of the answer.
        """
        self._with_proposal(proposal, "receive", by)
        self._with_proposal(proposal, step, by, ProposalAnswer(**told))

    def _with_proposal(
        self, id: str, step: str, by: Actor, answer: ProposalAnswer | None = None
    ) -> None:
        self.clock.tick()
        command = StepProposal(
            plan_id=self.plan_id,
            proposal_id=id,
            step=step,
            by=by,
            expected_version=self._version(PROPOSAL, id),
            answer=answer,
        )
        step_proposal(command, self.store, self.domain)

    def open(self, half: FiscalHalf, by: Actor) -> None:
        """Open the report on a half."""
        self.clock.tick()
        command = OpenReport(plan_id=self.plan_id, period_id=str(half), by=by)
        open_report(command, self.store, self.domain)

    def fill(self, half: FiscalHalf, by: Actor, told: Mapping[str, Told]) -> None:
        """Fill in one's part of a report, by measure, and be done with it."""
        self.clock.tick()
        command = FillReport(
            plan_id=self.plan_id,
            period_id=str(half),
            rows=tuple(t.row(key, self.file.plan, half) for key, t in told.items()),
            done=True,
            by=by,
            expected_part_version=self._part_version(half, by),
        )
        fill_report(command, self.store, self.domain)

    def submit(self, half: FiscalHalf, by: Actor) -> None:
        """Submit a report."""
        self.clock.tick()
        command = SubmitReport(
            plan_id=self.plan_id,
            period_id=str(half),
            by=by,
            expected_version=self._version(REPORT, str(half)),
        )
        submit_report(command, self.store, self.domain)

    def report(self, half: FiscalHalf, by: Actor, told: Mapping[str, Told]) -> None:
        """Open, fill in and submit a report that has one reporter."""
        self.open(half, by)
        self.fill(half, by, told)
        self.submit(half, by)

    def send_back(self, half: FiscalHalf, by: Actor, reason: str) -> None:
        """Send a report back."""
        self.clock.tick()
        command = SendBackReport(
            plan_id=self.plan_id,
            period_id=str(half),
            reason=reason,
            by=by,
            expected_version=self._version(REPORT, str(half)),
        )
        send_back_report(command, self.store, self.domain)

    def accept(self, half: FiscalHalf, by: Actor) -> None:
        """Accept a report."""
        self.clock.tick()
        command = AcceptReport(
            plan_id=self.plan_id,
            period_id=str(half),
            by=by,
            expected_version=self._version(REPORT, str(half)),
        )
        accept_report(command, self.store, self.domain)

    def open_revision(self, id: str, by: Actor, half: FiscalHalf) -> None:
        """Open a revision that answers the report on a half."""
        self.clock.tick()
        command = OpenRevision(
            plan_id=self.plan_id,
            revision_id=PartId(id),
            by=by,
            report=PartId(str(half)),
        )
        open_revision(command, self.store, self.domain)

    def draft_revision(
        self,
        id: str,
        by: Actor,
        changes: Mapping[str, str],
        *,
        items: tuple[RevisionItem, ...],
        left: Mapping[str, str],
    ) -> None:
        """Save a revised text.

        Args:
            id: Id of the revision.
            by: Who revises.
            changes: Passages of the text, each with what stands there instead.
            items: What changes, and why.
            left: Poor measures that are left as they are, and why.
        """
        self.clock.tick()
        self.file = self.text(changes)
        command = SaveRevision(
            plan_id=self.plan_id,
            revision_id=PartId(id),
            file=self.file,
            by=by,
            expected_version=self._version(REVISION, id),
            items=items,
            left=tuple(
                LeftAsIs(measure=PartId(key), reason=why) for key, why in left.items()
            ),
        )
        save_revision(command, self.store, self.domain)

    def adopt_revision(self, id: str, by: Actor, why: Mapping[str, str]) -> None:
        """Bring the revised text into force; *why* as for `step`."""
        self._answering(why, partial(self._adopt, id, by))

    def _adopt(self, id: str, by: Actor, waivers: tuple[Waiver, ...]) -> None:
        self.clock.tick()
        command = AdoptRevision(
            plan_id=self.plan_id,
            revision_id=PartId(id),
            by=by,
            expected_version=self._version(REVISION, id),
            waivers=waivers,
        )
        adopt_revision(command, self.store, self.domain)

    def correct(self, by: Actor, changes: Mapping[str, str], reason: str) -> None:
        """Correct an error in the edition in force; *changes* as for a revision."""
        self.clock.tick()
        self.file = self.text(changes)
        with self.store.read() as unit:
            standing = unit.current(self.plan_id)
        command = CorrectPlan(
            plan_id=self.plan_id,
            file=self.file,
            reason=reason,
            by=by,
            expected_version=standing.version if standing else 0,
        )
        correct_plan(command, self.store, self.domain)

    def _version(self, kind: CaseKind, id: str) -> int:
        with self.store.read() as unit:
            case = unit.case(self.plan_id, kind, id)
        return case.version if case else 0

    def _part_version(self, half: FiscalHalf, by: Actor) -> int:
        with self.store.read() as unit:
            case = unit.case(self.plan_id, REPORT, str(half))
        parts = case.document.parts if case else ()
        return next((part.version for part in parts if part.reporter == by), 0)


@frozen
class Story:
    """What happens to one plan.

    Attributes:
        name: Name of the plan's file.
        tell: Runs the commands on a stage; gives each day before what happens on it.
    """

    name: str
    tell: Callable[[Stage], Iterator[dt.date]]


def _waiver(finding: Finding, why: Mapping[str, str]) -> Waiver:
    return Waiver(
        rule_id=finding.rule_id,
        pointer=finding.pointer,
        reason=why[finding.rule_id],
    )
