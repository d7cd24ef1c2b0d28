"""Revised texts: kept while a revision is open, and written as the next edition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, cast

import attrs

from ..actors import Actor
from ..cases import Case
from ..differences import PlanDifference, compare
from ..documents.codec import Codec, content_digest, digest_of
from ..errors import InputError
from ..files import PlanFile
from ..findings import CheckReport, Finding, Gate
from ..identifiers import InvestmentId, Key
from ..investments import Investment
from ..lifecycle import Act, Awaiting, Lifecycle, Need, Standing
from ..parts import PartChanges
from ..proposals import PROPOSAL
from ..readers import LOCAL
from ..reports import REPORT, in_order
from ..revisions import (
    ADOPT,
    ADOPTED,
    PRECHECK,
    REVISION,
    PinnedInvestment,
    RetiredPart,
    RevisionCase,
    RevisionRules,
)
from ..standings import PlanChange, PlanStanding, advance
from ..store import WriteUnit
from .answers import Waiver
from .definitions import may_tell, withheld_by_owner
from .domain import Domain
from .plantexts import Entry, PlanDesk, PlanText, new_text, write_plan
from .refused_revisions import NOTHING_DRAFTED, RevisionRefusedError

_KEPT_FOR_EVER = ("measure", "indicator", "challenge", "venue", "investment")
"""Sorts of parts whose ids live through all editions."""


def at_one_moment(domain: Domain) -> Domain:
    """Return *domain* with a clock that stands: what one command writes is of one time."""
    now = domain.clock()
    return attrs.evolve(domain, clock=lambda: now)


def rules_of(desk: PlanDesk) -> RevisionRules:
    """Return who revises the plan."""
    kind = desk.domain.plan_type(desk.standing.plan_type)
    return RevisionRules.of(kind.lifecycle, precheck=kind.precheck_on_revision)


def take(
    desk: PlanDesk,
    lifecycle: Lifecycle,
    state: Key,
    act: tuple[Key, Actor],
    *,
    revision: RevisionCase | None = None,
    provided: Iterable[Need] = (),
    findings: Iterable[Finding] = (),
) -> Standing:
    """Return where a revision stands after an act, a step and who takes it.

    Raises:
        PlanError: The lifecycle does not allow it.
    """
    step, by = act
    digest = (revision.draft if revision else None) or ""
    return lifecycle.take(
        standing_of(lifecycle, state, step, revision),
        Act(
            step=step,
            by=by,
            lead=desk.plan.lead,
            joining=desk.plan.joining,
            digest=digest,
            provided=tuple(provided),
            findings=tuple(findings),
        ),
    )


def standing_of(
    lifecycle: Lifecycle, state: Key, step: Key, revision: RevisionCase | None
) -> Standing:
    """Return where a revision stands, with the signatures of a step."""
    if revision is None:
        return Standing(state=state)
    done = 0 < len(revision.prechecked) == len(_prechecking(lifecycle))
    return Standing(
        state=state,
        checked_digest=(revision.draft or "") if done else None,
        awaiting=signatures_of(revision, step),
    )


def with_signature(signed: tuple[str, ...], by: Actor) -> tuple[str, ...]:
    """Return the signatures with that of *by*, one a kind of body."""
    others = (s for s in signed if Actor.parse(s).kind != by.kind)
    return tuple(sorted((*others, str(by))))


def keep_draft(unit: WriteUnit, file: PlanFile, text: PlanText, domain: Domain) -> None:
    """Keep a revised text, and the investments that it defines."""
    codec = Codec(domain.plan_types)
    unit.save_text(text.digest, codec.plan_text(text.plan))
    for investment in file.investments:
        if investment.id in text.pins:
            unit.save_text(text.pins[investment.id], codec.investment_text(investment))


def with_hidden(file: PlanFile, desk: PlanDesk, revision: RevisionCase) -> PlanFile:
    """Return *file* with what the draft tells of investments that its sender cannot see.

    They come back as references, and stay as the draft tells them.
    """
    codec, defined = Codec(desk.domain.plan_types), file.defined()
    referred = {id_ for id_ in file.plan.investments if id_ not in defined}
    told = {p.id: p.digest for p in revision.investments if p.told}
    kept = {id_: digest for id_, digest in told.items() if id_ in referred}
    found = desk.unit.investments(kept.values())
    visible = desk.visible({i.id: i for i in found.values()})
    hidden = (
        codec.investment(_kept(desk, digest))
        for id_, digest in kept.items()
        if id_ not in visible
    )
    return attrs.evolve(file, investments=(*file.investments, *hidden))


def refuse_withheld(file: PlanFile, desk: PlanDesk, revision: RevisionCase) -> None:
    """Refuse to tell anew what the draft tells as withheld, unless its owner does.

    Raises:
        InputError: `WITHHELD_BY_OWNER` (MAP-04).
    """
    codec, defined = Codec(desk.domain.plan_types), file.defined()
    told = {p.id: p.digest for p in revision.investments if p.told and p.id in defined}
    problems = [
        withheld_by_owner(id_, position)
        for position, id_ in enumerate(file.plan.investments)
        if id_ in told
        and digest_of(codec.investment_text(defined[id_])) != told[id_]
        and not may_tell(desk.by, codec.investment(_kept(desk, told[id_])), desk.plan)
    ]
    if problems:
        raise InputError(*problems)


def with_draft(
    revision: RevisionCase, told: RevisionCase, file: PlanFile, text: PlanText
) -> RevisionCase:
    """Return *told* with the revised text; signatures of something else lapse."""
    defined = file.defined()
    told = attrs.evolve(
        told,
        draft=text.digest,
        investments=tuple(
            PinnedInvestment(id=id_, digest=digest, told=id_ in defined)
            for id_, digest in sorted(text.pins.items())
        ),
    )
    if told == revision:
        return told
    return attrs.evolve(told, signed=(), prechecked=())


def draft_of(desk: PlanDesk, revision: RevisionCase) -> PlanText:
    """Return the revised text, with the very investments that it was saved with.

    Raises:
        RevisionRefusedError: None is saved yet.
        InputError: Another plan defines an investment differently by now.
    """
    if revision.draft is None:
        raise RevisionRefusedError(NOTHING_DRAFTED)
    codec = Codec(desk.domain.plan_types)
    told = [_kept(desk, p.digest) for p in revision.investments if p.told]
    file = PlanFile(
        plan=codec.plan(_kept(desk, revision.draft)),
        investments=tuple(codec.investment(text) for text in told),
    )
    pins = {p.id: p.digest for p in revision.investments}
    text = new_text(file, desk.unit, desk.domain, desk.by, known=pins, kept=[*pins])
    referred = desk.unit.investments(
        [p.digest for p in revision.investments if not p.told]
    )
    by_id: Mapping[InvestmentId, Investment] = {i.id: i for i in referred.values()}
    return attrs.evolve(
        text,
        digest=revision.draft,
        pins=pins,
        content=content_digest(revision.draft, pins),
        investments={**by_id, **file.defined()},
    )


def difference(desk: PlanDesk, text: PlanText) -> PlanDifference:
    """Return what a text changes of the edition in force."""
    base = desk.text
    return compare(base.plan, text.plan, base.investments, text.investments)


def findings_on(desk: PlanDesk, text: PlanText, revision: RevisionCase) -> CheckReport:
    """Return what the rules say of a revised text, at the gates revise and publish.

    A report that is late hinders no revision, so rules are not told what is owed. They
    look at those investments only that who opened the plan may see.
    """
    domain, plan_id = desk.domain, desk.standing.plan_id
    kind = domain.plan_type(desk.standing.plan_type)
    view = domain.view(LOCAL)
    reports = in_order(desk.unit.cases([plan_id], REPORT, view).get(plan_id, ()))
    found = [
        domain.check(
            text.plan,
            desk.visible(text.investments),
            gate,
            today=domain.today(),
            base=desk.plan,
            revision=revision,
            reports=tuple(case.document for case in reports),
            proposals=desk.unit.cases([plan_id], PROPOSAL, view).get(plan_id, ()),
            cycle=kind.reporting_cycle,
        )
        for gate in (Gate.REVISE, Gate.PUBLISH)
    ]
    revising, publishing = found
    return attrs.evolve(
        revising,
        findings=_together(revising.findings, publishing.findings),
        unchecked=_together(revising.unchecked, publishing.unchecked),
    )


def retired_parts(cases: Iterable[Case]) -> tuple[RetiredPart, ...]:
    """Return what the adopted ones among revisions took away."""
    adopted = (case for case in cases if case.state == ADOPTED)
    return tuple(part for case in adopted for part in case.document.retired)


def retired_before(desk: PlanDesk) -> tuple[RetiredPart, ...]:
    """Return the parts of all earlier editions whose ids are not used again."""
    plan_id = desk.standing.plan_id
    found = desk.unit.cases([plan_id], REVISION, desk.domain.view(LOCAL))
    return retired_parts(found.get(plan_id, ()))


def retired_by(change: PlanDifference) -> tuple[RetiredPart, ...]:
    """Return the parts that a change takes away for ever."""
    return tuple(
        RetiredPart(sort=part.sort, id=part.id)
        for part in change.removed
        if part.sort in _KEPT_FOR_EVER
    )


def write_edition(
    desk: PlanDesk, text: PlanText, edition: str, entry: Entry, *, dry_run: bool
) -> PlanStanding:
    """Write a text as the edition in force from today on, and return where it stands."""
    current, domain = desk.standing, desk.domain
    change = PlanChange(
        plan_id=current.plan_id,
        plan_type=current.plan_type,
        version=current.version + 1,
        edition=edition,
        digest=text.digest,
        content=text.content,
        pins=text.pins,
        entries=(),
        source=None,
        on=domain.today(),
        at=domain.clock(),
    )
    forward = advance(current, change)
    if not dry_run:
        entry = attrs.evolve(entry, parts=PartChanges.of(desk.plan, text.plan))
        writing = cast("WriteUnit", desk.unit)
        write_plan(writing, text, change, forward, entry, domain)
    return forward.added[-1]


def told_with(report: CheckReport, waivers: Iterable[Waiver] = ()) -> dict[str, Any]:
    """Return what the log keeps of checks and their answers."""
    return {
        "findings": [
            {
                "rule_id": f.rule_id,
                "rule_version": f.rule_version,
                "severity": f.effective_severity.value,
                "pointer": f.pointer,
            }
            for f in report.findings
        ],
        "unchecked": [u.rule_id for u in report.unchecked],
        "waivers": [
            {"rule_id": w.rule_id, "pointer": w.pointer, "reason": w.reason}
            for w in waivers
        ],
    }


def signatures_of(revision: RevisionCase, step: Key) -> Awaiting | None:
    """Return who signed a joint act on the text of a revision, if anybody did."""
    digest = revision.draft or ""
    signed = {PRECHECK: revision.prechecked, ADOPT: revision.signed}.get(step, ())
    by = tuple(Actor.parse(text) for text in signed)
    return Awaiting(step=step, by=by, digest=digest) if by else None


def _prechecking(lifecycle: Lifecycle) -> tuple[Key, ...]:
    """Return the kinds of body that pre-check together."""
    step = next((s for s in lifecycle.steps if s.key == PRECHECK), None)
    return step.actors if step else ()


def _kept(desk: PlanDesk, digest: str) -> str:
    text = desk.unit.text(digest)
    assert text is not None, "what a revision names is kept"  # noqa: S101
    return text


def _together(one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    return (*one, *(item for item in other if item not in one))
