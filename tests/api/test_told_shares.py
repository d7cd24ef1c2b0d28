"""What a plan, a map and a plan type tell of themselves beside their text."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from served import OPERATOR, Served
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC

MEANS = "/policy_means/measures"
SHARE = "{ count countShare budget budgetShare budgetUntold }"
PLAN = f"""query ($id: ID!) {{ plan(id: $id) {{ measureOrder
  policyMeans {{ challenges {{ issues }} collectiveShare {SHARE} singleFirmShare {SHARE}
    hardShare {SHARE} softShare {SHARE} }} }} }}"""
MEASURES: list[dict[str, Any]] = [
    {
        "id": "M-1",
        "title": "整備",
        "nature": "hard",
        "depends_on": [{"measure": "M-2"}],
    },
    {
        "id": "M-2",
        "title": "設計",
        "nature": "soft",
        "collective": ["joint_project"],
        "budget": [{"amount": 7}],
    },
]


@pytest.fixture
def plan(served: Served) -> Any:
    """Return what clients see of a plan with two measures."""
    changes = {
        MEANS: MEASURES,
        "/venues": [],
        "/policy_means/challenges": [
            {"id": "CH-1", "text": "老朽化", "issues": ["ageing_equipment"]}
        ],
    }
    plan_id = served.add(REGIONAL, changes)
    return served.ask(PLAN, {"id": plan_id}, token=served.token(OPERATOR))["plan"]


def test_a_plan_tells_the_order_of_its_measures_and_their_shares(plan: Any) -> None:
    """Money that is not told is null."""
    assert plan["measureOrder"] == ["M-2", "M-1"]
    means = plan["policyMeans"]
    assert means["challenges"] == [{"issues": ["ageing_equipment"]}]
    assert (
        means["hardShare"]
        == means["singleFirmShare"]
        == {
            "count": 1,
            "countShare": "0.5",
            "budget": None,
            "budgetShare": None,
            "budgetUntold": 1,
        }
    )
    assert (
        means["softShare"]
        == means["collectiveShare"]
        == {
            "count": 1,
            "countShare": "0.5",
            "budget": 7,
            "budgetShare": None,
            "budgetUntold": 0,
        }
    )


COVERAGE = """{ investmentMap { withoutPlan
  coverage { planType title titleEn prefectures missing } areas { code count } } }"""


def test_the_map_tells_which_prefectures_have_no_plan(world: Served) -> None:
    """Of each type, and of any."""
    found = world.ask(COVERAGE)["investmentMap"]
    told = {each["planType"]: each for each in found["coverage"]}
    assert "430005" in told[STRATEGIC]["prefectures"]
    assert told[STRATEGIC]["title"]
    assert told[STRATEGIC]["titleEn"]
    assert all(len(c["prefectures"]) + len(c["missing"]) == 47 for c in told.values())
    counted = {area["code"] for area in found["areas"] if area["count"]}
    assert counted
    assert len(found["withoutPlan"]) == 47 - len(counted)


TYPES = """{ strategicFields { key validTo }
  planTypes { key description descriptionEn
    categories { examples { id fields openEnded } } } }"""


def test_a_plan_type_says_what_it_is_for(served: Served) -> None:
    """As its plugin says it; its examples tell fields, and whether they go on."""
    kinds = dict(served.domain.plan_types)
    kinds[LOCAL_GROWTH] = attrs.evolve(
        kinds[LOCAL_GROWTH], description="地場産業の計画", description_en="For a place"
    )
    domain = attrs.evolve(served.domain, plan_types=kinds)
    told = attrs.evolve(served, domain=domain).ask(TYPES)
    assert {f["validTo"] for f in told["strategicFields"]} == {None}
    types = {t["key"]: t for t in told["planTypes"]}
    local = types[LOCAL_GROWTH]
    assert (local["description"], local["descriptionEn"]) == (
        "地場産業の計画",
        "For a place",
    )
    examples = {
        e["id"]: e for category in local["categories"] for e in category["examples"]
    }
    assert examples["C5-2"]["fields"] == ["content"]
    assert examples["C5-2"]["openEnded"] is True
