"""`report`, `due`, `progress` and `revision`, from the form to the next edition."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from commands import Outcome, Run, WriteFile
from revisions import DEADLINE
from steps import B_PLAN
from stores import REGIONAL, record

NIIGATA, METI = "prefecture:150002", "meti:meti"
HEAD = "head_of_local_government:150002"
PERIOD = "FY2022H1"
PAST = record((("drafting", "2022-01-05"), ("in_force", "2022-04-01")))
ROWS = [
    {
        "measure": "M-01",
        "observations": [
            {"indicator": "IN-1", "value": "1"},
            {"indicator": "IN-3", "value": "0"},
        ],
        "causes": [{"text": "入札が不調", "category": "procurement"}],
        "response": {"kind": "hold", "reason": "次の期に見直す"},
    },
    *(
        {"measure": f"M-0{number}", "no_number_reason": "年1回の統計による"}
        for number in range(2, 6)
    ),
]
"""What the prefecture reports; the first measure goes poorly."""


@pytest.fixture
def in_force(write: WriteFile, run: Run) -> Run:
    """Save a B plan that is in force for a long time."""
    assert run("import", write(REGIONAL, {"/record": PAST})).code == 0
    return run


def report(run: Run, name: str, *more: str, by: str = NIIGATA) -> Outcome:
    """Change the report on the first half."""
    return run("report", name, B_PLAN, PERIOD, *more, "--as", by)


def write_json(name: str, data: Any) -> str:
    """Write a file into the working directory, and return its name."""
    Path(name).write_text(json.dumps(data), encoding="utf-8")
    return name


def submitted(run: Run) -> None:
    """Open, fill in and submit the report."""
    rows = write_json("rows.json", {"rows": ROWS})
    assert report(run, "open").code == 0
    assert report(run, "fill", rows, "--done").code == 0
    outcome = report(run, "submit")
    assert outcome.code == 0, outcome.err


def listed(run: Run, what: str = "report") -> Any:
    """Return the reports or revisions of the plan."""
    return json.loads(run(what, "list", B_PLAN, "--format", "json").out)


def test_a_report_goes_from_the_form_to_acceptance(in_force: Run) -> None:
    """The form that is printed can be read back as rows."""
    assert report(in_force, "open", "--dry-run").out.startswith("would be: ")
    assert report(in_force, "open").out.startswith("event 2: ")
    form = in_force("report", "template", B_PLAN, PERIOD, "-o", "form.yaml")
    assert (form.code, form.out) == (0, "")
    printed = in_force("report", "template", B_PLAN, PERIOD).out
    assert printed == Path("form.yaml").read_text(encoding="utf-8")
    assert "M-01" in printed
    rows = write_json("rows.json", {"rows": ROWS})
    assert report(in_force, "fill", rows, "--done").code == 0
    stale = report(in_force, "fill", rows, "--expected-part-version", "7")
    assert (stale.code, "error STALE" in stale.err) == (1, True)
    assert (
        "error STALE_VERSION"
        in report(in_force, "submit", "--expected-version", "9").err
    )
    assert "state=accepted" in report(in_force, "submit").out
    (row,) = listed(in_force)
    assert (row["period"], row["state"]) == (PERIOD, "accepted")
    assert PERIOD in in_force("report", "list", B_PLAN).out


def test_the_form_itself_is_filled_in(in_force: Run) -> None:
    """What `template` prints is what `fill` takes."""
    report(in_force, "open")
    in_force("report", "template", B_PLAN, PERIOD, "-o", "form.yaml")
    filled = report(in_force, "fill", "form.yaml")
    assert filled.code == 0, filled.err


def test_an_accepted_report_is_corrected_and_not_sent_back(in_force: Run) -> None:
    """A type without a review has nothing to send back."""
    submitted(in_force)
    refused = report(in_force, "send-back", "--reason", "x", by=METI)
    assert (refused.code, "error " in refused.err) == (1, True)
    assert report(in_force, "accept", by=METI).code == 1
    value = {"indicator": "IN-1", "value": "2", "corrects": "転記の誤り"}
    rows = {"rows": [{"measure": "M-01", "observations": [value]}]}
    done = report(in_force, "correct", write_json("fix.json", rows))
    assert done.code == 0, done.err


def test_rows_that_cannot_be_read_are_told_with_their_lines(in_force: Run) -> None:
    """As for plan files, in both languages."""
    report(in_force, "open")
    Path("rows.yaml").write_text(
        "rows:\n  - measure: M-01\n    colour: red\n", encoding="utf-8"
    )
    outcome = report(in_force, "fill", "rows.yaml")
    assert outcome.code == 1
    assert re.search(r"3:\d+: error UNKNOWN_KEY", outcome.err), outcome.err
    fill = ("report", "fill", B_PLAN, PERIOD, "rows.yaml", "--as", NIIGATA)
    assert not in_force(*fill, lang="ja").err.isascii()
    assert in_force(*fill[:-2]).code == 2


def test_what_is_due_is_listed_in_three_forms(in_force: Run) -> None:
    """As a table, as data, and as a calendar with one event a plan."""
    told = ("due", "--as-of", "2022-10-01")
    (row,) = json.loads(in_force(*told, "--format", "json").out)
    assert (row["planId"], row["period"], row["dueOn"]) == (
        *(B_PLAN, PERIOD),
        "2022-11-30",
    )
    assert B_PLAN in in_force(*told).out
    text = in_force(*told, "--format", "ics").out
    lines = text.splitlines()
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    assert f"UID:{B_PLAN}-{PERIOD}@clusterplan" in text.replace("\n ", "")
    assert "DTSTART;VALUE=DATE:20221130" in lines
    none = in_force(*told, "--filter", "prefectures=01", "--format", "json")
    assert json.loads(none.out) == []
    assert in_force("due", "--as-of", "tomorrow").code == 2


def test_progress_is_told_of_a_plan_and_of_all(in_force: Run) -> None:
    """With and without a report."""
    assert "no report yet" in in_force("progress", B_PLAN).err
    assert json.loads(in_force("progress", B_PLAN, "--format", "json").out) == []
    submitted(in_force)
    rows = json.loads(in_force("progress", B_PLAN, "--format", "json").out)
    assert rows[0]["measure"] == "M-01"
    assert in_force("progress", B_PLAN).out.startswith(f"{B_PLAN} {PERIOD} ")
    groups = json.loads(in_force("progress", "--format", "json").out)
    assert (groups[0]["plans"], groups[0]["reported"]) == (1, 1)
    assert "PLANS" in in_force("progress").out
    assert in_force("progress", "unheard-of").code == 1


def test_a_revision_goes_from_the_occasion_to_the_next_edition(
    in_force: Run, write: WriteFile
) -> None:
    """Opened, saved with its items, adopted by the head."""
    told = ("revision", "open", B_PLAN, "R-1", "--as", NIIGATA)
    assert "error NO_OCCASION" in in_force(*told).err
    assert in_force(*told, "--occasion", "総会での指摘").code == 0
    item = {
        "id": "RI-1",
        "kind": "brush_up",
        "target": "M-01",
        "before": "2028年3月31日",
        "after": "2028年9月30日",
        "reason": "設計を見直すため",
    }
    items = write_json("items.json", {"items": [item]})
    text = write(REGIONAL, DEADLINE, "revised.yaml")
    save = ("revision", "save", B_PLAN, "R-1", text, items, "--as", NIIGATA)
    assert in_force(*save, "--expected-version", "9").code == 1
    assert in_force(*save).code == 0
    assert in_force(*save).out.startswith("unchanged: ")
    Path("bad.yaml").write_text("items:\n  - colour: red\n", encoding="utf-8")
    bad = in_force(*save[:5], "bad.yaml", "--as", NIIGATA)
    assert re.search(r"2:\d+: error", bad.err), bad.err
    precheck = in_force("revision", "precheck", B_PLAN, "R-1", "--as", METI)
    assert precheck.code == 1
    adopt = ("revision", "adopt", B_PLAN, "R-1", "--as", HEAD)
    tried = in_force(*adopt, "--format", "json")
    data = json.loads(tried.out)
    waivers = [
        part
        for p in data.get("problems", ())
        for part in ("--waive", f"{p['ruleId']}:{p['pointer']}=事情による")
    ]
    if waivers:
        done = in_force(*adopt, *waivers)
        assert done.code == 0, done.err
    (row,) = listed(in_force, "revision")
    assert (row["state"], row["edition"]) == ("adopted", "2.0")
    assert "R-1" in in_force("revision", "list", B_PLAN).out
    diff = in_force("plan", "diff", B_PLAN, "1.0", "2.0")
    assert "DEADLINE" in diff.out.upper()


def test_a_revision_is_dropped(in_force: Run) -> None:
    """With a reason."""
    told = ("revision", "open", B_PLAN, "R-1", "--occasion", "x", "--as", NIIGATA)
    assert in_force(*told).code == 0
    drop = ("revision", "drop", B_PLAN, "R-1", "--as", NIIGATA)
    assert in_force(*drop).code == 2
    assert in_force(*drop, "--reason", "見送り").code == 0
    assert listed(in_force, "revision")[0]["state"] == "dropped"
