"""Requests that never become an operation: why, with which status, and when to stop."""

from __future__ import annotations

from collections.abc import Mapping

import anyio
from starlette.types import Message, Receive

from ..core.errors import ErrorCode, Problem


class RequestRefusedError(Exception):
    """The request is refused before GraphQL sees it.

    Attributes:
        status: Status of the HTTP response.
        problems: What is wrong with the request.
        headers: Headers that the status asks for.
    """

    def __init__(
        self, status: int, *problems: Problem, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, *problems)
        self.status = status
        self.problems = problems
        self.headers = headers or {}


def bounded(receive: Receive, *, size: int, seconds: float) -> Receive:
    """Return *receive* with an end to patience while a body comes in.

    Args:
        receive: The channel of an ASGI request.
        size: How many bytes the body may have, whatever its headers claim.
        seconds: How long it may take from now until the last of them.

    Raises:
        RequestRefusedError: By the returned channel, when either is exceeded.
    """
    deadline = anyio.current_time() + seconds
    received = 0
    complete = False

    async def receive_bounded() -> Message:
        nonlocal received, complete
        if complete:
            return await receive()
        try:
            with anyio.fail_after(max(0, deadline - anyio.current_time())):
                message = await receive()
        except TimeoutError:
            raise _too_slow(seconds) from None
        received += len(message.get("body", b""))
        complete = not message.get("more_body", False)
        if received > size:
            raise body_too_large(size)
        return message

    return receive_bounded


def method(name: str) -> RequestRefusedError:
    """Return the refusal of a method other than GET and POST."""
    return RequestRefusedError(
        405,
        Problem(
            reason="METHOD_NOT_ALLOWED",
            message_en=f"{name} is not allowed here. Use POST, or GET for a query.",
            message_ja=f"{name}は使えません。POSTを使うか、"
            "読み取りだけならGETを使ってください。",
        ),
        headers={"allow": "GET, POST"},
    )


def mutation_by_get() -> RequestRefusedError:
    """Return the refusal of a mutation that came by GET."""
    return RequestRefusedError(
        405,
        Problem(
            reason="MUTATION_BY_GET",
            message_en="A mutation cannot be sent by GET. Send it by POST.",
            message_ja="変更の操作（mutation）はGETでは送れません。"
            "POSTで送ってください。",
        ),
        headers={"allow": "POST"},
    )


def subscription() -> RequestRefusedError:
    """Return the refusal of a subscription, which has no end to answer with."""
    return RequestRefusedError(
        400,
        Problem(
            reason="SUBSCRIPTION_NOT_HERE",
            message_en="A subscription cannot be answered here. Send a query or a"
            " mutation, or subscribe over a connection that stays open.",
            message_ja="購読（subscription）はここでは使えません。"
            "queryかmutationを送るか、接続を保つ方式で購読してください。",
        ),
    )


def content_type() -> RequestRefusedError:
    """Return the refusal of a body that does not claim to be JSON in UTF-8."""
    return RequestRefusedError(
        415,
        Problem(
            reason="CONTENT_TYPE",
            message_en="Only JSON in UTF-8 is read. Send the header"
            " Content-Type: application/json.",
            message_ja="UTF-8のJSONだけを受け付けます。ヘッダーに"
            "Content-Type: application/json を付けてください。",
        ),
        headers={"accept-post": "application/json"},
    )


def content_encoding() -> RequestRefusedError:
    """Return the refusal of a compressed body."""
    return RequestRefusedError(
        415,
        Problem(
            reason="CONTENT_ENCODING",
            message_en="A compressed body is not read. Send it as it is.",
            message_ja="圧縮した本文は受け付けません。圧縮せずに送ってください。",
        ),
        headers={"accept-encoding": "identity"},
    )


def not_acceptable() -> RequestRefusedError:
    """Return the refusal to answer in a media type other than the two of GraphQL."""
    return RequestRefusedError(
        406,
        Problem(
            reason="NOT_ACCEPTABLE",
            message_en="Answers come as application/graphql-response+json or"
            " application/json. Name one of them in the header Accept.",
            message_ja="応答の形式はapplication/graphql-response+jsonか"
            "application/jsonです。Acceptヘッダーにどちらかを指定してください。",
        ),
    )


def body_too_large(size: int) -> RequestRefusedError:
    """Return the refusal of a body of more than *size* bytes."""
    return RequestRefusedError(
        413,
        Problem(
            code=ErrorCode.LIMIT_EXCEEDED,
            reason="BODY_TOO_LARGE",
            message_en=f"The body has more than {size} bytes. Send less at once.",
            message_ja=f"本文が上限の{size}バイトを超えています。"
            "分けて送ってください。",
        ),
        headers={"connection": "close"},
    )


def not_an_object() -> RequestRefusedError:
    """Return the refusal of a body that is JSON but no object."""
    return RequestRefusedError(
        400,
        Problem(
            reason="BODY_NOT_AN_OBJECT",
            message_en='The body must be one JSON object with a member "query".'
            " Send operations one by one.",
            message_ja="本文はqueryを持つ1つのJSONオブジェクトにしてください。"
            "複数の操作は1つずつ送ってください。",
        ),
    )


def parameter(name: str) -> RequestRefusedError:
    """Return the refusal of a parameter that is missing or of the wrong type."""
    english, japanese = {
        "query": ("a string that is not empty", "空でない文字列"),
        "variables": ("an object or null", "オブジェクトかnull"),
        "extensions": ("an object or null", "オブジェクトかnull"),
        "operationName": ("a string or null", "文字列かnull"),
    }[name]
    return RequestRefusedError(
        400,
        Problem(
            reason="BAD_PARAMETER",
            path=(name,),
            message_en=f'"{name}" must be {english}.',
            message_ja=f"{name}には{japanese}を指定してください。",
        ),
    )


def unknown_operation(name: str | None) -> Problem:
    """Return what is wrong when the document lacks the operation that is to run."""
    return Problem(
        reason="UNKNOWN_OPERATION",
        message_en="The document holds no operation."
        if name is None
        else f'The document holds no operation named "{name}".',
        message_ja="クエリに操作が含まれていません。"
        if name is None
        else f"クエリに「{name}」という名前の操作がありません。",
    )


def _too_slow(seconds: float) -> RequestRefusedError:
    return RequestRefusedError(
        408,
        Problem(
            code=ErrorCode.LIMIT_EXCEEDED,
            reason="BODY_TOO_SLOW",
            message_en=f"The body did not arrive within {seconds:g} seconds."
            " Send the request again.",
            message_ja=f"本文が{seconds:g}秒以内に届きませんでした。"
            "もう一度送ってください。",
        ),
        headers={"connection": "close"},
    )
