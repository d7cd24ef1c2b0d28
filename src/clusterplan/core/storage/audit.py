"""The log against itself, and against every row that follows from it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import attrs
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError
from sqlmodel import Session, SQLModel, col, select

from ..documents.changes import case_facts, change_of, investment_heads, reach_of
from ..documents.codec import Codec, digest_of
from ..events import GENESIS, Event, Reach, chain_digest
from ..mapping import map_content
from ..parts import PartChanges
from ..reference import ReferenceData
from ..standings import PlanStanding, advance
from ..store import DamagedLogError, Flaw, InvestmentHead
from .rows import (
    case_columns,
    content_rows,
    event_of,
    graded_of,
    put_reach,
    reach_in,
    standing_of,
)
from .tables import (
    CaseRow,
    ContentAreaRow,
    ContentBodyRow,
    ContentFieldRow,
    ContentRow,
    DocumentRow,
    EventRow,
    InvestmentRow,
    PayloadRow,
    PlaceRow,
    PlanRow,
    StandingRow,
)
from .writing import SqlWriteUnit

_PROJECTIONS = (
    CaseRow,
    StandingRow,
    PlaceRow,
    ContentAreaRow,
    ContentBodyRow,
    ContentFieldRow,
    ContentRow,
)


def flaws(session: Session, codec: Codec, reference: ReferenceData) -> Iterator[Flaw]:
    """Yield what does not agree: chain, payloads, texts, and every projected row."""
    yield from _readable("log", _chain_flaws(session))
    yield from _readable("log", _reach_flaws(session))
    yield from _readable("texts", _text_flaws(session))
    yield from _readable("plans and investments", _head_flaws(session))
    yield from _readable("withheld investments", _withheld_flaws(session, codec))
    yield from _readable("standings", _standing_flaws(session))
    yield from _readable("cases", _case_flaws(session))
    yield from _readable("map", _content_flaws(session, codec, reference))


def rebuild(session: Session, codec: Codec, reference: ReferenceData) -> int:
    """Drop all projections and make them again; return the number of standings.

    Raises:
        DamagedLogError: If the log does not agree with itself.
    """
    if session.get_bind().dialect.name == "postgresql":
        session.execute(sa.text("LOCK TABLE cp_plan IN EXCLUSIVE MODE"))
    for flaw in _chain_flaws(session):
        raise DamagedLogError(flaw)
    for row in _PROJECTIONS:
        session.execute(sa.delete(row))
    for event_row, reach in _reaches(session):
        if reach != reach_in(event_row):
            put_reach(event_row, reach)
    unit = SqlWriteUnit(session, codec)
    current: dict[str, PlanStanding] = {}
    made: set[str] = set()
    for plan_id, versions in _part_versions(_story(session)).items():
        unit.put_part_versions(plan_id, versions)
    for event, payload in _story(session):
        change = change_of(event, payload)
        forward = advance(current.get(change.plan_id), change)
        newest = current[change.plan_id] = forward.added[-1]
        if newest.content not in made:
            made.add(newest.content)
            plan, content = _content(session, codec, reference, newest)
            unit.put_content(newest, plan, content)
        unit.put_standings(forward)
    for columns in _told_cases(session):
        session.add(CaseRow(**columns))
    session.flush()
    return session.scalar(sa.select(sa.func.count()).select_from(StandingRow)) or 0


def _readable(what: str, found: Iterator[Flaw]) -> Iterator[Flaw]:
    """Yield what is *found*; rows that cannot even be read are a flaw, too."""
    try:
        yield from found
    except DBAPIError:
        raise
    except Exception as error:  # noqa: BLE001
        name = type(error).__name__
        yield Flaw(where=what, message=f"cannot be read ({name})")


def _story(
    session: Session, *, of_plans: bool = True
) -> list[tuple[Event, dict[str, Any]]]:
    """Return events with their payloads, without erased or changed ones.

    Those of plans, or else those of the cases beside them.
    """
    of_a_plan = col(EventRow.aggregate) == "plan"
    query = (
        sa.select(EventRow, PayloadRow.text)  # type: ignore[call-overload]
        .join(PayloadRow, col(PayloadRow.sequence) == col(EventRow.sequence))
        .where(of_a_plan if of_plans else ~of_a_plan, col(PayloadRow.text).is_not(None))
        .order_by(col(EventRow.sequence))
    )
    return [
        (event_of(row), json.loads(text))
        for row, text in session.execute(query)
        if digest_of(text) == row.payload_digest
    ]


def _untold(session: Session) -> set[str]:
    """Return the plans with an event whose payload nothing can be told from."""
    told = {event.sequence for event, _ in _story(session)}
    query = select(EventRow).where(col(EventRow.aggregate) == "plan")
    return {row.aggregate_id for row in session.exec(query) if row.sequence not in told}


def _chain_flaws(session: Session) -> Iterator[Flaw]:
    query = (
        sa.select(EventRow, PayloadRow)
        .outerjoin(PayloadRow, col(PayloadRow.sequence) == col(EventRow.sequence))
        .order_by(col(EventRow.sequence))
    )
    previous, number = GENESIS, 0
    for row, payload in session.execute(query):
        event, number = event_of(row), number + 1
        if event.sequence != number:
            yield _flaw(event, f"event {number} is missing")
            number = event.sequence
        if event.previous != previous:
            yield _flaw(event, "does not follow from the event before")
        if event.digest != chain_digest(event):
            yield _flaw(event, "was changed")
        if payload is None:
            yield _flaw(event, "has no payload")
        elif payload.text is None:
            yield _flaw(event, "payload was erased")
        elif digest_of(payload.text) != event.payload_digest:
            yield _flaw(event, "has another payload")
        previous = event.digest


def _reach_flaws(session: Session) -> Iterator[Flaw]:
    for row, reach in _reaches(session):
        if reach != reach_in(row):
            yield _flaw(event_of(row), "is told to others than its payload says")


def _reaches(session: Session) -> Iterator[tuple[EventRow, Reach]]:
    """Yield events, and whom their payloads say that they are told to."""
    query = (
        sa.select(EventRow, PayloadRow.text)  # type: ignore[call-overload]
        .join(PayloadRow, col(PayloadRow.sequence) == col(EventRow.sequence))
        .where(col(PayloadRow.text).is_not(None))
        .order_by(col(EventRow.sequence))
    )
    for row, text in session.execute(query).all():
        yield row, reach_of(json.loads(text))


def _text_flaws(session: Session) -> Iterator[Flaw]:
    for row in session.exec(select(DocumentRow)):
        if digest_of(row.text) != row.digest:
            yield Flaw(where=f"text {row.digest}", message="was changed")


def _head_flaws(session: Session) -> Iterator[Flaw]:
    plans: dict[str, tuple[int, str, dict[str, int]]] = {}
    parts = _part_versions(_story(session))
    heads: dict[str, InvestmentHead] = {}
    for event, payload in _story(session):
        id_ = event.aggregate_id
        plans[id_] = (event.version, payload["digest"], parts[id_])
        heads |= {head.id: head for head in investment_heads(event, payload)}
    untold = _untold(session)
    rows = {
        r.id: (r.version, r.digest, json.loads(r.part_versions))
        for r in session.exec(select(PlanRow))
    }
    yield from _differences("plan", plans, rows, untold)
    told = {i: (h.version, h.digest, h.defined_by) for i, h in heads.items()}
    stored = {
        r.id: (r.version, r.digest, r.defined_by)
        for r in session.exec(select(InvestmentRow))
    }
    unsure = {
        id_
        for id_, (*_, plan_id) in stored.items()
        if plan_id in untold and (id_ not in told or told[id_][-1] in untold)
    }
    yield from _differences("investment", told, stored, unsure)


def _part_versions(
    story: Iterable[tuple[Event, Mapping[str, Any]]],
) -> dict[str, dict[str, int]]:
    """Return the versions of the parts of each plan that *story* tells of."""
    told: dict[str, dict[str, int]] = {}
    for event, payload in story:
        changes = PartChanges.of_data(payload.get("parts"))
        before = told.get(event.aggregate_id, {})
        told[event.aggregate_id] = changes.after(before, event.version)
    return told


def _withheld_flaws(session: Session, codec: Codec) -> Iterator[Flaw]:
    query = (
        sa.select(InvestmentRow, DocumentRow.text)  # type: ignore[call-overload]
        .join(DocumentRow, col(DocumentRow.digest) == col(InvestmentRow.digest))
        .order_by(col(InvestmentRow.id))
    )
    for row, text in session.execute(query):
        if row.withheld != codec.investment(text).withheld:
            yield Flaw(
                where=f"investment {row.id}",
                message="is withheld in its text or in its row, but not in both",
            )


def _standing_flaws(session: Session) -> Iterator[Flaw]:
    told: defaultdict[str, list[PlanStanding]] = defaultdict(list)
    for event, payload in _story(session):
        change = change_of(event, payload)
        known = told[change.plan_id]
        forward = advance(known[-1] if known else None, change)
        if known:
            known[-1] = attrs.evolve(known[-1], recorded_to=change.at)
        known.extend(forward.added)
    stored: defaultdict[str, list[PlanStanding]] = defaultdict(list)
    query = (
        sa.select(StandingRow, ContentRow.pins)  # type: ignore[call-overload]
        .join(ContentRow, col(ContentRow.key) == col(StandingRow.content))
        .order_by(col(StandingRow.number))
    )
    for row, pins in session.execute(query):
        stored[row.plan_id].append(standing_of(row, pins))
    yield from _differences("standing of plan", told, stored, _untold(session))


def _case_flaws(session: Session) -> Iterator[Flaw]:
    told, stored = (
        {"{plan_id}/{kind}/{id}/{version}".format_map(facts): facts for facts in found}
        for found in (
            _told_cases(session),
            [_plain(row) for row in session.exec(select(CaseRow))],
        )
    )
    query = sa.select(EventRow.aggregate_id).where(  # type: ignore[call-overload]
        col(EventRow.aggregate) != "plan",
        ~sa.exists().where(
            col(PayloadRow.sequence) == col(EventRow.sequence),
            col(PayloadRow.text).is_not(None),
        ),
    )
    erased = set(session.scalars(query))
    unsure = {key for key, facts in stored.items() if facts["plan_id"] in erased}
    yield from _differences("case", told, stored, unsure)


def _told_cases(session: Session) -> Iterator[dict[str, Any]]:
    """Yield the columns of every version of a case that the log tells of."""
    for event, payload in _story(session, of_plans=False):
        facts = case_facts(event, payload)
        kept = session.get(DocumentRow, facts["digest"])
        graded = graded_of(facts["kind"], kept.text if kept else None)
        yield case_columns(facts, graded)


def _content_flaws(
    session: Session, codec: Codec, reference: ReferenceData
) -> Iterator[Flaw]:
    children: defaultdict[str, list[SQLModel]] = defaultdict(list)
    for area in session.exec(select(ContentAreaRow).order_by(ContentAreaRow.code)):
        children[area.content].append(area)
    bodies = select(ContentBodyRow).order_by(col(ContentBodyRow.position))
    for body in session.exec(bodies):
        children[body.content].append(body)
    for field in session.exec(select(ContentFieldRow).order_by(ContentFieldRow.field)):
        children[field.content].append(field)
    for place in session.exec(select(PlaceRow).order_by(col(PlaceRow.position))):
        children[place.content].append(place)
    query = (
        sa.select(ContentRow, StandingRow)
        .join(StandingRow, col(StandingRow.content) == col(ContentRow.key))
        .order_by(col(ContentRow.key), col(StandingRow.number))
    )
    seen: set[str] = set()
    for row, standing in session.execute(query):
        if row.key in seen:
            continue
        seen.add(row.key)
        stands = standing_of(standing, row.pins)
        plan, content = _content(session, codec, reference, stands)
        wanted = content_rows(row.key, stands.digest, stands.pins, plan, content)
        if [_plain(r) for r in wanted] != [
            _plain(r) for r in (row, *children[row.key])
        ]:
            yield Flaw(
                where=f"map of plan {standing.plan_id}",
                message="differs from the text; `clusterplan rebuild` makes it again",
            )


def _content(
    session: Session, codec: Codec, reference: ReferenceData, standing: PlanStanding
) -> tuple[Any, Any]:
    plan = codec.plan(session.get_one(DocumentRow, standing.digest).text)
    pinned = select(DocumentRow).where(
        col(DocumentRow.digest).in_(set(standing.pins.values()))
    )
    told = [codec.investment(row.text) for row in session.exec(pinned)]
    return plan, map_content(plan, {i.id: i for i in told}, reference)


def _plain(row: SQLModel) -> dict[str, Any]:
    return row.model_dump()


def _differences(
    what: str, told: Mapping[str, Any], stored: Mapping[str, Any], unsure: set[str]
) -> Iterator[Flaw]:
    """Yield what differs, but nothing of what the log cannot tell any more."""
    for id_ in sorted((told.keys() | stored.keys()) - unsure):
        if told.get(id_) != stored.get(id_):
            yield Flaw(
                where=f"{what} {id_}", message="differs from what the log tells of it"
            )


def _flaw(event: Event, message: str) -> Flaw:
    return Flaw(
        where=f"event {event.sequence}", message=message, sequence=event.sequence
    )
