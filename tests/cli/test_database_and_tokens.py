"""`db`, `verify`, `rebuild` and `token`."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from clusterplan.asgi import create
from commands import Run, WriteFile

QUERY = {"query": '{ plan(id: "sample-strategic-semiconductor") { id } }'}


def change(path: Path, statement: str) -> None:
    """Change a database behind the back of the library."""
    with closing(sqlite3.connect(path)) as connection, connection:
        assert connection.execute(statement).rowcount


def test_a_new_database_is_brought_up_to_date(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Upgrading makes it; before, it is missing, and looking does not make it."""
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", "sqlite:///new.db")
    assert "error NO_DATABASE: " in run("db", "check").err
    assert not Path("new.db").exists()
    Path("new.db").touch()
    outcome = run("db", "check")
    assert outcome.code == 1
    assert "run clusterplan db upgrade" in outcome.out
    assert "実行してください" in run("db", "check", lang="ja").out
    assert run("db", "upgrade").out.startswith("database: empty -> ")
    assert (run("db", "check").code, run("db", "check").out) == (0, "up to date\n")


def test_a_backup_is_a_whole_database(
    write: WriteFile, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It lists the same plans; what is there already is never overwritten."""
    run("import", write())
    listed = run("plan", "list").out
    assert run("db", "backup", "copy.db").out == "copy: copy.db\n"
    again = run("db", "backup", "copy.db")
    assert (again.code, again.err[:18]) == (1, "error FILE_EXISTS:")
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", "sqlite:///copy.db")
    assert run("plan", "list").out == listed
    assert run("verify").code == 0


@pytest.mark.parametrize(
    ("address", "target", "reason"),
    [
        ("sqlite:///missing.db", "copy.db", "NO_DATABASE"),
        ("sqlite:///noise.db", "copy.db", "BACKUP_FAILED"),
        ("sqlite:///plans.db", "no/such/copy.db", "BACKUP_FAILED"),
        ("sqlite://", "copy.db", "NOT_SQLITE"),
        ("postgresql:///x?host=/nowhere", "copy.db", "NOT_SQLITE"),
    ],
)
def test_a_backup_that_fails_leaves_nothing_behind(
    address: str,
    target: str,
    reason: str,
    here: Path,
    run: Run,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No half a copy, and no empty one of a database that is not there."""
    (here / "noise.db").write_bytes(b"no database at all, " * 100)
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", address)
    outcome = run("db", "backup", target)
    assert outcome.code == 1
    assert outcome.err.startswith(f"error {reason}: ")
    assert not (here / target).exists()
    assert not (here / "missing.db").exists()


def test_a_clean_database_is_verified(write: WriteFile, run: Run) -> None:
    """And rebuilding keeps it so."""
    run("import", write())
    assert (run("verify").code, run("verify").out) == (0, "nothing is wrong\n")
    assert json.loads(run("verify", "--format", "json").out) == []
    outcome = run("rebuild", lang="ja")
    assert outcome.code == 0
    assert outcome.out.startswith("作り直し: ")
    assert run("verify").code == 0


def test_a_tampered_database_is_found_out(
    here: Path, write: WriteFile, run: Run
) -> None:
    """Every flaw has a place."""
    run("import", write())
    change(here / "plans.db", "UPDATE cp_plan SET version = 7")
    outcome = run("verify")
    assert outcome.code == 1
    assert outcome.out
    assert all(": " in line for line in outcome.out.splitlines())
    told = run("verify", "--format", "json")
    assert told.code == 1
    assert all(flaw["where"] and flaw["message"] for flaw in json.loads(told.out))


def test_a_token_opens_the_api_until_it_is_revoked(write: WriteFile, run: Run) -> None:
    """A draft is shown to its office only."""
    run("import", write())
    made = run("token", "create", "--as", "prefecture:430005", "--note", "試験")
    assert made.code == 0
    assert "shown only now" in made.err
    headers = {"Authorization": f"Bearer {made.out.strip()}"}
    (listed,) = json.loads(run("token", "list", "--format", "json").out)
    assert (listed["actor"], listed["note"]) == ("prefecture:430005", "試験")
    assert made.out.strip() not in run("token", "list").out
    with TestClient(create()) as client:
        assert client.post("/graphql", json=QUERY).json()["data"]["plan"] is None
        answer = client.post("/graphql", json=QUERY, headers=headers).json()
        assert answer["data"]["plan"]["id"] == "sample-strategic-semiconductor"
        assert run("token", "revoke", listed["id"]).code == 0
        assert client.post("/graphql", json=QUERY, headers=headers).status_code == 401
    assert json.loads(run("token", "list", "--format", "json").out)[0]["revokedAt"]
    again = run("token", "revoke", listed["id"])
    assert (again.code, again.err[:20]) == (1, "error UNKNOWN_TOKEN:")


def test_a_token_has_a_last_day(run: Run) -> None:
    """As JSON the secret is a part of the answer."""
    options = ("--as", "meti:meti", "--expires", "2099-03-31", "--format", "json")
    told = json.loads(run("token", "create", *options).out)
    assert told["secret"].startswith("cp_")
    assert "2099-03-31" in run("token", "list").out
