"""A plan file that fills every attribute comes through files and stores unharmed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args, get_type_hints

import attrs
import pytest

from clusterplan.core.documents.codec import Codec
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.documents.writer import dump_plan_file
from clusterplan.core.errors import InputError
from clusterplan.core.files import PlanFile
from clusterplan.core.plans import PlanDetails
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.sql import SqlStore
from plan_documents import load_text, looked_at
from stores import looking, save
from strategies import plan_types

WHOLE = (Path(__file__).parent / "whole_plan.yaml").read_text(encoding="utf-8")
MEASURE = "/policy_means/measures/1"


@pytest.fixture(scope="module")
def whole() -> PlanFile:
    """Return the plan file that fills every attribute."""
    return load_text(WHOLE)


def classes(annotation: Any) -> set[type]:
    """Return the classes of the domain that an annotation leads to."""
    found: set[type] = set()
    waiting = [annotation]
    while waiting:
        current = waiting.pop()
        if isinstance(current, type) and attrs.has(current) and current not in found:
            found.add(current)
            hints = get_type_hints(current, include_extras=True)
            waiting += [hints[a.name] for a in attrs.fields(current)]
        waiting += get_args(current)
    return found


def filled(value: Any) -> Iterator[tuple[type, str]]:
    """Yield class and name of each attribute in *value* that has left its default."""
    if isinstance(value, tuple):
        for item in value:
            yield from filled(item)
    if attrs.has(type(value)):
        for attribute in attrs.fields(type(value)):
            inner = getattr(value, attribute.name)
            if inner != attribute.default:
                yield type(value), attribute.name
            yield from filled(inner)


def test_every_attribute_of_every_class_is_filled(whole: PlanFile) -> None:
    """A new attribute has to be added to the file, or this tells its name."""
    known = classes(PlanFile) | classes(type(whole.plan.details))
    every = {(c, a.name) for c in known - {PlanDetails} for a in attrs.fields(c)}
    missed = every - set(filled(whole))
    assert {f"{cls.__name__}.{name}" for cls, name in missed} == set()


@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_it_is_written_and_read_back_equal(whole: PlanFile, syntax: Any) -> None:
    """Nothing gets lost in a file, and a second writing changes nothing."""
    text = dump_plan_file(whole, syntax)
    again = load_plan_file(parse_text(text, syntax=syntax), plan_types())
    assert again == whole
    assert dump_plan_file(again, syntax) == text


def test_it_is_kept_as_text_and_read_back_equal(whole: PlanFile) -> None:
    """Nothing gets lost in the canonical text."""
    codec = Codec(plan_types())
    assert codec.plan(codec.plan_text(whole.plan)) == whole.plan
    (project,) = whole.investments
    assert codec.investment(codec.investment_text(project)) == project


def problems(changes: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Return reason, pointer and Japanese text of what is refused after *changes*."""
    data: Any = parse_text(WHOLE).data
    with pytest.raises(InputError) as caught:
        load_plan_file(source_of(changed(data, changes)), plan_types())
    return [(p.reason, p.pointer, p.message_ja) for p in looked_at(caught.value)]


@pytest.mark.parametrize(
    ("pointer", "ja"),
    [
        (f"{MEASURE}/answers/0", "課題"),
        (f"{MEASURE}/indicators/0", "指標"),
        (f"{MEASURE}/people/0", "人材"),
        (f"{MEASURE}/links/0", "関連計画"),
        (f"{MEASURE}/depends_on/0/measure", "施策"),
        ("/path/impacts/0/indicator", "指標"),
        ("/clusters/0/members/1", "組織"),
        ("/organizations/0/partners/0", "組織"),
        ("/cooperation/0/partners/1", "組織"),
        ("/outcome_chain/0/cause", "施策・指標・インパクト"),
        ("/outcome_chain/0/effect", "指標・インパクト"),
        ("/indicators/0/formula/numerator", "指標"),
        ("/indicators/0/formula/denominator", "指標"),
        ("/venues/0/meetings/0/minutes", "添付"),
        ("/venues/0/meetings/0/decisions/0/measures/0", "施策"),
        ("/details/market_claims/0/indicator", "指標"),
    ],
)
@pytest.mark.parametrize("id_", ["X-9", "CO-1"])
def test_a_reference_leads_to_its_sort_of_part(pointer: str, ja: str, id_: str) -> None:
    """An id that no part has, and the id of another sort of part, lead nowhere."""
    told = f"「{id_}」という{ja}はこの計画にありません"
    assert problems({pointer: id_}) == [("DANGLING_REFERENCE", pointer, told)]


def test_a_measure_is_a_cause_but_no_effect() -> None:
    """The chain ends in numbers; measures stand at its beginning."""
    ((reason, pointer, _),) = problems({"/outcome_chain/0/effect": "M-1"})
    assert (reason, pointer) == ("DANGLING_REFERENCE", "/outcome_chain/0/effect")


@pytest.mark.parametrize(
    "pointer",
    [
        "/clusters/0/id",
        "/cooperation/0/id",
        "/outcome_chain/0/id",
        "/consultations/0/id",
        "/details/supply_chain/0/id",
        "/venues/0/id",
        f"{MEASURE}/five_w1h/deadline/milestones/0/id",
    ],
)
def test_a_part_may_not_have_the_id_of_another(pointer: str) -> None:
    """Ids are one set for all sorts of parts; details have their share in it."""
    reasons = [
        reason for reason, place, _ in problems({pointer: "CH-1"}) if place == pointer
    ]
    assert reasons == ["DUPLICATE_ID"]


def test_it_is_stored_and_read_back_by_name(
    whole: PlanFile, sqlite_store: SqlStore, domain: Domain
) -> None:
    """A store hands out the same objects, attribute by attribute."""
    save(sqlite_store, domain, whole)
    with sqlite_store.read() as unit:
        stored = unit.plan(whole.plan.id, looking())
        assert stored is not None
        plan = stored.plan
    assert plan == whole.plan
    for attribute in attrs.fields(type(plan)):
        kept = getattr(whole.plan, attribute.name)
        assert getattr(plan, attribute.name) == kept != attribute.default
