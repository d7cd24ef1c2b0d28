"""A body comes in whole, in time and no larger than allowed, or not at all."""

from __future__ import annotations

import asyncio
from typing import Any

import anyio
import pytest
import strawberry
from starlette.types import Message

from clusterplan.api.limits import Limits
from clusterplan.api.masking import QuietSchema
from clusterplan.api.refused import RequestRefusedError, bounded
from clusterplan.api.transport import HardenedGraphQL


@strawberry.type
class Query:
    """Hardly anything to read."""

    word: str = "言葉"


class Wire:
    """What a client sends, chunk by chunk, and what it gets."""

    def __init__(self, *messages: Message, pause: float = 60) -> None:
        self.messages = list(messages)
        self.pause = pause
        self.sent: list[Message] = []

    async def receive(self) -> Message:
        """Return the next message, or the client's farewell after a pause."""
        if not self.messages:
            await asyncio.sleep(self.pause)
            return {"type": "http.disconnect"}
        return self.messages.pop(0)

    async def send(self, message: Message) -> None:
        """Keep *message*."""
        self.sent.append(message)


def chunk(body: bytes, *, more: bool = True) -> Message:
    """Return a message with a part of a body."""
    return {"type": "http.request", "body": body, "more_body": more}


def post(wire: Wire, seconds: float = 0.2) -> list[Message]:
    """Return what the endpoint sends to *wire*."""
    endpoint: HardenedGraphQL[Any, Any] = HardenedGraphQL(
        QuietSchema(Query), limits=Limits(body_seconds=seconds)
    )
    scope = {
        "type": "http",
        "method": "POST",
        "path": "/graphql",
        "query_string": b"",
        "headers": [(b"content-type", b"application/json")],
    }
    asyncio.run(endpoint(scope, wire.receive, wire.send))
    return wire.sent


def test_a_body_that_does_not_arrive_is_given_up() -> None:
    """A slow client holds a connection for no longer than the limit."""
    start, body = post(Wire(chunk(b'{"query"')))
    assert start["status"] == 408
    assert (b"connection", b"close") in start["headers"]
    assert b"BODY_TOO_SLOW" in body["body"]


def test_a_body_that_drips_is_given_up() -> None:
    """The time is that of the whole body, not of each part."""

    class Drip(Wire):
        async def receive(self) -> Message:
            await asyncio.sleep(0.05)
            return chunk(b" ")

    start, _ = post(Drip())
    assert start["status"] == 408


def test_a_client_that_leaves_is_no_fault(caplog: pytest.LogCaptureFixture) -> None:
    """There is nobody to answer and nothing to log."""
    assert post(Wire(chunk(b'{"query"'), pause=0)) == []
    assert caplog.records == []


def test_a_body_in_parts_is_read() -> None:
    """Parts make a body, whatever their sizes."""
    start, body = post(
        Wire(chunk(b'{"query":'), chunk(b""), chunk(b'"{__typename}"}', more=False))
    )
    assert start["status"] == 200
    assert b"Query" in body["body"]


def test_the_last_byte_that_fits_is_read_and_the_next_is_not() -> None:
    """The parts are added up."""

    async def read(*sizes: int) -> int:
        messages = [chunk(b" " * size) for size in sizes]
        receive = bounded(Wire(*messages).receive, size=10, seconds=5)
        return sum([len((await receive())["body"]) for _ in sizes])

    assert asyncio.run(read(4, 6)) == 10
    with pytest.raises(RequestRefusedError) as refused:
        asyncio.run(read(4, 7))
    assert refused.value.status == 413


def test_the_time_ends_with_the_body() -> None:
    """What comes after it is the client leaving, for which no time is set."""

    async def wait() -> Message:
        wire = Wire(chunk(b"", more=False), pause=0.1)
        receive = bounded(wire.receive, size=10, seconds=0.01)
        await receive()
        with anyio.fail_after(5):
            return await receive()

    assert asyncio.run(wait()) == {"type": "http.disconnect"}
