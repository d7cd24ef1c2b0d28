"""What rules read of a progress report: rows with their places, values, earlier reports."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from attrs import frozen

from ...core.checks import CheckContext
from ...core.errors import Path
from ...core.identifiers import PartId
from ...core.quantities import decimal_of, exact, shown
from ...core.reports import Observation, ProgressReport, ReportPart, ReportRow
from .wording import plain


@frozen(kw_only=True)
class PlacedRow:
    """A row of the report that is about to go in, and where it stands.

    Attributes:
        has_ended: Whether a revision took its measure away within the period. Such a
            row may stay empty; what it tells is looked at like that of others.
    """

    path: Path
    part: ReportPart
    row: ReportRow
    has_ended: bool = False


@frozen(kw_only=True)
class PlacedObservation:
    """What is reported of an indicator, where it stands, and for which day."""

    path: Path
    observation: Observation
    on: dt.date


@frozen
class Told:
    """A value of an indicator on a day."""

    on: dt.date
    value: Fraction


def rows_of(context: CheckContext) -> Iterator[PlacedRow]:
    """Yield the rows of the report; none where no report is about to go in."""
    report = context.report
    for number, part in enumerate(report.parts if report else ()):
        for position, row in enumerate(part.rows):
            path = ("report", "parts", number, "rows", position)
            ended = report is not None and report.has_ended(row)
            yield PlacedRow(path=path, part=part, row=row, has_ended=ended)


def observations_of(context: CheckContext) -> Iterator[PlacedObservation]:
    """Yield what the report tells of indicators."""
    for placed in rows_of(context):
        yield from observations_in(placed, context)


def observations_in(
    placed: PlacedRow, context: CheckContext
) -> Iterator[PlacedObservation]:
    """Yield what a row of the report tells of indicators."""
    assert context.report is not None, "a row is one of a report"  # noqa: S101
    for position, observation in enumerate(placed.row.observations):
        path = (*placed.path, "observations", position)
        on = observation.as_of or context.report.period_end
        yield PlacedObservation(path=path, observation=observation, on=on)


def value_of(observation: Observation) -> Fraction | None:
    """Return the value that is reported, be it a number or a ratio."""
    return exact(observation.ratio or observation.value)


def place_of(observation: Observation) -> str:
    """Return the attribute that the value stands in."""
    return "ratio" if observation.ratio else "value"


def values_in(report: ProgressReport, indicator: PartId) -> Iterator[Told]:
    """Yield what *report* tells of an indicator."""
    for row in report.rows:
        for observation in row.observations:
            value = value_of(observation)
            if observation.indicator == indicator and value is not None:
                yield Told(observation.as_of or report.period_end, value)


def earlier_reports(context: CheckContext) -> tuple[ProgressReport, ...]:
    """Return the reports on periods before that of the report, the oldest first."""
    if context.report is None:
        return ()
    end = context.report.period_end
    earlier = (r for r in context.reports if r.period_end < end)
    return tuple(sorted(earlier, key=lambda r: r.period_end))


def told_before(placed: PlacedObservation, context: CheckContext) -> Told | None:
    """Return what the latest earlier report told of the same indicator and day."""
    for report in reversed(earlier_reports(context)):
        for told in values_in(report, placed.observation.indicator):
            if told.on == placed.on:
                return told
    return None


def poor_measures(report: ProgressReport) -> frozenset[PartId]:
    """Return the measures whose progress is poor (芳しくない) in *report*."""
    return frozenset(grade.measure for grade in report.grades if grade.is_poor)


def is_written(text: str | None) -> bool:
    """Tell whether *text* is more than blanks."""
    return bool(plain(text))


def shortly(value: Fraction) -> str:
    """Return *value* as people write it, with two places at most."""
    return f"{shown(decimal_of(value)).normalize():f}"


def percent(share: Fraction | Decimal) -> str:
    """Return *share* in percent, as people write it."""
    return f"{shortly(Fraction(share) * 100)}%"
