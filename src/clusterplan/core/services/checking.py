"""Check plans: documents that are sent, and plans that are stored."""

from __future__ import annotations

from collections.abc import Iterable

from ..documents.loader import load_plan_file
from ..documents.source import source_of
from ..findings import CheckReport, Gate
from ..investments import Investment
from ..readers import Reader
from ..store import ReadUnit
from ..stored import StoredPlan
from .domain import Domain


def check_document(
    document: object, gate: Gate, unit: ReadUnit, domain: Domain, reader: Reader
) -> CheckReport:
    """Let all rules look at a plan file that was sent as plain data.

    Investments that the file refers to are taken from plans that *reader* may see.

    Raises:
        InputError: With every problem of the document, each with its path.
    """
    file = load_plan_file(source_of(document), domain.plan_types)
    told = file.defined()
    referred = [i for i in file.plan.investments if i not in told]
    found = unit.shared_investments(referred, domain.view(reader))
    known = {i.id: i for i in reader.visible(found.values())}
    edition = file.record.edition if file.record else None
    return domain.check(file.plan, known | told, gate, edition=edition)


def check_stored(
    stored: StoredPlan, investments: Iterable[Investment], gate: Gate, domain: Domain
) -> CheckReport:
    """Let all rules look at a stored plan, with those investments a reader may see."""
    return domain.check(
        stored.plan,
        {i.id: i for i in investments},
        gate,
        edition=stored.standing.edition,
    )
