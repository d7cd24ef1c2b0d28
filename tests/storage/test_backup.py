"""A copy of a database is whole, even while others write."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from clusterplan.core.services.domain import Domain
from clusterplan.core.storage.backup import NotBackedUpError, back_up
from clusterplan.core.storage.engine import open_engine
from clusterplan.core.storage.sql import SqlStore
from stores import MakePlanFile, looking, save, shown_ids, titled


def test_a_copy_holds_what_was_committed(
    sqlite_store: SqlStore, tmp_path: Path, domain: Domain, plan_file: MakePlanFile
) -> None:
    """What a change that is going on has written is not in it."""
    file = plan_file()
    done = save(sqlite_store, domain, file)
    target = tmp_path / "copy.db"
    with sqlite_store.write() as unit:
        unit.revoke_token("none", domain.clock())
        back_up(sqlite_store.engine, target)
    save(sqlite_store, domain, titled(file, "x"), version=1)
    url = f"sqlite:///{target}"
    copy = SqlStore.open(url, domain.plan_types, domain.reference)
    with closing(copy):
        assert shown_ids(copy, looking()) == [file.plan.id]
        with copy.read() as unit:
            assert unit.current(file.plan.id) == done.standing
        assert list(copy.verify()) == []


def _refused(store: SqlStore, target: Path) -> str:
    with pytest.raises(NotBackedUpError) as caught:
        back_up(store.engine, target)
    (problem,) = caught.value.problems
    assert any(ord(char) > 0x3000 for char in problem.message_ja)
    return problem.reason


def test_a_file_that_is_there_is_not_overwritten(
    sqlite_store: SqlStore, tmp_path: Path
) -> None:
    """A copy has a name of its own."""
    target = tmp_path / "copy.db"
    target.write_text("x", encoding="utf-8")
    assert _refused(sqlite_store, target) == "FILE_EXISTS"
    assert target.read_text(encoding="utf-8") == "x"


def test_a_copy_that_fails_leaves_nothing(
    sqlite_store: SqlStore, sqlite_url: str, tmp_path: Path
) -> None:
    """No folder, or nothing to copy: a reason, and no half file."""
    assert _refused(sqlite_store, tmp_path / "no" / "copy.db") == "BACKUP_FAILED"
    Path(sqlite_url.removeprefix("sqlite:///")).write_bytes(b"x" * 5000)
    target = tmp_path / "copy.db"
    assert _refused(sqlite_store, target) == "BACKUP_FAILED"
    assert not target.exists()


@pytest.mark.parametrize("url", ["sqlite://", "postgresql://x/y"])
def test_other_databases_are_backed_up_otherwise(url: str, tmp_path: Path) -> None:
    """PostgreSQL has tools of its own; what is in memory is not kept."""
    engine = open_engine(url)
    with pytest.raises(NotBackedUpError) as caught:
        back_up(engine, tmp_path / "copy.db")
    assert caught.value.problems[0].reason == "NOT_SQLITE"
