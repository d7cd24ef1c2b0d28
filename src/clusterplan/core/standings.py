"""Where a plan stands, from when to when: the bitemporal projection of the log.

A standing is a state with an edition, valid from a day until the next one begins
(half-open), and known from the moment it was recorded until something else was. Rows
can be dropped and made again from the log: both go through `advance`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated, Self

import attrs
from attrs import field, frozen

from .history import Basis, HistoryEntry
from .identifiers import InvestmentId, Key, PlanId
from .lifecycle import Awaiting, Lifecycle, Phase, Standing
from .terms import Term


@frozen(kw_only=True)
class PlanStanding:
    """A plan in a state with an edition, for some days, as known for some time.

    Attributes:
        content: Digest of the text together with its pins.
        pins: Digest of the text of each investment that this edition counts on.
        checked: Content that the state approved, until the text changes.
        awaiting: The first half of a joint act, where the other is still to come.
    """

    plan_id: Annotated[PlanId, Term("計画ID", "The plan.")]
    plan_type: Annotated[Key, Term("計画類型", "Key of the plan type.")]
    version: Annotated[int, Term("版数", "Counts saves; what a change must name.")]
    edition: Annotated[str, Term("版", "Number of the text: `d2`, `1.0`, `1.1`.")]
    state: Annotated[Key, Term("状態", "Key of the state in the lifecycle.")]
    phase: Annotated[Phase, Term("局面", "Where in its life the plan is.")]
    public: Annotated[bool, Term("公開", "Whether anybody may read it.")]
    basis: Annotated[Basis, Term("根拠", "Whether the first day is stated or assumed.")]
    published_on: Annotated[
        dt.date | None, Term("公表日", "First day on which the plan was public.")
    ]
    valid_from: Annotated[dt.date, Term("有効開始日", "First day.")]
    valid_to: Annotated[
        dt.date | None, Term("有効終了日", "First day after it; none while it lasts.")
    ] = None
    recorded_from: Annotated[dt.datetime, Term("記録日時", "When it was written down.")]
    recorded_to: Annotated[
        dt.datetime | None, Term("記録終了", "When it was replaced, if it was.")
    ] = None
    digest: Annotated[str, Term("本文のハッシュ", "SHA-256 of the canonical text.")]
    content: str
    pins: Mapping[InvestmentId, str] = field(factory=dict, hash=False)
    source: Annotated[
        str | None, Term("出典", "Where an imported past was read from.")
    ] = None
    checked: str | None = None
    awaiting: Awaiting | None = None

    @property
    def in_lifecycle(self) -> Standing:
        """The same as the lifecycle of the plan type knows it."""
        return Standing(
            state=self.state,
            edition=self.edition,
            checked_digest=self.checked,
            awaiting=self.awaiting,
        )

    @property
    def is_newest(self) -> bool:
        """Whether nothing has followed it, as far as anybody knows."""
        return self.valid_to is None and self.recorded_to is None

    def holds_on(self, day: dt.date) -> bool:
        """Tell whether the plan stands here at the end of *day*."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


@frozen(kw_only=True)
class EditionEntry:
    """An edition of a plan, from its first day until another one replaces it."""

    edition: Annotated[str, Term("版", "Number of the text: `d2`, `1.0`, `1.1`.")]
    valid_from: Annotated[dt.date, Term("有効開始日", "First day.")]
    valid_to: Annotated[
        dt.date | None,
        Term(
            "有効終了日",
            "First day after it; the first day itself for one replaced on that very"
            " day, none while it lasts.",
        ),
    ]
    published_on: Annotated[
        dt.date | None, Term("公表日", "Day on which this edition became public.")
    ]
    state: Annotated[Key, Term("状態", "Key of the state it came into last.")]
    phase: Annotated[Phase, Term("局面", "The phase of that state.")]
    public: Annotated[bool, Term("公開", "Whether anybody may read it.")]
    in_force: Annotated[
        bool, Term("実施中", "Whether it is the edition in force on the day looked at.")
    ]


@frozen(kw_only=True)
class StateEntry:
    """A state that a change leads to, with what its lifecycle says of it then.

    Phase and publicity are written down with the change, so that the past does not
    depend on whether the plugin of the plan type is loaded, or what it says today.
    """

    state: Key
    on: dt.date
    basis: Basis = Basis.STATED
    phase: Phase
    public: bool

    @classmethod
    def of(cls, entry: HistoryEntry, lifecycle: Lifecycle) -> Self:
        """Return the state that *entry* names."""
        state = lifecycle.state(entry.state)
        return cls(
            state=state.key,
            on=entry.on,
            basis=entry.basis,
            phase=state.phase,
            public=state.public,
        )


@frozen(kw_only=True)
class PlanChange:
    """What an event says of a plan: its text, and the states it came into.

    Attributes:
        entries: States with their first days; none where only the text changed.
        on: The day of the change, in Asia/Tokyo.
        at: When it is written down.
        checked: Content that the state approved; nothing where the text changed.
        awaiting: The first half of a joint act; nothing where it is done, or lapsed.
    """

    plan_id: PlanId
    plan_type: Key
    version: int
    edition: str
    digest: str
    content: str
    pins: Mapping[InvestmentId, str] = field(hash=False)
    entries: tuple[StateEntry, ...]
    source: str | None
    on: dt.date
    at: dt.datetime
    checked: str | None = None
    awaiting: Awaiting | None = None


@frozen(kw_only=True)
class Advance:
    """What a change does to the standings of a plan.

    Attributes:
        replaced: The standing that is no longer known to be true, if any.
        added: What is known instead, oldest first.
    """

    replaced: PlanStanding | None
    added: tuple[PlanStanding, ...]


def advance(current: PlanStanding | None, change: PlanChange) -> Advance:
    """Return what *change* does to a plan that stands at *current*.

    A state that lasted no day stays in the history. A text that did, does not, unless
    it was public: such an edition holds on no day, and is found by its number for ever.
    """
    entries = change.entries
    if not entries and current is not None:
        entries = (
            StateEntry(
                state=current.state,
                on=change.on,
                basis=current.basis,
                phase=current.phase,
                public=current.public,
            ),
        )
    added: list[PlanStanding] = []
    last = current
    for entry in entries:
        following = _standing(last, entry, change)
        if last is not None:
            ended = attrs.evolve(
                last, valid_to=following.valid_from, recorded_from=change.at
            )
            kept = ended.valid_from != ended.valid_to or _is_told(ended, following)
            if last is current:
                added = [ended] if kept else []
            elif kept:
                added[-1] = ended
            else:
                del added[-1]
        added.append(following)
        last = following
    return Advance(replaced=current, added=tuple(added))


def collapse(standings: Sequence[PlanStanding]) -> tuple[HistoryEntry, ...]:
    """Return the states of a plan in order, with their first days."""
    history: list[HistoryEntry] = []
    for standing in standings:
        if not history or history[-1].state != standing.state:
            history.append(
                HistoryEntry(
                    state=standing.state, on=standing.valid_from, basis=standing.basis
                )
            )
    return tuple(history)


def editions(
    standings: Iterable[PlanStanding], on: dt.date
) -> tuple[EditionEntry, ...]:
    """Return the editions of a plan in order, as of a day.

    An edition was public from the first day on which it stood in a public state.
    """
    found: dict[str, list[PlanStanding]] = {}
    for standing in standings:
        found.setdefault(standing.edition, []).append(standing)
    return tuple(_edition(told, on) for told in found.values())


def _edition(told: Sequence[PlanStanding], on: dt.date) -> EditionEntry:
    told = [standing for standing in told if standing.public] or told
    first, last = told[0], told[-1]
    return EditionEntry(
        edition=last.edition,
        valid_from=first.valid_from,
        valid_to=last.valid_to,
        published_on=first.valid_from if first.public else None,
        state=last.state,
        phase=last.phase,
        public=last.public,
        in_force=last.phase is Phase.IN_FORCE and last.holds_on(on),
    )


def _is_told(ended: PlanStanding, following: PlanStanding) -> bool:
    """Tell whether a standing stays known though it lasted no day."""
    published = ended.public and ended.edition != following.edition
    return published or ended.state != following.state


def _standing(
    last: PlanStanding | None, entry: StateEntry, change: PlanChange
) -> PlanStanding:
    on = max(entry.on, last.valid_from) if last else entry.on
    published = last.published_on if last else None
    return PlanStanding(
        plan_id=change.plan_id,
        plan_type=change.plan_type,
        version=change.version,
        edition=change.edition,
        state=entry.state,
        phase=entry.phase,
        public=entry.public,
        basis=entry.basis,
        published_on=published or (on if entry.public else None),
        valid_from=on,
        recorded_from=change.at,
        digest=change.digest,
        content=change.content,
        pins=change.pins,
        source=change.source or (last.source if last else None),
        checked=change.checked,
        awaiting=change.awaiting,
    )
