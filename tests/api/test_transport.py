"""The endpoint over HTTP: what it reads, how it answers, and that nothing breaks it."""

from __future__ import annotations

import gzip
import json
import logging
from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
import strawberry
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.testclient import TestClient
from strawberry.scalars import JSON
from strawberry.schema.config import StrawberryConfig

from clusterplan.api.limits import Limits, extensions
from clusterplan.api.masking import QuietSchema
from clusterplan.api.transport import HardenedGraphQL
from clusterplan.core.errors import ErrorCode, PlanError, Problem

GRAPHQL_JSON = "application/graphql-response+json"
LIMITS = Limits(body_bytes=100_000)


@strawberry.type
class Query:
    """Three things to read."""

    @strawberry.field
    def word(self) -> str:
        """Return what every test may ask."""
        return "言葉𠮷"

    @strawberry.field
    def kinds(self, document: JSON) -> list[str]:
        """Return the Python types and texts in *document*."""
        assert isinstance(document, list)
        return [f"{type(value).__name__} {value}" for value in document]

    @strawberry.field
    def fails(self) -> str:
        """Fail at a field that must not be null."""
        raise RuntimeError("secret")


@strawberry.type
class Mutation:
    """One thing to change."""

    @strawberry.mutation
    def touch(self, info: strawberry.Info[dict[str, Any]]) -> bool:
        """Remember that it was called."""
        info.context["touched"].append(True)
        return True


class Endpoint(HardenedGraphQL[dict[str, Any], None]):
    """An application's endpoint: it has a context, which may refuse."""

    touched: list[bool]

    async def get_context(self, request: Any, response: Any) -> dict[str, Any]:
        """Refuse by the header that the test sends, or hand on the request."""
        match request.headers.get("x-test"):
            case "stranger":
                raise PlanError(
                    Problem(
                        code=ErrorCode.UNAUTHENTICATED,
                        reason="TOKEN_UNKNOWN",
                        message_ja="トークンが無効です。",
                        message_en="The token is not known.",
                    )
                )
            case "fault":
                raise RuntimeError("secret")
            case "teapot":
                raise HTTPException(418)
        return {"request": request, "response": response, "touched": self.touched}


@pytest.fixture
def endpoint() -> Endpoint:
    """Return an endpoint that keeps the limits of this module."""
    schema = QuietSchema(
        Query,
        mutation=Mutation,
        extensions=extensions(LIMITS),
        config=StrawberryConfig(),
    )
    endpoint = Endpoint(schema, limits=LIMITS)
    endpoint.touched = []
    return endpoint


@pytest.fixture
def client(endpoint: Endpoint) -> Iterator[TestClient]:
    """Return a client of the endpoint."""
    app = Starlette(routes=[Route("/graphql", endpoint)])
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


def post(client: TestClient, body: object, **headers: str) -> httpx2.Response:
    """Send *body*, as JSON unless it is bytes already."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    sent = {"content-type": "application/json"}
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/graphql", content=content, headers=sent)


def reason(response: httpx2.Response) -> str:
    """Return the reason of the one error that *response* holds, checked for form."""
    assert response.headers["x-content-type-options"] == "nosniff"
    body = response.json()
    assert "data" not in body
    (error,) = body["errors"]
    facts = error["extensions"]
    assert error["message"]
    assert facts["messageJa"]
    assert facts["code"]
    return str(facts["reason"])


def assert_alive(client: TestClient) -> None:
    """Check that the endpoint still answers."""
    response = post(client, {"query": "{__typename}"})
    assert response.json() == {"data": {"__typename": "Query"}}


def test_a_query_is_answered_by_post_and_by_get(client: TestClient) -> None:
    """Characters travel as they are, in UTF-8."""
    expected = {"data": {"word": "言葉𠮷"}}
    response = post(client, {"query": "{word}"})
    assert (response.status_code, response.json()) == (200, expected)
    assert "言葉𠮷" in response.content.decode()
    assert response.headers["content-type"] == "application/json; charset=utf-8"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["vary"] == "accept"
    response = client.get("/graphql?query={word}&variables=&operationName=")
    assert (response.status_code, response.json()) == (200, expected)


def test_variables_travel_by_get_as_json(client: TestClient) -> None:
    """They are read as strictly as a body is."""
    query = "query($d:JSON!){kinds(document:$d)}"
    response = client.get(
        "/graphql", params={"query": query, "variables": '{"d":[1, 1.10]}'}
    )
    assert response.json() == {"data": {"kinds": ["int 1", "ExactFloat 1.10"]}}
    bad = client.get("/graphql", params={"query": query, "variables": "{"})
    assert (bad.status_code, reason(bad)) == (400, "JSON_MALFORMED")


def test_numbers_in_a_document_keep_their_digits(client: TestClient) -> None:
    """A scalar that takes any JSON gets each number as it was written."""
    body = (
        b'{"query":"query($d:JSON!){kinds(document:$d)}","variables":'
        b'{"d":[12345678901234567890, 0.10000000000000000001, 1E2]}}'
    )
    assert post(client, body).json()["data"]["kinds"] == [
        "int 12345678901234567890",
        "ExactFloat 0.10000000000000000001",
        "ExactFloat 1E2",
    ]


@pytest.mark.parametrize(
    "query", ["{", "{nothing}", "query($d:JSON!){kinds(document:$d)}"]
)
def test_a_request_error_has_the_status_of_its_media_type(
    client: TestClient, query: str
) -> None:
    """The newer type answers 400, the older one 200, and neither has data."""
    newer = post(client, {"query": query}, accept=GRAPHQL_JSON)
    older = post(client, {"query": query}, accept="application/json")
    assert (newer.status_code, older.status_code) == (400, 200)
    assert newer.headers["content-type"] == f"{GRAPHQL_JSON}; charset=utf-8"
    assert newer.json() == older.json()
    assert reason(newer)


def test_a_field_error_is_a_result(client: TestClient) -> None:
    """What was begun is answered with data, if only with null."""
    response = post(client, {"query": "{fails}"}, accept=GRAPHQL_JSON)
    assert response.status_code == 200
    assert response.json()["data"] is None
    assert response.json()["errors"][0]["extensions"]["code"] == "INTERNAL"
    assert "secret" not in response.text


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"])
def test_other_methods_are_refused_with_those_that_work(
    client: TestClient, method: str
) -> None:
    """The header Allow names them."""
    response = client.request(method, "/graphql")
    assert (response.status_code, reason(response)) == (405, "METHOD_NOT_ALLOWED")
    assert response.headers["allow"] == "GET, POST"


def test_a_mutation_needs_post(client: TestClient, endpoint: Endpoint) -> None:
    """A link cannot change anything."""
    response = client.get("/graphql?query=mutation{touch}")
    assert (response.status_code, reason(response)) == (405, "MUTATION_BY_GET")
    assert response.headers["allow"] == "POST"
    assert endpoint.touched == []
    assert post(client, {"query": "mutation{touch}"}).json()["data"] == {"touch": True}
    assert endpoint.touched == [True]


def test_a_subscription_is_told_to_go_elsewhere(client: TestClient) -> None:
    """It has no end to answer with, by either method."""
    for response in (
        post(client, {"query": "subscription{x}"}),
        client.get("/graphql?query=subscription{x}"),
    ):
        assert (response.status_code, reason(response)) == (
            400,
            "SUBSCRIPTION_NOT_HERE",
        )


@pytest.mark.parametrize(
    "content_type",
    [
        "text/plain",
        "application/jsonx",
        "text/plain, application/json",
        "application/json; charset=utf-16",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/graphql",
    ],
)
def test_a_body_of_another_type_changes_nothing(
    client: TestClient, endpoint: Endpoint, content_type: str
) -> None:
    """A form on a foreign page cannot send what is read here."""
    response = post(client, {"query": "mutation{touch}"}, content_type=content_type)
    assert (response.status_code, reason(response)) == (415, "CONTENT_TYPE")
    assert endpoint.touched == []


def test_a_body_without_a_type_is_refused(client: TestClient) -> None:
    """The type is never guessed."""
    response = client.post("/graphql", content=b'{"query":"{word}"}')
    assert (response.status_code, reason(response)) == (415, "CONTENT_TYPE")


def test_a_compressed_body_is_refused(client: TestClient) -> None:
    """It could be a thousand times as large as it seems."""
    body = gzip.compress(b'{"query":"{word}"}')
    response = post(client, body, content_encoding="gzip")
    assert (response.status_code, reason(response)) == (415, "CONTENT_ENCODING")
    assert reason(post(client, body)) == "JSON_NOT_UTF8"


def test_an_answer_that_nobody_wants_is_not_given(client: TestClient) -> None:
    """A client that takes neither type is told which there are."""
    response = post(client, {"query": "{word}"}, accept="text/html")
    assert (response.status_code, reason(response)) == (406, "NOT_ACCEPTABLE")
    assert client.get("/graphql", headers={"accept": "text/html"}).status_code == 406


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"", "JSON_MALFORMED"),
        (b"5", "BODY_NOT_AN_OBJECT"),
        (b'"x"', "BODY_NOT_AN_OBJECT"),
        (b"null", "BODY_NOT_AN_OBJECT"),
        (b"true", "BODY_NOT_AN_OBJECT"),
        (b'[{"query":"{word}"}]', "BODY_NOT_AN_OBJECT"),
        (b"{}", "BAD_PARAMETER"),
        (b'{"query":null}', "BAD_PARAMETER"),
        (b'{"query":""}', "BAD_PARAMETER"),
        (b'{"query":5}', "BAD_PARAMETER"),
        (b'{"query":["{word}"]}', "BAD_PARAMETER"),
        (b'{"query":"{word}","variables":[]}', "BAD_PARAMETER"),
        (b'{"query":"{word}","variables":"x"}', "BAD_PARAMETER"),
        (b'{"query":"{word}","extensions":0}', "BAD_PARAMETER"),
        (b'{"query":"{word}","operationName":false}', "BAD_PARAMETER"),
        (b'{"query":"{word}\xff"}', "JSON_NOT_UTF8"),
        ('{"query":"{word}"}'.encode("utf-16"), "JSON_NOT_UTF8"),
        (b'{"query":"{word}","variables":{"n":NaN}}', "JSON_NOT_A_NUMBER"),
        (b'{"query":"{word}","variables":{"n":-Infinity}}', "JSON_NOT_A_NUMBER"),
        (
            b'{"query":"{word}","variables":{"n":' + b"9" * 5000 + b"}}",
            "JSON_NUMBER_TOO_LARGE",
        ),
        (
            b'{"query":"{word}","variables":'
            + b'{"a":' * 15_000
            + b"1"
            + b"}" * 15_001,
            "JSON_TOO_DEEP",
        ),
        (b'{"query":"{word}","extensions":' + b"[" * 90_000, "JSON_TOO_DEEP"),
        (b'{"query":"{word}","variables":{"n":"\\udc00"}}', "JSON_LONE_SURROGATE"),
    ],
)
def test_a_malformed_body_is_refused_and_the_server_goes_on(
    client: TestClient, body: bytes, expected: str
) -> None:
    """Nothing that can be sent ends in a fault of the server."""
    response = post(client, body)
    assert (response.status_code, reason(response)) == (400, expected)
    assert_alive(client)


def test_unknown_members_are_passed_over(client: TestClient) -> None:
    """Clients add their own; null is as good as absent."""
    body: dict[str, object] = {
        "query": "{word}",
        "variables": None,
        "extensions": {},
        "persisted": [1],
    }
    body["operationName"] = None
    assert post(client, body).status_code == 200


def test_an_operation_must_be_in_the_document(client: TestClient) -> None:
    """The name is looked for, and a document without operations has none."""
    for query, name in (
        ("query A{word}", "B"),
        ("fragment F on Query{word}", None),
    ):
        body = {"query": query, "operationName": name}
        response = post(client, body, accept=GRAPHQL_JSON)
        assert (response.status_code, reason(response)) == (400, "UNKNOWN_OPERATION")


def test_a_body_may_not_be_larger_than_the_limit(client: TestClient) -> None:
    """Its header is believed when it claims too much, and counted when it does not."""
    response = post(client, b" " * 100_001)
    assert (response.status_code, reason(response)) == (413, "BODY_TOO_LARGE")

    def endless() -> Iterator[bytes]:
        for _ in range(1000):
            yield b" " * 1000

    response = client.post(
        "/graphql", content=endless(), headers={"content-type": "application/json"}
    )
    assert (response.status_code, reason(response)) == (413, "BODY_TOO_LARGE")
    assert_alive(client)


def test_the_application_may_refuse_before_anything_runs(client: TestClient) -> None:
    """Its refusal is answered like any other."""
    response = post(client, {"query": "{word}"}, x_test="stranger")
    assert (response.status_code, reason(response)) == (401, "TOKEN_UNKNOWN")
    assert post(client, {"query": "{word}"}, x_test="teapot").status_code == 418


def test_a_fault_outside_of_graphql_is_answered_and_logged(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """The client gets the neutral text, the operator the traceback."""
    caplog.set_level(logging.ERROR, "clusterplan")
    response = post(client, {"query": "{word}"}, x_test="fault")
    assert (response.status_code, reason(response)) == (500, "INTERNAL_ERROR")
    assert "secret" not in response.text
    (record,) = caplog.records
    assert record.exc_info
    assert_alive(client)


def test_a_visit_without_a_query_is_told_what_is_wanted(client: TestClient) -> None:
    """The endpoint itself has no page for browsers."""
    response = client.get("/graphql")
    assert (response.status_code, reason(response)) == (400, "BAD_PARAMETER")
    assert client.get("/graphql", headers={"accept": "text/html"}).status_code == 406
