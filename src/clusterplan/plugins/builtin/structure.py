"""Rules on the structure of a plan: its sections, its period, texts that say something."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.errors import Path
from ...core.findings import Finding, Gate, Severity
from ...core.periods import FiscalYear, PlanPeriod
from ...core.plans import Plan
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import POLICY_TYPES, REGIONAL, STRATEGIC, policy_text
from .wording import is_put_off, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-70)

_COUNTED = re.compile(
    "[0-9]|[〇一二三四五六七八九十百千万億兆数]"
    "(?:年|円|億|万|社|棟|軒|件|基|か所|カ所|箇所|工場|拠点|割|倍|人|名)"
)
_FIRST = "/policy_means/measures/0/five_w1h"
_WRITE = {
    "current_state": "current_state: 事業所412、従業者18,300人（2024年）",
    "vision": "vision: 2035年までに医療用部品の輸出で国内首位の産地になる",
    "winning_path": "winning_path: 共同の熱処理で、小ロットの納期を半分にする",
    "investment_picture": "investment_picture: 2030年度までに3工場、1,200億円",
    "impacts": "impacts: [{id: IM-1, indicator: IN-1, text: 輸出額を60億円にする}]",
    "challenges": "challenges: [{id: CH-1, text: 工業用水が日量2万m3不足する}]",
    "measures": "measures: [{id: M-01, title: 工業用水道の延伸, answers: [CH-1]}]",
    "text": "text: 工業用水が日量2万m3不足する",
    "significance": "significance: 渋滞で貨物1便あたり40分を失っている",
    "content": "content: 14社が使う共同めっきラインを整備する",
    "way_of_proceeding": "way_of_proceeding: [4月に公募, 7月に選定, 10月に着手]",
}
"""What may stand in a part of a plan, by its name."""


@rule(
    "STR-01",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    title="目標・道筋・政策手段の各項目が書かれている",
    why="一つでも抜けると、計画だけを読む人には、なぜその施策で目標に届くのかが"
    "たどれません。審査や議会のたびに同じ説明を求められます",
    source=policy_text("現状認識と目指す姿【目標】"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/goal/current_state": None},
            good={"/goal/current_state": "事業所412、従業者18,300人（2024年）"},
            near_miss={"/goal/current_state": "輸出額が42億円"},
            pointer="/goal/current_state",
        )
    ],
)
def sections(context: CheckContext) -> Iterator[Finding]:
    """Every part that the plan type asks for is there and not empty.

    Where a part is missing, those who have only the plan to read cannot follow why
    these measures lead to that goal, and every review asks for it again.
    """
    for part in context.plan_type.required:
        section = getattr(context.plan, part.section)
        value = getattr(section, part.part) if section is not None else None
        if not value or (isinstance(value, str) and not value.strip()):
            yield context.finding(
                part.section,
                part.part,
                ja=f"「{part.title}」が書かれていません",
                en=f"nothing is written under {part.title_en!r}",
                hint=_WRITE.get(part.part, f"{part.part}: …"),
            )


@rule(
    "STR-02",
    severity=Severity.ERROR,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="勝ち筋・投資の具体像・定量的なインパクトが別々に、具体的に書かれている",
    why="三つが混ざっていると、思うように進まないときに、見立てが違ったのか、"
    "投資が来なかったのかを見分けられません",
    source=policy_text("勝ち筋の特定と投資の具体像、定量的なインパクト【道筋】"),
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/path/investment_picture": "投資を呼び込み、産業の成長を目指す。"},
            good={"/path/investment_picture": "2030年度までに3工場、民間投資1,200億円"},
            near_miss={
                "/path/investment_picture": "投資を呼び込み、三工場の新設を目指す。"
            },
            pointer="/path/investment_picture",
        )
    ],
)
def path(context: CheckContext) -> Iterator[Finding]:
    """The winning path, the picture of investment and the impact are told apart.

    Where the three run into one, nobody can tell later whether the idea was wrong or
    the investment did not come.
    """
    if context.plan.path is None:
        return
    winning = plain(context.plan.path.winning_path)
    picture = context.plan.path.investment_picture or ""
    if plain(picture) and plain(picture) == winning:
        yield context.finding(
            "path",
            "investment_picture",
            ja="「投資の具体像」が「勝ち筋」と同じ文です。"
            "誰が何にいくら投資するのかを分けて書いてください",
            en="the picture of investment repeats the winning path; say separately who "
            "invests how much in what",
            hint=_WRITE["investment_picture"],
        )
    elif plain(picture) and not _COUNTED.search(unicodedata.normalize("NFKC", picture)):
        yield context.finding(
            "path",
            "investment_picture",
            ja="「投資の具体像」に数がありません。"
            "何をいくつ、いくらで、いつまでに投資するのかを書いてください",
            en="the picture of investment names no number; say how many of what, for "
            "how much, until when",
            hint=_WRITE["investment_picture"],
        )
    for position, impact in enumerate(context.plan.path.impacts):
        if plain(impact.text) and plain(impact.text) in (winning, plain(picture)):
            yield context.finding(
                "path",
                "impacts",
                position,
                "text",
                ja="「定量的なインパクト」が「勝ち筋」か「投資の具体像」と同じ文です。"
                "投資の結果として何がどれだけ変わるのかを書いてください",
                en=f"impact {impact.id} repeats the winning path or the picture of "
                "investment; say what changes by how much",
                hint="text: 輸出額を2029年度に60億円にする",
            )


@rule(
    "STR-05",
    severity=Severity.ERROR,
    gate=Gate.SAVE,
    applies_to=POLICY_TYPES,
    title="計画期間は終了より前に始まり、年度単位であるか理由がある",
    why="予算も進捗の点検も年度ごとです。期間がずれていると、最初と最後の数か月を"
    "どの年度に数えるのか、報告のたびに迷います",
    source="整合性：進捗の点検と実績は年度と半期ごとに数える",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={"/period": {"from": "2026-03-01", "to": "2031-03-31"}},
            good={
                "/period": {
                    "from": "2026-03-01",
                    "to": "2031-03-31",
                    "reason": "公表の日から始める",
                }
            },
            near_miss={"/period": {"from": "2026-04-01", "to": "2031-03-31"}},
            pointer="/period",
        )
    ],
)
def period(context: CheckContext) -> Iterator[Finding]:
    """The period starts before it ends, in whole fiscal years unless a reason is given.

    Budgets and progress are counted by fiscal year. Where the period is out of step,
    every report has to settle anew in which year the first and last months count.
    """
    given = context.plan.period
    if given is None:
        return
    if given.start >= given.end:
        yield context.finding(
            "period",
            ja=f"計画期間の開始（{given.start}）が終了（{given.end}）より前に"
            "なっていません。開始と終了を確かめてください",
            en=f"the period starts on {given.start}, not before its end on {given.end}",
            hint="period: {from: FY2026, to: FY2030}",
        )
    elif not (_is_whole(given) or plain(given.reason)):
        yield context.finding(
            "period",
            ja=f"計画期間（{given.start}～{given.end}）が年度の始めと終わりに"
            "合わず、理由も書かれていません",
            en=f"the period {given.start} to {given.end} is not whole fiscal years, "
            "and no reason is given",
            hint="period: {from: FY2026, to: FY2030} / reason: 公表の日から始める",
        )


def _is_whole(period: PlanPeriod) -> bool:
    first, last = FiscalYear.of(period.start), FiscalYear.of(period.end)
    return (period.start, period.end) == (first.start, last.end)


@rule(
    "STR-07",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="必須の文が「検討中」「別途」などの仮の記載でない",
    why="仮の記載のまま公表すると、担当者が代わったときに何を約束したのかが"
    "分からず、進捗を報告するときにも確かめるものがありません",
    source="整合性：仮の記載のままでは、後から進捗を点検できない",
    examples=[
        Example(
            plan_type=STRATEGIC,
            bad={f"{_FIRST}/way_of_proceeding": "別途検討"},
            good={
                f"{_FIRST}/way_of_proceeding": ["4月に公募", "7月に選定", "10月に着手"]
            },
            near_miss={f"{_FIRST}/way_of_proceeding": "別途の要領で4月に公募する"},
            pointer=f"{_FIRST}/way_of_proceeding",
        )
    ],
)
def placeholders(context: CheckContext) -> Iterator[Finding]:
    """No required text only stands where a text is still to be written.

    When the people in charge change, nobody can tell what was promised, and a
    progress report has nothing to check against.
    """
    least = context.settings.text_min_chars
    for where, name, text, shortest in _texts(context.plan, least):
        if is_put_off(text, context.settings, shortest=shortest):
            yield context.finding(
                *where,
                ja=f"「{name}」の記載「{text.strip()[:30]}」は仮のものか短すぎます。"
                "決まっている内容を具体的に書いてください",
                en=f"{text.strip()[:30]!r} in `{where[-1]}` is a placeholder or too "
                "short; write what is decided",
                hint=_WRITE[str(where[-1])],
            )


def _texts(plan: Plan, least: int) -> Iterator[tuple[Path, str, str, int]]:
    """Yield place, name, text and least length; steps may be short, being many."""
    goal, way = plan.goal, plan.path
    sections = (
        (("goal", "current_state"), "現状認識", goal and goal.current_state),
        (("goal", "vision"), "目指す姿", goal and goal.vision),
        (("path", "winning_path"), "勝ち筋", way and way.winning_path),
        (
            ("path", "investment_picture"),
            "投資の具体像",
            way and way.investment_picture,
        ),
    )
    for where, name, text in sections:
        yield where, name, text or "", least
    for position, challenge in enumerate(plan.challenges):
        place: Path = ("policy_means", "challenges", position, "text")
        yield place, f"課題 {challenge.id}", challenge.text, 1
    for position, measure in enumerate(plan.measures):
        place = ("policy_means", "measures", position, "five_w1h")
        answers, title = measure.five_w1h, measure.title
        steps = "、".join(s for s in answers.way_of_proceeding if s.strip())
        yield (
            (*place, "significance"),
            f"{title}の意義",
            answers.significance or "",
            least,
        )
        yield (*place, "content"), f"{title}の中身", answers.content or "", least
        yield (*place, "way_of_proceeding"), f"{title}の進め方", steps, 1


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on structure."""
    return (sections, path, period, placeholders)
