"""Pages, files and signs of life; nothing that is served needs the internet."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clusterplan.api.app import MAP_DIRECTORY
from clusterplan.api.graphiql import PAGE_DIRECTORY
from served import Served

OWN_FILES = sorted(
    path
    for directory in (MAP_DIRECTORY, PAGE_DIRECTORY)
    for path in directory.rglob("*")
    if path.suffix in {".html", ".js", ".css", ".svg"}
)
NAMESPACES = ("http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink")
OUTSIDE = re.compile(r"""(?:https?|wss?|ftp)://[^\s"'`<>)]+|["'(]//[a-z0-9-]+\.""")


@pytest.mark.parametrize("path", OWN_FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_no_file_of_ours_names_an_outside_address(path: Path) -> None:
    """A page that a person sees loads nothing from the internet."""
    found = OUTSIDE.findall(path.read_text(encoding="utf-8"))
    outside = [address for address in found if not address.startswith(NAMESPACES)]
    assert outside == []


def test_the_pattern_for_outside_addresses_finds_them() -> None:
    """Scripts, styles and protocol-relative addresses alike."""
    for text in (
        '<script src="https://unpkg.com/x.js">',
        "@import url(//fonts.example/x.css)",
        'fetch("wss://example.org")',
        "<img src='//a.tile.example/1.png'>",
    ):
        assert OUTSIDE.search(text), text
    assert not OUTSIDE.search("// a comment")


def test_the_map_page_is_served_with_the_headers_of_a_page(world: Served) -> None:
    """Scripts come from here alone, and no other page may frame it."""
    response = world.client.get("/")
    assert response.status_code == 200
    assert response.headers["content-type"] == "text/html; charset=utf-8"
    policy = response.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'none'" in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert "<script>" not in response.text


def test_every_file_that_the_map_page_names_is_served(world: Served) -> None:
    """Links, scripts and what the scripts import."""
    page = world.client.get("/").text
    named = set(re.findall(r'(?:src|href)="(static/[^"]+)"', page))
    assert {"static/map/main.js", "static/leaflet/leaflet.js"} <= named
    for name in named:
        response = world.client.get(f"/{name}")
        assert response.status_code == 200, name
        assert response.headers["x-content-type-options"] == "nosniff"
        assert "content-security-policy" in response.headers
    for path in MAP_DIRECTORY.glob("*.js"):
        response = world.client.get(f"/static/map/{path.name}")
        assert "javascript" in response.headers["content-type"]
        for name in re.findall(r'from "\./([^"]+)"', response.text):
            assert world.client.get(f"/static/map/{name}").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/static/map/unheard-of.js",
        "/static/map/../../app.py",
        "/static/map/..%2f..%2fapp.py",
        "/static/map//etc/passwd",
        "/static/leaflet/%2e%2e/%2e%2e/",
        "/static/",
        "/unheard-of",
        "/schema.graphql/x",
    ],
)
def test_what_is_no_file_of_a_page_is_not_found(world: Served, address: str) -> None:
    """No address leads out of the directories."""
    assert world.client.get(address).status_code == 404


def test_the_boundaries_are_served_and_may_be_kept(world: Served) -> None:
    """A day, since they change once a year."""
    response = world.client.get("/static/boundaries.topojson")
    assert response.headers["content-type"] == "application/json"
    assert response.headers["cache-control"] == "public, max-age=86400"
    assert response.headers["x-content-type-options"] == "nosniff"
    assert json.loads(response.content)["type"] == "Topology"
    again = world.client.get(
        "/static/boundaries.topojson",
        headers={"if-none-match": response.headers["etag"]},
    )
    assert again.status_code in {200, 304}


def test_the_server_tells_that_it_lives_and_is_ready(served: Served) -> None:
    """Ready means that the database answers; it tells how far the log is."""
    assert served.client.get("/healthz").json() == {"status": "ok"}
    assert served.client.get("/readyz").json() == {"status": "ok", "revision": 0}
    served.add()
    assert served.client.get("/readyz").json() == {"status": "ok", "revision": 1}


@pytest.mark.parametrize("how", ["gone", "a directory", "something else"])
def test_without_its_database_the_server_lives_but_is_not_ready(
    served: Served, how: str
) -> None:
    """A balancer sends requests elsewhere; the reason is for the operator."""
    served.store.engine.dispose()
    path = Path(str(served.store.engine.url.database))
    for each in path.parent.glob("plans.db*"):
        each.unlink()
    if how == "a directory":
        path.mkdir()
    if how == "something else":
        path.write_bytes(b"no database" * 1000)
    response = served.client.get("/readyz")
    assert response.status_code == 503
    body = response.json()
    assert body["status"] == "unavailable"
    assert body["reason"] in {
        "STORE_UNAVAILABLE",
        "CANNOT_OPEN_DATABASE",
        "NOT_A_DATABASE",
    }
    assert served.client.get("/healthz").status_code == 200


def test_the_application_starts_and_stops_without_closing_the_store(
    served: Served,
) -> None:
    """Whoever opened the store closes it."""
    with served.client as client:
        assert client.get("/readyz").status_code == 200
    with served.store.read() as unit:
        assert unit.revision() == 0


def test_the_api_and_the_files_answer_only_to_their_methods(world: Served) -> None:
    """Anything else is refused with what is allowed."""
    for address in ("/", "/healthz", "/readyz", "/schema.graphql"):
        response = world.client.post(address)
        assert response.status_code == 405
        assert "GET" in response.headers["allow"]
