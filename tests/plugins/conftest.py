"""What tests of plugins share: built-ins, checked samples, installed distributions."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pytest

from clusterplan.core.checks import run_checks
from clusterplan.core.findings import CheckReport, Gate
from clusterplan.core.reference import ReferenceData, read_reference
from clusterplan.plugins.host import Plugins, load_plugins
from rule_examples import example_context

CheckSample = Callable[..., CheckReport]
Install = Callable[..., Path]


@pytest.fixture(scope="session")
def plugins() -> Plugins:
    """Return what the built-in plugins offer."""
    return load_plugins(entry_points=False)


@pytest.fixture(scope="session")
def reference() -> ReferenceData:
    """Return the lists of the package."""
    return read_reference()


@pytest.fixture(scope="session")
def check_sample(plugins: Plugins, reference: ReferenceData) -> CheckSample:
    """Return a function that checks the sample of a type after changes."""

    def check(
        plan_type: str,
        changes: Mapping[str, Any],
        gate: Gate = Gate.PUBLISH,
        given: Mapping[str, Any] = MappingProxyType({}),
    ) -> CheckReport:
        kind = plugins.plan_types[plan_type]
        context = example_context(kind, reference, plugins.plan_types, changes, given)
        return run_checks(plugins.rules, context, gate)

    return check


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """Return a function that installs a distribution at the head of the path."""
    before = set(sys.modules)

    def install_one(
        name: str,
        points: Mapping[str, str],
        modules: Mapping[str, str] | None = None,
        version: str = "1.2",
    ) -> Path:
        place = tmp_path / f"place{len(list(tmp_path.iterdir()))}"
        info = place / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir(parents=True)
        (info / "METADATA").write_text(
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
        )
        lines = [f"{key} = {value}\n" for key, value in points.items()]
        (info / "entry_points.txt").write_text("[clusterplan]\n" + "".join(lines))
        for module, text in (modules or {}).items():
            (place / f"{module}.py").write_text(text)
        monkeypatch.syspath_prepend(place)
        return info

    yield install_one
    for module in set(sys.modules) - before:
        del sys.modules[module]
