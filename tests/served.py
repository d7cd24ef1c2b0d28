"""A store with plans in it, served to a real client."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Mapping
from functools import cached_property
from typing import Any
from unittest.mock import patch

import sqlalchemy as sa
from attrs import field, frozen
from starlette.testclient import TestClient

from clusterplan.api import app
from clusterplan.api.app import create_app
from clusterplan.api.limits import Limits
from clusterplan.api.masking import QuietSchema
from clusterplan.api.schema import build_schema
from clusterplan.api.settings import ApiSettings
from clusterplan.core.actors import Actor
from clusterplan.core.documents.source import parse_text
from clusterplan.core.plantypes import PlanType
from clusterplan.core.services.domain import Domain
from clusterplan.core.services.tokens import CreateToken, create_token
from clusterplan.core.storage.sql import SqlStore
from clusterplan.plugins.host import Plugins
from stores import STRATEGIC, sample_file, save

GRAPHQL_JSON = "application/graphql-response+json"
OPERATOR = "operator:local"
WITHHELD = {
    "id": "INV-W",
    "title": "極秘の増設",
    "owner": {"kind": "prefecture", "code": "430005"},
    "withheld": True,
    "sites": [{"municipality": "434043", "lon": "130.7", "lat": "32.8"}],
    "money": [
        {"sector": "private", "certainty": "planned", "amount": 7_770_000_000_000}
    ],
}


_SCHEMAS: dict[tuple[Any, ...], tuple[Any, QuietSchema]] = {}


def _built_once(
    plan_types: Mapping[str, PlanType],
    *,
    limits: Limits | None = None,
    is_open: bool = True,
    note: Any = None,
) -> QuietSchema:
    """Build the schema of the same plan types and limits once: it takes a second."""
    key = (tuple(map(id, plan_types.values())), limits, is_open)
    if key not in _SCHEMAS:
        made = build_schema(plan_types, limits=limits, is_open=is_open, note=note)
        _SCHEMAS[key] = (plan_types, made)
    return _SCHEMAS[key][1]


@frozen(kw_only=True, slots=False)
class Served:
    """A store, and the application that serves it."""

    store: SqlStore
    domain: Domain
    plugins: Plugins
    settings: ApiSettings = field(factory=ApiSettings)

    @cached_property
    def client(self) -> TestClient:
        """A client of the application; a fault of the server fails the test."""
        with patch.object(app, "build_schema", _built_once):
            served = create_app(self.store, self.domain, self.plugins, self.settings)
        return TestClient(served)

    def add(
        self,
        plan_type: str = STRATEGIC,
        changes: Mapping[str, Any] | None = None,
        *investments: Mapping[str, Any],
    ) -> str:
        """Save the sample of a plan type with *changes* and more *investments*.

        Returns:
            The id of the plan.
        """
        told = self.sample(plan_type)["investments"]
        changes = {"/investments": [*told, *investments]} | dict(changes or {})
        file = sample_file(self.domain.plan_types, plan_type, changes)
        return save(self.store, self.domain, file).standing.plan_id

    def sample(self, plan_type: str) -> dict[str, Any]:
        """Return the sample of a plan type as plain data, numbers as text."""
        text = self.domain.plan_types[plan_type].sample or ""
        data: Any = parse_text(text).data
        return dict(data)

    def token(self, actor: str, *, expires_on: dt.date | None = None) -> str:
        """Return the secret of a new token."""
        command = CreateToken(actor=Actor.parse(actor), expires_on=expires_on)
        return create_token(command, self.store, self.domain, secrets.token_bytes)[1]

    def answer(
        self, query: str, variables: Any = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """Return the whole answer to a query."""
        headers = {"accept": GRAPHQL_JSON}
        if token is not None:
            headers["authorization"] = f"Bearer {token}"
        body = {"query": query, "variables": variables}
        answer: dict[str, Any] = self.client.post(
            "/graphql", json=body, headers=headers
        ).json()
        return answer

    def ask(
        self, query: str, variables: Any = None, *, token: str | None = None
    ) -> dict[str, Any]:
        """Return the data of an answer that has no errors."""
        answer = self.answer(query, variables, token=token)
        assert "errors" not in answer, answer
        data: dict[str, Any] = answer["data"]
        return data

    def refusals(
        self, query: str, variables: Any = None, *, token: str | None = None
    ) -> list[tuple[str, str, str | None]]:
        """Return code, reason and pointer of the errors of an answer.

        Every one of them has a text in Japanese and in English.
        """
        errors = self.answer(query, variables, token=token)["errors"]
        messages = [error["message"].removesuffix("…") for error in errors]
        assert all(message.isascii() for message in messages), messages
        assert not any(error["extensions"]["messageJa"].isascii() for error in errors)
        facts = [error["extensions"] for error in errors]
        return [(f["code"], f["reason"], f.get("pointer")) for f in facts]

    def count_statements(
        self, query: str, variables: Any = None, *, token: str | None = None
    ) -> int:
        """Return how many statements reach the database for a query."""
        statements: list[str] = []

        def remember(*args: Any) -> None:
            statements.append(args[2])

        sa.event.listen(self.store.engine, "before_cursor_execute", remember)
        try:
            self.ask(query, variables, token=token)
        finally:
            sa.event.remove(self.store.engine, "before_cursor_execute", remember)
        return len(statements)
