"""What happened, by GraphQL: in order, and told to each as far as it is theirs."""

from __future__ import annotations

from typing import Any

import pytest

from sent import send
from served import OPERATOR, Served
from steps import B_PLAN, METI, NIIGATA, NIIGATA_HEAD, SECRETARIAT, walk
from stores import REGIONAL, STRATEGIC, record, tamper

EVENTS = """query($after: ID, $first: Int, $planId: ID) {
  events(after: $after, first: $first, planId: $planId) {
    totalCount pageInfo { hasNextPage hasPreviousPage endCursor }
    edges { cursor node { sequence } }
    nodes { sequence kind aggregate aggregateId version actor { kind code name }
      recordedAt digest }
  }
}"""
STEPS = [
    ("submit_for_precheck", NIIGATA),
    ("precheck_ok", SECRETARIAT),
    ("precheck_ok", METI),
    ("publish", NIIGATA_HEAD),
]


@pytest.fixture
def lived(served: Served) -> Served:
    """Bring a B plan into force beside the draft of an A plan."""
    served.add(REGIONAL)
    walk(served.store, served.domain, B_PLAN, STEPS)
    served.add(STRATEGIC)
    return served


def told(served: Served, by: str | None, **more: Any) -> Any:
    """Return what an office, or anybody, is told."""
    token = served.token(by) if by else None
    return served.ask(EVENTS, more, token=token)["events"]


@pytest.mark.parametrize(
    ("by", "sequences"),
    [
        (None, [5]),
        ("prefecture:010006", [5]),
        ("prefecture:150002", [1, 2, 3, 4, 5]),
        ("head_of_local_government:150002", [1, 2, 3, 4, 5]),
        ("regional_bureau:kyushu", [5, 6]),
        ("prefecture:430005", [5, 6]),
        ("meti:meti", [1, 2, 3, 4, 5, 6]),
        (OPERATOR, [1, 2, 3, 4, 5, 6]),
    ],
)
def test_each_is_told_as_much_as_concerns_it(
    lived: Served, by: str | None, sequences: list[int]
) -> None:
    """The total counts no more than that."""
    found = told(lived, by)
    assert [node["sequence"] for node in found["nodes"]] == sequences
    assert found["totalCount"] == len(sequences)


def test_an_event_says_what_happened_and_not_what_was_written(lived: Served) -> None:
    """Who, when, to what, and the digest that the log is chained by."""
    (node,) = told(lived, None)["nodes"]
    assert len(node.pop("digest")) == 64
    assert node.pop("recordedAt").startswith("2026-11-21")
    assert node == {
        "sequence": 5,
        "kind": "plan_step_taken",
        "aggregate": "plan",
        "aggregateId": B_PLAN,
        "version": 5,
        "actor": {
            "kind": "head_of_local_government",
            "code": "150002",
            "name": node["actor"]["name"],
        },
    }
    for name in ("payload", "payloadDigest", "previous"):
        refused = lived.refusals(f"{{ events {{ nodes {{ {name} }} }} }}")
        assert refused[0][0] == "BAD_USER_INPUT"


def test_the_log_is_read_on_from_a_cursor(lived: Served) -> None:
    """The cursor of the last page, as text or as the sequence number that it is."""
    first = told(lived, OPERATOR, first=4)
    assert first["pageInfo"] == {
        "hasNextPage": True,
        "hasPreviousPage": False,
        "endCursor": "4",
    }
    for after in ("4", 4):
        rest = told(lived, OPERATOR, first=4, after=after)
        assert [edge["cursor"] for edge in rest["edges"]] == ["5", "6"]
        assert rest["pageInfo"]["hasNextPage"] is False
    one = told(lived, OPERATOR, planId=B_PLAN, first=100)
    assert {node["aggregateId"] for node in one["nodes"]} == {B_PLAN}
    assert told(lived, None, planId="unheard-of")["nodes"] == []


@pytest.mark.parametrize(
    ("arguments", "reason", "pointer"),
    [
        ('after: "x"', "BAD_CURSOR", "/after"),
        ("first: 0", "BAD_PAGE", "/first"),
        ("first: 101", "BAD_PAGE", "/first"),
    ],
)
def test_a_page_that_is_none_is_refused(
    lived: Served, arguments: str, reason: str, pointer: str
) -> None:
    """With the argument that is wrong."""
    refused = lived.refusals(f"{{ events({arguments}) {{ totalCount }} }}")
    assert refused == [("BAD_USER_INPUT", reason, pointer)]


def test_an_event_says_which_case_it_is_about(served: Served) -> None:
    """The report, the revision, the proposal or the comment; none of the plan itself."""
    served.add(REGIONAL, {"/record": record()})
    for case_id in ("R-1", "R-2"):
        act: Any = {"planId": B_PLAN, "id": case_id}
        send(served, "openRevision", by=str(NIIGATA), occasion="総会", **act)
        dropped = {"reason": "不要になった", "expectedVersion": 1}
        send(served, "dropRevision", "event { caseId }", str(NIIGATA), **act, **dropped)
    query = "{ events { nodes { kind aggregate caseId } } }"
    for by in (str(NIIGATA), OPERATOR):
        nodes = served.ask(query, token=served.token(by))["events"]["nodes"]
        cases = [n["caseId"] for n in nodes if n["aggregate"] == "revision"]
        assert cases == ["R-1", "R-1", "R-2", "R-2"]
        assert {n["caseId"] for n in nodes if n["aggregate"] == "plan"} == {None}
    (public,) = served.ask(query)["events"]["nodes"]
    assert (public["aggregate"], public["caseId"]) == ("plan", None)


def test_an_event_whose_content_was_erased_names_no_case(served: Served) -> None:
    """The event itself stays in the log."""
    served.add(REGIONAL, {"/record": record()})
    act: Any = {"planId": B_PLAN, "id": "R-1", "occasion": "総会"}
    send(served, "openRevision", by=str(NIIGATA), **act)
    tamper(served.store, "UPDATE cp_payload SET text = NULL WHERE sequence = 2")
    query = "{ events { nodes { aggregate caseId } } }"
    nodes = served.ask(query, token=served.token(OPERATOR))["events"]["nodes"]
    assert nodes[-1] == {"aggregate": "revision", "caseId": None}
