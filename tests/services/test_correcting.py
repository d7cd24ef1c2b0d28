"""An error in an edition in force is put right, as the next correction of it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.revisions import REVISION, REVISION_OPEN
from clusterplan.core.services.comparing import compare_editions
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from revisions import (
    CAS,
    DEADLINE,
    GOVERNOR,
    KYUSHU,
    M1,
    METI,
    NIIGATA,
    TOYAMA,
    adopt,
    correct,
    edition_on,
    in_force,
    kinds,
    open_one,
    reason_of,
    refused,
    save_one,
)
from stores import REGIONAL, STRATEGIC, TODAY, MakePlanFile, looking, record, save

TYPO = {"/goal/vision": "医療用部品の輸出で国内首位の産地を目指す。"}


@pytest.fixture
def plan_id(sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile) -> str:
    """Save a B plan in force, and return its id."""
    return in_force(sqlite_store, domain, plan_file)


def test_a_correction_is_the_next_edition_of_the_same_number(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """1.0 becomes 1.1, then 1.2; the reason stands beside the revisions of the plan."""
    plan_id = in_force(store, domain, plan_file)
    done = correct(store, domain, plan_id, plan_file(REGIONAL, TYPO))
    assert done.changed
    assert (done.standing.edition, done.standing.version) == ("1.1", 2)
    (part,) = done.difference.changed
    assert [c.path for c in part.changes] == ["/goal/vision"]
    assert done.record is not None
    document = done.record.case.document
    assert (document.base, document.edition, document.occasion) == (
        "1.0",
        "1.1",
        "誤記",
    )
    assert done.record.case.public
    assert kinds(store)[-2:] == ["plan_corrected", "revision_corrected"]
    assert edition_on(store, plan_id, TODAY) == "1.1"
    assert edition_on(store, plan_id, TODAY - dt.timedelta(days=1)) == "1.0"
    more = TYPO | {"/title_en": "Better"}
    again = correct(store, domain, plan_id, plan_file(REGIONAL, more), version=2)
    assert again.standing.edition == "1.2"
    assert list(store.verify()) == []
    store.rebuild()
    assert list(store.verify()) == []


def test_an_edition_stays_though_the_next_one_follows_on_the_same_day(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It is found by its number and compared; the day and the map tell the last one."""
    history = (("drafting", "2026-05-01"), ("in_force", TODAY.isoformat()))
    file = plan_file(REGIONAL, {"/record": record(history)})
    plan_id = save(store, domain, file).standing.plan_id
    correct(store, domain, plan_id, plan_file(REGIONAL, TYPO))
    more = plan_file(REGIONAL, TYPO | {"/title_en": "Better"})
    correct(store, domain, plan_id, more, version=2)
    with store.read() as unit:
        found = [unit.plan(plan_id, looking(), edition=e) for e in ("1.0", "1.1")]
        mapped = unit.mapped(looking())
        told = unit.histories([plan_id], looking())[plan_id]
    assert [s.standing.edition for s in found if s] == ["1.0", "1.1"]
    assert [m.plan_id for m in mapped] == [plan_id]
    assert [entry.state for entry in told] == ["drafting", "in_force"]
    both = compare_editions(plan_id, ("1.0", "1.2"), ANONYMOUS, store, domain)
    assert [c.path for c in both.changed[0].changes] == ["/title_en", "/goal/vision"]
    assert edition_on(store, plan_id, TODAY) == "1.2"
    assert list(store.verify()) == []
    store.rebuild()
    assert list(store.verify()) == []


def test_after_a_correction_a_revision_makes_the_next_number(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """1.1 is revised to 2.0, and that corrected to 2.1."""
    correct(sqlite_store, domain, plan_id, plan_file(REGIONAL, TYPO))
    open_one(sqlite_store, domain, plan_id)
    save_one(sqlite_store, domain, plan_id, plan_file(REGIONAL, TYPO | DEADLINE))
    assert adopt(sqlite_store, domain, plan_id).changed
    done = correct(
        sqlite_store, domain, plan_id, plan_file(REGIONAL, DEADLINE), version=3
    )
    assert done.standing.edition == "2.1"


@pytest.mark.parametrize(
    ("changes", "paths"),
    [
        ({"/region": ["150002", "160008"]}, ["/region"]),
        ({"/period/to": "FY2031"}, ["/period/to"]),
        (
            {"/joining": [{"kind": "prefecture", "code": "160008"}]},
            ["/joining"],
        ),
        ({"/indicators/0/target/value": "5500"}, ["/indicators/0/target/value"]),
        ({"/indicators/0/target/date": "2031-03-31"}, ["/indicators/0/target/date"]),
        ({"/indicators/1/baseline/value": "1"}, ["/indicators/1/baseline/value"]),
        (
            {"/indicators/0/target": None},
            ["/indicators/0/target/date", "/indicators/0/target/value"],
        ),
        ({"/indicators/0/unit": "兆円"}, ["/indicators/0/unit"]),
        ({"/indicators/0/direction": "decrease"}, ["/indicators/0/direction"]),
        ({"/indicators/0/interpolation": "step"}, ["/indicators/0/interpolation"]),
        (
            {"/indicators/0/milestones/0/value": "1"},
            ["/indicators/0/milestones/0/value"],
        ),
        ({"/fields": ["shipbuilding"]}, ["/fields"]),
        (DEADLINE, [f"{M1}/five_w1h/deadline/date"]),
        ({f"{M1}/category": "infrastructure"}, [f"{M1}/category"]),
        (
            {f"{M1}/reporter": {"kind": "prefecture", "code": "160008"}},
            [f"{M1}/reporter"],
        ),
        ({"/investments/0/money/0/amount": "5"}, ["/investments/0/money/0/amount"]),
        ({f"{M1}/budget/0/amount": "5"}, [f"{M1}/budget/0/amount"]),
        (
            {f"{M1}/budget/1/sources/0/amount": "5"},
            [f"{M1}/budget/1/sources/0/amount"],
        ),
        ({"/missing_categories": [], "/needed_people/0/by": "FY2028"}, None),
        ({"/policy_means/measures/4": None}, ["/policy_means/measures/4"]),
        ({"/investments": []}, ["/investments/0"]),
        (
            {"/consultations": [{"id": "CS-2", "kind": "hearing"}]},
            ["/consultations/0", "/consultations/0"],
        ),
    ],
)
def test_a_correction_changes_no_policy(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_id: str,
    plan_file: MakePlanFile,
    changes: dict[str, Any],
    paths: list[str] | None,
) -> None:
    """Region, period, path of an indicator, deadlines, amounts and parts stay."""
    file = plan_file(REGIONAL, changes)
    if paths is None:
        tried = correct(sqlite_store, domain, plan_id, file, dry_run=True)
        assert tried.changed
        return
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file))
    assert reason_of(error) == "NOT_A_CORRECTION"
    assert [p.pointer for p in error.problems] == paths
    assert edition_on(sqlite_store, plan_id, TODAY) == "1.0"


@pytest.mark.parametrize(
    ("plan_type", "by", "reason"),
    [
        (REGIONAL, GOVERNOR, None),
        (REGIONAL, TOYAMA, "NOT_THE_LEAD_BODY"),
        (REGIONAL, METI, "WRONG_ACTOR"),
        (STRATEGIC, CAS, None),
        (STRATEGIC, METI, None),
        (STRATEGIC, KYUSHU, "WRONG_ACTOR"),
    ],
)
def test_the_owner_of_an_edition_corrects_it(
    sqlite_store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    plan_type: str,
    by: Actor,
    reason: str | None,
) -> None:
    """The state its A plans, one body alone; the body that leads a B plan, its own."""
    plan_id = in_force(sqlite_store, domain, plan_file, plan_type)
    file = plan_file(plan_type, {"/title_en": "Better"})
    if reason is None:
        assert correct(sqlite_store, domain, plan_id, file, by=by).changed
        return
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file, by=by))
    assert reason_of(error) == reason


def test_the_same_again_changes_nothing_and_a_dry_run_too(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """No event without a change."""
    file = plan_file(REGIONAL, TYPO)
    tried = correct(sqlite_store, domain, plan_id, file, dry_run=True)
    assert (tried.changed, tried.standing.edition) == (True, "1.1")
    assert edition_on(sqlite_store, plan_id, TODAY) == "1.0"
    correct(sqlite_store, domain, plan_id, file)
    again = correct(sqlite_store, domain, plan_id, file)
    assert not again.changed
    assert again.difference.is_empty
    assert kinds(sqlite_store).count("plan_corrected") == 1


def test_a_correction_names_its_reason_and_its_base(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """Of two who read the same version, the second is told so."""
    file = plan_file(REGIONAL, TYPO)
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file, reason=" "))
    assert reason_of(error) == "MISSING_REASON"
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file, version=9))
    assert reason_of(error) == "STALE_VERSION"


def test_a_correction_makes_no_new_error(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """What the rules would not let into force does not come in by this way."""
    file = plan_file(REGIONAL, {f"{M1}/five_w1h/significance": None})
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file))
    assert reason_of(error) == "CHECK_FAILED"


def test_an_error_that_was_there_does_not_hinder_a_correction(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """An edition that was imported with an error can be put right elsewhere."""
    flaw = {f"{M1}/five_w1h/significance": None}
    plan_id = in_force(sqlite_store, domain, plan_file, changes=flaw)
    done = correct(sqlite_store, domain, plan_id, plan_file(REGIONAL, flaw | TYPO))
    assert done.report is not None
    assert not done.report.ok
    assert done.standing.edition == "1.1"


def test_a_draft_is_not_corrected(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """It is saved, and not public."""
    plan_id = save(sqlite_store, domain, plan_file(REGIONAL)).standing.plan_id
    file = plan_file(REGIONAL, TYPO)
    error = refused(lambda: correct(sqlite_store, domain, plan_id, file))
    assert reason_of(error) == "NOT_IN_FORCE"


def test_an_open_revision_stays_open_while_the_edition_is_corrected(
    sqlite_store: SqlStore, domain: Domain, plan_id: str, plan_file: MakePlanFile
) -> None:
    """The two are cases of their own."""
    open_one(sqlite_store, domain, plan_id, by=NIIGATA)
    correct(sqlite_store, domain, plan_id, plan_file(REGIONAL, TYPO))
    with sqlite_store.read() as unit:
        case = unit.case(plan_id, REVISION, "R-1")
    assert case is not None
    assert case.state == REVISION_OPEN
