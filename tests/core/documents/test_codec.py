"""Stored text is canonical, and older and newer forms of details are read."""

from __future__ import annotations

import json
import unicodedata
from typing import Annotated, Any

import attrs
import pytest
from attrs import frozen
from hypothesis import given, settings
from hypothesis import strategies as st

from clusterplan.core.documents.codec import (
    Codec,
    canonical_json,
    content_digest,
    digest_of,
    plan_data,
)
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import source_of
from clusterplan.core.documents.writer import dump_plan_file
from clusterplan.core.files import PlanFile
from clusterplan.core.identifiers import InvestmentId, Key, PlanId
from clusterplan.core.investments import Investment
from clusterplan.core.plans import Plan, PlanDetails, RawDetails
from clusterplan.core.plantypes import PlanType
from clusterplan.core.terms import Term
from plan_documents import SMALL, load_changed
from strategies import TEXTS, UNHURRIED, objects, plan_types, plans

CODEC = Codec(plan_types())
THOROUGH = settings(UNHURRIED, max_examples=60)


@THOROUGH
@given(plans())
def test_a_stored_plan_reads_back_equal(plan: Plan) -> None:
    """Details come back as objects of their type's class."""
    text = CODEC.plan_text(plan)
    assert CODEC.plan(text) == plan
    assert CODEC.plan_text(CODEC.plan(text)) == text
    assert type(CODEC.plan(text).details) is type(plan.details)


@THOROUGH
@given(objects(Investment))
def test_a_stored_investment_reads_back_equal(investment: Investment) -> None:
    """Investments are stored one by one."""
    text = CODEC.investment_text(investment)
    assert CODEC.investment(text) == investment
    assert json.loads(text)["schema"] == 1


@THOROUGH
@given(plans())
def test_stored_text_is_canonical_json(plan: Plan) -> None:
    """Sorted keys, no spaces, no escapes, NFC: any JSON writer can make it again."""
    text = CODEC.plan_text(plan)
    data = json.loads(text)
    again = json.dumps(
        data, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )
    assert text == again == unicodedata.normalize("NFC", text)
    assert (data["schema"], data["details_schema"]) == (1, 1)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | TEXTS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=4)
    ),
    max_leaves=10,
)


def _turned(value: Any) -> Any:
    """Return *value* with the keys of all mappings in reverse order."""
    if isinstance(value, dict):
        return {key: _turned(value[key]) for key in reversed(value)}
    return [_turned(item) for item in value] if isinstance(value, list) else value


@UNHURRIED
@given(JSON)
def test_the_order_of_keys_does_not_change_the_text(value: Any) -> None:
    """The same content has the same text, whoever wrote it."""
    text = canonical_json(value)
    assert canonical_json(_turned(value)) == text
    assert json.loads(text) == value


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_composed_and_decomposed_text_are_stored_alike(form: Any) -> None:
    """が is が, typed on whatever machine."""
    written = unicodedata.normalize(form, "がぎぐ")
    assert canonical_json({"a": written}) == '{"a":"がぎぐ"}'


def test_the_order_of_a_file_does_not_change_the_stored_text() -> None:
    """The digest of a plan tells its content, not how its file was written."""
    turned = load_plan_file(source_of(_turned(SMALL)), plan_types())
    assert CODEC.plan_text(turned.plan) == CODEC.plan_text(load_changed({}).plan)
    other = load_changed({"/title": "別"}).plan
    assert CODEC.plan_text(other) != CODEC.plan_text(turned.plan)


def test_the_digest_is_that_of_the_stored_bytes() -> None:
    """SHA-256 in UTF-8, as `sha256sum` tells it."""
    assert digest_of("計画") == (
        "5a025aa413db6fdfbfa09a89fb84efef5c4681f11c2227c2cf82e66fa1853f54"
    )


def test_the_digest_of_content_has_the_investments_in_it() -> None:
    """Another version of an investment is another content; their order is none."""
    a, b = InvestmentId("a"), InvestmentId("b")
    digest = content_digest("x", {a: "1", b: "2"})
    assert digest == content_digest("x", {b: "2", a: "1"})
    assert digest != content_digest("x", {a: "1", b: "3"})
    assert digest != content_digest("y", {a: "1", b: "2"})
    assert len(digest) == 64


RAW = {"colour": "赤", "parts": [{"n": 1, "ok": True, "none": None}]}


def _stored(plan_type: str, form: int, details: Any = RAW) -> str:
    """Return the stored text of a plan with details in a form."""
    return canonical_json(
        {
            "id": "p",
            "plan_type": plan_type,
            "title": "題",
            "details": details,
            "schema": 1,
            "details_schema": form,
        }
    )


@pytest.mark.parametrize(
    ("plan_type", "form"),
    [("gone", 1), ("gone", 7), ("regional_cluster", 2), ("strategic_cluster", 1)],
)
def test_details_that_nobody_knows_are_kept_as_stored(
    plan_type: str, form: int
) -> None:
    """The plugin is not loaded, too old, or has no details: nothing is lost."""
    text = _stored(plan_type, form)
    plan = CODEC.plan(text)
    assert plan.details == RawDetails(document=RAW, schema=form)
    assert plan.details.outline() == ()
    assert CODEC.plan_text(plan) == text
    assert plan_data(plan)["details"] == RAW
    assert hash(plan) == hash(CODEC.plan(text))


def test_details_that_nobody_knows_are_written_to_files_unchanged() -> None:
    """A plan can be exported without its plugin."""
    plan = CODEC.plan(_stored("gone", 7))
    written = json.loads(dump_plan_file(PlanFile(plan=plan), "json"))
    assert written["details"] == RAW
    assert "colour: 赤" in dump_plan_file(PlanFile(plan=plan))


@frozen(kw_only=True)
class Coloured(PlanDetails):
    """Details in their third form."""

    colours: Annotated[tuple[str, ...], Term("色", "All colours.")] = ()


def _rename(data: dict[str, Any]) -> dict[str, Any]:
    return {"color": data["colour"]}


def _list(data: dict[str, Any]) -> dict[str, Any]:
    return {"colours": [data["color"]]}


def _coloured() -> PlanType:
    return attrs.evolve(
        plan_types()["regional_cluster"],
        key=Key("coloured"),
        details=Coloured,
        schema=3,
        upcasters={1: _rename, 2: _list},
    )


@pytest.mark.parametrize(
    ("form", "details"),
    [(1, {"colour": "赤"}), (2, {"color": "赤"}), (3, {"colours": ["赤"]})],
)
def test_older_details_are_brought_to_the_form_of_today(
    form: int, details: dict[str, Any]
) -> None:
    """Upcasters run one after another; what is written again has today's form."""
    codec = Codec({"coloured": _coloured()})
    plan = codec.plan(_stored("coloured", form, details))
    assert plan.details == Coloured(colours=("赤",))
    assert json.loads(codec.plan_text(plan))["details_schema"] == 3


def test_details_wait_in_their_form_for_their_plugin() -> None:
    """Stored again without the plugin, details of form 1 are still of form 1."""
    without = Codec({})
    text = _stored("coloured", 1, {"colour": "赤"})
    again = without.plan_text(without.plan(text))
    assert Codec({"coloured": _coloured()}).plan(again).details == Coloured(
        colours=("赤",)
    )


def test_a_plan_without_details_has_none() -> None:
    """Details are not made up for a plan of an unknown type."""
    plan = Plan(id=PlanId("p"), plan_type=Key("gone"), title="題")
    text = Codec({}).plan_text(plan)
    assert text == (
        '{"details_schema":1,"id":"p","plan_type":"gone","schema":1,"title":"題"}'
    )
    assert Codec({}).plan(text) == plan
