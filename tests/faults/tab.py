"""A browser tab as the web app behaves, without the screen: it keeps what it was shown, connects again, resumes
from where it was, and sends again what was not acknowledged."""

import asyncio
import contextlib
import random
from collections.abc import Callable, Sequence
from uuid import uuid4

from websockets.exceptions import WebSocketException

from tests.faults.screen import Screen, ShownTurn
from tests.support.chat_client import ChatClient, Frame, SocketClosedError, token

ACK_PATIENCE = 3.0
"""Seconds after which an unacknowledged question is sent again."""
AWAY = (OSError, WebSocketException, SocketClosedError, TimeoutError)


class Tab:
    """One tab of one session. `addresses` says where gateways are now."""

    def __init__(
        self,
        addresses: Callable[[], Sequence[str]],
        *,
        user: str = "alice",
        session_id: str | None = None,
        resends: bool = True,
    ) -> None:
        self.user = user
        self.session_id = session_id or str(uuid4())
        self.screen = Screen()
        self.connections = 0
        self.close_codes: list[int] = []
        self._addresses = addresses
        self._resends = resends
        self._asked: dict[str, Frame] = {}
        self._outbox: dict[str, Frame] = {}  # questions without an ack
        self._client: ChatClient | None = None
        self._news = asyncio.Event()
        self._life: asyncio.Task[None] | None = None
        self._reach = 0
        self._within_reach = asyncio.Event()
        self._within_reach.set()

    def open(self, *, gateway: int = 0) -> None:
        """Begin to connect; the first address tried is number `gateway`."""
        self._reach = gateway
        self._life = asyncio.create_task(self._live())

    @property
    def turns(self) -> dict[str, ShownTurn]:
        """What it shows."""
        return self.screen.turns

    @property
    def connected(self) -> bool:
        """Whether the socket is open and said `ready`."""
        return self._client is not None

    async def ask(self, content: str, *, turn_id: str | None = None, **fields: object) -> str:
        """Send a question, now or when there is a connection."""
        turn_id = turn_id or str(uuid4())
        self._asked[turn_id] = self._outbox[turn_id] = {"content": content, "turn_id": turn_id, **fields}
        self.screen.turn(turn_id)
        await self._send(self._outbox[turn_id])
        return turn_id

    async def cancel(self, turn_id: str | None = None) -> None:
        """Ask for a stop, if there is a connection."""
        if self._client is not None:
            with contextlib.suppress(*AWAY):
                await self._client.send("cancel", **({"turn_id": turn_id} if turn_id else {}))

    async def ended(self, turn_id: str, timeout: float = 20.0) -> ShownTurn:
        """Wait until the turn is over on this screen."""
        shown = self.screen.turn(turn_id)
        await self.until(lambda: shown.ending is not None, timeout, f"an ending of {turn_id}")
        return shown

    async def acked(self, turn_id: str, timeout: float = 10.0) -> ShownTurn:
        """Wait until the turn was acknowledged."""
        shown = self.screen.turn(turn_id)
        await self.until(lambda: bool(shown.acks), timeout, f"an ack of {turn_id}")
        return shown

    async def shows(self, turn_id: str, characters: int, timeout: float = 15.0) -> ShownTurn:
        """Wait until so much of the answer is on the screen."""
        shown = self.screen.turn(turn_id)
        await self.until(lambda: len(shown.text) >= characters, timeout, f"{characters} characters")
        return shown

    async def until(self, reached: Callable[[], bool], timeout: float, what: str) -> None:
        """Wait for something to be seen; `TimeoutError` says what was not."""
        try:
            async with asyncio.timeout(timeout):
                while not reached():
                    await self._news.wait()
        except TimeoutError:
            raise TimeoutError(f"not seen within {timeout:g} s: {what}; {self._story()}") from None

    def _story(self) -> str:
        if self._life is not None and self._life.done() and not self._life.cancelled():
            return f"the tab is dead: {self._life.exception()!r}"
        latest = [
            (turn.turn_id[:8], turn.outcome, turn.attempt, len(turn.text), turn.acks, turn.errors)
            for turn in list(self.turns.values())[-3:]
        ]
        link = "connected" if self.connected else "not connected"
        return (
            f"{link} for the {self.connections}. time, at {self.screen.seq} of {self.screen.epoch}: {latest}"
        )

    async def cut(self) -> None:
        """The network goes away under the socket."""
        if self._client is not None:
            await self._client.cut()

    async def offline(self) -> None:
        """Cut, and do not come back until `online`."""
        self._within_reach.clear()
        await self.cut()

    def online(self) -> None:
        """The network is there again."""
        self._within_reach.set()

    async def leave(self) -> None:
        """Close the tab."""
        client = self._client
        if self._life is not None:
            self._life.cancel()
            await asyncio.wait([self._life])
        if client is not None:
            await client.close()

    # Being connected

    async def _live(self) -> None:
        pause = 0.1
        while True:
            await self._within_reach.wait()
            addresses = self._addresses()
            try:
                client = await ChatClient.full(
                    addresses[self._reach % len(addresses)],
                    self.session_id,
                    token=token(self.user),
                    resume={"epoch": self.screen.epoch, "seq": self.screen.seq}
                    if self.screen.epoch
                    else None,
                    timeout=5.0,
                )
            except AWAY:
                self._reach += 1
                await asyncio.sleep(pause * random.uniform(0.5, 1.5))
                pause = min(pause * 2, 2.0)
                continue
            pause = 0.1
            await self._stay(client)
            self._reach += 1

    async def _stay(self, client: ChatClient) -> None:
        self._take(client.ready)
        self._client = client
        self.connections += 1
        resending = asyncio.create_task(self._resend())
        try:
            while True:
                self._take(await client.next_frame(timeout=3600))
        except SocketClosedError:
            self.close_codes.append(client.close_code or 1006)
        finally:
            self._client = None
            resending.cancel()
            self._tell()

    async def _resend(self) -> None:
        first = True
        while self._resends:
            if not first or self.connections > 1:
                for frame in list(self._outbox.values()):
                    await self._send(frame)
            first = False
            await asyncio.sleep(ACK_PATIENCE)

    async def _send(self, frame: Frame) -> None:
        if self._client is not None:
            with contextlib.suppress(*AWAY):  # it is sent again on the next connection
                await self._client.send("user_message", **frame)

    def _take(self, frame: Frame) -> None:
        self.screen.take(frame)
        match frame["type"]:
            case "ack" | "ai_complete" | "ai_error":
                self._outbox.pop(frame["turn_id"], None)
            case "snapshot":  # what it does not name has failed, or never arrived: asking again tells which
                for turn_id, asked in self._asked.items():
                    if turn_id not in self.screen.alive and self.turns[turn_id].ending is None:
                        self._outbox[turn_id] = asked
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
