"""Progress reports by GraphQL: opened, filled in, submitted, sent back, accepted."""

from __future__ import annotations

from typing import Any

import pytest

from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins
from progress_reports import H1, with_type
from sent import events_in, reasons, refusal, send
from served import Served
from steps import A_PLAN, B_PLAN
from stores import REGIONAL, STRATEGIC, record

NIIGATA, OTHER = "prefecture:150002", "prefecture:010006"
KUMAMOTO, BUREAU = "prefecture:430005", "regional_bureau:kyushu"
METI, MINISTRY = "meti:meti", "ministry:meti"
UNTOLD = "公表前の事情による"
REPORT = """report { id version on public state { key } edition
  parts { version done reporter { code } rows { measure observations { value } } }
  grades { measure grade isPoor } } findings { ruleId pointer }"""
FILLED = [
    {
        "measure": "M-01",
        "observations": [
            {"indicator": "IN-1", "value": "412.5"},
            {"indicator": "IN-3", "value": "8"},
        ],
        "causes": [{"text": "入札が不調", "category": "procurement"}],
        "response": {"kind": "hold", "reason": "次の期に見直す"},
    },
    *(
        {"measure": f"M-0{number}", "no_number_reason": "年1回の統計による"}
        for number in range(2, 6)
    ),
]


@pytest.fixture
def b_plan(served: Served) -> Served:
    """Save a B plan in force, which its prefecture reports alone."""
    served.add(REGIONAL, {"/record": record()})
    return served


@pytest.fixture
def reviewed(sqlite_store: Any, domain: Domain, plugins: Plugins) -> Served:
    """Serve a B plan in force whose reports the state accepts."""
    strict = with_type(domain, REGIONAL, report_review=True)
    served = Served(store=sqlite_store, domain=strict, plugins=plugins)
    served.add(REGIONAL, {"/record": record()})
    return served


def act(served: Served, name: str, by: str | None = NIIGATA, **more: Any) -> Any:
    """Send a mutation on the report of the B plan, or of another one."""
    sent = {"planId": B_PLAN, "period": H1} | more
    return send(served, name, REPORT, by=by, **sent)


def filled(served: Served) -> None:
    """Open the report, and fill in all rows."""
    assert act(served, "openReport")["report"]["version"] == 1
    done = act(served, "fillReport", rows=FILLED, done=True, expectedPartVersion=0)
    assert done["report"]["version"] == 2, done


def submitted(served: Served) -> Any:
    """Open, fill in and submit the report."""
    filled(served)
    return act(served, "submitReport", expectedVersion=2)


def test_a_report_is_accepted_when_it_goes_in(b_plan: Served) -> None:
    """Filled in, graded, and public for a plan type without a review."""
    opened = act(b_plan, "openReport")
    assert (opened["report"]["state"]["key"], opened["event"]["kind"]) == (
        "open",
        "report_opened",
    )
    (part,) = opened["report"]["parts"]
    assert (part["version"], part["done"], part["reporter"]) == (
        *(0, False),
        {"code": "150002"},
    )
    again = act(b_plan, "openReport")
    assert refusal(again) == ("CONFLICT", "REPORT_EXISTS", "REP-15", "period")
    filled = act(b_plan, "fillReport", rows=FILLED, done=True, expectedPartVersion=0)
    (part,) = filled["report"]["parts"]
    assert (part["version"], part["done"]) == (1, True)
    assert part["rows"][0]["observations"][0]["value"] == "412.5"
    done = act(b_plan, "submitReport", expectedVersion=2)
    report = done["report"]
    assert (report["state"]["key"], report["public"]) == ("accepted", True)
    assert report["grades"][0]["measure"] == "M-01"
    assert done["findings"] == [] or done["findings"][0]["ruleId"]


def test_a_report_is_sent_back_and_accepted_by_the_state(reviewed: Served) -> None:
    """Where the plan type asks for it, with a reason."""
    done = submitted(reviewed)
    assert (done["report"]["state"]["key"], done["report"]["public"]) == (
        "submitted",
        False,
    )
    version = done["report"]["version"]
    sent = {"by": METI, "expectedVersion": version}
    empty = act(reviewed, "sendBackReport", reason=" ", **sent)
    assert refusal(empty)[:2] == ("CONFLICT", "MISSING_REASON")
    done = act(reviewed, "sendBackReport", reason="値を確かめる", **sent)
    assert done["report"]["state"]["key"] == "sent_back"
    again = act(reviewed, "submitReport", expectedVersion=version + 1)
    own = act(reviewed, "acceptReport", expectedVersion=version + 2)
    assert (refusal(own)[0], again["report"]["version"]) == ("FORBIDDEN", version + 2)
    done = act(reviewed, "acceptReport", by=METI, expectedVersion=version + 2)
    assert (done["report"]["state"]["key"], done["report"]["public"]) == (
        "accepted",
        True,
    )


def test_values_of_an_accepted_report_are_corrected(b_plan: Served) -> None:
    """With the reason beside the value; without one it is refused."""
    version = submitted(b_plan)["report"]["version"]
    value = {"indicator": "IN-1", "value": "413"}
    rows = [{"measure": "M-01", "observations": [value]}]
    sent = {"expectedVersion": version}
    refused = act(b_plan, "correctReport", rows=rows, **sent)
    assert refused["__typename"] == "Problems"
    assert all(p["path"][:1] == ["rows"] for p in refused["problems"]), refused
    value["corrects"] = "転記の誤り"
    done = act(b_plan, "correctReport", rows=rows, **sent)
    assert done["report"]["version"] == version + 1, done
    assert done["event"]["kind"] == "report_corrected"


@pytest.mark.parametrize(
    ("name", "more", "told"),
    [
        (
            *("openReport", {"period": "FY2026H2"}),
            ("CONFLICT", "PERIOD_NOT_OVER", "REP-15", "period"),
        ),
        (
            *("openReport", {"period": "FY1999H1"}),
            ("NOT_FOUND", "UNKNOWN_PERIOD", "REP-15", "period"),
        ),
        (
            *("submitReport", {"expectedVersion": 7}),
            ("CONFLICT", "STALE_VERSION", None, "expectedVersion"),
        ),
        (
            *("submitReport", {"period": "FY2026H2", "expectedVersion": 1}),
            ("NOT_FOUND", "UNKNOWN_CASE", None, "period"),
        ),
        (
            *("submitReport", {"planId": "unheard-of", "expectedVersion": 1}),
            ("NOT_FOUND", "UNKNOWN_PLAN", None, "planId"),
        ),
        (
            *("fillReport", {"rows": FILLED, "expectedPartVersion": 7}),
            ("CONFLICT", "STALE_VERSION", None, "expectedPartVersion"),
        ),
    ],
)
def test_a_change_that_is_not_possible_is_refused(
    b_plan: Served, name: str, more: dict[str, Any], told: tuple[str, ...]
) -> None:
    """With class, code, rule and the name that the input has for the place."""
    act(b_plan, "openReport")
    before = events_in(b_plan.store)
    code, reason, rule, place = refusal(act(b_plan, name, **more))
    assert (code, rule, place) == (told[0], told[2], told[3])
    assert reason.startswith("STALE") if "STALE" in told[1] else reason == told[1]
    assert events_in(b_plan.store) == before


@pytest.mark.parametrize("by", [OTHER, METI, "regional_bureau:kanto"])
def test_only_reporters_report(b_plan: Served, by: str) -> None:
    """Another prefecture, the state or a bureau is told whose report it is."""
    done = act(b_plan, "openReport", by=by)
    assert reasons(done)[0][0] == "FORBIDDEN"
    assert done["problems"][0]["ruleId"] == "REP-07"


def test_rows_that_cannot_be_read_are_told_by_place(b_plan: Served) -> None:
    """Every one at once."""
    act(b_plan, "openReport")
    rows = [{"measure": "M-01", "colour": 1}, {"observations": []}]
    done = act(b_plan, "fillReport", rows=rows, expectedPartVersion=0)
    assert {p["path"][1] for p in done["problems"]} == {"0", "1"}
    assert {"UNKNOWN_KEY", "MISSING_KEY"} <= {p["reason"] for p in done["problems"]}
    unknown = [{"measure": "M-99"}]
    done = act(b_plan, "fillReport", rows=unknown, expectedPartVersion=0)
    assert refusal(done)[3] == "rows/0/measure"


def test_a_report_that_the_rules_refuse_is_told_row_by_row(b_plan: Served) -> None:
    """Each with its rule, its place and how to put it right."""
    act(b_plan, "openReport")
    sent: dict[str, Any] = {"rows": FILLED[:1], "done": True, "expectedPartVersion": 0}
    act(b_plan, "fillReport", **sent)
    done = act(b_plan, "submitReport", expectedVersion=2)
    assert {(p["ruleId"], p["reason"]) for p in done["problems"]} == {
        ("REP-02", "CHECK_FAILED")
    }
    assert done["problems"][0]["path"] == ["period"]
    assert done["problems"][0]["pointer"] == "/report/parts/0/rows/1"
    assert "no_number_reason" in done["problems"][0]["hint"]


def test_the_same_key_again_tells_the_report_again(b_plan: Served) -> None:
    """As it stands now, with the event of the first time."""
    first = act(b_plan, "openReport", key="k-1")
    act(b_plan, "fillReport", rows=FILLED, expectedPartVersion=0)
    again = act(b_plan, "openReport", key="k-1")
    assert again["event"] == first["event"]
    assert again["report"]["version"] == 2
    other = act(b_plan, "openReport", key="k-1", period="FY2026H2")
    assert refusal(other)[:2] == ("IDEMPOTENCY_MISMATCH", "KEY_REUSED")


def test_a_dry_run_of_each_change_changes_nothing(b_plan: Served) -> None:
    """What would be is told, and no event is written."""
    assert act(b_plan, "openReport", dryRun=True)["report"]["version"] == 1
    act(b_plan, "openReport")
    sent: dict[str, Any] = {"rows": FILLED, "done": True, "expectedPartVersion": 0}
    assert act(b_plan, "fillReport", dryRun=True, **sent)["dryRun"]
    act(b_plan, "fillReport", **sent)
    tried = act(b_plan, "submitReport", expectedVersion=2, dryRun=True)
    assert (tried["dryRun"], tried["event"]) == (True, None)
    assert tried["report"]["grades"]
    assert events_in(b_plan.store) == 3


@pytest.mark.parametrize(
    ("name", "more"),
    [
        ("openReport", {}),
        ("fillReport", {"rows": [], "expectedPartVersion": 0}),
        ("submitReport", {"expectedVersion": 1}),
        ("sendBackReport", {"expectedVersion": 1, "reason": "x"}),
        ("acceptReport", {"expectedVersion": 1}),
        ("correctReport", {"expectedVersion": 1, "rows": []}),
    ],
)
def test_nobody_reports_without_a_token(
    b_plan: Served, name: str, more: dict[str, Any]
) -> None:
    """Anonymous readers only read."""
    done = act(b_plan, name, by=None, **more)
    assert reasons(done) == [("UNAUTHENTICATED", "TOKEN_NEEDED")]


def test_an_a_plan_is_reported_in_parts(served: Served) -> None:
    """Each reporter fills in its own, and it goes in when all are done."""
    served.add(STRATEGIC, {"/record": record()})
    sent = {"planId": A_PLAN}
    act(served, "openReport", by=BUREAU, **sent)
    row = [{"measure": "M-01"}]
    fill: dict[str, Any] = {"rows": row, "expectedPartVersion": 0, "done": True} | sent
    foreign = act(served, "fillReport", by=MINISTRY, **fill)
    assert foreign["__typename"] == "Problems"
    done = act(served, "fillReport", by=KUMAMOTO, **fill)
    version = done["report"]["version"]
    early = act(served, "submitReport", by=BUREAU, expectedVersion=version, **sent)
    code, _, _, place = refusal(early)
    assert (code, place) == ("CONFLICT", "period")


@pytest.fixture
def in_parts(served: Served) -> Served:
    """Save an A plan in force, with the part of the ministry filled in."""
    served.add(STRATEGIC, {"/record": record()})
    act(served, "openReport", by=BUREAU, planId=A_PLAN)
    rows = [{"measure": "M-03", "no_number_reason": UNTOLD}]
    sent = {"planId": A_PLAN, "rows": rows, "expectedPartVersion": 0}
    done = act(served, "fillReport", by=MINISTRY, **sent)
    assert done["__typename"] == "FillReportDone", done
    return served


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_reporter_is_told_of_its_own_part_only(
    in_parts: Served, *, dry_run: bool
) -> None:
    """Tried or done; the bureau that leads the plan, and the state, see all parts."""
    query = "report { id parts { reporter { code } rows { measure noNumberReason } } }"
    sent = {"planId": A_PLAN, "period": H1, "rows": [], "dryRun": dry_run}
    done = send(
        *(in_parts, "fillReport", query),
        by=KUMAMOTO,
        expectedPartVersion=0,
        done=True,
        **sent,
    )
    assert [p["reporter"]["code"] for p in done["report"]["parts"]] == ["430005"]
    assert UNTOLD not in str(done)
    version = 3 if dry_run else 4
    seen = in_parts.ask(
        "query($id: ID!) { plan(id: $id) { reports { version parts { done } } } }",
        {"id": A_PLAN},
        token=in_parts.token(BUREAU),
    )["plan"]["reports"]
    assert [(r["version"], len(r["parts"])) for r in seen] == [(version - 1, 2)]


def test_the_same_key_again_tells_a_reporter_of_its_own_part_only(
    in_parts: Served,
) -> None:
    """What others filled in meanwhile is not for it."""
    query = "report { parts { reporter { code } rows { noNumberReason } } }"
    sent = {
        "planId": A_PLAN,
        "period": H1,
        "rows": [],
        "done": True,
        "expectedPartVersion": 0,
        "key": "k-1",
    }
    for _ in range(2):
        done = send(in_parts, "fillReport", query, by=KUMAMOTO, **sent)
        assert [p["reporter"]["code"] for p in done["report"]["parts"]] == ["430005"]


def test_an_office_without_a_part_is_told_nothing_of_a_report(
    in_parts: Served,
) -> None:
    """Neither by a change that is refused nor by one that is tried."""
    sent = {"planId": A_PLAN, "period": H1, "rows": [], "expectedPartVersion": 0}
    for by in (OTHER, "ministry:mlit"):
        done = send(in_parts, "fillReport", "dryRun", by=by, dryRun=True, **sent)
        assert done["__typename"] == "Problems"
        assert UNTOLD not in str(done)
