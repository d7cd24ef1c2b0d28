"""Regional industry plans of Japan: make, check, publish, follow, revise, map.

The names below are loaded when they are first used, so that importing the package costs
nothing: neither a database nor a web framework is touched before it is needed.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from ._version import __version__

if TYPE_CHECKING:
    from .api.app import create_app
    from .api.settings import ApiSettings
    from .book import Book, check, dump, load_plan
    from .book import open_book as open  # noqa: A004
    from .core.actors import Actor
    from .core.budgets import BudgetLine, BudgetStatus, FundingSource, FundingStatus
    from .core.departments import Department
    from .core.due_dates import ReportingCycle, reporting_periods
    from .core.errors import InputError, PlanError, Problem
    from .core.evidence import Attachment, CausalLink, Consultation, PlanLink
    from .core.explanations import Explanation, explain
    from .core.files import PlanFile
    from .core.filters import PlanFilter
    from .core.findings import Finding, Gate, Severity
    from .core.history import HistoryEntry, Record
    from .core.indicators import DatedValue, Direction, Indicator, IndicatorKind
    from .core.investments import (
        Certainty,
        Investment,
        MoneyLine,
        Precision,
        Sector,
        Site,
    )
    from .core.measures import Deadline, FiveWOneH, Measure, MeasureMilestone, Selection
    from .core.organizations import Cluster, Cooperation, Organization
    from .core.periods import FiscalHalf, FiscalYear, PlanPeriod
    from .core.plans import (
        Challenge,
        Goal,
        Impact,
        ImpactBasis,
        MissingCategory,
        Path,
        Plan,
        PolicyMeans,
    )
    from .core.progress import Progress, progress
    from .core.quantities import Ratio
    from .core.resources import LocalResource, NeededPeople, SupplyChainFunction
    from .core.thresholds import ProgressThresholds
    from .core.venues import Meeting, Venue, VenueMember
    from .plugins.host import Plugins, load_plugins

__all__ = [
    "Actor",
    "ApiSettings",
    "Attachment",
    "Book",
    "BudgetLine",
    "BudgetStatus",
    "CausalLink",
    "Certainty",
    "Challenge",
    "Cluster",
    "Consultation",
    "Cooperation",
    "DatedValue",
    "Deadline",
    "Department",
    "Direction",
    "Explanation",
    "Finding",
    "FiscalHalf",
    "FiscalYear",
    "FiveWOneH",
    "FundingSource",
    "FundingStatus",
    "Gate",
    "Goal",
    "HistoryEntry",
    "Impact",
    "ImpactBasis",
    "Indicator",
    "IndicatorKind",
    "InputError",
    "Investment",
    "LocalResource",
    "Measure",
    "MeasureMilestone",
    "Meeting",
    "MissingCategory",
    "MoneyLine",
    "NeededPeople",
    "Organization",
    "Path",
    "Plan",
    "PlanError",
    "PlanFile",
    "PlanFilter",
    "PlanLink",
    "PlanPeriod",
    "Plugins",
    "PolicyMeans",
    "Precision",
    "Problem",
    "Progress",
    "ProgressThresholds",
    "Ratio",
    "Record",
    "ReportingCycle",
    "Sector",
    "Selection",
    "Severity",
    "Site",
    "SupplyChainFunction",
    "Venue",
    "VenueMember",
    "__version__",
    "check",
    "create_app",
    "dump",
    "explain",
    "load_plan",
    "load_plugins",
    "open",
    "progress",
    "reporting_periods",
]

_HOMES = {
    "Actor": "core.actors",
    "ApiSettings": "api.settings",
    "Attachment": "core.evidence",
    "Book": "book",
    "BudgetLine": "core.budgets",
    "BudgetStatus": "core.budgets",
    "CausalLink": "core.evidence",
    "Certainty": "core.investments",
    "Challenge": "core.plans",
    "Cluster": "core.organizations",
    "Consultation": "core.evidence",
    "Cooperation": "core.organizations",
    "DatedValue": "core.indicators",
    "Deadline": "core.measures",
    "Department": "core.departments",
    "Direction": "core.indicators",
    "Explanation": "core.explanations",
    "Finding": "core.findings",
    "FiscalHalf": "core.periods",
    "FiscalYear": "core.periods",
    "FiveWOneH": "core.measures",
    "FundingSource": "core.budgets",
    "FundingStatus": "core.budgets",
    "Gate": "core.findings",
    "Goal": "core.plans",
    "HistoryEntry": "core.history",
    "Impact": "core.plans",
    "ImpactBasis": "core.plans",
    "Indicator": "core.indicators",
    "IndicatorKind": "core.indicators",
    "InputError": "core.errors",
    "Investment": "core.investments",
    "LocalResource": "core.resources",
    "Measure": "core.measures",
    "MeasureMilestone": "core.measures",
    "Meeting": "core.venues",
    "MissingCategory": "core.plans",
    "MoneyLine": "core.investments",
    "NeededPeople": "core.resources",
    "Organization": "core.organizations",
    "Path": "core.plans",
    "Plan": "core.plans",
    "PlanError": "core.errors",
    "PlanFile": "core.files",
    "PlanFilter": "core.filters",
    "PlanLink": "core.evidence",
    "PlanPeriod": "core.periods",
    "Plugins": "plugins.host",
    "PolicyMeans": "core.plans",
    "Precision": "core.investments",
    "Problem": "core.errors",
    "Progress": "core.progress",
    "ProgressThresholds": "core.thresholds",
    "Ratio": "core.quantities",
    "Record": "core.history",
    "ReportingCycle": "core.due_dates",
    "Sector": "core.investments",
    "Selection": "core.measures",
    "Severity": "core.findings",
    "Site": "core.investments",
    "SupplyChainFunction": "core.resources",
    "Venue": "core.venues",
    "VenueMember": "core.venues",
    "check": "book",
    "create_app": "api.app",
    "dump": "book",
    "explain": "core.explanations",
    "load_plan": "book",
    "load_plugins": "plugins.host",
    "open": "book",
    "progress": "core.progress",
    "reporting_periods": "core.due_dates",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f".{_HOMES[name]}", __name__)
    return getattr(module, "open_book" if name == "open" else name)


def __dir__() -> list[str]:
    return sorted(__all__)
