"""What clients are told of findings so far, of later reports, and of corrections."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from progress_reports import H1, H2, at
from sent import send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, KUMAMOTO = "prefecture:150002", "prefecture:430005"
BUREAU = "regional_bureau:kyushu"
TOLD = "findings { ruleId severity effectiveSeverity pointer } affected"
REPORT = f"""report {{ version state {{ key }} correctedBy {{ kind code }} correctedOn
  parts {{ rows {{ measure editions }} }}
  grades {{ measure edition indicators {{ attainment attainmentShown completionShown }} }}
}} {TOLD}"""
CAUSES = [{"text": "地権者の相続の確認に五か月を要した", "category": "land_permit"}]
WAITS = {"missing_reason": "年1回の統計による", "next_release_on": "2030-06-30"}
GOOD = [
    {
        "measure": "M-01",
        "observations": [
            {"indicator": "IN-1", "value": "6000"},
            {"indicator": "IN-3", "value": "60"},
        ],
    },
    *(
        {"measure": measure, "observations": [{"indicator": indicator, **WAITS}]}
        for measure, indicator in (
            ("M-02", "IN-4"),
            ("M-03", "IN-2"),
            ("M-04", "IN-2"),
        )
    ),
]


@pytest.fixture
def late(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan in force, on a day when two reports can be made."""
    spring = at(domain, "2027-05-10")
    served = Served(store=sqlite_store, domain=spring, plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    return served


def land(value: str, **more: Any) -> dict[str, Any]:
    """Return the row of M-05 with a value."""
    observed = {"indicator": "IN-5", "value": value, **more}
    return {"measure": "M-05", "observations": [observed], "causes": CAUSES}


def act(served: Served, name: str, by: str = NIIGATA, **more: Any) -> Any:
    """Send a mutation on a report of the B plan."""
    sent = {"planId": B_PLAN, "period": H1} | more
    done = send(served, name, REPORT, by=by, **sent)
    assert "problems" not in done, done
    return done


def submitted(served: Served, period: str, value: str) -> Any:
    """Open, fill in and submit a report."""
    act(served, "openReport", period=period)
    rows = [*GOOD, land(value)]
    sent: dict[str, Any] = {"rows": rows, "done": True, "expectedPartVersion": 0}
    act(served, "fillReport", period=period, **sent)
    return act(served, "submitReport", period=period, expectedVersion=2)


@pytest.mark.parametrize("dry_run", [True, False])
def test_findings_are_told_while_a_report_is_filled_in(
    late: Served, *, dry_run: bool
) -> None:
    """An error to be weighs as a warning yet."""
    act(late, "openReport")
    rows = [land("0.1") | {"causes": []}]
    done = act(late, "fillReport", rows=rows, expectedPartVersion=0, dryRun=dry_run)
    assert {
        "ruleId": "REP-03",
        "severity": "ERROR",
        "effectiveSeverity": "WARNING",
        "pointer": "/report/parts/0/rows/4/causes",
    } in done["findings"]
    assert {f["effectiveSeverity"] for f in done["findings"]} <= {"WARNING", "INFO"}
    assert done["report"]["grades"] == []


def test_a_correction_tells_who_when_and_which_later_reports(late: Served) -> None:
    """The second report lacks an answer that it would need now."""
    assert submitted(late, H1, "1.6")["affected"] == []
    submitted(late, H2, "0.5")
    rows = [land("0.1", corrects="集計の誤り")]
    done = act(late, "correctReport", rows=rows, expectedVersion=3)
    assert done["affected"] == [H2]
    report = done["report"]
    assert report["correctedBy"] == {"kind": "prefecture", "code": "150002"}
    assert dt.date.fromisoformat(report["correctedOn"]) == dt.date(2027, 5, 10)
    (share,) = report["grades"][-1]["indicators"]
    assert len(share["attainment"]) > len("0.0665")
    assert (share["attainmentShown"], share["completionShown"]) == ("0.07", "0.01")
    (part,) = report["parts"]
    assert all(row["editions"] == [] for row in part["rows"])
    assert report["grades"][-1]["edition"] is None


def test_a_reporter_is_told_of_findings_on_its_own_rows(served: Served) -> None:
    """By their places in what it sees of the report."""
    served.add(STRATEGIC, {"/record": record()})
    sent: dict[str, Any] = {"planId": A_PLAN, "rows": [], "expectedPartVersion": 0}
    act(served, "openReport", by=BUREAU, planId=A_PLAN)
    own = act(served, "fillReport", by=KUMAMOTO, **sent)
    assert len(own["report"]["parts"]) == 1
    places = [f["pointer"] for f in own["findings"] if f["ruleId"] == "REP-02"]
    assert places == [f"/report/parts/0/rows/{n}" for n in range(2)]


def test_findings_are_told_while_a_revision_is_saved(late: Served) -> None:
    """Here it has no items yet."""
    sent = {"planId": B_PLAN, "id": "R-1"}
    send(late, "openRevision", by=NIIGATA, occasion="総会での指摘", **sent)
    document = late.sample(REGIONAL)
    document["title_en"] = "Revised"
    done = send(
        *(late, "saveRevision", "findings { ruleId effectiveSeverity }"),
        by=NIIGATA,
        document=document,
        items=[],
        expectedVersion=1,
        **sent,
    )
    assert {"ruleId": "REV-02", "effectiveSeverity": "WARNING"} in done["findings"]


def test_the_schema_says_that_a_report_may_be_accepted_at_once(late: Served) -> None:
    """Who submits it learns so before."""
    query = "{ __schema { mutationType { fields { name description } } } }"
    told = late.ask(query)["__schema"]["mutationType"]["fields"]
    (submit,) = [f["description"] for f in told if f["name"] == "submitReport"]
    assert "提出・受理" in submit
