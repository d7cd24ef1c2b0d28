"""Correct errors in an edition that is in force, as edition n.m+1.

What may be put right so is a choice of this library: everything but what would be
another policy. Region, period, fields and bodies of the plan; targets, baselines and
how an indicator is graded; category, period, deadline and reporter of a measure;
amounts; and whatever readers should not overlook: all this is changed, and parts are
added or taken away, by a revision. Words are corrected, titles among them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from attrs import frozen

from ..actors import Actor
from ..differences import INVESTMENT, PLAN, ChangedPart, PlanDifference
from ..errors import ErrorCode, InputError, Path, PlanError, Problem
from ..files import PlanFile
from ..findings import CheckReport, Finding, Gate
from ..identifiers import Key, PartId
from ..inputs import normalised
from ..lifecycle import GateClosedError
from ..readers import Reader
from ..revisions import ADOPTED, CORRECT, IN_FORCE, REVISION, RevisionCase
from ..standings import PlanStanding
from ..store import Store
from .cases import CaseDesk, CaseDone, opened
from .comparing import visible_difference
from .domain import Domain
from .plantexts import Entry, PlanDesk, PlanText, new_text
from .refused_revisions import CORRECTION, place, refuse_not_in_force, refuse_unfit
from .revised_texts import (
    at_one_moment,
    difference,
    rules_of,
    take,
    told_with,
    write_edition,
)

_POLICY: Mapping[Key, tuple[Path, ...]] = {
    PLAN: (("region",), ("period",), ("lead",), ("joining",), ("fields",)),
    Key("indicator"): (
        ("target",),
        ("baseline",),
        ("milestones",),
        ("unit",),
        ("direction",),
        ("maintain",),
        ("interpolation",),
        ("value_kind",),
        ("formula",),
        ("is_headline",),
    ),
    Key("measure"): (
        ("category",),
        ("period",),
        ("stage",),
        ("reporter",),
        ("five_w1h", "deadline"),
    ),
    INVESTMENT: (("money",),),
}
"""First keys of attributes that a correction leaves as they are, by sort of part."""
_AMOUNTS = ("amount", "fiscal_year")
"""Last keys of attributes that a correction leaves as they are, in parts of any sort."""
_WORDS_OF_MILESTONES: Path = ("five_w1h", "deadline", "milestones")


@frozen(kw_only=True)
class CorrectPlan:
    """Correct an error in the edition that is in force.

    Attributes:
        file: The whole text, put right.
        reason: What was wrong.
        expected_version: Version of the plan that the correction is based on.
        dry_run: Whether to tell what would happen and change nothing.
    """

    plan_id: str
    file: PlanFile
    reason: str
    by: Actor
    expected_version: int
    dry_run: bool = False


@frozen(kw_only=True)
class CorrectionDone:
    """What a correction did.

    Attributes:
        standing: Where the plan stands after it.
        difference: What it changes of the edition before; without the investments that
            are withheld from who asked.
        report: What the rules say of the corrected text.
        record: The correction beside the revisions of the plan; nothing where nothing
            changed.
    """

    standing: PlanStanding
    difference: PlanDifference
    report: CheckReport | None = None
    record: CaseDone | None = None

    @property
    def changed(self) -> bool:
        """Whether the store is, or would be, different from before."""
        return self.record is not None and self.record.changed


class NotACorrectionError(PlanError):
    """What is changed is policy, and needs a revision."""


def correct_plan(command: CorrectPlan, store: Store, domain: Domain) -> CorrectionDone:
    """Correct an error in the edition that is in force.

    The edition n.m+1 is in force from today. An open revision of the edition before has
    to be saved again on the new one. The same text again changes nothing.

    Raises:
        UnknownPlanError: There is no such plan, or none that *by* may know of.
        RevisionRefusedError: The plan is not in force, or the text is of another plan.
        WrongActorError: Another kind of actor owns editions of plans of this type.
        NotTheLeadError: Another body leads the plan.
        StalePlanError: The plan is not at the version the correction is based on.
        NotACorrectionError: The text changes policy.
        GateClosedError: The rules find an error that was not there before.
        InputError: The text does not hold together, or no reason is given.
    """
    command = normalised(command)
    domain = at_one_moment(domain)
    with opened(store, command.plan_id, dry_run=command.dry_run) as unit:
        desk = PlanDesk.open(command.plan_id, command.by, unit, domain)
        refuse_not_in_force(desk.standing)
        take(desk, rules_of(desk).beginning, IN_FORCE, (CORRECT, command.by))
        refuse_unfit(desk, command.file)
        text = new_text(command.file, unit, domain, command.by)
        changes = difference(desk, text)
        shown = visible_difference(desk, text, Reader(actor=command.by))
        if text.content == desk.text.content:
            return CorrectionDone(standing=desk.standing, difference=shown)
        desk.refuse_stale(command.expected_version)
        _refuse_without_reason(command.reason)
        _refuse_policy(changes, shown, command.file)
        report = _checked(desk, text)
        return _correct(command, desk, text, shown, report)


def correction_id(edition: str) -> PartId:
    """Return the id of the correction that made an edition."""
    return PartId(f"{CORRECTION}{edition}")


def _correct(
    command: CorrectPlan,
    desk: PlanDesk,
    text: PlanText,
    changes: PlanDifference,
    report: CheckReport,
) -> CorrectionDone:
    base = desk.standing.edition
    number, _, correction = base.partition(".")
    edition = f"{number}.{int(correction) + 1}"
    act = {"reason": command.reason, **told_with(report)}
    standing = write_edition(
        desk,
        text,
        edition,
        Entry(event=Key("plan_corrected"), by=command.by, act=act),
        dry_run=command.dry_run,
    )
    id_ = correction_id(edition)
    told = RevisionCase(
        id=id_, base=base, occasion=command.reason, draft=text.digest, edition=edition
    )
    record = CaseDesk.open(
        REVISION, command.plan_id, id_, desk.unit, desk.domain, by=command.by
    ).put(
        told,
        state=ADOPTED,
        owner=command.by,
        by=command.by,
        event="corrected",
        dry_run=command.dry_run,
    )
    return CorrectionDone(
        standing=standing, difference=changes, report=report, record=record
    )


def _checked(desk: PlanDesk, text: PlanText) -> CheckReport:
    """Return what the rules say; an error of the edition before hinders no correction.

    They look at those investments only that who corrects may see.
    """
    today = desk.domain.today()
    before, after = (
        desk.domain.check(
            told.plan, desk.visible(told.investments), Gate.PUBLISH, today=today
        )
        for told in (desk.text, text)
    )
    known = {(f.rule_id, f.pointer) for f in before.findings}
    new: list[Finding] = [
        f for f in after.findings if f.blocks and (f.rule_id, f.pointer) not in known
    ]
    if new:
        steps = rules_of(desk).beginning.steps
        raise GateClosedError(next(s for s in steps if s.key == CORRECT), new)
    return after


def _refuse_policy(
    changes: PlanDifference, shown: PlanDifference, file: PlanFile
) -> None:
    """Refuse what is policy; parts that *shown* does not tell of are not pointed at."""
    moved = (*changes.added, *changes.removed)
    told = {(part.sort, part.id) for part in (*shown.added, *shown.removed)}
    problems = [
        *(
            _policy(place(part) if (part.sort, part.id) in told else ("investments",))
            for part in moved
        ),
        *(
            _policy(path)
            for part in changes.changed
            if not _is_referred(part, file)
            for path in _of_policy(part)
        ),
    ]
    if problems:
        raise NotACorrectionError(*problems)


def _is_referred(part: ChangedPart, file: PlanFile) -> bool:
    """Tell whether a part is an investment that another plan tells."""
    return part.sort == INVESTMENT and part.id not in file.defined()


def _of_policy(part: ChangedPart) -> Iterator[Path]:
    top = tuple(part.pointer.split("/")[1:])
    paths = [tuple(change.path.split("/")[1:]) for change in part.changes]
    found = [path for path in paths if _is_policy(part.sort, path)]
    yield from ((*top, *path) for path in found)
    if part.marks and not found:
        yield top


def _is_policy(sort: Key, path: Path) -> bool:
    words = path[: len(_WORDS_OF_MILESTONES)] == _WORDS_OF_MILESTONES
    if words and path[-1] == "text":
        return False
    kept = _POLICY.get(sort, ())
    return path[-1] in _AMOUNTS or any(path[: len(key)] == key for key in kept)


def _policy(path: Path) -> Problem:
    return Problem(
        code=ErrorCode.CONFLICT,
        reason="NOT_A_CORRECTION",
        message_ja="この変更は訂正ではできません。改訂の手続で行ってください",
        message_en="this is no correction of an error; open a revision for it",
        path=path,
    )


def _refuse_without_reason(reason: str) -> None:
    if not reason.strip():
        raise InputError(
            Problem(
                reason="MISSING_REASON",
                message_ja="訂正の理由を書いてください",
                message_en="say what was wrong",
                path=("reason",),
            )
        )
