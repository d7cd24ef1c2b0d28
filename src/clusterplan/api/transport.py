"""GraphQL over HTTP, read strictly and answered as the specification asks.

Where drafts of the specification differ, the audit suite of `graphql-http` decides:
a request error is answered 400 as `application/graphql-response+json`, and 200 as
`application/json`.
"""

from __future__ import annotations

import json
from typing import Any

from cross_web import AsyncHTTPRequestAdapter
from graphql import GraphQLError
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from strawberry.asgi import GraphQL
from strawberry.exceptions import MissingQueryError
from strawberry.http import GraphQLHTTPResponse, GraphQLRequestData
from strawberry.http.base import BaseRequestProtocol
from strawberry.http.typevars import Context, RootValue
from strawberry.schema import BaseSchema
from strawberry.schema.exceptions import (
    CannotGetOperationTypeError,
    InvalidOperationTypeError,
)
from strawberry.types import ExecutionResult
from strawberry.types.execution import PreExecutionError
from strawberry.types.graphql import OperationType

from ..core.errors import ErrorCode, PlanError, Problem
from . import refused
from .limits import Limits
from .masking import (
    Masking,
    facts_of,
    http_status,
    internal,
    report,
    unforeseen,
)
from .negotiation import GRAPHQL_JSON, JSON, is_json, preferred
from .refused import RequestRefusedError, bounded
from .strict_json import MalformedJsonError, loads

_CODES = {code.value for code in ErrorCode}


class HardenedGraphQL(GraphQL[Context, RootValue]):
    """The endpoint: answers GET for queries and POST for all, and refuses the rest.

    An application overrides `get_context`; a page for browsers is its own affair.

    Args:
        schema: What is served; a `QuietSchema`, so that errors can be shown.
        limits: Length and time that a body may take, and how errors are cut.
        options: What else `strawberry.asgi.GraphQL` takes.
    """

    def __init__(
        self,
        schema: BaseSchema,
        *,
        limits: Limits | None = None,
        **options: Any,
    ) -> None:
        options.setdefault("subscription_protocols", ())
        super().__init__(schema, graphql_ide=None, **options)
        self.limits = limits or Limits()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing that a client sends makes this raise."""
        if scope["type"] != "http":
            await super().__call__(scope, receive, send)
            return
        within = bounded(
            receive, size=self.limits.body_bytes, seconds=self.limits.body_seconds
        )
        try:
            response = await self.respond(Request(scope, within))
        except ClientDisconnect:
            return
        response.headers["x-content-type-options"] = "nosniff"
        response.headers.add_vary_header("accept")
        await response(scope, receive, send)

    async def respond(self, request: Request) -> Response:
        """Return the answer to *request*, a refusal or a fault included."""
        try:
            self.check(request)
            return await self.run(request)
        except (ClientDisconnect, HTTPException):
            raise
        except RequestRefusedError as error:
            return self.refusal(request, error)
        except PlanError as error:
            status = http_status(error.problems[0].code)
            return self.refusal(request, RequestRefusedError(status, *error.problems))
        except Exception as error:  # noqa: BLE001 - the last one to answer
            report(unforeseen(error))
            return self.refusal(request, RequestRefusedError(500, internal()))

    def check(self, request: Request) -> None:
        """Refuse what the headers alone show to be wrong."""
        headers = request.headers
        if request.method not in {"GET", "POST"}:
            raise refused.method(request.method)
        self.media_type(request)
        if request.method == "POST":
            if not is_json(headers.get("content-type", "")):
                raise refused.content_type()
            if headers.get("content-encoding", "identity").lower() != "identity":
                raise refused.content_encoding()
            length = headers.get("content-length", "")
            if length.isdecimal() and int(length[:20]) > self.limits.body_bytes:
                raise refused.body_too_large(self.limits.body_bytes)

    def media_type(self, request: Request) -> str:
        """Return the media type to answer in; an endpoint that streams overrides it."""
        chosen = preferred(request.headers.get("accept"))
        if chosen is None:
            raise refused.not_acceptable()
        return chosen

    def should_render_graphql_ide(self, request: BaseRequestProtocol) -> bool:  # noqa: ARG002
        """Return no: a page for browsers is the affair of the application."""
        return False

    async def get_sub_response(self, request: Any) -> Response:
        """Return the response that resolvers may add headers to."""
        response = await super().get_sub_response(request)
        response.media_type = self.media_type(request)
        return response

    def decode_json(self, data: str | bytes) -> object:
        """Decode *data* strictly, for every transport."""
        return loads(data)

    def encode_json(self, data: object) -> str:
        """Encode *data* in one line, with characters as they are."""
        return json.dumps(
            data, ensure_ascii=False, allow_nan=False, separators=(",", ":")
        )

    async def parse_http_body(
        self, request: AsyncHTTPRequestAdapter
    ) -> GraphQLRequestData:
        """Read the parameters of *request*, each of the type it must have."""
        if request.method == "GET":
            parameters: object = self._query_parameters(request)
        else:
            parameters = self._json(await request.get_body())
        if not isinstance(parameters, dict):
            raise refused.not_an_object()
        for name, types in (
            ("query", str),
            ("variables", dict | None),
            ("extensions", dict | None),
            ("operationName", str | None),
        ):
            if not isinstance(parameters.get(name), types):
                raise refused.parameter(name)
        return GraphQLRequestData(
            query=parameters["query"],
            variables=parameters.get("variables"),
            operation_name=parameters.get("operationName"),
            extensions=parameters.get("extensions"),
        )

    def _query_parameters(self, request: AsyncHTTPRequestAdapter) -> dict[str, object]:
        given: dict[str, Any] = {
            name: value for name, value in request.query_params.items() if value
        }
        return {
            name: self._json(value) if name in {"variables", "extensions"} else value
            for name, value in given.items()
        }

    def _json(self, data: str | bytes) -> object:
        try:
            return self.decode_json(data)
        except MalformedJsonError as error:
            raise RequestRefusedError(400, error.problem) from None

    async def execute_single(
        self,
        request: Request,
        request_adapter: AsyncHTTPRequestAdapter,  # noqa: ARG002
        sub_response: Response,  # noqa: ARG002
        context: Context,
        root_value: RootValue | None,
        request_data: GraphQLRequestData,
    ) -> ExecutionResult:
        """Run the operation; by GET a query and nothing else."""
        allowed = {OperationType.QUERY}
        if request.method == "POST":
            allowed.add(OperationType.MUTATION)
        try:
            return await self.schema.execute(
                request_data.query,
                variable_values=request_data.variables,
                context_value=context,
                root_value=root_value,
                operation_name=request_data.operation_name,
                operation_extensions=request_data.extensions,
                allowed_operation_types=allowed,
            )
        except InvalidOperationTypeError as error:
            if error.operation_type is OperationType.MUTATION:
                raise refused.mutation_by_get() from None
            raise refused.subscription() from None
        except MissingQueryError:
            raise refused.parameter("query") from None
        except CannotGetOperationTypeError:
            problem = refused.unknown_operation(request_data.operation_name)
            return PreExecutionError(data=None, errors=self._errors(problem))

    async def process_result(
        self, request: Any, result: ExecutionResult
    ) -> GraphQLHTTPResponse:
        """Return *result* as JSON will have it; a request error has no `data`."""
        response = await super().process_result(request, result)
        errors = result.errors or ()
        if errors and result.data is None and not any(error.path for error in errors):
            del response["data"]
        return response

    def create_response(
        self,
        response_data: GraphQLHTTPResponse | list[GraphQLHTTPResponse],
        sub_response: Response,
    ) -> Response:
        """Return the answer in the media type that was agreed on."""
        response = super().create_response(response_data, sub_response)
        media_type = sub_response.media_type or JSON
        response.headers["content-type"] = f"{media_type}; charset=utf-8"
        failed = "data" not in response_data and not sub_response.status_code
        if failed and media_type == GRAPHQL_JSON:
            response.status_code = _status(response_data)
        return response

    def refusal(self, request: Request, error: RequestRefusedError) -> Response:
        """Return the answer to a request that never became an operation."""
        media_type = preferred(request.headers.get("accept")) or JSON
        errors = self._errors(*error.problems)
        return Response(
            self.encode_json({"errors": [each.formatted for each in errors]}),
            status_code=error.status,
            headers={
                **error.headers,
                "content-type": f"{media_type}; charset=utf-8",
            },
        )

    def _errors(self, *problems: Problem) -> list[GraphQLError]:
        masking = Masking(
            errors=self.limits.errors, characters=self.limits.message_characters
        )
        return masking.present(
            GraphQLError(problem.message_en, extensions=facts_of(problem))
            for problem in problems
        )


def _status(response: Any) -> int:
    """Return the status for a request error, by the code of its first error."""
    code = response["errors"][0].get("extensions", {}).get("code")
    return http_status(ErrorCode(code)) if code in _CODES else 400
