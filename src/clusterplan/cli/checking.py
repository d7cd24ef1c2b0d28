"""`clusterplan check`: plan files or stored plans, like a linter."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import attrs
import click
from attrs import frozen

from ..book import installed_plugins, make_domain, open_book
from ..core.documents.loader import load_plan_file
from ..core.documents.source import Mark, Source, read_source
from ..core.errors import ErrorCode, PlanError, Problem
from ..core.findings import CheckReport, Finding, Gate, Severity
from .printing import Settings, hint_text, print_json, problem_data, problem_line
from .sarif import sarif_log

Format = Literal["text", "json", "sarif"]


@frozen(kw_only=True)
class Checked:
    """What became of one file or plan: problems of reading it, or a report."""

    name: str
    problems: tuple[Problem, ...] = ()
    report: CheckReport | None = None
    source: Source | None = None
    strict: bool = False

    @property
    def ok(self) -> bool:
        """Whether it was read, and nothing closes the gate."""
        if self.problems or self.report is None:
            return False
        return self.report.ok and not (self.strict and self.report.unchecked)

    def place(self, finding: Finding) -> Mark | None:
        """Return where a finding stands in the file."""
        return self.source.place(finding.path) if self.source else None


@click.command()
@click.argument("targets", metavar="FILE|PLAN_ID...", nargs=-1, required=True)
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
@click.pass_obj
def check_command(
    settings: Settings,
    targets: tuple[str, ...],
    gate: str,
    format_: Format,
    strict: bool,
) -> int:
    """Look at plan files (- for standard input), or at stored plans by their id.

    Prints like a linter: file:line:column, severity, rule, message. Ends with 1 if a
    file cannot be read or a finding closes the gate.
    """
    checked = [
        attrs.evolve(_check(target, Gate(gate), settings), strict=strict)
        for target in targets
    ]
    if format_ == "json":
        print_json([_data(c) for c in checked])
    elif format_ == "sarif":
        click.echo(json.dumps(sarif_log(checked), ensure_ascii=False, indent=2))
    else:
        for each in checked:
            for line in _lines(each, settings["lang"]):
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


def _lines(checked: Checked, language: str) -> Iterator[str]:
    for problem in checked.problems:
        yield problem_line(problem, language, name=checked.name)
    if checked.report is None:
        return
    for finding in checked.report.findings:
        yield _line(checked, finding, language)
    for rule in checked.report.unchecked:
        yield f"{checked.name}: unchecked {rule.rule_id} ({rule.plugin}): {rule.reason}"
    yield _summary(checked, language)


def _line(checked: Checked, finding: Finding, language: str) -> str:
    mark = checked.place(finding)
    place = f"{checked.name}:{mark.line}:{mark.column}" if mark else checked.name
    message = finding.message_ja if language == "ja" else finding.message_en
    hint = hint_text(finding.hint, message)
    weight = finding.effective_severity.value
    return f"{place}: {weight} {finding.rule_id}: {message} [{finding.pointer}]{hint}"


def _summary(checked: Checked, language: str) -> str:
    assert checked.report is not None  # noqa: S101 - only called with a report
    counts = {
        severity: sum(f.effective_severity is severity for f in checked.report.findings)
        for severity in Severity
    }
    errors, warnings = counts[Severity.ERROR], counts[Severity.WARNING]
    silent = len(checked.report.unchecked)
    gate = checked.report.gate.value
    if language == "ja":
        verdict = "合格" if checked.ok else "不合格"
        return (
            f"{checked.name}: {verdict}（関門 {gate}、エラー{errors}、警告{warnings}"
            + (f"、答えのない規則{silent}）" if silent else "）")
        )
    verdict = "passes" if checked.ok else "does not pass"
    return (
        f"{checked.name}: {verdict} gate {gate} "
        f"(errors: {errors}, warnings: {warnings}"
        + (f", rules without an answer: {silent})" if silent else ")")
    )


def _data(checked: Checked) -> dict[str, Any]:
    report = checked.report
    findings = report.findings if report else ()
    return {
        "name": checked.name,
        "ok": checked.ok,
        "problems": [problem_data(p) for p in checked.problems],
        "findings": [_finding_data(checked, f) for f in findings],
        "unchecked": [
            {"plugin": u.plugin, "ruleId": u.rule_id, "reason": u.reason}
            for u in (report.unchecked if report else ())
        ],
    }


def _finding_data(checked: Checked, finding: Finding) -> dict[str, Any]:
    mark = checked.place(finding)
    return {
        "ruleId": finding.rule_id,
        "ruleVersion": finding.rule_version,
        "severity": finding.severity.value,
        "effectiveSeverity": finding.effective_severity.value,
        "gate": finding.gate.value,
        "pointer": finding.pointer,
        "line": mark.line if mark else None,
        "column": mark.column if mark else None,
        "messageJa": finding.message_ja,
        "messageEn": finding.message_en,
        "hint": finding.hint,
        "sourceRef": finding.source_ref,
    }
