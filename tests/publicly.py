"""All that anybody is told of plans: on the map, in files, lists, sums and the log."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from clusterplan.core.casekinds import CASE_KINDS
from clusterplan.core.maps import InvestmentMap
from clusterplan.core.paging import EventRequest, PageRequest
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.reports import REPORT
from clusterplan.core.services.comparing import compare_editions
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.following import causes, due_list, national_progress
from clusterplan.core.services.summing import money_sums
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import ReadUnit, View
from clusterplan.plugins.host import Plugins
from served import Served

MARKS = re.compile("第[A-Z]+[0-9]+W?号")
"""Texts that stand nowhere but where the lives of plans put them."""
ONLY_ON_MAPS = ("map", "sums", "geojson", "csv")
"""Surfaces that tell of an investment only where they show it."""

_PLANS = """
query Everything { plans(first: 3) { nodes {
  id title edition state history { state on } progress { periodId }
  policyMeans { measures { id title } } investments { id title total }
  proposals { id title investor } comments { id text }
  revisions { id occasion prechecked signed } reports { id parts { rows {
    measure causes { text } } } }
} } }
"""
_REST = """
query Rest {
  investmentMap { points { id title } unlocated { id title } }
  investmentSums { total { public private investments } }
  causes { planTitle measureTitle text } due { planId title }
  events(first: 100) { nodes { kind aggregateId actor { kind code } } }
}
"""


def told_of(
    drawn: InvestmentMap, view: View, unit: ReadUnit, domain: Domain, plugins: Plugins
) -> Iterator[tuple[str, str]]:
    """Yield the surfaces that *view*, of an anonymous reader, shows, and their texts."""
    yield "map", repr(drawn)
    for key in plugins.exporters:
        yield key, "".join(plugins.write(key, drawn))
    yield "sums", repr(money_sums(view, unit, domain))
    found = unit.plans(view, PageRequest(size=10)).items
    ids = [stored.standing.plan_id for stored in found]
    for stored in found:
        yield "plans", repr((stored.plan, stored.standing.state))
        pinned = unit.investments(stored.standing.pins.values()).values()
        yield "investments", repr(ANONYMOUS.visible(pinned))
    yield "histories", repr(unit.histories(ids, view))
    for kind in CASE_KINDS.values():
        cases = [c for each in unit.cases(ids, kind, view).values() for c in each]
        yield kind.key, repr([c.document for c in cases if c.public])
        if kind is REPORT and cases:
            yield from followed(view, unit, domain)


def followed(view: View, unit: ReadUnit, domain: Domain) -> Iterator[tuple[str, str]]:
    """Yield what follows from reports."""
    yield "progress", repr(national_progress(view, unit, domain))
    yield "causes", repr(causes(view, unit, domain))
    yield "due", repr(due_list(view, unit, domain))


def told_in_the_log(view: View, unit: ReadUnit) -> list[Any]:
    """Return the events that *view* tells of."""
    return list(unit.told_events(view, EventRequest(size=100_000)).items)


def differences(
    store: SqlStore, domain: Domain, editions: Iterable[tuple[str, list[str]]]
) -> Iterator[tuple[str, str]]:
    """Yield what differs between the first and every other edition of plans."""
    for plan_id, (first, *others) in editions:
        for other in others:
            told = compare_editions(plan_id, (first, other), ANONYMOUS, store, domain)
            yield "compare", repr(told)


def answered(
    store: SqlStore, domain: Domain, plugins: Plugins
) -> Iterator[tuple[str, str]]:
    """Yield what a server answers to somebody without a token."""
    served = Served(store=store, domain=domain, plugins=plugins)
    for name, query in (("graphql plans", _PLANS), ("graphql", _REST)):
        yield name, repr(served.ask(query))
    for key in plugins.exporters:
        yield f"/exports/{key}", served.client.get(f"/exports/{key}").text
    yield "/calendar.ics", served.client.get("/calendar.ics").text
