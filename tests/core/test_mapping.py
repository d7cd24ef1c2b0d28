"""What a plan puts on the map is made from its text, its investments and the lists."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.investments import Certainty, Precision
from clusterplan.core.mapping import map_content, shares
from clusterplan.core.maps import FeatureKind, MapContent
from clusterplan.core.reference import ReferenceData
from stores import STRATEGIC, MakePlanFile

SITE = "/investments/0/sites/0"


@pytest.fixture
def content_of(plan_file: MakePlanFile, reference: ReferenceData) -> Any:
    """Return a function that makes the content of the sample after changes."""

    def content(changes: dict[str, Any] | None = None) -> MapContent:
        file = plan_file(STRATEGIC, changes)
        return map_content(file.plan, file.defined(), reference)

    return content


def test_a_plan_and_its_sites_are_places(content_of: Any) -> None:
    """The plan stands in the first area of its region, a site where it is built."""
    content = content_of()
    plan, site = content.places
    assert (plan.id, plan.kind, plan.precision) == (
        "sample-strategic-semiconductor",
        FeatureKind.PLAN,
        Precision.AREA,
    )
    assert (plan.area_code, plan.amount, plan.is_located) == ("430005", None, True)
    assert site.id == "sample-strategic-semiconductor:SAMPLE-INV-1:1"
    assert (site.lon, site.lat, site.area_code) == (130.8, 32.9, "434043")
    assert (site.amount, site.certainty) == (100_000_000_000, Certainty.ANNOUNCED)
    assert content.prefectures == ("410004", "430005")
    assert content.areas == content.prefectures


def test_a_site_without_a_point_stands_in_its_municipality(
    content_of: Any, reference: ReferenceData
) -> None:
    """Where the text has no point the area's is taken, and told to be no better."""
    area = reference.areas["434043"]  # type: ignore[index]
    bare = {SITE: {"municipality": "434043", "precision": "site"}}
    _, site = content_of(bare).places
    assert (site.lon, site.lat) == (area.lon, area.lat)
    assert site.precision is Precision.MUNICIPALITY
    _, site = content_of({SITE: {"municipality": "430005"}}).places
    assert site.precision is Precision.PREFECTURE


@pytest.mark.parametrize(
    "changes",
    [
        {SITE: {"municipality": "999999", "precision": "site"}},
        {SITE: {"lon": "130.8", "precision": "site"}},
        {SITE: {"lat": "32.9", "precision": "site"}},
    ],
)
def test_a_site_that_is_nowhere_has_no_point(
    content_of: Any, changes: dict[str, Any]
) -> None:
    """It keeps its amount, so that totals stay whole."""
    content = content_of(changes)
    _, site = content.places
    assert (site.lon, site.lat, site.precision) == (None, None, Precision.SITE)
    assert not site.is_located
    assert site.amount == 100_000_000_000


def test_an_investment_without_sites_is_one_place(content_of: Any) -> None:
    """It is listed, with its amount, but stands nowhere."""
    _, place = content_of({"/investments/0/sites": []}).places
    assert (place.is_located, place.area_code) == (False, None)
    assert place.amount == 100_000_000_000


def test_an_amount_is_shared_by_the_sites(content_of: Any) -> None:
    """Sums over places are sums over investments."""
    sites = [
        {"municipality": "434043", "share": "0.7"},
        {"municipality": "430005", "share": "0.3"},
    ]
    content = content_of({"/investments/0/sites": sites})
    assert [p.amount for p in content.places] == [
        None,
        70_000_000_000,
        30_000_000_000,
    ]
    assert [p.id[-2:] for p in content.places[1:]] == [":1", ":2"]


@pytest.mark.parametrize(
    ("lon", "lat", "held"),
    [
        ("122.933", "24.449", True),
        ("153.987", "24.283", True),
        ("136.081", "20.425", True),
        ("148.75", "45.557", True),
        ("32.9", "130.8", False),
        ("-130.8", "32.9", False),
        ("130.8", "91", False),
        ("154.6", "35", False),
        ("121.9", "25", False),
        ("135", "46.6", False),
        ("135", "19.9", False),
        ("0", "0", False),
    ],
)
def test_a_point_outside_japan_is_taken_as_not_told(
    content_of: Any, reference: ReferenceData, lon: str, lat: str, *, held: bool
) -> None:
    """From Yonaguni to Minamitorishima; else the site stands in its municipality."""
    told = {"municipality": "434043", "lon": lon, "lat": lat, "precision": "site"}
    _, site = content_of({SITE: told}).places
    area = reference.areas["434043"]  # type: ignore[index]
    if held:
        assert (site.lon, site.lat) == (float(lon), float(lat))
        assert site.precision is Precision.SITE
    else:
        assert (site.lon, site.lat) == (area.lon, area.lat)
        assert site.precision is Precision.MUNICIPALITY
    _, site = content_of({SITE: {"lon": lon, "lat": lat}}).places
    assert site.is_located is held


def test_a_share_below_zero_is_taken_as_not_told(content_of: Any) -> None:
    """No place has less than nothing, and the sum is kept."""
    sites = [
        {"municipality": "434043", "share": "-0.5"},
        {"municipality": "430005", "share": "1"},
    ]
    content = content_of({"/investments/0/sites": sites})
    assert [p.amount for p in content.places[1:]] == [50_000_000_000] * 2


def test_what_has_no_amount_is_no_zero(content_of: Any) -> None:
    """Unknown money is told as unknown."""
    content = content_of({"/investments/0/money": []})
    assert content.places[1].amount is None
    assert content.places[1].certainty is None


def test_a_withheld_place_is_marked(content_of: Any) -> None:
    """The place is kept for those who may see it, and marked."""
    content = content_of({"/investments/0/withheld": True})
    assert [p.withheld for p in content.places] == [False, True]


def test_a_plan_is_found_by_title_lead_and_areas(content_of: Any) -> None:
    """Words are folded, so that variants of a character find it, too."""
    search = content_of({"/title": "髙﨑ＩＣ計画"}).search
    for word in ("高崎ic計画", "九州経済産業局", "熊本県", "佐賀県", "fictional"):
        assert word in search


def test_a_plan_of_no_known_area_is_listed_without_a_place(content_of: Any) -> None:
    """Codes that the lists do not have are left out; nothing fails."""
    changes = {"/region": ["999999"], "/lead": None, "/title_en": None}
    content = content_of(changes)
    assert (content.prefectures, content.areas) == ((), ())
    assert not content.places[0].is_located
    assert content.places[0].area_code is None
    content = content_of({"/region": ["999999", "434043", "434043"]})
    assert content.areas == ("430005", "434043")
    assert content.places[0].area_code == "434043"


def test_an_investment_that_is_not_given_is_left_out(
    plan_file: MakePlanFile, reference: ReferenceData
) -> None:
    """Only what is known is drawn."""
    content = map_content(plan_file().plan, {}, reference)
    assert [p.kind for p in content.places] == [FeatureKind.PLAN]


@given(
    st.integers(-(10**18), 10**18),
    st.lists(st.decimals(-2, 2, places=3), min_size=1, max_size=6).map(tuple),
)
def test_shares_add_up(total: int, parts: tuple[Decimal, ...]) -> None:
    """No yen is lost or made, nor turned into a debt, however the parts are."""
    split = shares(total, parts)
    assert len(split) == len(parts)
    assert sum(split) == total
    assert all(part * total >= 0 for part in split)


@pytest.mark.parametrize(
    ("total", "parts", "expected"),
    [
        (100, ("1",), (100,)),
        (100, ("0.5", "0.5"), (50, 50)),
        (100, ("1", "1", "1"), (33, 33, 34)),
        (10, ("0", "0"), (10, 0)),
        (10, ("0.2",), (10,)),
        (10**15 + 1, ("0.5", "0.5"), (5 * 10**14, 5 * 10**14 + 1)),
        (7, (), (7,)),
    ],
)
def test_parts_are_proportions(
    total: int, parts: tuple[str, ...], expected: tuple[int, ...]
) -> None:
    """Parts that do not add up to one are scaled; without any, the first has all."""
    assert shares(total, tuple(map(Decimal, parts))) == expected
