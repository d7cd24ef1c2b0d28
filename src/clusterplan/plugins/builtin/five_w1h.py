"""Rules on the six answers that make a measure explicit (5W1H)."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.measures import Measure
from ...core.venues import Venue
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import LOCAL, POLICY_TYPES, REGIONAL, STRATEGIC, policy_text

CLUSTERPLAN = Manifest(api="~=1.0", order=-60)

_SOURCE = policy_text("施策の意義・中身・期限・担当部署・検討の場・進め方 等")
_FIRST = "/policy_means/measures/0/five_w1h"
_REASON = "significance: 渋滞で貨物1便あたり40分を失っている"

_VENUE = (
    "venues: [{id: V-1, kind: council, title: 産業振興会議, "
    "members: [{kind: economic_organization, organization: 架空商工会議所}]}]"
)


def _measures(context: CheckContext) -> Iterator[tuple[tuple[str | int, ...], Measure]]:
    for position, measure in enumerate(context.plan.measures):
        yield ("policy_means", "measures", position, "five_w1h"), measure


def _blank(text: str | None) -> bool:
    return text is None or not text.strip()


def _can_meet(venue: Venue | None) -> bool:
    if venue is None or not venue.kind:
        return False
    return bool(venue.members) or any(
        meeting.date or not _blank(meeting.text) for meeting in venue.meetings
    )


@rule(
    "W5H-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="施策の意義が中身とは別に書かれている",
    why="なぜ行うかが分からないと、状況が変わったときに、"
    "続けるのか見直すのかを決める手がかりがありません",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                f"{_FIRST}/significance": "工場前のバイパスを整備する",
                f"{_FIRST}/content": "工場前のバイパスを整備する",
            },
            good={f"{_FIRST}/significance": "渋滞で貨物1便あたり40分を失っている"},
            near_miss={
                f"{_FIRST}/significance": "工場前のバイパスを整備すると、1便40分が縮む",
                f"{_FIRST}/content": "工場前のバイパスを整備する",
            },
            pointer=f"{_FIRST}/significance",
        )
    ],
)
def significance(context: CheckContext) -> Iterator[Finding]:
    """The significance is given, and is not the same text as the content.

    Without the reason nobody has a ground for keeping or changing the measure when
    circumstances change.
    """
    for path, measure in _measures(context):
        answers = measure.five_w1h
        if answers.significance is None or _blank(answers.significance):
            yield context.finding(
                *path,
                "significance",
                ja=f"施策「{measure.title}」の意義（なぜ行うか）が書かれていません",
                en=f"measure {measure.id} does not say why it is done",
                hint=_REASON,
            )
        elif (
            answers.content and answers.significance.strip() == answers.content.strip()
        ):
            yield context.finding(
                *path,
                "significance",
                ja=f"施策「{measure.title}」の意義が中身と同じ文です。"
                "なぜ行うのかを書いてください",
                en=f"the significance of measure {measure.id} repeats its content; "
                "say why it is done",
                hint=_REASON,
            )


@rule(
    "W5H-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="施策の中身が書かれている",
    why="事業者は自分が使える施策かどうかを判断できず、"
    "報告のときには、何が済めば実施したことになるのかが決まりません",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_FIRST}/content": None},
            good={f"{_FIRST}/content": "14社が使う共同めっきラインを整備する"},
            near_miss={f"{_FIRST}/content": "真空炉を3基置く"},
            pointer=f"{_FIRST}/content",
        )
    ],
)
def content(context: CheckContext) -> Iterator[Finding]:
    """The content of every measure is given.

    Firms cannot tell whether the measure is for them, and at reporting time nobody
    knows what counts as done.
    """
    for path, measure in _measures(context):
        if _blank(measure.five_w1h.content):
            yield context.finding(
                *path,
                "content",
                ja=f"施策「{measure.title}」の中身（何を行うか）が書かれていません",
                en=f"measure {measure.id} does not say what is done",
                hint="content: 14社が使う共同めっきラインを整備する",
            )


@rule(
    "W5H-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="期限が日付・半期・マイルストーンで書かれている",
    why="「速やかに」では、遅れているかどうかを誰も言えません。日付があれば、"
    "関係する部署もそれに合わせて予定を組めます",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_FIRST}/deadline": {"text": "速やかに"}},
            good={f"{_FIRST}/deadline": {"half": "FY2027H2"}},
            near_miss={
                f"{_FIRST}/deadline": {"text": "速やかに", "half": "令和9年度下期"}
            },
            pointer=f"{_FIRST}/deadline",
        )
    ],
)
def deadline(context: CheckContext) -> Iterator[Finding]:
    """The deadline is a day, a half-year or dated milestones, not only words.

    Of words such as 'soon' nobody can say that they are late. With a day, other
    sections can plan their own work around it.
    """
    for path, measure in _measures(context):
        given = measure.five_w1h.deadline
        if given is None or given.due_on is None:
            words = given.text if given and given.text else None
            yield context.finding(
                *path,
                "deadline",
                ja=f"施策「{measure.title}」の期限に日付がありません"
                + (f"（記載：{words}）" if words else ""),
                en=f"the deadline of measure {measure.id} names no day"
                + (f"; it only says {words!r}" if words else ""),
                hint="deadline: {date: 2028-03-31} / {half: FY2027H2}",
            )


@rule(
    "W5H-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="担当部署が組織の中の部署まで書かれている",
    why="県や市の名前だけでは、企業もほかの部署もどこに問い合わせればよいか"
    "分からず、進捗報告の依頼も庁内で行き先が決まりません",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_FIRST}/responsible_department": {"organization": "150002"}},
            good={f"{_FIRST}/responsible_department/unit": "産業部 立地課"},
            near_miss={
                f"{_FIRST}/responsible_department": {
                    "organization": "150002",
                    "unit": "産業立地課",
                }
            },
            pointer=f"{_FIRST}/responsible_department",
        )
    ],
)
def responsible_department(context: CheckContext) -> Iterator[Finding]:
    """The responsible department is a unit inside an organization.

    With the name of the prefecture alone, firms do not know whom to call, and a
    request for a progress report reaches no desk.
    """
    for path, measure in _measures(context):
        given = measure.five_w1h.responsible_department
        if given is None or _blank(given.organization) or _blank(given.unit):
            yield context.finding(
                *path,
                "responsible_department",
                ja=f"施策「{measure.title}」の担当部署が、"
                "組織の中の部署まで書かれていません",
                en=f"the responsible department of measure {measure.id} is not a unit "
                "inside an organization",
                hint="responsible_department: "
                '{organization: "150002", unit: 産業部 立地課}',
            )


@rule(
    "W5H-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="検討の場が、種別と構成員か開催のある会議体を指している",
    why="誰がどこで話し合うかが決まっていないと、企業や金融機関の意見が入らない"
    "まま進み、後から合意を取り直すことになりがちです",
    source="論点メモ「産業振興会議、審議会、委員会の設置」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_FIRST}/deliberation_venue": "必要に応じて"},
            good={f"{_FIRST}/deliberation_venue": "V-1"},
            near_miss={
                "/venues/0/members": [],
                "/venues/0/meetings": [{"date": "2026-11-10"}],
            },
            pointer=f"{_FIRST}/deliberation_venue",
        )
    ],
)
def deliberation_venue(context: CheckContext) -> Iterator[Finding]:
    """The venue is one of the plan's, with a kind, and members or a meeting.

    Where it is open who talks it over, the measure goes ahead without the firms and
    banks that it depends on, and agreement has to be sought again later.
    """
    venues = {str(v.id): v for v in context.plan.venues}
    able = " / ".join(id_ for id_, venue in venues.items() if _can_meet(venue))
    for path, measure in _measures(context):
        name = measure.five_w1h.deliberation_venue
        if not _can_meet(venues.get(name or "")):
            yield context.finding(
                *path,
                "deliberation_venue",
                ja=f"施策「{measure.title}」の検討の場「{name or '未記入'}」は、"
                "種別と構成員（または開催）のある会議体（venues）を指していません",
                en=f"the venue of measure {measure.id} ({name or 'none named'}) is no "
                "venue of the plan with a kind, and members or meetings",
                hint=f"deliberation_venue: {able}" if able else _VENUE,
            )


@rule(
    "W5H-06",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="進め方が文か手順で書かれている",
    why="手順が見えないと、公募や工事の前に済ませておく準備が抜けやすく、"
    "途中の報告でどこまで進んだのかも言えません",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={f"{_FIRST}/way_of_proceeding": []},
            good={f"{_FIRST}/way_of_proceeding": ["調査", "公募", "交付決定"]},
            near_miss={f"{_FIRST}/way_of_proceeding": ["", "公募"]},
            pointer=f"{_FIRST}/way_of_proceeding",
        )
    ],
)
def way_of_proceeding(context: CheckContext) -> Iterator[Finding]:
    """The way of proceeding is given as text or steps.

    Without the steps, preparations are easily forgotten, and a report half-way cannot
    say how far the measure has come.
    """
    for path, measure in _measures(context):
        if all(_blank(step) for step in measure.five_w1h.way_of_proceeding):
            yield context.finding(
                *path,
                "way_of_proceeding",
                ja=f"施策「{measure.title}」の進め方が書かれていません",
                en=f"measure {measure.id} does not say how it goes on",
                hint="way_of_proceeding: [調査, 公募, 交付決定]",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on 5W1H."""
    return (
        significance,
        content,
        deadline,
        responsible_department,
        deliberation_venue,
        way_of_proceeding,
    )
