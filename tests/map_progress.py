"""The map of plans of which some are reported, for tests of what it shows."""

from __future__ import annotations

import datetime as dt
from typing import Any

from clusterplan.core.grades import Grade
from clusterplan.core.maps import Feature, FeatureKind, InvestmentMap
from clusterplan.core.readers import ANONYMOUS, LOCAL, Reader
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.drawing import draw
from clusterplan.core.storage.sql import SqlStore
from progress_reports import (
    NIIGATA,
    accept,
    in_force,
    reported,
    row,
)
from stores import (
    HOKKAIDO,
    MakePlanFile,
    looking,
)

AHEAD = row("M-01", IN_1="4700", IN_3="10")
BEHIND = row("M-01", IN_1="4350", IN_3="2")
OWN = Reader(actor=NIIGATA)
READERS = (ANONYMOUS, HOKKAIDO, OWN, LOCAL)
DAY = "2026-11-21"


def drawn(
    store: SqlStore, domain: Domain, day: str, reader: Reader = ANONYMOUS, **asked: Any
) -> InvestmentMap:
    """Return the map of a day."""
    with store.read() as unit:
        view = looking(dt.date.fromisoformat(day), reader=reader, **asked)
        return draw(view, unit, domain)


def features(found: InvestmentMap) -> dict[str, Feature]:
    """Return the features that stand for plans."""
    every = (*found.points, *found.unlocated)
    return {f.plan_id: f for f in every if f.kind is FeatureKind.PLAN}


def grades(
    store: SqlStore, domain: Domain, day: str, reader: Reader = ANONYMOUS, **asked: Any
) -> dict[str, Grade | None]:
    """Return the grades of plans on a day."""
    found = features(drawn(store, domain, day, reader, **asked))
    return {id_: feature.grade for id_, feature in found.items()}


def told(found: InvestmentMap) -> dict[str, int]:
    """Return the facet of grades."""
    (facet,) = (f for f in found.facets if f.field == "grades")
    return {value.value: value.count for value in facet.values}


def several(store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> list[str]:
    """Save B plans of which some are reported, and return their ids."""
    ids = [
        in_force(
            store, domain, plan_file, changes={"/id": f"p{number}", "/investments": []}
        )
        for number in range(6)
    ]
    for plan_id, rows in zip(ids, (AHEAD, BEHIND, BEHIND, row("M-01")), strict=False):
        reported(store, domain, plan_id, rows)
    accept(store, domain, ids[0])
    accept(store, domain, ids[1])
    return ids
