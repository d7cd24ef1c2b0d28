"""What a client reads of an error, and what the operator does.

Refusals stay readable and get a code; faults of the server become one neutral text,
and their exception goes to the log. `QuietSchema` does both for every transport.
"""

from __future__ import annotations

import logging
import re
from collections.abc import AsyncGenerator, Iterable, Iterator
from itertools import islice
from typing import Any, cast

from attrs import frozen
from graphql import (
    FieldNode,
    GraphQLError,
    GraphQLSyntaxError,
    VariableDefinitionNode,
)
from strawberry import Schema
from strawberry.types import ExecutionContext, ExecutionResult
from strawberry.types.execution import PreExecutionError

from ..core.errors import ErrorCode, PlanError, Problem

LOGGER = logging.getLogger("clusterplan.api")

_STATUS = {
    ErrorCode.UNAUTHENTICATED: 401,
    ErrorCode.FORBIDDEN: 403,
    ErrorCode.NOT_FOUND: 404,
    ErrorCode.INTERNAL: 500,
    ErrorCode.UNAVAILABLE: 503,
}
_FAULTS = frozenset({ErrorCode.INTERNAL.value, ErrorCode.UNAVAILABLE.value})
_SUGGESTION = re.compile(r"\s*Did you mean [^?]*\?")
_SCALAR_ERROR = re.compile(r", but encountered error .*(?=; found)", re.DOTALL)


@frozen(kw_only=True)
class Masking:
    """How much of an error a client sees.

    Attributes:
        errors: How many errors an answer lists.
        characters: How long one message may be.
        suggestions: Whether messages may name what the schema has ("Did you mean").
    """

    errors: int = 20
    characters: int = 300
    suggestions: bool = True

    def present(self, errors: Iterable[GraphQLError]) -> list[GraphQLError]:
        """Return *errors* as a client may read them; the originals stay as they are."""
        shown = (
            GraphQLError(
                self.shorten(message),
                nodes=error.nodes,
                source=error.source,
                positions=error.positions,
                path=error.path,
                extensions=facts,
            )
            for error in errors
            for message, facts in _readings(error)
        )
        return list(islice(shown, self.errors))

    def shorten(self, message: str) -> str:
        """Return *message* without what it should not say, and not too long."""
        if not self.suggestions:
            message = _SUGGESTION.sub("", message)
        if len(message) > self.characters:
            message = message[: self.characters - 1] + "…"
        return message


class QuietSchema(Schema):
    """A schema whose errors can be shown to anybody."""

    def __init__(
        self, query: type, *, masking: Masking | None = None, **options: Any
    ) -> None:
        super().__init__(query, **options)
        self.masking = masking or Masking()

    async def execute(self, *args: Any, **options: Any) -> ExecutionResult:
        """Run one operation; the errors of the result are fit to be shown."""
        return self._presented(await super().execute(*args, **options))

    def execute_sync(self, *args: Any, **options: Any) -> ExecutionResult:
        """Run one operation; the errors of the result are fit to be shown."""
        return self._presented(super().execute_sync(*args, **options))

    async def stream(
        self, *args: Any, **options: Any
    ) -> AsyncGenerator[PreExecutionError | ExecutionResult, None]:
        """Run an operation that may have many results, each fit to be shown."""
        results = await super().stream(*args, **options)
        return self._presented_stream(
            cast("AsyncGenerator[PreExecutionError | ExecutionResult, None]", results)
        )

    def process_errors(
        self,
        errors: list[GraphQLError],
        execution_context: ExecutionContext | None = None,  # noqa: ARG002
    ) -> None:
        """Log faults of the server with their traceback, and refusals in a line."""
        for error in islice(errors, self.masking.errors):
            report(error)
        if len(errors) > self.masking.errors:
            LOGGER.warning("%d more errors", len(errors) - self.masking.errors)

    def _presented(self, result: ExecutionResult) -> ExecutionResult:
        if result.errors:
            result.errors = self.masking.present(result.errors)
        return result

    async def _presented_stream(
        self, results: AsyncGenerator[PreExecutionError | ExecutionResult, None]
    ) -> AsyncGenerator[PreExecutionError | ExecutionResult, None]:
        try:
            async for result in results:
                yield self._presented(result)
        except Exception as error:  # noqa: BLE001 - a hook failed: answer, do not hang
            refused = error if isinstance(error, GraphQLError) else unforeseen(error)
            self.process_errors([refused])
            yield self._presented(PreExecutionError(data=None, errors=[refused]))
        finally:
            await results.aclose()


def report(error: GraphQLError) -> None:
    """Log *error*: with its traceback if the server is at fault, else in a line."""
    cause = _cause(error)
    for _, facts in _readings(error):
        if facts["code"] in _FAULTS:
            LOGGER.error("%s at %s", facts["reason"], error.path, exc_info=cause)
            return
        LOGGER.info("%s %s", facts["code"], facts.get("reason", ""))


def unforeseen(error: Exception) -> GraphQLError:
    """Return *error* as an error of GraphQL that is nobody's but the server's."""
    return GraphQLError(str(error), original_error=error)


def internal() -> Problem:
    """Return all that a client is told of a fault of the server."""
    return Problem(
        code=ErrorCode.INTERNAL,
        reason="INTERNAL_ERROR",
        message_en="The server failed to answer this. The request need not be at"
        " fault: try again later, or tell the operator.",
        message_ja="サーバー側の問題により処理できませんでした。"
        "時間をおいて再度お試しいただくか、運用担当者にお知らせください。",
    )


def facts_of(problem: Problem) -> dict[str, Any]:
    """Return the `extensions` of an error that stands for *problem*."""
    facts = {
        "code": problem.code.value,
        "reason": problem.reason,
        "messageJa": problem.message_ja,
        "pointer": problem.pointer or None,
        "line": problem.line,
        "column": problem.column,
        "hint": problem.hint,
        "ruleId": problem.rule_id,
        "currentVersion": problem.current_version,
    }
    return {key: value for key, value in facts.items() if value is not None}


def _readings(error: GraphQLError) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield message and extensions for each thing that *error* tells a client."""
    cause = _cause(error)
    if isinstance(cause, PlanError):
        for problem in cause.problems:
            yield problem.message_en, facts_of(problem)
    elif error.extensions and "code" in error.extensions:
        yield error.message, error.extensions
    elif _is_fault(error, cause):
        problem = internal()
        yield problem.message_en, facts_of(problem)
    else:
        yield _own_words(error, cause), _refusal(error)


def _cause(error: GraphQLError) -> Exception:
    """Return the exception that *error* was made of; itself, if of none."""
    cause: Exception = error
    while isinstance(cause, GraphQLError) and cause.original_error is not None:
        cause = cause.original_error
    return cause


def _is_fault(error: GraphQLError, cause: Exception) -> bool:
    """Return whether *error* is the server's, not the client's.

    The client's are found before execution, or in the value of an argument. While
    fields are resolved, errors point at the fields.
    """
    if error.path is None:
        return not isinstance(cause, GraphQLError) and not error.nodes
    return not isinstance(cause, GraphQLError) or all(
        isinstance(node, FieldNode) for node in error.nodes or ()
    )


def _own_words(error: GraphQLError, cause: Exception) -> str:
    """Return the message without the text of an exception of Python."""
    if isinstance(cause, GraphQLError):
        return error.message
    return _SCALAR_ERROR.sub("", error.message)


def _refusal(error: GraphQLError) -> dict[str, Any]:
    if isinstance(error, GraphQLSyntaxError):
        reason = "QUERY_SYNTAX"
        japanese = "クエリの構文に誤りがあります。locations の位置を確かめてください。"
    elif any(isinstance(node, VariableDefinitionNode) for node in error.nodes or ()):
        reason = "VARIABLE_VALUE"
        japanese = "変数の値が型に合いません。message と変数の型を確かめてください。"
    else:
        reason = "QUERY_INVALID"
        japanese = (
            "クエリがスキーマに合いません。"
            "message と locations の位置を確かめてください。"
        )
    return {
        "code": ErrorCode.BAD_USER_INPUT.value,
        "reason": reason,
        "messageJa": japanese,
    }


def http_status(code: ErrorCode) -> int:
    """Return the status of an answer that is nothing but a refusal of this class."""
    return _STATUS.get(code, 400)
