"""Texts of plans as the documents that are sent, as far as somebody may read them.

What is withheld from a reader is not told. Who leads the plan gets its mere id, so that
the document can be sent back without taking away what its sender cannot see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import attrs

from ..documents.codec import Codec
from ..documents.writer import plan_file_data
from ..files import PlanFile
from ..identifiers import InvestmentId
from ..investments import Investment
from ..plans import Plan
from ..readers import Reader
from ..revisions import RevisionCase
from .domain import Domain


def readable_file(plan: Plan, told: Iterable[Investment], reader: Reader) -> PlanFile:
    """Return *plan* as a file for *reader*, without a past.

    Args:
        plan: The text of an edition.
        told: The investments that it counts on, whoever reads.
        reader: Who reads.
    """
    seen = {i.id: i for i in reader.visible(told)}
    return _file(plan, seen, seen, reader)


def plan_document(
    plan: Plan, told: Iterable[Investment], reader: Reader
) -> dict[str, Any]:
    """Return *plan* as plain data for *reader*, as a plan file has it."""
    return plan_file_data(readable_file(plan, told, reader), native_days=False)


def revised_texts(revision: RevisionCase) -> tuple[str, ...]:
    """Return the digests of the texts that the document of a revision is made of."""
    if revision.draft is None:
        return ()
    return (revision.draft, *(p.digest for p in revision.investments if p.told))


def revised_document(
    revision: RevisionCase,
    texts: Mapping[str, str],
    told: Iterable[Investment],
    reader: Reader,
    domain: Domain,
) -> dict[str, Any] | None:
    """Return the text that a revision brings into force, as *reader* may see it.

    It defines the investments that the revision defines, and refers to others.

    Args:
        revision: The revision.
        texts: The texts of `revised_texts`, by digest.
        told: The investments that the revised text counts on, whoever reads.
        reader: Who reads.
        domain: The plan types.

    Returns:
        A plan file as plain data; nothing where no text is saved.
    """
    draft = texts.get(revision.draft or "")
    if draft is None:
        return None
    codec = Codec(domain.plan_types)
    seen = {i.id: i for i in reader.visible(told)}
    defined = {
        p.id: codec.investment(texts[p.digest])
        for p in revision.investments
        if p.told and p.id in seen and p.digest in texts
    }
    file = _file(codec.plan(draft), seen, defined, reader)
    return plan_file_data(file, native_days=False)


def _file(
    plan: Plan,
    seen: Mapping[InvestmentId, Investment],
    defined: Mapping[InvestmentId, Investment],
    reader: Reader,
) -> PlanFile:
    leads = reader.actor is not None and plan.is_led_by(reader.actor)
    counted = tuple(id_ for id_ in plan.investments if leads or id_ in seen)
    return PlanFile(
        plan=attrs.evolve(plan, investments=counted),
        investments=tuple(defined[id_] for id_ in counted if id_ in defined),
    )
