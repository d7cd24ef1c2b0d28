"""What is kept of an edition follows from its text, whatever is withheld by then."""

from __future__ import annotations

import attrs

from clusterplan.core.services.domain import Domain
from clusterplan.core.services.drawing import draw
from clusterplan.core.storage.sql import SqlStore
from looks import stored_rows
from revisions import METI, NIIGATA, correct, in_force
from steps import standing_of
from stores import REGIONAL, STRATEGIC, MakePlanFile, looking, titled

SHARED = {"/investments": [{"ref": "SAMPLE-INV-1"}]}


def withhold(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, *, withheld: bool
) -> None:
    """Correct the A plan, so that its investment is withheld or is not."""
    file = plan_file(STRATEGIC)
    told = tuple(attrs.evolve(i, withheld=withheld) for i in file.investments)
    version = standing_of(store, file.plan.id).version
    file = attrs.evolve(file, investments=told)
    correct(store, domain, file.plan.id, file, by=METI, version=version)


def amounts(store: SqlStore, domain: Domain) -> list[int]:
    """Return the yen of all investments on the map, in order."""
    with store.read() as unit:
        points = draw(looking(), unit, domain).points
    return sorted(f.amount or 0 for f in points if f.investment_id)


def test_an_edition_that_was_written_while_an_investment_was_withheld_shows_it_later(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The rows of the map say what the text says, and are made again as they were."""
    in_force(store, domain, plan_file, STRATEGIC)
    plan_id = in_force(store, domain, plan_file, REGIONAL, SHARED)
    before = amounts(store, domain)
    assert len(before) == 2
    withhold(store, domain, plan_file, withheld=True)
    file = titled(plan_file(REGIONAL, SHARED), "架空計画（訂正）")
    correct(store, domain, plan_id, file, by=NIIGATA)
    assert amounts(store, domain) == []
    assert list(store.verify()) == []
    rows = stored_rows(store)
    store.rebuild()
    assert stored_rows(store) == rows
    withhold(store, domain, plan_file, withheld=False)
    assert amounts(store, domain) == before
