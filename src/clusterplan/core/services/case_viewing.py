"""What the office that reads may do with reports and revisions, and what they hold."""

from __future__ import annotations

import attrs
from attrs import frozen

from ..actors import PUBLIC, Actor
from ..casekinds import CASE_KINDS
from ..cases import Case
from ..differences import PlanDifference
from ..errors import PlanError
from ..findings import Finding
from ..identifiers import PlanId
from ..lifecycle import Standing
from ..readers import Reader
from ..reports import ACCEPTING_BODIES, ProgressReport, ReportCase, speaks_for
from ..revisions import REVISION_OPEN, RevisionCase, RevisionFile
from ..store import ReadUnit
from .comparing import visible_difference
from .domain import Domain
from .plan_documents import revised_texts
from .plantexts import PlanDesk
from .revised_texts import draft_of, findings_on, rules_of, standing_of
from .viewing import NextStep, Stand

_ACCEPT = "accept"


@frozen(kw_only=True)
class Outlook:
    """What the adoption of a revision would change, and what the rules say of it."""

    difference: PlanDifference
    findings: tuple[Finding, ...]


def report_steps(
    case: ReportCase, reader: Reader, unit: ReadUnit
) -> tuple[NextStep, ...]:
    """Return the steps that can be taken with a report now.

    It is submitted by the lead body or the only reporter, and accepted by a body that
    does not report in it; there are none from where it stood once.
    """
    if not _is_newest(case, unit):
        return ()
    by, report = reader.actor, case.document
    sole = by is not None and _is_sole_reporter(by, report)
    stand = Stand(
        lifecycle=CASE_KINDS[case.kind].lifecycle,
        standing=Standing(state=case.state),
        digest=case.digest,
        lead=by if sole else case.owner,
    )
    own = by is not None and _is_own(by, report)
    return tuple(
        attrs.evolve(step, mine=step.mine and not (own and step.key == _ACCEPT))
        for step in stand.next_steps(reader)
    )


def revision_steps(
    case: RevisionFile, reader: Reader, unit: ReadUnit, domain: Domain
) -> tuple[NextStep, ...]:
    """Return the steps that can be taken with a revision now, by its plan's type.

    There are none from where it stood once, or where the plugin of its type is gone.
    """
    if not _is_newest(case, unit):
        return ()
    try:
        desk = _opened(case.plan_id, reader, unit, domain)
        lifecycle = rules_of(desk).lifecycle
    except PlanError:
        return ()
    revision: RevisionCase = case.document
    steps: list[NextStep] = []
    for step in lifecycle.steps_from(case.state):
        stand = Stand(
            lifecycle=lifecycle,
            standing=standing_of(lifecycle, case.state, step.key, revision),
            digest=revision.draft or "",
            lead=desk.plan.lead,
            joining=tuple(desk.plan.joining),
        )
        steps += (s for s in stand.next_steps(reader) if s.key == step.key)
    return tuple(steps)


def outlook(
    case: RevisionFile, reader: Reader, unit: ReadUnit, domain: Domain
) -> Outlook | None:
    """Return what the adoption of a revision would change, as *reader* may see it.

    Nothing where no text is saved, the revision is not open, or its text cannot be
    taken as it is any more.
    """
    digests = revised_texts(case.document)
    if case.state != REVISION_OPEN or not digests:
        return None
    if any(unit.text(digest) is None for digest in digests):
        return None
    try:
        desk = _opened(case.plan_id, reader, unit, domain)
        text = draft_of(desk, case.document)
        report = findings_on(desk, text, case.document)
    except PlanError:
        return None
    return Outlook(
        difference=visible_difference(desk, text, reader), findings=report.findings
    )


def _opened(
    plan_id: PlanId, reader: Reader, unit: ReadUnit, domain: Domain
) -> PlanDesk:
    by = reader.actor or Actor(PUBLIC, "anybody")
    return PlanDesk.open(plan_id, by, unit, domain)


def _is_newest(case: Case, unit: ReadUnit) -> bool:
    """Tell whether nothing has followed a version of a case; what was tried is newer."""
    now = unit.case(case.plan_id, CASE_KINDS[case.kind], case.id)
    return now is None or case.version >= now.version


def _is_sole_reporter(by: Actor, report: ProgressReport) -> bool:
    owed = [p for p in report.parts if not all(map(report.has_ended, p.rows))]
    return len(owed) == 1 and speaks_for(by, owed[0].reporter)


def _is_own(by: Actor, report: ProgressReport) -> bool:
    """Tell whether *by* may not accept a report, since it submitted or reports it.

    Where every body that may accept it is a reporter, any but the submitter accepts.
    """
    submitted_by = report.submitted_by
    if submitted_by is not None and speaks_for(by, submitted_by):
        return True
    told = [part.reporter for part in report.parts]
    others = (
        other
        for other in ACCEPTING_BODIES
        if other.kind != by.kind
        and not (submitted_by and speaks_for(other, submitted_by))
        and not any(speaks_for(other, body) for body in told)
    )
    return any(speaks_for(by, body) for body in told) and any(True for _ in others)
