"""`clusterplan step`: take a step of a plan's lifecycle."""

from __future__ import annotations

import click

from ..core.actors import Actor
from ..core.services.answers import StepComment, Waiver
from ..core.services.stepping import TakeStep, take_step
from .acting import EXPECTED, Errand, Told, changing
from .options import PLAN_ID


def _comments(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> tuple[StepComment, ...]:
    split = [text.partition("=") for text in texts]
    if any(not (sign and remark.strip()) for _, sign, remark in split):
        raise click.BadParameter(
            "write POINTER=TEXT; =TEXT for the whole plan.", ctx, param
        )
    return tuple(
        StepComment(pointer=pointer, text=remark) for pointer, _, remark in split
    )


def _waivers(
    ctx: click.Context, param: click.Parameter, texts: tuple[str, ...]
) -> tuple[Waiver, ...]:
    found = []
    for text in texts:
        rule, colon, rest = text.partition(":")
        pointer, sign, reason = rest.partition("=")
        if not (colon and sign and reason.strip()):
            raise click.BadParameter("write RULE:POINTER=REASON.", ctx, param)
        found.append(Waiver(rule_id=rule, pointer=pointer, reason=reason))
    return tuple(found)


WAIVE = click.option(
    "--waive",
    "waivers",
    metavar="RULE:POINTER=REASON",
    multiple=True,
    callback=_waivers,
    help="Answer a warning; may be given again.",
)


@click.command()
@PLAN_ID
@click.argument("step")
@EXPECTED
@click.option("--reason", help="Why; some steps need it.")
@click.option(
    "--comment",
    "comments",
    metavar="POINTER=TEXT",
    multiple=True,
    callback=_comments,
    help="Remark on a place of the draft; may be given again.",
)
@WAIVE
@changing
def step_command(  # noqa: PLR0913 - options of a command
    errand: Errand,
    plan_id: str,
    step: str,
    by: Actor,
    expected: int | None,
    reason: str | None,
    comments: tuple[StepComment, ...],
    waivers: tuple[Waiver, ...],
    dry_run: bool,
) -> Told:
    """Take a step with a plan, such as submit_for_precheck or publish.

    A step that several offices take together is done when each of them has taken it.
    """
    command = TakeStep(
        plan_id=plan_id,
        step=step,
        by=by,
        expected_version=errand.plan_version(plan_id, expected),
        reason=reason,
        comments=comments,
        waivers=waivers,
        dry_run=dry_run,
    )
    done = take_step(command, errand.book.store, errand.book.domain)
    standing = done.standing
    facts = {
        "planId": plan_id,
        "version": standing.version,
        "edition": standing.edition,
        "state": standing.state,
        "awaiting": ",".join(done.awaiting) or None,
        "signed": ",".join(map(str, done.signed)) or None,
    }
    return Told(facts=facts, event=done.event, dry_run=done.dry_run)
