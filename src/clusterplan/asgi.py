"""The application for ASGI servers, configured by environment variables.

`uvicorn --factory clusterplan.asgi:create`. Variables: `CLUSTERPLAN_DATABASE` (default
`sqlite:///clusterplan.db`), `CLUSTERPLAN_IDE=1` for GraphiQL, `CLUSTERPLAN_CLOSED=1` to
close introspection, suggestions, GraphiQL and the schema text.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

from starlette.applications import Starlette

from .api.app import create_app
from .api.settings import ApiSettings
from .book import open_book

DEFAULT_DATABASE = "sqlite:///clusterplan.db"


def create(environment: Mapping[str, str] = os.environ) -> Starlette:
    """Open the database and return the application."""
    book = open_book(environment.get("CLUSTERPLAN_DATABASE", DEFAULT_DATABASE))
    settings = ApiSettings(
        ide=environment.get("CLUSTERPLAN_IDE") == "1",
        is_open=environment.get("CLUSTERPLAN_CLOSED") != "1",
    )
    return create_app(book.store, book.domain, book.plugins, settings)
