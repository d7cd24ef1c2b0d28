"""Plans in force, and reports on them, for tests of reporting and following."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

import attrs

from clusterplan.core.actors import Actor
from clusterplan.core.cases import Case
from clusterplan.core.errors import PlanError
from clusterplan.core.identifiers import PartId
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.reports import (
    REPORT,
    Cause,
    Observation,
    ProgressReport,
    ReportPart,
    ReportRow,
)
from clusterplan.core.services.cases import CaseDone
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.following import PoorCause, causes
from clusterplan.core.services.reporting import (
    AcceptReport,
    CorrectReport,
    FillReport,
    OpenReport,
    ReportDone,
    SubmitReport,
    accept_report,
    correct_report,
    fill_report,
    open_report,
    submit_report,
)
from clusterplan.core.storage.sql import SqlStore
from stores import REGIONAL, MakePlanFile, looking, on, record, save

NIIGATA = Actor.parse("prefecture:150002")
KUMAMOTO = Actor.parse("prefecture:430005")
KYUSHU = Actor.parse("regional_bureau:kyushu")
METI = Actor.parse("meti:meti")
MINISTRY = Actor.parse("ministry:meti")
SECRETARIAT = Actor.parse("cabinet_secretariat:cas")
H1, H2 = "FY2026H1", "FY2026H2"


def in_force(
    store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    plan_type: str = REGIONAL,
    *,
    public_on: str = "2026-06-01",
    changes: Mapping[str, Any] | None = None,
    then: Iterable[tuple[str, str]] = (),
) -> str:
    """Save a plan that became public on a day, and return its id."""
    history = (("drafting", "2026-01-05"), ("in_force", public_on), *then)
    last = dt.date.fromisoformat(history[-1][1])
    file = plan_file(plan_type, {"/record": record(history), **(changes or {})})
    later = on(domain, max(last, domain.today()))
    return save(store, later, file).standing.plan_id


def at(domain: Domain, day: str) -> Domain:
    """Return *domain* on another day."""
    return on(domain, dt.date.fromisoformat(day))


def opened(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    period_id: str = H1,
    *,
    by: Actor = NIIGATA,
    dry_run: bool = False,
) -> CaseDone:
    """Open a report."""
    command = OpenReport(plan_id=plan_id, period_id=period_id, by=by, dry_run=dry_run)
    return open_report(command, store, domain)


def row(measure: str, /, **values: Any) -> ReportRow:
    """Return a row with observed values by indicator, and other answers."""
    observed = tuple(
        Observation(indicator=PartId(key.replace("_", "-")), value=Decimal(value))
        for key, value in values.items()
        if key.startswith("IN_")
    )
    rest = {key: v for key, v in values.items() if not key.startswith("IN_")}
    given = {"observations": observed} if observed else {}
    return ReportRow(measure=PartId(measure), **{**given, **rest})


def observed(measure: str, indicator: str, value: str | None, **more: Any) -> ReportRow:
    """Return a row that tells of an indicator, be it a value or a blank."""
    told = Observation(
        indicator=PartId(indicator),
        value=None if value is None else Decimal(value),
        **more,
    )
    return ReportRow(measure=PartId(measure), observations=(told,))


def because(text: str) -> tuple[Cause, ...]:
    """Return a cause."""
    return (Cause(text=text),)


def fill(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *rows: ReportRow,
    period_id: str = H1,
    by: Actor = NIIGATA,
    done: bool = True,
    version: int = 0,
    reporter: Actor | None = None,
    dry_run: bool = False,
) -> ReportDone:
    """Fill in rows of a part."""
    command = FillReport(
        plan_id=plan_id,
        period_id=period_id,
        rows=rows,
        done=done,
        by=by,
        expected_part_version=version,
        reporter=reporter,
        dry_run=dry_run,
    )
    return fill_report(command, store, domain)


def submit(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    period_id: str = H1,
    *,
    by: Actor = NIIGATA,
    version: int | None = None,
) -> ReportDone:
    """Submit a report at its present version."""
    command = SubmitReport(
        plan_id=plan_id,
        period_id=period_id,
        by=by,
        expected_version=version or kept(store, plan_id, period_id).version,
    )
    return submit_report(command, store, domain)


def accept(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    period_id: str = H1,
    *,
    by: Actor = SECRETARIAT,
) -> CaseDone:
    """Accept a report at its present version."""
    command = AcceptReport(
        plan_id=plan_id,
        period_id=period_id,
        by=by,
        expected_version=kept(store, plan_id, period_id).version,
    )
    return accept_report(command, store, domain)


def reported(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *rows: ReportRow,
    period_id: str = H1,
    by: Actor = NIIGATA,
) -> ReportDone:
    """Open, fill in and submit the report of a plan with one reporter."""
    opened(store, domain, plan_id, period_id, by=by)
    fill(store, domain, plan_id, *rows, period_id=period_id, by=by)
    return submit(store, domain, plan_id, period_id, by=by)


def correct(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *rows: ReportRow,
    by: Actor,
    period_id: str = H2,
) -> ReportDone:
    """Correct rows of a report at its present version."""
    command = CorrectReport(
        plan_id=plan_id,
        period_id=period_id,
        rows=rows,
        by=by,
        expected_version=kept(store, plan_id, period_id).version,
    )
    return correct_report(command, store, domain)


def kept(store: SqlStore, plan_id: str, period_id: str = H1) -> Case:
    """Return the newest version of a report."""
    with store.read() as unit:
        case = unit.case(plan_id, REPORT, period_id)
    assert case is not None
    return case


def part(case: Case, reporter: Actor = NIIGATA) -> ReportPart:
    """Return the part of a reporter."""
    return part_named(case.document, reporter)


def part_named(report: ProgressReport, reporter: Actor) -> ReportPart:
    """Return the part of a reporter in a report."""
    return next(p for p in report.parts if p.reporter == reporter)


def why(
    store: SqlStore, domain: Domain, day: str, *, unanswered: bool = False
) -> list[PoorCause]:
    """Return why measures are poor on a day, as anybody is told."""
    with store.read() as unit:
        view = looking(dt.date.fromisoformat(day), reader=ANONYMOUS)
        return list(causes(view, unit, domain, unanswered=unanswered))


def with_type(domain: Domain, key: str, **settings: Any) -> Domain:
    """Return *domain* with other settings of a plan type."""
    kinds = dict(domain.plan_types)
    kinds[key] = attrs.evolve(kinds[key], **settings)
    return attrs.evolve(domain, plan_types=kinds)


def reason_of(error: PlanError) -> str:
    """Return the reason of a refusal, which must speak two languages."""
    (problem,) = error.problems
    assert problem.message_en.isascii()
    assert not problem.message_ja.isascii()
    return problem.reason


def without_rules(domain: Domain) -> Domain:
    """Return *domain* without rules: what nothing was found in when it went in."""
    return attrs.evolve(domain, rules=())


def only(domain: Domain, *rules: str) -> Domain:
    """Return *domain* with some of its rules."""
    return attrs.evolve(domain, rules=tuple(r for r in domain.rules if r.id in rules))
