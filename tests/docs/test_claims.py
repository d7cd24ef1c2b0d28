"""What the sources ask for and no attribute, rule or list can show by itself."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs

from clusterplan.core.differences import ChangeMark
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text
from clusterplan.core.findings import Gate
from clusterplan.core.identifiers import AreaCode, Yen
from clusterplan.core.investments import Investment
from clusterplan.core.measures import Measure
from clusterplan.core.reference import read_categories
from clusterplan.core.revisions import RevisionKind
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.builtin.local import LocalIndustryGrowthDetails
from revisions import adopt, in_force, item, open_one, save_one
from stores import (
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    save,
    shown_ids,
)

TINY = Yen(1)


def shrunk(measure: Measure) -> Measure:
    """Return *measure* with one yen in place of each amount."""
    lines = (
        attrs.evolve(line, amount=TINY, source=measure.budget[0].source, sources=())
        for line in measure.budget
    )
    return attrs.evolve(measure, budget=tuple(lines))


def small(investment: Investment) -> Investment:
    """Return *investment* with one yen in place of each amount."""
    money = (attrs.evolve(line, amount=TINY) for line in investment.money)
    return attrs.evolve(investment, money=tuple(money))


def test_no_rule_remarks_on_the_size_of_a_local_plan(
    domain: Domain, plan_file: MakePlanFile
) -> None:
    """A plan of type C may be as small as it likes; there is no least amount."""
    file = plan_file(LOCAL_GROWTH)
    means = file.plan.policy_means
    assert means
    assert any(measure.budget_total > 1_000 for measure in means.measures)
    measures = tuple(map(shrunk, means.measures))
    plan = attrs.evolve(file.plan, policy_means=attrs.evolve(means, measures=measures))
    told = {id_: small(each) for id_, each in file.defined().items()}
    for gate in (Gate.SAVE, Gate.SUBMIT, Gate.PUBLISH, Gate.MAP):
        report = domain.check(plan, told, gate)
        assert (report.findings, report.unchecked) == ((), ())


def test_a_plan_has_many_industries_and_a_town_many_plans(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Plans of type C cover local industries as they lie, one beside the other."""
    kind = domain.plan_types[LOCAL_GROWTH]
    sample: Any = parse_text(kind.sample or "").data
    more = [*sample["details"]["industries"], {"kind": "tourism"}, {"kind": "primary"}]
    many = {"/details/industries": more, "/investments": []}
    assert changed(sample, many)["lead"] == sample["lead"]
    for number in range(3):
        file = plan_file(LOCAL_GROWTH, {"/id": f"local-{number}", **many})
        save(sqlite_store, domain, file)
    ids = shown_ids(sqlite_store, looking())
    assert ids == ["local-0", "local-1", "local-2"]
    with sqlite_store.read() as unit:
        stored = unit.plan("local-2", looking())
    assert stored
    assert isinstance(stored.plan.details, LocalIndustryGrowthDetails)
    kinds = [industry.kind for industry in stored.plan.details.industries]
    assert kinds == ["traditional_crafts", "tourism", "primary"]


def test_an_example_for_several_firms_together_is_marked() -> None:
    """Those that the policy text gives for a place or an industry as a whole."""
    marked = {
        example.id
        for code in "ABC"
        for category in read_categories(code)
        for example in category.examples
        if example.collective
    }
    assert marked == {"B3-3", "B5-2", "C5-1"}


def test_a_plan_may_change_its_name_and_region_and_keeps_its_id(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Each version says what it was called and where it was, as of its days."""
    file, first = plan_file(STRATEGIC), dt.date(2026, 11, 1)
    save(sqlite_store, on(domain, first), file)
    plan = attrs.evolve(
        file.plan,
        title="ネットワーク支援活動",
        region=(*file.plan.region, AreaCode("440001")),
    )
    save(sqlite_store, domain, attrs.evolve(file, plan=plan), version=1)
    with sqlite_store.read() as unit:
        before, now = (unit.plan(plan.id, looking(day)) for day in (first, TODAY))
    assert before
    assert now
    assert (before.plan, now.plan) == (file.plan, plan)
    assert before.plan.id == now.plan.id


def test_a_plan_in_force_changes_its_name_and_region_by_revision(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The new edition has them; the one before keeps what it was, under the same id."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    file = plan_file(
        REGIONAL,
        {"/title": "架空のものづくり計画（改称）", "/region": ["150002", "160008"]},
    )
    items = (
        item(id="RI-1", kind=RevisionKind.RENAME, target=None),
        item(id="RI-2", kind=RevisionKind.REGION_CHANGE, target=None),
    )
    silent = attrs.evolve(domain, rules=())
    open_one(sqlite_store, silent, plan_id)
    save_one(sqlite_store, silent, plan_id, file, items=items)
    done = adopt(sqlite_store, silent, plan_id)
    assert done.difference is not None
    assert ChangeMark.REGION_CHANGED in done.difference.marks
    with sqlite_store.read() as unit:
        before = unit.plan(plan_id, looking(), edition="1.0")
        now = unit.plan(plan_id, looking())
    assert before
    assert now
    assert (now.standing.edition, now.plan.title) == ("2.0", file.plan.title)
    assert before.plan.region != now.plan.region == file.plan.region
    assert before.plan.id == now.plan.id
