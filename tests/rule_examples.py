"""Examples of rules made real: a plan, and what is given beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Any

from clusterplan.core.actors import PREFECTURE, Actor
from clusterplan.core.checks import CheckContext, Rule
from clusterplan.core.documents.converter import checking_converter, structure
from clusterplan.core.documents.loader import load_plan_file
from clusterplan.core.documents.patch import changed
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.findings import Gate
from clusterplan.core.identifiers import Key
from clusterplan.core.plans import Plan
from clusterplan.core.plantypes import PlanType
from clusterplan.core.proposals import ProjectProposal, ProposalCase
from clusterplan.core.reference import ReferenceData
from clusterplan.core.reports import ProgressReport
from clusterplan.core.revisions import RevisionCase


def _proposals(data: Any) -> tuple[ProposalCase, ...]:
    documents = [
        structure(checking_converter(), each["document"], ProjectProposal)
        for each in data
    ]
    return tuple(
        ProposalCase(
            kind=Key("proposal"),
            plan_id=document.id,  # type: ignore[arg-type]
            id=document.id,
            version=1,
            state=Key(each["state"]),
            public=False,
            owner=Actor(PREFECTURE, document.prefecture),
            on=dt.date(2026, 9, 1),
            recorded_at=dt.datetime(2026, 9, 1, tzinfo=dt.UTC),
            digest="",
            document=document,
        )
        for each, document in zip(data, documents, strict=True)
    )


def _as(cls: type) -> Callable[[Any], Any]:
    return lambda data: structure(checking_converter(), data, cls)


_BESIDE: Mapping[str, Callable[[Any], Any]] = {
    "report": _as(ProgressReport),
    "reports": _as(tuple[ProgressReport, ...]),
    "revision": _as(RevisionCase),
    "proposals": _proposals,
    "today": dt.date.fromisoformat,
    "public_on": dt.date.fromisoformat,
}


def gate_of(rule: Rule) -> Gate:
    """Return the gate that the examples of a rule are checked at."""
    later = (Gate.REPORT, Gate.REVISE, Gate.MAP)
    return rule.gate if rule.gate in later else Gate.PUBLISH


def example_context(
    kind: PlanType,
    reference: ReferenceData,
    plan_types: Mapping[str, PlanType],
    changes: Mapping[str, Any],
    given: Mapping[str, Any],
) -> CheckContext:
    """Return the sample of a plan type after *changes*, with what is *given* beside it."""
    sample = parse_text(kind.sample or "").data
    assert isinstance(sample, dict)
    base = {"base": changed(sample, given["base"])} if "base" in given else {}
    data = changed(sample | dict(given) | base, changes)
    beside = {key: read(data.pop(key)) for key, read in _BESIDE.items() if key in data}
    if "base" in data:
        beside["base"] = _plan(data.pop("base"), plan_types)
    file = load_plan_file(source_of(data), plan_types)
    return CheckContext(
        plan=file.plan,
        plan_type=kind,
        investments=file.defined(),
        reference=reference,
        **beside,
    )


def _plan(data: dict[str, Any], plan_types: Mapping[str, PlanType]) -> Plan:
    return load_plan_file(source_of(data), plan_types).plan
