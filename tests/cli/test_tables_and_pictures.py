"""What lists show to people, in both languages, and reports as pages."""

from __future__ import annotations

import json
from pathlib import Path
from unicodedata import east_asian_width

import attrs
import pytest

from clusterplan import book
from clusterplan.plugins.host import load_plugins
from commands import Run, WriteFile
from steps import B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA = "prefecture:150002"
PERIOD = "FY2022H1"
PAST = record((("drafting", "2022-01-05"), ("in_force", "2022-04-01")))


@pytest.fixture
def in_force(write: WriteFile, run: Run) -> Run:
    """Save a B plan that is in force for a long time."""
    assert run("import", write(REGIONAL, {"/record": PAST})).code == 0
    return run


@pytest.fixture
def reported(in_force: Run) -> Run:
    """Open the report on its first half, and let it go in."""
    told = (B_PLAN, PERIOD, "--as", NIIGATA)
    row = {
        "measure": "M-01",
        "observations": [
            {"indicator": "IN-1", "value": "1"},
            {"indicator": "IN-3", "value": "0"},
        ],
        "causes": [{"text": "入札が不調", "category": "procurement"}],
        "response": {"kind": "hold", "reason": "次の期に見直す"},
    }
    others = [
        {"measure": f"M-0{n}", "no_number_reason": "年1回の統計による"}
        for n in range(2, 6)
    ]
    Path("rows.json").write_text(json.dumps({"rows": [row, *others]}), "utf-8")
    assert in_force("report", "open", *told).code == 0
    fill = ("report", "fill", B_PLAN, PERIOD, "rows.json", "--done", "--as", NIIGATA)
    assert in_force(*fill).code == 0
    assert in_force("report", "submit", *told).code == 0
    return in_force


def cells(line: str) -> int:
    """Return how many cells of a terminal a text takes."""
    return sum(2 if east_asian_width(char) in "WF" else 1 for char in line)


def column(text: str, number: int) -> list[int]:
    """Return where the words of a column begin, in cells, line by line."""
    found = []
    for line in text.splitlines():
        words = [word for word in line.split("  ") if word.strip()]
        word = words[number].strip()
        found.append(cells(line[: line.index(word)]))
    return found


@pytest.mark.parametrize(
    ("arguments", "ja", "en"),
    [
        (("plan", "list"), "公表済み", "In force"),
        (("plan", "history", B_PLAN), "公表済み", "In force"),
        (("report", "list", B_PLAN), "受理済", "Accepted"),
        (("due", "--as-of", "2023-12-01"), "長期無報告", "silent"),
        (("progress",), "地域産業クラスター計画", "Regional industry cluster plan"),
        (("progress",), "新潟県", "Niigata"),
        (("progress",), "全国", "All plans"),
        (("progress", B_PLAN), "判定時期前", "Shared heat-treatment plant"),
    ],
    ids=" ".join,
)
def test_people_read_names_in_their_language(
    arguments: tuple[str, ...], ja: str, en: str, reported: Run
) -> None:
    """Headings as well; data keep the keys."""
    japanese, english = reported(*arguments, lang="ja"), reported(*arguments)
    assert ja in japanese.out
    assert en in english.out
    assert "in_force" not in japanese.out + english.out
    assert not japanese.out.splitlines()[0].isascii() or arguments[1:] == (B_PLAN,)
    as_data = reported(*arguments, "--format", "json")
    assert as_data.out == reported(*arguments, "--format", "json", lang="ja").out


def test_columns_line_up_under_wide_headings(reported: Run) -> None:
    """Names of several widths stand one below the other."""
    assert len(set(column(reported("plan", "list", lang="ja").out, 2))) == 1
    assert len(set(column(reported("progress", lang="ja").out, 1))) == 1


@pytest.mark.parametrize(
    "arguments",
    [
        ("plan", "list", "--filter", "prefectures=01"),
        ("due", "--filter", "prefectures=01"),
        ("report", "list", B_PLAN),
        ("revision", "list", B_PLAN),
        ("proposal", "list", B_PLAN),
        ("comment", "list", B_PLAN),
    ],
    ids=" ".join,
)
def test_where_there_is_nothing_it_is_said(
    arguments: tuple[str, ...], in_force: Run
) -> None:
    """Not as a table without lines; data are an empty list."""
    assert in_force(*arguments).err == "there is nothing to list\n"
    told = in_force(*arguments, lang="ja")
    assert (told.code, told.out, told.err) == (0, "", "該当するものはありません\n")
    assert json.loads(in_force(*arguments, "--format", "json").out) == []


@pytest.mark.parametrize("what", ["report", "revision", "proposal", "comment"])
def test_the_cases_of_a_plan_that_is_not_there_are_refused(
    what: str, in_force: Run
) -> None:
    """Whoever mistypes the id is told so."""
    refused = in_force(what, "list", "unheard-of")
    assert (refused.code, "error UNKNOWN_PLAN" in refused.err) == (1, True)


def test_a_proposal_is_listed_with_its_office(write: WriteFile, run: Run) -> None:
    """By name, and by code in the data."""
    run("import", write(STRATEGIC))
    plan_id = "sample-strategic-semiconductor"
    Path("proposal.yaml").write_text(
        "id: PR-1\ntitle: 水路の改修\nprefecture: '430005'\n", encoding="utf-8"
    )
    told = ("proposal", "save", plan_id, "proposal.yaml", "--as", "prefecture:430005")
    saved = run(*told)
    assert saved.code == 0, saved.err
    listed = ("proposal", "list", plan_id)
    assert "熊本県" in run(*listed, lang="ja").out
    (row,) = json.loads(run(*listed, "--format", "json").out)
    assert row["owner"] == "prefecture:430005"


def test_a_plan_whose_plugin_is_gone_keeps_its_keys(
    in_force: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """There is no name to show then."""
    loaded = load_plugins(entry_points=False)
    rest = {k: v for k, v in loaded.plan_types.items() if k != REGIONAL}
    gone = attrs.evolve(loaded, plan_types=rest)
    monkeypatch.setattr(book, "installed_plugins", lambda: gone)
    assert "regional_cluster  in_force" in in_force("plan", "list").out


def test_a_report_is_printed_as_a_page(reported: Run) -> None:
    """Into a file or as output, in the language that is asked for."""
    picture = ("report", "picture", B_PLAN, PERIOD)
    done = reported(*picture, "-o", "report.html", lang="ja")
    assert (done.code, done.out) == (0, "")
    page = Path("report.html").read_text(encoding="utf-8")
    assert page == reported(*picture, lang="ja").out
    assert "入札が不調" in page
    assert "［調達・契約］" in page
    english = reported(*picture).out
    assert '<html lang="en">' in english
    assert "[Procurement" in english


@pytest.mark.parametrize("what", ["picture", "template"])
def test_a_page_or_form_of_what_is_not_there_is_refused(
    what: str, in_force: Run
) -> None:
    """Neither a report nor a plan is made up."""
    refused = in_force("report", what, B_PLAN, PERIOD)
    assert (refused.code, "error UNKNOWN_CASE" in refused.err) == (1, True)
    refused = in_force("report", what, "unheard-of", PERIOD)
    assert (refused.code, "error UNKNOWN_PLAN" in refused.err) == (1, True)
