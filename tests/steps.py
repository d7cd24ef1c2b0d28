"""Who takes steps with plans, and how tests take them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.cases import CaseKind
from clusterplan.core.errors import PlanError, Problem
from clusterplan.core.identifiers import Key, PartId
from clusterplan.core.reports import ACCEPTED, REPORT, ProgressReport
from clusterplan.core.services.answers import StepComment, UnansweredError, Waiver
from clusterplan.core.services.cases import CaseDesk
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.stepping import StepDone, TakeStep, take_step
from clusterplan.core.standings import PlanStanding
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store
from stores import looking

BUREAU = Actor.parse("regional_bureau:kyushu")
OTHER_BUREAU = Actor.parse("regional_bureau:kanto")
SECRETARIAT = Actor.parse("cabinet_secretariat:cas")
METI = Actor.parse("meti:meti")
NIIGATA = Actor.parse("prefecture:150002")
NIIGATA_HEAD = Actor.parse("head_of_local_government:150002")
HAKODATE = Actor.parse("municipality:012025")
A_PLAN = "sample-strategic-semiconductor"
B_PLAN = "sample-regional-machine-parts"
REMARK = StepComment(pointer="/goal/vision", text="目指す姿を数字で示してください")


def standing_of(store: Store, plan_id: str) -> PlanStanding:
    """Return where a plan stands."""
    with store.read() as unit:
        standing = unit.current(plan_id)
    assert standing is not None
    return standing


def step(
    store: Store, domain: Domain, plan_id: str, name: str, by: Actor, **facts: Any
) -> StepDone:
    """Take a step, based on the version that is stored unless told."""
    version = facts.pop("version", None) or standing_of(store, plan_id).version
    command = TakeStep(
        plan_id=plan_id, step=name, by=by, expected_version=version, **facts
    )
    return take_step(command, store, domain)


def walk(
    store: Store, domain: Domain, plan_id: str, steps: Iterable[tuple[str, Actor]]
) -> None:
    """Take steps one after the other, and waive what the rules warn of."""
    for name, by in steps:
        try:
            step(store, domain, plan_id, name, by)
        except UnansweredError as error:
            waivers = tuple(
                Waiver(rule_id=f.rule_id, pointer=f.pointer, reason="事情による")
                for f in error.findings
            )
            step(store, domain, plan_id, name, by, waivers=waivers)


def accept_final_report(store: SqlStore, domain: Domain, plan_id: str) -> None:
    """Keep a final report that is accepted."""
    report = ProgressReport(
        id=PartId("FY2030H2"),
        edition="1.0",
        period_start=dt.date(2030, 10, 1),
        period_end=dt.date(2031, 3, 31),
        is_final=True,
    )
    with store.write() as unit:
        CaseDesk.open(REPORT, plan_id, report.id, unit, domain, by=LOCAL_OPERATOR).put(
            report,
            state=ACCEPTED,
            owner=NIIGATA,
            by=LOCAL_OPERATOR,
            event="accepted",
            dry_run=False,
        )


def documents(store: Store, plan_id: str, kind: CaseKind) -> list[Any]:
    """Return the documents of the cases of a plan."""
    with store.read() as unit:
        cases = unit.cases([plan_id], kind, looking()).get(plan_id, ())
    return [case.document for case in cases]


def kinds_of_events(store: Store) -> list[Key]:
    """Return the kinds of all events, in order."""
    with store.read() as unit:
        return [event.kind for event in unit.events(first=1000)]


def problems(error: PlanError) -> tuple[Problem, ...]:
    """Return the problems of a refusal, each of which must speak two languages."""
    for problem in error.problems:
        assert any(ord(char) > 0x3000 for char in problem.message_ja)
        assert problem.message_en.isascii()
    return error.problems


def reasons(error: PlanError) -> list[str]:
    """Return the reasons of a refusal, each told in two languages."""
    return [problem.reason for problem in problems(error)]
