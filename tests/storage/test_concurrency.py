"""Of many who change the same version at the same time, one wins."""

from __future__ import annotations

import multiprocessing
from collections import defaultdict

import pytest

from clusterplan.core.errors import ErrorCode
from clusterplan.core.mapping import map_content
from clusterplan.core.services.domain import Domain
from clusterplan.core.standings import Advance
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import StaleInvestmentError, StalePlanError
from stores import MakePlanFile, save, titled
from writers import Outcome, Round, contend

_WRITERS = 8
_ROUNDS = 30
_NEW = 5


def test_one_of_eight_writers_in_two_processes_wins_every_round(
    store: SqlStore, database_url: str, domain: Domain, plan_file: MakePlanFile
) -> None:
    """In 30 of 30 rounds one writer wins, and all others learn the new version.

    In five more rounds they all make the same new plan.
    """
    save(store, domain, plan_file(changes={"/id": "contested"}))
    rounds: list[Round] = [("contested", n) for n in range(1, _ROUNDS + 1)]
    rounds += [(f"new-{n}", None) for n in range(_NEW)]
    outcomes = _contend(database_url, rounds)
    for number, (_, version) in enumerate(rounds):
        told = [current for n, _, current in outcomes if n == number]
        assert told.count(None) == 1, number
        assert told.count((version or 0) + 1) == _WRITERS - 1, number
    with store.read() as unit:
        current = unit.current("contested")
        assert current is not None
        assert current.version == _ROUNDS + 1
        events = unit.events(first=1000)
    assert [e.sequence for e in events] == list(range(1, 1 + _ROUNDS + _NEW + 1))
    assert list(store.verify()) == []


def _contend(url: str, rounds: list[Round]) -> list[Outcome]:
    context = multiprocessing.get_context("spawn")
    barrier, queue = context.Barrier(_WRITERS), context.Queue()
    half = _WRITERS // 2
    processes = [
        context.Process(target=contend, args=(url, writers, rounds, barrier, queue))
        for writers in (range(half), range(half, _WRITERS))
    ]
    for process in processes:
        process.start()
    try:
        return [queue.get(timeout=60) for _ in range(_WRITERS * len(rounds))]
    finally:
        for process in processes:
            process.join(10)
            process.kill()
            process.join()
        queue.close()


def test_a_loser_is_told_the_code_and_the_current_version(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A stale change is a CONFLICT that carries what is stored now."""
    file = plan_file()
    save(store, domain, file)
    save(store, domain, titled(file, "二"), version=1)
    with pytest.raises(StalePlanError) as caught:
        save(store, domain, titled(file, "三"), version=1)
    (problem,) = caught.value.problems
    assert problem.code is ErrorCode.CONFLICT
    assert problem.reason == "STALE_VERSION"
    assert problem.current_version == 2
    assert "指定：1、現在：2" in problem.message_ja
    assert "expected as version 1, but it is version 2" in problem.message_en


@pytest.mark.parametrize("expected", [None, 7])
def test_a_save_is_one_conditional_statement(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, expected: int | None
) -> None:
    """The database itself refuses a change that is based on another version."""
    file = plan_file()
    done = save(store, domain, file)
    forward = Advance(replaced=None, added=(done.standing,))
    with store.read() as unit:
        assert unit.current(file.plan.id) == done.standing
    content = map_content(file.plan, file.defined(), domain.reference)
    with pytest.raises(StalePlanError) as caught, store.write() as unit:
        unit.save_plan(forward, file.plan, content, expected=expected)
    assert caught.value.current == 1
    assert list(store.verify()) == []


@pytest.mark.parametrize("expected", [None, 7])
def test_an_investment_is_saved_by_one_of_two(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, expected: int | None
) -> None:
    """A definition that somebody else saved meanwhile is not overwritten."""
    file = plan_file()
    save(store, domain, file)
    with store.read() as unit:
        head = unit.investment_head("SAMPLE-INV-1")
        assert unit.investment_head("other") is None
    assert head is not None
    with pytest.raises(StaleInvestmentError) as caught, store.write() as unit:
        unit.save_investment(file.investments[0], head, expected=expected)
    (problem,) = caught.value.problems
    assert problem.code is ErrorCode.CONFLICT
    assert problem.current_version == 1
    assert "SAMPLE-INV-1" in problem.message_ja


def test_a_change_that_fails_leaves_nothing_behind(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """An exception inside a change undoes all of it."""
    done = save(store, domain, plan_file())
    forward = Advance(replaced=None, added=(done.standing,))
    with pytest.raises(ZeroDivisionError):
        _fail_after(store, forward)
    assert list(store.verify()) == []


def _fail_after(store: SqlStore, forward: Advance) -> None:
    with store.write() as unit:
        unit.put_standings(forward)
        raise ZeroDivisionError


def test_a_look_at_the_store_is_of_one_moment(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A change that is committed meanwhile is not seen in a look that has begun."""
    file = plan_file()
    save(store, domain, file)
    with store.read() as unit:
        before = unit.current(file.plan.id)
        save(store, domain, titled(file, "二"), version=1)
        assert unit.current(file.plan.id) == before
        assert len(unit.events()) == 1
    with store.read() as unit:
        after = unit.current(file.plan.id)
    assert after is not None
    assert after.version == 2


def test_the_order_of_events_is_the_order_of_commits(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Sequence numbers have no gaps, and versions of a plan rise with them."""
    file = plan_file()
    with store.read() as unit:
        assert unit.revision() == 0
    save(store, domain, file)
    for version in range(1, 4):
        save(store, domain, titled(file, f"版 {version}"), version=version)
    versions: defaultdict[str, list[int]] = defaultdict(list)
    with store.read() as unit:
        assert unit.revision() == 4
        for event in unit.events(after=1, first=2):
            versions[event.aggregate_id].append(event.version)
    assert versions == {file.plan.id: [2, 3]}
