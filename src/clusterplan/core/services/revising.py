"""Revise plans in force: on a report or another occasion, as edition n+1.0."""

from __future__ import annotations

from typing import cast

import attrs
from attrs import frozen

from ..cases import Case
from ..differences import PlanDifference
from ..findings import CheckReport
from ..identifiers import Key
from ..inputs import normalised
from ..lifecycle import Need, NewEdition, Standing, next_edition
from ..readers import Reader
from ..revisions import (
    ADOPT,
    ADOPTED,
    DROP,
    IN_FORCE,
    OPEN,
    PRECHECK,
    REVISION,
    REVISION_OPEN,
    SAVE,
    RevisionCase,
    RevisionRules,
)
from ..store import ReadUnit, Store, WriteUnit
from .answers import refuse_empty, refuse_idle, refuse_unanswered
from .cases import CaseDesk, opened
from .comparing import visible_difference
from .domain import Domain
from .plantexts import Entry, PlanDesk, PlanText, new_text
from .refused_revisions import (
    NOTHING_REVISED,
    RevisionRefusedError,
    refuse_another,
    refuse_not_in_force,
    refuse_reserved,
    refuse_reused_ids,
    refuse_stale_base,
    refuse_unfit,
    refuse_without_occasion,
)
from .revised_texts import (
    at_one_moment,
    difference,
    draft_of,
    findings_on,
    keep_draft,
    refuse_withheld,
    retired_before,
    retired_by,
    rules_of,
    take,
    told_with,
    with_draft,
    with_hidden,
    with_signature,
    write_edition,
)
from .revision_commands import (
    AdoptRevision,
    DropRevision,
    OpenRevision,
    PrecheckRevision,
    RevisionDone,
    SaveRevision,
)

__all__ = [
    "AdoptRevision",
    "DropRevision",
    "OpenRevision",
    "PrecheckRevision",
    "RevisionDone",
    "SaveRevision",
    "adopt_revision",
    "drop_revision",
    "open_revision",
    "precheck_revision",
    "save_revision",
]


def open_revision(command: OpenRevision, store: Store, domain: Domain) -> RevisionDone:
    """Open a revision of the edition in force.

    Reports go on while it is open. The same again changes nothing.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        RevisionRefusedError: The plan is not in force, another revision is open, or
            neither a report that went in nor another occasion is named.
        WrongActorError: Another kind of actor revises plans of this type.
        NotTheLeadError: Another body leads the plan.
        StaleCaseError: There is another revision of this id.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        plan = PlanDesk.open(command.plan_id, command.by, unit, domain)
        refuse_not_in_force(plan.standing)
        take(plan, rules_of(plan).beginning, IN_FORCE, (OPEN, command.by))
        refuse_reserved(command.revision_id)
        desk = CaseDesk.open(
            REVISION, command.plan_id, command.revision_id, unit, domain, by=command.by
        )
        refuse_without_occasion(desk, command.report, command.occasion)
        told = RevisionCase(
            id=command.revision_id,
            base=plan.standing.edition,
            report=command.report,
            occasion=command.occasion,
        )
        if desk.case is None or desk.case.document != told:
            desk.refuse_stale(None)
            refuse_another(desk)
        state = desk.case.state if desk.case else REVISION_OPEN
        return _put(desk, told, state, command, "opened")


def save_revision(command: SaveRevision, store: Store, domain: Domain) -> RevisionDone:
    """Keep a revised text with what it changes, and why, and tell what the rules say.

    Signatures of something else lapse. The same again changes nothing. No finding
    hinders it yet: at adoption, errors do.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        UnknownCaseError: There is no such revision.
        StaleCaseError: It is not at the version that the change is based on.
        RevisionRefusedError: The edition in force is another one than the base, the
            text is of another plan, or an id is used again for something else.
        LeadChangedError: The text names another lead body.
        InputError: The text does not hold together.
        PlanError: The revision is not open, or is the work of others.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        work = _Work.open(command, unit, domain)
        plan, revision = work.plan, work.revision
        work.take(SAVE)
        base = command.base or revision.base
        refuse_stale_base(plan.standing, base)
        refuse_unfit(plan, command.file, command.items)
        refuse_withheld(command.file, plan, revision)
        file = with_hidden(command.file, plan, revision)
        hidden = file.defined().keys() - command.file.defined().keys()
        text = new_text(file, unit, domain, command.by, kept=hidden)
        refuse_reused_ids(plan.plan, text.plan, retired_before(plan))
        told = attrs.evolve(revision, base=base, items=command.items, left=command.left)
        told = with_draft(revision, told, file, text)
        if not command.dry_run:
            keep_draft(cast("WriteUnit", unit), file, text, domain)
        checked = findings_on(plan, text, told).so_far
        done = work.put(told, REVISION_OPEN, "saved")
    return attrs.evolve(done, difference=_shown(plan, text, command), report=checked)


def precheck_revision(
    command: PrecheckRevision, store: Store, domain: Domain
) -> RevisionDone:
    """Tell that the state finds a revised text in order, where it pre-checks them.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        UnknownCaseError: There is no such revision.
        StaleCaseError: It is not at the version that the change is based on.
        RevisionRefusedError: There is no revised text, or its base is not in force.
        PlanError: Plans of this type are not pre-checked, or not by *by*.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        work = _Work.open(command, unit, domain)
        plan, revision = work.plan, work.revision
        after = work.take(PRECHECK)
        refuse_stale_base(plan.standing, revision.base)
        text = draft_of(plan, revision)
        by = with_signature(revision.prechecked, command.by)
        told = attrs.evolve(revision, prechecked=by)
        done = work.put(told, REVISION_OPEN, "prechecked")
    return attrs.evolve(
        done,
        difference=_shown(plan, text, command),
        awaiting=work.rules.lifecycle.missing(after.awaiting),
        signed=after.awaiting.by if after.awaiting else (),
    )


def adopt_revision(
    command: AdoptRevision, store: Store, domain: Domain
) -> RevisionDone:
    """Bring the revised text into force, or sign it where others must sign as well.

    With the last signature the plan has edition n+1.0, public from today.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        UnknownCaseError: There is no such revision.
        StaleCaseError: It is not at the version that the change is based on.
        RevisionRefusedError: The plan is not in force any more, there is no revised
            text, it says nothing new, or its base is not the edition in force.
        UncheckedTextError: The state has not pre-checked this very text, where it does.
        GateClosedError: A rule finds an error.
        UnansweredError: A warning has no waiver with a reason.
        InputError: A waiver says nothing, or answers nothing.
        PlanError: The revision is not open, or *by* is not who adopts it.
    """
    command = normalised(command)
    refuse_empty((), command.waivers)
    domain = at_one_moment(domain)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        work = _Work.open(command, unit, domain)
        work.take(ADOPT)
        text = work.draft()
        report = findings_on(work.plan, text, work.revision)
        after = work.take(ADOPT, report=report)
        refuse_idle(command.waivers, report.findings)
        if domain.settings.waivers_required:
            refuse_unanswered(command.waivers, report.findings)
        done = work.adopt(command, text, after, report)
    return attrs.evolve(
        done,
        difference=_shown(work.plan, text, command),
        report=report,
        awaiting=work.rules.lifecycle.missing(after.awaiting),
        signed=after.awaiting.by if after.awaiting else (),
    )


def drop_revision(command: DropRevision, store: Store, domain: Domain) -> RevisionDone:
    """Give a revision up; the edition in force stays.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        UnknownCaseError: There is no such revision.
        StaleCaseError: It is not at the version that the change is based on.
        MissingNeedError: No reason is given.
        PlanError: The revision is not open, or is the work of others.
    """
    command = normalised(command)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        work = _Work.open(command, unit, domain)
        given = bool(command.reason.strip())
        after = work.take(DROP, provided=(Need.REASON,) if given else ())
        told = attrs.evolve(work.revision, dropped_reason=command.reason)
        return work.put(told, after.state, "dropped")


_Command = SaveRevision | PrecheckRevision | AdoptRevision | DropRevision


@frozen(kw_only=True)
class _Work:
    """An open revision that a command works on, with its plan."""

    command: _Command
    plan: PlanDesk
    desk: CaseDesk
    case: Case

    @classmethod
    def open(cls, command: _Command, unit: ReadUnit, domain: Domain) -> _Work:
        plan_id = command.plan_id
        plan = PlanDesk.open(plan_id, command.by, unit, domain)
        desk = CaseDesk.open(
            REVISION, plan_id, command.revision_id, unit, domain, by=command.by
        )
        case = desk.known(command.expected_version)
        return cls(command=command, plan=plan, desk=desk, case=case)

    @property
    def revision(self) -> RevisionCase:
        revision: RevisionCase = self.case.document
        return revision

    @property
    def rules(self) -> RevisionRules:
        return rules_of(self.plan)

    def take(
        self,
        step: Key,
        *,
        provided: tuple[Need, ...] = (),
        report: CheckReport | None = None,
    ) -> Standing:
        """Return where the revision stands after a step, or refuse it."""
        return take(
            self.plan,
            self.rules.lifecycle,
            self.case.state,
            (step, self.command.by),
            revision=self.revision,
            provided=provided,
            findings=report.findings if report else (),
        )

    def draft(self) -> PlanText:
        """Return the revised text, if it can come into force."""
        refuse_not_in_force(self.plan.standing)
        refuse_stale_base(self.plan.standing, self.revision.base)
        text = draft_of(self.plan, self.revision)
        if text.content == self.plan.text.content:
            raise RevisionRefusedError(NOTHING_REVISED)
        return text

    def adopt(
        self,
        command: AdoptRevision,
        text: PlanText,
        after: Standing,
        report: CheckReport,
    ) -> RevisionDone:
        """Write the signature of *by*, and the edition where it is the last one."""
        signed = with_signature(self.revision.signed, command.by)
        told = attrs.evolve(self.revision, signed=signed)
        if after.state != ADOPTED:
            return self.put(told, after.state, "signed")
        edition = next_edition(self.plan.standing.edition, NewEdition.PUBLIC)
        act = {"revision": told.id, **told_with(report, command.waivers)}
        standing = write_edition(
            self.plan,
            text,
            edition,
            Entry(event=Key("plan_revised"), by=command.by, act=act),
            dry_run=command.dry_run,
        )
        retired = retired_by(difference(self.plan, text))
        told = attrs.evolve(told, edition=edition, retired=retired)
        done = self.put(told, after.state, "adopted")
        return attrs.evolve(done, standing=standing)

    def put(self, told: RevisionCase, state: Key, event: str) -> RevisionDone:
        """Write the next version of the revision."""
        return _put(self.desk, told, state, self.command, event)


def _shown(plan: PlanDesk, text: PlanText, command: _Command) -> PlanDifference:
    """Return what a text changes, as who asks may see it."""
    return visible_difference(plan, text, Reader(actor=command.by))


def _put(
    desk: CaseDesk,
    told: RevisionCase,
    state: Key,
    command: OpenRevision | _Command,
    event: str,
) -> RevisionDone:
    done = desk.put(
        told,
        state=state,
        owner=desk.case.owner if desk.case else command.by,
        by=command.by,
        event=event,
        dry_run=command.dry_run,
    )
    return RevisionDone(case=done.case, event=done.event, dry_run=done.dry_run)
