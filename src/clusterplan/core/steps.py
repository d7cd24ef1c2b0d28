"""States and steps of lifecycles, as data, and what somebody does with them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from attrs import frozen

from .actors import Actor
from .findings import Finding, Gate
from .identifiers import Key
from .terms import Term, TermEnum


class Phase(TermEnum):
    """Where in its life a plan is, whatever its type calls the state."""

    DRAFT = "draft", "作成中", "It is being written."
    IN_REVIEW = "in_review", "確認中", "It is handed in, and others look at it."
    IN_FORCE = "in_force", "実施中", "It is in force."
    ENDED = "ended", "終了", "It has ended."


@frozen(kw_only=True)
class State:
    """A state of a lifecycle."""

    key: Annotated[Key, Term("状態キー", "Key of the state, unique in the lifecycle.")]
    title: Annotated[str, Term("状態", "Name of the state.")]
    title_en: Annotated[str, Term("状態（英語）", "Name in English.")]
    phase: Annotated[Phase, Term("局面", "What maps and filters know.")]
    public: Annotated[bool, Term("公開", "Whether anybody may read the plan.")] = False


class Need(TermEnum):
    """What a step asks for besides the right actor and state."""

    REASON = "reason", "理由", "A reason."
    COMMENTS = "comments", "コメント", "Comments on places of the draft."
    FINAL_REPORT = "final_report", "最終報告", "The final report, accepted."
    PANEL = "panel", "検討会の構成員と開催", "A panel with members and a meeting."
    VOTES = "votes", "予算の議決", "The votes of the budget."


class NewEdition(TermEnum):
    """Which number of the edition a step raises."""

    DRAFT = "draft", "素案の版", "The next draft, such as `d2`."
    PUBLIC = "public", "公開の版", "The next public edition, such as `2.0`."


@frozen(kw_only=True)
class Step:
    """A way from one state to another, and who may take it."""

    key: Annotated[Key, Term("手続キー", "Key of the step, unique in the lifecycle.")]
    title: Annotated[str, Term("手続", "Name of the step.")]
    title_en: Annotated[str, Term("手続（英語）", "Name in English.")]
    from_: Annotated[tuple[Key, ...], Term("前の状態", "States it can be taken from.")]
    to: Annotated[Key, Term("後の状態", "State it leads to.")]
    actors: Annotated[tuple[Key, ...], Term("主体", "Kinds of actor that take it.")]
    joint: Annotated[bool, Term("共同", "Whether every kind must act.")] = False
    by_lead: Annotated[
        bool, Term("策定主体のみ", "Whether the actor must be of a body that leads.")
    ] = False
    gate: Annotated[Gate | None, Term("検査", "Checks without an error.")] = None
    needs: Annotated[tuple[Need, ...], Term("必要なもの", "What must exist.")] = ()
    edition: Annotated[
        NewEdition | None, Term("版", "Which edition number it raises.")
    ] = None
    checks_text: Annotated[
        bool, Term("確認", "Whether it approves the very text it is taken on.")
    ] = False
    needs_checked_text: Annotated[
        bool, Term("確認済み", "Whether it needs that approval for this very text.")
    ] = False


@frozen(kw_only=True)
class Awaiting:
    """The first half of a joint act, bound to the text that it was taken on."""

    step: Key
    by: tuple[Actor, ...]
    digest: str


@frozen(kw_only=True)
class Standing:
    """Where a plan stands in its lifecycle."""

    state: Key
    edition: str = "d1"
    checked_digest: str | None = None
    awaiting: Awaiting | None = None


@frozen(kw_only=True)
class Act:
    """A step that somebody wants to take.

    Attributes:
        step: Key of the step.
        by: Who takes it.
        lead: The lead body of the plan.
        joining: Further bodies that take part in leading it.
        digest: SHA-256 of the text that it is taken on.
        provided: What exists of the needs of the step.
        findings: What the checks at the gate of the step say.
    """

    step: Key
    by: Actor
    lead: Actor | None
    joining: Collection[Actor] = ()
    digest: str
    provided: Collection[Need] = ()
    findings: Collection[Finding] = ()
