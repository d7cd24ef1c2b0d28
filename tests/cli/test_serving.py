"""`demo` and `serve`: files, and processes that answer on this machine only."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from attrs import frozen

from clusterplan.cli.serving import CannotListenError, address_of, listen
from commands import Run, WriteFile, command

QUERY = b'{"query": "{ plan(id: \\"sample-strategic-semiconductor\\") { id } }"}'


@frozen
class Served:
    """A process that serves."""

    running: subprocess.Popen[bytes]
    base: str
    log: Path

    def get(self, path: str) -> bytes:
        """Return what is at *path*."""
        with urllib.request.urlopen(self.base + path, timeout=20) as answer:  # noqa: S310
            data: bytes = answer.read()
            return data

    def ask(self, secret: str | None = None) -> object:
        """Return what GraphQL says of the sample, which is a draft."""
        headers = {"Content-Type": "application/json"}
        if secret:
            headers["Authorization"] = f"Bearer {secret}"
        request = urllib.request.Request(self.base + "/graphql", QUERY, headers)  # noqa: S310
        with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310
            return json.load(answer)["data"]["plan"]

    def stop(self, number: int) -> int:
        """Stop it with a signal; return the exit status."""
        self.running.send_signal(number)
        return self.running.wait(15)


@contextmanager
def serving(here: Path, *arguments: str) -> Iterator[Served]:
    """Run a server on a free port until it answers, and end it at last."""
    log = here / "log"
    with (here / "out").open("wb") as out, log.open("wb") as err:
        running = subprocess.Popen(
            command(*arguments, "--port", "0"), stdout=out, stderr=err
        )
    try:
        yield Served(running, _base(running, log), log)
    finally:
        running.kill()
        running.wait(15)


def _base(running: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(300):
        words = log.read_text(encoding="utf-8").split()
        found = [w.rstrip("/") for w in words if w.startswith("http://127.0.0.1:")]
        if found:
            return found[0]
        assert running.poll() is None, log.read_text(encoding="utf-8")
        time.sleep(0.1)
    raise AssertionError(log.read_text(encoding="utf-8"))


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_demonstration_is_served(
    number: int,
    here: Path,
    write: WriteFile,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Map page, signs of life, and GraphQL with the token that it printed."""
    run("demo", "--no-serve", "--directory", "d")
    database = here / "d" / "clusterplan.db"
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", f"sqlite:///{database}")
    run("import", write())
    with serving(here, "--lang", "en", "demo", "--directory", "d") as served:
        assert json.loads(served.get("/healthz")) == {"status": "ok"}
        assert b"<html" in served.get("/")
        assert served.ask() is None
        words = served.log.read_text(encoding="utf-8").split()
        secret = words[words.index("token") + 1]
        assert served.ask(secret) == {"id": "sample-strategic-semiconductor"}
        port = int(served.base.rpartition(":")[2])
        with pytest.raises(ConnectionRefusedError):
            socket.create_connection(("127.0.0.2", port), timeout=5)
        assert served.stop(number) in {0, 130}
        assert "Traceback" not in served.log.read_text(encoding="utf-8")
    assert json.loads((here / "out").read_text(encoding="utf-8").splitlines()[-1])
    assert not database.with_name("clusterplan.db-wal").exists()


@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_database_is_served(workers: str, here: Path) -> None:
    """By one process or several; a signal ends them all quietly."""
    with serving(here, "serve", "--workers", workers) as served:
        assert json.loads(served.get("/readyz"))["status"] == "ok"
        assert json.loads(served.get("/exports/geojson"))["features"] == []
        assert served.stop(signal.SIGTERM) == 0
        assert "Traceback" not in served.log.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [("serve",), ("demo", "--directory", "d")])
def test_a_port_in_use_is_told(name: tuple[str, ...], run: Run) -> None:
    """With what to do, in either language."""
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        outcome = run(*name, "--port", port)
        assert "使用中です" in run(*name, "--port", port, lang="ja").err
    assert outcome.code == 1
    assert outcome.err == (
        f"error PORT_IN_USE: port {port} is in use; name another one with --port\n"
    )


@pytest.mark.parametrize("host", ["192.0.2.1", "no..such", "2001:db8::1"])
def test_a_host_that_is_not_this_machine_is_refused(host: str) -> None:
    """Or is no name of a host at all."""
    with pytest.raises(CannotListenError, match="cannot listen on port 0"):
        listen(host, 0)


def test_an_address_is_shown_as_browsers_want_it() -> None:
    """One of version 6 stands in brackets."""
    with listen("127.0.0.1", 0) as four:
        assert address_of(four) == f"http://127.0.0.1:{four.getsockname()[1]}"
    if socket.has_ipv6 and Path("/proc/net/if_inet6").exists():
        with listen("::1", 0) as six:
            assert address_of(six).startswith("http://[::1]:")


def test_the_demonstration_leaves_its_files(here: Path, run: Run) -> None:
    """The last line tells where; the token is for its owner; again is the same."""
    outcome = run("demo", "--no-serve", "--today", "2026-11-21")
    assert (outcome.code, outcome.err) == (0, "")
    told = json.loads(outcome.out.splitlines()[-1])
    assert told["today"] == "2026-11-21"
    listed = run("plan", "list", "--database", f"sqlite:///{told['database']}")
    assert told["counts"]["plans"] == len(listed.out.splitlines()) - 1
    assert told["counts"]["onMap"] == told["counts"]["plans"] - 2
    assert told["counts"]["reports"] == 11
    assert told["refused"] == 0
    token = here / told["token"]
    assert token.stat().st_mode & 0o777 == 0o600
    assert (here / told["database"]).exists()
    written = here / told["plans"] / "demo-precision-parts.yaml"
    assert "真空炉1基" in written.read_text(encoding="utf-8")
    secret = token.read_text(encoding="ascii")
    assert run("demo", "--no-serve", "--today", "2026-11-21").out == outcome.out
    assert token.read_text(encoding="ascii") == secret


def test_a_demonstration_of_another_day_leaves_the_first_one(
    here: Path, run: Run
) -> None:
    """Its plans and files stay as they are; what is due is another matter."""
    run("demo", "--no-serve", "--directory", "d", "--today", "2026-11-21")
    files = {p: p.read_bytes() for p in (here / "d" / "plans").iterdir()}
    outcome = run("demo", "--no-serve", "--directory", "d", "--today", "2028-01-20")
    assert outcome.code == 0
    told = json.loads(outcome.out.splitlines()[-1])
    assert (told["counts"]["reports"], told["refused"]) == (11, 0)
    assert {p: p.read_bytes() for p in (here / "d" / "plans").iterdir()} == files


def test_a_story_that_cannot_be_told_is_reported(
    here: Path, write: WriteFile, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Such as with an investment that another plan defines otherwise."""
    (here / "d").mkdir()
    (here / "d" / ".clusterplan-demo").touch()
    database = here / "d" / "clusterplan.db"
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", f"sqlite:///{database}")
    run("import", write(changes={"/investments/0/id": "DEMO-CHIPS-1"}))
    outcome = run("demo", "--no-serve", "--directory", "d", "--today", "2026-11-21")
    assert outcome.code == 1
    assert "DEMO-CHIPS-1" in outcome.err
    assert json.loads(outcome.out.splitlines()[-1])["refused"] == 1


def test_a_token_that_does_not_work_is_replaced(here: Path, run: Run) -> None:
    """Whatever stands in the file."""
    run("demo", "--no-serve", "--directory", "d")
    (here / "d" / "token").write_text("cp_没\n", encoding="utf-8")
    assert run("demo", "--no-serve", "--directory", "d").code == 0
    assert (here / "d" / "token").read_text(encoding="ascii").startswith("cp_")


def test_a_day_before_the_samples_refuses_them(run: Run) -> None:
    """What had not happened yet is not imported."""
    outcome = run("demo", "--no-serve", "--today", "2020-01-01")
    assert outcome.code == 1
    assert "HISTORY_IN_FUTURE" in outcome.err
    assert json.loads(outcome.out)["refused"] >= 1


@pytest.mark.parametrize("name", ["clusterplan.db", "plans", "token"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_what_the_demonstration_did_not_make_is_left_alone(
    name: str, lang: str, here: Path, run: Run
) -> None:
    """A database, plans or a token of somebody else."""
    (here / "d").mkdir()
    (here / "d" / name).write_text("mine", encoding="utf-8")
    outcome = run("demo", "--no-serve", "--directory", "d", lang=lang)
    assert outcome.code == 1
    assert outcome.err.startswith("error NOT_A_DEMO: ")
    assert [path.name for path in (here / "d").iterdir()] == [name]
    assert (here / "d" / name).read_text(encoding="utf-8") == "mine"
