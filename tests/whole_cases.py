"""One case of each kind that fills every attribute, beside a plan."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from clusterplan.core.actors import Actor
from clusterplan.core.casekinds import CASE_KINDS
from clusterplan.core.cases import Case
from clusterplan.core.documents.cases import load_case
from clusterplan.core.documents.changes import case_data
from clusterplan.core.documents.codec import case_text, digest_of
from clusterplan.core.documents.source import parse_text, source_of
from clusterplan.core.events import NewEvent
from clusterplan.core.identifiers import Key, PartId, PlanId
from clusterplan.core.storage.sql import SqlStore

WHOLE_CASES = Path(__file__).parent / "core/documents/whole_cases.yaml"
NIIGATA = Actor.parse("prefecture:150002")
TOLD_AT = dt.datetime(2026, 11, 20, 3, tzinfo=dt.UTC)


def whole_cases(plan_id: str) -> Iterator[Case]:
    """Yield a public case of each kind, beside a plan."""
    data: Any = parse_text(WHOLE_CASES.read_text(encoding="utf-8")).data
    for key, kind in CASE_KINDS.items():
        document: Any = load_case(source_of(data[key]), kind.document)
        yield kind.case(
            kind=kind.key,
            plan_id=PlanId(plan_id),
            id=PartId(document.id),
            version=1,
            state=kind.lifecycle.states[-1].key,
            public=True,
            owner=NIIGATA,
            on=dt.date(2026, 11, 20),
            recorded_at=TOLD_AT,
            digest=digest_of(case_text(document)),
            document=document,
        )


def save_whole_cases(store: SqlStore, plan_id: str) -> None:
    """Save a case of each kind beside a plan, with its event."""
    with store.write() as unit:
        for case in whole_cases(plan_id):
            unit.save_case(case)
            event = NewEvent(
                kind=Key(f"{case.kind}_saved"),
                aggregate=case.kind,
                aggregate_id=plan_id,
                version=case.version,
                actor=case.owner,
                payload=case_data(case),
            )
            unit.append(event, TOLD_AT)
