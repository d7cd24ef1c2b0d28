"""Local resources, supply-chain functions and needed people, as files tell them."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.identifiers import PartId
from clusterplan.core.periods import FiscalYear
from clusterplan.core.resources import (
    FunctionStatus,
    LocalResource,
    LocalResourceKind,
    NeededPeople,
    SupplyChainFunction,
)
from clusterplan.plugins.builtin.local import LocalIndustryGrowthDetails
from clusterplan.plugins.builtin.regional import RegionalClusterDetails
from plan_documents import load_changed, problems_of
from stores import LOCAL_GROWTH, REGIONAL


def test_a_function_is_present_or_missing() -> None:
    """A regional plan tells which functions of the supply chain it has."""
    functions = [
        {"id": "SC-1", "title": "めっき", "status": "present", "firms": 3},
        {"id": "SC-2", "title": "熱処理", "status": "missing"},
    ]
    changes = {"/plan_type": REGIONAL, "/details": {"supply_chain": functions}}
    details = load_changed(changes).plan.details
    assert isinstance(details, RegionalClusterDetails)
    assert details.supply_chain == (
        SupplyChainFunction(
            id=PartId("SC-1"), title="めっき", status=FunctionStatus.PRESENT, firms=3
        ),
        SupplyChainFunction(
            id=PartId("SC-2"), title="熱処理", status=FunctionStatus.MISSING
        ),
    )


def test_a_local_resource_has_a_kind_and_a_name() -> None:
    """A local plan tells what it grows from, and why that is known."""
    resource = {"kind": "production_skill", "title": "鍛冶", "recognition": "県の指定"}
    changes = {"/plan_type": LOCAL_GROWTH, "/details": {"local_resources": [resource]}}
    details = load_changed(changes).plan.details
    assert isinstance(details, LocalIndustryGrowthDetails)
    assert details.local_resources == (
        LocalResource(
            kind=LocalResourceKind.PRODUCTION_SKILL,
            title="鍛冶",
            recognition=("県の指定",),
        ),
    )


def test_needed_people_are_an_occupation_a_number_and_a_year() -> None:
    """The year may be written as people write it."""
    people = {"id": "P-1", "occupation": "技能士", "number": "12", "by": "令和10年度"}
    assert load_changed({"/needed_people": [people]}).plan.needed_people == (
        NeededPeople(
            id=PartId("P-1"), occupation="技能士", number=12, by=FiscalYear(2028)
        ),
    )


@pytest.mark.parametrize(
    ("changes", "reason", "pointer"),
    [
        (
            {"/needed_people": [{"id": "P-1"}]},
            "MISSING_KEY",
            "/needed_people/0",
        ),
        (
            {"/needed_people": [{"id": "P-1", "occupation": "工", "by": "2028-04"}]},
            "NOT_A_FISCAL_YEAR",
            "/needed_people/0/by",
        ),
        (
            {
                "/plan_type": REGIONAL,
                "/details": {
                    "supply_chain": [{"id": "S", "title": "熱", "status": "no"}]
                },
            },
            "UNKNOWN_VALUE",
            "/details/supply_chain/0/status",
        ),
        (
            {
                "/plan_type": LOCAL_GROWTH,
                "/details": {"local_resources": [{"kind": "river", "title": "川"}]},
            },
            "UNKNOWN_VALUE",
            "/details/local_resources/0/kind",
        ),
    ],
)
def test_what_is_no_such_thing_is_refused(
    changes: dict[str, Any], reason: str, pointer: str
) -> None:
    """Missing names, years of no form, and values of no closed list."""
    (problem,) = problems_of(changes)
    assert (problem.reason, problem.pointer) == (reason, pointer)
