"""`import`, `export`, `plan`, `schema` and `plugin list`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from clusterplan.cli.printing import print_table
from clusterplan.core.documents.source import read_source
from commands import Run, WriteFile, process
from stores import LOCAL_GROWTH, REGIONAL, STRATEGIC, record

PLAN_ID = "sample-strategic-semiconductor"
PUBLIC = {"/record": record()}
HOSTILE = Path(__file__).parent.parent / "plugins" / "hostile"


def test_a_plan_is_saved_once(write: WriteFile, run: Run) -> None:
    """The same text again changes nothing, and is said to."""
    name = write()
    assert run("import", name).out == f"saved: {PLAN_ID} v1 d1 drafting\n"
    assert run("import", name).out == f"unchanged: {PLAN_ID} v1 d1 drafting\n"
    assert run("import", name, lang="ja").out.startswith("変更なし: ")


def test_a_dry_run_changes_nothing(write: WriteFile, run: Run) -> None:
    """It tells what would happen."""
    outcome = run("import", "--dry-run", write())
    assert outcome.code == 0
    assert outcome.out.startswith(f"would be saved: {PLAN_ID} v1")
    assert json.loads(run("plan", "list", "--format", "json").out) == []


def test_a_change_names_the_version_that_it_is_based_on(
    write: WriteFile, run: Run
) -> None:
    """A missing or stale version is a conflict, told with the current one."""
    run("import", write())
    changed = write(STRATEGIC, {"/title": "別の題"})
    stale = run("import", changed, "--format", "json")
    (told,) = json.loads(stale.out)
    assert (stale.code, told["ok"]) == (1, False)
    assert told["problems"][0]["reason"] == "STALE_VERSION"
    assert told["problems"][0]["currentVersion"] == 1
    assert "error STALE_VERSION: " in run("import", changed, lang="ja").err
    done = run("import", changed, "--expected-version", "1", "--format", "json")
    (told,) = json.loads(done.out)
    assert (done.code, told["version"], told["changed"]) == (0, 2, True)


def test_a_refused_file_does_not_keep_the_others_from_being_saved(
    write: WriteFile, run: Run
) -> None:
    """Each file is saved for itself."""
    files = (write(), "missing.yaml", write(REGIONAL, name="b.yaml"))
    outcome = run("import", *files)
    assert outcome.code == 1
    assert outcome.out.count("saved: ") == 2
    assert outcome.err.startswith("missing.yaml: error FILE_NOT_FOUND: ")


def test_a_shown_plan_can_be_imported_elsewhere(
    write: WriteFile, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Text, investments, state and edition travel; nothing is lost on the way."""
    run("import", write(STRATEGIC, PUBLIC), write(REGIONAL, name="b.yaml"))
    ids = (PLAN_ID, json.loads(run("plan", "list", "--format", "json").out)[1]["id"])
    shown = [run("plan", "show", i).out for i in ids]
    listed = run("plan", "list").out
    histories = [run("plan", "history", i).out for i in ids]
    for text in shown:
        assert run("import", "-", stdin=text.encode()).out.startswith("unchanged: ")
    monkeypatch.setenv("CLUSTERPLAN_DATABASE", "sqlite:///elsewhere.db")
    for text in shown:
        assert run("import", "-", stdin=text.encode()).code == 0
    assert [run("plan", "show", i).out for i in ids] == shown
    assert run("plan", "list").out == listed
    assert run("plan", "history", ids[0]).out == histories[0]
    told = json.loads(run("plan", "show", PLAN_ID, "--format", "json").out)
    assert told["record"]["edition"] == "1.0"


def test_plans_are_listed_and_filtered(write: WriteFile, run: Run) -> None:
    """Filters of different keys must all fit."""
    run(
        *("import", write(), write(REGIONAL, name="b.yaml")),
        write(LOCAL_GROWTH, name="c.yaml"),
    )

    def types(*filters: str) -> set[str]:
        options = [part for text in filters for part in ("--filter", text)]
        out = run("plan", "list", "--format", "json", *options).out
        return {row["planType"] for row in json.loads(out)}

    assert types() == {STRATEGIC, REGIONAL, LOCAL_GROWTH}
    assert types(f"planTypes={STRATEGIC},{REGIONAL}") == {STRATEGIC, REGIONAL}
    assert types(f"plan_types={STRATEGIC}", "prefectures=43") == {STRATEGIC}
    assert types(f"planTypes={STRATEGIC}", "prefectures=01") == set()


@pytest.mark.parametrize("name", [["plan", "list"], ["export", "geojson"]])
def test_a_filter_that_does_not_exist_is_refused(name: list[str], run: Run) -> None:
    """The refusal lists those that do, once."""
    outcome = run(*name, "--filter", "colour=red", "--filter", "phases=nosuch")
    assert outcome.code == 1
    first, second = outcome.err.splitlines()
    assert "error UNKNOWN_FILTER: " in first
    assert first.count("plan_types") == 1
    assert "error UNKNOWN_VALUE: " in second


@pytest.mark.parametrize("name", ["show", "history"])
def test_a_plan_that_is_not_there_is_refused(name: str, run: Run) -> None:
    """Showing and its history alike."""
    outcome = run("plan", name, "nosuch")
    assert (outcome.code, outcome.out) == (1, "")
    assert outcome.err == "error UNKNOWN_PLAN: there is no plan 'nosuch'\n"


def test_the_history_of_a_plan(write: WriteFile, run: Run) -> None:
    """The states with their days."""
    run("import", write(STRATEGIC, PUBLIC))
    told = json.loads(run("plan", "history", PLAN_ID, "--format", "json").out)
    assert [(e["on"], e["state"]) for e in told] == [
        ("2026-05-01", "drafting"),
        ("2026-06-01", "in_force"),
    ]
    assert run("plan", "history", PLAN_ID).out.startswith("ON ")


def test_the_public_map_is_exported(write: WriteFile, run: Run) -> None:
    """To a file or to standard output, the same; drafts stay at home."""
    run("import", write(STRATEGIC, PUBLIC), write(REGIONAL, name="b.yaml"))
    written = run("export", "geojson", "-o", "map.geojson", lang="ja")
    assert (written.code, written.out) == (0, "書き出し: map.geojson\n")
    text = run("export", "geojson").out
    assert Path("map.geojson").read_text(encoding="utf-8") == text
    plans = {f["properties"]["plan_id"] for f in json.loads(text)["features"]}
    assert plans == {PLAN_ID}
    for options in (
        ("--as-of", "2026-05-31"),
        ("--filter", f"planTypes={REGIONAL}"),
    ):
        assert json.loads(run("export", "geojson", *options).out)["features"] == []


def test_an_unknown_format_is_refused(run: Run) -> None:
    """The known ones are named once."""
    outcome = run("export", "shapefile", "-o", "map.shp")
    assert outcome.code == 1
    assert outcome.err.count("geojson") == 1
    assert not Path("map.shp").exists()


def test_the_schemas_are_printed(write: WriteFile, run: Run) -> None:
    """The JSON Schema is valid and accepts a sample; GraphQL has its root."""
    schema = json.loads(run("schema", "plan").out)
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(read_source(write()).data)
    assert "type Query" in run("schema", "graphql").out


def test_plugins_are_listed(run: Run) -> None:
    """All is well with the built-in ones."""
    outcome = run("plugin", "list", "--format", "json")
    assert outcome.code == 0
    told = {each["name"]: each for each in json.loads(outcome.out)}
    assert told["geojson"]["hooks"] == ["clusterplan_exporters"]
    assert run("plugin", "list").out.startswith("NAME ")


@pytest.mark.parametrize(
    ("module", "state"), [("import_error", "failed"), ("wrong_offer", "active")]
)
def test_a_broken_plugin_is_listed_with_its_reason(
    module: str, state: str, here: Path
) -> None:
    """The list ends with 1; the other plugins and commands work."""
    info = here / "hostile-1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: hostile\nVersion: 1\n")
    (info / "entry_points.txt").write_text(f"[clusterplan]\nodd = {module}\n")
    path = f"{here}:{HOSTILE}"
    ended = process("plugin", "list", "--format", "json", PYTHONPATH=path)
    (told,) = [each for each in json.loads(ended.stdout) if each["name"] == "odd"]
    assert ended.returncode == 1
    assert told["state"] == state
    assert told["reason"]
    assert process("plan", "list", PYTHONPATH=path).returncode == 0


def test_columns_line_up_with_wide_and_strange_characters(
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Wide ones count double, marks nothing; nothing breaks a line or steers."""
    columns = {"a": "A", "b": "B"}
    rows: list[dict[str, object]] = [
        {"a": "架空計画", "b": 1},
        {"a": "か\u3099x\u200b", "b": None},
        {"a": "a\nb\x1b[31m", "b": 0},
    ]
    print_table(columns, rows, as_json=False)
    assert capsys.readouterr().out.splitlines() == [
        "A         B",
        "架空計画  1",
        "か\u3099x\u200b",
        "a b [31m",
    ]
