"""The GraphiQL page: a workbench for queries, served from local files alone."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from .._version import __version__
from . import graphiql_assets

PAGE_DIRECTORY: Final = Path(__file__).parent / "static" / "graphiql_page"
STATIC_URLS: Final[Mapping[str, Path]] = MappingProxyType(
    {
        "/static/graphiql": graphiql_assets.DIRECTORY,
        "/static/graphiql-page": PAGE_DIRECTORY,
    }
)
SECURITY_HEADERS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "Content-Security-Policy": (
            "default-src 'self'; "
            "script-src 'self'; "
            "style-src 'self' 'unsafe-inline'; "
            "img-src 'self' data:; "
            "font-src 'self' data:; "
            "connect-src 'self'; "
            "form-action 'none'; "
            "frame-ancestors 'none'; "
            "base-uri 'none'"
        ),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "no-referrer",
    }
)


class LocalFiles(StaticFiles):
    """Files of a directory that may be filled while the server runs.

    Until then its files are not found. Each answer carries the headers of the page,
    and a browser asks again before it uses a file a second time: all files of a
    wheel bear one date, so their age tells nothing.
    """

    def __init__(self, directory: Path) -> None:
        super().__init__(directory=directory, check_dir=False)

    async def check_config(self) -> None:
        """Accept a directory that is not there yet."""

    async def get_response(
        self, path: str, scope: MutableMapping[str, Any]
    ) -> Response:
        """Answer with the file at *path* and the headers of the page."""
        response = await super().get_response(path, scope)
        response.headers.update(SECURITY_HEADERS)
        response.headers["Cache-Control"] = "no-cache"
        return response


def static_mounts(urls: Mapping[str, Path] = STATIC_URLS) -> tuple[Mount, ...]:
    """Return the routes of the files that the page names, for the application."""
    return tuple(Mount(url, LocalFiles(directory)) for url, directory in urls.items())


def wants_page(request: Request) -> bool:
    """Tell whether *request* is a browser's visit and not a query.

    Only who names `text/html` gets a page; `*/*` is what programs send.
    """
    return (
        request.method in {"GET", "HEAD"}
        and "query" not in request.query_params
        and "text/html" in request.headers.get("accept", "")
    )


def graphiql_response(assets: Path = graphiql_assets.DIRECTORY) -> HTMLResponse:
    """Return the page, or the way to get it where its files were never fetched.

    The latter is a 503: the address is right and nothing is wrong with the request,
    but the server can not serve it until its operator acts. A 200 would tell monitors
    and caches that all is well.

    Args:
        assets: Where the third-party files are expected; looked at on every call, so
            files that arrive later need no restart.
    """
    ready = all((assets / name).is_file() for name in graphiql_assets.file_names())
    template = PAGE_DIRECTORY / ("index.html" if ready else "missing.html")
    return HTMLResponse(
        template.read_text(encoding="utf-8").replace("{version}", __version__),
        status_code=200 if ready else 503,
        headers={**SECURITY_HEADERS, "Cache-Control": "no-store", "Vary": "Accept"},
    )
