"""Rules on the projects that prefectures propose for a plan of type A."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ...core.areas import prefecture_of
from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.identifiers import Key
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .policy import STRATEGIC, policy_text
from .reported import is_written
from .wording import is_put_off, plain

CLUSTERPLAN = Manifest(api="~=1.0", order=-97)

_PREPARED, _WITHDRAWN = Key("prepared"), Key("withdrawn")
_CALL = Key("project_call")
"""Kind of consultation that asks prefectures for projects."""


def _proposal(number: int, prefecture: str, state: str) -> dict[str, Any]:
    document = {"id": f"PR-{number}", "title": "架空の案件", "prefecture": prefecture}
    return {"state": state, "document": document}


_ANSWERED = _proposal(1, "430005", "adopted")
_ANSWERED["document"]["answer"] = {"reason": "用水の見通しと両立し、計画に加える"}
_GIVEN: Mapping[str, Any] = {
    "today": "2026-10-01",
    "proposals": [_ANSWERED, _proposal(2, "410004", "withdrawn")],
}
_NONE = {
    "id": "CS-2",
    "kind": "project_call",
    "text": "佐賀県は、候補となる案件がないと回答",
}


@rule(
    "A-08",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="受け付けたプロジェクト提案のすべてに、理由のある回答がある",
    why="回答のない提案を抱えたままでは、県も企業も次の手を打てません。"
    "採らない理由が分かれば、出し直すこともできます",
    source=policy_text("国は、都道府県からの提案を受け付け、計画を策定"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            given=_GIVEN,
            bad={"/proposals/1/state": "received"},
            near_miss={
                "/proposals/1/state": "proposed",
                "/proposals/1/document": {
                    "id": "PR-2",
                    "title": "架空の案件",
                    "prefecture": "410004",
                    "answer": {"reason": "次の計画で取り上げる"},
                },
            },
            pointer="/proposals/1/document/answer",
        )
    ],
)
def proposals_answered(context: CheckContext) -> Iterator[Finding]:
    """Every project that was proposed has an answer, with the reason.

    While a proposal waits, neither the prefecture nor the firm can go on; who knows why
    it was not taken up can propose it again.
    """
    for position, case in enumerate(context.proposals):
        answer = case.document.answer
        reason = answer.reason if answer else ""
        if case.state in (_PREPARED, _WITHDRAWN):
            continue
        if not is_written(reason) or is_put_off(reason, context.settings):
            yield context.finding(
                "proposals",
                position,
                "document",
                "answer",
                ja=f"提案「{case.document.title}」（{case.id}）に、"
                "採否の理由のある回答がありません",
                en=f"proposal {case.id} has no answer with a reason",
                hint="answer: {reason: 用水の見通しと両立しないため、採用しない}",
            )


@rule(
    "A-09",
    severity=Severity.WARNING,
    gate=Gate.PUBLISH,
    applies_to=[STRATEGIC],
    title="対象地域のどの都道府県も、提案したか、提案がない旨が残っている",
    why="提案がないのか、尋ねていないのかが分からないと、"
    "後から「聞かれていない」という県が出て、計画の範囲を見直すことになります",
    source=policy_text("都道府県は、候補プロジェクト案件を国に提案"),
    examples=[
        Example(
            plan_type=STRATEGIC,
            given=_GIVEN,
            bad={"/proposals/1": None},
            good={"/proposals/1": None, "/consultations": [_NONE]},
            near_miss={
                "/proposals/1": None,
                "/region": ["430005"],
                "/policy_means/measures/2/areas": ["431001"],
                "/policy_means/measures/3/areas": ["430005"],
                "/clusters/0/areas": ["430005"],
            },
            pointer="/region/1",
        )
    ],
)
def prefectures_proposed(context: CheckContext) -> Iterator[Finding]:
    """Each prefecture of the region proposed a project, or is recorded as having none.

    Where it is not known whether a prefecture has none or was not asked, one may come
    forward later, and the scope of the plan is open again. A plan that is revised was
    formulated already.
    """
    if context.today is None or context.revision is not None:
        return
    made = {c.document.prefecture for c in context.proposals if c.state != _PREPARED}
    calls = [plain(c.text) for c in context.plan.consultations if c.kind == _CALL]
    seen: set[str] = set()
    for position, code in enumerate(context.plan.region):
        prefecture = prefecture_of(code)
        area = context.reference.areas.get(prefecture)
        names = (prefecture, area.name if area else prefecture)
        recorded = any(plain(name) in text for name in names for text in calls)
        if prefecture in seen | made or recorded:
            continue
        seen.add(prefecture)
        yield context.finding(
            "region",
            position,
            ja=f"{names[1]}からの提案がなく、提案がない旨の記録もありません",
            en=f"prefecture {prefecture} proposed no project, and nothing records that "
            "it has none",
            hint=f"consultations: [{{id: CS-2, kind: project_call, text: {names[1]}は、"
            "候補となる案件がないと回答}]",
        )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on project proposals."""
    return (proposals_answered, prefectures_proposed)
