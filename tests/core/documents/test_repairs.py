"""What is read otherwise than written is told, with its place; nothing else is."""

from __future__ import annotations

from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.documents.writer import dump_plan_file
from plan_documents import load_changed, load_text
from strategies import plan_types

TEXT = """
id: p
plan_type: strategic_cluster
title: 令和の計画
region: ["43000"]
period: {from: 令和8年度, to: FY2030}
indicators:
  - id: IN-1
    target: {date: 令和9年3月31日, value: "▲1,200.5"}
policy_means:
  measures:
    - id: M-1
      title: 12億円
      continuing: true
      budget: [{fiscal_year: R8, amount: 12億円}]
"""


def test_each_repair_says_what_was_written_and_what_was_read() -> None:
    """Amounts, numbers and codes are told; texts and the calendar never are."""
    file = load_text(TEXT)
    told = {r.pointer: (r.written, r.read) for r in file.repairs}
    measure = "/policy_means/measures/0"
    assert told == {
        "/region/0": ("43000", "430005"),
        "/indicators/0/target/value": ("▲1,200.5", "-1200.5"),
        f"{measure}/budget/0/amount": ("12億円", "1200000000"),
    }
    assert file.plan.measures[0].budget_total == 1_200_000_000


def test_a_repair_has_its_place_and_two_languages() -> None:
    """Whoever wrote it finds the line again."""
    (repair,) = (r for r in load_text(TEXT).repairs if r.pointer.endswith("/value"))
    assert repair.line == 9
    assert repair.message_ja == "「▲1,200.5」を -1200.5 と読み取りました"
    assert repair.message_en == "'▲1,200.5' was read as -1200.5"


def test_a_plan_that_is_written_by_the_library_needs_no_repair() -> None:
    """Canonical forms are read as they are."""
    again = load_plan_file(parse_text(dump_plan_file(load_text(TEXT))), plan_types())
    assert again.repairs == ()
    assert again == load_text(TEXT)


def test_decoded_data_is_told_without_a_line() -> None:
    """A client that sends data gets the pointer."""
    changes = {"/policy_means/measures/0/budget/0/amount": "1億円"}
    (repair,) = load_changed(changes).repairs
    assert (repair.read, repair.line) == ("100000000", None)


def test_a_list_that_is_written_as_one_text_is_no_repair() -> None:
    """The one step is what was written."""
    changes = {"/policy_means/measures/0/five_w1h/way_of_proceeding": "公募"}
    assert load_changed(changes).repairs == ()
