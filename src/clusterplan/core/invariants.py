"""Invariants: rules that are kept by refusing, whatever is switched off.

Other rules look at a plan and say what they find. These hold for every command and
every answer: who acts, in which order, what is public. Each is shown by scenes, told as
commands of the command line, and the scenes are run as tests.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import field, frozen

from .identifiers import Key

_A, _B = Key("strategic_cluster"), Key("regional_cluster")
_STATE = ("cabinet_secretariat:cas", "meti:meti")
_BUREAU, _OTHER = "regional_bureau:kyushu", "prefecture:160008"
_LEAD, _HEAD = "prefecture:150002", "head_of_local_government:150002"


@frozen(kw_only=True)
class Scene:
    """Commands in a row, the last of which is refused, and what goes well instead.

    `{id}` stands for the id of the sample plan.

    Attributes:
        plan_type: Key of the plan type whose sample is taken.
        plans: Files of plans by name: changes of the sample by JSON pointer, `None` to
            take a value away.
        files: Other files by name, as plain data.
        given: Commands that go well, before.
        bad: The command that is refused.
        reason: The stable reason of the refusal.
        good: Commands that go well in its place.
        untold: What no answer to the good commands holds.
    """

    plan_type: Key
    plans: Mapping[str, Mapping[str, Any]]
    files: Mapping[str, Any] = field(factory=dict)
    given: tuple[str, ...]
    bad: str
    reason: str
    good: tuple[str, ...]
    untold: tuple[str, ...] = ()


@frozen(kw_only=True)
class Invariant:
    """A rule that is kept by refusing; its id is that of the refusals.

    Attributes:
        id: Stable id, as `Problem.rule_id` has it.
        applies_to: Keys of plan types; empty for all.
        title: What holds, in Japanese.
        title_en: The same in English.
        why: Why it matters, in Japanese.
        why_en: The same in English.
        source: Where it comes from.
        scenes: What is refused, and what goes well.
    """

    id: str
    applies_to: tuple[Key, ...] = ()
    title: str
    title_en: str
    why: str
    why_en: str
    source: str
    scenes: tuple[Scene, ...]


_DRAFT: Mapping[str, Mapping[str, Any]] = {"plan.yaml": {}}
_IMPORTED = ("import plan.yaml",)
_IN_FORCE = {
    "edition": "1.0",
    "source": "架空",
    "history": [
        {"state": "drafting", "on": "2026-04-01", "basis": "stated"},
        {"state": "in_force", "on": "2026-05-01", "basis": "stated"},
    ],
}
_PUBLIC = {"plan.yaml": {"/record": _IN_FORCE}}
_SENT_IN = (*_IMPORTED, f"step {{id}} submit_for_precheck --as {_LEAD}")
_CHECKED = (*_SENT_IN, *(f"step {{id}} precheck_ok --as {body}" for body in _STATE))
_FORMULATE = (
    "step {id} formulate --waive A-09:/region/0=提案の予定なし "
    "--waive A-09:/region/1=提案の予定なし"
)
_DEADLINE = "/policy_means/measures/0/five_w1h/deadline"
_REVISED = {
    "items": [
        {
            "id": "RI-1",
            "kind": "brush_up",
            "target": "M-01",
            "before": "第1段階",
            "after": "第2段階",
            "reason": "設計を見直すため",
        }
    ]
}
_REVISING = (
    *_IMPORTED,
    f"revision open {{id}} R-1 --occasion 会議での指摘 --as {_LEAD}",
)

_SAVE = "revision save {id} R-1"

ACT_01 = Invariant(
    id="ACT-01",
    title="手続は、定められた主体が行う",
    title_en="A step is taken by an office that the lifecycle names for it.",
    why="誰が策定し、確認し、公表したかが、計画への信頼の拠り所になります",
    why_en="Trust in a plan rests on who made, checked and published it.",
    source="政策パッケージ「主体」",
    scenes=(
        Scene(
            plan_type=_A,
            plans=_DRAFT,
            given=_IMPORTED,
            bad="step {id} submit_draft --as prefecture:430005",
            reason="WRONG_ACTOR",
            good=(f"step {{id}} submit_draft --as {_BUREAU}",),
        ),
    ),
)
ACT_03 = Invariant(
    id="ACT-03",
    applies_to=(_A,),
    title="国の2者の手続は、内閣官房と経済産業省がそろって完了する",
    title_en="What two state bodies decide is done when both have signed the same.",
    why="一方だけの判断で計画が決まったように見えることを防ぎます",
    why_en="One body alone must not look like the decision of both.",
    source="政策パッケージ「内閣官房・経済産業省」",
    scenes=(
        Scene(
            plan_type=_A,
            plans=_DRAFT,
            given=(
                *_IMPORTED,
                f"step {{id}} submit_draft --as {_BUREAU}",
                *(f"step {{id}} accept_draft --as {body}" for body in _STATE),
                f"{_FORMULATE} --as meti:meti",
            ),
            bad="step {id} abandon_formulation --as cabinet_secretariat:cas",
            reason="AWAITING_OTHER_STEP",
            good=(f"{_FORMULATE} --as cabinet_secretariat:cas",),
        ),
    ),
)
ACT_04 = Invariant(
    id="ACT-04",
    title="公表するのは、事前確認を受けた本文そのもの",
    title_en="What is published is the very text that was pre-checked.",
    why="確認の後に変わった本文は、誰も確認していない本文です",
    why_en="A text that changed after the pre-check was checked by nobody.",
    source="政策パッケージ「事前確認」",
    scenes=(
        Scene(
            plan_type=_B,
            plans={
                "plan.yaml": {
                    "/record": {
                        "edition": "d1",
                        "source": "架空",
                        "history": [
                            {
                                "state": "prechecked",
                                "on": "2026-05-01",
                                "basis": "assumed",
                            }
                        ],
                    }
                }
            },
            given=_IMPORTED,
            bad=f"step {{id}} publish --as {_HEAD}",
            reason="TEXT_NOT_CHECKED",
            good=(
                f"step {{id}} reopen --as {_LEAD}",
                *_CHECKED[1:],
                f"step {{id}} publish --as {_HEAD}",
            ),
        ),
    ),
)
ACT_05 = Invariant(
    id="ACT-05",
    title="公表は、策定主体の首長が行う",
    title_en="A plan is published by the head of its lead body.",
    why="公表は、首長が計画に責任を負うことの表明です",
    why_en="By publishing a plan its head answers for it.",
    source="政策パッケージ「首長による公表」",
    scenes=(
        Scene(
            plan_type=_B,
            plans={
                "plan.yaml": {"/joining": [{"kind": "prefecture", "code": "160008"}]}
            },
            given=_CHECKED,
            bad="step {id} publish --as head_of_local_government:160008",
            reason="NOT_THE_LEAD_BODY",
            good=(f"step {{id}} publish --as {_HEAD}",),
        ),
    ),
)
ACT_07 = Invariant(
    id="ACT-07",
    title="手続を飛ばさない",
    title_en="No step is left out.",
    why="計画案の作成、確認、公表の順を守ることで、確認されない計画が世に出ません",
    why_en="Only in this order does no plan come out unchecked.",
    source="政策パッケージ「計画案作成」",
    scenes=(
        Scene(
            plan_type=_B,
            plans=_DRAFT,
            given=_IMPORTED,
            bad=f"step {{id}} publish --as {_HEAD}",
            reason="STEP_OUT_OF_ORDER",
            good=_SENT_IN[1:],
        ),
    ),
)
REV_05 = Invariant(
    id="REV-05",
    title="改訂は、現に効力のある版を元にする",
    title_en="A revision is based on the edition in force.",
    why="古い版を元にした改訂は、その後の訂正や改訂を黙って打ち消します",
    why_en="A revision of an older edition silently undoes what came after it.",
    source="整合性",
    scenes=(
        Scene(
            plan_type=_B,
            plans={
                **_PUBLIC,
                "corrected.yaml": {"/title": "架空機械部品クラスター計画（訂正）"},
                "revised.yaml": {_DEADLINE: {"date": "2028-09-30"}},
            },
            files={"items.yaml": _REVISED},
            given=(
                *_REVISING,
                f"correct {{id}} corrected.yaml --reason 表題の誤記 --as {_LEAD}",
            ),
            bad=f"{_SAVE} revised.yaml items.yaml --as {_LEAD}",
            reason="STALE_BASE",
            good=(f"{_SAVE} revised.yaml items.yaml --base 1.1 --as {_LEAD}",),
        ),
    ),
)
REV_07 = Invariant(
    id="REV-07",
    title="公表された版は変わらない",
    title_en="An edition that is public does not change.",
    why="公表されたものが後から変わると、何が約束されたかが分からなくなります",
    why_en="If it could change, nobody would know what had been promised.",
    source="整合性",
    scenes=(
        Scene(
            plan_type=_B,
            plans={**_PUBLIC, "other.yaml": {"/title": "架空機械部品産業計画"}},
            given=_IMPORTED,
            bad=f"import other.yaml --expected-version 1 --as {_LEAD}",
            reason="EDITION_IS_PUBLIC",
            good=(f"correct {{id}} other.yaml --reason 表題の誤記 --as {_LEAD}",),
        ),
    ),
)
REV_09 = Invariant(
    id="REV-09",
    title="IDを別のものに使い回さない",
    title_en="An id never comes to stand for something else.",
    why="報告や改訂はIDで結び付いており、使い回すと別のものの実績になります",
    why_en="Reports and revisions hang on ids; reused, they would tell of another part.",
    source="整合性",
    scenes=(
        Scene(
            plan_type=_B,
            plans={
                **_PUBLIC,
                "reused.yaml": {
                    "/policy_means/measures/4": None,
                    "/policy_means/challenges/-": {
                        "id": "M-05",
                        "text": "架空の課題",
                        "needs": ["架空の支援"],
                    },
                },
                "new.yaml": {
                    "/policy_means/challenges/-": {
                        "id": "CH-9",
                        "text": "架空の課題",
                        "needs": ["架空の支援"],
                    }
                },
            },
            files={"items.yaml": _REVISED},
            given=_REVISING,
            bad=f"{_SAVE} reused.yaml items.yaml --as {_LEAD}",
            reason="ID_REUSED",
            good=(f"{_SAVE} new.yaml items.yaml --as {_LEAD}",),
        ),
    ),
)
MAP_01 = Invariant(
    id="MAP-01",
    title="書き出すのは、公表された計画だけ",
    title_en="Only plans that are public leave as files.",
    why="策定や改訂の済んでいない案が地図に載ると、決まったことと受け取られます",
    why_en="A draft on a map that is passed on is taken for a decision.",
    source="政策パッケージ「策定・改定された計画については、投資マップで可視化」",
    scenes=(
        Scene(
            plan_type=_B,
            plans=_DRAFT,
            given=_IMPORTED,
            bad="export geojson --filter phases=draft",
            reason="DRAFTS_ARE_NOT_EXPORTED",
            good=("export geojson", "export csv"),
            untold=("{id}",),
        ),
    ),
)
MAP_04 = Invariant(
    id="MAP-04",
    title="非公表の投資は、地図にも合計にも現れない",
    title_en="A withheld investment is on no map and in no sum; its owner opens it.",
    why="合計や差額からでも企業の計画が知られれば、投資そのものが危うくなります",
    why_en="If even a sum gives a company's plans away, it may not invest at all.",
    source="政策パッケージ「民間企業」",
    scenes=(
        Scene(
            plan_type=_B,
            plans={
                "plan.yaml": {
                    "/record": _IN_FORCE,
                    "/investments/0/withheld": True,
                    "/investments/0/title": "架空の非公表工場",
                    "/investments/0/owner": {"kind": "prefecture", "code": "160008"},
                },
                "opened.yaml": {
                    "/investments/0/title": "架空の非公表工場",
                    "/investments/0/owner": {"kind": "prefecture", "code": "160008"},
                },
            },
            given=_IMPORTED,
            bad=f"correct {{id}} opened.yaml --reason 公表のため --as {_LEAD}",
            reason="WITHHELD_BY_OWNER",
            good=("export geojson", "export csv"),
            untold=("架空の非公表工場",),
        ),
    ),
)

INVARIANTS = (
    *(ACT_01, ACT_03, ACT_04, ACT_05, ACT_07),
    *(REV_05, REV_07, REV_09),
    *(MAP_01, MAP_04),
)
"""Every invariant, by family."""
