"""One conversation with the gateway, for a program to hold."""

import asyncio
from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Protocol, Self
from uuid import UUID, uuid4

from deploy.client.connection import Connection, EndedError, State
from deploy.client.conversation import Conversation, Frame, GapError
from deploy.client.delivery import Delivery
from deploy.client.events import Event, Follower
from deploy.client.turn import Turn
from gateway.wire.client_frames import AuthRefresh, Resume
from gateway.wire.server_frames import AuthExpiring, Error, Ready, Snapshot
from shared.frames.turn_events import Context


class UnknownCompanyError(Exception):
    """The gateway has no company of this name."""

    def __init__(self, ticker: str) -> None:
        super().__init__(f"There is no company {ticker} here.")
        self.ticker = ticker


class Watcher(Protocol):
    """Who is told at once of what changes. What it raises ends the conversation."""

    async def changed(self) -> None:
        """A frame came, a question was added, or the connection's state changed."""
        ...

    async def unknown_company(self, ticker: str) -> None:
        """The gateway does not know the company that was asked for."""
        ...


class Client:
    """One conversation: `session` names it, a new one by default. `async with` opens and closes it.

    `url` is the gateway's, such as http://127.0.0.1:8000. `token` is a token, or makes one whenever a socket opens or
    the one before is about to expire. `ticker` is the company in view; without it, the one that the session had.
    `patience`: seconds without a connection after which the conversation ends; None: never, once it was there.

    Whatever waits raises `EndedError` when the conversation cannot go on. Lost sockets are no matter of the caller's:
    the client comes back by the rule of the close code, resumes, and sends again what was not accepted.
    """

    def __init__(
        self,
        url: str,
        *,
        token: str | Callable[[], str],
        session: UUID | None = None,
        ticker: str | None = None,
        patience: float | None = None,
        watcher: Watcher | None = None,
    ) -> None:
        self.session = session or uuid4()
        self.conversation = Conversation()
        self._token = token
        self._watcher = watcher
        self._news = asyncio.Event()
        self._connection = Connection(url, self.session, self, patience=patience)
        self._delivery = Delivery(self.conversation, self._connection.send, ticker)
        self._life: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        try:
            await self.open()
            await self._settle()
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()

    async def open(self) -> None:
        """Connect; returns when the conversation so far is loaded. Raises `EndedError`."""
        self._life = asyncio.create_task(self._connection.run())
        self._life.add_done_callback(lambda _: self._tell())
        await self.until(lambda: self.conversation.loaded)

    async def close(self) -> None:
        """Leave; what was accepted is answered all the same. Nothing stays open."""
        life, self._life = self._life, None
        if life:
            life.cancel()
            await asyncio.gather(life, return_exceptions=True)
        await self._delivery.close()
        self._tell()

    # What is so.

    @property
    def state(self) -> State:
        """Of the connection."""
        return self._connection.state

    @property
    def turns(self) -> list[Turn]:
        """The questions and answers so far, those still on their way last."""
        return self.conversation.turns

    @property
    def ticker(self) -> str | None:
        """The company that a question is about."""
        return self._delivery.ticker

    @property
    def settled(self) -> bool:
        """Whether the gateway has taken, or refused, the company that was asked for."""
        return self._delivery.settled

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds. Raises what ended the conversation, if that comes first."""
        while not holds():
            await self._next(self._news)

    # What a program does.

    async def ask(self, question: str) -> Turn:
        """Ask, and wait for the end of the answer: an `AiComplete` in the turn's `ending`, or what went wrong."""
        turn = await self.send(question)
        await self.until(lambda: turn.stage == "ended")
        return turn

    async def stream(self, question: str | Turn) -> AsyncIterator[Event]:
        """Ask, or follow a turn that was asked, and tell the answer as it comes. The last event is `Ended`.

        Whoever leaves the loop early leaves the turn as it is: `cancel` stops it.
        """
        turn = question if isinstance(question, Turn) else await self.send(question)
        follower = Follower(turn)
        while True:
            news = self._news  # taken first: what comes while the caller is busy with an event is not missed
            for event in follower.news():
                yield event
            if follower.ended:
                return
            await self._next(news)

    async def send(self, question: str) -> Turn:
        """Send a question, now or when the connection is back; at once its turn, which grows."""
        turn = self.conversation.ask(question, self.ticker)
        await self._delivery.send(turn)
        await self._changed()
        return turn

    async def set_context(self, ticker: str | None) -> None:
        """Talk about another company, or about none, from the next question on. Raises `UnknownCompanyError`."""
        await self.want(ticker)
        await self._settle()

    async def want(self, ticker: str | None) -> None:
        """As `set_context`, without waiting until the gateway has taken it."""
        await self._delivery.want(ticker)
        await self._changed()

    async def cancel(self, turn: Turn | None = None) -> None:
        """Stop a turn, by default the one that is being answered or comes next; one not accepted yet is taken back."""
        turn = turn or next(iter(self.conversation.unfinished), None)
        if turn is None:
            return
        if turn.stage == "sending" and turn.refusal:
            turn.end(turn.refusal)
            await self._changed()
        else:
            await self._delivery.cancel(turn)

    # What the connection says: its `Listener`.

    def token(self) -> str:
        return self._token if isinstance(self._token, str) else self._token()

    def position(self) -> Resume | None:
        return self.conversation.position

    async def told(self) -> None:
        await self._changed()

    async def heard(self, frame: Frame | None, seq: int | None) -> None:
        try:
            self.conversation.apply(frame, seq)
        except GapError:
            await self._connection.drop()
            return
        match frame:
            case Ready(recovered=True) | Snapshot():
                await self._delivery.send_all()
            case Context():
                self._delivery.taken(frame)
            case Error(turn_id=None):
                if self._delivery.refused_context(frame):
                    await self._give_up(self.ticker)
            case Error():
                self._delivery.refused_turn(frame)
            case AuthExpiring():
                await self._connection.send(AuthRefresh(self.token()))
        await self._changed()

    async def _give_up(self, ticker: str | None) -> None:
        if self._watcher:
            await self._watcher.unknown_company(ticker or "")
        self._delivery.give_up(ticker)

    async def _changed(self) -> None:
        if self._watcher:
            await self._watcher.changed()
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()

    async def _next(self, news: asyncio.Event) -> None:
        """Wait for what `news` tells. Raises what ended the conversation."""
        if self._life is None:
            raise EndedError("This conversation is not open.")
        if self._life.done():
            self._life.result()
        await news.wait()

    async def _settle(self) -> None:
        await self.until(lambda: self.settled)
        if self._delivery.unknown is not None:
            raise UnknownCompanyError(self._delivery.unknown)
