"""What the office that reads may do: plans it may lead, and steps that are its own."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from ..actors import Actor
from ..findings import Gate
from ..identifiers import Key
from ..lifecycle import Act, Lifecycle, Need, Standing, Step, signatures
from ..plantypes import PlanType
from ..readers import Reader
from ..reports import REPORTERS
from ..stored import StoredPlan
from ..terms import Term
from .domain import Domain


@frozen(kw_only=True)
class Viewer:
    """Who asks, and what an office of its kind may do; nobody without a token."""

    actor: Annotated[
        Actor | None,
        Term("主体", "Office that the token stands for; null without one."),
    ]
    everything: Annotated[
        bool,
        Term("全件閲覧", "Whether it reads all drafts and cases, as the state does."),
    ]
    leads: Annotated[
        tuple[PlanType, ...],
        Term("策定できる計画類型", "Plan types that a body of its kind leads."),
    ]
    reports: Annotated[
        bool, Term("進捗報告の主体", "Whether an office of its kind reports progress.")
    ]

    @classmethod
    def of(cls, reader: Reader, domain: Domain) -> Viewer:
        """Return what *reader* may do."""
        kind = reader.actor.kind if reader.actor else None
        types = domain.plan_types.values()
        return cls(
            actor=reader.actor,
            everything=reader.drafts.everything,
            leads=tuple(t for t in types if kind in t.lead_kinds),
            reports=kind in REPORTERS,
        )


@frozen(kw_only=True)
class NextStep:
    """A step that can be taken now with a plan or a case, and whether by the reader."""

    key: Annotated[
        Key, Term("手続キー", "Key of the step; for plans, what `takeStep` takes.")
    ]
    title: Annotated[str, Term("手続", "Name of the step.")]
    title_en: Annotated[str, Term("手続（英語）", "Name in English.")]
    to: Annotated[Key, Term("後の状態", "State it leads to.")]
    needs: Annotated[tuple[Need, ...], Term("必要なもの", "What must exist.")]
    joint: Annotated[bool, Term("共同", "Whether every kind of actor must act.")]
    gate: Annotated[
        Gate | None,
        Term(
            "関門",
            "Moment whose rules may block it: what `checkPlan` takes for a plan; null"
            " where no rule does.",
        ),
    ]
    signed: Annotated[
        tuple[Actor, ...],
        Term("署名済み", "Offices that signed it already, on the text as it is."),
    ]
    awaiting: Annotated[
        tuple[Key, ...],
        Term(
            "署名待ち",
            "Kinds of actor that still have to sign a joint act; none for others.",
        ),
    ]
    mine: Annotated[
        bool,
        Term(
            "自らの手続",
            "Whether the reader's office can take it now: the lifecycle lets it, and it"
            " has not signed yet; what it needs and what the checks say is not looked"
            " at.",
        ),
    ]
    awaiting_mine: Annotated[
        bool,
        Term(
            "自らの署名待ち",
            "Whether others have begun it, and the reader's office may complete it.",
        ),
    ]


@frozen(kw_only=True)
class Stand:
    """Where a plan or a case stands, and what can be done with it.

    Attributes:
        digest: Of the text that signatures are bound to.
        lead: The body that leads it, or that it belongs to.
        joining: Further bodies that lead it.
    """

    lifecycle: Lifecycle
    standing: Standing
    digest: str
    lead: Actor | None
    joining: tuple[Actor, ...] = ()

    def next_steps(self, reader: Reader) -> tuple[NextStep, ...]:
        """Return the steps that can be taken from here."""
        possible = self.lifecycle.steps_from(self.standing.state)
        return tuple(self._next(step, reader) for step in possible)

    def _next(self, step: Step, reader: Reader) -> NextStep:
        signed = signatures(self.standing, step.key, self.digest)
        kinds = {actor.kind for actor in signed}
        left = tuple(k for k in step.actors if k not in kinds) if step.joint else ()
        mine = reader.actor is not None and self._admits(step, reader.actor)
        return NextStep(
            key=step.key,
            title=step.title,
            title_en=step.title_en,
            to=step.to,
            needs=step.needs,
            joint=step.joint,
            gate=step.gate,
            signed=signed,
            awaiting=left,
            mine=mine,
            awaiting_mine=mine and bool(signed),
        )

    def _admits(self, step: Step, by: Actor) -> bool:
        act = Act(
            step=step.key,
            by=by,
            lead=self.lead,
            joining=self.joining,
            digest=self.digest,
        )
        signed = signatures(self.standing, step.key, self.digest)
        has_signed = by.kind in {actor.kind for actor in signed}
        return not has_signed and self.lifecycle.admits(self.standing, act)


def next_steps(
    stored: StoredPlan, reader: Reader, domain: Domain
) -> tuple[NextStep, ...]:
    """Return the steps that can be taken with a plan now.

    There are none from where it stood once, or where the plugin of its type is gone.
    """
    kind = domain.plan_types.get(stored.standing.plan_type)
    if kind is None or not stored.standing.is_newest:
        return ()
    stand = Stand(
        lifecycle=kind.lifecycle,
        standing=stored.standing.in_lifecycle,
        digest=stored.standing.content,
        lead=stored.plan.lead,
        joining=tuple(stored.plan.joining),
    )
    return stand.next_steps(reader)
