"""`clusterplan proposal`: projects that prefectures propose for A plans."""

from __future__ import annotations

import click

from ..book import Book, open_book
from ..core.actors import Actor
from ..core.documents.cases import load_case
from ..core.identifiers import InvestmentId, PartId
from ..core.proposals import PROPOSAL, ProjectProposal, ProposalAnswer
from ..core.readers import LOCAL
from ..core.services.cases import CaseDone
from ..core.services.proposing import (
    SaveProposal,
    StepProposal,
    save_proposal,
    step_proposal,
)
from .acting import AS, DRY_RUN, EXPECTED, case_version, read_file, run_case
from .options import FORMAT
from .printing import Settings, print_table

_COLUMNS = {
    "id": "ID",
    "state": "STATE",
    "version": "VERSION",
    "owner": "BY",
    "on": "ON",
    "title": "TITLE",
}
_STEPS = [str(step.key) for step in PROPOSAL.lifecycle.steps]


@click.group()
def proposal_command() -> None:
    """Prepare, propose and answer project proposals for a plan."""


@proposal_command.command("list")
@click.argument("plan_id")
@FORMAT
@click.pass_obj
def list_proposals(settings: Settings, plan_id: str, format_: str) -> None:
    """List the proposals for a plan."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        found = unit.cases([plan_id], PROPOSAL, book.domain.view(LOCAL))
    rows = [
        {
            "id": case.id,
            "state": case.state,
            "version": case.version,
            "owner": str(case.owner),
            "on": case.on.isoformat(),
            "title": case.document.title,
        }
        for case in found.get(plan_id, ())
    ]
    print_table(_COLUMNS, rows, as_json=format_ == "json")


@proposal_command.command("save")
@click.argument("plan_id")
@click.argument("file")
@AS
@EXPECTED
@DRY_RUN
@FORMAT
@click.pass_obj
def save(
    settings: Settings,
    plan_id: str,
    file: str,
    by: Actor,
    expected: int | None,
    dry_run: bool,
    format_: str,
) -> int:
    """Prepare the proposal in FILE (YAML or JSON; - for standard input)."""

    def act(book: Book) -> CaseDone:
        proposal = load_case(read_file(file), ProjectProposal)
        version = case_version(book, PROPOSAL, plan_id, proposal.id, expected)
        command = SaveProposal(
            plan_id=plan_id,
            proposal=proposal,
            by=by,
            expected_version=version or None,
            dry_run=dry_run,
        )
        return save_proposal(command, book.store, book.domain)

    return run_case(act, "proposalId", settings, format_)


@proposal_command.command("step")
@click.argument("plan_id")
@click.argument("proposal_id")
@click.argument("step", type=click.Choice(_STEPS))
@AS
@EXPECTED
@click.option("--reason", help="Why it is adopted, or is not.")
@click.option("--edition", help="Edition of the plan that takes it up.")
@click.option("--investment", help="Id of the investment that it became.")
@click.option("--measure", "measures", multiple=True, help="Id of a measure; repeat.")
@DRY_RUN
@FORMAT
@click.pass_obj
def step_command(  # noqa: PLR0913 - options of a command
    settings: Settings,
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
    format_: str,
) -> int:
    """Propose, receive, adopt, decline or withdraw a proposal."""
    answer = None
    if reason is not None:
        answer = ProposalAnswer(
            reason=reason,
            edition=edition,
            investment=InvestmentId(investment) if investment else None,
            measures=tuple(map(PartId, measures)),
        )

    def act(book: Book) -> CaseDone:
        command = StepProposal(
            plan_id=plan_id,
            proposal_id=proposal_id,
            step=step,
            by=by,
            expected_version=case_version(
                book, PROPOSAL, plan_id, proposal_id, expected
            ),
            answer=answer,
            dry_run=dry_run,
        )
        return step_proposal(command, book.store, book.domain)

    return run_case(act, "proposalId", settings, format_)
