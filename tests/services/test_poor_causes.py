"""Why measures are poor, and what is not answered though it goes on."""

from __future__ import annotations

import attrs
import pytest

from clusterplan.core.grades import Grade
from clusterplan.core.reports import Response, ResponseKind
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from progress_reports import H2, at, because, in_force, reported, row, why
from stores import MakePlanFile


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, which its prefecture reports alone, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def test_causes_are_told_with_what_follows_from_them(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """Poor twice in a row without a response is unanswered."""
    poor = row("M-01", IN_1="4350", IN_3="2", causes=because("受注減"))
    reported(sqlite_store, domain, plan_id, poor)
    (found,) = why(sqlite_store, domain, "2026-11-21")
    assert (found.measure, found.text, found.category) == ("M-01", "受注減", None)
    assert (found.grade, found.is_unanswered) == (Grade.SERIOUSLY_DELAYED, False)
    assert found.measure_title == "共同熱処理拠点の整備"

    responses = (
        (None, True),
        (Response(kind=ResponseKind.HOLD), True),
        (Response(kind=ResponseKind.HOLD, reason="次期の受注を待つ"), False),
        (Response(kind=ResponseKind.REVISE), False),
    )
    for number, (response, unanswered) in enumerate(responses):
        year, half = 2026 + (number + 1) // 2, (number + 1) % 2 + 1
        day = f"{year + half - 1}-{'05' if half == 2 else '11'}-21"
        told = attrs.evolve(poor, response=response, causes=())
        today = at(domain, day)
        reported(sqlite_store, today, plan_id, told, period_id=f"FY{year}H{half}")
        found = next(c for c in why(sqlite_store, today, day) if c.measure == "M-01")
        assert (found.text, found.is_unanswered) == (None, unanswered)
        listed = why(sqlite_store, today, day, unanswered=True)
        assert (found in listed) is unanswered


def test_poor_before_a_period_without_a_report_is_not_twice_in_a_row(
    sqlite_store: SqlStore, domain: Domain, plan_id: str
) -> None:
    """The period before counts, not the report before."""
    poor = row("M-01", IN_1="4350", IN_3="2")
    reported(sqlite_store, domain, plan_id, poor)
    late = at(domain, "2027-11-21")
    reported(sqlite_store, late, plan_id, poor, period_id="FY2027H1")
    (found, *_) = why(sqlite_store, late, "2027-11-21")
    assert (found.period_id, found.is_unanswered) == ("FY2027H1", False)
    reported(sqlite_store, late, plan_id, poor, period_id=H2)
    (found, *_) = why(sqlite_store, late, "2027-11-21")
    assert (found.period_id, found.is_unanswered) == ("FY2027H1", True)
