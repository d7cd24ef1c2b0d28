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
    source=_SOURCE,
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={
                f"{_FIRST}/significance": "工場前のバイパスを整備する",
                f"{_FIRST}/content": "工場前のバイパスを整備する",
            },
            good={f"{_FIRST}/significance": "渋滞で貨物1便あたり40分を失っている"},
            pointer=f"{_FIRST}/significance",
        )
    ],
)
def significance(context: CheckContext) -> Iterator[Finding]:
    """The significance is given, and is not the same text as the content."""
    for path, measure in _measures(context):
        answers = measure.five_w1h
        if answers.significance is None or _blank(answers.significance):
            yield context.finding(
                *path,
                "significance",
                ja=f"施策「{measure.title}」の意義（なぜ行うか）が書かれていません",
                en=f"measure {measure.id} does not say why it is done",
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
            )


@rule(
    "W5H-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="施策の中身が書かれている",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_FIRST}/content": None},
            good={f"{_FIRST}/content": "14社が使う共同めっきラインを整備する"},
            pointer=f"{_FIRST}/content",
        )
    ],
)
def content(context: CheckContext) -> Iterator[Finding]:
    """The content of every measure is given."""
    for path, measure in _measures(context):
        if _blank(measure.five_w1h.content):
            yield context.finding(
                *path,
                "content",
                ja=f"施策「{measure.title}」の中身（何を行うか）が書かれていません",
                en=f"measure {measure.id} does not say what is done",
            )


@rule(
    "W5H-03",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="期限が日付・半期・マイルストーンで書かれている",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_FIRST}/deadline": {"text": "速やかに"}},
            good={f"{_FIRST}/deadline": {"half": "FY2027H2"}},
            pointer=f"{_FIRST}/deadline",
        )
    ],
)
def deadline(context: CheckContext) -> Iterator[Finding]:
    """The deadline is a day, a half-year or dated milestones, not only words."""
    for path, measure in _measures(context):
        given = measure.five_w1h.deadline
        if given is None or given.due_on is None:
            words = f"（記載：{given.text}）" if given and given.text else ""
            yield context.finding(
                *path,
                "deadline",
                ja=f"施策「{measure.title}」の期限に日付がありません{words}",
                en=f"the deadline of measure {measure.id} names no day",
                hint="{date: 2028-03-31} / {half: FY2027H2}",
            )


@rule(
    "W5H-04",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="担当部署が組織の中の部署まで書かれている",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={f"{_FIRST}/responsible_department": {"organization": "150002"}},
            good={f"{_FIRST}/responsible_department/unit": "産業部 立地課"},
            pointer=f"{_FIRST}/responsible_department",
        )
    ],
)
def responsible_department(context: CheckContext) -> Iterator[Finding]:
    """The responsible department is a unit inside an organization."""
    for path, measure in _measures(context):
        given = measure.five_w1h.responsible_department
        if given is None or _blank(given.organization) or _blank(given.unit):
            yield context.finding(
                *path,
                "responsible_department",
                ja=f"施策「{measure.title}」の担当部署は、組織名だけでなく部署まで書きます",
                en=f"measure {measure.id} needs a unit inside an organization",
                hint='{organization: "150002", unit: 産業部 立地課}',
            )


@rule(
    "W5H-05",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="検討の場が、種別と構成員か開催のある会議体を指している",
    source="論点メモ「産業振興会議、審議会、委員会の設置」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_FIRST}/deliberation_venue": "必要に応じて"},
            good={f"{_FIRST}/deliberation_venue": "V-1"},
            pointer=f"{_FIRST}/deliberation_venue",
        )
    ],
)
def deliberation_venue(context: CheckContext) -> Iterator[Finding]:
    """The venue is one of the plan's, with a kind, and members or a meeting."""
    venues = {str(v.id): v for v in context.plan.venues}
    for path, measure in _measures(context):
        name = measure.five_w1h.deliberation_venue
        if not _can_meet(venues.get(name or "")):
            yield context.finding(
                *path,
                "deliberation_venue",
                ja=f"施策「{measure.title}」の検討の場「{name or '未記入'}」は、"
                "種別と構成員（または開催）のある会議体（venues）を指していません",
                en=f"the venue {name!r} of measure {measure.id} is not a venue of the "
                "plan with a kind, and members or meetings",
                hint=", ".join(venues) or "venues: [{id: V-1, kind: council, ...}]",
            )


@rule(
    "W5H-06",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="進め方が文か手順で書かれている",
    source=_SOURCE,
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={f"{_FIRST}/way_of_proceeding": []},
            good={f"{_FIRST}/way_of_proceeding": ["調査", "公募", "交付決定"]},
            pointer=f"{_FIRST}/way_of_proceeding",
        )
    ],
)
def way_of_proceeding(context: CheckContext) -> Iterator[Finding]:
    """The way of proceeding is given as text or steps."""
    for path, measure in _measures(context):
        if all(_blank(step) for step in measure.five_w1h.way_of_proceeding):
            yield context.finding(
                *path,
                "way_of_proceeding",
                ja=f"施策「{measure.title}」の進め方が書かれていません",
                en=f"measure {measure.id} does not say how it goes on",
                hint="[調査, 公募, 交付決定]",
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
