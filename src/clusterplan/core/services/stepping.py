"""Take a step in the lifecycle of a plan: hand in, send back, check, publish, end."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, cast

from attrs import field, frozen

from ..actors import Actor
from ..comments import COMMENT, OPEN, Comment
from ..due_dates import reporting_periods
from ..events import Event
from ..findings import CheckReport, Finding, Gate, Unchecked
from ..history import HistoryEntry
from ..identifiers import Key, PartId
from ..inputs import normalised
from ..lifecycle import Act, Lifecycle, Need, Standing, Step
from ..plans import Plan
from ..proposals import PROPOSAL
from ..readers import LOCAL
from ..reports import ACCEPTED, REPORT, in_order
from ..standings import PlanChange, PlanStanding, StateEntry, advance
from ..store import Store, WriteUnit
from .answers import (
    StepComment,
    Waiver,
    refuse_empty,
    refuse_idle,
    refuse_unanswered,
)
from .cases import CaseDesk, opened
from .commenting import refuse_lost
from .domain import Domain
from .plantexts import Entry, PlanDesk, write_plan

_ANSWERED_GATES = (Gate.SUBMIT, Gate.PUBLISH)
_PANEL = Key("panel")


@frozen(kw_only=True)
class TakeStep:
    """Take a step with a plan.

    Attributes:
        expected_version: Version of the plan that the step is based on.
        reason: Why; needed by some steps.
        comments: Kept as open comments on the edition that the step is taken on.
        waivers: Answers to the warnings at the gate of the step.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    step: str
    by: Actor
    expected_version: int
    reason: str | None = None
    comments: tuple[StepComment, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    dry_run: bool = False


@frozen(kw_only=True)
class StepDone:
    """What a step did.

    Attributes:
        standing: Where the plan stands after it.
        event: What was written to the log; nothing where nothing changed.
        findings: What the rules say at the gate of the step.
        unchecked: Rules at the gate that gave no answer.
        awaiting: Kinds of actor that have yet to sign a joint act.
        signed: Offices that signed a joint act which is not done yet.
    """

    standing: PlanStanding
    event: Event | None
    findings: tuple[Finding, ...] = ()
    unchecked: tuple[Unchecked, ...] = ()
    awaiting: tuple[Key, ...] = ()
    signed: tuple[Actor, ...] = ()
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store is, or would be, different from before."""
        return self.event is not None or self.dry_run


def take_step(command: TakeStep, store: Store, domain: Domain) -> StepDone:
    """Take a step with a plan.

    The first half of a joint act leaves the plan in its state, awaiting the others;
    signing the same half again changes nothing. A plan is public from the day on which
    it comes into a public state.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        StalePlanError: The plan is not at the version that the step is based on.
        PlanError: The lifecycle does not allow the step: another state, another actor
            or body, something that it needs is missing, another joint act is awaited,
            the text is not the one that was approved, or a rule finds an error.
        UnansweredError: A warning at the gate is not answered by a waiver.
        InputError: A comment or a waiver says nothing, or answers nothing.
        UnknownPlanTypeError: The plugin of the plan's type is not loaded.
    """
    command = normalised(command)
    refuse_empty(command.comments, command.waivers)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = PlanDesk.open(command.plan_id, command.by, unit, domain)
        desk.refuse_stale(command.expected_version)
        refuse_lost(command.comments, desk.plan)
        taking = _Taking.of(command, desk)
        before, after = taking.before, taking.after()
        if after == before and not command.comments:
            return taking.done(desk.standing)
        change = taking.change(after)
        forward = advance(desk.standing, change)
        if command.dry_run:
            return taking.done(forward.added[-1], dry_run=True)
        comments = taking.comments()
        entry = Entry(
            event=Key("plan_signed" if after.awaiting else "plan_step_taken"),
            by=command.by,
            act=taking.told(comments),
        )
        writing = cast("WriteUnit", unit)
        event = write_plan(writing, desk.text, change, forward, entry, domain)
        for comment in comments:
            taking.keep(comment)
    return taking.done(forward.added[-1], event=event)


@frozen(kw_only=True)
class _Taking:
    """A step that is being taken with an opened plan."""

    command: TakeStep
    desk: PlanDesk
    lifecycle: Lifecycle
    step: Step | None
    report: CheckReport | None = field(repr=False)

    @classmethod
    def of(cls, command: TakeStep, desk: PlanDesk) -> _Taking:
        lifecycle = desk.domain.plan_type(desk.standing.plan_type).lifecycle
        possible = lifecycle.steps_from(desk.standing.state)
        step = next((s for s in possible if s.key == command.step), None)
        gate = step.gate if step else None
        return cls(
            command=command,
            desk=desk,
            lifecycle=lifecycle,
            step=step,
            report=checked_at(desk, gate) if gate else None,
        )

    @property
    def before(self) -> Standing:
        return self.desk.standing.in_lifecycle

    @property
    def findings(self) -> tuple[Finding, ...]:
        return self.report.findings if self.report else ()

    @property
    def unchecked(self) -> tuple[Unchecked, ...]:
        return self.report.unchecked if self.report else ()

    def after(self) -> Standing:
        plan, command = self.desk.plan, self.command
        act = Act(
            step=Key(command.step),
            by=command.by,
            lead=plan.lead,
            joining=plan.joining,
            digest=self.desk.standing.content,
            provided=self._provided(),
            findings=self.findings,
        )
        after = self.lifecycle.take(self.before, act)
        refuse_idle(command.waivers, self.findings)
        required = self.desk.domain.settings.waivers_required
        if required and self.step and self.step.gate in _ANSWERED_GATES:
            refuse_unanswered(command.waivers, self.findings)
        return after

    def change(self, after: Standing) -> PlanChange:
        standing, today = self.desk.standing, self.desk.domain.today()
        entry = HistoryEntry(state=after.state, on=today)
        arrived = after.awaiting is None
        return PlanChange(
            plan_id=standing.plan_id,
            plan_type=standing.plan_type,
            version=standing.version + 1,
            edition=after.edition,
            digest=standing.digest,
            content=standing.content,
            pins=standing.pins,
            entries=(StateEntry.of(entry, self.lifecycle),) if arrived else (),
            source=None,
            on=today,
            at=self.desk.domain.clock(),
            checked=after.checked_digest,
            awaiting=after.awaiting,
        )

    def comments(self) -> list[Comment]:
        """Return the comments of the command, each with an id that nobody has used."""
        unit, standing = self.desk.unit, self.desk.standing
        found: list[Comment] = []
        number = 0
        for told in self.command.comments:
            number += 1
            while unit.case(standing.plan_id, COMMENT, f"C-{number}") is not None:
                number += 1
            found.append(
                Comment(
                    id=PartId(f"C-{number}"),
                    edition=standing.edition,
                    pointer=told.pointer,
                    text=told.text,
                )
            )
        return found

    def keep(self, comment: Comment) -> None:
        """Keep a comment beside the plan."""
        CaseDesk(
            kind=COMMENT,
            unit=self.desk.unit,
            domain=self.desk.domain,
            plan=self.desk.standing,
            case_id=comment.id,
            case=None,
        ).put(
            comment,
            state=OPEN,
            owner=self.command.by,
            by=self.command.by,
            event="saved",
            dry_run=False,
        )

    def told(self, comments: Collection[Comment]) -> dict[str, Any]:
        """Return what the log keeps of the act itself."""
        return {
            "step": self.command.step,
            "reason": self.command.reason,
            "comments": [
                {"id": c.id, "pointer": c.pointer, "text": c.text} for c in comments
            ],
            "findings": [
                {
                    "rule_id": f.rule_id,
                    "rule_version": f.rule_version,
                    "severity": f.effective_severity.value,
                    "pointer": f.pointer,
                }
                for f in self.findings
            ],
            "unchecked": [u.rule_id for u in self.unchecked],
            "waivers": [
                {"rule_id": w.rule_id, "pointer": w.pointer, "reason": w.reason}
                for w in self.command.waivers
            ],
        }

    def done(
        self,
        standing: PlanStanding,
        *,
        event: Event | None = None,
        dry_run: bool = False,
    ) -> StepDone:
        return StepDone(
            standing=standing,
            event=event,
            findings=self.findings,
            unchecked=self.unchecked,
            awaiting=self.lifecycle.missing(standing.awaiting),
            signed=standing.awaiting.by if standing.awaiting else (),
            dry_run=dry_run,
        )

    def _provided(self) -> tuple[Need, ...]:
        has_reason = bool((self.command.reason or "").strip())
        provided = {
            Need.REASON: lambda: has_reason,
            Need.VOTES: lambda: has_reason,
            Need.COMMENTS: lambda: bool(self.command.comments) or self._commented(),
            Need.PANEL: lambda: _has_met_panel(self.desk.plan),
            Need.FINAL_REPORT: lambda: _has_final_report(self.desk),
        }
        needs = self.step.needs if self.step else ()
        return tuple(need for need in needs if provided[need]())

    def _commented(self) -> bool:
        """Tell whether a body that may take the step has commented this round."""
        plan_id, edition = self.desk.standing.plan_id, self.desk.standing.edition
        found = self.desk.unit.cases([plan_id], COMMENT, self.desk.domain.view(LOCAL))
        actors = self.step.actors if self.step else ()
        return any(
            case.state == OPEN
            and case.document.edition == edition
            and case.owner.kind in actors
            for case in found.get(plan_id, ())
        )


def checked_at(desk: PlanDesk, gate: Gate) -> CheckReport:
    """Return what the rules say of an opened plan at a gate of its lifecycle."""
    domain, standing = desk.domain, desk.standing
    view = domain.view(LOCAL)
    proposals = desk.unit.cases([standing.plan_id], PROPOSAL, view)
    reports = desk.unit.cases([standing.plan_id], REPORT, view)
    return domain.check(
        desk.plan,
        desk.visible(desk.text.investments),
        gate,
        edition=standing.edition,
        today=domain.today(),
        proposals=proposals.get(standing.plan_id, ()),
        reports=tuple(
            case.document for case in in_order(reports.get(standing.plan_id, ()))
        ),
        public_on=standing.published_on,
    )


def _has_met_panel(plan: Plan) -> bool:
    return any(
        venue.kind == _PANEL
        and venue.members
        and any(meeting.date for meeting in venue.meetings)
        for venue in plan.venues
    )


def _has_final_report(desk: PlanDesk) -> bool:
    """Tell whether the last period is reported, as the plan has its period now."""
    standing, period = desk.standing, desk.plan.period
    found = desk.unit.cases([standing.plan_id], REPORT, desk.domain.view(LOCAL))
    reports = [
        case.document
        for case in found.get(standing.plan_id, ())
        if case.state == ACCEPTED
    ]
    if standing.published_on is None or period is None or period.end is None:
        return any(report.is_final for report in reports)
    cycle = desk.domain.plan_type(standing.plan_type).reporting_cycle
    *_, last = reporting_periods(standing.published_on, period.end, cycle)
    return any(report.period_end >= last.end for report in reports)
