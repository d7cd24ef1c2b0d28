"""Ids, texts and sizes of what is sent beside documents are looked at first."""

from __future__ import annotations

import threading
from typing import Any

import pytest

from clusterplan.api.input_checks import MOST_CHARS, MOST_ITEMS
from proposals import DATA
from sent import reasons, send
from served import Served
from stores import STRATEGIC

SAVE = """
mutation($input: SaveProposalInput!) {
  done: saveProposal(input: $input) {
    __typename
    ... on SaveProposalDone { proposal { version } event { kind } }
  }
}
"""


@pytest.fixture
def plan_id(served: Served) -> str:
    """Save the draft of an A plan, and return its id."""
    return served.add(STRATEGIC)


@pytest.mark.parametrize("id_", ["", "改訂 1", " ", "x" * 65, "a\u0000", "a\u202e"])
def test_an_id_that_is_none_is_never_stored(
    served: Served, plan_id: str, id_: str
) -> None:
    """Nobody could read the plan any more."""
    sent = {"planId": plan_id, "id": id_, "edition": "d1", "text": "数を書く"}
    done = send(served, "saveComment", by="meti:meti", **sent)
    assert {reason for _, reason in reasons(done)} <= {"BAD_ID", "FORBIDDEN_CHARACTER"}
    assert done["problems"][0]["path"] == ["id"]


@pytest.mark.parametrize("text", ["\u0000", "a\u202eb"])
def test_invisible_characters_are_refused(
    served: Served, plan_id: str, text: str
) -> None:
    """A text is what it looks like."""
    sent = {"planId": plan_id, "id": "C-9", "edition": "d1", "text": text}
    done = send(served, "saveComment", by="meti:meti", **sent)
    assert reasons(done) == [("BAD_USER_INPUT", "FORBIDDEN_CHARACTER")]


def test_texts_and_lists_have_an_end(served: Served, plan_id: str) -> None:
    """One request does not hold the store for a minute."""
    long = {"planId": plan_id, "id": "C-9", "edition": "d1"}
    done = send(
        served, "saveComment", by="meti:meti", text="字" * (MOST_CHARS + 1), **long
    )
    assert reasons(done) == [("LIMIT_EXCEEDED", "TEXT_TOO_LONG")]
    many = [{"pointer": "", "text": "x"}] * (MOST_ITEMS + 1)
    sent = {"planId": plan_id, "step": "send_back", "expectedVersion": 1}
    done = send(served, "takeStep", by="meti:meti", comments=many, **sent)
    assert reasons(done) == [("LIMIT_EXCEEDED", "TOO_MANY_ITEMS")]


def test_an_edit_of_a_part_can_have_a_key(served: Served, plan_id: str) -> None:
    """The kind of part belongs to what is asked for."""
    sent = {
        "planId": plan_id,
        "part": "CHALLENGE",
        "id": "CH-9",
        "document": {"id": "CH-9", "text": "電力が不足している"},
        "key": "k-1",
    }
    first = send(served, "editPart", by="regional_bureau:kyushu", **sent)
    assert first["__typename"] == "EditPartDone"
    again = send(served, "editPart", by="regional_bureau:kyushu", **sent)
    assert again["event"] == first["event"]


def test_the_same_key_at_the_same_time_has_one_answer(
    served: Served, plan_id: str
) -> None:
    """Whoever comes second is told what the first one did."""
    token = served.token("prefecture:430005")
    sent = {"input": {"planId": plan_id, "document": DATA, "key": "k-1"}}
    answers: list[Any] = []
    threads = [
        threading.Thread(
            target=lambda: answers.append(served.answer(SAVE, sent, token=token))
        )
        for _ in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    told = [answer["data"]["done"] for answer in answers]
    assert [each["__typename"] for each in told] == ["SaveProposalDone"] * 6
    assert {each["event"]["kind"] for each in told} == {"proposal_saved"}
    assert {each["proposal"]["version"] for each in told} == {1}
