"""What the stories tell of measures in a report, before it is put into numbers.

Stories say how far an indicator has come of what was expected by then, and the number
follows from the plan: so it fits whatever half is reported.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from attrs import Factory, frozen

from ..core.identifiers import Key, PartId
from ..core.indicators import Indicator
from ..core.periods import FiscalHalf
from ..core.plans import Plan
from ..core.progress import expected_value
from ..core.reports import (
    Cause,
    CauseCategory,
    ItemChange,
    MilestoneNote,
    Observation,
    ReportRow,
    Response,
    ResponseKind,
)

_COUNTED = ("社", "人", "軒", "店", "万円", "百万円", "円", "m3/日")
"""Units of which no part is told."""
_EARLY = 10
"""Days before its date on which a milestone is done."""
_CENT = Decimal("0.01")


@frozen(kw_only=True)
class NoValue:
    """That an indicator has no value yet, and why.

    Attributes:
        days: After how many days from the end of the half the value is expected.
    """

    reason: str
    days: int


@frozen(kw_only=True)
class Told:
    """What is told of a measure.

    Attributes:
        text: What was done.
        values: By indicator: a share of what was expected (`95%`), a value in the unit
            of the indicator (`30000`), or that there is none.
        cause: Why progress is poor: a category, what happened, and where it is shown.
        outside: Whether the cause lies outside of what the reporter decides.
        hold: Why a poor measure is left as it is.
        revise: What of a poor measure will be revised.
        changes: Answers that changed since: item, what it is now, and why.
    """

    text: str
    values: Mapping[str, str | NoValue] = Factory(dict)
    cause: tuple[str, str, str] | None = None
    outside: bool = False
    hold: str | None = None
    revise: str | None = None
    changes: tuple[tuple[str, str, str], ...] = ()

    def row(self, measure: str, plan: Plan, half: FiscalHalf) -> ReportRow:
        """Return the row of a measure of *plan* in the report on *half*.

        Dated milestones that came due are told as done in time.
        """
        return ReportRow(
            measure=PartId(measure),
            text=self.text,
            observations=tuple(
                _observation(plan, key, told, half.end)
                for key, told in self.values.items()
            ),
            milestones=_milestones(plan, measure, half.end),
            causes=self._causes(),
            response=self._response(),
            changes=tuple(
                ItemChange(item=Key(item), after=after, reason=reason)
                for item, after, reason in self.changes
            ),
        )

    def _causes(self) -> tuple[Cause, ...]:
        if self.cause is None:
            return ()
        category, text, evidence = self.cause
        return (
            Cause(
                category=CauseCategory(category),
                external=self.outside,
                text=text,
                evidence=(evidence,),
            ),
        )

    def _response(self) -> Response | None:
        if self.revise is not None:
            return Response(kind=ResponseKind.REVISE, reason=self.revise)
        if self.hold is not None:
            return Response(kind=ResponseKind.HOLD, reason=self.hold)
        return None


def _milestones(plan: Plan, measure: str, end: dt.date) -> tuple[MilestoneNote, ...]:
    deadline = next(m for m in plan.measures if m.id == measure).five_w1h.deadline
    return tuple(
        MilestoneNote(
            milestone=milestone.id, done_on=milestone.date - dt.timedelta(days=_EARLY)
        )
        for milestone in (deadline.milestones if deadline else ())
        if milestone.date <= end
    )


def _observation(
    plan: Plan, key: str, told: str | NoValue, end: dt.date
) -> Observation:
    indicator = next(i for i in plan.indicators if i.id == key)
    if isinstance(told, NoValue):
        return Observation(
            indicator=indicator.id,
            missing_reason=told.reason,
            next_release_on=end + dt.timedelta(days=told.days),
        )
    if told.endswith("%"):
        value = _value(indicator, Decimal(told[:-1]) / 100, end)
    else:
        value = Decimal(told)
    return Observation(indicator=indicator.id, value=value)


def _value(indicator: Indicator, share: Decimal, day: dt.date) -> Decimal:
    """Return the value that is so much of the way expected by *day*."""
    expected = expected_value(indicator, day)
    start = indicator.baseline.value if indicator.baseline else None
    if expected is None or start is None:
        raise ValueError(f"indicator {indicator.id!r} has no path")
    value = start + share * (expected - start)
    counted = indicator.unit in _COUNTED
    return value.quantize(Decimal(1) if counted else _CENT).normalize() + 0
