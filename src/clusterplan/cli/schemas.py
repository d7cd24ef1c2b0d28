"""`clusterplan schema`: the schemas that others build on."""

from __future__ import annotations

import click

from ..book import installed_plugins
from ..plugins.host import load_plugins
from .printing import print_json


@click.group()
def schema_command() -> None:
    """Print schemas."""


@schema_command.command("graphql")
@click.option("--builtin", is_flag=True, help="For the built-in plugins alone.")
def graphql_schema(builtin: bool) -> None:
    """Print the GraphQL schema for the installed plugins."""
    from ..api.schema import build_schema, sdl  # noqa: PLC0415 - strawberry is large

    plugins = load_plugins(entry_points=False) if builtin else installed_plugins()
    click.echo(sdl(build_schema(plugins.plan_types)), nl=False)


@schema_command.command("plan")
def plan_file_schema() -> None:
    """Print the JSON Schema of plan files, for editors and forms."""
    from ..core.documents.jsonschema import plan_schema  # noqa: PLC0415

    print_json(plan_schema(installed_plugins().plan_types))
