"""Whatever is sent to the endpoint, it refuses soon and answers the next one."""

from __future__ import annotations

import json
from typing import Any

import pytest
import strawberry
from hypothesis import example, given, settings
from hypothesis import strategies as st
from starlette.testclient import TestClient
from strawberry.scalars import JSON

from clusterplan.api.limits import Limits, extensions
from clusterplan.api.masking import QuietSchema
from clusterplan.api.transport import HardenedGraphQL

GRAPHQL_JSON = "application/graphql-response+json"


@strawberry.type
class Query:
    """What can be asked in too many ways."""

    @strawberry.field
    def word(self) -> str:
        """Return a word."""
        return "言葉"

    @strawberry.field
    def echo(self, document: JSON) -> JSON:
        """Return *document*."""
        return document


def make_client() -> TestClient:
    """Return a client of an endpoint with the default limits."""
    schema = QuietSchema(Query, extensions=extensions(Limits()))
    endpoint: HardenedGraphQL[Any, Any] = HardenedGraphQL(schema)
    return TestClient(endpoint, raise_server_exceptions=False)


CLIENT = make_client()


ATTACKS = {
    "aliases": "{" + " ".join(f"a{n}:word" for n in range(1000)) + "}",
    "tokens": "{" + "word " * 18_000 + "}",
    "duplicates": "{" + "word " * 1_900 + "}",
    "unused fragments": "{word}"
    + "".join(f"fragment F{n} on Query{{word}}" for n in range(280)),
    "operations": "query Q{word}" * 300,
    "characters": "{word}" + "," * 90_000,
    "comments": "#" * 90_000,
    "depth": "{a" * 500 + "}" * 500,
    "deep literal": "{echo(document:" + "[" * 900 + "]" * 900 + ")}",
    "deep type": "query($v:" + "[" * 900 + "Int" + "]" * 900 + "){word}",
    "long name": "{" + "x" * 19_000 + "}",
    "directives": "{word " + "@x" * 10 + "}",
    "many directives": "{" + "word @skip(if:false) " * 60 + "}",
    "circle": "{...A} fragment A on Query{...B} fragment B on Query{...A}",
    "bomb": "{...F0}"
    + "".join(f"fragment F{n} on Query{{...F{n + 1} ...F{n + 1}}}" for n in range(60))
    + "fragment F60 on Query{a:word}",
    "introspection": "{__schema{types{fields{type{fields{type{fields{type{fields{"
    "name}}}}}}}}}}",
    "overlap": "{"
    + "".join(f"...F{n} " for n in range(40))
    + "}"
    + "".join(f"fragment F{n} on Query{{x:word x:echo}}" for n in range(40)),
    "surrogate": '{echo(document:"\\uD800")}',
    "infinite number": "{echo(document:[{a:1e999}])}",
    "long fraction": "{echo(document:" + "9" * 400 + ".0)}",
    "long number": "{echo(document:" + "9" * 5_000 + ")}",
    "long page": "{word(first:-" + "9" * 5_000 + ")}",
    "nul": "{word\0}",
}


def assert_alive() -> None:
    """Check that the endpoint still answers."""
    response = CLIENT.post("/", json={"query": "{__typename}"})
    assert response.json() == {"data": {"__typename": "Query"}}


def assert_refused(body: dict[str, Any]) -> None:
    """Check that *body* refuses in a few readable words."""
    assert "data" not in body
    assert 1 <= len(body["errors"]) <= 20
    for error in body["errors"]:
        assert error["extensions"]["code"] in {"BAD_USER_INPUT", "LIMIT_EXCEEDED"}
        assert error["extensions"]["reason"]
        assert error["extensions"]["messageJa"]
        assert len(error["message"]) <= 300


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_by_the_shape_of_a_query_is_refused_soon(attack: str) -> None:
    """The answer is short and comes at once, and the server answers the next one."""
    response = CLIENT.post(
        "/", json={"query": ATTACKS[attack]}, headers={"accept": GRAPHQL_JSON}
    )
    assert response.status_code == 400
    assert_refused(response.json())
    assert_alive()


@pytest.mark.parametrize("attack", ATTACKS)
def test_an_attack_by_get_is_refused_alike(attack: str) -> None:
    """As much of the query as fits into an address is refused by the same rules."""
    query = ATTACKS[attack][:21_000]
    response = CLIENT.get("/", params={"query": query}, headers={"accept": "*/*"})
    assert response.status_code == 200
    assert_refused(response.json())
    assert_alive()


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.text(max_size=5), inner, max_size=3)
    ),
    max_leaves=8,
)
texts = st.text() | st.text('{}()[]!:=@$.abfnoquery \\"#1-', max_size=80)
bodies = st.fixed_dictionaries(
    {},
    optional={
        "query": texts | values,
        "variables": values,
        "operationName": values,
        "extensions": values,
    },
)


@settings(max_examples=200, deadline=None)
@given(bodies.map(json.dumps).map(str.encode) | values.map(json.dumps).map(str.encode))
@example(b"")
@example(b'{"query":"{echo(document:-1e999)}"}')
@example(b'{"query":"query($d:JSON!){echo(document:$d)}","variables":{"d":1.50}}')
def test_no_body_of_json_ends_in_a_fault(body: bytes) -> None:
    """What is JSON is answered, or refused as the client's mistake."""
    assert_answered(body)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200))
def test_no_body_of_bytes_ends_in_a_fault(body: bytes) -> None:
    """What is not JSON is refused as the client's mistake."""
    assert_answered(body)


def assert_answered(body: bytes) -> None:
    """Check that *body* gets data or a refusal, in either media type."""
    for accept in ("application/json", GRAPHQL_JSON):
        headers = {"content-type": "application/json", "accept": accept}
        response = CLIENT.post("/", content=body, headers=headers)
        assert response.status_code in {200, 400}
        if "errors" in response.json():
            assert_refused(response.json())
