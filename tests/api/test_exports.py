"""Downloads of the map: the same filters, unchanged ones not sent twice."""

from __future__ import annotations

import csv
import json
from typing import Any

import attrs
import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from clusterplan.api.app import create_app
from clusterplan.core.exports import Exporter
from served import OPERATOR, Served
from stores import LOCAL_GROWTH, REGIONAL, record

ALL = 7


def get(served: Served, token: str | None = None, **parameters: Any) -> Response:
    """Ask for the GeoJSON of a filter."""
    headers = {"authorization": f"Bearer {token}"} if token else {}
    response: Response = served.client.get(
        "/exports/geojson", params=parameters, headers=headers
    )
    return response


def features(response: Response) -> list[dict[str, Any]]:
    """Return the features of an answer."""
    assert response.status_code == 200, response.text
    found: list[dict[str, Any]] = json.loads(response.text)["features"]
    return found


def plans(response: Response) -> set[str]:
    """Return the ids of the plans of an answer."""
    return {f["properties"]["plan_id"] for f in features(response)}


def refusal(response: Response) -> list[tuple[str, str, str | None]]:
    """Return code, reason and pointer of what was wrong; each in two languages."""
    errors = response.json()["errors"]
    assert all(e["message"].isascii() and not e["messageJa"].isascii() for e in errors)
    return [(e["code"], e["reason"], e.get("pointer")) for e in errors]


def test_the_download_is_geojson(world: Served) -> None:
    """RFC 7946: a collection of features, points as longitude and latitude."""
    response = get(world)
    assert response.headers["content-type"] == "application/geo+json; charset=utf-8"
    assert response.headers["content-disposition"] == (
        'attachment; filename="clusterplan-2026-11-21.geojson"'
    )
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["vary"] == "authorization"
    document = json.loads(response.text)
    assert document["type"] == "FeatureCollection"
    assert "crs" not in document
    for feature in document["features"]:
        assert feature["type"] == "Feature"
        assert isinstance(feature["properties"], dict)
        assert feature["geometry"]["type"] == "Point"
        lon, lat = feature["geometry"]["coordinates"]
        assert 122 < lon < 154
        assert 20 < lat < 46
    assert len({f["id"] for f in document["features"]}) == len(document["features"])
    assert len(plans(response)) == ALL


def test_the_download_holds_what_the_map_holds(world: Served) -> None:
    """Every point and what has none, with the same amounts."""
    drawn = world.ask(
        "{ investmentMap { points { id amount } unlocated { id amount } } }"
    )["investmentMap"]
    expected = {p["id"]: p["amount"] for p in drawn["points"] + drawn["unlocated"]}
    found = {f["id"]: f["properties"]["amount"] for f in features(get(world))}
    assert found == expected


def test_the_download_as_a_table_has_the_same_features(world: Served) -> None:
    """UTF-8 with the mark that spreadsheets know it by; the same filters."""
    response = world.client.get("/exports/csv", params={"prefectures": "13"})
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"] == (
        'attachment; filename="clusterplan-2026-11-21.csv"'
    )
    assert response.content.startswith(b"\xef\xbb\xbfid,kind,plan_id,")
    rows = csv.DictReader(response.content.decode("utf-8-sig").splitlines())
    wanted = [f["id"] for f in features(get(world, prefectures="13"))]
    assert [row["id"] for row in rows] == wanted


def test_what_has_no_place_has_no_geometry(served: Served) -> None:
    """It is listed all the same."""
    served.add(REGIONAL, {"/region": ["999999"], "/record": record()})
    found = {f["id"]: f["geometry"] for f in features(get(served))}
    assert found["sample-regional-machine-parts"] is None


@pytest.mark.parametrize(
    ("parameters", "count"),
    [
        ({}, ALL),
        ({"planTypes": "strategic_cluster"}, 1),
        ({"plan_types": "strategic_cluster,regional_cluster"}, 3),
        ({"prefectures": "13"}, 4),
        ({"prefectures": ["13", "43"]}, 5),
        ({"phases": "ended"}, 4),
        ({"phases": "ENDED"}, 4),
        ({"grades": "NO_DATA,delayed"}, ALL),
        ({"grades": "delayed"}, 0),
        ({"text": "羽村"}, 1),
        ({"bureaus": "kyushu"}, 1),
        ({"asOf": "2022-01-01"}, 4),
        ({"asOf": "1999-01-01"}, 0),
        ({"asOf": ""}, ALL),
        ({"knownAt": "2026-01-01T00:00:00+09:00"}, 0),
        ({"knownAt": "2027-01-01T00:00:00Z", "asOf": "2026-06-15"}, 5),
    ],
)
def test_the_filters_are_those_of_the_map(
    world: Served, parameters: dict[str, Any], count: int
) -> None:
    """A filter may come again, or with commas."""
    assert len(plans(get(world, **parameters))) == count


@pytest.mark.parametrize(
    ("parameters", "refused"),
    [
        ({"colour": "red"}, [("BAD_USER_INPUT", "UNKNOWN_FILTER", "/colour")]),
        ({"phases": "done"}, [("BAD_USER_INPUT", "UNKNOWN_VALUE", "/phases")]),
        (
            {"colour": "red", "phases": "done"},
            [
                ("BAD_USER_INPUT", "UNKNOWN_FILTER", "/colour"),
                ("BAD_USER_INPUT", "UNKNOWN_VALUE", "/phases"),
            ],
        ),
        ({"asOf": "令和9年"}, [("BAD_USER_INPUT", "NOT_A_DATE", "/asOf")]),
        ({"asOf": "2027-02-30"}, [("BAD_USER_INPUT", "NOT_A_DATE", "/asOf")]),
        ({"knownAt": "now"}, [("BAD_USER_INPUT", "NOT_A_DATE", "/knownAt")]),
        (
            {"knownAt": "2026-11-21T09:00:00"},
            [("BAD_USER_INPUT", "NAIVE_TIME", "/knownAt")],
        ),
    ],
)
def test_a_bad_filter_is_refused(
    world: Served, parameters: dict[str, Any], refused: list[Any]
) -> None:
    """Everything that is wrong is told at once."""
    response = get(world, **parameters)
    assert response.status_code == 400
    assert refusal(response) == refused


@pytest.mark.parametrize("name", ["xml", "GEOJSON", "geojson.gz", "%2e%2e%2fetc"])
def test_an_unknown_format_is_not_found(world: Served, name: str) -> None:
    """The refusal tells which formats there are."""
    response = world.client.get(f"/exports/{name}")
    assert response.status_code == 404
    if "errors" in response.text:
        assert refusal(response) == [("NOT_FOUND", "UNKNOWN_FORMAT", None)]
        assert "geojson" in response.json()["errors"][0]["hint"]


def test_a_token_that_does_not_work_is_refused(world: Served) -> None:
    """As the API does it."""
    response = get(world, "cp_wrong")
    assert response.status_code == 401
    assert refusal(response) == [("UNAUTHENTICATED", "BAD_TOKEN", None)]


def test_drafts_and_what_is_withheld_leave_as_a_file_for_nobody(world: Served) -> None:
    """A file is passed on: it is the same whoever asks."""
    public = get(world)
    assert "INV-W" not in public.text
    assert "極秘" not in public.text
    assert "draft" not in public.text.lower()
    assert get(world, world.token(OPERATOR)).text == public.text


@pytest.mark.parametrize("phases", ["draft", "DRAFT", "in_force,draft"])
def test_a_download_of_drafts_is_refused(world: Served, phases: str) -> None:
    """With the phases that can be asked for, whoever asks."""
    response = get(world, world.token(OPERATOR), phases=phases)
    (problem,) = response.json()["errors"]
    assert refusal(response) == [
        ("BAD_USER_INPUT", "DRAFTS_ARE_NOT_EXPORTED", "/phases")
    ]
    assert (problem["ruleId"], problem["hint"]) == (
        "MAP-01",
        "in_review, in_force, ended",
    )


@pytest.mark.parametrize("form", ["{}", "*", '"other", {}', "{}, W/x", "strong"])
def test_an_unchanged_download_is_not_sent_again(world: Served, form: str) -> None:
    """A client that has it is told so, in every form that HTTP knows."""
    tag = get(world).headers["etag"]
    given = tag.removeprefix("W/") if form == "strong" else form.format(tag)
    response = world.client.get("/exports/geojson", headers={"if-none-match": given})
    assert (response.status_code, response.content) == (304, b"")
    assert response.headers["etag"] == tag
    other = world.client.get("/exports/geojson", headers={"if-none-match": '"x", W/y'})
    assert other.status_code == 200


def test_a_write_changes_the_download(served: Served) -> None:
    """What a client has is then old."""
    served.add(REGIONAL, {"/record": record()})
    tag = get(served).headers["etag"]
    assert get(served).headers["etag"] == tag
    assert get(served, planTypes="regional_cluster").headers["etag"] != tag
    served.add(LOCAL_GROWTH, {"/record": record()})
    response = served.client.get("/exports/geojson", headers={"if-none-match": tag})
    assert response.headers["etag"] != tag
    assert len(plans(response)) == 2


def test_a_format_of_a_plugin_is_written_piece_by_piece(world: Served) -> None:
    """Whatever it yields, in its own media type."""
    exporter = Exporter(
        key="lines",
        media_type="text/x-lines",
        suffix=".txt",
        title="行",
        write=lambda drawn: (f"{p.title}\n" for p in drawn.points),
    )
    plugins = attrs.evolve(world.plugins, exporters={"lines": exporter})
    client = TestClient(create_app(world.store, world.domain, plugins))
    with client.stream("GET", "/exports/lines") as response:
        assert response.headers["content-type"] == "text/x-lines; charset=utf-8"
        assert "content-length" not in response.headers
        text = response.read().decode()
    assert "羽村市地域産業活性化計画\n" in text


def test_only_reading_is_allowed(world: Served) -> None:
    """A download is asked for by GET or HEAD."""
    assert world.client.post("/exports/geojson").status_code == 405
    head = world.client.head("/exports/geojson")
    assert (head.status_code, head.content) == (200, b"")


def test_a_store_that_does_not_answer_is_unavailable(served: Served) -> None:
    """503, and no word of SQL."""
    with served.store.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE cp_standing RENAME TO gone")
    response = get(served)
    assert response.status_code == 503
    assert refusal(response) == [("UNAVAILABLE", "STORE_UNAVAILABLE", None)]
