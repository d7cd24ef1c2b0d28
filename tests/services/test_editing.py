"""Many offices edit one draft, each its own part."""

from __future__ import annotations

import threading
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.documents.codec import plan_data
from clusterplan.core.errors import ErrorCode, InputError, PlanError
from clusterplan.core.identifiers import PlanId
from clusterplan.core.parts import PartKind
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.editing import (
    EditPart,
    StalePartError,
    UnknownPartError,
    edit_part,
)
from clusterplan.core.storage.sql import SqlStore
from edits import (
    INVESTMENT,
    KUMAMOTO,
    MINISTRY,
    NEW,
    agrees_with_its_log,
    document,
    edit,
    invest,
    plan_of,
    versions,
)
from steps import (
    A_PLAN,
    B_PLAN,
    BUREAU,
    METI,
    NIIGATA,
    NIIGATA_HEAD,
    OTHER_BUREAU,
    SECRETARIAT,
    kinds_of_events,
    problems,
    reasons,
    standing_of,
    step,
    walk,
)
from stores import (
    REGIONAL,
    STRATEGIC,
    MakePlanFile,
    record,
    save,
    titled,
)


@pytest.fixture
def quiet(domain: Domain) -> Domain:
    """Return the domain without a rule."""
    return attrs.evolve(domain, rules=())


@pytest.fixture
def drafted(store: SqlStore, quiet: Domain, plan_file: MakePlanFile) -> SqlStore:
    """Return a store with a draft of type A."""
    save(store, quiet, plan_file(STRATEGIC), by=BUREAU)
    return store


def test_a_part_is_told_anew_and_only_its_version_rises(
    drafted: SqlStore, quiet: Domain
) -> None:
    """It takes the version of the plan; the others stay where they were."""
    before = versions(drafted)
    assert set(before.values()) == {1}
    told = document(drafted, PartKind.MEASURE, "M-02", title="改めた施策")
    done = edit(drafted, quiet, "M-02", told, 1)
    assert (done.part_version, done.standing.version) == (2, 2)
    assert versions(drafted) == {**before, "measure/M-02": 2}
    plan = plan_of(drafted)
    assert [m.id for m in plan.measures] == ["M-01", "M-02", "M-03", "M-04", "M-05"]
    assert plan.measures[1].title == "改めた施策"
    assert kinds_of_events(drafted) == ["plan_saved", "plan_part_edited"]
    assert agrees_with_its_log(drafted)


@pytest.mark.parametrize("kind", list(PartKind))
def test_a_part_is_added_and_taken_away_again(
    drafted: SqlStore, quiet: Domain, kind: PartKind
) -> None:
    """The id comes from the command; what is taken away has no version any more."""
    before = versions(drafted)
    added = edit(drafted, quiet, "N-1", NEW[kind], part=kind)
    assert added.part_version == 2
    assert versions(drafted) == {**before, f"{kind.value}/N-1": 2}
    gone = edit(drafted, quiet, "N-1", None, 2, part=kind)
    assert (gone.part_version, gone.changed) == (None, True)
    assert versions(drafted) == before
    back = edit(drafted, quiet, "N-1", NEW[kind], part=kind)
    assert back.part_version == 4
    assert agrees_with_its_log(drafted)


def test_the_first_measure_of_a_plan_brings_its_section(
    store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """A draft may begin with nothing but a title."""
    keep = ("id", "plan_type", "title", "lead")
    data = plan_data(plan_file(STRATEGIC).plan)
    bare = plan_file(STRATEGIC, {f"/{k}": None for k in data if k not in keep})
    save(store, quiet, bare)
    edit(store, quiet, "M-1", NEW[PartKind.MEASURE])
    assert [m.id for m in plan_of(store).measures] == ["M-1"]


def test_the_same_again_changes_nothing(drafted: SqlStore, quiet: Domain) -> None:
    """Whatever version it names."""
    told = document(drafted, PartKind.VENUE, "V-1")
    for version in (None, 1, 9):
        done = edit(drafted, quiet, "V-1", told, version, part=PartKind.VENUE)
        assert (done.changed, done.part_version) == (False, 1)
    assert len(kinds_of_events(drafted)) == 1


@pytest.mark.parametrize("version", [None, 7])
def test_a_change_of_another_version_of_the_part_is_refused(
    drafted: SqlStore, quiet: Domain, version: int | None
) -> None:
    """It is told the version that there is."""
    told = document(drafted, PartKind.MEASURE, "M-02", title="改めた施策")
    with pytest.raises(StalePartError) as caught:
        edit(drafted, quiet, "M-02", told, version)
    (problem,) = problems(caught.value)
    assert (problem.reason, problem.current_version) == ("STALE_PART", 1)
    assert problem.code is ErrorCode.CONFLICT
    with pytest.raises(StalePartError) as caught:
        edit(drafted, quiet, "N-9", NEW[PartKind.MEASURE], 1)
    assert problems(caught.value)[0].current_version is None


def test_a_dry_run_of_an_edit_changes_nothing(drafted: SqlStore, quiet: Domain) -> None:
    """It tells what would be."""
    done = edit(drafted, quiet, "N-1", NEW[PartKind.MEASURE], dry_run=True)
    assert (done.changed, done.event, done.part_version) == (True, None, 2)
    told = {"ref": INVESTMENT}
    assert not invest(drafted, quiet, told, 1, dry_run=True).changed
    assert standing_of(drafted, A_PLAN).version == 1


@pytest.mark.parametrize(
    ("told", "pointer", "reason"),
    [
        ({}, "/document", "MISSING_KEY"),
        ({"title": "x", "titel": "y"}, "/document/titel", "UNKNOWN_KEY"),
        ({"title": "x", "answers": ["CH-9"]}, *("/document/answers/0", "DANGLING")),
        ({"title": "x", "id": "M-01"}, "/document/id", "PART_ID_CHANGED"),
        (["x"], "/document", "NOT_A_MAPPING"),
    ],
)
def test_a_part_that_does_not_fit_is_refused_with_its_place(
    drafted: SqlStore, quiet: Domain, told: Any, pointer: str, reason: str
) -> None:
    """Paths lead into the document that was sent."""
    with pytest.raises(InputError) as caught:
        edit(drafted, quiet, "N-1", told)
    (problem,) = problems(caught.value)
    assert problem.pointer == pointer
    assert problem.reason.startswith(reason)


def test_a_part_that_others_refer_to_is_not_taken_away(
    drafted: SqlStore, quiet: Domain
) -> None:
    """The places that refer to it are told as they stand in the plan."""
    with pytest.raises(InputError) as caught:
        edit(drafted, quiet, "CH-1", None, 1, part=PartKind.CHALLENGE)
    told = {(p.reason, p.path[:2]) for p in problems(caught.value)}
    assert told == {("DANGLING_REFERENCE", ("policy_means", "measures"))}


def test_a_part_that_is_not_there_is_not_taken_away(
    drafted: SqlStore, quiet: Domain
) -> None:
    """Neither a part nor an investment."""
    with pytest.raises(UnknownPartError) as caught:
        edit(drafted, quiet, "M-99", None)
    assert reasons(caught.value) == ["UNKNOWN_PART"]
    with pytest.raises(UnknownPartError):
        invest(drafted, quiet, None, investment_id="INV-99")


def test_a_whole_file_raises_the_versions_of_the_parts_that_it_changes(
    drafted: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """An office that edits such a part learns of it; the others are not disturbed."""
    changes: dict[str, Any] = {
        "/policy_means/measures/0/title": "別の施策名",
        "/venues/1/title": "別の会議",
    }
    save(drafted, quiet, plan_file(STRATEGIC, changes), version=1)
    raised = {key for key, version in versions(drafted).items() if version == 2}
    assert raised == {"measure/M-01", "venue/V-2"}
    with pytest.raises(StalePartError):
        edit(drafted, quiet, "M-01", NEW[PartKind.MEASURE], 1)
    told = document(drafted, PartKind.MEASURE, "M-02", title="改めた施策")
    assert edit(drafted, quiet, "M-02", told, 1).part_version == 3
    assert agrees_with_its_log(drafted)


@pytest.mark.parametrize(
    ("by", "part_id", "reason"),
    [
        (BUREAU, "M-01", None),
        (LOCAL_OPERATOR, "M-01", None),
        (KUMAMOTO, "M-01", None),
        (KUMAMOTO, "M-03", "NOT_THE_LEAD_BODY"),
        (MINISTRY, "M-03", None),
        (METI, "M-03", "NOT_THE_LEAD_BODY"),
        (OTHER_BUREAU, "M-01", "NOT_THE_LEAD_BODY"),
        (NIIGATA, "M-01", "UNKNOWN_PLAN"),
    ],
)
def test_a_measure_is_edited_by_who_leads_the_plan_or_reports_on_it(
    drafted: SqlStore, quiet: Domain, by: Actor, part_id: str, reason: str | None
) -> None:
    """Nobody else may, and who may not know of the draft does not learn of it."""
    told = document(drafted, PartKind.MEASURE, part_id, title="改めた施策")
    if reason is None:
        assert edit(drafted, quiet, part_id, told, 1, by=by).changed
        return
    with pytest.raises(PlanError) as caught:
        edit(drafted, quiet, part_id, told, 1, by=by)
    assert reasons(caught.value) == [reason]


def test_the_office_of_a_measure_neither_drops_nor_hands_it_over(
    drafted: SqlStore, quiet: Domain
) -> None:
    """Nor does it add measures, or edit parts of another kind."""
    theirs: Any = {"reporter": {"kind": "prefecture", "code": "410004"}}
    told = document(drafted, PartKind.MEASURE, "M-01", **theirs)
    attempts: list[tuple[str, Any, int | None, str, PartKind]] = [
        ("M-01", told, 1, "OFFICE_STAYS", PartKind.MEASURE),
        ("M-01", None, 1, "NOT_THE_LEAD_BODY", PartKind.MEASURE),
        ("N-1", NEW[PartKind.MEASURE], None, "NOT_THE_LEAD_BODY", PartKind.MEASURE),
        ("V-1", NEW[PartKind.VENUE], 1, "NOT_THE_LEAD_BODY", PartKind.VENUE),
    ]
    for part_id, part, version, reason, kind in attempts:
        with pytest.raises(PlanError) as caught:
            edit(drafted, quiet, part_id, part, version, part=kind, by=KUMAMOTO)
        assert reasons(caught.value) == [reason]
    assert edit(drafted, quiet, "M-01", told, 1).changed


def test_only_a_draft_is_edited_in_parts(
    store: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """A text that is handed in, or public, stays as it is."""
    save(store, quiet, plan_file(REGIONAL))
    step(store, quiet, B_PLAN, "submit_for_precheck", NIIGATA)
    facts: dict[str, Any] = {"plan_id": B_PLAN, "by": NIIGATA}
    with pytest.raises(PlanError) as caught:
        edit(store, quiet, "N-1", NEW[PartKind.MEASURE], **facts)
    assert reasons(caught.value) == ["TEXT_FROZEN"]
    steps = [("precheck_ok", METI), ("precheck_ok", SECRETARIAT)]
    walk(store, quiet, B_PLAN, [*steps, ("publish", NIIGATA_HEAD)])
    with pytest.raises(PlanError) as caught:
        edit(store, quiet, "N-1", NEW[PartKind.MEASURE], **facts)
    assert reasons(caught.value) == ["EDITION_IS_PUBLIC"]


def test_parts_of_an_imported_plan_have_the_version_of_its_import(
    drafted: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """They are told by its first event; a plan that is not there has none."""
    changes = {"/record": record(), "/id": "imported", "/investments": None}
    save(drafted, quiet, plan_file(REGIONAL, changes))
    assert set(versions(drafted, "imported").values()) == {1}
    assert versions(drafted, "nowhere") == {}


def race(store: SqlStore, domain: Domain, commands: list[EditPart]) -> list[str]:
    """Let a thread each carry out a command, and return how it ended."""
    ended: list[str] = []
    barrier = threading.Barrier(len(commands))

    def act(command: EditPart) -> None:
        barrier.wait(60)
        try:
            edit_part(command, store, domain)
            ended.append("done")
        except PlanError as error:
            ended.append(error.problems[0].reason)

    threads = [threading.Thread(target=act, args=(c,)) for c in commands]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return ended


@pytest.mark.parametrize("same", [False, True])
def test_writers_of_different_parts_do_not_collide_and_of_the_same_one_wins(
    drafted: SqlStore, quiet: Domain, *, same: bool
) -> None:
    """Five at once, each based on what it read before; nothing is lost."""
    commands = [
        EditPart(
            plan_id=PlanId(A_PLAN),
            part=PartKind.MEASURE,
            part_id=part_id,
            document=document(drafted, PartKind.MEASURE, part_id, title=f"施策 {n}"),
            by=BUREAU,
            expected_part_version=1,
        )
        for n in range(5)
        for part_id in ("M-01" if same else f"M-0{n + 1}",)
    ]
    ended = race(drafted, quiet, commands)
    assert sorted(ended) == ["STALE_PART"] * 4 * same + ["done"] * (1 if same else 5)
    titles = {m.title for m in plan_of(drafted).measures}
    assert len(titles & {f"施策 {n}" for n in range(5)}) == (1 if same else 5)
    assert standing_of(drafted, A_PLAN).version == (2 if same else 6)
    assert agrees_with_its_log(drafted)


def test_a_part_is_edited_beside_a_whole_file(
    drafted: SqlStore, quiet: Domain, plan_file: MakePlanFile
) -> None:
    """A file that is based on the text before the edit is stale."""
    told = document(drafted, PartKind.MEASURE, "M-02", title="改めた施策")
    edit(drafted, quiet, "M-02", told, 1)
    with pytest.raises(PlanError) as caught:
        save(drafted, quiet, titled(plan_file(STRATEGIC), "x"), version=1)
    assert reasons(caught.value) == ["STALE_VERSION"]
