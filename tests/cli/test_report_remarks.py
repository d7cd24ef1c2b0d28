"""What the commands on reports and revisions tell of the rules, and of later reports."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from commands import Outcome, Run, WriteFile
from revisions import DEADLINE
from steps import B_PLAN
from stores import REGIONAL, record

NIIGATA, HEAD = "prefecture:150002", "head_of_local_government:150002"
FIRST, SECOND = "FY2022H1", "FY2022H2"
PAST = record((("drafting", "2022-01-05"), ("in_force", "2022-04-01")))
PATHS = {
    f"/indicators/{number}/{name}/date": day
    for number in (0, 4)
    for name, day in (("baseline", "2021-03-31"), ("target", "2025-03-31"))
}
"""What lets the paths of IN-1 and IN-5 run while the plan is in force."""
WAITS = {"missing_reason": "年1回の統計による", "next_release_on": "2030-06-30"}
POOR = {"measure": "M-01", "observations": [{"indicator": "IN-1", "value": "4210"}]}
GOOD = {"measure": "M-01", "observations": [{"indicator": "IN-1", "value": "6000"}]}
CAUSES = [{"text": "入札が二回続けて不成立となった", "category": "procurement"}]
OTHERS = [
    {"measure": measure, "observations": [{"indicator": indicator, **WAITS}]}
    for measure, indicator in (
        ("M-02", "IN-4"),
        ("M-03", "IN-2"),
        ("M-04", "IN-2"),
    )
]


def land(value: str, **more: Any) -> dict[str, Any]:
    """Return the row of M-05, which is poor at 1 and good at 8."""
    observed = {"indicator": "IN-5", "value": value, **more}
    return {"measure": "M-05", "observations": [observed], "causes": CAUSES}


@pytest.fixture
def in_force(write: WriteFile, run: Run) -> Run:
    """Save a B plan that is in force for a long time."""
    assert (
        run(
            "import",
            write(REGIONAL, {"/record": PAST, "/indicators/0/milestones": [], **PATHS}),
        ).code
        == 0
    )
    return run


def report(run: Run, name: str, *more: str, period: str = FIRST) -> Outcome:
    """Change a report."""
    return run("report", name, B_PLAN, period, *more, "--as", NIIGATA)


def write_rows(*rows: Any) -> str:
    """Write a file of rows into the working directory, and return its name."""
    Path("rows.json").write_text(json.dumps({"rows": rows}), encoding="utf-8")
    return "rows.json"


def test_a_desk_sees_what_is_missing_while_it_fills_in(in_force: Run) -> None:
    """As lines with the weight that each has at submission, and as data."""
    report(in_force, "open")
    rows = write_rows(POOR, *OTHERS, land("8"))
    shown = report(in_force, "fill", rows, "--done", "--dry-run")
    assert shown.code == 0
    lines = shown.out.splitlines()
    assert lines[0].startswith("would be: ")
    assert lines[1].startswith("findings so far (none blocks now")
    assert any(line.startswith("  error REP-03: ") for line in lines), shown.out
    told = json.loads(report(in_force, "fill", rows, "--format", "json").out)
    (found,) = [f for f in told["findings"] if f["ruleId"] == "REP-03"]
    assert (found["severity"], found["effectiveSeverity"]) == ("error", "warning")
    assert found["pointer"] == "/report/parts/0/rows/0/causes"
    fill = ("report", "fill", B_PLAN, FIRST, rows, "--as", NIIGATA)
    in_japanese = in_force(*fill, lang="ja").out
    assert "これまでの指摘" in in_japanese
    assert report(in_force, "submit").code == 1


def test_a_report_is_submitted_and_accepted_in_one(in_force: Run) -> None:
    """Who submits it is told so, and what the rules remark."""
    report(in_force, "open")
    rows = write_rows({**POOR, "causes": CAUSES}, *OTHERS, land("8"))
    report(in_force, "fill", rows, "--done")
    submit = ("report", "submit", B_PLAN, FIRST, "--as", NIIGATA)
    tried = in_force(*submit, "--dry-run", lang="ja").out
    assert "提出・受理" in tried
    done = report(in_force, "submit")
    assert done.out.splitlines()[1].startswith("submitted and accepted (")
    assert "  warning REP-04: " in done.out
    again = in_force(*submit, lang="ja")
    assert (again.code, "既に受理されています" in again.err) == (1, True)


def test_a_correction_names_later_reports_and_is_listed(in_force: Run) -> None:
    """They stay as they are; the list shows what was corrected."""
    for period, value in ((FIRST, "8"), (SECOND, "1")):
        report(in_force, "open", period=period)
        rows = write_rows(GOOD, *OTHERS, land(value))
        assert report(in_force, "fill", rows, "--done", period=period).code == 0
        done = report(in_force, "submit", period=period)
        assert done.code == 0, done.err
    fix = write_rows(land("1", corrects="別の事業の値だった"))
    tried = report(in_force, "correct", fix, "--dry-run").out
    assert f"later reports that would be judged otherwise now: {SECOND} (" in tried
    told = json.loads(report(in_force, "correct", fix, "--format", "json").out)
    assert told["affected"] == [SECOND]
    listed = json.loads(in_force("report", "list", B_PLAN, "--format", "json").out)
    assert [bool(each["correctedOn"]) for each in listed] == [True, False]
    form = in_force("report", "template", B_PLAN, SECOND).out
    assert "attainment: '0.17'" in form or 'attainment: "0.17"' in form


def test_what_the_rules_say_of_a_revision_is_told_as_it_is_saved(
    in_force: Run, write: WriteFile
) -> None:
    """Without an item the revision could not be adopted; saved it is all the same."""
    opened = ("revision", "open", B_PLAN, "R-1", "--occasion", "総会", "--as", NIIGATA)
    assert in_force(*opened).code == 0
    Path("items.json").write_text('{"items": []}', encoding="utf-8")
    text = write(REGIONAL, DEADLINE, "revised.yaml")
    save = ("revision", "save", B_PLAN, "R-1", text, "items.json", "--as", NIIGATA)
    done = in_force(*save)
    assert done.code == 0, done.err
    assert "  error REV-02: " in done.out
    data = json.loads(in_force(*save, "--format", "json").out)
    assert "REV-02" in {f["ruleId"] for f in data["findings"]}
    adopt = in_force("revision", "adopt", B_PLAN, "R-1", "--as", HEAD)
    assert (adopt.code, "CHECK_FAILED" in adopt.err) == (1, True)
