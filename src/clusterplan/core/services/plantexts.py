"""Texts of plans: with the investments they count on, as they are written down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import attrs
from attrs import field, frozen

from ..actors import Actor
from ..documents.changes import change_data
from ..documents.codec import Codec, content_digest, digest_of
from ..errors import InputError, Problem
from ..events import Event, NewEvent
from ..files import PlanFile
from ..identifiers import InvestmentId, Key
from ..investments import Investment
from ..mapping import involved_bodies, map_content
from ..parts import NO_CHANGES, PartChanges
from ..plans import Plan
from ..readers import Reader
from ..standings import Advance, PlanChange, PlanStanding
from ..store import InvestmentHead, ReadUnit, StalePlanError, WriteUnit
from .definitions import Definitions, unknown_investment
from .domain import Domain
from .permits import UnknownPlanError


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
    """A stored plan, opened to be changed.

    Attributes:
        by: Who opened it; the answer tells of nothing that they may not see.
    """

    unit: ReadUnit
    domain: Domain
    by: Actor
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
            by=by,
            standing=standing,
            text=stored_text(standing, unit, domain),
        )
        if not desk._is_known:
            raise UnknownPlanError(plan_id)
        return desk

    @property
    def reads_draft(self) -> bool:
        """Whether *by* may read the text that is stored, were it a draft."""
        told, reference = self.text.investments.values(), self.domain.reference
        involved = involved_bodies(self.plan, told, reference)
        return Reader(actor=self.by).reads_draft(involved)

    @property
    def as_read(self) -> Plan:
        """The plan as *by* reads it: without the ids of investments withheld from it.

        Who leads the plan reads every id, and so knows what it counts on.
        """
        if self.plan.is_led_by(self.by):
            return self.plan
        seen = self.visible(self.text.investments)
        shown = tuple(id_ for id_ in self.plan.investments if id_ in seen)
        return attrs.evolve(self.plan, investments=shown)

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

    def visible(
        self, investments: Mapping[InvestmentId, Investment]
    ) -> dict[InvestmentId, Investment]:
        """Return those of *investments* that rules may tell *by* of."""
        shown = Reader(actor=self.by).visible(investments.values())
        return {investment.id: investment for investment in shown}

    @property
    def _is_known(self) -> bool:
        if self.standing.public or self.reads_draft:
            return True
        view = self.domain.view(Reader(actor=self.by))
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


def new_text(
    file: PlanFile,
    unit: ReadUnit,
    domain: Domain,
    by: Actor,
    *,
    known: Mapping[InvestmentId, str] | None = None,
    kept: Collection[InvestmentId] = (),
) -> PlanText:
    """Return the text of a file; it counts on the newest definitions of investments.

    A file refers to investments that plans tell which *by* may see. One that the plan
    counts on already stays as it is, whatever became of the plan that tells it; so does
    one that the file defines just as the plan counts on it.

    Args:
        file: The plan file.
        unit: Where the plan is kept.
        domain: The plan types.
        by: Who wrote the file.
        known: Investments that the plan counts on already, by the digest of their text;
            those of the stored plan, unless told.
        kept: Investments that stand in the file as others, who may, have told them.

    Raises:
        InputError: The file refers to an investment that is not stored, or not in a
            plan that *by* may see, defines one of another plan differently, or one
            that its owner withholds from *by* (MAP-04).
    """
    codec = Codec(domain.plan_types)
    current = unit.current(file.plan.id)
    counted = current.pins if current else {}
    known = counted if known is None else known
    definitions = Definitions(
        plan=file.plan, unit=unit, domain=domain, by=by, known=known, kept=kept
    )
    pins: dict[InvestmentId, str] = {}
    new: list[tuple[Investment, InvestmentHead, int | None]] = []
    defined = file.defined()
    problems: list[Problem] = []
    for position, id_ in enumerate(file.plan.investments):
        told = defined.get(id_)
        if told is None:
            digest = definitions.referred(id_)
            if digest is None:
                problems.append(unknown_investment(id_, position))
            else:
                pins[id_] = digest
            continue
        pins[id_] = digest_of(codec.investment_text(told))
        if pins[id_] == counted.get(id_):
            continue
        stored = unit.investment_head(id_)
        refused = stored and definitions.refusal(stored, pins[id_], position)
        if refused:
            problems.append(refused)
        if stored is None or stored.digest != pins[id_]:
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
        map_content(text.plan, _as_told(unit, text, domain), domain.reference),
        expected=forward.replaced.version if forward.replaced else None,
        parts=entry.parts,
    )
    payload = change_data(
        change,
        text.heads,
        parts=entry.parts.data,
        public=forward.added[-1].public and change.awaiting is None,
        **entry.act,
    )
    event = NewEvent(
        kind=entry.event,
        aggregate=Key("plan"),
        aggregate_id=change.plan_id,
        version=change.version,
        actor=entry.by,
        payload=payload,
    )
    return unit.append(event, change.at)


def _as_told(
    unit: WriteUnit, text: PlanText, domain: Domain
) -> dict[InvestmentId, Investment]:
    """Return the investments of a text word by word, as it counts on them.

    What is kept for the map follows from the text alone: whatever is withheld by its
    newest definition is left out where the map is drawn.
    """
    codec = Codec(domain.plan_types)
    found = ((id_, unit.text(digest)) for id_, digest in text.pins.items())
    return {id_: codec.investment(told) for id_, told in found if told is not None}
