"""Venues: members, kinds that are absent, meetings and what they decided."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clusterplan.core.identifiers import is_key
from clusterplan.core.venues import PANEL_MEMBER_KINDS, Meeting, VenueMember
from plan_documents import load_changed, problems_of


def test_the_policy_names_eight_kinds_of_member() -> None:
    """Each is a key, and stands once."""
    assert len(set(PANEL_MEMBER_KINDS)) == len(PANEL_MEMBER_KINDS) == 8
    assert all(map(is_key, PANEL_MEMBER_KINDS))


def test_a_meeting_may_be_planned_without_a_day() -> None:
    """A draft says what will be talked about before it says when."""
    (venue,) = load_changed({"/venues/0/meetings": [{"text": "素案"}, {}]}).plan.venues
    assert venue.meetings == (Meeting(text="素案"), Meeting())


def test_a_day_in_the_japanese_calendar_is_a_day() -> None:
    """The date of a meeting is read like any other."""
    changes = {"/venues/0/meetings": [{"date": "令和8年5月11日"}]}
    (venue,) = load_changed(changes).plan.venues
    assert venue.meetings[0].date == dt.date(2026, 5, 11)


@pytest.mark.parametrize(
    ("changes", "reason", "pointer"),
    [
        ({"meetings": ["2026-05-11"]}, "NOT_A_MAPPING", "meetings/0"),
        ({"members": ["大学"]}, "NOT_A_MAPPING", "members/0"),
        ({"members": [{"organization": "大学"}]}, "MISSING_KEY", "members/0"),
        ({"absent": [{"kind": "university"}]}, "MISSING_KEY", "absent/0"),
        (
            {"absent": [{"kind": "大学", "reason": "-"}]},
            "BAD_KEY_FORM",
            "absent/0/kind",
        ),
        (
            {"meetings": [{"decisions": [{"measures": []}]}]},
            "MISSING_KEY",
            "meetings/0/decisions/0",
        ),
        ({"held": []}, "UNKNOWN_KEY", "held"),
    ],
)
def test_what_has_another_shape_is_refused(
    changes: dict[str, Any], reason: str, pointer: str
) -> None:
    """Each part of a venue is a mapping, and says at least what it must."""
    (problem,) = problems_of({f"/venues/0/{k}": v for k, v in changes.items()})
    assert (problem.reason, problem.pointer) == (reason, f"/venues/0/{pointer}")


def test_a_member_is_known_by_its_kind() -> None:
    """Which university it will be may be open."""
    changes = {"/venues/0/members": [{"kind": "university"}]}
    (venue,) = load_changed(changes).plan.venues
    (member,) = venue.members
    assert (member.kind, member.organization) == ("university", None)
    assert isinstance(member, VenueMember)
