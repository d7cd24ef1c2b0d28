"""The four plans that Tokyo approved say what the published outline says."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Literal

import pytest

from clusterplan.core.documents.codec import Codec
from clusterplan.core.documents.source import Source, parse_text
from clusterplan.core.documents.writer import dump_plan_file
from clusterplan.core.files import PlanFile
from clusterplan.core.history import Basis
from clusterplan.core.reference import read_categories, read_reference
from clusterplan.plugins.host import Plugins
from clusterplan_tokyo_revitalization.categories import CATEGORIES
from clusterplan_tokyo_revitalization.details import LocalRevitalizationPlanDetails

CITIES = {
    "tokyo-adachi-r3": ("足立区", [3, 2, 2, 1]),
    "tokyo-setagaya-r3": ("世田谷区", [2, 3, 2]),
    "tokyo-machida-r3": ("町田市", [2, 3, 3]),
    "tokyo-hamura-r3": ("羽村市", [2, 4, 3]),
}


def details_of(file: PlanFile) -> LocalRevitalizationPlanDetails:
    """Return the typed details of a plan file."""
    details = file.plan.details
    assert isinstance(details, LocalRevitalizationPlanDetails)
    return details


def test_the_samples_are_the_four_plans(plans: dict[str, PlanFile]) -> None:
    """The hook offers Adachi, Setagaya, Machida and Hamura, and nothing else."""
    assert list(plans) == list(CITIES)


@pytest.mark.parametrize("id_", CITIES)
def test_a_plan_has_the_pillars_and_projects_of_the_outline(
    plans: dict[str, PlanFile], id_: str
) -> None:
    """Pillars are numbered in order, with as many projects each as in the outline."""
    pillars = details_of(plans[id_]).pillars
    assert [p.number for p in pillars] == list(range(1, len(pillars) + 1))
    assert [len(p.projects) for p in pillars] == CITIES[id_][1]


def test_there_are_13_pillars_and_32_projects(plans: dict[str, PlanFile]) -> None:
    """The outline counts 13 pillars and 32 projects in all."""
    details = [details_of(file) for file in plans.values()]
    assert sum(len(d.pillars) for d in details) == 13
    assert sum(len(d.projects) for d in details) == 32


@pytest.mark.parametrize("id_", CITIES)
def test_a_plan_is_led_by_the_city_it_is_for(
    plans: dict[str, PlanFile], id_: str
) -> None:
    """Lead and region are the code of the city, and the title begins with its name."""
    plan = plans[id_].plan
    city = CITIES[id_][0]
    assert plan.lead is not None
    assert plan.region == (plan.lead.code,)
    assert read_reference().areas[plan.region[0]].name == city
    assert plan.title == f"{city}地域産業活性化計画"
    assert not plan.fictional


@pytest.mark.parametrize("id_", CITIES)
def test_a_plan_ran_for_fiscal_2021_to_2023(
    plans: dict[str, PlanFile], id_: str
) -> None:
    """The period is 令和3年度～令和5年度, and the run follows it."""
    period, record = plans[id_].plan.period, plans[id_].record
    assert period is not None
    assert record is not None
    assert period.label == "令和3年度～令和5年度"
    days = {str(entry.state): entry.on for entry in record.history}
    assert days["running"] == period.start
    assert days["ended"] == period.end + dt.timedelta(days=1)


@pytest.mark.parametrize("id_", CITIES)
def test_days_that_the_outline_does_not_give_are_marked_as_assumed(
    plans: dict[str, PlanFile], id_: str
) -> None:
    """Only beginning and end follow from the period; what was before is assumed."""
    file = plans[id_]
    assert file.record is not None
    bases = {entry.state: entry.basis for entry in file.record.history}
    assert bases == {
        "applied": Basis.ASSUMED,
        "approved": Basis.ASSUMED,
        "budget_voted": Basis.ASSUMED,
        "running": Basis.STATED,
        "ended": Basis.STATED,
    }
    approval = details_of(file).approval
    assert approval is not None
    assert (approval.by, approval.on) == ("130001", None)
    assert details_of(file).votes == ()


def test_every_project_stands_under_known_categories(
    plans: dict[str, PlanFile],
) -> None:
    """Category and nearest category of each project are keys that exist."""
    own = {c.key for c in CATEGORIES}
    nearest = {c.key for c in read_categories("C")}
    projects = [p for file in plans.values() for p in details_of(file).projects]
    assert {p.category for p in projects} <= own
    assert {p.nearest_category for p in projects} <= nearest


def test_ids_of_pillars_and_projects_are_used_once(plans: dict[str, PlanFile]) -> None:
    """No two parts of the details of a plan have the same id."""
    for file in plans.values():
        details = details_of(file)
        ids = [p.id for p in details.pillars] + [p.id for p in details.projects]
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(
    ("id_", "pillars", "projects"),
    [
        ("tokyo-adachi-r3", [1], ["1-3", "2-1", "3-1", "3-2", "4-1"]),
        ("tokyo-setagaya-r3", [2], ["3-2"]),
        ("tokyo-machida-r3", [2], ["1-1", "1-2", "3-3"]),
        ("tokyo-hamura-r3", [], ["1-1", "2-1", "2-2"]),
    ],
)
def test_a_list_that_ends_with_and_others_is_open(
    plans: dict[str, PlanFile], id_: str, pillars: list[int], projects: list[str]
) -> None:
    """Where the outline closes a list with 等, pillar or project is open-ended."""
    details = details_of(plans[id_])
    assert [p.number for p in details.pillars if p.open_ended] == pillars
    assert [p.id for p in details.projects if p.open_ended] == [
        f"P-{number}" for number in projects
    ]


def test_only_the_use_of_idle_assets_is_a_study(plans: dict[str, PlanFile]) -> None:
    """Setagaya's place for exchange is under study (検討), nothing else is."""
    projects = [p for file in plans.values() for p in details_of(file).projects]
    assert [p.title for p in projects if p.study] == [
        "空き家等の遊休資産の活用による地域交流の場の創出の検討及び地域の持続的発展の促進"
    ]


def test_the_outline_lists_projects_under_pillars_in_the_words_of_the_plan(
    plans: dict[str, PlanFile],
) -> None:
    """Pages that know no type show pillars, projects, means, and what 等 leaves open."""
    outline = details_of(plans["tokyo-machida-r3"]).outline()
    assert [(entry.heading, entry.level) for entry in outline] == [
        ("1 起業・創業の促進", 1),
        ("2 事業者の販路拡大・事業成長支援", 1),
        ("3 事業者の付加価値向上支援", 1),
    ]
    assert outline[0].items[0] == (
        "創業支援ネットワーク構築事業（関係団体との連絡会議、セミナーの開催等）"
    )
    assert outline[1].items == (
        "産業見本市出展支援事業",
        "企業等立地促進事業（事業所の新設・拡大等に係る奨励金）",
        "事業承継支援事業（セミナーの実施、戦略策定やM&Aの仲介等に係る経費の補助）",
        "ほか",
    )


@pytest.mark.parametrize("id_", CITIES)
@pytest.mark.parametrize("syntax", ["yaml", "json"])
def test_a_plan_written_and_read_again_is_the_same(
    plans: dict[str, PlanFile],
    load: Callable[[Source], PlanFile],
    id_: str,
    syntax: Literal["yaml", "json"],
) -> None:
    """Dumping a plan file and loading the text gives an equal plan file."""
    text = dump_plan_file(plans[id_], syntax)
    assert load(parse_text(text)) == plans[id_]


@pytest.mark.parametrize("id_", CITIES)
def test_a_stored_plan_is_the_same(
    plugins: Plugins, plans: dict[str, PlanFile], id_: str
) -> None:
    """The canonical text of a plan holds its typed details."""
    codec = Codec(plugins.plan_types)
    assert codec.plan(codec.plan_text(plans[id_].plan)) == plans[id_].plan
