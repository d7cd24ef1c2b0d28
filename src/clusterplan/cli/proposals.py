"""`clusterplan proposal`: projects that prefectures propose for A plans."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from ..book import Book
from ..core.actors import Actor
from ..core.cases import Case
from ..core.documents.cases import load_case
from ..core.identifiers import InvestmentId, PartId
from ..core.proposals import PROPOSAL, ProjectProposal, ProposalAnswer
from ..core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from .acting import EXPECTED, Errand, Told, changing, told_case
from .listing import Columns, cases_of, show_cases
from .options import FORMAT, PLAN_ID
from .printing import Settings

_COLUMNS: Columns = {
    "id": ("ID", "ID"),
    "state": ("状態", "STATE"),
    "version": ("版数", "VERSION"),
    "owner": ("提案主体", "BY"),
    "on": ("日付", "ON"),
    "title": ("件名", "TITLE"),
}
_STEPS = [str(step.key) for step in PROPOSAL.lifecycle.steps]


@click.group()
def proposal_command() -> None:
    """Prepare, propose and answer project proposals for a plan."""


@proposal_command.command("list")
@PLAN_ID
@FORMAT
@click.pass_obj
def list_proposals(settings: Settings, plan_id: str, format_: str) -> None:
    """List the proposals for a plan."""

    def read(book: Book) -> Iterator[tuple[Case, dict[str, Any]]]:
        for case in cases_of(book, plan_id, PROPOSAL):
            yield (
                case,
                {
                    "id": case.id,
                    "state": case.state,
                    "version": case.version,
                    "owner": str(case.owner),
                    "on": case.on.isoformat(),
                    "title": case.document.title,
                },
            )

    show_cases(settings, PROPOSAL, _COLUMNS, read, format_)


@proposal_command.command("save")
@PLAN_ID
@click.argument("file")
@EXPECTED
@changing
def save(
    errand: Errand,
    plan_id: str,
    file: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
) -> Told:
    """Prepare the proposal in FILE (YAML or JSON; - for standard input)."""
    proposal = errand.load(file, lambda source: load_case(source, ProjectProposal))
    errand.files.tell_part("proposal", ())
    version = errand.case_version(PROPOSAL, plan_id, proposal.id, expected)
    command = SaveProposal(
        plan_id=plan_id,
        proposal=proposal,
        by=by,
        expected_version=version or None,
        dry_run=dry_run,
    )
    done = save_proposal(command, errand.book.store, errand.book.domain)
    return told_case("proposalId", done)


@proposal_command.command("step")
@PLAN_ID
@click.argument("proposal_id")
@click.argument("step", type=click.Choice(_STEPS))
@EXPECTED
@click.option("--reason", help="Why it is adopted, or is not.")
@click.option("--edition", help="Edition of the plan that takes it up.")
@click.option("--investment", help="Id of the investment that it became.")
@click.option("--measure", "measures", multiple=True, help="Id of a measure; repeat.")
@changing
def step_command(  # noqa: PLR0913 - options of a command
    errand: Errand,
    plan_id: str,
    proposal_id: str,
    step: str,
    by: Actor,
    expected: int | None,
    reason: str | None,
    edition: str | None,
    investment: str | None,
    measures: tuple[str, ...],
    dry_run: bool,
) -> Told:
    """Propose, receive, adopt, decline or withdraw a proposal."""
    answer = None
    if reason is not None:
        answer = ProposalAnswer(
            reason=reason,
            edition=edition,
            investment=InvestmentId(investment) if investment else None,
            measures=tuple(map(PartId, measures)),
        )
    command = StepProposal(
        plan_id=plan_id,
        proposal_id=proposal_id,
        step=step,
        by=by,
        expected_version=errand.case_version(PROPOSAL, plan_id, proposal_id, expected),
        answer=answer,
        dry_run=dry_run,
    )
    done = step_proposal(command, errand.book.store, errand.book.domain)
    return told_case("proposalId", done)
