"""The application is configured by environment variables."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from clusterplan.asgi import create

SCHEMA = {"query": "{ __schema { queryType { name } } }"}


@pytest.mark.parametrize(
    ("settings", "ide", "is_open"),
    [
        ({}, False, True),
        ({"CLUSTERPLAN_IDE": "1"}, True, True),
        ({"CLUSTERPLAN_IDE": "0", "CLUSTERPLAN_CLOSED": "0"}, False, True),
        ({"CLUSTERPLAN_IDE": "1", "CLUSTERPLAN_CLOSED": "1"}, False, False),
    ],
)
def test_switches_come_from_the_environment(
    settings: dict[str, str],
    *,
    ide: bool,
    is_open: bool,
    sqlite_url: str,
) -> None:
    """GraphiQL is off unless told; what is closed tells nothing of the schema."""
    app = create({"CLUSTERPLAN_DATABASE": sqlite_url, **settings})
    with TestClient(app) as client:
        assert client.get("/readyz").json()["status"] == "ok"
        page = client.get("/graphql", headers={"Accept": "text/html"})
        assert ("<html" in page.text) is ide
        assert (client.get("/schema.graphql").status_code == 200) is is_open
        answer = client.post("/graphql", json=SCHEMA).json()
        assert ("errors" not in answer) is is_open
