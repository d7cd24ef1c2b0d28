"""The stories of the B plans: one is revised on a poor report, one went backwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from ..core.actors import Actor
from ..core.identifiers import PartId
from ..core.revisions import RevisionItem, RevisionKind
from .stage import CABINET, METI, Stage, Story
from .told import NoValue, Told

_NIIGATA = Actor.parse("prefecture:150002")
_GOVERNOR_OF_NIIGATA = Actor.parse("head_of_local_government:150002")
_YAMAGATA = Actor.parse("prefecture:060003")
_GOVERNOR_OF_YAMAGATA = Actor.parse("head_of_local_government:060003")


def _precision_parts(stage: Stage) -> Iterator[dt.date]:
    """A poor report leads to edition 2.0, and the next one reports on that."""
    season = stage.season
    yield season.opening(-90)
    stage.save(_NIIGATA)
    yield season.opening(-30)
    stage.step("submit_for_precheck", _NIIGATA)
    yield season.opening(25)
    stage.step("precheck_ok", METI, CABINET)
    yield season.opening(40)
    stage.step("publish", _GOVERNOR_OF_NIIGATA)
    yield season.after_first(48)
    stage.report(season.first, _NIIGATA, _PARTS)
    yield season.after_first(75)
    stage.open_revision("R-1", _NIIGATA, season.first)
    yield season.after_first(105)
    stage.draft_revision("R-1", _NIIGATA, _REVISED, items=_ITEMS, left={})
    yield season.after_first(120)
    stage.adopt_revision("R-1", _GOVERNOR_OF_NIIGATA, {})
    yield season.after_last(50)
    stage.report(season.last, _NIIGATA, _PARTS_LATER)


_FURNACE = "真空炉3基の共同熱処理拠点を整備する。"
_FURNACE_REVISED = "既存の建屋に真空炉1基を先に据え、残る2基を新しい建屋に整備する。"
_FURNACE_DEADLINE = "deadline: {date: 2028-03-31}"
_FURNACE_DEADLINE_REVISED = "deadline: {date: 2028-09-30}"
_REVISED: Mapping[str, str] = {
    f"content: {_FURNACE}": f"content: {_FURNACE_REVISED}",
    _FURNACE_DEADLINE: _FURNACE_DEADLINE_REVISED,
    "period: {from: FY2026, to: FY2027}\n      instruments: [grant]": (
        "period: {from: FY2026, to: FY2028}\n      instruments: [grant]"
    ),
    "          basis: 建屋1,500m2 × 40万円\n": (
        "          basis: 建屋1,500m2 × 40万円\n"
        "        - {fiscal_year: FY2028, status: none}\n"
    ),
}
_ITEMS = (
    RevisionItem(
        id=PartId("RI-1"),
        kind=RevisionKind.BRUSH_UP,
        target=PartId("M-01"),
        before=_FURNACE,
        after=_FURNACE_REVISED,
        reason="建屋の入札が二回不成立となり、炉だけを先に動かす方が受注に間に合うため",
    ),
    RevisionItem(
        id=PartId("RI-2"),
        kind=RevisionKind.RETARGET,
        target=PartId("M-01"),
        before="整備の期限は計画の2年目の年度末",
        after="整備の期限は計画の3年目の上期の末",
        reason="建屋の入札が二回続けて不成立となり、工事の発注が半年遅れたため",
    ),
)
_PARTS = {
    "M-01": Told(
        text="建屋の設計を終えたが、工事の入札が成立していない",
        values={"IN-1": "30%", "IN-3": "20%"},
        cause=(
            "procurement",
            "建屋の入札が二回続けて不成立となった。予定価格が市況を18%下回っていた",
            "入札結果調書（架空）",
        ),
        revise="炉1基を既存の建屋に先に据える方式に改める",
    ),
    "M-02": Told(text="講座を一回開き、修了者が出た", values={"IN-4": "100%"}),
    "M-03": Told(
        text="4社への交付を決めた",
        values={"IN-2": NoValue(reason="年次の統計で、公表は翌年度になる", days=240)},
    ),
    "M-04": Told(
        text="金融機関との条件の協議を続けている",
        values={"IN-2": NoValue(reason="年次の統計で、公表は翌年度になる", days=240)},
    ),
    "M-05": Told(
        text="候補地三か所の調査を終え、一か所の調整を終えた", values={"IN-5": "95%"}
    ),
}
_PARTS_LATER = {
    "M-01": Told(
        text="既存の建屋で炉1基が動き、試験の受注を始めた",
        values={"IN-1": "65%", "IN-3": "70%"},
        cause=(
            "procurement",
            "炉1基の稼働が半期の終わりとなり、受注に結び付くのが次の半期になる",
            "試運転の記録（架空）",
        ),
        hold="2.0版で先に据えた炉の受注が伸びており、効果を見極めるため",
        changes=(
            ("content", _FURNACE_REVISED, "建屋の入札が二回続けて不成立となったため"),
            ("deadline", "3年目の上期の末", "工事の発注が半年遅れたため"),
        ),
    ),
    "M-02": Told(
        text="二回目の講座を終え、商社への派遣を始めた", values={"IN-4": "120%"}
    ),
    "M-03": Told(text="更新した設備が三社で動き始めた", values={"IN-2": "100%"}),
    "M-04": Told(text="窓口を一つにし、二件の融資が決まった", values={"IN-2": "100%"}),
    "M-05": Told(
        text="農地との調整に時間を要している",
        values={"IN-5": "60%"},
        cause=(
            "land_permit",
            "一か所で排水路の付替えの協議が長引いている",
            "協議の記録（架空）",
        ),
        hold="次の半期に協議がまとまる見通しが立ったため",
    ),
}


def _thin_film(stage: Stage) -> Iterator[dt.date]:
    """Good at first; then the market shrinks, and a statistic is not out yet."""
    season = stage.season
    yield season.opening(-70)
    stage.save(_YAMAGATA)
    yield season.opening(10)
    stage.step("submit_for_precheck", _YAMAGATA)
    yield season.opening(80)
    stage.step("precheck_ok", CABINET, METI)
    yield season.opening(95)
    stage.step("publish", _GOVERNOR_OF_YAMAGATA)
    yield season.after_first(55)
    stage.report(season.first, _YAMAGATA, _FILM)
    yield season.after_last(58)
    stage.report(season.last, _YAMAGATA, _FILM_LATER)


_FILM = {
    "M-01": Told(
        text="封止ラインの仕様を固め、装置を発注した",
        values={"IN-1": "100%", "IN-2": "90%"},
    ),
    "M-02": Told(text="一期生の課程を始めた", values={"IN-3": "90%"}),
    "M-03": Told(
        text="3社への交付を決めた",
        values={"IN-4": NoValue(reason="年次の統計で、公表は翌年度になる", days=240)},
    ),
}
_FILM_LATER = {
    "M-01": Told(
        text="装置の据付けを進めたが、主な取引先の照明の生産が止まった",
        values={"IN-1": "-40%", "IN-2": "85%"},
        cause=(
            "market_demand",
            "照明向けの最大の取引先が国内の生産をやめ、出荷が三割減った",
            "業界団体の月報（架空）",
        ),
        outside=True,
        hold="包装向けの試作が9件に増えており、封止ラインの稼働後に見直すため",
    ),
    "M-02": Told(text="一期生が修了し、二期生を迎えた", values={"IN-3": "115%"}),
    "M-03": Told(
        text="2社で装置が動き始めたが、資材の値上がりで一社が更新を見合わせた",
        values={"IN-4": "70%"},
        cause=(
            "price_cost",
            "装置の価格が一年で22%上がり、一社が更新を見合わせた",
            "装置の見積書の比較（架空）",
        ),
        outside=True,
        revise="補助の上限額と対象の装置を見直す",
    ),
}

REGIONAL_STORIES = (
    Story("precision_parts", _precision_parts),
    Story("thin_film", _thin_film),
)
