"""Deadlines and departments of measures in words and days."""

from __future__ import annotations

import datetime as dt

import pytest

from clusterplan.core.departments import Department
from clusterplan.core.identifiers import DeadlineText, PartId
from clusterplan.core.measures import Deadline, MeasureMilestone
from clusterplan.core.periods import FiscalHalf, FiscalYear


def milestone(day: str) -> MeasureMilestone:
    """Return a step on a day."""
    return MeasureMilestone(
        id=PartId("MS"), date=dt.date.fromisoformat(day), text="設計"
    )


HALF = FiscalHalf(FiscalYear(2027), 1)
STEPS = (milestone("2028-03-31"), milestone("2026-10-01"))
WORDS = DeadlineText("速やかに")


@pytest.mark.parametrize(
    ("deadline", "due_on", "label"),
    [
        (Deadline(), None, ""),
        (Deadline(text=WORDS), None, "速やかに"),
        (Deadline(half=HALF), "2027-09-30", "令和9年度上期"),
        (Deadline(milestones=STEPS), "2028-03-31", "2028-03-31"),
        (Deadline(milestones=STEPS, text=WORDS), "2028-03-31", "速やかに"),
        (Deadline(milestones=STEPS, half=HALF), "2028-03-31", "令和9年度上期"),
        (
            Deadline(date=dt.date(2026, 1, 1), half=HALF, milestones=STEPS),
            "2026-01-01",
            "2026-01-01",
        ),
    ],
)
def test_a_deadline_is_a_day_where_one_follows(
    deadline: Deadline, due_on: str | None, label: str
) -> None:
    """A day counts first, then the latest of half and milestones; words are words."""
    assert (deadline.due_on and deadline.due_on.isoformat()) == due_on
    assert deadline.label == label


def test_a_department_is_named_as_far_as_it_is_known() -> None:
    """Organization and unit, or the one of them that is given."""
    assert Department(organization="150002", unit="道路課").label == "150002 道路課"
    assert Department(unit="道路課").label == "道路課"
    assert Department().label == ""
