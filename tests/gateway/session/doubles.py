"""What a socket's life is tested against: a peer, conversations in memory, and the rest of the gateway, real."""

import asyncio
import time
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from gateway.managers.websocket_manager import ConnectionManager
from gateway.security.identity import Identity, TokenRejectedError, TokenVerifier
from gateway.security.limits import Cap, MessageRate
from gateway.session.commands import Commands
from gateway.session.metrics import Metrics
from gateway.session.services import Services
from gateway.store.conversations import Accepted, Conversations, History, Question, SessionView
from gateway.store.tickers import Tickers
from gateway.wire.close_codes import RefusedError
from gateway.wire.server_frames import PageContext, QueuedTurn
from gateway.wire.session_id import SessionKey
from shared.db.endings import Ending
from shared.frames.live import Live
from tests.gateway.relay.memory_relay import MemoryRelay


class MemoryConversations(Conversations):
    """Questions in memory; nothing is ever answered unless a test puts an ending there."""

    def __init__(self) -> None:
        self.away = False
        self.refusal: Exception | None = None
        self.asked: dict[UUID, Question] = {}
        self.ended: dict[UUID, Ending] = {}
        self.flagged: list[UUID] = []
        self.page: str | None = None

    async def accept(self, session: SessionKey, question: Question) -> Accepted:
        self._reach()
        if self.refusal is not None:
            raise self.refusal
        if question.turn in self.ended:
            return Accepted("duplicate", 0, ending=self.ended[question.turn])
        before = len(self.asked)
        self.asked[question.turn] = question
        return Accepted("queued" if before else "accepted", before, self.page)

    async def knows(self, session: SessionKey, turn: UUID) -> bool:
        self._reach()
        return turn in self.asked or turn in self.ended

    async def cancel(self, session: SessionKey, turn: UUID | None) -> UUID | None:
        self._reach()
        if turn is not None and turn not in self.asked:
            raise RefusedError("invalid", "There is no such question.")
        wanted = turn or next(iter(self.asked), None)
        if wanted is not None:
            self.flagged.append(wanted)
        return wanted

    async def set_context(
        self, session: SessionKey, ticker: str | None, analysis_id: int | None = None
    ) -> PageContext | None:
        self._reach()
        self.page = ticker
        return PageContext(ticker, 1, None) if ticker else None

    async def view(self, session: SessionKey) -> SessionView:
        self._reach()
        return SessionView(PageContext(self.page, 1, None) if self.page else None, None)

    async def queued(self, session: SessionKey) -> list[QueuedTurn]:
        return [QueuedTurn(turn, question.content) for turn, question in self.asked.items()]

    async def history(self, session: SessionKey, *, before: int | None = None, limit: int) -> History:
        return History([], has_more=False)

    async def endings(self, session: SessionKey, turns: Any) -> list[Ending]:
        return [self.ended[turn] for turn in turns if turn in self.ended]

    def _reach(self) -> None:
        if self.away:
            raise ConnectionRefusedError("postgres is away")


class OneBucket(MessageRate):
    """A rate that allows so many questions, and refuses the rest."""

    def __init__(self, allowed: int = 1000) -> None:
        self.left = allowed

    async def wait_ms(self, user: str) -> int:
        if not self.left:
            return 700
        self.left -= 1
        return 0

    async def give_back(self, user: str) -> None:
        self.left += 1


class TwoTickers(Tickers):
    """KO and MSFT."""

    def __init__(self) -> None:
        pass

    async def knows(self, ticker: str) -> bool:
        return ticker in ("KO", "MSFT")


class PlainVerifier(TokenVerifier):
    """A token is `user` or `user:seconds`."""

    def __init__(self) -> None:
        pass

    async def verify(self, token: str) -> Identity:
        user, _, seconds = token.partition(":")
        if not user or user == "bad":
            raise TokenRejectedError("test")
        return Identity(user, int(time.time() + float(seconds or 3600)))


class Peer:
    """The other side of a socket, as an ASGI server shows it."""

    def __init__(self) -> None:
        self.frames: list[dict[str, Any]] = []
        self.close: tuple[int, str] | None = None
        self.takes = asyncio.Event()
        self.takes.set()
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._news = asyncio.Event()

    async def send(self, message: dict[str, Any]) -> None:
        await self.takes.wait()
        if message["type"] == "websocket.close":
            self.close = message["code"], message["reason"]
            self.leave()
        else:
            self.frames.append(msgspec.json.decode(message["text"]))
        self._news.set()

    async def receive(self) -> dict[str, Any]:
        return await self._said.get()

    def say(self, type: str, **fields: object) -> None:
        self.say_raw(msgspec.json.encode({"type": type, **fields}).decode())

    def say_raw(self, text: str | None) -> None:
        self._said.put_nowait({"type": "websocket.receive", "text": text})

    def leave(self) -> None:
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1000})

    async def hears(self, *types: str, number: int = 1) -> list[dict[str, Any]]:
        """Wait until so many frames of these types have come; all of them."""
        async with asyncio.timeout(5):
            while len(found := [frame for frame in self.frames if frame["type"] in types]) < number:
                self._news.clear()
                await self._news.wait()
        return found


class Gateway(NamedTuple):
    """The parts, to be looked at."""

    services: Services
    relay: MemoryRelay
    conversations: MemoryConversations
    rate: OneBucket
    metrics: Metrics


def gateway(*, allowed: int = 1000, per_user: int = 10) -> Gateway:
    """A gateway in memory: what is announced is heard by whoever is connected."""
    relay, conversations, metrics, rate = MemoryRelay(), MemoryConversations(), Metrics(), OneBucket(allowed)
    sessions: dict[bytes, SessionKey] = {}

    def channel_of(session: SessionKey) -> bytes:
        channel = f"{session.user}:{session.session}".encode()
        sessions[channel] = session
        return channel

    async def follow(channel: bytes) -> None:
        def deliver(live: Live) -> None:
            manager.deliver(channel, f"{live.epoch} {live.seq} {live.frame}".encode())

        if not relay.listeners[sessions[channel]]:
            relay.listeners[sessions[channel]].append(deliver)

    async def unfollow(channel: bytes) -> None:
        relay.listeners.pop(sessions[channel], None)

    manager = ConnectionManager(channel_of=channel_of, follow=follow, unfollow=unfollow)
    services = Services(
        verifier=PlainVerifier(),
        manager=manager,
        relay=relay,
        conversations=conversations,
        commands=Commands(relay, conversations, TwoTickers(), rate, metrics),
        message_rate=60,
        user_cap=Cap(per_user),
        catching_up=asyncio.Semaphore(4),
        metrics=metrics,
    )
    return Gateway(services, relay, conversations, rate, metrics)
