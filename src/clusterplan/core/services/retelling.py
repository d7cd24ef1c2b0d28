"""Tell again what a command told, when the same request is sent once more.

The answer is worked out from what the store knew when the command was done: the very
text, the cases and the day of then, by the rules of now. What cannot be told so is left
out, rather than told of another version.
"""

from __future__ import annotations

import datetime as dt

import attrs
from attrs import frozen

from ..actors import Actor
from ..cases import Case, CaseKind
from ..errors import PlanError
from ..events import Event
from ..findings import Finding, Gate
from ..identifiers import InvestmentId, Key, PartId
from ..lifecycle import Awaiting
from ..readers import LOCAL, Reader
from ..reports import REPORT
from ..revisions import ADOPT, ADOPTED, PRECHECK, REVISION, RevisionCase
from ..standings import PlanStanding
from ..store import ReadUnit, Store
from .cases import CaseDesk
from .comparing import compare_editions, visible_difference
from .correcting import CorrectionDone, correction_id
from .domain import Domain
from .plantexts import PlanDesk, stored_text
from .report_commands import ReportDone
from .report_judging import affected_by, looked_at, seen_by
from .revised_texts import draft_of, findings_on, rules_of, signatures_of
from .revision_commands import RevisionDone
from .stepping import StepDone, checked_at

_MOMENT = dt.timedelta(microseconds=1)
_JUDGED = {
    Key("report_filled"): False,
    Key("report_submit_taken"): True,
    Key("report_corrected"): True,
}
"""Changes of reports that tell what the rules say, and whether errors block them."""


@frozen(kw_only=True)
class Retelling:
    """What was done once, looked at again.

    Attributes:
        event: What was written down: that of the case, where it is about a case.
        office: Who did it.
        domain: The rules of the game, now.
    """

    event: Event
    office: Actor
    store: Store
    domain: Domain

    def step(self, step: str) -> StepDone | None:
        """Return what a step told: findings at its gate, and who has signed."""
        with self.store.read() as unit:
            after = self._desk(unit)
            if after is None:
                return None
            standing = after.standing
            lifecycle = after.domain.plan_type(standing.plan_type).lifecycle
            gate = next(s.gate for s in lifecycle.steps if s.key == step)
            stood = unit.standings([standing.plan_id], after.domain.view(LOCAL))
            earlier = stood.get(standing.plan_id, ())[:-1]
            if earlier and standing.awaiting is None:
                after = attrs.evolve(after, standing=earlier[-1])
            report = checked_at(after, gate) if gate else None
        return StepDone(
            standing=standing,
            event=self.event,
            findings=report.findings if report else (),
            unchecked=report.unchecked if report else (),
            awaiting=lifecycle.missing(standing.awaiting),
            signed=standing.awaiting.by if standing.awaiting else (),
        )

    def edit(self, told: InvestmentId | None = None) -> tuple[Finding, ...]:
        """Return what the rules said at gate `save` of the text that an edit left.

        Args:
            told: The investment that the edit told, which the office knows, therefore.
        """
        with self.store.read() as unit:
            desk = self._desk(unit)
            if desk is None:
                return ()
            shown = desk.visible(desk.text.investments)
            if told is not None and told in desk.text.investments:
                shown[told] = desk.text.investments[told]
            edition = desk.standing.edition
            report = desk.domain.check(desk.plan, shown, Gate.SAVE, edition=edition)
            return report.findings

    def correction(self) -> CorrectionDone | None:
        """Return what a correction told; the event is that of the plan."""
        with self.store.read() as unit:
            desk = self._desk(unit)
            case = self._correction(desk) if desk else None
            if desk is None or case is None:
                return None
            told, today = desk.visible(desk.text.investments), desk.domain.today()
            report = desk.domain.check(desk.plan, told, Gate.PUBLISH, today=today)
        return CorrectionDone(
            standing=desk.standing,
            difference=compare_editions(
                desk.plan.id,
                (case.document.base, desk.standing.edition),
                Reader(actor=self.office),
                self.store,
                desk.domain,
            ),
            report=report,
        )

    def revision(self, revision_id: str, step: Key | None) -> RevisionDone | None:
        """Return what a change of a revision told.

        Args:
            revision_id: The revision.
            step: What was done with its text: saved, pre-checked or adopted; nothing
                for what does not tell of the text.
        """
        with self.store.read() as unit:
            case = self._case(REVISION, revision_id, unit)
            if case is None:
                return None
            done = RevisionDone(case=case, event=self.event)
            desk = self._desk_at(case.document.base, unit)
            if step is None or desk is None:
                return done
            try:
                text = draft_of(desk, case.document)
            except PlanError:
                return done
            report = findings_on(desk, text, _unsigned(case.document))
            told = {PRECHECK: None, ADOPT: report}.get(step, report.so_far)
            awaiting = _awaiting(step, desk, case)
            return attrs.evolve(
                done,
                difference=visible_difference(desk, text, Reader(actor=self.office)),
                report=told,
                awaiting=rules_of(desk).lifecycle.missing(awaiting),
                signed=awaiting.by if awaiting else (),
            )

    def report(self, period_id: str) -> ReportDone | None:
        """Return what a change of a report told, where it tells of the rules."""
        if self.event.kind not in _JUDGED:
            return None
        with self.store.read() as unit:
            case = self._case(REPORT, period_id, unit)
            plan = unit.plan(self.event.aggregate_id, self._then.view(LOCAL))
            if case is None or plan is None:
                return None
            desk = CaseDesk(
                kind=REPORT,
                unit=unit,
                domain=self._then,
                plan=plan.standing,
                case_id=case.id,
                case=case,
            )
            _, checked = looked_at(desk, case.document)
            blocking = _JUDGED[self.event.kind]
            return ReportDone(
                case=case,
                event=self.event,
                checked=seen_by(
                    self.office, desk, case, checked if blocking else checked.so_far
                ),
                affected=self._affected(desk, case) if blocking else (),
            )

    @property
    def _then(self) -> Domain:
        """The rules at the time of the event, looking back from then."""
        at = self.event.recorded_at
        return attrs.evolve(self.domain, clock=lambda: at, known_at=at)

    def _desk(self, unit: ReadUnit) -> PlanDesk | None:
        """Open the plan as the event left it, where that can still be told."""
        found = unit.plan(self.event.aggregate_id, self._then.view(LOCAL))
        if found is None or found.standing.version != self.event.version:
            return None
        return self._opened(found.standing, unit)

    def _desk_at(self, edition: str, unit: ReadUnit) -> PlanDesk | None:
        """Open the plan at an edition, as it was known."""
        view = self._then.view(LOCAL)
        found = unit.plan(self.event.aggregate_id, view, edition=edition)
        return self._opened(found.standing, unit) if found else None

    def _opened(self, standing: PlanStanding, unit: ReadUnit) -> PlanDesk:
        text = stored_text(standing, unit, self.domain)
        return PlanDesk(
            unit=unit, domain=self._then, by=self.office, standing=standing, text=text
        )

    def _case(self, kind: CaseKind, case_id: str, unit: ReadUnit) -> Case | None:
        """Return a case as the event left it, where that can still be told."""
        plan_id, view = self.event.aggregate_id, self._then.view(LOCAL)
        found = unit.cases([plan_id], kind, view).get(plan_id, ())
        version = self.event.version
        return next((c for c in found if (c.id, c.version) == (case_id, version)), None)

    @staticmethod
    def _correction(desk: PlanDesk) -> Case | None:
        """Return the correction that made the edition of an opened plan."""
        id_ = correction_id(desk.standing.edition)
        return desk.unit.case(desk.plan.id, REVISION, id_)

    def _affected(self, desk: CaseDesk, case: Case) -> tuple[PartId, ...]:
        """Return the later reports that a report made look different then."""
        if self.event.kind == "report_submit_taken":
            return affected_by(desk, case.document)
        before = self._then.view(LOCAL, known_at=self.event.recorded_at - _MOMENT)
        found = desk.unit.cases([case.plan_id], REPORT, before).get(case.plan_id, ())
        was = next((c for c in found if c.id == case.id), None)
        if was is None or was.version != case.version - 1:
            return ()
        return affected_by(desk, case.document, before=was.document)


def part_version(plan_id: str, key: str, store: Store) -> int | None:
    """Return the version that a part or an investment of a plan has now, by its key."""
    sort, _, id_ = key.partition("/")
    with store.read() as unit:
        if sort != "investment":
            return unit.part_versions(plan_id).get(key)
        head, standing = unit.investment_head(id_), unit.current(plan_id)
        counted = standing is not None and id_ in standing.pins
        return head.version if head and counted else None


def _unsigned(revision: RevisionCase) -> RevisionCase:
    """Return a revision as the rules saw it, before it was signed and adopted."""
    return attrs.evolve(revision, signed=(), edition=None, retired=())


def _awaiting(step: Key, desk: PlanDesk, case: Case) -> Awaiting | None:
    """Return the first half of a joint act, where others had yet to sign."""
    taken = next(s for s in rules_of(desk).lifecycle.steps if s.key == step)
    if not taken.joint or case.state == ADOPTED:
        return None
    awaiting = signatures_of(case.document, step)
    done = awaiting and {actor.kind for actor in awaiting.by} == set(taken.actors)
    return None if done else awaiting
