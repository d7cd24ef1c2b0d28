"""What `clusterplan check` prints: lines like a linter's, and plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from attrs import frozen

from ..core.documents.source import Mark, Source
from ..core.errors import Problem
from ..core.findings import CheckReport, Finding, Severity
from ..core.repairs import Repair
from .printing import hint_text, problem_data, problem_line


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


def check_lines(checked: Checked, language: str) -> Iterator[str]:
    """Yield what became of a file or plan; each rule says once why it matters."""
    for problem in checked.problems:
        yield problem_line(problem, language, name=checked.name)
    if checked.report is None:
        return
    for repair in checked.report.repairs:
        yield repair_line(repair, language, name=checked.name)
    explained: set[str] = set()
    for finding in checked.report.findings:
        yield _line(checked, finding, language)
        if finding.rule_id not in explained:
            explained.add(finding.rule_id)
            yield _reason(finding, language)
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


def _reason(finding: Finding, language: str) -> str:
    """Return why a finding matters and where its rule comes from, as a line below."""
    in_japanese = language == "ja"
    why = finding.why_ja if in_japanese else finding.why_en
    if in_japanese:
        source = f"根拠：{finding.source_ref}"
        return f"    なぜ：{why}（{source}）" if why else f"    {source}"
    source = f"source: {finding.source_ref}"
    return f"    why: {why} ({source})" if why else f"    {source}"


def repair_line(repair: Repair, language: str, *, name: str) -> str:
    """Return a repair as `file:line:column: note READ_AS: message`."""
    message = repair.message_ja if language == "ja" else repair.message_en
    place = ":".join(
        str(p) for p in (name, repair.line, repair.column) if p is not None
    )
    return f"{place}: note READ_AS: {message} [{repair.pointer}]"


def repair_data(repair: Repair) -> dict[str, Any]:
    """Return a repair as plain data."""
    return {
        "pointer": repair.pointer,
        "line": repair.line,
        "column": repair.column,
        "written": repair.written,
        "read": repair.read,
    }


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


def check_data(checked: Checked) -> dict[str, Any]:
    """Return what became of a file or plan as plain data."""
    report = checked.report
    findings = report.findings if report else ()
    return {
        "name": checked.name,
        "ok": checked.ok,
        "problems": [problem_data(p) for p in checked.problems],
        "repairs": [repair_data(r) for r in (report.repairs if report else ())],
        "findings": [finding_data(f, checked.place(f)) for f in findings],
        "unchecked": [
            {"plugin": u.plugin, "ruleId": u.rule_id, "reason": u.reason}
            for u in (report.unchecked if report else ())
        ],
    }


def finding_data(finding: Finding, mark: Mark | None = None) -> dict[str, Any]:
    """Return a finding as plain data, with its place in a file where it has one."""
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
        "whyJa": finding.why_ja,
        "whyEn": finding.why_en,
        "sourceRef": finding.source_ref,
    }
