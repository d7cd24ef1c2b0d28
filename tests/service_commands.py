"""The commands of all services, found by what they are, and what runs them."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import re
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any

import attrs

from clusterplan.core import services
from clusterplan.core.services.definitions import Definitions
from clusterplan.core.services.plantexts import Entry, PlanDesk
from clusterplan.core.services.retelling import Retelling

NO_COMMANDS = {Definitions, Entry, PlanDesk, Retelling}
"""Classes that say who acts, and that nobody gives as a command."""


def modules() -> Iterator[ModuleType]:
    """Yield the modules of all services."""
    for found in pkgutil.iter_modules(services.__path__):
        yield importlib.import_module(f"{services.__name__}.{found.name}")


def commands() -> Iterator[type[Any]]:
    """Yield the public classes of all services that say who acts."""
    for module in modules():
        for value in vars(module).values():
            own = inspect.isclass(value) and value.__module__ == module.__name__
            if not own or value.__name__.startswith("_"):
                continue
            if attrs.has(value) and "by" in attrs.fields_dict(value):
                yield value


COMMANDS = sorted({*commands()} - NO_COMMANDS, key=lambda c: c.__name__)


def function_of(command: type[Any]) -> str:
    """Return the name of the function that runs a command: `take_step` of TakeStep."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", command.__name__).lower()


def _running(command: type[Any]) -> Callable[..., Any]:
    """Return the function that runs a command, which has its name."""
    name = function_of(command)
    (found,) = {vars(m)[name] for m in modules() if name in vars(m)}
    function: Callable[..., Any] = found
    return function


RUNNING = {command: _running(command) for command in COMMANDS}
"""The functions that run commands."""
