"""Rules on structure, answers and numbers tell near misses from breaches."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from clusterplan.core.checks import CheckContext, run_checks
from clusterplan.core.findings import CheckReport, Gate
from clusterplan.core.identifiers import Key, PartId, PlanId
from clusterplan.core.indicators import DatedValue, Indicator
from clusterplan.core.measures import Deadline, FiveWOneH, Measure
from clusterplan.core.plans import (
    Goal,
    Impact,
    ImpactBasis,
    Path,
    Plan,
    PolicyMeans,
)
from clusterplan.core.reference import ReferenceData
from clusterplan.core.settings import CheckSettings
from clusterplan.plugins.builtin.wording import is_put_off
from clusterplan.plugins.host import Plugins

A, B, C = "strategic_cluster", "regional_cluster", "local_industry_growth"
MEASURES = "/policy_means/measures"
ANSWERS = f"{MEASURES}/0/five_w1h"
OWN = ("STR", "W5H", "NUM")
CheckSample = Callable[..., CheckReport]


def spoken(report: CheckReport) -> list[tuple[str, str]]:
    """Return rule and place of the findings on structure, answers and numbers."""
    assert report.unchecked == ()
    return [
        (f.rule_id, f.pointer) for f in report.findings if f.rule_id.startswith(OWN)
    ]


def basis(*factors: str, stated: str, scale: str = "1") -> dict[str, Any]:
    """Return the arithmetic of the first impact."""
    return {
        "/path/impacts/0/basis": {
            "factors": list(factors),
            "stated": stated,
            "scale": scale,
        }
    }


CASES: dict[str, tuple[str, dict[str, Any], list[tuple[str, str]]]] = {
    "a picture of investment that is the winning path again": (
        B,
        {
            "/path/winning_path": "2030年度までに3工場を建てる",
            "/path/investment_picture": "２０３０年度までに 3工場を建てる",
        },
        [("STR-02", "/path/investment_picture")],
    ),
    "an impact that is the winning path again": (
        B,
        {
            "/path/winning_path": "世界で首位の産地になる",
            "/path/impacts/0/text": "世界で首位の産地になる",
        },
        [("STR-02", "/path/impacts/0/text")],
    ),
    "a picture may count in kanji": (
        B,
        {"/path/investment_picture": "新工場を三棟、県の中央部に建てる"},
        [],
    ),
    "a kanji numeral that counts nothing is no number": (
        B,
        {"/path/investment_picture": "一層の投資を呼び込み、統一した成長を目指す"},
        [("STR-02", "/path/investment_picture")],
    ),
    "a challenge that only a second measure answers is answered": (
        B,
        {f"{MEASURES}/0/answers": ["CH-1", "CH-2"], f"{MEASURES}/1/answers": ["CH-1"]},
        [],
    ),
    "a measure whose indicator is that of an impact is linked": (
        B,
        {
            f"{MEASURES}/0/answers": [],
            f"{MEASURES}/0/indicators": ["IN-1"],
            f"{MEASURES}/1/answers": ["CH-1", "CH-2"],
        },
        [],
    ),
    "a period that ends before it starts": (
        B,
        {"/period": {"from": "FY2026", "to": "2026-04-01"}, MEASURES: []},
        [("STR-01", "/policy_means/measures"), ("STR-05", "/period")],
    ),
    "days that are whole fiscal years need no reason": (
        B,
        {"/period": {"from": "2026-04-01", "to": "2031-03-31"}},
        [],
    ),
    "a reason of blanks is none": (
        B,
        {"/period": {"from": "2026-03-01", "to": "2031-03-31", "reason": " "}},
        [("STR-05", "/period")],
    ),
    "no period": (B, {"/period": None}, []),
    "a reason of blanks for an empty category is none": (
        B,
        {"/missing_categories/0/reason": " "},
        [("STR-06", "/missing_categories")],
    ),
    "a section that is to come": (
        B,
        {"/goal/vision": "ＴＢＤ（別途）"},
        [("STR-07", "/goal/vision")],
    ),
    "a challenge that is a dash": (
        B,
        {"/policy_means/challenges/0/text": "―"},
        [("STR-07", "/policy_means/challenges/0/text")],
    ),
    "a content of two words": (
        B,
        {f"{ANSWERS}/content": "設備"},
        [("STR-07", f"{ANSWERS}/content")],
    ),
    "a text that uses a placeholder word and says something": (
        B,
        {f"{ANSWERS}/content": "別途定める基準で14社を選び、共同のラインを置く"},
        [],
    ),
    "no needed people": (
        C,
        {"/needed_people": [], f"{MEASURES}/1/people": []},
        [("STR-08", "/needed_people")],
    ),
    "needed people without a year": (
        C,
        {"/needed_people/0/by": None},
        [("STR-08", "/needed_people/0")],
    ),
    "a category that is none at all": (
        A,
        {f"{MEASURES}/1/category": "festival"},
        [("STR-09", f"{MEASURES}/1/category")],
    ),
    "the gain of a firm is no reason to lend it money": (
        C,
        {
            f"{MEASURES}/0/instruments": ["finance"],
            f"{ANSWERS}/significance": "融資先の企業の収益を伸ばすため",
        },
        [("W5H-07", f"{ANSWERS}/significance")],
    ),
    "a firm's gain beside the public's is a reason": (
        C,
        {f"{ANSWERS}/significance": "海外の取引の収益で産地の雇用を守るため"},
        [],
    ),
    "a measure without money may speak of gain alone": (
        C,
        {
            f"{MEASURES}/1/instruments": ["planning"],
            f"{MEASURES}/1/five_w1h/significance": "工房の収益の見通しを立てるため",
        },
        [],
    ),
    "a deadline before the plan": (
        B,
        {f"{ANSWERS}/deadline": {"date": "2026-03-31"}},
        [("W5H-08", f"{ANSWERS}/deadline")],
    ),
    "a measure that goes on may end after the plan": (
        B,
        {
            f"{ANSWERS}/deadline": {"date": "2032-03-31"},
            f"{MEASURES}/0/continuing": "true",
            f"{MEASURES}/0/indicators": [],
        },
        [],
    ),
    "a deadline after the target of its indicator": (
        B,
        {
            f"{ANSWERS}/deadline": {"date": "2030-04-01"},
            f"{MEASURES}/0/indicators": ["IN-1"],
        },
        [("W5H-08", f"{ANSWERS}/deadline")],
    ),
    "a deadline on the day of the target": (
        B,
        {
            f"{ANSWERS}/deadline": {"date": "2030-03-31"},
            f"{MEASURES}/0/indicators": ["IN-1"],
        },
        [],
    ),
    "steps that are pasted": (
        A,
        {
            f"{MEASURES}/{n}/five_w1h/way_of_proceeding": ["公募", "審査", "交付決定"]
            for n in range(3)
        },
        [("W5H-09", f"{ANSWERS}/way_of_proceeding")],
    ),
    "an indicator lacks each part that is not written": (
        B,
        {
            "/indicators/1/title": " ",
            "/indicators/1/direction": None,
            "/indicators/1/baseline": {"value": "38000"},
        },
        [
            ("NUM-02", "/indicators/1/baseline"),
            ("NUM-02", "/indicators/1/direction"),
            ("NUM-02", "/indicators/1/title"),
        ],
    ),
    "a target that is the baseline is no increase": (
        B,
        {"/indicators/0/target/value": "4200"},
        [("NUM-03", "/indicators/0/direction")],
    ),
    "a level to keep may be the same, and a decrease may fall": (
        B,
        {
            "/indicators/0/direction": "maintain",
            "/indicators/0/target/value": "4200",
            "/indicators/1/direction": "decrease",
            "/indicators/1/target/value": "30000",
        },
        [],
    ),
    "a scale without a currency, in any width": (
        B,
        {"/indicators/0/unit": "百万", "/indicators/1/unit": "ＵＳＤ million"},
        [("NUM-04", "/indicators/0/unit"), ("NUM-04", "/indicators/1/unit")],
    ),
    "people by the thousand and yen are units": (
        B,
        {"/indicators/0/unit": "千人", "/indicators/1/unit": "JPY million"},
        [],
    ),
    "no outcome runs to the end of the plan": (
        B,
        {"/indicators/1/target/date": "2030-03-31"},
        [("NUM-05", "/indicators")],
    ),
    "two fiscal years are more than one": (
        B,
        {"/indicators/1/baseline/date": "2029-03-31"},
        [],
    ),
    "a product within the tolerance": (B, basis("10", "10", stated="98.1"), []),
    "a product outside of the tolerance": (
        B,
        basis("10", "10", stated="98"),
        [("NUM-07", "/path/impacts/0/basis")],
    ),
    "a scale of nothing": (
        B,
        basis("10", stated="10", scale="0"),
        [("NUM-07", "/path/impacts/0/basis")],
    ),
    "no factors, no product": (B, basis(stated="10"), []),
    "milestones out of order": (
        B,
        {
            "/indicators/0/milestones": [
                {"date": "2028-03-31", "value": "5200"},
                {"date": "2027-03-31", "value": "4800"},
                {"date": "2027-03-31", "value": "4800"},
                {"value": "5500"},
            ]
        },
        [
            ("NUM-08", "/indicators/0/milestones/1"),
            ("NUM-08", "/indicators/0/milestones/2"),
        ],
    ),
    "a milestone before the baseline": (
        B,
        {"/indicators/0/milestones/0/date": "2025-03-30"},
        [("NUM-08", "/indicators/0/milestones/0")],
    ),
    "a baseline one day too old": (
        B,
        {"/indicators/0/baseline/date": "2023-03-31"},
        [("NUM-09", "/indicators/0/baseline")],
    ),
    "a link of blanks is none, and a word is found in any width": (
        B,
        {
            "/indicators/0/title": "ＧＤＰ",
            "/indicators/0/link_to_measures": "\u3000",
        },
        [("NUM-12", "/indicators/0/link_to_measures")],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_near_misses_are_told_from_breaches(
    case: str, check_sample: CheckSample
) -> None:
    """The case says what is told apart."""
    plan_type, changes, expected = CASES[case]
    assert spoken(check_sample(plan_type, changes)) == expected


@pytest.mark.parametrize("rule_id", ["STR-05", "STR-09", "NUM-03", "NUM-04", "NUM-08"])
def test_what_is_shown_from_the_first_save_blocks_from_submission(
    rule_id: str, plugins: Plugins, check_sample: CheckSample
) -> None:
    """A draft with the fault can be saved, and not be submitted."""
    (rule,) = (r for r in plugins.rules if r.id == rule_id)
    (example,) = rule.examples
    saved = check_sample(example.plan_type, example.bad, Gate.SAVE)
    assert saved.ok
    assert rule_id in {f.rule_id for f in saved.findings}
    assert not check_sample(example.plan_type, example.bad, Gate.SUBMIT).ok


def test_all_missing_categories_are_named_at_once(check_sample: CheckSample) -> None:
    """The author sees every heading that has neither measure nor reason."""
    report = check_sample(B, {"/missing_categories": []})
    (finding,) = (f for f in report.findings if f.rule_id == "STR-06")
    assert "規制・制度改革" in finding.message_ja
    assert "b_regulatory_reform" in (finding.hint or "")


def test_words_and_figures_are_settings() -> None:
    """Whoever checks may call other words placeholders."""
    strict = CheckSettings(placeholder_words=("精査中",))
    assert is_put_off("精査中です", strict)
    assert not is_put_off("精査中です", CheckSettings())
    assert not is_put_off(" ", strict, shortest=8)


def test_a_plan_of_parts_that_say_nothing_can_be_checked(
    plugins: Plugins, reference: ReferenceData
) -> None:
    """No rule fails on parts of which every value is missing."""
    plan = Plan(
        id=PlanId("p"),
        plan_type=Key(B),
        title="計画",
        goal=Goal(),
        path=Path(
            impacts=(
                Impact(id=PartId("IM-1")),
                Impact(
                    id=PartId("IM-2"),
                    basis=ImpactBasis(factors=(), stated=Decimal(0)),
                ),
            )
        ),
        policy_means=PolicyMeans(
            measures=(
                Measure(id=PartId("M-1"), title="施策"),
                Measure(
                    id=PartId("M-2"), title="", five_w1h=FiveWOneH(deadline=Deadline())
                ),
            )
        ),
        indicators=(
            Indicator(id=PartId("IN-1")),
            Indicator(
                id=PartId("IN-2"),
                baseline=DatedValue(),
                milestones=(DatedValue(),),
                target=DatedValue(),
            ),
        ),
    )
    context = CheckContext(
        plan=plan,
        plan_type=plugins.plan_types[B],
        investments={},
        reference=reference,
    )
    report = run_checks(plugins.rules, context, Gate.PUBLISH)
    assert [u for u in report.unchecked if u.rule_id.startswith(OWN)] == []
    assert "NUM-02" in {f.rule_id for f in report.findings}
