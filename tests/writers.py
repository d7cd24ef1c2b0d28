"""Processes that write to a store while a test looks on."""

from __future__ import annotations

import itertools
import sys
import threading
from typing import TYPE_CHECKING

import attrs

from clusterplan.core.files import PlanFile
from clusterplan.core.identifiers import PlanId
from clusterplan.core.reference import read_reference
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import StalePlanError
from clusterplan.plugins.host import load_plugins
from stores import sample_file, save, titled

if TYPE_CHECKING:
    from multiprocessing.queues import Queue
    from multiprocessing.synchronize import Barrier

Round = tuple[str, int | None]
"""Id of the plan that all writers save, and the version that they base it on."""
Outcome = tuple[int, int, int | None]
"""Number of the round, writer, and the current version that a loser is told."""


def opened(url: str) -> tuple[SqlStore, Domain]:
    """Open a store with the built-in plugins."""
    plugins = load_plugins(entry_points=False)
    domain = Domain(plan_types=plugins.plan_types, rules=(), reference=read_reference())
    return SqlStore.open(url, domain.plan_types, domain.reference), domain


def contend(
    url: str,
    writers: range,
    rounds: list[Round],
    barrier: Barrier,
    outcomes: Queue[Outcome],
) -> None:
    """Let *writers*, a thread each, save the plan of each round at the same time."""
    store, domain = opened(url)
    file = sample_file(domain.plan_types)

    def write(writer: int) -> None:
        for number, (plan_id, version) in enumerate(rounds):
            text = titled(_named(file, plan_id), f"架空計画 {number} {writer}")
            barrier.wait(60)
            try:
                save(store, domain, text, version=version)
            except StalePlanError as error:
                outcomes.put((number, writer, error.current))
            else:
                outcomes.put((number, writer, None))

    threads = [threading.Thread(target=write, args=(w,)) for w in writers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    store.close()


def import_without_end(url: str, prefix: str) -> None:
    """Import plan after plan, and tell the id of each on standard output."""
    store, domain = opened(url)
    file = sample_file(domain.plan_types)
    for number in itertools.count():
        plan_id = f"{prefix}-{number}"
        save(store, domain, _named(file, plan_id))
        sys.stdout.write(f"{plan_id}\n")
        sys.stdout.flush()


def open_at_once(url: str, barrier: Barrier, outcomes: Queue[str]) -> None:
    """Open a new database together with other processes."""
    barrier.wait(60)
    try:
        store, _ = opened(url)
        outcomes.put(f"{len(list(store.verify()))} flaws")
        store.close()
    except Exception as error:  # noqa: BLE001
        outcomes.put(repr(error))


def _named(file: PlanFile, plan_id: str) -> PlanFile:
    return attrs.evolve(file, plan=attrs.evolve(file.plan, id=PlanId(plan_id)))


if __name__ == "__main__":
    import_without_end(*sys.argv[1:])
