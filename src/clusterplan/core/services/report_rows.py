"""Rows of a progress report: whose they are, how they are filled in and corrected."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

import attrs

from ..actors import OPERATOR, Actor
from ..errors import ErrorCode, PlanError, Problem
from ..offices import names_of, office_name
from ..reports import (
    ProgressReport,
    ReportPart,
    ReportRow,
    speaks_for,
)
from .report_refusals import ReportRefusedError

Told = TypeVar("Told")


class StaleReportPartError(PlanError):
    """A part of a report was changed by somebody else since it was read."""

    def __init__(self, part: ReportPart, expected: int) -> None:
        self.part, self.expected = part, expected
        office = office_name(part.reporter)
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="STALE_VERSION",
                message_ja=f"{office.ja}の報告分の版数が違います"
                f"（指定：{expected}、現在：{part.version}）。読み直してから変更してください",
                message_en=f"the part of {office.en} was expected as version "
                f"{expected}, but it is version {part.version}; read it again and "
                "repeat the change",
                path=("expected_part_version",),
                current_version=part.version,
            )
        )


def part_of(
    report: ProgressReport, by: Actor, reporter: Actor | None = None
) -> ReportPart:
    """Return the part of *report* that *by* fills in: its own.

    An operator fills in any part, and says whose; an office with two parts may say so.

    Raises:
        ReportRefusedError: It has no part in this report.
    """
    mine = [
        part
        for part in report.parts
        if by.kind == OPERATOR or speaks_for(by, part.reporter)
    ]
    if reporter is not None:
        mine = [part for part in mine if part.reporter == reporter]
    elif by.kind == OPERATOR:
        raise ReportRefusedError(_whose(report))
    mine.sort(key=lambda part: part.reporter != by)
    if not mine:
        raise ReportRefusedError(_not_a_reporter(report, reporter or by))
    return mine[0]


def filled(
    report: ProgressReport, part: ReportPart, rows: Sequence[ReportRow], *, done: bool
) -> ProgressReport:
    """Return *report* with *rows* in the place of those of the same measures.

    The version of the part grows where something is another than before.
    """
    told = {row.measure: row for row in rows}
    new = tuple(
        attrs.evolve(told.get(row.measure, row), editions=row.editions)
        for row in part.rows
    )
    return _with_part(report, part, attrs.evolve(part, rows=new, done=done))


def corrected(report: ProgressReport, rows: Sequence[ReportRow]) -> ProgressReport:
    """Return *report* with corrected values (REP-12).

    Values and days replace those of the same indicator or milestone; other answers of
    a row, such as causes, replace what was said, where they are given. Causes and a
    response may be added without a value: they take nothing back.

    Raises:
        ReportRefusedError: `CORRECTION_WITHOUT_REASON`, for each value or day that is
            another one without saying why, and for a row that corrects none but says
            something else than before.
    """
    problems: list[Problem] = []
    for part in report.parts:
        told = {row.measure: (i, row) for i, row in enumerate(rows)}
        new = []
        for row in part.rows:
            position, correction = told.get(row.measure, (0, row))
            new.append(_corrected_row(row, correction))
            problems.extend(_unreasoned(row, correction, position))
        report = _with_part(report, part, attrs.evolve(part, rows=tuple(new)))
    if problems:
        raise ReportRefusedError(*problems)
    return report


def _with_part(
    report: ProgressReport, old: ReportPart, new: ReportPart
) -> ProgressReport:
    if new == old:
        return report
    new = attrs.evolve(new, version=old.version + 1)
    parts = tuple(new if part is old else part for part in report.parts)
    return attrs.evolve(report, parts=parts)


def _corrected_row(row: ReportRow, correction: ReportRow) -> ReportRow:
    given = {
        a.name: value
        for a in attrs.fields(ReportRow)
        if a.name != "editions" and (value := getattr(correction, a.name)) != a.default
    }
    given["observations"] = _replaced(
        row.observations, correction.observations, lambda told: told.indicator
    )
    given["milestones"] = _replaced(
        row.milestones, correction.milestones, lambda note: note.milestone
    )
    return attrs.evolve(row, **given)


def _replaced(
    old: tuple[Told, ...], new: tuple[Told, ...], subject: Callable[[Told], str]
) -> tuple[Told, ...]:
    known = {subject(each) for each in old}
    told = {subject(each): each for each in new}
    return (
        *(told.get(subject(each), each) for each in old),
        *(each for key, each in told.items() if key not in known),
    )


def _unreasoned(
    row: ReportRow, correction: ReportRow, position: int
) -> Iterator[Problem]:
    changed = 0
    stands = (*row.observations, *row.milestones)
    for name in ("observations", "milestones"):
        for number, each in enumerate(getattr(correction, name)):
            if each in stands:
                continue
            changed += 1
            if not (each.corrects or "").strip():
                yield _no_reason("rows", position, name, number, "corrects")
    if not changed and not _only_adds(row, _corrected_row(row, correction)):
        yield _no_reason("rows", position)


def _only_adds(row: ReportRow, new: ReportRow) -> bool:
    """Tell whether nothing but causes and a response is added to a row, if at all."""
    return (
        attrs.evolve(new, causes=row.causes, response=row.response) == row
        and all(cause in new.causes for cause in row.causes)
        and row.response in (None, new.response)
    )


def _whose(report: ProgressReport) -> Problem:
    reporters = names_of(p.reporter for p in report.parts)
    return Problem(
        reason="REPORTER_NOT_NAMED",
        message_ja=f"どの報告主体の分を記入するかを指定してください：{reporters.ja}",
        message_en=f"say whose part is filled in: {reporters.en}",
        path=("reporter",),
        hint=_keys(report),
        rule_id="REP-07",
    )


def _not_a_reporter(report: ProgressReport, by: Actor) -> Problem:
    office, reporters = office_name(by), names_of(p.reporter for p in report.parts)
    return Problem(
        code=ErrorCode.FORBIDDEN,
        reason="NOT_A_REPORTER",
        message_ja=f"{office.ja}はこの進捗報告の報告主体ではありません。"
        f"報告主体：{reporters.ja}",
        message_en=f"{office.en} has no part in this report; its reporters are: "
        f"{reporters.en}",
        path=("reporter",),
        hint=_keys(report),
        rule_id="REP-07",
    )


def _keys(report: ProgressReport) -> str:
    return ", ".join(str(part.reporter) for part in report.parts)


def _no_reason(*path: str | int) -> Problem:
    return Problem(
        reason="CORRECTION_WITHOUT_REASON",
        message_ja="受理された報告の値は、訂正理由（corrects）を書いて訂正します",
        message_en="what was accepted changes only by a correction with its reason",
        path=path,
        hint="corrects: ...",
        rule_id="REP-12",
    )
