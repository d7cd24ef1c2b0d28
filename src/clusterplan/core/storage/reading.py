"""One consistent look at the database."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import partial
from typing import Any

import attrs
import sqlalchemy as sa
from attrs import define
from sqlmodel import Session, col, select

from ..actors import Actor
from ..casekinds import CASE_KINDS
from ..cases import Case, CaseKind
from ..documents.changes import case_id_of
from ..documents.codec import Codec
from ..events import Event
from ..history import HistoryEntry
from ..identifiers import AreaCode, InvestmentId, Key, PartId, PlanId
from ..investments import Investment
from ..lifecycle import Phase
from ..maps import Feature, MappedPlan
from ..paging import Cursor, EventRequest, Page, PageRequest
from ..plans import Plan
from ..requests import Request
from ..standings import PlanStanding, collapse
from ..store import InvestmentHead, View
from ..stored import StoredPlan
from ..tokens import Token, same_digest
from . import queries
from .rows import (
    ReportedProgress,
    case_of,
    day_of,
    event_of,
    feature_of,
    request_of,
    standing_of,
    token_of,
)
from .tables import (
    CaseRow,
    ContentRow,
    DocumentRow,
    EventRow,
    InvestmentRow,
    PayloadRow,
    PlaceRow,
    PlanRow,
    RequestRow,
    StandingRow,
    TokenRow,
)


@define
class SqlReadUnit:
    """Reads through one transaction, so that all answers are of one moment."""

    _session: Session
    _codec: Codec

    def plan(
        self, plan_id: str, view: View, *, edition: str | None = None
    ) -> StoredPlan | None:
        """Return a plan, or nothing where there is none that the view shows."""
        query = (
            sa.select(StandingRow, ContentRow)
            .join(ContentRow, col(ContentRow.key) == col(StandingRow.content))
            .where(
                col(StandingRow.plan_id) == plan_id,
                *queries.known(view.moment),
                queries.readable(view.drafts),
            )
            .order_by(col(StandingRow.number).desc())
        )
        if edition is None:
            query = query.where(*queries.valid(view.moment))
        else:
            query = query.where(col(StandingRow.edition) == edition)
        row = self._session.execute(query.limit(1)).first()
        return self._stored([row], view)[0] if row else None

    def plans(self, view: View, request: PageRequest) -> Page[StoredPlan]:
        """Return a page of plans."""
        total = self._session.scalar(queries.shown(view, sa.func.count()))
        columns = (StandingRow, ContentRow, queries.sort_key(request.order))
        query = queries.ordered(queries.shown(view, *columns), request)
        rows = list(self._session.execute(query.limit(request.size + 1)))
        more = len(rows) > request.size
        rows = rows[: request.size]
        if request.backward:
            rows.reverse()
        begun = request.cursor is not None
        return Page(
            items=self._stored([row[:2] for row in rows], view),
            cursors=[
                Cursor(
                    order=request.order,
                    value=queries.cursor_value(value),
                    id=standing.plan_id,
                ).encode()
                for standing, _, value in rows
            ],
            total=total or 0,
            has_next=begun if request.backward else more,
            has_previous=more if request.backward else begun,
        )

    def mapped(self, view: View) -> Sequence[MappedPlan]:
        """Return all plans of the view as the map needs them, ordered by id."""
        rows = self._session.execute(
            queries.shown(
                view,
                col(StandingRow.plan_id),
                col(StandingRow.plan_type),
                col(StandingRow.phase),
                col(ContentRow.key),
                col(ContentRow.fields),
                col(ContentRow.prefectures),
                col(ContentRow.fictional),
                col(ContentRow.ends_on),
                col(StandingRow.published_on),
            ).order_by(col(StandingRow.plan_id))
        ).all()
        contents = queries.shown(view, col(ContentRow.key))
        progress = self._progress(view)
        facts = {
            row.key: {
                "plan_id": PlanId(row.plan_id),
                "plan_type": Key(row.plan_type),
                "phase": Phase(row.phase),
                "fictional": row.fictional,
                "grade": progress[row.plan_id].grade,
                "graded_on": progress[row.plan_id].graded_on,
            }
            for row in rows
        }
        features: defaultdict[str, list[Feature]] = defaultdict(list)
        places = (
            sa.select(
                *PlaceRow.__table__.columns,  # type: ignore[attr-defined]
                col(InvestmentRow.withheld).label("newest_withheld"),
            )
            .outerjoin(
                InvestmentRow, col(InvestmentRow.id) == col(PlaceRow.investment_id)
            )
            .where(col(PlaceRow.content).in_(contents))
            .order_by(col(PlaceRow.content), col(PlaceRow.position))
        )
        for place in self._session.execute(places):
            features[place.content].append(feature_of(place, facts[place.content]))
        return [
            MappedPlan(
                plan_id=PlanId(row.plan_id),
                plan_type=Key(row.plan_type),
                phase=Phase(row.phase),
                prefectures=tuple(AreaCode(c) for c in row.prefectures.split()),
                fields=tuple(Key(f) for f in row.fields.split()),
                features=tuple(features[row.key]),
                published_on=day_of(row.published_on),
                ends_on=row.ends_on,
                **attrs.asdict(progress[row.plan_id], recurse=False),
            )
            for row in rows
        ]

    def standings(
        self, plan_ids: Collection[str], view: View
    ) -> Mapping[str, tuple[PlanStanding, ...]]:
        """Return where plans stood so far, up to the moment of the view, in order."""
        query = (
            sa.select(StandingRow, ContentRow.pins)  # type: ignore[call-overload]
            .join(ContentRow, col(ContentRow.key) == col(StandingRow.content))
            .where(
                col(StandingRow.plan_id).in_(plan_ids),
                col(StandingRow.valid_from) <= view.moment.as_of,
                *queries.known(view.moment),
                queries.readable(view.drafts),
            )
            .order_by(col(StandingRow.plan_id), col(StandingRow.number))
        )
        found: defaultdict[str, list[PlanStanding]] = defaultdict(list)
        for standing, pins in self._session.execute(query):
            found[standing.plan_id].append(standing_of(standing, pins))
        return {plan_id: tuple(standings) for plan_id, standings in found.items()}

    def histories(
        self, plan_ids: Collection[str], view: View
    ) -> Mapping[str, tuple[HistoryEntry, ...]]:
        """Return the states of plans so far, up to the moment of the view."""
        found = self.standings(plan_ids, view)
        return {plan_id: collapse(standings) for plan_id, standings in found.items()}

    def investments(self, digests: Collection[str]) -> Mapping[str, Investment]:
        """Return investments by the digest of their text.

        An older text of an investment whose newest one is withheld is withheld, too.
        """
        texts = self.texts(digests)
        told = {digest: self._codec.investment(text) for digest, text in texts.items()}
        query = sa.select(InvestmentRow.id).where(  # type: ignore[call-overload]
            col(InvestmentRow.id).in_({i.id for i in told.values()}),
            col(InvestmentRow.withheld),
        )
        withheld = set(self._session.scalars(query))
        return {
            digest: attrs.evolve(i, withheld=i.withheld or i.id in withheld)
            for digest, i in told.items()
        }

    def current(self, plan_id: str) -> PlanStanding | None:
        """Return where a plan stands now, whoever asks."""
        row = self._session.execute(
            sa.select(StandingRow, ContentRow.pins)  # type: ignore[call-overload]
            .join(ContentRow, col(ContentRow.key) == col(StandingRow.content))
            .where(
                col(StandingRow.plan_id) == plan_id,
                col(StandingRow.recorded_to).is_(None),
                col(StandingRow.valid_to).is_(None),
            )
        ).first()
        return standing_of(*row) if row else None

    def part_versions(self, plan_id: str) -> Mapping[str, int]:
        """Return the versions of the parts of a plan, by keys as `measure/M-01`."""
        query = sa.select(PlanRow.part_versions).where(col(PlanRow.id) == plan_id)  # type: ignore[call-overload]
        versions: dict[str, int] = json.loads(self._session.scalar(query) or "{}")
        return versions

    def investment_head(self, investment_id: str) -> InvestmentHead | None:
        """Return the newest definition of an investment."""
        row = self._session.get(InvestmentRow, investment_id)
        if row is None:
            return None
        return InvestmentHead(
            id=InvestmentId(row.id),
            version=row.version,
            digest=row.digest,
            defined_by=PlanId(row.defined_by),
        )

    def shared_investments(
        self, ids: Collection[str], view: View
    ) -> Mapping[InvestmentId, Investment]:
        """Return the newest definitions that plans of the view have told, by id."""
        query = (
            sa.select(InvestmentRow.id, DocumentRow.text)  # type: ignore[call-overload]
            .join(DocumentRow, col(DocumentRow.digest) == col(InvestmentRow.digest))
            .where(
                col(InvestmentRow.id).in_(ids),
                col(InvestmentRow.defined_by).in_(
                    queries.shown(view, col(StandingRow.plan_id))
                ),
            )
        )
        return {
            InvestmentId(id_): self._codec.investment(text)
            for id_, text in self._session.execute(query)
        }

    def text(self, digest: str) -> str | None:
        """Return a kept text by its digest."""
        return self.texts([digest]).get(digest)

    def texts(self, digests: Collection[str]) -> Mapping[str, str]:
        """Return kept texts by their digests."""
        query = select(DocumentRow).where(col(DocumentRow.digest).in_(set(digests)))
        return {row.digest: row.text for row in self._session.exec(query)}

    def case(self, plan_id: str, kind: CaseKind, case_id: str) -> Case | None:
        """Return the newest version of a case, whoever asks."""
        query = (
            sa.select(CaseRow, col(DocumentRow.text))
            .join(DocumentRow, col(DocumentRow.digest) == col(CaseRow.digest))
            .where(
                col(CaseRow.plan_id) == plan_id,
                col(CaseRow.kind) == kind.key,
                col(CaseRow.id) == case_id,
            )
            .order_by(col(CaseRow.version).desc())
        )
        row = self._session.execute(query.limit(1)).first()
        return case_of(row[0], row[1], kind) if row else None

    def cases(
        self, plan_ids: Collection[str], kind: CaseKind, view: View
    ) -> Mapping[str, tuple[Case, ...]]:
        """Return the cases of plans at the moment of the view, whoever asks."""
        found: defaultdict[str, list[Case]] = defaultdict(list)
        for row in self._session.execute(
            queries.cases(plan_ids, kind.key, view.moment)
        ):
            found[row[0].plan_id].append(case_of(row[0], row[1], kind))
        return {plan_id: tuple(cases) for plan_id, cases in found.items()}

    def request(self, actor: Actor, key: str) -> Request | None:
        """Return the request of an actor that has a key."""
        row = self._session.get(RequestRow, (actor.kind, actor.code, key))
        return request_of(row) if row else None

    def event(self, sequence: int) -> Event | None:
        """Return an event by its place in the log."""
        row = self._session.get(EventRow, sequence)
        return event_of(row) if row else None

    def case_ids(self, sequences: Collection[int]) -> Mapping[int, PartId]:
        """Return the ids of the cases that events are about, by place in the log."""
        query = (
            sa.select(PayloadRow.sequence, PayloadRow.text)  # type: ignore[call-overload]
            .join(EventRow, col(EventRow.sequence) == col(PayloadRow.sequence))
            .where(
                col(PayloadRow.sequence).in_(sequences),
                col(EventRow.aggregate).in_(CASE_KINDS),
                col(PayloadRow.text).is_not(None),
            )
        )
        return {
            sequence: case_id_of(json.loads(text))
            for sequence, text in self._session.execute(query)
        }

    def tokens(self) -> Sequence[Token]:
        """Return all tokens, oldest first."""
        query = select(TokenRow).order_by(col(TokenRow.created_at), col(TokenRow.id))
        return [token_of(row) for row in self._session.exec(query)]

    def token_of(self, digest: str) -> Token | None:
        """Return the token whose secret has *digest*."""
        query = select(TokenRow).where(col(TokenRow.digest) == digest)
        row = self._session.exec(query).first()
        return token_of(row) if row and same_digest(row.digest, digest) else None

    def events(self, *, after: int = 0, first: int = 100) -> Sequence[Event]:
        """Return events in order."""
        query = (
            select(EventRow)
            .where(col(EventRow.sequence) > after)
            .order_by(col(EventRow.sequence))
            .limit(first)
        )
        return [event_of(row) for row in self._session.exec(query)]

    def told_events(self, view: View, request: EventRequest) -> Page[Event]:
        """Return a page of the events that the view tells of, in order."""
        told = queries.told(view, request.plan_id)
        total = self._session.scalar(
            sa.select(sa.func.count()).select_from(EventRow).where(*told)
        )
        query = (
            select(EventRow)
            .where(*told, col(EventRow.sequence) > request.after)
            .order_by(col(EventRow.sequence))
            .limit(request.size + 1)
        )
        rows = self._session.exec(query).all()
        events = [event_of(row) for row in rows[: request.size]]
        return Page(
            items=events,
            cursors=[str(event.sequence) for event in events],
            total=total or 0,
            has_next=len(rows) > request.size,
            has_previous=request.after > 0,
        )

    def revision(self) -> int:
        """Return the number of the last event; it grows with every change."""
        return self._session.scalar(sa.select(sa.func.max(EventRow.sequence))) or 0

    def _progress(self, view: View) -> Mapping[str, ReportedProgress]:
        """Return how far plans are by the reports that the view may show."""
        found: defaultdict[str, ReportedProgress] = defaultdict(ReportedProgress)
        for row in self._session.execute(queries.reports(view)):
            found[row.plan_id] = found[row.plan_id].after(row)
        return found

    def _stored(self, rows: Sequence[Any], view: View) -> list[StoredPlan]:
        texts = self.texts({standing.digest for standing, _ in rows})
        return [
            StoredPlan(
                standing=standing_of(standing, content.pins),
                moment=view.moment,
                read=_reader(self._codec, texts[standing.digest]),
            )
            for standing, content in rows
        ]


def _reader(codec: Codec, text: str) -> Callable[[], Plan]:
    return partial(codec.plan, text)
