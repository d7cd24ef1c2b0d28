"""Free texts are refused or normalised alike by library, command line and GraphQL."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any

import pytest

import clusterplan as cp
from clusterplan.core.actors import Actor
from clusterplan.core.clock import fixed_clock
from clusterplan.core.comments import COMMENT, Comment
from clusterplan.core.errors import PlanError
from clusterplan.core.identifiers import PartId
from clusterplan.core.services.answers import StepComment, Waiver
from clusterplan.core.services.commenting import (
    SaveComment,
    SettleComment,
    save_comment,
    settle_comment,
)
from clusterplan.core.services.stepping import TakeStep, take_step
from clusterplan.core.services.tokens import CreateToken, create_token
from clusterplan.plugins.host import Plugins
from commands import Run, WriteFile
from sent import send
from served import Served
from steps import B_PLAN
from stores import REGIONAL, TODAY

NIIGATA, METI = "prefecture:150002", "meti:meti"
INVISIBLE, DECOMPOSED, COMPOSED = "a\u202eb", "か\u3099", "が"
Told = list[tuple[str, str]]
"""Reason and last step of the place of each problem."""


@pytest.fixture
def book(
    run: Run, write: WriteFile, sqlite_url: str, plugins: Plugins
) -> Iterator[cp.Book]:
    """Open a book with the draft of a B plan; the command line uses it, too."""
    assert run("import", write(REGIONAL)).code == 0
    with cp.open(sqlite_url, plugins=plugins, clock=fixed_clock(TODAY)) as opened:
        yield opened


class Library:
    """Acts by objects."""

    def __init__(self, book: cp.Book, run: Run) -> None:
        self.book, self.run = book, run

    def remark(self, id_: str, text: str) -> Told:
        """Save a comment."""
        comment = Comment(id=PartId(id_), edition="d1", text=text)
        command = SaveComment(plan_id=B_PLAN, comment=comment, by=Actor.parse(METI))
        return self._told(save_comment, command)

    def settle(self, id_: str, reply: str) -> Told:
        """Settle a comment."""
        command = SettleComment(
            plan_id=B_PLAN,
            comment_id=PartId(id_),
            reply=reply,
            by=Actor.parse(NIIGATA),
            expected_version=1,
        )
        return self._told(settle_comment, command)

    def step(self, reason: str, comment: str, waiver: str) -> Told:
        """Give a draft up, with texts."""
        command = TakeStep(
            plan_id=B_PLAN,
            step="abandon",
            by=Actor.parse(NIIGATA),
            expected_version=1,
            reason=reason,
            comments=(StepComment(text=comment),),
            waivers=(Waiver(rule_id="B-01", reason=waiver),),
        )
        return self._told(take_step, command)

    def _told(self, act: Callable[..., object], command: object) -> Told:
        try:
            act(command, self.book.store, self.book.domain)
        except PlanError as error:
            return [(p.reason, str(p.path[-1])) for p in error.problems]
        return []


class CommandLine(Library):
    """Acts by the command."""

    def remark(self, id_: str, text: str) -> Told:
        """Save a comment."""
        return self._ran("comment", "save", B_PLAN, id_, text, "--as", METI)

    def settle(self, id_: str, reply: str) -> Told:
        """Settle a comment."""
        return self._ran("comment", "settle", B_PLAN, id_, reply, "--as", NIIGATA)

    def step(self, reason: str, comment: str, waiver: str) -> Told:
        """Give a draft up, with texts."""
        more = ("--comment", f"={comment}", "--waive", f"B-01:={waiver}")
        texts = ("--reason", reason, *more)
        return self._ran("step", B_PLAN, "abandon", "--as", NIIGATA, *texts)

    def _ran(self, *arguments: str) -> Told:
        told = json.loads(self.run(*arguments, "--format", "json").out)
        problems = told.get("problems", ())
        return [(p["reason"], p["pointer"].split("/")[-1]) for p in problems]


class GraphQL(Library):
    """Acts by mutations."""

    def remark(self, id_: str, text: str) -> Told:
        """Save a comment."""
        return self._sent("saveComment", METI, id=id_, edition="d1", text=text)

    def settle(self, id_: str, reply: str) -> Told:
        """Settle a comment."""
        sent = {"id": id_, "reply": reply, "expectedVersion": 1}
        return self._sent("settleComment", NIIGATA, **sent)

    def step(self, reason: str, comment: str, waiver: str) -> Told:
        """Give a draft up, with texts."""
        return self._sent(
            *("takeStep", NIIGATA),
            step="abandon",
            expectedVersion=1,
            reason=reason,
            comments=[{"text": comment}],
            waivers=[{"ruleId": "B-01", "reason": waiver}],
        )

    def _sent(self, name: str, by: str, **sent: Any) -> Told:
        book = self.book
        served = Served(store=book.store, domain=book.domain, plugins=book.plugins)  # type: ignore[arg-type]
        done = send(served, name, by=by, planId=B_PLAN, **sent)
        return [(p["reason"], p["path"][-1]) for p in done.get("problems", ())]


@pytest.fixture(params=[Library, CommandLine, GraphQL])
def surface(request: pytest.FixtureRequest, book: cp.Book, run: Run) -> Library:
    """Return a way to act on the book."""
    made: Library = request.param(book, run)
    return made


def test_invisible_characters_are_refused(surface: Library) -> None:
    """In every free text, all at once, and nothing is written."""
    before = _events(surface)
    assert surface.remark("C-1", INVISIBLE) == [("FORBIDDEN_CHARACTER", "text")]
    assert surface.settle("C-1", INVISIBLE) == [("FORBIDDEN_CHARACTER", "reply")]
    assert surface.step(INVISIBLE, INVISIBLE, INVISIBLE) == [
        ("FORBIDDEN_CHARACTER", "reason"),
        ("FORBIDDEN_CHARACTER", "text"),
        ("FORBIDDEN_CHARACTER", "reason"),
    ]
    assert _events(surface) == before


def test_texts_are_kept_in_normal_form(surface: Library) -> None:
    """Two spellings of one text are the same text."""
    assert surface.remark("C-1", DECOMPOSED) == []
    assert surface.settle("C-1", DECOMPOSED) == []
    with surface.book.store.read() as unit:
        case = unit.case(B_PLAN, COMMENT, "C-1")
    assert case is not None
    assert (case.document.text, case.document.reply) == (COMPOSED, COMPOSED)


def test_an_id_that_is_none_is_refused(surface: Library) -> None:
    """Nobody could read the comment any more."""
    assert surface.remark("C 1", "x") == [("BAD_ID", "id")]


def test_the_note_of_a_token_is_looked_at(book: cp.Book) -> None:
    """It is printed in lists."""
    by = Actor.parse(METI)
    with pytest.raises(PlanError) as caught:
        create_token(
            CreateToken(actor=by, note="\u0007"), book.store, book.domain, bytes
        )
    assert [p.path for p in caught.value.problems] == [("note",)]


def _events(surface: Library) -> int:
    with surface.book.store.read() as unit:
        return unit.revision()
