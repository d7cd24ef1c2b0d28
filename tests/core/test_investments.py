"""Sums and certainty of investments."""

from __future__ import annotations

from clusterplan.core.identifiers import InvestmentId, Yen
from clusterplan.core.investments import Certainty, Investment, MoneyLine, Sector


def investment(*lines: tuple[int | None, Certainty]) -> Investment:
    """Return an investment with private money lines."""
    return Investment(
        id=InvestmentId("I-1"),
        title="新工場",
        money=tuple(
            MoneyLine(
                sector=Sector.PRIVATE,
                certainty=certainty,
                amount=None if amount is None else Yen(amount),
            )
            for amount, certainty in lines
        ),
    )


def test_the_total_is_the_sum_of_known_amounts() -> None:
    """Lines without an amount do not make the sum unknown; no amount at all does."""
    known = [(86_000_000_000, Certainty.ANNOUNCED), (0, Certainty.SPENT)]
    assert investment(*known, (None, Certainty.SPENT)).total == 86_000_000_000
    assert investment((0, Certainty.SPENT)).total == 0
    assert investment((None, Certainty.SPENT)).total is None
    assert investment().total is None


def test_an_investment_is_as_certain_as_its_least_certain_line() -> None:
    """Announced money makes the whole announced."""
    lines = [(1, Certainty.SPENT), (1, Certainty.PLANNED), (1, Certainty.SECURED)]
    assert investment(*lines).certainty is Certainty.PLANNED
    assert investment((1, Certainty.ANNOUNCED), *lines).certainty is Certainty.ANNOUNCED
    assert investment().certainty is None
