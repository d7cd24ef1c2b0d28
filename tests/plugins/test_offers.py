"""Offers of plugins that are not type-checked, and formats that fail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest

from clusterplan.core.checks import Rule
from clusterplan.core.exports import Exporter, ExportFailedError
from clusterplan.core.findings import Gate, Severity
from clusterplan.core.maps import InvestmentMap, draw_map
from clusterplan.core.plantypes import PlanType
from clusterplan.plugins import Manifest, hookimpl
from clusterplan.plugins.host import Plugins, load_plugins
from clusterplan.plugins.manifest import PluginState
from stores import TODAY


def offering(hook: str, offer: Callable[[], Any]) -> Plugins:
    """Return what is loaded when a plugin offers something wrong."""
    plugin = SimpleNamespace(
        __name__="careless",
        CLUSTERPLAN=Manifest(api="~=1.0"),
        **{hook: hookimpl(lambda: [offer()])},
    )
    setattr(plugin, hook, hookimpl(_named(hook, offer)))
    return load_plugins(plugin, entry_points=False)


def _named(hook: str, offer: Callable[[], Any]) -> Callable[[], list[Any]]:
    def answer() -> list[Any]:
        return [offer()]

    answer.__name__ = hook
    return answer


def rule(**changes: Any) -> Rule:
    """Return a rule with something wrong."""
    facts: dict[str, Any] = {
        "id": "X-1",
        "severity": Severity.ERROR,
        "gate": Gate.PUBLISH,
        "title": "t",
        "title_en": "t",
        "source": "s",
        "check": lambda _: (),
    }
    return Rule(**facts | changes)


@pytest.mark.parametrize(
    ("hook", "offer"),
    [
        ("clusterplan_checks", lambda: rule(applies_to=5)),
        ("clusterplan_checks", lambda: rule(gate="publish")),
        ("clusterplan_checks", lambda: rule(severity="error")),
        ("clusterplan_checks", lambda: rule(check=None)),
        (
            "clusterplan_plan_types",
            lambda: PlanType(key="x", title="x", title_en="x", lifecycle=None),  # type: ignore[arg-type]
        ),
        (
            "clusterplan_exporters",
            lambda: Exporter(
                key="x",
                media_type="x",
                suffix="x",
                title="x",
                write=None,  # type: ignore[arg-type]
            ),
        ),
    ],
)
def test_an_offer_of_wrong_contents_costs_only_itself(
    hook: str, offer: Callable[[], Any], plugins: Plugins
) -> None:
    """It is refused when it is made, and the others are as they were."""
    loaded = offering(hook, offer)
    (careless,) = (i for i in loaded.infos if i.name == "careless")
    assert (careless.state, careless.errors) == (PluginState.ACTIVE, 1)
    assert careless.reason.startswith(f"{hook}: TypeError: ") or (
        "NotCallableError" in careless.reason
    )
    assert [r.id for r in loaded.rules] == [r.id for r in plugins.rules]
    assert list(loaded.plan_types) == list(plugins.plan_types)


@pytest.mark.parametrize("order", ["10", None, 1.5])
def test_an_order_that_is_no_number_is_refused_where_it_is_written(order: Any) -> None:
    """So that it can not come between the host and the other plugins."""
    with pytest.raises(TypeError, match="order"):
        Manifest(api="~=1.0", order=order)


def _nothing(_: InvestmentMap) -> Iterator[str]:
    raise ZeroDivisionError("secret")
    yield ""


def test_a_format_that_fails_is_refused_and_tells_no_secret(plugins: Plugins) -> None:
    """Before the first piece is given out."""
    loaded = offering(
        "clusterplan_exporters",
        lambda: Exporter(
            key="b", media_type="x", suffix="x", title="x", write=_nothing
        ),
    )
    drawn = draw_map([], as_of=TODAY, plan_types={}, reference=None)  # type: ignore[arg-type]
    with pytest.raises(ExportFailedError) as caught:
        loaded.write("b", drawn)
    assert "secret" not in str(caught.value)
    assert "".join(loaded.write("geojson", drawn)).startswith("{")


def test_details_that_are_not_in_graphql_are_noted_on_their_plugin() -> None:
    """So that the list of plugins says what is missing, and why."""
    loaded = load_plugins(entry_points=False)
    loaded.note_unpublished(loaded.plan_types["regional_cluster"], "a name is taken")
    (noted,) = (i for i in loaded.infos if i.errors)
    assert (noted.name, noted.errors) == ("regional", 1)
    assert noted.reason == (
        "details of regional_cluster are not in GraphQL: a name is taken"
    )
