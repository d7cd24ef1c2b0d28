"""The endpoint over a real store: who asks, what is closed, and many at once."""

from __future__ import annotations

import asyncio
import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import attrs
import pytest
from starlette.testclient import TestClient

from clusterplan.api.app import create_app
from clusterplan.api.context import Reads
from clusterplan.api.settings import ApiSettings
from clusterplan.core.actors import Actor
from clusterplan.core.services.tokens import CreateToken, create_token, revoke_token
from served import GRAPHQL_JSON, OPERATOR, Served
from stores import LOCAL_GROWTH, TODAY, on

DRAFT = '{ plan(id: "sample-local-lacquerware") { id } }'


def post(client: TestClient, query: str, authorization: str | None = None) -> Any:
    """Send a query with the value of its `Authorization` header."""
    headers = {"accept": GRAPHQL_JSON}
    if authorization is not None:
        headers["authorization"] = authorization
    return client.post("/graphql", json={"query": query}, headers=headers)


def with_settings(world: Served, **settings: Any) -> TestClient:
    """Return a client of the world with other settings."""
    made = ApiSettings(**settings)
    return TestClient(create_app(world.store, world.domain, world.plugins, made))


@pytest.mark.parametrize(
    "authorization",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer cp_",
        "Bearer cp_wrong",
        "Bearer wrong",
        "Bearer cp_" + "x" * 5000,
        "Bearer cp_\u00e9",
        "Basic dXNlcjpwYXNz",
        "Token cp_x",
        "cp_x",
        "Bearer cp_x, Bearer cp_y",
    ],
)
def test_a_token_that_does_not_work_is_refused(
    world: Served, authorization: str
) -> None:
    """Whoever sends one is told so, and does not read as if nobody had asked."""
    response = world.client.post(
        "/graphql",
        json={"query": "{ planTypes { key } }"},
        headers={
            b"accept": GRAPHQL_JSON.encode(),
            b"authorization": authorization.encode(),
        },
    )
    assert response.status_code == 401
    (error,) = response.json()["errors"]
    facts = error["extensions"]
    assert (facts["code"], facts["reason"]) == ("UNAUTHENTICATED", "BAD_TOKEN")
    assert not facts["messageJa"].isascii()
    assert "data" not in response.json()


def test_a_token_works_until_it_expires(served: Served) -> None:
    """It works on its last day, and no longer on the next."""
    served.add(LOCAL_GROWTH)
    secret = served.token(OPERATOR, expires_on=TODAY)
    seen = post(served.client, DRAFT, f"Bearer {secret}").json()["data"]
    assert seen == {"plan": {"id": "sample-local-lacquerware"}}
    tomorrow = on(served.domain, TODAY + dt.timedelta(days=1))
    later = TestClient(create_app(served.store, tomorrow, served.plugins))
    assert post(later, DRAFT, f"Bearer {secret}").status_code == 401


def test_a_token_stops_working_when_it_is_revoked(served: Served) -> None:
    """From the very next request on."""
    command = CreateToken(actor=Actor.parse(OPERATOR))
    token, secret = create_token(
        command, served.store, served.domain, lambda size: b"x" * size
    )
    assert post(served.client, DRAFT, f"bearer  {secret} ").status_code == 200
    revoke_token(token.id, served.store, served.domain)
    assert post(served.client, DRAFT, f"Bearer {secret}").status_code == 401
    assert post(served.client, DRAFT).status_code == 200


def test_a_read_through_the_store_that_fails_is_told_as_the_store_tells_it(
    served: Served,
) -> None:
    """A table that is gone makes the store unavailable, without a word of SQL."""
    query = "{ plans { totalCount } planTypes { key } }"
    with served.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE cp_standing RENAME TO gone")
    response = post(served.client, query)
    (error,) = response.json()["errors"]
    facts = error["extensions"]
    assert (facts["code"], facts["reason"]) == ("UNAVAILABLE", "STORE_UNAVAILABLE")
    assert "cp_standing" not in response.text
    with served.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE gone RENAME TO cp_standing")
    assert post(served.client, query).json()["data"]["plans"] == {"totalCount": 0}


def test_a_fault_in_a_read_gives_the_connection_back(served: Served) -> None:
    """It goes on to the caller as it is, and the next question is answered."""

    async def ask_twice() -> int:
        reads = Reads(served.store)
        with pytest.raises(ZeroDivisionError):
            await reads.ask(lambda unit: unit.revision() / 0)
        assert pool.checkedout() == 0
        answer = await reads.ask(lambda unit: unit.revision())
        await reads.close()
        await reads.close()
        return answer

    pool: Any = served.store.engine.pool
    assert asyncio.run(ask_twice()) == 0
    assert pool.checkedout() == 0


def test_connections_are_given_back(served: Served) -> None:
    """After refusals and faults as after answers, all are in the pool."""
    pool: Any = served.store.engine.pool
    for query in ("{ plans { totalCount } }", '{ plans(after: "x") { totalCount } }'):
        post(served.client, query)
    post(served.client, DRAFT, "Bearer cp_wrong")
    served.client.get("/exports/nothing")
    served.client.get("/exports/geojson")
    served.client.get("/readyz")
    assert pool.checkedout() == 0


def test_a_request_sees_one_moment_of_the_store(served: Served) -> None:
    """Fields that resolve at the same time agree with each other."""
    served.add(LOCAL_GROWTH)
    token = served.token(OPERATOR)
    query = " ".join(f"a{n}: plans {{ totalCount }}" for n in range(8))
    data = served.ask(f"{{ {query} }}", token=token)
    assert {each["totalCount"] for each in data.values()} == {1}


def test_parallel_requests_are_each_answered_right(world: Served) -> None:
    """Answers do not mix, nor do the readers they are for."""
    token = world.token(OPERATOR)
    ids = [
        "sample-strategic-semiconductor",
        "sample-local-lacquerware",
        "tokyo-hamura-r3",
        "bureau-draft",
        "odd",
    ]
    public = {ids[0], ids[2], ids[4]}
    query = """query ($id: ID!) { plan(id: $id) { id history { state } }
      plans { totalCount } investmentMap { totals { count } } }"""

    def ask(number: int) -> bool:
        id_, reader = ids[number % 5], token if number % 2 else None
        data = world.ask(query, {"id": id_}, token=reader)
        count = 9 if reader else 7
        found = data["plan"] and data["plan"]["id"]
        return bool(
            found == (id_ if reader or id_ in public else None)
            and data["plans"]["totalCount"] == count
            and data["investmentMap"]["totals"]["count"] == count
        )

    ask(0)
    with ThreadPoolExecutor(20) as pool:
        assert all(pool.map(ask, range(40)))


def test_a_query_may_come_by_get(world: Served) -> None:
    """With the same answer."""
    response = world.client.get(
        "/graphql", params={"query": '{ plan(id: "odd") { edition } }'}
    )
    assert response.json() == {"data": {"plan": {"edition": "1.0"}}}


def test_one_switch_closes_the_schema(world: Served) -> None:
    """Closed, nobody gets the schema, a suggestion, its text or the page."""
    closed = with_settings(world, ide=True, is_open=False)
    for query in (
        "{ __schema { types { name } } }",
        '{ __type(name: "Plan") { name } }',
    ):
        (error, *_) = post(closed, query).json()["errors"]
        assert error["extensions"]["code"] == "BAD_USER_INPUT"
        assert "Plan" not in error["message"]
    for query in (
        "{ plansx { totalCount } }",
        '{ plan(idx: "x") { id } }',
        '{ plan(id: "x") { titl } }',
        "query ($f: PlanFilte) { plans(filter: $f) { totalCount } }",
        "{ plans(orderBy: TITL) { totalCount } }",
        "{ plans(filter: { textt: 1 }) { totalCount } }",
    ):
        errors = post(closed, query).json()["errors"]
        assert not any("Did you mean" in e["message"] for e in errors)
    assert post(closed, "{ __typename }").json() == {"data": {"__typename": "Query"}}
    assert closed.get("/schema.graphql").status_code == 404
    page = closed.get("/graphql", headers={"accept": "text/html"})
    assert "html" not in page.headers["content-type"]
    assert closed.get("/static/graphiql-page/page.js").status_code == 404


def test_an_open_server_tells_its_schema(world: Served) -> None:
    """Introspection, suggestions and the text; the page where it is switched on."""
    assert post(world.client, "{ __schema { queryType { name } } }").json() == {
        "data": {"__schema": {"queryType": {"name": "Query"}}}
    }
    message = post(world.client, "{ plansx }").json()["errors"][0]["message"]
    assert "Did you mean" in message
    text = world.client.get("/schema.graphql")
    assert text.headers["content-type"] == "text/plain; charset=utf-8"
    assert "union PlanDetails =" in text.text
    page = world.client.get("/graphql", headers={"accept": "text/html"})
    assert "html" not in page.headers["content-type"]
    assert world.client.get("/static/graphiql-page/page.js").status_code == 404


def test_the_page_is_for_browsers_where_it_is_switched_on(world: Served) -> None:
    """A program that sends a query to the same address gets its answer."""
    client = with_settings(world, ide=True)
    page = client.get("/graphql", headers={"accept": "text/html,*/*;q=0.8"})
    assert page.status_code in {200, 503}
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert client.get("/static/graphiql-page/page.js").status_code == 200
    query = {"query": "{ __typename }"}
    headers = {"accept": "text/html,application/json"}
    answer = client.get("/graphql", params=query, headers=headers)
    assert answer.json() == {"data": {"__typename": "Query"}}
    assert post(client, "{ __typename }").json() == {"data": {"__typename": "Query"}}


def test_a_rule_that_fails_costs_its_own_answer(world: Served) -> None:
    """The report names it as unchecked; what it raised is for the operator."""

    def fails(*_: Any) -> Any:
        raise RuntimeError("secret")

    first, *others = world.domain.rules
    broken = attrs.evolve(first, check=fails)
    domain = attrs.evolve(world.domain, rules=(broken, *others))
    client = TestClient(create_app(world.store, domain, world.plugins))
    query = """{ checkPlan(id: "sample-strategic-semiconductor") {
      ok unchecked { ruleId plugin reason } } }"""
    report = post(client, query).json()["data"]["checkPlan"]
    told = {"ruleId": first.id, "plugin": first.plugin}
    assert report["unchecked"] == [told | {"reason": None}]
    asked = f"Bearer {world.token(OPERATOR)}"
    report = post(client, query, asked).json()["data"]["checkPlan"]
    assert report["unchecked"] == [told | {"reason": "RuntimeError: secret"}]
