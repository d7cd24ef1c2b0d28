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
from ..core.identifiers import PartId
from ..core.investments import Investment
from ..core.moments import Moment
from ..core.readers import Reader
from ..core.services.domain import Domain
from ..core.standings import PlanStanding
from ..core.store import ReadUnit, Store, View
from ..core.stored import StoredPlan
from ..plugins.manifest import PluginInfo

T = TypeVar("T")
StandingsKey = tuple[str, Moment]
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
    text_of_digest: DataLoader[str, str | None] = field(init=False)
    standings_of_plan: DataLoader[StandingsKey, tuple[PlanStanding, ...]] = field(
        init=False
    )
    cases_of_plan: DataLoader[CaseKey, tuple[Case, ...]] = field(init=False)
    case_of_event: DataLoader[int, PartId | None] = field(init=False)

    def __attrs_post_init__(self) -> None:
        """Make the loaders."""
        self.investment_of_digest = DataLoader(self._investments)
        self.text_of_digest = DataLoader(self._texts)
        self.standings_of_plan = DataLoader(self._standings)
        self.cases_of_plan = DataLoader(self._cases)
        self.case_of_event = DataLoader(self._case_ids)

    def forget(self) -> None:
        """Forget what was read: something was changed."""
        self.investment_of_digest.clear_all()
        self.text_of_digest.clear_all()
        self.standings_of_plan.clear_all()
        self.cases_of_plan.clear_all()
        self.case_of_event.clear_all()

    async def _investments(self, digests: list[str]) -> Sequence[Investment | None]:
        found = await self._reads.ask(lambda unit: unit.investments(digests))
        return [found.get(digest) for digest in digests]

    async def _texts(self, digests: list[str]) -> Sequence[str | None]:
        found = await self._reads.ask(lambda unit: unit.texts(digests))
        return [found.get(digest) for digest in digests]

    async def _case_ids(self, sequences: list[int]) -> Sequence[PartId | None]:
        found = await self._reads.ask(lambda unit: unit.case_ids(sequences))
        return [found.get(sequence) for sequence in sequences]

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

    async def _standings(
        self, keys: list[StandingsKey]
    ) -> Sequence[tuple[PlanStanding, ...]]:
        by_moment: defaultdict[Moment, list[str]] = defaultdict(list)
        for plan_id, moment in keys:
            by_moment[moment].append(plan_id)
        found: dict[StandingsKey, tuple[PlanStanding, ...]] = {}
        for moment, plan_ids in by_moment.items():
            view = View(moment=moment, drafts=self._reader.drafts)
            standings = await self._reads.ask(
                lambda unit, ids=plan_ids, view=view: unit.standings(ids, view)  # type: ignore[misc]
            )
            found |= {(id_, moment): told for id_, told in standings.items()}
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


async def pinned_investments(
    plan: StoredPlan, context: Context
) -> tuple[Investment, ...]:
    """Return the investments that *plan* counts on, whoever reads."""
    digests = [plan.standing.pins[i] for i in plan.plan.investments]
    found = await context.loaders.investment_of_digest.load_many(digests)
    return tuple(i for i in found if i is not None)


async def investments_of(plan: StoredPlan, context: Context) -> tuple[Investment, ...]:
    """Return the investments that *plan* counts on and the reader may see."""
    return context.reader.visible(await pinned_investments(plan, context))
