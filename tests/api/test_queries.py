"""What the fields of Query answer, to whom, and what they refuse."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from clusterplan.plugins.host import load_plugins
from served import OPERATOR, Served
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC

SEMICONDUCTOR = "sample-strategic-semiconductor"
MACHINE_PARTS = "sample-regional-machine-parts"
LACQUERWARE = "sample-local-lacquerware"
TOKYO = {"tokyo-adachi-r3", "tokyo-hamura-r3", "tokyo-machida-r3", "tokyo-setagaya-r3"}
PUBLIC = {SEMICONDUCTOR, MACHINE_PARTS, "odd"} | TOKYO
DRAFTS = {LACQUERWARE, "bureau-draft"}
PLANS = """query ($filter: PlanFilter, $orderBy: PlanOrder! = PUBLISHED_ON,
  $direction: OrderDirection! = DESC, $first: Int, $after: String, $last: Int,
  $before: String, $asOf: Date, $knownAt: DateTime) {
  plans(filter: $filter, orderBy: $orderBy, direction: $direction, first: $first,
    after: $after, last: $last, before: $before, asOf: $asOf, knownAt: $knownAt) {
    nodes { id } edges { cursor node { id } } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}"""
PLAN = """query ($id: ID!, $asOf: Date, $knownAt: DateTime, $edition: String) {
  plan(id: $id, asOf: $asOf, knownAt: $knownAt, edition: $edition) {
    id state stateTitle phase edition public validFrom validTo
  }
}"""


def listed(served: Served, *, token: str | None = None, **arguments: Any) -> list[str]:
    """Return the ids of a list of plans."""
    plans = served.ask(PLANS, arguments, token=token)["plans"]
    return [node["id"] for node in plans["nodes"]]


def one(served: Served, *, token: str | None = None, **arguments: Any) -> Any:
    """Return a plan."""
    return served.ask(PLAN, arguments, token=token)["plan"]


@pytest.fixture(scope="module")
def operator(world: Served) -> str:
    """Return the secret of a token of the operator."""
    return world.token(OPERATOR)


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({}, PUBLIC),
        ({"planTypes": ["strategic_cluster"]}, {SEMICONDUCTOR}),
        ({"planTypes": ["strategic_cluster", "regional_cluster"]}, PUBLIC - TOKYO),
        ({"planTypes": ["unheard_of"]}, set()),
        ({"fields": ["ai_semiconductors"]}, {SEMICONDUCTOR}),
        ({"prefectures": ["13"]}, TOKYO),
        ({"prefectures": ["43", "150002"]}, {SEMICONDUCTOR, MACHINE_PARTS, "odd"}),
        ({"municipalities": ["13121"]}, {"tokyo-adachi-r3"}),
        ({"bureaus": ["kyushu"]}, {SEMICONDUCTOR}),
        ({"bureaus": ["unheard_of"]}, set()),
        ({"phases": ["ENDED"]}, TOKYO),
        ({"phases": ["DRAFT"]}, set()),
        ({"phases": ["ENDED", "IN_FORCE"]}, PUBLIC),
        ({"states": ["in_force"]}, PUBLIC - TOKYO),
        ({"text": "半導体"}, {SEMICONDUCTOR}),
        ({"text": "架空 ﾆｲｶﾞﾀ"}, set()),
        ({"text": "%"}, set()),
        ({"text": "羽村"}, {"tokyo-hamura-r3"}),
        ({"planTypes": ["regional_cluster"], "text": "精密"}, {MACHINE_PARTS}),
        ({"planTypes": None, "phases": None, "text": None}, PUBLIC),
    ],
)
def test_a_filter_keeps_the_plans_that_fit_every_part(
    world: Served, given: dict[str, Any], found: set[str]
) -> None:
    """Parts are joined by and, the values of a part by or."""
    plans = world.ask(PLANS, {"filter": given})["plans"]
    assert {node["id"] for node in plans["nodes"]} == found
    assert plans["totalCount"] == len(found)


def test_lists_are_in_the_order_that_is_asked_for(world: Served) -> None:
    """Each order goes both ways; the newest publication comes first unless told."""
    assert listed(world)[:3] == ["odd", MACHINE_PARTS, SEMICONDUCTOR]
    assert listed(world, direction="ASC")[-3:] == [SEMICONDUCTOR, MACHINE_PARTS, "odd"]
    assert listed(world, orderBy="AMOUNT")[:2] == [MACHINE_PARTS, SEMICONDUCTOR]
    assert listed(world, orderBy="TITLE", direction="ASC")[0] == "odd"
    assert listed(world, orderBy="AREA", direction="ASC")[0] == "tokyo-setagaya-r3"
    assert set(listed(world, orderBy="UPDATED_AT")) == PUBLIC


@pytest.mark.parametrize(
    "order", ["PUBLISHED_ON", "UPDATED_AT", "TITLE", "AREA", "AMOUNT"]
)
@pytest.mark.parametrize("direction", ["ASC", "DESC"])
def test_pages_give_every_plan_once_in_both_ways(
    world: Served, operator: str, order: str, direction: str
) -> None:
    """Forward by `after` and backward by `before` lead through the same list."""
    arguments: dict[str, Any] = {"orderBy": order, "direction": direction}
    whole = listed(world, token=operator, **arguments)
    assert set(whole) == PUBLIC | DRAFTS
    for size, cursor, place, more in (
        ("first", "after", "endCursor", "hasNextPage"),
        ("last", "before", "startCursor", "hasPreviousPage"),
    ):
        seen: list[str] = []
        position: dict[str, str] = {}
        while True:
            asked = arguments | {size: 4} | position
            page = world.ask(PLANS, asked, token=operator)["plans"]
            ids = [edge["node"]["id"] for edge in page["edges"]]
            assert ids == [node["id"] for node in page["nodes"]]
            assert page["totalCount"] == len(whole)
            seen = [*seen, *ids] if size == "first" else [*ids, *seen]
            if not page["pageInfo"][more]:
                break
            position = {cursor: page["pageInfo"][place]}
        assert seen == whole


def test_an_empty_page_has_no_cursors(world: Served) -> None:
    """A list without items has nothing to point at."""
    page = world.ask(PLANS, {"filter": {"text": "どこにもない"}})["plans"]
    assert page["pageInfo"] == {
        "hasNextPage": False,
        "hasPreviousPage": False,
        "startCursor": None,
        "endCursor": None,
    }


@pytest.mark.parametrize(
    ("arguments", "reason", "pointer"),
    [
        ({"first": 0}, "BAD_PAGE", "/first"),
        ({"first": 101}, "BAD_PAGE", "/first"),
        ({"first": -1}, "BAD_PAGE", "/first"),
        ({"last": 101}, "BAD_PAGE", "/last"),
        ({"first": 1, "last": 1}, "BAD_PAGE", "/last"),
        ({"first": 1, "before": "x"}, "BAD_PAGE", "/last"),
        ({"after": "x"}, "BAD_CURSOR", "/after"),
        ({"after": "計画"}, "BAD_CURSOR", "/after"),
        ({"before": "AAAA"}, "BAD_CURSOR", "/before"),
        ({"knownAt": "2026-11-21T09:00:00"}, "NAIVE_TIME", "/knownAt"),
        ({"knownAt": "0001-01-01T00:00:00+09:00"}, "TIME_OUT_OF_RANGE", "/knownAt"),
    ],
)
def test_a_bad_page_or_time_is_refused_with_its_argument(
    world: Served, arguments: dict[str, Any], reason: str, pointer: str | None
) -> None:
    """The refusal names the argument and says in two languages what is wrong."""
    found = world.refusals(PLANS, arguments)
    assert found == [("BAD_USER_INPUT", reason, pointer)]


def test_a_cursor_of_another_order_is_refused(world: Served) -> None:
    """A cursor leads on in the list that it was given out for, and in no other."""
    cursor = world.ask(PLANS, {"first": 1})["plans"]["pageInfo"]["endCursor"]
    found = world.refusals(PLANS, {"after": cursor, "orderBy": "TITLE"})
    assert found == [("BAD_USER_INPUT", "BAD_CURSOR", "/after")]


@pytest.mark.parametrize(
    "id_", ["unheard-of", "", " ", "a:b", "'; --", "𠮷", "x" * 999]
)
def test_an_unknown_id_is_null(world: Served, id_: str) -> None:
    """No text in the place of an id is an error; there is no such plan."""
    assert one(world, id=id_) is None


def test_the_day_decides_what_is_seen(world: Served, operator: str) -> None:
    """Before its first day there is no plan; a draft is for those who may read it."""
    assert one(world, id=SEMICONDUCTOR, asOf="2026-04-30") is None
    assert one(world, id=SEMICONDUCTOR, asOf="2026-05-31") is None
    draft = one(world, id=SEMICONDUCTOR, asOf="2026-05-31", token=operator)
    assert (draft["state"], draft["public"]) == ("drafting", False)
    assert (draft["validFrom"], draft["validTo"]) == ("2026-05-01", "2026-06-01")
    assert one(world, id=SEMICONDUCTOR, asOf="2026-06-01") == {
        "id": SEMICONDUCTOR,
        "state": "in_force",
        "stateTitle": "策定済み",
        "phase": "IN_FORCE",
        "edition": "1.0",
        "public": True,
        "validFrom": "2026-06-01",
        "validTo": None,
    }
    assert one(world, id="tokyo-adachi-r3", asOf="2022-01-01")["phase"] == "IN_FORCE"
    assert one(world, id="tokyo-adachi-r3")["phase"] == "ENDED"
    assert set(listed(world, asOf="2022-01-01")) == TOKYO
    assert listed(world, asOf="2020-01-01") == []


def test_what_was_not_written_down_yet_is_not_seen(world: Served) -> None:
    """`knownAt` asks for what the store knew then, whatever the day."""
    early, late = "2026-11-01T00:00:00+09:00", "2026-11-25T00:00:00Z"
    assert one(world, id=SEMICONDUCTOR, knownAt=early) is None
    assert listed(world, knownAt=early) == []
    assert one(world, id=SEMICONDUCTOR, knownAt=late)["edition"] == "1.0"
    assert set(listed(world, knownAt=late)) == PUBLIC


def test_an_edition_is_found_whenever_it_held(world: Served, operator: str) -> None:
    """An edition is asked for by its number; another reader's draft stays hidden."""
    found = one(world, id=SEMICONDUCTOR, edition="1.0", asOf="1999-01-01")
    assert found["edition"] == "1.0"
    assert one(world, id=SEMICONDUCTOR, edition="9.9") is None
    assert one(world, id=LACQUERWARE, edition="d1") is None
    assert one(world, id=LACQUERWARE, edition="d1", token=operator)["edition"] == "d1"


def test_a_draft_is_seen_by_its_lead_the_state_and_its_prefectures(
    world: Served,
) -> None:
    """Nobody else sees it, in a list or by its id."""
    for actor, seen in (
        (OPERATOR, DRAFTS),
        ("meti:meti", DRAFTS),
        ("municipality:172049", {LACQUERWARE}),
        ("prefecture:430005", {"bureau-draft"}),
        ("regional_bureau:kyushu", {"bureau-draft"}),
        ("prefecture:010006", set()),
        ("public:anybody", set()),
    ):
        token = world.token(actor)
        assert set(listed(world, token=token)) == PUBLIC | seen, actor
        for draft in DRAFTS:
            assert (one(world, id=draft, token=token) is not None) == (draft in seen)
    for draft in DRAFTS:
        assert one(world, id=draft) is None


def test_plan_types_tell_lifecycle_and_headings(world: Served) -> None:
    """A client can draw a form and a lifecycle from the answer alone."""
    types = world.ask(
        """{ planTypes { key code title titleEn plugin leadKinds phases
          states { key title phase public }
          steps { key from to actors joint byLead gate needs edition }
          required { section part title } categories { key examples { title } } } }"""
    )["planTypes"]
    assert [t["key"] for t in types] == [
        STRATEGIC,
        REGIONAL,
        LOCAL_GROWTH,
        "local_revitalization_plan",
    ]
    assert [t["code"] for t in types] == ["A", "B", "C", None]
    strategic = types[0]
    assert strategic["states"][0]["phase"] == "DRAFT"
    assert strategic["phases"] == ["DRAFT", "IN_REVIEW", "IN_FORCE", "ENDED"]
    formulate = next(s for s in strategic["steps"] if s["key"] == "formulate")
    assert formulate["joint"]
    assert (formulate["gate"], formulate["edition"]) == ("PUBLISH", "PUBLIC")
    assert strategic["categories"][0]["examples"]


AREAS = """query ($text: String, $kinds: [AreaKind!], $prefecture: String, $first: Int,
  $after: String, $last: Int, $before: String) {
  areas(text: $text, kinds: $kinds, prefecture: $prefecture, first: $first,
    after: $after, last: $last, before: $before) {
    nodes { code name kind prefecture } totalCount
    pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }"""


@pytest.mark.parametrize(
    ("arguments", "first", "total"),
    [
        ({"kinds": ["PREFECTURE"]}, "010006", 47),
        ({"prefecture": "13", "kinds": ["SPECIAL_WARD"]}, "131016", 23),
        ({"prefecture": "130001", "kinds": ["SPECIAL_WARD"]}, "131016", 23),
        ({"text": "羽村"}, "132276", 1),
        ({"text": "131211"}, "131211", 1),
        ({"text": "どこにもない"}, None, 0),
    ],
)
def test_areas_are_found_by_name_kind_and_prefecture(
    world: Served, arguments: dict[str, Any], first: str | None, total: int
) -> None:
    """Areas are listed by code."""
    page = world.ask(AREAS, arguments)["areas"]
    assert page["totalCount"] == total
    assert next((a["code"] for a in page["nodes"]), None) == first


def test_areas_are_paged_both_ways(world: Served) -> None:
    """All 47 prefectures come, forward and backward."""
    kinds = {"kinds": ["PREFECTURE"]}
    first = world.ask(AREAS, kinds | {"first": 30})["areas"]
    after = first["pageInfo"]["endCursor"]
    rest = world.ask(AREAS, kinds | {"first": 30, "after": after})["areas"]
    assert len(first["nodes"]) + len(rest["nodes"]) == 47
    assert not rest["pageInfo"]["hasNextPage"]
    back = world.ask(
        AREAS, kinds | {"last": 100, "before": rest["pageInfo"]["startCursor"]}
    )["areas"]
    assert back["nodes"] == first["nodes"]
    found = world.refusals(AREAS, {"after": "?"})
    assert found == [("BAD_USER_INPUT", "BAD_CURSOR", "/after")]


def test_reference_lists_are_told(world: Served) -> None:
    """Fields come in the order of the list; categories by type, or cross-cutting."""
    data = world.ask(
        """{ strategicFields { key number title validFrom }
          cross: measureCategories { key }
          of: measureCategories(planType: "strategic_cluster") { key commonKey }
          none: measureCategories(planType: "unheard_of") { key } }"""
    )
    numbers = [f["number"] for f in data["strategicFields"]]
    assert numbers == sorted(numbers)
    assert {"key": "ai_semiconductors"}.items() <= data["strategicFields"][0].items()
    assert data["cross"]
    assert all(c["key"].startswith("a_") for c in data["of"])
    assert data["none"] == []


def test_a_fault_of_a_plugin_is_told_to_the_operator_only(served: Served) -> None:
    """Everybody sees that a plugin failed; why, only who runs the server."""
    infos = load_plugins(object(), entry_points=False).infos
    broken = Served(
        store=served.store,
        domain=served.domain,
        plugins=attrs.evolve(served.plugins, infos=infos),
    )
    query = "{ plugins { name distribution version state reason errors hooks } }"
    told = broken.ask(query)["plugins"]
    assert told[0]["state"] == "ACTIVE"
    assert told[-1]["state"] == "INCOMPATIBLE"
    assert {p["reason"] for p in told} == {None}
    token = broken.token(OPERATOR)
    assert "CLUSTERPLAN" in broken.ask(query, token=token)["plugins"][-1]["reason"]
