"""What is told of a plan: its text, its place in its life, and what is kept back."""

from __future__ import annotations

import datetime as dt

import attrs

from clusterplan.core.documents.codec import Codec
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins
from served import OPERATOR, WITHHELD, Served
from stores import LOCAL_GROWTH, STRATEGIC, sample_file, save

LATER = dt.datetime(2026, 11, 25, tzinfo=dt.UTC)


def test_a_plan_is_told_in_full(world: Served) -> None:
    """Every section of the text, the place of the plan in its life, and its history."""
    plan = world.ask(
        """{ plan(id: "sample-strategic-semiconductor") {
          title titleEn fictional version basis publishedOn recordedFrom source
          lead { kind code name } region { code name nameEn }
          period { from to start end label } fields
          goal { vision } path { winningPath impacts { id scope indicator } }
          policyMeans { challenges { id needs } measures { id answers category
            fiveW1h { deadline { date half dueOn label milestones { id date } }
              responsibleDepartment { label } wayOfProceeding }
            budget { fiscalYear amount status } } }
          venues { id members { kind } } indicators { id direction kind
            baseline { date value } } history { state on basis title titleEn }
          details { __typename } detailsOutline { heading } rawDetails } }"""
    )["plan"]
    assert plan["titleEn"] == "Fictional semiconductor strategic cluster plan"
    assert plan["lead"] == {
        "kind": "regional_bureau",
        "code": "kyushu",
        "name": "九州経済産業局",
    }
    assert [a["name"] for a in plan["region"]] == ["熊本県", "佐賀県"]
    assert (plan["period"]["from"], plan["period"]["end"]) == ("FY2026", "2031-03-31")
    bypass, water, *_ = plan["policyMeans"]["measures"]
    proposed = {"fiscalYear": "FY2027", "amount": 1_200_000_000, "status": "PROPOSED"}
    assert proposed in bypass["budget"]
    assert bypass["fiveW1h"]["deadline"]["date"] == "2029-03-31"
    assert water["fiveW1h"]["deadline"]["half"] == "FY2028H2"
    assert water["fiveW1h"]["deadline"]["dueOn"] == "2029-03-31"
    assert plan["indicators"][0]["direction"] == "INCREASE"
    assert plan["indicators"][0]["baseline"] == {"date": "2025-03-31", "value": "12"}
    assert plan["publishedOn"] == "2026-06-01"
    assert plan["source"] == "架空の資料"
    assert [(h["state"], h["on"], h["basis"]) for h in plan["history"]] == [
        ("in_force", "2026-06-01", "STATED"),
    ]
    assert plan["history"][0]["titleEn"] == "In force"
    assert (plan["details"], plan["rawDetails"], plan["detailsOutline"]) == (
        None,
        None,
        [],
    )


def test_an_unknown_area_is_told_by_its_code_alone(world: Served) -> None:
    """A plan whose region has a wrong code is shown as it is."""
    plan = world.ask('{ plan(id: "odd") { region { code name nameEn } } }')["plan"]
    assert plan["region"][1] == {"code": "999999", "name": None, "nameEn": None}


def test_a_title_made_of_markup_comes_through_as_it_is(world: Served) -> None:
    """JSON carries any title unharmed, and the answer is not sniffed as a page."""
    response = world.client.post(
        "/graphql", json={"query": '{ plan(id: "odd") { title } }'}
    )
    assert response.json()["data"]["plan"]["title"] == (
        "<script>alert('一')</script>\"&amp;{{7*7}} 𠮷野家"
    )
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"


def test_details_are_told_by_the_type_of_the_plan_type(world: Served) -> None:
    """Each plan type has a member of the union; the outline says the same in words."""
    query = """query ($id: ID!) { plan(id: $id) { rawDetails
      detailsOutline { heading level items }
      details { __typename
        ... on RegionalClusterDetails { marketClaims { kind } }
        ... on LocalRevitalizationPlanDetails { approval { by on }
          pillars { number title projects { id title openEnded } } } } } }"""
    hamura = world.ask(query, {"id": "tokyo-hamura-r3"})["plan"]
    details = hamura["details"]
    assert details["__typename"] == "LocalRevitalizationPlanDetails"
    assert details["approval"] == {"by": "130001", "on": None}
    assert details["pillars"][0]["title"] == "企業支援ネットワークの強化"
    assert hamura["detailsOutline"][0]["heading"] == "1 企業支援ネットワークの強化"
    assert hamura["rawDetails"] is None
    regional = world.ask(query, {"id": "sample-regional-machine-parts"})["plan"][
        "details"
    ]
    assert regional["marketClaims"][0]["kind"] in {"EXPORT", "DOMESTIC_TOP_SHARE"}


def test_withheld_investments_are_for_their_owner_and_the_state(world: Served) -> None:
    """Anybody else sees the plan without them."""
    query = '{ plan(id: "sample-strategic-semiconductor") { investments { id } } }'
    for actor, seen in (
        (None, ["SAMPLE-INV-1"]),
        ("prefecture:430005", ["SAMPLE-INV-1", "INV-W"]),
        (OPERATOR, ["SAMPLE-INV-1", "INV-W"]),
        ("prefecture:410004", ["SAMPLE-INV-1"]),
        ("regional_bureau:kyushu", ["SAMPLE-INV-1"]),
    ):
        token = world.token(actor) if actor else None
        found = world.ask(query, token=token)["plan"]["investments"]
        assert [i["id"] for i in found] == seen, actor


def test_an_investment_keeps_every_yen_and_degree(world: Served) -> None:
    """Amounts beyond 32 bits are JSON numbers; degrees and shares are exact text."""
    plan = world.ask(
        """{ plan(id: "sample-strategic-semiconductor") { investments {
          total certainty anchor owner { name } withheld
          sites { municipality lon lat precision share }
          money { fiscalYear sector certainty amount asOf } } } }"""
    )["plan"]
    (investment,) = plan["investments"]
    assert investment["total"] == 100_000_000_000 > 2**31
    assert investment["certainty"] == "ANNOUNCED"
    assert investment["owner"] == {"name": "熊本県"}
    assert investment["sites"] == [
        {
            "municipality": "434043",
            "lon": "130.8",
            "lat": "32.9",
            "precision": "MUNICIPALITY",
            "share": "1",
        }
    ]
    assert investment["money"][1] == {
        "fiscalYear": "FY2027",
        "sector": "PUBLIC",
        "certainty": "PLANNED",
        "amount": 14_000_000_000,
        "asOf": "2026-05-20",
    }


def test_details_without_their_plugin_are_told_raw(
    served: Served, wide_domain: Domain, with_tokyo: Plugins
) -> None:
    """With the plugin gone the plan is served as stored, its names unknown."""
    text = with_tokyo.samples[-1].text
    file = load_plan_file(parse_text(text), wide_domain.plan_types)
    codec = Codec(wide_domain.plan_types)
    wide = SqlStore(served.store.engine, codec, wide_domain.reference)
    save(wide, wide_domain, file)
    plan = served.ask(
        """{ plan(id: "tokyo-hamura-r3") { rawDetails details { __typename } planType
          detailsOutline { heading } stateTitle history { state title titleEn } } }"""
    )["plan"]
    assert plan["rawDetails"]["approval"] == {"by": "130001"}
    assert plan["rawDetails"]["pillars"][0]["number"] == 1
    assert (plan["details"], plan["stateTitle"]) == (None, None)
    assert plan["detailsOutline"] == []
    assert plan["history"][-1] == {
        "state": "ended",
        "title": "ended",
        "titleEn": "ended",
    }
    drawn = served.ask("{ investmentMap { facets { values { value title } } } }")
    assert drawn["investmentMap"]["facets"][0]["values"] == [
        {"value": "local_revitalization_plan", "title": "local_revitalization_plan"}
    ]
    found = served.refusals('{ checkPlan(id: "tokyo-hamura-r3") { ok } }')
    assert found == [("CONFLICT", "PLAN_TYPE_NOT_LOADED", "/plan_type")]


def test_a_later_save_changes_what_is_known_from_then_on(served: Served) -> None:
    """The draft that was read before is read again with `knownAt`."""
    served.add(LOCAL_GROWTH)
    later = attrs.evolve(served.domain, clock=lambda: LATER)
    changes = {"/title": "改題"}
    file = sample_file(served.domain.plan_types, LOCAL_GROWTH, changes)
    save(served.store, later, file, version=1)
    query = """query ($at: DateTime) {
      plan(id: "sample-local-lacquerware", asOf: "2026-11-30", knownAt: $at) {
        title version } }"""
    token = served.token(OPERATOR)
    now = served.ask(query, token=token)["plan"]
    assert now == {"title": "改題", "version": 2}
    then = served.ask(query, {"at": "2026-11-22T00:00:00+09:00"}, token=token)["plan"]
    assert then == {"title": "架空漆器地場産業成長プラン", "version": 1}


def test_the_lead_of_a_draft_sees_no_investment_that_others_withhold(
    served: Served,
) -> None:
    """Who sees a draft sees of its investments those that it may see anywhere."""
    served.add(STRATEGIC, {"/id": "draft"}, WITHHELD)
    token = served.token("regional_bureau:kyushu")
    query = '{ plan(id: "draft") { investments { id } } }'
    found = served.ask(query, token=token)["plan"]["investments"]
    assert [i["id"] for i in found] == ["SAMPLE-INV-1"]
