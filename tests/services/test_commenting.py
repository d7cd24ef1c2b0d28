"""Whoever reads a draft comments on it, and whoever leads the plan settles that."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.comments import Comment
from clusterplan.core.identifiers import PartId
from clusterplan.core.plans import RawDetails
from clusterplan.core.readers import ANONYMOUS, Reader
from clusterplan.core.services.cases import CaseDone
from clusterplan.core.services.commenting import (
    SaveComment,
    SettleComment,
    leads_somewhere,
    read_comments,
    save_comment,
    settle_comment,
)
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from revisions import (
    CAS,
    GOVERNOR,
    M1,
    METI,
    NIIGATA,
    TOYAMA,
    in_force,
    kinds,
    reason_of,
    refused,
)
from stores import REGIONAL, STRATEGIC, MakePlanFile, record, save

KUMAMOTO = Actor.parse("prefecture:430005")
KYUSHU = Actor.parse("regional_bureau:kyushu")
HOKKAIDO = Actor.parse("prefecture:010006")
C1 = PartId("C-1")


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save the draft of a B plan, and return its id."""
    return save(sqlite_store, domain, plan_file(REGIONAL)).standing.plan_id


def comment(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *,
    by: Actor = METI,
    version: int | None = None,
    dry_run: bool = False,
    **changes: Any,
) -> CaseDone:
    """Comment on the first measure."""
    told = Comment(id=C1, edition="d1", pointer=M1, text="期限の根拠を示すこと")
    command = SaveComment(
        plan_id=plan_id,
        comment=attrs.evolve(told, **changes),
        by=by,
        expected_version=version,
        dry_run=dry_run,
    )
    return save_comment(command, store, domain)


def settle(
    store: SqlStore,
    domain: Domain,
    plan_id: str,
    *,
    by: Actor = NIIGATA,
    version: int = 1,
    reply: str = "設計の工程を追記した",
) -> CaseDone:
    """Settle the comment."""
    command = SettleComment(
        plan_id=plan_id, comment_id=C1, reply=reply, by=by, expected_version=version
    )
    return settle_comment(command, store, domain)


def test_a_comment_is_made_and_settled(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """By the state on the draft, and by the body that leads the plan."""
    plan_id = save(store, domain, plan_file(REGIONAL)).standing.plan_id
    made = comment(store, domain, plan_id, reply="捏造")
    assert (made.case.state, made.case.owner, made.case.public) == ("open", METI, False)
    assert made.case.document.reply is None
    done = settle(store, domain, plan_id)
    assert (done.case.state, done.case.owner) == ("settled", METI)
    assert done.case.document.reply == "設計の工程を追記した"
    assert done.case.document.edition == "d1"
    assert kinds(store)[-2:] == ["comment_saved", "comment_settled"]
    assert list(store.verify()) == []


def test_a_comment_keeps_the_edition_that_it_was_made_on(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """One on another edition than the one that stands was made on a text unread."""
    error = refused(lambda: comment(sqlite_store, domain, plan_id, edition="d2"))
    assert (reason_of(error), error.problems[0].hint) == ("ANOTHER_EDITION", "d1")
    comment(sqlite_store, domain, plan_id)
    error = refused(
        lambda: comment(sqlite_store, domain, plan_id, version=1, edition="d2")
    )
    assert reason_of(error) == "ANOTHER_EDITION"


def test_a_comment_changes_until_it_is_settled(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """By whom it belongs to; the same again changes nothing."""
    assert comment(sqlite_store, domain, plan_id, dry_run=True).changed
    comment(sqlite_store, domain, plan_id)
    assert not comment(sqlite_store, domain, plan_id, version=1).changed
    changed = comment(sqlite_store, domain, plan_id, version=1, text="別の意見")
    assert changed.case.version == 2
    error = refused(
        lambda: comment(sqlite_store, domain, plan_id, by=CAS, version=2, text="x")
    )
    assert reason_of(error) == "NOT_THE_COMMENTER"
    error = refused(lambda: comment(sqlite_store, domain, plan_id, text="三つ目"))
    assert reason_of(error) == "STALE_VERSION"
    settle(sqlite_store, domain, plan_id, version=2)
    error = refused(
        lambda: comment(sqlite_store, domain, plan_id, version=3, text="まだ")
    )
    assert reason_of(error) == "COMMENT_SETTLED"


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (GOVERNOR, None),
        (METI, "WRONG_ACTOR"),
        (TOYAMA, "UNKNOWN_PLAN"),
    ],
)
def test_whoever_leads_the_plan_settles_comments(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    by: Actor,
    reason: str | None,
) -> None:
    """Its head, too; not whoever commented."""
    comment(sqlite_store, domain, plan_id)
    if reason is None:
        assert settle(sqlite_store, domain, plan_id, by=by).changed
        return
    error = refused(lambda: settle(sqlite_store, domain, plan_id, by=by))
    assert reason_of(error) == reason


def test_a_comment_is_settled_once_and_with_words(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """An empty reply is none; an unknown comment is told."""
    error = refused(lambda: settle(sqlite_store, domain, plan_id))
    assert reason_of(error) == "UNKNOWN_CASE"
    comment(sqlite_store, domain, plan_id)
    error = refused(lambda: settle(sqlite_store, domain, plan_id, reply=" "))
    assert reason_of(error) == "EMPTY_TEXT"
    settle(sqlite_store, domain, plan_id)
    error = refused(lambda: settle(sqlite_store, domain, plan_id, version=2))
    assert reason_of(error) == "STEP_OUT_OF_ORDER"


@pytest.mark.parametrize(
    ("by", "reason"),
    [(KUMAMOTO, None), (KYUSHU, None), (METI, None), (HOKKAIDO, "UNKNOWN_PLAN")],
)
def test_prefectures_of_the_region_comment_on_an_a_draft(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    by: Actor,
    reason: str | None,
) -> None:
    """They read it; others are not even told that it is there."""
    plan_id = save(sqlite_store, domain, plan_file(STRATEGIC)).standing.plan_id
    if reason is None:
        assert comment(sqlite_store, domain, plan_id, by=by).changed
        return
    error = refused(lambda: comment(sqlite_store, domain, plan_id, by=by))
    assert reason_of(error) == reason


def test_a_plan_in_force_is_commented_by_those_who_read_its_drafts(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The public reads it, and does not comment here."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    assert comment(sqlite_store, domain, plan_id, edition="1.0").changed
    for by in (TOYAMA, Actor.parse("public:anybody")):
        error = refused(
            partial(comment, sqlite_store, domain, plan_id, by=by, edition="1.0")
        )
        assert reason_of(error) == "MAY_NOT_COMMENT"
    a_plan = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    error = refused(
        lambda: comment(sqlite_store, domain, a_plan, by=HOKKAIDO, edition="1.0")
    )
    assert reason_of(error) == "MAY_NOT_COMMENT"


def test_a_plan_that_ended_takes_no_comments(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """There is nothing to be settled any more."""
    past = (
        ("drafting", "2026-05-01"),
        ("in_force", "2026-06-01"),
        ("closed", "2026-11-01"),
    )
    file = plan_file(REGIONAL, {"/record": record(past)})
    plan_id = save(sqlite_store, domain, file).standing.plan_id
    error = refused(lambda: comment(sqlite_store, domain, plan_id, edition="1.0"))
    assert reason_of(error) == "COMMENTS_CLOSED"


@pytest.mark.parametrize(
    ("pointer", "leads"),
    [
        ("", True),
        ("/goal", True),
        ("/goal/vision", True),
        ("/title_en", True),
        ("/period/from", True),
        (f"{M1}/five_w1h/deadline/text", True),
        (f"{M1}/state_support/0", False),
        ("/investments/0", True),
        ("/policy_means/measures/99", False),
        ("/policy_means/measures/00", False),
        pytest.param(
            "/policy_means/measures/" + "9" * 5_000, False, id="a long number"
        ),
        ("/policy_means/measures/x", False),
        ("/vision", False),
        ("/title/0", False),
        ("goal", False),
    ],
)
def test_a_comment_leads_to_a_place_of_the_plan(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    pointer: str,
    leads: bool,
) -> None:
    """An attribute that is not told is a place, too: its absence can be remarked."""
    if leads:
        assert comment(sqlite_store, domain, plan_id, pointer=pointer).changed
        return
    error = refused(lambda: comment(sqlite_store, domain, plan_id, pointer=pointer))
    assert reason_of(error) == "BAD_POINTER"


def test_details_of_an_unknown_type_have_places_as_well(
    plan_file: MakePlanFile,
) -> None:
    """They are plain data then; keys may hold a slash."""
    raw = RawDetails(document={"a/b": [{"c": 1}]})
    plan = attrs.evolve(plan_file(REGIONAL).plan, details=raw)
    assert leads_somewhere(plan, "/details/document/a~1b/0/c")
    assert not leads_somewhere(plan, "/details/document/a~1b/1")


def test_a_comment_says_something(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """All that is wrong is told at once."""
    error = refused(
        lambda: comment(sqlite_store, domain, plan_id, text=" ", pointer="/x")
    )
    assert [p.reason for p in error.problems] == ["EMPTY_TEXT", "BAD_POINTER"]


def test_comments_are_for_the_state_the_lead_and_their_own(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Another prefecture of the block sees its own only; nobody else sees any."""
    plan_id = save(sqlite_store, domain, plan_file(STRATEGIC)).standing.plan_id
    comment(sqlite_store, domain, plan_id, by=METI)
    comment(sqlite_store, domain, plan_id, by=KUMAMOTO, id=PartId("C-2"))

    def seen(actor: Actor) -> list[str]:
        reader = Reader(actor=actor)
        found = read_comments(plan_id, reader, sqlite_store, domain)
        return [case.id for case in found]

    assert seen(CAS) == ["C-1", "C-2"]
    assert seen(KYUSHU) == ["C-1", "C-2"]
    assert seen(KUMAMOTO) == ["C-2"]
    assert seen(Actor.parse("prefecture:410004")) == []
    error = refused(lambda: read_comments(plan_id, ANONYMOUS, sqlite_store, domain))
    assert reason_of(error) == "UNKNOWN_PLAN"
