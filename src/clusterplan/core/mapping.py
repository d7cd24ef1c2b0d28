"""A plan as it is found, read and put on the map, made when it is saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from decimal import ROUND_DOWN, Decimal

from .actors import PREFECTURE, REGIONAL_BUREAU, Actor
from .areas import Area, is_prefecture, prefecture_of
from .identifiers import AreaCode, InvestmentId, Key, Yen
from .investments import Investment, Precision, Site
from .maps import FeatureKind, MapContent, Place
from .plans import Plan
from .readers import Involved, Role
from .reference import ReferenceData, fold

_WEST, _SOUTH, _EAST, _NORTH = 122, 20, Decimal("154.5"), Decimal("46.5")
"""Japan in degrees, from Yonaguni and Okinotorishima to Minamitorishima and the
Northern Territories; a point outside is a mistake."""

_UNTOLD = Decimal(1)
"""Part of a site that tells none."""


def map_content(
    plan: Plan,
    investments: Mapping[InvestmentId, Investment],
    reference: ReferenceData,
) -> MapContent:
    """Return what *plan* is found by, who may read it, and what it puts on the map."""
    places = tuple(_places(plan, investments, reference))
    known = tuple(_known(plan, reference))
    names = (reference.areas[code].name for code in known)
    lead = reference.body_name(plan.lead.kind, plan.lead.code) if plan.lead else None
    words = (plan.title, plan.title_en or "", lead or "", *names)
    prefectures = tuple(sorted({prefecture_of(code) for code in known}))
    return MapContent(
        prefectures=prefectures,
        areas=tuple(sorted({*known, *prefectures})),
        search=fold(" ".join(words)),
        involved=involved_bodies(plan, investments.values(), reference),
        places=places,
    )


def involved_bodies(
    plan: Plan, investments: Iterable[Investment], reference: ReferenceData
) -> tuple[Involved, ...]:
    """Return the bodies that the text of *plan* involves, each once."""
    others = [
        *(measure.reporter for measure in plan.measures),
        *(investment.owner for investment in investments),
        *_block(plan, reference),
    ]
    roles = {each: Role.NAMED for each in others if each}
    roles |= dict.fromkeys(plan.joining, Role.JOINING)
    if plan.lead:
        roles[plan.lead] = Role.LEAD
    order = list(Role)
    found = (Involved(body, role) for body, role in roles.items())
    return tuple(sorted(found, key=lambda each: order.index(each.role)))


def _block(plan: Plan, reference: ReferenceData) -> Iterator[Actor]:
    """Yield the prefectures that the regional bureau that leads *plan* looks after.

    Those of the plan's region are among them, wherever it reaches.
    """
    if plan.lead is None or plan.lead.kind != REGIONAL_BUREAU:
        return
    bureau = reference.bureaus.get(Key(plan.lead.code))
    codes = (*(bureau.prefectures if bureau else ()), *map(prefecture_of, plan.region))
    yield from (Actor(PREFECTURE, code) for code in codes)


def shares(total: int, parts: tuple[Decimal, ...]) -> tuple[Yen, ...]:
    """Split *total* yen by *parts*; the sum is kept, the last part takes the rest.

    Where the parts do not add up to one, they are taken as proportions. A part below
    zero counts as one that is not told.
    """
    parts = tuple(_UNTOLD if part < 0 else part for part in parts)
    whole = sum(parts, Decimal(0))
    if not parts or whole <= 0:
        return (Yen(total), *(Yen(0) for _ in parts[1:]))
    amounts = [
        int((total * part / whole).to_integral_value(ROUND_DOWN)) for part in parts[:-1]
    ]
    return (*map(Yen, amounts), Yen(total - sum(amounts)))


def _known(plan: Plan, reference: ReferenceData) -> Iterator[AreaCode]:
    yield from (code for code in plan.region if code in reference.areas)


def _places(
    plan: Plan,
    investments: Mapping[InvestmentId, Investment],
    reference: ReferenceData,
) -> Iterator[Place]:
    yield _plan_place(plan, reference)
    for id_ in plan.investments:
        investment = investments.get(id_)
        if investment is not None:
            yield from _investment_places(plan, investment, reference)


def _plan_place(plan: Plan, reference: ReferenceData) -> Place:
    code = next(_known(plan, reference), None)
    area = reference.areas[code] if code else None
    return Place(
        id=str(plan.id),
        kind=FeatureKind.PLAN,
        title=plan.title,
        lon=area.lon if area else None,
        lat=area.lat if area else None,
        precision=Precision.AREA,
        area_code=code,
    )


def _point(
    site: Site, area: Area | None
) -> tuple[tuple[float, float] | tuple[None, None], Precision]:
    if site.lon is not None and site.lat is not None and _in_japan(site.lon, site.lat):
        return (float(site.lon), float(site.lat)), site.precision
    if area is None:
        return (None, None), site.precision
    by_prefecture = is_prefecture(area.code)
    precision = Precision.PREFECTURE if by_prefecture else Precision.MUNICIPALITY
    return (area.lon, area.lat), precision


def _in_japan(lon: Decimal, lat: Decimal) -> bool:
    return _WEST <= lon <= _EAST and _SOUTH <= lat <= _NORTH


def _investment_places(
    plan: Plan, investment: Investment, reference: ReferenceData
) -> Iterator[Place]:
    sites = investment.sites or (Site(),)
    total = investment.total
    amounts = (
        shares(total, tuple(s.share for s in sites))
        if total is not None
        else (None,) * len(sites)
    )
    for number, (site, amount) in enumerate(zip(sites, amounts, strict=True), start=1):
        area = reference.areas.get(site.municipality) if site.municipality else None
        point, precision = _point(site, area)
        yield Place(
            id=f"{plan.id}:{investment.id}:{number}",
            kind=FeatureKind.INVESTMENT,
            title=investment.title,
            lon=point[0],
            lat=point[1],
            precision=precision,
            area_code=site.municipality,
            amount=amount,
            certainty=investment.certainty,
            investment_id=investment.id,
            withheld=investment.withheld,
        )
