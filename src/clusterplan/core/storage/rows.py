"""Rows to domain objects and back: the sole place that fills columns."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping
from typing import Any

import attrs
from attrs import frozen
from sqlalchemy import Row

from ..actors import Actor
from ..casekinds import CASE_KINDS
from ..cases import Case, CaseKind, Graded
from ..documents.changes import awaiting_data, awaiting_from
from ..documents.codec import canonical_json, case_document
from ..events import Event, Reach
from ..grades import Grade
from ..history import Basis
from ..identifiers import AreaCode, InvestmentId, Key, PartId, PlanId, Yen
from ..investments import Certainty, Precision
from ..lifecycle import Awaiting, Phase
from ..maps import Feature, FeatureKind, MapContent
from ..plans import Plan
from ..requests import Request
from ..standings import PlanStanding
from ..tokens import Token
from .tables import (
    Base,
    CaseRow,
    ContentAreaRow,
    ContentBodyRow,
    ContentFieldRow,
    ContentRow,
    EventRow,
    PlaceRow,
    RequestRow,
    StandingRow,
    TokenRow,
)


def standing_row(standing: PlanStanding) -> StandingRow:
    """Return the row of *standing*."""
    return StandingRow(
        plan_id=standing.plan_id,
        plan_type=standing.plan_type,
        version=standing.version,
        edition=standing.edition,
        state=standing.state,
        phase=standing.phase.value,
        public=standing.public,
        basis=standing.basis.value,
        published_on=standing.published_on.isoformat() if standing.published_on else "",
        valid_from=standing.valid_from,
        valid_to=standing.valid_to,
        recorded_from=standing.recorded_from,
        recorded_to=standing.recorded_to,
        digest=standing.digest,
        content=standing.content,
        source=standing.source,
        checked=standing.checked,
        awaiting=awaiting_text(standing.awaiting),
    )


def standing_of(row: StandingRow, pins: str) -> PlanStanding:
    """Return the standing of a row, with the pins of its content."""
    return PlanStanding(
        plan_id=PlanId(row.plan_id),
        plan_type=Key(row.plan_type),
        version=row.version,
        edition=row.edition,
        state=Key(row.state),
        phase=Phase(row.phase),
        public=row.public,
        basis=Basis(row.basis),
        published_on=day_of(row.published_on),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        recorded_from=row.recorded_from,
        recorded_to=row.recorded_to,
        digest=row.digest,
        content=row.content,
        pins={InvestmentId(k): v for k, v in json.loads(pins).items()},
        source=row.source,
        checked=row.checked,
        awaiting=awaiting_of(row.awaiting),
    )


def day_of(text: str) -> dt.date | None:
    """Return the day of a column that is empty where there is none."""
    return dt.date.fromisoformat(text) if text else None


def awaiting_text(awaiting: Awaiting | None) -> str | None:
    """Return the first half of a joint act as text."""
    return canonical_json(awaiting_data(awaiting)) if awaiting else None


def awaiting_of(text: str | None) -> Awaiting | None:
    """Return the first half of a joint act from its text."""
    return awaiting_from(json.loads(text)) if text else None


def content_rows(
    key: str,
    digest: str,
    pins: Mapping[InvestmentId, str],
    plan: Plan,
    content: MapContent,
) -> Iterator[Base]:
    """Yield the rows of what a text is found by and puts on the map."""
    yield ContentRow(
        key=key,
        digest=digest,
        pins=json.dumps(dict(pins), sort_keys=True),
        title=plan.title,
        search=content.search,
        area=plan.region[0] if plan.region else "",
        fictional=plan.fictional,
        fields=" ".join(plan.fields),
        prefectures=" ".join(content.prefectures),
        ends_on=plan.period.end if plan.period else None,
    )
    for code in content.areas:
        yield ContentAreaRow(content=key, code=code)
    for position, each in enumerate(content.involved):
        yield ContentBodyRow(
            content=key,
            position=position,
            kind=each.body.kind,
            code=each.body.code,
            role=each.role.value,
        )
    for field in sorted(set(plan.fields)):
        yield ContentFieldRow(content=key, field=field)
    for position, place in enumerate(content.places):
        yield PlaceRow(
            content=key,
            position=position,
            id=place.id,
            kind=place.kind.value,
            title=place.title,
            lon=place.lon,
            lat=place.lat,
            precision=place.precision.value,
            area_code=place.area_code,
            amount=place.amount,
            certainty=place.certainty.value if place.certainty else None,
            investment_id=place.investment_id,
            withheld=place.withheld,
        )


def feature_of(place: Row[Any], plan: Mapping[str, Any]) -> Feature:
    """Return the feature of a place, with the facts of its plan.

    It is withheld if its own text says so, or the newest of its investment.
    """
    return Feature(
        id=place.id,
        kind=FeatureKind(place.kind),
        plan_id=plan["plan_id"],
        plan_type=plan["plan_type"],
        phase=plan["phase"],
        title=place.title,
        lon=place.lon,
        lat=place.lat,
        precision=Precision(place.precision),
        area_code=AreaCode(place.area_code) if place.area_code else None,
        amount=Yen(place.amount) if place.amount is not None else None,
        certainty=Certainty(place.certainty) if place.certainty else None,
        investment_id=InvestmentId(place.investment_id)
        if place.investment_id
        else None,
        withheld=place.withheld or bool(place.newest_withheld),
        fictional=plan["fictional"],
        grade=plan["grade"],
        graded_on=plan["graded_on"],
    )


@frozen(kw_only=True)
class ReportedProgress:
    """How far a plan is by its reports, and which of them are in."""

    grade: Grade | None = None
    graded_on: dt.date | None = None
    reported: frozenset[PartId] = frozenset()

    def after(self, report: Row[Any]) -> ReportedProgress:
        """Return it after the report of a later period."""
        told = attrs.evolve(self, reported=self.reported | {PartId(report.id)})
        if report.seen:
            grade = Grade(report.grade)
            told = attrs.evolve(told, grade=grade, graded_on=report.period_end)
        return told


def case_columns(facts: Mapping[str, Any], graded: Graded) -> dict[str, Any]:
    """Return the columns of a version of a case, from its attributes by name.

    *graded* is what its document says of progress.
    """
    owner: Actor = facts["owner"]
    columns = set(CaseRow.__table__.columns.keys())  # type: ignore[attr-defined]
    kept = {name: value for name, value in facts.items() if name in columns}
    return kept | {
        "owner_kind": owner.kind,
        "owner_code": owner.code,
        "grade": graded.grade.value if graded.grade else None,
        "period_end": graded.period_end,
    }


def graded_of(kind: str, text: str | None) -> Graded:
    """Return what the text of a case says of progress; nothing for other kinds."""
    known = CASE_KINDS.get(kind)
    if text is None or known is None or known.graded is None:
        return Graded()
    return known.graded(case_document(text, known.document))


def case_of(row: CaseRow, text: str, kind: CaseKind) -> Case:
    """Return the version of a case in a row, with its document."""
    return kind.case(
        kind=kind.key,
        plan_id=PlanId(row.plan_id),
        id=PartId(row.id),
        version=row.version,
        state=Key(row.state),
        public=row.public,
        owner=Actor(Key(row.owner_kind), row.owner_code),
        on=row.on,
        recorded_at=row.recorded_at,
        digest=row.digest,
        document=case_document(text, kind.document),
    )


def event_row(event: Event, reach: Reach) -> EventRow:
    """Return the row of *event*, and whom it is told to."""
    row = EventRow(
        sequence=event.sequence,
        kind=event.kind,
        aggregate=event.aggregate,
        aggregate_id=event.aggregate_id,
        version=event.version,
        actor_kind=event.actor.kind,
        actor_code=event.actor.code,
        recorded_at=event.recorded_at,
        payload_digest=event.payload_digest,
        previous=event.previous,
        digest=event.digest,
    )
    put_reach(row, reach)
    return row


def put_reach(row: EventRow, reach: Reach) -> None:
    """Write whom the event of a row is told to."""
    row.public = reach.public
    row.owner_kind = reach.owner.kind if reach.owner else None
    row.owner_code = reach.owner.code if reach.owner else None


def reach_in(row: EventRow) -> Reach:
    """Return whom the event of a row is told to."""
    owner = None
    if row.owner_kind is not None and row.owner_code is not None:
        owner = Actor(Key(row.owner_kind), row.owner_code)
    return Reach(public=row.public, owner=owner)


def event_of(row: EventRow) -> Event:
    """Return the event of a row."""
    return Event(
        sequence=row.sequence,
        kind=Key(row.kind),
        aggregate=Key(row.aggregate),
        aggregate_id=row.aggregate_id,
        version=row.version,
        actor=Actor(Key(row.actor_kind), row.actor_code),
        recorded_at=row.recorded_at,
        payload_digest=row.payload_digest,
        previous=row.previous,
        digest=row.digest,
    )


def request_row(request: Request) -> RequestRow:
    """Return the row of *request*."""
    return RequestRow(
        actor_kind=request.actor.kind,
        actor_code=request.actor.code,
        key=request.key,
        digest=request.digest,
        sequence=request.sequence,
        recorded_at=request.recorded_at,
    )


def request_of(row: RequestRow) -> Request:
    """Return the request of a row."""
    return Request(
        actor=Actor(Key(row.actor_kind), row.actor_code),
        key=row.key,
        digest=row.digest,
        sequence=row.sequence,
        recorded_at=row.recorded_at,
    )


def token_row(token: Token) -> TokenRow:
    """Return the row of *token*."""
    return TokenRow(
        id=token.id,
        actor_kind=token.actor.kind,
        actor_code=token.actor.code,
        note=token.note,
        digest=token.digest,
        created_at=token.created_at,
        expires_on=token.expires_on,
        revoked_at=token.revoked_at,
    )


def token_of(row: TokenRow) -> Token:
    """Return the token of a row."""
    return Token(
        id=row.id,
        actor=Actor(Key(row.actor_kind), row.actor_code),
        note=row.note,
        digest=row.digest,
        created_at=row.created_at,
        expires_on=row.expires_on,
        revoked_at=row.revoked_at,
    )
