"""Import and save plans: a whole plan file becomes a draft, or a past is recorded."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import attrs
from attrs import frozen

from ..actors import OPERATOR, Actor
from ..documents.changes import change_data
from ..documents.codec import Codec, content_digest, digest_of, plan_data
from ..documents.integrity import integrity_problems
from ..documents.loader import record_problems
from ..errors import ErrorCode, InputError, PlanError, Problem
from ..events import Event, NewEvent
from ..files import PlanFile
from ..findings import CheckReport, Gate
from ..history import HistoryEntry, Record
from ..identifiers import InvestmentId, Key
from ..investments import Investment
from ..lifecycle import Lifecycle
from ..mapping import map_content
from ..readers import LOCAL
from ..standings import (
    Advance,
    PlanChange,
    PlanStanding,
    StateEntry,
    advance,
    collapse,
)
from ..store import InvestmentHead, ReadUnit, StalePlanError, Store, WriteUnit
from .domain import Domain


@frozen(kw_only=True)
class ImportPlan:
    """Save a plan file, as a new plan or as the next text of a draft.

    Attributes:
        by: Who does it; a file with a `record` is for the operator only.
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


class PublicTextError(PlanError):
    """A public edition does not change (REV-07)."""

    def __init__(self, standing: PlanStanding) -> None:
        self.standing = standing
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="EDITION_IS_PUBLIC",
                message_ja=f"計画「{standing.plan_id}」の版{standing.edition}は公開済みで、"
                "書き換えられません",
                message_en=f"edition {standing.edition} of plan {standing.plan_id!r} is "
                "public and does not change",
                rule_id="REV-07",
                current_version=standing.version,
            )
        )


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

    def __init__(self, standing: PlanStanding) -> None:
        self.standing = standing
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="PLAN_TYPE_CHANGED",
                message_ja=f"計画「{standing.plan_id}」の計画類型は"
                f"「{standing.plan_type}」で、変えられません。別のIDで登録してください",
                message_en=f"plan {standing.plan_id!r} is of type "
                f"{standing.plan_type!r} and stays so; use another id",
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


def import_plan(command: ImportPlan, store: Store, domain: Domain) -> ImportDone:
    """Save a plan file.

    The same text again, with the past that is stored or none, changes nothing and
    writes no event.

    Raises:
        StalePlanError: The plan is not at the version that the change is based on.
        PublicTextError: The stored edition is public.
        KnownPlanError: The file has a past, and the plan is stored with another one.
        PlanTypeChangedError: The stored plan is of another type.
        RecordRefusedError: The file has a past, and *by* is no operator.
        InputError: The file does not hold together, or refers to an investment that is
            not stored, or defines a stored one differently.
        UnknownPlanTypeError: The plugin of its type is not loaded.
    """
    _refuse_unfit(command, domain)
    report = domain.check_file(command.file, Gate.SAVE)
    opened = store.read() if command.dry_run else store.write()
    with opened as unit:
        text = _text(command.file, unit, domain)
        current = unit.current(command.file.plan.id)
        if current is not None and current.content == text.content:
            _refuse_another_past(command, text, current, unit, domain)
            return ImportDone(standing=current, event=None, report=report)
        _refuse_conflict(command, current)
        change = _change(command, text, current, domain)
        forward = advance(current, change)
        event = None
        if not command.dry_run:
            event = _save(unit, command, text, change, forward, domain)  # type: ignore[arg-type]
    return ImportDone(
        standing=forward.added[-1], event=event, report=report, dry_run=command.dry_run
    )


@frozen(kw_only=True)
class _Text:
    """The text of a plan with the investments it counts on."""

    digest: str
    content: str
    pins: Mapping[InvestmentId, str]
    investments: Mapping[InvestmentId, Investment]
    new: tuple[tuple[Investment, InvestmentHead, int | None], ...]


def _text(file: PlanFile, unit: ReadUnit, domain: Domain) -> _Text:
    codec = Codec(domain.plan_types)
    pins: dict[InvestmentId, str] = {}
    new: list[tuple[Investment, InvestmentHead, int | None]] = []
    defined = file.defined()
    problems: list[Problem] = []
    for position, id_ in enumerate(file.plan.investments):
        stored = unit.investment_head(id_)
        told = defined.get(id_)
        if told is None:
            if stored is None:
                problems.append(_unknown_investment(id_, position))
            else:
                pins[id_] = stored.digest
            continue
        pins[id_] = digest_of(codec.investment_text(told))
        if stored is None or stored.digest != pins[id_]:
            if stored is not None and stored.defined_by != file.plan.id:
                problems.append(_other_definition(stored, position))
            head = InvestmentHead(
                id=id_,
                version=stored.version + 1 if stored else 1,
                digest=pins[id_],
                defined_by=file.plan.id,
            )
            new.append((told, head, stored.version if stored else None))
    if problems:
        raise InputError(*problems)
    referred = unit.investments([d for i, d in pins.items() if i not in defined])
    by_id = {investment.id: investment for investment in referred.values()}
    digest = digest_of(codec.plan_text(file.plan))
    return _Text(
        digest=digest,
        content=content_digest(digest, pins),
        pins=pins,
        investments=by_id | defined,
        new=tuple(new),
    )


def _change(
    command: ImportPlan, text: _Text, current: PlanStanding | None, domain: Domain
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


def _save(
    unit: WriteUnit,
    command: ImportPlan,
    text: _Text,
    change: PlanChange,
    forward: Advance,
    domain: Domain,
) -> Event:
    plan = command.file.plan
    for investment, head, expected in text.new:
        unit.save_investment(investment, head, expected=expected)
    content = map_content(plan, text.investments, domain.reference)
    expected_version = forward.replaced.version if forward.replaced else None
    unit.save_plan(forward, plan, content, expected=expected_version)
    imported = command.file.record is not None
    event = NewEvent(
        kind=Key("plan_imported" if imported else "plan_saved"),
        aggregate=Key("plan"),
        aggregate_id=plan.id,
        version=change.version,
        actor=command.by,
        payload=change_data(change, [head for _, head, _ in text.new]),
    )
    return unit.append(event, change.at)


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


def _refuse_conflict(command: ImportPlan, current: PlanStanding | None) -> None:
    plan_id = command.file.plan.id
    if current is not None and current.public:
        raise PublicTextError(current)
    if current is not None and command.file.record is not None:
        raise KnownPlanError(current)
    if current is not None and current.plan_type != command.file.plan.plan_type:
        raise PlanTypeChangedError(current)
    version = current.version if current else None
    if command.expected_version != version:
        raise StalePlanError(plan_id, command.expected_version, version)


def _refuse_another_past(
    command: ImportPlan,
    text: _Text,
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


def _unknown_investment(id_: str, position: int) -> Problem:
    return Problem(
        reason="UNKNOWN_INVESTMENT",
        message_ja=f"投資「{id_}」は登録されていません。この計画に定義を書くか、"
        "先に定義のある計画を取り込んでください",
        message_en=f"investment {id_!r} is not stored; tell it in this file, or import "
        "the plan that does first",
        path=("investments", position, "ref"),
    )


def _other_definition(stored: InvestmentHead, position: int) -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="INVESTMENT_DEFINED_DIFFERENTLY",
        message_ja=f"投資「{stored.id}」は計画「{stored.defined_by}」で別の内容で"
        f"定義されています。{{ref: {stored.id}}} と書いて参照してください",
        message_en=f"investment {stored.id!r} is told differently by plan "
        f"{stored.defined_by!r}; refer to it instead",
        path=("investments", position),
        hint=f"{{ref: {stored.id}}}",
    )
