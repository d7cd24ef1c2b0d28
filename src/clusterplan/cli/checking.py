"""`clusterplan check`: plan files or stored plans, like a linter."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

import attrs
import click

from ..book import installed_plugins, make_domain, open_book
from ..core.documents.loader import load_plan_file
from ..core.documents.source import read_source
from ..core.errors import ErrorCode, PlanError, Problem
from ..core.findings import CheckReport, Gate
from .check_texts import Checked, check_data, check_lines
from .explaining import explain_rule
from .printing import Settings, print_json
from .sarif import sarif_log

Format = Literal["text", "json", "sarif"]


@click.command()
@click.argument("targets", metavar="FILE|PLAN_ID...", nargs=-1)
@click.option(
    "--gate",
    type=click.Choice([g.value for g in Gate]),
    default=Gate.PUBLISH.value,
    show_default=True,
    help="The moment that the plan shall be ready for.",
)
@click.option(
    "--format",
    "format_",
    type=click.Choice(["text", "json", "sarif"]),
    default="text",
    show_default=True,
    help="How to print; sarif is for code hosts and editors.",
)
@click.option(
    "--strict", is_flag=True, help="Rules that gave no answer close the gate, too."
)
@click.option(
    "--explain",
    "rule_id",
    metavar="RULE",
    help="Tell what a rule asks for, why, and how it is broken and obeyed.",
)
@click.pass_obj
def check_command(
    settings: Settings,
    targets: tuple[str, ...],
    gate: str,
    format_: Format,
    strict: bool,
    rule_id: str | None,
) -> int:
    """Look at plan files (- for standard input), or at stored plans by their id.

    Prints like a linter: file:line:column, severity, rule, message. Ends with 1 if a
    file cannot be read or a finding closes the gate.
    """
    if rule_id is not None:
        return explain_rule(rule_id, settings["lang"], as_json=format_ == "json")
    if not targets:
        raise click.UsageError("Missing argument 'FILE|PLAN_ID...'.")
    checked = [
        attrs.evolve(_check(target, Gate(gate), settings), strict=strict)
        for target in targets
    ]
    if format_ == "json":
        print_json([check_data(c) for c in checked])
    elif format_ == "sarif":
        click.echo(json.dumps(sarif_log(checked), ensure_ascii=False, indent=2))
    else:
        for each in checked:
            for line in check_lines(each, settings["lang"]):
                click.echo(line)
    return 0 if all(c.ok for c in checked) else 1


def _check(target: str, gate: Gate, settings: Settings) -> Checked:
    name = "<stdin>" if target == "-" else target
    source = None
    try:
        if _looks_like_id(target):
            report = _check_stored(target, gate, settings)
            return Checked(name=name, report=report)
        source = read_source(sys.stdin.buffer if target == "-" else target, name=name)
        file = load_plan_file(source, installed_plugins().plan_types)
    except PlanError as error:
        return Checked(name=name, problems=error.problems, source=source)
    report = make_domain().check_file(file, gate)
    return Checked(name=name, report=report, source=source)


def _check_stored(plan_id: str, gate: Gate, settings: Settings) -> CheckReport:
    with open_book(settings["database"], create=False) as book:
        report = book.check(plan_id, gate)
    if report is None:
        raise UnknownTargetError(plan_id)
    return report


class UnknownTargetError(PlanError):
    """There is neither such a file nor such a stored plan."""

    def __init__(self, target: str) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.NOT_FOUND,
                reason="NO_FILE_OR_PLAN",
                message_ja=f"「{target}」というファイルも計画もありません",
                message_en=f"there is neither a file nor a stored plan {target!r}",
            )
        )


def _looks_like_id(target: str) -> bool:
    """Tell whether *target* is neither a file nor written like the name of one."""
    if target == "-" or any(c in target for c in "/\\"):
        return False
    return not target.endswith((".yaml", ".yml", ".json")) and not Path(target).exists()
