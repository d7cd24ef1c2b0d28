"""Each built-in rule speaks where a plan breaks it, and is silent where it does not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import attrs
import pytest

from clusterplan.core.checks import CheckContext, Example, Rule, run_checks
from clusterplan.core.findings import CheckReport, Gate, Severity
from clusterplan.core.identifiers import Key, PartId, PlanId
from clusterplan.core.plans import Goal, Impact, Path, Plan
from clusterplan.core.reference import ReferenceData
from clusterplan.plugins.host import Plugins, load_plugins
from rule_examples import gate_of

OFFERED = load_plugins(entry_points=False)
EXAMPLES = [
    pytest.param(r, e, id=f"{r.id}-{e.plan_type}")
    for r in OFFERED.rules
    for e in r.examples
]
A, B, C = "strategic_cluster", "regional_cluster", "local_industry_growth"
MEASURE = "/policy_means/measures/0"
ANSWERS = f"{MEASURE}/five_w1h"
CheckSample = Callable[..., CheckReport]


def spoken(report: CheckReport) -> list[tuple[str, str]]:
    """Return rule and place of every finding; no rule may have failed."""
    assert report.unchecked == ()
    return [(f.rule_id, f.pointer) for f in report.findings]


NUMBERS: dict[str, tuple[int, ...]] = {
    "A": (*range(1, 13),),
    "ACT": (2, 6),
    "B": (*range(1, 10),),
    "C": (*range(1, 9),),
    "MAP": (2, 5),
    "MEA": (*range(1, 13),),
    "NUM": (*range(1, 13),),
    "REG": (*range(1, 8),),
    "REP": (*range(1, 16),),
    "REV": (1, 2, 3, 4, 6, 8),
    "STR": (*range(1, 10),),
    "W5H": (*range(1, 10),),
}

ONLY_WHERE_SET = {"A-12"}
"""Rules that are silent until a setting is given; their own tests show them."""


def test_the_rules_are_there() -> None:
    """Ids are unique, and each family has its numbers."""
    told = [f"{family}-{n:02}" for family in NUMBERS for n in NUMBERS[family]]
    assert sorted(r.id for r in OFFERED.rules) == sorted(told)


@pytest.mark.parametrize("rule", OFFERED.rules, ids=lambda r: r.id)
def test_a_rule_says_what_it_is_in_two_languages_and_has_examples(rule: Rule) -> None:
    """Title, source and an example for a plan type that it looks at."""
    assert rule.title != rule.title_en
    assert rule.title_en.endswith(".")
    assert rule.source
    assert rule.why
    assert rule.why_en
    assert rule.plugin
    assert bool(rule.examples) is (rule.id not in ONLY_WHERE_SET)
    assert all(rule.is_for(e.plan_type, rule.gate) for e in rule.examples)


@pytest.mark.parametrize("plan_type", OFFERED.plan_types)
@pytest.mark.parametrize("gate", Gate)
def test_a_sample_plan_is_clean(
    plan_type: str, gate: Gate, check_sample: CheckSample
) -> None:
    """No rule has anything to say at any gate."""
    assert spoken(check_sample(plan_type, {}, gate)) == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_bad_example_breaks_this_rule_only_and_at_this_place(
    rule: Rule, example: Example, check_sample: CheckSample
) -> None:
    """An error closes the gate of its rule, anything less does not."""
    report = check_sample(example.plan_type, example.bad, gate_of(rule), example.given)
    assert spoken(report) == [(rule.id, example.pointer)]
    (finding,) = report.findings
    assert finding.severity is rule.severity
    assert finding.message_ja != finding.message_en
    assert finding.hint
    assert (finding.why_ja, finding.why_en) == (rule.why, rule.why_en)
    assert report.ok is (rule.severity is not Severity.ERROR)
    assert check_sample(example.plan_type, example.bad, Gate.SAVE, example.given).ok


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_good_example_is_clean(
    rule: Rule, example: Example, check_sample: CheckSample
) -> None:
    """No other rule is broken by it either."""
    report = check_sample(example.plan_type, example.good, gate_of(rule), example.given)
    assert spoken(report) == []


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_the_near_miss_is_clean(
    rule: Rule, example: Example, check_sample: CheckSample
) -> None:
    """What only looks like a breach is told from one."""
    assert example.near_miss not in ({}, example.good, example.bad), rule.id
    report = check_sample(
        example.plan_type, example.near_miss, gate_of(rule), example.given
    )
    assert spoken(report) == []


CASES: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "a section of blanks is not written": (
        B,
        {"/goal/vision": " \u3000\t"},
        [("STR-01", "/goal/vision")],
    ),
    "a section that is missing lacks each of its parts": (
        C,
        {"/goal": None},
        [("STR-01", "/goal/current_state"), ("STR-01", "/goal/vision")],
    ),
    "no path means no impact, said once": (
        B,
        {"/path": None},
        [
            ("STR-01", "/path/impacts"),
            ("STR-01", "/path/investment_picture"),
            ("STR-01", "/path/winning_path"),
        ],
    ),
    "empty lists are not written": (
        B,
        {"/path/impacts": []},
        [("STR-01", "/path/impacts")],
    ),
    "no measures, no rules on measures": (
        B,
        {"/policy_means": None},
        [("STR-01", "/policy_means/challenges"), ("STR-01", "/policy_means/measures")],
    ),
    "a measure without answers lacks all six": (
        B,
        {ANSWERS: None},
        [
            ("W5H-01", f"{ANSWERS}/significance"),
            ("W5H-02", f"{ANSWERS}/content"),
            ("W5H-03", f"{ANSWERS}/deadline"),
            ("W5H-04", f"{ANSWERS}/responsible_department"),
            ("W5H-06", f"{ANSWERS}/way_of_proceeding"),
            ("W5H-05", f"{ANSWERS}/deliberation_venue"),
        ],
    ),
    "a significance of blanks is missing": (
        A,
        {f"{ANSWERS}/significance": "\u3000"},
        [("W5H-01", f"{ANSWERS}/significance")],
    ),
    "a significance that repeats the content but for blanks is none": (
        A,
        {
            f"{ANSWERS}/significance": " バイパスを整備する",
            f"{ANSWERS}/content": "バイパスを整備する\u3000",
        },
        [("W5H-01", f"{ANSWERS}/significance")],
    ),
    "a content of blanks is missing, and the significance is no copy of it": (
        A,
        {f"{ANSWERS}/content": " "},
        [("W5H-02", f"{ANSWERS}/content")],
    ),
    "no deadline": (
        C,
        {f"{ANSWERS}/deadline": None},
        [("W5H-03", f"{ANSWERS}/deadline")],
    ),
    "an empty deadline": (
        C,
        {f"{ANSWERS}/deadline": {}},
        [("W5H-03", f"{ANSWERS}/deadline")],
    ),
    "milestones name days": (
        C,
        {
            f"{ANSWERS}/deadline": {
                "milestones": [{"id": "MS-9", "date": "2028-03-31", "text": "完了"}]
            }
        },
        [],
    ),
    "a unit of blanks is no department": (
        B,
        {f"{ANSWERS}/responsible_department/unit": " "},
        [("W5H-04", f"{ANSWERS}/responsible_department")],
    ),
    "a unit without an organization is no department": (
        B,
        {f"{ANSWERS}/responsible_department": {"unit": "立地課"}},
        [("W5H-04", f"{ANSWERS}/responsible_department")],
    ),
    "no venue": (
        B,
        {f"{ANSWERS}/deliberation_venue": None},
        [("W5H-05", f"{ANSWERS}/deliberation_venue")],
    ),
    "a venue that nobody is a member of and that never met": (
        B,
        {"/venues/0/members": []},
        [
            ("W5H-05", f"{ANSWERS}/deliberation_venue"),
            (
                "W5H-05",
                "/policy_means/measures/1/five_w1h/deliberation_venue",
            ),
        ],
    ),
    "a meeting of blanks is none": (
        B,
        {"/venues/0/members": [], "/venues/0/meetings": [{"text": " "}]},
        [
            ("W5H-05", f"{ANSWERS}/deliberation_venue"),
            (
                "W5H-05",
                "/policy_means/measures/1/five_w1h/deliberation_venue",
            ),
        ],
    ),
    "a venue with a meeting will do": (
        B,
        {"/venues/0/members": [], "/venues/0/meetings": [{"date": "2026-05-11"}]},
        [],
    ),
    "steps of blanks are no way of proceeding": (
        B,
        {f"{ANSWERS}/way_of_proceeding": ["", " \u3000"]},
        [("W5H-06", f"{ANSWERS}/way_of_proceeding")],
    ),
    "one step that is written will do": (
        B,
        {f"{ANSWERS}/way_of_proceeding": ["", "公募"]},
        [],
    ),
    "an indicator without a unit is no number": (
        B,
        {"/indicators/0/unit": None},
        [("NUM-01", "/path/impacts"), ("NUM-02", "/indicators/0/unit")],
    ),
    "a unit of blanks is no unit": (
        B,
        {"/indicators/0/unit": " "},
        [("NUM-01", "/path/impacts"), ("NUM-02", "/indicators/0/unit")],
    ),
    "a target without a day is no target": (
        B,
        {"/indicators/0/target": {"value": "6000"}},
        [("NUM-01", "/path/impacts"), ("NUM-02", "/indicators/0/target")],
    ),
    "a target without a value is no target": (
        B,
        {"/indicators/0/target": {"date": "2030-03-31"}},
        [("NUM-01", "/path/impacts"), ("NUM-02", "/indicators/0/target")],
    ),
    "an indicator without a target is no impact": (
        B,
        {"/indicators/0/target": None},
        [("NUM-01", "/path/impacts"), ("NUM-02", "/indicators/0/target")],
    ),
    "no strategic field": (
        A,
        {"/fields": []},
        [("A-01", "/fields"), ("A-06", "/fields")],
    ),
    "a field beside one of the 17 does no harm": (
        A,
        {"/fields": ["automobiles", "shipbuilding"]},
        [],
    ),
    "types B and C need no strategic field": (B, {"/fields": []}, []),
    "a lead with a wrong code": (
        B,
        {"/lead/code": "150001"},
        [("REG-01", "/lead/code")],
    ),
    "a lead that has no area code has nothing to check": (
        B,
        {
            "/lead": {"kind": "union_of_local_governments", "code": "1"},
            "/lead_reason": "県と関係市の広域連合が主体となる",
        },
        [],
    ),
    "no lead at all": (B, {"/lead": None}, []),
    "a department with a wrong code": (
        B,
        {f"{ANSWERS}/responsible_department/organization": "150001"},
        [("REG-01", f"{ANSWERS}/responsible_department/organization")],
    ),
    "a department with a name has no code": (
        B,
        {f"{ANSWERS}/responsible_department/organization": "新潟県"},
        [],
    ),
    "a site with a wrong code": (
        B,
        {"/investments/0/sites/0/municipality": "152138"},
        [("REG-01", "/investments/0/sites/0/municipality")],
    ),
    "a site without a code": (
        B,
        {"/investments/0/sites/0": {"lon": "138.9", "lat": "37.6"}},
        [],
    ),
    "an investment that is told elsewhere": (
        B,
        {"/investments": [{"ref": "ELSEWHERE"}]},
        [],
    ),
    "every wrong code of a region": (
        B,
        {"/region": ["150002", "150003", "x", ""]},
        [("REG-01", "/region/1"), ("REG-01", "/region/2"), ("REG-01", "/region/3")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_edges_of_the_rules(case: str, check_sample: CheckSample) -> None:
    """The case says what is told apart."""
    plan_type, changes, expected = CASES[case]
    assert spoken(check_sample(plan_type, changes)) == expected


@pytest.mark.parametrize(
    ("code", "hint"),
    [("131212", "131211 足立区"), ("13121x", "131211 足立区"), ("999999", "131211")],
)
def test_a_wrong_code_is_answered_with_the_one_that_was_meant(
    code: str, hint: str, check_sample: CheckSample
) -> None:
    """Where five digits are those of a place, it is named; else the form is shown."""
    (finding,) = check_sample(C, {"/region": [code]}).findings
    assert finding.hint == hint


def test_the_words_of_a_deadline_are_quoted(check_sample: CheckSample) -> None:
    """The author sees what was not enough."""
    changes = {f"{ANSWERS}/deadline": {"text": "順次"}}
    (finding,) = check_sample(C, changes).findings
    assert "（記載：順次）" in finding.message_ja


def test_an_empty_draft_can_be_checked_and_saved(
    plugins: Plugins, reference: ReferenceData
) -> None:
    """No rule fails on a plan that has nothing but a title."""
    for kind in plugins.plan_types.values():
        context = CheckContext(
            plan=Plan(id=PlanId("p"), plan_type=kind.key, title="計画"),
            plan_type=kind,
            investments={},
            reference=reference,
        )
        report = run_checks(plugins.rules, context, Gate.SAVE)
        assert report.unchecked == ()
        assert report.ok
        assert report.findings
        assert not run_checks(plugins.rules, context, Gate.PUBLISH).ok


def test_an_impact_of_an_unknown_indicator_is_no_number(
    plugins: Plugins, reference: ReferenceData
) -> None:
    """A plan made in code may point to nothing; the rule does not fail on it."""
    kind = plugins.plan_types[B]
    impacts = (Impact(id=PartId("IM-1"), indicator=PartId("IN-9")),)
    plan = Plan(
        id=PlanId("p"),
        plan_type=Key(B),
        title="計画",
        goal=Goal(),
        path=Path(impacts=impacts),
    )
    context = CheckContext(
        plan=plan, plan_type=kind, investments={}, reference=reference
    )
    for number, expected in ((plan, True), (attrs.evolve(plan, path=None), False)):
        own = attrs.evolve(context, plan=number)
        found = run_checks(plugins.rules, own, Gate.PUBLISH).findings
        assert ("NUM-01" in {f.rule_id for f in found}) is expected
