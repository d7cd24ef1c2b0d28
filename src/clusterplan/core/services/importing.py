"""Import and save plans: a whole plan file becomes a draft, or a past is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import cast

import attrs
from attrs import frozen

from ..actors import OPERATOR, Actor
from ..documents.codec import plan_data
from ..documents.integrity import integrity_problems
from ..documents.loader import record_problems
from ..errors import ErrorCode, InputError, PlanError, Problem
from ..events import Event
from ..files import PlanFile
from ..findings import CheckReport, Gate
from ..history import HistoryEntry, Record
from ..identifiers import Key
from ..inputs import normalised
from ..lifecycle import Lifecycle
from ..parts import PartChanges
from ..plantypes import PlanType
from ..readers import LOCAL
from ..standings import PlanChange, PlanStanding, StateEntry, advance, collapse
from ..store import ReadUnit, StalePlanError, Store, WriteUnit
from .cases import opened
from .domain import Domain
from .permits import (
    PublicTextError,
    UnknownPlanError,
    is_lead,
    refuse_closed,
    refuse_foreign,
)
from .plantexts import Entry, PlanDesk, PlanText, new_text, write_plan


@frozen(kw_only=True)
class ImportPlan:
    """Save a plan file, as a new plan or as the next text of a draft.

    Attributes:
        by: Who does it: an operator or, for a file without a `record`, a leading body.
        expected_version: Version that the change is based on; nothing for a new plan.
        dry_run: Whether to tell what would happen and change nothing.
    """

    file: PlanFile
    by: Actor
    expected_version: int | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class ImportDone:
    """What an import did.

    Attributes:
        event: What was written to the log; nothing where the text was there already.
        report: What the rules say of the plan at gate `save`.
    """

    standing: PlanStanding
    event: Event | None
    report: CheckReport
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store is, or would be, different from before."""
        return self.event is not None or self.dry_run


class RecordRefusedError(PlanError):
    """Only an operator may import what happened to a plan before (ACT-01)."""

    def __init__(self, by: Actor) -> None:
        self.by = by
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="RECORD_NEEDS_OPERATOR",
                message_ja="経過（record）のある計画ファイルは管理者だけが取り込めます",
                message_en="a plan file with a record is imported by an operator only",
                path=("record",),
                rule_id="ACT-01",
            )
        )


class PlanTypeChangedError(PlanError):
    """A plan keeps its type, since its states belong to the type."""

    def __init__(self, standing: PlanStanding, kind: PlanType) -> None:
        self.standing = standing
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="PLAN_TYPE_CHANGED",
                message_ja=f"計画「{standing.plan_id}」の計画類型は"
                f"「{kind.title}」で、変えられません。別のIDで登録してください",
                message_en=f"plan {standing.plan_id!r} is a {kind.title_en.lower()} "
                "and stays so; use another id",
                path=("plan_type",),
                hint=standing.plan_type,
                current_version=standing.version,
            )
        )


class KnownPlanError(PlanError):
    """A past is recorded for a plan that the store does not know yet.

    A past that is stored already is no fault; another one is.
    """

    def __init__(self, standing: PlanStanding) -> None:
        self.standing = standing
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="PLAN_EXISTS",
                message_ja=f"計画「{standing.plan_id}」は既にあるため、"
                "経過（record）のあるファイルは取り込めません",
                message_en=f"plan {standing.plan_id!r} exists; a file with a record is "
                "imported for a new plan only",
                path=("record",),
                current_version=standing.version,
            )
        )


class TakenPlanIdError(PlanError):
    """The id of a new plan is that of one which the actor may not know of."""

    def __init__(self, plan_id: str) -> None:
        self.plan_id = plan_id
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="ID_TAKEN",
                message_ja=f"計画のID「{plan_id}」は既に使われています。"
                "別のIDを付けてください",
                message_en=f"the id {plan_id!r} is taken by another plan; use another "
                "one",
                path=("id",),
            )
        )


def import_plan(command: ImportPlan, store: Store, domain: Domain) -> ImportDone:
    """Save a plan file.

    The same text again, with the past that is stored or none, changes nothing and
    writes no event.

    Raises:
        StalePlanError: The plan is not at the version that the change is based on.
        UnknownPlanError: The plan that it is based on is none that *by* may know of.
        TakenPlanIdError: A new plan has the id of one that *by* may not know of.
        ForeignPlanError: *by* is no operator and does not lead the plan.
        LeadChangedError: *by* is no operator, and the text names another lead body.
        PublicTextError: The stored edition is public.
        TextFrozenError: The stored text is handed in, or the plan has ended.
        KnownPlanError: The file has a past, and the plan is stored with another one.
        PlanTypeChangedError: The stored plan is of another type.
        RecordRefusedError: The file has a past, and *by* is no operator.
        InputError: The file does not hold together, *by* names a body as the lead that
            leads no plans of the type, or refers to an investment that is
            not stored, or defines a stored one differently.
        UnknownPlanTypeError: The plugin of its type is not loaded.
    """
    command = normalised(command)
    _refuse_unfit(command, domain)
    plan = command.file.plan
    report = domain.check_file(command.file, Gate.SAVE)
    with opened(store, plan.id, dry_run=command.dry_run) as unit:
        desk = _desk(command, unit, domain)
        current, before = (desk.standing, desk.plan) if desk else (None, None)
        if before is None:
            _refuse_unknown_lead(command, domain)
        refuse_foreign(command.by, plan, before)
        text = new_text(command.file, unit, domain, command.by)
        if current is not None and current.content == text.content:
            _refuse_another_past(command, text, current, unit, domain)
            return ImportDone(standing=current, event=None, report=report)
        _refuse_conflict(command, current, domain)
        change = _change(command, text, current, domain)
        forward = advance(current, change)
        event = None
        if not command.dry_run:
            imported = command.file.record is not None
            entry = Entry(
                event=Key("plan_imported" if imported else "plan_saved"),
                by=command.by,
                parts=PartChanges.of(before, plan),
            )
            writing = cast("WriteUnit", unit)
            event = write_plan(writing, text, change, forward, entry, domain)
    return ImportDone(
        standing=forward.added[-1], event=event, report=report, dry_run=command.dry_run
    )


def _desk(command: ImportPlan, unit: ReadUnit, domain: Domain) -> PlanDesk | None:
    """Open the stored plan; nothing for a new one.

    An id that is taken is not told of to who could not have begun the plan anyway, nor
    to who names a version of a plan that they may not know of.
    """
    plan, by = command.file.plan, command.by
    begins = by.kind == OPERATOR or is_lead(by, plan)
    if unit.current(plan.id) is None:
        if command.expected_version is not None and not begins:
            raise UnknownPlanError(plan.id)
        return None
    try:
        return PlanDesk.open(plan.id, by, unit, domain)
    except UnknownPlanError:
        if command.expected_version is not None:
            raise
        if begins:
            raise TakenPlanIdError(plan.id) from None
        return None


def _change(
    command: ImportPlan, text: PlanText, current: PlanStanding | None, domain: Domain
) -> PlanChange:
    file, today = command.file, domain.today()
    lifecycle = domain.plan_type(file.plan.plan_type).lifecycle
    entries: tuple[HistoryEntry, ...] = ()
    edition = current.edition if current else "d1"
    if file.record is not None:
        entries, edition = file.record.history, file.record.edition
    elif current is None:
        entries = (HistoryEntry(state=lifecycle.initial.key, on=today),)
    return PlanChange(
        plan_id=file.plan.id,
        plan_type=file.plan.plan_type,
        version=current.version + 1 if current else 1,
        edition=edition,
        digest=text.digest,
        content=text.content,
        pins=text.pins,
        entries=tuple(StateEntry.of(entry, lifecycle) for entry in entries),
        source=file.record.source if file.record else None,
        on=today,
        at=domain.clock(),
    )


def _refuse_unfit(command: ImportPlan, domain: Domain) -> None:
    file = command.file
    kind = domain.plan_type(file.plan.plan_type)
    data = plan_data(file.plan) | {"investments": []}
    problems = list(integrity_problems(data))
    if file.record is not None:
        if command.by.kind != OPERATOR:
            raise RecordRefusedError(command.by)
        problems += _record_problems(file.record, kind.lifecycle, domain.today())
    if problems:
        raise InputError(*problems)


def _refuse_unknown_lead(command: ImportPlan, domain: Domain) -> None:
    """Refuse a new plan in the name of a body that leads no plans of its type."""
    plan = command.file.plan
    kinds = domain.plan_type(plan.plan_type).lead_kinds
    if command.by.kind == OPERATOR or plan.lead is None or is_lead(command.by, plan):
        return
    if not kinds or plan.lead.kind in kinds:
        return
    raise InputError(
        Problem(
            reason="UNKNOWN_LEAD_KIND",
            message_ja=f"「{plan.lead.kind}」は、この計画類型の策定主体の種別では"
            "ありません",
            message_en=f"{plan.lead.kind!r} is no kind of body that leads plans of "
            "this type",
            path=("lead", "kind"),
            hint=", ".join(kinds),
            rule_id="ACT-02",
        )
    )


def _record_problems(
    record: Record, lifecycle: Lifecycle, today: dt.date
) -> Iterator[Problem]:
    for problem in record_problems(record, lifecycle):
        yield attrs.evolve(problem, path=("record", *problem.path))
    for position, entry in enumerate(record.history):
        if entry.on > today:
            yield Problem(
                reason="HISTORY_IN_FUTURE",
                message_ja=f"経過の日付 {entry.on} は今日（{today}）より後です",
                message_en=f"the day {entry.on} of the history is after today, {today}",
                path=("record", "history", position, "on"),
            )


def _refuse_conflict(
    command: ImportPlan, current: PlanStanding | None, domain: Domain
) -> None:
    plan_id = command.file.plan.id
    if current is not None:
        if current.public:
            raise PublicTextError(current)
        if command.file.record is not None:
            raise KnownPlanError(current)
        kind = domain.plan_type(current.plan_type)
        if current.plan_type != command.file.plan.plan_type:
            raise PlanTypeChangedError(current, kind)
        refuse_closed(current, kind)
    version = current.version if current else None
    if command.expected_version != version:
        raise StalePlanError(plan_id, command.expected_version, version)


def _refuse_another_past(
    command: ImportPlan,
    text: PlanText,
    current: PlanStanding,
    unit: ReadUnit,
    domain: Domain,
) -> None:
    if command.file.record is None:
        return
    told = advance(None, _change(command, text, None, domain)).added
    stored = unit.histories([current.plan_id], domain.view(LOCAL))
    if (told[-1].edition, told[-1].source, collapse(told)) != (
        current.edition,
        current.source,
        stored.get(current.plan_id),
    ):
        raise KnownPlanError(current)
