"""A store with two plans in it, watched: what must hold, whatever is done to it."""

from __future__ import annotations

import datetime as dt
import itertools
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from clusterplan.core.actors import Actor
from clusterplan.core.casekinds import CASE_KINDS
from clusterplan.core.cases import Case, CaseKind
from clusterplan.core.clock import day_in_tokyo
from clusterplan.core.documents.codec import content_digest
from clusterplan.core.errors import PlanError
from clusterplan.core.identifiers import Key
from clusterplan.core.lifecycle import Phase
from clusterplan.core.maps import InvestmentMap
from clusterplan.core.readers import ANONYMOUS, LOCAL
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.drawing import draw
from clusterplan.core.services.importing import ImportPlan
from clusterplan.core.standings import PlanStanding
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins
from crashing import CrashError, CrashingStore
from lives import ACTORS, OPERATOR, RULES, SHARED, Life, two_lives
from looks import Edition, map_agrees_with_table, public_editions, stored_rows
from service_commands import RUNNING

RARELY = st.sampled_from([*[False] * 9, True])
HOW = st.sampled_from([*[None] * 16, "crash at once", "crash late", "dry", "stale"])
"""How a command is given: so that it is done, or in a way that must change nothing."""
HOURS = st.sampled_from([1, 1, 24, 24, 24 * 30, 24 * 200, 24 * 2000])


Deed = Callable[[st.DataObject], None]


class Watched(RuleBasedStateMachine):
    """An A plan and a B plan, and a clock that moves on."""

    def __init__(
        self, url: str, domain: Domain, plugins: Plugins, seen: Counter[str]
    ) -> None:
        """Begin with two drafts on 6 April 2026."""
        super().__init__()
        self.now = dt.datetime(2026, 4, 6, tzinfo=dt.UTC)
        self.domain = attrs.evolve(domain, rules=RULES, clock=lambda: self.now)
        self.plugins, self.seen = plugins, seen
        self.store = SqlStore.open(url, domain.plan_types, domain.reference)
        self.lives = two_lives(self.domain)
        self.editions: dict[tuple[str, str], Edition] = {}
        self.days: dict[dt.date, Any] = {}
        self.approved: set[str] = set()
        self.accepted: dict[tuple[str, str], Actor] = {}
        self.looked_at: Any = None
        self.drawn: InvestmentMap | None = None
        self.refusal: PlanError | None = None
        self.begin()

    def go_on(self, life: Life) -> None:
        """Bring a plan that is in force further, where there is something to do."""

    def begin(self) -> None:
        """Save two drafts."""
        for life in self.lives:
            self.give(ImportPlan(file=life.file(life.text), by=OPERATOR))

    @rule(data=st.data())
    def somebody_does_something(self, data: st.DataObject) -> None:
        """Most often something that can be done now.

        All deeds are one rule, so that none of them is left out of a life: they are
        worth most where they get into each other's way.
        """
        deeds = [deed.__name__ for deed, weight in self.deeds() for _ in range(weight)]
        deed = getattr(self, data.draw(st.sampled_from(deeds), label="deed"))
        deed(data)

    def deeds(self) -> Iterator[tuple[Deed, int]]:
        """Yield what can be done, and how often; always, be it of no use."""
        yield self.time_passes, 6
        yield self.rows_are_made_again, 1

    def time_passes(self, data: st.DataObject) -> None:
        """An hour, or years."""
        self.time_goes_on(data.draw(HOURS, label="hours"))

    def time_goes_on(self, hours: int) -> None:
        """Days that are over stay as they were shown."""
        later = self.now + dt.timedelta(hours=hours)
        if day_in_tokyo(later) > day_in_tokyo(self.now):
            self.days[day_in_tokyo(self.now)] = self.shown(day_in_tokyo(self.now))
        self.now = later

    def rows_are_made_again(self, _: Any = None) -> None:
        """Now and then in a life, and at its end, from the log alone."""
        before = stored_rows(self.store)
        self.store.rebuild()
        assert stored_rows(self.store) == before, "a rebuild gives other rows"

    def give(
        self, command: Any, how: str | None = None, *, allowed: bool | None = None
    ) -> Any:
        """Give a command, and return what was done; nothing where nothing was.

        Args:
            command: The command.
            how: How it is given, of `HOW`; all but none must leave the store as it is.
            allowed: Whether it must be done, where that is known.
        """
        name = type(command).__name__
        if how is None:
            self.refusal = None
            done = self._done(command, self.store)
            assert allowed is None or (done is not None) is allowed, (
                command,
                self.refusal,
            )
            if done is not None and done.changed:
                self.seen[f"{name} done"] += 1
            return done
        before, self.refusal = self._everything(), None
        if how.startswith("crash"):
            self._crash(command, at_once=how == "crash at once")
        elif how == "dry":
            done = self._done(attrs.evolve(command, dry_run=True), self.store)
            assert allowed is None or (done is not None) is allowed, (
                command,
                self.refusal,
            )
        else:
            self._give_stale(command)
        self.seen[f"{name} {how}"] += 1
        assert self._everything() == before, f"{how}: {command}"
        return None

    def _done(self, command: Any, store: Any) -> Any:
        try:
            return RUNNING[type(command)](command, store, self.domain)
        except PlanError as error:
            self.refusal = error
            self.seen[error.problems[0].reason] += 1
            return None

    def _crash(self, command: Any, *, at_once: bool) -> None:
        act = RUNNING[type(command)]
        try:
            act(command, CrashingStore(self.store, after_event=at_once), self.domain)
        except (CrashError, PlanError):
            return
        message = f"a change came through that had crashed: {command}"
        raise AssertionError(message)

    def _give_stale(self, command: Any) -> None:
        """Base a command on a version that was never there."""
        names = {a.name for a in attrs.fields(type(command))}
        for name in names & {"expected_version", "expected_part_version"}:
            changes: Any = {name: 10_000}
            self._done(attrs.evolve(command, **changes), self.store)

    def _everything(self) -> Any:
        """Return what would tell that something has changed."""
        with self.store.read() as unit:
            ids, view = [life.plan_id for life in self.lives], self.domain.view(LOCAL)
            return (
                unit.revision(),
                [unit.current(id_) for id_ in ids],
                [unit.part_versions(id_) for id_ in ids],
                [unit.investment_head(life.own) for life in self.lives],
                [unit.cases(ids, kind, view) for kind in CASE_KINDS.values()],
            )

    def somebody(self, data: st.DataObject, likely: tuple[Actor, ...]) -> Actor:
        """Draw an office, most often a likely one."""
        often = likely * (3 * len(ACTORS) // len(likely))
        return data.draw(st.sampled_from((*often, *ACTORS)), label="by")

    def how(self, data: st.DataObject) -> str | None:
        """Draw how a command is given, of `HOW`."""
        return data.draw(HOW, label="how")

    def life(self, data: st.DataObject, *phases: Phase) -> Life:
        """Draw a plan, most often one in one of some phases."""
        letters = [life.letter for life in self.lives if life.phase in phases]
        letter = data.draw(st.sampled_from((*letters * 4, "A", "B")), label="plan")
        return next(life for life in self.lives if life.letter == letter)

    def is_any(self, *phases: Phase) -> bool:
        """Tell whether one of the plans is in one of some phases."""
        return any(life.phase in phases for life in self.lives)

    def standing(self, life: Life) -> PlanStanding:
        """Return where a plan stands."""
        with self.store.read() as unit:
            found = unit.current(life.plan_id)
        assert found is not None
        return found

    def cases(self, life: Life, kind: CaseKind) -> tuple[Case, ...]:
        """Return the cases of a kind beside a plan."""
        with self.store.read() as unit:
            found = unit.cases([life.plan_id], kind, self.domain.view(LOCAL))
        return found.get(life.plan_id, ())

    def case(self, life: Life, kind: CaseKind, id_: str) -> Case | None:
        """Return a case beside a plan, if there is one."""
        return next((c for c in self.cases(life, kind) if c.id == id_), None)

    def may_refer(self, life: Life, by: Actor) -> bool:
        """Tell whether a B plan's text by *by* may refer to the A plan's investment.

        What it counts on already it may; else what its author may see.
        """
        a, _ = self.lives
        seen = a.public and not a.text.money.withheld
        return life.text.refers or seen or by == OPERATOR

    def approve(self, life: Life, revision: Case | None = None) -> None:
        """Remember that the state found a text in order, with what it counts on."""
        content = self.standing(life).content
        if revision is not None:
            told = revision.document
            content = content_digest(
                told.draft, {pinned.id: pinned.digest for pinned in told.investments}
            )
        self.approved.add(content)

    def shown(self, day: dt.date) -> Any:
        """Return what anybody sees of a day: the map agrees with the table.

        An investment that is withheld later is so for the past, too.
        """
        hidden = self.hidden()
        with self.store.read() as unit:
            view = self.domain.view(ANONYMOUS, as_of=day)
            drawn, standings = map_agrees_with_table(unit, view, self.domain, hidden)
        told = [(s.plan_id, s.edition, s.state, s.digest) for s in standings]
        return told, {hidden: drawn.totals}

    def moment_of(self, day: dt.date) -> dt.datetime:
        """Return a moment of a day."""
        return dt.datetime(day.year, day.month, day.day, 6, tzinfo=dt.UTC)

    def hidden(self) -> frozenset[str]:
        """Return the ids of investments that are withheld by their newest definition."""
        return frozenset(x.own for x in self.lives if x.text.money.withheld)

    @invariant()
    def all_is_well(self) -> None:
        """Looked at again whenever something was written, or time went on."""
        with self.store.read() as unit:
            present = (unit.revision(), self.now)
        if present != self.looked_at:
            self.looked_at = None
            for each in self.checks():
                each()
            self.looked_at = present

    def checks(self) -> Iterator[Callable[[], None]]:
        """Yield what must hold after every change."""
        yield self.plans_stand_where_their_lifecycles_lead
        yield self.parts_have_the_version_of_their_last_change
        yield self.public_editions_do_not_change
        yield self.only_approved_texts_are_published
        yield self.nobody_accepts_their_own_report
        yield self.today_is_now

    def plans_stand_where_their_lifecycles_lead(self) -> None:
        """The state is known, and so is who has signed what; no state is skipped."""
        for life in self.lives:
            standing = self.standing(life)
            assert standing.state == life.state, "another state"
            waiting = standing.awaiting
            signed = (waiting.step, frozenset(waiting.by)) if waiting else None
            assert signed == life.signed, "other signatures"
            with self.store.read() as unit:
                view = self.domain.view(LOCAL)
                past = unit.histories([life.plan_id], view)[life.plan_id]
            possible = {(f, s.to) for s in life.lifecycle.steps for f in s.from_}
            steps = [(a.state, b.state) for a, b in itertools.pairwise(past)]
            assert set(steps) <= possible, "a state was skipped"
            assert [e.on for e in past] == sorted(e.on for e in past)

    def parts_have_the_version_of_their_last_change(self) -> None:
        """Parts that are gone have none."""
        for life in self.lives:
            with self.store.read() as unit:
                found = unit.part_versions(life.plan_id)
            versions = {
                key.removeprefix("measure/"): version
                for key, version in found.items()
                if key.startswith("measure/X-")
            }
            assert versions == life.versions, "other versions of parts"

    def public_editions_do_not_change(self) -> None:
        """Neither text nor pins; and no id comes back that an edition gave up."""
        with self.store.read() as unit:
            present = public_editions(unit, self.lives, self.domain)
            for (plan_id, edition), told in self.editions.items():
                view = self.domain.view(LOCAL)
                stored = unit.plan(plan_id, view, edition=edition)
                if stored is not None:
                    assert Edition.of(unit, stored) == told, "an edition changed"
        self.editions |= present
        for life in self.lives:
            texts = [e for (id_, _), e in self.editions.items() if id_ == life.plan_id]
            for id_ in {"X-1", "X-2", SHARED}:
                runs = "".join(str(int(id_ in told.ids)) for told in texts)
                assert "01" not in runs[runs.find("1") :], (id_, runs)

    def only_approved_texts_are_published(self) -> None:
        """A text that was pre-checked and then edited is another one."""
        _, b = self.lives
        for (plan_id, edition), told in self.editions.items():
            if plan_id == b.plan_id and edition.endswith(".0"):
                assert told.content in self.approved, "a text that nobody approved"

    def nobody_accepts_their_own_report(self) -> None:
        """Where the state reviews reports, another office accepts them."""
        for life in self.lives:
            for case in self.cases(life, CASE_KINDS["report"]):
                by = self.accepted.get((life.plan_id, case.id))
                assert case.state == life.reports[case.id][0], "another state"
                assert by is None or by != case.document.submitted_by, (
                    "accepted by self"
                )
                assert case.state != Key("accepted") or by or not self.reviewed(life)

    def reviewed(self, life: Life) -> bool:
        """Tell whether the state reviews the reports on a plan."""
        return self.domain.plan_types[life.plan_type].report_review

    def today_is_now(self) -> None:
        """As of today, as known now, and without either: the same."""
        hidden = self.hidden()
        with self.store.read() as unit:
            today = self.domain.today()
            views = [
                self.domain.view(ANONYMOUS, **at)
                for at in ({}, {"as_of": today}, {"known_at": self.now})
            ]
            self.drawn, _ = map_agrees_with_table(unit, views[0], self.domain, hidden)
            for view in views[1:]:
                again = draw(view, unit, self.domain)
                assert again == self.drawn, "today is another day"
            for life in self.lives:
                stored = unit.plan(life.plan_id, self.domain.view(LOCAL, as_of=today))
                assert stored is not None
                assert stored.standing == unit.current(life.plan_id)

    def teardown(self) -> None:
        """Look at everything for the last time, unless a fault was found before."""
        try:
            if self.looked_at is not None:
                self.life_is_over()
        finally:
            self.store.close()

    def life_is_over(self) -> None:
        """The log agrees with itself, and days that are over look as they did."""
        assert list(self.store.verify()) == []
        for day, (told, totals) in self.days.items():
            again, now = self.shown(day)
            assert again == told, f"{day} looks different"
            assert all(totals.get(hidden, t) == t for hidden, t in now.items()), day
        self.rows_are_made_again()
        assert list(self.store.verify()) == []
        with self.store.read() as unit:
            self.seen.update(str(event.kind) for event in unit.events(first=10_000))
        self.seen["signature lapsed"] += sum(life.lapsed for life in self.lives)
