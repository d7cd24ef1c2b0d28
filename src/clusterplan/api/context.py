"""What resolvers of one request share: one look at the store, who reads, loaders."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import TypeVar

import anyio
import strawberry
from anyio.to_thread import run_sync
from attrs import define, field, frozen
from strawberry.dataloader import DataLoader

from ..core.casekinds import CASE_KINDS
from ..core.cases import Case
from ..core.errors import PlanError
from ..core.history import HistoryEntry
from ..core.investments import Investment
from ..core.moments import Moment
from ..core.readers import Reader
from ..core.services.domain import Domain
from ..core.store import ReadUnit, Store, View
from ..core.stored import StoredPlan
from ..plugins.manifest import PluginInfo

T = TypeVar("T")
HistoryKey = tuple[str, Moment]
CaseKey = tuple[str, str, Moment]


@define
class Reads:
    """One consistent look at the store for one request, opened when it is needed.

    Resolvers run at the same time; the questions they ask go one after the other, each
    in a thread, so that none blocks the event loop.
    """

    _store: Store
    _lock: anyio.Lock = field(factory=anyio.Lock, init=False)
    _look: tuple[AbstractContextManager[ReadUnit], ReadUnit] | None = field(
        default=None, init=False
    )

    async def ask(self, question: Callable[[ReadUnit], T]) -> T:
        """Return the answer of *question*."""
        async with self._lock:
            return await run_sync(self._answer, question)

    async def close(self) -> None:
        """Give the look back."""
        if self._look is not None:
            opened, _ = self._look
            self._look = None
            await run_sync(opened.__exit__, None, None, None)

    def _answer(self, question: Callable[[ReadUnit], T]) -> T:
        if self._look is None:
            opened = self._store.read()
            self._look = opened, opened.__enter__()
        opened, unit = self._look
        try:
            return question(unit)
        except PlanError:
            raise
        except Exception as error:
            # The store says what its own faults mean where they leave the look.
            self._look = None
            opened.__exit__(type(error), error, error.__traceback__)
            raise


@define
class Loaders:
    """Batched reads of one request."""

    _reads: Reads
    _reader: Reader
    investment_of_digest: DataLoader[str, Investment | None] = field(init=False)
    history_of_plan: DataLoader[HistoryKey, tuple[HistoryEntry, ...]] = field(
        init=False
    )

    cases_of_plan: DataLoader[CaseKey, tuple[Case, ...]] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the loaders."""
        self.cases_of_plan = DataLoader(self._cases)
        self.investment_of_digest = DataLoader(self._investments)
        self.history_of_plan = DataLoader(self._histories)

    def forget(self) -> None:
        """Forget what was read: something was changed."""
        self.investment_of_digest.clear_all()
        self.history_of_plan.clear_all()
        self.cases_of_plan.clear_all()

    async def _investments(self, digests: list[str]) -> Sequence[Investment | None]:
        found = await self._reads.ask(lambda unit: unit.investments(digests))
        return [found.get(digest) for digest in digests]

    async def _cases(self, keys: list[CaseKey]) -> Sequence[tuple[Case, ...]]:
        found: dict[CaseKey, tuple[Case, ...]] = {}
        by_look: defaultdict[tuple[str, Moment], list[str]] = defaultdict(list)
        for kind, plan_id, moment in keys:
            by_look[kind, moment].append(plan_id)
        for (kind, moment), plan_ids in by_look.items():
            view = View(moment=moment, drafts=self._reader.drafts)
            cases = await self._reads.ask(
                lambda unit, kind=kind, ids=plan_ids, view=view: unit.cases(  # type: ignore[misc]
                    ids, CASE_KINDS[kind], view
                )
            )
            found |= {(kind, id_, moment): told for id_, told in cases.items()}
        return [found.get(key, ()) for key in keys]

    async def _histories(
        self, keys: list[HistoryKey]
    ) -> Sequence[tuple[HistoryEntry, ...]]:
        by_moment: defaultdict[Moment, list[str]] = defaultdict(list)
        for plan_id, moment in keys:
            by_moment[moment].append(plan_id)
        found: dict[HistoryKey, tuple[HistoryEntry, ...]] = {}
        for moment, plan_ids in by_moment.items():
            view = View(moment=moment, drafts=self._reader.drafts)
            histories = await self._reads.ask(
                lambda unit, ids=plan_ids, view=view: unit.histories(ids, view)  # type: ignore[misc]
            )
            found |= {(id_, moment): entries for id_, entries in histories.items()}
        return [found.get(key, ()) for key in keys]


@frozen(kw_only=True)
class Context:
    """What resolvers reach through `info.context`.

    Attributes:
        checks: Lets only a few plans be checked at once, over all requests: rules and
            large documents need the processor that other requests wait for.
    """

    store: Store
    reads: Reads
    reader: Reader
    domain: Domain
    plugins: tuple[PluginInfo, ...]
    loaders: Loaders
    checks: anyio.Semaphore


Info = strawberry.Info[Context, None]


async def investments_of(plan: StoredPlan, context: Context) -> tuple[Investment, ...]:
    """Return the investments that *plan* counts on and the reader may see."""
    digests = [plan.standing.pins[i] for i in plan.plan.investments]
    found = await context.loaders.investment_of_digest.load_many(digests)
    return context.reader.visible(i for i in found if i is not None)
