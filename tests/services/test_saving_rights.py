"""Who may save the text of a plan, and until when."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.errors import ErrorCode, PlanError
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.importing import TakenPlanIdError
from clusterplan.core.services.permits import (
    ForeignPlanError,
    JoiningChangedError,
    LeadChangedError,
    TextFrozenError,
    UnknownPlanError,
)
from clusterplan.core.storage.sql import SqlStore
from steps import (
    A_PLAN,
    B_PLAN,
    BUREAU,
    HAKODATE,
    METI,
    NIIGATA,
    NIIGATA_HEAD,
    REMARK,
    SECRETARIAT,
    kinds_of_events,
    problems,
    standing_of,
    step,
    walk,
)
from stores import REGIONAL, STRATEGIC, MakePlanFile, record, save, titled

_JOINED = {"/joining": [{"kind": HAKODATE.kind, "code": HAKODATE.code}]}
_TO = {"kind": HAKODATE.kind, "code": HAKODATE.code}


@pytest.fixture
def quiet(domain: Domain) -> Domain:
    """Return the domain without a rule."""
    return attrs.evolve(domain, rules=())


@pytest.mark.parametrize("by", [NIIGATA, NIIGATA_HEAD, LOCAL_OPERATOR])
def test_a_new_plan_is_saved_by_the_body_that_leads_it(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile, by: Actor
) -> None:
    """Its head and an operator may, too."""
    assert save(sqlite_store, quiet, plan_file(REGIONAL, _JOINED), by=by).changed


def test_a_body_that_joins_begins_no_plan_in_the_name_of_another(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """Once the lead body has begun it, it writes, too."""
    file = plan_file(REGIONAL, _JOINED)
    with pytest.raises(ForeignPlanError):
        save(sqlite_store, quiet, file, by=HAKODATE)
    save(sqlite_store, quiet, file, by=NIIGATA)
    assert save(sqlite_store, quiet, titled(file, "x"), version=1, by=HAKODATE).changed


def test_who_joins_is_changed_by_the_lead_body(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """A body that joins drops nobody, and lets nobody in."""
    save(sqlite_store, quiet, plan_file(REGIONAL, _JOINED), by=NIIGATA)
    more = [_TO, {"kind": "prefecture", "code": "160008"}]
    for joining in ([], more):
        file = plan_file(REGIONAL, {"/joining": joining})
        with pytest.raises(JoiningChangedError) as caught:
            save(sqlite_store, quiet, file, version=1, by=HAKODATE)
        (problem,) = problems(caught.value)
        assert (problem.reason, problem.pointer) == ("JOINING_CHANGED", "/joining")
        assert (problem.code, problem.hint) == (ErrorCode.FORBIDDEN, str(NIIGATA))
    assert save(sqlite_store, quiet, file, version=1, by=NIIGATA).changed


@pytest.mark.parametrize(
    ("by", "refusal"),
    [
        (METI, ForeignPlanError),
        (BUREAU, UnknownPlanError),
        (HAKODATE, UnknownPlanError),
        (Actor.parse("public:x"), UnknownPlanError),
    ],
)
def test_nobody_else_saves_a_plan(
    sqlite_store: SqlStore,
    quiet: Domain,
    plan_file: MakePlanFile,
    by: Actor,
    refusal: type[PlanError],
) -> None:
    """Neither a new one nor the next text of one, nor the same one again.

    Who may not know of a draft is not told that there is one.
    """
    file = plan_file(REGIONAL)
    with pytest.raises(ForeignPlanError) as caught:
        save(sqlite_store, quiet, file, by=by)
    (problem,) = problems(caught.value)
    assert (problem.reason, problem.code) == ("NOT_THE_LEAD_BODY", ErrorCode.FORBIDDEN)
    if refusal is UnknownPlanError:
        with pytest.raises(UnknownPlanError):
            save(sqlite_store, quiet, file, version=1, by=by)
    save(sqlite_store, quiet, file, by=NIIGATA)
    with pytest.raises(refusal):
        save(sqlite_store, quiet, titled(file, "x"), version=1, by=by)
    with pytest.raises(ForeignPlanError):
        save(sqlite_store, quiet, file, by=by)
    assert kinds_of_events(sqlite_store) == ["plan_saved"]


def test_a_plan_is_not_taken_over_by_naming_oneself_its_lead(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """What counts is who leads the stored text; its id is taken."""
    save(sqlite_store, quiet, plan_file(REGIONAL), by=NIIGATA)
    theirs = plan_file(REGIONAL, {"/lead": _TO})
    with pytest.raises(UnknownPlanError):
        save(sqlite_store, quiet, theirs, version=1, by=HAKODATE)
    with pytest.raises(TakenPlanIdError) as caught:
        save(sqlite_store, quiet, theirs, by=HAKODATE)
    (problem,) = problems(caught.value)
    assert (problem.reason, problem.code) == ("ID_TAKEN", ErrorCode.CONFLICT)
    assert problem.pointer == "/id"


@pytest.mark.parametrize("lead", [_TO, None])
def test_the_lead_is_handed_over_by_an_operator_only(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile, lead: Any
) -> None:
    """A body neither gives its plan away nor leaves it without a lead."""
    save(sqlite_store, quiet, plan_file(REGIONAL, _JOINED), by=NIIGATA)
    file = plan_file(REGIONAL, {**_JOINED, "/lead": lead})
    for by in (NIIGATA, HAKODATE):
        with pytest.raises(LeadChangedError) as caught:
            save(sqlite_store, quiet, file, version=1, by=by)
        (problem,) = problems(caught.value)
        assert (problem.reason, problem.hint) == ("LEAD_CHANGED", str(NIIGATA))
        assert problem.pointer == "/lead"
    assert save(sqlite_store, quiet, file, version=1).changed


def test_a_plan_without_a_lead_is_changed_by_an_operator_only(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """Until an operator names one."""
    save(sqlite_store, quiet, plan_file(REGIONAL, {"/lead": None}))
    with pytest.raises(ForeignPlanError):
        save(sqlite_store, quiet, plan_file(REGIONAL), version=1, by=NIIGATA)
    save(sqlite_store, quiet, plan_file(REGIONAL), version=1)
    file = titled(plan_file(REGIONAL), "架空計画")
    assert save(sqlite_store, quiet, file, version=2, by=NIIGATA).changed


@pytest.mark.parametrize("by", [BUREAU, LOCAL_OPERATOR])
def test_a_text_that_is_handed_in_is_frozen(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile, by: Actor
) -> None:
    """The refusal says which step opens it again; the same text is no change."""
    file = plan_file(STRATEGIC)
    save(sqlite_store, quiet, file)
    step(sqlite_store, quiet, A_PLAN, "submit_draft", BUREAU)
    with pytest.raises(TextFrozenError) as caught:
        save(sqlite_store, quiet, titled(file, "x"), version=2, by=by)
    (problem,) = problems(caught.value)
    assert (problem.reason, problem.hint) == ("TEXT_FROZEN", "send_back")
    assert (problem.rule_id, problem.current_version) == ("ACT-07", 2)
    assert "差戻し" in problem.message_ja
    assert not save(sqlite_store, quiet, file, by=by).changed
    step(sqlite_store, quiet, A_PLAN, "send_back", METI, comments=(REMARK,))
    assert save(sqlite_store, quiet, titled(file, "x"), version=3, by=by).changed


def test_a_checked_text_is_reopened_before_it_changes(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """The check result belongs to the text; who leads the plan reopens it."""
    file = plan_file(REGIONAL)
    save(sqlite_store, quiet, file)
    steps = [("submit_for_precheck", NIIGATA), ("precheck_ok", METI)]
    walk(sqlite_store, quiet, B_PLAN, [*steps, ("precheck_ok", SECRETARIAT)])
    with pytest.raises(TextFrozenError) as caught:
        save(sqlite_store, quiet, titled(file, "x"), version=4, by=NIIGATA)
    assert problems(caught.value)[0].hint == "reopen"


def test_the_text_of_a_plan_that_ended_does_not_change(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """No step opens an abandoned plan again."""
    file = plan_file(REGIONAL)
    save(sqlite_store, quiet, file)
    step(sqlite_store, quiet, B_PLAN, "abandon", NIIGATA)
    with pytest.raises(TextFrozenError) as caught:
        save(sqlite_store, quiet, titled(file, "x"), version=2, by=NIIGATA)
    (problem,) = problems(caught.value)
    assert (problem.hint, standing_of(sqlite_store, B_PLAN).version) == (None, 2)


def test_an_operator_records_a_past_in_any_state(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """What was handed in elsewhere is recorded as it stands, and is frozen then."""
    past = record([("drafting", "2026-05-01"), ("in_precheck", "2026-06-01")], "d1")
    file = plan_file(REGIONAL, {"/record": past})
    assert save(sqlite_store, quiet, file).standing.state == "in_precheck"
    with pytest.raises(PlanError) as caught:
        save(sqlite_store, quiet, titled(plan_file(REGIONAL), "x"), version=1)
    assert caught.value.problems[0].reason == "TEXT_FROZEN"


def test_a_lead_is_written_with_another_kind_of_the_same_body(
    sqlite_store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """That hands nothing over."""
    save(sqlite_store, quiet, plan_file(REGIONAL), by=NIIGATA)
    lead = {"kind": NIIGATA_HEAD.kind, "code": NIIGATA_HEAD.code}
    file = plan_file(REGIONAL, {"/lead": lead})
    assert save(sqlite_store, quiet, file, version=1, by=NIIGATA).changed
