"""`step`, `comment`, `plan set`, `plan diff`, `correct`, `plan history --events`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands import Outcome, Run, WriteFile
from steps import B_PLAN
from stores import REGIONAL, record

NIIGATA, METI = "prefecture:150002", "meti:meti"
HEAD = "head_of_local_government:150002"
SECRETARIAT = "cabinet_secretariat:cas"


@pytest.fixture
def draft(write: WriteFile, run: Run) -> Run:
    """Save the draft of a B plan, and return how to run the command."""
    assert run("import", write(REGIONAL)).code == 0
    return run


@pytest.fixture
def in_force(write: WriteFile, run: Run) -> Run:
    """Save a B plan in force."""
    assert run("import", write(REGIONAL, {"/record": record()})).code == 0
    return run


def step(run: Run, name: str, by: str, *more: str, **settings: Any) -> Outcome:
    """Take a step."""
    return run("step", B_PLAN, name, "--as", by, *more, **settings)


def test_a_plan_goes_from_draft_to_force(draft: Run) -> None:
    """Who signed half of a joint act is told."""
    assert step(draft, "submit_for_precheck", NIIGATA).out.startswith("event 2: ")
    half = step(draft, "precheck_ok", METI)
    assert "awaiting=cabinet_secretariat signed=meti:meti" in half.out
    assert step(draft, "precheck_ok", METI).out.startswith("unchanged: ")
    assert "state=prechecked" in step(draft, "precheck_ok", SECRETARIAT).out
    told = json.loads(step(draft, "publish", HEAD, "--format", "json").out)
    assert told == {
        "ok": True,
        "event": 5,
        "dryRun": False,
        "planId": B_PLAN,
        "version": 5,
        "edition": "1.0",
        "state": "in_force",
        "awaiting": None,
        "signed": None,
    }


def test_the_history_tells_all_that_happened(draft: Run) -> None:
    """With who did it; without the flag, the states that the plan came into."""
    step(draft, "submit_for_precheck", NIIGATA)
    outcome = draft("plan", "history", B_PLAN, "--events")
    assert outcome.out.splitlines()[0].split()[:3] == ["NO", "AT", "EVENT"]
    rows = json.loads(
        draft("plan", "history", B_PLAN, "--events", "--format", "json").out
    )
    assert [(row["sequence"], row["kind"], row["actor"]) for row in rows] == [
        (1, "plan_saved", "operator:local"),
        (2, "plan_step_taken", NIIGATA),
    ]
    assert set(rows[0]) == {
        *("sequence", "recordedAt", "kind", "version", "actor", "digest"),
    }
    states = json.loads(draft("plan", "history", B_PLAN, "--format", "json").out)
    assert [row["state"] for row in states] == ["drafting", "in_precheck"]
    unknown = draft("plan", "history", "unheard-of", "--events")
    assert (unknown.code, "UNKNOWN_PLAN" in unknown.err) == (1, True)


def test_more_events_than_a_page_are_all_told(in_force: Run) -> None:
    """However many there are."""
    for number in range(101):
        text = f"第{number}点"
        saved = in_force(
            *("comment", "save", B_PLAN, f"C-{number}", text, "--as", METI)
        )
        assert saved.code == 0
    told = in_force("plan", "history", B_PLAN, "--events", "--format", "json")
    assert [row["sequence"] for row in json.loads(told.out)] == list(range(1, 103))


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (("publish", HEAD), "STEP_OUT_OF_ORDER"),
        (("dance", NIIGATA), "UNKNOWN_STEP"),
        (("submit_for_precheck", METI), "WRONG_ACTOR"),
        (("submit_for_precheck", NIIGATA, "--expected-version", "7"), "STALE_VERSION"),
        (
            (*("submit_for_precheck", NIIGATA), "--comment", "/none=x"),
            "BAD_POINTER",
        ),
    ],
)
def test_a_refusal_says_why_in_two_languages(
    draft: Run, arguments: tuple[str, str, *tuple[str, ...]], reason: str
) -> None:
    """And ends with one."""
    outcome = step(draft, *arguments)
    assert (outcome.code, outcome.out) == (1, "")
    assert f"error {reason}: " in outcome.err
    assert outcome.err.isascii() or "→" in outcome.err
    japanese = step(draft, *arguments, lang="ja")
    assert (japanese.code, japanese.err.isascii()) == (1, False)
    data = json.loads(step(draft, *arguments, "--format", "json").out)
    assert data["ok"] is False
    assert data["problems"][0]["reason"] == reason


@pytest.mark.parametrize(
    "arguments",
    [
        ("step", B_PLAN),
        ("step", B_PLAN, "publish"),
        ("step", B_PLAN, "publish", "--as", "nobody"),
        ("step", B_PLAN, "send_back", "--as", METI, "--comment", "no sign"),
        ("step", B_PLAN, "publish", "--as", METI, "--waive", "A-01"),
        ("plan", "set", B_PLAN, "measure", "M-01", "--as", NIIGATA),
        ("plan", "set", B_PLAN, "colour", "M-01", "f", "--as", NIIGATA),
        ("correct", B_PLAN, "plan.yaml", "--as", NIIGATA),
        ("comment", "save", B_PLAN),
    ],
)
def test_what_is_not_written_as_asked_is_wrong_usage(
    draft: Run, arguments: tuple[str, ...]
) -> None:
    """It ends with two."""
    assert draft(*arguments).code == 2


def test_a_dry_run_says_what_would_be(draft: Run) -> None:
    """In the language that is asked for."""
    tried = step(draft, "submit_for_precheck", NIIGATA, "--dry-run")
    assert tried.out.startswith("would be: ")
    told = step(draft, "submit_for_precheck", NIIGATA, "--dry-run", lang="ja")
    assert told.out.startswith("実行すると: ")
    assert step(draft, "submit_for_precheck", NIIGATA).code == 0


def test_comments_are_saved_settled_and_listed(draft: Run) -> None:
    """From remark to reply."""
    told = ("comment", "save", B_PLAN, "C-1", "数字で示す", "--at", "/goal/vision")
    assert draft(*told, "--as", METI).out.startswith("event 2: ")
    assert draft(*told, "--as", METI).out.startswith("unchanged: ")
    settle = ("comment", "settle", B_PLAN, "C-1", "直した")
    assert draft(*settle, "--as", METI).code == 1
    assert draft(*settle, "--as", NIIGATA, "--expected-version", "9").code == 1
    assert draft(*settle, "--as", NIIGATA).code == 0
    (row,) = json.loads(draft("comment", "list", B_PLAN, "--format", "json").out)
    assert (row["state"], row["reply"], row["pointer"]) == (
        *("settled", "直した"),
        "/goal/vision",
    )
    assert "C-1" in draft("comment", "list", B_PLAN).out


def test_a_part_is_set_and_taken_away(draft: Run, here: Path) -> None:
    """From a file, at the version that is stored, or one that is given."""
    text = "id: IN-9\ntitle: 新しい指標\nunit: 件\n"
    (here / "part.yaml").write_text(text, encoding="utf-8")
    told = ("plan", "set", B_PLAN, "indicator", "IN-9")
    saved = draft(*told, "part.yaml", "--as", NIIGATA)
    assert (saved.code, "partVersion=2" in saved.out) == (0, True), saved.err
    assert draft(*told, "part.yaml", "--as", NIIGATA).out.startswith("unchanged: ")
    stale = draft(*told, "--remove", "--as", NIIGATA, "--expected-version", "9")
    assert (stale.code, "error STALE_PART" in stale.err) == (1, True)
    assert draft(*told, "--remove", "--as", NIIGATA).code == 0
    assert draft(*told, "missing.yaml", "--as", NIIGATA).code == 1
    (here / "broken.yaml").write_text("id: IN-9\n  title: [\n", encoding="utf-8")
    broken = draft(*told, "broken.yaml", "--as", NIIGATA)
    assert (broken.code, broken.err.startswith("broken.yaml:2:8: error ")) == (
        1,
        True,
    ), broken.err


def test_an_edition_is_corrected_and_compared(
    in_force: Run, write: WriteFile, here: Path
) -> None:
    """1.1 differs from 1.0 in what was put right."""
    right = write(REGIONAL, {"/goal/vision": "国内首位の産地を目指す。"}, "right.yaml")
    told = ("correct", B_PLAN, right, "--reason", "誤記", "--as", NIIGATA)
    assert in_force(*told, "--dry-run").out.startswith("would be: ")
    assert in_force(*told, "--expected-version", "9").code == 1
    assert "edition=1.1" in in_force(*told).out
    assert in_force(*told).out.startswith("unchanged: ")
    diff = in_force("plan", "diff", B_PLAN, "1.0", "1.1")
    assert "/goal/vision" in diff.out
    data = json.loads(
        in_force("plan", "diff", B_PLAN, "1.0", "1.1", "--format", "json").out
    )
    assert data["changed"][0]["changes"][0]["path"] == "/goal/vision"
    assert in_force("plan", "diff", B_PLAN, "1.0", "9.0").code == 1
    assert in_force("plan", "diff", "unheard-of", "1.0", "1.1").code == 1
    (here / "bad.yaml").write_text("id: x\ncolour: red\n", encoding="utf-8")
    bad = in_force("correct", B_PLAN, "bad.yaml", "--reason", "x", "--as", NIIGATA)
    assert (bad.code, "2:1: error UNKNOWN_KEY" in bad.err) == (1, True), bad.err
