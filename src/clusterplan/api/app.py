"""The web application: GraphQL, the map page, downloads, and signs of life."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from functools import cache
from importlib import resources
from pathlib import Path

import xstatic.pkg.leaflet
from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from starlette.routing import Mount, Route

from ..core.errors import PlanError
from ..core.services.domain import Domain
from ..core.store import Store
from ..plugins.host import Plugins
from .endpoint import PlanGraphQL
from .exports import Calendar, Exports
from .graphiql import SECURITY_HEADERS, LocalFiles, static_mounts
from .schema import build_schema, sdl
from .settings import ApiSettings

MAP_DIRECTORY = Path(__file__).parent / "static" / "map"


def create_app(
    store: Store,
    domain: Domain,
    plugins: Plugins,
    settings: ApiSettings | None = None,
) -> Starlette:
    """Make an ASGI application that serves the plans of *store*.

    Args:
        store: Where the plans are; it is not closed by the application.
        domain: Plan types, rules, reference data and clock.
        plugins: Exporters, and what became of each plugin.
        settings: Limits and switches; safe for the public unless told.

    Returns:
        The application. Nothing that it serves needs an outside address.
    """
    settings = settings or ApiSettings()
    schema = build_schema(
        domain.plan_types,
        limits=settings.limits,
        is_open=settings.is_open,
        note=plugins.note_unpublished,
    )
    graphql = PlanGraphQL(
        schema, store=store, domain=domain, plugins=plugins.infos, settings=settings
    )

    @cache
    def text() -> str:
        return sdl(schema)

    async def schema_text(_: Request) -> Response:
        return PlainTextResponse(await run_sync(text))

    html = _map_html(settings)

    async def map_page(_: Request) -> Response:
        return HTMLResponse(html, headers=dict(SECURITY_HEADERS))

    async def ready(_: Request) -> Response:
        try:
            revision = await run_sync(_revision, store)
        except PlanError as error:
            reason = error.problems[0].reason
            return JSONResponse({"status": "unavailable", "reason": reason}, 503)
        return JSONResponse({"status": "ok", "revision": revision})

    routes: list[Route | Mount] = [
        Route("/", map_page),
        Route("/graphql", graphql, methods=None),
        Route("/exports/{format}", Exports(store, domain, plugins).__call__),
        Route("/calendar.ics", Calendar(store, domain).__call__),
        Route("/healthz", _alive),
        Route("/readyz", ready),
        Route("/static/boundaries.topojson", _boundaries),
        Mount("/static/map", LocalFiles(MAP_DIRECTORY)),
        Mount("/static/leaflet", LocalFiles(Path(xstatic.pkg.leaflet.BASE_DIR))),
    ]
    if settings.is_open:
        routes.append(Route("/schema.graphql", schema_text))
    if settings.ide and settings.is_open:
        routes.extend(static_mounts())
    return Starlette(routes=routes, lifespan=_lifespan)


@asynccontextmanager
async def _lifespan(_: Starlette) -> AsyncIterator[Mapping[str, object]]:
    yield {}


def _revision(store: Store) -> int:
    with store.read() as unit:
        return unit.revision()


def _map_html(settings: ApiSettings) -> str:
    """Return the map page without links to what is switched off."""
    html = (MAP_DIRECTORY / "index.html").read_text(encoding="utf-8")
    missing = set()
    if not settings.is_open:
        missing.add("schema")
    if not (settings.ide and settings.is_open):
        missing.add("ide")
    for need in missing:
        html = re.sub(rf'\n *<a [^>]*data-needs="{need}"[^>]*>.*?</a>', "", html)
    return html


async def _alive(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


async def _boundaries(_: Request) -> Response:
    file = resources.files("clusterplan.reference") / "municipalities.topojson"
    return FileResponse(
        Path(str(file)),
        media_type="application/json",
        headers={"cache-control": "public, max-age=86400", **SECURITY_HEADERS},
    )
