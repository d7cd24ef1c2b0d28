"""What the office that reads may do: plans it may lead, and steps that are its own."""

from __future__ import annotations

from typing import Annotated

from attrs import frozen

from ..actors import Actor
from ..identifiers import Key
from ..lifecycle import Act, Need, Step
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
    """A step that can be taken from where a plan stands, and whether by the reader."""

    key: Annotated[Key, Term("手続キー", "Key of the step; what `takeStep` takes.")]
    title: Annotated[str, Term("手続", "Name of the step.")]
    title_en: Annotated[str, Term("手続（英語）", "Name in English.")]
    to: Annotated[Key, Term("後の状態", "State it leads to.")]
    needs: Annotated[tuple[Need, ...], Term("必要なもの", "What must exist.")]
    joint: Annotated[bool, Term("共同", "Whether every kind of actor must act.")]
    mine: Annotated[
        bool,
        Term(
            "自らの手続",
            "Whether the lifecycle lets the reader's office take it now; what it needs"
            " and what the checks say is not looked at.",
        ),
    ]
    awaiting_mine: Annotated[
        bool,
        Term(
            "署名待ち", "Whether others have begun it, and the reader's office is next."
        ),
    ]


def next_steps(
    stored: StoredPlan, reader: Reader, domain: Domain
) -> tuple[NextStep, ...]:
    """Return the steps that can be taken with a plan now.

    There are none from where it stood once, or where the plugin of its type is gone.
    """
    kind = domain.plan_types.get(stored.standing.plan_type)
    if kind is None or not stored.standing.is_newest:
        return ()
    steps = kind.lifecycle.steps_from(stored.standing.state)
    return tuple(_next(step, stored, reader, kind) for step in steps)


def _next(step: Step, stored: StoredPlan, reader: Reader, kind: PlanType) -> NextStep:
    mine = awaited = False
    if reader.actor is not None:
        act = Act(
            step=step.key,
            by=reader.actor,
            lead=stored.plan.lead,
            joining=stored.plan.joining,
            digest=stored.standing.content,
        )
        standing = stored.standing.in_lifecycle
        mine = kind.lifecycle.admits(standing, act)
        awaited = kind.lifecycle.awaits(standing, act)
    return NextStep(
        key=step.key,
        title=step.title,
        title_en=step.title_en,
        to=step.to,
        needs=step.needs,
        joint=step.joint,
        mine=mine,
        awaiting_mine=awaited,
    )
