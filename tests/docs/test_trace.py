"""What the sources ask for is in the code where the trace says, and a test proves it."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import attrs
import pytest
from graphql import build_schema as schema_of_text

import clusterplan_tokyo_revitalization as tokyo
from clusterplan.api.schema import build_schema
from clusterplan.api.settings import ApiSettings
from clusterplan.core.casekinds import CASE_KINDS
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.files import PlanFile
from clusterplan.core.periods import FiscalYear
from clusterplan.core.reference import read_reference
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins, load_plugins
from full_query import full_query, told
from served import OPERATOR, Served
from stores import LOCAL_GROWTH, looking, save
from trace_tables import (
    Status,
    Target,
    TargetKind,
    Trace,
    read_open,
    read_requirements,
    read_traces,
)
from trace_targets import (
    NO_LIMITS,
    ROOT,
    code_of,
    document_classes,
    functions,
    graphql_name,
    graphql_type,
    plain,
    set_attributes,
)
from whole_cases import save_whole_cases, whole_cases

REQUIREMENTS = {r.id: r for r in read_requirements()}
TRACES = {t.id: t for t in read_traces()}
OPEN = read_open()
OFFERED = load_plugins(tokyo, entry_points=False)
REFERENCE = read_reference().extended(OFFERED.reference_lists)
LISTS = {str(key): each for key, each in REFERENCE.lists.items()}
WHOLE = ROOT / "tests/core/documents/whole_plan.yaml"
WHOLE_ID = "whole"

STILL_OPEN = (61, "420ac5d1832e780a")
"""Number and digest of the requirements in `docs/trace/later.csv`.

The list may only shrink: who does what a row asks for takes the row away, and lowers
the number here.
"""
HERE = "tests/docs/test_trace.py"
CONCEPT = f"{HERE}::test_a_concept_is_kept_and_read_back_by_name"
LISTED = f"{HERE}::test_a_listed_code_is_served_by_name"
TYPE = f"{HERE}::test_a_plan_type_is_served_with_its_steps"
SAMPLE = f"{HERE}::test_a_sample_holds_the_words_of_its_source"

KEPT_ELSEWHERE = {
    *("Area", "Bureau", "StrategicField", "FiscalYear"),
    *("PlanType", "ExampleMeasure", "Lifecycle", "Step", "State"),
    *("PlanStanding", "Case", "Repair", "DueReport", "PlanProgress", "MapFeature"),
    *("PlanDifference", "PastState", "Act", "Event", "Feature"),
    *("ReportingCycle", "ReportingPeriod", "Progress", "Trend"),
    *(
        "AreaTotals",
        "Totals",
        "TypeCoverage",
        "InvestmentMap",
        "MeasureShare",
        "MoneySum",
        "MoneySums",
    ),
}
"""Classes that are no part of a plan document; tests of their own show them."""
ONLY_WHERE_SET = {"A-12"}
"""Rules without examples: they are silent until a setting is given."""
NEEDED = {
    "core": (TargetKind.CODE, TargetKind.TYPE),
    "check": (TargetKind.RULE,),
    "ref": (TargetKind.LIST,),
    "map": (TargetKind.CODE,),
    "sample": (TargetKind.SAMPLE,),
}
"""The kinds of target of which a requirement that is placed there has one."""
OTHERWISE = {
    ("S0-006", "sample"): "numbers of the source, held against the list of areas",
    ("S3-080", "check"): "it asks that no rule speaks",
    ("S3-126", "check"): "no rule, but an invariant that nobody can switch off",
    ("S3-130", "check"): "no rule, but an invariant that nobody can switch off",
}
"""Placements that are met by something else."""
HEADINGS = ("example_measures", "measure_categories")
NOT_QUOTED = {"S3-023": "the words of a direction, not of the heading that follows it"}
"""Requirements whose words are not those of the example or heading they lead to."""


def wide(domain: Domain) -> Domain:
    """Return *domain* with all that the package of Tokyo adds."""
    return attrs.evolve(
        domain,
        plan_types=OFFERED.plan_types,
        rules=OFFERED.rules,
        reference=REFERENCE,
    )


def having(kind: TargetKind) -> list[Trace]:
    """Return what leads to targets of a kind."""
    return [trace for trace in TRACES.values() if trace.of(kind)]


def in_documents(trace: Trace) -> list[tuple[type, str]]:
    """Return the attributes of plan documents that a requirement leads to."""
    found = [code_of(target.name) for target in trace.of(TargetKind.CODE)]
    inside = document_classes(OFFERED)
    return [(cls, name) for cls, name in found if name and cls in inside]


CONCEPTS = [t for t in TRACES.values() if in_documents(t)]


def test_every_requirement_is_traced_once() -> None:
    """Both tables have the same ids in the same order."""
    assert [t.id for t in read_traces()] == [r.id for r in read_requirements()]
    assert len(TRACES) == len(read_traces()) == 278


def test_a_trace_leads_to_things_that_exist() -> None:
    """Classes and attributes, rules, entries of lists, plan types, samples."""
    for trace in TRACES.values():
        missing = [str(target) for target in trace.targets if not exists(target)]
        assert missing == [], trace.id
        answered = trace.status not in {Status.LATER, Status.NONE}
        assert (bool(trace.targets), bool(trace.tests)) == (answered, answered)


def exists(target: Target) -> bool:
    """Tell whether a target is there."""
    name, part = target.name, target.part
    if target.kind is TargetKind.CODE:
        return bool(code_of(name))
    if target.kind is TargetKind.RULE:
        return name in {rule.id for rule in OFFERED.rules}
    if target.kind is TargetKind.SAMPLE:
        return name in {sample.name for sample in OFFERED.samples}
    if target.kind is TargetKind.TYPE:
        kind = OFFERED.plan_types.get(name)
        steps = kind.lifecycle.steps if kind else ()
        return bool(kind) and part in {None, *(str(step.key) for step in steps)}
    return name in LISTS and (part is None or LISTS[name].find(part) is not None)


def test_the_tests_that_a_trace_names_exist() -> None:
    """Each is a function in a file of tests."""
    for trace in TRACES.values():
        for node in trace.tests:
            path, _, function = node.partition("::")
            assert function.startswith("test_"), node
            assert function in functions(path), (trace.id, node)


def test_a_trace_names_the_test_for_each_kind_of_its_targets() -> None:
    """What is no part of a plan document is shown by a test of its own."""
    known = document_classes(OFFERED) - {FiscalYear}
    for trace in TRACES.values():
        wanted = {
            CONCEPT: bool(in_documents(trace)),
            LISTED: bool(trace.of(TargetKind.LIST)),
            TYPE: bool(trace.of(TargetKind.TYPE)),
            SAMPLE: bool(trace.of(TargetKind.SAMPLE)),
        }
        here = {t for t in trace.tests if t.startswith(HERE)}
        assert here == {t for t, is_wanted in wanted.items() if is_wanted}, trace.id
        elsewhere = {code_of(target.name)[0] for target in trace.of(TargetKind.CODE)}
        elsewhere -= {cls for cls, _ in in_documents(trace)}
        assert {cls.__name__ for cls in elsewhere} <= KEPT_ELSEWHERE, trace.id
        assert not elsewhere & known, trace.id
        needs_own = bool(elsewhere or trace.of(TargetKind.RULE))
        assert set(trace.tests) - here or not needs_own, trace.id


def test_a_trace_leads_to_where_the_requirement_is_placed() -> None:
    """Unless something of it is not there yet; that is listed by id."""
    for trace in TRACES.values():
        placements = REQUIREMENTS[trace.id].placements
        assert (trace.status is Status.NONE) is (placements == ("none",))
        for placement in placements if trace.id not in OPEN else ():
            kinds = NEEDED.get(placement, ())
            met = any(trace.of(kind) for kind in kinds)
            known = (trace.id, placement) in OTHERWISE
            assert met or known or not kinds, (trace.id, placement)


def test_what_is_not_there_yet_only_gets_less() -> None:
    """A row that is answered later, or in part, says what is missing."""
    later = {t.id: t.reason for t in TRACES.values() if t.status is Status.LATER}
    assert later == {id_: OPEN.get(id_) for id_ in later}
    assert list(OPEN) == [id_ for id_ in REQUIREMENTS if id_ in OPEN]
    assert all(OPEN.values())
    digest = hashlib.sha256(" ".join(OPEN).encode()).hexdigest()[:16]
    assert (len(OPEN), digest) == STILL_OPEN


def test_every_rule_that_is_named_has_examples() -> None:
    """So a plan that breaks it is known, unless it waits for a setting."""
    named = {r.name for t in TRACES.values() for r in t.of(TargetKind.RULE)}
    bare = {r.id for r in OFFERED.rules if r.id in named and not r.examples}
    assert bare <= ONLY_WHERE_SET


@pytest.fixture(scope="module")
def kept(
    tmp_path_factory: pytest.TempPathFactory, empty_sqlite: Path, domain: Domain
) -> Iterator[Served]:
    """Serve the whole plan, and plans of the types whose details it does not have."""
    path = tmp_path_factory.mktemp("trace") / "plans.db"
    shutil.copy(empty_sqlite, path)
    full = wide(domain)
    store = SqlStore.open(f"sqlite:///{path}", full.plan_types, full.reference)
    with closing(store):
        settings = ApiSettings(limits=NO_LIMITS)
        served = Served(store=store, domain=full, plugins=OFFERED, settings=settings)
        for file in plan_files(OFFERED):
            save(store, full, file)
        save_whole_cases(store, next(plan_files(OFFERED)).plan.id)
        yield served


def plan_files(plugins: Plugins) -> Iterator[PlanFile]:
    """Yield the whole plan, the sample of type C, and a plan of Tokyo."""
    texts = [
        WHOLE.read_text(encoding="utf-8"),
        plugins.plan_types[LOCAL_GROWTH].sample or "",
        next(s.text for s in plugins.samples if s.name == "setagaya.yaml"),
    ]
    for text in texts:
        yield load_plan_file(parse_text(text), plugins.plan_types)


@pytest.fixture(scope="module")
def in_python(kept: Served) -> set[tuple[type, str]]:
    """Return class and name of each attribute that the store gives back filled."""
    found: set[tuple[type, str]] = set()
    with kept.store.read() as unit:
        for file in plan_files(OFFERED):
            stored = unit.plan(file.plan.id, looking())
            assert stored is not None
            assert stored.plan == file.plan
            found |= set(set_attributes(stored.plan))
            told_of = unit.investments(stored.standing.pins.values())
            found |= set(set_attributes(tuple(told_of.values())))
        for kind in CASE_KINDS.values():
            for cases in unit.cases([WHOLE_ID], kind, looking()).values():
                found |= set(set_attributes(tuple(c.document for c in cases)))
    return found


@pytest.fixture(scope="module")
def in_graphql(kept: Served) -> set[tuple[str, str]]:
    """Return type and name of each field that one full query gives a value for."""
    schema = schema_of_text(build_schema(OFFERED.plan_types).as_str())
    query, token = full_query(schema, "plan"), kept.token(OPERATOR)
    found: set[tuple[str, str]] = set()
    for file in plan_files(OFFERED):
        answer = kept.ask(query, {"id": file.plan.id}, token=token)
        found |= told(schema, "plan", answer)
    return found


@pytest.mark.parametrize("trace", CONCEPTS, ids=lambda t: t.id)
def test_a_concept_is_kept_and_read_back_by_name(
    trace: Trace, in_python: set[tuple[type, str]], in_graphql: set[tuple[str, str]]
) -> None:
    """It comes through file and store, and has its value in Python and in GraphQL."""
    for cls, name in in_documents(trace):
        assert (cls, name) in in_python
        assert (graphql_type(cls), graphql_name(name)) in in_graphql


ENTRIES = """query ($list: String!, $code: String) {
  referenceEntries(list: $list, text: $code, first: 100) {
    totalCount nodes { code title titleEn } } }"""


@pytest.mark.parametrize("trace", having(TargetKind.LIST), ids=lambda t: t.id)
def test_a_listed_code_is_served_by_name(trace: Trace, kept: Served) -> None:
    """Each list has entries, and each entry a name in two languages."""
    for target in trace.of(TargetKind.LIST):
        wanted = {"list": target.name, "code": target.part}
        page = kept.ask(ENTRIES, wanted)["referenceEntries"]
        codes = [n["code"] for n in page["nodes"] if n["title"] and n["titleEn"]]
        assert codes
        assert target.part is None or target.part in codes


def examples_of(trace: Trace) -> Iterator[str]:
    """Yield the words of the examples and headings that a requirement leads to."""
    for target in trace.of(TargetKind.LIST):
        if target.name in HEADINGS and target.part:
            entry = LISTS[target.name].find(target.part)
            assert entry
            yield plain(entry.title)


@pytest.mark.parametrize(
    "trace", [t for t in TRACES.values() if any(examples_of(t))], ids=lambda t: t.id
)
def test_an_example_has_the_words_of_its_source(trace: Trace) -> None:
    """The phrase of the requirement stands in the list as the source has it."""
    phrase = plain(REQUIREMENTS[trace.id].phrase)
    quoted = any(phrase in words for words in examples_of(trace))
    assert quoted is (trace.id not in NOT_QUOTED)


STEPS = "{ planTypes { key title titleEn steps { key title actors } } }"


@pytest.mark.parametrize("trace", having(TargetKind.TYPE), ids=lambda t: t.id)
def test_a_plan_type_is_served_with_its_steps(trace: Trace, kept: Served) -> None:
    """Each step says by whom it is taken."""
    types = {t["key"]: t for t in kept.ask(STEPS)["planTypes"]}
    for target in trace.of(TargetKind.TYPE):
        steps = {s["key"]: s["actors"] for s in types[target.name]["steps"]}
        assert steps
        assert target.part is None or steps[target.part]


def texts(value: Any) -> Iterable[str]:
    """Yield the texts in a value, at any depth."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from texts(item)
    elif attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            yield from texts(getattr(value, attribute.name))


@pytest.mark.parametrize("trace", having(TargetKind.SAMPLE), ids=lambda t: t.id)
def test_a_sample_holds_the_words_of_its_source(trace: Trace) -> None:
    """The phrase of the requirement stands in it, or in the outline made of it."""
    samples = {s.name: s for s in OFFERED.samples}
    for target in trace.of(TargetKind.SAMPLE):
        text = parse_text(samples[target.name].text)
        file = load_plan_file(text, OFFERED.plan_types)
        assert file.plan.details
        found = [*texts(file.plan), *texts(file.plan.details.outline())]
        phrase = plain(REQUIREMENTS[trace.id].phrase)
        assert any(phrase in plain(text) for text in found), trace.id


def test_placements_are_those_that_are_known() -> None:
    """A placement that nobody knows would be taken for met."""
    plugins = {"contrib", "none"}
    for each in REQUIREMENTS.values():
        for placement in each.placements:
            assert placement.partition(":")[0] in plugins | set(NEEDED), each.id


def test_cases_fill_every_attribute_and_come_back_equal(
    kept: Served, in_python: set[tuple[type, str]]
) -> None:
    """A new attribute of a report or revision has to be added to the file."""
    every = {
        (cls, a.name)
        for kind in CASE_KINDS.values()
        for cls in (kind.document,)
        for a in attrs.fields(cls)
    }
    assert every - in_python == set()
    wanted = {case.kind: case.document for case in whole_cases(WHOLE_ID)}
    with kept.store.read() as unit:
        for kind in CASE_KINDS.values():
            (case,) = unit.cases([WHOLE_ID], kind, looking())[WHOLE_ID]
            assert case.document == wanted[case.kind]
