"""The command `clusterplan`; each subcommand is loaded when it is called."""

from __future__ import annotations

import importlib
import io
import os
import sys
from typing import TYPE_CHECKING

import click

from .._version import __version__

if TYPE_CHECKING:
    from ..core.errors import Problem
    from .printing import Settings

_COMMANDS = {
    "check": ("checking", "Look at plan files, or stored plans, like a linter."),
    "comment": ("comments", "Remarks on drafts, and what was done about them."),
    "correct": ("correcting", "Correct an error in an edition in force."),
    "db": ("database", "Bring a database up to date, look at it, back it up."),
    "demo": ("demo", "Set up a demonstration with plans, and serve it."),
    "due": ("following", "List the reports that plans owe."),
    "export": ("exporting", "Write the map in a format such as geojson."),
    "import": ("importing", "Save plan files."),
    "plan": ("plans", "List and show stored plans."),
    "plugin": ("plugins", "List plugins, and what became of each."),
    "progress": ("following", "How far plans are by their reports."),
    "proposal": ("proposals", "Project proposals for A plans."),
    "rebuild": ("database", "Make all projections again from the log."),
    "reference": ("references", "Look up the codes that plans use."),
    "report": ("reports", "Progress reports, from the form to the acceptance."),
    "revision": ("revisions", "Revise a plan in force, up to the next edition."),
    "schema": ("schemas", "Print the GraphQL schema, or that of plan files."),
    "serve": ("serving", "Serve the API and the map page."),
    "step": ("stepping", "Take a step of a plan's lifecycle."),
    "token": ("tokens", "Make, list and revoke API tokens."),
    "verify": ("database", "Compare the log with itself and with every row."),
}


class _Commands(click.Group):
    """Subcommands by name, each in a module that is loaded when it is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(_COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        if name not in _COMMANDS:
            return None
        module = importlib.import_module(f".{_COMMANDS[name][0]}", __name__)
        command = getattr(module, f"{name}_command")
        assert isinstance(command, click.Command)  # noqa: S101
        _take_general_options(command)
        return command

    def format_commands(
        self, ctx: click.Context, formatter: click.HelpFormatter
    ) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(n, h) for n, (_, h) in sorted(_COMMANDS.items())])


def _take_general_options(command: click.Command) -> None:
    """Let the general options stand behind the subcommand as well."""
    if isinstance(command, click.Group):
        for inner in command.commands.values():
            _take_general_options(inner)
    elif "general_lang" not in {p.name for p in command.params}:
        command.params.extend(_general_options())


def _general_options() -> list[click.Parameter]:
    def keep(ctx: click.Context, param: click.Parameter, value: str | None) -> None:
        if value is not None:
            ctx.obj[str(param.name).removeprefix("general_")] = value

    return [
        click.Option(
            ["--database", "general_database"],
            metavar="URL",
            expose_value=False,
            callback=keep,
            help="As before the command.",
        ),
        click.Option(
            ["--lang", "general_lang"],
            type=click.Choice(["ja", "en"]),
            expose_value=False,
            callback=keep,
            help="As before the command.",
        ),
    ]


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="clusterplan")
@click.option(
    "--database",
    metavar="URL",
    envvar="CLUSTERPLAN_DATABASE",
    default="sqlite:///clusterplan.db",
    show_default=True,
    help="Where the plans are: SQLite, or postgresql://host/name; also from "
    "CLUSTERPLAN_DATABASE.",
)
@click.option(
    "--lang",
    type=click.Choice(["ja", "en"]),
    envvar="CLUSTERPLAN_LANG",
    default="ja",
    show_default=True,
    help="Language of messages; also from CLUSTERPLAN_LANG.",
)
@click.pass_context
def cli(ctx: click.Context, database: str, lang: str) -> None:
    """Make, check, publish, follow and revise regional industry plans.

    Exit status: 0 all is well, 1 findings or refusals, 2 wrong usage.
    """
    ctx.obj.update(database=database, lang=lang)


def main(arguments: list[str] | None = None) -> None:
    """Run the command; whatever goes wrong ends in a message, never a traceback."""
    settings: Settings = {"database": "", "lang": "ja"}
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        result = cli.main(
            arguments, prog_name="clusterplan", standalone_mode=False, obj=settings
        )
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        error.show()
        sys.exit(2)
    except Exception as error:  # noqa: BLE001 - the last one to tell the user
        sys.exit(_told(error, settings["lang"]))
    sys.exit(result if isinstance(result, int) else 0)


def _told(error: Exception, language: str) -> int:
    from ..core.errors import PlanError  # noqa: PLC0415
    from .printing import say, say_problems  # noqa: PLC0415

    if isinstance(error, PlanError):
        say_problems(error.problems, language)
    elif os.environ.get("CLUSTERPLAN_DEBUG"):
        raise error
    elif isinstance(error, OSError) and error.filename is not None:
        say_problems([_unusable_file(error)], language)
    else:
        say(
            language,
            f"内部エラー（{type(error).__name__}）。CLUSTERPLAN_DEBUG=1 で詳細を表示します",
            f"internal error ({type(error).__name__}); CLUSTERPLAN_DEBUG=1 shows more",
        )
    return 1


def _unusable_file(error: OSError) -> Problem:
    from ..core.errors import Problem  # noqa: PLC0415

    return Problem(
        reason="FILE_UNUSABLE",
        message_ja=f"「{error.filename}」を読み書きできません（{error.strerror}）。"
        "場所と権限を確かめてください",
        message_en=f"{str(error.filename)!r} cannot be read or written "
        f"({error.strerror}); check its place and permissions",
    )
