"""Rules on who delivers a measure, and whether anything is delivered yet."""

from __future__ import annotations

from collections.abc import Iterator

from ...core.checks import CheckContext, Example, Rule, rule
from ...core.findings import Finding, Gate, Severity
from ...core.measures import Stage
from ..hookspecs import hookimpl
from ..manifest import Manifest
from .measures import numbered_measures
from .policy import LOCAL, POLICY_TYPES, REGIONAL

CLUSTERPLAN = Manifest(api="~=1.0", order=-48)

_SECOND = "/policy_means/measures/1"


@rule(
    "MEA-06",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="企画部門が担当する施策に実施主体が書かれている",
    why="企画する課しか書かれていないと、事業者はどこに相談すればよいか分からず、"
    "人事異動の後は報告を誰に頼むのかも分からなくなります",
    source="論点メモ「企画を立案する部門と事業を実施する部門（含む外部機関）の体制」",
    examples=[
        Example(
            plan_type=REGIONAL,
            bad={
                f"{_SECOND}/five_w1h/responsible_department/unit": "産業部 企画課",
                f"{_SECOND}/delivery_body": None,
            },
            good={f"{_SECOND}/five_w1h/responsible_department/unit": "産業部 企画課"},
            near_miss={
                f"{_SECOND}/five_w1h/responsible_department/unit": "産業部 企画課",
                f"{_SECOND}/delivery_body": None,
                f"{_SECOND}/stage": "study",
            },
            pointer=f"{_SECOND}/delivery_body",
        )
    ],
)
def delivery_body(context: CheckContext) -> Iterator[Finding]:
    """A measure in the charge of a planning section says who delivers it.

    With the planning section alone, firms do not know whom to turn to, and once staff
    have moved on nobody knows whom to ask for the report.
    """
    words = context.settings.planning_unit_words
    for path, measure in numbered_measures(context):
        department = measure.five_w1h.responsible_department
        unit = (department.unit if department else None) or ""
        told = measure.delivery_body is not None
        if told or measure.stage is Stage.STUDY:
            continue
        if any(word in unit for word in words):
            yield context.finding(
                *path,
                "delivery_body",
                ja=f"施策「{measure.title}」の担当は企画部門（{unit}）で、"
                "実施する部門や外部機関が書かれていません",
                en=f"measure {measure.id} is in the charge of a planning section "
                f"({unit}), and nothing says who delivers it",
                hint="delivery_body: {organization: 産業支援センター, unit: 支援課}",
            )


@rule(
    "MEA-12",
    severity=Severity.INFO,
    gate=Gate.PUBLISH,
    applies_to=POLICY_TYPES,
    title="検討だけの取組が「検討」の段階と示されている",
    why="検討が実施と数えられると、計画は実際より進んで見え、"
    "後の報告で「できていない」理由を説明することになります",
    source="東京都の地域産業活性化計画の概要「空き家等の遊休資産の活用による地域交流の場の創出の検討」",
    examples=[
        Example(
            plan_type=LOCAL,
            bad={f"{_SECOND}/title": "空き校舎を使う交流の場の創出の検討"},
            good={
                f"{_SECOND}/title": "空き校舎を使う交流の場の創出の検討",
                f"{_SECOND}/stage": "study",
            },
            near_miss={
                f"{_SECOND}/title": "空き校舎の活用の検討会が示した養成所の開設"
            },
            pointer=f"{_SECOND}/stage",
        )
    ],
)
def study(context: CheckContext) -> Iterator[Finding]:
    """What is only to be studied is marked as a study, not as carried out.

    A study that counts as carried out makes the plan look further than it is, and a
    later report has to explain why nothing is there.
    """
    endings = context.settings.study_endings
    for path, measure in numbered_measures(context):
        texts = (measure.title, measure.five_w1h.content or "")
        studied = any(text.rstrip(" \u3000。").endswith(endings) for text in texts)
        if studied and measure.stage is Stage.IMPLEMENTATION:
            yield context.finding(
                *path,
                "stage",
                ja=f"施策「{measure.title}」は検討にとどまるようですが、"
                "段階が実施になっています",
                en=f"measure {measure.id} seems to be studied only, and is marked as "
                "carried out",
                hint="stage: study",
            )


@hookimpl
def clusterplan_checks() -> tuple[Rule, ...]:
    """Offer the rules on delivery."""
    return (delivery_body, study)
