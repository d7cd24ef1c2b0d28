"""Which reference list the keys of a plan belong to."""

from __future__ import annotations

import enum
from collections.abc import Iterator
from typing import Any

import attrs

from clusterplan.core.actors import Actor
from clusterplan.core.budgets import BudgetLine, FundingSource
from clusterplan.core.evidence import Consultation
from clusterplan.core.indicators import Indicator
from clusterplan.core.investments import Investment, MoneyLine
from clusterplan.core.measures import LegalBasis, Measure, Selection, StateSupport
from clusterplan.core.organizations import Cluster, Cooperation, Organization
from clusterplan.core.plans import Challenge, Impact, Plan
from clusterplan.core.resources import LocalResource
from clusterplan.core.venues import AbsentKind, Venue, VenueMember
from clusterplan.plugins.builtin.local import LocalIndustry
from clusterplan.plugins.builtin.regional import FocusIndustry

_DIVISIONS = "jsic_divisions"
LISTS = {
    (Plan, "fields"): "strategic_fields",
    (Impact, "family"): "kpi_families",
    (Challenge, "issues"): "local_issues",
    (Investment, "fields"): "strategic_fields",
    (Actor, "kind"): "actor_kinds",
    (BudgetLine, "source"): "funding_sources",
    (FundingSource, "source"): "funding_sources",
    (MoneyLine, "source"): "funding_sources",
    (Consultation, "kind"): "evidence_kinds",
    (Indicator, "family"): "kpi_families",
    (Indicator, "disaggregated_by"): "breakdowns",
    (LegalBasis, "key"): "laws",
    (Measure, "category"): "measure_categories",
    (Measure, "instruments"): "instruments",
    (Measure, "infrastructure"): "infrastructure_kinds",
    (Measure, "collective"): "collective_kinds",
    (Measure, "firm_sizes"): "firm_sizes",
    (Measure, "tags"): "strategy_tags",
    (Selection, "method"): "selection_methods",
    (StateSupport, "programme"): "support_programmes",
    (StateSupport, "ministry"): "ministries",
    (Cluster, "fields"): "strategic_fields",
    (Cluster, "industries"): _DIVISIONS,
    (Cooperation, "form"): "cooperation_forms",
    (Organization, "kind"): "organization_kinds",
    (Organization, "roles"): "organization_roles",
    (LocalResource, "kind"): "local_resource_kinds",
    (Venue, "kind"): "venue_kinds",
    (VenueMember, "kind"): "venue_member_kinds",
    (AbsentKind, "kind"): "venue_member_kinds",
    (LocalIndustry, "kind"): "local_industries",
    (FocusIndustry, "jsic"): _DIVISIONS,
}


def used_keys(value: Any) -> Iterator[tuple[str, str]]:
    """Yield list and key for every key in an object, at any depth."""
    if isinstance(value, tuple):
        for item in value:
            yield from used_keys(item)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            inner = getattr(value, attribute.name)
            found = LISTS.get((type(value), attribute.name))
            if found is None:
                yield from used_keys(inner)
            else:
                keys = inner if isinstance(inner, tuple) else (inner,)
                yield from ((found, _code(found, key)) for key in keys if key)


def _code(found: str, key: object) -> str:
    """Return the code in a list; a finer industry stands for its division."""
    code = str(key.value if isinstance(key, enum.Enum) else key)
    return code[:1] if found == _DIVISIONS else code
