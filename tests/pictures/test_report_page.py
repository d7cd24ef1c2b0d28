"""A report as a page: whole, in two languages, and harmless whatever is written."""

from __future__ import annotations

import datetime as dt
import re
from html.parser import HTMLParser
from typing import Any

import attrs
import pytest

from clusterplan.core.documents.cases import load_case
from clusterplan.core.documents.source import source_of
from clusterplan.core.grades import Grade
from clusterplan.core.identifiers import PartId
from clusterplan.core.measures import MeasureMilestone
from clusterplan.core.readers import LOCAL
from clusterplan.core.report_grades import MilestoneGrade
from clusterplan.core.reports import MilestoneNote, ReportRow
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.picturing import (
    PicturedMilestone,
    ReportPicture,
    report_picture,
)
from clusterplan.core.services.reporting import SendBackReport, send_back_report
from clusterplan.core.storage.sql import SqlStore
from clusterplan.core.thresholds import ProgressThresholds
from clusterplan.pictures.report_page import report_page
from progress_reports import (
    H1,
    METI,
    NIIGATA,
    in_force,
    kept,
    opened,
    reported,
    with_type,
)
from stores import REGIONAL, MakePlanFile

HOSTILE = "\"><img src=x onerror='alert(1)'><script>alert(1)</script></style>"
CATEGORIES = {"procurement": ("調達・契約", "Procurement")}
ROWS: tuple[dict[str, Any], ...] = (
    {
        "measure": "M-01",
        "text": "建屋の設計を終えた\n二行目",
        "observations": [
            {"indicator": "IN-1", "value": "4210", "comment": "速報値"},
            {"indicator": "IN-3", "missing_reason": "拠点が動いていない"},
        ],
        "causes": [
            {
                "category": "procurement",
                "external": True,
                "text": "入札が不調",
                "evidence": ["結果調書"],
            },
            {"text": "区分のない原因"},
        ],
        "response": {"kind": "revise", "reason": "期限を見直す"},
    },
    {
        "measure": "M-02",
        "observations": [{"indicator": "IN-4", "value": "20"}],
        "response": {"kind": "hold"},
    },
    {"measure": "M-05", "no_number_reason": "年1回の統計による"},
)


class Reader(HTMLParser):
    """Reads a page: its texts, elements, and what it would ask others for."""

    def __init__(self, page: str) -> None:
        """Read the page."""
        super().__init__()
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember an element."""
        self.tags.append(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        """Remember a text."""
        self.texts.append(data)

    @property
    def text(self) -> str:
        """All that is written."""
        return "\n".join(self.texts)


@pytest.fixture(scope="session")
def domain(domain: Domain) -> Domain:
    """Return the domain without rules, which have tests of their own."""
    return attrs.evolve(domain, rules=())


def rows(*told: dict[str, Any]) -> tuple[ReportRow, ...]:
    """Return rows as a file has them."""
    return tuple(load_case(source_of(each), ReportRow) for each in told)


@pytest.fixture
def picture(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> ReportPicture:
    """Return a report that went in, with a poor measure."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    reported(sqlite_store, domain, plan_id, *rows(*ROWS))
    return look(sqlite_store, domain, plan_id)


def look(store: SqlStore, domain: Domain, plan_id: str) -> ReportPicture:
    """Return the picture of the report on the first half."""
    with store.read() as unit:
        return report_picture(plan_id, H1, LOCAL, unit, domain)


def read(picture: ReportPicture, language: str = "ja") -> Reader:
    """Return the page of a report, read back."""
    return Reader(report_page(picture, language, CATEGORIES))


def test_the_page_tells_what_an_office_hands_in(picture: ReportPicture) -> None:
    """Plan, period, edition, state, grades, values, causes and what follows."""
    text = read(picture).text
    for told in (
        "進捗報告　地域産業クラスター計画",
        "架空",
        picture.plan.title,
        "令和8年度上期",
        "～令和8年9月30日）",
        "新潟県",
        "1.0",
        "受理済",
        "令和8年11月21日　新潟県",
        "▼ 大幅な遅れ",
        "建屋の設計を終えた\n二行目",
        "速報値",
        "拠点が動いていない",
        "［調達・契約・外部要因］",
        "入札が不調",
        "（根拠：結果調書）",
        "区分のない原因",
        "計画を改訂する",
        "：期限を見直す",
        "改訂せず様子を見る",
        "年1回の統計による",
        "4,210",
        "6,000",
        "既定値（前倒し 110%以上",
    ):
        assert told in text, told
    assert "未公開" not in text


def test_the_page_is_in_english_where_it_is_asked_for(picture: ReportPicture) -> None:
    """Titles are, where the plan has them."""
    page = read(picture, "en")
    for told in (
        "Progress report - Regional industry cluster plan",
        "Fictional",
        picture.plan.title_en or "",
        "first half of fiscal 2026",
        " to 2026-09-30)",
        "Training of export staff",
        "Accepted",
        "▼ seriously delayed",
        "[Procurement, external] ",
        "Revise the plan",
        "Leave as it is",
        "default values",
    ):
        assert told in page.text, told
    assert report_page(picture, "en", {}).startswith("<!DOCTYPE html>\n<html")


def test_the_page_is_one_file_that_asks_nobody(picture: ReportPicture) -> None:
    """No script, no address, and the browser is told to load nothing."""
    text = report_page(picture, "ja", CATEGORIES)
    page = Reader(text)
    assert not {"script", "img", "link", "iframe", "object", "a"} & set(page.tags)
    assert not {"src", "href", "style", "srcset"} & page.attributes
    assert not re.search(r"https?:|url\(|@import|javascript:", text)
    assert "content=\"default-src 'none'; style-src 'unsafe-inline'\"" in text
    assert page.tags.count("article") == len(picture.measures)
    assert page.tags.count("svg") > len(picture.measures)


def poisoned(value: Any) -> Any:
    """Return an attrs value with harmful words for every Japanese text in it."""
    if isinstance(value, str) and not value.isascii():
        return HOSTILE
    if isinstance(value, tuple):
        return tuple(map(poisoned, value))
    if not attrs.has(type(value)):
        return value
    told = {
        field.alias or field.name: poisoned(getattr(value, field.name))
        for field in attrs.fields(type(value))
        if field.init and field.name != "reporter"
    }
    return attrs.evolve(value, **told)


@pytest.mark.parametrize("language", ["ja", "en"])
def test_hostile_texts_stay_texts(picture: ReportPicture, language: str) -> None:
    """In the plan and in the report, wherever people write."""
    report = poisoned(picture.report)
    hostile = attrs.evolve(
        picture,
        plan=attrs.evolve(poisoned(picture.plan), title_en=HOSTILE),
        case=attrs.evolve(picture.case, document=report),
        measures=poisoned(picture.measures),
    )
    page = read(hostile, language)
    assert page.text.count(HOSTILE) > 10
    assert set(page.tags) == set(read(picture, language).tags)
    assert page.attributes == read(picture, language).attributes


def test_an_open_report_says_that_nothing_is_judged_yet(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """And that it is not public."""
    plan_id = in_force(sqlite_store, domain, plan_file)
    opened(sqlite_store, domain, plan_id)
    text = read(look(sqlite_store, domain, plan_id)).text
    assert "区分はまだありません" in text
    assert "未判定" in text
    assert "未公開" in text
    assert "記入中" in text


def test_a_report_that_was_sent_back_says_why_and_with_which_thresholds(
    sqlite_store: SqlStore, domain: Domain, plan_file: MakePlanFile
) -> None:
    """Values of one's own are called so."""
    own = ProgressThresholds(milestone_days=30)
    reviewing = with_type(domain, REGIONAL, report_review=True, thresholds=own)
    plan_id = in_force(sqlite_store, reviewing, plan_file)
    reported(sqlite_store, reviewing, plan_id, *rows(*ROWS), by=NIIGATA)
    command = SendBackReport(
        plan_id=plan_id,
        period_id=H1,
        by=METI,
        reason="根拠を示してください",
        expected_version=kept(sqlite_store, plan_id).version,
    )
    send_back_report(command, sqlite_store, reviewing)
    text = read(look(sqlite_store, reviewing, plan_id)).text
    assert "根拠を示してください" in text
    assert "差戻し" in text
    assert "独自の値" in text


def test_what_ended_and_what_is_not_told_leave_no_gap(picture: ReportPicture) -> None:
    """A measure that a revision took away, a plugin that is gone, a corrected report."""
    first = picture.measures[0]
    bare = attrs.evolve(first.indicators[0], course=(), actuals=())
    ended = attrs.evolve(first, has_ended=True, grade=None, indicators=(bare,))
    document = attrs.evolve(
        picture.report, is_final=True, corrected_on=picture.drawn_on
    )
    odd = attrs.evolve(
        picture,
        plan_type=None,
        plan=attrs.evolve(picture.plan, lead=None, period=None),
        measures=(ended,),
        case=attrs.evolve(picture.case, document=document),
    )
    text = read(odd).text
    for told in ("改訂で終了", "推移を描けません", "最終報告", "訂正", REGIONAL):
        assert told in text, told
    assert "策定主体" not in text


def test_milestones_tell_how_they_went(picture: ReportPicture) -> None:
    """Done, expected, or nothing known yet; each with its grade."""
    day = dt.date(2026, 12, 31)

    def step(number: int, **went: Any) -> PicturedMilestone:
        id_ = PartId(f"MS-{number}")
        return PicturedMilestone(
            milestone=MeasureMilestone(id=id_, date=day, text="設計完了"),
            note=MilestoneNote(milestone=id_, **went),
            grade=MilestoneGrade(milestone=id_, grade=Grade.DELAYED, is_poor=True),
        )

    steps = (step(1, done_on=day), step(2, expected_on=day), step(3))
    first = picture.measures[0]
    editions = attrs.evolve(first.row, editions=("1.0", "2.0"))
    told = attrs.evolve(first, milestones=steps, row=editions)
    text = read(attrs.evolve(picture, measures=(told,))).text
    for word in ("MS-1　設計完了", "2026-12-31 完了", "2026-12-31 見込み", "▼ 遅れ"):
        assert word in text, word
    assert "1.0, 2.0" in text
    english = read(attrs.evolve(picture, measures=(told,)), "en").text
    assert "done 2026-12-31" in english
    assert "expected 2026-12-31" in english
