"""Checks by the API: stored plans, and plan files that are sent."""

from __future__ import annotations

import copy
import json
from typing import Any

import attrs
import pytest

from clusterplan.api.limits import Limits
from clusterplan.api.settings import ApiSettings
from served import GRAPHQL_JSON, OPERATOR, Served
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, record

CHECK = """query ($id: ID, $edition: String, $document: JSON, $gate: Gate! = PUBLISH) {
  checkPlan(id: $id, edition: $edition, document: $document, gate: $gate) {
    ok gate unchecked { plugin ruleId reason }
    findings { ruleId ruleVersion severity effectiveSeverity gate planId edition
      pointer messageJa messageEn hint sourceRef } } }"""


@pytest.fixture(scope="module")
def roomy(world: Served) -> Served:
    """Return the world with room for a whole plan file in the text of a query."""
    limits = Limits(tokens=50_000, characters=500_000)
    return attrs.evolve(world, settings=ApiSettings(limits=limits))


def checked(served: Served, *, token: str | None = None, **arguments: Any) -> Any:
    """Return a report."""
    return served.ask(CHECK, arguments, token=token)["checkPlan"]


def literal(value: Any) -> str:
    """Return plain data as GraphQL writes it; numbers as they are."""
    if isinstance(value, dict):
        return "{" + " ".join(f"{k}: {literal(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + " ".join(map(literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def test_a_stored_plan_is_checked(world: Served) -> None:
    """A complete plan passes, and remarks on it name plan, edition and place."""
    report = checked(world, id="sample-strategic-semiconductor")
    assert (report["ok"], report["gate"], report["unchecked"]) == (True, "PUBLISH", [])
    elsewhere = checked(world, id="sample-regional-machine-parts")
    assert not elsewhere["ok"]
    assert "REG-02" in {f["ruleId"] for f in elsewhere["findings"]}
    report = checked(world, id="tokyo-hamura-r3", edition="1.0")
    assert {f["planId"] for f in report["findings"]} <= {"tokyo-hamura-r3"}
    assert {f["edition"] for f in report["findings"]} <= {"1.0"}


def test_a_plan_that_is_not_seen_is_not_checked(world: Served) -> None:
    """Unknown, hidden, and of another edition are the same: null."""
    assert checked(world, id="unheard-of") is None
    assert checked(world, id="sample-strategic-semiconductor", edition="7.0") is None
    assert checked(world, id="bureau-draft") is None
    token = world.token(OPERATOR)
    assert checked(world, id="bureau-draft", token=token)["ok"]


@pytest.mark.parametrize(
    "arguments", [{}, {"id": "x", "document": {"id": "x"}}, {"id": None}]
)
def test_either_an_id_or_a_document_is_given(
    world: Served, arguments: dict[str, Any]
) -> None:
    """None, or both, is refused."""
    found = world.refusals(CHECK, arguments)
    assert found == [("BAD_USER_INPUT", "ID_OR_DOCUMENT", None)]


@pytest.mark.parametrize("plan_type", [STRATEGIC, REGIONAL, LOCAL_GROWTH])
def test_a_document_is_checked_as_a_variable_and_as_a_literal(
    roomy: Served, plan_type: str
) -> None:
    """Both ways of sending a plan file give the same report; nothing is stored."""
    document = roomy.sample(plan_type)
    with roomy.store.read() as unit:
        revision = unit.revision()
    as_variable = checked(roomy, document=document)
    written = literal(document)
    as_literal = roomy.ask(f"{{ checkPlan(document: {written}) {{ ok }} }}")
    assert as_variable["ok"]
    assert as_literal["checkPlan"]["ok"]
    with roomy.store.read() as unit:
        assert unit.revision() == revision


def test_a_finding_says_what_is_wrong_and_where(world: Served) -> None:
    """A measure without a reason closes the gate, with a pointer into the document."""
    document = world.sample(STRATEGIC)
    del document["policy_means"]["measures"][1]["five_w1h"]["significance"]
    report = checked(world, document=document)
    assert not report["ok"]
    (error,) = (f for f in report["findings"] if f["effectiveSeverity"] == "ERROR")
    assert error["ruleId"].startswith("W5H-")
    assert error["pointer"].startswith("/policy_means/measures/1/five_w1h")
    assert error["messageEn"].isascii()
    assert not error["messageJa"].isascii()
    assert error["edition"] is None


def test_the_gate_decides_what_closes_it(world: Served) -> None:
    """What blocks publication is a warning when a plan is saved."""
    document = world.sample(STRATEGIC)
    del document["policy_means"]["measures"][1]["five_w1h"]["significance"]
    publish = checked(world, document=document)
    save = checked(world, document=document, gate="SAVE")
    assert (publish["ok"], publish["gate"]) == (False, "PUBLISH")
    assert (save["ok"], save["gate"]) == (True, "SAVE")
    severities = {f["ruleId"]: f["effectiveSeverity"] for f in save["findings"]}
    assert "ERROR" not in severities.values()
    found = world.answer(CHECK, {"document": document, "gate": None})["errors"]
    assert found[0]["extensions"]["code"] == "BAD_USER_INPUT"


def test_every_problem_of_a_document_is_told_at_once(world: Served) -> None:
    """Each has code, reason, and a pointer to its place."""
    document = world.sample(STRATEGIC)
    document["region"] = "430005"
    document["unheard_of"] = 1
    document["policy_means"]["measures"][0]["title"] = None
    document["investments"][0]["money"][0]["amount"] = "many"
    found = world.refusals(CHECK, {"document": document})
    assert {code for code, _, _ in found} == {"BAD_USER_INPUT"}
    assert {pointer for _, _, pointer in found} == {
        "/region",
        "/unheard_of",
        "/policy_means/measures/0/title",
        "/investments/0/money/0/amount",
    }
    assert all(reason.isupper() for _, reason, _ in found)


@pytest.mark.parametrize("document", [5, "text", [], [1], True, {}])
def test_a_document_that_is_no_plan_is_refused(world: Served, document: Any) -> None:
    """Any JSON may come; the refusal is for people."""
    assert world.refusals(CHECK, {"document": document})
    query = f"{{ checkPlan(document: {literal(document)}) {{ ok }} }}"
    assert world.refusals(query) == world.refusals(CHECK, {"document": document})


@pytest.mark.parametrize("how", ["variable", "literal", "inside a literal"])
@pytest.mark.parametrize(
    ("number", "fits"),
    [
        ("0.1", True),
        ("130.80000000000000004", True),
        ("1e2", False),
        ("12", True),
        ('"12.50"', True),
        ('"twelve"', False),
        ("true", False),
    ],
)
def test_a_decimal_may_be_a_number_or_text(
    roomy: Served, how: str, number: str, *, fits: bool
) -> None:
    """A number with a fraction is read as it was written, in every way to send it."""
    document = copy.deepcopy(roomy.sample(STRATEGIC))
    document["indicators"][0]["target"]["value"] = "%"
    if how == "variable":
        text = json.dumps(document).replace('"%"', number)
        body = (
            json.dumps({"query": CHECK})[:-1]
            + f', "variables": {{"document": {text}}}}}'
        )
    elif how == "literal":
        text = literal(document).replace('"%"', number)
        body = json.dumps({"query": f"{{ checkPlan(document: {text}) {{ ok }} }}"})
    else:
        text = literal(document).replace('"%"', "$number")
        query = f"query ($number: JSON) {{ checkPlan(document: {text}) {{ ok }} }}"
        body = (
            json.dumps({"query": query})[:-1]
            + f', "variables": {{"number": {number}}}}}'
        )
    headers = {"content-type": "application/json", "accept": GRAPHQL_JSON}
    answer = roomy.client.post("/graphql", content=body, headers=headers).json()
    if fits:
        assert "errors" not in answer, answer
    else:
        (error,) = answer["errors"]
        assert error["extensions"]["pointer"] == "/indicators/0/target/value"


def test_a_variable_that_is_not_given_is_null_inside_a_literal(roomy: Served) -> None:
    """The rest of the document is checked, and the gap is told with its place."""
    document = roomy.sample(STRATEGIC) | {"title": "%"}
    text = literal(document).replace('"%"', "$title")
    query = f"query ($title: JSON) {{ checkPlan(document: {text}) {{ ok }} }}"
    ((code, _, pointer),) = roomy.refusals(query)
    assert (code, pointer) == ("BAD_USER_INPUT", "/title")
    null = text.replace("$title", "null")
    ((_, _, pointer),) = roomy.refusals(f"{{ checkPlan(document: {null}) {{ ok }} }}")
    assert pointer == "/title"


def test_a_word_without_quotes_is_text(roomy: Served) -> None:
    """GraphQL writes enum values without quotes; in a document they are words."""
    text = literal(roomy.sample(STRATEGIC)).replace(f'"{STRATEGIC}"', STRATEGIC)
    answer = roomy.ask(f"{{ checkPlan(document: {text}) {{ ok }} }}")
    assert answer["checkPlan"]["ok"]


def test_a_yen_amount_keeps_every_digit(world: Served) -> None:
    """Fourteen digits are an amount; more are not rounded, nor is a fraction."""
    document = world.sample(STRATEGIC)
    money = document["investments"][0]["money"][0]
    for amount, fits in ((99_999_999_999_999, True), (2**53 + 1, False), (1.5, False)):
        money["amount"] = amount
        answer = world.answer(CHECK, {"document": document})
        assert ("errors" not in answer) == fits


def test_investments_that_a_document_refers_to_come_from_the_store(
    served: Served,
) -> None:
    """A reference to a stored one is as good as its text."""
    served.add(STRATEGIC, {"/record": record()})
    document = served.sample(REGIONAL)
    document["investments"] = [{"ref": "SAMPLE-INV-1"}, {"ref": "UNHEARD-OF"}]
    report = checked(served, document=document)
    assert report["unchecked"] == []


def test_a_document_may_carry_its_past(world: Served) -> None:
    """Findings tell the edition that the record names."""
    document = world.sample(STRATEGIC) | {"record": record(edition="2.1")}
    del document["policy_means"]["measures"][1]["five_w1h"]["significance"]
    report = checked(world, document=document)
    assert {f["edition"] for f in report["findings"]} == {"2.1"}
