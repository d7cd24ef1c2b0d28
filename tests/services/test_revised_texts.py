"""A revised text is one of its plan, starts from the edition in force, and is checked."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.identifiers import PartId
from clusterplan.core.revisions import RetiredPart
from clusterplan.core.services.answers import Waiver
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.revising import (
    AdoptRevision,
    PrecheckRevision,
    RevisionDone,
    adopt_revision,
    precheck_revision,
)
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import Store
from revisions import (
    CAS,
    DEADLINE,
    GOVERNOR,
    M1,
    METI,
    R1,
    adopt,
    correct,
    edition_on,
    in_force,
    item,
    open_one,
    reason_of,
    refused,
    save_one,
)
from stores import (
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
)


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def precheck(
    store: Store, domain: Domain, plan_id: str, *, by: Actor, version: int
) -> RevisionDone:
    """Pre-check the revised text."""
    command = PrecheckRevision(
        plan_id=plan_id, revision_id=R1, by=by, expected_version=version
    )
    return precheck_revision(command, store, domain)


@pytest.mark.parametrize(
    ("changes", "reason", "path"),
    [
        ({"/id": "another-plan"}, "ANOTHER_PLAN", "/id"),
        (
            {"/record": {"edition": "1.0", "source": "架空", "history": []}},
            "RECORD_NOT_TAKEN",
            "/record",
        ),
        (
            {"/lead": {"kind": "prefecture", "code": "160008"}},
            "LEAD_CHANGED",
            "/lead",
        ),
    ],
)
def test_a_revised_text_is_one_of_the_same_plan(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    plan_file: MakePlanFile,
    changes: dict[str, Any],
    reason: str,
    path: str,
) -> None:
    """Same id, same type, same lead body, and no past of its own."""
    open_one(sqlite_store, domain, plan_id)
    if "/record" in changes:
        file = plan_file(REGIONAL, {"/record": _record()})
    else:
        file = plan_file(REGIONAL, changes)
    error = refused(lambda: save_one(sqlite_store, domain, plan_id, file))
    assert (reason_of(error), error.problems[0].pointer) == (reason, path)


def _record() -> dict[str, Any]:
    history = [{"state": "drafting", "on": "2026-05-01"}]
    return {"edition": "d1", "source": "架空の資料", "history": history}


def test_a_text_of_another_type_or_with_items_twice_is_refused(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """A plan keeps its type; items have ids of their own."""
    open_one(sqlite_store, domain, plan_id)
    file = plan_file(STRATEGIC, {"/id": plan_id})
    error = refused(lambda: save_one(sqlite_store, domain, plan_id, file))
    assert reason_of(error) == "PLAN_TYPE_CHANGED"
    file = plan_file(REGIONAL, DEADLINE)
    items = (item(), item(after="別の日"))
    error = refused(lambda: save_one(sqlite_store, domain, plan_id, file, items=items))
    assert reason_of(error) == "DUPLICATE_ID"


def without_last_challenge(plan_file: MakePlanFile) -> dict[str, Any]:
    """Return changes of the B sample that retire CH-4 and M-05."""
    plan = plan_file(REGIONAL).plan
    assert plan.challenges[-1].id == "CH-4"
    return {"/policy_means/challenges/3": None, "/policy_means/measures/4": None}


def test_an_id_is_never_used_again(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Neither for another part of the same sort, nor of another one, nor the same."""
    open_one(sqlite_store, domain, plan_id)
    fewer = plan_file(REGIONAL, without_last_challenge(plan_file))
    save_one(sqlite_store, domain, plan_id, fewer)
    done = adopt(sqlite_store, domain, plan_id)
    assert done.case.document.retired == (
        RetiredPart(sort="challenge", id="CH-4"),  # type: ignore[arg-type]
        RetiredPart(sort="measure", id="M-05"),  # type: ignore[arg-type]
    )
    second = PartId("R-2")
    open_one(sqlite_store, domain, plan_id, id=second)
    error = refused(
        lambda: save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL), id=second)
    )
    assert reason_of(error) == "ID_REUSED"
    assert [(p.pointer, p.rule_id) for p in error.problems] == [
        ("/policy_means/challenges/3", "REV-09"),
        ("/policy_means/measures/4", "REV-09"),
    ]


def test_a_part_stays_of_its_sort(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The id of a venue does not become that of an organization."""
    open_one(sqlite_store, domain, plan_id)
    plan = plan_file(REGIONAL).plan
    renamed = attrs.evolve(
        plan,
        venues=(attrs.evolve(plan.venues[0], id=PartId("LI-1")), plan.venues[1]),
        links=(attrs.evolve(plan.links[0], id=PartId("LI-9")), plan.links[1]),
    )
    file = attrs.evolve(plan_file(REGIONAL), plan=renamed)
    error = refused(lambda: save_one(sqlite_store, domain, plan_id, file))
    assert reason_of(error) == "ID_REUSED"
    assert [p.pointer for p in error.problems] == ["/venues/0"]


def test_an_investment_that_was_left_out_does_not_come_back(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Its id belongs to what the plan counted on once."""
    open_one(sqlite_store, domain, plan_id)
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL, {"/investments": []}))
    adopt(sqlite_store, domain, plan_id)
    open_one(sqlite_store, domain, plan_id, id=PartId("R-2"))
    file = plan_file(REGIONAL)
    error = refused(
        lambda: save_one(sqlite_store, domain, plan_id, file, id=PartId("R-2"))
    )
    assert reason_of(error) == "ID_REUSED"
    assert error.problems[0].pointer == "/investments/0"


def test_a_revised_investment_is_told_with_the_new_edition_only(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Until then the definition in force stays; the log proves both."""
    open_one(sqlite_store, domain, plan_id)
    file = plan_file(REGIONAL, {"/investments/0/title": "架空共同拠点"})
    saved = save_one(sqlite_store, domain, plan_id, file)
    assert saved.difference is not None
    assert [p.id for p in saved.difference.changed] == ["SAMPLE-INV-2"]
    with sqlite_store.read() as unit:
        head = unit.investment_head("SAMPLE-INV-2")
    assert head is not None
    assert head.version == 1
    adopt(sqlite_store, domain, plan_id)
    with sqlite_store.read() as unit:
        head = unit.investment_head("SAMPLE-INV-2")
        assert head is not None
        told = unit.investments([head.digest])
    assert (head.version, told[head.digest].title) == (2, "架空共同拠点")
    assert list(sqlite_store.verify()) == []


def test_an_edition_that_was_corrected_meanwhile_is_no_base(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The text is saved again on the edition in force, and then adopted."""
    open_one(sqlite_store, domain, plan_id)
    file = plan_file(REGIONAL, DEADLINE)
    save_one(sqlite_store, domain, plan_id, file)
    better = {"/title_en": "Corrected"}
    correct(sqlite_store, domain, plan_id, plan_file(REGIONAL, better))
    for act in (
        lambda: adopt(sqlite_store, domain, plan_id),
        lambda: save_one(sqlite_store, domain, plan_id, file, version=2),
    ):
        error = refused(act)
        (problem,) = error.problems
        assert (reason_of(error), problem.rule_id) == ("STALE_BASE", "REV-05")
        assert problem.hint == "1.1"
    file = plan_file(REGIONAL, DEADLINE | better)
    save_one(sqlite_store, domain, plan_id, file, version=2, base="1.1")
    done = adopt(sqlite_store, domain, plan_id, version=3)
    assert done.standing is not None
    assert done.standing.edition == "2.0"


def test_there_must_be_something_to_adopt(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """A text, and one that says something new."""
    open_one(sqlite_store, domain, plan_id)
    error = refused(lambda: adopt(sqlite_store, domain, plan_id, version=1))
    assert reason_of(error) == "NOTHING_DRAFTED"
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL))
    error = refused(lambda: adopt(sqlite_store, domain, plan_id))
    assert reason_of(error) == "NOTHING_REVISED"


def test_an_error_of_the_rules_hinders_adoption(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """A revised text is as complete as a first one."""
    open_one(sqlite_store, domain, plan_id)
    file = plan_file(REGIONAL, {f"{M1}/five_w1h/significance": None})
    save_one(sqlite_store, domain, plan_id, file)
    error = refused(lambda: adopt(sqlite_store, domain, plan_id))
    assert reason_of(error) == "CHECK_FAILED"
    assert edition_on(sqlite_store, plan_id, TODAY) == "1.0"


def test_warnings_are_answered_where_that_is_asked_for(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """As at publication; the answers stand in the log."""
    open_one(sqlite_store, domain, plan_id)
    changes = DEADLINE | {"/indicators/2/baseline/date": "2019-03-31"}
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL, changes))
    tried = adopt(sqlite_store, domain, plan_id, dry_run=True)
    assert tried.report is not None
    warned = [f for f in tried.report.findings if f.severity.value == "warning"]
    assert warned
    command = AdoptRevision(
        plan_id=plan_id, revision_id=R1, by=GOVERNOR, expected_version=2
    )
    error = refused(lambda: adopt_revision(command, sqlite_store, domain))
    assert reason_of(error) == "CHECK_UNANSWERED"
    waivers = tuple(
        Waiver(rule_id=f.rule_id, pointer=f.pointer, reason="次の統計を待つ")
        for f in warned
    )
    idle = (*waivers, Waiver(rule_id="X-1", reason="空"))
    for answers, reason in ((idle, "WAIVER_ANSWERS_NOTHING"), (waivers[1:], None)):
        told = attrs.evolve(command, waivers=answers)
        error = refused(partial(adopt_revision, told, sqlite_store, domain))
        assert reason_of(error) == (reason or "CHECK_UNANSWERED")
    answered = attrs.evolve(command, waivers=waivers)
    done = adopt_revision(answered, sqlite_store, domain)
    assert done.standing is not None


def test_a_type_may_ask_for_a_precheck_of_revisions(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Both state bodies look at this very text before the head adopts it."""
    kinds_ = dict(domain.plan_types)
    kinds_[REGIONAL] = attrs.evolve(kinds_[REGIONAL], precheck_on_revision=True)
    strict = attrs.evolve(domain, plan_types=kinds_)
    open_one(sqlite_store, strict, plan_id)
    error = refused(lambda: precheck(sqlite_store, strict, plan_id, by=METI, version=1))
    assert reason_of(error) == "NOTHING_DRAFTED"
    save_one(sqlite_store, strict, plan_id, plan_file(REGIONAL, DEADLINE))
    error = refused(lambda: adopt(sqlite_store, strict, plan_id))
    assert reason_of(error) == "TEXT_NOT_CHECKED"
    error = refused(
        lambda: precheck(sqlite_store, strict, plan_id, by=GOVERNOR, version=2)
    )
    assert reason_of(error) == "WRONG_ACTOR"
    half = precheck(sqlite_store, strict, plan_id, by=METI, version=2)
    assert half.awaiting == ("cabinet_secretariat",)
    error = refused(lambda: adopt(sqlite_store, strict, plan_id, version=3))
    assert reason_of(error) == "TEXT_NOT_CHECKED"
    whole = precheck(sqlite_store, strict, plan_id, by=CAS, version=3)
    assert whole.awaiting == ()
    changes = DEADLINE | {"/title": "架空計画"}
    save_one(sqlite_store, strict, plan_id, plan_file(REGIONAL, changes), version=4)
    error = refused(lambda: adopt(sqlite_store, strict, plan_id, version=5))
    assert reason_of(error) == "TEXT_NOT_CHECKED"
    precheck(sqlite_store, strict, plan_id, by=CAS, version=5)
    precheck(sqlite_store, strict, plan_id, by=METI, version=6)
    done = adopt(sqlite_store, strict, plan_id, version=7)
    assert done.standing is not None
    assert done.standing.edition == "2.0"


def test_without_that_setting_nobody_prechecks(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The step is not there."""
    open_one(sqlite_store, domain, plan_id)
    error = refused(lambda: precheck(sqlite_store, domain, plan_id, by=METI, version=1))
    assert reason_of(error) == "UNKNOWN_STEP"


def test_an_investment_that_the_plan_does_not_count_on_is_not_kept(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """A file made in code may define more than its plan lists."""
    open_one(sqlite_store, domain, plan_id)
    file = plan_file(REGIONAL)
    more = attrs.evolve(file, plan=attrs.evolve(file.plan, investments=()))
    saved = save_one(sqlite_store, domain, plan_id, more)
    assert saved.case.document.investments == ()
    assert saved.difference is not None
    assert [part.id for part in saved.difference.removed] == ["SAMPLE-INV-2"]
