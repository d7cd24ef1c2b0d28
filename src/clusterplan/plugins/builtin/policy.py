"""What the three plan types of the policy package have in common."""

from __future__ import annotations

from importlib import resources

from ...core.identifiers import Key
from ...core.lifecycle import Phase, State
from ...core.plantypes import RequiredPart

STRATEGIC = Key("strategic_cluster")
REGIONAL = Key("regional_cluster")
LOCAL = Key("local_industry_growth")
POLICY_TYPES = (STRATEGIC, REGIONAL, LOCAL)

SECTIONS = tuple(
    RequiredPart(section=Key(section), part=Key(part), title=title, title_en=title_en)
    for section, part, title, title_en in (
        ("goal", "current_state", "現状認識", "Current state"),
        ("goal", "vision", "目指す姿", "Vision"),
        ("path", "winning_path", "勝ち筋の特定", "Winning path"),
        ("path", "investment_picture", "投資の具体像", "Picture of investment"),
        ("path", "impacts", "定量的なインパクト", "Quantitative impact"),
        ("policy_means", "challenges", "投資促進に向けた課題", "Challenges"),
        ("policy_means", "measures", "事業環境整備の取組", "Measures"),
    )
)
"""The parts of the three sections 【目標】【道筋】【政策手段】, the same for A, B and C."""

"""Who acts for the state in the lifecycles of A, B and C."""

CLOSED = State(
    key=Key("closed"), title="終了", title_en="Closed", phase=Phase.ENDED, public=True
)
ABANDONED = State(
    key=Key("abandoned"), title="断念", title_en="Abandoned", phase=Phase.ENDED
)
WITHDRAWN = State(
    key=Key("withdrawn"),
    title="取下げ",
    title_en="Withdrawn",
    phase=Phase.ENDED,
    public=True,
)
"""With `CLOSED` and `ABANDONED`: the three ends that a plan of any type can come to."""


def policy_text(quoted: str) -> str:
    """Return the reference to a phrase of the policy package."""
    return f"政策パッケージ「{quoted}」"


def sample_plan(plan_type: str) -> str:
    """Return the fictional sample plan of a plan type, as YAML."""
    file = resources.files("clusterplan.samples") / f"{plan_type}.yaml"
    return file.read_text(encoding="utf-8")
