"""Changes of plans as payloads of events, and back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from ..actors import Actor
from ..cases import Case
from ..events import Event, Reach
from ..identifiers import InvestmentId, Key, PartId, PlanId
from ..lifecycle import Awaiting
from ..standings import PlanChange, StateEntry
from ..store import InvestmentHead
from .converter import stored_converter


def change_data(
    change: PlanChange,
    investments: Iterable[InvestmentHead] = (),
    **act: Any,
) -> dict[str, Any]:
    """Return *change* as the payload of its event.

    Version and time stand in the event itself. *act* is plain data that tells more of
    what was done, such as step and reason; standings do not follow from it.
    """
    return {
        "plan_type": change.plan_type,
        "edition": change.edition,
        "digest": change.digest,
        "content": change.content,
        "pins": dict(change.pins),
        "entries": [stored_converter().unstructure(e) for e in change.entries],
        "source": change.source,
        "on": change.on.isoformat(),
        "investments": [
            {"id": i.id, "version": i.version, "digest": i.digest} for i in investments
        ],
        "checked": change.checked,
        "awaiting": awaiting_data(change.awaiting) if change.awaiting else None,
        **act,
    }


def change_of(event: Event, payload: Mapping[str, Any]) -> PlanChange:
    """Return the change that *event* tells of."""
    return PlanChange(
        plan_id=PlanId(event.aggregate_id),
        plan_type=Key(payload["plan_type"]),
        version=event.version,
        edition=payload["edition"],
        digest=payload["digest"],
        content=payload["content"],
        pins={InvestmentId(k): v for k, v in payload["pins"].items()},
        entries=tuple(
            stored_converter().structure(e, StateEntry) for e in payload["entries"]
        ),
        source=payload["source"],
        on=dt.date.fromisoformat(payload["on"]),
        at=event.recorded_at,
        checked=payload.get("checked"),
        awaiting=awaiting_from(payload["awaiting"])
        if payload.get("awaiting")
        else None,
    )


def awaiting_data(awaiting: Awaiting) -> dict[str, Any]:
    """Return the first half of a joint act as plain data."""
    return {
        "step": awaiting.step,
        "by": [[actor.kind, actor.code] for actor in awaiting.by],
        "digest": awaiting.digest,
    }


def awaiting_from(data: Mapping[str, Any]) -> Awaiting:
    """Return the first half of a joint act from plain data."""
    return Awaiting(
        step=Key(data["step"]),
        by=tuple(Actor(Key(kind), code) for kind, code in data["by"]),
        digest=data["digest"],
    )


def case_data(case: Case) -> dict[str, Any]:
    """Return a version of a case as the payload of its event.

    Plan, version and time stand in the event itself.
    """
    return {
        "kind": case.kind,
        "id": case.id,
        "state": case.state,
        "public": case.public,
        "owner": [case.owner.kind, case.owner.code],
        "on": case.on.isoformat(),
        "digest": case.digest,
    }


def case_id_of(payload: Mapping[str, Any]) -> PartId:
    """Return the id of the case that an event with *payload* is about."""
    return PartId(payload["id"])


def case_facts(event: Event, payload: Mapping[str, Any]) -> dict[str, Any]:
    """Return what *event* tells of a version of a case, all but its document."""
    kind, code = payload["owner"]
    return {
        "kind": Key(payload["kind"]),
        "plan_id": PlanId(event.aggregate_id),
        "id": case_id_of(payload),
        "version": event.version,
        "state": Key(payload["state"]),
        "public": payload["public"],
        "owner": Actor(Key(kind), code),
        "on": dt.date.fromisoformat(payload["on"]),
        "recorded_at": event.recorded_at,
        "digest": payload["digest"],
    }


def reach_of(payload: Mapping[str, Any]) -> Reach:
    """Return whom an event with *payload* is told to.

    One that says nothing of it is told to the state and to those it belongs to.
    """
    owner = payload.get("owner")
    return Reach(
        public=payload.get("public") is True,
        owner=Actor(Key(owner[0]), owner[1]) if owner else None,
    )


def investment_heads(event: Event, payload: Mapping[str, Any]) -> list[InvestmentHead]:
    """Return the definitions of investments that *event* tells of."""
    return [
        InvestmentHead(
            id=InvestmentId(i["id"]),
            version=i["version"],
            digest=i["digest"],
            defined_by=PlanId(event.aggregate_id),
        )
        for i in payload["investments"]
    ]
