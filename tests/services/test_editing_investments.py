"""An investment of a draft is edited by its own version."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR
from clusterplan.core.errors import InputError, PlanError
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import StaleInvestmentError
from edits import (
    INVESTMENT,
    KUMAMOTO,
    agrees_with_its_log,
    invest,
    investment,
    plan_of,
    versions,
)
from steps import (
    B_PLAN,
    BUREAU,
    NIIGATA,
    problems,
    reasons,
)
from stores import (
    REGIONAL,
    STRATEGIC,
    MakePlanFile,
    save,
)


@pytest.fixture
def quiet(domain: Domain) -> Domain:
    """Return the domain without a rule."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def drafted(store: SqlStore, quiet: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with a draft of type A."""
    save(store, quiet, plan_file(STRATEGIC), by=BUREAU)
    return store


def test_an_investment_is_told_anew_by_its_version(
    drafted: SqlStore, quiet: Domain
) -> None:
    """Its own version is the lock; parts of the plan are not touched."""
    before = versions(drafted)
    done = invest(drafted, quiet, investment(drafted, title="増設"), 1)
    assert (done.part_version, done.standing.version) == (2, 2)
    assert investment(drafted)["title"] == "増設"
    assert not invest(drafted, quiet, investment(drafted), 1).changed
    with pytest.raises(StaleInvestmentError) as caught:
        invest(drafted, quiet, investment(drafted, title="別の増設"), 1)
    assert problems(caught.value)[0].current_version == 2
    assert versions(drafted) == before
    assert agrees_with_its_log(drafted)


def test_an_investment_is_added_referred_to_and_taken_out(
    drafted: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """A plan refers to what another one tells, and does not tell it differently."""
    save(drafted, quiet, plan_file(REGIONAL))
    facts: dict[str, Any] = {"plan_id": B_PLAN, "by": NIIGATA}
    with pytest.raises(InputError) as caught:
        invest(drafted, quiet, {"ref": INVESTMENT}, **facts)
    assert problems(caught.value)[0].reason == "UNKNOWN_INVESTMENT"
    referred = invest(
        drafted, quiet, {"ref": INVESTMENT}, **{**facts, "by": LOCAL_OPERATOR}
    )
    assert referred.part_version == 1
    ids = plan_of(drafted, B_PLAN).investments
    assert ids == ("SAMPLE-INV-2", INVESTMENT)
    with pytest.raises(InputError) as caught:
        invest(drafted, quiet, investment(drafted, title="別"), 1, **facts)
    (problem,) = problems(caught.value)
    assert problem.reason == "INVESTMENT_DEFINED_DIFFERENTLY"
    assert problem.pointer == "/document"
    out = invest(drafted, quiet, None, 1, **facts)
    assert (out.part_version, out.changed) == (None, True)
    assert plan_of(drafted, B_PLAN).investments == ("SAMPLE-INV-2",)
    new = invest(drafted, quiet, {"title": "新工場"}, investment_id="N-1", **facts)
    assert new.part_version == 1
    with pytest.raises(InputError) as caught:
        invest(drafted, quiet, {"ref": "N-9"}, investment_id="N-9", **facts)
    assert problems(caught.value)[0].pointer == "/document/ref"
    assert list(drafted.verify()) == []


def test_an_investment_is_edited_by_the_office_that_keeps_it(
    store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """It neither takes it out nor hands it over."""
    owner = {"kind": NIIGATA.kind, "code": NIIGATA.code}
    save(store, quiet, plan_file(STRATEGIC, {"/investments/0/owner": owner}))
    told = investment(store, title="増設")
    assert invest(store, quiet, told, 1, by=NIIGATA).part_version == 2
    theirs = {**told, "owner": {"kind": KUMAMOTO.kind, "code": KUMAMOTO.code}}
    for part, reason in ((theirs, "OFFICE_STAYS"), (None, "NOT_THE_LEAD_BODY")):
        with pytest.raises(PlanError) as caught:
            invest(store, quiet, part, 2, by=NIIGATA)
        assert reasons(caught.value) == [reason]
    assert invest(store, quiet, theirs, 2).part_version == 3
