"""The demonstration: made by commands, the same for the same day, and safe to show."""

from __future__ import annotations

import datetime as dt
import sqlite3
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.cases import Case, CaseKind
from clusterplan.core.clock import day_in_tokyo
from clusterplan.core.comments import COMMENT
from clusterplan.core.due_dates import PeriodStatus
from clusterplan.core.grades import Grade
from clusterplan.core.lifecycle import Phase
from clusterplan.core.paging import PageRequest
from clusterplan.core.periods import FiscalHalf
from clusterplan.core.proposals import PROPOSAL
from clusterplan.core.readers import ANONYMOUS, LOCAL, Reader
from clusterplan.core.reports import ACCEPTED, REPORT, ReportCase
from clusterplan.core.revisions import REVISION
from clusterplan.core.services.answers import UnansweredError
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.following import due_list
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.stored import StoredPlan
from clusterplan.demonstration import STORIES, play
from clusterplan.demonstration.season import Season, period_of
from clusterplan.demonstration.stage import MovingClock, Stage
from clusterplan.demonstration.texts import moved, read_sample
from clusterplan.demonstration.told import Told
from stores import TODAY, on

HIDDEN = {"demo-cane-sugar", "demo-seafood"}
IN_FORCE = {
    "demo-semiconductor",
    "demo-precision-parts",
    "demo-thin-film",
    "demo-lacquerware",
    "demo-woodwork",
    "demo-indigo",
}
OTHER_HALF = dt.date(2028, 2, 29)
"""A day whose season begins in the second half of a fiscal year."""


def opened(folder: Path, domain: Domain) -> SqlStore:
    """Return an empty store."""
    folder.mkdir(exist_ok=True)
    url = f"sqlite:///{folder / 'plans.db'}"
    return SqlStore.open(url, domain.plan_types, domain.reference)


def content(store: SqlStore) -> list[str]:
    """Return all that a database holds, as SQL."""
    path = store.engine.url.database
    assert path is not None
    connection = sqlite3.connect(path)
    try:
        return list(connection.iterdump())
    finally:
        connection.close()


@pytest.fixture(scope="module", params=[TODAY, OTHER_HALF])
def day(request: pytest.FixtureRequest) -> dt.date:
    """Return the day of the demonstration."""
    chosen: dt.date = request.param
    return chosen


@pytest.fixture(scope="module")
def today(domain: Domain, day: dt.date) -> Domain:
    """Return the domain on the day of the demonstration."""
    return on(domain, day)


@pytest.fixture(scope="module")
def played(
    tmp_path_factory: pytest.TempPathFactory, today: Domain
) -> Iterator[SqlStore]:
    """Return a store with the demonstration; tests do not change it."""
    store = opened(tmp_path_factory.mktemp("demonstration"), today)
    play(store, today)
    yield store
    store.close()


def plans(
    store: SqlStore, domain: Domain, reader: Reader = LOCAL
) -> Mapping[str, StoredPlan]:
    """Return the plans that a reader sees, by id."""
    with store.read() as unit:
        page = unit.plans(domain.view(reader), PageRequest(size=100))
    return {p.standing.plan_id: p for p in page.items}


def cases(
    store: SqlStore, domain: Domain, plan_id: str, kind: CaseKind
) -> tuple[Case, ...]:
    """Return the cases of a kind of a plan."""
    with store.read() as unit:
        return unit.cases([plan_id], kind, domain.view(LOCAL)).get(plan_id, ())


def reports(store: SqlStore, domain: Domain) -> list[ReportCase]:
    """Return the reports on all plans."""
    found = (cases(store, domain, plan_id, REPORT) for plan_id in IN_FORCE)
    return [case for each in found for case in each if isinstance(case, ReportCase)]


def test_anybody_sees_what_is_in_force_and_nothing_else(
    played: SqlStore, today: Domain
) -> None:
    """The draft and the plan in pre-check are there, and stay hidden."""
    assert set(plans(played, today, ANONYMOUS)) == IN_FORCE
    everything = plans(played, today)
    assert set(everything) == IN_FORCE | HIDDEN
    assert len(everything) == len(STORIES)
    assert everything["demo-seafood"].standing.phase is Phase.DRAFT
    checked = everything["demo-cane-sugar"].standing
    assert (checked.phase, bool(checked.awaiting)) == (Phase.IN_REVIEW, True)


def test_every_plan_of_the_demonstration_says_that_it_is_fictional(
    played: SqlStore, today: Domain
) -> None:
    """In its title, in either language, and as a mark."""
    for stored in plans(played, today).values():
        assert stored.plan.fictional
        assert "架空" in (stored.plan.title or "")
        assert "Fictional" in (stored.plan.title_en or "")
    with played.read() as unit:
        for stored in plans(played, today).values():
            told = unit.investments(list(stored.standing.pins.values()))
            assert told
            assert all("架空" in (i.title or "") for i in told.values())


def test_the_plans_lie_in_many_prefectures(played: SqlStore, today: Domain) -> None:
    """At least six of them are to be seen by anybody."""
    seen = plans(played, today, ANONYMOUS).values()
    assert len({code[:2] for stored in seen for code in stored.plan.region}) >= 6


def test_two_halves_are_reported_and_one_report_is_late(
    played: SqlStore, today: Domain, day: dt.date
) -> None:
    """Whatever day it is; no plan but one is late."""
    season = Season.of(day)
    found = reports(played, today)
    assert {case.state for case in found} == {ACCEPTED}
    assert all(case.public for case in found)
    told = {plan: set[str]() for plan in IN_FORCE}
    for case in found:
        told[case.plan_id].add(case.id)
    both = {str(season.first), str(season.last)}
    assert told.pop("demo-indigo") == {str(season.first)}
    assert all(halves == both for halves in told.values())
    with played.read() as unit:
        due = due_list(today.view(LOCAL), unit, today, reader=LOCAL)
    late = {row.plan_id for row in due if row.status is PeriodStatus.LATE}
    assert late == {"demo-indigo"}


def test_every_grade_occurs(played: SqlStore, today: Domain) -> None:
    """From regressed to achieved, and the poor ones tell why and what follows."""
    found = reports(played, today)
    grades = {
        indicator.grade
        for case in found
        for measure in case.document.grades
        for indicator in measure.indicators
    }
    assert grades == set(Grade)
    for case in found:
        for measure in case.document.grades:
            row = case.document.row(measure.measure)
            assert row is not None
            if measure.is_poor:
                assert row.causes
                assert row.response is not None


def test_a_report_that_was_sent_back_is_put_right(
    played: SqlStore, today: Domain
) -> None:
    """It was submitted twice, and accepted by a body of the state."""
    with played.read() as unit:
        happened = [
            str(event.kind)
            for event in unit.events(first=1000)
            if event.aggregate == REPORT.key
            and event.aggregate_id == "demo-semiconductor"
            and event.kind != "report_filled"
        ]
    assert happened == [
        "report_opened",
        "report_submit_taken",
        "report_send_back_taken",
        "report_submit_taken",
        "report_accept_taken",
        "report_opened",
        "report_submit_taken",
        "report_accept_taken",
    ]
    found = cases(played, today, "demo-semiconductor", REPORT)
    assert not any(case.document.sent_back_reason for case in found)


def test_proposals_are_answered_both_ways(played: SqlStore, today: Domain) -> None:
    """Anybody may read the adopted one; each answer has a reason."""
    found = cases(played, today, "demo-semiconductor", PROPOSAL)
    assert {(c.id, c.state, c.public) for c in found} == {
        ("PR-1", "adopted", True),
        ("PR-2", "not_adopted", False),
    }
    assert all(case.document.answer.reason for case in found)


def test_editions_come_from_a_revision_and_from_a_correction(
    played: SqlStore, today: Domain, day: dt.date
) -> None:
    """The revision answers a poor report, and the next report is on its edition."""
    seen = plans(played, today, ANONYMOUS)
    editions = {id: stored.standing.edition for id, stored in seen.items()}
    assert editions.pop("demo-precision-parts") == "2.0"
    assert editions.pop("demo-woodwork") == "1.1"
    assert set(editions.values()) == {"1.0"}
    (revision,) = cases(played, today, "demo-precision-parts", REVISION)
    season = Season.of(day)
    assert (revision.state, revision.document.report) == ("adopted", str(season.first))
    found = cases(played, today, "demo-precision-parts", REPORT)
    assert {(c.id, c.document.edition) for c in found} == {
        (str(season.first), "1.0"),
        (str(season.last), "2.0"),
    }


def test_a_comment_on_the_draft_is_not_public(played: SqlStore, today: Domain) -> None:
    """It is open, and of a body of the state."""
    (comment,) = cases(played, today, "demo-seafood", COMMENT)
    assert (comment.state, comment.public) == ("open", False)
    assert comment.owner == Actor.parse("meti:meti")


def test_the_log_of_the_demonstration_is_sound_and_in_the_order_of_time(
    played: SqlStore, day: dt.date
) -> None:
    """No event is after its today."""
    assert list(played.verify()) == []
    with played.read() as unit:
        times = [event.recorded_at for event in unit.events(first=1000)]
    assert all(earlier <= later for earlier, later in pairwise(times))
    assert day_in_tokyo(times[-1]) <= day


def test_the_same_day_gives_the_same_demonstration(
    played: SqlStore, today: Domain, tmp_path: Path
) -> None:
    """Ids, texts, days and times of events, to the last character."""
    again = opened(tmp_path / "again", today)
    play(again, today)
    assert content(again) == content(played)
    again.close()


def test_the_demonstration_again_leaves_what_is_there(
    played: SqlStore, today: Domain
) -> None:
    """On the same day and years later."""
    before = content(played)
    assert play(played, today) == ()
    assert play(played, on(today, today.today() + dt.timedelta(days=900))) == ()
    assert content(played) == before


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2026-11-21", "FY2025H1", "FY2025H2"),
        ("2026-12-30", "FY2025H1", "FY2025H2"),
        ("2026-12-31", "FY2025H2", "FY2026H1"),
        ("2027-06-30", "FY2025H2", "FY2026H1"),
        ("2027-07-01", "FY2026H1", "FY2026H2"),
    ],
)
def test_the_season_ends_with_the_half_that_would_be_late(
    text: str, first: str, last: str
) -> None:
    """A day after the tolerance of a half, its report is expected to be in."""
    season = Season.of(dt.date.fromisoformat(text))
    assert (str(season.first), str(season.last)) == (first, last)
    assert period_of(season.last).late_after < season.today


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("from: FY2026, to: FY2028}", "from: FY2029, to: FY2031}"),
        ("date: 2027-03-31}", "date: 2030-03-31}"),
        ("half: FY2027H2", "half: FY2030H2"),
        ("（2024年度、架空）", "（2027年度、架空）"),
        ("amount: 2026000", "amount: 2026000"),
        ('municipality: "202035"', 'municipality: "202035"'),
        ('value: "2026"', 'value: "2026"'),
        ("造成2,026m2 × 2万円", "造成2,026m2 × 2万円"),
    ],
)
def test_years_are_moved_and_nothing_else(before: str, after: str) -> None:
    """Days, fiscal years and halves, and years in words."""
    assert moved(before, 3) == after


def test_a_passage_that_a_text_does_not_have_cannot_be_changed(domain: Domain) -> None:
    """Nor one that it has twice."""
    for passage in ("nothing of the kind", "title"):
        with pytest.raises(ValueError, match="does not say once"):
            read_sample("indigo", 0, domain.plan_types, {passage: "other"})


def test_a_share_needs_an_indicator_with_a_path(domain: Domain) -> None:
    """Without a baseline and a target there is nothing to take a share of."""
    plan = read_sample("indigo", 0, domain.plan_types).plan
    bare = attrs.evolve(
        plan, indicators=tuple(attrs.evolve(i, target=None) for i in plan.indicators)
    )
    half = FiscalHalf.parse("FY2026H1")
    assert half is not None
    with pytest.raises(ValueError, match="has no path"):
        Told(text="進めた", values={"IN-2": "90%"}).row("M-02", bare, half)


def test_a_warning_without_an_answer_stops_the_story(
    sqlite_store: SqlStore, domain: Domain
) -> None:
    """A rule that a story does not know of is not waived in silence."""
    stage = Stage(
        name="woodwork",
        store=sqlite_store,
        domain=domain,
        clock=MovingClock(),
        season=Season.of(domain.today()),
    )
    city = Actor.parse("municipality:212032")
    stage.clock.move_to(domain.today())
    stage.save(city)
    with pytest.raises(UnansweredError):
        stage.step("submit_for_precheck", city, why={"STR-08": "足りている"})
