"""Whom the log tells what happened."""

from __future__ import annotations

import pytest
import sqlalchemy as sa

from clusterplan.core.actors import Actor
from clusterplan.core.documents.changes import reach_of
from clusterplan.core.errors import InputError
from clusterplan.core.events import Event, Reach
from clusterplan.core.paging import EventRequest, Page
from clusterplan.core.readers import ANONYMOUS, LOCAL, Reader
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from clusterplan.core.storage.sql import SqlStore
from proposals import KUMAMOTO as PROPOSER
from proposals import METI as RECEIVER
from proposals import proposal
from steps import B_PLAN, BUREAU, METI, NIIGATA, NIIGATA_HEAD, SECRETARIAT, step, walk
from stores import (
    HOKKAIDO,
    KUMAMOTO,
    KYUSHU,
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    save,
    tamper,
)

FINDING = Reader(actor=Actor.parse("prefecture:440001"))
"""The other prefecture of the sample's region."""


def told(
    store: SqlStore, reader: Reader, plan_id: str | None = None, **page: int
) -> Page[Event]:
    """Return what *reader* is told of the log."""
    with store.read() as unit:
        request = EventRequest(plan_id=plan_id, **page)
        return unit.told_events(looking(TODAY, reader=reader), request)


def kinds(store: SqlStore, reader: Reader, plan_id: str | None = None) -> list[str]:
    """Return the kinds of the events that *reader* is told of."""
    return [event.kind for event in told(store, reader, plan_id).items]


def publish(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Bring a B plan into force, and return its id."""
    save(store, domain, plan_file(REGIONAL), by=NIIGATA)
    walk(store, domain, B_PLAN, [("submit_for_precheck", NIIGATA)])
    walk(store, domain, B_PLAN, [("precheck_ok", SECRETARIAT), ("precheck_ok", METI)])
    walk(store, domain, B_PLAN, [("publish", NIIGATA_HEAD)])
    return B_PLAN


def propose(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save an A draft with a proposal that the state has received."""
    done = save(store, domain, plan_file(STRATEGIC), by=BUREAU)
    plan_id = done.standing.plan_id
    command = SaveProposal(plan_id=plan_id, proposal=proposal(), by=PROPOSER)
    save_proposal(command, store, domain)
    for version, (name, by) in enumerate(
        (("propose", PROPOSER), ("receive", RECEIVER)), start=1
    ):
        step_proposal(
            StepProposal(
                plan_id=plan_id,
                proposal_id="PR-1",
                step=name,
                by=by,
                expected_version=version,
            ),
            store,
            domain,
        )
    return plan_id


def test_nobody_else_is_told_of_a_draft(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The lead body and the state are told all of it; anybody and others nothing."""
    plan_id = save(store, domain, plan_file(REGIONAL), by=NIIGATA).standing.plan_id
    step(store, domain, plan_id, "submit_for_precheck", NIIGATA)
    both = ["plan_saved", "plan_step_taken"]
    lead, head = Reader(actor=NIIGATA), Reader(actor=NIIGATA_HEAD)
    for reader in (LOCAL, Reader(actor=METI), lead, head):
        assert kinds(store, reader) == both
    for reader in (ANONYMOUS, HOKKAIDO, KYUSHU):
        page = told(store, reader)
        assert (page.items, page.total) == ([], 0)


def test_anybody_is_told_from_the_publication_on(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Not of the drafts, the pre-check and half-signed acts before it."""
    plan_id = publish(store, domain, plan_file)
    everything = kinds(store, LOCAL, plan_id)
    assert everything == [
        *("plan_saved", "plan_step_taken", "plan_signed"),
        *("plan_step_taken", "plan_step_taken"),
    ]
    assert kinds(store, Reader(actor=NIIGATA), plan_id) == everything
    for reader in (ANONYMOUS, HOKKAIDO, KYUSHU):
        (event,) = told(store, reader, plan_id).items
        assert (event.sequence, event.actor) == (5, NIIGATA_HEAD)
    assert kinds(store, ANONYMOUS, "unheard-of") == []


def test_half_of_a_joint_act_is_not_told_to_anybody(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Even where the plan is public before and after it."""
    assert reach_of({"public": False}) == reach_of({}) == Reach()
    publish(store, domain, plan_file)
    step(store, domain, B_PLAN, "withdraw", NIIGATA_HEAD, reason="情勢の変化")
    assert kinds(store, ANONYMOUS) == ["plan_step_taken", "plan_step_taken"]
    with store.read() as unit:
        signed = unit.event(3)
    assert signed is not None
    assert signed.kind == "plan_signed"


def test_a_proposal_is_told_to_those_whom_it_concerns(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Its prefecture, the bureau and the state; a neighbour hears of the plan alone."""
    plan_id = propose(store, domain, plan_file)
    everything = [
        *("plan_saved", "proposal_saved"),
        *("proposal_propose_taken", "proposal_receive_taken"),
    ]
    for reader in (LOCAL, Reader(actor=RECEIVER), KYUSHU, KUMAMOTO):
        assert kinds(store, reader, plan_id) == everything
    assert kinds(store, HOKKAIDO, plan_id) == kinds(store, ANONYMOUS, plan_id) == []
    assert kinds(store, FINDING, plan_id) in (["plan_saved"], [])


def test_the_log_is_read_in_pages(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Cursors are sequence numbers, and the total is that of the reader."""
    plan_id = propose(sqlite_store, domain, plan_file)
    page = told(sqlite_store, LOCAL, plan_id, size=3)
    assert (page.cursors, page.total) == (["1", "2", "3"], 4)
    assert (page.has_previous, page.has_next) == (False, True)
    rest = told(sqlite_store, LOCAL, plan_id, after=3, size=3)
    assert (rest.cursors, rest.has_previous, rest.has_next) == (["4"], True, False)


@pytest.mark.parametrize(
    ("after", "first", "reason"),
    [
        *(("x", None, "BAD_CURSOR"), ("-1", None, "BAD_CURSOR")),
        *(("9" * 30, None, "BAD_CURSOR"), ("٣", None, "BAD_CURSOR")),
        *((None, 0, "BAD_PAGE"), (None, 101, "BAD_PAGE")),
    ],
)
def test_a_cursor_that_is_none_is_refused(
    after: str | None, first: int | None, reason: str
) -> None:
    """So are pages of a size that is not served."""
    with pytest.raises(InputError) as error:
        EventRequest.of(after=after, first=first, plan_id=None)
    (problem,) = error.value.problems
    assert problem.reason == reason
    assert problem.path in (("after",), ("first",))


def test_whom_an_event_is_told_to_follows_from_its_payload(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A draft that is made known, or a proposal given to another, is found."""
    propose(sqlite_store, domain, plan_file)
    assert not list(sqlite_store.verify())
    tamper(
        sqlite_store,
        "UPDATE cp_event SET public = 1 WHERE sequence = 1",
        "UPDATE cp_event SET owner_code = '010006' WHERE sequence = 3",
    )
    flaws = list(sqlite_store.verify())
    assert [flaw.sequence for flaw in flaws] == [1, 3]
    assert {flaw.message for flaw in flaws} == {
        "is told to others than its payload says"
    }


def test_few_statements_are_enough(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """One for the page and one for its total, whoever reads."""
    publish(store, domain, plan_file)
    statements: list[str] = []
    sa.event.listen(
        store.engine, "before_cursor_execute", lambda *a: statements.append(a[2])
    )
    told(store, KYUSHU)
    assert sum("cp_event" in text for text in statements) == 2
