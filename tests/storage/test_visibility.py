"""What a reader may not see is not there for the reader, on every way to it."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.filters import PlanOrder
from clusterplan.core.paging import Cursor, PageRequest
from clusterplan.core.readers import ANONYMOUS, LOCAL, Reader
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.migrate import downgrade
from clusterplan.core.storage.sql import SqlStore
from stores import (
    HOKKAIDO,
    KUMAMOTO,
    KYUSHU,
    LOCAL_GROWTH,
    REGIONAL,
    SECRETARIAT,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    record,
    save,
    shown_ids,
    tamper,
)

NIIGATA = Reader(actor=Actor.parse("prefecture:150002"))
WAJIMA = Reader(actor=Actor.parse("municipality:172049"))
PANEL = Reader(actor=Actor.parse("panel:ai"))
READERS: dict[str, tuple[Reader, str]] = {
    "anybody": (ANONYMOUS, "p"),
    "the public": (Reader(actor=Actor.parse("public:any")), "p"),
    "the operator": (LOCAL, "abcp"),
    "the secretariat": (SECRETARIAT, "abcp"),
    "the ministry": (Reader(actor=Actor.parse("meti:meti")), "abcp"),
    "another ministry": (Reader(actor=Actor.parse("ministry:mlit")), "ap"),
    "another bureau": (Reader(actor=Actor.parse("regional_bureau:hokkaido")), "ap"),
    "the lead bureau": (KYUSHU, "ap"),
    "a prefecture of the block": (KUMAMOTO, "ap"),
    "another prefecture of the bureau": (
        Reader(actor=Actor.parse("prefecture:460001")),
        "ap",
    ),
    "a prefecture elsewhere": (HOKKAIDO, "p"),
    "the lead prefecture": (NIIGATA, "bp"),
    "the head of the lead prefecture": (
        Reader(actor=Actor.parse("head_of_local_government:150002")),
        "bp",
    ),
    "the lead city": (WAJIMA, "cp"),
    "the prefecture of the lead city": (
        Reader(actor=Actor.parse("prefecture:170003")),
        "p",
    ),
    "a panel": (PANEL, "p"),
}


@pytest.fixture
def drafts(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with a draft of each type, and a public plan."""
    save(store, domain, plan_file(STRATEGIC, {"/id": "a"}))
    save(store, domain, plan_file(REGIONAL, {"/id": "b"}))
    save(store, domain, plan_file(LOCAL_GROWTH, {"/id": "c"}))
    public: dict[str, Any] = {
        "/id": "p",
        "/record": record(),
        "/investments": [{"ref": "SAMPLE-INV-2"}],
    }
    save(store, domain, plan_file(REGIONAL, public))
    return store


@pytest.mark.parametrize("who", READERS)
def test_a_reader_sees_what_is_public_and_drafts_of_its_own(
    drafts: SqlStore, who: str
) -> None:
    """List, map and look-up by id show the same plans."""
    reader, expected = READERS[who]
    view = looking(reader=reader)
    assert "".join(shown_ids(drafts, view)) == expected
    with drafts.read() as unit:
        page = unit.plans(view, PageRequest())
        by_id = [i for i in "abcp" if unit.plan(i, view)]
        by_edition = [i for i in "abc" if unit.plan(i, view, edition="d1")]
    assert "".join(sorted(p.standing.plan_id for p in page.items)) == expected
    assert page.total == len(expected)
    assert "".join(by_id) == expected
    assert by_edition == [i for i in by_id if i != "p"]


_TOYAMA = Actor.parse("prefecture:160008")
_INVOLVED: dict[str, str] = {
    "joins in leading it": "/joining/0",
    "reports a measure": "/policy_means/measures/0/reporter",
    "owns an investment": "/investments/0/owner",
}


@pytest.mark.parametrize("why", _INVOLVED)
def test_a_body_that_a_draft_involves_reads_it(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, why: str
) -> None:
    """Whoever may act on a draft may read what it acts on, and its head may, too."""
    reader = Reader(actor=_TOYAMA)
    head = Reader(actor=Actor.parse("head_of_local_government:160008"))
    save(store, domain, plan_file(REGIONAL, {"/joining": []}))
    assert shown_ids(store, looking(reader=reader)) == []
    body = {"kind": _TOYAMA.kind, "code": _TOYAMA.code}
    changes: dict[str, Any] = {"/joining": [{}], _INVOLVED[why]: body}
    if why != "joins in leading it":
        del changes["/joining"]
    save(store, domain, plan_file(REGIONAL, changes), version=1)
    for each in (reader, head):
        assert len(shown_ids(store, looking(reader=each))) == 1
    assert shown_ids(store, looking(reader=HOKKAIDO)) == []


def test_an_older_database_is_told_who_may_read_drafts(
    drafts: SqlStore, database_url: str, domain: Domain
) -> None:
    """What follows from the log is made again when the tables are brought up to date."""
    downgrade(drafts.engine, "0002")
    SqlStore.open(database_url, domain.plan_types, domain.reference).close()
    assert list(drafts.verify()) == []
    for reader, expected in READERS.values():
        assert "".join(shown_ids(drafts, looking(reader=reader))) == expected


@pytest.mark.parametrize(
    "damage",
    [
        "UPDATE cp_event SET actor_code = 'x' WHERE sequence = 4",
        "UPDATE cp_payload SET text = NULL WHERE sequence = 4",
        (
            "UPDATE cp_document SET text = '{' WHERE digest IN "
            "(SELECT digest FROM cp_standing WHERE plan_id = 'p')"
        ),
    ],
    ids=["an edited event", "an erased payload", "an unreadable text"],
)
def test_a_damaged_database_is_brought_up_to_date_and_stays_damaged(
    drafts: SqlStore, database_url: str, domain: Domain, damage: str
) -> None:
    """Drafts are then for who leads and the state, until it is put right."""
    downgrade(drafts.engine, "0002")
    tamper(drafts, damage)
    SqlStore.open(database_url, domain.plan_types, domain.reference).close()
    assert list(drafts.verify())
    assert "".join(shown_ids(drafts, looking(reader=KYUSHU))) == "ap"
    assert "".join(shown_ids(drafts, looking(reader=KUMAMOTO))) == "p"
    assert "".join(shown_ids(drafts, looking(reader=SECRETARIAT))) == "abcp"


def test_the_draft_of_a_public_plan_stays_hidden(drafts: SqlStore) -> None:
    """On the days before it was public, others do not see a plan."""
    before = TODAY.replace(month=5, day=31)
    assert shown_ids(drafts, looking(before, reader=ANONYMOUS)) == []
    assert shown_ids(drafts, looking(before, reader=HOKKAIDO)) == []
    assert shown_ids(drafts, looking(before, reader=NIIGATA)) == ["p"]


def test_a_plan_that_was_given_up_is_not_public(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A plan that never came into force ends without ever being shown."""
    past = record([("drafting", "2026-05-01"), ("abandoned", "2026-06-01")], "d1")
    save(store, domain, plan_file(REGIONAL, {"/id": "x", "/record": past}))
    assert shown_ids(store, looking(reader=ANONYMOUS)) == []
    assert shown_ids(store, looking(reader=NIIGATA)) == ["x"]


def test_withheld_amounts_are_on_no_map(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A withheld investment is marked at its place and in no sum of the plan."""
    changes = {"/investments/0/withheld": True, "/record": record()}
    save(store, domain, plan_file(REGIONAL, changes))
    with store.read() as unit:
        (mapped,) = unit.mapped(looking(reader=ANONYMOUS))
        (stored,) = unit.plans(looking(), PageRequest()).items
        (investment,) = unit.investments(stored.standing.pins.values()).values()
    assert [f.withheld for f in mapped.features] == [False, True]
    assert investment.withheld
    assert ANONYMOUS.visible([investment]) == ()
    assert NIIGATA.visible([investment]) == (investment,)


def test_states_before_publication_are_for_those_who_may_see_drafts(
    drafts: SqlStore,
) -> None:
    """Nobody else learns when a plan was drafted, sent in, or sent back."""
    for reader, expected in ((ANONYMOUS, 1), (HOKKAIDO, 1), (NIIGATA, 2), (LOCAL, 2)):
        with drafts.read() as unit:
            history = unit.histories(["p"], looking(reader=reader))["p"]
        assert len(history) == expected
        assert history[-1].state == "in_force"


def test_an_investment_is_shared_only_with_readers_of_the_plan_that_tells_it(
    drafts: SqlStore,
) -> None:
    """What only a draft tells is not given to those who may not see the draft."""
    told_by_draft_a = ["SAMPLE-INV-1", "unknown"]
    with drafts.read() as unit:
        for reader in (KYUSHU, KUMAMOTO, LOCAL):
            found = unit.shared_investments(told_by_draft_a, looking(reader=reader))
            assert list(found) == ["SAMPLE-INV-1"]
        for reader in (ANONYMOUS, HOKKAIDO):
            assert not unit.shared_investments(told_by_draft_a, looking(reader=reader))


@pytest.mark.parametrize("kind", ["assembly", "panel"])
def test_a_code_alone_opens_no_draft(drafts: SqlStore, kind: str) -> None:
    """The draft of a prefecture is not for other kinds of body with its code."""
    reader = Reader(actor=Actor.parse(f"{kind}:150002"))
    assert shown_ids(drafts, looking(reader=reader)) == ["p"]


@pytest.mark.parametrize("definer_first", [True, False])
def test_an_investment_that_is_withheld_is_so_for_every_plan_that_names_it(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, *, definer_first: bool
) -> None:
    """A public plan that has pinned an older definition gives nothing away."""
    definer, other = ("a", "b") if definer_first else ("b", "a")
    save(store, domain, plan_file(STRATEGIC, {"/id": definer}))
    public: dict[str, Any] = {
        "/id": other,
        "/record": record(),
        "/investments": [{"ref": "SAMPLE-INV-1"}],
    }
    save(store, domain, plan_file(REGIONAL, public))
    assert shown_amounts(store, ANONYMOUS) == {"SAMPLE-INV-1": 100_000_000_000}
    secret = {"/id": definer, "/investments/0/withheld": True}
    save(store, domain, plan_file(STRATEGIC, secret), version=1)
    for reader in (ANONYMOUS, LOCAL):
        with store.read() as unit:
            found = [f for p in unit.mapped(looking(reader=reader)) for f in p.features]
        sites = [f for f in found if f.investment_id]
        assert sites
        assert all(f.withheld for f in sites)
    assert shown_amounts(store, ANONYMOUS) == {}
    assert shown_amounts(store, LOCAL) == {"SAMPLE-INV-1": 100_000_000_000}
    save(store, domain, plan_file(STRATEGIC, {"/id": definer}), version=2)
    assert shown_amounts(store, ANONYMOUS) == {"SAMPLE-INV-1": 100_000_000_000}


def shown_amounts(store: SqlStore, reader: Reader) -> dict[str, int | None]:
    """Return the amounts of the investments of all plans that *reader* may see."""
    with store.read() as unit:
        page = unit.plans(looking(reader=reader), PageRequest())
        digests = {d for p in page.items for d in p.standing.pins.values()}
        told = unit.investments(digests).values()
    return {i.id: i.total for i in reader.visible(told)}


def test_an_order_by_amount_does_not_tell_what_is_withheld_since(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Neither the order nor its cursor keeps the sum of an older definition."""
    request = PageRequest.of(order=PlanOrder.AMOUNT, descending=True)
    save(store, domain, plan_file(STRATEGIC, {"/id": "definer"}))
    shared = {
        "/id": "p",
        "/record": record(),
        "/investments": [{"ref": "SAMPLE-INV-1"}],
    }
    save(store, domain, plan_file(REGIONAL, shared))
    seen = []
    for withheld in (False, True):
        if withheld:
            secret = {"/id": "definer", "/investments/0/withheld": True}
            save(store, domain, plan_file(STRATEGIC, secret), version=1)
        with store.read() as unit:
            page = unit.plans(looking(reader=ANONYMOUS), request)
        assert [found.standing.plan_id for found in page.items] == ["p"]
        seen.append(
            Cursor.decode(page.cursors[0], PlanOrder.AMOUNT, argument="after").value
        )
    assert seen == [100_000_000_000, -1]
