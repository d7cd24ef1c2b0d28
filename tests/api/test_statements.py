"""How much is asked of the database: the same for few plans and for many."""

from __future__ import annotations

import pytest

from served import OPERATOR, Served
from stores import LOCAL_GROWTH, STRATEGIC, record

FEW, MANY = 2, 40
PLANS = """{ plans(first: 100) { totalCount nodes { id title stateTitle lead { name }
  region { name } history { state on title } detailsOutline { heading }
  investments { id total sites { lon } money { amount } }
  policyMeans { measures { id } } } } }"""
BESIDE = """{ plans(first: 100) { nodes { id reports { id parts { done } }
  revisions { id } comments { id } proposals { id } progress { periodId } } } }"""
WRITING = """{ plans(first: 50) { nodes { document editions { edition }
  nextSteps { key mine } history { state }
  revisions { itemsDocument } reports { ownPart { rowsDocument } } } } }"""
WAYS_ON = """{ due { planId plan { id editions { edition } document } report { id } }
  events(first: 100) { nodes { caseId } } }"""
DUE = "{ due { planId } progress { total { plans } } causes { planId } }"
EVENTS = "{ events(first: 100) { totalCount nodes { kind actor { name } } } }"
MAP = """{ investmentMap { totals { count net } areas { code net }
  points { id areaName } unlocated { id } facets { values { value count } } } }"""
NODES = """{ a: node(id: "Measure:plan-0:M-01") { id }
  b: node(id: "Investment:plan-1:INV-1") { id } plan(id: "plan-1") { id } }"""


def grow(served: Served, first: int, last: int) -> None:
    """Save plans with an investment of their own each, public ones and drafts."""
    for number in range(first, last):
        changes = {
            "/id": f"plan-{number}",
            "/investments/0/id": f"INV-{number}",
        }
        if number % 2 == 0:
            served.add(STRATEGIC, changes | {"/record": record()})
        else:
            served.add(LOCAL_GROWTH, changes)


@pytest.mark.parametrize(
    "query",
    [PLANS, MAP, NODES, BESIDE, DUE, EVENTS, WRITING, WAYS_ON],
    ids=["plans", "map", "nodes", "beside", "due", "events", "writing", "ways on"],
)
def test_the_number_of_statements_does_not_grow_with_the_plans(
    served: Served, query: str
) -> None:
    """Nested history and investments are read in one batch each, whatever the size."""
    token = served.token(OPERATOR)
    grow(served, 0, FEW)
    few = served.count_statements(query, token=token)
    grow(served, FEW, MANY)
    many = served.count_statements(query, token=token)
    assert many == few <= 14
    assert served.count_statements(query) <= many


def test_a_query_that_needs_no_plan_asks_nothing_of_the_database(
    world: Served,
) -> None:
    """What plugins and reference data tell is in memory."""
    query = """{ planTypes { key } plugins { name } strategicFields { key }
      areas { totalCount } node(id: "Nothing:x") { id } }"""
    assert world.count_statements(query) == 0


def test_histories_of_several_days_are_read_in_a_batch_a_day(world: Served) -> None:
    """Two lists as of two days do not mix their histories."""
    data = world.ask(
        """{ now: plans(first: 3) { nodes { id history { state } } }
          then: plans(asOf: "2022-01-01", first: 9) { nodes { id history { state } } }
          later: plan(id: "tokyo-adachi-r3") { history { state } } }"""
    )
    adachi = next(n for n in data["then"]["nodes"] if n["id"] == "tokyo-adachi-r3")
    states = [entry["state"] for entry in adachi["history"]]
    assert states == ["approved", "budget_voted", "running"]
    later = [entry["state"] for entry in data["later"]["history"]]
    assert later == [*states, "ended"]
