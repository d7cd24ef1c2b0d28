"""Rules on what a report says where progress is poor: causes, and what follows."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.grades import TREND_PERIODS
from ...core.identifiers import PartId
from ...core.reports import Response, ResponseKind, is_just_before
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, policy_text
from .reported import (
    PlacedRow,
    earlier_reports,
    is_written,
    poor_measures,
    rows_of,
)
from .sample_reports import CAUSE, around
from .wording import has_word, is_put_off, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-37)

_CAUSES = policy_text("芳しくない場合の原因の特定")
_ROW = "/report/parts/0/rows/0"
_CAUSE_LETTERS = 4
"""Letters that a cause has at least beside words of the shortfall and kana."""


def _poor_rows(context: CheckContext) -> Iterator[PlacedRow]:
    poor = poor_measures(context.report) if context.report else frozenset()
    return (placed for placed in rows_of(context) if placed.row.measure in poor)


@rule(
    "REP-03",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="進捗の芳しくない施策に原因が書かれている",
    why="原因が分からなければ、続けるか、やり方を変えるかを決められません。"
    "同じ遅れが次の半年も繰り返されます",
    source=_CAUSES,
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(poor=["M-01"]),
            bad={f"{_ROW}/causes": []},
            near_miss={
                f"{_ROW}/causes": [],
                "/report/grades/0/is_poor": False,
                "/report/grades/0/grade": "not_due",
            },
            pointer=f"{_ROW}/causes",
        )
    ],
)
def cause_told(context: CheckContext) -> Iterator[Finding]:
    """A row whose progress is poor tells the cause.

    Without it nobody can decide whether to go on or to change the way of doing it, and
    the same delay comes back in the next half-year.
    """
    for placed in _poor_rows(context):
        if not any(is_written(cause.text) for cause in placed.row.causes):
            yield context.finding(
                *placed.path,
                "causes",
                ja=f"施策「{placed.row.measure}」は進捗が芳しくありませんが、"
                "原因が書かれていません",
                en=f"progress of measure {placed.row.measure} is poor, and no cause is "
                "told",
                hint="causes: [{category: land_permit, external: true, text: 地権者の"
                "相続の確認に5か月を要した, evidence: [用地交渉記録]}]",
            )


@rule(
    "REP-04",
    severity=Severity.WARNING,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="原因に区分と根拠があり、遅れたことの言い換えではない",
    why="「目標に届かなかった」は結果であって原因ではありません。"
    "区分と根拠がないと、ほかの計画の遅れと比べて手を打つこともできません",
    source=_CAUSES,
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(poor=["M-01"]),
            bad={f"{_ROW}/causes/0/text": "目標を達成できなかったため"},
            near_miss={
                f"{_ROW}/causes/0/text": "目標に届かないのは、入札が不調に終わったため"
            },
            pointer=f"{_ROW}/causes/0/text",
        ),
        Example(
            plan_type=REGIONAL,
            given=around(poor=["M-01"]),
            bad={f"{_ROW}/causes/0/evidence": []},
            near_miss={f"{_ROW}/causes/0/evidence": ["AT-1"]},
            pointer=f"{_ROW}/causes/0/evidence",
        ),
    ],
)
def cause_explains(context: CheckContext) -> Iterator[Finding]:
    """A cause has a category and evidence, and says more than that it fell short.

    'The target was not reached' is the result, not the cause. Without category and
    evidence the delay cannot be held against those of other plans.
    """
    for placed in rows_of(context):
        for position, cause in enumerate(placed.row.causes):
            path = (*placed.path, "causes", position)
            if cause.category is None:
                yield context.finding(
                    *path,
                    "category",
                    ja="原因の区分がありません",
                    en="the cause has no category",
                    hint="category: procurement",
                )
            if is_written(cause.text) and _is_restated(
                cause.text, context.settings.shortfall_words
            ):
                yield context.finding(
                    *path,
                    "text",
                    ja=f"「{cause.text[:40]}」は遅れたことの言い換えで、原因ではありません。"
                    "何が起きたのかを書いてください",
                    en="the cause says only that progress fell short, not what happened",
                    hint=f"text: {CAUSE['text']}",
                )
            if not any(is_written(each) for each in cause.evidence):
                yield context.finding(
                    *path,
                    "evidence",
                    ja="原因の根拠となる資料が示されていません",
                    en="nothing is named that shows the cause",
                    hint="evidence: [入札結果調書]",
                )


def _is_restated(text: str, words: Iterable[str]) -> bool:
    """Tell whether hardly a letter is left of *text* without *words* and kana."""
    rest = plain(text)
    for word in sorted(map(plain, words), key=len, reverse=True):
        rest = rest.replace(word, "")
    return sum(map(_tells, rest)) < _CAUSE_LETTERS


def _tells(letter: str) -> bool:
    return letter.isalpha() and not unicodedata.name(letter, "").startswith("HIRAGANA")


@rule(
    "REP-10",
    severity=Severity.ERROR,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="二期続けて芳しくない施策に、見直すか、見直さない理由がある",
    why="原因だけを書いて半年ごとに繰り返すと、報告のための報告になります。"
    "見直すのか待つのかを、そのたびに決めておく必要があります",
    source=policy_text("施策のブラッシュアップ"),
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around("FY2026H2", poor=["M-01"]),
            bad={f"{_ROW}/response": {"kind": "hold", "reason": ""}},
            good={f"{_ROW}/response": {"kind": "revise"}},
            near_miss={
                "/reports/0/grades/0/is_poor": False,
                "/reports/0/grades/0/grade": "nearly",
            },
            pointer=f"{_ROW}/response/reason",
        )
    ],
)
def response_told(context: CheckContext) -> Iterator[Finding]:
    """What is poor for the second time in a row is revised, or is left for a reason.

    Causes alone, told again every half-year, make reports for their own sake; each
    time it has to be decided whether to change the measure or to wait.
    """
    before = _poor_before(context)
    for placed in _poor_rows(context):
        response = placed.row.response
        if placed.has_ended or placed.row.measure not in before:
            continue
        if response is None:
            yield context.finding(
                *placed.path,
                "response",
                ja=f"施策「{placed.row.measure}」は二期続けて進捗が芳しくありませんが、"
                "見直すとも、見直さない理由とも書かれていません",
                en=f"progress of measure {placed.row.measure} is poor for the second "
                "time in a row; revise it, or say why it is left",
                hint="response: {kind: revise} / "
                "response: {kind: hold, reason: 再入札の結果を次の期に確かめる}",
            )
        elif not _is_answered(response, context):
            yield context.finding(
                *placed.path,
                "response",
                "reason",
                ja=f"二期続けて進捗が芳しくない施策「{placed.row.measure}」を"
                "見直さないこととしていますが、その理由がないか、先送りの言葉だけです",
                en=f"measure {placed.row.measure}, poor for the second time in a row, "
                "is held as it is, and the reason is missing or only puts it off",
                hint="reason: 再入札の結果を次の期に確かめる",
            )


def _poor_before(context: CheckContext) -> frozenset[PartId]:
    """Return what was poor in the period directly before; a gap is no row."""
    earlier = earlier_reports(context)
    if not earlier or context.report is None:
        return frozenset()
    if not is_just_before(earlier[-1], context.report):
        return frozenset()
    return poor_measures(earlier[-1])


def _is_answered(response: Response, context: CheckContext) -> bool:
    if response.kind is ResponseKind.REVISE:
        return True
    reason = response.reason or ""
    return is_written(reason) and not is_put_off(reason, context.settings)


@rule(
    "REP-14",
    severity=Severity.WARNING,
    gate=Gate.REPORT,
    applies_to=POLICY_TYPES,
    title="一期か二期の報告だけで計画全体の成否を決めつけていない",
    why="産業の振興には年月がかかり、半年の数字は景気にも左右されます。"
    "早すぎる判定は、続ければ効いたはずの施策を止めてしまいます",
    source="論点メモ「単年度評価を求めない」",
    examples=[
        Example(
            plan_type=REGIONAL,
            given=around(),
            bad={f"{_ROW}/text": "輸出が伸びず、計画全体が失敗したと言わざるを得ない"},
            good={f"{_ROW}/text": "輸出は伸びなかったが、拠点の利用は予定どおりである"},
            near_miss={f"{_ROW}/text": "最初の試験炉の据付けに失敗し、やり直した"},
            pointer=f"{_ROW}/text",
        )
    ],
)
def no_early_verdict(context: CheckContext) -> Iterator[Finding]:
    """Nobody judges the whole plan before there are three periods.

    An industry takes years to grow, and the figures of a half-year follow the market
    as well; an early verdict stops measures that would have worked.
    """
    if len(earlier_reports(context)) + 1 >= TREND_PERIODS:
        return
    words = context.settings.verdict_words
    for placed in rows_of(context):
        if has_word(placed.row.text, words):
            yield context.finding(
                *placed.path,
                "text",
                ja=f"{TREND_PERIODS}期の報告がそろう前に、計画全体の成否を書いています。"
                "この施策の進捗に絞って書いてください",
                en=f"the row judges the whole plan before {TREND_PERIODS} periods are "
                "reported; keep to the progress of this measure",
                hint="text: 輸出は伸びなかったが、拠点の利用は予定どおりである",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on causes, and on what follows from poor progress."""
    return (cause_told, cause_explains, response_told, no_early_verdict)
