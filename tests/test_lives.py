"""Whatever offices do, in whatever order, some things hold."""

from __future__ import annotations

import datetime as dt
import shutil
import uuid
from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import attrs
from hypothesis import HealthCheck, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from hypothesis.stateful import (
    initialize,
    precondition,
    rule,
    run_state_machine_as_test,
)

from clusterplan.core.actors import Actor
from clusterplan.core.clock import day_in_tokyo
from clusterplan.core.identifiers import PartId
from clusterplan.core.lifecycle import Phase
from clusterplan.core.periods import FiscalHalf
from clusterplan.core.reports import Cause, ReportRow
from clusterplan.core.revisions import REVISION
from clusterplan.core.services.answers import StepComment
from clusterplan.core.services.correcting import CorrectPlan, correct_plan
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.importing import ImportPlan, import_plan
from clusterplan.core.services.reporting import (
    AcceptReport,
    FillReport,
    OpenReport,
    SubmitReport,
    accept_report,
    fill_report,
    open_report,
    submit_report,
)
from clusterplan.core.services.revising import (
    AdoptRevision,
    DropRevision,
    OpenRevision,
    SaveRevision,
    adopt_revision,
    drop_revision,
    open_revision,
    save_revision,
)
from clusterplan.core.services.stepping import TakeStep, take_step
from lives import (
    ACTORS,
    EXTRA,
    OPERATOR,
    Life,
    Text,
    provided,
)
from watched import Watched

WHICH = st.sampled_from([0, 1])
RARELY = st.sampled_from([*[False] * 9, True])
BY = st.sampled_from(ACTORS)
CRASH = st.sampled_from([*[None] * 8, "after its event", "at its end"])
TEXTS = st.builds(
    Text,
    title=st.sampled_from(["架空計画", "架空計画（改）", "別の計画"]),
    amount=st.sampled_from([1, 2_000_000_000]),
    extra=st.sets(st.sampled_from(EXTRA)).map(lambda ids: tuple(sorted(ids))),
)
VALUES = st.decimals(0, 100_000, places=0)
REMARK = StepComment(pointer="", text="期限の根拠を示してください")


class Lives(Watched):
    """The offices around two plans, which do what comes to their minds."""

    @initialize(far=st.tuples(*[st.sampled_from([1, 3, 5, 5, 5, 5])] * 2))
    def plans_have_come_some_way(self, far: tuple[int, int]) -> None:
        """Straight on; five steps lead into force."""
        for life, steps in zip(self.lives, far, strict=True):
            for _ in range(steps):
                if life.phase is not Phase.IN_FORCE:
                    self.step(life, *self.ways_on(life)[0], reason=False, comment=False)

    @rule(which=WHICH, data=st.data(), by=BY, crash=CRASH, reason=RARELY)
    def somebody_tries_a_step(
        self, which: int, data: st.DataObject, by: Actor, crash: str, *, reason: bool
    ) -> None:
        """Any office, any step, at any time."""
        life = self.lives[which]
        key = data.draw(st.sampled_from([step.key for step in life.lifecycle.steps]))
        self.step(life, key, by, crash, reason=reason, comment=data.draw(st.booleans()))

    @rule(which=WHICH, data=st.data(), crash=CRASH)
    def a_step_is_taken_that_can_be(
        self, which: int, data: st.DataObject, crash: str
    ) -> None:
        """By an office that may; plans do not die young."""
        life = self.lives[which]
        ways = self.ways_on(life)
        if ways:
            key, by = data.draw(st.sampled_from(ways))
            self.step(life, key, by, crash, reason=True, comment=False)

    def ways_on(self, life: Life) -> list[tuple[str, Actor]]:
        """Return the steps towards being in force, and who may take them."""
        return [
            (step.key, by)
            for step in life.lifecycle.steps
            for by in ACTORS
            if step.key not in ("send_back", "reopen", "abandon_formulation")
            and life.lifecycle.state(step.to).phase is not Phase.ENDED
            and life.may(step, by, step.needs)
            and not (life.signed and by in life.signed[1])
        ]

    def step(
        self,
        life: Life,
        key: str,
        by: Actor,
        crash: str | None = None,
        **facts: bool,
    ) -> None:
        """Take a step, and compare with what the lifecycle says."""
        step = next(s for s in life.lifecycle.steps if s.key == key)
        with self.store.read() as unit:
            allowed = life.may(step, by, provided(life, unit, self.domain, **facts))
        command = TakeStep(
            plan_id=life.plan_id,
            step=key,
            by=by,
            expected_version=self.standing(life).version,
            reason="事情による" if facts["reason"] else None,
            comments=(REMARK,) if facts["comment"] else (),
        )
        done = self.attempt(lambda store: take_step(command, store, self.domain), crash)
        if crash is None:
            assert (done is not None) is allowed, (key, by, life)
        if done is not None:
            life.take(step, by)

    @rule(which=WHICH, text=TEXTS, by=BY, crash=CRASH)
    def a_draft_is_saved(self, which: int, text: Text, by: Actor, crash: str) -> None:
        """By who leads the plan, while it is a draft, and by nobody else."""
        life = self.lives[which]
        allowed = by in (*life.lead, OPERATOR) and life.phase is Phase.DRAFT
        command = ImportPlan(
            file=life.file(text),
            by=by,
            expected_version=self.standing(life).version,
        )
        done = self.attempt(
            lambda store: import_plan(command, store, self.domain), crash
        )
        if crash is None and text != life.text:
            assert (done is not None) is allowed, (text, by, life)
        if done is not None and done.changed:
            assert allowed
            life.text, life.signed = text, None

    @precondition(lambda self: self.is_anything_public)
    @rule(which=WHICH, data=st.data(), text=TEXTS, crash=CRASH)
    def an_edition_is_corrected(
        self, which: int, data: st.DataObject, text: Text, crash: str
    ) -> None:
        """In force, by who revises it, and nothing that is policy."""
        life = self.lives[which]
        by = data.draw(st.sampled_from((*life.revisers * 3, *ACTORS)))
        extra = text.extra if data.draw(RARELY) else life.text.extra
        told = attrs.evolve(life.text, title=text.title, extra=extra)
        command = CorrectPlan(
            plan_id=life.plan_id,
            file=life.file(told),
            reason="誤記",
            by=by,
            expected_version=self.standing(life).version,
        )
        before = self.standing(life).edition
        done = self.attempt(
            lambda store: correct_plan(command, store, self.domain), crash
        )
        if done is not None and done.changed:
            assert life.phase is Phase.IN_FORCE
            assert by in life.revisers
            assert told.extra == life.text.extra
            assert done.standing.edition == _next(before, corrected=True)
            life.text, life.signed = told, None

    @precondition(lambda self: self.is_anything_public)
    @rule(which=WHICH, data=st.data(), text=TEXTS, crash=CRASH)
    def a_revision_is_opened_and_drafted(
        self, which: int, data: st.DataObject, text: Text, crash: str
    ) -> None:
        """One at a time, of an edition in force."""
        life = self.lives[which]
        by = data.draw(st.sampled_from((*life.revisers * 3, *ACTORS)))
        if life.revised is None:
            id_ = PartId(f"R-{life.revisions + 1}")
            opening = OpenRevision(
                plan_id=life.plan_id, revision_id=id_, by=by, occasion="総会での指摘"
            )
            opened = self.attempt(
                lambda store: open_revision(opening, store, self.domain), crash
            )
            if opened is None:
                return
            assert life.phase is Phase.IN_FORCE
            assert by in life.revisers
            life.revisions, life.revised = life.revisions + 1, life.text
        saving = SaveRevision(
            file=life.file(text),
            base=self.standing(life).edition,
            **self.revision(life, by),
        )
        saved = self.attempt(
            lambda store: save_revision(saving, store, self.domain), crash
        )
        if saved is not None:
            life.revised = text
            for signer in () if data.draw(RARELY) else life.signers:
                self.adopt(life, signer, crash)

    @precondition(lambda self: any(life.revised for life in self.lives))
    @rule(which=WHICH, by=BY, crash=CRASH)
    def a_revision_is_adopted(self, which: int, by: Actor, crash: str) -> None:
        """Its text is the next edition once everybody has signed."""
        life = self.lives[which]
        if life.revised is not None:
            self.adopt(life, by, crash)

    def adopt(self, life: Life, by: Actor, crash: str | None) -> None:
        """Adopt the open revision, or sign it."""
        before = self.standing(life).edition
        command = AdoptRevision(**self.revision(life, by))
        done = self.attempt(
            lambda store: adopt_revision(command, store, self.domain), crash
        )
        if done is None:
            return
        assert by in life.signers
        if done.standing is not None:
            assert life.phase is Phase.IN_FORCE
            assert done.standing.edition == _next(before, corrected=False)
            assert life.revised is not None
            life.text, life.revised, life.signed = life.revised, None, None

    @precondition(lambda self: any(life.revised for life in self.lives))
    @rule(which=WHICH, by=BY)
    def a_revision_is_dropped(self, which: int, by: Actor) -> None:
        """The edition in force stays."""
        life = self.lives[which]
        if life.revised is None:
            return
        command = DropRevision(reason="情勢の変化", **self.revision(life, by))
        done = self.attempt(lambda store: drop_revision(command, store, self.domain))
        if done is not None:
            life.revised = None

    @precondition(lambda self: self.is_anything_public)
    @rule(which=WHICH, value=VALUES, crash=CRASH, wait=st.booleans())
    def a_period_is_reported(
        self, which: int, value: Decimal, crash: str, *, wait: bool
    ) -> None:
        """The last period that is over, by everybody who has a part."""
        if wait:
            self.time_goes_on(24 * 180)
        life, store, domain = self.lives[which], self.store, self.domain
        today = day_in_tokyo(self.now)
        last = FiscalHalf.of(FiscalHalf.of(today).start - dt.timedelta(days=1))
        facts: Any = {"plan_id": life.plan_id, "period_id": PartId(str(last))}
        opened = self.attempt(
            lambda store: open_report(
                OpenReport(by=life.lead[0], **facts), store, domain
            ),
            crash,
        )
        if opened is None:
            return
        assert self.standing(life).published_on is not None
        assert opened.case.document.period_end <= today
        for part in opened.case.document.parts:
            rows = tuple(_filled(row, value) for row in part.rows)
            filling = FillReport(
                rows=rows, done=True, by=part.reporter, expected_part_version=0, **facts
            )
            fill_report(filling, store, domain)
        version = len(opened.case.document.parts) + 1
        going_in = SubmitReport(by=life.lead[0], expected_version=version, **facts)
        done = self.attempt(lambda store: submit_report(going_in, store, domain), crash)
        if done is not None and done.case.state == "submitted":
            acceptance = AcceptReport(
                by=life.revisers[0], expected_version=version + 1, **facts
            )
            self.attempt(lambda store: accept_report(acceptance, store, domain), crash)

    def revision(self, life: Life, by: Actor) -> dict[str, Any]:
        """Return what every command on the open revision names."""
        id_ = PartId(f"R-{life.revisions}")
        with self.store.read() as unit:
            case = unit.case(life.plan_id, REVISION, id_)
        assert case is not None
        return {
            "plan_id": life.plan_id,
            "revision_id": id_,
            "by": by,
            "expected_version": case.version,
        }


def _filled(row: ReportRow, value: Decimal) -> ReportRow:
    told = tuple(attrs.evolve(o, value=value) for o in row.observations)
    causes = (Cause(text="入札が不調となった"),)
    return attrs.evolve(row, observations=told, causes=causes)


def _next(edition: str, *, corrected: bool) -> str:
    number, _, correction = edition.partition(".")
    if corrected:
        return f"{number}.{int(correction) + 1}"
    return f"{int(number) + 1}.0"


def test_lives_are_consistent_whatever_happens(
    domain: Domain, empty_sqlite: Path, tmp_path: Path
) -> None:
    """Steps, edits, corrections, revisions, reports, crashes, and time, at random."""
    seen: Counter[str] = Counter()

    def begin() -> Lives:
        path = tmp_path / f"{uuid.uuid4()}.db"
        shutil.copy(empty_sqlite, path)
        return Lives(f"sqlite:///{path}", domain, seen)

    run_state_machine_as_test(
        begin,  # type: ignore[arg-type]
        settings=settings(
            max_examples=9,
            stateful_step_count=35,
            derandomize=True,
            phases=[Stage.generate, Stage.shrink],
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
    wanted = {
        "plan_saved",
        "plan_step_taken",
        "plan_signed",
        "plan_corrected",
        "plan_revised",
        "revision_signed",
        "report_submit_taken",
        "report_accept_taken",
        "crashed",
    }
    assert wanted <= set(seen), seen
