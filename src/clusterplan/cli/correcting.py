"""`clusterplan correct`: put an error in an edition in force right."""

from __future__ import annotations

import click

from ..book import installed_plugins, open_book
from ..core.actors import Actor
from ..core.documents.loader import load_plan_file
from ..core.errors import PlanError
from ..core.services.correcting import CorrectPlan, correct_plan
from .acting import AS, DRY_RUN, EXPECTED, read_file, tell_done, tell_refusal
from .options import FORMAT
from .printing import Settings


@click.command()
@click.argument("plan_id")
@click.argument("file")
@AS
@EXPECTED
@click.option("--reason", required=True, help="What was wrong.")
@DRY_RUN
@FORMAT
@click.pass_obj
def correct_command(
    settings: Settings,
    plan_id: str,
    file: str,
    by: Actor,
    expected: int | None,
    reason: str,
    dry_run: bool,
    format_: str,
) -> int:
    """Correct an error in the edition in force: the whole text, put right, in FILE.

    What changes policy is refused; it needs a revision.
    """
    as_json = format_ == "json"
    try:
        with open_book(settings["database"], create=False) as book:
            if expected is None:
                with book.store.read() as unit:
                    stored = unit.current(plan_id)
                expected = stored.version if stored else 0
            command = CorrectPlan(
                plan_id=plan_id,
                file=load_plan_file(read_file(file), installed_plugins().plan_types),
                reason=reason,
                by=by,
                expected_version=expected,
                dry_run=dry_run,
            )
            done = correct_plan(command, book.store, book.domain)
    except PlanError as error:
        return tell_refusal(error, settings, as_json=as_json)
    facts = {
        "planId": plan_id,
        "version": done.standing.version,
        "edition": done.standing.edition,
        "state": done.standing.state,
    }
    event = done.record.event if done.record else None
    return tell_done(facts, event, settings, dry_run=dry_run, as_json=as_json)
