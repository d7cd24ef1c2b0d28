"""The history: an append-only log of events, chained by their digests.

The chain runs over the digests of payloads, not the payloads, so that personal or
withheld data can be erased later without breaking it. Order is the sequence number;
recorded times are only told.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated, Any

from attrs import frozen

from .actors import Actor
from .identifiers import Key
from .terms import Term

GENESIS = "0" * 64
"""What stands before the first event."""


@frozen(kw_only=True)
class NewEvent:
    """Something that happened, before it is written down.

    Attributes:
        kind: Such as `plan_saved`.
        aggregate: What it happened to: `plan`, `investment` or `token`.
        payload: Plain data; what is needed to make the projections again.
    """

    kind: Key
    aggregate: Key
    aggregate_id: str
    version: int
    actor: Actor
    payload: dict[str, Any]


@frozen(kw_only=True)
class Event:
    """Something that happened, as the log has it."""

    sequence: Annotated[int, Term("通番", "Place in the log, from 1.")]
    kind: Annotated[Key, Term("種別", "What happened, such as `plan_saved`.")]
    aggregate: Annotated[Key, Term("対象の種別", "What it happened to.")]
    aggregate_id: Annotated[str, Term("対象", "Id of what it happened to.")]
    version: Annotated[int, Term("版数", "Number of saves of it.")]
    actor: Annotated[Actor, Term("主体", "Who did it.")]
    recorded_at: Annotated[dt.datetime, Term("記録日時", "When it was written down.")]
    payload_digest: Annotated[str, Term("内容のハッシュ", "SHA-256 of the payload.")]
    previous: Annotated[str, Term("前のハッシュ", "Digest of the event before.")]
    digest: Annotated[str, Term("ハッシュ", "SHA-256 over all of the above.")]


@frozen(kw_only=True)
class Reach:
    """Whom an event is told to, apart from the state: what its payload says of it.

    Attributes:
        public: Whether it left behind what anybody may read once the plan is public.
        owner: Whom the case belongs to that it happened to.
    """

    public: bool = False
    owner: Actor | None = None


def chain_digest(event: Event) -> str:
    """Return the digest that *event* must carry."""
    parts = (
        str(event.sequence),
        event.kind,
        event.aggregate,
        event.aggregate_id,
        str(event.version),
        str(event.actor),
        event.recorded_at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
        event.payload_digest,
        event.previous,
    )
    text = "".join(f"{len(part)}:{part}," for part in parts)
    return hashlib.sha256(text.encode()).hexdigest()
