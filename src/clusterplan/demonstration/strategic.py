"""The story of the A plan: made by a bureau with proposals, reported by ministries."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from ..core.actors import Actor
from ..core.identifiers import InvestmentId, PartId
from ..core.periods import FiscalHalf
from .stage import CABINET, METI, Stage, Story
from .texts import read_proposals
from .told import Told

_BUREAU = Actor.parse("regional_bureau:kyushu")
_KUMAMOTO = Actor.parse("prefecture:430005")
_EDUCATION = Actor.parse("ministry:mext")
_INDUSTRY = Actor.parse("ministry:meti")


def _semiconductor(stage: Stage) -> Iterator[dt.date]:
    """Drafted with a panel, formulated by the state; one report comes back once."""
    season = stage.season
    yield season.opening(-150)
    stage.save(_BUREAU)
    plant, visitors = read_proposals("semiconductor_proposals", season.years)
    yield season.opening(-110)
    stage.propose(plant)
    yield season.opening(-100)
    stage.propose(visitors)
    yield season.opening(-60)
    stage.answer(
        plant.id,
        "adopt",
        METI,
        reason="対象地域の投資の核となり、用水と道路の見通しとも両立するため",
        investment=InvestmentId("DEMO-CHIPS-1"),
        measures=(PartId("M-01"), PartId("M-02")),
    )
    stage.answer(
        visitors.id,
        "decline",
        METI,
        reason="部材の国内供給への寄与が示されていないため。観光の施策として検討されたい",
    )
    yield season.opening(-30)
    stage.step("submit_draft", _BUREAU)
    yield season.opening(20)
    stage.step("accept_draft", CABINET, METI)
    yield season.opening(85)
    stage.step("formulate", METI, CABINET)
    yield from _first_report(stage, season.first)
    yield from _last_report(stage, season.last)


def _first_report(stage: Stage, half: FiscalHalf) -> Iterator[dt.date]:
    """Sent back, since a cause was not shown; put right and accepted."""
    season = stage.season
    yield season.after_first(20)
    stage.open(half, _BUREAU)
    yield season.after_first(30)
    stage.fill(half, _KUMAMOTO, _OF_THE_PREFECTURE)
    stage.fill(half, _INDUSTRY, _OF_THE_INDUSTRY)
    stage.fill(half, _EDUCATION, {"M-03": _COURSES_UNCLEAR})
    yield season.after_first(37)
    stage.submit(half, _BUREAU)
    yield season.after_first(43)
    stage.send_back(
        half,
        CABINET,
        "M-03の原因が分かりません。何が起きたのかを、根拠となる資料とともに書いてください",
    )
    yield season.after_first(49)
    stage.fill(half, _EDUCATION, {"M-03": _COURSES})
    stage.submit(half, _BUREAU)
    yield season.after_first(56)
    stage.accept(half, CABINET)


def _last_report(stage: Stage, half: FiscalHalf) -> Iterator[dt.date]:
    """The courses fall further behind, and will be revised."""
    season = stage.season
    yield season.after_last(18)
    stage.open(half, _BUREAU)
    yield season.after_last(33)
    stage.fill(half, _KUMAMOTO, _OF_THE_PREFECTURE_LATER)
    stage.fill(half, _INDUSTRY, _OF_THE_INDUSTRY_LATER)
    stage.fill(half, _EDUCATION, {"M-03": _COURSES_LATER})
    yield season.after_last(40)
    stage.submit(half, _BUREAU)
    yield season.after_last(52)
    stage.accept(half, CABINET)


_OF_THE_PREFECTURE = {
    "M-01": Told(
        text="路線の測量を終え、設計に入った。供用はまだない",
        values={"IN-4": "0"},
    ),
    "M-02": Told(
        text="企業への需要調査を終え、実施設計を発注した",
        values={"IN-5": "30000"},
    ),
}
_OF_THE_PREFECTURE_LATER = {
    "M-01": Told(
        text="設計を終え、用地の境界の立会いを始めた。供用はまだない",
        values={"IN-4": "0"},
    ),
    "M-02": Told(
        text="実施設計を終え、送水管の第一工区を発注した",
        values={"IN-5": "30000"},
    ),
}
_OF_THE_INDUSTRY = {
    "M-04": Told(
        text="公募要領を公表し、先行する一社がラインを動かし始めた",
        values={"IN-6": "95%"},
    ),
    "M-05": Told(
        text="協調融資の枠について、金融機関5行の合意を得た",
        values={"IN-6": "95%"},
    ),
}
_OF_THE_INDUSTRY_LATER = {
    "M-04": Told(
        text="二社目の増設が予定より早く動き、新たな雇用が増えた",
        values={"IN-6": "125%"},
    ),
    "M-05": Told(
        text="相談窓口を開き、二件の融資が実行された",
        values={"IN-6": "125%"},
    ),
}
_COURSES_UNCLEAR = Told(
    text="高専での課程の開設の準備を進めた",
    values={"IN-3": "60%"},
    cause=("staff", "予定より遅れた", "担当課の記録"),
    hold="次の半期に取り戻す見込みである",
)
_COURSES = Told(
    text="高専での課程の開設の準備を進めた",
    values={"IN-3": "60%"},
    cause=(
        "staff",
        "実習を担う教員2人の公募に応募がなく、課程を一つ開けなかった",
        "教員公募の結果（架空）",
    ),
    hold="企業からの派遣講師の内諾を得ており、次の半期に課程を開けるため",
)
_COURSES_LATER = Told(
    text="派遣講師で一課程を開いたが、実習装置が届いていない",
    values={"IN-3": "30%"},
    cause=(
        "procurement",
        "実習装置の部品が世界的に不足し、納入が8か月延びた",
        "納入業者の通知（架空）",
    ),
    outside=True,
    revise="装置を企業の工場で借りる方式に改め、課程の順番を入れ替える",
)

STRATEGIC_STORIES = (Story("semiconductor", _semiconductor),)
