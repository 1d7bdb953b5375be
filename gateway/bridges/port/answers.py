"""The port: a question over HTTP is a full-level socket without a wire.

So it passes the same door, caps, rates and commands, is stored in the same place, resumes and survives a lost Redis in
the same way. What a bridge adds is words only.
"""

import asyncio
from collections.abc import AsyncIterator
from typing import Any, NamedTuple
from uuid import UUID

import msgspec
import structlog

from gateway.bridges.port.answer_reader import AnswerFrame, AnswerReader, Heard, Ready, Snapshot, read_frame
from gateway.session.admission import Admission
from gateway.session.chat_session import ChatSession
from gateway.session.services import Handshake, Services
from gateway.wire.client_frames import ClientFrame, Hello, UserMessage
from gateway.wire.close_codes import Close, RefusedError
from gateway.wire.server_frames import Ack, Error
from gateway.wire.session_id import SessionKey
from shared.frames.turn_events import AiComplete, AiError

MOST_UNREAD = 64
"""Frames that wait for the HTTP client here; the rest wait in the socket's outbox, which is bounded."""

log = structlog.get_logger(__name__)


class ClosedError(Exception):
    """The session was closed before the answer was complete. What was accepted is answered all the same."""

    def __init__(self, why: Close) -> None:
        super().__init__(why.name)
        self.why = why


class Asker(NamedTuple):
    """Who asks: a user whose token was verified, and the address it came from."""

    user: str
    token: str
    address: str


class Answers:
    """What the bridges ask. One for all requests."""

    def __init__(self, admission: Admission, services: Services) -> None:
        self._admission = admission
        self._services = services

    async def ask(self, asker: Asker, session: UUID, question: UserMessage) -> "Answer":
        """Ask, and return when the question is accepted; a `turn_id` sent again is the same turn, also after its end.

        Raises `RefusedError` if it was not accepted, `ClosedError` if nobody could be asked. The answer must be closed.
        """
        if question.turn_id is None:
            raise ValueError("a bridge names its turns")
        answer = Answer(self._admission, self._services, asker, session, question.turn_id)
        try:
            await answer.ask(question)
        except BaseException:
            await answer.close()
            raise
        return answer

    async def running(self, asker: Asker, session: UUID) -> "Answer | None":
        """The answer that is being written in a session, or that waits next; None if there is none.

        Raises `ClosedError`. The answer must be closed.
        """
        view = await self._services.conversations.view(SessionKey(asker.user, session))
        turn = view.running
        if turn is None:
            waiting = await self._services.conversations.queued(SessionKey(asker.user, session))
            if not waiting:
                return None
            turn = waiting[0].turn_id
        answer = Answer(self._admission, self._services, asker, session, turn)
        try:
            if await answer.join():
                return answer
        except BaseException:
            await answer.close()
            raise
        await answer.close()
        return None

    async def cancel(self, asker: Asker, session: UUID, turn: UUID | None = None) -> None:
        """Stop a turn (None: the one that runs). Raises `RefusedError` for one that never was."""
        await self._services.commands.cancel(SessionKey(asker.user, session), turn)


class Answer:
    """One turn as it is told to one HTTP client. Made by `Answers`."""

    def __init__(
        self, admission: Admission, services: Services, asker: Asker, session: UUID, turn: UUID
    ) -> None:
        self.session = session
        self.turn = turn
        self._asker = asker
        self._said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        self._heard: asyncio.Queue[str | Close] = asyncio.Queue(MOST_UNREAD)
        self._reader = AnswerReader(turn)
        self._before: list[AnswerFrame] = []
        self._snapshots = 0
        self._gone = False
        self._life = asyncio.create_task(self._live(admission, services))

    async def ask(self, question: UserMessage) -> None:
        """Say hello and ask; see `Answers.ask`."""
        self._say(Hello(self._asker.token))
        self._say(question)
        while True:
            frame = await self._next()
            match frame:
                case Ack(turn_id=turn) if turn == self.turn:
                    return
                case Error(turn_id=turn) if turn == self.turn:
                    raise RefusedError(frame.code, frame.message, retry_after_ms=frame.retry_after_ms)
                case _:
                    self._before += self._reader.read(frame)

    async def join(self) -> bool:
        """Say hello only; false if the turn neither runs nor waits any more."""
        self._say(Hello(self._asker.token))
        ready: Ready | None = None
        while True:
            frame = await self._next()
            self._before += self._reader.read(frame)
            if isinstance(frame, Ready):
                ready = frame
            elif isinstance(frame, Snapshot):
                self._snapshots = 1
                waiting = any(turn.turn_id == self.turn for turn in frame.queued)
                return waiting or (ready is not None and ready.active_turn == self.turn)

    async def frames(self) -> AsyncIterator[AnswerFrame]:
        """The answer to its end. Raises `ClosedError` where the session is closed before."""
        for frame in self._before:
            yield frame
            if isinstance(frame, AiComplete | AiError):
                return
        while True:
            heard = await self._next()
            if self._snapshots and isinstance(heard, Snapshot):
                # Who only joined is not told an ending again that was lost meanwhile: it joins anew.
                raise ClosedError(Close.TOO_SLOW)
            for frame in self._reader.read(heard):
                yield frame
                if isinstance(frame, AiComplete | AiError):
                    return

    async def ending(self) -> AiComplete | AiError:
        """The last word alone."""
        async for frame in self.frames():
            if isinstance(frame, AiComplete | AiError):
                return frame
        raise LookupError("an answer always has an ending")

    async def close(self) -> None:
        """Leave. What was asked goes on and is stored."""
        self._gone = True
        self._said.put_nowait({"type": "websocket.disconnect", "code": 1000})
        while not self._heard.empty():
            self._heard.get_nowait()  # whoever waits to be read goes on, and sees that we are gone
        await asyncio.wait([self._life])

    def _say(self, frame: ClientFrame) -> None:
        self._said.put_nowait({"type": "websocket.receive", "text": msgspec.json.encode(frame).decode()})

    async def _next(self) -> Heard:
        while True:
            heard = await self._heard.get()
            if isinstance(heard, Close):
                raise ClosedError(heard)
            frame = read_frame(heard)
            if frame is not None:
                return frame

    async def _send(self, message: dict[str, Any]) -> None:
        if self._gone:
            raise OSError("the HTTP client is gone")
        if message["type"] == "websocket.send":
            await self._heard.put(message["text"])
            return
        await self._heard.put(next(close for close in Close if close.code == message["code"]))
        self._said.put_nowait({"type": "websocket.disconnect", "code": message["code"]})

    async def _live(self, admission: Admission, services: Services) -> None:
        life = ChatSession(
            services, Handshake(self.session, None, None), receive=self._said.get, send=self._send
        )
        why = Close.INTERNAL
        try:
            with admission.place(self._asker.address) as refusal:
                if refusal is None:
                    with admission.inside(life):
                        await life.run()
                    why = Close.TOO_SLOW  # where no code was heard, it was not read
                else:
                    why = refusal
        except Exception:  # whatever it is, the client gets a code and fixed words
            log.exception("an answer over HTTP failed")
        finally:
            if not self._gone:
                await self._heard.put(why)
