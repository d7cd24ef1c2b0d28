"""A change of the database: all of it happens, or nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

import attrs
import sqlalchemy as sa
from attrs import define
from sqlalchemy.exc import IntegrityError
from sqlmodel import col

from ..cases import Case
from ..documents.changes import reach_of
from ..documents.codec import canonical_json, case_text, digest_of
from ..events import GENESIS, Event, NewEvent, chain_digest
from ..investments import Investment
from ..maps import MapContent
from ..parts import NO_CHANGES, PartChanges
from ..plans import Plan
from ..requests import KeyReusedError, Request
from ..standings import Advance, PlanStanding
from ..store import (
    InvestmentHead,
    StaleCaseError,
    StaleInvestmentError,
    StalePlanError,
)
from ..tokens import Token
from .reading import SqlReadUnit
from .rows import (
    case_columns,
    content_rows,
    event_row,
    graded_of,
    request_row,
    standing_row,
    token_row,
)
from .tables import (
    CaseRow,
    ContentRow,
    DocumentRow,
    EventRow,
    InvestmentRow,
    PayloadRow,
    PlanRow,
    StandingRow,
    TokenRow,
)

_CHAIN_LOCK = 0x636861696E


@define
class SqlWriteUnit(SqlReadUnit):
    """Reads and writes through one transaction."""

    def save_plan(
        self,
        advance: Advance,
        plan: Plan,
        content: MapContent,
        *,
        expected: int | None,
        parts: PartChanges = NO_CHANGES,
    ) -> None:
        """Save a plan that was read at version *expected*, nothing for a new one.

        *parts* are those whose versions become the version of the plan.

        Raises:
            StalePlanError: If it is not at that version any more.
        """
        newest = advance.added[-1]
        self._put_text(newest.digest, self._codec.plan_text(plan))
        self._claim(newest, expected, parts)
        self._put_content(newest, plan, content)
        self.put_standings(advance)

    def put_standings(self, advance: Advance) -> None:
        """Write what is known now in place of what was."""
        if advance.replaced is not None:
            replaced = sa.update(StandingRow).where(
                col(StandingRow.plan_id) == advance.replaced.plan_id,
                col(StandingRow.recorded_to).is_(None),
                col(StandingRow.valid_to).is_(None),
            )
            at = advance.added[-1].recorded_from
            self._session.execute(replaced.values(recorded_to=at))
        for standing in advance.added:
            self._session.add(standing_row(standing))
            self._session.flush()

    def save_investment(
        self, investment: Investment, head: InvestmentHead, *, expected: int | None
    ) -> None:
        """Save the definition of an investment.

        Raises:
            StaleInvestmentError: If somebody else has changed it.
        """
        self._put_text(head.digest, self._codec.investment_text(investment))
        values = attrs.asdict(head) | {"withheld": investment.withheld}
        if not self._put_versioned(InvestmentRow, values, expected):
            raise StaleInvestmentError(head.id, self._version(InvestmentRow, head.id))

    def lock_plan(self, plan_id: str) -> None:
        """Let nobody else change a plan, its parts or its cases until this is done.

        A change of SQLite has the database for itself from its beginning.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            lock = sa.select(PlanRow.id).where(col(PlanRow.id) == plan_id)  # type: ignore[call-overload]
            self._session.execute(lock.with_for_update())

    def save_text(self, digest: str, text: str) -> None:
        """Keep a text under its digest."""
        self._put_text(digest, text)

    def save_case(self, case: Case) -> None:
        """Add a version of a case.

        Raises:
            StaleCaseError: If somebody else has added it.
        """
        text = case_text(case.document)
        self._put_text(case.digest, text)
        graded = graded_of(case.kind, text)
        values = case_columns(attrs.asdict(case, recurse=False), graded)
        try:
            with self._session.begin_nested():
                self._session.execute(sa.insert(CaseRow).values(**values))
        except IntegrityError:
            query = sa.select(sa.func.max(col(CaseRow.version))).where(
                col(CaseRow.plan_id) == case.plan_id,
                col(CaseRow.kind) == case.kind,
                col(CaseRow.id) == case.id,
            )
            raise StaleCaseError(
                case.kind,
                case.id,
                case.version - 1 or None,
                self._session.scalar(query),
            ) from None

    def append(self, event: NewEvent, at: dt.datetime) -> Event:
        """Write an event to the end of the log; the last thing that a change does.

        The lock of the chain is taken here, so that the order of events is the order in
        which changes are committed.
        """
        if self._session.get_bind().dialect.name == "postgresql":
            self._session.execute(sa.select(sa.func.pg_advisory_xact_lock(_CHAIN_LOCK)))
        last = self._session.scalar(
            sa.select(EventRow).order_by(col(EventRow.sequence).desc()).limit(1)
        )
        payload = canonical_json(event.payload)
        written = Event(
            sequence=last.sequence + 1 if last else 1,
            kind=event.kind,
            aggregate=event.aggregate,
            aggregate_id=event.aggregate_id,
            version=event.version,
            actor=event.actor,
            recorded_at=at.astimezone(dt.UTC),
            payload_digest=digest_of(payload),
            previous=last.digest if last else GENESIS,
            digest="",
        )
        written = attrs.evolve(written, digest=chain_digest(written))
        self._session.add(event_row(written, reach_of(event.payload)))
        self._session.flush()
        self._session.add(PayloadRow(sequence=written.sequence, text=payload))
        self._session.flush()
        return written

    def add_request(self, request: Request) -> None:
        """Remember a request by its key.

        Raises:
            KeyReusedError: If the key is remembered already.
        """
        try:
            with self._session.begin_nested():
                self._session.add(request_row(request))
        except IntegrityError:
            raise KeyReusedError(request.key) from None

    def add_token(self, token: Token) -> None:
        """Keep a token."""
        self._session.add(token_row(token))
        self._session.flush()

    def revoke_token(self, token_id: str, at: dt.datetime) -> bool:
        """Revoke a token; false where there is none, or it is revoked already."""
        revoked: Any = self._session.execute(
            sa.update(TokenRow)
            .where(col(TokenRow.id) == token_id, col(TokenRow.revoked_at).is_(None))
            .values(revoked_at=at)
        )
        return bool(revoked.rowcount)

    def put_part_versions(self, plan_id: str, versions: Mapping[str, int]) -> None:
        """Write the versions of the parts of a plan in place of what was."""
        row = sa.update(PlanRow).where(col(PlanRow.id) == plan_id)
        self._session.execute(row.values(part_versions=canonical_json(versions)))

    def _claim(
        self, standing: PlanStanding, expected: int | None, parts: PartChanges
    ) -> None:
        versions = parts.after(self.part_versions(standing.plan_id), standing.version)
        values = {
            "id": standing.plan_id,
            "version": standing.version,
            "digest": standing.digest,
            "part_versions": canonical_json(versions),
        }
        if not self._put_versioned(PlanRow, values, expected):
            version = self._version(PlanRow, standing.plan_id)
            raise StalePlanError(standing.plan_id, expected, version)

    def _version(self, row: type[PlanRow | InvestmentRow], id_: str) -> int | None:
        query = sa.select(col(row.version)).where(col(row.id) == id_)
        return self._session.scalar(query)

    def _put_versioned(
        self,
        row: type[PlanRow | InvestmentRow],
        values: dict[str, Any],
        expected: int | None,
    ) -> bool:
        """Insert a row, or update it if it is at version *expected*: one statement."""
        if expected is None:
            try:
                with self._session.begin_nested():
                    self._session.execute(sa.insert(row).values(**values))
            except IntegrityError:
                return False
            return True
        changed: Any = self._session.execute(
            sa.update(row)
            .where(col(row.id) == values["id"], col(row.version) == expected)
            .values(**values)
        )
        return bool(changed.rowcount)

    def _put_text(self, digest: str, text: str) -> None:
        self._insert_new(DocumentRow, [{"digest": digest, "text": text}], ["digest"])

    def _put_content(
        self, standing: PlanStanding, plan: Plan, content: MapContent
    ) -> None:
        known = sa.select(ContentRow.key).where(  # type: ignore[call-overload]
            col(ContentRow.key) == standing.content
        )
        if self._session.scalar(known) is None:
            self.put_content(standing, plan, content)

    def put_content(
        self, standing: PlanStanding, plan: Plan, content: MapContent
    ) -> None:
        """Write what a text is found by and puts on the map."""
        rows = content_rows(
            standing.content, standing.digest, standing.pins, plan, content
        )
        for row in rows:
            self._session.add(row)
            if isinstance(row, ContentRow):
                self._session.flush()
        self._session.flush()

    def _insert_new(
        self, row: type[DocumentRow], values: Iterable[dict[str, Any]], key: list[str]
    ) -> None:
        if self._session.get_bind().dialect.name == "postgresql":
            from sqlalchemy.dialects.postgresql import insert  # noqa: PLC0415
        else:
            from sqlalchemy.dialects.sqlite import insert  # type: ignore[assignment]  # noqa: PLC0415
        statement = insert(row).on_conflict_do_nothing(index_elements=key)
        self._session.execute(statement, list(values))
