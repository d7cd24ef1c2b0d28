"""What a plan type must get right before it is worked with."""

from __future__ import annotations

from typing import Annotated, Any

import attrs
import pytest
from attrs import frozen

from clusterplan.core.documents.codec import Codec
from clusterplan.core.documents.jsonschema import plan_schema
from clusterplan.core.documents.usable import unusable
from clusterplan.core.identifiers import Key
from clusterplan.core.plans import PlanDetails, RawDetails
from clusterplan.core.terms import Term
from clusterplan.plugins.host import Plugins
from stores import STRATEGIC, MakePlanFile


@frozen(kw_only=True)
class Stand:
    """A part of details."""

    trees: Annotated[int | None, Term("本数", "Trees.")] = None


@frozen(kw_only=True)
class Good(PlanDetails):
    """Details that can be used."""

    stands: Annotated[tuple[Stand, ...], Term("林分", "Stands.")] = ()


@frozen(kw_only=True)
class Termless(PlanDetails):
    """An attribute without a term."""

    stands: tuple[Stand, ...] = ()


@frozen(kw_only=True)
class Formless(PlanDetails):
    """An attribute that documents have no form for."""

    weight: Annotated[complex, Term("重さ", "Weight.")] = 0j


@frozen(kw_only=True)
class Undecided(PlanDetails):
    """An attribute of two types."""

    size: Annotated[int | str | None, Term("大きさ", "Size.")] = None


@frozen(kw_only=True)
class Unresolved(PlanDetails):
    """An annotation that nobody can read."""

    what: Annotated[Nowhere, Term("何か", "Something.")]  # type: ignore[name-defined]  # noqa: F821


class Another:
    """A module of its own, so to say."""

    @frozen(kw_only=True)
    class Stand:
        """A part that happens to have the same name."""

        rows: Annotated[int | None, Term("列", "Rows.")] = None


@frozen(kw_only=True)
class Others(PlanDetails):
    """Details with the other part of that name."""

    stands: Annotated[tuple[Another.Stand, ...], Term("段", "Stands.")] = ()


class Plain:
    """No details at all."""


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"details": Good}, None),
        ({"details": None}, None),
        ({"key": "Forest Plan"}, "'Forest Plan' is no key"),
        ({"details": Termless}, "Termless.stands has no Term"),
        ({"details": Formless}, "Formless.weight is of a type that documents"),
        ({"details": Undecided}, "Undecided.size may be of one type only"),
        ({"details": Unresolved}, "NameError: name 'Nowhere' is not defined"),
        ({"details": Plain}, "Plain is no PlanDetails"),
        ({"schema": 3, "upcasters": {1: dict}}, "no upcasters for the older forms [2]"),
    ],
)
def test_a_plan_type_that_cannot_be_used_says_why(
    plugins: Plugins, changes: dict[str, Any], reason: str | None
) -> None:
    """The reason names the class and attribute that its author must change."""
    told = unusable(attrs.evolve(plugins.plan_types[STRATEGIC], **changes))
    assert told is None if reason is None else reason in (told or "")


def test_stored_details_that_a_plugin_cannot_read_are_kept_as_they_are(
    plugins: Plugins, plan_file: MakePlanFile
) -> None:
    """A plugin that changed costs its own details, and no other plan."""
    kind = attrs.evolve(plugins.plan_types[STRATEGIC], details=Good, upcasters={})
    plan = attrs.evolve(
        plan_file(STRATEGIC).plan, details=Good(stands=(Stand(trees=3),))
    )
    text = Codec({STRATEGIC: kind}).plan_text(plan)

    @frozen(kw_only=True)
    class Changed(PlanDetails):
        owner: Annotated[str, Term("所有者", "Owner.")]

    for changed in (
        attrs.evolve(kind, details=Changed),
        attrs.evolve(kind, schema=2, upcasters={1: lambda data: data["gone"]}),
    ):
        read = Codec({STRATEGIC: changed}).plan(text)
        assert read.details == RawDetails(document={"stands": [{"trees": 3}]}, schema=1)
        assert Codec({STRATEGIC: changed}).plan_text(read) == text


def test_classes_of_one_name_have_schemas_of_their_own(plugins: Plugins) -> None:
    """Two plugins may name a part alike; each is described by its own class."""
    kind = plugins.plan_types[STRATEGIC]
    schema = plan_schema(
        {
            "one": attrs.evolve(kind, key=Key("one"), details=Good),
            "two": attrs.evolve(kind, key=Key("two"), details=Others),
        }
    )
    properties = [schema["$defs"][n]["properties"] for n in ("Stand", "Stand2")]
    assert [list(p) for p in properties] == [["trees"], ["rows"]]
