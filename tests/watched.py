"""A store with two plans in it, watched: what must hold, whatever is done to it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Collection
from typing import Any, TypeVar

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clusterplan.core.clock import day_in_tokyo
from clusterplan.core.documents.codec import digest_of
from clusterplan.core.errors import PlanError
from clusterplan.core.paging import PageRequest
from clusterplan.core.readers import ANONYMOUS, LOCAL
from clusterplan.core.reports import REPORT
from clusterplan.core.revisions import REVISION
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.drawing import draw
from clusterplan.core.services.importing import ImportPlan, import_plan
from clusterplan.core.standings import PlanStanding
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import ReadUnit, View
from clusterplan.core.stored import StoredPlan
from lives import EXTRA, OPERATOR, CrashError, CrashingStore, Life, two_lives

T = TypeVar("T")


class Watched(RuleBasedStateMachine):
    """An A plan and a B plan, and a clock that moves on."""

    def __init__(self, url: str, domain: Domain, seen: Counter[str]) -> None:
        """Begin with two drafts on 6 April 2026."""
        super().__init__()
        self.now = dt.datetime(2026, 4, 6, tzinfo=dt.UTC)
        self.domain = attrs.evolve(domain, rules=(), clock=lambda: self.now)
        self.store = SqlStore.open(url, domain.plan_types, domain.reference)
        self.seen = seen
        self.lives = two_lives(self.domain)
        self.editions: dict[tuple[str, str], Any] = {}
        self.days: dict[dt.date, Any] = {}
        self.looked_at: Any = None
        for life in self.lives:
            file = life.file(life.text)
            import_plan(ImportPlan(file=file, by=OPERATOR), self.store, self.domain)

    @rule(hours=st.sampled_from([1, 24, 24 * 30, 24 * 200]))
    def time_goes_on(self, hours: int) -> None:
        """Days that are over stay as they were shown."""
        later = self.now + dt.timedelta(hours=hours)
        if day_in_tokyo(later) > day_in_tokyo(self.now):
            self.days[day_in_tokyo(self.now)] = self.shown(day_in_tokyo(self.now))
        self.now = later

    def attempt(self, act: Callable[[Any], T], crash: str | None = None) -> T | None:
        """Return what was done; nothing where it was refused, or crashed."""
        if crash is None:
            try:
                return act(self.store)
            except PlanError as error:
                self.seen[error.problems[0].reason] += 1
                return None
        before = self.everything()
        try:
            act(CrashingStore(self.store, after_event=crash == "after its event"))
        except CrashError:
            self.seen["crashed"] += 1
        except PlanError:
            pass
        else:
            message = "a change came through that had crashed"
            raise AssertionError(message)
        assert self.everything() == before
        return None

    def everything(self) -> Any:
        """Return what would tell that something has changed."""
        with self.store.read() as unit:
            return (
                unit.revision(),
                [unit.current(life.plan_id) for life in self.lives],
                [unit.part_versions(life.plan_id) for life in self.lives],
                [
                    unit.cases([life.plan_id], kind, self.domain.view(LOCAL))
                    for life in self.lives
                    for kind in (REPORT, REVISION)
                ],
            )

    @property
    def is_anything_public(self) -> bool:
        """Whether one of the plans is in force, or was."""
        return bool(self.editions)

    def standing(self, life: Life) -> PlanStanding:
        """Return where a plan stands."""
        with self.store.read() as unit:
            found = unit.current(life.plan_id)
        assert found is not None
        return found

    def shown(self, day: dt.date) -> Any:
        """Return what anybody sees of a day: the map agrees with the table."""
        with self.store.read() as unit:
            view = self.domain.view(ANONYMOUS, as_of=day)
            totals, standings = map_agrees_with_table(unit, view, self.domain)
        return totals, [(s.plan_id, s.edition, s.state, s.digest) for s in standings]

    @invariant()
    def all_is_well(self) -> None:
        """Looked at again whenever something was written, or time went on."""
        with self.store.read() as unit:
            present = (unit.revision(), self.now)
        if present != self.looked_at:
            self.plans_stand_where_their_lifecycles_lead()
            self.public_editions_do_not_change()
            self.today_is_now()
            self.looked_at = present

    def plans_stand_where_their_lifecycles_lead(self) -> None:
        """The state is known, and so is who has signed what; no state is skipped."""
        for life in self.lives:
            standing = self.standing(life)
            assert standing.state == life.state
            waiting = standing.awaiting
            signed = (waiting.step, frozenset(waiting.by)) if waiting else None
            assert signed == life.signed
            with self.store.read() as unit:
                view = self.domain.view(LOCAL)
                past = unit.histories([life.plan_id], view)[life.plan_id]
            possible = {(f, s.to) for s in life.lifecycle.steps for f in s.from_}
            steps = [(a.state, b.state) for a, b in itertools.pairwise(past)]
            assert set(steps) <= possible
            assert [e.on for e in past] == sorted(e.on for e in past)

    def public_editions_do_not_change(self) -> None:
        """Neither text nor pins; and no id comes back that an edition gave up."""
        with self.store.read() as unit:
            present = public_editions(unit, self.lives, self.domain)
            for (plan_id, edition), told in self.editions.items():
                view = self.domain.view(LOCAL)
                stored = unit.plan(plan_id, view, edition=edition)
                if stored is not None:
                    assert kept(unit, stored) == told
        self.editions |= present
        for life in self.lives:
            texts = [
                told for (id_, _), told in self.editions.items() if id_ == life.plan_id
            ]
            for extra in EXTRA:
                runs = "".join(str(int(extra in ids)) for _, _, ids in texts)
                assert "01" not in runs[runs.find("1") :], (extra, runs)

    def today_is_now(self) -> None:
        """As of today, as known now, and without either: the same."""
        with self.store.read() as unit:
            today = self.domain.today()
            views = [
                self.domain.view(ANONYMOUS, **at)
                for at in ({}, {"as_of": today}, {"known_at": self.now})
            ]
            first, *others = [
                map_agrees_with_table(unit, view, self.domain) for view in views
            ]
            assert all(other == first for other in others)
            for life in self.lives:
                stored = unit.plan(life.plan_id, self.domain.view(LOCAL, as_of=today))
                assert stored is not None
                assert stored.standing == unit.current(life.plan_id)

    def teardown(self) -> None:
        """The log agrees with itself, and days that are over look as they did."""
        assert list(self.store.verify()) == []
        assert {day: self.shown(day) for day in self.days} == self.days
        with self.store.read() as unit:
            self.seen.update(str(event.kind) for event in unit.events(first=10_000))
        self.store.close()


def map_agrees_with_table(
    unit: ReadUnit, view: View, domain: Domain
) -> tuple[Any, ...]:
    """Return the totals of the map, which must be those of the list of plans."""
    totals = draw(view, unit, domain).totals
    plans = unit.plans(view, PageRequest(size=10)).items
    money = {plan.standing.plan_id: amounts(unit, plan) for plan in plans}
    once: dict[str, int] = {}
    for plan_id in sorted(money):
        once = money[plan_id] | once
    assert totals.count == len(plans)
    assert totals.gross == sum(sum(each.values()) for each in money.values())
    assert totals.net == sum(once.values())
    assert totals.gross >= totals.net
    return (totals, [plan.standing for plan in plans])


def amounts(unit: ReadUnit, plan: StoredPlan) -> dict[str, int]:
    """Return the yen of each investment, as the edition of a plan counts on it."""
    told = unit.investments(list(plan.standing.pins.values())).values()
    return {each.id: sum(line.amount or 0 for line in each.money) for each in told}


def public_editions(
    unit: ReadUnit, lives: Collection[Life], domain: Domain
) -> dict[tuple[str, str], tuple[str, str, frozenset[str]]]:
    """Return texts, as they are kept, and ids of measures of the present editions."""
    found = {}
    for life in lives:
        stored = unit.plan(life.plan_id, domain.view(ANONYMOUS))
        if stored is not None:
            standing = stored.standing
            found[life.plan_id, standing.edition] = kept(unit, stored)
    return found


def kept(unit: ReadUnit, stored: StoredPlan) -> tuple[str, str, frozenset[str]]:
    """Return the digests of what is kept for an edition, and its measures."""
    text = unit.text(stored.standing.digest)
    assert text is not None
    ids = frozenset(measure.id for measure in stored.plan.measures)
    return digest_of(text), stored.standing.content, ids
