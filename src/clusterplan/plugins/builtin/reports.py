"""Rules on what a progress report tells of each measure, and who tells it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ...core.actors import Actor
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ...core.measures import Measure
from ...core.offices import office_name
from ...core.reports import ReportRow, speaks_for
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, STRATEGIC, policy_text
from .reported import is_written, rows_of, value_of
from .sample_reports import around, strategic_report
from .wording import is_put_off

CLUSTERPLAN = Manifest(api="~=1.0", order=-38)

_ROWS = "/report/parts/0/rows"
_SLIP = [{"milestone": "MS-1", "expected_on": "2027-12-31"}]
_MILESTONE = [{"id": "MS-1", "date": "2027-03-31", "text": "設計完了"}]
_MILESTONES = "/policy_means/measures/0/five_w1h/deadline/milestones"
_NEW_DATE = {"item": "deadline", "after": "2027-12-31"}
_DEADLINE = Key("deadline")


@rule(
    "REP-01",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="計画のすべての施策について報告の行がある",
    why="報告に出てこない施策は、止まっていても誰も気付きません。"
    "後から取り寄せても、その半年に何をしたかは思い出せないことがあります",
    source=policy_text("施策の実行状況確認"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={f"{_ROWS}/4": None},
            near_miss={
                f"{_ROWS}/4": {
                    "measure": "M-05",
                    "no_number_reason": "2027年度に着手するため、実績はまだない",
                }
            },
            pointer="/report/parts",
        )
    ],
)
def every_measure(context: CheckContext) -> Iterator[Finding]:
    """Every measure of the plan has a row in the report.

    Nobody notices that a measure stands still when no report tells of it, and months
    later nobody remembers what was done in that half-year.
    """
    if context.report is None:
        return
    told = {row.measure for row in context.report.rows}
    for measure in context.plan.measures:
        if measure.id not in told:
            yield context.finding(
                "report",
                "parts",
                ja=f"施策「{measure.title}」（{measure.id}）の報告がありません。"
                "動きがなくても、その理由を書いた行を加えてください",
                en=f"nothing is reported of measure {measure.id}; add a row, with a "
                "reason where there is nothing to tell",
                hint=f"rows: [{{measure: {measure.id}, no_number_reason: 来年度に着手する"
                "ため、実績はまだない}]",
            )
    known = {measure.id for measure in context.plan.measures}
    for placed in rows_of(context):
        if placed.row.measure not in known and not placed.has_ended:
            yield context.finding(
                *placed.path,
                "measure",
                ja=f"施策「{placed.row.measure}」は計画にありません",
                en=f"the plan has no measure {placed.row.measure!r}",
                hint=f"measure: {' / '.join(sorted(known - told) or sorted(known))}",
            )


@rule(
    "REP-02",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="どの報告の行にも数値か、数値がない理由がある",
    why="「順調」とだけ書かれた報告では、どこまで進んだのかを確かめられず、"
    "次の半年と比べることもできません",
    source=policy_text("数値を含め施策の実行状況確認"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={
                f"{_ROWS}/3/text": "順調に進んでいる",
                f"{_ROWS}/3/observations": [],
            },
            good={
                f"{_ROWS}/3/text": "順調に進んでいる",
                f"{_ROWS}/3/observations/0/value": "40100",
            },
            near_miss={
                f"{_ROWS}/3/observations": [],
                f"{_ROWS}/3/no_number_reason": "融資の窓口を開く前で、実績がない",
            },
            pointer=f"{_ROWS}/3",
        )
    ],
)
def number_or_reason(context: CheckContext) -> Iterator[Finding]:
    """Every row of a report has a number, or the reason why it has none.

    From 'steady' nobody can tell how far a measure has come, nor compare one half-year
    with the next.
    """
    for placed in rows_of(context):
        if placed.has_ended or _has_number(placed.row):
            continue
        if not _has_reason(placed.row, context):
            yield context.finding(
                *placed.path,
                ja=f"施策「{placed.row.measure}」の報告に数値がなく、"
                "数値がない理由もありません",
                en=f"the row of measure {placed.row.measure} has no number and no "
                "reason for having none",
                hint='observations: [{indicator: IN-1, value: "2.1"}] / '
                "no_number_reason: 年1回の統計で、6月に公表される",
            )


def _has_number(row: ReportRow) -> bool:
    return any(value_of(o) is not None for o in row.observations) or any(
        note.done_on or note.expected_on for note in row.milestones
    )


def _has_reason(row: ReportRow, context: CheckContext) -> bool:
    reasons = (row.no_number_reason, *(o.missing_reason for o in row.observations))
    return any(
        is_written(reason) and not is_put_off(reason, context.settings)
        for reason in reasons
        if reason
    )


@rule(
    "REP-07",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=[STRATEGIC],
    title="どの報告の行も、その施策を担う省庁か都道府県が出している",
    why="担当していない団体が書いた進捗は、裏付けを取れません。"
    "遅れたときに原因を答える相手も分からなくなります",
    source=policy_text("関係省庁・ 都道府県"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            given={"report": strategic_report()},
            bad={
                "/report/parts/0/rows": strategic_report()["parts"][0]["rows"]
                + strategic_report()["parts"][1]["rows"][:1],
                "/report/parts/1/rows": strategic_report()["parts"][1]["rows"][1:],
            },
            near_miss={"/report/parts/1/reporter": {"kind": "meti", "code": "meti"}},
            pointer="/report/parts/0/rows/2",
        )
    ],
)
def own_measures(context: CheckContext) -> Iterator[Finding]:
    """Each row comes from the ministry or prefecture responsible for the measure.

    Progress that another body wrote down cannot be verified, and when it is behind
    nobody knows whom to ask for the cause.
    """
    measures = {measure.id: measure for measure in context.plan.measures}
    for placed in rows_of(context):
        measure, by = measures.get(placed.row.measure), placed.part.reporter
        if measure is None or _is_responsible(by, measure, context.plan.lead):
            continue
        expected = measure.reporter or context.plan.lead or by
        reporter, other = office_name(expected), office_name(by)
        yield context.finding(
            *placed.path,
            ja=f"施策「{measure.title}」（{measure.id}）の報告は{reporter.ja}が行います"
            f"（{other.ja}は担当していません）",
            en=f"measure {measure.id} is reported by {reporter.en}, not by {other.en}",
            hint=f"reporter: {expected}",
        )


def _is_responsible(by: Actor, measure: Measure, lead: Actor | None) -> bool:
    """Tell whether an office reports a measure; the lead body does where none is told.

    The body of the unit in charge may do so as well, then.
    """
    if measure.reporter:
        return speaks_for(by, measure.reporter)
    department = measure.five_w1h.responsible_department
    in_charge = department is not None and by.code == department.organization
    return in_charge or lead is None or speaks_for(by, lead)


@rule(
    "REP-08",
    severity=Severity.WARNING,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="期限や担当部署などの変更が、理由とともに報告されている",
    why="期限や担当が黙って変わると、公表された計画と実際とがずれます。"
    "ずれは、事業者や住民の側で先に見付かります",
    source=policy_text("5W1Hに基づいて、進捗状況の点検"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={_MILESTONES: _MILESTONE, f"{_ROWS}/0/milestones": _SLIP},
            good={
                _MILESTONES: _MILESTONE,
                f"{_ROWS}/0/milestones": _SLIP,
                f"{_ROWS}/0/changes": [
                    {**_NEW_DATE, "reason": "地盤の再調査で設計が9か月延びた"}
                ],
            },
            near_miss={
                _MILESTONES: _MILESTONE,
                f"{_ROWS}/0/milestones": [
                    {"milestone": "MS-1", "expected_on": "2027-03-31"}
                ],
            },
            pointer=f"{_ROWS}/0/changes",
        )
    ],
)
def changes_shown(context: CheckContext) -> Iterator[Finding]:
    """Answers to the six questions that changed since the plan are shown, with reasons.

    Where a deadline or a unit in charge changes silently, the public plan and what
    happens drift apart, and firms and residents find out first.
    """
    measures = {measure.id: measure for measure in context.plan.measures}
    for placed in rows_of(context):
        shown = {change.item for change in placed.row.changes}
        measure = measures.get(placed.row.measure)
        slipped = measure and _slipped(measure, placed.row)
        if measure and slipped and _DEADLINE not in shown:
            planned, expected = slipped
            yield context.finding(
                *placed.path,
                "changes",
                ja=f"施策「{measure.title}」（{measure.id}）は {planned} の予定が"
                f" {expected} になりますが、期限の変更と理由が報告されていません",
                en=f"measure {measure.id} slips from {planned} to {expected}, and the "
                "report shows no change of the deadline",
                hint=f"changes: [{{item: deadline, after: {expected}, reason: ...}}]",
            )
        for position, change in enumerate(placed.row.changes):
            if not is_written(change.reason):
                yield context.finding(
                    *placed.path,
                    "changes",
                    position,
                    "reason",
                    ja=f"施策「{placed.row.measure}」の {change.item} の変更に"
                    "理由がありません",
                    en=f"nothing says why {change.item} of measure "
                    f"{placed.row.measure} changed",
                    hint="reason: 地盤の再調査で設計が9か月延びた",
                )


def _slipped(measure: Measure, row: ReportRow) -> tuple[dt.date, dt.date] | None:
    """Return the first planned day that is not kept, with the one it becomes."""
    deadline = measure.five_w1h.deadline
    planned = {m.id: m.date for m in deadline.milestones} if deadline else {}
    for note in row.milestones:
        due, now = planned.get(note.milestone), note.done_on or note.expected_on
        if due and now and now > due:
            return due, now
    return None


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on what a report consists of."""
    return (every_measure, number_or_reason, own_measures, changes_shown)
