"""`clusterplan check` speaks like a linter, in text, JSON and SARIF."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import attrs
import pytest

from clusterplan.cli import checking
from clusterplan.core.checks import CheckContext, Example, Rule, rule
from clusterplan.core.findings import Finding, Gate, Severity
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import load_plugins
from commands import Run, WriteFile
from stores import REGIONAL, STRATEGIC

OFFERED = load_plugins(entry_points=False).rules
EXAMPLES = [
    pytest.param(r, e, id=f"{r.id}-{e.plan_type}")
    for r in OFFERED
    for e in r.examples
    if not e.given
]
"""Those that a plan file alone can show."""
NO_CONTENT = {"/policy_means/measures/0/five_w1h/content": None}
LEVELS = {"error", "warning", "note"}


def lint_lines(text: str) -> list[tuple[str, int, int, str]]:
    """Return file, line, column and the rest of every line with a place."""
    found = []
    for line in text.splitlines():
        parts = line.split(":", 3)
        if len(parts) == 4 and parts[1].isdigit():
            found.append((parts[0], int(parts[1]), int(parts[2]), parts[3].strip()))
    return found


def log_of(text: str) -> dict[str, Any]:
    """Return a SARIF log, after a look at what SARIF 2.1.0 demands."""
    log: dict[str, Any] = json.loads(text)
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    driver = run["tool"]["driver"]
    assert driver["name"] == "clusterplan"
    ids = [each["id"] for each in driver["rules"]]
    assert len(ids) == len(set(ids))
    assert all(each["shortDescription"]["text"] for each in driver["rules"])
    assert run["columnKind"] == "unicodeCodePoints"
    for result in run["results"]:
        assert result["ruleId"]
        assert result["level"] in LEVELS
        assert result["message"]["text"]
        (location,) = result["locations"]
        address = location["physicalLocation"]["artifactLocation"]["uri"]
        assert address.isascii()
        assert " " not in address
        region = location["physicalLocation"].get("region")
        if region is not None:
            assert region["startLine"] >= 1
            assert region["startColumn"] >= 1
    return log


@pytest.mark.parametrize(("broken", "example"), EXAMPLES)
def test_the_bad_example_of_a_rule_is_told_at_a_line(
    broken: Rule, example: Example, write: WriteFile, run: Run
) -> None:
    """Each built-in rule, as a real file, in all three formats."""
    name = write(example.plan_type, example.bad)
    blocks = broken.severity is Severity.ERROR
    outcome = run("check", name)
    assert outcome.code == int(blocks)
    ((file, line, _, rest),) = lint_lines(outcome.out)
    assert file == name
    assert rest.startswith(f"{broken.severity.value} {broken.id}: ")
    assert f"[{example.pointer}]" in rest
    assert 1 <= line <= len(Path(name).read_text(encoding="utf-8").splitlines())
    (told,) = json.loads(run("check", name, "--format", "json").out)
    assert [f["ruleId"] for f in told["findings"]] == [broken.id]
    assert told["findings"][0]["line"] == line
    assert told["ok"] is not blocks
    (result,) = log_of(run("check", name, "--format", "sarif").out)["runs"][0][
        "results"
    ]
    region = result["locations"][0]["physicalLocation"]["region"]
    assert (result["ruleId"], region["startLine"]) == (broken.id, line)


@pytest.mark.parametrize(("obeyed", "example"), EXAMPLES)
def test_what_obeys_a_rule_or_only_looks_like_a_breach_is_clean(
    obeyed: Rule, example: Example, write: WriteFile, run: Run
) -> None:
    """The good example and the near miss, as real files, give no line at all."""
    for changes in (example.good, example.near_miss):
        outcome = run("check", write(example.plan_type, changes))
        assert (outcome.code, lint_lines(outcome.out)) == (0, []), obeyed.id


def test_what_was_read_otherwise_than_written_is_told(
    write: WriteFile, run: Run
) -> None:
    """An amount in 億円 is a note with its line, in text and data."""
    amount = "/policy_means/measures/1/budget/0/amount"
    name = write(REGIONAL)
    text = Path(name).read_text(encoding="utf-8")
    Path(name).write_text(text.replace("9000000", "900万円", 1), encoding="utf-8")
    ((file, line, _, rest),) = lint_lines(run("check", name, lang="ja").out)
    assert file == name
    assert rest == f"note READ_AS: 「900万円」を 9000000 と読み取りました [{amount}]"
    (told,) = json.loads(run("check", name, "--format", "json").out)
    (repair,) = told["repairs"]
    assert (repair["line"], repair["written"], repair["read"]) == (
        line,
        "900万円",
        "9000000",
    )
    outcome = run("import", name, "--dry-run", lang="en")
    assert f"'900万円' was read as 9000000 [{amount}]" in outcome.err


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_rule_says_once_why_it_matters(lang: str, write: WriteFile, run: Run) -> None:
    """The reason and its source stand below the first finding of a rule."""
    changes = {
        "/policy_means/measures/0/five_w1h/content": None,
        "/policy_means/measures/1/five_w1h/content": None,
    }
    lines = run("check", write(STRATEGIC, changes), lang=lang).out.splitlines()
    (told,) = (r for r in OFFERED if r.id == "W5H-02")
    why = told.why if lang == "ja" else told.why_en
    assert [n for n, line in enumerate(lines) if str(why) in line] == [1]
    assert told.source in lines[1]


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_rule_is_explained(lang: str, run: Run) -> None:
    """What it asks for, why, where it comes from, and how it is broken and obeyed."""
    outcome = run("check", "--explain", "w5h-03", lang=lang)
    (told,) = (r for r in OFFERED if r.id == "W5H-03")
    assert outcome.code == 0
    title, why = (
        (told.title, told.why) if lang == "ja" else (told.title_en, told.why_en)
    )
    for text in (title, str(why), told.source, '{"text": "速やかに"}'):
        assert text in outcome.out


def test_a_rule_is_explained_as_data(run: Run) -> None:
    """Editors get the same."""
    told = json.loads(run("check", "--explain", "W5H-03", "--format", "json").out)
    assert told["examples"][0]["pointer"].endswith("/five_w1h/deadline")
    assert told["whyJa"]


def test_what_an_example_is_given_beside_the_plan_is_named(run: Run) -> None:
    """Reports and revisions are named in text, and told in full in data."""
    text = run("check", "--explain", "REV-04", lang="en").out
    assert "  given (regional_cluster): revision RV-1, base, reports (1)\n" in text
    assert (
        "  前提 (regional_cluster): "
        in run("check", "--explain", "REP-05", lang="ja").out
    )
    (example, *_) = json.loads(
        run("check", "--explain", "REV-04", "--format", "json").out
    )["examples"]
    assert example["given"]["revision"]["items"][0]["target"] == "M-01"


def test_an_unknown_rule_is_refused_with_the_one_that_was_meant(run: Run) -> None:
    """Nothing is explained that no plugin offers."""
    outcome = run("check", "--explain", "MEA-7")
    assert outcome.code == 1
    assert "MEA-07" in outcome.err


def test_nothing_to_check_is_wrong_usage(run: Run) -> None:
    """A command without a file says what is missing."""
    assert run("check").code == 2


def test_what_is_missing_is_told_where_it_belongs(write: WriteFile, run: Run) -> None:
    """A part that is not there is placed at the part that should hold it."""
    name = write(STRATEGIC, NO_CONTENT)
    lines = Path(name).read_text(encoding="utf-8").splitlines()
    ((_, line, column, rest),) = lint_lines(run("check", name).out)
    assert rest.startswith("error W5H-02: ")
    assert rest.count("/policy_means/measures/0/five_w1h/content") == 1
    assert lines[line - 1][column - 1 :].startswith(("five_w1h:", "significance:"))


def test_a_problem_of_reading_is_told_at_its_place(here: Path, run: Run) -> None:
    """Line and column count from one, and characters, not bytes."""
    (here / "計画.yaml").write_text("title: 架空\nx: {a: 1, a: 2}\n", encoding="utf-8")
    ((file, line, column, rest),) = lint_lines(run("check", "計画.yaml").out)
    assert (file, line, column) == ("計画.yaml", 2, 11)
    assert rest.startswith("error DUPLICATE_KEY: ")


@pytest.mark.parametrize(
    ("lang", "summary"),
    [
        ("ja", "plan.yaml: 合格（関門 publish、エラー0、警告0）"),
        ("en", "plan.yaml: passes gate publish (errors: 0, warnings: 0)"),
    ],
)
def test_a_clean_plan_is_said_to_pass(
    lang: str, summary: str, write: WriteFile, run: Run
) -> None:
    """Silence is not the sign of success."""
    outcome = run("check", write(), lang=lang)
    assert (outcome.code, outcome.out) == (0, f"{summary}\n")


@pytest.mark.parametrize("gate", [g.value for g in Gate])
def test_a_gate_decides_what_blocks(gate: str, write: WriteFile, run: Run) -> None:
    """What only counts for publication blocks neither saving nor submission."""
    outcome = run("check", write(STRATEGIC, NO_CONTENT), "--gate", gate)
    (told,) = json.loads(
        run("check", "plan.yaml", "--gate", gate, "--format", "json").out
    )
    assert outcome.code == (0 if told["ok"] else 1)
    assert (gate in {"save", "submit"}) <= told["ok"]
    if gate == "publish":
        assert outcome.code == 1
        assert "不合格" in run("check", "plan.yaml", lang="ja").out


def test_unreadable_and_good_files_are_told_together(
    here: Path, write: WriteFile, run: Run
) -> None:
    """One broken target costs its own answer only; the status is that of the worst."""
    good, bad = write(), write(REGIONAL, NO_CONTENT, "b ad.yaml")
    (here / "broken.yaml").write_text("[", encoding="utf-8")
    targets = ("broken.yaml", good, "nosuchplan", bad, "missing.yaml")
    outcome = run("check", *targets)
    assert outcome.code == 1
    assert f"{good}: passes" in outcome.out
    assert f"{bad}: does not pass" in outcome.out
    assert "nosuchplan: error NO_FILE_OR_PLAN: there is neither" in outcome.out
    told = json.loads(run("check", *targets, "--format", "json").out)
    assert [each["name"] for each in told] == list(targets)
    assert [each["ok"] for each in told] == [False, True, False, False, False]
    assert told[0]["problems"][0]["line"]
    results = log_of(run("check", *targets, "--format", "sarif").out)["runs"][0]
    rules = [result["ruleId"] for result in results["results"]]
    assert rules == ["SYNTAX_ERROR", "NO_FILE_OR_PLAN", "W5H-02", "FILE_NOT_FOUND"]


def test_sarif_names_files_by_address(here: Path, run: Run) -> None:
    """Spaces and Japanese are escaped, whole paths are file addresses."""
    (here / "計 画.yaml").write_text("[", encoding="utf-8")
    names = ("計 画.yaml", str(here / "計 画.yaml"))
    results = log_of(run("check", *names, "--format", "sarif").out)["runs"][0][
        "results"
    ]
    addresses = [
        r["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
        for r in results
    ]
    assert addresses[0] == "%E8%A8%88%20%E7%94%BB.yaml"
    assert addresses[1].startswith("file:///")


def test_standard_input_is_checked(write: WriteFile, run: Run) -> None:
    """A dash stands for it, and it has a name in messages."""
    data = Path(write(STRATEGIC, NO_CONTENT)).read_bytes()
    outcome = run("check", "-", stdin=data)
    assert outcome.code == 1
    assert {line[0] for line in lint_lines(outcome.out)} == {"<stdin>"}
    assert run("check", "-").out.startswith("<stdin>: error EMPTY_DOCUMENT: ")


def test_a_stored_plan_is_checked_by_its_id(write: WriteFile, run: Run) -> None:
    """Its findings have pointers, and no lines."""
    assert run("import", write(STRATEGIC, NO_CONTENT)).code == 0
    plan_id = "sample-strategic-semiconductor"
    outcome = run("check", plan_id)
    assert outcome.code == 1
    assert outcome.out.startswith(f"{plan_id}: error W5H-02: ")
    (told,) = json.loads(run("check", plan_id, "--format", "json").out)
    assert told["findings"][0]["line"] is None
    log_of(run("check", plan_id, "--format", "sarif").out)


def test_a_rule_that_fails_is_told(
    write: WriteFile, run: Run, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The reader learns which rule gave no answer."""

    @rule("FAIL-01", severity=Severity.ERROR, gate=Gate.SAVE, title="無", source="無")
    def failing(_: CheckContext) -> tuple[Finding, ...]:
        """Fail."""
        raise ZeroDivisionError

    broken = attrs.evolve(domain, rules=(attrs.evolve(failing, plugin="odd"),))
    monkeypatch.setattr(checking, "make_domain", lambda: broken)
    assert "plan.yaml: unchecked FAIL-01 (odd): " in run("check", write()).out
    (told,) = json.loads(run("check", "plan.yaml", "--format", "json").out)
    assert told["unchecked"][0]["ruleId"] == "FAIL-01"
    lenient, strict = run("check", write()), run("check", "--strict", write())
    assert (lenient.code, strict.code) == (0, 1)
    assert (
        "passes gate publish (errors: 0, warnings: 0, rules without an answer: 1)"
        in (lenient.out)
    )
    assert "does not pass gate publish" in strict.out
