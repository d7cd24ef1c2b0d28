"""`clusterplan step`: take a step of a plan's lifecycle."""

from __future__ import annotations

import click

from ..book import open_book
from ..core.actors import Actor
from ..core.errors import PlanError
from ..core.services.answers import StepComment, Waiver
from ..core.services.stepping import TakeStep, take_step
from .acting import AS, DRY_RUN, EXPECTED, tell_done, tell_refusal
from .options import FORMAT
from .printing import Settings


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
@click.argument("plan_id")
@click.argument("step")
@AS
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
@DRY_RUN
@FORMAT
@click.pass_obj
def step_command(  # noqa: PLR0913 - options of a command
    settings: Settings,
    plan_id: str,
    step: str,
    by: Actor,
    expected: int | None,
    reason: str | None,
    comments: tuple[StepComment, ...],
    waivers: tuple[Waiver, ...],
    dry_run: bool,
    format_: str,
) -> int:
    """Take a step with a plan, such as submit_for_precheck or publish.

    A step that several offices take together is done when each of them has taken it.
    """
    as_json = format_ == "json"
    try:
        with open_book(settings["database"], create=False) as book:
            if expected is None:
                with book.store.read() as unit:
                    stored = unit.current(plan_id)
                expected = stored.version if stored else 0
            command = TakeStep(
                plan_id=plan_id,
                step=step,
                by=by,
                expected_version=expected,
                reason=reason,
                comments=comments,
                waivers=waivers,
                dry_run=dry_run,
            )
            done = take_step(command, book.store, book.domain)
    except PlanError as error:
        return tell_refusal(error, settings, as_json=as_json)
    standing = done.standing
    signed = ",".join(map(str, done.awaiting.by)) if done.awaiting else None
    facts = {
        "planId": plan_id,
        "version": standing.version,
        "edition": standing.edition,
        "state": standing.state,
        "signedBy": signed,
    }
    return tell_done(facts, done.event, settings, dry_run=done.dry_run, as_json=as_json)
