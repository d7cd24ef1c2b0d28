"""What services and the API need of a store."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from attrs import field, frozen

from .actors import Actor
from .cases import Case, CaseKind
from .errors import ErrorCode, Path, PlanError, Problem
from .events import Event, NewEvent
from .filters import PlanFilter
from .history import HistoryEntry
from .identifiers import AreaCode, InvestmentId, PartId, PlanId
from .investments import Investment
from .maps import MapContent, MappedPlan
from .moments import Moment
from .paging import EventRequest, Page, PageRequest
from .parts import PartChanges
from .plans import Plan
from .readers import DraftAccess
from .requests import Request
from .standings import Advance, PlanStanding
from .stored import StoredPlan
from .tokens import Token


@frozen(kw_only=True)
class View:
    """Which plans, at which moment, with which access to texts that are not public.

    Attributes:
        block: Prefectures of the bureaus of the filter, where it names some.
    """

    moment: Moment
    drafts: DraftAccess
    filter: PlanFilter = field(factory=PlanFilter)
    block: tuple[AreaCode, ...] | None = None


@frozen(kw_only=True)
class InvestmentHead:
    """The newest definition of an investment.

    Attributes:
        defined_by: The plan whose file told it.
    """

    id: InvestmentId
    version: int
    digest: str
    defined_by: PlanId


@frozen(kw_only=True)
class Flaw:
    """Something in a store that does not agree with its log."""

    where: str
    message: str
    sequence: int | None = None


class StalePlanError(PlanError):
    """The plan was saved by somebody else since it was read."""

    def __init__(self, plan_id: str, expected: int | None, current: int | None) -> None:
        self.plan_id, self.expected, self.current = plan_id, expected, current
        wanted = "new" if expected is None else f"version {expected}"
        found = "unknown" if current is None else f"version {current}"
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="STALE_VERSION",
                message_ja=f"計画「{plan_id}」の版数が違います"
                f"（指定：{'新規' if expected is None else expected}、"
                f"現在：{'なし' if current is None else current}）。"
                "読み直してから変更してください",
                message_en=f"plan {plan_id!r} was expected as {wanted}, "
                f"but it is {found}; read it again and repeat the change",
                path=("expected_version",),
                current_version=current,
            )
        )


class StaleCaseError(PlanError):
    """A case was changed by somebody else since it was read."""

    def __init__(
        self, kind: str, case_id: str, expected: int | None, current: int | None
    ) -> None:
        self.case_id, self.expected, self.current = case_id, expected, current
        wanted = "new" if expected is None else f"version {expected}"
        found = "unknown" if current is None else f"version {current}"
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="STALE_VERSION",
                message_ja=f"「{case_id}」の版数が違います"
                f"（指定：{'新規' if expected is None else expected}、"
                f"現在：{'なし' if current is None else current}）。"
                "読み直してから変更してください",
                message_en=f"{kind} {case_id!r} was expected as {wanted}, "
                f"but it is {found}; read it again and repeat the change",
                path=("expected_version",),
                current_version=current,
            )
        )


class StaleInvestmentError(PlanError):
    """The definition of an investment was saved by somebody else at the same time."""

    def __init__(
        self,
        investment_id: str,
        current: int | None,
        *,
        path: Path = ("investments",),
    ) -> None:
        self.investment_id, self.current = investment_id, current
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="STALE_INVESTMENT",
                message_ja=f"投資「{investment_id}」の定義が同時に別の人によって"
                "保存されました。もう一度取り込んでください",
                message_en=f"investment {investment_id!r} was saved by somebody else "
                "at the same time; import the plan again",
                path=path,
                current_version=current,
            )
        )


class DamagedLogError(PlanError):
    """Projections are not made again from a log that does not agree with itself."""

    def __init__(self, flaw: Flaw) -> None:
        self.flaw = flaw
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="LOG_DAMAGED",
                message_ja=f"記録（通番{flaw.sequence}）が壊れているか書き換えられているため、"
                "作り直せません。バックアップから戻してください",
                message_en=f"{flaw.where} {flaw.message}; nothing is made again from "
                "a damaged log, restore a backup",
            )
        )


class ReadUnit(Protocol):
    """One consistent look at the store."""

    def plan(
        self, plan_id: str, view: View, *, edition: str | None = None
    ) -> StoredPlan | None:
        """Return a plan, or nothing where there is none that the view shows."""
        ...

    def plans(self, view: View, request: PageRequest) -> Page[StoredPlan]:
        """Return a page of plans."""
        ...

    def mapped(self, view: View) -> Sequence[MappedPlan]:
        """Return all plans of the view as the map needs them, ordered by id."""
        ...

    def standings(
        self, plan_ids: Collection[str], view: View
    ) -> Mapping[str, tuple[PlanStanding, ...]]:
        """Return where plans stood that the view may show, up to its moment.

        Public editions that held on no day are among them.
        """
        ...

    def histories(
        self, plan_ids: Collection[str], view: View
    ) -> Mapping[str, tuple[HistoryEntry, ...]]:
        """Return the states of plans so far that the view may show, up to its moment."""
        ...

    def investments(self, digests: Collection[str]) -> Mapping[str, Investment]:
        """Return investments by the digest of their text."""
        ...

    def current(self, plan_id: str) -> PlanStanding | None:
        """Return where a plan stands now, whoever asks."""
        ...

    def part_versions(self, plan_id: str) -> Mapping[str, int]:
        """Return the versions of the parts of a plan, by keys as `measure/M-01`."""
        ...

    def investment_head(self, investment_id: str) -> InvestmentHead | None:
        """Return the newest definition of an investment."""
        ...

    def shared_investments(
        self, ids: Collection[str], view: View
    ) -> Mapping[InvestmentId, Investment]:
        """Return the newest definitions that plans of the view have told, by id."""
        ...

    def text(self, digest: str) -> str | None:
        """Return a kept text by its digest."""
        ...

    def texts(self, digests: Collection[str]) -> Mapping[str, str]:
        """Return kept texts by their digests."""
        ...

    def case(self, plan_id: str, kind: CaseKind, case_id: str) -> Case | None:
        """Return the newest version of a case, whoever asks."""
        ...

    def cases(
        self, plan_ids: Collection[str], kind: CaseKind, view: View
    ) -> Mapping[str, tuple[Case, ...]]:
        """Return the cases of plans at the moment of the view, whoever asks."""
        ...

    def request(self, actor: Actor, key: str) -> Request | None:
        """Return the request of an actor that has a key."""
        ...

    def event(self, sequence: int) -> Event | None:
        """Return an event by its place in the log."""
        ...

    def case_ids(self, sequences: Collection[int]) -> Mapping[int, PartId]:
        """Return the ids of the cases that events are about, by place in the log.

        Events of plans, and those whose payload is erased, are about none.
        """
        ...

    def tokens(self) -> Sequence[Token]:
        """Return all tokens, oldest first."""
        ...

    def token_of(self, digest: str) -> Token | None:
        """Return the token whose secret has *digest*."""
        ...

    def events(self, *, after: int = 0, first: int = 100) -> Sequence[Event]:
        """Return events in order."""
        ...

    def told_events(self, view: View, request: EventRequest) -> Page[Event]:
        """Return a page of the events that the view tells of, in order."""
        ...

    def revision(self) -> int:
        """Return the number of the last event; it grows with every change."""
        ...


class WriteUnit(ReadUnit, Protocol):
    """A change of the store: all of it happens, or nothing."""

    def save_plan(
        self,
        advance: Advance,
        plan: Plan,
        content: MapContent,
        *,
        expected: int | None,
        parts: PartChanges = ...,
    ) -> None:
        """Save a plan that was read at version *expected*, nothing for a new one.

        *parts* are those whose versions become the version of the plan.

        Raises:
            StalePlanError: If it is not at that version any more.
        """
        ...

    def save_investment(
        self, investment: Investment, head: InvestmentHead, *, expected: int | None
    ) -> None:
        """Save the definition of an investment.

        Raises:
            StaleInvestmentError: If somebody else has changed it.
        """
        ...

    def lock_plan(self, plan_id: str) -> None:
        """Let nobody else change a plan, its parts or its cases until this is done."""
        ...

    def save_text(self, digest: str, text: str) -> None:
        """Keep a text under its digest."""
        ...

    def save_case(self, case: Case) -> None:
        """Add a version of a case.

        Raises:
            StaleCaseError: If somebody else has added it.
        """
        ...

    def append(self, event: NewEvent, at: dt.datetime) -> Event:
        """Write an event to the end of the log; the last thing that a change does."""
        ...

    def add_request(self, request: Request) -> None:
        """Remember a request by its key.

        Raises:
            KeyReusedError: If the key is remembered already.
        """
        ...

    def add_token(self, token: Token) -> None:
        """Keep a token."""
        ...

    def revoke_token(self, token_id: str, at: dt.datetime) -> bool:
        """Revoke a token; false where there is none, or it is revoked already."""
        ...


class Store(Protocol):
    """A place where plans are kept."""

    def read(self) -> AbstractContextManager[ReadUnit]:
        """Open one consistent look; nothing can be changed through it."""
        ...

    def write(self) -> AbstractContextManager[WriteUnit]:
        """Open a change: a clean exit commits, an exception undoes all of it."""
        ...

    def verify(self) -> Iterable[Flaw]:
        """Compare the log with itself and with every row that follows from it."""
        ...

    def rebuild(self) -> int:
        """Drop all projections and make them again from the log; tell how many.

        Raises:
            DamagedLogError: If the log does not agree with itself.
        """
        ...
