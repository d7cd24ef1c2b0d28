"""What commands tell of findings that hinder nothing: lines for people, and data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..core.findings import CheckReport, Finding
from .check_texts import finding_data
from .printing import hint_text

Line = tuple[str, str]
"""A line for people, in Japanese and English."""


def remark_lines(checked: CheckReport) -> Iterator[Line]:
    """Yield what the rules say, each finding with the weight of its rule."""
    if not checked.findings:
        return
    if any(f.effective_severity is not f.severity for f in checked.findings):
        yield (
            (
                "これまでの指摘（今は妨げになりません。error は、提出・改訂までに直す必要が"
                "あります）"
            ),
            (
                "findings so far (none blocks now; an error has to be put right before the"
                " report goes in, or the revision is adopted)"
            ),
        )
    else:
        yield "指摘", "findings"
    yield from map(_line, checked.findings)


def remark_data(checked: CheckReport) -> list[dict[str, Any]]:
    """Return the findings as plain data."""
    return [finding_data(finding) for finding in checked.findings]


def _line(finding: Finding) -> Line:
    ja, en = (
        f"  {finding.severity.value} {finding.rule_id}: {message}"
        f" [{finding.pointer}]{hint_text(finding.hint, message)}"
        for message in (finding.message_ja, finding.message_en)
    )
    return ja, en
