"""Texts of plans: with the investments they count on, as they are written down."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from ..actors import OPERATOR, Actor, is_same_body
from ..documents.changes import change_data
from ..documents.codec import Codec, content_digest, digest_of
from ..errors import ErrorCode, InputError, Problem
from ..events import Event, NewEvent
from ..files import PlanFile
from ..identifiers import InvestmentId, Key
from ..investments import Investment
from ..mapping import map_content
from ..parts import NO_CHANGES, PartChanges
from ..plans import Plan
from ..readers import Reader
from ..standings import Advance, PlanChange, PlanStanding
from ..store import InvestmentHead, ReadUnit, StalePlanError, WriteUnit
from .cases import UnknownPlanError
from .domain import Domain
from .permits import is_leading


@frozen(kw_only=True)
class PlanText:
    """The text of a plan with the investments it counts on.

    Attributes:
        new: Definitions that are not stored yet, with the version they follow.
    """

    plan: Plan
    digest: str
    content: str
    pins: Mapping[InvestmentId, str]
    investments: Mapping[InvestmentId, Investment]
    new: tuple[tuple[Investment, InvestmentHead, int | None], ...] = ()

    @property
    def heads(self) -> list[InvestmentHead]:
        """What is told anew of investments."""
        return [head for _, head, _ in self.new]


@frozen(kw_only=True)
class PlanDesk:
    """A stored plan, opened to be changed."""

    unit: ReadUnit
    domain: Domain
    standing: PlanStanding
    text: PlanText = field(repr=False)

    @classmethod
    def open(cls, plan_id: str, by: Actor, unit: ReadUnit, domain: Domain) -> PlanDesk:
        """Open a plan for *by*.

        Raises:
            UnknownPlanError: There is none, or none that *by* may know of.
        """
        standing = unit.current(plan_id)
        if standing is None:
            raise UnknownPlanError(plan_id)
        desk = cls(
            unit=unit,
            domain=domain,
            standing=standing,
            text=stored_text(standing, unit, domain),
        )
        if not desk._is_known_to(by):
            raise UnknownPlanError(plan_id)
        return desk

    @property
    def plan(self) -> Plan:
        """The plan as it is stored."""
        return self.text.plan

    def refuse_stale(self, expected: int) -> None:
        """Refuse a change that is based on another version.

        Raises:
            StalePlanError: The plan is at another version.
        """
        current = self.standing.version
        if expected != current:
            raise StalePlanError(self.standing.plan_id, expected, current)

    def _is_known_to(self, by: Actor) -> bool:
        if self.standing.public or by.kind == OPERATOR or is_leading(by, self.plan):
            return True
        named = [
            *(m.reporter for m in self.plan.measures),
            *(i.owner for i in self.text.investments.values()),
        ]
        if any(office is not None and is_same_body(by, office) for office in named):
            return True
        view = self.domain.view(Reader(actor=by))
        return self.unit.plan(self.standing.plan_id, view) is not None


def stored_text(standing: PlanStanding, unit: ReadUnit, domain: Domain) -> PlanText:
    """Return the text that a plan stands at."""
    text = unit.text(standing.digest)
    assert text is not None, "every standing has its text"  # noqa: S101
    told = unit.investments(standing.pins.values())
    return PlanText(
        plan=Codec(domain.plan_types).plan(text),
        digest=standing.digest,
        content=standing.content,
        pins=standing.pins,
        investments={id_: told[digest] for id_, digest in standing.pins.items()},
    )


def new_text(file: PlanFile, unit: ReadUnit, domain: Domain) -> PlanText:
    """Return the text of a file; it counts on the newest definitions of investments.

    Raises:
        InputError: The file refers to an investment that is not stored, or defines one
            of another plan differently.
    """
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
    return PlanText(
        plan=file.plan,
        digest=digest,
        content=content_digest(digest, pins),
        pins=pins,
        investments=by_id | defined,
        new=tuple(new),
    )


@frozen(kw_only=True)
class Entry:
    """How a change is written to the log.

    Attributes:
        event: Kind of the event, such as `plan_saved`.
        parts: Parts whose versions rise with the change.
        act: Plain data that tells more of what was done.
    """

    event: Key
    by: Actor
    parts: PartChanges = NO_CHANGES
    act: Mapping[str, Any] = field(factory=dict)


def write_plan(
    unit: WriteUnit,
    text: PlanText,
    change: PlanChange,
    forward: Advance,
    entry: Entry,
    domain: Domain,
) -> Event:
    """Write a change of a plan, and its event."""
    for investment, head, expected in text.new:
        unit.save_investment(investment, head, expected=expected)
    unit.save_plan(
        forward,
        text.plan,
        map_content(text.plan, text.investments, domain.reference),
        expected=forward.replaced.version if forward.replaced else None,
        parts=entry.parts,
    )
    payload = change_data(change, text.heads, parts=entry.parts.data, **entry.act)
    event = NewEvent(
        kind=entry.event,
        aggregate=Key("plan"),
        aggregate_id=change.plan_id,
        version=change.version,
        actor=entry.by,
        payload=payload,
    )
    return unit.append(event, change.at)


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
