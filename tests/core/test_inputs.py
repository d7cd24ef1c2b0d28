"""Commands are looked at before anything is done: ids and texts, each with its place."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from clusterplan.core.actors import Actor
from clusterplan.core.comments import Comment
from clusterplan.core.errors import MOST_PROBLEMS, InputError
from clusterplan.core.identifiers import PartId
from clusterplan.core.inputs import normalised
from clusterplan.core.parts import PartKind
from clusterplan.core.services.answers import StepComment, Waiver
from clusterplan.core.services.commenting import SaveComment
from clusterplan.core.services.editing import EditPart
from clusterplan.core.services.importing import ImportPlan
from clusterplan.core.services.stepping import TakeStep
from steps import NIIGATA
from stores import REGIONAL, MakePlanFile, titled

DECOMPOSED, COMPOSED = "か\u3099", "が"


def step(**facts: Any) -> TakeStep:
    """Return a command with texts."""
    return TakeStep(
        plan_id="p-1", step="publish", by=NIIGATA, expected_version=1, **facts
    )


def places(given: object) -> list[tuple[str, str]]:
    """Return reason and place of each problem of a command."""
    with pytest.raises(InputError) as caught:
        normalised(given)
    for problem in caught.value.problems:
        assert not problem.message_ja.isascii()
        assert problem.message_en
    return [(p.reason, p.pointer) for p in caught.value.problems]


def test_a_command_with_nothing_to_mend_stays_the_very_same() -> None:
    """Nothing is built anew."""
    command = step(reason=COMPOSED, comments=(StepComment(text="x"),))
    assert normalised(command) is command


def test_texts_become_normal_form() -> None:
    """Wherever they stand; two spellings of the same text are one."""
    command = normalised(
        step(
            reason=DECOMPOSED,
            comments=(StepComment(text="x"), StepComment(text=DECOMPOSED)),
            waivers=(Waiver(rule_id="B-01", reason=DECOMPOSED),),
        )
    )
    assert command.reason == COMPOSED
    assert [c.text for c in command.comments] == ["x", COMPOSED]
    assert command.waivers[0].reason == COMPOSED


def test_forbidden_characters_are_told_all_at_once() -> None:
    """Each with the attribute that holds it."""
    command = step(
        reason="a\u202eb",
        comments=(StepComment(text="x"), StepComment(text="\u0000")),
        waivers=(Waiver(rule_id="B-01", reason="\ufeff"),),
    )
    assert places(command) == [
        ("FORBIDDEN_CHARACTER", "/reason"),
        ("FORBIDDEN_CHARACTER", "/comments/1/text"),
        ("FORBIDDEN_CHARACTER", "/waivers/0/reason"),
    ]
    assert places(attrs.evolve(step(), plan_id="a\u0000")) == [
        ("FORBIDDEN_CHARACTER", "/plan_id")
    ]


def test_a_hundred_problems_are_enough() -> None:
    """The first ones."""
    many = tuple(StepComment(text="\u0000") for _ in range(MOST_PROBLEMS + 20))
    assert len(places(step(comments=many))) == MOST_PROBLEMS


@pytest.mark.parametrize("id_", ["", "C 1", "改訂", "x" * 65])
def test_an_id_that_is_none_is_refused(id_: str) -> None:
    """Where it gives a name to something."""
    comment = Comment(id=PartId(id_), edition="d1", text="x")
    command = SaveComment(plan_id="p-1", comment=comment, by=NIIGATA)
    assert places(command) == [("BAD_ID", "/comment/id")]


def test_the_texts_of_a_plan_file_are_looked_at(plan_file: MakePlanFile) -> None:
    """One that is made of objects was read by nobody; places lead into the file."""
    file = plan_file(REGIONAL)
    wrong = ImportPlan(file=titled(file, "a\u202eb"), by=NIIGATA)
    assert places(wrong) == [("FORBIDDEN_CHARACTER", "/title")]
    found = normalised(ImportPlan(file=titled(file, DECOMPOSED), by=NIIGATA))
    assert found.file.plan.title == COMPOSED
    assert found.file.plan.policy_means is file.plan.policy_means


def test_a_document_is_left_to_its_reader() -> None:
    """It is plain data still."""
    command = EditPart(
        plan_id="p-1",
        part=PartKind.MEASURE,
        part_id="M-01",
        document={"id": "M-01", "title": "\u0000"},
        by=Actor.parse("prefecture:150002"),
    )
    assert normalised(command) is command
