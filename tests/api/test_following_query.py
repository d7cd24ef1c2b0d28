"""What follows from reports, by GraphQL: told to each as far as it may be seen."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.comments import Comment
from clusterplan.core.identifiers import PartId
from clusterplan.core.services.commenting import SaveComment, save_comment
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from progress_reports import H1, METI, because, fill, opened, row, submit, with_type
from revisions import DEADLINE, adopt, open_one, quiet, save_one
from served import OPERATOR, Served
from steps import B_PLAN
from stores import REGIONAL, record, sample_file

NIIGATA, OTHER = "prefecture:150002", "prefecture:010006"
FOLLOWED = """query($id: ID!) {
  plan(id: $id) {
    progress { periodId state poor { poor total } measures { measure grade } }
    reports { id state { key } }
    revisions { id edition state { key } }
    comments { id text }
    proposals { id }
  }
  due { planId periodId status reportState }
  progress { total { plans reported } }
  causes { planId measure text }
}"""
COMPARE = """query($id: ID!) { compare(planId: $id, older: "1.0", newer: "2.0") {
  changed { id marks } } }"""


@pytest.fixture
def followed(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan in force with a report, a comment and a revision, none public."""
    reviewed = with_type(quiet(domain), REGIONAL, report_review=True)
    served = Served(store=sqlite_store, domain=reviewed, plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    opened(served.store, served.domain, B_PLAN)
    rows = [row("M-01", IN_1="1", IN_3="0", causes=because("入札が不調"))]
    rows += [row(f"M-0{n}", no_number_reason="年1回の統計") for n in range(2, 6)]
    fill(served.store, served.domain, B_PLAN, *rows)
    submit(served.store, served.domain, B_PLAN)
    comment = Comment(id=PartId("C-1"), edition="1.0", text="数字を確かめる")
    save_comment(
        SaveComment(plan_id=B_PLAN, comment=comment, by=METI),
        served.store,
        served.domain,
    )
    open_one(served.store, served.domain, B_PLAN)
    return served


def seen(served: Served, by: str | None) -> Any:
    """Return what an office, or anybody, is told."""
    token = served.token(by) if by else None
    return served.ask(FOLLOWED, {"id": B_PLAN}, token=token)


@pytest.mark.parametrize("by", [NIIGATA, OPERATOR, "meti:meti"])
def test_the_lead_body_and_the_state_see_what_is_not_public(
    followed: Served, by: str
) -> None:
    """Reports that wait, revisions that are open, and comments."""
    data = seen(followed, by)
    plan = data["plan"]
    assert plan["progress"]["periodId"] == H1
    assert plan["progress"]["measures"][0]["measure"] == "M-01"
    assert [r["state"]["key"] for r in plan["reports"]] == ["submitted"]
    assert [r["id"] for r in plan["revisions"]] == ["R-1"]
    assert [c["id"] for c in plan["comments"]] == ["C-1"]
    assert [due["planId"] for due in data["due"]] == [B_PLAN]
    assert data["progress"]["total"] == {"plans": 1, "reported": 1}
    assert data["causes"][0]["text"] == "入札が不調"


@pytest.mark.parametrize("by", [None, OTHER, "regional_bureau:kanto"])
def test_others_see_the_plan_and_that_its_report_is_in(
    followed: Served, by: str | None
) -> None:
    """Neither the report nor what follows from it."""
    data = seen(followed, by)
    assert data["plan"] == {
        "progress": None,
        "reports": [],
        "revisions": [],
        "comments": [],
        "proposals": [],
    }
    (due,) = data["due"]
    assert (due["planId"], due["reportState"]) == (B_PLAN, None)
    assert data["progress"]["total"] == {"plans": 1, "reported": 0}
    assert data["causes"] == []


def test_a_draft_owes_nothing_and_is_compared_by_nobody_else(served: Served) -> None:
    """It is as unknown as one that is not there."""
    served.add(REGIONAL)
    data = seen(served, OTHER)
    assert (data["plan"], data["due"], data["causes"]) == (None, [], [])
    for plan_id in (B_PLAN, "unheard-of"):
        assert served.refusals(COMPARE, {"id": plan_id})[0][:2] == (
            "NOT_FOUND",
            "UNKNOWN_EDITION",
        )


def test_two_editions_are_compared_by_anybody(followed: Served) -> None:
    """Once both are public; until then the newer one is not known."""
    unknown = followed.refusals(COMPARE, {"id": B_PLAN})
    assert unknown[0][0] in ("NOT_FOUND", "BAD_USER_INPUT")
    file = sample_file(followed.domain.plan_types, REGIONAL, DEADLINE)
    save_one(followed.store, followed.domain, B_PLAN, file)
    adopt(followed.store, followed.domain, B_PLAN)
    found = followed.ask(COMPARE, {"id": B_PLAN})["compare"]
    assert found["changed"] == [{"id": "M-01", "marks": ["DEADLINE_MOVED"]}]
    public = seen(followed, None)["plan"]["revisions"]
    assert [(r["id"], r["edition"]) for r in public] == [("R-1", "2.0")]


@pytest.mark.parametrize(
    ("by", "states"), [(NIIGATA, ["open"]), (None, None), (OTHER, None)]
)
def test_rows_lead_to_their_plan_and_report(
    served: Served, by: str | None, states: list[str] | None
) -> None:
    """The report as far as it is written, to who may see it."""
    served.add(REGIONAL, {"/record": record()})
    opened(served.store, served.domain, B_PLAN)
    token = served.token(by) if by else None
    query = "{ due { plan { id edition title } report { id state { key } } } }"
    (due,) = served.ask(query, token=token)["due"]
    assert (due["plan"]["id"], due["plan"]["edition"]) == (B_PLAN, "1.0")
    report = due["report"]
    assert (report and [report["state"]["key"]]) == states
    assert report is None or report["id"] == H1


def test_a_cause_leads_to_its_plan(followed: Served) -> None:
    """Which has everything else that is told of it."""
    query = "{ causes { planId plan { id lead { code } history { state } } } }"
    causes = followed.ask(query, token=followed.token(NIIGATA))["causes"]
    assert causes
    assert {c["plan"]["id"] for c in causes} == {B_PLAN}
    assert causes[0]["plan"]["lead"] == {"code": "150002"}
