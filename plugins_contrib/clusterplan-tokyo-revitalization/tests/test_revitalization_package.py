"""The package is a plugin like any third party's."""

from __future__ import annotations

import ast
import tomllib
from importlib import import_module
from pathlib import Path
from typing import get_type_hints

import attrs
import pytest

import clusterplan_tokyo_revitalization
from clusterplan.core.documents.jsonschema import plan_schema
from clusterplan.core.terms import term_of
from clusterplan.plugins.host import Plugins
from clusterplan.plugins.manifest import PluginState
from clusterplan_tokyo_revitalization import details

ROOT = Path(__file__).parents[1]
MODULES = sorted(Path(clusterplan_tokyo_revitalization.__path__[0]).rglob("*.py"))
CLASSES = [
    details.RevitalizationApproval,
    details.RevitalizationVote,
    details.RevitalizationProject,
    details.RevitalizationPillar,
    details.LocalRevitalizationPlanDetails,
]


def imported_names(path: Path) -> set[str]:
    """Return the absolute modules that a file imports, at any depth."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            names.add(node.module or "")
    return names


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.name)
def test_a_module_imports_of_clusterplan_only_what_plugins_may(path: Path) -> None:
    """A module knows `clusterplan.plugins` and no other part of clusterplan."""
    used = {n for n in imported_names(path) if n.split(".")[0] == "clusterplan"}
    assert used <= {"clusterplan.plugins"}


def test_the_plugin_loads_without_a_fault(plugins: Plugins) -> None:
    """The host takes plan type, rules and samples, and notes no error."""
    info = next(
        i for i in plugins.infos if i.name == "clusterplan_tokyo_revitalization"
    )
    assert (info.state, info.reason, info.errors) == (PluginState.ACTIVE, "", 0)
    assert info.hooks == (
        "clusterplan_checks",
        "clusterplan_plan_types",
        "clusterplan_reference_data",
        "clusterplan_samples",
    )
    kind = plugins.plan_types["local_revitalization_plan"]
    assert kind.plugin == info.name
    assert kind.details is details.LocalRevitalizationPlanDetails


def test_the_entry_point_names_the_plugin_module() -> None:
    """What pip installs is what the tests load."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    (target,) = project["entry-points"]["clusterplan"].values()
    assert import_module(target) is clusterplan_tokyo_revitalization
    assert "clusterplan" in project["dependencies"]


@pytest.mark.parametrize("cls", CLASSES, ids=lambda cls: cls.__name__)
def test_every_attribute_of_the_details_has_a_term(cls: type) -> None:
    """GraphQL, JSON Schema and glossary name each attribute in Japanese."""
    hints = get_type_hints(cls, include_extras=True)
    assert all(term_of(hints[a.name]) for a in attrs.fields(cls))


def test_the_json_schema_knows_the_details(plugins: Plugins) -> None:
    """The classes of the details are definitions of the schema of plan files."""
    definitions = plan_schema(plugins.plan_types)["$defs"]
    assert {cls.__name__ for cls in CLASSES} <= definitions.keys()
