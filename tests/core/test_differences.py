"""Two texts of a plan are compared by what they say, part by part."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given

from clusterplan.core.actors import Actor
from clusterplan.core.budgets import BudgetLine
from clusterplan.core.differences import (
    AttributeChange,
    ChangedPart,
    ChangeMark,
    PlanDifference,
    compare,
)
from clusterplan.core.identifiers import InvestmentId, Key, PartId, PlanId, Yen
from clusterplan.core.indicators import DatedValue, Direction, Indicator, MaintainKind
from clusterplan.core.investments import Investment
from clusterplan.core.periods import FiscalYear
from clusterplan.core.plans import Plan, RawDetails
from stores import REGIONAL, STRATEGIC, MakePlanFile
from strategies import UNHURRIED, plans

M1 = "/policy_means/measures/0"
BOTH = ("plan_type", [STRATEGIC, REGIONAL])


def between(
    plan_file: MakePlanFile,
    changes: dict[str, Any],
    before: dict[str, Any] | None = None,
) -> PlanDifference:
    """Return what differs where the B sample is changed."""
    return compare(plan_file(REGIONAL, before).plan, plan_file(REGIONAL, changes).plan)


def only(difference: PlanDifference) -> ChangedPart:
    """Return the one part that changed."""
    (part,) = difference.changed
    assert not difference.added
    assert not difference.removed
    return part


@given(plan=plans())
@UNHURRIED
def test_a_plan_does_not_differ_from_itself(plan: Plan) -> None:
    """The same text twice makes an empty difference, whatever it holds."""
    assert compare(plan, plan).is_empty


@given(before=plans(), after=plans())
@UNHURRIED
def test_a_difference_read_backwards_is_its_mirror(before: Plan, after: Plan) -> None:
    """What one way is added is the other way removed; before and after swap places."""
    after = attrs.evolve(after, id=before.id)
    forth, back = compare(before, after), compare(after, before)
    assert forth.added == back.removed
    assert forth.removed == back.added
    assert {(p.sort, p.id) for p in forth.changed} == {
        (p.sort, p.id) for p in back.changed
    }
    told = {(p.id, c.path, c.before, c.after) for p in forth.changed for c in p.changes}
    mirrored = {
        (p.id, c.path, c.after, c.before) for p in back.changed for c in p.changes
    }
    assert told == mirrored


def test_a_changed_attribute_is_told_with_its_place_and_name(
    plan_file: MakePlanFile,
) -> None:
    """Path in the document, Japanese name, and both values as text."""
    part = only(between(plan_file, {f"{M1}/five_w1h/deadline/date": "2028-09-30"}))
    assert (part.sort, part.id, part.title) == (
        "measure",
        "M-01",
        "共同熱処理拠点の整備",
    )
    assert part.pointer == M1
    assert part.changes == (
        AttributeChange(
            path="/five_w1h/deadline/date",
            label="5W1H／期限／期日",
            before="2028-03-31",
            after="2028-09-30",
        ),
    )
    assert part.marks == (ChangeMark.DEADLINE_MOVED,)


def test_what_belongs_to_no_part_is_told_of_the_plan(plan_file: MakePlanFile) -> None:
    """Title, sections, region and typed details; an empty pointer is the plan."""
    difference = between(
        plan_file,
        {
            "/goal/vision": "国内首位を超える",
            "/region": ["150002", "160008"],
            "/period/to": "FY2031",
            "/details/focus_industries/0/title": "医療用部品製造業",
        },
    )
    part = only(difference)
    assert (part.sort, part.id, part.pointer) == (
        "plan",
        "sample-regional-machine-parts",
        "",
    )
    assert [(c.path, c.label, c.after) for c in part.changes] == [
        ("/region", "対象地域", "150002、160008"),
        ("/period/to", "計画期間／終了", "FY2031"),
        ("/goal/vision", "目標／目指す姿", "国内首位を超える"),
        (
            "/details/focus_industries/0/title",
            "類型別の内容／重点産業／産業分野",
            "医療用部品製造業",
        ),
    ]
    assert difference.marks == (ChangeMark.REGION_CHANGED,)


def test_the_order_of_parts_says_nothing(plan_file: MakePlanFile) -> None:
    """Parts are known by their ids."""
    plan = plan_file(REGIONAL).plan
    turned = attrs.evolve(plan, indicators=plan.indicators[::-1])
    assert compare(plan, turned).is_empty


def test_parts_of_every_sort_come_and_go(plan_file: MakePlanFile) -> None:
    """Measures, challenges and needed people, parts of typed details, investments."""
    plan = plan_file(REGIONAL).plan
    assert plan.policy_means is not None
    means = attrs.evolve(
        plan.policy_means,
        challenges=plan.challenges[:-1],
        measures=plan.measures[1:],
    )
    fewer = attrs.evolve(
        plan, policy_means=means, needed_people=(), investments=(), details=None
    )
    difference = compare(plan, fewer)
    assert [(p.sort, p.id) for p in difference.removed] == [
        ("challenge", "CH-4"),
        ("measure", "M-01"),
        ("needed_people", "PE-1"),
        ("supply_chain_function", "FN-1"),
        ("supply_chain_function", "FN-2"),
        ("supply_chain_function", "FN-3"),
        ("investment", "SAMPLE-INV-2"),
    ]
    titles = {p.id: p.title for p in difference.removed}
    assert titles["CH-4"] == "工場の拡張に使える用地の調整に時間がかかる"
    assert titles["PE-1"] == "輸出実務の担当者"
    assert titles["SAMPLE-INV-2"] is None


def test_items_with_ids_inside_a_part_are_known_by_them(
    plan_file: MakePlanFile,
) -> None:
    """A milestone that is put before another one does not change the other."""
    first = {"id": "MS-1", "date": "2027-03-31", "text": "設計完了"}
    second = {"id": "MS-2", "date": "2027-09-30", "text": "着工"}
    at = f"{M1}/five_w1h/deadline/milestones"
    difference = between(plan_file, {at: [second, first]}, {at: [first]})
    assert [c.path for c in only(difference).changes] == [
        "/five_w1h/deadline/milestones/MS-2/date",
        "/five_w1h/deadline/milestones/MS-2/text",
    ]


def test_investments_are_compared_where_both_are_told(plan_file: MakePlanFile) -> None:
    """By id alone without their texts; and nothing is told of those held back."""
    file = plan_file(REGIONAL)
    plan, told = file.plan, file.defined()
    (investment,) = file.investments
    other = {investment.id: attrs.evolve(investment, title="拠点")}
    (part,) = compare(plan, plan, told, other).changed
    assert (part.sort, part.id, part.title) == ("investment", "SAMPLE-INV-2", "拠点")
    assert part.pointer == "/investments/0"
    assert compare(plan, plan).is_empty
    assert compare(plan, plan, told, None).is_empty
    gone = attrs.evolve(plan, investments=())
    assert [p.id for p in compare(plan, gone).removed] == ["SAMPLE-INV-2"]
    assert compare(plan, gone, {}, {}).is_empty
    assert isinstance(investment, Investment)


def indicator(**changes: Any) -> Indicator:
    """Return an indicator from 10 to 20 with other attributes."""
    start = DatedValue(date=dt.date(2025, 3, 31), value=Decimal(10))
    end = DatedValue(date=dt.date(2030, 3, 31), value=Decimal(20))
    base = Indicator(id=PartId("IN-1"), baseline=start, target=end)
    return attrs.evolve(base, **changes)


def marks(before: Indicator, after: Indicator) -> tuple[ChangeMark, ...]:
    """Return what is marked where a plan has the one instead of the other."""
    plan = Plan(id=PlanId("x"), plan_type=Key(REGIONAL), title="架空")
    return compare(
        attrs.evolve(plan, indicators=(before,)),
        attrs.evolve(plan, indicators=(after,)),
    ).marks


def at(value: int | None, day: dt.date | None = dt.date(2030, 3, 31)) -> DatedValue:
    """Return a target."""
    number = None if value is None else Decimal(value)
    return DatedValue(date=day, value=number)


@pytest.mark.parametrize(
    ("given", "target", "expected"),
    [
        ({}, at(15), (ChangeMark.TARGET_LOWERED,)),
        ({}, at(25), ()),
        ({"direction": Direction.DECREASE}, at(25), (ChangeMark.TARGET_LOWERED,)),
        ({"direction": Direction.DECREASE}, at(15), ()),
        ({"direction": Direction.MAINTAIN}, at(15), (ChangeMark.TARGET_LOWERED,)),
        (
            {"direction": Direction.MAINTAIN, "maintain": MaintainKind.AT_MOST},
            at(25),
            (ChangeMark.TARGET_LOWERED,),
        ),
        ({}, at(20, dt.date(2031, 3, 31)), (ChangeMark.TARGET_POSTPONED,)),
        ({}, at(20, dt.date(2029, 3, 31)), ()),
        ({}, None, (ChangeMark.TARGET_LOWERED, ChangeMark.TARGET_POSTPONED)),
    ],
)
def test_a_target_that_asks_for_less_is_marked(
    given: dict[str, Any], target: DatedValue | None, expected: tuple[ChangeMark, ...]
) -> None:
    """Less is a greater number where less is better; no target is less, too."""
    before = indicator(**given)
    assert marks(before, attrs.evolve(before, target=target)) == expected


def test_another_baseline_and_another_budget_are_marked(
    plan_file: MakePlanFile,
) -> None:
    """A baseline in value or day; a budget by its sum."""
    assert marks(indicator(), indicator(baseline=at(12))) == (
        ChangeMark.BASELINE_CHANGED,
    )
    amount = f"{M1}/budget/0/amount"
    assert between(plan_file, {amount: "300000001"}).marks == (
        ChangeMark.BUDGET_RAISED,
    )
    part = only(between(plan_file, {amount: "1"}))
    assert part.marks == (ChangeMark.BUDGET_LOWERED,)
    assert [(c.path, c.label, c.before) for c in part.changes] == [
        ("/budget/0/amount", "予算／金額", "300000000")
    ]


def test_a_number_is_the_same_however_it_is_written() -> None:
    """1.50 is 1.5, and minus zero is zero: the values are equal."""
    for one, other in (("1.50", "1.5"), ("1E+2", "100"), ("-0.0", "0")):
        values = [DatedValue(value=Decimal(text)) for text in (one, other)]
        before, after = (indicator(baseline=v) for v in values)
        assert marks(before, after) == ()


def test_values_are_told_as_people_write_them(plan_file: MakePlanFile) -> None:
    """Offices as KIND:CODE, years as FY, yes and no as true and false."""
    plan = plan_file(REGIONAL).plan
    raw = RawDetails(document={"b": [1], "a": "い"})
    changed = attrs.evolve(
        plan,
        lead=Actor.parse("prefecture:160008"),
        joining=(Actor.parse("municipality:152137"),),
        fictional=False,
        details=raw,
    )
    (part,) = compare(plan, changed).changed
    told = {c.path: c.after for c in part.changes if c.after is not None}
    assert told == {
        "/lead": "prefecture:160008",
        "/joining": "municipality:152137",
        "/fictional": "false",
        "/details/document": '{"a": "い", "b": [1]}',
        "/details/schema": "1",
    }
    line = BudgetLine(fiscal_year=FiscalYear(2026), amount=Yen(5))
    assert plan.policy_means is not None
    first = attrs.evolve(plan.measures[3], budget=(line,))
    means = attrs.evolve(plan.policy_means, measures=(first,))
    (measure,) = (
        p
        for p in compare(plan, attrs.evolve(plan, policy_means=means)).changed
        if p.id == first.id
    )
    assert {c.path: c.after for c in measure.changes} == {
        "/budget/0/fiscal_year": "FY2026",
        "/budget/0/amount": "5",
        "/budget/0/status": "proposed",
    }


def test_a_plan_that_counts_on_one_more_investment_tells_so(
    plan_file: MakePlanFile,
) -> None:
    """Its pointer leads to the place in the list."""
    plan = plan_file(REGIONAL).plan
    more = (*plan.investments, InvestmentId("NEW"))
    (added,) = compare(plan, attrs.evolve(plan, investments=more)).added
    assert (added.sort, added.pointer) == ("investment", "/investments/1")
