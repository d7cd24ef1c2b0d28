"""Rules run one by one: one that fails costs its own answer and nothing else."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import count, repeat
from typing import Any

import attrs
import pytest

from clusterplan.core.checks import Budget, CheckContext, Rule, rule, run_checks
from clusterplan.core.findings import CheckReport, Finding, Gate, Severity
from clusterplan.core.identifiers import Key, PlanId
from clusterplan.core.lifecycle import Lifecycle, Phase, State
from clusterplan.core.plans import Plan
from clusterplan.core.plantypes import PlanType
from clusterplan.core.reference import ReferenceData

MAKING = (Gate.SAVE, Gate.SUBMIT, Gate.PUBLISH)
DRAFT = State(key=Key("draft"), title="案", title_en="Draft", phase=Phase.DRAFT)
CONTEXT = CheckContext(
    plan=Plan(id=PlanId("p"), plan_type=Key("t"), title="計画"),
    plan_type=PlanType(
        key=Key("t"),
        title="類型",
        title_en="Type",
        lifecycle=Lifecycle(states=(DRAFT,), steps=()),
    ),
    investments={},
    reference=ReferenceData(areas={}, bureaus={}, strategic_fields={}),
    edition="d1",
)
Check = Callable[[CheckContext], Iterable[Finding]]


def speak(context: CheckContext) -> Iterator[Finding]:
    """Find one thing."""
    yield context.finding("region", 0, ja="だめ", en="no", hint="yes")


def made(
    check: Check = speak,
    id: str = "X-01",
    *,
    severity: Severity = Severity.ERROR,
    gate: Gate = Gate.PUBLISH,
) -> Rule:
    """Return a rule of a plugin."""
    return Rule(
        id=id,
        severity=severity,
        gate=gate,
        title="規則",
        title_en="Rule",
        source="test",
        check=check,
        plugin="mine",
    )


def run(
    *rules: Rule, gate: Gate = Gate.PUBLISH, budget: Budget | None = None
) -> CheckReport:
    """Let *rules* look at the plan."""
    return run_checks(rules, CONTEXT, gate, budget=budget or Budget())


def test_a_finding_carries_its_rule_and_its_plan() -> None:
    """A rule says place and words; the rest is filled in."""
    (finding,) = run(made()).findings
    assert attrs.asdict(finding, recurse=False) == {
        "rule_id": "X-01",
        "rule_version": 1,
        "severity": Severity.ERROR,
        "effective_severity": Severity.ERROR,
        "gate": Gate.PUBLISH,
        "plan_id": "p",
        "edition": "d1",
        "path": ("region", 0),
        "message_ja": "だめ",
        "message_en": "no",
        "hint": "yes",
        "why_ja": None,
        "why_en": None,
        "source_ref": "test",
    }


@pytest.mark.parametrize("rule_gate", MAKING)
@pytest.mark.parametrize("gate", MAKING)
def test_a_rule_blocks_from_its_gate_on_and_is_lowered_before(
    rule_gate: Gate, gate: Gate
) -> None:
    """It is shown at each step of the ladder; nothing blocks at save."""
    report = run(made(gate=rule_gate), gate=gate)
    reached = MAKING.index(gate) >= MAKING.index(rule_gate)
    blocks = reached and gate is not Gate.SAVE
    assert report.ok is not blocks
    (finding,) = report.findings
    assert finding.severity is Severity.ERROR
    lowered = Severity.ERROR if blocks else Severity.WARNING
    assert finding.effective_severity is lowered


@pytest.mark.parametrize("severity", list(Severity))
def test_every_severity_is_lowered_by_one(severity: Severity) -> None:
    """A warning becomes info, and info stays."""
    (finding,) = run(made(severity=severity), gate=Gate.SUBMIT).findings
    assert finding.severity is severity
    assert finding.effective_severity is severity.lowered


@pytest.mark.parametrize("rule_gate", [Gate.REPORT, Gate.REVISE, Gate.MAP])
def test_a_rule_of_another_moment_is_silent_while_a_plan_is_made(
    rule_gate: Gate,
) -> None:
    """It speaks, and blocks, at its own gate only."""
    for gate in Gate:
        report = run(made(gate=rule_gate), gate=gate)
        assert report.ok is (gate is not rule_gate)
        assert bool(report.findings) is (gate is rule_gate)


@pytest.mark.parametrize("gate", list(Gate))
def test_a_rule_for_any_moment_blocks_at_every_gate_but_save(gate: Gate) -> None:
    """A draft that loads can always be saved."""
    report = run(made(gate=Gate.ANY), gate=gate)
    assert len(report.findings) == 1
    assert report.ok is (gate is Gate.SAVE)


def test_a_rule_looks_at_the_plan_types_that_it_is_for() -> None:
    """No types means all types."""
    rule_for = attrs.evolve(made(), applies_to=(Key("t"), Key("u")))
    assert rule_for.is_for("t", Gate.PUBLISH)
    assert not rule_for.is_for("v", Gate.PUBLISH)
    assert made().is_for("v", Gate.PUBLISH)
    assert run(attrs.evolve(made(), applies_to=(Key("v"),))).findings == ()


def test_a_rule_is_made_of_a_function_with_its_docstring_as_title() -> None:
    """Without a docstring the id is the title."""
    make = rule("X-02", severity=Severity.INFO, gate=Gate.SAVE, title="名", source="s")
    assert make(speak).title_en == "Find one thing."
    assert make(speak).id == "X-02"

    def nameless(_: CheckContext) -> Iterable[Finding]:
        return ()

    assert make(nameless).title_en == "X-02"


def test_findings_come_by_severity_rule_and_place() -> None:
    """Positions are numbers, and every order of the rules gives the same report."""

    def scattered(context: CheckContext) -> Iterator[Finding]:
        for path in (("b",), ("a", 10), ("a", 2), ("a",), ("a", "x"), ()):
            yield context.finding(*path, ja="", en="")

    rules = [
        made(scattered, "X-03"),
        made(id="X-01", severity=Severity.WARNING),
        made(id="X-02"),
    ]
    reports = [run(*rules), run(*rules[::-1]), run(*rules[1:], rules[0])]
    assert reports[0] == reports[1] == reports[2]
    found = [(f.rule_id, f.pointer) for f in reports[0].findings]
    assert found == [
        ("X-02", "/region/0"),
        ("X-03", ""),
        ("X-03", "/a"),
        ("X-03", "/a/2"),
        ("X-03", "/a/10"),
        ("X-03", "/a/x"),
        ("X-03", "/b"),
        ("X-01", "/region/0"),
    ]


class Unprintable(Exception):  # noqa: N818
    """An exception that cannot say what it is."""

    def __str__(self) -> str:
        """Fail."""
        raise ValueError


def _raise(error: BaseException) -> Check:
    def check(_: CheckContext) -> Iterable[Finding]:
        raise error

    return check


def _yields(*junk: Any) -> Check:
    def check(context: CheckContext) -> Iterable[Finding]:
        return (*speak(context), *junk)

    return check


def _changed(**changes: Any) -> Check:
    def check(context: CheckContext) -> Iterator[Finding]:
        for finding in speak(context):
            yield attrs.evolve(finding, **changes)

    return check


def _half_way(context: CheckContext) -> Iterator[Finding]:
    yield from speak(context)
    raise KeyError("vision")


@pytest.mark.parametrize(
    ("check", "reason"),
    [
        (_raise(ZeroDivisionError("by zero")), "ZeroDivisionError: by zero"),
        (_raise(SystemExit(3)), "SystemExit: 3"),
        (_raise(Unprintable()), "Unprintable"),
        (_raise(ValueError("x" * 9_999)), "ValueError: xxx"),
        (_half_way, "KeyError: 'vision'"),
        (_yields("text"), "a rule yields findings, not str"),
        (_yields(None), "a rule yields findings, not NoneType"),
        (lambda _: None, "'NoneType' object is not iterable"),
        (lambda _: 1, "'int' object is not iterable"),
        (lambda: (), "TypeError"),
        (_changed(rule_id="STR-01"), "a finding of 'STR-01', not of the rule"),
        (_changed(path=7), "TypeError"),
        (_changed(effective_severity="error"), "ValueError"),
    ],
)
def test_a_rule_that_breaks_is_unchecked_and_the_others_go_on(
    check: Any, reason: str
) -> None:
    """Plugin, rule and reason are shown; none of its findings is."""
    report = run(made(id="X-00"), made(check, "BAD"), made(id="X-09"))
    assert [f.rule_id for f in report.findings] == ["X-00", "X-09"]
    (unchecked,) = report.unchecked
    assert (unchecked.plugin, unchecked.rule_id) == ("mine", "BAD")
    assert reason in unchecked.reason
    assert len(unchecked.reason) <= 300


def test_findings_at_strange_places_are_still_in_order() -> None:
    """A path of something else than texts and numbers is compared as text."""

    def check(context: CheckContext) -> Iterator[Finding]:
        strange: Any = None
        yield context.finding("z", ja="", en="")
        yield context.finding(strange, ja="", en="")

    report = run(made(check))
    assert [f.path for f in report.findings] == [(None,), ("z",)]
    assert report.unchecked == ()


def test_ctrl_c_stops_a_run() -> None:
    """Whoever runs the command can stop it."""
    with pytest.raises(KeyboardInterrupt):
        run(made(_raise(KeyboardInterrupt())))


def _clock(*ticks: float) -> Callable[[], float]:
    times = iter(ticks)
    return lambda: next(times)


@pytest.mark.parametrize("check", [speak, lambda c: list(speak(c)), lambda _: ()])
def test_a_rule_that_is_too_slow_is_unchecked(check: Check) -> None:
    """Time counts from the call on, whether the rule yields or returns."""
    slow = Budget(seconds=2, timer=_clock(0.0, 2.1, 2.1))
    report = run(made(check), budget=slow)
    assert report.findings == ()
    assert report.unchecked[0].reason == "TimeoutError: more than 2 seconds"


def test_a_slow_answer_that_is_computed_at_once_is_noticed() -> None:
    """A rule that returns a list has spent its time before it answers."""
    now = [0.0]

    def slow(context: CheckContext) -> Iterable[Finding]:
        now[0] += 9
        return list(speak(context))

    budget = Budget(timer=lambda: now[0])
    report = run(made(slow, "SLOW"), made(id="X-09"), budget=budget)
    assert [u.rule_id for u in report.unchecked] == ["SLOW"]
    assert [f.rule_id for f in report.findings] == ["X-09"]


def test_a_rule_may_use_all_its_time() -> None:
    """Exactly the budget is enough."""
    exact = Budget(seconds=2, timer=_clock(0.0, 2.0, 2.0))
    assert run(made(), budget=exact).unchecked == ()


def test_each_rule_has_a_budget_of_its_own() -> None:
    """A clock that goes on between rules does not add up."""
    ticks = count(0.0, 0.5)
    budget = Budget(seconds=1, timer=lambda: next(ticks))
    assert len(run(*(made(id=f"X-{i}") for i in range(9)), budget=budget).findings) == 9


def test_a_rule_that_floods_is_unchecked() -> None:
    """An endless answer is cut off; the full number is still an answer."""

    def flood(context: CheckContext) -> Iterator[Finding]:
        yield from repeat(context.finding("a", ja="", en=""))

    def few(context: CheckContext) -> Iterator[Finding]:
        yield from repeat(context.finding("a", ja="", en=""), 5)

    report = run(made(flood, "FLOOD"), made(few, "FEW"), budget=Budget(findings=5))
    assert [u.reason for u in report.unchecked] == [
        "RuntimeError: more than 5 findings"
    ]
    assert {f.rule_id for f in report.findings} == {"FEW"}
    assert len(report.findings) == 5


def test_a_finding_is_made_only_while_a_rule_runs() -> None:
    """Outside a run there is no rule that it could belong to."""
    with pytest.raises(AssertionError, match="run_checks"):
        CONTEXT.finding("goal", ja="", en="")
