"""Budget lines: what is provisional, what is funded, and what is still open."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clusterplan.core.budgets import BudgetLine, BudgetStatus, FundingSource
from clusterplan.core.identifiers import Key, PartId, Yen
from clusterplan.core.measures import Measure


def line(amount: int | None, *sources: int | None, **more: Any) -> BudgetLine:
    """Return a budget line with sources of these amounts."""
    return BudgetLine(
        amount=yen(amount),
        sources=tuple(
            FundingSource(source=Key("state"), amount=yen(s)) for s in sources
        ),
        **more,
    )


def yen(amount: int | None) -> Yen | None:
    """Return an amount, or none."""
    return None if amount is None else Yen(amount)


def measure(*budget: BudgetLine) -> Measure:
    """Return a measure with a budget."""
    return Measure(id=PartId("M-1"), title="共同熱処理場", budget=budget)


@pytest.mark.parametrize(
    ("budget", "funded", "gap"),
    [
        (line(100, 60, 30), 90, 10),
        (line(100, 60, 40), 100, 0),
        (line(100, 60, 70), 130, 0),
        (line(100, 60, None), 60, 40),
        (line(100, None), 0, 100),
        (line(100), 0, 100),
        (line(100, source=Key("prefecture")), 100, 0),
        (line(None, source=Key("prefecture")), 0, 0),
        (line(100, 30, source=Key("prefecture")), 30, 70),
        (line(None, 30), 30, 0),
        (line(None), 0, 0),
        (line(0, 0), 0, 0),
    ],
)
def test_the_gap_is_what_no_source_pays(
    budget: BudgetLine, funded: int, gap: int
) -> None:
    """A single source pays all; several pay what each says; more is no gap."""
    assert (budget.funded, budget.gap) == (funded, gap)


AMOUNTS = st.none() | st.integers(0, 10**14 - 1)


@given(AMOUNTS, st.lists(AMOUNTS, max_size=4))
def test_sources_and_gap_cover_the_amount(
    amount: int | None, sources: list[int | None]
) -> None:
    """No yen is lost, and the gap is never below zero."""
    budget = line(amount, *sources)
    assert budget.gap >= 0
    assert budget.gap == 0 or budget.funded + budget.gap == amount
    assert budget.funded + budget.gap >= (amount or 0)


@pytest.mark.parametrize(
    ("status", "provisional"),
    [
        (BudgetStatus.PROPOSED, True),
        (BudgetStatus.VOTED, False),
        (BudgetStatus.NONE, False),
    ],
)
def test_money_is_provisional_until_it_is_voted(
    status: BudgetStatus, *, provisional: bool
) -> None:
    """One proposed line makes the measure provisional; none makes it not."""
    voted = BudgetLine(status=BudgetStatus.VOTED)
    assert BudgetLine(status=status).is_provisional is provisional
    assert measure(voted, BudgetLine(status=status)).is_provisional is provisional


def test_a_line_is_proposed_unless_it_says_otherwise() -> None:
    """Nobody takes money for voted by leaving something out."""
    assert BudgetLine().is_provisional
    assert not measure().is_provisional


def test_the_total_of_a_measure_is_the_sum_of_its_lines() -> None:
    """Lines without an amount add nothing."""
    assert measure(line(100), line(None), line(23)).budget_total == 123
    assert measure().budget_total == 0
