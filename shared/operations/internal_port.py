"""`/metrics`, `/healthz` and `/readyz` on an address of their own, which no user reaches.

It answers from a thread, with the standard library's server: a worker has no web framework, and an event loop that is
stuck must be seen as such from outside, which it could not say itself.
"""

import asyncio
import errno
import json
import socket
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from concurrent.futures import TimeoutError as NoAnswerInTimeError
from contextlib import asynccontextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from shared.settings import SettingsError

ANSWER_SECONDS = 5.0
"""How long the event loop may take to say that it lives, and a client to ask."""

Ready = Callable[[], Awaitable[Mapping[str, bool]]]
Answer = tuple[HTTPStatus, str, bytes]


@asynccontextmanager
async def open_internal_port(
    host: str, port: int | None, registry: CollectorRegistry, ready: Ready
) -> AsyncIterator[int | None]:
    """Answer for the block, and say on which port; `port` None is no port at all, 0 a free one.

    `ready` is asked in the caller's event loop. Raises `SettingsError` where it cannot listen.
    """
    if port is None:
        yield None
        return
    loop = asyncio.get_running_loop()
    server = _listen(host, port, _handler(registry, ready, loop))
    thread = threading.Thread(target=server.serve_forever, args=(0.1,), name="internal-port", daemon=True)
    thread.start()
    try:
        yield server.server_port
    finally:
        await asyncio.to_thread(server.shutdown)
        server.server_close()


def _listen(host: str, port: int, handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    kind = type("Server", (_Server,), {"address_family": _Server.family_of(host)})
    try:
        server: ThreadingHTTPServer = kind((host, port), handler)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        hint = "Choose another METRICS_PORT." if taken else "Check METRICS_HOST and METRICS_PORT."
        raise SettingsError(
            f"Cannot listen on {host}:{port} ({error.strerror}) for metrics. {hint}"
        ) from None
    return server


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    @staticmethod
    def family_of(host: str) -> int:
        return socket.AF_INET6 if ":" in host else socket.AF_INET


def _handler(
    registry: CollectorRegistry, ready: Ready, loop: asyncio.AbstractEventLoop
) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = ANSWER_SECONDS
        server_version, sys_version = "tickertalk", ""

        def do_GET(self) -> None:
            status, kind, body = self._answer(self.path.partition("?")[0])
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command != "HEAD":
                self.wfile.write(body)

        do_HEAD = do_GET

        def log_message(self, *_: object) -> None:
            """A probe every few seconds is no news."""

        def _answer(self, path: str) -> Answer:
            try:
                match path:
                    case "/metrics":
                        return HTTPStatus.OK, CONTENT_TYPE_LATEST, generate_latest(registry)
                    case "/healthz":
                        self._ask(_alive)
                        return _json(HTTPStatus.OK, {"status": "ok"})
                    case "/readyz":
                        parts = self._ask(ready)
                        status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
                        return _json(status, dict(parts))
                return _json(HTTPStatus.NOT_FOUND, {"code": "invalid"})
            except NoAnswerInTimeError:
                return _json(HTTPStatus.SERVICE_UNAVAILABLE, {"status": "the event loop does not answer"})

        def _ask(self, question: Ready) -> Mapping[str, bool]:
            async def ask() -> Mapping[str, bool]:
                return await question()

            asked = asyncio.run_coroutine_threadsafe(ask(), loop)
            try:
                return asked.result(ANSWER_SECONDS)
            except NoAnswerInTimeError:
                asked.cancel()
                raise

    return Handler


async def _alive() -> Mapping[str, bool]:
    return {}


def _json(status: HTTPStatus, body: Mapping[str, object]) -> Answer:
    return status, "application/json", json.dumps(body).encode()
