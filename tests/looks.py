"""What is looked at in a store, to be compared with what was there before."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any, Self

import sqlalchemy as sa
from attrs import frozen

from clusterplan.core.documents.codec import digest_of
from clusterplan.core.maps import InvestmentMap
from clusterplan.core.paging import PageRequest
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.drawing import draw
from clusterplan.core.services.summing import money_sums
from clusterplan.core.standings import PlanStanding
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.storage.tables import Base
from clusterplan.core.store import ReadUnit, View
from clusterplan.core.stored import StoredPlan
from lives import Life


@frozen(kw_only=True)
class Edition:
    """What is kept for an edition.

    Attributes:
        ids: Ids of its measures and investments.
        pinned: Titles of the investments, as it counts on them.
    """

    text: str
    content: str
    ids: frozenset[str]
    pinned: frozenset[str]

    @classmethod
    def of(cls, unit: ReadUnit, stored: StoredPlan) -> Self:
        """Return what is kept for an edition that is stored."""
        standing, plan = stored.standing, stored.plan
        text = unit.text(standing.digest)
        assert text is not None
        told = unit.investments(standing.pins.values()).values()
        return cls(
            text=digest_of(text),
            content=standing.content,
            ids=frozenset({*(m.id for m in plan.measures), *plan.investments}),
            pinned=frozenset(investment.title for investment in told),
        )


def public_editions(
    unit: ReadUnit, lives: Collection[Life], domain: Domain
) -> dict[tuple[str, str], Edition]:
    """Return the present editions that anybody may read."""
    found = {}
    for life in lives:
        stored = unit.plan(life.plan_id, domain.view(ANONYMOUS))
        if stored is not None:
            found[life.plan_id, stored.standing.edition] = Edition.of(unit, stored)
    return found


def map_agrees_with_table(
    unit: ReadUnit, view: View, domain: Domain, hidden: Collection[str]
) -> tuple[InvestmentMap, list[PlanStanding]]:
    """Return the map, whose totals must be those of lists and sums, and the list."""
    drawn = draw(view, unit, domain)
    totals = drawn.totals
    plans = unit.plans(view, PageRequest(size=10)).items
    money = {
        plan.standing.plan_id: amounts(unit, plan.standing.pins, hidden)
        for plan in plans
    }
    once: dict[str, int] = {}
    for plan_id in sorted(money):
        once = money[plan_id] | once
    assert totals.count == len(plans), "the map has other plans"
    assert totals.gross == sum(sum(each.values()) for each in money.values())
    assert totals.net == sum(once.values()), "the map has other sums"
    assert totals.gross >= totals.net
    total = money_sums(view, unit, domain).total
    assert total.public + total.private == totals.net, "sums differ from the map"
    return drawn, [plan.standing for plan in plans]


def amounts(
    unit: ReadUnit, pins: Mapping[Any, str], hidden: Collection[str]
) -> dict[str, int]:
    """Return the yen of each investment that is not hidden, by what is written of it."""
    told = unit.investments(list(pins.values())).values()
    return {
        each.id: sum(line.amount or 0 for line in each.money)
        for each in told
        if each.id not in hidden and "W号" not in each.title
    }


def stored_rows(store: SqlStore) -> dict[str, list[str]]:
    """Return the rows of all tables; standings in their order, without numbers."""
    found = {}
    with store.engine.connect() as connection:
        for table in Base.metadata.sorted_tables:
            columns = [c for c in table.columns if c.name != "number"]
            query = sa.select(*columns).order_by(*table.primary_key.columns)
            rows = [repr(tuple(row)) for row in connection.execute(query)]
            found[table.name] = sorted(rows)
    return found
