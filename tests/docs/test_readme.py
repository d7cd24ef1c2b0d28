"""Everything that the README shows is run."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

import clusterplan as cp
from clusterplan import book as books
from clusterplan.cli import main
from clusterplan.core.clock import Clock, fixed_clock
from clusterplan.core.services.domain import Domain
from clusterplan.plugins.host import Plugins

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
JAPANESE = (ROOT / "README.ja.md").read_text(encoding="utf-8")
LONGEST_PLUGIN = 60
PUBLISHED_ON, TODAY = dt.date(2026, 6, 15), dt.date(2026, 11, 21)
"""Days on which the plan of the README comes into force, and is reported on."""


def blocks(language: str, readme: str = README) -> list[str]:
    """The code blocks of a language, in order."""
    return re.findall(rf"^```{language}\n(.*?)^```", readme, re.DOTALL | re.MULTILINE)


PLAN, HARBOUR_PLAN = blocks("yaml")
TEN_LINES, PLUGIN = blocks("python")
(QUERY,) = blocks("graphql")
ANSWER, DONE = blocks("json")
(PYPROJECT,) = blocks("toml")
WRITING, STEP = blocks("sh")


def run(
    *arguments: str, folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run Python in *folder*, as a reader of the README would."""
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | {"CLUSTERPLAN_LANG": "en"} | dict(environment or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )


make_domain = books.make_domain


def domain_on(day: dt.date, plugins: Plugins, _: Clock) -> Domain:
    """Return the domain of plugins on another day."""
    return make_domain(plugins, fixed_clock(day))


def test_the_ten_lines_of_python_do_what_the_readme_says(tmp_path: Path) -> None:
    """They print one line, and leave a database and a map."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    done = run("-c", TEN_LINES, folder=tmp_path)
    assert (done.stderr, done.stdout) == ("", "in_force 2026-04-01\n")
    drawn = json.loads((tmp_path / "map.geojson").read_text(encoding="utf-8"))
    (feature,) = drawn["features"]
    assert feature["properties"]["title"] == "架空温泉地場産業成長プラン"
    assert len(TEN_LINES.strip().splitlines()) <= 10


def test_the_plan_file_of_the_readme_is_clean(tmp_path: Path) -> None:
    """A newcomer who copies it sees a plan that passes."""
    (tmp_path / "plan.yaml").write_text(PLAN, encoding="utf-8")
    done = run("-m", "clusterplan", "check", "plan.yaml", folder=tmp_path)
    assert done.returncode == 0, done.stdout
    assert done.stdout.strip() == (
        "plan.yaml: passes gate publish (errors: 0, warnings: 0)"
    )


def test_the_draft_of_the_readme_comes_into_force(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """By the commands that are shown, on the day that the half-year is over."""
    draft = PLAN[: PLAN.index("record:")]
    (tmp_path / "plan.yaml").write_text(draft, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", f"sqlite:///{tmp_path / 'plans.db'}")
    for line in WRITING.strip().splitlines():
        if line.startswith("# ... write the values into form.yaml"):
            form = (tmp_path / "form.yaml").read_text(encoding="utf-8")
            value = '{indicator: IN-1, value: "10600"}'
            filled = form.replace("{indicator: IN-1}", value)
            (tmp_path / "form.yaml").write_text(filled, encoding="utf-8")
            continue
        program, *words = shlex.split(line)
        assert program == "clusterplan"
        day = TODAY if words[0] == "report" else PUBLISHED_ON
        monkeypatch.setattr(books, "make_domain", partial(domain_on, day))
        with pytest.raises(SystemExit) as ended:
            main(["--lang", "en", *words])
        told = capsys.readouterr()
        assert ended.value.code == 0, told.err
        if "publish" in words:
            assert "state=in_force" in told.out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "架空温泉地場産業成長プラン" in page
    assert "10,600" in page


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration, which the commands of the README set up."""
    folder = tmp_path_factory.mktemp("demonstration")
    done = run("-m", "clusterplan", "demo", "--no-serve", folder=folder)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout.splitlines()[-1])["database"] in STEP
    return folder


def posted(folder: Path, body: Any, token: str | None = None) -> Any:
    """Return what the demonstration answers to a request."""
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    with cp.open(f"sqlite:///{folder / 'clusterplan-demo/clusterplan.db'}") as book:
        app = cp.create_app(book.store, book.domain, book.plugins)
        with TestClient(app) as client:
            return client.post("/graphql", json=body, headers=headers).json()


def test_the_graphql_query_has_the_answer_of_the_readme(demonstration: Path) -> None:
    """The demonstration answers word for word."""
    answer = posted(demonstration, {"query": QUERY})
    assert answer == {"data": json.loads(ANSWER)}


def test_the_mutation_of_the_readme_has_its_answer(demonstration: Path) -> None:
    """By the token that is made for the office, and not by the one that is printed."""
    making, sending = STEP.split("\ncurl ")
    words = shlex.split(sending)
    body = json.loads(words[words.index("-d") + 1])
    assert words[0].endswith("/graphql")
    assert {"Authorization: Bearer $TOKEN", "Content-Type: application/json"} <= {
        *words
    }
    printed = (demonstration / "clusterplan-demo/token").read_text("ascii").strip()
    refused = posted(demonstration, body, printed)
    (problem,) = refused["data"]["takeStep"]["problems"]
    assert problem["reason"] == "WRONG_ACTOR"
    assert "cabinet_secretariat" in problem["hint"]
    command = shlex.split(making.removeprefix("TOKEN=$(").removesuffix(")"))
    made = run("-m", *command, folder=demonstration)
    assert made.returncode == 0, made.stderr
    assert posted(demonstration, body, made.stdout.strip()) == json.loads(DONE)


def test_the_japanese_readme_has_the_same_parts() -> None:
    """What is run is the same, and each leads to the other."""
    for language in ("yaml", "python", "graphql", "json", "toml", "sh"):
        assert blocks(language, JAPANESE) == blocks(language)
    levels = [
        re.findall(
            r"^#+(?= )", re.sub(r"```.*?```", "", text, flags=re.DOTALL), re.MULTILINE
        )
        for text in (README, JAPANESE)
    ]
    assert levels[0] == levels[1]
    links = [set(re.findall(r"\]\(([^)]+)\)", text)) for text in (README, JAPANESE)]
    assert links[0] - {"README.ja.md"} == links[1] - {"README.md"}
    assert "README.md" in links[1]
    assert "README.ja.md" in links[0]
    made = [set(re.findall(r"`(clusterplan [a-z]+)", t)) for t in (README, JAPANESE)]
    assert made[0] == made[1]


@pytest.fixture(scope="module")
def harbour(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A scratch folder with the plugin of the README, installed."""
    folder = tmp_path_factory.mktemp("harbour")
    (folder / "clusterplan_harbour.py").write_text(PLUGIN, encoding="utf-8")
    (folder / "harbour.yaml").write_text(HARBOUR_PLAN, encoding="utf-8")
    (folder / "pyproject.toml").write_text(PYPROJECT, encoding="utf-8")
    (folder / "site").mkdir()
    done = run(
        *("-m", "pip", "install", "--quiet", "--no-deps", "--no-build-isolation"),
        *("--disable-pip-version-check", "--no-index", "--target", "site", "."),
        folder=folder,
    )
    assert done.returncode == 0, done.stderr
    return folder


def in_harbour(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of clusterplan where the plugin is installed."""
    return run(
        "-m",
        "clusterplan",
        *arguments,
        folder=folder,
        environment={"PYTHONPATH": str(folder / "site")},
    )


def test_the_plugin_of_the_readme_is_short() -> None:
    """A plan type of one's own takes less than sixty lines."""
    assert len(PLUGIN.splitlines()) < LONGEST_PLUGIN


def test_the_plugin_of_the_readme_is_found_by_its_entry_point(harbour: Path) -> None:
    """`plugin list` shows it as active, with its hooks."""
    listed = json.loads(
        in_harbour(harbour, "plugin", "list", "--format", "json").stdout
    )
    (plugin,) = (p for p in listed if p["name"] == "harbour")
    assert (plugin["state"], plugin["distribution"]) == (
        "active",
        "clusterplan-harbour",
    )
    assert plugin["hooks"] == ["clusterplan_checks", "clusterplan_plan_types"]


def test_the_plugin_of_the_readme_is_in_both_schemas(harbour: Path) -> None:
    """Its details are a GraphQL type and part of the JSON Schema."""
    sdl = in_harbour(harbour, "schema", "graphql").stdout
    assert re.search(r"union PlanDetails =[^\n]*HarbourPlanDetails", sdl)
    assert "岸壁数: Number of berths." in sdl
    schema = json.loads(in_harbour(harbour, "schema", "plan").stdout)
    assert "harbour_plan" in schema["properties"]["plan_type"]["enum"]
    assert (
        schema["$defs"]["HarbourDetails"]["properties"]["berths"]["title"] == "岸壁数"
    )


def test_the_plugin_of_the_readme_checks_its_plans(harbour: Path) -> None:
    """Its rule is silent on the plan of the README, and speaks without berths."""
    good = in_harbour(harbour, "check", "harbour.yaml")
    assert good.returncode == 0, good.stdout
    bad = HARBOUR_PLAN.replace("berths: 3, ", "")
    (harbour / "bad.yaml").write_text(bad, encoding="utf-8")
    done = in_harbour(harbour, "check", "bad.yaml")
    assert done.returncode == 1
    assert "error HARBOUR-1: the number of berths is missing" in done.stdout


def test_plans_of_the_plugin_of_the_readme_reach_the_map(harbour: Path) -> None:
    """A plan of the new type is imported, listed and exported."""
    assert in_harbour(harbour, "import", "harbour.yaml").returncode == 0
    exported = json.loads(in_harbour(harbour, "export", "geojson").stdout)
    (feature,) = exported["features"]
    assert feature["properties"]["plan_type"] == "harbour_plan"
    assert feature["geometry"]["type"] == "Point"


def test_every_link_of_the_readme_leads_to_a_file() -> None:
    """No link into the repository is broken."""
    links = re.findall(r"\]\(((?!http)[^)#]+)\)", README)
    assert links
    assert not [link for link in links if not (ROOT / link).exists()]


def test_the_commands_of_the_readme_exist() -> None:
    """Each `clusterplan` command and make target that it names is there."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert set(re.findall(r"make ([a-z-]+)", README)) - {"passes"} <= targets
    commands = set(re.findall(r"`clusterplan ([a-z]+)", README))
    done = run("-m", "clusterplan", "--help", folder=ROOT)
    assert all(
        re.search(rf"^  {name} ", done.stdout, re.MULTILINE) for name in commands
    )
