"""Written plan files are pleasant to read, and read back equal."""

from __future__ import annotations

import datetime as dt
import json

import attrs
import pytest
from hypothesis import given, settings

from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.documents.writer import dump_plan_file, plan_file_data
from clusterplan.core.files import PlanFile
from clusterplan.core.history import HistoryEntry, Record
from clusterplan.core.identifiers import InvestmentId, Key
from clusterplan.core.periods import PlanPeriod
from clusterplan.core.plans import Goal
from plan_documents import load_changed, load_text
from strategies import NASTY, REALISTIC, UNHURRIED, plan_files, plan_types

THOROUGH = settings(UNHURRIED, max_examples=80)


@THOROUGH
@given(plan_files())
def test_a_file_written_as_yaml_reads_back_equal(file: PlanFile) -> None:
    """Whatever a plan holds, of any type, with investments and record."""
    text = dump_plan_file(file)
    assert load_plan_file(parse_text(text, syntax="yaml"), plan_types()) == file


@THOROUGH
@given(plan_files())
def test_a_file_written_as_json_reads_back_equal(file: PlanFile) -> None:
    """JSON and YAML say the same."""
    text = dump_plan_file(file, "json")
    assert load_plan_file(parse_text(text, syntax="json"), plan_types()) == file


@pytest.mark.parametrize("text", [t for t in (*REALISTIC, *NASTY) if "\u3099" not in t])
def test_a_text_reads_back_wherever_it_stands(text: str) -> None:
    """In a block, in a short mapping, in a short list, and in a long one."""
    file = load_changed(
        {
            "/title": text,
            "/goal": {"current_state": text, "vision": text * 3},
            "/policy_means/challenges/0/needs": [text, text],
            "/policy_means/challenges/0/text": "長い課題" * 40,
            "/policy_means/measures/0/five_w1h/way_of_proceeding": [text] * 40,
        }
    )
    assert load_text(dump_plan_file(file)) == file


def test_a_written_file_is_pleasant_to_read() -> None:
    """Short parts on one line, days bare, codes quoted, long texts as blocks."""
    file = load_changed(
        {
            "/title": "架空計画",
            "/goal": {"current_state": "一行目\n二行目\n"},
            "/venues/0/meetings": [{"date": "2026-07-01"}],
            "/period/to": "2031-03-31",
            "/record": {
                "edition": "1.0",
                "source": "官報",
                "history": [{"state": "in_force", "on": "令和8年6月10日"}],
            },
        }
    )
    assert dump_plan_file(file) == WRITTEN


WRITTEN = """\
id: p
plan_type: strategic_cluster
title: 架空計画
lead: {kind: regional_bureau, code: kyushu}
region: ['430005']
period: {from: FY2026, to: 2031-03-31}
goal:
  current_state: |
    一行目
    二行目
path:
  impacts:
    - {id: IM-1, indicator: IN-1}
policy_means:
  challenges:
    - id: CH-1
      text: 課題
      needs: [必要]
  measures:
    - id: M-1
      title: 施策
      answers: [CH-1]
      indicators: [IN-1]
      five_w1h:
        deadline:
          milestones:
            - {id: MS-1, date: 2027-03-31, text: 設計}
      budget:
        - {fiscal_year: FY2026, amount: 1}
venues:
  - id: V-1
    title: 会議
    meetings:
      - {date: 2026-07-01}
indicators:
  - id: IN-1
    target: {value: '1'}
investments:
  - id: I-1
    title: 投資
    sites:
      - {municipality: '434043'}
  - {ref: I-2}
record:
  edition: '1.0'
  source: 官報
  history:
    - {state: in_force, 'on': 2026-06-10}
"""


def test_one_object_that_stands_twice_is_written_twice() -> None:
    """No YAML alias is written, which no reader of plans would take."""
    day = dt.date(2026, 6, 10)
    entry = HistoryEntry(state=Key("in_force"), on=day)
    base = load_changed({})
    file = attrs.evolve(
        base,
        plan=attrs.evolve(base.plan, period=PlanPeriod(from_=day, to=day)),
        record=Record(edition="1.0", source="官報", history=(entry, entry)),
    )
    text = dump_plan_file(file)
    assert text.count("2026-06-10") == 4
    assert load_text(text) == file


def test_json_is_indented_and_has_native_numbers() -> None:
    """Amounts and truth values are those of JSON; exact decimals are texts."""
    text = dump_plan_file(load_changed({"/fictional": True}), "json")
    data = json.loads(text)
    assert text.startswith('{\n  "id": "p",\n')
    assert text.endswith("}\n")
    assert "架空計画" in text
    assert data["fictional"] is True
    assert data["policy_means"]["measures"][0]["budget"][0]["amount"] == 1
    assert data["indicators"][0]["target"]["value"] == "1"


def test_days_are_native_for_yaml_and_text_for_json() -> None:
    """Plain data of a file has days in one form or the other."""
    file = load_changed({"/period/to": "2031-03-31"})
    days = plan_file_data(file, native_days=True)["period"]
    texts = plan_file_data(file, native_days=False)["period"]
    assert days == {"from": "FY2026", "to": dt.date(2031, 3, 31)}
    assert texts == {"from": "FY2026", "to": "2031-03-31"}


def test_what_is_as_by_default_is_not_written() -> None:
    """A file shows what was decided, not what was left open."""
    bare = load_changed({"/fictional": False, "/goal": {}, "/investments": []})
    data = plan_file_data(bare, native_days=False)
    assert bare.plan.goal == Goal()
    assert data["goal"] == {}
    assert not {"fictional", "title_en", "details", "record", "investments"} & set(data)


def test_investments_keep_their_order() -> None:
    """Told and referred to, in the order of the plan."""
    file = load_changed({"/investments": [{"ref": "B"}, {"id": "A", "title": "x"}]})
    data = plan_file_data(file, native_days=False)
    assert data["investments"] == [{"ref": "B"}, {"id": "A", "title": "x"}]
    assert file.plan.investments == (InvestmentId("B"), InvestmentId("A"))
