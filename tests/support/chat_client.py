"""A client for tests that speaks both levels of the wire contract and remembers every frame.

    client = await ChatClient.full(url, session, token=token("alice"))    # hello sent, `ready` received
    turn_id = await client.ask("Why?", context_ticker="KO")
    turn = await client.collect_turn(turn_id)                             # turn.text, turn.ending, turn.frames
    await client.close()

`frames` holds everything received since the connection began, `raw` the same as text. `next_frame` goes on from
where it stopped; `collect_turn` looks at everything, so the order of the two does not matter.
"""

import asyncio
import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import jwt
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

SECRET = "a secret for tests only, 32 bytes or more"

Frame = dict[str, Any]


def token(user: str = "alice", *, secret: str = SECRET, ttl: float = 3600, **claims: object) -> str:
    """An HS256 token of `user`, valid for `ttl` seconds; `claims` come on top."""
    now = int(time.time())
    return jwt.encode({"sub": user, "iat": now, "exp": now + int(ttl), **claims}, secret, algorithm="HS256")


class SocketClosedError(AssertionError):
    """The server closed the socket while a frame was awaited."""


@dataclass(frozen=True)
class Turn:
    """What a client saw of one turn: its frames in order, the last one ends it."""

    turn_id: str
    frames: list[Frame]

    @property
    def ending(self) -> Frame:
        """The `ai_complete`, `ai_error` or (seed level) `error` frame."""
        return self.frames[-1]

    @property
    def chunks(self) -> list[Frame]:
        """The chunks of the last attempt."""
        chunks = [frame for frame in self.frames if frame["type"] == "ai_chunk"]
        return [chunk for chunk in chunks if chunk["attempt"] == chunks[-1]["attempt"]]

    @property
    def text(self) -> str:
        """What a reader has on the screen: the chunks of the last attempt."""
        return "".join(chunk["content"] for chunk in self.chunks)


class ChatClient:
    """One socket. Made by `seed` or `full`."""

    def __init__(self, socket: ClientConnection, session_id: str) -> None:
        self.session_id = session_id
        self.frames: list[Frame] = []
        self.raw: list[str] = []
        self.close_code: int | None = None
        self._socket = socket
        self._read = 0
        self._news = asyncio.Event()  # set, and replaced, whenever something arrives
        self._reader: asyncio.Task[None] | None = None

    @classmethod
    async def seed(
        cls,
        url: str,
        session_id: str | None = None,
        *,
        token: str | None = None,
        context_ticker: str | None = None,
        origin: str | None = None,
        read: bool = True,
    ) -> "ChatClient":
        """Connect by query token and say nothing first. `url` is the gateway's, http or ws.

        With `read=False` nothing is taken from the socket until `start_reading`: a client that does not keep up.
        """
        session_id = session_id or str(uuid4())
        query = {"token": token, "context_ticker": context_ticker}
        given = urlencode({key: value for key, value in query.items() if value is not None})
        address = f"{url.replace('http', 'ws', 1)}/ws/chat/{session_id}" + (f"?{given}" if given else "")
        socket = await connect(
            address,
            additional_headers={"Origin": origin} if origin is not None else None,
            max_size=None,
            max_queue=None if read else 1,
            compression=None,
            proxy=None,
            ping_interval=None,
        )
        client = cls(socket, session_id)
        if read:
            client.start_reading()
        return client

    @classmethod
    async def full(
        cls,
        url: str,
        session_id: str | None = None,
        *,
        token: str,
        resume: Frame | None = None,
        origin: str | None = None,
        timeout: float = 10.0,
    ) -> "ChatClient":
        """Connect, say `hello` and wait for `ready`. `resume` is what another client's `position` said."""
        client = await cls.seed(url, session_id, origin=origin)
        try:
            await client.send("hello", token=token, **({"resume": resume} if resume else {}))
            await client.next_frame("ready", timeout=timeout)
        except BaseException:
            await client.cut()
            raise
        return client

    async def send(self, type: str, **fields: object) -> None:
        """Send one frame."""
        await self.send_raw(json.dumps({"type": type, **fields}, ensure_ascii=False))

    async def send_raw(self, data: str | bytes) -> None:
        """Send a text or a binary message as it is."""
        await self._socket.send(data)

    async def ask(self, content: str, *, turn_id: str | None = None, **fields: object) -> str:
        """Send a question under an own `turn_id`, which is returned."""
        turn_id = turn_id or str(uuid4())
        await self.send("user_message", content=content, turn_id=turn_id, **fields)
        return turn_id

    async def next_frame(self, *types: str, timeout: float = 10.0) -> Frame:
        """The next frame, or the next one of these types; those before it are passed over."""
        found = await self._find(
            lambda frame: not types or frame["type"] in types, self._read, timeout, types
        )
        self._read = found + 1
        return self.frames[found]

    async def collect_turn(self, turn_id: str, *, timeout: float = 20.0) -> Turn:
        """Wait for the end of a turn; all its frames since the connection began."""
        endings = ("ai_complete", "ai_error", "error")
        found = await self._find(
            lambda frame: frame["type"] in endings and frame.get("turn_id") == turn_id, 0, timeout, endings
        )
        return Turn(turn_id, [frame for frame in self.frames[: found + 1] if frame.get("turn_id") == turn_id])

    @property
    def ready(self) -> Frame:
        """The latest `ready` frame."""
        return next(frame for frame in reversed(self.frames) if frame["type"] == "ready")

    @property
    def position(self) -> Frame:
        """`{epoch, seq}` of what was seen last, for `resume`."""
        seen = [frame["seq"] for frame in self.frames if "seq" in frame]
        return {"epoch": self.ready["epoch"], "seq": seen[-1]}

    async def closed(self, *, timeout: float = 10.0) -> int:
        """Wait for the end of the connection; its close code (1006 if it was cut)."""
        async with asyncio.timeout(timeout):
            await self._socket.wait_closed()
        return self._socket.close_code or 1006

    async def close(self) -> None:
        """Leave properly."""
        await self._socket.close()
        if self._reader:
            await self._reader

    async def cut(self) -> None:
        """Leave as a lost network does: no close frame, a reset connection."""
        self._socket.transport.abort()
        await self._socket.wait_closed()
        if self._reader:
            await self._reader

    def start_reading(self) -> None:
        """Take frames from the socket from now on."""
        self._reader = asyncio.create_task(self._receive())

    async def _receive(self) -> None:
        try:
            async for message in self._socket:
                assert isinstance(message, str), "the server sends text frames only"
                self.raw.append(message)
                self.frames.append(json.loads(message))
                self._tell()
        except ConnectionClosed:
            pass  # the code says it
        self.close_code = self._socket.close_code or 1006
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _find(
        self, wanted: Callable[[Frame], bool], start: int, timeout: float, what: tuple[str, ...]
    ) -> int:
        at = start
        try:
            async with asyncio.timeout(timeout):
                while True:
                    while at < len(self.frames):
                        if wanted(self.frames[at]):
                            return at
                        at += 1
                    if self.close_code is not None:
                        raise SocketClosedError(f"closed with {self.close_code}; {self._story(what)}")
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"nothing for {timeout:g} s; {self._story(what)}") from None

    def _story(self, what: tuple[str, ...]) -> str:
        last = "\n  ".join(text[:300] for text in self.raw[-8:]) or "nothing"
        return f"awaited {' or '.join(what) or 'any frame'}. Last of {len(self.raw)} received:\n  {last}"
