"""The stories of the C plans: in force, corrected, late, in pre-check, in drafting."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from ..core.actors import Actor
from .stage import CABINET, METI, Stage, Story
from .told import NoValue, Told

_WAJIMA = Actor.parse("municipality:172049")
_TAKAYAMA = Actor.parse("municipality:212032")
_TOKUSHIMA = Actor.parse("municipality:362018")
_AMAMI = Actor.parse("municipality:462225")
_HAKODATE = Actor.parse("municipality:012025")
_NO_PEOPLE = "施設の運営は既存の組合の人員で足り、新たに要る人材はない"


def _publish(
    stage: Stage, city: Actor, days: int, why: Mapping[str, str] | None = None
) -> Iterator[dt.date]:
    """Draft, pre-check and publication by the mayor, so many days into the half."""
    season = stage.season
    mayor = Actor.parse(f"head_of_local_government:{city.code}")
    yield season.opening(days - 120)
    stage.save(city)
    yield season.opening(days - 60)
    stage.step("submit_for_precheck", city, why=why)
    yield season.opening(days - 15)
    stage.step("precheck_ok", METI, CABINET, why=why)
    yield season.opening(days)
    stage.step("publish", mayor, why=why)


def _lacquerware(stage: Stage) -> Iterator[dt.date]:
    """It goes well, but for a workshop that waits for its builders."""
    season = stage.season
    yield from _publish(stage, _WAJIMA, 90)
    yield season.after_first(44)
    stage.report(season.first, _WAJIMA, _LACQUER)
    yield season.after_last(46)
    stage.report(season.last, _WAJIMA, _LACQUER_LATER)


_LACQUER = {
    "M-01": Told(text="欧州の見本市に8工房が出展した", values={"IN-1": "100%"}),
    "M-02": Told(text="一期生6人の受入れを始めた", values={"IN-3": "95%"}),
    "M-03": Told(text="共同工房の設計を終えた", values={"IN-2": "90%"}),
    "M-04": Told(text="二軒の改修に利子を補給した", values={"IN-2": "90%"}),
}
_LACQUER_LATER = {
    "M-01": Told(text="三件の商談が取引になった", values={"IN-1": "120%"}),
    "M-02": Told(text="一期生が実習に入った", values={"IN-3": "95%"}),
    "M-03": Told(
        text="改修の工事が始まったが、進みが遅い",
        values={"IN-2": "65%"},
        cause=(
            "labour_supply",
            "地域の建設の人手が足りず、着工が4か月延びた",
            "工事の打合せの記録（架空）",
        ),
        outside=True,
        hold="施工者の体制が整い、供用の期限には間に合う見込みのため",
    ),
    "M-04": Told(
        text="二軒が改修を終えたが、残りの申込みが遅れている",
        values={"IN-2": "65%"},
        cause=(
            "partner",
            "改修を請け負う業者の見積りがそろわず、申込みが進んでいない",
            "信用金庫の受付の記録（架空）",
        ),
        hold="業者の紹介を組合が始め、申込みが戻りつつあるため",
    ),
}


def _woodwork(stage: Stage) -> Iterator[dt.date]:
    """Targets of a short time come due; a slip of the pen is corrected as 1.1."""
    season = stage.season
    why = {
        "STR-08": _NO_PEOPLE,
        "W5H-08": "工房の受入れは講座の一年目に進め、講座はその後も続けるため",
    }
    yield from _publish(stage, _TAKAYAMA, 75, why)
    yield season.after_first(52)
    stage.report(season.first, _TAKAYAMA, _WOOD)
    yield season.after_first(90)
    stage.correct(
        _TAKAYAMA,
        {"国産の広葉樹の利用は一割に満たない": "地元の広葉樹の利用は一割に満たない"},
        "現状認識の「地元の広葉樹」を「国産の広葉樹」と誤って記していたため",
    )
    yield season.after_last(54)
    stage.report(season.last, _TAKAYAMA, _WOOD_LATER)


_SHOWROOM = (
    "partner",
    "展示を置く予定の家具店が閉店し、別の店との契約に半年かかった",
    "店との往復の文書（架空）",
)
_WOOD = {
    "M-01": Told(
        text="乾燥棟の設計を終え、造成を始めた", values={"IN-1": "105%", "IN-2": "85%"}
    ),
    "M-02": Told(
        text="別の店で展示を始めたが、開始が遅れた",
        values={"IN-3": "60%"},
        cause=_SHOWROOM,
        outside=True,
        hold="新しい店での注文が月ごとに増えているため",
    ),
    "M-03": Told(
        text="講座を開き、工房との引き合わせを始めた",
        values={"IN-4": "115%", "IN-5": "95%"},
    ),
}
_WOOD_LATER = {
    "M-01": Told(
        text="造成を終え、乾燥棟の建築に入った", values={"IN-1": "100%", "IN-2": "90%"}
    ),
    "M-02": Told(
        text="展示からの注文は増えたが、期限までの額には足りなかった",
        values={"IN-3": "70%"},
        cause=_SHOWROOM,
        outside=True,
        hold="展示を続け、額は次の計画の基準値とするため",
    ),
    "M-03": Told(
        text="講座の修了者が、目標より早く20人に達した",
        values={"IN-4": "20", "IN-5": "95%"},
    ),
}


def _indigo(stage: Stage) -> Iterator[dt.date]:
    """Bad weather, and then no report: the second one is late."""
    season = stage.season
    why = {"STR-08": "染めの弟子は県の既存の制度で受け入れており、新たな施策は要らない"}
    yield from _publish(stage, _TOKUSHIMA, 60, why)
    yield season.after_first(59)
    stage.report(season.first, _TOKUSHIMA, _INDIGO)


_INDIGO = {
    "M-01": Told(
        text="窓口を開く準備を進め、参加する工房を募った",
        values={
            "IN-1": NoValue(reason="組合の集計が年一回で、まだ出ていない", days=120)
        },
    ),
    "M-02": Told(
        text="畑を広げる農家を募ったが、大雨で三戸の畑が流れた",
        values={"IN-2": "-50%"},
        cause=(
            "disaster",
            "夏の大雨で川沿いの畑1.2haが流れ、作付けが基準の年より減った",
            "市の被害の調査（架空）",
        ),
        outside=True,
        hold="畑の復旧に県の事業が付き、来年の作付けで戻る見込みのため",
    ),
}


def _cane_sugar(stage: Stage) -> Iterator[dt.date]:
    """Handed in for pre-check; one of two state bodies has found it in order."""
    season = stage.season
    yield season.ago(45)
    stage.save(_AMAMI)
    yield season.ago(18)
    stage.step("submit_for_precheck", _AMAMI)
    yield season.ago(4)
    stage.step("precheck_ok", METI)


def _seafood(stage: Stage) -> Iterator[dt.date]:
    """A draft that has only begun, with a comment of the state."""
    season = stage.season
    yield season.ago(30)
    stage.save(_HAKODATE)
    yield season.ago(9)
    stage.comment(
        "C-1",
        METI,
        "/policy_means/measures/0",
        "試作場を使う事業者の数と、担当部署を早めに示してください",
    )


LOCAL_STORIES = (
    Story("lacquerware", _lacquerware),
    Story("woodwork", _woodwork),
    Story("indigo", _indigo),
    Story("cane_sugar", _cane_sugar),
    Story("seafood", _seafood),
)
