"""Downloads of the map: `/exports/{format}`, with the same filters as the map."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from anyio.to_thread import run_sync
from attrs import define
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from ..core.errors import InputError, PlanError, Problem
from ..core.exports import Exporter, UnknownFormatError
from ..core.filters import PlanFilter
from ..core.readers import Reader
from ..core.services.calendars import calendar
from ..core.services.domain import Domain
from ..core.services.drawing import draw, public_view
from ..core.services.following import due_list
from ..core.store import ReadUnit, Store, View
from ..plugins.host import Plugins
from .context import Reads
from .endpoint import read_token
from .masking import facts_of, http_status

_MOMENTS = ("asOf", "knownAt")


@define
class Exports:
    """Answers `/exports/{format}`."""

    _store: Store
    _domain: Domain
    _plugins: Plugins

    async def __call__(self, request: Request) -> Response:
        """Answer one download; an unchanged one with 304."""
        reads = Reads(self._store)
        try:
            return await self._download(request, reads)
        except PlanError as error:
            return _refusal(error)
        finally:
            await reads.close()

    async def _download(self, request: Request, reads: Reads) -> Response:
        exporter = self._exporter(request.path_params["format"])
        await read_token(request, reads, self._domain)
        view = _public_view(request, self._domain)
        tag = await reads.ask(lambda unit: _tag(exporter.key, view, unit))
        headers = _headers(tag)
        if _is_known(tag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        drawn = await reads.ask(lambda unit: draw(view, unit, self._domain))
        pieces = await run_sync(self._plugins.write, exporter.key, drawn)
        name = f"clusterplan-{view.moment.as_of}{exporter.suffix}"
        headers["content-disposition"] = f'attachment; filename="{name}"'
        return StreamingResponse(
            (piece.encode() for piece in pieces),
            media_type=f"{exporter.media_type}; charset=utf-8",
            headers=headers,
        )

    def _exporter(self, key: str) -> Exporter:
        exporter = self._plugins.exporters.get(key)
        if exporter is None:
            raise UnknownFormatError(key, self._plugins.exporters)
        return exporter


@define
class Calendar:
    """Answers `/calendar.ics`: when reports are due, for calendars of offices."""

    _store: Store
    _domain: Domain

    async def __call__(self, request: Request) -> Response:
        """Answer with the calendar; an unchanged one with 304."""
        reads = Reads(self._store)
        try:
            return await self._calendar(request, reads)
        except PlanError as error:
            return _refusal(error)
        finally:
            await reads.close()

    async def _calendar(self, request: Request, reads: Reads) -> Response:
        reader = await read_token(request, reads, self._domain)
        view = _own_view(request, reader, self._domain)
        tag = await reads.ask(lambda unit: _tag("ics", view, unit))
        headers = _headers(tag)
        if _is_known(tag, request.headers.get("if-none-match", "")):
            return Response(status_code=304, headers=headers)
        dues = await reads.ask(
            lambda unit: due_list(view, unit, self._domain, reader=reader)
        )
        return Response(
            calendar(dues, self._domain.clock()),
            media_type="text/calendar; charset=utf-8",
            headers=headers,
        )


def _public_view(request: Request, domain: Domain) -> View:
    return public_view(_filter(request), domain, **_asked_moment(request))


def _own_view(request: Request, reader: Reader, domain: Domain) -> View:
    return domain.view(reader, _filter(request), **_asked_moment(request))


def _filter(request: Request) -> PlanFilter:
    pairs = request.query_params.multi_items()
    return PlanFilter.parse([(k, v) for k, v in pairs if k not in _MOMENTS])


def _asked_moment(request: Request) -> dict[str, Any]:
    given = request.query_params
    return {
        "as_of": _day(given.get("asOf")),
        "known_at": _moment(given.get("knownAt")),
    }


def _headers(tag: str) -> dict[str, str]:
    return {
        "etag": tag,
        "cache-control": "no-cache",
        "vary": "authorization",
        "x-content-type-options": "nosniff",
    }


def _tag(key: str, view: View, unit: ReadUnit) -> str:
    text = f"{key} {view!r} {unit.revision()}"
    return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:32]}"'


def _is_known(tag: str, header: str) -> bool:
    """Tell whether a client has what *tag* stands for, by its `If-None-Match`."""
    known = {each.strip().removeprefix("W/") for each in header.split(",")}
    return "*" in known or tag.removeprefix("W/") in known


def _day(text: str | None) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text) if text else None
    except ValueError:
        raise _bad_moment("asOf", "2027-03-31") from None


def _moment(text: str | None) -> dt.datetime | None:
    try:
        return dt.datetime.fromisoformat(text) if text else None
    except ValueError:
        raise _bad_moment("knownAt", "2027-03-31T09:00:00+09:00") from None


def _bad_moment(key: str, example: str) -> InputError:
    return InputError(
        Problem(
            reason="NOT_A_DATE",
            message_ja=f"{key} は日付で指定します（例：{example}）",
            message_en=f"{key} is a date, such as {example}",
            path=(key,),
            hint=example,
        )
    )


def _refusal(error: PlanError) -> Response:
    status = http_status(error.problems[0].code)
    body = [{"message": p.message_en, **facts_of(p)} for p in error.problems]
    return JSONResponse({"errors": body}, status_code=status)
