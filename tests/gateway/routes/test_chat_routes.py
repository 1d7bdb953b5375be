"""The route on a server that knows nothing but ASGI: no extension, a scope and two callables."""

import asyncio
from typing import Any
from uuid import uuid4

import msgspec
import pytest
from litestar import Litestar

from gateway.managers import connection
from gateway.routes.chat_routes import chat_route
from gateway.session.admission import Admission
from tests.gateway.session.doubles import gateway

pytestmark = pytest.mark.filterwarnings("ignore::litestar.exceptions.LitestarDeprecationWarning")


class Server:
    """One socket as a plain ASGI server drives it. While `reads` is clear, a send does not come back."""

    def __init__(self, path: str, *, headers: dict[str, str] | None = None) -> None:
        self.sent: list[dict[str, Any]] = []
        self.reads = asyncio.Event()
        self.reads.set()
        self.heard = asyncio.Event()
        self._events: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._events.put_nowait({"type": "websocket.connect"})
        encoded = [(name.encode(), value.encode()) for name, value in (headers or {}).items()]
        self.scope: dict[str, Any] = {
            "type": "websocket", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1",
            "scheme": "ws", "path": path, "raw_path": path.encode(), "query_string": b"token=alice", "root_path": "",
            "headers": encoded, "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2), "subprotocols": [],
        }  # fmt: skip

    def say(self, **frame: object) -> None:
        self._events.put_nowait({"type": "websocket.receive", "text": msgspec.json.encode(frame).decode()})

    async def send(self, message: Any) -> None:
        await self.reads.wait()
        self.sent.append(message)
        self.heard.set()

    async def receive(self) -> Any:
        return await self._events.get()

    async def serve(self, origins: frozenset[str] = frozenset()) -> None:
        parts = gateway()
        admission = Admission(origins=origins, most=5, most_per_address=5, metrics=parts.metrics)
        app: Any = Litestar([chat_route(admission, parts.services)], openapi_config=None, logging_config=None)
        async with asyncio.timeout(10):
            await app(self.scope, self.receive, self.send)


async def test_a_socket_is_served_and_one_that_reads_nothing_is_left_to_the_server(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connection, "SEND_TIMEOUT", 0.05)
    server = Server(f"/ws/chat/{uuid4()}")
    serving = asyncio.create_task(server.serve())
    server.say(type="ping", t=1)
    async with asyncio.timeout(5):
        while not any("pong" in message.get("text", "") for message in server.sent):
            server.heard.clear()
            await server.heard.wait()
    server.reads.clear()
    server.say(type="ping", t=2)
    await serving
    assert [message["type"] for message in server.sent] == ["websocket.accept", "websocket.send"]


@pytest.mark.parametrize(
    ("path", "headers"),
    [("/ws/chat/nonsense", {}), (f"/ws/chat/{uuid4()}", {"origin": "https://evil.example"})],
)
async def test_who_may_not_come_in_is_refused_before_accept(path: str, headers: dict[str, str]) -> None:
    server = Server(path, headers=headers)
    await server.serve()
    assert [message["type"] for message in server.sent] == ["websocket.close"]
