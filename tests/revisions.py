"""Plans in force, reports on them, and revisions of them, for tests."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.errors import PlanError
from clusterplan.core.files import PlanFile
from clusterplan.core.identifiers import Key, PartId
from clusterplan.core.reports import (
    ACCEPTED,
    REPORT,
    Cause,
    ProgressReport,
    ReportPart,
    ReportRow,
)
from clusterplan.core.revisions import LeftAsIs, RevisionItem, RevisionKind
from clusterplan.core.services.cases import CaseDesk, opened
from clusterplan.core.services.correcting import (
    CorrectionDone,
    CorrectPlan,
    correct_plan,
)
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.revising import (
    AdoptRevision,
    OpenRevision,
    RevisionDone,
    SaveRevision,
    adopt_revision,
    open_revision,
    save_revision,
)
from clusterplan.core.store import Store
from stores import REGIONAL, TODAY, MakePlanFile, looking, on, record, save

NIIGATA = Actor.parse("prefecture:150002")
GOVERNOR = Actor.parse("head_of_local_government:150002")
TOYAMA = Actor.parse("prefecture:160008")
CAS = Actor.parse("cabinet_secretariat:cas")
METI = Actor.parse("meti:meti")
KYUSHU = Actor.parse("regional_bureau:kyushu")
R1, PERIOD = PartId("R-1"), PartId("FY2026H1")
M1 = "/policy_means/measures/0"
DEADLINE = {f"{M1}/five_w1h/deadline/date": "2028-09-30"}
"""A change of the B sample that a revision makes."""


def quiet(domain: Domain) -> Domain:
    """Return *domain* where warnings need no answer."""
    settings = attrs.evolve(domain.settings, waivers_required=False)
    return attrs.evolve(domain, settings=settings)


def in_force(
    store: Store,
    domain: Domain,
    plan_file: MakePlanFile,
    plan_type: str = REGIONAL,
    changes: Mapping[str, Any] | None = None,
) -> str:
    """Save the sample of a type as a plan in force, and return its id."""
    told = {"/record": record(), **(changes or {})}
    early = on(domain, TODAY - dt.timedelta(days=30))
    return save(store, early, plan_file(plan_type, told)).standing.plan_id


def report_poor(
    store: Store, domain: Domain, plan_id: str, state: Key = ACCEPTED
) -> None:
    """Save a report in which measure M-01 goes poorly."""
    row = ReportRow(measure=PartId("M-01"), causes=(Cause(text="入札が不調"),))
    report = ProgressReport(
        id=PERIOD,
        edition="1.0",
        period_start=dt.date(2026, 6, 1),
        period_end=dt.date(2026, 9, 30),
        parts=(ReportPart(reporter=NIIGATA, done=True, rows=(row,)),),
    )
    with opened(store, plan_id, dry_run=False) as unit:
        desk = CaseDesk.open(REPORT, plan_id, PERIOD, unit, domain, by=LOCAL_OPERATOR)
        desk.put(
            report,
            state=state,
            owner=NIIGATA,
            by=NIIGATA,
            event="submit_taken",
            dry_run=False,
        )


def item(**changes: Any) -> RevisionItem:
    """Return a revision item on measure M-01 with other attributes."""
    told = RevisionItem(
        id=PartId("RI-1"),
        kind=RevisionKind.BRUSH_UP,
        target=PartId("M-01"),
        before="2028年3月31日",
        after="2028年9月30日",
        reason="入札が不調となり、設計を見直すため",
    )
    return attrs.evolve(told, **changes)


def open_one(
    store: Store,
    domain: Domain,
    plan_id: str,
    *,
    id: PartId = R1,
    by: Actor = NIIGATA,
    report: PartId | None = None,
    occasion: str | None = "総会での指摘",
    dry_run: bool = False,
) -> RevisionDone:
    """Open a revision on an occasion."""
    command = OpenRevision(
        plan_id=plan_id,
        revision_id=id,
        by=by,
        report=report,
        occasion=None if report else occasion,
        dry_run=dry_run,
    )
    return open_revision(command, store, domain)


def save_one(
    store: Store,
    domain: Domain,
    plan_id: str,
    file: PlanFile,
    *,
    version: int = 1,
    id: PartId = R1,
    by: Actor = NIIGATA,
    base: str | None = None,
    items: tuple[RevisionItem, ...] | None = None,
    left: tuple[LeftAsIs, ...] = (),
    dry_run: bool = False,
) -> RevisionDone:
    """Save a revised text, without a past."""
    command = SaveRevision(
        plan_id=plan_id,
        revision_id=id,
        file=file,
        by=by,
        expected_version=version,
        items=(item(),) if items is None else items,
        left=left,
        base=base,
        dry_run=dry_run,
    )
    return save_revision(command, store, domain)


def adopt(
    store: Store,
    domain: Domain,
    plan_id: str,
    *,
    version: int = 2,
    id: PartId = R1,
    by: Actor = GOVERNOR,
    dry_run: bool = False,
) -> RevisionDone:
    """Adopt a revision, where warnings need no answer."""
    command = AdoptRevision(
        plan_id=plan_id,
        revision_id=id,
        by=by,
        expected_version=version,
        dry_run=dry_run,
    )
    return adopt_revision(command, store, quiet(domain))


def correct(
    store: Store,
    domain: Domain,
    plan_id: str,
    file: PlanFile,
    *,
    by: Actor = NIIGATA,
    version: int = 1,
    reason: str = "誤記",
    dry_run: bool = False,
) -> CorrectionDone:
    """Correct the edition in force."""
    command = CorrectPlan(
        plan_id=plan_id,
        file=file,
        reason=reason,
        by=by,
        expected_version=version,
        dry_run=dry_run,
    )
    return correct_plan(command, store, domain)


def reason_of(error: PlanError) -> str:
    """Return the one reason of a refusal, which must speak two languages."""
    (reason,) = {problem.reason for problem in error.problems}
    for problem in error.problems:
        assert problem.message_en.isascii()
        assert not problem.message_ja.isascii()
    return reason


def refused(act: Callable[[], object]) -> PlanError:
    """Return the refusal of an act."""
    with pytest.raises(PlanError) as caught:
        act()
    return caught.value


def edition_on(store: Store, plan_id: str, day: dt.date) -> str | None:
    """Return the edition that anybody reads on a day."""
    with store.read() as unit:
        stored = unit.plan(plan_id, looking(day))
    return stored.standing.edition if stored else None


def kinds(store: Store) -> list[str]:
    """Return the kinds of all events, in order."""
    with store.read() as unit:
        return [event.kind for event in unit.events()]
