"""Editions are compared as whoever asks may see them, and drafts shown to who may."""

from __future__ import annotations

from functools import partial

import attrs
import pytest

from clusterplan.core.readers import ANONYMOUS, Reader
from clusterplan.core.services.comparing import compare_editions, read_revised
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from revisions import (
    DEADLINE,
    METI,
    NIIGATA,
    R1,
    TOYAMA,
    adopt,
    correct,
    in_force,
    open_one,
    reason_of,
    refused,
    save_one,
)
from stores import REGIONAL, MakePlanFile

CHANGES = DEADLINE | {"/investments/0/title": "架空共同拠点"}


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan whose revision is drafted, and return its id."""
    withheld = {"/investments/0/withheld": "true"}
    plan_id = in_force(sqlite_store, domain, plan_file, changes=withheld)
    open_one(sqlite_store, domain, plan_id)
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL, withheld | CHANGES))
    return plan_id


def changed(reader: Reader, store: SqlStore, domain: Domain, plan_id: str) -> list[str]:
    """Return the ids of parts that changed between the two editions."""
    both = compare_editions(plan_id, ("1.0", "2.0"), reader, store, domain)
    return [part.id for part in both.changed]


def test_two_editions_are_compared(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The public is told nothing of an investment that is held back from it."""
    adopt(sqlite_store, domain, plan_id)
    state = Reader(actor=METI)
    assert changed(state, sqlite_store, domain, plan_id) == ["M-01", "SAMPLE-INV-2"]
    assert changed(ANONYMOUS, sqlite_store, domain, plan_id) == ["M-01"]


@pytest.mark.parametrize(
    ("editions", "path"), [(("1.0", "2.0"), ("newer",)), (("0.1", "1.0"), ("older",))]
)
def test_an_edition_that_is_not_there_is_told(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    editions: tuple[str, str],
    path: tuple[str, ...],
) -> None:
    """Not yet, or never."""
    error = refused(
        lambda: compare_editions(plan_id, editions, ANONYMOUS, sqlite_store, domain)
    )
    assert (reason_of(error), error.problems[0].path) == ("UNKNOWN_EDITION", path)
    assert error.problems[0].hint == "1.0"


def test_a_revised_text_is_read_by_lead_and_state(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Who is to sign sees what; nobody else sees it before it is adopted."""
    for actor in (NIIGATA, METI):
        told = read_revised(plan_id, R1, Reader(actor=actor), sqlite_store, domain)
        assert told.plan == plan_file(REGIONAL, DEADLINE).plan
        assert "M-01" in [part.id for part in told.difference.changed]
    for reader in (ANONYMOUS, Reader(actor=TOYAMA)):
        error = refused(
            partial(read_revised, plan_id, R1, reader, sqlite_store, domain)
        )
        assert reason_of(error) == "UNKNOWN_CASE"
    nobody = Reader(actor=attrs.evolve(METI, code="x"))
    error = refused(lambda: read_revised(plan_id, "R-9", nobody, sqlite_store, domain))
    assert reason_of(error) == "UNKNOWN_CASE"


def test_what_a_change_answers_tells_nothing_that_is_withheld_from_who_made_it(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Saved, adopted or corrected; the state is told of all of it."""
    hidden = {"/investments/0/withheld": "true", "/investments/0/owner": None}
    plan_id = in_force(sqlite_store, domain, plan_file, changes=hidden)
    open_one(sqlite_store, domain, plan_id)
    file = plan_file(REGIONAL, hidden | CHANGES)
    tried = save_one(sqlite_store, domain, plan_id, file, dry_run=True)
    saved = save_one(sqlite_store, domain, plan_id, file)
    adopted = adopt(sqlite_store, domain, plan_id)
    better = plan_file(
        REGIONAL,
        hidden | CHANGES | {"/investments/0/title": "別の名", "/title_en": "B"},
    )
    corrected = correct(sqlite_store, domain, plan_id, better, version=2)
    for done, ids in (
        (tried, ["M-01"]),
        (saved, ["M-01"]),
        (adopted, ["M-01"]),
        (corrected, [plan_id]),
    ):
        assert done.difference is not None
        assert [part.id for part in done.difference.changed] == ids
    state = Reader(actor=METI)
    assert changed(state, sqlite_store, domain, plan_id) == ["M-01", "SAMPLE-INV-2"]


def test_a_refused_correction_does_not_point_at_what_is_withheld(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """To leave it out is refused like any other part, but without its place."""
    hidden = {
        "/investments/0/withheld": "true",
        "/investments/0/owner": {"kind": "prefecture", "code": "160008"},
    }
    plan_id = in_force(sqlite_store, domain, plan_file, changes=hidden)
    file = plan_file(REGIONAL, {"/investments": []})
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file))
    assert reason_of(error) == "NOT_A_CORRECTION"
    assert [p.pointer for p in error.problems] == ["/investments"]
