"""Changes by GraphQL: done or problems, once per key, nothing without a token."""

from __future__ import annotations

from typing import Any

import pytest

from proposals import DATA
from sent import events_in
from served import OPERATOR, Served
from stores import STRATEGIC

PROBLEMS = """
fragment Told on Problems {
  problems { code path reason messageJa messageEn ruleId hint currentVersion }
}
"""
IMPORT = (
    """
mutation($input: ImportPlanInput!) {
  done: importPlan(input: $input) {
    __typename
    ... on ImportPlanDone {
      dryRun plan { id version edition state title }
      event { sequence kind actor { kind code } }
      findings { ruleId }
    }
    ...Told
  }
}
"""
    + PROBLEMS
)
SAVE = (
    """
mutation($input: SaveProposalInput!) {
  done: saveProposal(input: $input) {
    __typename
    ... on SaveProposalDone {
      proposal { id version title state { key } } event { kind } plan { id }
    }
    ...Told
  }
}
"""
    + PROBLEMS
)
STEP = (
    """
mutation($input: StepProposalInput!) {
  done: stepProposal(input: $input) {
    __typename
    ... on StepProposalDone {
      dryRun proposal { version state { key } answer { reason } } event { kind }
    }
    ...Told
  }
}
"""
    + PROBLEMS
)
KUMAMOTO = "prefecture:430005"


def send(
    served: Served, query: str, actor: str | None = OPERATOR, **sent: Any
) -> dict[str, Any]:
    """Return the result of a mutation."""
    token = served.token(actor) if actor else None
    done = served.ask(query, {"input": sent}, token=token)["done"]
    for problem in done.get("problems", ()):
        assert problem["messageEn"].isascii()
        assert not problem["messageJa"].isascii()
    return dict(done)


def reasons(done: dict[str, Any]) -> list[tuple[str, str]]:
    """Return class and fine code of each problem."""
    assert done["__typename"] == "Problems"
    return [(p["code"], p["reason"]) for p in done["problems"]]


@pytest.fixture
def plan_id(served: Served) -> str:
    """Import the draft of an A plan by GraphQL."""
    done = send(served, IMPORT, document=served.sample(STRATEGIC))
    plan_id: str = done["plan"]["id"]
    return plan_id


def test_a_plan_is_imported_and_told(served: Served) -> None:
    """Plan, event and findings come back in the same answer."""
    done = send(served, IMPORT, document=served.sample(STRATEGIC))
    assert done["__typename"] == "ImportPlanDone"
    assert done["plan"]["version"] == 1
    assert done["plan"]["edition"] == "d1"
    assert done["event"] == {
        "sequence": 1,
        "kind": "plan_saved",
        "actor": {"kind": "operator", "code": "local"},
    }


def test_a_change_names_the_version_it_is_based_on(
    served: Served, plan_id: str
) -> None:
    """Without it, or with an old one, the current version is told."""
    document = served.sample(STRATEGIC) | {"title": "別の題"}
    stale = send(served, IMPORT, document=document)
    assert reasons(stale) == [("CONFLICT", "STALE_VERSION")]
    assert stale["problems"][0]["currentVersion"] == 1
    done = send(served, IMPORT, document=document, expectedVersion=1)
    assert (done["plan"]["version"], done["plan"]["title"]) == (2, "別の題")
    again = send(served, IMPORT, document=document, expectedVersion=1)
    assert (again["plan"]["version"], again["event"]) == (2, None)


def test_a_dry_run_changes_nothing(served: Served) -> None:
    """It tells what would be, and what would be refused."""
    document = served.sample(STRATEGIC)
    done = send(served, IMPORT, document=document, dryRun=True, key="k")
    assert (done["dryRun"], done["event"]) == (True, None)
    assert (done["plan"]["version"], done["plan"]["state"]) == (1, "drafting")
    assert events_in(served.store) == 0
    document["unheard_of"] = 1
    refused = send(served, IMPORT, document=document, dryRun=True)
    assert reasons(refused) == [("BAD_USER_INPUT", "UNKNOWN_KEY")]


def test_every_problem_of_a_document_is_told_with_its_path(served: Served) -> None:
    """A form can show each beside its field."""
    document = served.sample(STRATEGIC) | {"region": "430005", "unheard_of": 1}
    done = send(served, IMPORT, document=document)
    assert sorted(p["path"] for p in done["problems"]) == [
        ["document", "region"],
        ["document", "unheard_of"],
    ]


@pytest.mark.parametrize("query", [IMPORT, SAVE])
def test_nobody_changes_anything_without_a_token(
    served: Served, plan_id: str, query: str
) -> None:
    """Anonymous readers only read."""
    more = {"planId": plan_id} if query == SAVE else {}
    document = served.sample(STRATEGIC)
    done = send(served, query, actor=None, document=document, **more)
    assert reasons(done) == [("UNAUTHENTICATED", "TOKEN_NEEDED")]


def test_the_same_key_again_changes_nothing_again(served: Served, plan_id: str) -> None:
    """The event of the first time is told, however often it is sent."""
    sent = {"planId": plan_id, "document": DATA, "key": "k-1"}
    first = send(served, SAVE, KUMAMOTO, **sent)
    again = send(served, SAVE, KUMAMOTO, **sent)
    assert first == again
    assert first["proposal"]["version"] == 1


def test_a_key_stands_for_one_request(served: Served, plan_id: str) -> None:
    """Other content under the same key is a mistake of the sender."""
    sent = {"planId": plan_id, "key": "k-1"}
    send(served, SAVE, KUMAMOTO, document=DATA, **sent)
    other = send(served, SAVE, KUMAMOTO, document=DATA | {"title": "別"}, **sent)
    assert reasons(other) == [("IDEMPOTENCY_MISMATCH", "KEY_REUSED")]


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_a_key_has_a_length(served: Served, plan_id: str, key: str) -> None:
    """It is kept, so it is not endless."""
    sent = {"planId": plan_id, "document": DATA, "key": key}
    assert reasons(send(served, SAVE, KUMAMOTO, **sent)) == [
        ("BAD_USER_INPUT", "BAD_KEY")
    ]


def test_keys_of_different_senders_do_not_meet(served: Served, plan_id: str) -> None:
    """Each office numbers its own requests."""
    oita = DATA | {"id": "PR-2", "prefecture": "440001"}
    for actor, document in ((KUMAMOTO, DATA), ("prefecture:440001", oita)):
        done = send(served, SAVE, actor, planId=plan_id, document=document, key="k-1")
        assert done["proposal"]["version"] == 1


def test_a_proposal_goes_through_by_graphql(served: Served, plan_id: str) -> None:
    """Prepared and proposed by the prefecture, received and answered by METI."""
    send(served, SAVE, KUMAMOTO, planId=plan_id, document=DATA)
    facts = {"planId": plan_id, "id": "PR-1"}
    for actor, step, version in (
        (KUMAMOTO, "propose", 1),
        ("meti:meti", "receive", 2),
    ):
        done = send(served, STEP, actor, step=step, expectedVersion=version, **facts)
        assert done["event"]["kind"] == f"proposal_{step}_taken"
    wordless = send(served, STEP, "meti:meti", step="adopt", expectedVersion=3, **facts)
    assert reasons(wordless) == [("CONFLICT", "MISSING_REASON")]
    done = send(
        served,
        STEP,
        "meti:meti",
        step="adopt",
        expectedVersion=3,
        reason="起点になる",
        **facts,
    )
    assert done["proposal"] == {
        "version": 4,
        "state": {"key": "adopted"},
        "answer": {"reason": "起点になる"},
    }


def test_the_problems_of_a_proposal_have_their_paths(
    served: Served, plan_id: str
) -> None:
    """All at once, as for a plan file."""
    document = DATA | {"prefecture": None, "colour": "red"}
    done = send(served, SAVE, KUMAMOTO, planId=plan_id, document=document)
    assert {p["reason"] for p in done["problems"]} == {"NOT_A_TEXT", "UNKNOWN_KEY"}


def test_mutations_of_one_request_see_each_other(served: Served, plan_id: str) -> None:
    """They run one after the other, and each tells what it left."""
    query = """
    mutation($a: SaveProposalInput!, $b: StepProposalInput!) {
      a: saveProposal(input: $a) { ... on SaveProposalDone {
        plan { proposals { version } } } }
      b: stepProposal(input: $b) { ... on StepProposalDone {
        plan { proposals { version } } } }
    }
    """
    told = served.ask(
        query,
        {
            "a": {"planId": plan_id, "document": DATA},
            "b": {
                "planId": plan_id,
                "id": "PR-1",
                "step": "propose",
                "expectedVersion": 1,
            },
        },
        token=served.token(KUMAMOTO),
    )
    assert [told[k]["plan"]["proposals"] for k in "ab"] == [
        [{"version": 1}],
        [{"version": 2}],
    ]
