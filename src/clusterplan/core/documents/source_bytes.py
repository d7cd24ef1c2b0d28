"""Bytes of a document, read within a limit and decoded as UTF-8."""

from __future__ import annotations

import os
import shlex
import stat
from typing import IO

from ..errors import ErrorCode, InputError, Problem
from .source_text import mark_at, problem, too_large

_BOMS = (
    (b"\xff\xfe\x00\x00", "UTF-32LE"),
    (b"\x00\x00\xfe\xff", "UTF-32BE"),
    (b"\xff\xfe", "UTF-16LE"),
    (b"\xfe\xff", "UTF-16BE"),
)
_UTF8_BOM = b"\xef\xbb\xbf"
_SAMPLE_BYTES = 4096
_CHUNK_BYTES = 1024 * 1024
_HALFWIDTH_KATAKANA = frozenset(map(chr, range(0xFF61, 0xFFA0)))


def read_path(path: str | os.PathLike[str], *, name: str, limit: int) -> bytes:
    """Return the bytes of an ordinary file of at most *limit* bytes.

    The size is looked at before anything is read. Directories, devices and pipes
    are refused; opening never waits for a writer.

    Raises:
        InputError: The file is missing, unreadable or too large.
    """
    try:
        with open(path, "rb", buffering=0, opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise InputError(_not_a_file(name))
            if status.st_size > limit:
                raise InputError(too_large(name, limit))
            return _read(file, name=name, limit=limit)
    except FileNotFoundError:
        raise InputError(_not_found(name)) from None
    except IsADirectoryError:
        raise InputError(_not_a_file(name)) from None
    except PermissionError:
        raise InputError(_not_permitted(name)) from None
    except (OSError, ValueError):
        raise InputError(_unreadable(name)) from None


def read_stream(stream: IO[bytes], *, name: str, limit: int) -> bytes:
    """Return what is left in *stream*, of which at most *limit* + 1 bytes are read.

    Raises:
        InputError: The stream fails or holds more than *limit* bytes.
    """
    try:
        return _read(stream, name=name, limit=limit)
    except OSError:
        raise InputError(_unreadable(name)) from None


def decode(data: bytes, *, name: str) -> str:
    """Return *data* decoded as UTF-8, without its byte order mark.

    Raises:
        InputError: The data is in another encoding, which is named where the bytes
            tell it.
    """
    other = _foreign_unicode(data)
    if other is not None:
        raise InputError(_wrong_encoding(name, other))
    if b"\x1b$" in data:
        raise InputError(_wrong_encoding(name, "ISO-2022-JP"))
    try:
        return data.removeprefix(_UTF8_BOM).decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(_undecodable(error, name)) from None


def _open_at_once(path: str, flags: int) -> int:
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0))


def _read(stream: IO[bytes], *, name: str, limit: int) -> bytes:
    data = bytearray()
    while chunk := stream.read(min(limit + 1 - len(data), _CHUNK_BYTES)):
        data += chunk
        if len(data) > limit:
            raise InputError(too_large(name, limit))
    return bytes(data)


def _foreign_unicode(data: bytes) -> str | None:
    """Name the wide encoding that byte order mark or NUL bytes give away."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return encoding
    sample = data[: _SAMPLE_BYTES - _SAMPLE_BYTES % 4]
    nuls = [sample[lane::4].count(0) / max(1, len(sample) // 4) for lane in range(4)]
    match [share > 1 / 8 for share in nuls]:
        case [False, _, True, True]:
            return "UTF-32LE"
        case [True, True, _, False]:
            return "UTF-32BE"
        case [False, True, False, True]:
            return "UTF-16LE"
        case [True, False, True, False]:
            return "UTF-16BE"
    return None


def _undecodable(error: UnicodeDecodeError, name: str) -> Problem:
    text = error.object[: error.start].decode("utf-8")
    if not _reads_as_japanese(text):
        encoding = _japanese_encoding(error.object)
        if encoding is not None:
            return _wrong_encoding(name, encoding)
    return problem(
        "WRONG_ENCODING",
        ja=f"「{name}」に UTF-8 として読めないバイトがあります。"
        "ファイルが壊れているか、別の文字コードです。UTF-8 で保存し直してください。",
        en=f"{name} holds bytes that are not UTF-8: the file is damaged or in another "
        "encoding. Save it again as UTF-8.",
        mark=mark_at(text, len(text)),
    )


def _reads_as_japanese(text: str) -> bool:
    """Tell whether decoded *text* makes sense, so that what follows it is damage.

    A few pairs of bytes of other encodings are UTF-8 by chance, of other scripts.
    """
    foreign = [char for char in text if not char.isascii()]
    japanese = sum("\u3000" <= char <= "\u9fff" for char in foreign)
    return japanese * 2 > len(foreign)


def _japanese_encoding(data: bytes) -> str | None:
    """Name the encoding of Japanese *data*: the one that needs least katakana.

    Bytes of EUC-JP are often valid CP932 too, where they turn into half-width
    katakana that nobody writes in such numbers.
    """
    candidates: list[tuple[int, str]] = []
    for codec, encoding in (("cp932", "CP932"), ("euc_jp", "EUC-JP")):
        try:
            text = data.decode(codec)
        except UnicodeDecodeError:
            continue
        odd = sum(text.count(char) for char in _HALFWIDTH_KATAKANA)
        candidates.append((odd, encoding))
    return min(candidates)[1] if candidates else None


def _wrong_encoding(name: str, encoding: str) -> Problem:
    shown = "Shift_JIS（CP932）" if encoding == "CP932" else encoding
    plain = "Shift_JIS (CP932)" if encoding == "CP932" else encoding
    return problem(
        "WRONG_ENCODING",
        ja=f"「{name}」の文字コードは {shown} のようです。エディタの「名前を付けて保存」で"
        "文字コードに UTF-8 を選び、保存し直してください。",
        en=f"{name} seems to be encoded in {plain}. Save it again as UTF-8.",
        hint=f"iconv -f {encoding} -t UTF-8 {shlex.quote(name)} > utf8.tmp",
    )


def _not_found(name: str) -> Problem:
    return problem(
        "FILE_NOT_FOUND",
        ja=f"ファイル「{name}」が見つかりません。名前と場所を確かめてください。",
        en=f"There is no file {name}. Check its name and folder.",
        code=ErrorCode.NOT_FOUND,
    )


def _not_a_file(name: str) -> Problem:
    return problem(
        "FILE_UNREADABLE",
        ja=f"「{name}」は通常のファイルではありません。文書のファイルを指定してください。",
        en=f"{name} is not an ordinary file. Name the file of the document.",
    )


def _not_permitted(name: str) -> Problem:
    return problem(
        "FILE_UNREADABLE",
        ja=f"ファイル「{name}」を読む権限がありません。アクセス権を確かめてください。",
        en=f"The file {name} may not be read. Check its permissions.",
    )


def _unreadable(name: str) -> Problem:
    return problem(
        "FILE_UNREADABLE",
        ja=f"「{name}」を読めません。名前と場所を確かめてください。",
        en=f"{name} cannot be read. Check its name and place.",
    )
