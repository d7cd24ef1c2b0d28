"""What plans may do in their lives, said a second time, and what must always hold.

The lifecycle is read as data only: who may take which step is worked out here by other
means than those of the engine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

import attrs
from attrs import define, field, frozen

from clusterplan.core.actors import Actor
from clusterplan.core.comments import COMMENT
from clusterplan.core.events import Event, NewEvent
from clusterplan.core.files import PlanFile
from clusterplan.core.identifiers import InvestmentId, PartId, Yen
from clusterplan.core.lifecycle import Lifecycle, Need, Phase, Step
from clusterplan.core.measures import Measure
from clusterplan.core.readers import LOCAL
from clusterplan.core.reports import ACCEPTED, REPORT
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import ReadUnit, WriteUnit
from clusterplan.plugins.host import load_plugins
from stores import REGIONAL, STRATEGIC, sample_file

BUREAU = Actor.parse("regional_bureau:kyushu")
NIIGATA = Actor.parse("prefecture:150002")
GOVERNOR = Actor.parse("head_of_local_government:150002")
TOYAMA = Actor.parse("prefecture:160008")
METI = Actor.parse("meti:meti")
SECRETARIAT = Actor.parse("cabinet_secretariat:cas")
OPERATOR = Actor.parse("operator:local")
ACTORS = (BUREAU, NIIGATA, GOVERNOR, TOYAMA, METI, SECRETARIAT, OPERATOR)
EXTRA = ("X-1", "X-2")
"""Ids of measures that texts have or do not have."""


@frozen
class Text:
    """What a text of a plan says, where texts differ."""

    title: str = "架空計画"
    amount: int = 1
    extra: tuple[str, ...] = ()


@define(kw_only=True)
class Life:
    """A plan as this module follows it.

    Attributes:
        revisers: Who may work on a revision.
        signers: Who adopts it.
        signed: The joint step that was begun, and by whom.
        revisions: How many revisions were opened.
        revised: What the open revision says.
    """

    plan_type: str
    plan_id: str
    lifecycle: Lifecycle
    lead: tuple[Actor, ...]
    revisers: tuple[Actor, ...]
    signers: tuple[Actor, ...]
    state: str = "drafting"
    text: Text = field(factory=Text)
    signed: tuple[str, frozenset[Actor]] | None = None
    revisions: int = 0
    revised: Text | None = None

    def file(self, text: Text) -> PlanFile:
        """Return a plan file with this text; the B plan refers to the A plan's money."""
        file = _sample(self.plan_type)
        (told, *_), (first, *rest) = file.investments, file.investments[0].money
        money = (attrs.evolve(first, amount=Yen(text.amount)), *rest)
        means = file.plan.policy_means
        assert means is not None
        more = tuple(Measure(id=PartId(id_), title="架空の施策") for id_ in text.extra)
        plan = attrs.evolve(
            file.plan,
            title=text.title,
            policy_means=attrs.evolve(means, measures=(*means.measures, *more)),
        )
        if self.plan_type == REGIONAL:
            known = (*plan.investments, InvestmentId("SAMPLE-INV-1"))
            plan = attrs.evolve(plan, investments=known)
        return attrs.evolve(
            file, plan=plan, investments=(attrs.evolve(told, money=money),)
        )

    @property
    def phase(self) -> Phase:
        """The phase of the state."""
        return self.lifecycle.state(self.state).phase

    def may(self, step: Step, by: Actor, provided: Collection[Need]) -> bool:
        """Tell whether an office may take a step now, by the letter of the data."""
        if self.state not in step.from_ or by.kind not in step.actors:
            return False
        if step.by_lead and by not in self.lead:
            return False
        if not set(step.needs) <= set(provided):
            return False
        if step.joint and self.signed and self.signed[0] != step.key:
            return self.signed[1] <= {by}
        return True

    def take(self, step: Step, by: Actor) -> None:
        """Go where the step leads, or sign it."""
        before = self.signed[1] if self.signed and self.signed[0] == step.key else ()
        signed = frozenset({*before, by})
        if step.joint and {a.kind for a in signed} != set(step.actors):
            self.signed = (step.key, signed)
            return
        self.state, self.signed = step.to, None


@cache
def _sample(plan_type: str) -> PlanFile:
    """Return the sample of a built-in plan type, read once."""
    return sample_file(load_plugins(entry_points=False).plan_types, plan_type)


def two_lives(domain: Domain) -> tuple[Life, Life]:
    """Return an A plan and a B plan at their beginning."""
    a, b = (domain.plan_types[key].lifecycle for key in (STRATEGIC, REGIONAL))
    state_bodies = (METI, SECRETARIAT)
    local = (NIIGATA, GOVERNOR)
    return (
        Life(
            plan_type=STRATEGIC,
            plan_id="sample-strategic-semiconductor",
            lifecycle=a,
            lead=(BUREAU,),
            revisers=state_bodies,
            signers=state_bodies,
        ),
        Life(
            plan_type=REGIONAL,
            plan_id="sample-regional-machine-parts",
            lifecycle=b,
            lead=local,
            revisers=local,
            signers=(GOVERNOR,),
        ),
    )


class CrashError(Exception):
    """The program ends in the middle of a change."""


@define
class _CrashingUnit:
    _unit: WriteUnit

    def __getattr__(self, name: str) -> Any:
        return getattr(self._unit, name)

    def append(self, event: NewEvent, at: dt.datetime) -> Event:
        """Write the event, and crash."""
        self._unit.append(event, at)
        raise CrashError


@frozen
class CrashingStore:
    """A store that crashes in a change: after its first event, or before its end."""

    store: SqlStore
    after_event: bool

    @contextmanager
    def read(self) -> Iterator[ReadUnit]:
        """Open one consistent look."""
        with self.store.read() as unit:
            yield unit

    @contextmanager
    def write(self) -> Iterator[WriteUnit]:
        """Open a change that comes to nothing."""
        with self.store.write() as unit:
            yield cast("WriteUnit", _CrashingUnit(unit)) if self.after_event else unit
            raise CrashError

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)


def provided(
    life: Life, unit: ReadUnit, domain: Domain, *, reason: bool, comment: bool
) -> set[Need]:
    """Return what a step can count on."""
    plan_id, view = life.plan_id, domain.view(LOCAL)
    standing = unit.current(plan_id)
    assert standing is not None
    comments = unit.cases([plan_id], COMMENT, view).get(plan_id, ())
    reports = unit.cases([plan_id], REPORT, view).get(plan_id, ())
    found = {Need.PANEL}
    if reason:
        found |= {Need.REASON, Need.VOTES}
    if comment or any(
        c.state == "open" and c.document.edition == standing.edition for c in comments
    ):
        found.add(Need.COMMENTS)
    if any(r.state == ACCEPTED and r.document.is_final for r in reports):
        found.add(Need.FINAL_REPORT)
    return found
