"""Rules on revitalization plans, judged from the text of the plan alone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from clusterplan.plugins import (
    AreaCode,
    CheckContext,
    Example,
    Finding,
    Gate,
    Rule,
    Severity,
    rule,
)

from .details import LocalRevitalizationPlanDetails
from .plan_type import KEY

_YEARS = 3
_NETWORK = "ネットワーク"
_TOKYO = "130001"


def _outline_text(quoted: str) -> str:
    return f"承認した地域産業活性化計画の概要「{quoted}」"


def _details(context: CheckContext) -> LocalRevitalizationPlanDetails:
    """Return the details of the plan; empty ones where it has none of this type."""
    details = context.plan.details
    if isinstance(details, LocalRevitalizationPlanDetails):
        return details
    return LocalRevitalizationPlanDetails()


def _is_prefecture_of(code: str, municipality: str) -> bool:
    return code[:2] == municipality[:2] and code[2:5] == "000"


@rule(
    "TKY-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=[KEY],
    title="開始前に都道府県の承認を受けている",
    why="誰がいつ承認したのかが分からないと、支援の窓口も財政部門も計画を当てにして"
    "よいのか迷います。開始が先になると、それまでの事業の位置付けを説明できません",
    source=_outline_text("承認した地域産業活性化計画の概要"),
    examples=[
        Example(
            plan_type=KEY,
            bad={"/details/approval": None},
            good={"/details/approval": {"by": "130001", "on": "2027-03-31"}},
            near_miss={"/details/approval": {"by": "130001"}},
            pointer="/details/approval",
        ),
        Example(
            plan_type=KEY,
            bad={"/details/approval/by": "132055"},
            good={"/details/approval": {"by": "130001"}},
            near_miss={"/lead/code": "131211", "/region": ["131211"]},
            pointer="/details/approval/by",
        ),
        Example(
            plan_type=KEY,
            bad={"/details/approval/on": "2027-04-01"},
            near_miss={"/details/approval/on": "2027-03-31"},
            pointer="/details/approval/on",
        ),
    ],
)
def approval(context: CheckContext) -> Iterator[Finding]:
    """The prefecture of the municipality approves the plan before it starts.

    As long as it is open who approved it and when, neither those who give support nor
    the finance section can rely on the plan; and if it starts first, nobody can explain
    what the projects of the first weeks were part of.
    """
    # Published outlines give no day of approval, so the day may be missing.
    given = _details(context).approval
    if given is None:
        yield context.finding(
            "details",
            "approval",
            ja="承認する都道府県が書かれていません。承認のない計画は開始できません",
            en="the plan does not name the prefecture that approves it; without "
            "approval it cannot start",
            hint='approval: {by: "130001", on: 2027-03-15}',
        )
        return
    lead, period = context.plan.lead, context.plan.period
    if lead and not _is_prefecture_of(given.by, lead.code):
        area = context.reference.areas.get(AreaCode(lead.code))
        yield context.finding(
            "details",
            "approval",
            "by",
            ja=f"承認者「{given.by}」は策定主体（{lead.code}）の属する都道府県では"
            "ありません",
            en=f"{given.by!r} is not the prefecture of the lead body {lead.code}",
            hint=f'by: "{(area.parent if area else None) or _TOKYO}"',
        )
    if given.on and period and given.on >= period.start:
        yield context.finding(
            "details",
            "approval",
            "on",
            ja=f"承認日 {given.on} が計画の開始日 {period.start} より前ではありません。"
            "承認日か計画期間のどちらかが違っています",
            en=f"the approval of {given.on} is not before the plan starts on "
            f"{period.start}; either the day or the period is wrong",
            hint=f"on: {period.start - dt.timedelta(days=1)}",
        )


@rule(
    "TKY-02",
    severity=Severity.WARNING,
    gate=Gate.SAVE,
    applies_to=[KEY],
    title="計画期間が3か年度である",
    why="期間が3か年度からずれると、毎年度の予算や承認の区切りと合わず、ほかの区市の"
    "計画と並べて振り返ることができません",
    source=_outline_text("計画期間:令和3年度～令和5年度"),
    examples=[
        Example(
            plan_type=KEY,
            bad={"/period/to": "FY2028"},
            good={"/period": {"from": "2027-04-01", "to": "2030-03-31"}},
            near_miss={"/period": {"from": "FY2028", "to": "FY2030"}},
            pointer="/period",
        )
    ],
)
def period(context: CheckContext) -> Iterator[Finding]:
    """The period is three whole fiscal years.

    Any other period does not meet yearly budgets and the approval, and the plan cannot
    be looked back on beside those of other wards and cities.
    """
    given = context.plan.period
    if given:
        first, last = given.start, given.end
        whole = (first.month, first.day, last.month, last.day) == (4, 1, 3, 31)
        if whole and last.year - first.year == _YEARS:
            return
    ja = given.label if given else "未記入"
    en = f"{given.start} to {given.end}" if given else "none"
    yield context.finding(
        "period",
        ja=f"計画期間が、4月に始まる3か年度になっていません（記載：{ja}）",
        en=f"the period is not three whole fiscal years from April on (given: {en})",
        hint="period: {from: FY2027, to: FY2029}",
    )


@rule(
    "TKY-03",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=[KEY],
    title="両議会の議決までは事業を未確定として示す",
    why="議決の前に確定したものと読まれると、予算が変わったときに、当てにして"
    "準備していた事業者に迷惑をかけてしまいます",
    source=_outline_text(
        "都及び各区市の予算についての議会の議決を受け、確定するものです"
    ),
    examples=[
        Example(
            plan_type=KEY,
            bad={"/details/provisional_until_votes": False},
            good={
                "/details/provisional_until_votes": False,
                "/details/votes": [{"assembly": "130001"}, {"assembly": "132055"}],
            },
            near_miss={"/details/votes": [{"assembly": "132055", "on": "2027-03-26"}]},
            pointer="/details/provisional_until_votes",
        ),
        Example(
            plan_type=KEY,
            bad={
                "/details/provisional_until_votes": False,
                "/details/votes": [{"assembly": "132055", "on": "2027-03-26"}],
            },
            near_miss={
                "/details/provisional_until_votes": False,
                "/details/votes": [
                    {"assembly": "132055", "on": "2027-03-26"},
                    {"assembly": "130001"},
                ],
            },
            pointer="/details/provisional_until_votes",
        ),
    ],
)
def votes(context: CheckContext) -> Iterator[Finding]:
    """Projects are shown as provisional until the votes of both assemblies are known.

    If projects are read as definite before the votes, a budget that changes lets down
    the firms that counted on them.
    """
    details, lead = _details(context), context.plan.lead
    if details.provisional_until_votes:
        return
    known = {vote.assembly for vote in details.votes}
    bodies = (
        details.approval.by if details.approval else None,
        lead.code if lead else None,
    )
    if any(body not in known for body in bodies):
        yield context.finding(
            "details",
            "provisional_until_votes",
            ja="都道府県と区市町村の両議会の予算議決がそろって記録されていないのに、"
            "事業が確定したものとして示されています",
            en="projects are shown as definite although the votes of both assemblies "
            "are not recorded",
            hint="provisional_until_votes: true / "
            'votes: [{assembly: "130001"}, {assembly: "132055"}]',
        )


@rule(
    "TKY-04",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[KEY],
    title="地域の主体のネットワークをつくる柱か事業がある",
    why="助成だけの計画では、年度が終わると関係も切れてしまい、事業者が困ったときに"
    "相談し合える相手が地域に残りません",
    source=_outline_text("ネットワーク"),
    examples=[
        Example(
            plan_type=KEY,
            bad={"/details/pillars/0/projects/0/collective": False},
            good={
                "/details/pillars/0/projects/0/collective": False,
                "/details/pillars/0/title": "企業支援ネットワークの強化",
            },
            near_miss={
                "/details/pillars/0/projects/0/collective": False,
                "/details/pillars/1/projects/0/title": "後継者ネットワーク塾",
            },
            pointer="/details/pillars",
        )
    ],
)
def network(context: CheckContext) -> Iterator[Finding]:
    """At least one pillar or project builds a network of local actors.

    Where a plan only gives grants, the ties end with the fiscal year, and firms in
    trouble are left with nobody in the area to talk to.
    """
    details = _details(context)
    titles = [p.title for p in details.pillars] + [p.title for p in details.projects]
    collective = any(p.collective for p in details.projects)
    if collective or any(_NETWORK in title for title in titles):
        return
    yield context.finding(
        "details",
        "pillars",
        ja="地域の事業者・支援機関・大学等を結ぶネットワークづくりの柱か事業が"
        "ありません（collective が true の事業も、名称に「ネットワーク」と"
        "あるものもありません）",
        en="no pillar or project builds a network of local actors: none is "
        f"`collective`, and no title says {_NETWORK}",
        hint="- {id: P-1-9, title: 地域ものづくり交流会, collective: true}",
    )


@rule(
    "TKY-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[KEY],
    title="柱の名称が概要と一覧で一致している",
    why="名前が違うと別の柱だと思われ、事業を数え漏らしたり、二重に数えたりします",
    source="表記の整合：概要と一覧で柱の名称が異なると別の柱に見える",
    examples=[
        Example(
            plan_type=KEY,
            bad={"/details/pillars/0/summary_title": "販路拡大支援"},
            good={"/details/pillars/0/summary_title": "販路開拓支援"},
            near_miss={
                "/details/pillars/0/summary_title": "販路拡大支援",
                "/details/pillars/0/title": "販路拡大支援",
            },
            pointer="/details/pillars/0/summary_title",
        )
    ],
)
def pillar_names(context: CheckContext) -> Iterator[Finding]:
    """A pillar has the same name in the summary and in the list of projects.

    With two names it is taken for two pillars, and projects are left out of the count
    or counted twice.
    """
    for position, pillar in enumerate(_details(context).pillars):
        if pillar.summary_title not in (None, pillar.title):
            yield context.finding(
                "details",
                "pillars",
                position,
                "summary_title",
                ja=f"柱{pillar.number}の名称が、概要では「{pillar.summary_title}」、"
                f"一覧では「{pillar.title}」で、一致していません",
                en=f"pillar {pillar.number} is {pillar.summary_title!r} in the summary "
                f"and {pillar.title!r} in the list",
                hint=f"summary_title: {pillar.title} / title: {pillar.summary_title}",
            )


RULES: tuple[Rule, ...] = (approval, period, votes, network, pillar_names)
"""TKY-01 to TKY-05."""
