"""Whatever is wrong with a file is told as FILE:LINE:COLUMN, also of two files."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from clusterplan.cli.handing import Handed
from clusterplan.core.documents.source import parse_text
from clusterplan.core.errors import Problem
from commands import Run, WriteFile
from revisions import DEADLINE
from steps import B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, KYUSHU = "prefecture:150002", "regional_bureau:kyushu"
PERIOD = "FY2022H1"
PAST = record((("drafting", "2022-01-05"), ("in_force", "2022-04-01")))
FILL = ("report", "fill", B_PLAN, PERIOD)
ITEMS = """items:
  - {id: RI-1, kind: brush_up, target: M-01, before: a, after: b, reason: c}
  - {id: RI-1, kind: brush_up, target: M-02, before: a, after: b, reason: c}
"""


def put(name: str, text: str) -> str:
    """Write a file into the working directory, and return its name."""
    Path(name).write_text(text, encoding="utf-8")
    return name


def places(err: str) -> list[tuple[str, int, str]]:
    """Return file, line and reason of every problem that was told."""
    found = re.findall(r"^([\w.<>-]+):(\d+):\d+: error ([A-Z_]+): ", err, re.MULTILINE)
    return [(name, int(line), reason) for name, line, reason in found]


@pytest.fixture
def in_force(write: WriteFile, run: Run) -> Run:
    """Save a B plan that is in force for a long time, with an open revision."""
    assert run("import", write(REGIONAL, {"/record": PAST})).code == 0
    told = ("revision", "open", B_PLAN, "R-1", "--occasion", "x", "--as", NIIGATA)
    assert run(*told).code == 0
    assert run("report", "open", B_PLAN, PERIOD, "--as", NIIGATA).code == 0
    return run


def test_of_two_files_the_broken_one_is_named(in_force: Run, write: WriteFile) -> None:
    """Both the revised plan and the list of items can be the wrong one."""
    text = write(REGIONAL, DEADLINE, "revised.yaml")
    save = ("revision", "save", B_PLAN, "R-1")
    items = put("items.yaml", "items:\n  - colour: red\n")
    broken = in_force(*save, text, items, "--as", NIIGATA)
    assert ("items.yaml", 2, "UNKNOWN_KEY") in places(broken.err)
    assert {name for name, _, _ in places(broken.err)} == {"items.yaml"}
    good = put("items.yaml", "items: []\n")
    bad = put("bad.yaml", "id: a\ntitel: b\n")
    broken = in_force(*save, bad, good, "--as", NIIGATA)
    assert ("bad.yaml", 2, "UNKNOWN_KEY") in places(broken.err)
    assert {name for name, _, _ in places(broken.err)} == {"bad.yaml"}


def test_what_is_refused_later_is_found_in_the_file_that_says_it(
    in_force: Run, write: WriteFile
) -> None:
    """What only the library can see has its place in one of the two files."""
    save = ("revision", "save", B_PLAN, "R-1")
    text = write(REGIONAL, DEADLINE, "revised.yaml")
    twice = in_force(*save, text, put("items.yaml", ITEMS), "--as", NIIGATA)
    assert [(name, line) for name, line, _ in places(twice.err)] == [("items.yaml", 3)]
    other = write(STRATEGIC, {"/id": B_PLAN}, "other.yaml")
    lines = Path(other).read_text(encoding="utf-8").splitlines()
    line = 1 + next(n for n, each in enumerate(lines) if each.startswith("plan_type"))
    empty = put("items.yaml", "items: []\n")
    refused = in_force(*save, other, empty, "--as", NIIGATA)
    assert ("other.yaml", line) in [(name, at) for name, at, _ in places(refused.err)]


def test_rows_are_found_in_their_file_and_in_a_form(in_force: Run) -> None:
    """A form has them in the part of who reports."""
    rows = put("rows.yaml", "rows:\n  - measure: M-01\n  - measure: M-99\n")
    refused = in_force(*FILL, rows, "--as", NIIGATA)
    assert places(refused.err) == [("rows.yaml", 3, "UNKNOWN_MEASURE")]
    in_force("report", "template", B_PLAN, PERIOD, "-o", "form.yaml")
    form = Path("form.yaml").read_text(encoding="utf-8")
    wrong = form.replace("measure: M-02", "measure: M-98")
    assert wrong != form
    line = wrong[: wrong.index("measure: M-98")].count("\n") + 1
    refused = in_force(*FILL, put("form.yaml", wrong), "--as", NIIGATA)
    assert places(refused.err) == [("form.yaml", line, "UNKNOWN_MEASURE")]


def test_a_correction_that_is_none_is_told_at_its_line(
    in_force: Run, write: WriteFile
) -> None:
    """Lists are counted as in the file."""
    text = write(REGIONAL, DEADLINE, "corrected.yaml")
    lines = Path(text).read_text(encoding="utf-8").splitlines()
    refused = in_force("correct", B_PLAN, text, "--reason", "x", "--as", NIIGATA)
    ((name, line, reason),) = places(refused.err)
    assert (name, reason) == ("corrected.yaml", "NOT_A_CORRECTION")
    assert "2028-09-30" in "".join(lines[line - 1 : line + 2])
    missing = in_force("correct", B_PLAN, text, "--reason", " ", "--as", NIIGATA)
    assert missing.err.startswith("error MISSING_REASON: ")


def test_parts_and_proposals_are_told_with_their_file(
    write: WriteFile, run: Run
) -> None:
    """Also what only the plan around them makes wrong."""
    assert run("import", write(STRATEGIC)).code == 0
    plan_id = "sample-strategic-semiconductor"
    part = put("part.yaml", "title: x\nid: IN-8\n")
    told = ("plan", "set", plan_id, "indicator", "IN-9", part, "--as", KYUSHU)
    assert places(run(*told).err) == [("part.yaml", 2, "PART_ID_CHANGED")]
    put("part.yaml", "title: x\ncolour: red\n")
    assert places(run(*told).err) == [("part.yaml", 2, "UNKNOWN_KEY")]
    proposal = put("proposal.yaml", "id: PR-2\ncolour: red\n")
    save = ("proposal", "save", plan_id, proposal, "--as", "prefecture:430005")
    assert ("proposal.yaml", 2, "UNKNOWN_KEY") in places(run(*save).err)


def test_an_import_tells_the_line_of_what_the_past_has_wrong(
    write: WriteFile, run: Run
) -> None:
    """A day that is still to come can be read, and is refused later."""
    name = write(REGIONAL, {"/record": record((("in_force", "2999-01-01"),))})
    ((file, line, _),) = places(run("import", name).err)
    text = Path(name).read_text(encoding="utf-8").splitlines()
    assert (file, "2999-01-01" in text[line - 1]) == (name, True)


def test_a_refusal_as_data_names_the_file(in_force: Run, write: WriteFile) -> None:
    """Standard input has a name, too; a problem of no file has none."""
    told = (*FILL, "-", "--as", NIIGATA, "--format", "json")
    refused = in_force(*told, stdin=b"rows:\n  - colour: red\n")
    problems = json.loads(refused.out)["problems"]
    assert {(p["file"], p["line"]) for p in problems} == {("<stdin>", 2)}
    missing = in_force(*FILL, "missing.yaml", "--as", NIIGATA)
    assert missing.err.startswith("missing.yaml: error FILE_NOT_FOUND: ")
    stale = ("--reason", "x", "--as", NIIGATA, "--expected-version", "9")
    correct = ("correct", B_PLAN, write(REGIONAL, DEADLINE), *stale, "--format", "json")
    (problem,) = json.loads(in_force(*correct).out)["problems"]
    assert (problem["reason"], "file" in problem) == ("STALE_VERSION", False)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("rows", "1", "measure"), 3),
        (("rows", 9, "measure", "0"), 1),
        (("document", "rows"), 1),
        (("reason",), None),
        ((), None),
    ],
)
def test_a_place_is_found_as_near_as_the_file_has_it(
    path: tuple[str | int, ...], line: int | None
) -> None:
    """What is no part of the file has no place in it."""
    source = parse_text("rows:\n  - measure: M-1\n  - measure: M-2\n")
    handed = Handed(name="rows.yaml", source=source, parts={"document": ()})
    problem = Problem(reason="X", message_ja="誤り", message_en="wrong", path=path)
    place = handed.place(problem)
    assert (place and place.problem.line) == line
    assert place is None or place.name == "rows.yaml"
