"""Rules on area codes and on the places that a plan names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...core import actors
from ...core.areas import (
    Area,
    AreaKind,
    complete_code,
    is_area_code,
    prefecture_of,
)
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import AreaCode
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, STRATEGIC, policy_text

CLUSTERPLAN = Manifest(api="~=1.0", order=-40)

_BY_AREA = (actors.PREFECTURE, actors.MUNICIPALITY, actors.HEAD)
_FORM = "131211"
_UNIONS_FROM = "800"
"""Codes of unions of local governments begin here; no list of them is carried."""


def _lead_codes(context: CheckContext) -> Iterator[tuple[Path, str]]:
    plan = context.plan
    if plan.lead and plan.lead.kind in _BY_AREA:
        yield ("lead", "code"), plan.lead.code
    for position, actor in enumerate(plan.joining):
        if actor.kind in _BY_AREA:
            yield ("joining", position, "code"), actor.code
    for position, code in enumerate(plan.region):
        yield ("region", position), code


def _measure_codes(context: CheckContext) -> Iterator[tuple[Path, str]]:
    for position, measure in enumerate(context.plan.measures):
        path = ("policy_means", "measures", position)
        department = measure.five_w1h.responsible_department
        organization = department.organization if department else None
        if organization and re.fullmatch("[0-9]+", organization):
            where = (*path, "five_w1h", "responsible_department")
            yield (*where, "organization"), organization
        for number, code in enumerate(measure.areas):
            yield (*path, "areas", number), code


def _part_codes(context: CheckContext) -> Iterator[tuple[Path, str]]:
    plan = context.plan
    for position, cluster in enumerate(plan.clusters):
        for number, code in enumerate(cluster.areas):
            yield ("clusters", position, "areas", number), code
    for position, organization in enumerate(plan.organizations):
        if organization.area is not None:
            yield ("organizations", position, "area"), organization.area
    for position, id_ in enumerate(plan.investments):
        investment = context.investments.get(id_)
        for number, site in enumerate(investment.sites if investment else ()):
            if site.municipality is not None:
                path = ("investments", position, "sites", number, "municipality")
                yield path, site.municipality


def _codes(context: CheckContext) -> Iterator[tuple[Path, str]]:
    yield from _lead_codes(context)
    yield from _measure_codes(context)
    yield from _part_codes(context)


@rule(
    "REG-01",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    title="団体コードは6桁で検査数字が合っている",
    why="コードが一桁違うだけで、投資や施策が別の市町村のものになったり、"
    "地図や地域別の集計から抜け落ちたりします",
    source="全国地方公共団体コード（総務省）の検査数字",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/region": ["172049", "131212"]},
            good={"/region": ["172049", "131211"]},
            near_miss={"/region": ["172049", "131202"]},
            pointer="/region/1",
        )
    ],
)
def area_codes(context: CheckContext) -> Iterator[Finding]:
    """Six-digit local government codes pass the check digit.

    One wrong digit moves investments and measures to another town, or drops them from
    the map and from the sums by region.
    """
    for path, code in _codes(context):
        if is_area_code(code):
            continue
        right = complete_code(code[:5])
        area = context.reference.areas.get(right)
        meant = f"{right} {area.name}" if area else None
        yield context.finding(
            *path,
            ja=f"団体コード「{code[:20]}」は6桁でないか検査数字が合いません",
            en=f"{code[:20]!r} is no six-digit area code with a right check digit",
            hint=meant or _FORM,
        )


@rule(
    "REG-03",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=[STRATEGIC],
    title="対象の都道府県が、素案を作る局か共同する局の管内にある",
    why="管外の都道府県は、そこを受け持つ局が加わらないと、"
    "地元との調整や進捗の確認を引き受ける局がないまま計画に載ります",
    source=policy_text("ブロックごとに各地方経済産業局が中心となり"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                "/lead/code": "chugoku",
                "/region": ["430005"],
                "/joining": [{"kind": "prefecture", "code": "410004"}],
            },
            good={
                "/lead/code": "chugoku",
                "/region": ["430005"],
                "/joining": [
                    {"kind": "prefecture", "code": "410004"},
                    {"kind": "regional_bureau", "code": "kyushu"},
                ],
            },
            near_miss={"/joining": [{"kind": "prefecture", "code": "350001"}]},
            pointer="/region/0",
        )
    ],
)
def blocks(context: CheckContext) -> Iterator[Finding]:
    """The region lies in the block of the drafting bureau, or of one that joins.

    A prefecture of another block stands in the plan without a bureau that talks with
    the people there and follows up what is done, unless its own bureau joins.
    """
    plan = context.plan
    if plan.lead is None or plan.lead.kind != actors.REGIONAL_BUREAU:
        return
    offices = (plan.lead, *plan.joining)
    bureaus = {a.code for a in offices if a.kind == actors.REGIONAL_BUREAU}
    for position, code in enumerate(plan.region):
        bureau = context.reference.bureau_of(code) if is_area_code(code) else None
        if bureau is None or bureau.key in bureaus:
            continue
        area = context.reference.areas.get(code)
        name = area.name if area else code
        yield context.finding(
            "region",
            position,
            ja=f"{name}は{bureau.title}の管内ですが、"
            "策定主体にも共同策定主体にも同局がありません",
            en=f"{code} lies in the block of {bureau.title_en}, which neither leads "
            "nor joins",
            hint=f"joining: [{{kind: regional_bureau, code: {bureau.key}}}]",
        )


@rule(
    "REG-04",
    severity=Severity.WARNING,
    gate=Gate.SAVE,
    applies_to=[LOCAL],
    title="政令指定都市の区を策定主体としていない",
    why="政令指定都市の区には独自の予算も議会もないので、"
    "誰が予算を付け、誰の名で公表するのかが決まりません",
    source="実務：政令指定都市の区は地方公共団体ではない（特別区は地方公共団体）",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/lead/code": "141011"},
            good={"/lead/code": "131211"},
            near_miss={"/lead/code": "141003"},
            pointer="/lead/code",
        )
    ],
)
def no_ward_leads(context: CheckContext) -> Iterator[Finding]:
    """A ward of a designated city does not lead; a special ward of Tokyo may.

    A ward has neither a budget nor an assembly of its own: in its name, nobody knows
    who pays for the plan and who publishes it.
    """
    lead = context.plan.lead
    areas = context.reference.areas
    ward = areas.get(AreaCode(lead.code)) if lead else None
    if lead is None or lead.kind not in _BY_AREA or ward is None:
        return
    if ward.kind is AreaKind.WARD:
        yield context.finding(
            "lead",
            "code",
            ja=f"{ward.name}（{ward.code}）は政令指定都市の区で、"
            "計画を策定する団体ではありません",
            en=f"{ward.code} is a ward of a designated city, which leads no plan",
            hint=_holder(ward.code, context),
        )


def _holder(code: str, context: CheckContext) -> str:
    """Return code and name of what an area lies in: its city, or its prefecture."""
    areas = context.reference.areas
    area = areas.get(AreaCode(code))
    holder = areas.get((area and area.parent) or prefecture_of(code))
    return f"{holder.code} {holder.name}" if holder else _FORM


def _instead_of(area: Area, context: CheckContext) -> str:
    """Return the area of the same name while the plan runs, or what it lies in."""
    same = (
        f"{other.code} {other.name}"
        for other in context.reference.areas.values()
        if other.name == area.name
        and other.parent == area.parent
        and _exists(other, context)
    )
    return next(same, _holder(area.code, context))


@rule(
    "REG-07",
    severity=Severity.WARNING,
    gate=Gate.SAVE,
    title="団体コードが計画の時点で使われている",
    why="使われていないコードは統計にも地図の境界にも結び付かず、"
    "その地域の投資や施策が集計から抜けます",
    source="実務：市町村の合併や区の再編で団体コードは変わる",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={"/region": ["172049", "221376"]},
            good={"/region": ["172049", "221406"]},
            near_miss={
                "/region": ["172049", "221376"],
                "/period": {"from": "FY2023", "to": "FY2028"},
            },
            pointer="/region/1",
        )
    ],
)
def codes_in_use(context: CheckContext) -> Iterator[Finding]:
    """A code stands for an area that exists while the plan runs.

    A code that is not in use matches neither the statistics nor the boundaries of the
    map, and what lies there drops out of the sums.
    """
    period = context.plan.period
    for path, code in _codes(context):
        if not is_area_code(code) or code[2:5] >= _UNIONS_FROM:
            continue
        area = context.reference.areas.get(AreaCode(code))
        if area is None:
            yield context.finding(
                *path,
                ja=f"団体コード「{code}」の団体は一覧にありません。"
                "書き誤りか、合併でなくなった団体のコードです",
                en=f"no area of the list has the code {code}: it is mistyped, or its "
                "area was merged into another",
                hint=_holder(code, context),
            )
        elif period and not _exists(area, context):
            used = f"{area.valid_from or ''}～{area.valid_to or ''}"
            yield context.finding(
                *path,
                ja=f"{area.name}のコード{code}（使用期間：{used}）は、"
                f"計画期間（{period.label}）には使われていません",
                en=f"the code {code} (in use {used}) stands for no area while the "
                f"plan runs ({period.start} to {period.end})",
                hint=_instead_of(area, context),
            )


def _exists(area: Area, context: CheckContext) -> bool:
    period = context.plan.period
    if period is None:
        return True
    begun = area.valid_from is None or area.valid_from <= period.end
    return begun and (area.valid_to is None or area.valid_to >= period.start)


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on regions and codes."""
    return (area_codes, blocks, no_ward_leads, codes_in_use)
