"""`clusterplan proposal`: prepared and answered from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from commands import Run, WriteFile
from proposals import DATA
from stores import STRATEGIC


def prepare(write: WriteFile, run: Run, **changes: Any) -> str:
    """Save a draft and prepare a proposal for it; return the id of the plan."""
    told = json.loads(run("import", write(STRATEGIC), "--format", "json").out)
    plan_id: str = told[0]["planId"]
    Path("proposal.json").write_text(json.dumps(DATA | changes), encoding="utf-8")
    outcome = run(
        "proposal", "save", plan_id, "proposal.json", "--as", "prefecture:430005"
    )
    assert outcome.code == 0, outcome.err
    return plan_id


def test_a_proposal_goes_through_from_the_command_line(
    write: WriteFile, run: Run
) -> None:
    """Saved, proposed, received, adopted, and listed."""
    plan_id = prepare(write, run)
    for step, by in (("propose", "prefecture:430005"), ("receive", "meti:meti")):
        assert run("proposal", "step", plan_id, "PR-1", step, "--as", by).code == 0
    adopted = run(
        "proposal",
        "step",
        plan_id,
        "PR-1",
        "adopt",
        "--as",
        "meti:meti",
        "--reason",
        "yes",
        "--measure",
        "M-01",
    )
    assert adopted.out.startswith("event 5: ")
    (row,) = json.loads(run("proposal", "list", plan_id, "--format", "json").out)
    assert (row["state"], row["version"]) == ("adopted", 4)


def test_a_refusal_says_why_and_ends_with_one(write: WriteFile, run: Run) -> None:
    """In words, and as data."""
    plan_id = prepare(write, run)
    told = ("proposal", "step", plan_id, "PR-1", "receive", "--as", "meti:meti")
    outcome = run(*told)
    assert (outcome.code, outcome.out) == (1, "")
    assert "error STEP_OUT_OF_ORDER" in outcome.err
    data = json.loads(run(*told, "--format", "json").out)
    assert data["problems"][0]["reason"] == "STEP_OUT_OF_ORDER"


def test_a_dry_run_and_the_same_again_change_nothing(
    write: WriteFile, run: Run
) -> None:
    """The lines say so."""
    plan_id = prepare(write, run)
    told = ("proposal", "save", plan_id, "proposal.json", "--as", "prefecture:430005")
    assert run(*told).out.startswith("unchanged: ")
    Path("proposal.json").write_text(json.dumps(DATA | {"title": "x"}))
    assert run(*told, "--dry-run").out.startswith("would be: ")
    stale = run(*told, "--expected-version", "7")
    assert "error STALE_VERSION" in stale.err


def test_an_office_that_cannot_be_read_is_wrong_usage(
    write: WriteFile, run: Run
) -> None:
    """KIND:CODE is asked for."""
    assert run("proposal", "list").code == 2
    assert run("proposal", "save", "p", "f", "--as", "kumamoto").code == 2


def test_a_broken_file_is_told_with_its_lines(write: WriteFile, run: Run) -> None:
    """As for plan files."""
    plan_id = prepare(write, run)
    Path("proposal.yaml").write_text("id: PR-2\ncolour: red\n", encoding="utf-8")
    outcome = run(
        "proposal", "save", plan_id, "proposal.yaml", "--as", "prefecture:430005"
    )
    assert outcome.code == 1
    assert "2:9: error UNKNOWN_KEY" in outcome.err or "2:1: error" in outcome.err
    assert "error MISSING_KEY" in outcome.err
