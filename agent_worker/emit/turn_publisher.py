"""One turn publishing to its session: opening, then chunks as they come, under the fence of its claim.

No timer: the first delta goes at once, what gathers while a step is under way goes together when it returns.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from agent_worker.emit.coalescer import Coalescer
from agent_worker.emit.ports import EventSink
from shared.db.endings import Ending
from shared.frames.turn_events import AiChunk, AiReset, AiStart, AnalysisRef, UserEcho, open_frame
from shared.redis_keys import RedisKeys, SessionKeys
from shared.scripts.session_scripts import Emission, Step, StepResult, once_for_ending


class FencedError(Exception):
    """A newer claim holds this turn, or it is gone: nothing more may be published."""


class Permit(NamedTuple):
    """The right to publish: the number of the attempt, and the fence of its claim."""

    attempt: int
    fence: int


class TurnPublisher:
    """Publishes one turn's output. `renew` asks for a new permit when Redis lost what was published so far.

    `open` and `write` never wait. `on_failure` is called once when what they began meets its end (`FencedError`,
    or a step that Redis will never take); the same error is raised by the next `drain`.
    """

    def __init__(
        self,
        sink: EventSink,
        keys: SessionKeys,
        echo: UserEcho,
        *,
        renew: Callable[[], Awaitable[Permit]],
        on_failure: Callable[[BaseException], None],
    ) -> None:
        self._sink = sink
        self._keys = keys
        self._echo = echo
        self._renew = renew
        self._on_failure = on_failure
        self._text = Coalescer()
        self._publishing: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """All that was written in this attempt."""
        return self._text.text

    def open(self, permit: Permit, context: AnalysisRef | None, model: str, *, reason: str) -> None:
        """Begin an attempt with an empty answer; a second or later one first says why (`reason`)."""
        self._permit, self._context, self._model = permit, context, model
        self._text = Coalescer()
        self._publish(self._emit_opening(reason))

    def write(self, text: str) -> None:
        """Take the next delta."""
        self._text.add(text)
        if self._publishing is None or self._publishing.done():
            self._publish(self._emit_piece())

    async def drain(self) -> None:
        """Wait until all that was written is published."""
        if self._publishing is not None:
            await self._publishing

    async def discard(self) -> None:
        """Drop what is not published yet."""
        if self._publishing is not None:
            self._publishing.cancel()
            await asyncio.wait([self._publishing])

    def _publish(self, first: asyncio.Future[StepResult]) -> None:
        # The first step is on its way before the task that waits for it has begun: a chunk loses no time.
        self._publishing = asyncio.create_task(self._publish_from(first))
        self._publishing.add_done_callback(self._published)

    async def _publish_from(self, first: asyncio.Future[StepResult]) -> None:
        """Wait for the verdict on the step under way, then publish what gathered, until nothing has."""
        step: asyncio.Future[StepResult] | None = first
        while step is not None:
            match await step:
                case "fenced":
                    raise FencedError
                case "lost":
                    self._permit = await self._renew()
                    step = self._emit_opening("the connection to this conversation was restored")
                case _:
                    step = self._emit_piece() if self._text.waiting else None

    def _emit_piece(self) -> asyncio.Future[StepResult]:
        before = self._text.published
        piece = self._text.take()
        chunk = AiChunk(piece, self._echo.turn_id, self._permit.attempt)
        return self._emit("chunk", [open_frame(chunk)], text=piece, before=before)

    def _emit_opening(self, reason: str) -> asyncio.Future[StepResult]:
        turn, attempt = self._echo.turn_id, self._permit.attempt
        whole = self._text.take_all()
        frames = [open_frame(self._echo)]
        if attempt > 1:
            frames.append(open_frame(AiReset(turn, attempt, reason)))
        frames.append(open_frame(AiStart(turn, attempt, self._context, self._model)))
        if whole:
            frames.append(open_frame(AiChunk(whole, turn, attempt)))
        return self._emit("open", frames, text=whole)

    def _emit(
        self, step: Step, frames: list[bytes], *, text: str, before: int = 0
    ) -> asyncio.Future[StepResult]:
        attempt, fence = self._permit
        turn = self._echo.turn_id
        return self._sink.emit(
            Emission(self._keys, step, fence, turn, attempt, frames, text.encode(), before)
        )

    def _published(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._on_failure(error)


async def publish_ending(sink: EventSink, keys: RedisKeys, ending: Ending) -> None:
    """Announce how a turn ended; a second time changes nothing.

    A turn that was never begun has published nothing, and its fence is newer than that of the turn that may be running
    in its session: as a step, its ending would end that one's answer as well.
    """
    of_session, frame = keys.of_session(ending.user, ending.session), open_frame(ending.event)
    if ending.begun:
        await sink.emit(Emission(of_session, "end", ending.fence, ending.turn, 0, [frame]))
    else:
        await sink.announce(of_session, frame, once=once_for_ending(ending.turn))
