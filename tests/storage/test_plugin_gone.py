"""A plan outlives the plugin of its type."""

from __future__ import annotations

import datetime as dt
from contextlib import closing
from typing import Annotated, Any

import attrs
import pytest
from attrs import frozen

from clusterplan.core.documents.codec import Codec
from clusterplan.core.files import PlanFile
from clusterplan.core.identifiers import Key
from clusterplan.core.lifecycle import Phase
from clusterplan.core.plans import PlanDetails, RawDetails
from clusterplan.core.plantypes import PlanType
from clusterplan.core.services.domain import Domain, UnknownPlanTypeError
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.terms import Term
from stores import LOCAL_GROWTH, MakePlanFile, looking, record, save, titled

EXTRA = Key("harbour_plan")


@frozen(kw_only=True)
class HarbourDetails(PlanDetails):
    """What a plan of the extra type adds."""

    quay: Annotated[str, Term("岸壁", "Name of the quay.")]
    opened: Annotated[dt.date | None, Term("開港", "Day of opening.")] = None


@pytest.fixture
def extended(domain: Domain) -> Domain:
    """Return the domain with one more plan type."""
    kind = attrs.evolve(
        domain.plan_types[LOCAL_GROWTH], key=EXTRA, details=HarbourDetails
    )
    return attrs.evolve(domain, plan_types={**domain.plan_types, EXTRA: kind})


@pytest.fixture
def harbour(plan_file: MakePlanFile) -> PlanFile:
    """Return a plan file of the extra type."""
    file = plan_file(LOCAL_GROWTH, {"/record": record()})
    details = HarbourDetails(quay="第一岸壁", opened=dt.date(2027, 4, 1))
    plan = attrs.evolve(file.plan, plan_type=EXTRA, details=details)
    return attrs.evolve(file, plan=plan)


def test_a_plan_without_its_plugin_is_readable_and_whole(
    database_url: str, domain: Domain, extended: Domain, harbour: PlanFile
) -> None:
    """Details are kept raw, nothing is dropped, and everything agrees."""
    with closing(_opened(database_url, extended)) as store:
        save(store, extended, harbour)
    with closing(_opened(database_url, domain)) as store:
        assert list(store.verify()) == []
        store.rebuild()
        assert list(store.verify()) == []
        with store.read() as unit:
            found = unit.plan(harbour.plan.id, looking(plan_types=[EXTRA]))
            (mapped,) = unit.mapped(looking())
            history = unit.histories([harbour.plan.id], looking())
    assert found is not None
    assert found.plan.details == RawDetails(
        document={"quay": "第一岸壁", "opened": "2027-04-01"}, schema=1
    )
    assert attrs.evolve(found.plan, details=harbour.plan.details) == harbour.plan
    assert found.standing.phase is Phase.IN_FORCE
    assert (mapped.plan_type, mapped.phase) == (EXTRA, Phase.IN_FORCE)
    assert [entry.state for entry in history[harbour.plan.id]] == [
        "drafting",
        "in_force",
    ]
    text = Codec(domain.plan_types).plan_text(found.plan)
    assert text == Codec(extended.plan_types).plan_text(harbour.plan)


def test_a_plan_without_its_plugin_is_not_changed(
    sqlite_url: str, domain: Domain, extended: Domain, harbour: PlanFile
) -> None:
    """A change of such a plan is refused, and with the plugin back all is as before."""
    with closing(_opened(sqlite_url, extended)) as store:
        save(store, extended, harbour)
    with closing(_opened(sqlite_url, domain)) as store:
        with pytest.raises(UnknownPlanTypeError) as caught:
            save(store, domain, titled(harbour, "x"), version=1)
        (problem,) = caught.value.problems
        assert problem.reason == "PLAN_TYPE_NOT_LOADED"
        assert caught.value.key == EXTRA
    with closing(_opened(sqlite_url, extended)) as store, store.read() as unit:
        found = unit.plan(harbour.plan.id, looking())
    assert found is not None
    assert found.plan == harbour.plan


def test_older_details_are_read_in_the_newer_form(
    sqlite_url: str, extended: Domain, harbour: PlanFile
) -> None:
    """Text is not rewritten when a plugin changes the form of its details."""

    def upcast(data: dict[str, Any]) -> dict[str, Any]:
        return data | {"quay": f"旧{data['quay']}"}

    with closing(_opened(sqlite_url, extended)) as store:
        save(store, extended, harbour)
    kind: PlanType = attrs.evolve(
        extended.plan_types[EXTRA], schema=2, upcasters={1: upcast}
    )
    newer = attrs.evolve(extended, plan_types={**extended.plan_types, EXTRA: kind})
    with closing(_opened(sqlite_url, newer)) as store:
        with store.read() as unit:
            found = unit.plan(harbour.plan.id, looking())
        assert list(store.verify()) == []
    assert found is not None
    assert isinstance(found.plan.details, HarbourDetails)
    assert found.plan.details.quay == "旧第一岸壁"


def _opened(url: str, domain: Domain) -> SqlStore:
    return SqlStore.open(url, domain.plan_types, domain.reference)
