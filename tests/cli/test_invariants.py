"""Every scene of an invariant, played at the command line."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.source import parse_text
from clusterplan.core.invariants import INVARIANTS, Invariant, Scene
from clusterplan.plugins.host import Plugins
from commands import Outcome, Run, WriteFile

SCENES = {
    f"{invariant.id}-{number}": (invariant, scene)
    for invariant in INVARIANTS
    for number, scene in enumerate(invariant.scenes, start=1)
}


@pytest.mark.parametrize("name", SCENES)
def test_what_breaks_an_invariant_is_refused_and_the_right_way_goes_well(
    name: str, run: Run, write: WriteFile, plugins: Plugins
) -> None:
    """The refusal has the reason that the scene tells, and the id of the invariant."""
    invariant, scene = SCENES[name]
    plan_id = _prepared(scene, write, plugins)
    for line in scene.given:
        _goes_well(_played(line, plan_id, run))
    refused = _played(scene.bad, plan_id, run)
    assert refused.code == 1, refused.out
    assert scene.reason in refused.err
    assert invariant.id in refused.err
    for line in scene.good:
        done = _played(line, plan_id, run)
        _goes_well(done)
        for text in scene.untold:
            assert text.format(id=plan_id) not in done.out


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize("invariant", INVARIANTS, ids=lambda each: each.id)
def test_an_invariant_is_explained_like_a_rule(
    invariant: Invariant, lang: str, run: Run
) -> None:
    """With what is refused, and what goes well."""
    told = run("check", "--explain", invariant.id.lower(), lang=lang)
    title = invariant.title if lang == "ja" else invariant.title_en
    assert (told.code, told.out.splitlines()[0]) == (0, f"{invariant.id}  {title}")
    for scene in invariant.scenes:
        assert scene.reason in told.out
        for line in (*scene.given, scene.bad, *scene.good):
            assert f"clusterplan {line}" in told.out


def test_an_invariant_is_explained_as_data(run: Run) -> None:
    """So that a program can play it."""
    told = json.loads(run("check", "--explain", "MAP-01", "--format", "json").out)
    assert told["scenes"][0]["reason"] == "DRAFTS_ARE_NOT_EXPORTED"


def _prepared(scene: Scene, write: WriteFile, plugins: Plugins) -> str:
    for name, changes in scene.plans.items():
        write(scene.plan_type, changes, name)
    for name, data in scene.files.items():
        Path(name).write_text(json.dumps(data), encoding="utf-8")
    text = plugins.plan_types[scene.plan_type].sample or ""
    return load_plan_file(parse_text(text), plugins.plan_types).plan.id


def _played(line: str, plan_id: str, run: Run) -> Outcome:
    return run(*shlex.split(line.format(id=plan_id)))


def _goes_well(done: Outcome) -> None:
    assert done.code == 0, done.err
