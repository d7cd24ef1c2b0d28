"""The map page carries lists of its own, which agree with the reference data."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path

from clusterplan.api.app import MAP_DIRECTORY

REFERENCE = resources.files("clusterplan.reference")
PREFECTURE = re.compile(
    r'\{ code: "(\d+)", ja: "(.+?)", en: "(.+?)", lat: ([\d.]+), lon: ([\d.]+) \}'
)
CATEGORY = re.compile(r'^  (\w+): \["(.+?)", "(.+?)"\],$', re.MULTILINE)
TEXT_KEY = re.compile(r'^  "?([\w.]+)"?: [\[{]', re.MULTILINE)
USED_KEY = re.compile(r"""\bt\("(\w+)"|data-(?:text|label|placeholder)="(\w+)\"""")
OUTSIDE = re.compile(r"(?i)\b(?:https?:)?//[\w-]+\.[a-z]{2,}")


def rows(name: str) -> Iterator[dict[str, str]]:
    """Yield the rows of a list of the package."""
    yield from csv.DictReader((REFERENCE / name).read_text("utf-8").splitlines())


def page_file(name: str) -> str:
    """Return a file of the map page."""
    return (MAP_DIRECTORY / name).read_text("utf-8")


def test_prefectures_agree_with_the_reference_data() -> None:
    """Codes, both names and places of all 47, in order."""
    own = [
        (code, ja, en, float(lat), float(lon))
        for code, ja, en, lat, lon in PREFECTURE.findall(page_file("prefectures.js"))
    ]
    assert own == [
        (
            row["lg_code6"],
            row["name_ja"],
            row["name_en"],
            float(row["centroid_lat"]),
            float(row["centroid_lon"]),
        )
        for row in rows("prefectures.csv")
    ]
    assert len(own) == 47


def test_categories_of_measures_agree_with_the_reference_data() -> None:
    """Every key has both of its titles, and there is no other key."""
    own = {
        key: (ja, en) for key, ja, en in CATEGORY.findall(page_file("categories.js"))
    }
    assert own == {
        row["category_key"]: (row["category_ja"], row["category_en"])
        for row in rows("measure_categories.csv")
    }


def test_every_text_that_the_page_names_is_there() -> None:
    """A key without a text would stop the page."""
    known = set(TEXT_KEY.findall(page_file("texts.js")))
    files = [*MAP_DIRECTORY.glob("*.js"), MAP_DIRECTORY / "index.html"]
    used = {
        one or other
        for path in files
        for one, other in USED_KEY.findall(path.read_text("utf-8"))
    }
    assert len(used) > 40
    assert used <= known


def test_the_first_words_of_the_page_are_those_of_its_texts() -> None:
    """What is read before the scripts run does not change when they have run."""
    texts = page_file("texts.js")
    html = page_file("index.html")
    for key, shown in re.findall(r'data-text="(\w+)"[^>]*>([^<]+)<', html):
        assert re.search(rf'^  {key}: \[\s*"{re.escape(shown)}"', texts, re.MULTILINE)
    for key, shown in re.findall(r'data-placeholder="(\w+)" placeholder="(.+?)"', html):
        assert re.search(rf'^  {key}: \["{re.escape(shown)}"', texts, re.MULTILINE)


def test_the_page_names_no_outside_address() -> None:
    """Namespaces of XML are names, not addresses."""
    for path in sorted(Path(MAP_DIRECTORY).iterdir()):
        text = path.read_text("utf-8").replace("http://www.w3.org/2000/svg", "")
        assert OUTSIDE.findall(text) == [], path.name
