"""Details are read as the plan type shapes them, be it that of a plugin."""

from __future__ import annotations

import enum
from typing import Annotated, Any

import attrs
import pytest
from attrs import frozen

from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import source_of
from clusterplan.core.errors import InputError
from clusterplan.core.identifiers import Key
from clusterplan.core.indicators import DatedValue
from clusterplan.core.plans import PlanDetails
from clusterplan.core.terms import Term
from plan_documents import SMALL, load_changed, looked_at, problems_of
from strategies import plan_types


def test_details_are_those_of_the_plan_type() -> None:
    """A key of another type's details is unknown."""
    regional = {"/plan_type": "regional_cluster"}
    industries = {"focus_industries": [{"title": "部品", "jsic": "E"}]}
    details: Any = load_changed(regional | {"/details": industries}).plan.details
    assert details.focus_industries[0].title == "部品"
    (problem,) = problems_of(regional | {"/details": {"industries": []}})
    assert problem.pointer == "/details/industries"


def test_empty_details_are_details() -> None:
    """`details: {}` is kept apart from no details, as it is when written."""
    regional = {"/plan_type": "regional_cluster"}
    assert load_changed(regional | {"/details": {}}).plan.details is not None
    assert load_changed(regional).plan.details is None


@pytest.mark.parametrize("details", [{"x": "1"}, [], "", "x", ["x"]])
def test_a_type_without_details_takes_none(details: object) -> None:
    """Only nothing, or an empty mapping, may stand there."""
    (problem,) = problems_of({"/details": details})
    assert (problem.reason, problem.pointer) == ("NO_DETAILS", "/details")
    assert load_changed({"/details": {}}).plan.details is None


class Shade(enum.Enum):
    """A closed list of a plugin."""

    LIGHT = "light"
    DARK = "dark"


@frozen(kw_only=True)
class PluginDetails(PlanDetails):
    """Details of a plan type of a plugin."""

    shade: Annotated[Shade, Term("濃淡", "Required.")]
    class_: Annotated[str | None, Term("級", "A name that Python reserves.")] = None
    values: Annotated[tuple[DatedValue, ...], Term("値", "Values.")] = ()


def plugin_types() -> dict[str, Any]:
    """Return plan types with one of a plugin."""
    base = plan_types()["regional_cluster"]
    kind = attrs.evolve(base, key=Key("plugin_type"), details=PluginDetails)
    return {**plan_types(), kind.key: kind}


def test_details_of_a_plugin_need_no_further_code() -> None:
    """Attributes are read by annotation; a reserved word loses its underscore."""
    data = SMALL | {
        "plan_type": "plugin_type",
        "details": {"shade": "dark", "class": "一級", "values": [{"value": "1.50"}]},
    }
    loaded: Any = load_plan_file(source_of(data), plugin_types()).plan.details
    assert (loaded.shade, loaded.class_) == (Shade.DARK, "一級")
    with pytest.raises(InputError) as caught:
        load_plan_file(source_of(data | {"details": {"class_": "x"}}), plugin_types())
    assert {(p.reason, p.pointer) for p in looked_at(caught.value)} == {
        ("MISSING_KEY", "/details"),
        ("UNKNOWN_KEY", "/details/class_"),
    }
