"""A TCP proxy that does to a connection what networks do: cut it, go silent, be late, lose one reply.

proxy = await FaultProxy.start("127.0.0.1", 6379)
proxy.stall()              # what is open now goes silent, both ways; new connections work
proxy.stall(new=True)      # new ones go silent as well
proxy.refuse()             # cut everything and accept nothing
proxy.heal()               # everything goes on; what was held back arrives
proxy.late(b"EVALSHA", seconds=0.3)       # requests that contain it arrive late
lost = proxy.lose_reply(b"XADD")          # the next such request is carried out, its reply is lost
await lost.wait()
"""

import asyncio
import contextlib
from collections.abc import Callable
from urllib.parse import urlsplit, urlunsplit

SIZE = 64 * 1024


class Link:
    """One connection through the proxy."""

    def __init__(self, client: asyncio.StreamWriter, server: asyncio.StreamWriter) -> None:
        self.client, self.server = client, server
        self.open = asyncio.Event()
        self.open.set()
        self.subscriber = False
        self.losing: asyncio.Event | None = None

    def cut(self) -> None:
        for writer in (self.client, self.server):
            writer.transport.abort()


class Wire:
    """What of a link a fault concerns: by default all of them."""

    @staticmethod
    def every(link: Link) -> bool:
        return True

    @staticmethod
    def subscriber(link: Link) -> bool:
        """Only pub/sub connections."""
        return link.subscriber

    @staticmethod
    def commands(link: Link) -> bool:
        """All but pub/sub connections."""
        return not link.subscriber


Which = Callable[[Link], bool]


class FaultProxy:
    """Made by `start`; `url_of` turns an address of the server into one that leads through here."""

    def __init__(self, host: str, port: int) -> None:
        self._host, self._port = host, port
        self._links: set[Link] = set()
        self._pumps: set[asyncio.Task[None]] = set()
        self._stall_new = False
        self._refusing = False
        self._late: dict[bytes, float] = {}
        self._lost: tuple[bytes, asyncio.Event] | None = None
        self._frozen: tuple[bytes, Which, asyncio.Event] | None = None
        self._watched: list[tuple[bytes, asyncio.Event]] = []
        self._server: asyncio.Server | None = None

    @classmethod
    async def start(cls, url: str) -> "FaultProxy":
        """A proxy before the server that `url` names."""
        parts = urlsplit(url)
        assert parts.hostname
        assert parts.port
        proxy = cls(parts.hostname, parts.port)
        proxy._server = await asyncio.start_server(proxy._accept, "127.0.0.1", 0)
        return proxy

    @property
    def port(self) -> int:
        assert self._server is not None
        return int(self._server.sockets[0].getsockname()[1])

    def url_of(self, url: str) -> str:
        parts = urlsplit(url)
        login, _, _ = parts.netloc.rpartition("@")
        return urlunsplit(
            parts._replace(netloc=f"{login}@127.0.0.1:{self.port}" if login else f"127.0.0.1:{self.port}")
        )

    @property
    def links(self) -> int:
        """Open connections."""
        return len(self._links)

    # Faults

    def stall(self, which: Which = Wire.every, *, new: bool = False) -> None:
        """Go silent without closing: nothing passes in either direction until `heal`."""
        self._stall_new = self._stall_new or new
        for link in self._links:
            if which(link):
                link.open.clear()

    def cut(self, which: Which = Wire.every) -> None:
        """Reset what is open now."""
        for link in list(self._links):
            if which(link):
                link.cut()

    def refuse(self) -> None:
        """Reset what is open and whatever comes, until `heal`."""
        self._refusing = True
        self.cut()

    def heal(self) -> None:
        """Everything works again; what was held back arrives."""
        self._refusing = self._stall_new = False
        self._late.clear()
        self._lost = self._frozen = None
        for link in self._links:
            link.open.set()

    def late(self, marker: bytes, *, seconds: float) -> None:
        """Requests that contain `marker` reach the server `seconds` late, with everything behind them."""
        self._late[marker] = seconds

    def lose_reply(self, marker: bytes) -> asyncio.Event:
        """The next request with `marker` is carried out, but its reply is lost and the connection cut.
        Returns what is set when that has happened."""
        happened = asyncio.Event()
        self._lost = (marker, happened)
        return happened

    def freeze_at(self, marker: bytes, which: Which = Wire.every) -> asyncio.Event:
        """The next reply with `marker` is held back, and its connection is silent until `heal`.
        Returns what is set when that has happened."""
        happened = asyncio.Event()
        self._frozen = (marker, which, happened)
        return happened

    def asked(self, marker: bytes) -> asyncio.Event:
        """What is set when a client has sent `marker`, whether it was passed on or held."""
        seen = asyncio.Event()
        self._watched.append((marker, seen))
        return seen

    async def close(self) -> None:
        assert self._server is not None
        self._server.close()
        self.cut()
        for pump in self._pumps:
            pump.cancel()
        if self._pumps:
            await asyncio.wait(self._pumps)
        await self._server.wait_closed()

    # Carrying

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if self._refusing:
            writer.transport.abort()
            return
        try:
            from_server, to_server = await asyncio.open_connection(self._host, self._port)
        except OSError:
            writer.transport.abort()
            return
        link = Link(writer, to_server)
        if self._stall_new:
            link.open.clear()
        self._links.add(link)
        up = asyncio.create_task(self._carry_up(link, reader))
        down = asyncio.create_task(self._carry_down(link, from_server))
        self._pumps |= {up, down}
        try:
            await asyncio.wait({up, down}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            self._links.discard(link)
            link.cut()
            link.open.set()
            await asyncio.wait({up, down})
            self._pumps -= {up, down}

    async def _carry_up(self, link: Link, client: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while data := await client.read(SIZE):
                link.subscriber = link.subscriber or b"SUBSCRIBE" in data
                for marker, seen in self._watched:
                    if marker in data:
                        seen.set()
                await link.open.wait()
                if self._lost is not None and self._lost[0] in data:
                    link.losing, self._lost = self._lost[1], None
                await asyncio.sleep(
                    max((late for marker, late in self._late.items() if marker in data), default=0)
                )
                link.server.write(data)
                await link.server.drain()

    async def _carry_down(self, link: Link, server: asyncio.StreamReader) -> None:
        with contextlib.suppress(OSError):
            while data := await server.read(SIZE):
                await link.open.wait()
                if link.losing is not None:
                    link.losing.set()
                    return  # and the link is cut
                if self._frozen is not None and self._frozen[0] in data and self._frozen[1](link):
                    self._frozen[2].set()
                    self._frozen = None
                    link.open.clear()
                    await link.open.wait()
                link.client.write(data)
                await link.client.drain()
