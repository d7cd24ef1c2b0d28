"""A broken plugin costs its own answer; the others stay, in an order of their own."""

from __future__ import annotations

import importlib
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pluggy
import pytest

from clusterplan.plugins import Manifest, Sample, hookimpl
from clusterplan.plugins.builtin import MODULES
from clusterplan.plugins.host import PluginHost, Plugins, load_plugins
from clusterplan.plugins.manifest import PluginInfo, PluginState

HERE = Path(__file__).parent
BUILT_IN = [name for name, _ in MODULES]
Install = Callable[..., Path]
ACTIVE, FAILED = PluginState.ACTIVE, PluginState.FAILED
INCOMPATIBLE, BLOCKED = PluginState.INCOMPATIBLE, PluginState.BLOCKED
HOSTILE = {
    "import_error": (FAILED, "ModuleNotFoundError: No module named 'no_such_package'"),
    "system_exit": (FAILED, "SystemExit: bye"),
    "raises_in_hook": (ACTIVE, "clusterplan_checks: ZeroDivisionError: no rules today"),
    "exits_in_hook": (ACTIVE, "clusterplan_samples: SystemExit: bye"),
    "misspelt_hook": (INCOMPATIBLE, "no such hook: clusterplan_chekcs"),
    "wrong_argument": (INCOMPATIBLE, "Argument(s) {'config'} are declared"),
    "wrong_offer": (ACTIVE, "clusterplan_checks offers a str"),
    "no_answer": (ACTIVE, "clusterplan_checks: TypeError: 'NoneType'"),
    "nameless_offer": (
        ACTIVE,
        "clusterplan_samples: TypeError: 'name' must be <class 'str'>",
    ),
    "clashing_type": (ACTIVE, "'strategic_cluster' is taken by plugin 'strategic'"),
    "clashing_rule": (ACTIVE, "'STR-01' is taken by plugin 'structure'"),
    "missing_manifest": (INCOMPATIBLE, "no attribute CLUSTERPLAN"),
    "incompatible_api": (INCOMPATIBLE, "wants plugin interface ~=2.0, this is 1.0"),
    "bad_specifier": (INCOMPATIBLE, "one or two"),
    "strange_manifest": (FAILED, "TypeError"),
    "strange_attribute": (FAILED, "RuntimeError: trap is a trap"),
}
GOOD = """\
from clusterplan.plugins import Manifest, Sample, hookimpl

CLUSTERPLAN = Manifest(api="~=1.0", order={order})


@hookimpl
def clusterplan_samples():
    return [Sample(name={name!r}, text="")]
"""


def info_of(plugins: Plugins, name: str) -> PluginInfo:
    """Return what became of the plugin of *name*."""
    (info,) = [i for i in plugins.infos if i.name == name]
    return info


def samples_of(plugins: Plugins) -> list[str]:
    """Return the names of all samples that are not built in, in order."""
    built_in = {s.name for s in load_plugins(entry_points=False).samples}
    return [s.name for s in plugins.samples if s.name not in built_in]


def good(name: str, order: int = 0) -> str:
    """Return the text of a plugin that offers a sample of *name*."""
    return GOOD.format(name=name, order=order)


def plugin(name: str, **attributes: Any) -> SimpleNamespace:
    """Return an object with the attributes of a plugin module."""
    base = {"__name__": name, "CLUSTERPLAN": Manifest(api="~=1.0")}
    return SimpleNamespace(**(base | attributes))


@pytest.fixture
def hostile(install: Install, monkeypatch: pytest.MonkeyPatch) -> Plugins:
    """Return what is left with every hostile plugin installed beside a good one."""
    monkeypatch.syspath_prepend(HERE)
    points = {name: f"hostile.{name}" for name in HOSTILE}
    install("hostile-plugins", points, version="6.6.6")
    install("good-plugin", {"good": "good_plugin"}, {"good_plugin": good("good.yaml")})
    return load_plugins()


def test_every_hostile_module_is_tried() -> None:
    """The folder and the table name the same plugins."""
    assert {p.stem for p in (HERE / "hostile").glob("*.py")} == set(HOSTILE)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_plugin_is_shown_with_state_and_reason(
    name: str, hostile: Plugins
) -> None:
    """Name, distribution and version are known even where the import fails."""
    state, reason = HOSTILE[name]
    info = info_of(hostile, name)
    assert info.state is state
    assert reason in info.reason
    assert (info.distribution, info.version) == ("hostile-plugins", "6.6.6")
    assert info.errors == (1 if state is ACTIVE else 0)
    assert "\n" not in info.reason


def test_hostile_plugins_cost_nothing_but_their_own_answers(hostile: Plugins) -> None:
    """Built-ins and the good plugin are whole, and so is what the hostile ones have."""
    plain = load_plugins(entry_points=False)
    assert info_of(hostile, "good").state is ACTIVE
    assert "good.yaml" in samples_of(hostile)
    for name in BUILT_IN:
        assert info_of(hostile, name).state is ACTIVE
        assert info_of(hostile, name).errors == 0
    for key, kind in plain.plan_types.items():
        assert hostile.plan_types[key] == kind
    ids = [r.id for r in hostile.rules]
    assert ids[: len(plain.rules)] == [r.id for r in plain.rules]
    assert {r.plugin for r in hostile.rules if r.id == "STR-01"} == {"structure"}
    assert {"KEPT-01", "OWN-01"} <= set(ids)
    assert "raises-in-hook.yaml" in samples_of(hostile)


def test_a_plugin_that_is_refused_leaves_no_hook_behind(hostile: Plugins) -> None:
    """A module with one wrong hook answers at none of its hooks."""
    assert "wrong-argument.yaml" not in samples_of(hostile)
    assert info_of(hostile, "wrong_argument").hooks == ()


def test_what_goes_wrong_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    """The operator reads the same reason as the list of plugins shows."""
    with caplog.at_level(logging.WARNING, "clusterplan.plugins"):
        load_plugins(SimpleNamespace(), entry_points=False)
    (record,) = caplog.records
    assert "SimpleNamespace is incompatible" in record.getMessage()


def test_an_installed_plugin_is_found_with_its_distribution(install: Install) -> None:
    """Its hooks are listed, and what it offers carries its name."""
    module = """\
from clusterplan.plugins import Gate, Manifest, Severity, hookimpl, rule

CLUSTERPLAN = Manifest(api=">=1.0,<2")


@rule("NEW-01", severity=Severity.INFO, gate=Gate.PUBLISH, title="新", source="s")
def new(context):
    return ()


@hookimpl
def clusterplan_checks():
    return [new]
"""
    install("new-rules", {"new": "new_rules_plugin"}, {"new_rules_plugin": module})
    plugins = load_plugins()
    info = info_of(plugins, "new")
    assert (info.distribution, info.version) == ("new-rules", "1.2")
    assert (info.state, info.reason, info.hooks) == (
        ACTIVE,
        "",
        ("clusterplan_checks",),
    )
    assert [r.plugin for r in plugins.rules if r.id == "NEW-01"] == ["new"]


def test_installed_plugins_can_be_left_out(install: Install) -> None:
    """Without entry points only built-ins load, and nothing else is imported."""
    install("good-plugin", {"good": "unread"}, {"unread": good("good.yaml")})
    plugins = load_plugins(entry_points=False)
    assert [i.name for i in plugins.infos] == BUILT_IN
    assert "unread" not in sys.modules
    assert all(i.state is ACTIVE for i in plugins.infos)


def test_a_plugin_that_is_not_allowed_is_not_even_imported(install: Install) -> None:
    """The allow-list names plugins; built-ins need not be on it."""
    modules = {"mod_a": good("a.yaml"), "mod_b": good("b.yaml")}
    install("two", {"a": "mod_a", "b": "mod_b"}, modules)
    plugins = load_plugins(only=["b"])
    assert info_of(plugins, "a").state is BLOCKED
    assert "allowed" in info_of(plugins, "a").reason
    assert "mod_a" not in sys.modules
    assert samples_of(plugins) == ["b.yaml"]
    assert len(load_plugins(only=[]).plan_types) == 3
    assert samples_of(load_plugins(only=[])) == []


def test_the_order_is_that_of_number_and_name_not_of_installation(
    install: Install,
) -> None:
    """Whichever distribution stands first on the path, the answers are the same."""
    modules = {
        "mod_z": good("z.yaml", order=-5),
        "mod_a": good("a.yaml"),
        "mod_m": good("m.yaml"),
    }
    for name in ("zeta", "alpha"):
        points = {"z": "mod_z"} if name == "zeta" else {"m": "mod_m", "a": "mod_a"}
        install(name, points, modules)
    first = load_plugins()
    sys.path[:2] = sys.path[1::-1]
    second = load_plugins()
    wanted = ["z.yaml", "a.yaml", "m.yaml"]
    assert [n for n in samples_of(first) if n in wanted] == wanted
    assert samples_of(first) == samples_of(second)
    assert [i.name for i in first.infos] == [i.name for i in second.infos]
    assert [i.name for i in first.infos][: len(BUILT_IN)] == BUILT_IN


def test_the_first_of_two_versions_on_the_path_counts(install: Install) -> None:
    """As for any import, the later one is hidden."""
    modules = {"mod_a": good("a.yaml")}
    install("a-plugin", {"a": "mod_a", "gone": "mod_a"}, modules, version="1.0")
    install("A.Plugin", {"a": "mod_a"}, modules, version="2.0")
    plugins = load_plugins()
    assert info_of(plugins, "a").version == "2.0"
    assert "gone" not in {i.name for i in plugins.infos}


def test_a_name_that_two_distributions_want_goes_to_the_first_by_name(
    install: Install,
) -> None:
    """The other is shown with the reason, whatever the order of installation."""
    modules = {"mod_a": good("a.yaml"), "mod_b": good("b.yaml")}
    install("beta", {"same": "mod_b"}, modules)
    install("alpha", {"same": "mod_a"}, modules)
    for _ in range(2):
        plugins = load_plugins()
        assert info_of_distribution(plugins, "alpha").state is ACTIVE
        other = info_of_distribution(plugins, "beta")
        assert other.state is INCOMPATIBLE
        assert other.reason == "the name is taken by 'alpha'"
        assert "b.yaml" not in samples_of(plugins)
        sys.path[:2] = sys.path[1::-1]


def info_of_distribution(plugins: Plugins, distribution: str) -> PluginInfo:
    """Return what became of the only plugin of *distribution*."""
    (info,) = [i for i in plugins.infos if i.distribution == distribution]
    return info


def test_a_plugin_cannot_take_the_name_of_a_built_in(install: Install) -> None:
    """The built-in stays, and is shown as it is."""
    install("thief", {"strategic": "mod_t"}, {"mod_t": good("t.yaml", order=-999)})
    extra = plugin("regional")
    plugins = load_plugins(extra)
    active = {i.name: i.distribution for i in plugins.infos if i.state is ACTIVE}
    assert (active["strategic"], active["regional"]) == ("clusterplan", "clusterplan")
    assert info_of_distribution(plugins, "thief").state is INCOMPATIBLE
    assert info_of_distribution(plugins, "(local)").state is INCOMPATIBLE
    assert "t.yaml" not in samples_of(plugins)
    assert len(plugins.plan_types) >= 3


@pytest.mark.parametrize(
    ("file", "text"),
    [
        ("METADATA", None),
        ("METADATA", b""),
        ("METADATA", b"Name: \xff\xfe"),
        ("entry_points.txt", b"no section = x\n"),
    ],
)
def test_a_distribution_that_cannot_be_read_is_passed_over(
    file: str, text: bytes | None, install: Install
) -> None:
    """One damaged installation does not keep the others from loading."""
    install("good-plugin", {"good": "mod_g"}, {"mod_g": good("good.yaml")})
    damaged = install("damaged", {}) / file
    if text is None:
        damaged.unlink()
    else:
        damaged.write_bytes(text)
    plugins = load_plugins()
    assert info_of(plugins, "good").state is ACTIVE
    assert "good.yaml" in samples_of(plugins)


def test_a_module_that_is_loaded_already_keeps_its_first_registration(
    install: Install,
) -> None:
    """The same module under a second name is refused and takes nothing away."""
    install("twice", {"twice": "mod_x"}, {"mod_x": good("x.yaml")})
    module = importlib.import_module("mod_x")
    plugins = load_plugins(module)
    assert info_of(plugins, "mod_x").state is ACTIVE
    assert info_of(plugins, "twice").state is INCOMPATIBLE
    assert info_of(plugins, "twice").reason == "is loaded already as 'mod_x'"
    assert "x.yaml" in samples_of(plugins)


def test_a_module_that_is_registered_by_half_is_taken_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A registration that breaks off leaves no hook that would answer."""
    register = pluggy.PluginManager.register

    def break_off(manager: pluggy.PluginManager, module: object, name: str) -> None:
        register(manager, module, name)
        if name == "half":
            raise pluggy.PluginValidationError(module, "broken off")

    monkeypatch.setattr(pluggy.PluginManager, "register", break_off)

    @hookimpl
    def clusterplan_samples() -> list[Sample]:
        return [Sample(name="half.yaml", text="")]

    half = plugin("half", clusterplan_samples=clusterplan_samples)
    plugins = load_plugins(half, entry_points=False)
    assert info_of(plugins, "half").state is INCOMPATIBLE
    assert "broken off" in info_of(plugins, "half").reason
    assert samples_of(plugins) == []


def test_objects_can_be_plugins_and_are_known_by_name_or_class() -> None:
    """Tests and applications pass what is in no installed package."""

    class Extra:
        """A plugin without a module."""

        CLUSTERPLAN = Manifest(api="~=1.0")

        @hookimpl
        def clusterplan_samples(self) -> list[Sample]:
            """Offer a sample."""
            return [Sample(name="object.yaml", text="")]

    plugins = load_plugins(Extra(), plugin("named"), entry_points=False)
    assert samples_of(plugins) == ["object.yaml"]
    assert [i.name for i in plugins.infos][-2:] == ["Extra", "named"]
    assert info_of(plugins, "Extra").distribution == "(local)"


def test_a_hook_may_be_implemented_under_another_name() -> None:
    """What counts is the hook that the implementation names."""

    @hookimpl(specname="clusterplan_samples")
    def my_samples() -> list[Sample]:
        return [Sample(name="renamed.yaml", text="")]

    @hookimpl(specname="clusterplan_smaples")
    def clusterplan_samples() -> list[Sample]:
        return []

    right = plugin("right", my_samples=my_samples)
    wrong = plugin("wrong", clusterplan_samples=clusterplan_samples)
    plugins = load_plugins(right, wrong, entry_points=False)
    assert samples_of(plugins) == ["renamed.yaml"]
    assert info_of(plugins, "right").hooks == ("clusterplan_samples",)
    assert info_of(plugins, "wrong").reason == "no such hook: clusterplan_smaples"


def test_ctrl_c_while_plugins_load_stops_the_program() -> None:
    """Only what a plugin does to itself is caught."""

    def load() -> Any:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        PluginHost().add("slow", load)


def test_what_plugins_offer_cannot_be_changed() -> None:
    """The value is passed on to many."""
    plugins: Any = load_plugins(entry_points=False)
    with pytest.raises(TypeError):
        plugins.plan_types["x"] = None
    with pytest.raises(TypeError):
        plugins.exporters["x"] = None
