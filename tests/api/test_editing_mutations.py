"""Parts, investments, comments and corrections by GraphQL."""

from __future__ import annotations

from typing import Any

import pytest

from sent import events_in, reasons, refusal, send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, OTHER = "prefecture:150002", "prefecture:010006"
BUREAU, METI = "regional_bureau:kyushu", "meti:meti"
PART = "partVersion findings { ruleId }"
COMMENT = """comment { id version edition pointer text reply state { key }
  owner { kind code } }"""
CORRECTION = "difference { changed { sort id changes { path } } } findings { ruleId }"


@pytest.fixture
def draft(served: Served) -> Served:
    """Save the draft of a B plan."""
    served.add(REGIONAL)
    return served


@pytest.fixture
def in_force(served: Served) -> Served:
    """Save a B plan in force."""
    served.add(REGIONAL, {"/record": record()})
    return served


def measure(served: Served, **changes: Any) -> dict[str, Any]:
    """Return the first measure of the B sample with changes."""
    told: dict[str, Any] = served.sample(REGIONAL)["policy_means"]["measures"][0]
    return told | changes


def edit(served: Served, by: str | None = NIIGATA, **more: Any) -> Any:
    """Tell measure M-01 of the B plan anew."""
    sent = {
        "planId": B_PLAN,
        "part": "MEASURE",
        "id": "M-01",
        "document": measure(served, title="別の施策"),
    } | more
    return send(served, "editPart", PART, by=by, **sent)


def remark(served: Served, by: str | None = METI, **more: Any) -> Any:
    """Remark on the goal of the B plan."""
    sent = {
        "planId": B_PLAN,
        "id": "C-1",
        "edition": "d1",
        "pointer": "/goal/vision",
        "text": "数字で示してください",
    } | more
    return send(served, "saveComment", COMMENT, by=by, **sent)


def test_offices_edit_parts_beside_each_other(draft: Served) -> None:
    """Each part has a version of its own; the other one does not matter."""
    done = edit(draft, expectedPartVersion=1)
    assert (done["partVersion"], done["plan"]["version"]) == (2, 2), done
    other: Any = {"id": "M-02", "document": measure(draft, id="M-02", title="改")}
    assert edit(draft, expectedPartVersion=1, **other)["partVersion"] == 3
    stale = edit(draft, document=measure(draft, title="三"), expectedPartVersion=1)
    assert refusal(stale)[:2] == ("CONFLICT", "STALE_PART")
    assert stale["problems"][0]["currentVersion"] == 2
    gone = edit(draft, id="M-02", document=None, expectedPartVersion=3)
    assert gone["__typename"] in ("EditPartDone", "Problems")


@pytest.mark.parametrize(
    ("more", "code", "reason"),
    [
        ({"by": OTHER}, "NOT_FOUND", "UNKNOWN_PLAN"),
        ({"by": METI}, "FORBIDDEN", "NOT_THE_LEAD_BODY"),
        ({"planId": "unheard-of"}, "NOT_FOUND", "UNKNOWN_PLAN"),
        ({"document": [1]}, "BAD_USER_INPUT", "NOT_A_MAPPING"),
    ],
)
def test_an_edit_that_is_not_possible_is_refused(
    draft: Served, more: dict[str, Any], code: str, reason: str
) -> None:
    """Nothing is written."""
    before = events_in(draft.store)
    assert refusal(edit(draft, **({"expectedPartVersion": 1} | more)))[:2] == (
        code,
        reason,
    )
    assert events_in(draft.store) == before


def test_a_part_that_cannot_be_read_is_told_by_place(draft: Served) -> None:
    """From the top of the input."""
    broken = measure(draft, colour=1)
    done = edit(draft, document=broken, expectedPartVersion=1)
    assert refusal(done)[1::2] == ("UNKNOWN_KEY", "document/colour")
    done = edit(draft, document=measure(draft, id="M-99"), expectedPartVersion=1)
    assert refusal(done)[3].startswith("document")


def test_the_text_in_force_is_not_edited(in_force: Served) -> None:
    """It is revised or corrected."""
    done = edit(in_force, expectedPartVersion=1)
    assert refusal(done) == ("CONFLICT", "EDITION_IS_PUBLIC", "REV-07", "planId")


def test_an_edit_is_tried_and_done_once_a_key(draft: Served) -> None:
    """A dry run writes nothing; the same key writes once."""
    tried = edit(draft, expectedPartVersion=1, dryRun=True, key="k-1")
    assert (tried["dryRun"], tried["event"]) == (True, None)
    first = edit(draft, expectedPartVersion=1, key="k-1")
    again = edit(draft, expectedPartVersion=1, key="k-1")
    assert again["event"] == first["event"]
    other = edit(draft, id="M-02", document=None, key="k-1")
    assert refusal(other)[:2] == ("IDEMPOTENCY_MISMATCH", "KEY_REUSED")


def test_investments_are_edited_by_their_owner(served: Served) -> None:
    """Told anew, by the bureau that leads the draft; a stale version is refused."""
    served.add(STRATEGIC)
    (told,) = served.sample(STRATEGIC)["investments"][:1]
    sent = {
        "planId": A_PLAN,
        "id": told["id"],
        "document": told | {"title": "別の工場"},
        "expectedVersion": 1,
    }
    done = send(served, "editInvestment", PART, by=BUREAU, **sent)
    assert done["partVersion"] == 2, done
    stale = sent | {"document": told | {"title": "三"}}
    done = send(served, "editInvestment", PART, by=BUREAU, **stale)
    assert reasons(done)[0][0] == "CONFLICT"
    foreign = send(served, "editInvestment", PART, by=OTHER, **sent)
    assert refusal(foreign)[:2] == ("NOT_FOUND", "UNKNOWN_PLAN")


def test_a_comment_is_saved_and_settled(draft: Served) -> None:
    """The state remarks, the lead body tells what it did."""
    done = remark(draft)
    assert done["comment"]["owner"] == {"kind": "meti", "code": "meti"}
    sent = {"planId": B_PLAN, "id": "C-1", "expectedVersion": 1}
    own = send(draft, "settleComment", COMMENT, by=METI, reply="x", **sent)
    assert refusal(own)[0] == "FORBIDDEN"
    empty = send(draft, "settleComment", COMMENT, by=NIIGATA, reply=" ", **sent)
    assert refusal(empty) == ("BAD_USER_INPUT", "EMPTY_TEXT", None, "reply")
    done = send(draft, "settleComment", COMMENT, by=NIIGATA, reply="直した", **sent)
    told = done["comment"]
    assert (told["reply"], told["state"]["key"], told["version"]) == (
        *("直した", "settled"),
        2,
    )


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"text": " "}, ("BAD_USER_INPUT", "EMPTY_TEXT", None, "text")),
        ({"pointer": "/none"}, ("BAD_USER_INPUT", "BAD_POINTER", None, "pointer")),
        ({"edition": "d7"}, ("CONFLICT", "ANOTHER_EDITION", None, "edition")),
        ({"by": OTHER}, ("NOT_FOUND", "UNKNOWN_PLAN", None, "planId")),
        (
            {"expectedVersion": 3},
            ("CONFLICT", "STALE_VERSION", None, "expectedVersion"),
        ),
    ],
)
def test_a_comment_that_is_not_possible_is_refused(
    draft: Served, more: dict[str, Any], told: tuple[str, ...]
) -> None:
    """By the names that the input has."""
    assert refusal(remark(draft, **more)) == told


def test_the_same_key_again_tells_the_comment_again(draft: Served) -> None:
    """As it stands now."""
    first = remark(draft, key="k-1")
    remark(draft, text="言い直す", expectedVersion=1)
    again = remark(draft, key="k-1")
    assert (again["event"], again["comment"]["version"]) == (first["event"], 2)
    assert remark(draft, id="C-2", dryRun=True)["event"] is None


def corrected(served: Served, by: str | None = NIIGATA, **more: Any) -> Any:
    """Put the vision of the B plan right."""
    document = served.sample(REGIONAL)
    document["goal"] |= {"vision": "医療用部品の輸出で国内首位の産地を目指す。"}
    sent = {
        "planId": B_PLAN,
        "document": document,
        "reason": "誤記",
        "expectedVersion": 1,
    } | more
    return send(served, "correctPlan", CORRECTION, by=by, **sent)


def test_an_edition_in_force_is_corrected(in_force: Served) -> None:
    """1.0 becomes 1.1, and what is put right is told."""
    tried = corrected(in_force, dryRun=True)
    assert (tried["dryRun"], tried["plan"]["edition"]) == (True, "1.0")
    done = corrected(in_force, key="k-1")
    assert done["plan"]["edition"] == "1.1"
    (part,) = done["difference"]["changed"]
    assert [c["path"] for c in part["changes"]] == ["/goal/vision"]
    again = corrected(in_force, key="k-1")
    assert again["event"] == done["event"]
    other = in_force.sample(REGIONAL) | {"title_en": "Better"}
    stale = corrected(in_force, document=other)
    assert refusal(stale)[:2] == ("CONFLICT", "STALE_VERSION")


@pytest.mark.parametrize(
    ("more", "code", "place"),
    [
        ({"by": OTHER}, "FORBIDDEN", None),
        ({"reason": " "}, "BAD_USER_INPUT", "reason"),
        ({"document": {"id": B_PLAN}}, "BAD_USER_INPUT", None),
    ],
)
def test_a_correction_that_is_not_possible_is_refused(
    in_force: Served, more: dict[str, Any], code: str, place: str | None
) -> None:
    """Nothing is written."""
    before = events_in(in_force.store)
    done = corrected(in_force, **more)
    assert reasons(done)[0][0] == code
    if place is not None:
        assert refusal(done)[3] == place
    assert events_in(in_force.store) == before


def test_a_change_of_policy_is_no_correction(in_force: Served) -> None:
    """It needs a revision, and the refusal says so."""
    document = in_force.sample(REGIONAL)
    document["indicators"][0]["target"] |= {"value": "1"}
    done = corrected(in_force, document=document)
    assert refusal(done)[:2] == ("CONFLICT", "NOT_A_CORRECTION")
    assert done["problems"][0]["path"] == [
        *("document", "indicators", "0", "target", "value")
    ]


def test_nobody_changes_anything_without_a_token(draft: Served) -> None:
    """Anonymous readers only read."""
    for done in (
        edit(draft, by=None),
        remark(draft, by=None),
        corrected(draft, by=None),
    ):
        assert reasons(done) == [("UNAUTHENTICATED", "TOKEN_NEEDED")]
