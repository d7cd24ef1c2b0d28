"""Checks: rules that look at a plan and return findings; they never change it."""

from __future__ import annotations

import datetime as dt
import inspect
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

import attrs
from attrs import Factory, field, frozen
from attrs.validators import deep_iterable, instance_of, is_callable

from .due_dates import ReportingCycle
from .findings import CheckReport, Finding, Gate, Severity, Unchecked
from .identifiers import InvestmentId, Key
from .investments import Investment
from .plans import Plan
from .plantypes import PlanType
from .proposals import ProposalCase
from .reference import ReferenceData
from .reports import ProgressReport
from .revisions import RevisionCase
from .settings import CheckSettings

_MAKING = (Gate.SAVE, Gate.SUBMIT, Gate.PUBLISH)
_SEVERITIES = list(Severity)


def _cycle_of_type(context: CheckContext) -> ReportingCycle:
    return context.plan_type.reporting_cycle


@frozen(kw_only=True)
class CheckContext:
    """What a rule may look at.

    Attributes:
        plan: The plan.
        plan_type: Its type.
        investments: The investments of the plan, by id.
        reference: Areas, bureaus, strategic fields.
        settings: Thresholds and words, with documented defaults.
        edition: The edition of the text, where it is stored.
        today: The day of the check, where the rule runs on a stored plan.
        base: The text of the edition that is revised.
        report: The report that is about to go in.
        reports: Earlier reports on the plan that were submitted, the oldest first.
        revision: The revision that is about to be adopted.
        proposals: Project proposals for the plan.
        public_on: The day that the plan became public; nothing for one that owes no
            reports, or none any more.
        cycle: How often the plan reports; as its type says, unless told.
    """

    plan: Plan
    plan_type: PlanType
    investments: Mapping[InvestmentId, Investment]
    reference: ReferenceData
    settings: CheckSettings = field(factory=CheckSettings)
    edition: str | None = None
    today: dt.date | None = None
    base: Plan | None = None
    report: ProgressReport | None = None
    reports: tuple[ProgressReport, ...] = ()
    revision: RevisionCase | None = None
    proposals: tuple[ProposalCase, ...] = ()
    public_on: dt.date | None = None
    cycle: ReportingCycle = field(default=Factory(_cycle_of_type, takes_self=True))
    _rule: Rule | None = None
    _lowered: bool = False

    def finding(
        self, *path: str | int, ja: str, en: str, hint: str | None = None
    ) -> Finding:
        """Return a finding of the rule that runs, on the place *path* of the plan."""
        assert self._rule is not None, "a rule runs through `run_checks`"  # noqa: S101
        rule = self._rule
        return Finding(
            rule_id=rule.id,
            rule_version=rule.version,
            severity=rule.severity,
            effective_severity=rule.severity.lowered
            if self._lowered
            else rule.severity,
            gate=rule.gate,
            plan_id=self.plan.id,
            edition=self.edition,
            path=path,
            message_ja=ja,
            message_en=en,
            hint=hint,
            why_ja=rule.why,
            why_en=rule.why_en,
            source_ref=rule.source,
        )


Check = Callable[[CheckContext], Iterable[Finding]]


@frozen(kw_only=True)
class Example:
    """How a plan breaks a rule, and how it obeys it.

    Each is a change of the sample plan of a type: values by JSON pointer, `None` to
    take a value away.

    A rule may look at more than a plan. What is *given* beside it is told under the
    names that it has in `CheckContext`, and pointers that begin with such a name lead
    into it: `report`, `reports`, `revision`, `proposals`, `today` and `public_on` as
    plain data; `base` as changes of the sample plan.

    Attributes:
        plan_type: Key of the plan type whose sample is changed.
        given: What there is beside the plan, before any change.
        bad: Changes that make the rule speak, and only it.
        good: Changes after which it is silent.
        near_miss: Changes that look like a breach and are none.
        pointer: Where the finding on the bad example points.
    """

    plan_type: Key
    given: Mapping[str, Any] = field(factory=dict)
    bad: Mapping[str, Any]
    good: Mapping[str, Any] = field(factory=dict)
    near_miss: Mapping[str, Any] = field(factory=dict)
    pointer: str


@frozen(kw_only=True)
class Rule:
    """A rule with the moment, the plan types and the words it is for.

    Attributes:
        id: Stable id, unique over all plugins.
        version: Raised when the same plan can be judged differently.
        applies_to: Keys of plan types; empty for all.
        why: Why it matters, in Japanese: what goes wrong where a plan breaks it.
        why_en: The same in English.
        source: Where the rule comes from: policy text, practice, or engineering.
        plugin: Name of the plugin; the host fills it in.
    """

    id: str
    version: int = 1
    severity: Severity = field(validator=instance_of(Severity))
    gate: Gate = field(validator=instance_of(Gate))
    applies_to: tuple[Key, ...] = field(
        default=(), validator=deep_iterable(instance_of(str), instance_of(tuple))
    )
    title: str
    title_en: str
    why: str | None = None
    why_en: str | None = None
    source: str
    check: Check = field(validator=is_callable())
    examples: tuple[Example, ...] = ()
    plugin: str = ""

    def is_for(self, plan_type: str, gate: Gate) -> bool:
        """Tell whether the rule looks at plans of *plan_type* at *gate*."""
        if self.applies_to and plan_type not in self.applies_to:
            return False
        both_making = self.gate in _MAKING and gate in _MAKING
        return both_making or self.gate in (gate, Gate.ANY)

    def is_lowered(self, gate: Gate) -> bool:
        """Tell whether the rule cannot block yet at *gate*.

        A draft that loads can always be saved: nothing blocks at `save`.
        """
        if self.gate in _MAKING and gate in _MAKING:
            return gate is Gate.SAVE or _MAKING.index(gate) < _MAKING.index(self.gate)
        return gate is Gate.SAVE


def rule(  # noqa: PLR0913 - what a rule consists of, named at each use
    id: str,
    *,
    severity: Severity,
    gate: Gate,
    title: str,
    source: str,
    why: str | None = None,
    applies_to: Iterable[str] = (),
    version: int = 1,
    examples: Iterable[Example] = (),
) -> Callable[[Check], Rule]:
    """Make a rule of a function, whose docstring says it in English.

    The first line of the docstring is the English title, the paragraph after it says
    why the rule matters, as *why* does in Japanese.
    """

    def make(check: Check) -> Rule:
        title_en, _, rest = inspect.cleandoc(check.__doc__ or id).partition("\n")
        return Rule(
            id=id,
            version=version,
            severity=severity,
            gate=gate,
            applies_to=tuple(Key(k) for k in applies_to),
            title=title,
            title_en=title_en,
            why=why,
            why_en=" ".join(rest.split()) or None,
            source=source,
            check=check,
            examples=tuple(examples),
        )

    return make


@frozen(kw_only=True)
class Budget:
    """What one rule may use up on one plan.

    Time is looked at between findings, so that a slow rule costs its own answer; a rule
    that never returns is not interrupted.
    """

    seconds: float = 2.0
    findings: int = 1_000
    timer: Callable[[], float] = time.monotonic


def run_checks(
    rules: Iterable[Rule],
    context: CheckContext,
    gate: Gate,
    *,
    budget: Budget = Budget(),
) -> CheckReport:
    """Let *rules* look at a plan.

    A rule that raises, answers with something else than findings, or uses up its budget
    is listed as unchecked, and the others go on. The same plan gives the same report.
    """
    findings: list[Finding] = []
    unchecked: list[Unchecked] = []
    for each in rules:
        if not each.is_for(context.plan.plan_type, gate):
            continue
        own = attrs.evolve(context, rule=each, lowered=each.is_lowered(gate))
        try:
            findings.extend(sorted(_within(budget, each, own), key=_order))
        except (Exception, SystemExit) as problem:  # noqa: BLE001
            reason = "".join(traceback.format_exception_only(problem)).strip()
            unchecked.append(
                Unchecked(plugin=each.plugin, rule_id=each.id, reason=reason[:300])
            )
    return CheckReport(
        gate=gate,
        findings=tuple(sorted(findings, key=_order)),
        unchecked=tuple(unchecked),
    )


def _within(budget: Budget, rule: Rule, context: CheckContext) -> Iterator[Finding]:
    until = budget.timer() + budget.seconds
    for number, finding in enumerate(rule.check(context), start=1):
        if not isinstance(finding, Finding):
            raise TypeError(f"a rule yields findings, not {type(finding).__name__}")
        if finding.rule_id != rule.id:
            raise ValueError(f"a finding of {finding.rule_id!r}, not of the rule")
        if number > budget.findings:
            raise RuntimeError(f"more than {budget.findings} findings")
        yield finding
        if budget.timer() > until:
            raise TimeoutError(f"more than {budget.seconds} seconds")
    if budget.timer() > until:
        raise TimeoutError(f"more than {budget.seconds} seconds")


def _order(finding: Finding) -> tuple[int, str, tuple[tuple[int, int, str], ...]]:
    place = tuple(
        (0, step, "") if isinstance(step, int) else (1, 0, str(step))
        for step in finding.path
    )
    return _SEVERITIES.index(finding.effective_severity), finding.rule_id, place
