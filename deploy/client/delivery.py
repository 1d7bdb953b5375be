"""What must arrive is sent again until it has: a question, the wish to stop its answer, the company in view."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from uuid import UUID

import msgspec

from deploy.client.conversation import Conversation
from deploy.client.turn import Turn
from gateway.wire.client_frames import Cancel, ClientFrame, SetContext, UserMessage
from gateway.wire.server_frames import Error
from shared.frames.turn_events import Context

RETRY_AFTER = 2.0
"""Seconds until something refused for now is sent again, when the gateway names none."""


class Delivery:
    """Of one conversation. `send` sends a frame if there is a live socket; `ticker` is wanted in view, if not None."""

    def __init__(
        self,
        conversation: Conversation,
        send: Callable[[ClientFrame], Awaitable[None]],
        ticker: str | None,
    ) -> None:
        self.unknown: str | None = None
        """The company that was wanted last, if the gateway does not know it."""
        self._conversation = conversation
        self._send = send
        self._wanted: str | msgspec.UnsetType | None = msgspec.UNSET if ticker is None else ticker
        self._stopping: set[UUID] = set()
        self._waiting: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Nothing is sent any more."""
        for task in self._waiting:
            task.cancel()
        await asyncio.gather(*self._waiting, return_exceptions=True)

    @property
    def ticker(self) -> str | None:
        """The company that a question is about."""
        return self._page if isinstance(self._wanted, msgspec.UnsetType) else self._wanted

    @property
    def settled(self) -> bool:
        """Whether the gateway has taken, or refused, the company that was wanted."""
        return self._wanted is msgspec.UNSET

    async def want(self, ticker: str | None) -> None:
        """Have another company in view, or none."""
        self._wanted, self.unknown = ticker, None
        await self._send_context()

    async def send(self, turn: Turn) -> None:
        """Send a question under its id, which makes it safe to send again."""
        await self._send(UserMessage(turn.question, turn_id=turn.turn_id, context_ticker=turn.ticker))

    async def cancel(self, turn: Turn) -> None:
        """Stop a turn."""
        self._stopping.add(turn.turn_id)
        await self._send(Cancel(turn.turn_id))

    async def send_all(self) -> None:
        """Send whatever has not arrived and is not refused for now: the conversation has just been loaded."""
        if self._wanted == self._page:
            self._wanted = msgspec.UNSET
        await self._send_context()
        for turn in self._conversation.unfinished:
            if turn.stage == "sending" and turn.retry_at <= time.time():
                await self.send(turn)
            if turn.turn_id in self._stopping:
                await self._send(Cancel(turn.turn_id))

    def taken(self, context: Context) -> None:
        """The gateway has a company in view."""
        if context.ticker == self._wanted:
            self._wanted = msgspec.UNSET

    def refused_turn(self, error: Error) -> None:
        """A question was refused; it goes out again when it may."""
        for turn in self._conversation.unfinished:
            if turn.turn_id == error.turn_id and turn.stage == "sending":
                turn.retry_at = time.time() + _seconds(error)
                self._send_all_in(_seconds(error))

    def refused_context(self, error: Error) -> bool:
        """Whether the company is refused for good; if only for now, it is sent again when it may."""
        if error.retryable and not self.settled:
            self._send_all_in(_seconds(error))
        return not error.retryable and not self.settled

    def give_up(self, ticker: str | None) -> None:
        """The gateway does not know this company; if it is still wanted, it is not any more."""
        if self._wanted == ticker:
            self.unknown, self._wanted = ticker, msgspec.UNSET

    @property
    def _page(self) -> str | None:
        return self._conversation.context.ticker if self._conversation.context else None

    async def _send_context(self) -> None:
        if not isinstance(self._wanted, msgspec.UnsetType):
            await self._send(SetContext(self._wanted))

    def _send_all_in(self, seconds: float) -> None:
        async def send() -> None:
            await asyncio.sleep(seconds)
            await self.send_all()

        task = asyncio.create_task(send())
        self._waiting.add(task)
        task.add_done_callback(self._waiting.discard)


def _seconds(error: Error) -> float:
    return RETRY_AFTER if error.retry_after_ms is None else error.retry_after_ms / 1000
