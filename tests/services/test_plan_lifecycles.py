"""Plans go through their whole lives in the store, and the log tells all of it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from typing import Any

import attrs
import pytest
import sqlalchemy as sa

from clusterplan.core.comments import COMMENT, Comment
from clusterplan.core.errors import PlanError
from clusterplan.core.identifiers import PartId
from clusterplan.core.services.commenting import SaveComment, save_comment
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.storage.tables import Base
from steps import (
    A_PLAN,
    B_PLAN,
    BUREAU,
    METI,
    NIIGATA,
    NIIGATA_HEAD,
    REMARK,
    SECRETARIAT,
    accept_final_report,
    documents,
    kinds_of_events,
    reasons,
    standing_of,
    step,
    walk,
)
from stores import (
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    record,
    save,
    titled,
)

_FORMULATED = (
    ("submit_draft", BUREAU),
    ("accept_draft", METI),
    ("accept_draft", SECRETARIAT),
    ("formulate", SECRETARIAT),
    ("formulate", METI),
)
_PUBLISHED = (
    ("submit_for_precheck", NIIGATA),
    ("precheck_ok", METI),
    ("precheck_ok", SECRETARIAT),
    ("publish", NIIGATA_HEAD),
)
_TABLES = ("cp_plan", "cp_case", "cp_standing", "cp_content", "cp_place")


def rows(store: SqlStore) -> dict[str, list[tuple[Any, ...]]]:
    """Return the rows that follow from the log; standings without their number."""
    found: dict[str, list[tuple[Any, ...]]] = {}
    with store.engine.connect() as connection:
        for name in _TABLES:
            table = Base.metadata.tables[name]
            columns = [c for c in table.columns if c.name != "number"]
            query = sa.select(*columns).order_by(*table.primary_key.columns)
            found[name] = [tuple(r) for r in connection.execute(query)]
    return found


@pytest.fixture
def audited(store: SqlStore) -> Iterator[SqlStore]:
    """Return a store that must agree with its log at the end, and be made from it."""
    yield store
    assert list(store.verify()) == []
    before = rows(store)
    store.rebuild()
    assert rows(store) == before


def test_a_strategic_plan_is_formulated_and_closed(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Draft, acceptance and formulation by both state bodies, the end after a report."""
    save(audited, domain, plan_file(STRATEGIC), by=BUREAU)
    day = dt.date(2026, 12, 1)
    later = on(domain, day)
    walk(audited, later, A_PLAN, _FORMULATED)
    standing = standing_of(audited, A_PLAN)
    assert (standing.state, standing.edition) == ("in_force", "1.0")
    assert (standing.public, standing.published_on) == (True, day)
    assert standing.version == 6
    with audited.read() as unit:
        assert unit.plan(A_PLAN, looking(TODAY)) is not None
        history = unit.histories([A_PLAN], looking(day))[A_PLAN]
    assert [(e.state, e.on) for e in history] == [
        ("drafting", TODAY),
        ("drafted", day),
        ("formulating", day),
        ("in_force", day),
    ]
    with pytest.raises(PlanError) as caught:
        step(audited, later, A_PLAN, "close", METI)
    assert reasons(caught.value) == ["MISSING_FINAL_REPORT"]
    accept_final_report(audited, later, A_PLAN)
    walk(audited, later, A_PLAN, [("close", METI), ("close", SECRETARIAT)])
    closed = standing_of(audited, A_PLAN)
    assert (closed.state, closed.public, closed.edition) == ("closed", True, "1.0")
    assert kinds_of_events(audited) == [
        "plan_saved",
        "plan_step_taken",
        *(["plan_signed", "plan_step_taken"] * 2),
        "report_accepted",
        "plan_signed",
        "plan_step_taken",
    ]


def test_a_strategic_draft_is_sent_back_and_handed_in_again(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The comments stay with the draft that they are about; the next one is d2."""
    file = plan_file(STRATEGIC)
    save(audited, domain, file, by=BUREAU)
    step(audited, domain, A_PLAN, "submit_draft", BUREAU)
    with pytest.raises(PlanError) as caught:
        step(audited, domain, A_PLAN, "send_back", METI)
    assert reasons(caught.value) == ["MISSING_COMMENTS"]
    done = step(audited, domain, A_PLAN, "send_back", METI, comments=(REMARK, REMARK))
    assert (done.standing.state, done.standing.edition) == ("drafting", "d2")
    kept = documents(audited, A_PLAN, COMMENT)
    assert [(c.id, c.edition, c.pointer, c.text) for c in kept] == [
        ("C-1", "d1", REMARK.pointer, REMARK.text),
        ("C-2", "d1", REMARK.pointer, REMARK.text),
    ]
    version = done.standing.version
    save(audited, domain, titled(file, "第二案"), version=version, by=BUREAU)
    walk(audited, domain, A_PLAN, _FORMULATED)
    assert standing_of(audited, A_PLAN).edition == "1.0"


def test_comments_that_are_open_already_are_enough_to_send_back(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Those of the state on this draft do, not those on the one before, or of others."""
    save(audited, domain, plan_file(STRATEGIC))
    step(audited, domain, A_PLAN, "submit_draft", BUREAU, comments=(REMARK,))
    with pytest.raises(PlanError) as caught:
        step(audited, domain, A_PLAN, "send_back", METI)
    assert reasons(caught.value) == ["MISSING_COMMENTS"]
    told = Comment(id=PartId("C-9"), edition="d1", text="数字がありません")
    remark = SaveComment(plan_id=A_PLAN, comment=told, by=SECRETARIAT)
    save_comment(remark, audited, domain)
    assert step(audited, domain, A_PLAN, "send_back", METI).standing.edition == "d2"
    step(audited, domain, A_PLAN, "submit_draft", BUREAU)
    with pytest.raises(PlanError) as caught:
        step(audited, domain, A_PLAN, "send_back", METI)
    assert reasons(caught.value) == ["MISSING_COMMENTS"]


def test_a_strategic_plan_is_withdrawn_for_a_reason(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Both state bodies sign; a blank reason is none; the plan stays readable."""
    save(audited, domain, plan_file(STRATEGIC))
    walk(audited, domain, A_PLAN, _FORMULATED)
    with pytest.raises(PlanError) as caught:
        step(audited, domain, A_PLAN, "withdraw", METI, reason="　")
    assert reasons(caught.value) == ["MISSING_REASON"]
    for by in (METI, SECRETARIAT):
        done = step(audited, domain, A_PLAN, "withdraw", by, reason="投資の中止")
    assert (done.standing.state, done.standing.public) == ("withdrawn", True)


@pytest.mark.parametrize(
    "steps",
    [
        [("abandon", BUREAU)],
        [("submit_draft", BUREAU), ("abandon", BUREAU)],
        [*_FORMULATED[:3], ("abandon_formulation", METI)],
    ],
)
def test_a_strategic_plan_is_abandoned_and_never_public(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile, steps: list[Any]
) -> None:
    """What never came into force is not shown to anybody."""
    save(audited, domain, plan_file(STRATEGIC))
    walk(audited, domain, A_PLAN, steps)
    if steps[-1][0] == "abandon_formulation":
        step(audited, domain, A_PLAN, "abandon_formulation", SECRETARIAT)
    standing = standing_of(audited, A_PLAN)
    assert (standing.state, standing.public) == ("abandoned", False)
    assert standing.published_on is None


@pytest.mark.parametrize("plan_type", [REGIONAL, LOCAL_GROWTH])
def test_a_local_plan_is_checked_published_and_closed(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile, plan_type: str
) -> None:
    """B and C share their lifecycle: handed in, pre-checked, published by the head."""
    lead = {"kind": "prefecture", "code": "150002"}
    file = plan_file(plan_type, {"/id": B_PLAN, "/lead": lead})
    quiet = _without_rules(domain)
    save(audited, quiet, file, by=NIIGATA)
    walk(audited, quiet, B_PLAN, _PUBLISHED[:3])
    checked = standing_of(audited, B_PLAN)
    assert (checked.state, checked.checked) == ("prechecked", checked.content)
    step(audited, quiet, B_PLAN, "publish", NIIGATA_HEAD)
    standing = standing_of(audited, B_PLAN)
    assert (standing.state, standing.edition) == ("in_force", "1.0")
    assert standing.published_on == TODAY
    accept_final_report(audited, quiet, B_PLAN)
    step(audited, quiet, B_PLAN, "close", NIIGATA)
    assert standing_of(audited, B_PLAN).state == "closed"


def test_a_plan_whose_period_was_extended_is_not_closed_on_its_old_final_report(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """What counts is the last period of the text that is in force."""
    quiet = _without_rules(domain)
    longer = {"/record": record(), "/period": {"from": "FY2026", "to": "FY2032"}}
    save(sqlite_store, quiet, plan_file(REGIONAL, longer))
    accept_final_report(sqlite_store, quiet, B_PLAN)
    with pytest.raises(PlanError) as caught:
        step(sqlite_store, quiet, B_PLAN, "close", NIIGATA)
    assert reasons(caught.value) == ["MISSING_FINAL_REPORT"]


def test_a_plan_without_an_end_is_closed_on_a_report_that_is_called_final(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Its periods go on without end."""
    quiet = _without_rules(domain)
    save(
        sqlite_store,
        quiet,
        plan_file(REGIONAL, {"/record": record(), "/period": None}),
    )
    accept_final_report(sqlite_store, quiet, B_PLAN)
    step(sqlite_store, quiet, B_PLAN, "close", NIIGATA)
    assert standing_of(sqlite_store, B_PLAN).state == "closed"


def test_a_reopened_plan_needs_another_check(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The check result lapses; the next draft goes the whole way again."""
    file = plan_file(REGIONAL)
    save(audited, domain, file, by=NIIGATA)
    walk(audited, domain, B_PLAN, [*_PUBLISHED[:3], ("reopen", NIIGATA)])
    reopened = standing_of(audited, B_PLAN)
    assert (reopened.state, reopened.edition) == ("drafting", "d2")
    assert reopened.checked is None
    save(audited, domain, titled(file, "再検討案"), version=reopened.version)
    with pytest.raises(PlanError) as caught:
        step(audited, domain, B_PLAN, "publish", NIIGATA_HEAD)
    assert reasons(caught.value) == ["STEP_OUT_OF_ORDER"]
    walk(audited, domain, B_PLAN, _PUBLISHED)
    assert standing_of(audited, B_PLAN).edition == "1.0"


def test_a_local_plan_is_sent_back_withdrawn_or_abandoned(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Each way out of the lifecycle, on plans of their own."""
    for plan_id in ("withdrawn", "abandoned"):
        changes = {"/id": plan_id, "/investments": None}
        save(audited, domain, plan_file(REGIONAL, changes), by=NIIGATA)
        step(audited, domain, plan_id, "submit_for_precheck", NIIGATA)
        step(audited, domain, plan_id, "send_back", METI, comments=(REMARK,))
    walk(audited, domain, "withdrawn", _PUBLISHED)
    step(audited, domain, "withdrawn", "withdraw", NIIGATA_HEAD, reason="中止")
    walk(audited, domain, "abandoned", [*_PUBLISHED[:3], ("abandon", NIIGATA)])
    for plan_id in ("withdrawn", "abandoned"):
        standing = standing_of(audited, plan_id)
        assert standing.state == plan_id
        assert standing.public == (plan_id == "withdrawn")


def test_the_log_tells_the_act_with_what_the_rules_said(
    audited: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Step, actor, reason and comments can be read from the event alone."""
    save(audited, domain, plan_file(STRATEGIC))
    done = step(
        *(audited, _without_rules(domain), A_PLAN, "submit_draft", BUREAU),
        reason="検討会の結論による",
        comments=(REMARK,),
    )
    assert done.event is not None
    assert (done.event.kind, done.event.actor) == ("plan_step_taken", BUREAU)
    told = payload(audited, done.event.sequence)
    assert (told["step"], told["reason"]) == ("submit_draft", "検討会の結論による")
    assert told["comments"] == [
        {"id": "C-1", "pointer": REMARK.pointer, "text": REMARK.text}
    ]
    assert (told["findings"], told["unchecked"], told["waivers"]) == ([], [], [])
    assert told["entries"][0]["state"] == "drafted"


def payload(store: SqlStore, sequence: int) -> Any:
    """Return what an event tells."""
    query = sa.text("SELECT text FROM cp_payload WHERE sequence = :sequence")
    with store.engine.connect() as connection:
        return json.loads(connection.scalar(query, {"sequence": sequence}))


def _without_rules(domain: Domain) -> Domain:
    return attrs.evolve(domain, rules=())
