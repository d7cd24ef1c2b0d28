"""A database is opened, or refused with what is wrong and what to do."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import tempfile
import threading
from contextlib import closing
from pathlib import Path

import pytest
import sqlalchemy as sa

from clusterplan.core.errors import ErrorCode, PlanError, Problem
from clusterplan.core.services.domain import Domain
from clusterplan.core.storage import engine as engines
from clusterplan.core.storage.engine import open_engine
from clusterplan.core.storage.sql import SqlStore, StoreUnavailableError
from stores import MakePlanFile, looking, save, shown_ids

_MOUNTS = """\
overlay / overlay rw 0 0
server:/plans /mnt/plans nfs4 rw 0 0
/dev/sdb1 /mnt/plans/disk ext4 rw 0 0
//share/x /mnt/with\\040space cifs rw 0 0
server:/other /mnt/plansother nfs rw 0 0
"""


def refused(url: str, domain: Domain) -> Problem:
    """Return the problem of a database that must not be opened."""
    with pytest.raises(PlanError) as caught:
        SqlStore.open(url, domain.plan_types, domain.reference)
    (problem,) = caught.value.problems
    assert problem.code is ErrorCode.UNAVAILABLE
    assert problem.message_ja != problem.message_en
    return problem


@pytest.mark.parametrize(
    ("url", "reason"),
    [
        ("plans.db", "BAD_DATABASE_ADDRESS"),
        ("", "BAD_DATABASE_ADDRESS"),
        ("nosuch:///x", "UNKNOWN_DATABASE"),
        ("postgresql://host:port/x", "BAD_DATABASE_ADDRESS"),
        ("sqlite+nosuch:///x", "UNKNOWN_DATABASE"),
        ("postgresql+asyncpg://x/y", "UNKNOWN_DATABASE"),
        ("oracle://x/y", "UNKNOWN_DATABASE"),
        ("sqlite:////nowhere/at/all/plans.db", "NO_SUCH_DIRECTORY"),
        ("sqlite:////proc", "CANNOT_OPEN_DATABASE"),
        ("postgresql:///x?host=/nowhere", "STORE_UNAVAILABLE"),
    ],
)
def test_an_address_that_leads_nowhere_is_refused(
    url: str, reason: str, domain: Domain
) -> None:
    """Whatever is wrong with an address, the refusal has a reason of its own."""
    assert refused(url, domain).reason == reason


def test_postgresql_without_its_driver_is_refused(
    domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The refusal says what to install."""
    monkeypatch.setitem(sys.modules, "psycopg", None)
    assert "psycopg" in refused("postgresql://x/y", domain).message_en


def test_a_password_is_in_no_refusal(domain: Domain) -> None:
    """A refusal tells neither the address nor the words of the driver."""
    url = "postgresql://user:secret@127.0.0.1:1/plans"
    with pytest.raises(StoreUnavailableError) as caught:
        SqlStore.open(url, domain.plan_types, domain.reference)
    assert "secret" not in str(caught.value)
    assert "127.0.0.1" not in str(caught.value)


@pytest.mark.parametrize(
    ("folder", "kind"),
    [
        ("/srv", "overlay"),
        ("/mnt/plans", "nfs4"),
        ("/mnt/plans/2026", "nfs4"),
        ("/mnt/plans/disk/a", "ext4"),
        ("/mnt/plansother", "nfs"),
        ("/mnt/with space/x", "cifs"),
        ("/mnt/plans2", "overlay"),
    ],
)
def test_the_file_system_of_a_folder_is_that_of_its_nearest_mount(
    tmp_path: Path, folder: str, kind: str
) -> None:
    """Mounts inside mounts count, and names that only begin the same do not."""
    mounts = tmp_path / "mounts"
    mounts.write_text(_MOUNTS, encoding="utf-8")
    assert engines._file_system(Path(folder), mounts) == kind


def test_a_machine_that_does_not_tell_its_mounts_is_trusted(tmp_path: Path) -> None:
    """Where there is no list of mounts, nothing is refused."""
    assert engines._file_system(tmp_path, tmp_path / "none") is None


def test_a_network_drive_is_refused(
    tmp_path: Path, domain: Domain, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Locks do not hold there; a link into such a drive is one, too."""
    drive, link = tmp_path / "drive", tmp_path / "link"
    drive.mkdir()
    link.symlink_to(drive)
    mounts = tmp_path / "mounts"
    mounts.write_text(f"overlay / overlay rw\nx:/y {drive} nfs4 rw\n", encoding="utf-8")
    monkeypatch.setattr(engines._file_system, "__defaults__", (mounts,))
    for folder in (drive, link):
        problem = refused(f"sqlite:///{folder}/plans.db", domain)
        assert problem.reason == "NETWORK_DRIVE"
        assert "nfs4" in problem.message_ja
    open_engine(f"sqlite:///{tmp_path}/plans.db").dispose()
    assert list(drive.iterdir()) == []


def test_a_file_that_is_no_database_is_refused(tmp_path: Path, domain: Domain) -> None:
    """Somebody else's file is not touched."""
    file = tmp_path / "plans.db"
    file.write_text("これはデータベースではない。" * 100, encoding="utf-8")
    before = file.read_bytes()
    assert refused(f"sqlite:///{file}", domain).reason == "NOT_A_DATABASE"
    assert file.read_bytes() == before


def test_a_damaged_file_is_refused(sqlite_url: str, domain: Domain) -> None:
    """A database whose pages are overwritten says so instead of failing somehow."""
    path = Path(sqlite_url.removeprefix("sqlite:///"))
    content = bytearray(path.read_bytes())
    content[100:4096] = b"\xff" * 3996
    path.write_bytes(content)
    assert refused(sqlite_url, domain).reason == "DAMAGED_DATABASE"


_OPEN = """
import datetime, os, sys
from clusterplan.core.errors import PlanError
from clusterplan.core.storage.sql import SqlStore
SqlStore.open("sqlite://", {}, None).close()
if os.geteuid() == 0:
    os.setegid(65534), os.seteuid(65534)
try:
    store = SqlStore.open(sys.argv[1], {}, None)
    print(list(store.verify()), end=" ")
    with store.write() as unit:
        unit.revoke_token("none", datetime.datetime.now(datetime.UTC))
except PlanError as error:
    print(error.problems[0].reason)
"""
"""Opens, reads and writes as a user who owns nothing; tells what it is refused."""


@pytest.mark.parametrize(
    ("file_mode", "folder_mode", "reason"),
    [
        (None, 0o555, "CANNOT_OPEN_DATABASE"),
        (0o444, 0o777, "[] READ_ONLY_DATABASE"),
        (0o444, 0o555, "READ_ONLY_DATABASE"),
        (0o000, 0o777, "CANNOT_OPEN_DATABASE"),
    ],
)
def test_a_place_that_cannot_be_written_is_refused(
    empty_sqlite: Path, file_mode: int | None, folder_mode: int, reason: str
) -> None:
    """The refusal says that permissions are what is missing."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "plans.db"
        if file_mode is not None:
            path.write_bytes(empty_sqlite.read_bytes())
            path.chmod(file_mode)
        folder.chmod(folder_mode)
        done = subprocess.run(
            [sys.executable, "-c", _OPEN, f"sqlite:///{path}"],
            stdout=subprocess.PIPE,
            text=True,
            check=True,
            env={"PYTHONPATH": ":".join(p for p in sys.path if p)},
        )
        folder.chmod(0o700)
    assert done.stdout.strip() == reason


def test_a_busy_database_is_unavailable(
    sqlite_store: SqlStore,
    sqlite_url: str,
    domain: Domain,
    plan_file: MakePlanFile,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A change that waits too long is refused; what was there is read all the time."""
    monkeypatch.setattr(engines, "_BUSY_MS", 10)
    other = sqlite3.connect(sqlite_url.removeprefix("sqlite:///"), isolation_level=None)
    save(sqlite_store, domain, plan_file())
    impatient = SqlStore.open(sqlite_url, domain.plan_types, domain.reference)
    with closing(other), closing(impatient):
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreUnavailableError) as caught:
            save(impatient, domain, plan_file(changes={"/id": "x"}))
        assert len(shown_ids(impatient, looking())) == 1
        other.execute("ROLLBACK")
    (problem,) = caught.value.problems
    assert problem.code is ErrorCode.UNAVAILABLE
    assert "locked" not in problem.message_en


def test_sqlite_keeps_what_it_acknowledges(sqlite_store: SqlStore) -> None:
    """Every connection has write-ahead logging, full sync and foreign keys."""
    with sqlite_store.engine.connect() as connection:
        told = [
            connection.scalar(sa.text(f"PRAGMA {name}"))
            for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    assert told == ["wal", 2, 1]


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_a_store_in_memory_is_one_for_all_threads(
    url: str, domain: Domain, plan_file: MakePlanFile
) -> None:
    """What one thread saves, another reads."""
    with closing(SqlStore.open(url, domain.plan_types, domain.reference)) as store:
        threads = [
            threading.Thread(
                target=save, args=(store, domain, plan_file(changes={"/id": plan_id}))
            )
            for plan_id in ("a", "b", "c")
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert shown_ids(store, looking()) == ["a", "b", "c"]
        assert list(store.verify()) == []


def test_an_error_of_the_program_is_not_hidden(sqlite_store: SqlStore) -> None:
    """What is wrong with the code itself is not taken for a database that is away."""
    with pytest.raises(sa.exc.IntegrityError), sqlite_store.write() as unit:
        unit._session.execute(sa.text("INSERT INTO cp_plan (id) VALUES ('x')"))


def test_a_store_that_is_used_up_is_unavailable(domain: Domain) -> None:
    """Who waits too long for a connection is told to try again."""
    with closing(SqlStore.open("sqlite://", domain.plan_types, domain.reference)) as s:
        s.engine.pool._timeout = 0.01  # type: ignore[attr-defined]
        with s.read() as unit, pytest.raises(StoreUnavailableError):
            _revision_of(s, unit.revision())
        with s.read() as unit:
            assert unit.revision() == 0


def _revision_of(store: SqlStore, least: int) -> None:
    with store.read() as unit:
        assert unit.revision() >= least


def test_a_database_that_fails_is_not_taken_for_one_that_was_changed(
    sqlite_store: SqlStore,
) -> None:
    """What cannot be asked is no flaw: the check itself is refused."""
    with sqlite_store.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE cp_place"))
    with pytest.raises(StoreUnavailableError):
        list(sqlite_store.verify())
