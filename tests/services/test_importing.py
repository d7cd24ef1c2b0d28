"""Plan files become drafts, or an imported past; everything else is refused."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from clusterplan.core.actors import LOCAL_OPERATOR, Actor
from clusterplan.core.errors import ErrorCode, InputError, PlanError, Problem
from clusterplan.core.files import PlanFile
from clusterplan.core.history import HistoryEntry
from clusterplan.core.identifiers import InvestmentId, Key
from clusterplan.core.investments import Investment
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.importing import (
    ImportPlan,
    KnownPlanError,
    PlanTypeChangedError,
    RecordRefusedError,
    import_plan,
)
from clusterplan.core.services.permits import PublicTextError
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.store import StalePlanError, Store
from stores import (
    IN_FORCE,
    KYUSHU,
    LOCAL_GROWTH,
    REGIONAL,
    STRATEGIC,
    TODAY,
    MakePlanFile,
    looking,
    on,
    record,
    save,
    titled,
)

BUREAU = Actor.parse("regional_bureau:kyushu")


def events(store: Store) -> list[tuple[str, str, int]]:
    """Return kind, plan and version of all events."""
    with store.read() as unit:
        return [(e.kind, e.aggregate_id, e.version) for e in unit.events()]


def investments_of(store: Store, plan_id: str) -> dict[str, Investment]:
    """Return the investments that a plan counts on, as it has pinned them."""
    with store.read() as unit:
        current = unit.current(plan_id)
        assert current is not None
        found = unit.investments(current.pins.values())
        return {id_: found[digest] for id_, digest in current.pins.items()}


def looked_at(error: PlanError) -> tuple[Problem, ...]:
    """Return the problems of a refusal, each of which must speak two languages."""
    for problem in error.problems:
        assert any(ord(char) > 0x3000 for char in problem.message_ja)
        assert problem.message_en.isascii()
    return error.problems


def test_a_new_plan_is_a_draft_of_its_first_edition(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A file without a past makes a draft that is read as it was written."""
    file = plan_file(STRATEGIC)
    done = save(store, domain, file, by=BUREAU)
    assert done.changed
    assert (done.standing.version, done.standing.edition) == (1, "d1")
    assert (done.standing.state, done.standing.public) == ("drafting", False)
    assert done.standing.valid_from == TODAY
    assert done.event is not None
    assert (done.event.actor, done.event.sequence) == (BUREAU, 1)
    assert events(store) == [("plan_saved", file.plan.id, 1)]
    with store.read() as unit:
        found = unit.plan(file.plan.id, looking(reader=KYUSHU))
    assert found is not None
    assert found.plan == file.plan
    assert tuple(investments_of(store, file.plan.id).values()) == file.investments


def test_the_same_text_again_changes_nothing(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A repetition is no change and no conflict, whatever version it names."""
    file = plan_file(STRATEGIC)
    first = save(store, domain, file)
    for version in (None, 1, 7):
        again = save(store, on(domain, TODAY.replace(year=2027)), file, version=version)
        assert again.event is None
        assert not again.changed
        assert again.standing == first.standing
    assert len(events(store)) == 1


def test_a_past_that_is_imported_again_changes_nothing(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The same file can be imported any number of times."""
    file = plan_file(REGIONAL, {"/record": record()})
    first = save(store, domain, file)
    for day in (TODAY, TODAY.replace(year=2027)):
        assert save(store, on(domain, day), file).standing == first.standing
    assert events(store) == [("plan_imported", file.plan.id, 1)]


ANOTHER_PAST: dict[str, Any] = {
    "edition": record(edition="1.1"),
    "source": record() | {"source": "別の資料"},
    "a day": record((("drafting", "2026-05-01"), ("in_force", "2026-06-02"))),
    "a state more": record((*IN_FORCE, ("closed", "2026-07-01"))),
    "a state less": record(IN_FORCE[:1]),
    "an assumed day": record()
    | {
        "history": [
            {"state": "drafting", "on": "2026-05-01"},
            {"state": "in_force", "on": "2026-06-01", "basis": "assumed"},
        ]
    },
}


@pytest.mark.parametrize("difference", ANOTHER_PAST)
@pytest.mark.parametrize("dry_run", [False, True])
def test_the_same_text_with_another_past_is_refused(
    store: SqlStore,
    domain: Domain,
    plan_file: MakePlanFile,
    difference: str,
    *,
    dry_run: bool,
) -> None:
    """It is not passed over in silence; nothing is changed."""
    save(store, domain, plan_file(REGIONAL, {"/record": record()}))
    file = plan_file(REGIONAL, {"/record": ANOTHER_PAST[difference]})
    command = ImportPlan(file=file, by=LOCAL_OPERATOR, dry_run=dry_run)
    with pytest.raises(KnownPlanError) as caught:
        import_plan(command, store, domain)
    (problem,) = looked_at(caught.value)
    assert (problem.reason, problem.current_version) == ("PLAN_EXISTS", 1)
    assert len(events(store)) == 1


def test_a_past_for_the_text_of_a_draft_is_refused(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """The draft keeps the past that it has; without one the file is no change."""
    save(store, domain, plan_file(REGIONAL))
    with pytest.raises(KnownPlanError):
        save(store, domain, plan_file(REGIONAL, {"/record": record()}))
    assert not save(store, domain, plan_file(REGIONAL)).changed


def test_the_text_of_an_imported_plan_without_its_past_changes_nothing(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A file that tells no past does not contradict the stored one."""
    save(store, domain, plan_file(REGIONAL, {"/record": record()}))
    assert not save(store, domain, plan_file(REGIONAL)).changed


@pytest.mark.parametrize("version", [None, 0, 2])
def test_a_change_of_another_version_is_refused(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, version: int | None
) -> None:
    """A change names the version it is based on; an old one is told the new one."""
    file = plan_file(STRATEGIC)
    save(store, domain, file)
    with pytest.raises(StalePlanError) as caught:
        save(store, domain, titled(file, "x"), version=version)
    (problem,) = looked_at(caught.value)
    assert (caught.value.expected, problem.current_version) == (version, 1)
    assert len(events(store)) == 1


def test_a_change_of_an_unknown_plan_is_refused(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A version of a plan that is not stored is stale as well."""
    with pytest.raises(StalePlanError) as caught:
        save(store, domain, plan_file(), version=1)
    (problem,) = looked_at(caught.value)
    assert problem.current_version is None
    assert "現在：なし" in problem.message_ja
    assert "unknown" in problem.message_en


def test_a_past_is_imported_by_the_operator_only(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """There is no way round a lifecycle for anybody else (ACT-01)."""
    file = plan_file(REGIONAL, {"/record": record()})
    with pytest.raises(RecordRefusedError) as caught:
        save(store, domain, file, by=Actor.parse("prefecture:150002"))
    (problem,) = looked_at(caught.value)
    assert (problem.code, problem.rule_id) == (ErrorCode.FORBIDDEN, "ACT-01")
    assert events(store) == []


def test_a_past_is_imported_for_a_new_plan_only(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A plan that the store follows already has its past there."""
    save(store, domain, plan_file(REGIONAL))
    file = titled(plan_file(REGIONAL, {"/record": record()}), "x")
    with pytest.raises(KnownPlanError) as caught:
        save(store, domain, file, version=1)
    (problem,) = looked_at(caught.value)
    assert (problem.reason, problem.current_version) == ("PLAN_EXISTS", 1)


def test_a_plan_keeps_its_type(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """States belong to the type: another type is another plan."""
    save(store, domain, plan_file(REGIONAL, {"/id": "x"}))
    with pytest.raises(PlanTypeChangedError) as caught:
        save(store, domain, plan_file(LOCAL_GROWTH, {"/id": "x"}), version=1)
    (problem,) = looked_at(caught.value)
    assert (problem.code, problem.hint) == (ErrorCode.CONFLICT, REGIONAL)


@pytest.mark.parametrize("with_record", [False, True])
def test_a_public_edition_does_not_change(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile, *, with_record: bool
) -> None:
    """What anybody may read stays as it is (REV-07)."""
    file = plan_file(REGIONAL, {"/record": record()})
    save(store, domain, file)
    other = titled(file if with_record else plan_file(REGIONAL), "x")
    with pytest.raises(PublicTextError) as caught:
        save(store, domain, other, version=1)
    (problem,) = looked_at(caught.value)
    assert (problem.rule_id, problem.current_version) == ("REV-07", 1)
    assert problem.code is ErrorCode.CONFLICT


def test_a_past_does_not_reach_into_the_future(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Today is the last day that can have happened; all problems come at once."""
    days = [("drafting", "2026-11-22"), ("in_force", "2026-11-23")]
    file = plan_file(REGIONAL, {"/record": record(days)})
    with pytest.raises(InputError) as caught:
        save(store, domain, file)
    assert [(p.reason, p.pointer) for p in looked_at(caught.value)] == [
        ("HISTORY_IN_FUTURE", "/record/history/0/on"),
        ("HISTORY_IN_FUTURE", "/record/history/1/on"),
    ]
    save(store, on(domain, dt.date(2026, 11, 23)), file)


def test_a_file_that_was_made_by_hand_is_checked_as_well(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A past and a plan that no loader has seen must hold together."""
    file = plan_file(REGIONAL, {"/record": record()})
    assert file.record is not None
    wrong = attrs.evolve(
        file.record, history=(HistoryEntry(state=Key("nowhere"), on=TODAY),)
    )
    doubled = attrs.evolve(file.plan, indicators=file.plan.indicators[:1] * 2)
    with pytest.raises(InputError) as caught:
        save(store, domain, PlanFile(plan=doubled, record=wrong))
    reasons = {p.reason for p in looked_at(caught.value)}
    assert reasons >= {"DUPLICATE_ID", "UNKNOWN_STATE"}
    assert ("record", "history", 0, "state") in {p.path for p in caught.value.problems}


def test_a_reference_to_an_unknown_investment_is_refused(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Every investment is told by some plan first; all that are missing are named."""
    references = [{"ref": "INV-8"}, {"ref": "INV-9"}]
    with pytest.raises(InputError) as caught:
        save(store, domain, plan_file(changes={"/investments": references}))
    assert [(p.reason, p.pointer) for p in looked_at(caught.value)] == [
        ("UNKNOWN_INVESTMENT", "/investments/0/ref"),
        ("UNKNOWN_INVESTMENT", "/investments/1/ref"),
    ]
    assert events(store) == []


def test_two_plans_share_an_investment(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """One tells it, the other refers to it, or tells it in the very same words."""
    first = plan_file(STRATEGIC)
    save(store, domain, first)
    reference = {"/investments": [{"ref": "SAMPLE-INV-1"}]}
    second = plan_file(REGIONAL, reference)
    save(store, domain, second)
    third = plan_file(LOCAL_GROWTH, reference)
    save(store, domain, attrs.evolve(third, investments=first.investments))
    with store.read() as unit:
        head = unit.investment_head("SAMPLE-INV-1")
        mapped = unit.mapped(looking())
    assert head is not None
    assert (head.version, head.defined_by) == (1, first.plan.id)
    assert investments_of(store, second.plan.id) == investments_of(store, third.plan.id)
    named = [{f.investment_id for f in plan.features} - {None} for plan in mapped]
    assert named == [{"SAMPLE-INV-1"}] * 3


def test_another_plan_does_not_tell_an_investment_differently(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """One investment has one definition, and the refusal says what to write."""
    save(store, domain, plan_file(STRATEGIC))
    other = plan_file(REGIONAL, {"/investments/0/id": "SAMPLE-INV-1"})
    with pytest.raises(InputError) as caught:
        save(store, domain, other)
    (problem,) = looked_at(caught.value)
    assert problem.reason == "INVESTMENT_DEFINED_DIFFERENTLY"
    assert problem.code is ErrorCode.CONFLICT
    assert problem.hint == "{ref: SAMPLE-INV-1}"
    assert len(events(store)) == 1


def test_a_pin_keeps_the_definition_that_a_text_was_saved_with(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A new definition is the plan's own that told it, until others are saved again."""
    first = plan_file(STRATEGIC)
    save(store, domain, first)
    second = plan_file(REGIONAL, {"/investments": [{"ref": "SAMPLE-INV-1"}]})
    save(store, domain, second)
    (old,) = first.investments
    new = attrs.evolve(old, title="新しい名称")
    done = save(store, domain, attrs.evolve(first, investments=(new,)), version=1)
    assert done.event is not None
    assert done.standing.digest == save(store, domain, first, version=2).standing.digest
    save(store, domain, attrs.evolve(first, investments=(new,)), version=3)
    key = InvestmentId("SAMPLE-INV-1")
    assert investments_of(store, first.plan.id) == {key: new}
    assert investments_of(store, second.plan.id) == {key: old}
    save(store, domain, second, version=1)
    assert investments_of(store, second.plan.id) == {key: new}
    with store.read() as unit:
        head = unit.investment_head(key)
    assert head is not None
    assert head.version == 4
    assert list(store.verify()) == []


def test_a_dry_run_tells_and_changes_nothing(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """What would be is told with its findings; what is stays as it is."""
    file = plan_file(STRATEGIC)
    command = ImportPlan(file=file, by=LOCAL_OPERATOR, dry_run=True)
    would = import_plan(command, store, domain)
    assert events(store) == []
    assert (would.changed, would.dry_run, would.event) == (True, True, None)
    done = save(store, domain, file)
    assert would.standing == done.standing
    assert would.report == done.report
    again = import_plan(command, store, domain)
    assert (again.changed, again.standing) == (False, done.standing)
    with pytest.raises(StalePlanError):
        import_plan(attrs.evolve(command, file=titled(file, "x")), store, domain)


def test_the_findings_of_the_rules_do_not_stop_a_save(
    store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """A draft that loads can always be saved, with everything that is to say of it."""
    changes: dict[str, Any] = {"/region": ["999999"], "/fields": [], "/lead": None}
    done = save(store, domain, plan_file(STRATEGIC, changes))
    assert done.event is not None
    assert done.report.findings
    with store.read() as unit:
        (mapped,) = unit.mapped(looking())
    assert mapped.prefectures == ()
    assert list(store.verify()) == []


def test_a_file_of_an_imported_edition_is_checked_with_its_number(
    domain: Domain, plan_file: MakePlanFile
) -> None:
    """The rules can be asked without a store."""
    for changes in ({"/record": record()}, {}):
        report = domain.check_file(plan_file(REGIONAL, changes))
        assert not report.unchecked
