"""Compare editions of a plan, and a revised text with the edition it starts from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from ..actors import PUBLIC, Actor
from ..differences import PlanDifference, compare
from ..errors import ErrorCode, PlanError, Problem
from ..identifiers import InvestmentId
from ..investments import Investment
from ..plans import Plan
from ..readers import Reader
from ..revisions import REVISION
from ..standings import editions
from ..store import ReadUnit, Store, View
from ..stored import StoredPlan
from .cases import UnknownCaseError
from .domain import Domain
from .plantexts import PlanDesk, PlanText
from .revised_texts import draft_of


@frozen(kw_only=True)
class RevisedPlan:
    """A revised text as somebody may read it, who may see the revision.

    Attributes:
        difference: What it changes of the edition in force.
    """

    plan: Plan
    investments: Mapping[InvestmentId, Investment]
    difference: PlanDifference


class UnknownEditionError(PlanError):
    """There is no such edition, or none that the reader may see."""

    def __init__(
        self, plan_id: str, edition: str, argument: str, known: Sequence[str] = ()
    ) -> None:
        self.plan_id, self.edition = plan_id, edition
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="UNKNOWN_EDITION",
                message_ja=f"計画「{plan_id}」に版「{edition}」はありません",
                message_en=f"plan {plan_id!r} has no edition {edition!r}",
                path=(argument,),
                hint=", ".join(known) or None,
            )
        )


def compare_editions(
    plan_id: str,
    asked: tuple[str, str],
    reader: Reader,
    store: Store,
    domain: Domain,
) -> PlanDifference:
    """Return what differs between two editions of a plan, as *reader* may see them.

    Args:
        plan_id: The plan.
        asked: The older one and the newer one, such as `1.0` and `2.0`.
        reader: Who asks; investments that are withheld from them are not told of.
        store: Where the plan is kept.
        domain: What is known of plan types.

    Raises:
        UnknownEditionError: There is no such edition, or none that *reader* may see.
    """
    view = domain.view(reader)
    found: list[StoredPlan] = []
    with store.read() as unit:
        for edition, argument in zip(asked, ("older", "newer"), strict=True):
            stored = unit.plan(plan_id, view, edition=edition)
            if stored is None:
                known = _editions(plan_id, unit, view)
                raise UnknownEditionError(plan_id, edition, argument, known)
            found.append(stored)
        before, after = found
        return compare(
            before.plan,
            after.plan,
            _visible(unit, before.standing.pins, reader),
            _visible(unit, after.standing.pins, reader),
        )


def read_revised(
    plan_id: str, revision_id: str, reader: Reader, store: Store, domain: Domain
) -> RevisedPlan:
    """Return the text that a revision would bring into force, to who may see it.

    Raises:
        UnknownPlanError: There is no such plan, or none that *reader* may know of.
        UnknownCaseError: There is no such revision, or none that *reader* may see.
        RevisionRefusedError: It has no text yet.
    """
    by = reader.actor or Actor(PUBLIC, "anybody")
    with store.read() as unit:
        desk = PlanDesk.open(plan_id, by, unit, domain)
        case = unit.case(plan_id, REVISION, revision_id)
        if case is None or not reader.sees(case, desk.plan):
            raise UnknownCaseError(REVISION, plan_id, revision_id)
        text = draft_of(desk, case.document)
        return RevisedPlan(
            plan=text.plan,
            investments=_seen(text, reader),
            difference=visible_difference(desk, text, reader),
        )


def visible_difference(
    desk: PlanDesk, text: PlanText, reader: Reader
) -> PlanDifference:
    """Return what a text changes of the edition in force, as *reader* may see it.

    Investments that are withheld from the reader are not told of.
    """
    base = desk.text
    return compare(base.plan, text.plan, _seen(base, reader), _seen(text, reader))


def _editions(plan_id: str, unit: ReadUnit, view: View) -> tuple[str, ...]:
    found = unit.standings([plan_id], view).get(plan_id, ())
    return tuple(e.edition for e in editions(found, view.moment.as_of))


def _seen(text: PlanText, reader: Reader) -> dict[InvestmentId, Investment]:
    return {i.id: i for i in reader.visible(text.investments.values())}


def _visible(
    unit: ReadUnit, pins: Mapping[InvestmentId, str], reader: Reader
) -> dict[InvestmentId, Investment]:
    told = unit.investments(list(pins.values())).values()
    return {i.id: i for i in reader.visible(told)}
