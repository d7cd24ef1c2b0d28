"""Findings: what rules remark on a plan, how much it weighs, and when it blocks."""

from __future__ import annotations

from typing import Annotated

import attrs
from attrs import frozen

from .errors import Path, pointer
from .identifiers import PlanId
from .repairs import Repair
from .terms import Term, TermEnum


class Severity(TermEnum):
    """How much a finding weighs."""

    ERROR = "error", "エラー", "It blocks at its gate, and cannot be waived."
    WARNING = "warning", "警告", "It is put right, or waived with a reason."
    INFO = "info", "参考", "It is only told."

    @property
    def lowered(self) -> Severity:
        """The severity at a gate before the one of its rule."""
        return Severity.WARNING if self is Severity.ERROR else Severity.INFO


class Gate(TermEnum):
    """The first moment at which a rule can block.

    `save`, `submit` and `publish` follow each other in the making of a plan; `any` looks
    at every moment. `save` is shown from the first save on and blocks from `submit` on.
    """

    SAVE = "save", "保存", "A plan is saved."
    SUBMIT = "submit", "提出", "A draft is handed in."
    PUBLISH = "publish", "公表", "A plan becomes public."
    REPORT = "report", "進捗報告", "A report goes in."
    REVISE = "revise", "改訂", "A revision is adopted."
    MAP = "map", "地図への掲載", "A plan is drawn on the map."
    ANY = "any", "全段階", "At every moment."


@frozen(kw_only=True)
class Finding:
    """One remark of one rule on one place of a plan."""

    rule_id: Annotated[str, Term("規則ID", "Stable id such as `W5H-03`.")]
    rule_version: Annotated[int, Term("規則の版", "Version of the rule that ran.")]
    severity: Annotated[Severity, Term("重要度", "Severity of the rule.")]
    effective_severity: Annotated[
        Severity, Term("適用重要度", "Severity at this gate; lower at an earlier one.")
    ]
    gate: Annotated[Gate, Term("関門", "First moment at which the rule can block.")]
    plan_id: Annotated[PlanId, Term("計画ID", "The plan looked at.")]
    edition: Annotated[str | None, Term("版", "The edition looked at.")] = None
    path: Path = ()
    message_ja: Annotated[str, Term("指摘", "What is wrong, in Japanese.")]
    message_en: Annotated[str, Term("指摘（英語）", "What is wrong, in English.")]
    hint: Annotated[str | None, Term("書き方", "What to write instead.")] = None
    why_ja: Annotated[str | None, Term("理由", "Why it matters, in Japanese.")] = None
    why_en: Annotated[
        str | None, Term("理由（英語）", "Why it matters, in English.")
    ] = None
    source_ref: Annotated[str, Term("根拠", "Where the rule comes from.")]

    @property
    def pointer(self) -> str:
        """JSON pointer (RFC 6901) to the place in the plan document."""
        return pointer(self.path)

    @property
    def blocks(self) -> bool:
        """Whether the finding closes the gate that was asked for."""
        return self.effective_severity is Severity.ERROR

    def __str__(self) -> str:
        return f"{self.severity.value} {self.rule_id} {self.pointer}: {self.message_en}"


@frozen(kw_only=True)
class Unchecked:
    """A rule that gave no answer."""

    plugin: Annotated[str, Term("プラグイン", "Plugin the rule comes from.")]
    rule_id: Annotated[str, Term("規則ID", "The rule.")]
    reason: Annotated[str, Term("理由", "Why it gave no answer.")]


@frozen(kw_only=True)
class CheckReport:
    """What the rules have to say of one plan at one gate."""

    gate: Annotated[Gate, Term("関門", "The gate that was asked for.")]
    findings: Annotated[tuple[Finding, ...], Term("指摘", "By severity, rule, place.")]
    unchecked: Annotated[
        tuple[Unchecked, ...], Term("未検査", "Rules that gave no answer.")
    ] = ()
    repairs: Annotated[
        tuple[Repair, ...], Term("読み替え", "What was read otherwise than written.")
    ] = ()

    @property
    def so_far(self) -> CheckReport:
        """The same while the work goes on: findings weigh less, and none blocks yet."""
        findings = (
            attrs.evolve(f, effective_severity=f.severity.lowered)
            for f in self.findings
        )
        return attrs.evolve(self, findings=tuple(findings))

    @property
    def ok(self) -> bool:
        """Whether no finding closes the gate."""
        return not any(f.blocks for f in self.findings)
