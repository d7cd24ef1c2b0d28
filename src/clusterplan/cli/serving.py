"""`clusterplan serve`: the API and the map page."""

from __future__ import annotations

import os
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from errno import EADDRINUSE

import click

from ..book import Book, open_book
from ..core.errors import ErrorCode, PlanError, Problem
from .printing import Settings, say

_TIMEOUT = 10
_HEADER_BYTES = 32_768


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="Address to listen on."
)
@click.option(
    "--port",
    default=8000,
    show_default=True,
    type=click.IntRange(0, 65535),
    help="Port to listen on; 0 takes a free one.",
)
@click.option(
    "--workers",
    default=1,
    show_default=True,
    type=click.IntRange(1, 64),
    help="Processes that answer.",
)
@click.option("--ide/--no-ide", default=False, help="GraphiQL for browsers.")
@click.option(
    "--closed", is_flag=True, help="No introspection, suggestions or schema text."
)
@click.pass_obj
def serve_command(
    settings: Settings, host: str, port: int, workers: int, ide: bool, closed: bool
) -> int:
    """Serve the API and the map page."""
    os.environ["CLUSTERPLAN_DATABASE"] = settings["database"]
    os.environ["CLUSTERPLAN_IDE"] = "1" if ide else "0"
    os.environ["CLUSTERPLAN_CLOSED"] = "1" if closed else "0"
    open_book(settings["database"]).close()
    with listen(host, port) as listener:
        base = address_of(listener)
        say(
            settings["lang"],
            f"地図 {base}/  API {base}/graphql  止めるには Ctrl+C",
            f"map {base}/  API {base}/graphql  Ctrl+C to stop",
        )
        return run_server(listener, workers=workers)


class CannotListenError(PlanError):
    """The address is taken, or is none of this machine."""

    def __init__(self, host: str, port: int, error: Exception) -> None:
        taken = isinstance(error, OSError) and error.errno == EADDRINUSE
        if taken:
            reason = "PORT_IN_USE"
            ja = f"ポート {port} は使用中です。--port で別の番号を指定してください"
            en = f"port {port} is in use; name another one with --port"
        else:
            reason = "CANNOT_LISTEN"
            ja = f"{host} のポート {port} で待ち受けできません（{error}）"
            en = f"cannot listen on port {port} of {host} ({error})"
        super().__init__(
            Problem(
                code=ErrorCode.UNAVAILABLE, reason=reason, message_ja=ja, message_en=en
            )
        )


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on *port* of *host*, 0 for a free one.

    Raises:
        CannotListenError: The port is taken, or the host is none of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except (OSError, UnicodeError) as error:
        raise CannotListenError(host, port, error) from error


def address_of(listener: socket.socket) -> str:
    """Return the URL that *listener* answers at."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def run_server(
    listener: socket.socket, *, workers: int = 1, book: Book | None = None
) -> int:
    """Run uvicorn until it is stopped; on *book*, or as the environment says.

    Returns:
        The exit status: 0 after a signal to stop, 1 where it did not start.
    """
    import uvicorn  # noqa: PLC0415
    from uvicorn.supervisors import Multiprocess  # noqa: PLC0415

    from ..api.app import create_app  # noqa: PLC0415
    from ..api.settings import ApiSettings  # noqa: PLC0415

    app: object = "clusterplan.asgi:create"
    if book is not None:
        app = create_app(book.store, book.domain, book.plugins, ApiSettings(ide=True))
    config = uvicorn.Config(
        app,  # type: ignore[arg-type]
        factory=book is None,
        workers=workers,
        http="h11",
        h11_max_incomplete_event_size=_HEADER_BYTES,
        timeout_keep_alive=_TIMEOUT,
        server_header=False,
        log_level="warning",
    )
    with _stopped_by_signals():
        if workers > 1:
            Multiprocess(config, sockets=[listener]).run()
            return 0
        server = uvicorn.Server(config)
        server.run(sockets=[listener])
        return 0 if server.started else 1
    return 0


@contextmanager
def _stopped_by_signals() -> Iterator[None]:
    """Let SIGTERM end the block quietly, as Ctrl+C does.

    Uvicorn raises the signal that stopped it once more when it is done.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
