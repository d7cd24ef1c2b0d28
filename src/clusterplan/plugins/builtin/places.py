"""Rules on where things are: inside the region, right on the map, well identified."""

from __future__ import annotations

import math
from collections.abc import Iterator

from ...core import actors
from ...core.areas import is_area_code, is_prefecture, prefecture_of
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import AreaCode
from ...core.investments import Investment, Precision, Site
from ...core.organizations import is_corporate_number
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, STRATEGIC, policy_text

CLUSTERPLAN = Manifest(api="~=1.0", order=-39)

_EARTH_KM = 6371.0
_WEST, _EAST, _SOUTH, _NORTH = 122.0, 154.5, 20.0, 46.0
"""Degrees that hold all of Japan, from Yonaguni to Minamitorishima."""
_JOINING = (actors.PREFECTURE, actors.MUNICIPALITY, actors.HEAD)
_SOMEWHERE = 'lon: "139.44", lat: "35.71"'
_SITE = "/investments/0/sites/0"
_FIRST = "/policy_means/measures/0"


def _investments(context: CheckContext) -> Iterator[tuple[Path, Investment]]:
    for position, id_ in enumerate(context.plan.investments):
        investment = context.investments.get(id_)
        if investment is not None:
            yield ("investments", position), investment


def _sites(context: CheckContext) -> Iterator[tuple[Path, Site]]:
    for path, investment in _investments(context):
        for number, site in enumerate(investment.sites):
            yield (*path, "sites", number), site


def _covers(region: str, code: str, context: CheckContext) -> bool:
    """Tell whether the area *code* may lie in, or hold, the area *region*."""
    if region == code:
        return True
    if is_prefecture(region) or is_prefecture(code):
        return prefecture_of(region) == prefecture_of(code)
    areas = context.reference.areas
    inner, outer = areas.get(AreaCode(code)), areas.get(AreaCode(region))
    return (inner is not None and inner.parent == region) or (
        outer is not None and outer.parent == code
    )


def _is_outside(code: str, region: tuple[str, ...], context: CheckContext) -> bool:
    return is_area_code(code) and not any(_covers(r, code, context) for r in region)


def _explained(context: CheckContext) -> tuple[str, ...]:
    """Return areas outside the region that a joining body or a measure accounts for."""
    joining = [a.code for a in context.plan.joining if a.kind in _JOINING]
    for measure in context.plan.measures:
        if measure.outside_reason and measure.outside_reason.strip():
            joining.extend(measure.areas)
    return tuple(joining)


@rule(
    "REG-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="投資と施策が対象地域の中にあるか、地域外とする理由がある",
    why="隣の地域の計画にも載っていると二重に数えられ、"
    "効果がどの地域に出るのかも説明できなくなります",
    source="整合性：対象地域の外の投資や施策は、理由がなければ二重に数えられる",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={f"{_FIRST}/areas": ["400009"]},
            good={
                f"{_FIRST}/areas": ["400009"],
                f"{_FIRST}/outside_reason": "隣県の港まで一本の道路として整備する",
            },
            near_miss={
                f"{_FIRST}/areas": ["400009"],
                "/joining": [{"kind": "prefecture", "code": "400009"}],
            },
            pointer=f"{_FIRST}/areas/0",
        )
    ],
)
def inside_region(context: CheckContext) -> Iterator[Finding]:
    """Investments and measures lie in the region, or say why they do not.

    What stands in the plan of a neighbour as well is counted twice, and nobody can say
    in which region its effect shows.
    """
    region = tuple(context.plan.region)
    if not region or not all(is_area_code(code) for code in region):
        return
    allowed = (*region, *_explained(context))
    for path, code in _placed(context):
        if not _is_outside(code, allowed, context):
            continue
        area = context.reference.areas.get(AreaCode(code))
        yield context.finding(
            *path,
            ja=f"{area.name if area else ''}（{code}）は計画の対象地域の外にあります。"
            "場所を直すか、共同策定主体または地域外の理由を書いてください",
            en=f"{code} lies outside the region of the plan; correct the place, name "
            "a joining body, or give the reason in a measure there",
            hint=_accounted(path, code),
        )


def _accounted(path: Path, code: str) -> str:
    """Return what accounts for a place outside the region."""
    if path[0] == "investments":
        return f'joining: [{{kind: prefecture, code: "{prefecture_of(code)}"}}]'
    return "outside_reason: 隣県の港まで一本の道路として整備する"


def _placed(context: CheckContext) -> Iterator[tuple[Path, str]]:
    for path, site in _sites(context):
        if site.municipality is not None:
            yield (*path, "municipality"), site.municipality
    for position, measure in enumerate(context.plan.measures):
        for number, code in enumerate(measure.areas):
            yield ("policy_means", "measures", position, "areas", number), code


def _in_japan(lon: float, lat: float) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def _km(lon: float, lat: float, *, to: tuple[float, float]) -> float:
    """Return the distance over ground between two points in kilometres."""
    east, north = math.radians(to[0] - lon), math.radians(to[1] - lat)
    narrowing = math.cos(math.radians(lat)) * math.cos(math.radians(to[1]))
    chord = math.sin(north / 2) ** 2 + narrowing * math.sin(east / 2) ** 2
    return 2 * _EARTH_KM * math.asin(math.sqrt(chord))


def _distance(site: Site, lon: float, lat: float, context: CheckContext) -> float:
    """Return kilometres to the nearest local government of the stated prefecture.

    An area at sea or a far island, told with the precision `area`, is not measured.
    """
    if site.precision is Precision.AREA:
        return 0.0
    if site.municipality is None or not is_area_code(site.municipality):
        return 0.0
    prefecture = prefecture_of(site.municipality)
    near = (
        _km(lon, lat, to=(area.lon, area.lat))
        for area in context.reference.areas.values()
        if area.prefecture == prefecture
    )
    return min(near, default=0.0)


@rule(
    "REG-05",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    title="座標が日本国内にあり、経度と緯度が正しく、記載の都道府県に近い",
    why="地図を見る人は点の位置をそのまま信じます。"
    "海の上や別の県に点が出ると、ほかの数字まで疑われます",
    source=policy_text("投資マップで可視化"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={f"{_SITE}/lon": "32.9", f"{_SITE}/lat": "130.8"},
            good={f"{_SITE}/lon": "130.8", f"{_SITE}/lat": "32.9"},
            near_miss={f"{_SITE}/lon": "131.2", f"{_SITE}/lat": "33.2"},
            pointer=_SITE,
        )
    ],
)
def coordinates(context: CheckContext) -> Iterator[Finding]:
    """Coordinates lie in Japan, are not swapped, and fit the stated prefecture.

    People trust what they see on a map. A point at sea or in another prefecture makes
    them doubt the other figures too.
    """
    for path, site in _sites(context):
        if site.lon is None and site.lat is None:
            continue
        if site.lon is None or site.lat is None:
            ja, en = "経度と緯度の両方が要ります", "longitude and latitude go together"
        elif problem := _misplaced(site, float(site.lon), float(site.lat), context):
            ja, en = problem
        else:
            continue
        yield context.finding(
            *path,
            ja=f"所在地の座標が正しくありません：{ja}",
            en=f"the point of the site is wrong: {en}",
            hint=_point(site, context),
        )


def _point(site: Site, context: CheckContext) -> str:
    """Return the point that was meant: unswapped, or that of the stated area."""
    lon, lat = site.lon, site.lat
    if lon is not None and lat is not None and _in_japan(float(lat), float(lon)):
        return f'lon: "{lat}", lat: "{lon}"'
    code = site.municipality
    area = context.reference.areas.get(code) if code else None
    return f'lon: "{area.lon}", lat: "{area.lat}"' if area else _SOMEWHERE


def _misplaced(
    site: Site, lon: float, lat: float, context: CheckContext
) -> tuple[str, str] | None:
    if _in_japan(lon, lat):
        limit = context.settings.site_distance_km
        distance = _distance(site, lon, lat, context)
        if distance <= limit:
            return None
        ja = (
            f"記載の都道府県（{site.municipality}）から約{distance:.0f}km離れています"
            "（離島や洋上の区域なら precision: area）"
        )
        en = (
            f"about {distance:.0f} km from the prefecture of {site.municipality} "
            "(for a far island or an area at sea: precision: area)"
        )
        return ja, en
    if _in_japan(lat, lon):
        return (
            f"経度{lon}・緯度{lat}は入れ替わっています",
            f"longitude {lon} and latitude {lat} are swapped",
        )
    return (
        f"経度{lon}・緯度{lat}は日本の中にありません",
        f"longitude {lon} and latitude {lat} are not in Japan",
    )


@rule(
    "REG-06",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    title="法人番号が13桁で検査数字が合っている",
    why="番号が違うと、補助金の実績や公表資料と突き合わせるときに、"
    "別の法人に結び付くか、どこにも見つかりません",
    source="実務：法人番号の検査用数字（法人番号の指定等に関する省令）",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/organizations/0/corporate_number": "4000012090002"},
            good={"/organizations/0/corporate_number": "4000012090001"},
            near_miss={"/organizations/0/corporate_number": "7000012050002"},
            pointer="/organizations/0/corporate_number",
        )
    ],
)
def corporate_numbers(context: CheckContext) -> Iterator[Finding]:
    """A corporate number has 13 digits and passes its check digit.

    Matched with grant records and public sources, a wrong number leads to another
    body, or to none.
    """
    for position, organization in enumerate(context.plan.organizations):
        number = organization.corporate_number
        if number is not None and not is_corporate_number(number):
            yield context.finding(
                "organizations",
                position,
                "corporate_number",
                ja=f"「{organization.title}」の法人番号「{number[:20]}」は"
                "13桁でないか検査数字が合いません。公表サイトで確かめてください",
                en=f"{number[:20]!r} of {organization.id} is no corporate number of "
                "13 digits with a right check digit; look it up",
                hint='corporate_number: "4000012090001"',
            )


@rule(
    "MAP-02",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="投資に、地図に置ける所在地（座標・市町村・都道府県）がある",
    why="所在地のない投資は地図に置けず、地域別に件数や金額を見る人からは"
    "ないものと同じになります",
    source=policy_text("投資マップで可視化"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/investments/0/sites": [{"precision": "area"}]},
            good={
                "/investments/0/sites": [
                    {"municipality": "152137", "precision": "municipality"}
                ]
            },
            near_miss={
                "/investments/0/sites": [
                    {"municipality": "150002", "precision": "area"}
                ]
            },
            pointer="/investments/0/sites/0",
        )
    ],
)
def mappable(context: CheckContext) -> Iterator[Finding]:
    """Each public investment has a place good enough for the map.

    An investment without a place cannot be put on the map, and for those who look at
    numbers and money by region it is not there.
    """
    for path, investment in _investments(context):
        if investment.withheld:
            continue
        blank = [
            (*path, "sites", number)
            for number, site in enumerate(investment.sites)
            if site.municipality is None and (site.lon is None or site.lat is None)
        ]
        for where in blank if investment.sites else [(*path, "sites")]:
            yield context.finding(
                *where,
                ja=f"投資「{investment.title}」の所在地に座標も市町村・都道府県の"
                "コードもなく、地図に置けません",
                en=f"a place of investment {investment.id} has neither a point nor "
                "the code of a municipality or prefecture: no map can show it",
                hint='sites: [{municipality: "152137", precision: municipality}]',
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on places."""
    return (inside_region, coordinates, corporate_numbers, mappable)
