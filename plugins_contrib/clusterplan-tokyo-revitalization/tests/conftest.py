"""The plugin as a host loads it, its plans, and the checks as a client asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import clusterplan_tokyo_revitalization
from clusterplan.core.checks import CheckContext, run_checks
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import Source, parse_text, source_of
from clusterplan.core.files import PlanFile
from clusterplan.core.findings import CheckReport, Gate
from clusterplan.core.reference import read_reference
from clusterplan.plugins.host import Plugins, load_plugins

Judge = Callable[..., CheckReport]


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    """Load the package beside the built-in plugins, as an installed one is."""
    return load_plugins(clusterplan_tokyo_revitalization, entry_points=False)


@pytest.fixture(scope="session")
def load(plugins: Plugins) -> Callable[[Source], PlanFile]:
    """Return a function that loads a plan file."""
    return lambda source: load_plan_file(source, plugins.plan_types)


@pytest.fixture(scope="session")
def plans(plugins: Plugins, load: Callable[[Source], PlanFile]) -> dict[str, PlanFile]:
    """Load the four plans, by id."""
    files = [load(parse_text(sample.text)) for sample in plugins.samples]
    return {str(file.plan.id): file for file in files}


@pytest.fixture
def document(plugins: Plugins) -> dict[str, Any]:
    """Return the sample plan as plain data."""
    text = plugins.plan_types["local_revitalization_plan"].sample
    assert text
    data = parse_text(text).data
    assert isinstance(data, dict)
    return data


@pytest.fixture(scope="session")
def judge(plugins: Plugins, load: Callable[[Source], PlanFile]) -> Judge:
    """Return a function that runs all rules on a plan file or on plain data."""
    reference = read_reference()

    def run(given: PlanFile | dict[str, Any], gate: Gate = Gate.PUBLISH) -> CheckReport:
        file = given if isinstance(given, PlanFile) else load(source_of(given))
        context = CheckContext(
            plan=file.plan,
            plan_type=plugins.plan_types[file.plan.plan_type],
            investments={str(k): i for k, i in file.defined().items()},
            reference=reference,
        )
        return run_checks(plugins.rules, context, gate)

    return run
