"""The map as a table: nothing lost, nothing that a spreadsheet would run."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import Yen
from clusterplan.core.investments import Certainty
from clusterplan.core.maps import Feature, InvestmentMap
from clusterplan.plugins.builtin.csv_table import COLUMNS, write_csv
from clusterplan.plugins.builtin.geojson import properties_of
from clusterplan.plugins.host import Plugins
from map_cases import Project, Site, draw, mapped

SITES = (
    Site("131211", (139.8, 35.7), 9_007_199_254_740_993),
    Site("010006", None, None),
)


def drawn(**changes: Any) -> InvestmentMap:
    """Return a map of a plan and two sites, all of them with *changes*."""
    plan = mapped(1, [Project("I-1", withheld=False, sites=SITES)])
    features = tuple(attrs.evolve(f, **changes) for f in plan.features)
    return draw([attrs.evolve(plan, features=features)])


def rows(found: InvestmentMap) -> list[dict[str, str]]:
    """Return the rows of the table by the names of its columns."""
    text = "".join(write_csv(found))
    assert text.startswith("\ufeff")
    lines = io.StringIO(text.removeprefix("\ufeff"), newline="")
    return list(csv.DictReader(lines, strict=True))


def test_the_table_has_a_row_a_feature_with_a_point_or_without() -> None:
    """Numbers are plain, truth is a word, what is not known is empty."""
    found = drawn(
        grade=Grade.SERIOUSLY_DELAYED,
        graded_on=dt.date(2026, 9, 30),
        is_stale=True,
        next_due_on=dt.date(2027, 5, 31),
        certainty=Certainty.PLANNED,
    )
    _, located, unlocated = rows(found)
    assert located == {
        "id": "P-1:I-1:1",
        "kind": "investment",
        "plan_id": "P-1",
        "plan_type": "regional_cluster",
        "phase": "in_force",
        "title": "I-1",
        "lon": "139.8",
        "lat": "35.7",
        "precision": "area",
        "area_code": "131211",
        "amount": "9007199254740993",
        "certainty": "planned",
        "fictional": "false",
        "grade": "seriously_delayed",
        "graded_on": "2026-09-30",
        "is_stale": "true",
        "next_due_on": "2027-05-31",
    }
    empty = ("lon", "lat", "amount")
    assert [unlocated[column] for column in empty] == ["", "", ""]
    assert unlocated["area_code"] == "010006"


def test_columns_are_the_properties_of_geojson_with_id_and_point() -> None:
    """The same thing has the same name in every export."""
    (feature, *_) = drawn().points
    assert set(COLUMNS) == {"id", "lon", "lat", *properties_of(feature)}
    assert len(COLUMNS) == len(set(COLUMNS))


@pytest.mark.parametrize(
    "title",
    [
        "=1+1",
        "+81",
        "-1",
        "@SUM(A1)",
        "\t=1",
        " =1",
        "\r\n=1",
        "＝1",
        "＋1",
        "－1",
        "＠a",
    ],
)
def test_a_text_is_no_formula(title: str) -> None:
    """Excel would run what begins with one of these signs."""
    assert {row["title"] for row in rows(drawn(title=title))} == {f"'{title}"}


def test_numbers_below_zero_stay_numbers() -> None:
    """Only texts are held back."""
    _, row, _ = rows(drawn(lon=-1.5, lat=-2.5, amount=Yen(-3)))
    assert (row["lon"], row["lat"], row["amount"]) == ("-1.5", "-2.5", "-3")


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_is_read_as_it_was_written(title: str) -> None:
    """Quotes, commas and line breaks are part of it."""
    (row, *_) = rows(drawn(title=title))
    assert row["title"] in (title, f"'{title}")


def test_an_empty_map_has_the_names_of_the_columns() -> None:
    """Lines end as spreadsheets write them."""
    assert "".join(write_csv(draw([]))) == "\ufeff" + ",".join(COLUMNS) + "\r\n"


def test_the_table_is_written_row_by_row() -> None:
    """Nobody waits for the last row to see the first."""
    found: list[Feature] = [*drawn().points, *drawn().unlocated]
    assert len(list(write_csv(drawn()))) == 1 + len(found)


def test_csv_says_what_it_is(plugins: Plugins) -> None:
    """Key, media type and ending are those of the format; it comes after GeoJSON."""
    exporter = plugins.exporters["csv"]
    assert (exporter.media_type, exporter.suffix, exporter.title) == (
        "text/csv",
        ".csv",
        "CSV",
    )
    assert list(plugins.exporters) == ["geojson", "csv"]
