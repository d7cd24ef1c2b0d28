"""Progress reports in lives: opened, filled in, sent back, accepted, corrected."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import attrs
from hypothesis import strategies as st

from clusterplan.core.actors import Actor
from clusterplan.core.cases import Case
from clusterplan.core.clock import day_in_tokyo
from clusterplan.core.identifiers import PartId
from clusterplan.core.lifecycle import Phase
from clusterplan.core.periods import FiscalHalf
from clusterplan.core.reports import REPORT, Cause, ReportPart, ReportRow
from clusterplan.core.services.reporting import (
    AcceptReport,
    CorrectReport,
    FillReport,
    OpenReport,
    SendBackReport,
    SubmitReport,
)
from lives import METI, OPERATOR, SECRETARIAT, STATE_BODIES, Life, mark, speaks
from lives_drafts import NUMBERS
from watched import Deed, Watched

VALUES = st.decimals(0, 100_000, places=0)
LAST = FiscalHalf.of(dt.date(2031, 3, 31))
"""The half-year that both plans end in."""
DEEDS = ("fill", "submit", "send back", "accept", "correct")
"""What can be done about a report."""
FAR = ("filled", "submitted", "sent back", "accepted", "accepted")
"""How far a report comes at once."""


class Reporting(Watched):
    """Offices that report, and the state, which accepts."""

    def deeds(self) -> Iterator[tuple[Deed, int]]:
        """Yield what can be done, and how often."""
        yield from super().deeds()
        yield self.a_period_is_reported, 8 if self.is_any(Phase.IN_FORCE) else 1
        yield self.a_report_goes_on, 8 if self.is_anything_reported() else 1
        yield self.a_report_is_opened, 1

    def go_on(self, life: Life) -> None:
        """Report once, and put a value right."""
        super().go_on(life)
        self.time_goes_on(24 * 180)
        self.report_so_far(life, "accepted", (Decimal(1), 0), None)
        for period in life.reports:
            part, *_ = self.report(life, period).document.parts
            self.correct(life, part, OPERATOR, Decimal(2), None)

    def a_period_is_reported(self, data: st.DataObject) -> None:
        """By all who have a part, by the lead body, by the state: so far."""
        life = self.life(data, Phase.IN_FORCE)
        far = data.draw(st.sampled_from(FAR), label="far")
        value = data.draw(VALUES, label="value")
        number = data.draw(NUMBERS, label="number")
        how = self.how(data)
        if data.draw(st.booleans(), label="wait"):
            self.time_goes_on(24 * 180)
        self.report_so_far(life, far, (value, number), how)

    def report_so_far(
        self, life: Life, far: str, told: tuple[Decimal, int], how: str | None
    ) -> None:
        """Report on the last period that is over, so far."""
        period = self.period()
        self.open(life, period, life.lead[0], how)
        case = self.case(life, REPORT, period)
        if case is None or case.state not in ("open", "sent_back"):
            return
        for part in case.document.parts:
            self.fill(life, part, OPERATOR, told)
        if far != "filled":
            sole = len(case.document.parts) == 1 and life is self.lives[0]
            self.submit(life, METI if sole else life.lead[0], how, period)
        if far == "sent back":
            self.send_back(life, METI, how, period)
        elif far == "accepted":
            self.accept(life, METI, how, period)
            self.accept(life, SECRETARIAT, how, period)

    def a_report_goes_on(self, data: st.DataObject) -> None:
        """Somebody does something about the last report."""
        value = data.draw(VALUES, label="value")
        number = data.draw(NUMBERS, label="number")
        how = self.how(data)
        life = self.life(data, Phase.IN_FORCE)
        if not life.reports:
            return
        period = list(life.reports)[-1]
        case: Any = self.case(life, REPORT, period)
        part = data.draw(st.sampled_from(case.document.parts))
        asked = case.state == "submitted"
        near = STATE_BODIES if asked else (life.lead[0], METI, life.office)
        by = self.somebody(data, near)
        likely = {
            "submitted": ("accept", "send back"),
            "accepted": ("correct", "correct"),
        }.get(case.state, ("fill", "submit"))
        does = data.draw(st.sampled_from((*likely * 3, *DEEDS)), label="does")
        if does == "fill":
            self.fill(life, part, by, (value, number), how)
        elif does == "submit":
            self.submit(life, by, how, period)
        elif does == "send back":
            self.send_back(life, by, how, period)
        elif does == "accept":
            self.accept(life, by, how, period)
        elif case.state == "accepted":
            self.correct(life, part, by, value, how)

    def a_report_is_opened(self, data: st.DataObject) -> None:
        """On the last period that is over."""
        how = self.how(data)
        life = self.life(data, Phase.IN_FORCE)
        self.open(life, self.period(), self.somebody(data, life.lead), how)

    def is_anything_reported(self) -> bool:
        """Tell whether there is a report."""
        return any(life.reports for life in self.lives)

    def period(self) -> PartId:
        """Return the last period that is over, or the one that plans end with."""
        today = day_in_tokyo(self.now)
        last = FiscalHalf.of(FiscalHalf.of(today).start - dt.timedelta(days=1))
        return PartId(str(last if last.end < LAST.end else LAST))

    def open(self, life: Life, period: PartId, by: Actor, how: str | None) -> None:
        """Open the report on a period."""
        command = OpenReport(plan_id=life.plan_id, period_id=period, by=by)
        done = self.give(command, how)
        if done is not None:
            report, standing = done.case.document, self.standing(life)
            assert standing.published_on is not None
            assert report.period_end <= day_in_tokyo(self.now)
            assert period not in life.reports
            reporters = (by, *(part.reporter for part in report.parts))
            assert by in (*life.lead, OPERATOR) or any(
                speaks(by, body) for body in reporters[1:]
            )
            life.reports[period] = ("open", None)

    def fill(
        self,
        life: Life,
        part: ReportPart,
        by: Actor,
        told: tuple[Decimal, int],
        how: str | None = None,
    ) -> None:
        """Fill in a part of the last report; what it says is public once accepted."""
        period = list(life.reports)[-1]
        state = life.reports[period][0]
        rows = tuple(self.filled(life, period, row, *told) for row in part.rows)
        command = FillReport(
            plan_id=life.plan_id,
            period_id=period,
            rows=rows,
            done=True,
            by=by,
            expected_part_version=part.version,
            reporter=part.reporter,
        )
        allowed = state in ("open", "sent_back") and (
            by == OPERATOR or speaks(by, part.reporter)
        )
        self.give(command, how, allowed=allowed)

    def filled(
        self, life: Life, period: str, row: ReportRow, value: Decimal, number: int
    ) -> ReportRow:
        """Return a row with values, and with causes that are marked."""
        told = tuple(attrs.evolve(o, value=value) for o in row.observations)
        marked = mark("R", f"{life.letter}{period[4]}", number)
        return attrs.evolve(
            row, observations=told, causes=(Cause(text=f"入札が不調 {marked}"),)
        )

    def submit(self, life: Life, by: Actor, how: str | None, period: str) -> None:
        """Submit a report; where the state does not review it, it is accepted."""
        case = self.report(life, period)
        parts = case.document.parts
        sole = len(parts) == 1 and speaks(by, parts[0].reporter)
        allowed = (
            case.state in ("open", "sent_back")
            and all(part.done for part in parts)
            and (by == life.lead[0] or sole)
        )
        command = SubmitReport(**_named(case, by))
        if self.give(command, how, allowed=allowed) is not None:
            self.seen["sole reporter"] += sole
            reviewed = self.reviewed(life)
            life.reports[period] = ("submitted" if reviewed else "accepted", by)
            if not reviewed:
                self.show(life, period)

    def send_back(self, life: Life, by: Actor, how: str | None, period: str) -> None:
        """Send a report back."""
        case = self.report(life, period)
        allowed = case.state == "submitted" and by in STATE_BODIES
        command = SendBackReport(reason="数値の根拠がない", **_named(case, by))
        if self.give(command, how, allowed=allowed) is not None:
            life.reports[period] = ("sent_back", None)

    def accept(self, life: Life, by: Actor, how: str | None, period: str) -> None:
        """Accept a report, as another office than those that report in it."""
        case = self.report(life, period)
        submitter = life.reports[period][1]
        reports = any(speaks(by, part.reporter) for part in case.document.parts)
        allowed = case.state == "submitted" and by in STATE_BODIES and not reports
        command = AcceptReport(**_named(case, by))
        if self.give(command, how, allowed=allowed) is not None:
            assert by != submitter
            life.reports[period] = ("accepted", submitter)
            self.accepted[life.plan_id, period] = by
            self.show(life, period)

    def correct(
        self, life: Life, part: ReportPart, by: Actor, value: Decimal, how: str | None
    ) -> None:
        """Correct values of an accepted report; its causes stay."""
        case = self.report(life, list(life.reports)[-1])
        rows = tuple(
            attrs.evolve(
                row,
                observations=tuple(
                    attrs.evolve(o, value=value, corrects="転記の誤り")
                    for o in row.observations
                ),
            )
            for row in part.rows
        )
        mine = by == OPERATOR or speaks(by, life.lead[0]) or speaks(by, part.reporter)
        corrected = any(row.observations for row in rows)
        command = CorrectReport(rows=rows, **_named(case, by))
        allowed = mine if corrected or not mine else None
        self.give(command, how, allowed=allowed)

    def show(self, life: Life, period: str) -> None:
        """What an accepted report says is public with the plan."""
        parts = self.report(life, period).document.parts
        causes = (c for part in parts for row in part.rows for c in row.causes)
        life.shown |= {cause.text.rpartition(" ")[2] for cause in causes}

    def report(self, life: Life, period: str) -> Case:
        """Return the report on a period."""
        case = self.case(life, REPORT, period)
        assert case is not None
        return case


def _named(case: Case, by: Actor) -> dict[str, Any]:
    return {
        "plan_id": case.plan_id,
        "period_id": case.id,
        "by": by,
        "expected_version": case.version,
    }
