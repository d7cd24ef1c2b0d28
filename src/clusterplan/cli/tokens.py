"""`clusterplan token`: API tokens."""

from __future__ import annotations

import datetime as dt
import secrets

import click

from ..book import open_book
from ..core.actors import Actor
from ..core.services.tokens import CreateToken, create_token, revoke_token
from .options import FORMAT, Day
from .printing import Settings, print_json, print_table, say

_COLUMNS = {
    "id": "ID",
    "actor": "ACTOR",
    "createdAt": "CREATED",
    "expiresOn": "EXPIRES",
    "revokedAt": "REVOKED",
    "note": "NOTE",
}


@click.group()
def token_command() -> None:
    """Make, list and revoke API tokens."""


@token_command.command("create")
@click.option(
    "--as",
    "actor",
    metavar="KIND:CODE",
    required=True,
    help="Office it stands for, such as prefecture:430005.",
)
@click.option("--note", default="", help="What it is for.")
@click.option("--expires", type=Day(), help="Last day on which it works.")
@FORMAT
@click.pass_obj
def create(
    settings: Settings,
    actor: str,
    note: str,
    expires: dt.date | None,
    format_: str,
) -> None:
    """Make a token and print its secret, which is shown only now."""
    try:
        office = Actor.parse(actor)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="'--as'") from None
    command = CreateToken(actor=office, note=note, expires_on=expires)
    with open_book(settings["database"]) as book:
        token, secret = create_token(
            command, book.store, book.domain, secrets.token_bytes
        )
    if format_ == "json":
        print_json({"id": token.id, "actor": actor, "secret": secret})
        return
    say(
        settings["lang"],
        f"トークン {token.id}（{actor}）。秘密の文字列は今だけ表示されます：",
        f"token {token.id} ({actor}); the secret is shown only now:",
    )
    click.echo(secret)


@token_command.command("list")
@FORMAT
@click.pass_obj
def list_tokens(settings: Settings, format_: str) -> None:
    """List tokens, without their secrets."""
    with (
        open_book(settings["database"], create=False) as book,
        book.store.read() as unit,
    ):
        rows = [
            {
                "id": token.id,
                "actor": str(token.actor),
                "createdAt": token.created_at.isoformat(timespec="seconds"),
                "expiresOn": token.expires_on.isoformat() if token.expires_on else None,
                "revokedAt": token.revoked_at.isoformat(timespec="seconds")
                if token.revoked_at
                else None,
                "note": token.note,
            }
            for token in unit.tokens()
        ]
    print_table(_COLUMNS, rows, as_json=format_ == "json")


@token_command.command("revoke")
@click.argument("token_id")
@click.pass_obj
def revoke(settings: Settings, token_id: str) -> None:
    """Revoke a token at once."""
    with open_book(settings["database"], create=False) as book:
        revoke_token(token_id, book.store, book.domain)
    say(settings["lang"], f"失効: {token_id}", f"revoked: {token_id}", error=False)
