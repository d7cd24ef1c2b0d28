"""The JSON Schema says what the loader says."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from clusterplan.core.documents.jsonschema import (
    DIALECT,
    SEMANTIC_REASONS,
    plan_schema,
)
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.documents.writer import dump_plan_file
from clusterplan.core.errors import InputError
from clusterplan.core.files import PlanFile
from plan_documents import SMALL, looked_at
from strategies import UNHURRIED, plan_files, plan_types

THOROUGH = settings(UNHURRIED, max_examples=150)


def _ecma_pattern(
    _: object, pattern: str, instance: object, __: object
) -> Iterator[jsonschema.ValidationError]:
    """Match as ECMA-262 does, where `$` is the end and not before a line end."""
    ecma = pattern.removesuffix("$") + (r"\Z" if pattern.endswith("$") else "")
    if isinstance(instance, str) and not re.search(ecma, instance, re.ASCII):
        yield jsonschema.ValidationError(f"{instance!r} does not match {pattern!r}")


_Validator: Any = jsonschema.validators.extend(  # type: ignore[no-untyped-call]
    jsonschema.Draft202012Validator, {"pattern": _ecma_pattern}
)


@cache
def validator() -> Any:
    """The validator of plan files of the built-in types."""
    return _Validator(plan_schema(plan_types()))


def is_valid(data: Any) -> bool:
    """Tell whether the schema accepts *data*."""
    return bool(validator().is_valid(data))


def reasons(data: Any) -> set[str]:
    """Return the reasons for which the loader refuses *data*."""
    try:
        load_plan_file(source_of(data), plan_types())
    except InputError as error:
        return {p.reason for p in looked_at(error)}
    return set()


def test_the_schema_is_a_schema() -> None:
    """It follows its dialect, and all references lead somewhere."""
    schema = plan_schema(plan_types())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == DIALECT
    text = json.dumps(schema, ensure_ascii=False)
    referred = set(re.findall(r"#/\$defs/(\w+)", text))
    assert referred == set(schema["$defs"])
    assert plan_schema(plan_types()) == schema


def test_every_property_has_a_name_in_both_languages() -> None:
    """Editors show the Japanese name and the meaning of each key."""
    schema = plan_schema(plan_types())
    parts = {"Plan": schema} | schema["$defs"]
    unnamed = {
        f"{name}.{key}"
        for name, part in parts.items()
        for key, property_ in part["properties"].items()
        if "title" not in property_
    }
    assert unnamed == set()
    assert schema["properties"]["title"]["title"] == "計画名"
    assert schema["properties"]["title"]["description"] == "Title in Japanese."
    assert all(part["description"] for part in parts.values())


@pytest.mark.parametrize("key", sorted(plan_types()))
def test_the_samples_are_valid(key: str) -> None:
    """Samples in YAML are valid as they are written."""
    assert is_valid(parse_text(plan_types()[key].sample or "").data)


@THOROUGH
@given(plan_files())
def test_every_written_file_is_valid(file: PlanFile) -> None:
    """What the writer writes, the schema accepts."""
    data = json.loads(dump_plan_file(file, "json"))
    assert [e.message for e in validator().iter_errors(data)] == []


def _places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of each value inside *value*."""
    items = (
        value.items()
        if isinstance(value, dict)
        else enumerate(value)
        if isinstance(value, list)
        else ()
    )
    for step, item in items:
        yield (*path, step)
        yield from _places(item, (*path, step))


def _at(data: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        data = data[step]
    return data


VALUES = st.one_of(
    st.sampled_from([None, True, False, 0, 1, -1, 2027, 10**14, 10**15, 10**31]),
    st.sampled_from(["", "x", "X", "M-01", "true", "false", "null", "public", "site"]),
    st.sampled_from(
        ["2027-02-28", "2027-02-29", "2027-2-28", "令和9年2月30日", "2027"]
    ),
    st.sampled_from(
        ["FY2026", "FY0206", "FY2026H1", "令和8年度", "FY٢٠٢٦", "FY2026\n"]
    ),
    st.sampled_from(["1", "１", "1.5", "1e400", "NaN", "+1", "a\n", "1\n", "\u0000"]),
    st.sampled_from(["1.0", "d1", "drafting", "IN-1", "strategic_cluster", "x" * 65]),
    st.sampled_from([[], {}, [[]], [{}], ["x"], [None], [1], {"id": "x"}, {"x": "y"}]),
    st.sampled_from([{"ref": "x"}, {"ref": "x", "id": "x"}, {"from": "FY2026"}]),
).map(copy.deepcopy)
KEYS = st.sampled_from(
    [
        "x",
        "id",
        "ref",
        "title",
        "titel",
        "kind",
        "details",
        "record",
        "amount",
        "value",
        "from",
        "from_",
        "on",
        "fields",
        "text",
        "date",
        "plan_type",
        "history",
        "schema",
    ]
)


def _mutate(draw: st.DrawFn, data: Any) -> None:
    places = list(_places(data))
    path = draw(st.sampled_from(places)) if places else ()
    target = _at(data, path)
    if isinstance(target, dict) and draw(st.booleans()):
        target[draw(KEYS)] = draw(VALUES)
    elif isinstance(target, list) and draw(st.booleans()):
        target.append(draw(VALUES))
    elif path:
        *steps, last = path
        parent = _at(data, tuple(steps))
        action = draw(st.sampled_from(["drop", "replace", "move"]))
        if action == "drop":
            del parent[last]
        elif action == "replace":
            parent[last] = draw(VALUES)
        else:
            parent[last] = copy.deepcopy(_at(data, draw(st.sampled_from(places))))


BASES = [SMALL, *(parse_text(t.sample or "").data for t in plan_types().values())]
RECORD = {
    "edition": "1.0",
    "source": "官報",
    "history": [{"state": "drafting", "on": "2026-06-10"}],
}


@st.composite
def mutants(draw: st.DrawFn) -> Any:
    """Draw a plan document with one or two things changed."""
    base = st.sampled_from(BASES) | plan_files().map(
        lambda file: json.loads(dump_plan_file(file, "json"))
    )
    data = copy.deepcopy(draw(base))
    if draw(st.booleans()):
        data["record"] = copy.deepcopy(RECORD)
    for _ in range(draw(st.integers(1, 2))):
        _mutate(draw, data)
    return data


@settings(THOROUGH, max_examples=400)
@given(mutants())
@example(changed(SMALL, {"/record": RECORD | {"history": []}}))
@example(changed(SMALL, {"/details": {}}))
@example(changed(SMALL, {"/policy_means/challenges/0/id": ["a"]}))
@example(changed(SMALL, {"/period/from": "FY0000"}))
def test_what_the_schema_accepts_the_loader_accepts(data: Any) -> None:
    """But for what only meaning tells; and the loader never breaks down."""
    told = reasons(data)
    if is_valid(data):
        assert told <= set(SEMANTIC_REASONS)


VALID_BUT_REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("DUPLICATE_ID", {"/venues/0/id": "IN-1"}),
    ("DANGLING_REFERENCE", {"/path/impacts/0/indicator": "X"}),
    ("IMPOSSIBLE_DATE", {"/period/to": "2027-02-29"}),
    ("UNKNOWN_STATE", {"/record/history/0/state": "x"}),
    ("HISTORY_OUT_OF_ORDER", {"/record/history/0/on": "2999-01-01"}),
    ("EMPTY_HISTORY", {"/record/history": []}),
    ("BAD_EDITION", {"/record/edition": "x"}),
    ("FORBIDDEN_CHARACTER", {"/title": "\u202e"}),
]


def test_each_semantic_reason_is_one() -> None:
    """The list holds no reason that the schema could tell, and misses none."""
    assert {reason for reason, _ in VALID_BUT_REFUSED} == set(SEMANTIC_REASONS)


@pytest.mark.parametrize(("reason", "changes"), VALID_BUT_REFUSED)
def test_a_semantic_reason_is_beyond_the_schema(
    reason: str, changes: dict[str, Any]
) -> None:
    """The schema accepts, and the loader refuses for this one reason."""
    later = {"state": "drafting", "on": "2027-01-01"}
    record = RECORD | {"history": [*RECORD["history"], later]}
    data = changed(SMALL | {"record": record}, changes)
    assert is_valid(data)
    assert reasons(data) == {reason}


@pytest.mark.parametrize(
    ("changes", "valid"),
    [
        ({"/policy_means/challenges/0/needs": "一つ"}, True),
        ({"/region": "13121"}, False),
        ({"/fictional": "true"}, True),
        ({"/fictional": "yes"}, False),
        ({"/goal": None}, True),
        ({"/title": [None]}, False),
        ({"/investments/1": {"ref": "B", "title": "x"}}, False),
        ({"/details": {"x": "y"}}, False),
        ({"/plan_type": "regional_cluster", "/details": {"market_claims": []}}, True),
        ({"/plan_type": "regional_cluster", "/details": {"industries": []}}, False),
        ({"/plan_type": "other"}, False),
        ({"/policy_means/measures/0/budget/0/amount": 10**14 - 1}, True),
        ({"/policy_means/measures/0/budget/0/amount": 10**14}, False),
        ({"/policy_means/measures/0/budget/0/amount": "１"}, False),
        ({"/indicators/0/target/value": 1.5}, False),
        ({"/period": {"from": "2026-04-01", "to": "FY2030"}}, True),
        ({"/period": {"from": "FY0206", "to": "FY2030"}}, False),
    ],
)
def test_the_schema_tells_shapes_apart(changes: dict[str, Any], *, valid: bool) -> None:
    """Types, keys, closed lists and forms are in the schema."""
    assert is_valid(changed(SMALL, changes)) is valid
