"""A plan answers for its parts even where a section is missing."""

from __future__ import annotations

from decimal import Decimal

import pytest

from clusterplan.core.budgets import BudgetLine, BudgetStatus
from clusterplan.core.identifiers import Key, PartId, PlanId, Yen
from clusterplan.core.measures import (
    CollectiveKind,
    Dependency,
    Measure,
    MeasureShare,
    Nature,
)
from clusterplan.core.plans import (
    Challenge,
    Plan,
    PlanDetails,
    PolicyMeans,
    RawDetails,
)


def _plan(means: PolicyMeans | None) -> Plan:
    return Plan(
        id=PlanId("p"), plan_type=Key("other"), title="計画", policy_means=means
    )


def test_a_plan_without_policy_means_has_no_measures_and_challenges() -> None:
    """A draft can be asked like a finished plan."""
    assert _plan(None).measures == ()
    assert _plan(None).challenges == ()


def test_measures_and_challenges_are_those_of_section_3() -> None:
    """The plan passes them on."""
    measure = Measure(id=PartId("M-1"), title="施策")
    challenge = Challenge(id=PartId("CH-1"), text="課題")
    plan = _plan(PolicyMeans(measures=(measure,), challenges=(challenge,)))
    assert plan.measures == (measure,)
    assert plan.challenges == (challenge,)


def _measure(
    number: int,
    *budget: BudgetLine,
    nature: Nature | None = None,
    together: bool = False,
    after: str = "",
) -> Measure:
    return Measure(
        id=PartId(f"M-{number}"),
        title="施策",
        nature=nature,
        collective=(CollectiveKind.JOINT_FACILITY,) if together else (),
        depends_on=tuple(Dependency(measure=PartId(f"M-{n}")) for n in after),
        budget=budget,
    )


def _yen(amount: int) -> BudgetLine:
    return BudgetLine(amount=Yen(amount))


NO_MONEY = BudgetLine(status=BudgetStatus.NONE)


def test_collective_measures_and_those_for_single_firms_are_told_as_numbers() -> None:
    """Count and money, each as a share; measures that tell no money are counted."""
    means = PolicyMeans(
        measures=(
            _measure(1, _yen(100), _yen(200), together=True),
            _measure(2, _yen(100)),
            _measure(3, BudgetLine()),
            _measure(4, NO_MONEY),
        )
    )
    assert means.collective_share == MeasureShare(
        count=1,
        count_share=Decimal("0.25"),
        budget=Yen(300),
        budget_share=Decimal("0.75"),
        budget_untold=0,
    )
    assert means.single_firm_share == MeasureShare(
        count=3,
        count_share=Decimal("0.75"),
        budget=Yen(100),
        budget_share=Decimal("0.25"),
        budget_untold=1,
    )


def test_the_share_of_hard_and_soft_is_of_those_that_say_which_they_are() -> None:
    """A measure that does not say it counts for neither."""
    means = PolicyMeans(
        measures=(
            _measure(1, _yen(90), nature=Nature.HARD),
            _measure(2, _yen(10), nature=Nature.SOFT),
            _measure(3, _yen(500)),
        )
    )
    assert means.hard_share
    assert means.soft_share
    assert (means.hard_share.count, means.hard_share.budget) == (1, 90)
    assert means.hard_share.budget_share == Decimal("0.9")
    assert means.soft_share.budget_share == Decimal("0.1")


@pytest.mark.parametrize(
    ("hard", "soft", "budget", "share"),
    [
        ([_yen(5)], None, 5, 1),
        (None, [_yen(5)], 0, 0),
        ([_yen(5)], [], 5, None),
        ([], [_yen(5)], None, None),
        ([], [], None, None),
        ([NO_MONEY], [NO_MONEY], 0, None),
        ([NO_MONEY], [_yen(5)], 0, 0),
        ([BudgetLine()], None, None, None),
    ],
)
def test_money_that_nobody_told_is_no_zero(
    hard: list[BudgetLine] | None,
    soft: list[BudgetLine] | None,
    budget: int | None,
    share: int | None,
) -> None:
    """A share of money needs both sides; no measure at all costs nothing."""
    natures = ((Nature.HARD, hard), (Nature.SOFT, soft))
    means = PolicyMeans(
        measures=tuple(
            _measure(number, *lines, nature=nature)
            for number, (nature, lines) in enumerate(natures)
            if lines is not None
        )
    )
    found = means.hard_share
    assert found
    assert (found.budget, found.budget_share) == (budget, share)


def test_there_is_no_share_of_nothing() -> None:
    """Neither of no measures, nor of measures that do not say what they are."""
    means = PolicyMeans()
    assert (means.collective_share, means.single_firm_share) == (None, None)
    means = PolicyMeans(measures=(_measure(1),))
    assert (means.hard_share, means.soft_share) == (None, None)


def test_measures_are_ordered_by_what_must_come_first() -> None:
    """A ring, and a measure that is not there, keep nobody out of the order."""
    measures = (
        _measure(1, after="3"),
        _measure(2, after="9"),
        _measure(3),
        _measure(4, after="5"),
        _measure(5, after="4"),
    )
    order = _plan(PolicyMeans(measures=measures)).measure_order
    assert order == ("M-2", "M-3", "M-1", "M-4", "M-5")
    assert _plan(None).measure_order == ()


def test_details_without_an_outline_are_shown_as_nothing() -> None:
    """A plugin need not write an outline; raw details have none and can be hashed."""
    assert PlanDetails().outline() == ()
    raw = RawDetails(document={"any": ["thing"]})
    assert raw.outline() == ()
    assert hash(raw) == hash(RawDetails(document={}))
