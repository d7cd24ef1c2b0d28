"""Every hook is documented with its signature and an example that runs."""

from __future__ import annotations

import datetime as dt
import inspect
import re
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.checks import CheckContext, run_checks
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.findings import Gate
from clusterplan.core.identifiers import AreaCode, Key, PlanId
from clusterplan.core.lifecycle import Act, Phase, Standing
from clusterplan.core.maps import MappedPlan, draw_map
from clusterplan.core.reference import ReferenceData
from clusterplan.plugins import hookspecs
from clusterplan.plugins.host import Plugins, load_plugins
from clusterplan.plugins.manifest import PluginState

DOCUMENT = Path(__file__).parents[2] / "docs" / "hooks.md"
HEADING = re.compile(r"^## `(clusterplan_\w+)(.*)`$", re.MULTILINE)
EXAMPLE = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Run = Callable[[str], Plugins]


def hooks() -> dict[str, Callable[..., Any]]:
    """Return the specifications of all hooks, by name, in order."""
    return {
        name: function
        for name, function in vars(hookspecs).items()
        if hasattr(function, "clusterplan_spec")
    }


def sections() -> dict[str, tuple[str, str]]:
    """Return signature and text of the section of each hook."""
    text = DOCUMENT.read_text(encoding="utf-8")
    found = list(HEADING.finditer(text))
    ends = [m.start() for m in found[1:]] + [len(text)]
    return {
        m[1]: (m[2], text[m.end() : end]) for m, end in zip(found, ends, strict=True)
    }


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Run:
    """Return a function that loads the example of a hook as a plugin."""

    def load(hook: str) -> Plugins:
        (text,) = EXAMPLE.findall(sections()[hook][1])
        module = ModuleType(f"example_of_{hook}")
        monkeypatch.setitem(sys.modules, module.__name__, module)
        exec(compile(text, f"{DOCUMENT}: {hook}", "exec"), vars(module))  # noqa: S102
        plugins = load_plugins(module, entry_points=False)
        info = plugins.infos[-1]
        assert (info.state, info.reason) == (PluginState.ACTIVE, "")
        assert info.hooks == (hook,)
        return plugins

    return load


def test_every_hook_has_a_section_with_its_signature() -> None:
    """Headings are in the order of the specifications."""
    documented = {name: signature for name, (signature, _) in sections().items()}
    specified = {
        name: str(inspect.signature(function)).replace("'", "")
        for name, function in hooks().items()
    }
    assert documented == specified
    assert list(documented) == list(specified)


def test_a_section_begins_as_the_docstring_does_and_says_when_it_is_called() -> None:
    """Specification and document say the same."""
    for name, function in hooks().items():
        text = " ".join(sections()[name][1].split())
        first, when, *_ = (function.__doc__ or "").split("\n\n")
        assert text.startswith(first)
        assert " ".join(when.split()).partition(". ")[0].rstrip(".") in text
        assert "Called" in when


def test_every_hook_has_a_test_and_offers_nothing_by_itself() -> None:
    """A new hook comes with a test that is named after it."""
    tests = [name for name in globals() if name.startswith("test_clusterplan_")]
    for name, function in hooks().items():
        assert any(test.startswith(f"test_{name}_") for test in tests)
        assert function() == ()


def test_the_document_begins_with_how_a_plugin_is_found() -> None:
    """The entry point comes before the first hook."""
    introduction = HEADING.split(DOCUMENT.read_text(encoding="utf-8"))[0]
    assert introduction.startswith("# Hooks\n")
    assert "[project.entry-points.clusterplan]" in introduction


def test_clusterplan_plan_types_adds_a_kind_of_plan(run: Run) -> None:
    """Plans of the type load with their details and go through its lifecycle."""
    plugins = run("clusterplan_plan_types")
    kind = plugins.plan_types["shopping_street"]
    assert kind.plugin == "example_of_clusterplan_plan_types"
    data = {
        "id": "p",
        "plan_type": "shopping_street",
        "title": "計画",
        "details": {"shops": "40"},
    }
    details: Any = load_plan_file(source_of(data), plugins.plan_types).plan.details
    assert details.shops == 40
    town = Actor(Key("municipality"), "131211")
    act = Act(step=Key("start"), by=town, lead=town, digest="x")
    after = kind.lifecycle.take(Standing(state=kind.lifecycle.initial.key), act)
    assert after == Standing(state=Key("running"), edition="1.0")


def test_clusterplan_checks_adds_a_rule(run: Run, reference: ReferenceData) -> None:
    """The rule speaks on its bad example and is silent on its good one."""
    plugins = run("clusterplan_checks")
    rule = plugins.rules[-1]
    (example,) = rule.examples
    kind = plugins.plan_types[example.plan_type]
    sample = parse_text(kind.sample or "").data
    assert isinstance(sample, dict)
    for changes, wanted in ((example.bad, [example.pointer]), (example.good, [])):
        data = changed(sample, changes)
        file = load_plan_file(source_of(data), plugins.plan_types)
        context = CheckContext(
            plan=file.plan,
            plan_type=kind,
            investments=file.defined(),
            reference=reference,
        )
        report = run_checks(plugins.rules, context, Gate.PUBLISH)
        assert [f.pointer for f in report.findings] == wanted
        assert {f.rule_id for f in report.findings} <= {rule.id}
        assert report.unchecked == ()


def test_clusterplan_exporters_adds_a_format(
    run: Run, reference: ReferenceData
) -> None:
    """The format writes the map."""
    plugins = run("clusterplan_exporters")
    exporter = plugins.exporters["sums"]
    plan = MappedPlan(
        plan_id=PlanId("p"),
        plan_type=Key("t"),
        phase=Phase.IN_FORCE,
        prefectures=(AreaCode("130001"),),
        fields=(),
        features=(),
    )
    drawn = draw_map(
        [plan],
        as_of=dt.date(2026, 10, 1),
        plan_types=plugins.plan_types,
        reference=reference,
    )
    text = "".join(exporter.write(drawn))
    assert text == "code\tplans\tyen\n130001\t1\t0\n"
    assert attrs.asdict(exporter)["suffix"] == ".tsv"


def test_clusterplan_reference_data_adds_and_extends_lists(
    run: Run, reference: ReferenceData
) -> None:
    """A new list is there, and a known one has more entries, with their source."""
    plugins = run("clusterplan_reference_data")
    lists = reference.extended(plugins.reference_lists).lists
    assert [e.code for e in lists[Key("shop_kinds")].search("八百屋")] == [
        "greengrocer"
    ]
    before, after = (each[Key("instruments")] for each in (reference.lists, lists))
    assert after.entries[: before.count] == before.entries
    (added,) = after.entries[before.count :]
    assert (added.code, added.source) == ("premium_voucher", "商店街の手引き")
    assert after.title == before.title


def test_clusterplan_samples_adds_a_plan_file(run: Run) -> None:
    """The sample loads, and says that it is invented."""
    plugins = run("clusterplan_samples")
    sample = plugins.samples[-1]
    file = load_plan_file(parse_text(sample.text), plugins.plan_types)
    assert file.plan.fictional
