"""The life of one plan of type B, told through the library, commands and GraphQL."""

from __future__ import annotations

import io
import json
import runpy
import secrets
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import attrs
import pytest
from starlette.testclient import TestClient

import clusterplan as cp
from clusterplan import book as books
from clusterplan.api.app import create_app
from clusterplan.cli import main
from clusterplan.core.actors import Actor
from clusterplan.core.clock import Clock
from clusterplan.core.comments import COMMENT
from clusterplan.core.documents.codec import Codec, digest_of
from clusterplan.core.readers import LOCAL
from clusterplan.core.reports import REPORT
from clusterplan.core.revisions import REVISION
from clusterplan.core.services.answers import StepComment
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.tokens import CreateToken, create_token
from clusterplan.core.store import Flaw
from clusterplan.plugins.host import Plugins
from commands import Outcome
from stores import REGIONAL, MakePlanFile
from tellings import ByCommandLine, ByGraphQL, ByLibrary, Data, MovingClock, Teller

PLAN = "sample-regional-machine-parts"
OPERATOR, PREFECTURE = "operator:local", "prefecture:150002"
GOVERNOR = "head_of_local_government:150002"
METI, SECRETARIAT = "meti:meti", "cabinet_secretariat:cas"
OFFICES = (OPERATOR, PREFECTURE, GOVERNOR, METI, SECRETARIAT)

M_01 = "/policy_means/measures/0"
FIRST_DRAFT = {f"{M_01}/five_w1h/way_of_proceeding": ["公募", "着工"]}
REVISED = {
    f"{M_01}/five_w1h/deadline/date": "2028-09-30",
    "/investments/0/money/1/amount": 750_000_000,
}
REMARK = StepComment(
    pointer=f"{M_01}/five_w1h/way_of_proceeding",
    text="設計の時期と稼働までの手順を示してください",
)
INDICATORS = {
    "M-01": ("IN-1", "IN-3"),
    "M-02": ("IN-4",),
    "M-03": ("IN-2",),
    "M-04": ("IN-2",),
    "M-05": ("IN-5",),
}
GOOD = {"IN-1": "4680", "IN-2": "39900", "IN-3": "10", "IN-4": "30", "IN-5": "1.5"}
POOR = {"IN-1": "4690", "IN-2": "40600", "IN-3": "12", "IN-4": "40", "IN-5": "2.5"}
WHY = {
    "text": "炉の入札が成立せず、着工できていない",
    "causes": [
        {
            "category": "procurement",
            "text": "炉の入札が二回続けて不成立となった。予定価格が市況を18%下回っていた",
            "evidence": ["入札結果調書（架空）"],
        }
    ],
    "response": {"kind": "revise", "reason": "期限と事業費を見直す"},
}
ITEM = {
    "id": "RI-1",
    "kind": "retarget",
    "target": "M-01",
    "before": "2028年3月31日まで、企業負担6億円",
    "after": "2028年9月30日まで、企業負担7億5千万円",
    "reason": "炉の入札が不成立となり、市況に合わせて設計と事業費を見直すため",
}


def rows(values: dict[str, str], **why: Data) -> list[dict[str, Any]]:
    """Return the rows of a report, with more answers on some measures."""
    return [
        {
            "measure": measure,
            "text": "おおむね予定どおり進めた",
            "observations": [
                {"indicator": indicator, "value": values[indicator]}
                for indicator in indicators
            ],
            **why.get(measure.replace("-", "_"), {}),
        }
        for measure, indicators in INDICATORS.items()
    ]


def tell(teller: Teller, clock: MovingClock, plan_file: MakePlanFile) -> None:
    """Tell how a plan is drafted, checked, published, followed and revised."""
    published = plan_file(REGIONAL)

    clock.turn_to("2026-04-06")
    teller.save(plan_file(REGIONAL, FIRST_DRAFT))
    teller.step(PREFECTURE, "submit_for_precheck")

    clock.turn_to("2026-04-20")
    teller.step(METI, "send_back", REMARK)
    assert teller.totals("2026-04-20") == (0, 0)

    clock.turn_to("2026-04-27")
    (m_01, *_) = json.loads(cp.dump(published, "json"))["policy_means"]["measures"]
    teller.edit(PREFECTURE, m_01)
    teller.settle(PREFECTURE, "C-1", "設計と稼働の手順を追記した")
    teller.step(PREFECTURE, "submit_for_precheck")

    clock.turn_to("2026-05-11")
    teller.step(METI, "precheck_ok")
    teller.step(SECRETARIAT, "precheck_ok")

    clock.turn_to("2026-06-01")
    teller.step(GOVERNOR, "publish")
    assert teller.totals("2026-06-01") == (1, 900_000_000)

    clock.turn_to("2026-11-20")
    teller.report(PREFECTURE, "FY2026H1", rows(GOOD))

    clock.turn_to("2027-05-20")
    teller.report(PREFECTURE, "FY2026H2", rows(POOR, M_01=WHY))

    clock.turn_to("2027-06-10")
    revised = plan_file(REGIONAL, REVISED)
    teller.revise(PREFECTURE, "R-1", "FY2026H2", revised, ITEM)

    clock.turn_to("2027-07-01")
    teller.adopt(GOVERNOR, "R-1")
    assert teller.totals("2027-06-30") == (1, 900_000_000)
    assert teller.totals("2027-07-01") == (1, 1_050_000_000)


EVENTS = [
    ("2026-04-06", "plan_saved", OPERATOR),
    ("2026-04-06", "plan_step_taken", PREFECTURE),
    ("2026-04-20", "plan_step_taken", METI),
    ("2026-04-20", "comment_saved", METI),
    ("2026-04-27", "plan_part_edited", PREFECTURE),
    ("2026-04-27", "comment_settled", PREFECTURE),
    ("2026-04-27", "plan_step_taken", PREFECTURE),
    ("2026-05-11", "plan_signed", METI),
    ("2026-05-11", "plan_step_taken", SECRETARIAT),
    ("2026-06-01", "plan_step_taken", GOVERNOR),
    ("2026-11-20", "report_opened", PREFECTURE),
    ("2026-11-20", "report_filled", PREFECTURE),
    ("2026-11-20", "report_submit_taken", PREFECTURE),
    ("2027-05-20", "report_opened", PREFECTURE),
    ("2027-05-20", "report_filled", PREFECTURE),
    ("2027-05-20", "report_submit_taken", PREFECTURE),
    ("2027-06-10", "revision_opened", PREFECTURE),
    ("2027-06-10", "revision_saved", PREFECTURE),
    ("2027-07-01", "plan_revised", GOVERNOR),
    ("2027-07-01", "revision_adopted", GOVERNOR),
]


@pytest.fixture
def clock() -> MovingClock:
    """Return the clock of the story."""
    return MovingClock()


@pytest.fixture
def book(sqlite_url: str, clock: MovingClock) -> Iterator[cp.Book]:
    """Return the book that the story is written in."""
    with cp.open(sqlite_url, clock=clock) as opened:
        yield opened


@pytest.fixture
def by_command_line(
    clock: MovingClock,
    sqlite_url: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Teller:
    """Return who tells the story by commands, on the days of the clock."""
    make_domain = books.make_domain

    def on_the_day(plugins: Plugins, _: Clock) -> Domain:
        return make_domain(plugins, clock)

    def run(*arguments: str, lang: str = "en", stdin: bytes = b"") -> Outcome:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as ended:
            main(["--lang", lang, *arguments])
        assert isinstance(ended.value.code, int)
        return Outcome(ended.value.code, *capsys.readouterr())

    monkeypatch.setattr(books, "make_domain", on_the_day)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", sqlite_url)
    return ByCommandLine(run, tmp_path, PLAN)


@pytest.fixture
def by_graphql(book: cp.Book) -> Teller:
    """Return who tells the story by mutations, with a token for each office."""
    tokens = {
        office: create_token(
            CreateToken(actor=Actor.parse(office)),
            book.store,
            book.domain,
            secrets.token_bytes,
        )[1]
        for office in OFFICES
    }
    client = TestClient(create_app(book.store, book.domain, book.plugins))
    return ByGraphQL(client, tokens, PLAN)


@attrs.frozen
class Ending:
    """What is in the store once the story is told.

    Attributes:
        editions: Digest of the text of each public edition.
        events: Day, kind and office of each event, but for those of tokens.
        payloads: Digests of what the events tell.
    """

    state: str
    editions: dict[str, str]
    reports: list[tuple[str, str, list[str]]]
    revisions: list[tuple[str, str, str | None]]
    comments: list[tuple[str, str, str | None]]
    events: list[tuple[str, str, str]]
    payloads: list[str]
    flaws: list[Flaw]


def ending(book: cp.Book) -> Ending:
    """Return what is in the store."""
    view = book.domain.view(LOCAL)
    with book.store.read() as unit:
        standing = unit.current(PLAN)
        assert standing is not None
        found = {e: unit.plan(PLAN, view, edition=e) for e in ("1.0", "2.0")}
        reports, revisions, comments = (
            unit.cases([PLAN], kind, view)[PLAN] for kind in (REPORT, REVISION, COMMENT)
        )
        events = [e for e in unit.events(first=1000) if e.aggregate != "token"]
    return Ending(
        state=standing.state,
        editions={e: plan.standing.digest for e, plan in found.items() if plan},
        reports=[
            (
                c.id,
                c.state,
                [g.measure for g in c.document.grades if g.is_poor],
            )
            for c in sorted(reports, key=lambda c: c.id)
        ],
        revisions=[(c.id, c.state, c.document.edition) for c in revisions],
        comments=[(c.id, c.state, c.document.reply) for c in comments],
        events=[
            (e.recorded_at.date().isoformat(), e.kind, str(e.actor)) for e in events
        ],
        payloads=[e.payload_digest for e in events],
        flaws=list(book.verify()),
    )


@pytest.fixture(scope="module")
def by_library(
    tmp_path_factory: pytest.TempPathFactory,
    empty_sqlite: Path,
    plan_file: MakePlanFile,
) -> Ending:
    """Return the ending, told through the library."""
    path = tmp_path_factory.mktemp("story") / "plans.db"
    shutil.copy(empty_sqlite, path)
    clock = MovingClock()
    with cp.open(f"sqlite:///{path}", clock=clock) as book:
        tell(ByLibrary(book, PLAN), clock, plan_file)
        return ending(book)


def test_a_plan_lives_from_its_first_draft_to_its_second_edition(
    by_library: Ending, plan_file: MakePlanFile
) -> None:
    """Two editions, a settled comment, two reports, a revision, and all in the log."""
    codec = Codec(books.installed_plugins().plan_types)
    assert by_library.state == "in_force"
    assert by_library.editions == {
        edition: digest_of(codec.plan_text(plan_file(REGIONAL, changes).plan))
        for edition, changes in (("1.0", {}), ("2.0", REVISED))
    }
    assert by_library.comments == [("C-1", "settled", "設計と稼働の手順を追記した")]
    assert by_library.reports == [
        ("FY2026H1", "accepted", []),
        ("FY2026H2", "accepted", ["M-01"]),
    ]
    assert by_library.revisions == [("R-1", "adopted", "2.0")]
    assert by_library.events == EVENTS
    assert by_library.flaws == []


@pytest.mark.parametrize("way", ["by_command_line", "by_graphql"])
def test_the_same_is_written_whichever_way_the_story_is_told(
    way: str,
    request: pytest.FixtureRequest,
    book: cp.Book,
    clock: MovingClock,
    plan_file: MakePlanFile,
    by_library: Ending,
) -> None:
    """State, texts and events are those of the library, to the byte."""
    tell(request.getfixturevalue(way), clock, plan_file)
    assert ending(book) == by_library


def test_the_example_tells_the_story(capsys: pytest.CaptureFixture[str]) -> None:
    """`python examples/story.py` needs nothing but the library."""
    script = Path(__file__).parents[1] / "examples" / "story.py"
    runpy.run_path(str(script), run_name="__main__")
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines if line[:2] == "20"] == sorted(
        {day for day, _, _ in EVENTS}
    )
