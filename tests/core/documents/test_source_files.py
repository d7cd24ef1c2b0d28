"""Files, streams and bytes are read within the limit and only as UTF-8."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import Any, NoReturn

import pytest

from clusterplan.core.documents.source import SourceLimits, read_source
from clusterplan.core.errors import ErrorCode, InputError, Problem

TEXT = "名称: 港湾計画\n区域: 神奈川県横浜市テスト、データセンターの整備\n"


def refused(origin: Any, **options: Any) -> Problem:
    """Return the one problem of an origin that must be refused."""
    with pytest.raises(InputError) as caught:
        read_source(origin, **options)
    (problem,) = caught.value.problems
    return problem


def test_a_file_a_stream_and_bytes_give_the_same_source(tmp_path: Path) -> None:
    """A byte order mark is dropped, and the name is that of the origin."""
    path = tmp_path / "plan.yaml"
    path.write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    sources = [read_source(path), read_source(str(path)), read_source(TEXT.encode())]
    with path.open("rb") as file:
        sources.append(read_source(file))
    assert [s.data for s in sources] == [sources[0].data] * 4
    assert sources[0].name == sources[1].name == sources[3].name == str(path)
    assert sources[2].name == "<bytes>"


def test_the_ending_of_the_name_tells_the_syntax() -> None:
    """Bytes named `.json` are strict JSON."""
    assert refused(b"a: 1", name="plan.json").reason == "SYNTAX_ERROR"


def test_a_missing_file_is_not_found(tmp_path: Path) -> None:
    """The name is in the text."""
    problem = refused(tmp_path / "none.yaml")
    assert (problem.reason, problem.code) == ("FILE_NOT_FOUND", ErrorCode.NOT_FOUND)
    assert "none.yaml" in problem.message_ja
    assert "none.yaml" in problem.message_en


def test_what_is_not_an_ordinary_file_is_refused_without_waiting(
    tmp_path: Path,
) -> None:
    """A directory, a pipe without writer, a device and impossible names."""
    os.mkfifo(tmp_path / "pipe")
    loop = tmp_path / "loop"
    loop.symlink_to(loop)
    origins = (tmp_path, tmp_path / "pipe", "/dev/zero", loop, "a\x00b", "a" * 5000)
    for origin in origins:
        problem = refused(origin)
        assert problem.reason == "FILE_UNREADABLE"
        assert problem.code is ErrorCode.BAD_USER_INPUT


def test_a_file_without_permission_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The text says that it is a matter of permissions."""
    path = tmp_path / "plan.yaml"
    path.write_text(TEXT, encoding="utf-8")

    def deny(*_: object) -> NoReturn:
        raise PermissionError

    monkeypatch.setattr(os, "open", deny)
    problem = refused(path)
    assert problem.reason == "FILE_UNREADABLE"
    assert "permissions" in problem.message_en


def test_a_file_name_that_is_not_text_can_still_be_said(tmp_path: Path) -> None:
    """Undecodable bytes of a name do not break the message."""
    problem = refused(str(tmp_path / "\udcff.yaml"))
    assert problem.reason == "FILE_NOT_FOUND"
    assert problem.message_ja.encode()


def test_a_large_file_is_refused_by_its_size(tmp_path: Path) -> None:
    """Two hundred megabytes are not read."""
    path = tmp_path / "large.yaml"
    with path.open("wb") as file:
        file.truncate(200_000_000)
    problem = refused(path)
    assert (problem.reason, problem.code) == ("TOO_LARGE", ErrorCode.LIMIT_EXCEEDED)
    assert refused(b"x" * 5_000_000).reason == "TOO_LARGE"


def test_of_an_endless_stream_little_is_read() -> None:
    """At most one byte more than the limit is asked for."""
    with Path("/dev/zero").open("rb") as endless:
        assert refused(endless).reason == "TOO_LARGE"
    stream = io.BytesIO(b"x" * 100)
    assert refused(stream, limits=SourceLimits(bytes=10)).reason == "TOO_LARGE"
    assert stream.tell() == 11


class Broken(io.RawIOBase):
    """A stream that fails."""

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def read(self, size: int = -1) -> bytes:
        """Fail."""
        raise OSError(size)


def test_a_stream_that_fails_is_unreadable() -> None:
    """The failure is a refusal like others."""
    assert refused(Broken()).reason == "FILE_UNREADABLE"


@pytest.mark.parametrize(
    ("codec", "named"),
    [
        ("utf-16", "UTF-16LE"),
        ("utf-16-le", "UTF-16LE"),
        ("utf-16-be", "UTF-16BE"),
        ("utf-32", "UTF-32LE"),
        ("utf-32-le", "UTF-32LE"),
        ("utf-32-be", "UTF-32BE"),
        ("cp932", "CP932"),
        ("euc_jp", "EUC-JP"),
        ("iso2022_jp", "ISO-2022-JP"),
    ],
)
def test_another_encoding_is_named_with_the_way_to_convert_it(
    codec: str, named: str
) -> None:
    """The hint is a command that can be run."""
    text = "id: plan 1\na: b c d\n" * 3 + TEXT
    problem = refused(text.encode(codec), name="my plan.yaml")
    assert problem.reason == "WRONG_ENCODING"
    assert named in problem.message_ja
    assert named in problem.message_en
    assert problem.hint == f"iconv -f {named} -t UTF-8 'my plan.yaml' > utf8.tmp"


def test_half_width_katakana_in_cp932_is_still_cp932() -> None:
    """Text that EUC-JP cannot be is not taken for it."""
    assert "CP932" in refused("名称: ﾃｽﾄ計画\n".encode("cp932")).message_en


def test_damaged_utf8_is_told_with_its_place() -> None:
    """A broken byte after good Japanese is damage, not another encoding."""
    problem = refused(TEXT.encode() + "港".encode()[:2])
    assert (problem.reason, problem.line, problem.column) == ("WRONG_ENCODING", 3, 1)
    assert problem.hint is None


def test_a_lone_nul_is_a_forbidden_character_not_an_encoding() -> None:
    """NUL bytes mean UTF-16 only in a pattern."""
    problem = refused(b"a: \x00b")
    assert (problem.reason, problem.column) == ("FORBIDDEN_CHARACTER", 4)
