"""Plans and investments as stored text: canonical JSON, hashed as stored.

Canonical text has sorted keys, NFC, ISO dates, exact decimals, and the number of the
form it is written in (`schema`). Older forms are upcast when read, never rewritten.
"""

from __future__ import annotations

import hashlib
import json
import logging
import unicodedata
from collections.abc import Mapping
from typing import Any, TypeVar

import attrs
from attrs import frozen

from ..identifiers import InvestmentId
from ..investments import Investment
from ..plans import Plan, PlanDetails, RawDetails
from ..plantypes import PlanType
from .converter import stored_converter

T = TypeVar("T")
_log = logging.getLogger("clusterplan.documents")

SCHEMA = 1
"""Number of the form of plan and investment documents."""


@frozen
class Codec:
    """Writes and reads the stored text of plans of the known types."""

    plan_types: Mapping[str, PlanType]

    def plan_text(self, plan: Plan) -> str:
        """Return the canonical text of *plan*."""
        data = plan_data(plan)
        forms = {"schema": SCHEMA, "details_schema": self._form(plan)}
        return canonical_json(data | forms)

    def plan(self, text: str) -> Plan:
        """Return the plan of a canonical text.

        Details of a type that is not known any more, of a newer form than its plugin
        knows, or that it cannot read, are kept as they are in `RawDetails`.
        """
        data = json.loads(text)
        del data["schema"]
        form = data.pop("details_schema")
        details = data.pop("details", None)
        plan = stored_converter().structure(data, Plan)
        return attrs.evolve(plan, details=self._details(plan.plan_type, form, details))

    def _form(self, plan: Plan) -> int:
        if isinstance(plan.details, RawDetails):
            return plan.details.schema
        kind = self.plan_types.get(plan.plan_type)
        return kind.schema if kind else 1

    def _details(self, key: str, form: int, data: Any) -> PlanDetails | None:
        if data is None:
            return None
        raw = RawDetails(document=data, schema=form)
        kind = self.plan_types.get(key)
        if kind is None or kind.details is None or form > kind.schema:
            return raw
        try:
            upcast = dict(data)
            for number in range(form, kind.schema):
                upcast = kind.upcasters[number](upcast)
            return stored_converter().structure(upcast, kind.details)
        except Exception as error:  # noqa: BLE001 - code of a plugin
            _log.warning(
                "plugin %s cannot read stored details of plan type %s, form %s (%s: %s);"
                " raise PlanType.schema and add an upcaster",
                *(kind.plugin, key, form, type(error).__name__, error),
            )
            return raw

    def investment_text(self, investment: Investment) -> str:
        """Return the canonical text of *investment*."""
        data = stored_converter().unstructure(investment)
        return canonical_json(data | {"schema": SCHEMA})

    def investment(self, text: str) -> Investment:
        """Return the investment of a canonical text."""
        data = json.loads(text)
        del data["schema"]
        return stored_converter().structure(data, Investment)


def case_text(document: Any) -> str:
    """Return the canonical text of the document of a case."""
    return canonical_json(stored_converter().unstructure(document) | {"schema": SCHEMA})


def case_document(text: str, cls: type[T]) -> T:
    """Return the document of a case from its canonical text."""
    data = json.loads(text)
    del data["schema"]
    return stored_converter().structure(data, cls)


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return *plan* as plain data, typed details in their place."""
    data: dict[str, Any] = stored_converter().unstructure(
        attrs.evolve(plan, details=None), Plan
    )
    if isinstance(plan.details, RawDetails):
        return data | {"details": dict(plan.details.document)}
    if plan.details is not None:
        data["details"] = stored_converter().unstructure(plan.details)
    return data


def canonical_json(data: object) -> str:
    """Return *data* as JSON text that is the same for the same content.

    Texts are normalized before they are written: afterwards, a mark that follows an
    escape would be joined to its last letter.
    """
    return json.dumps(
        _normalized(data), ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def _normalized(data: object) -> object:
    if isinstance(data, str):
        return unicodedata.normalize("NFC", data)
    if isinstance(data, dict):
        return {_normalized(key): _normalized(value) for key, value in data.items()}
    if isinstance(data, list | tuple):
        return [_normalized(item) for item in data]
    return data


def digest_of(text: str) -> str:
    """Return the SHA-256 of *text* in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def content_digest(digest: str, pins: Mapping[InvestmentId, str]) -> str:
    """Return the digest of a plan's text together with those of its investments."""
    return digest_of(canonical_json([digest, sorted(pins.items())]))
