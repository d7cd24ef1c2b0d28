"""`clusterplan plugin`: plugins, and what became of each."""

from __future__ import annotations

import click

from ..book import installed_plugins
from ..plugins.manifest import PluginState
from .options import FORMAT
from .printing import print_table

_COLUMNS = {
    "name": "NAME",
    "distribution": "DISTRIBUTION",
    "version": "VERSION",
    "state": "STATE",
    "hooks": "HOOKS",
    "errors": "ERRORS",
    "reason": "REASON",
}


@click.group()
def plugin_command() -> None:
    """Look at plugins."""


@plugin_command.command("list")
@FORMAT
def list_plugins(format_: str) -> int:
    """List plugins; ends with 1 if one does not work."""
    infos = installed_plugins().infos
    as_json = format_ == "json"
    rows = [
        {
            "name": info.name,
            "distribution": info.distribution,
            "version": info.version,
            "state": info.state.value,
            "hooks": list(info.hooks) if as_json else " ".join(info.hooks),
            "errors": info.errors,
            "reason": info.reason,
        }
        for info in infos
    ]
    print_table(_COLUMNS, rows, as_json=as_json)
    well = (PluginState.ACTIVE, PluginState.BLOCKED)
    return 0 if all(i.state in well and not i.errors for i in infos) else 1
