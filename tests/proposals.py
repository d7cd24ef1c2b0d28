"""A project proposal, and who takes part in it."""

from __future__ import annotations

from typing import Any

import attrs

from clusterplan.core.actors import Actor
from clusterplan.core.documents.converter import checking_converter, structure
from clusterplan.core.proposals import ProjectProposal

KUMAMOTO = Actor.parse("prefecture:430005")
OITA = Actor.parse("prefecture:440001")
METI = Actor.parse("meti:meti")
KYUSHU = Actor.parse("regional_bureau:kyushu")

DATA: dict[str, Any] = {
    "id": "PR-1",
    "title": "架空の後工程工場",
    "title_en": "A fictional back-end plant",
    "prefecture": "430005",
    "fields": ["ai_semiconductors"],
    "text": "後工程の工場を建てる",
    "investor": "架空半導体株式会社",
    "investor_agreed": "true",
    "sites": [{"municipality": "434043", "lon": "130.8", "lat": "32.9"}],
    "money": [
        {
            "fiscal_year": "FY2028",
            "source": "company",
            "sector": "private",
            "certainty": "planned",
            "at_least": "100億円",
            "at_most": "300億円",
            "as_of": "2026-05-20",
        }
    ],
}
"""A proposal that fills every attribute that a prefecture fills."""


def proposal(**changes: Any) -> ProjectProposal:
    """Return the proposal with other attributes."""
    return attrs.evolve(
        structure(checking_converter(), DATA, ProjectProposal), **changes
    )
