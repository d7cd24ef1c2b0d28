"""A story of a plan told through the library, the command line and GraphQL.

What happens is one list of calls; each way of telling knows how to make them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from attrs import define, field, frozen
from starlette.testclient import TestClient

import clusterplan as cp
from clusterplan.core.actors import OPERATOR, Actor
from clusterplan.core.clock import TOKYO
from clusterplan.core.comments import COMMENT
from clusterplan.core.documents.cases import load_case
from clusterplan.core.documents.source import source_of
from clusterplan.core.identifiers import PartId
from clusterplan.core.parts import PartKind
from clusterplan.core.readers import ANONYMOUS
from clusterplan.core.reports import REPORT, ReportRow
from clusterplan.core.revisions import REVISION, RevisionItem
from clusterplan.core.services.answers import StepComment
from clusterplan.core.services.commenting import SettleComment, settle_comment
from clusterplan.core.services.editing import EditPart, edit_part
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
from commands import Run

Data = Mapping[str, Any]
"""A part of a document, as a file has it."""


@define
class MovingClock:
    """A clock that stands at nine in the morning in Tokyo until it is moved."""

    day: dt.date = dt.date(2026, 1, 5)

    def __call__(self) -> dt.datetime:
        """Return the moment that it shows."""
        return dt.datetime.combine(self.day, dt.time(9), tzinfo=TOKYO)

    def turn_to(self, day: str) -> None:
        """Go on to a later day."""
        assert dt.date.fromisoformat(day) > self.day
        self.day = dt.date.fromisoformat(day)


class Teller(Protocol):
    """A way to work with one plan."""

    def save(self, file: cp.PlanFile) -> None:
        """Save a new plan, as the operator."""
        ...

    def step(self, by: str, step: str, comment: StepComment | None = None) -> None:
        """Take a step with the plan."""
        ...

    def edit(self, by: str, measure: Data) -> None:
        """Tell a measure of the draft anew."""
        ...

    def settle(self, by: str, comment: str, reply: str) -> None:
        """Tell what was done about a comment."""
        ...

    def report(self, by: str, period: str, rows: Sequence[Data]) -> None:
        """Open a report, fill it in, and let it go in."""
        ...

    def revise(
        self, by: str, revision: str, report: str, file: cp.PlanFile, item: Data
    ) -> None:
        """Open a revision on a report, and keep what it changes."""
        ...

    def adopt(self, by: str, revision: str) -> None:
        """Bring a revision into force."""
        ...

    def totals(self, day: str) -> tuple[int, int]:
        """Return how many plans anybody sees on the map of a day, and how much yen."""
        ...


@frozen
class ByLibrary:
    """Tells by calling the services with an open book."""

    book: cp.Book
    plan_id: str

    def save(self, file: cp.PlanFile) -> None:
        """Import the file."""
        self.book.import_plan(file)

    def step(self, by: str, step: str, comment: StepComment | None = None) -> None:
        """Call `take_step`."""
        with self.book.store.read() as unit:
            standing = unit.current(self.plan_id)
        assert standing is not None
        command = TakeStep(
            plan_id=self.plan_id,
            step=step,
            by=Actor.parse(by),
            expected_version=standing.version,
            comments=(comment,) if comment else (),
        )
        take_step(command, self.book.store, self.book.domain)

    def edit(self, by: str, measure: Data) -> None:
        """Call `edit_part`."""
        with self.book.store.read() as unit:
            version = unit.part_versions(self.plan_id)[f"measure/{measure['id']}"]
        command = EditPart(
            plan_id=self.plan_id,
            part=PartKind.MEASURE,
            part_id=measure["id"],
            document=measure,
            by=Actor.parse(by),
            expected_part_version=version,
        )
        edit_part(command, self.book.store, self.book.domain)

    def settle(self, by: str, comment: str, reply: str) -> None:
        """Call `settle_comment`."""
        command = SettleComment(
            plan_id=self.plan_id,
            comment_id=PartId(comment),
            reply=reply,
            by=Actor.parse(by),
            expected_version=self._version(COMMENT, comment),
        )
        settle_comment(command, self.book.store, self.book.domain)

    def report(self, by: str, period: str, rows: Sequence[Data]) -> None:
        """Call `open_report`, `fill_report` and `submit_report`."""
        store, domain = self.book.store, self.book.domain
        facts: Any = {
            "plan_id": self.plan_id,
            "period_id": period,
            "by": Actor.parse(by),
        }
        open_report(OpenReport(**facts), store, domain)
        told = tuple(load_case(source_of(row), ReportRow) for row in rows)
        filling = FillReport(rows=told, done=True, expected_part_version=0, **facts)
        fill_report(filling, store, domain)
        version = self._version(REPORT, period)
        submit_report(SubmitReport(expected_version=version, **facts), store, domain)

    def revise(
        self, by: str, revision: str, report: str, file: cp.PlanFile, item: Data
    ) -> None:
        """Call `open_revision` and `save_revision`."""
        store, domain = self.book.store, self.book.domain
        facts: Any = {
            "plan_id": self.plan_id,
            "revision_id": PartId(revision),
            "by": Actor.parse(by),
        }
        open_revision(OpenRevision(report=PartId(report), **facts), store, domain)
        saving = SaveRevision(
            file=file,
            items=(load_case(source_of(item), RevisionItem),),
            expected_version=self._version(REVISION, revision),
            **facts,
        )
        save_revision(saving, store, domain)

    def adopt(self, by: str, revision: str) -> None:
        """Call `adopt_revision`."""
        command = AdoptRevision(
            plan_id=self.plan_id,
            revision_id=PartId(revision),
            by=Actor.parse(by),
            expected_version=self._version(REVISION, revision),
        )
        adopt_revision(command, self.book.store, self.book.domain)

    def totals(self, day: str) -> tuple[int, int]:
        """Draw the map."""
        totals = self.book.map(as_of=day, reader=ANONYMOUS).totals
        return totals.count, totals.gross

    def _version(self, kind: Any, case_id: str) -> int:
        with self.book.store.read() as unit:
            case = unit.case(self.plan_id, kind, case_id)
        assert case is not None
        return case.version


@frozen
class ByCommandLine:
    """Tells by running commands in a directory, with files for what is long."""

    run: Run
    directory: Path
    plan_id: str

    def save(self, file: cp.PlanFile) -> None:
        """Run `import`."""
        self._do("import", self._file("plan.yaml", cp.dump(file)))

    def step(self, by: str, step: str, comment: StepComment | None = None) -> None:
        """Run `step`."""
        said = ("--comment", f"{comment.pointer}={comment.text}") if comment else ()
        self._do("step", self.plan_id, step, *said, by=by)

    def edit(self, by: str, measure: Data) -> None:
        """Run `plan set`."""
        file = self._json("measure.json", measure)
        self._do("plan", "set", self.plan_id, "measure", measure["id"], file, by=by)

    def settle(self, by: str, comment: str, reply: str) -> None:
        """Run `comment settle`."""
        self._do("comment", "settle", self.plan_id, comment, reply, by=by)

    def report(self, by: str, period: str, rows: Sequence[Data]) -> None:
        """Run `report open`, `report fill` and `report submit`."""
        file = self._json("rows.json", {"rows": rows})
        self._do("report", "open", self.plan_id, period, by=by)
        self._do("report", "fill", self.plan_id, period, file, "--done", by=by)
        self._do("report", "submit", self.plan_id, period, by=by)

    def revise(
        self, by: str, revision: str, report: str, file: cp.PlanFile, item: Data
    ) -> None:
        """Run `revision open` and `revision save`."""
        about = (self.plan_id, revision)
        plan = self._file("revised.yaml", cp.dump(file))
        items = self._json("items.json", {"items": [item]})
        self._do("revision", "open", *about, "--report", report, by=by)
        self._do("revision", "save", *about, plan, items, by=by)

    def adopt(self, by: str, revision: str) -> None:
        """Run `revision adopt`."""
        self._do("revision", "adopt", self.plan_id, revision, by=by)

    def totals(self, day: str) -> tuple[int, int]:
        """Run `export`, and add up."""
        features = json.loads(self._do("export", "geojson", "--as-of", day))["features"]
        told = [feature["properties"] for feature in features]
        plans = {each["plan_id"] for each in told}
        return len(plans), sum(each["amount"] or 0 for each in told)

    def _do(self, *arguments: str, by: str | None = None) -> str:
        office = ("--as", by) if by else ()
        outcome = self.run(*arguments, *office)
        assert outcome.code == 0, (arguments, outcome.err)
        return outcome.out

    def _json(self, name: str, data: Any) -> str:
        return self._file(name, json.dumps(data, ensure_ascii=False))

    def _file(self, name: str, text: str) -> str:
        (self.directory / name).write_text(text, encoding="utf-8")
        return name


@frozen
class ByGraphQL:
    """Tells by sending mutations, each with the token of the office that acts.

    Attributes:
        tokens: Secret of the token of each office.
        versions: What the answers told of the plan and of the cases beside it.
    """

    client: TestClient
    tokens: Mapping[str, str]
    plan_id: str
    versions: dict[str, int] = field(factory=dict)

    def save(self, file: cp.PlanFile) -> None:
        """Send `importPlan`."""
        document = json.loads(cp.dump(file, "json"))
        self._send("importPlan", f"{OPERATOR}:local", {"document": document})

    def step(self, by: str, step: str, comment: StepComment | None = None) -> None:
        """Send `takeStep`."""
        said = {"pointer": comment.pointer, "text": comment.text} if comment else None
        sent = {
            "planId": self.plan_id,
            "step": step,
            "comments": [said] if said else [],
            "expectedVersion": self.versions["plan"],
        }
        self._send("takeStep", by, sent)

    def edit(self, by: str, measure: Data) -> None:
        """Send `editPart`."""
        sent = {
            "planId": self.plan_id,
            "part": "MEASURE",
            "id": measure["id"],
            "document": measure,
            "expectedPartVersion": 1,
        }
        self._send("editPart", by, sent)

    def settle(self, by: str, comment: str, reply: str) -> None:
        """Send `settleComment`."""
        sent = {"planId": self.plan_id, "id": comment, "reply": reply}
        self._send("settleComment", by, sent | {"expectedVersion": 1})

    def report(self, by: str, period: str, rows: Sequence[Data]) -> None:
        """Send `openReport`, `fillReport` and `submitReport`."""
        sent = {"planId": self.plan_id, "period": period}
        self._send("openReport", by, sent, "report")
        filled = {"rows": rows, "done": True, "expectedPartVersion": 0}
        self._send("fillReport", by, sent | filled, "report")
        based = {"expectedVersion": self.versions["report"]}
        self._send("submitReport", by, sent | based, "report")

    def revise(
        self, by: str, revision: str, report: str, file: cp.PlanFile, item: Data
    ) -> None:
        """Send `openRevision` and `saveRevision`."""
        sent = {"planId": self.plan_id, "id": revision}
        self._send("openRevision", by, sent | {"report": report}, "revision")
        document = json.loads(cp.dump(file, "json"))
        kept = {"document": document, "items": [item]}
        based = {"expectedVersion": self.versions["revision"]}
        self._send("saveRevision", by, sent | kept | based, "revision")

    def adopt(self, by: str, revision: str) -> None:
        """Send `adoptRevision`."""
        sent = {"planId": self.plan_id, "id": revision}
        based = {"expectedVersion": self.versions["revision"]}
        self._send("adoptRevision", by, sent | based, "revision")

    def totals(self, day: str) -> tuple[int, int]:
        """Ask for `investmentMap`, as anybody."""
        query = """query($day: Date!) {
          investmentMap(asOf: $day) { totals { count gross } }
        }"""
        told = self._ask(query, {"day": day})["investmentMap"]["totals"]
        return told["count"], told["gross"]

    def _send(self, name: str, by: str, sent: Data, case: str | None = None) -> None:
        title = name[0].upper() + name[1:]
        beside = f"{case} {{ version }}" if case else ""
        query = f"""mutation($input: {title}Input!) {{
          done: {name}(input: $input) {{
            ... on {title}Done {{ plan {{ version }} {beside} }}
            ... on Problems {{ problems {{ reason messageEn }} }}
          }}
        }}"""
        done = self._ask(query, {"input": sent}, self.tokens[by])["done"]
        assert "problems" not in done, (name, done)
        self.versions["plan"] = done["plan"]["version"]
        if case:
            self.versions[case] = done[case]["version"]

    def _ask(self, query: str, variables: Data, token: str | None = None) -> Any:
        headers = {"authorization": f"Bearer {token}"} if token else {}
        body = {"query": query, "variables": variables}
        answer = self.client.post("/graphql", json=body, headers=headers).json()
        assert "errors" not in answer, answer
        return answer["data"]
