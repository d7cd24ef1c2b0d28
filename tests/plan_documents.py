"""Small plan documents, and what the loader says about them."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.errors import InputError, Problem
from clusterplan.core.files import PlanFile
from strategies import plan_types

SMALL: dict[str, Any] = {
    "id": "p",
    "plan_type": "strategic_cluster",
    "title": "架空計画",
    "lead": {"kind": "regional_bureau", "code": "kyushu"},
    "region": ["430005"],
    "period": {"from": "FY2026", "to": "FY2030"},
    "goal": {"current_state": "現状"},
    "path": {"impacts": [{"id": "IM-1", "indicator": "IN-1"}]},
    "policy_means": {
        "challenges": [{"id": "CH-1", "text": "課題", "needs": ["必要"]}],
        "measures": [
            {
                "id": "M-1",
                "title": "施策",
                "answers": ["CH-1"],
                "indicators": ["IN-1"],
                "five_w1h": {
                    "deadline": {
                        "milestones": [
                            {"id": "MS-1", "date": "2027-03-31", "text": "設計"}
                        ]
                    }
                },
                "budget": [{"fiscal_year": "FY2026", "amount": "1"}],
            }
        ],
    },
    "venues": [{"id": "V-1", "title": "会議"}],
    "indicators": [{"id": "IN-1", "target": {"value": "1"}}],
    "investments": [
        {"id": "I-1", "title": "投資", "sites": [{"municipality": "434043"}]},
        {"ref": "I-2"},
    ],
}
"""A plan with one part of each sort."""


def load_text(text: str) -> PlanFile:
    """Return the plan file in a YAML or JSON text."""
    return load_plan_file(parse_text(text), plan_types())


def load_changed(changes: dict[str, Any]) -> PlanFile:
    """Return the small plan with *changes* by JSON pointer."""
    return load_plan_file(source_of(changed(SMALL, changes)), plan_types())


def problems_of_text(text: str) -> tuple[Problem, ...]:
    """Return the problems of a text that must be refused, after a look at each."""
    with pytest.raises(InputError) as caught:
        load_text(text)
    return looked_at(caught.value)


def problems_of(changes: dict[str, Any]) -> tuple[Problem, ...]:
    """Return the problems of the small plan with *changes*."""
    with pytest.raises(InputError) as caught:
        load_changed(changes)
    return looked_at(caught.value)


def looked_at(error: InputError) -> tuple[Problem, ...]:
    """Return the problems of *error*, each of which must speak two languages."""
    for problem in error.problems:
        assert problem.reason.isupper()
        assert problem.message_en.isprintable()
        assert problem.message_en != problem.message_ja
        assert any(ord(char) > 0x3000 for char in problem.message_ja)
        assert len(problem.message_ja) < 600
    return error.problems
