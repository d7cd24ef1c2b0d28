"""Whatever goes wrong ends with a message and a status, never with a traceback."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import time
from contextlib import closing, redirect_stdout
from pathlib import Path

import pytest

from clusterplan.cli import main, plans
from clusterplan.core.storage import engine as engines
from commands import Outcome, Run, WriteFile, command, process

BROKEN = {
    "empty": (b"", "EMPTY_DOCUMENT"),
    "blank": (b" \n\n", "EMPTY_DOCUMENT"),
    "noise": (bytes(range(256)), "WRONG_ENCODING"),
    "cp932": ("title: 架空計画\n".encode("cp932"), "WRONG_ENCODING"),
    "utf16": ("title: 架空\n".encode("utf-16"), "WRONG_ENCODING"),
    "control": (b"title: a\x00b\n", "FORBIDDEN_CHARACTER"),
    "unclosed": (b"title: [a\n", "SYNTAX_ERROR"),
    "json": (b'{"title": ', "SYNTAX_ERROR"),
    "list": (b"- a\n- b\n", "NOT_A_MAPPING"),
    "twice": (b"id: a\nid: b\n", "DUPLICATE_KEY"),
    "unknown": (b"id: a\ntitel: b\n", "UNKNOWN_KEY"),
    "deep": (b"[" * 5000, "TOO_DEEP"),
}


@pytest.mark.parametrize("kind", BROKEN)
@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("name", ["check", "import"])
def test_a_broken_file_is_refused_with_a_line(
    kind: str, lang: str, name: str, here: Path, run: Run
) -> None:
    """Every kind of broken file ends with 1 and a reason, in either language."""
    data, reason = BROKEN[kind]
    (here / "plan.yaml").write_bytes(data)
    outcome = run(name, "plan.yaml", lang=lang)
    assert outcome.code == 1
    told = outcome.out + outcome.err
    assert f"error {reason}: " in told
    assert all(line.startswith("plan.yaml") for line in told.splitlines())
    assert any(ord(char) > 0x3000 for char in told) is (lang == "ja") or kind == "cp932"


@pytest.mark.parametrize("name", ["check", "import"])
def test_what_is_no_ordinary_file_is_refused(name: str, here: Path, run: Run) -> None:
    """A missing file, a directory and a pipe; nothing waits for a writer."""
    os.mkfifo(here / "pipe.yaml")
    for target, reason in (
        ("missing.yaml", "FILE_NOT_FOUND"),
        (str(here), "FILE_UNREADABLE"),
        ("pipe.yaml", "FILE_UNREADABLE"),
    ):
        outcome = run(name, target)
        assert outcome.code == 1
        assert f"{target}: error {reason}: " in outcome.out + outcome.err


@pytest.mark.parametrize(
    "arguments",
    [
        ["nosuch"],
        ["--nosuch"],
        ["check"],
        ["check", "--gate", "nosuch", "x"],
        ["check", "--format", "xml", "x"],
        ["import"],
        ["import", "--expected-version", "one", "x.yaml"],
        ["export"],
        ["export", "geojson", "--as-of", "someday"],
        ["export", "geojson", "--filter", "planTypes"],
        ["plan", "list", "--filter", "planTypes="],
        ["plan", "show"],
        ["plan", "nosuch"],
        ["serve", "--port", "70000"],
        ["serve", "--workers", "0"],
        ["demo", "--today", "2026-02-30"],
        ["token", "create"],
        ["token", "create", "--as", "prefecture"],
        ["token", "create", "--as", "prefecture:430005", "--expires", "soon"],
        ["db", "backup"],
    ],
    ids=" ".join,
)
def test_wrong_usage_ends_with_2(arguments: list[str], run: Run) -> None:
    """The message names what is wrong, and nothing is printed as an answer."""
    outcome = run(*arguments)
    assert outcome.code == 2
    assert outcome.out == ""
    assert outcome.err.splitlines()[-1].startswith("Error: ")


def test_an_unknown_language_is_wrong_usage(run: Run) -> None:
    """The languages are Japanese and English."""
    assert run("plan", "list", lang="fr").code == 2


@pytest.mark.parametrize("arguments", [["plan"], ["db"], ["token"]])
def test_a_group_alone_shows_its_help(arguments: list[str], run: Run) -> None:
    """Whoever does not know what to type is told, and has done nothing."""
    outcome = run(*arguments)
    assert outcome.code == 2
    assert "Commands:" in outcome.err


def test_the_language_comes_from_option_and_environment(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Refusals speak the language that was asked for; Japanese unless told."""
    assert run("plan", "show", "x", lang="ja").err == (
        "error UNKNOWN_PLAN: 計画「x」はありません\n"
    )
    assert run("plan", "show", "x", lang="en").err == (
        "error UNKNOWN_PLAN: there is no plan 'x'\n"
    )
    assert "ありません" in process("plan", "show", "x").stderr
    monkeypatch.setenv("CLUSTERPLAN_LANG", "en")
    assert "there is no plan" in process("plan", "show", "x").stderr


DATABASE_COMMANDS = (
    ["plan", "list"],
    ["check", "some-plan"],
    ["import", "plan.yaml"],
    ["export", "geojson"],
    ["token", "list"],
    ["verify"],
    ["rebuild"],
    ["serve", "--port", "0"],
    ["db", "upgrade"],
    ["db", "check"],
)


@pytest.mark.parametrize("arguments", DATABASE_COMMANDS, ids=" ".join)
@pytest.mark.parametrize(
    ("address", "reason"),
    [
        ("sqlite:///no/such/plans.db", "NO_SUCH_DIRECTORY"),
        ("sqlite:///noise.db", "NOT_A_DATABASE"),
        ("sqlite:///folder", "CANNOT_OPEN_DATABASE"),
        ("plans.db", "BAD_DATABASE_ADDRESS"),
        ("oracle://x/y", "UNKNOWN_DATABASE"),
    ],
)
def test_a_database_that_cannot_be_used_is_refused(
    arguments: list[str],
    address: str,
    reason: str,
    here: Path,
    write: WriteFile,
    monkeypatch: pytest.MonkeyPatch,
    run: Run,
) -> None:
    """Missing directory, noise, a directory, another kind: one line each."""
    write()
    (here / "noise.db").write_bytes(b"no database at all, " * 100)
    (here / "folder").mkdir()
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", address)
    outcome = run(*arguments)
    (line,) = (outcome.out + outcome.err).splitlines()
    assert outcome.code == 1
    assert f"error {reason}: " in line


def test_a_database_that_is_read_only_is_read_and_not_written(
    run: Run, write: WriteFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Only what changes it is refused."""
    address = "sqlite:///file:plans.db?mode=ro&uri=true"
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", address)
    assert run("plan", "list").code == 0
    outcome = run("import", write())
    assert outcome.code == 1
    assert "error READ_ONLY_DATABASE: " in outcome.err


@pytest.mark.parametrize("arguments", [["plan", "list"], ["db", "upgrade"]])
def test_a_locked_database_does_not_answer(
    arguments: list[str], here: Path, monkeypatch: pytest.MonkeyPatch, run: Run
) -> None:
    """Whoever waits for a lock in vain is told to try again."""
    monkeypatch.setattr(engines, "_BUSY_MS", 50)
    with closing(sqlite3.connect(here / "plans.db", isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        outcome = run(*arguments)
    assert (outcome.code, outcome.err.split(":")[0]) == (1, "error STORE_UNAVAILABLE")


def test_an_unexpected_failure_is_one_line(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The kind of the failure is named; the variable for more is, too."""
    monkeypatch.setattr(plans, "open_book", _fail)
    assert run("plan", "list") == Outcome(
        1, "", "internal error (ZeroDivisionError); CLUSTERPLAN_DEBUG=1 shows more\n"
    )
    assert "内部エラー（ZeroDivisionError）" in run("plan", "list", lang="ja").err


def test_debugging_shows_an_unexpected_failure(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Then, and only then, the failure comes through."""
    monkeypatch.setattr(plans, "open_book", _fail)
    monkeypatch.setenv("CLUSTERPLAN_DEBUG", "1")
    with pytest.raises(ZeroDivisionError, match="surprise"):
        run("plan", "list")


def _fail(_: str, **_options: object) -> None:
    raise ZeroDivisionError("surprise")


def test_a_file_that_cannot_be_written_is_named(run: Run) -> None:
    """An error of the operating system names the file."""
    outcome = run("export", "geojson", "-o", "no/such/map.geojson")
    assert outcome.code == 1
    assert outcome.err.startswith(
        "error FILE_UNUSABLE: 'no/such/map.geojson' cannot be read or written "
    )
    assert "読み書きできません" in run("export", "geojson", "-o", "no/x", lang="ja").err


def test_an_interrupt_ends_with_130(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    """Ctrl+C leaves no traceback behind."""

    def interrupted(_: str, **_options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(plans, "open_book", interrupted)
    assert run("plan", "list").code == 130


def test_an_interrupt_of_a_process_is_quiet() -> None:
    """A real SIGINT while standard input is waited for."""
    running = subprocess.Popen(
        command("check", "-"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    with running:
        wait_for_reading(running.pid)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=20)
    assert running.returncode == 130
    assert err.strip() == b""


def wait_for_reading(process_id: int) -> None:
    """Wait until a process waits for standard input."""
    status = Path(f"/proc/{process_id}/wchan")
    for _ in range(200):
        if "pipe" in status.read_text():
            return
        time.sleep(0.05)


def test_a_reader_that_has_gone_is_no_failure() -> None:
    """A closed pipe ends the command quietly."""
    with subprocess.Popen(
        command("schema", "plan"), stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as running:
        assert running.stdout is not None
        assert running.stderr is not None
        running.stdout.close()
        err = running.stderr.read()
    assert running.returncode == 1
    assert err == b""


def test_a_terminal_without_japanese_gets_escapes() -> None:
    """An encoding that lacks a character is no failure."""
    ended = process("check", "計画.yaml", PYTHONIOENCODING="latin-1")
    assert ended.returncode == 1
    assert r"\u8a08\u753b.yaml: error FILE_NOT_FOUND" in ended.stdout


def test_a_stream_without_an_encoding_is_written_to() -> None:
    """The command can be called with its output redirected in this process."""
    with redirect_stdout(io.StringIO()) as out, pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert not ended.value.code
    assert out.getvalue().startswith("clusterplan, version ")


def test_a_shell_completes_commands() -> None:
    """Names of commands are offered, though none is loaded before."""
    ended = process(
        _CLUSTERPLAN_COMPLETE="bash_complete",
        COMP_WORDS="clusterplan ver",
        COMP_CWORD="1",
    )
    assert ended.stdout.strip() == "plain,verify"
