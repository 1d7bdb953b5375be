"""A conversation with the running system, whoever shows it: a terminal or a pipe."""

import asyncio
import time
from collections.abc import Callable
from typing import Protocol
from uuid import UUID

import msgspec

from deploy.cli.analyses import Analyses
from deploy.cli.transcript import Piece, Transcript
from deploy.client.connection import Connection, State
from deploy.client.conversation import Conversation, Frame, GapError
from deploy.client.turn import Turn
from gateway.wire.client_frames import AuthRefresh, Cancel, Resume, SetContext, UserMessage
from gateway.wire.server_frames import AuthExpiring, Error, Ready, Snapshot
from shared.frames.turn_events import AiComplete, AiStart, AnalysisRef, Context

RETRY_AFTER = 2.0
"""Seconds until something refused for now is sent again, when the gateway names none."""


class Front(Protocol):
    """Who shows the conversation."""

    def cut(self, text: str) -> int:
        """How much of a growing answer may be written for good."""
        ...

    async def changed(self, chat: "Chat") -> None:
        """Something may have to be shown."""
        ...

    async def unknown_company(self, ticker: str) -> None:
        """The gateway does not know the company that was asked for."""
        ...


class Chat:
    """One conversation at a time. `sign` makes tokens; `patience` is the connection's."""

    def __init__(
        self,
        url: str,
        front: Front,
        *,
        sign: Callable[[], str],
        ticker: str | None = None,
        patience: float | None = None,
    ) -> None:
        self.url = url
        self.analyses = Analyses(url, sign)
        self.conversation = Conversation()
        self._front = front
        self._sign = sign
        self._patience = patience
        self._wanted: str | msgspec.UnsetType | None = msgspec.UNSET if ticker is None else ticker
        self._transcript: Transcript | None = None
        self._news = asyncio.Event()
        self._connection: Connection | None = None
        self._life: asyncio.Task[None] | None = None
        self._resending: set[asyncio.Task[None]] = set()

    async def open(self, session: UUID) -> None:
        """Open a conversation in place of the one before; returns when it is loaded. Raises `EndedError`."""
        ticker = self.ticker
        await self._leave()
        self.conversation, self._transcript = Conversation(), None
        self._wanted = msgspec.UNSET if ticker is None else ticker
        self._connection = Connection(self.url, session, self, patience=self._patience)
        self._life = asyncio.create_task(self._connection.run())
        self._life.add_done_callback(lambda _: self._tell())
        await self.until(lambda: self.conversation.loaded)

    async def close(self) -> None:
        """Leave the conversation; what was accepted is answered all the same. Nothing stays open."""
        await self._leave()
        await self.analyses.close()

    async def _leave(self) -> None:
        life, self._life = self._life, None
        ending = [task for task in (life, *self._resending) if task]
        for task in ending:
            task.cancel()
        await asyncio.gather(*ending, return_exceptions=True)

    async def until(self, holds: Callable[[], bool]) -> None:
        """Wait until something holds. Raises what ended the conversation, if that comes first."""
        while not holds():
            if self._life is not None and self._life.done():
                self._life.result()
            await self._news.wait()

    # What is so.

    @property
    def state(self) -> State:
        """Of the connection."""
        return self._connection.state if self._connection else "connecting"

    @property
    def ticker(self) -> str | None:
        """The company that a question is about."""
        if not isinstance(self._wanted, msgspec.UnsetType):
            return self._wanted
        return self.conversation.context.ticker if self.conversation.context else None

    @property
    def settled(self) -> bool:
        """Whether the gateway has taken the company that was asked for."""
        return self._wanted is msgspec.UNSET

    def news(self) -> list[Piece]:
        """What is to be written for good since the last call."""
        return self._transcript.news() if self._transcript else []

    def rest(self, turn: Turn) -> str:
        """What of an answer is not written for good yet."""
        return self._transcript.rest(turn) if self._transcript else ""

    # What a person does.

    async def ask(self, question: str) -> Turn:
        """Send a question, now or when the connection is back."""
        turn = self.conversation.ask(question, self.ticker)
        await self._send(turn)
        await self._changed()
        return turn

    async def view(self, ticker: str | None) -> None:
        """Talk about another company, or about none."""
        self._wanted = ticker
        await self._send_context()
        await self._changed()

    async def stop(self) -> None:
        """Stop the answer that is being written, or the question that comes next; one not sent yet is taken back."""
        turn = next(iter(self.conversation.unfinished), None)
        if turn is None:
            return
        if turn.stage == "sending" and turn.refusal:
            turn.end(turn.refusal)
            await self._changed()
        elif self._connection:
            await self._connection.send(Cancel(turn.turn_id))

    # What the connection says: its `Listener`.

    def token(self) -> str:
        return self._sign()

    def position(self) -> Resume | None:
        return self.conversation.position

    async def told(self) -> None:
        await self._changed()

    async def heard(self, frame: Frame | None, seq: int | None) -> None:
        try:
            self.conversation.apply(frame, seq)
        except GapError:
            if self._connection:
                await self._connection.drop()
            return
        match frame:
            case Ready(recovered=True):
                await self._loaded()
            case Snapshot():
                await self._loaded()
            case Context() if frame.ticker == self._wanted:
                self._wanted = msgspec.UNSET
            case Error():
                await self._refused(frame)
            case AuthExpiring() if self._connection:
                await self._connection.send(AuthRefresh(self._sign()))
            case AiStart(context=AnalysisRef() as analysis) | AiComplete(context=AnalysisRef() as analysis):
                self.analyses.look_up(analysis)
        if self.conversation.context:
            self.analyses.look_up(self.conversation.context)
        await self._changed()

    async def _loaded(self) -> None:
        context = self.conversation.context
        if self._wanted == (context.ticker if context else None):
            self._wanted = msgspec.UNSET
        if self._transcript is None:
            self._transcript = Transcript(self.conversation, self.ticker, self._front.cut)
        await self._send_context()
        await self._send_all()

    async def _refused(self, error: Error) -> None:
        seconds = RETRY_AFTER if error.retry_after_ms is None else error.retry_after_ms / 1000
        if error.turn_id is not None:
            for turn in self.conversation.unfinished:
                if turn.turn_id == error.turn_id and turn.stage == "sending":
                    turn.retry_at = time.time() + seconds
                    self._resend_in(seconds)
        elif not isinstance(self._wanted, msgspec.UnsetType):
            if error.retryable:
                self._resend_in(seconds)
                return
            refused = self._wanted
            await self._front.unknown_company(refused or "")
            if self._wanted == refused:
                self._wanted = msgspec.UNSET

    # Sending.

    def _resend_in(self, seconds: float) -> None:
        async def resend() -> None:
            await asyncio.sleep(seconds)
            await self._send_context()
            await self._send_all()

        task = asyncio.create_task(resend())
        self._resending.add(task)
        task.add_done_callback(self._resending.discard)

    async def _send_context(self) -> None:
        if self._connection and not isinstance(self._wanted, msgspec.UnsetType):
            await self._connection.send(SetContext(self._wanted))

    async def _send_all(self) -> None:
        for turn in self.conversation.unfinished:
            if turn.stage == "sending" and turn.retry_at <= time.time():
                await self._send(turn)

    async def _send(self, turn: Turn) -> None:
        if self._connection:
            await self._connection.send(
                UserMessage(turn.question, turn_id=turn.turn_id, context_ticker=turn.ticker)
            )

    async def _changed(self) -> None:
        await self._front.changed(self)
        self._tell()

    def _tell(self) -> None:
        self._news.set()
        self._news = asyncio.Event()
