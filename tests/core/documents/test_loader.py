"""Plan files are loaded whole, or refused with every error at its place."""

from __future__ import annotations

from typing import Annotated, Any

import attrs
import pytest
from attrs import frozen

from clusterplan.core.documents.converter import (
    checking_converter,
    document_keys,
    structure,
)
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.errors import MOST_PROBLEMS, InputError, Problem
from clusterplan.core.periods import PlanPeriod
from clusterplan.core.terms import Term
from plan_documents import (
    SMALL,
    load_changed,
    load_text,
    looked_at,
    problems_of,
    problems_of_text,
)
from strategies import plan_types

WRONG = """\
id: 計画1
plan_type: strategic_cluster
titel: 題
lead: {kind: prefecture}
region: 13
period:
  from: 令和8年度
  to: 令和9年2月30日
policy_means:
  measures:
    - id: M-01
      title: 道路
      answers: [CH-1]
      five_w1h:
        signifcance: 渋滞
    - id: M-01
      title: [a]
      budget: [{status: voting, amount: 1.5}]
record:
  edition: '1'
  source: 官報
  history: []
"""


def places(problems: tuple[Problem, ...]) -> list[tuple[str, str, int | None]]:
    """Return reason, pointer and line of each problem."""
    return [(p.reason, p.pointer, p.line) for p in problems]


def test_all_errors_are_told_at_once_in_the_order_of_the_text() -> None:
    """A wrong file is corrected in one go; missing keys stand at their mapping."""
    problems = problems_of_text(WRONG)
    assert places(problems) == [
        ("BAD_ID", "/id", 1),
        ("MISSING_KEY", "", 1),
        ("UNKNOWN_KEY", "/titel", 3),
        ("MISSING_KEY", "/lead", 4),
        ("NOT_A_LIST", "/region", 5),
        ("IMPOSSIBLE_DATE", "/period/to", 8),
        ("DANGLING_REFERENCE", "/policy_means/measures/0/answers/0", 13),
        ("UNKNOWN_KEY", "/policy_means/measures/0/five_w1h/signifcance", 15),
        ("DUPLICATE_ID", "/policy_means/measures/1/id", 16),
        ("NOT_A_TEXT", "/policy_means/measures/1/title", 17),
        ("UNKNOWN_VALUE", "/policy_means/measures/1/budget/0/status", 18),
        ("NOT_AN_AMOUNT", "/policy_means/measures/1/budget/0/amount", 18),
        ("BAD_EDITION", "/record/edition", 20),
        ("EMPTY_HISTORY", "/record/history", 22),
    ]
    columns = {p.pointer: p.column for p in problems}
    assert columns["/policy_means/measures/0/five_w1h/signifcance"] == 9
    assert columns["/policy_means/measures/1/budget/0/amount"] == 33


def test_places_are_those_of_json_too() -> None:
    """The same document in JSON has the same errors, each with line and column."""
    (problem,) = problems_of_text(
        '{"id": "p", "plan_type": "strategic_cluster",\n "title": "t",\n  "lead": "x"}'
    )
    assert (problem.line, problem.column, problem.pointer) == (3, 3, "/lead")


def test_data_without_text_has_errors_without_lines() -> None:
    """A GraphQL variable has paths only."""
    (problem,) = problems_of({"/region": "x"})
    assert (problem.line, problem.column, problem.path) == (None, None, ("region",))


@pytest.mark.parametrize(
    ("pointer", "meant"),
    [
        ("/titel_en", "title_en"),
        ("/recrod", "record"),
        ("/goal/current_sate", "current_state"),
        ("/period/form", "from"),
        ("/policy_means/measures/0/five_w1h/signifcance", "significance"),
        ("/policy_means/measures/0/budget/0/ammount", "amount"),
        ("/investments/0/sites/0/municipalty", "municipality"),
        ("/investments/1/reff", "ref"),
        ("/planType", "plan_type"),
        ("/TITLE_EN", "title_en"),
        ("/policy_means/measures/0/fiveW1h", "five_w1h"),
        ("/policy_means/measures/0/five_w1h/wayOfProceedings", "way_of_proceeding"),
        ("/goal/x", None),
        ("/全く別", None),
    ],
)
def test_an_unknown_key_is_refused_with_the_one_that_is_meant(
    pointer: str, meant: str | None
) -> None:
    """A key that is close is suggested; else the known keys are listed."""
    (problem,) = problems_of({pointer: "x"})
    assert (problem.reason, problem.pointer, problem.hint) == (
        "UNKNOWN_KEY",
        pointer,
        meant,
    )
    assert ("もしかして" in problem.message_ja) == (meant is not None)
    assert ("did you mean" in problem.message_en) == (meant is not None)
    assert ("known are:" in problem.message_en) == (meant is None)


def test_a_missing_key_is_told_at_its_mapping() -> None:
    """Required keys are told by name, each once."""
    problems = problems_of({"/investments/0/title": None, "/id": None})
    assert [(p.reason, p.pointer, p.hint) for p in problems] == [
        ("MISSING_KEY", "/investments/0", "title: ..."),
        ("MISSING_KEY", "", "id: ..."),
    ]


@pytest.mark.parametrize("value", ["x", ["x"], "", []])
def test_a_mapping_is_asked_for_with_its_keys(value: object) -> None:
    """Text or a list where a mapping belongs is refused."""
    (problem,) = problems_of({"/goal": value})
    assert (problem.reason, problem.hint) == ("NOT_A_MAPPING", "{current_state: ...}")
    assert "current_state, vision" in problem.message_en


@pytest.mark.parametrize(
    ("pointer", "value", "hint"),
    [
        ("/indicators/0/kind", "outcom", "outcome"),
        ("/indicators/0/kind", "OUTCOME", "outcome"),
        ("/indicators/0/direction", "上昇", None),
        ("/investments/0/sites/0/precision", "Site", "site"),
        ("/investments/0/state", "UNDER_CONSTRUCTION", "under_construction"),
        ("/investments/0/state", "underConstruction", "under_construction"),
    ],
)
def test_a_value_outside_a_closed_list_is_refused_with_the_list(
    pointer: str, value: str, hint: str | None
) -> None:
    """The allowed values are listed, and the closest is suggested."""
    (problem,) = problems_of({pointer: value})
    assert (problem.reason, problem.pointer, problem.hint) == (
        "UNKNOWN_VALUE",
        pointer,
        hint,
    )
    assert value in problem.message_ja


@pytest.mark.parametrize("text", ["- a\n", "計画\n", "~\n"])
def test_a_plan_file_is_a_mapping(text: str) -> None:
    """Anything else is told once, with what to write."""
    (problem,) = problems_of_text(text)
    assert (problem.reason, problem.pointer, problem.line) == ("NOT_A_MAPPING", "", 1)


def test_an_unknown_plan_type_is_refused_with_the_one_that_is_meant() -> None:
    """Details are not looked at then: nobody knows their shape."""
    (problem,) = problems_of(
        {"/plan_type": "strategic_custer", "/details": {"x": "y"}, "/record": RECORD}
    )
    assert problem.reason == "UNKNOWN_PLAN_TYPE"
    assert problem.pointer == "/plan_type"
    assert problem.hint == "strategic_cluster"
    assert "regional_cluster" in problem.message_ja
    (problem,) = problems_of({"/plan_type": "xyz"})
    assert problem.hint is None


def test_null_for_an_optional_value_is_as_if_it_were_absent() -> None:
    """`goal: null` says the same as no goal; a required value must be there."""
    optional = [a for a in SMALL if a not in ("id", "plan_type", "title")]
    bare = {k: v for k, v in SMALL.items() if k not in optional}
    nulls = bare | dict.fromkeys([*optional, "details", "record"])
    loaded = load_plan_file(source_of(nulls), plan_types())
    assert loaded == load_plan_file(source_of(bare), plan_types())
    (problem,) = problems_of({"/title": [None]})
    assert problem.reason == "NOT_A_TEXT"


def test_an_empty_text_is_not_null() -> None:
    """What is written is kept, even if it is nothing."""
    assert load_changed({"/title_en": ""}).plan.title_en == ""


def test_investments_are_told_or_referred_to_in_order() -> None:
    """A file tells an investment itself, or refers to one by `{ref: id}`."""
    file = load_changed({"/investments": [{"ref": "B"}, {"id": "A", "title": "投資"}]})
    assert file.plan.investments == ("B", "A")
    assert [i.id for i in file.investments] == ["A"]
    assert file.defined()["A"].title == "投資"  # type: ignore[index]


@pytest.mark.parametrize(
    ("entry", "reason", "pointer"),
    [
        ({"ref": "B", "title": "x"}, "UNKNOWN_KEY", "/investments/0/title"),
        ({"ref": None}, "NOT_A_TEXT", "/investments/0/ref"),
        ({"ref": "第一"}, "BAD_ID", "/investments/0/ref"),
        ({"id": "A"}, "MISSING_KEY", "/investments/0"),
        ("B", "NOT_A_MAPPING", "/investments/0"),
        (None, "NOT_A_MAPPING", "/investments/0"),
    ],
)
def test_a_wrong_investment_is_refused_at_its_place(
    entry: object, reason: str, pointer: str
) -> None:
    """A reference has nothing but `ref`; a definition has at least id and title."""
    (problem,) = problems_of({"/investments": [entry]})
    assert (problem.reason, problem.pointer) == (reason, pointer)


@pytest.mark.parametrize("value", ["I-1", {"id": "I-1", "title": "t"}, {}, ""])
def test_investments_are_a_list(value: object) -> None:
    """One investment is a list of one."""
    (problem,) = problems_of({"/investments": value})
    assert (problem.reason, problem.pointer) == ("NOT_A_LIST", "/investments")


RECORD: dict[str, Any] = {
    "edition": "1.0",
    "source": "官報",
    "history": [
        {"state": "drafting", "on": "令和8年4月1日", "basis": "assumed"},
        {"state": "in_force", "on": "2026-06-10"},
    ],
}


@pytest.mark.parametrize("edition", ["1.0", "9999.9999", "d1", "d9999"])
def test_a_record_of_the_past_is_loaded(edition: str) -> None:
    """Editions are public (`1.0`) or drafts (`d1`); states are those of the type."""
    record = load_changed({"/record": RECORD | {"edition": edition}}).record
    assert record is not None
    assert record.edition == edition
    assert [entry.state for entry in record.history] == ["drafting", "in_force"]


@pytest.mark.parametrize("edition", ["1", "0.1", "d0", "1.00000", "v1.0", "", "1.0\n"])
def test_an_edition_has_a_form(edition: str) -> None:
    """What is no edition is refused, not counted from."""
    (problem,) = problems_of({"/record": RECORD | {"edition": edition}})
    assert (problem.reason, problem.pointer) == ("BAD_EDITION", "/record/edition")


def test_a_state_that_the_type_does_not_have_is_refused() -> None:
    """The states of the type are listed, and the closest is suggested."""
    history = [{"state": "in_frce", "on": "2026-06-10"}]
    (problem,) = problems_of({"/record": RECORD | {"history": history}})
    assert problem.reason == "UNKNOWN_STATE"
    assert problem.pointer == "/record/history/0/state"
    assert problem.hint == "in_force"
    assert "drafting, drafted" in problem.message_ja


def test_a_history_goes_forward() -> None:
    """Two states on one day are in the order of the list."""
    days = ["2026-06-10", "2026-06-10", "2026-06-09"]
    history = [{"state": "drafting", "on": day} for day in days]
    (problem,) = problems_of({"/record": RECORD | {"history": history}})
    assert problem.reason == "HISTORY_OUT_OF_ORDER"
    assert problem.pointer == "/record/history/2/on"


def test_a_record_of_no_shape_is_refused_as_such() -> None:
    """The lifecycle is asked only about a record that can be read."""
    problems = problems_of({"/record": {"edition": "x", "history": [{}]}})
    assert {(p.reason, p.pointer) for p in problems} == {
        ("MISSING_KEY", "/record"),
        ("MISSING_KEY", "/record/history/0"),
    }


def test_document_keys_are_the_attributes_in_order() -> None:
    """`from_` is written `from`."""
    assert document_keys(PlanPeriod) == ("from", "to", "reason")


@pytest.mark.parametrize(
    "data",
    [
        {f"x{i}": "1" for i in range(500)},
        {"goal": {f"x{i}": "1" for i in range(500)}},
        {"fields": ["X"] * 500},
        {"policy_means": {"measures": [{"id": "m", "answers": ["x"] * 500}]}},
    ],
)
def test_more_than_a_hundred_problems_are_not_told(data: dict[str, Any]) -> None:
    """A thousand errors help nobody, and would take long to tell."""
    with pytest.raises(InputError) as caught:
        load_plan_file(source_of(SMALL | data), plan_types())
    assert len(caught.value.problems) == MOST_PROBLEMS


def _broken(_: str) -> str:
    raise RuntimeError


@frozen
class Faulty:
    """A class whose own code fails."""

    name: Annotated[str, Term("名称", "Its name.")] = attrs.field(converter=_broken)


def test_a_fault_of_the_code_is_not_told_as_bad_input() -> None:
    """Whoever wrote the class has to see it, not the author of the file."""
    with pytest.raises(RuntimeError):
        structure(checking_converter(), {"name": "x"}, Faulty)


def test_a_part_can_be_read_by_itself() -> None:
    """Callers structure parts of documents with the same errors."""
    period = structure(checking_converter(), {"from": "R8", "to": "R9"}, PlanPeriod)
    assert period.label == "令和8年度～令和9年度"
    with pytest.raises(InputError) as caught:
        structure(checking_converter(), {"from": "R8"}, PlanPeriod)
    (problem,) = looked_at(caught.value)
    assert (problem.reason, problem.pointer) == ("MISSING_KEY", "")


@pytest.mark.parametrize("key", sorted(plan_types()))
def test_the_sample_of_each_type_loads(key: str) -> None:
    """Samples are complete plans, said to be fictional."""
    sample = plan_types()[key].sample
    assert sample is not None
    plan = load_plan_file(parse_text(sample), plan_types()).plan
    assert (plan.plan_type, plan.fictional) == (key, True)
    assert load_text(sample).plan == plan
    assert all((plan.goal, plan.path, plan.measures, plan.challenges, plan.venues))
