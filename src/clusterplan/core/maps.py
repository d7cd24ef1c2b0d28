"""The investment map: where plans and investments are, and what they add up to.

A plan is one feature, at a representative point of its region; an investment is one a
site. What has no point is counted and listed as unlocated, so that the map's totals
are those of the table, always. `gross` counts an investment once for every plan that
names it, `net` once. A site in no known area belongs to the prefecture of its plan; if
the plan reaches into several, or none, it is outside all areas. So the areas and what
is outside add up to the totals.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Annotated

from attrs import frozen

from .areas import is_prefecture, prefecture_of
from .grades import Grade
from .identifiers import AreaCode, InvestmentId, Key, PartId, PlanId, Yen
from .investments import Certainty, Precision
from .lifecycle import Phase
from .plantypes import PlanType
from .readers import Involved
from .reference import ReferenceData
from .terms import Term, TermEnum

DEFAULT_POINTS = 2_000
MAX_POINTS = 5_000


class FeatureKind(TermEnum):
    """What a feature of the map stands for."""

    PLAN = "plan", "計画", "A plan, at a point of its region."
    INVESTMENT = "investment", "投資", "A site of an investment."


@frozen(kw_only=True)
class Place:
    """What a plan's text puts at one place: the plan itself, or a site.

    Attributes:
        withheld: Whether it belongs to an investment that is not public; of a feature,
            as the newest definition of the investment says.
    """

    id: Annotated[str, Term("地物ID", "Unique on the map.")]
    kind: Annotated[FeatureKind, Term("種別", "Plan or investment.")]
    title: Annotated[str, Term("名称", "Title of the plan or investment.")]
    lon: Annotated[float | None, Term("経度", "Degrees east.")] = None
    lat: Annotated[float | None, Term("緯度", "Degrees north.")] = None
    precision: Annotated[Precision, Term("位置精度", "How exact the point is.")] = (
        Precision.AREA
    )
    area_code: Annotated[
        AreaCode | None, Term("団体コード", "Area that it lies in.")
    ] = None
    amount: Annotated[Yen | None, Term("金額", "Yen at this place.")] = None
    certainty: Annotated[
        Certainty | None, Term("確度", "How certain the amount is.")
    ] = None
    investment_id: InvestmentId | None = None
    withheld: bool = False

    @property
    def is_located(self) -> bool:
        """Whether it has a point."""
        return self.lon is not None and self.lat is not None


@frozen(kw_only=True)
class Feature(Place):
    """A place together with what is known of its plan: a point of the map.

    Its progress is that of the plan: the worst headline of the measures in the latest
    report that is in and may be seen. It says where to look, and is no verdict.
    """

    plan_id: Annotated[PlanId, Term("計画ID", "The plan it belongs to.")]
    plan_type: Annotated[Key, Term("計画類型", "Key of the plan type.")]
    phase: Annotated[Phase, Term("局面", "Phase of the plan.")]
    fictional: Annotated[bool, Term("架空", "Whether the plan is invented.")] = False
    grade: Annotated[
        Grade | None, Term("進捗区分", "Worst headline; nothing without any report.")
    ] = None
    graded_on: Annotated[
        dt.date | None, Term("進捗の基準日", "Last day of the period reported.")
    ] = None
    is_stale: Annotated[
        bool, Term("進捗の古さ", "Whether that is `map_stale_months` ago, or more.")
    ] = False
    next_due_on: Annotated[
        dt.date | None, Term("次回の提出期限", "Last day for the next report owed.")
    ] = None


@frozen(kw_only=True)
class Totals:
    """Numbers over all plans that were asked for."""

    count: Annotated[int, Term("計画数", "Number of plans.")]
    gross: Annotated[
        Yen, Term("投資額（延べ）", "Each investment once a plan, in yen.")
    ]
    net: Annotated[Yen, Term("投資額（純計）", "Each investment once, in yen.")]
    withheld: Annotated[int, Term("非公開", "Investments left out of every number.")]


@frozen(kw_only=True)
class AreaTotals:
    """Numbers of one prefecture."""

    code: Annotated[AreaCode, Term("団体コード", "Code of the prefecture.")]
    name: Annotated[str, Term("都道府県", "Name of the prefecture.")]
    name_en: Annotated[str | None, Term("英語名", "Name in English.")]
    count: Annotated[int, Term("計画数", "Plans whose region reaches into it.")]
    gross: Annotated[
        Yen, Term("投資額（延べ）", "Each investment once a plan, in yen.")
    ]
    net: Annotated[Yen, Term("投資額（純計）", "Each investment once, in yen.")]


@frozen(kw_only=True)
class OutsideTotals:
    """Numbers of the sites whose prefecture is not known."""

    count: Annotated[int, Term("地点数", "Number of sites, each once a plan.")]
    gross: Annotated[
        Yen, Term("投資額（延べ）", "Each investment once a plan, in yen.")
    ]
    net: Annotated[Yen, Term("投資額（純計）", "Each investment once, in yen.")]


@frozen(kw_only=True)
class TypeCoverage:
    """Which prefectures have a plan of a type, among the plans that were found."""

    plan_type: Annotated[Key, Term("計画類型", "Key of the plan type.")]
    title: Annotated[str, Term("類型名", "Name of the plan type.")]
    title_en: Annotated[str | None, Term("類型名（英語）", "Name in English.")]
    prefectures: Annotated[
        tuple[AreaCode, ...],
        Term("計画のある都道府県", "Prefectures that such a plan reaches into."),
    ]
    missing: Annotated[
        tuple[AreaCode, ...],
        Term("計画のない都道府県", "Prefectures without such a plan."),
    ]


@frozen(kw_only=True)
class FacetValue:
    """How many plans have a value."""

    value: Annotated[str, Term("値", "Key or code to filter by.")]
    title: Annotated[str, Term("名称", "Name of the value.")]
    count: Annotated[int, Term("計画数", "Number of plans.")]


@frozen(kw_only=True)
class Facet:
    """The values of one filter among the plans that were found."""

    field: Annotated[str, Term("絞り込み", "Name of the filter in `PlanFilter`.")]
    values: Annotated[tuple[FacetValue, ...], Term("値", "Most frequent first.")]


@frozen(kw_only=True)
class MapContent:
    """What the text of a plan puts on the map; made when the text is saved.

    Attributes:
        prefectures: Prefectures that the region reaches into.
        areas: All codes that the plan is found by: its region, and prefectures.
        search: Folded words that the plan is found by.
        involved: Bodies that may read it as a draft, those that lead it first.
        places: The plan itself and each site of its investments.
    """

    prefectures: tuple[AreaCode, ...]
    areas: tuple[AreaCode, ...]
    search: str
    involved: tuple[Involved, ...]
    places: tuple[Place, ...]


@frozen(kw_only=True)
class MappedPlan:
    """A plan at a moment, as the map needs it.

    Attributes:
        published_on: The day that it became public.
        ends_on: Its last day.
        reported: Periods whose reports are in, whoever reads.
    """

    plan_id: PlanId
    plan_type: Key
    phase: Phase
    prefectures: tuple[AreaCode, ...]
    fields: tuple[Key, ...]
    features: tuple[Feature, ...]
    grade: Grade | None = None
    graded_on: dt.date | None = None
    published_on: dt.date | None = None
    ends_on: dt.date | None = None
    reported: frozenset[PartId] = frozenset()


@frozen(kw_only=True)
class InvestmentMap:
    """Plans and investments at a moment: points, sums by area, totals and facets."""

    as_of: Annotated[dt.date, Term("時点", "The day that is shown.")]
    points: Annotated[tuple[Feature, ...], Term("地点", "Features with a point.")]
    unlocated: Annotated[tuple[Feature, ...], Term("地点なし", "Features without one.")]
    truncated: Annotated[bool, Term("省略", "Whether features were left out.")]
    areas: Annotated[tuple[AreaTotals, ...], Term("都道府県別", "Sums by prefecture.")]
    outside_areas: Annotated[
        OutsideTotals, Term("都道府県不明", "What the sums by prefecture leave out.")
    ]
    totals: Annotated[Totals, Term("合計", "Numbers over everything found.")]
    facets: Annotated[tuple[Facet, ...], Term("内訳", "Counts for filters.")]
    coverage: Annotated[
        tuple[TypeCoverage, ...],
        Term("類型別の策定状況", "Prefectures with and without a plan, by type."),
    ] = ()

    @property
    def without_plan(self) -> tuple[AreaCode, ...]:
        """計画のない都道府県: prefectures that no plan of any type reaches into."""
        missing = [set(each.missing) for each in self.coverage]
        return tuple(sorted(set.intersection(*missing))) if missing else ()


@frozen
class Bounds:
    """A rectangle on the map, in degrees."""

    west: Annotated[float, Term("西端", "Least longitude.")]
    south: Annotated[float, Term("南端", "Least latitude.")]
    east: Annotated[float, Term("東端", "Greatest longitude.")]
    north: Annotated[float, Term("北端", "Greatest latitude.")]

    def holds(self, feature: Feature) -> bool:
        """Tell whether the point of *feature* lies in the rectangle."""
        if feature.lon is None or feature.lat is None:
            return False
        inside = self.west <= feature.lon <= self.east
        return inside and self.south <= feature.lat <= self.north


def draw_map(
    plans: Sequence[MappedPlan],
    *,
    as_of: dt.date,
    plan_types: Mapping[str, PlanType],
    reference: ReferenceData,
    bounds: Bounds | None = None,
    limit: int | None = DEFAULT_POINTS,
) -> InvestmentMap:
    """Draw the investment map of *plans*.

    Sums, facets and coverage count everything found; *bounds* chooses only which points are
    listed, and *limit* how many points, and how many features without one. What is
    withheld is in no number and in no list.
    """
    shown = [f for p in plans for f in p.features if not f.withheld]
    hidden = {f.investment_id for p in plans for f in p.features if f.withheld}
    located = [f for f in shown if f.is_located and (not bounds or bounds.holds(f))]
    unlocated = [f for f in shown if not f.is_located]
    gross = _by_prefecture(shown, plans, reference)
    net = _by_prefecture(_once(shown), plans, reference)
    return InvestmentMap(
        as_of=as_of,
        points=tuple(located[:limit]),
        unlocated=tuple(unlocated[:limit]),
        truncated=limit is not None and max(len(located), len(unlocated)) > limit,
        areas=tuple(_areas(plans, gross, net, reference)),
        outside_areas=OutsideTotals(
            count=len(gross[None]), gross=_gross(gross[None]), net=_gross(net[None])
        ),
        totals=Totals(
            count=len(plans),
            gross=_gross(shown),
            net=_gross(_once(shown)),
            withheld=len(hidden - {f.investment_id for f in shown}),
        ),
        facets=tuple(_facets(plans, plan_types, reference)),
        coverage=tuple(_coverage(plans, plan_types, reference)),
    )


def _gross(features: Iterable[Feature]) -> Yen:
    return Yen(sum(f.amount for f in features if f.investment_id and f.amount))


def _once(features: Iterable[Feature]) -> Iterator[Feature]:
    """Yield the sites of each investment as the first plan with an amount has them."""
    first_plan: dict[str, PlanId] = {}
    for feature in features:
        if feature.investment_id is None or feature.amount is None:
            continue
        plan_id = first_plan.setdefault(feature.investment_id, feature.plan_id)
        if plan_id == feature.plan_id:
            yield feature


_Sites = defaultdict[AreaCode | None, list[Feature]]


def _areas(
    plans: Sequence[MappedPlan], gross: _Sites, net: _Sites, reference: ReferenceData
) -> Iterator[AreaTotals]:
    counts = Counter(code for p in plans for code in set(p.prefectures))
    for code in sorted({*counts, *(c for c in gross if c is not None)}):
        area = reference.areas.get(code)
        yield AreaTotals(
            code=code,
            name=area.name if area else code,
            name_en=area.name_en if area else None,
            count=counts[code],
            gross=_gross(gross[code]),
            net=_gross(net[code]),
        )


def _by_prefecture(
    sites: Iterable[Feature], plans: Sequence[MappedPlan], reference: ReferenceData
) -> _Sites:
    """Return the sites of investments by prefecture, under None those of no known one."""
    only = {p.plan_id: p.prefectures[0] for p in plans if len(p.prefectures) == 1}
    found: _Sites = defaultdict(list)
    for site in sites:
        if site.investment_id is not None:
            code = prefecture_of(site.area_code) if site.area_code else None
            known = code in reference.areas
            found[code if known else only.get(site.plan_id)].append(site)
    return found


def _coverage(
    plans: Sequence[MappedPlan],
    plan_types: Mapping[str, PlanType],
    reference: ReferenceData,
) -> Iterator[TypeCoverage]:
    """Yield every type that is known, and every other that a plan has."""
    reached: dict[str, set[AreaCode]] = {key: set() for key in plan_types}
    for plan in plans:
        reached.setdefault(plan.plan_type, set()).update(plan.prefectures)
    if not reached:
        return
    every = sorted(code for code in reference.areas if is_prefecture(code))
    for key, codes in reached.items():
        kind = plan_types.get(key)
        yield TypeCoverage(
            plan_type=Key(key),
            title=kind.title if kind else key,
            title_en=kind.title_en if kind else None,
            prefectures=tuple(code for code in every if code in codes),
            missing=tuple(code for code in every if code not in codes),
        )


def _facets(
    plans: Sequence[MappedPlan],
    plan_types: Mapping[str, PlanType],
    reference: ReferenceData,
) -> Iterator[Facet]:
    def type_title(key: str) -> str:
        return plan_types[key].title if key in plan_types else key

    def field_title(key: str) -> str:
        field = reference.strategic_fields.get(Key(key))
        return field.title if field else key

    def area_title(code: str) -> str:
        area = reference.areas.get(AreaCode(code))
        return area.name if area else code

    yield _facet("planTypes", (p.plan_type for p in plans), type_title)
    fields = (f for p in plans for f in set(p.fields))
    yield _facet("fields", fields, field_title)
    prefectures = (c for p in plans for c in set(p.prefectures))
    yield _facet("prefectures", prefectures, area_title)
    yield _facet("phases", (p.phase.name for p in plans), str)
    grades = ((p.grade or Grade.NO_DATA).name for p in plans)
    yield _facet("grades", grades, lambda name: Grade[name].term.ja)


def _facet(field: str, values: Iterable[str], title: Callable[[str], str]) -> Facet:
    counts = Counter(values)
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Facet(
        field=field,
        values=tuple(FacetValue(value=v, title=title(v), count=n) for v, n in ordered),
    )
