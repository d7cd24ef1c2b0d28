"""`clusterplan correct`: put an error in an edition in force right."""

from __future__ import annotations

import click

from ..core.actors import Actor
from ..core.services.correcting import CorrectPlan, correct_plan
from .acting import EXPECTED, Errand, Told, changing
from .options import PLAN_ID


@click.command()
@PLAN_ID
@click.argument("file")
@EXPECTED
@click.option("--reason", required=True, help="What was wrong.")
@changing
def correct_command(
    errand: Errand,
    plan_id: str,
    file: str,
    by: Actor,
    expected: int | None,
    reason: str,
    dry_run: bool,
) -> Told:
    """Correct an error in the edition in force: the whole text, put right, in FILE.

    What changes policy is refused; it needs a revision.
    """
    command = CorrectPlan(
        plan_id=plan_id,
        file=errand.load_plan(file),
        reason=reason,
        by=by,
        expected_version=errand.plan_version(plan_id, expected),
        dry_run=dry_run,
    )
    done = correct_plan(command, errand.book.store, errand.book.domain)
    facts = {
        "planId": plan_id,
        "version": done.standing.version,
        "edition": done.standing.edition,
        "state": done.standing.state,
    }
    event = done.record.event if done.record else None
    return Told(facts=facts, event=event, dry_run=dry_run)
