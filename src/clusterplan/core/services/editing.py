"""Edit one part of a draft: a measure, an indicator, a challenge, a venue, an investment.

Many offices work on one draft. Each change names the version of the part that it is
based on, not that of the plan, so that changes of different parts do not collide.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import attrs
from attrs import frozen

from ..actors import OPERATOR, Actor, is_same_body
from ..documents.loader import load_plan_file
from ..documents.source import source_of
from ..documents.writer import plan_file_data
from ..errors import ErrorCode, InputError, Path, PlanError, Problem
from ..events import Event
from ..files import PlanFile
from ..findings import CheckReport, Gate
from ..identifiers import InvestmentId, Key
from ..inputs import normalised
from ..parts import PLACES, PartChanges, PartKind, part_key, part_name, parts_of
from ..standings import PlanChange, PlanStanding, advance
from ..store import StaleInvestmentError, Store, WriteUnit
from .cases import opened
from .domain import Domain
from .permits import ForeignPlanError, refuse_closed
from .plantexts import Entry, PlanDesk, PlanText, new_text, write_plan

_INVESTMENTS = ("investments",)


@frozen(kw_only=True)
class EditPart:
    """Tell a part of a draft anew, add one, or take one away.

    Attributes:
        document: The part as a plan file has it; nothing to take it away.
        expected_part_version: Version of the part that the change is based on; nothing
            for a new part.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    part: PartKind
    part_id: str
    document: Mapping[str, Any] | None
    by: Actor
    expected_part_version: int | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class EditInvestment:
    """Tell an investment of a draft anew, add or refer to one, or take one away.

    Attributes:
        document: The investment as a plan file has it, or a reference `{ref: ID}`;
            nothing to take it out of the plan.
        expected_version: Version of the investment that the change is based on; nothing
            where the plan does not count on it yet.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    investment_id: str
    document: Mapping[str, Any] | None
    by: Actor
    expected_version: int | None = None
    dry_run: bool = False


@frozen(kw_only=True)
class EditDone:
    """What an edit did.

    Attributes:
        event: What was written to the log; nothing where nothing changed.
        part_version: Version of the part or investment now; nothing where it is gone.
        report: What the rules say of the plan at gate `save`.
    """

    standing: PlanStanding
    event: Event | None
    part_version: int | None
    report: CheckReport
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store is, or would be, different from before."""
        return self.event is not None or self.dry_run


_OFFICES = {"reporter": "報告主体", "owner": "管理主体"}


class StalePartError(PlanError):
    """The part was changed by somebody else since it was read."""

    def __init__(self, key: str, expected: int | None, current: int | None) -> None:
        self.key, self.expected, self.current = key, expected, current
        wanted = "new" if expected is None else f"version {expected}"
        found = "unknown" if current is None else f"version {current}"
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="STALE_PART",
                message_ja=f"{part_name(key)}の版数が違います"
                f"（指定：{'新規' if expected is None else expected}、"
                f"現在：{'なし' if current is None else current}）。"
                "読み直してから変更してください",
                message_en=f"part {key!r} was expected as {wanted}, but it is {found}; "
                "read it again and repeat the change",
                path=("expected_part_version",),
                current_version=current,
            )
        )


class UnknownPartError(PlanError):
    """There is no such part to take away."""

    def __init__(self, key: str) -> None:
        self.key = key
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_PART",
                message_ja=f"{part_name(key)}はこの計画にありません",
                message_en=f"there is no {key!r} in this plan",
                path=("part_id",),
            )
        )


class OfficeStaysError(PlanError):
    """Only the bodies that lead the plan say who keeps a part (ACT-01)."""

    def __init__(self, key: str, attribute: str) -> None:
        self.key, self.attribute = key, attribute
        super().__init__(
            Problem(
                code=ErrorCode.FORBIDDEN,
                reason="OFFICE_STAYS",
                message_ja=f"{part_name(key)}の{_OFFICES[attribute]}の変更は"
                "策定主体が行います",
                message_en=f"the {attribute} of {key!r} is changed by the bodies that "
                "lead the plan",
                path=("document", attribute),
                rule_id="ACT-01",
            )
        )


def edit_part(command: EditPart, store: Store, domain: Domain) -> EditDone:
    """Tell a part of a draft anew, add one, or take one away.

    What is said already is not said again: then nothing changes. Who leads the plan
    edits all of it; the office that reports on a measure edits that measure.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        ForeignPlanError: *by* neither leads the plan nor is responsible for the part.
        OfficeStaysError: The office that reports on a measure names another one.
        PublicTextError: The edition is public.
        TextFrozenError: The text is handed in, or the plan has ended.
        StalePartError: The part is not at the version that the change is based on.
        UnknownPartError: A part is taken away that is not there.
        InputError: The part has the wrong shape, or does not fit into the plan. Paths
            into the part begin with `document`, others lead into the plan.
        UnknownPlanTypeError: The plugin of the plan's type is not loaded.
    """
    command = normalised(command)
    key = part_key(command.part, command.part_id)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = PlanDesk.open(command.plan_id, command.by, unit, domain)
        old = parts_of(desk.plan).get(key)
        office = old.reporter if old and command.part is PartKind.MEASURE else None
        led = _permit(command, desk, office)
        if old is None and command.document is None:
            raise UnknownPartError(key)
        edited = _edited(command, desk, PLACES[command.part], command.part_id)
        new = parts_of(edited.text.plan).get(key)
        version = unit.part_versions(command.plan_id).get(key)
        if new == old:
            return edited.unchanged(version)
        if version != command.expected_part_version:
            raise StalePartError(key, command.expected_part_version, version)
        if not led and new is not None and new.reporter != office:
            raise OfficeStaysError(key, "reporter")
        return edited.done(key, edited.change.version if new is not None else None)


def edit_investment(command: EditInvestment, store: Store, domain: Domain) -> EditDone:
    """Tell an investment of a draft anew, add or refer to one, or take one away.

    What is said already is not said again: then nothing changes. Who leads the plan
    edits all of it; the office that keeps an investment edits that investment.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        ForeignPlanError: *by* neither leads the plan nor keeps the investment.
        OfficeStaysError: The office that keeps the investment names another one.
        PublicTextError: The edition is public.
        TextFrozenError: The text is handed in, or the plan has ended.
        StaleInvestmentError: The investment is not at the version that the change is
            based on.
        UnknownPartError: An investment is taken out that is not there.
        InputError: It has the wrong shape, or is told differently by another plan.
        UnknownPlanTypeError: The plugin of the plan's type is not loaded.
    """
    command = normalised(command)
    id_ = InvestmentId(command.investment_id)
    key = f"investment/{id_}"
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = PlanDesk.open(command.plan_id, command.by, unit, domain)
        old = desk.text.investments.get(id_)
        led = _permit(command, desk, old.owner if old else None)
        if old is None and command.document is None:
            raise UnknownPartError(key)
        edited = _edited(command, desk, _INVESTMENTS, id_)
        text, head = edited.text, unit.investment_head(id_)
        current = head.version if head and old else None
        if text.pins.get(id_) == desk.text.pins.get(id_):
            return edited.unchanged(current)
        if current != command.expected_version:
            raise StaleInvestmentError(id_, current, path=("expected_version",))
        new = text.investments.get(id_)
        if not led and old and new and new.owner != old.owner:
            raise OfficeStaysError(key, "owner")
        told = [h.version for h in text.heads if h.id == id_]
        stays = [head.version] if head and new else [None]
        return edited.done(key, (told or stays)[0])


@frozen(kw_only=True)
class _Edited:
    """What an opened plan becomes by an edit."""

    command: EditPart | EditInvestment
    desk: PlanDesk
    file: PlanFile
    text: PlanText

    @property
    def change(self) -> PlanChange:
        standing, domain = self.desk.standing, self.desk.domain
        return PlanChange(
            plan_id=standing.plan_id,
            plan_type=standing.plan_type,
            version=standing.version + 1,
            edition=standing.edition,
            digest=self.text.digest,
            content=self.text.content,
            pins=self.text.pins,
            entries=(),
            source=None,
            on=domain.today(),
            at=domain.clock(),
        )

    def unchanged(self, version: int | None) -> EditDone:
        return EditDone(
            standing=self.desk.standing,
            event=None,
            part_version=version,
            report=self._report(),
        )

    def done(self, key: str, version: int | None) -> EditDone:
        change = self.change
        forward = advance(self.desk.standing, change)
        event = None
        if not self.command.dry_run:
            entry = Entry(
                event=Key("plan_part_edited"),
                by=self.command.by,
                parts=PartChanges.of(self.desk.plan, self.text.plan),
                act={"part": key},
            )
            unit = cast("WriteUnit", self.desk.unit)
            event = write_plan(
                unit, self.text, change, forward, entry, self.desk.domain
            )
        return EditDone(
            standing=forward.added[-1],
            event=event,
            part_version=version,
            report=self._report(),
            dry_run=self.command.dry_run,
        )

    def _report(self) -> CheckReport:
        report = self.desk.domain.check(
            self.text.plan,
            self.desk.visible(self.text.investments) | self.file.defined(),
            Gate.SAVE,
            edition=self.desk.standing.edition,
        )
        return attrs.evolve(report, repairs=self.file.repairs)


def _permit(
    command: EditPart | EditInvestment, desk: PlanDesk, office: Actor | None
) -> bool:
    """Refuse who may not edit, or not now; tell whether *by* may edit all of it."""
    by = command.by
    led = by.kind == OPERATOR or desk.plan.is_led_by(by)
    kept = office is not None and is_same_body(by, office)
    if not led and not (kept and command.document is not None):
        raise ForeignPlanError(command.plan_id, by)
    refuse_closed(desk.standing, desk.domain.plan_type(desk.standing.plan_type))
    return led


def _edited(
    command: EditPart | EditInvestment, desk: PlanDesk, place: Path, part_id: str
) -> _Edited:
    """Return the plan with a part told anew, read as a whole plan file is read."""
    data = plan_file_data(PlanFile(plan=desk.plan), native_days=False)
    position = _put(data, place, part_id, command.document)
    try:
        file = load_plan_file(source_of(data), desk.domain.plan_types)
        text = new_text(file, desk.unit, desk.domain, command.by)
    except InputError as error:
        if command.document is None:
            raise
        raise _led_into((*place, position), error) from None
    return _Edited(command=command, desk=desk, file=file, text=text)


def _put(data: dict[str, Any], place: Path, part_id: str, document: Any) -> int:
    """Put a part into its list, or take it out; tell where it stands."""
    *outer, name = place
    for key in outer:
        data = data.setdefault(str(key), {})
    parts = list(data.get(str(name), ()))
    ids = [part.get("id", part.get("ref")) for part in parts]
    position = ids.index(part_id) if part_id in ids else len(parts)
    parts[position : position + 1] = (
        [] if document is None else [_named(document, part_id)]
    )
    data[str(name)] = parts
    return position


def _named(document: Any, part_id: str) -> Any:
    """Return the document of a part with its id.

    Raises:
        InputError: It names another id.
    """
    if not isinstance(document, Mapping):
        return document
    key = "ref" if "ref" in document else "id"
    if document.get(key, part_id) != part_id:
        raise InputError(
            Problem(
                reason="PART_ID_CHANGED",
                message_ja=f"IDは変えられません（「{part_id}」のままにします）",
                message_en=f"the id stays {part_id!r}",
                path=("document", key),
                hint=part_id,
            )
        )
    return {**document, key: part_id}


def _led_into(place: Path, error: InputError) -> InputError:
    """Return *error* with paths into the part that begin with `document`."""
    return InputError(
        *(
            attrs.evolve(problem, path=("document", *problem.path[len(place) :]))
            if problem.path[: len(place)] == place
            else problem
            for problem in error.problems
        )
    )
