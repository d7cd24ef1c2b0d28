"""Which media types are read, and which are answered in."""

from __future__ import annotations

import pytest

from clusterplan.api.negotiation import GRAPHQL_JSON, JSON, is_json, preferred


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, JSON),
        ("", JSON),
        ("*/*", JSON),
        ("application/*", JSON),
        ("application/json", JSON),
        ("application/json; charset=utf-8", JSON),
        ("APPLICATION/JSON", JSON),
        ("application/graphql-response+json", GRAPHQL_JSON),
        ("application/graphql-response+json, application/json;q=0.9", GRAPHQL_JSON),
        ("application/json;q=0.9, application/graphql-response+json", GRAPHQL_JSON),
        ("application/json, application/graphql-response+json", GRAPHQL_JSON),
        ("application/json, application/graphql-response+json;q=0.5", JSON),
        ("application/graphql-response+json, */*", GRAPHQL_JSON),
        ("application/json, */*", JSON),
        ("application/json;q=0, */*", GRAPHQL_JSON),
        ("text/html, */*;q=0.1", JSON),
        (
            (
                "application/graphql-response+json, application/graphql+json,"
                " application/json, text/event-stream, multipart/mixed"
            ),
            GRAPHQL_JSON,
        ),
        ("text/html", None),
        ("application/json;q=0", None),
        ("application/json;q=many", None),
        ("application/json;q=nan", None),
        ("*/*;q=0", None),
        ("application/jsonx", None),
        (";;;,,,", None),
    ],
)
def test_the_answer_is_in_the_type_that_the_client_likes_best(
    accept: str | None, expected: str | None
) -> None:
    """Quality comes first, then exactness; without a wish the answer is JSON."""
    assert preferred(accept) == expected


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/json", True),
        ("application/json; charset=utf-8", True),
        ('Application/JSON;charset="UTF-8"', True),
        ("application/json; profile=x", True),
        ("application/json; charset=utf-16", False),
        ("application/jsonx", False),
        ("text/plain, application/json", False),
        ("application/json, text/plain", False),
        ("text/plain; application/json", False),
        ("application/x-www-form-urlencoded", False),
        ("", False),
    ],
)
def test_only_json_in_utf_8_is_read(content_type: str, *, expected: bool) -> None:
    """The type is compared whole: a part of it is not enough."""
    assert is_json(content_type) is expected
