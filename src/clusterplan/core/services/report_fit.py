"""What rows of a progress report may tell of, and whose they are."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from attrs import frozen

from ..actors import Actor
from ..errors import ErrorCode, InputError, Path, Problem
from ..identifiers import PartId
from ..offices import office_name
from ..plans import Plan
from ..reports import ProgressReport, ReportPart, ReportRow
from .report_refusals import ReportRefusedError


def refuse_unfit(
    report: ProgressReport,
    texts: Mapping[str, Plan],
    mine: Sequence[ReportPart],
    rows: Sequence[ReportRow],
) -> None:
    """Refuse rows that belong to others, or tell of what the plan does not have.

    Args:
        report: The report with its form.
        texts: The editions that its rows belong to, by their numbers.
        mine: The parts that the rows may be of.
        rows: What is told.

    Raises:
        ReportRefusedError: `FOREIGN_ROW`, for measures that others report.
        InputError: `UNKNOWN_MEASURE`, `REPEATED_ROW`, `UNKNOWN_INDICATOR`,
            `FOREIGN_INDICATOR`, `REPEATED_OBSERVATION`, `UNKNOWN_MILESTONE` or
            `REPEATED_MILESTONE`.
    """
    owners = {r.measure: p for p in report.parts for r in p.rows}
    foreign = [
        _foreign(position, row, owners[row.measure].reporter)
        for position, row in enumerate(rows)
        if row.measure in owners and owners[row.measure] not in mine
    ]
    if foreign:
        raise ReportRefusedError(*foreign)
    known = {r.measure: texts[report.edition_of(r)] for r in report.rows}
    problems = [
        *_unknown_measures(rows, set(owners)),
        *_unfit_parts(known, rows),
        *_foreign_indicators(report, known, rows),
    ]
    if problems:
        raise InputError(*problems)


def _unknown_measures(rows: Sequence[ReportRow], known: set[str]) -> Iterator[Problem]:
    seen: set[str] = set()
    for position, row in enumerate(rows):
        path = ("rows", position, "measure")
        if row.measure not in known:
            yield _unknown("UNKNOWN_MEASURE", "施策", "measure", row.measure, path)
        if row.measure in seen:
            yield Problem(
                reason="REPEATED_ROW",
                message_ja=f"施策「{row.measure}」の行が二つあります",
                message_en=f"measure {row.measure!r} has two rows",
                path=path,
            )
        seen.add(row.measure)


def _unfit_parts(
    plans: Mapping[PartId, Plan], rows: Sequence[ReportRow]
) -> Iterator[Problem]:
    """Yield what is told of parts that an edition does not have, or is told twice.

    A row is held against the edition of its measure.
    """
    for position, row in enumerate(rows):
        plan = plans.get(row.measure)
        if plan is None:
            continue
        deadlines = (m.five_w1h.deadline for m in plan.measures if m.id == row.measure)
        milestones = {m.id for d in deadlines if d for m in d.milestones}
        yield from _unfit(
            _INDICATOR,
            [o.indicator for o in row.observations],
            {indicator.id for indicator in plan.indicators},
            ("rows", position, "observations"),
        )
        yield from _unfit(
            _MILESTONE,
            [note.milestone for note in row.milestones],
            milestones,
            ("rows", position, "milestones"),
        )


def _foreign_indicators(
    report: ProgressReport, plans: Mapping[PartId, Plan], rows: Sequence[ReportRow]
) -> Iterator[Problem]:
    """Yield what is told of indicators of other measures only.

    Indicators of the plan that no measure has may be told in any row. What a row tells
    already may be told again, so that it can be put right.
    """
    for position, row in enumerate(rows):
        plan, now = plans.get(row.measure), report.row(row.measure)
        if plan is None or now is None:
            continue
        owners = {i: m.id for m in plan.measures for i in m.indicators}
        own = [i for m in plan.measures if m.id == row.measure for i in m.indicators]
        fit = {*own, *(told.indicator for told in now.observations)}
        for number, told in enumerate(row.observations):
            if told.indicator in owners and told.indicator not in fit:
                path = ("rows", position, "observations", number, "indicator")
                yield _foreign_indicator(row.measure, told.indicator, own, path)


def _foreign_indicator(
    measure: PartId, indicator: PartId, own: Sequence[PartId], path: Path
) -> Problem:
    return Problem(
        reason="FOREIGN_INDICATOR",
        message_ja=f"指標「{indicator}」は施策「{measure}」の指標ではありません。"
        "実績は、その指標を置く施策の行に記入してください",
        message_en=f"{indicator!r} is no indicator of measure {measure!r}; tell its "
        "value in the row of a measure that has it",
        path=path,
        hint=", ".join(own) or None,
    )


@frozen
class _Sort:
    """A sort of part that rows tell of, and what is said where it is told twice."""

    key: str
    ja: str
    twice: str
    twice_ja: str
    twice_en: str


_INDICATOR = _Sort(
    "indicator",
    "指標",
    "REPEATED_OBSERVATION",
    "実績が二つあります。1行に1件とし、前の期間の値は、その期間の報告の訂正で改めてください",
    "has two values in one row; tell one, and correct that of an earlier period in its "
    "own report",
)
_MILESTONE = _Sort(
    "milestone",
    "マイルストーン",
    "REPEATED_MILESTONE",
    "記入が二つあります。1行に1件としてください",
    "is told twice in one row; tell it once",
)


def _unfit(
    sort: _Sort,
    told: Sequence[PartId],
    known: Collection[PartId],
    place: tuple[str | int, ...],
) -> Iterator[Problem]:
    for number, id_ in enumerate(told):
        path = (*place, number, sort.key)
        if id_ not in known:
            reason = f"UNKNOWN_{sort.key.upper()}"
            yield _unknown(reason, sort.ja, sort.key, id_, path)
        elif id_ in told[:number]:
            yield Problem(
                reason=sort.twice,
                message_ja=f"{sort.ja}「{id_}」の{sort.twice_ja}",
                message_en=f"{sort.key} {id_!r} {sort.twice_en}",
                path=path,
            )


def _unknown(
    reason: str, ja: str, en: str, id_: str, path: tuple[str | int, ...]
) -> Problem:
    return Problem(
        reason=reason,
        message_ja=f"報告の対象の版に{ja}「{id_}」はありません",
        message_en=f"the edition that is reported on has no {en} {id_!r}",
        path=path,
    )


def _foreign(position: int, row: ReportRow, reporter: Actor) -> Problem:
    office = office_name(reporter)
    return Problem(
        code=ErrorCode.FORBIDDEN,
        reason="FOREIGN_ROW",
        message_ja=f"施策「{row.measure}」は{office.ja}が報告します",
        message_en=f"measure {row.measure!r} is reported by {office.en}",
        path=("rows", position, "measure"),
        hint=str(reporter),
        rule_id="REP-07",
    )
