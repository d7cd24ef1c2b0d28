"""The investment map: numbers that are those of the table, and points that are cut."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.api.limits import Limits
from clusterplan.api.settings import ApiSettings
from served import OPERATOR, Served
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, record, sample_file, save

MAP = """query ($filter: PlanFilter, $bbox: BoundsInput, $maxPoints: Int! = 2000,
  $asOf: Date, $knownAt: DateTime) {
  investmentMap(filter: $filter, bbox: $bbox, maxPoints: $maxPoints, asOf: $asOf,
    knownAt: $knownAt) {
    asOf truncated totals { count gross net withheld }
    points { id kind planId planType title lon lat precision areaCode areaName amount
      certainty phase fictional }
    unlocated { id areaCode areaName amount }
    areas { code name nameEn count gross net } outsideAreas { count gross net }
    facets { field values { value title count } } } }"""
TABLE = """query ($filter: PlanFilter, $asOf: Date) {
  plans(filter: $filter, asOf: $asOf, first: 100) { totalCount nodes {
    id investments { id total } } } }"""
KYUSHU = {"west": 129, "south": 31, "east": 132, "north": 34}


def drawn(served: Served, *, token: str | None = None, **arguments: Any) -> Any:
    """Return the map."""
    return served.ask(MAP, arguments, token=token)["investmentMap"]


def ids(features: list[dict[str, Any]]) -> set[str]:
    """Return the ids of features."""
    return {feature["id"] for feature in features}


@pytest.mark.parametrize(
    "arguments",
    [
        {},
        {"filter": {"planTypes": ["regional_cluster"]}},
        {"filter": {"prefectures": ["43"]}},
        {"filter": {"text": "精密"}},
        {"filter": {"phases": ["ENDED"]}},
        {"asOf": "2026-06-15"},
        {"asOf": "2022-01-01"},
        {"asOf": "1999-01-01"},
    ],
)
def test_the_totals_of_the_map_are_those_of_the_table(
    world: Served, arguments: dict[str, Any]
) -> None:
    """Gross counts an investment once a plan, net once, and both sides agree."""
    found = drawn(world, **arguments)
    table = world.ask(TABLE, arguments)["plans"]
    told = [i for node in table["nodes"] for i in node["investments"]]
    once = {i["id"]: i["total"] for i in told}
    assert found["totals"]["count"] == table["totalCount"]
    assert found["totals"]["gross"] == sum(i["total"] for i in told)
    assert found["totals"]["net"] == sum(once.values())
    assert found["totals"]["gross"] == sum(a["gross"] for a in found["areas"])
    by_type = next(f for f in found["facets"] if f["field"] == "planTypes")
    assert sum(v["count"] for v in by_type["values"]) == table["totalCount"]


def test_an_investment_of_two_plans_is_in_gross_twice_and_in_net_once(
    world: Served,
) -> None:
    """The amounts are whole yen beyond 32 bits."""
    found = drawn(world)
    assert found["totals"] == {
        "count": 7,
        "gross": 200_900_000_000,
        "net": 100_900_000_000,
        "withheld": 1,
    }
    kumamoto = next(a for a in found["areas"] if a["code"] == "430005")
    assert kumamoto == {
        "code": "430005",
        "name": "熊本県",
        "nameEn": "Kumamoto",
        "count": 1,
        "gross": 200_000_000_000,
        "net": 100_000_000_000,
    }


def test_a_point_tells_what_it_stands_for(world: Served) -> None:
    """A plan has one point, an investment one a site."""
    points = {p["id"]: p for p in drawn(world)["points"]}
    assert points["sample-strategic-semiconductor:SAMPLE-INV-1:1"] == {
        "id": "sample-strategic-semiconductor:SAMPLE-INV-1:1",
        "kind": "INVESTMENT",
        "planId": "sample-strategic-semiconductor",
        "planType": "strategic_cluster",
        "title": "架空先端パッケージ新工場",
        "lon": 130.8,
        "lat": 32.9,
        "precision": "MUNICIPALITY",
        "areaCode": "434043",
        "areaName": "菊陽町",
        "amount": 100_000_000_000,
        "certainty": "ANNOUNCED",
        "phase": "IN_FORCE",
        "fictional": True,
    }
    hamura = points["tokyo-hamura-r3"]
    assert (hamura["kind"], hamura["areaName"], hamura["amount"]) == (
        "PLAN",
        "羽村市",
        None,
    )
    assert not hamura["fictional"]


def test_a_rectangle_chooses_points_and_changes_no_number(world: Served) -> None:
    """What lies outside is still counted."""
    whole, part = drawn(world), drawn(world, bbox=KYUSHU)
    assert ids(part["points"]) == {
        "sample-strategic-semiconductor",
        "sample-strategic-semiconductor:SAMPLE-INV-1:1",
        "sample-regional-machine-parts:SAMPLE-INV-1:1",
    }
    assert not part["truncated"]
    for key in ("totals", "areas", "outsideAreas", "facets", "unlocated"):
        assert part[key] == whole[key]


@pytest.mark.parametrize(("limit", "listed", "cut"), [(0, 0, True), (3, 3, True)])
def test_points_beyond_the_limit_are_left_out_and_that_is_told(
    world: Served, limit: int, listed: int, *, cut: bool
) -> None:
    """The numbers stay those of everything found."""
    found = drawn(world, maxPoints=limit)
    assert (len(found["points"]), found["truncated"]) == (listed, cut)
    assert found["totals"] == drawn(world)["totals"]


def test_a_limit_that_is_just_enough_leaves_nothing_out(world: Served) -> None:
    """All points, and no more asked for."""
    count = len(drawn(world)["points"])
    assert not drawn(world, maxPoints=count)["truncated"]
    assert drawn(world, maxPoints=count - 1)["truncated"]


@pytest.mark.parametrize("limit", [-1, 5001, 2**31 - 1])
def test_a_limit_beyond_what_can_be_listed_is_refused(
    world: Served, limit: int
) -> None:
    """The refusal names the argument."""
    (found,) = world.refusals(MAP, {"maxPoints": limit})
    assert found[0] == "LIMIT_EXCEEDED"
    if limit == 2**31 - 1:
        assert found[1] != "TOO_MANY_POINTS", "the price refuses it before"
    else:
        assert found[1:] == ("TOO_MANY_POINTS", "/maxPoints")


def test_points_cost_a_tenth_of_their_number(world: Served) -> None:
    """Besides what a map costs always; it is known before anything is read."""
    query = "query ($n: Int!) { investmentMap(maxPoints: $n) { points { id } } }"
    for cost, points, fits in (
        (5200, 2000, True),
        (5199, 2000, False),
        (5500, 5000, True),
        (5499, 5000, False),
    ):
        settings = ApiSettings(limits=Limits(cost=cost))
        served = Served(
            store=world.store,
            domain=world.domain,
            plugins=world.plugins,
            settings=settings,
        )
        answer = served.answer(query, {"n": points})
        assert ("errors" not in answer) == fits, (cost, points)
    assert answer["errors"][0]["extensions"]["code"] == "LIMIT_EXCEEDED"


def test_what_has_no_point_is_listed_and_counted(served: Served) -> None:
    """A plan of an unknown area, and an investment without a site, are not lost."""
    served.add(
        REGIONAL,
        {"/region": ["999999"], "/record": record()},
        {
            "id": "INV-NOWHERE",
            "title": "どこか",
            "money": [
                {"sector": "private", "certainty": "planned", "amount": 5_000_000_000}
            ],
        },
    )
    found = drawn(served)
    plan = "sample-regional-machine-parts"
    assert ids(found["unlocated"]) == {plan, f"{plan}:INV-NOWHERE:1"}
    assert {u["areaName"] for u in found["unlocated"]} == {None}
    assert found["totals"]["gross"] == 5_900_000_000
    assert ids(found["points"]) == {f"{plan}:SAMPLE-INV-2:1"}


def test_drafts_and_withheld_investments_are_nowhere_on_the_public_map(
    world: Served,
) -> None:
    """They are in no point, no number, no area and no facet of it."""
    found, token = drawn(world), world.token(OPERATOR)
    text = str(found)
    assert all(
        hidden not in text
        for hidden in ("INV-W", "極秘", "777", "bureau-draft", "INV-DRAFT", "172")
    )
    full = drawn(world, token=token)
    assert full["totals"]["count"] == 9
    assert {"bureau-draft", "sample-local-lacquerware"} <= ids(full["points"])
    assert "INV-W" not in str(full)


def test_an_older_definition_of_a_withheld_investment_is_not_given_away(
    served: Served,
) -> None:
    """The newest one decides for table and map, whatever a plan has pinned."""
    ref = {"/investments": [{"ref": "SAMPLE-INV-1"}], "/record": record()}
    served.add(STRATEGIC)
    served.add(REGIONAL, ref)
    assert drawn(served)["totals"]["net"] == 100_000_000_000
    secret = sample_file(
        served.domain.plan_types, STRATEGIC, {"/investments/0/withheld": True}
    )
    save(served.store, served.domain, secret, version=1)
    found = drawn(served)
    assert found["totals"] == {"count": 1, "gross": 0, "net": 0, "withheld": 1}
    assert "SAMPLE-INV-1" not in str(found)
    assert "SAMPLE-INV-1" not in str(served.ask(TABLE))
    operator = served.ask(TABLE, token=served.token(OPERATOR))
    assert "SAMPLE-INV-1" in str(operator)


def test_a_site_of_no_known_prefecture_is_told_outside_the_areas(
    served: Served,
) -> None:
    """The areas and what is outside of them add up to the totals."""
    changes = {
        "/region": ["410004", "430005"],
        "/record": record(),
        "/investments/0/sites": [{"lon": "130.8", "lat": "32.9"}],
    }
    served.add(REGIONAL, changes)
    found = drawn(served)
    assert found["outsideAreas"] == {
        "count": 1,
        "gross": 900_000_000,
        "net": 900_000_000,
    }
    assert found["totals"]["net"] == 900_000_000
    assert [a["net"] for a in found["areas"]] == [0, 0]


def test_a_draft_is_on_the_map_of_its_lead(served: Served) -> None:
    """The map of a reader holds what the reader may read."""
    served.add(LOCAL_GROWTH)
    token = served.token("municipality:172049")
    assert drawn(served)["totals"]["count"] == 0
    assert drawn(served, token=token)["totals"]["net"] == 400_000_000


def test_the_day_and_the_knowledge_choose_what_is_drawn(world: Served) -> None:
    """`asOf` is told back; before anything was written down there is nothing."""
    assert drawn(world)["asOf"] == "2026-11-21"
    assert drawn(world, asOf="2022-01-01")["totals"]["count"] == 4
    early = drawn(world, knownAt="2026-01-01T00:00:00Z")
    assert early["totals"]["count"] == 0
    assert early["facets"][0] == {"field": "planTypes", "values": []}
    found = world.refusals(MAP, {"knownAt": "2026-01-01T00:00:00"})
    assert found == [("BAD_USER_INPUT", "NAIVE_TIME", "/knownAt")]
