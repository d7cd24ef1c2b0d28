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
    from .core.errors import InputError, PlanError, Problem
    from .core.files import PlanFile
    from .core.filters import PlanFilter
    from .core.findings import Finding, Gate, Severity
    from .plugins.host import Plugins, load_plugins

__all__ = [
    "ApiSettings",
    "Book",
    "Finding",
    "Gate",
    "InputError",
    "PlanError",
    "PlanFile",
    "PlanFilter",
    "Plugins",
    "Problem",
    "Severity",
    "__version__",
    "check",
    "create_app",
    "dump",
    "load_plan",
    "load_plugins",
    "open",
]

_HOMES = {
    "ApiSettings": "api.settings",
    "Book": "book",
    "Finding": "core.findings",
    "Gate": "core.findings",
    "InputError": "core.errors",
    "PlanError": "core.errors",
    "PlanFile": "core.files",
    "PlanFilter": "core.filters",
    "Plugins": "plugins.host",
    "Problem": "core.errors",
    "Severity": "core.findings",
    "check": "book",
    "create_app": "api.app",
    "dump": "book",
    "load_plan": "book",
    "load_plugins": "plugins.host",
    "open": "book",
}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used (PEP 562)."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    module = import_module(f".{_HOMES[name]}", __name__)
    return getattr(module, "open_book" if name == "open" else name)


def __dir__() -> list[str]:
    return sorted(__all__)
