"""What is withheld, or told in the draft of others, does not come out by writing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.checks import CheckContext, rule
from clusterplan.core.errors import InputError
from clusterplan.core.files import PlanFile
from clusterplan.core.findings import Finding, Gate, Severity
from clusterplan.core.identifiers import InvestmentId
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from edits import edit, invest
from revisions import (
    GOVERNOR,
    adopt,
    correct,
    in_force,
    item,
    open_one,
    reason_of,
    refused,
    save_one,
)
from revisions import quiet as unanswered
from steps import A_PLAN, B_PLAN, METI, NIIGATA, step
from stores import REGIONAL, STRATEGIC, MakePlanFile, record, save, titled

_UNTOLD = "極秘の増設"
_HIDDEN = {"id": "INV-W", "title": _UNTOLD}
_WITHHELD = {
    **_HIDDEN,
    "owner": {"kind": "prefecture", "code": "430005"},
    "withheld": True,
}
_REF = {"ref": "INV-W"}


@rule("TST-01", severity=Severity.WARNING, gate=Gate.ANY, title="架空", source="test")
def telling(context: CheckContext) -> Iterator[Finding]:
    """Tells of every investment that it is shown."""
    for investment in context.investments.values():
        title = investment.title
        yield context.finding("title", ja=f"「{title}」", en=ascii(title))


@pytest.fixture
def talking(domain: Domain) -> Domain:
    """Return the domain with the one rule that tells of investments."""
    return unanswered(attrs.evolve(domain, rules=(telling,)))


def _counting(file: PlanFile) -> PlanFile:
    """Return a file that refers to the investment, besides its own."""
    more = (*file.plan.investments, InvestmentId(_HIDDEN["id"]))
    return attrs.evolve(file, plan=attrs.evolve(file.plan, investments=more))


def _strategic(
    store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    told: Mapping[str, Any],
    **past: Any,
) -> None:
    changes = {f"/{key}": value for key, value in past.items()}
    file = plan_file(STRATEGIC, {**changes, "/investments": [told]})
    save(store, domain, file)


def test_an_investment_of_a_draft_that_is_not_shown_is_not_referred_to(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """By no command; who may see the draft refers to it."""
    _strategic(sqlite_store, talking, plan_file, _HIDDEN)
    file = plan_file(REGIONAL)
    new = _counting(file)
    plan_id = save(sqlite_store, talking, file, by=NIIGATA).standing.plan_id
    facts: dict[str, Any] = {
        "plan_id": plan_id,
        "by": NIIGATA,
        "investment_id": "INV-W",
    }
    for act in (
        lambda: save(sqlite_store, talking, new, version=1, by=NIIGATA),
        lambda: invest(sqlite_store, talking, _REF, **facts),
    ):
        error = refused(act)
        assert reason_of(error) == "UNKNOWN_INVESTMENT"
    assert invest(
        sqlite_store, talking, _REF, **{**facts, "by": LOCAL_OPERATOR}
    ).changed


def test_neither_a_revision_nor_a_correction_refers_to_what_is_hidden(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """A plan in force would make it public."""
    _strategic(sqlite_store, talking, plan_file, _HIDDEN)
    plan_id = in_force(sqlite_store, talking, plan_file)
    file = _counting(plan_file(REGIONAL))
    open_one(sqlite_store, talking, plan_id)
    for act in (
        lambda: save_one(sqlite_store, talking, plan_id, file),
        lambda: correct(sqlite_store, talking, plan_id, file),
    ):
        assert reason_of(refused(act)) == "UNKNOWN_INVESTMENT"


def test_the_plan_of_a_hidden_investment_is_not_named(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """All that is said is that the id is taken; who sees the plan is told its name."""
    _strategic(sqlite_store, talking, plan_file, _HIDDEN)
    file = plan_file(REGIONAL, {"/investments": [{"id": "INV-W", "title": "別"}]})
    for by, named in ((NIIGATA, False), (LOCAL_OPERATOR, True)):
        with pytest.raises(InputError) as caught:
            save(sqlite_store, talking, file, by=by)
        (problem,) = caught.value.problems
        assert problem.reason == "INVESTMENT_DEFINED_DIFFERENTLY"
        assert (A_PLAN in f"{problem}") is named
        assert (problem.hint is not None) is named


def test_what_a_plan_counts_on_already_stays_as_it_was(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """It can be saved again, and tells nothing new of the draft of others."""
    _strategic(sqlite_store, talking, plan_file, _HIDDEN)
    file = _counting(plan_file(REGIONAL))
    save(sqlite_store, talking, file)
    newer = {**_HIDDEN, "title": "更に極秘"}
    again = plan_file(STRATEGIC, {"/investments": [newer]})
    save(sqlite_store, talking, again, version=1)
    done = save(sqlite_store, talking, titled(file, "x"), version=1, by=NIIGATA)
    with sqlite_store.read() as unit:
        told = unit.investments(done.standing.pins.values()).values()
    assert _UNTOLD in {i.title for i in told}
    assert list(sqlite_store.verify()) == []


@pytest.mark.parametrize(("by", "told"), [(NIIGATA, False), (LOCAL_OPERATOR, True)])
def test_findings_tell_nothing_of_investments_that_are_withheld(
    sqlite_store: SqlStore,
    talking: Domain,
    plan_file: MakePlanFile,
    by: Actor,
    told: bool,
) -> None:
    """Not when a part is edited; who may see them is told."""
    _strategic(sqlite_store, talking, plan_file, _WITHHELD, record=record())
    save(sqlite_store, talking, _counting(plan_file(REGIONAL)))
    done = edit(
        sqlite_store,
        talking,
        "M-99",
        {"title": "新施策"},
        plan_id=B_PLAN,
        by=by,
        dry_run=True,
    )
    assert (_UNTOLD in f"{done.report.findings}") is told


def test_a_step_tells_nothing_of_investments_that_are_withheld(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """The state, which sees them, is told at its own gate."""
    _strategic(sqlite_store, talking, plan_file, _WITHHELD, record=record())
    save(sqlite_store, talking, _counting(plan_file(REGIONAL)))
    done = step(sqlite_store, talking, B_PLAN, "submit_for_precheck", NIIGATA)
    assert done.findings
    assert _UNTOLD not in f"{done.findings}"
    checked = step(sqlite_store, talking, B_PLAN, "precheck_ok", METI)
    assert _UNTOLD in f"{checked.findings}"


def test_an_investment_that_is_told_in_the_command_is_looked_at(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """Whoever writes it knows of it."""
    save(sqlite_store, talking, plan_file(REGIONAL))
    facts: dict[str, Any] = {
        "plan_id": B_PLAN,
        "by": NIIGATA,
        "investment_id": "INV-W",
    }
    done = invest(sqlite_store, talking, _WITHHELD, dry_run=True, **facts)
    assert _UNTOLD in f"{done.report.findings}"


def test_the_adoption_of_a_revision_tells_nothing_of_investments_that_are_withheld(
    sqlite_store: SqlStore, talking: Domain, plan_file: MakePlanFile
) -> None:
    """Those of other plans, that the revised text counts on."""
    _strategic(sqlite_store, talking, plan_file, _WITHHELD, record=record())
    file = _counting(plan_file(REGIONAL, {"/record": record()}))
    plan_id = save(sqlite_store, talking, file).standing.plan_id
    open_one(sqlite_store, talking, plan_id)
    revised = titled(_counting(plan_file(REGIONAL)), "改訂した計画")
    told = (item(target=None),)
    save_one(sqlite_store, talking, plan_id, revised, items=told)
    done = adopt(sqlite_store, talking, plan_id, by=GOVERNOR)
    assert done.report is not None
    assert done.report.findings
    assert _UNTOLD not in f"{done.report.findings}"


def test_a_body_that_joins_neither_adopts_nor_changes_who_joins(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It works on a revision; the head of the lead body brings it into force."""
    quiet = attrs.evolve(domain, rules=())
    toyama = Actor.parse("prefecture:160008")
    joined = {"/joining": [{"kind": toyama.kind, "code": toyama.code}]}
    plan_id = in_force(sqlite_store, quiet, plan_file, changes=joined)
    open_one(sqlite_store, quiet, plan_id, by=toyama)
    alone = titled(plan_file(REGIONAL), "x")
    error = refused(lambda: save_one(sqlite_store, quiet, plan_id, alone, by=toyama))
    assert reason_of(error) == "JOINING_CHANGED"
    file = titled(plan_file(REGIONAL, joined), "x")
    save_one(sqlite_store, quiet, plan_id, file, by=toyama)
    head = Actor.parse("head_of_local_government:160008")
    error = refused(lambda: adopt(sqlite_store, quiet, plan_id, by=head))
    assert reason_of(error) == "NOT_THE_LEAD_BODY"
    assert adopt(sqlite_store, quiet, plan_id).standing is not None
