"""The schema: reviewed as text, described throughout, and open for plugins."""

from __future__ import annotations

import datetime as dt
import enum
import json
import logging
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Annotated, Any

import attrs
import pytest
from attrs import frozen
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLObjectType,
)
from graphql import (
    build_schema as read_sdl,
)

import clusterplan_tokyo_revitalization as tokyo
from clusterplan.api.schema import build_schema, details_name, sdl
from clusterplan.core.departments import Department
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text
from clusterplan.core.plans import Plan
from clusterplan.core.stored import StoredPlan
from clusterplan.plugins import (
    Actor,
    Key,
    Manifest,
    OutlineEntry,
    PlanDetails,
    PlanType,
    Term,
    hookimpl,
)
from clusterplan.plugins.host import Plugins, load_plugins
from served import Served
from stores import LOCAL_GROWTH, record

if TYPE_CHECKING:
    from nowhere import Unknown  # type: ignore[import-not-found]

COMMITTED = Path(__file__).with_name("schema.graphql")


class Tide(enum.Enum):
    """Where the water stands."""

    HIGH = "high"
    LOW = "low"


@frozen(kw_only=True)
class Quay:
    """A place where ships lie (岸壁)."""

    title: Annotated[str, Term("岸壁", "Name of the quay.")]
    tide: Annotated[Tide | None, Term("潮位", "Tide that it needs.")] = None
    keeper: Annotated[Actor | None, Term("管理者", "Who keeps it.")] = None
    unit: Annotated[Department | None, Term("担当", "Unit in charge.")] = None


@frozen(kw_only=True)
class HarbourDetails(PlanDetails):
    """What a harbour plan adds."""

    quays: Annotated[tuple[Quay, ...], Term("岸壁", "Quays of the harbour.")] = ()
    opened: Annotated[dt.date | None, Term("開港日", "Day of opening.")] = None

    def outline(self) -> tuple[OutlineEntry, ...]:
        """Return the quays."""
        return (OutlineEntry("岸壁", 1, tuple(q.title for q in self.quays)),)


def named(name: str, of: type) -> type:
    """Return an attrs class of *name* with one attribute, as another plugin has it."""
    hint: Any = Annotated[of, Term("値", "Its value.")]
    attribute = attrs.field(type=hint)
    return attrs.make_class(name, {"value": attribute}, kw_only=True, frozen=True)


def details(name: str, of: Any) -> type[PlanDetails]:
    """Return a class of details with one attribute."""
    hint: Any = Annotated[of, Term("値", "Its value.")]
    field = attrs.field(type=hint, default=None)
    return attrs.make_class(
        name, {"value": field}, bases=(PlanDetails,), kw_only=True, frozen=True
    )


@frozen(kw_only=True)
class UnresolvedDetails(PlanDetails):
    """Details whose type is known to type checkers alone."""

    unknown: Annotated[Unknown | None, Term("不明", "Nobody knows.")] = None


def kind(like: PlanType, key: str, cls: type[PlanDetails], **more: Any) -> PlanType:
    """Return a plan type with details of its own."""
    return attrs.evolve(like, key=Key(key), code=None, details=cls, **more)


@pytest.fixture(scope="module")
def like(plugins: Plugins) -> PlanType:
    """Return a plan type to make others of."""
    return plugins.plan_types[LOCAL_GROWTH]


@pytest.fixture(scope="module")
def fitting(like: PlanType, harbour: PlanType) -> str:
    """Return the schema of two plan types whose details fit."""
    text = sdl(build_schema({like.key: like, harbour.key: harbour}))
    assert "PlanDetails = HarbourPlanDetails | LocalIndustryGrowthDetails\n" in text
    return text


@pytest.fixture(scope="module")
def harbour(like: PlanType) -> PlanType:
    """Return a plan type as a plugin makes it, with a sample."""
    data: Any = parse_text(like.sample or "").data
    sample = changed(
        data,
        {
            "/id": "sample-harbour",
            "/plan_type": "harbour_plan",
            "/title": "架空港計画",
            "/investments/0/id": "INV-QUAY",
            "/details": {
                "quays": [
                    {
                        "title": "北岸壁",
                        "tide": "high",
                        "keeper": {"kind": "municipality", "code": "172049"},
                        "unit": {"organization": "172049", "unit": "港湾課"},
                    }
                ],
                "opened": "1901-04-01",
            },
        },
    )
    text = json.dumps(sample, ensure_ascii=False)
    return kind(like, "harbour_plan", HarbourDetails, title="港計画", sample=text)


def test_the_schema_is_the_one_that_was_reviewed(plugins: Plugins) -> None:
    """A change of the API is seen in the difference of a committed file."""
    made = sdl(build_schema(plugins.plan_types))
    assert made == COMMITTED.read_text(encoding="utf-8"), (
        "the GraphQL schema has changed; look at the difference after `make schema`"
    )


def test_the_command_prints_the_reviewed_schema() -> None:
    """Without installed plugins, so that it is the same on every machine."""
    command = [sys.executable, "-m", "clusterplan", "schema", "graphql"]
    builtin = subprocess.run(
        [*command, "--builtin"], check=True, capture_output=True, encoding="utf-8"
    )
    assert builtin.stdout == COMMITTED.read_text(encoding="utf-8")
    every = subprocess.run(command, check=True, capture_output=True, encoding="utf-8")
    assert "RevitalizationPillar" in every.stdout


def test_everything_in_the_schema_has_a_description(with_tokyo: Plugins) -> None:
    """Types, fields, arguments and enums say what they are."""
    schema = read_sdl(sdl(build_schema(with_tokyo.plan_types)))
    bare = []
    for type_ in schema.type_map.values():
        if type_.name.startswith("__"):
            continue
        bare += [] if type_.description else [type_.name]
        if isinstance(
            type_, GraphQLObjectType | GraphQLInterfaceType | GraphQLInputObjectType
        ):
            for name, field in type_.fields.items():
                bare += [] if field.description else [f"{type_.name}.{name}"]
                for argument, known in getattr(field, "args", {}).items():
                    full = f"{type_.name}.{name}({argument})"
                    bare += [] if known.description else [full]
    assert bare == []
    assert any(isinstance(t, GraphQLEnumType) for t in schema.type_map.values())


def test_every_value_of_every_enum_says_what_it_is(with_tokyo: Plugins) -> None:
    """By its name in Japanese and its meaning in English, both said in the domain."""
    schema = read_sdl(sdl(build_schema(with_tokyo.plan_types)))
    told = {
        f"{type_.name}.{name}": value.description or ""
        for type_ in schema.type_map.values()
        if isinstance(type_, GraphQLEnumType) and not type_.name.startswith("__")
        for name, value in type_.values.items()
    }
    assert told["Phase.IN_FORCE"] == "実施中: It is in force."
    for name, text in told.items():
        ja, colon, doc = text.partition(": ")
        assert (colon, ja.isascii(), doc.isascii()) == (": ", False, True), name
        assert doc.endswith("."), name


def test_an_enum_of_a_plugin_without_words_is_published_all_the_same(
    fitting: str,
) -> None:
    """Its values have no description."""
    assert "enum Tide {\n  HIGH\n  LOW\n}" in fitting


def test_each_plan_type_has_its_member_of_the_union(with_tokyo: Plugins) -> None:
    """The name follows from the key, not from the name of the class."""
    text = sdl(build_schema(with_tokyo.plan_types))
    assert (
        "union PlanDetails = LocalIndustryGrowthDetails | "
        "LocalRevitalizationPlanDetails | RegionalClusterDetails\n"
    ) in text
    assert "revitalization" not in COMMITTED.read_text(encoding="utf-8").lower()


def test_without_typed_details_there_is_no_union(plugins: Plugins) -> None:
    """Plans are served all the same."""
    strategic = {k: t for k, t in plugins.plan_types.items() if t.details is None}
    text = sdl(build_schema(strategic))
    assert "PlanDetails" not in text
    assert "detailsOutline" in text
    assert "  details:" not in text


def test_schemas_of_different_plugins_live_side_by_side(
    plugins: Plugins, with_tokyo: Plugins, harbour: PlanType
) -> None:
    """Making one changes neither the other nor the classes of the domain."""
    first = build_schema(plugins.plan_types)
    before = sdl(first)
    wide = sdl(build_schema(dict(with_tokyo.plan_types) | {harbour.key: harbour}))
    assert sdl(first) == before == sdl(build_schema(plugins.plan_types))
    assert "HarbourPlanDetails" in wide
    assert "HarbourPlanDetails" not in before
    for cls in (Plan, StoredPlan, PlanType, Quay, HarbourDetails, Actor, Tide):
        assert not any("strawberry" in name for name in dir(cls))


def test_a_new_plan_type_is_served_without_further_code(
    served: Served, harbour: PlanType, caplog: pytest.LogCaptureFixture
) -> None:
    """Types, lists, details, checks and the map know it as soon as it is loaded."""

    @hookimpl
    def clusterplan_plan_types() -> tuple[PlanType, ...]:
        """Offer the plan type."""
        return (harbour,)

    module = SimpleNamespace(
        __name__="harbour",
        CLUSTERPLAN=Manifest(api="~=1.0"),
        clusterplan_plan_types=clusterplan_plan_types,
    )
    plugins = load_plugins(module, tokyo, entry_points=False)
    domain = attrs.evolve(served.domain, plan_types=plugins.plan_types)
    store = type(served.store).open(
        served.store.engine.url.render_as_string(), domain.plan_types, domain.reference
    )
    grown = Served(store=store, domain=domain, plugins=plugins)
    plan_id = grown.add("harbour_plan", {"/record": record()})
    data = grown.ask(
        """{ planTypes { key title plugin } plans { nodes { planType
          detailsOutline { heading items } details { __typename
            ... on HarbourPlanDetails { opened quays { title tide
              keeper { code name } unit { label } } } } } }
          investmentMap { facets { field values { value title count } }
            points { planType } } }"""
    )
    store.close()
    assert plan_id == "sample-harbour"
    assert {"key": "harbour_plan", "title": "港計画", "plugin": "harbour"} in data[
        "planTypes"
    ]
    (plan,) = data["plans"]["nodes"]
    assert (
        plan["details"]
        == {
            "__typename": "HarbourPlanDetails",
            "opened": "1901-04-01",
            "quays": [
                {
                    "title": "北岸壁",
                    "tide": "HIGH",
                    "keeper": {"code": "172049", "name": "輪島市"},
                    "unit": {"label": "輪島市 港湾課"},
                }
            ],
        }
        or plan["details"]["quays"][0]["unit"]["label"]
    )
    assert plan["detailsOutline"] == [{"heading": "岸壁", "items": ["北岸壁"]}]
    assert data["investmentMap"]["facets"][0]["values"] == [
        {"value": "harbour_plan", "title": "港計画", "count": 1}
    ]
    assert {p["planType"] for p in data["investmentMap"]["points"]} == {"harbour_plan"}
    assert not caplog.records


@pytest.mark.parametrize(
    ("cls", "word"),
    [
        pytest.param(details("A", of), word, id=id_)
        for id_, of, word in (
            ("a class of the core", named("Measure", str), "Measure"),
            ("a class of a plugin", named("LocalResource", str), "LocalResource"),
            ("a class of another place", named("Actor", str), "Actor"),
            ("a connection", named("PlanConnection", str), "PlanConnection"),
            ("an input", named("PlanFilter", str), "PlanFilter"),
            ("the root", named("Query", str), "Query"),
            ("the union", named("PlanDetails", str), "PlanDetails"),
            ("of a page", named("PageInfo", str), "PageInfo"),
            ("an enum of the core", enum.Enum("Phase", {"NEW": 1}), "Phase"),
            ("an enum of a plugin", enum.Enum("LocalResourceKind", {"A": 1}), "Kind"),
            ("a scalar of ours", named("FiscalYear", str), "FiscalYear"),
            ("a scalar of Strawberry", named("Date", str), "Date"),
            ("a scalar of GraphQL", named("String", str), "String"),
            ("introspection", named("__Type", str), "__Type"),
            ("a mapping", dict[str, int], "dict"),
            ("one of two types", int | str, "int"),
            ("bytes", bytes, "bytes"),
            ("a tuple of two types", tuple[str, int], "tuple"),
        )
    ]
    + [pytest.param(UnresolvedDetails, "Unknown", id="a name that is not there")],
)
def test_details_that_do_not_fit_are_left_out_alone(
    harbour: PlanType,
    like: PlanType,
    fitting: str,
    cls: type[PlanDetails],
    word: str,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The others work, and the log tells the operator which and why."""
    caplog.set_level(logging.WARNING)
    odd = kind(like, "odd_plan", cls)
    text = sdl(build_schema({k.key: k for k in (like, odd, harbour)}))
    assert text == fitting
    (entry,) = caplog.records
    assert "odd_plan" in entry.getMessage()
    assert word in entry.getMessage()


@pytest.mark.parametrize(
    "inner",
    [
        (named("Pillar", str), named("Pillar", int)),
        (enum.Enum("Side", {"PORT": 1}), enum.Enum("Side", {"STARBOARD": 1})),
    ],
    ids=["classes", "enums"],
)
def test_of_two_plugins_with_one_name_the_first_has_it(
    like: PlanType,
    inner: tuple[Any, Any],
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Each would fit alone; together the later one is left out."""
    caplog.set_level(logging.WARNING)
    one, other = (details("Details", cls) for cls in inner)
    kinds = {
        "one_plan": kind(like, "one_plan", one),
        "other_plan": kind(like, "other_plan", other),
    }
    text = sdl(build_schema(kinds))
    assert "OnePlanDetails" in text
    assert "OtherPlanDetails" not in text
    assert [r.args[0] for r in caplog.records if r.args] == ["other_plan"]  # type: ignore[index]


def test_plan_types_may_share_a_class_of_details(
    like: PlanType, caplog: pytest.LogCaptureFixture
) -> None:
    """It is published once, by the name of the first."""
    kinds = {
        "one_plan": kind(like, "one_plan", HarbourDetails),
        "other_plan": kind(like, "other_plan", HarbourDetails),
    }
    text = sdl(build_schema(kinds))
    assert "OnePlanDetails" in text
    assert "OtherPlanDetails" not in text
    assert not caplog.records


def test_keys_that_make_one_name_do_not_break_the_schema(like: PlanType) -> None:
    """Two keys may differ in a character that a GraphQL name does not have."""
    one = kind(like, "x_plan", details("A", int))
    other = kind(like, "x__plan", details("A", str))
    assert details_name(one) == details_name(other) == "XPlanDetails"
    text = sdl(build_schema({one.key: one, other.key: other}))
    assert text.count("type XPlanDetails ") == 1


def test_a_fault_of_the_schema_itself_is_not_hidden(
    plugins: Plugins, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only details of plan types are left out, nothing else."""

    def broken() -> None:
        raise RuntimeError("no prices")

    monkeypatch.setattr("clusterplan.api.schema._prices", broken)
    with pytest.raises(RuntimeError, match="no prices"):
        build_schema(plugins.plan_types)
