"""A plan in force is revised: opened, saved, adopted as the next edition, or dropped."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable
from functools import partial

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.differences import ChangeMark
from clusterplan.core.errors import PlanError
from clusterplan.core.identifiers import PartId
from clusterplan.core.reports import OPEN as REPORT_OPEN
from clusterplan.core.revisions import REVISION, LeftAsIs
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.revising import (
    DropRevision,
    RevisionDone,
    drop_revision,
)
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store
from revisions import (
    CAS,
    DEADLINE,
    GOVERNOR,
    KYUSHU,
    METI,
    NIIGATA,
    PERIOD,
    R1,
    TOYAMA,
    adopt,
    edition_on,
    in_force,
    kinds,
    open_one,
    reason_of,
    refused,
    report_poor,
    save_one,
)
from stores import (
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    save,
    titled,
)


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def drop(
    store: Store,
    domain: Domain,
    plan_id: str,
    *,
    by: Actor = NIIGATA,
    reason: str = "情勢が変わった",
    version: int = 1,
) -> RevisionDone:
    """Drop the revision."""
    command = DropRevision(
        plan_id=plan_id, revision_id=R1, reason=reason, by=by, expected_version=version
    )
    return drop_revision(command, store, domain)


def test_a_b_plan_is_revised_after_a_poor_report(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """From the accepted report to edition 2.0; the day before still shows 1.0."""
    plan_id = in_force(store, domain, plan_file)
    report_poor(store, domain, plan_id)
    opened = open_one(store, domain, plan_id, report=PERIOD)
    assert (opened.case.state, opened.case.document.base) == ("open", "1.0")
    left = (LeftAsIs(measure=PartId("M-02"), reason="募集が始まったばかり"),)
    saved = save_one(store, domain, plan_id, plan_file(REGIONAL, DEADLINE), left=left)
    assert saved.difference is not None
    assert saved.difference.marks == (ChangeMark.DEADLINE_MOVED,)
    assert edition_on(store, plan_id, TODAY) == "1.0"

    done = adopt(store, domain, plan_id)

    assert done.standing is not None
    assert (done.standing.edition, done.standing.state) == ("2.0", "in_force")
    assert done.standing.public
    assert done.difference == saved.difference
    assert done.report is not None
    assert done.report.ok
    assert done.awaiting == ()
    document = done.case.document
    assert (document.edition, document.report, document.left) == ("2.0", PERIOD, left)
    assert (done.case.state, done.case.public) == ("adopted", True)
    assert kinds(store)[-4:] == [
        "revision_opened",
        "revision_saved",
        "plan_revised",
        "revision_adopted",
    ]
    assert edition_on(store, plan_id, TODAY) == "2.0"
    assert edition_on(store, plan_id, TODAY - dt.timedelta(days=1)) == "1.0"
    with store.read() as unit:
        plan = unit.plan(plan_id, looking())
        before = unit.plan(plan_id, looking(), edition="1.0")
    assert plan is not None
    assert plan.plan == plan_file(REGIONAL, DEADLINE).plan
    assert before is not None
    assert before.plan == plan_file(REGIONAL).plan
    assert list(store.verify()) == []
    store.rebuild()
    assert list(store.verify()) == []
    assert edition_on(store, plan_id, TODAY - dt.timedelta(days=1)) == "1.0"


def test_an_a_plan_is_revised_by_both_state_bodies(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The first signature waits for the other, and lapses when the draft changes."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    open_one(sqlite_store, domain, plan_id, by=CAS)
    file = plan_file(STRATEGIC, {"/title": "架空半導体クラスター計画（改）"})
    save_one(sqlite_store, domain, plan_id, file, by=METI)
    half = adopt(sqlite_store, domain, plan_id, by=CAS)
    assert (half.case.state, half.awaiting) == ("open", ("meti",))
    assert [office.kind for office in half.signed] == ["cabinet_secretariat"]
    assert half.case.document.signed == (str(CAS),)
    assert half.standing is None
    again = adopt(sqlite_store, domain, plan_id, by=CAS, version=3)
    assert not again.changed

    other = titled(file, "架空半導体クラスター計画（再改）")
    saved = save_one(sqlite_store, domain, plan_id, other, by=METI, version=3)
    assert saved.case.document.signed == ()
    second = adopt(sqlite_store, domain, plan_id, by=METI, version=4)
    assert second.awaiting == ("cabinet_secretariat",)
    done = adopt(sqlite_store, domain, plan_id, by=CAS, version=5)
    assert done.standing is not None
    assert done.standing.edition == "2.0"
    assert done.case.document.signed == (str(CAS), str(METI))
    assert kinds(sqlite_store)[-3:] == [
        "revision_signed",
        "plan_revised",
        "revision_adopted",
    ]
    assert list(sqlite_store.verify()) == []


@pytest.mark.parametrize(
    ("by", "reason"),
    [
        (GOVERNOR, None),
        (NIIGATA, None),
        (TOYAMA, "NOT_THE_LEAD_BODY"),
        (METI, "WRONG_ACTOR"),
        (KYUSHU, "WRONG_ACTOR"),
    ],
)
def test_the_body_that_leads_a_b_plan_opens_its_revisions(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    by: Actor,
    reason: str | None,
) -> None:
    """The local government or its head; nobody else."""
    if reason is None:
        assert open_one(sqlite_store, domain, plan_id, by=by).changed
        return
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, by=by))
    assert reason_of(error) == reason


def test_a_bureau_does_not_revise_an_a_plan(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It led the draft; the edition is the state's."""
    plan_id = in_force(sqlite_store, domain, plan_file, STRATEGIC)
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, by=KYUSHU))
    assert reason_of(error) == "WRONG_ACTOR"


def test_only_the_head_adopts_a_revision_of_a_b_plan(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The office prepares it and does not sign; another head knows of no revision."""
    open_one(sqlite_store, domain, plan_id)
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL, DEADLINE))
    other = Actor.parse("head_of_local_government:160008")
    for by, reason in ((NIIGATA, "WRONG_ACTOR"), (other, "UNKNOWN_CASE")):
        error = refused(partial(adopt, sqlite_store, domain, plan_id, by=by))
        assert reason_of(error) == reason


@pytest.mark.parametrize("occasion", [None, " "])
def test_a_revision_names_its_occasion(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, occasion: str | None
) -> None:
    """A report that went in, or another occasion in words."""
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, occasion=occasion))
    assert reason_of(error) == "NO_OCCASION"
    assert error.problems[0].rule_id == "REV-01"


def test_a_report_that_did_not_go_in_is_no_occasion(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """One that is not there, and one that is being written."""
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, report=PERIOD))
    assert reason_of(error) == "REPORT_NOT_IN"
    report_poor(sqlite_store, domain, plan_id, REPORT_OPEN)
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, report=PERIOD))
    assert (reason_of(error), error.problems[0].rule_id) == ("REPORT_NOT_IN", "REV-01")


def test_one_revision_is_open_at_a_time(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The second is opened when the first is adopted or dropped."""
    open_one(sqlite_store, domain, plan_id)
    second = PartId("R-2")
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, id=second))
    assert (reason_of(error), error.problems[0].hint) == ("REVISION_OPEN", "R-1")
    drop(sqlite_store, domain, plan_id)
    assert open_one(sqlite_store, domain, plan_id, id=second).changed


def test_two_who_open_at_the_same_time_do_not_both_win(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The plan is locked while a revision is opened, on every database."""
    plan_id = in_force(store, domain, plan_file)
    ids = [PartId(f"R-{n}") for n in range(4)]
    outcomes = _at_once(
        [partial(open_one, store, domain, plan_id, id=id_) for id_ in ids]
    )
    assert sorted(outcomes) == ["REVISION_OPEN"] * 3 + ["done"]


def test_two_who_adopt_at_the_same_time_do_not_both_win(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """One edition comes of one revision."""
    plan_id = in_force(store, domain, plan_file)
    open_one(store, domain, plan_id)
    save_one(store, domain, plan_id, plan_file(REGIONAL, DEADLINE))
    outcomes = _at_once([lambda: adopt(store, domain, plan_id)] * 3)
    assert sorted(outcomes) == ["STALE_VERSION"] * 2 + ["done"]
    assert edition_on(store, plan_id, TODAY) == "2.0"
    assert kinds(store).count("plan_revised") == 1
    assert list(store.verify()) == []


def _at_once(acts: list[Callable[[], object]]) -> list[str]:
    outcomes: list[str] = []
    barrier = threading.Barrier(len(acts))

    def run(act: Callable[[], object]) -> None:
        barrier.wait()
        try:
            act()
        except PlanError as error:
            outcomes.append(error.problems[0].reason)
        else:
            outcomes.append("done")

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def test_the_same_again_changes_nothing_and_a_dry_run_too(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """No event without a change, at no step."""
    file = plan_file(REGIONAL, DEADLINE)
    assert open_one(sqlite_store, domain, plan_id, dry_run=True).changed
    open_one(sqlite_store, domain, plan_id)
    assert not open_one(sqlite_store, domain, plan_id).changed
    assert save_one(sqlite_store, domain, plan_id, file, dry_run=True).changed
    save_one(sqlite_store, domain, plan_id, file)
    assert not save_one(sqlite_store, domain, plan_id, file, version=2).changed
    tried = adopt(sqlite_store, domain, plan_id, dry_run=True)
    assert tried.standing is not None
    assert (tried.standing.edition, tried.event) == ("2.0", None)
    assert kinds(sqlite_store)[-2:] == ["revision_opened", "revision_saved"]
    assert edition_on(sqlite_store, plan_id, TODAY) == "1.0"
    with sqlite_store.read() as unit:
        case = unit.case(plan_id, REVISION, R1)
    assert case is not None
    assert case.version == 2


def test_another_revision_of_the_same_id_is_refused(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The id belongs to the first; ids of corrections are kept free."""
    open_one(sqlite_store, domain, plan_id)
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, occasion="別件"))
    assert reason_of(error) == "STALE_VERSION"
    reserved = PartId("correction-1.1")
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, id=reserved))
    assert reason_of(error) == "RESERVED_ID"


def test_a_draft_is_not_revised(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Nor is a plan that ended; whoever may not know of a draft is not told of it."""
    plan_id = save(sqlite_store, domain, plan_file(REGIONAL)).standing.plan_id
    error = refused(lambda: open_one(sqlite_store, domain, plan_id))
    assert reason_of(error) == "NOT_IN_FORCE"
    error = refused(lambda: open_one(sqlite_store, domain, plan_id, by=TOYAMA))
    assert reason_of(error) == "UNKNOWN_PLAN"
    error = refused(lambda: open_one(sqlite_store, domain, "unheard-of"))
    assert reason_of(error) == "UNKNOWN_PLAN"


def test_a_dropped_revision_gives_its_reason_and_changes_nothing(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """What is dropped is neither saved nor adopted any more."""
    open_one(sqlite_store, domain, plan_id)
    error = refused(lambda: drop(sqlite_store, domain, plan_id, reason=" "))
    assert reason_of(error) == "MISSING_REASON"
    error = refused(lambda: drop(sqlite_store, domain, plan_id, by=METI))
    assert reason_of(error) == "WRONG_ACTOR"
    done = drop(sqlite_store, domain, plan_id)
    assert (done.case.state, done.case.public) == ("dropped", False)
    assert done.case.document.dropped_reason == "情勢が変わった"
    file = plan_file(REGIONAL, DEADLINE)
    error = refused(lambda: save_one(sqlite_store, domain, plan_id, file, version=2))
    assert reason_of(error) == "STEP_OUT_OF_ORDER"
    assert edition_on(sqlite_store, plan_id, TODAY) == "1.0"


def test_a_report_goes_in_while_a_revision_is_open(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The one does not lock the other."""
    open_one(sqlite_store, domain, plan_id)
    report_poor(sqlite_store, domain, plan_id)
    assert kinds(sqlite_store)[-1] == "report_submit_taken"
    assert list(sqlite_store.verify()) == []


def test_a_revision_goes_on_after_days(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The edition is public from the day of its adoption."""
    open_one(sqlite_store, domain, plan_id)
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL, DEADLINE))
    later = TODAY + dt.timedelta(days=5)
    done = adopt(sqlite_store, on(domain, later), plan_id)
    assert done.standing is not None
    assert done.standing.valid_from == later
    assert edition_on(sqlite_store, plan_id, TODAY) == "1.0"
