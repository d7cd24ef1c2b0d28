"""Revisions of plans as mutations."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Annotated, Any

import attrs
from attrs import frozen

from ..core.documents.cases import load_case
from ..core.documents.loader import load_plan_file
from ..core.documents.source import source_of
from ..core.events import Event
from ..core.identifiers import Key, PartId, PlanId
from ..core.revisions import ADOPT, PRECHECK, REVISION, SAVE, LeftAsIs, RevisionItem
from ..core.services import revising
from ..core.services.answers import Waiver
from ..core.services.cases import CaseDone
from ..core.terms import Term
from .inputs import VERSION, Sent, plan_of
from .mutations import Call, Mutation, case_event
from .outcomes import RevisionDone
from .places import reading
from .scalars import Json


@frozen(kw_only=True)
class RevisionInput(Sent):
    """Which revision it is about."""

    plan_id: Annotated[PlanId, Term("計画ID", "The plan that is revised.")]
    id: Annotated[PartId, Term("改訂ID", "The revision.")]


@frozen(kw_only=True)
class OpenRevisionInput(RevisionInput):
    """A revision to open, on a report or another occasion."""

    report: Annotated[
        PartId | None, Term("契機となった報告", "Period of the report that led to it.")
    ] = None
    occasion: Annotated[str | None, Term("契機", "Another occasion.")] = None


@frozen(kw_only=True)
class SaveRevisionInput(RevisionInput):
    """The revised text, and what it changes."""

    document: Annotated[Json, Term("計画ファイル", "The revised plan file as JSON.")]
    items: Annotated[
        Json | None,
        Term(
            "改訂事項",
            "Revision items as a list of JSON; those stored stay where it is omitted, an"
            " empty list takes them away.",
        ),
    ] = None
    left: Annotated[
        Json | None,
        Term(
            "見送り",
            "Poor measures that are left, and why; those stored stay where it is"
            " omitted, an empty list takes them away.",
        ),
    ] = None
    base: Annotated[
        str | None, Term("基の版", "Edition that the text was taken over from.")
    ] = None
    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class PrecheckRevisionInput(RevisionInput):
    """A revised text that a state body approves, where the plan type asks for it."""

    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class AdoptRevisionInput(RevisionInput):
    """A revision that becomes the next edition."""

    expected_version: Annotated[int, VERSION]
    waivers: Annotated[
        tuple[Waiver, ...], Term("警告への回答", "Answers to warnings.")
    ] = ()


@frozen(kw_only=True)
class DropRevisionInput(RevisionInput):
    """A revision that does not happen."""

    reason: Annotated[str, Term("理由", "Why it is dropped.")]
    expected_version: Annotated[int, VERSION]


@frozen(kw_only=True)
class _Items:
    items: tuple[RevisionItem, ...] = ()
    left: tuple[LeftAsIs, ...] = ()


def _done(done: CaseDone) -> RevisionDone:
    told: dict[str, Any] = {}
    if isinstance(done, revising.RevisionDone):
        told = {
            "difference": done.difference,
            "findings": done.report.findings if done.report else (),
            "awaiting": done.awaiting,
            "signed": done.signed,
        }
    return RevisionDone(
        event=done.event,
        revision=done.case,  # type: ignore[arg-type]
        dry_run=done.dry_run,
        **told,
    )


def _facts(sent: Any, call: Call) -> dict[str, Any]:
    facts = {
        "plan_id": sent.plan_id,
        "revision_id": sent.id,
        "by": call.by,
        "dry_run": sent.dry_run,
    }
    if hasattr(sent, "expected_version"):
        facts["expected_version"] = sent.expected_version
    return facts


def _open(sent: OpenRevisionInput, call: Call) -> RevisionDone:
    command = revising.OpenRevision(
        report=sent.report, occasion=sent.occasion, **_facts(sent, call)
    )
    return _done(revising.open_revision(command, call.store, call.domain))


def _stored(sent: SaveRevisionInput, call: Call) -> _Items:
    """Return the items that are stored; the version that is sent tells of others."""
    with call.store.read() as unit:
        case = unit.case(sent.plan_id, REVISION, sent.id)
    if case is None:
        return _Items()
    return _Items(items=case.document.items, left=case.document.left)


def _save(sent: SaveRevisionInput, call: Call) -> RevisionDone:
    given = {"items": sent.items, "left": sent.left}
    told = load_case(
        source_of({k: v for k, v in given.items() if v is not None}), _Items
    )
    stored = _stored(sent, call)
    with reading("document"):
        file = load_plan_file(source_of(sent.document), call.domain.plan_types)
    command = revising.SaveRevision(
        file=file,
        items=stored.items if sent.items is None else told.items,
        left=stored.left if sent.left is None else told.left,
        base=sent.base,
        **_facts(sent, call),
    )
    return _done(revising.save_revision(command, call.store, call.domain))


def _precheck(sent: PrecheckRevisionInput, call: Call) -> RevisionDone:
    command = revising.PrecheckRevision(**_facts(sent, call))
    return _done(revising.precheck_revision(command, call.store, call.domain))


def _adopt(sent: AdoptRevisionInput, call: Call) -> RevisionDone:
    command = revising.AdoptRevision(waivers=sent.waivers, **_facts(sent, call))
    return _done(revising.adopt_revision(command, call.store, call.domain))


def _drop(sent: DropRevisionInput, call: Call) -> RevisionDone:
    command = revising.DropRevision(reason=sent.reason, **_facts(sent, call))
    return _done(revising.drop_revision(command, call.store, call.domain))


_ON_TEXTS: Mapping[type, Key] = MappingProxyType(
    {
        SaveRevisionInput: SAVE,
        PrecheckRevisionInput: PRECHECK,
        AdoptRevisionInput: ADOPT,
    }
)
"""What is done with the revised text, by what is sent."""


def _again(sent: RevisionInput, call: Call, event: Event) -> RevisionDone:
    event = case_event(event, call)
    then = call.retell(event).revision(sent.id, _ON_TEXTS.get(type(sent)))
    told = _done(then) if then else RevisionDone(event=event)
    with call.store.read() as unit:
        case = unit.case(sent.plan_id, REVISION, sent.id)
    return attrs.evolve(told, revision=case)  # type: ignore[arg-type]


REVISION_MUTATIONS = tuple(
    Mutation(
        *(name, summary, sent, RevisionDone, run, plan_of, _again),
        text="document" if sent is SaveRevisionInput else None,
    )
    for name, summary, sent, run in (
        (
            "open_revision",
            "改訂の開始: open a revision, on a report or another occasion.",
            OpenRevisionInput,
            _open,
        ),
        (
            "save_revision",
            (
                "改訂案の保存: keep the revised text and what it changes; the findings so"
                " far are told, and none blocks yet."
            ),
            SaveRevisionInput,
            _save,
        ),
        (
            "precheck_revision",
            "改訂案の事前確認: approve the revised text, for the state.",
            PrecheckRevisionInput,
            _precheck,
        ),
        (
            "adopt_revision",
            "改訂: adopt the revised text as the next edition.",
            AdoptRevisionInput,
            _adopt,
        ),
        (
            "drop_revision",
            "改訂の取りやめ: drop a revision.",
            DropRevisionInput,
            _drop,
        ),
    )
)
"""Open, save, pre-check, adopt and drop revisions."""
