"""Findings as SARIF 2.1.0, which code hosts and editors show beside the lines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from .._version import __version__
from ..book import installed_plugins
from ..core.documents.source import Mark
from ..core.findings import Severity

if TYPE_CHECKING:
    from .check_texts import Checked

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
_SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"


def sarif_log(checked: Iterable[Checked]) -> dict[str, Any]:
    """Return a log with one run; problems of reading are results as well."""
    results = [result for each in checked for result in _results(each)]
    used = {result["ruleId"] for result in results}
    rules = [
        {
            "id": rule.id,
            "shortDescription": {"text": f"{rule.title} / {rule.title_en}"},
            "fullDescription": {"text": f"{rule.why} / {rule.why_en}"},
            "help": {"text": rule.source},
        }
        for rule in installed_plugins().rules
        if rule.id in used
    ]
    driver = {"name": "clusterplan", "version": __version__, "rules": rules}
    return {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": results,
            }
        ],
    }


def _results(checked: Checked) -> Iterator[dict[str, Any]]:
    for problem in checked.problems:
        mark = None
        if problem.line is not None and problem.column is not None:
            mark = Mark(line=problem.line, column=problem.column)
        text = f"{problem.message_ja} / {problem.message_en}"
        yield _result(checked.name, problem.reason, "error", text, mark)
    for finding in checked.report.findings if checked.report else ():
        yield _result(
            checked.name,
            finding.rule_id,
            _LEVELS[finding.effective_severity],
            f"{finding.message_ja} / {finding.message_en}",
            checked.place(finding),
        )


def _result(
    name: str, rule_id: str, level: str, text: str, mark: Mark | None
) -> dict[str, Any]:
    location: dict[str, Any] = {"artifactLocation": {"uri": _address(name)}}
    if mark is not None:
        location["region"] = {"startLine": mark.line, "startColumn": mark.column}
    return {
        "ruleId": rule_id,
        "level": level,
        "message": {"text": text},
        "locations": [{"physicalLocation": location}],
    }


def _address(name: str) -> str:
    path = Path(name)
    if path.is_absolute():
        return path.as_uri()
    return quote(path.as_posix(), errors="surrogateescape")
