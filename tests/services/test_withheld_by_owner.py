"""Only its owner tells a withheld investment anew, or makes it public (MAP-04)."""

from __future__ import annotations

from functools import partial
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from revisions import (
    DEADLINE,
    METI,
    NIIGATA,
    correct,
    in_force,
    open_one,
    quiet,
    reason_of,
    refused,
    save_one,
)
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, MakePlanFile, save

TOYAMA, WAJIMA = Actor.parse("prefecture:160008"), Actor.parse("municipality:172049")
JOINED = {"/joining": [{"kind": TOYAMA.kind, "code": TOYAMA.code}]}
OPEN: dict[str, Any] = {
    "id": "INV-W",
    "title": "架空の増設",
    "owner": {"kind": TOYAMA.kind, "code": TOYAMA.code},
    "sites": [{"municipality": "152021", "lon": "30.0", "lat": "139.0"}],
    "money": [{"sector": "private", "certainty": "planned", "amount": 7_770_000_000}],
}
WITHHELD = OPEN | {"withheld": True}


@pytest.fixture
def lax(domain: Domain) -> Domain:
    """Return the domain without any rule."""
    return quiet(attrs.evolve(domain, rules=()))


def told(investment: dict[str, Any], **others: Any) -> dict[str, Any]:
    """Return changes that put an investment into the sample."""
    return {"/investments/-": investment, **others}


@pytest.mark.parametrize("by", [NIIGATA, METI, TOYAMA], ids=str)
def test_to_lead_a_plan_is_not_enough_to_open_an_investment_of_another_body(
    sqlite_store: SqlStore, lax: Domain, plan_file: MakePlanFile, by: Actor
) -> None:
    """Its owner does; in a plan of the state, which alone corrects it, the state."""
    plan_type = REGIONAL if by in (NIIGATA, TOYAMA) else STRATEGIC
    joined = JOINED if plan_type == REGIONAL else {}
    changes = told(WITHHELD) | joined
    plan_id = in_force(sqlite_store, lax, plan_file, plan_type, changes=changes)
    opened = plan_file(plan_type, told(OPEN) | joined)
    if by in (TOYAMA, METI):
        correct(sqlite_store, lax, plan_id, opened, by=by)
        return
    error = refused(lambda: correct(sqlite_store, lax, plan_id, opened, by=by))
    assert reason_of(error) == "WITHHELD_BY_OWNER"
    assert error.problems[0].rule_id == "MAP-04"


def test_what_an_owner_withholds_in_a_draft_is_not_put_back_by_others(
    sqlite_store: SqlStore, lax: Domain, plan_file: MakePlanFile
) -> None:
    """Nor replaced by an investment of another owner under the same id."""
    changes = told(OPEN) | JOINED
    plan_id = in_force(sqlite_store, lax, plan_file, changes=changes)
    open_one(sqlite_store, lax, plan_id, by=TOYAMA)
    draft = plan_file(REGIONAL, told(WITHHELD) | JOINED | DEADLINE)
    save_one(sqlite_store, lax, plan_id, draft, by=TOYAMA)
    mine = OPEN | {"owner": {"kind": NIIGATA.kind, "code": NIIGATA.code}}
    for investment in (OPEN, mine):
        file = plan_file(REGIONAL, told(investment) | JOINED | DEADLINE)
        again = partial(save_one, sqlite_store, lax, plan_id, file, by=NIIGATA)
        error = refused(partial(again, version=2))
        assert reason_of(error) == "WITHHELD_BY_OWNER"
    kept = plan_file(REGIONAL, told({"ref": "INV-W"}) | JOINED | DEADLINE)
    done = save_one(sqlite_store, lax, plan_id, kept, by=NIIGATA, version=2)
    assert done.report is not None


@pytest.mark.parametrize("amount", [7_770_000_000, 7_770_000_001])
def test_a_guess_at_a_withheld_text_is_neither_confirmed_nor_denied(
    sqlite_store: SqlStore, lax: Domain, plan_file: MakePlanFile, amount: int
) -> None:
    """Another plan that tells the very text is refused in the same words."""
    save(sqlite_store, lax, plan_file(REGIONAL, told(WITHHELD)))
    guess = WITHHELD | {"money": [{**WITHHELD["money"][0], "amount": amount}]}
    other = plan_file(LOCAL_GROWTH, told(guess))
    error = refused(lambda: save(sqlite_store, lax, other, by=WAJIMA))
    assert [p.reason for p in error.problems] == ["INVESTMENT_DEFINED_DIFFERENTLY"]
    assert "withheld" not in str(error)


def test_a_correction_tells_nothing_of_what_is_withheld_from_who_makes_it(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The swapped coordinates of the withheld site are not quoted by a rule."""
    plan_id = in_force(sqlite_store, domain, plan_file, changes=told(WITHHELD))
    better = plan_file(REGIONAL, told({"ref": "INV-W"}) | {"/title": "訂正した計画"})
    done = correct(sqlite_store, domain, plan_id, better, dry_run=True)
    assert done.report is not None
    assert "139.0" not in str(done.report.findings)
