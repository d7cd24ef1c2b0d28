"""The life of a regional cluster plan, from its first draft to its second edition.

Run `python examples/story.py`: it needs the library, keeps a database in a temporary
directory, and prints a line or two for each thing that happens. The plan is invented.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from attrs import define

import clusterplan as cp
from clusterplan.core.comments import COMMENT
from clusterplan.core.documents.cases import load_case
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.identifiers import PartId
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.reports import REPORT, ReportRow
from clusterplan.core.revisions import REVISION, RevisionItem, RevisionKind
from clusterplan.core.services.answers import StepComment
from clusterplan.core.services.commenting import SettleComment, settle_comment
from clusterplan.core.services.reporting import (
    FillReport,
    OpenReport,
    SubmitReport,
    fill_report,
    open_report,
    submit_report,
)
from clusterplan.core.services.revising import (
    AdoptRevision,
    OpenRevision,
    SaveRevision,
    adopt_revision,
    open_revision,
    save_revision,
)
from clusterplan.core.services.stepping import TakeStep, take_step

PREFECTURE = cp.Actor.parse("prefecture:150002")
GOVERNOR = cp.Actor.parse("head_of_local_government:150002")
METI = cp.Actor.parse("meti:meti")
SECRETARIAT = cp.Actor.parse("cabinet_secretariat:cas")

M_01 = "/policy_means/measures/0"
FIRST_DRAFT = {f"{M_01}/five_w1h/way_of_proceeding": ["公募", "着工"]}
REVISED = {
    f"{M_01}/five_w1h/deadline/date": "2028-09-30",
    "/investments/0/money/1/amount": 750_000_000,
}
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
    "category": "procurement",
    "text": "炉の入札が二回続けて不成立となった。予定価格が市況を18%下回っていた",
    "evidence": ["入札結果調書（架空）"],
}
ANSWER = {"kind": "revise", "reason": "期限と事業費を見直す"}


@define
class MovingClock:
    """A clock that stands at nine in the morning in Tokyo until it is moved."""

    day: dt.date = dt.date(2026, 1, 5)

    def __call__(self) -> dt.datetime:
        """Return the moment that it shows."""
        return dt.datetime.combine(self.day, dt.time(9), tzinfo=ZoneInfo("Asia/Tokyo"))


@define
class Story:
    """A plan in a book, and the clock that moves on."""

    book: cp.Book
    clock: MovingClock
    plan_id: str = ""

    def on(self, day: str, ja: str, en: str) -> None:
        """Go on to a day, and print what happens."""
        self.clock.day = dt.date.fromisoformat(day)
        print(f"{day}  {ja}\n            {en}")

    def plan_file(self, changes: dict[str, Any]) -> cp.PlanFile:
        """Return the sample plan with *changes* by JSON pointer."""
        plan_types = self.book.domain.plan_types
        sample: Any = parse_text(plan_types["regional_cluster"].sample or "").data
        return load_plan_file(source_of(changed(sample, changes)), plan_types)

    def version(self) -> int:
        """Return the version of the plan; whoever changes it names what was read."""
        stored = self.book.plan(self.plan_id)
        return stored.standing.version if stored else 0

    def step(self, by: cp.Actor, step: str, *comments: StepComment) -> None:
        """Take a step of the lifecycle."""
        command = TakeStep(
            plan_id=self.plan_id,
            step=step,
            by=by,
            comments=comments,
            expected_version=self.version(),
        )
        standing = take_step(command, self.book.store, self.book.domain).standing
        signed = "" if standing.awaiting is None else " (one signature is missing)"
        print(f"            -> {standing.state}, edition {standing.edition}{signed}")

    def show_map(self, day: str) -> None:
        """Print what anybody sees on the map of a day."""
        totals = self.book.map(as_of=day, reader=ANONYMOUS).totals
        print(f"            map of {day}: {totals.count} plan, {totals.gross:,} yen")


def draft(story: Story) -> None:
    """Draft the plan; the state sends it back once, and the remark is settled."""
    store, domain = story.book.store, story.book.domain
    story.on("2026-04-06", "県が計画案を事前確認に出す", "The prefecture hands it in.")
    file = story.plan_file(FIRST_DRAFT)
    story.plan_id = story.book.import_plan(file, by=PREFECTURE).standing.plan_id
    story.step(PREFECTURE, "submit_for_precheck")

    story.on("2026-04-20", "経済産業省が差し戻す", "METI sends it back with a remark.")
    remark = StepComment(
        pointer=f"{M_01}/five_w1h/way_of_proceeding",
        text="設計の時期と稼働までの手順を示してください",
    )
    story.step(METI, "send_back", remark)

    story.on("2026-04-27", "県が直して出し直す", "The prefecture puts it right.")
    version = story.version()
    story.book.import_plan(story.plan_file({}), by=PREFECTURE, expected_version=version)
    settling = SettleComment(
        plan_id=story.plan_id,
        comment_id=PartId("C-1"),
        reply="設計と稼働の手順を追記した",
        by=PREFECTURE,
        expected_version=1,
    )
    comment = settle_comment(settling, store, domain).case
    print(f"            {COMMENT.title_en} {comment.id}: {comment.document.reply}")
    story.step(PREFECTURE, "submit_for_precheck")


def publish(story: Story) -> None:
    """Check the plan, both state bodies together, and publish it by the governor."""
    story.on("2026-05-11", "国が事前確認を終える", "The state finds it in order.")
    story.step(METI, "precheck_ok")
    story.step(SECRETARIAT, "precheck_ok")
    story.on("2026-06-01", "知事が公表する", "The governor publishes it.")
    story.step(GOVERNOR, "publish")
    story.show_map("2026-06-01")


def report(story: Story, period: str, values: dict[str, str], *poor: str) -> None:
    """Open the report on a half-year, fill it in, and let it go in."""
    store, domain = story.book.store, story.book.domain
    facts: Any = {
        "plan_id": story.plan_id,
        "period_id": PartId(period),
        "by": PREFECTURE,
    }
    opened = open_report(OpenReport(**facts), store, domain).case
    rows = tuple(_row(measure, values, measure in poor) for measure in INDICATORS)
    filling = FillReport(rows=rows, done=True, expected_part_version=0, **facts)
    filled = fill_report(filling, store, domain).case
    going_in = SubmitReport(expected_version=filled.version, **facts)
    done = submit_report(going_in, store, domain).case
    grades = (f"{g.measure} {g.grade.value}" for g in done.document.grades)
    print(f"            {REPORT.title_en} {opened.id}: {', '.join(grades)}")


def _row(measure: str, values: dict[str, str], is_poor: bool) -> ReportRow:  # noqa: FBT001
    row: dict[str, Any] = {
        "measure": measure,
        "text": "おおむね予定どおり進めた",
        "observations": [
            {"indicator": i, "value": values[i]} for i in INDICATORS[measure]
        ],
    }
    if is_poor:
        row |= {
            "text": "炉の入札が成立せず、着工できていない",
            "causes": [WHY],
            "response": ANSWER,
        }
    return load_case(source_of(row), ReportRow)


def revise(story: Story) -> None:
    """Answer the poor report: another deadline and another budget, as edition 2.0."""
    store, domain = story.book.store, story.book.domain
    facts: Any = {"plan_id": story.plan_id, "revision_id": PartId("R-1")}
    story.on("2027-06-10", "県が改訂案を作る", "The prefecture drafts a revision.")
    opening = OpenRevision(report=PartId("FY2026H2"), by=PREFECTURE, **facts)
    opened = open_revision(opening, store, domain).case
    item = RevisionItem(
        id=PartId("RI-1"),
        kind=RevisionKind.RETARGET,
        target=PartId("M-01"),
        before="2028年3月31日まで、企業負担6億円",
        after="2028年9月30日まで、企業負担7億5千万円",
        reason="炉の入札が不成立となり、市況に合わせて設計と事業費を見直すため",
    )
    saving = SaveRevision(
        file=story.plan_file(REVISED),
        items=(item,),
        by=PREFECTURE,
        expected_version=opened.version,
        **facts,
    )
    saved = save_revision(saving, store, domain).case

    story.on("2027-07-01", "知事が改訂する", "The governor adopts it.")
    adopting = AdoptRevision(by=GOVERNOR, expected_version=saved.version, **facts)
    adopted = adopt_revision(adopting, store, domain).case
    print(f"            {REVISION.title_en} {adopted.id}: {adopted.document.edition}")
    story.show_map("2027-06-30")
    story.show_map("2027-07-01")


def main() -> None:
    """Tell the story in a database of its own."""
    clock = MovingClock()
    with tempfile.TemporaryDirectory() as directory:
        url = f"sqlite:///{Path(directory) / 'plans.db'}"
        with cp.open(url, clock=clock) as book:
            story = Story(book, clock)
            draft(story)
            publish(story)
            story.on("2026-11-20", "上半期を報告する", "The first half went well.")
            report(story, "FY2026H1", GOOD)
            story.on("2027-05-20", "下半期を報告する", "The second half did not.")
            report(story, "FY2026H2", POOR, "M-01")
            revise(story)
            flaws = len(list(book.verify()))
            print(
                f"記録の検証：不一致{flaws}件 / the log agrees with itself: {flaws} flaws"
            )


if __name__ == "__main__":
    main()
