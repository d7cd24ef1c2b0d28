"""Whatever is changed behind the back of the store is noticed."""

# ruff: noqa: S608
from __future__ import annotations

import datetime as dt

import pytest

from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import DamagedLogError
from stores import (
    IN_FORCE,
    REGIONAL,
    MakePlanFile,
    on,
    record,
    save,
    tamper,
    titled,
)

PLAN = "sample-strategic-semiconductor"
OTHER = "sample-regional-machine-parts"
INVESTMENT = "SAMPLE-INV-1"
TEXT = "SELECT content FROM cp_content_body WHERE code = 'kyushu'"
EDITS = {
    "an edited event": (
        "event 2",
        "UPDATE cp_event SET actor_code = 'other' WHERE sequence = 2",
    ),
    "an edited time of an event": (
        "event 2",
        "UPDATE cp_event SET recorded_at = '2020-01-01 00:00:00' WHERE sequence = 2",
    ),
    "a deleted event": (
        "event 3",
        "DELETE FROM cp_payload WHERE sequence = 2",
        "DELETE FROM cp_event WHERE sequence = 2",
    ),
    "the last event deleted": (
        f"plan {PLAN}",
        "DELETE FROM cp_payload WHERE sequence = 3",
        "DELETE FROM cp_event WHERE sequence = 3",
    ),
    "swapped events": (
        "event 2",
        "UPDATE cp_event SET sequence = 99 WHERE sequence = 2",
        "UPDATE cp_event SET sequence = 2 WHERE sequence = 3",
        "UPDATE cp_event SET sequence = 3 WHERE sequence = 99",
    ),
    "an edited payload": (
        "event 2",
        "UPDATE cp_payload SET text = replace(text, '1.0', '2.0') WHERE sequence = 2",
    ),
    "a payload that is no JSON": (
        "event 2",
        "UPDATE cp_payload SET text = '{' WHERE sequence = 2",
    ),
    "a deleted payload": (
        "event 2",
        "DELETE FROM cp_payload WHERE sequence = 2",
    ),
    "an edited text": (
        "text ",
        "UPDATE cp_document SET text = replace(text, '架空', '本物')",
    ),
    "a text that is no JSON": (
        "text ",
        "UPDATE cp_document SET text = ''",
    ),
    "a deleted text": (
        "map",
        "DELETE FROM cp_document",
    ),
    "an edited version of a plan": (
        f"plan {PLAN}",
        f"UPDATE cp_plan SET version = 7 WHERE id = '{PLAN}'",
    ),
    "an edited digest of a plan": (
        f"plan {PLAN}",
        f"UPDATE cp_plan SET digest = 'x' WHERE id = '{PLAN}'",
    ),
    "a ghost plan": (
        "plan ghost",
        (
            "INSERT INTO cp_plan (id, version, digest, part_versions) "
            "SELECT 'ghost', version, digest, part_versions FROM cp_plan "
            f"WHERE id = '{PLAN}'"
        ),
    ),
    "a deleted plan": (
        f"plan {PLAN}",
        f"DELETE FROM cp_plan WHERE id = '{PLAN}'",
    ),
    "a draft made public": (
        f"standing of plan {PLAN}",
        f"UPDATE cp_standing SET public = true WHERE plan_id = '{PLAN}'",
    ),
    "a moved day": (
        f"standing of plan {OTHER}",
        (
            "UPDATE cp_standing SET valid_to = '2026-07-01' "
            f"WHERE plan_id = '{OTHER}' AND valid_to IS NOT NULL"
        ),
    ),
    "a phase that there is not": (
        "standings",
        f"UPDATE cp_standing SET phase = 'x' WHERE plan_id = '{PLAN}'",
    ),
    "a deleted standing": (
        f"standing of plan {PLAN}",
        f"DELETE FROM cp_standing WHERE plan_id = '{PLAN}' AND recorded_to IS NULL",
    ),
    "a deleted content": (
        f"standing of plan {PLAN}",
        (
            "DELETE FROM cp_content WHERE key IN "
            f"(SELECT content FROM cp_standing WHERE plan_id = '{PLAN}')"
        ),
    ),
    "an edited amount of a place": (
        f"map of plan {OTHER}",
        "UPDATE cp_place SET amount = amount + 1 WHERE investment_id = 'SAMPLE-INV-2'",
    ),
    "a moved place": (
        f"map of plan {OTHER}",
        "UPDATE cp_place SET lon = lon + 1 WHERE investment_id = 'SAMPLE-INV-2'",
    ),
    "a deleted place": (
        f"map of plan {OTHER}",
        "DELETE FROM cp_place WHERE investment_id = 'SAMPLE-INV-2'",
    ),
    "an edited title": (
        f"map of plan {PLAN}",
        f"UPDATE cp_content SET title = 'x' WHERE key IN ({TEXT})",
    ),
    "an edited lead body": (
        f"map of plan {PLAN}",
        "UPDATE cp_content_body SET code = 'kanto' WHERE code = 'kyushu'",
    ),
    "a body that may read it on the quiet": (
        f"map of plan {PLAN}",
        (
            "INSERT INTO cp_content_body (content, position, kind, code, role) "
            "SELECT content, 99, 'municipality', '172049', 'named' "
            "FROM cp_content_body WHERE code = 'kyushu'"
        ),
    ),
    "an added area": (
        f"map of plan {PLAN}",
        (
            "INSERT INTO cp_content_area (content, code) SELECT key, '010006' "
            f"FROM cp_content WHERE key IN ({TEXT})"
        ),
    ),
    "a deleted field": (
        f"map of plan {PLAN}",
        f"DELETE FROM cp_content_field WHERE content IN ({TEXT})",
    ),
    "an edited investment": (
        "investment SAMPLE-INV-1",
        f"UPDATE cp_investment SET defined_by = '{OTHER}' WHERE id = 'SAMPLE-INV-1'",
    ),
    "an investment that is told as withheld": (
        "investment SAMPLE-INV-1",
        "UPDATE cp_investment SET withheld = true WHERE id = 'SAMPLE-INV-1'",
    ),
    "a deleted investment": (
        "investment SAMPLE-INV-1",
        "DELETE FROM cp_investment WHERE id = 'SAMPLE-INV-1'",
    ),
}


@pytest.fixture
def told(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with three events: a draft twice, and a plan in force."""
    file = plan_file()
    save(store, on(domain, dt.date(2026, 11, 1)), file)
    save(store, domain, plan_file(REGIONAL, {"/record": record(IN_FORCE)}))
    save(store, domain, titled(file, "架空計画 第二稿"), version=1)
    assert list(store.verify()) == []
    return store


@pytest.mark.parametrize("edit", EDITS)
def test_an_edit_is_noticed(told: SqlStore, edit: str) -> None:
    """Each edit of a row by SQL is found, and the flaw says where it is."""
    where, *statements = EDITS[edit]
    tamper(told, *statements)
    flaws = list(told.verify())
    assert any(flaw.where.startswith(where) for flaw in flaws), flaws


def test_the_first_bad_event_is_named(told: SqlStore) -> None:
    """A flaw in the log carries the sequence number of the event."""
    tamper(told, "UPDATE cp_event SET kind = 'x' WHERE sequence = 2")
    first, *_ = told.verify()
    assert (first.sequence, first.message) == (2, "was changed")


def test_a_missing_event_is_named(told: SqlStore) -> None:
    """A gap in the log is named by the number that is not there."""
    tamper(
        told,
        "DELETE FROM cp_payload WHERE sequence = 2",
        "DELETE FROM cp_event WHERE sequence = 2",
    )
    messages = [flaw.message for flaw in told.verify()]
    assert messages[:2] == [
        "event 2 is missing",
        "does not follow from the event before",
    ]


@pytest.mark.parametrize("sequence", [1, 2, 3])
def test_an_erased_payload_is_a_flaw_of_its_event_alone(
    told: SqlStore, sequence: int
) -> None:
    """The chain runs over digests and stays whole; rows of the plan are not blamed."""
    tamper(told, f"UPDATE cp_payload SET text = NULL WHERE sequence = {sequence}")
    (flaw,) = told.verify()
    assert (flaw.where, flaw.sequence) == (f"event {sequence}", sequence)
    assert flaw.message == "payload was erased"


def test_an_erased_payload_does_not_hide_edits_of_other_plans(told: SqlStore) -> None:
    """What the log still tells is compared with the rows."""
    tamper(
        told,
        "UPDATE cp_payload SET text = NULL WHERE sequence = 2",
        f"UPDATE cp_plan SET version = 7 WHERE id = '{PLAN}'",
        f"UPDATE cp_investment SET defined_by = '{OTHER}' WHERE id = 'SAMPLE-INV-1'",
    )
    found = {flaw.where for flaw in told.verify()}
    assert found == {"event 2", f"plan {PLAN}", "investment SAMPLE-INV-1"}


def test_a_plan_whose_payload_was_erased_is_not_dropped(told: SqlStore) -> None:
    """A rebuild refuses, since it could not make the plan again, and keeps all rows."""
    tamper(told, "UPDATE cp_payload SET text = NULL WHERE sequence = 2")
    with pytest.raises(DamagedLogError) as caught:
        told.rebuild()
    assert caught.value.flaw.sequence == 2
    assert [flaw.where for flaw in told.verify()] == ["event 2"]
    with told.read() as unit:
        assert unit.current(OTHER) is not None


def test_an_older_text_of_a_withheld_investment_is_no_flaw(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Rows are compared with the text that a plan has pinned, not with the newest."""
    save(store, domain, plan_file())
    save(store, domain, plan_file(REGIONAL, {"/investments": [{"ref": INVESTMENT}]}))
    secret = plan_file(changes={"/investments/0/withheld": True})
    save(store, domain, secret, version=1)
    assert list(store.verify()) == []
    store.rebuild()
    assert list(store.verify()) == []
    tamper(store, "UPDATE cp_investment SET withheld = false")
    assert [flaw.where for flaw in store.verify()] == [f"investment {INVESTMENT}"]


def test_projections_are_not_made_again_from_a_damaged_log(told: SqlStore) -> None:
    """A rebuild refuses a log that was changed, and leaves all rows as they are."""
    tamper(told, "UPDATE cp_payload SET text = '{}' WHERE sequence = 2")
    before = list(told.verify())
    with pytest.raises(DamagedLogError) as caught:
        told.rebuild()
    (problem,) = caught.value.problems
    assert problem.reason == "LOG_DAMAGED"
    assert "通番2" in problem.message_ja
    assert caught.value.flaw.sequence == 2
    assert list(told.verify()) == before


def test_a_rebuild_heals_projections(told: SqlStore) -> None:
    """What follows from the log is made again as it was."""
    tamper(
        told,
        "UPDATE cp_standing SET public = true",
        "UPDATE cp_place SET amount = 1",
        "UPDATE cp_content SET title = 'x'",
        "DELETE FROM cp_content_area",
    )
    assert told.rebuild() == 5
    assert list(told.verify()) == []


def test_a_bad_payload_does_not_hide_other_edits(told: SqlStore) -> None:
    """What the other events tell is still compared with the rows."""
    tamper(
        told,
        "UPDATE cp_payload SET text = '{' WHERE sequence = 2",
        f"UPDATE cp_standing SET public = true WHERE plan_id = '{PLAN}'",
    )
    found = {flaw.where for flaw in told.verify()}
    assert found >= {"event 2", f"standing of plan {PLAN}"}
