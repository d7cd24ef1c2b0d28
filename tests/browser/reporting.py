"""Reports and a revision of the plans that are shown, made through the services."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import attrs
from attrs import frozen

from clusterplan.book import Book
from clusterplan.core.actors import Actor
from clusterplan.core.files import PlanFile
from clusterplan.core.identifiers import PartId
from clusterplan.core.reports import (
    Cause,
    CauseCategory,
    Observation,
    ReportRow,
    Response,
    ResponseKind,
)
from clusterplan.core.revisions import RevisionItem, RevisionKind
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.reporting import (
    FillReport,
    OpenReport,
    SubmitReport,
    fill_report,
    open_report,
    submit_report,
)
from clusterplan.core.services.revising import (
    AdoptRevision,
    OpenRevision,
    SaveRevision,
    adopt_revision,
    open_revision,
    save_revision,
)
from stores import on

REASON = "次回の改訂で期限と調達の方法を見直す"


@frozen(kw_only=True)
class Told:
    """What a report says of a measure: values by indicator, and why they are poor."""

    measure: str
    values: dict[str, str]
    cause: str = ""

    def row(self) -> ReportRow:
        """Return it as a row of a report."""
        causes = (
            Cause(
                category=CauseCategory.PROCUREMENT,
                external=True,
                text=self.cause,
                evidence=("入札の結果（架空）",),
            ),
        )
        return ReportRow(
            measure=PartId(self.measure),
            text="予定した手続きを進めた（架空）",
            observations=tuple(
                Observation(indicator=PartId(key), value=Decimal(value))
                for key, value in self.values.items()
            ),
            causes=causes if self.cause else (),
            response=Response(kind=ResponseKind.REVISE, reason=REASON)
            if self.cause
            else None,
        )


def report(
    book: Book,
    plan_id: str,
    period: str,
    *told: Told,
    by: Actor,
    day: dt.date,
) -> None:
    """Open, fill in and submit a report on *day*, which accepts it."""
    domain, store = on(book.domain, day), book.store
    opening = OpenReport(plan_id=plan_id, period_id=period, by=by)
    open_report(opening, store, domain)
    filling = FillReport(
        plan_id=plan_id,
        period_id=period,
        rows=tuple(one.row() for one in told),
        done=True,
        by=by,
        expected_part_version=0,
    )
    done = fill_report(filling, store, domain)
    submitting = SubmitReport(
        plan_id=plan_id,
        period_id=period,
        by=by,
        expected_version=done.case.version,
    )
    submit_report(submitting, store, domain)


def revise(
    book: Book, file: PlanFile, period: str, *, by: Actor, head: Actor, day: dt.date
) -> None:
    """Revise a plan on a report, and bring the new text into force on *day*."""
    domain, plan_id, revision = (
        _quiet(on(book.domain, day)),
        file.plan.id,
        PartId("R-1"),
    )
    opening = OpenRevision(
        plan_id=plan_id, revision_id=revision, by=by, report=PartId(period)
    )
    opened = open_revision(opening, book.store, domain)
    saving = SaveRevision(
        plan_id=plan_id,
        revision_id=revision,
        file=file,
        by=by,
        expected_version=opened.case.version,
        items=(
            RevisionItem(
                id=PartId("RI-1"),
                kind=RevisionKind.BRUSH_UP,
                target=PartId("M-01"),
                before="国内の商談会",
                after="海外の商談会",
                reason="海外からの引き合いが増えたため",
            ),
        ),
    )
    saved = save_revision(saving, book.store, domain)
    adopting = AdoptRevision(
        plan_id=plan_id,
        revision_id=revision,
        by=head,
        expected_version=saved.case.version,
    )
    adopt_revision(adopting, book.store, domain)


def _quiet(domain: Domain) -> Domain:
    """Return *domain* where warnings need no answer."""
    settings = attrs.evolve(domain.settings, waivers_required=False)
    return attrs.evolve(domain, settings=settings)
