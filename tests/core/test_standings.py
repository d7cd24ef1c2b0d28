"""The bitemporal projection: what is known now has no gaps and no overlaps."""

from __future__ import annotations

import datetime as dt
import itertools

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.history import Basis, HistoryEntry
from clusterplan.core.identifiers import Key, PlanId
from clusterplan.core.lifecycle import Lifecycle, Phase, State
from clusterplan.core.standings import (
    PlanChange,
    PlanStanding,
    StateEntry,
    advance,
    collapse,
)

FIRST = dt.date(2026, 4, 1)
NOON = dt.datetime(2026, 4, 1, 3, tzinfo=dt.UTC)


def entry(state: str, day: int, *, public: bool = False) -> StateEntry:
    """Return the state that a plan came into on a day, counted from the first."""
    return StateEntry(
        state=Key(state),
        on=FIRST + dt.timedelta(days=day),
        phase=Phase.IN_FORCE if public else Phase.DRAFT,
        public=public,
    )


def change(number: int, day: int, *entries: StateEntry) -> PlanChange:
    """Return the change that makes version *number*."""
    return PlanChange(
        plan_id=PlanId("p"),
        plan_type=Key("t"),
        version=number,
        edition=f"d{number}",
        digest=f"text {number}",
        content=f"content {number}",
        pins={},
        entries=entries,
        source=None,
        on=FIRST + dt.timedelta(days=day),
        at=NOON + dt.timedelta(days=day, seconds=number),
    )


def play(changes: list[PlanChange]) -> list[PlanStanding]:
    """Return all standings, as a store writes them down."""
    written: list[PlanStanding] = []
    for told in changes:
        current = written[-1] if written else None
        forward = advance(current, told)
        assert forward.replaced == current
        if current is not None:
            written[-1] = attrs.evolve(current, recorded_to=told.at)
        written.extend(forward.added)
    return written


def known_at(written: list[PlanStanding], at: dt.datetime) -> list[PlanStanding]:
    """Return what was known at a moment, oldest first."""
    return [
        s
        for s in written
        if s.recorded_from <= at and (s.recorded_to is None or s.recorded_to > at)
    ]


@st.composite
def histories(draw: st.DrawFn) -> list[PlanChange]:
    """Draw changes of a plan: texts and states; days may repeat and go back."""
    changes = []
    for number in range(1, draw(st.integers(1, 7)) + 1):
        day = draw(st.integers(0, 6))
        days = sorted(draw(st.lists(st.integers(0, 6), max_size=4)))
        states = [
            entry(draw(st.sampled_from("abc")), d, public=draw(st.booleans()))
            for d in days or ([day] if number == 1 else [])
        ]
        changes.append(change(number, number, *states))
        changes[-1] = attrs.evolve(changes[-1], on=FIRST + dt.timedelta(days=day))
    return changes


@given(histories())
def test_what_is_known_has_no_gaps_and_no_overlaps(changes: list[PlanChange]) -> None:
    """At every moment each span ends where the next begins, and the last is open."""
    written = play(changes)
    for told in changes:
        known = known_at(written, told.at)
        assert known
        for one, following in itertools.pairwise(known):
            assert one.valid_to == following.valid_from
            assert one.valid_from <= following.valid_from
        assert known[-1].valid_to is None
        assert known[-1].version == told.version


@given(histories())
def test_a_day_has_one_text_at_most(changes: list[PlanChange]) -> None:
    """Validity is half-open: every day from the first on belongs to one span."""
    written = play(changes)
    known = [s for s in written if s.recorded_to is None]
    assert [s.valid_to is None for s in known] == [False] * (len(known) - 1) + [True]
    for day in (FIRST + dt.timedelta(days=n) for n in range(9)):
        holding = [
            s
            for s in known
            if s.valid_from <= day and (s.valid_to is None or day < s.valid_to)
        ]
        assert len(holding) == (known[0].valid_from <= day)


@given(histories())
def test_the_past_of_what_was_known_never_changes(changes: list[PlanChange]) -> None:
    """A later change does not touch what was known at an earlier moment."""
    for number in range(1, len(changes)):
        before = known_at(play(changes[:number]), changes[number - 1].at)
        after = known_at(play(changes), changes[number - 1].at)
        assert [attrs.evolve(s, recorded_to=None) for s in after] == before


@given(histories())
def test_a_plan_is_published_once(changes: list[PlanChange]) -> None:
    """The day of publication is that of the first public span, and stays."""
    known = [s for s in play(changes) if s.recorded_to is None]
    published = [s.published_on for s in known if s.published_on]
    assert len(set(published)) <= 1
    assert all(s.published_on for s in known if s.public)


def test_the_first_change_begins_with_its_states() -> None:
    """A past becomes one span for each state."""
    forward = advance(None, change(1, 9, entry("a", 0), entry("b", 3, public=True)))
    assert forward.replaced is None
    assert [(s.state, s.valid_from.day, s.valid_to) for s in forward.added] == [
        ("a", 1, FIRST + dt.timedelta(days=3)),
        ("b", 4, None),
    ]
    assert forward.added[-1].published_on == FIRST + dt.timedelta(days=3)


def test_a_state_that_lasted_no_day_stays_in_the_history() -> None:
    """Two states of one day are both told; the first holds on no day."""
    forward = advance(None, change(1, 0, entry("a", 0), entry("b", 0)))
    assert [h.state for h in collapse(forward.added)] == ["a", "b"]
    assert forward.added[0].valid_from == forward.added[0].valid_to


def test_a_text_that_lasted_no_day_does_not_stay() -> None:
    """The same state twice on one day is one span."""
    entries = (entry("a", 0), entry("b", 2), entry("b", 2), entry("c", 5))
    forward = advance(None, change(1, 9, *entries))
    assert [s.state for s in forward.added] == ["a", "b", "c"]


def test_an_edition_that_was_public_stays_though_it_lasted_no_day() -> None:
    """It holds on no day; drafts and saves of the same edition leave nothing."""
    begun = change(1, 0, entry("a", 0), entry("b", 2, public=True))
    same = attrs.evolve(change(2, 2), edition="d1")
    written = play([begun, same, change(3, 2), change(4, 2)])
    known = [s for s in written if s.recorded_to is None]
    day = FIRST + dt.timedelta(days=2)
    assert [(s.edition, s.version, s.valid_from, s.valid_to) for s in known] == [
        ("d1", 1, FIRST, day),
        ("d1", 2, day, day),
        ("d3", 3, day, day),
        ("d4", 4, day, None),
    ]
    assert [h.state for h in collapse(known)] == ["a", "b"]


def test_a_new_text_keeps_state_basis_and_source() -> None:
    """Where only the text changed, the rest goes on as it was."""
    assumed = attrs.evolve(entry("a", 0), basis=Basis.ASSUMED)
    first = attrs.evolve(change(1, 0, assumed), source="資料")
    written = play([first, change(2, 3)])
    assert [(s.state, s.basis, s.source, s.version) for s in written] == [
        ("a", Basis.ASSUMED, "資料", 1),
        ("a", Basis.ASSUMED, "資料", 1),
        ("a", Basis.ASSUMED, "資料", 2),
    ]
    assert collapse(written[1:]) == (
        HistoryEntry(state=Key("a"), on=FIRST, basis=Basis.ASSUMED),
    )


def test_a_state_comes_with_phase_and_publicity_of_its_lifecycle() -> None:
    """They are written down with the change, and the lifecycle must know the state."""
    lifecycle = Lifecycle(
        states=(
            State(
                key=Key("open"),
                title="公開",
                title_en="Open",
                phase=Phase.IN_FORCE,
                public=True,
            ),
        ),
        steps=(),
    )
    given = HistoryEntry(state=Key("open"), on=FIRST, basis=Basis.ASSUMED)
    found = StateEntry.of(given, lifecycle)
    assert found == StateEntry(
        state=Key("open"),
        on=FIRST,
        basis=Basis.ASSUMED,
        phase=Phase.IN_FORCE,
        public=True,
    )
    with pytest.raises(KeyError):
        StateEntry.of(attrs.evolve(given, state=Key("shut")), lifecycle)
