"""The GraphQL endpoint: joins a request with the store, its reader and the loaders."""

from __future__ import annotations

import anyio
from starlette.requests import Request
from starlette.responses import Response
from starlette.websockets import WebSocket

from ..core.errors import ErrorCode, PlanError, Problem
from ..core.readers import ANONYMOUS, Reader
from ..core.services.domain import Domain
from ..core.store import Store
from ..core.tokens import PREFIX, secret_digest
from ..plugins.manifest import PluginInfo
from .context import Context, Loaders, Reads
from .graphiql import graphiql_response, wants_page
from .masking import QuietSchema
from .settings import ApiSettings
from .transport import HardenedGraphQL

_CHECKS_AT_ONCE = 2


class UnauthenticatedError(PlanError):
    """The token is not one that works."""

    def __init__(self) -> None:
        super().__init__(
            Problem(
                code=ErrorCode.UNAUTHENTICATED,
                reason="BAD_TOKEN",
                message_ja="トークンが無効です。Authorization: Bearer cp_... を確かめてください",
                message_en="the token does not work; check Authorization: Bearer cp_...",
            )
        )


class PlanGraphQL(HardenedGraphQL[Context, None]):
    """Serves plans of a store, each request on one consistent look at it."""

    def __init__(
        self,
        schema: QuietSchema,
        *,
        store: Store,
        domain: Domain,
        plugins: tuple[PluginInfo, ...],
        settings: ApiSettings,
    ) -> None:
        super().__init__(schema, limits=settings.limits)
        self._store, self._domain, self._plugins = store, domain, plugins
        self._page = settings.ide and settings.is_open
        self._checks = anyio.Semaphore(_CHECKS_AT_ONCE)

    async def respond(self, request: Request) -> Response:
        """Answer with the page where a browser visits, else with the operation."""
        if self._page and wants_page(request):
            return graphiql_response()
        reads = Reads(self._store)
        request.state.reads = reads
        try:
            response = await super().respond(request)
        finally:
            await reads.close()
        response.headers.add_vary_header("authorization")
        return response

    async def get_context(
        self,
        request: Request | WebSocket,
        response: Response | WebSocket,  # noqa: ARG002
    ) -> Context:
        """Return what resolvers of this request share."""
        reads: Reads = request.state.reads
        reader = await read_token(request, reads, self._domain)
        return Context(
            store=self._store,
            reads=reads,
            reader=reader,
            domain=self._domain,
            plugins=self._plugins,
            loaders=Loaders(reads, reader),
            checks=self._checks,
        )


async def read_token(
    request: Request | WebSocket, reads: Reads, domain: Domain
) -> Reader:
    """Return who sends *request*: nobody in particular where there is no token.

    Raises:
        UnauthenticatedError: If there is a token and it does not work.
    """
    header = request.headers.get("authorization")
    if header is None:
        return ANONYMOUS
    scheme, _, secret = header.partition(" ")
    secret = secret.strip()
    if scheme.lower() != "bearer" or not secret.startswith(PREFIX):
        raise UnauthenticatedError
    token = await reads.ask(lambda unit: unit.token_of(secret_digest(secret)))
    if token is None or not token.is_valid(domain.today()):
        raise UnauthenticatedError
    return Reader(actor=token.actor)
