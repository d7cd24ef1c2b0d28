"""Change cases beside plans: what every command on a case has in common."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, cast

from attrs import frozen

from ..actors import Actor
from ..cases import Case, CaseKind
from ..documents.changes import case_data
from ..documents.codec import case_text, digest_of
from ..documents.forms import FORMS
from ..errors import ErrorCode, PlanError, Problem
from ..events import Event, NewEvent
from ..identifiers import Key, PartId
from ..lifecycle import Act, Need, Standing
from ..readers import Reader
from ..reports import REPORT, speaks_for
from ..standings import PlanStanding
from ..store import ReadUnit, StaleCaseError, Store, WriteUnit
from .domain import Domain
from .permits import UnknownPlanError
from .plantexts import PlanDesk

__all__ = [
    "CaseDesk",
    "CaseDone",
    "TakenIdError",
    "UnknownCaseError",
    "UnknownPlanError",
    "opened",
]


@frozen(kw_only=True)
class CaseDone:
    """What a command did to a case.

    Attributes:
        event: What was written to the log; nothing where nothing changed.
    """

    case: Case
    event: Event | None
    dry_run: bool = False

    @property
    def changed(self) -> bool:
        """Whether the store is, or would be, different from before."""
        return self.event is not None or self.dry_run


class UnknownCaseError(PlanError):
    """The plan has no such case."""

    def __init__(self, kind: CaseKind, plan_id: str, case_id: str) -> None:
        self.plan_id, self.case_id = plan_id, case_id
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_CASE",
                message_ja=f"計画「{plan_id}」に{kind.title}「{case_id}」はありません",
                message_en=f"plan {plan_id!r} has no {kind.title_en.lower()}"
                f" {case_id!r}",
                path=(_argument(kind),),
            )
        )


class TakenIdError(PlanError):
    """The id of a new case is that of one which the actor may not see."""

    def __init__(self, kind: CaseKind, case_id: str) -> None:
        self.case_id = case_id
        super().__init__(
            Problem(
                code=ErrorCode.CONFLICT,
                reason="ID_TAKEN",
                message_ja=f"{kind.title}のID「{case_id}」は既に使われています。"
                "別のIDを付けてください",
                message_en=f"the id {case_id!a} is taken by another "
                f"{kind.title_en.lower()}; use another one",
                path=(_argument(kind),),
            )
        )


@frozen(kw_only=True)
class CaseDesk:
    """A case of a plan, opened to be changed.

    Attributes:
        plan: Where the plan stands.
        case: The newest version of the case; nothing for a new one.
        hidden: Whether there is a case that the actor may not see.
    """

    kind: CaseKind
    unit: ReadUnit
    domain: Domain
    plan: PlanStanding
    case_id: PartId
    case: Case | None
    hidden: bool = False

    @classmethod
    def open(
        cls,
        kind: CaseKind,
        plan_id: str,
        case_id: str,
        unit: ReadUnit,
        domain: Domain,
        *,
        by: Actor,
    ) -> CaseDesk:
        """Open a case for *by*, or the place of a new one.

        Raises:
            UnknownPlanError: There is no such plan, or none that *by* may know of.
        """
        plan = PlanDesk.open(plan_id, by, unit, domain)
        case = unit.case(plan_id, kind, case_id)
        return cls(
            kind=kind,
            unit=unit,
            domain=domain,
            plan=plan.standing,
            case_id=PartId(case_id),
            case=case,
            hidden=case is not None and not _is_seen(case, plan),
        )

    def known(self, expected: int) -> Case:
        """Return the case at version *expected*.

        Raises:
            UnknownCaseError: There is no such case, or none that the actor may see.
            StaleCaseError: It is at another version.
        """
        if self.case is None or self.hidden:
            raise UnknownCaseError(self.kind, self.plan.plan_id, self.case_id)
        self.refuse_stale(expected)
        return self.case

    def refuse_stale(self, expected: int | None) -> None:
        """Refuse a change that is based on another version.

        Raises:
            StaleCaseError: The case is at another version.
            UnknownCaseError: It is one that the actor may not see.
            TakenIdError: A new case has the id of one that the actor may not see.
        """
        if self.hidden and expected is None:
            raise TakenIdError(self.kind, self.case_id)
        if self.hidden:
            raise UnknownCaseError(self.kind, self.plan.plan_id, self.case_id)
        version = self.case.version if self.case else None
        if version != expected:
            raise StaleCaseError(self.kind.key, self.case_id, expected, version)

    def after(
        self, case: Case, step: str, by: Actor, provided: tuple[Need, ...] = ()
    ) -> Key:
        """Return the state of *case* after a step.

        Raises:
            PlanError: The lifecycle of the case does not allow it.
        """
        act = Act(
            step=Key(step),
            by=by,
            lead=case.owner,
            digest=case.digest,
            provided=provided,
        )
        return self.kind.lifecycle.take(Standing(state=case.state), act).state

    def put(
        self,
        document: Any,
        *,
        state: Key,
        owner: Actor,
        by: Actor,
        event: str,
        dry_run: bool,
    ) -> CaseDone:
        """Write the next version of the case, and its event.

        What is said already is not said again: then nothing changes.

        Raises:
            InputError: The id is none; a case under it could never be read again.
        """
        FORMS[PartId].structure(self.case_id)
        digest = digest_of(case_text(document))
        if self.case and (self.case.digest, self.case.state) == (digest, state):
            return CaseDone(case=self.case, event=None)
        case = self.kind.case(
            kind=self.kind.key,
            plan_id=self.plan.plan_id,
            id=self.case_id,
            version=self.case.version + 1 if self.case else 1,
            state=state,
            public=self.kind.is_public(state, document),
            owner=owner,
            on=self.domain.today(),
            recorded_at=self.domain.clock(),
            digest=digest,
            document=document,
        )
        if dry_run:
            return CaseDone(case=case, event=None, dry_run=True)
        writing = cast("WriteUnit", self.unit)
        writing.save_case(case)
        new = NewEvent(
            kind=Key(f"{self.kind.key}_{event}"),
            aggregate=self.kind.key,
            aggregate_id=case.plan_id,
            version=case.version,
            actor=by,
            payload=case_data(case),
        )
        return CaseDone(case=case, event=writing.append(new, case.recorded_at))


def _is_seen(case: Case, plan: PlanDesk) -> bool:
    """Tell whether who opened *plan* may know of a case beside it.

    Who is named in a case as a reporter takes part in it, too.
    """
    by, parts = plan.by, getattr(case.document, "parts", ())
    return Reader(actor=by).sees(case, plan.plan) or any(
        speaks_for(by, part.reporter) for part in parts
    )


def _argument(kind: CaseKind) -> str:
    """Return what commands call the id of a case; a report is known by its period."""
    return "period_id" if kind is REPORT else f"{kind.key}_id"


@contextmanager
def opened(store: Store, plan_id: str, *, dry_run: bool) -> Iterator[ReadUnit]:
    """Open a change of a plan or its cases; only a look where nothing shall change."""
    if dry_run:
        with store.read() as looking:
            yield looking
        return
    with store.write() as writing:
        writing.lock_plan(plan_id)
        yield writing
