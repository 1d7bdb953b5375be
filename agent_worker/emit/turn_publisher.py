"""One turn speaking to its session: opening, then chunks as they come, under the fence of its claim.

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
from shared.scripts.session_scripts import Emission, Step, Verdict


class FencedError(Exception):
    """A newer claim speaks for this turn, or it is gone: nothing more may be said."""


class Permit(NamedTuple):
    """The right to speak: the number of the attempt, and the fence of its claim."""

    attempt: int
    fence: int


class TurnVoice:
    """Tells one turn's output. `renew` asks for a new permit when Redis lost what was told so far.

    `open` and `say` never wait. `on_failure` is called once when what they began meets its end (`FencedError`,
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
        self._telling: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """All that was said in this attempt."""
        return self._text.text

    def open(self, permit: Permit, context: AnalysisRef | None, model: str, *, reason: str) -> None:
        """Begin an attempt with an empty answer; a second or later one first says why (`reason`)."""
        self._permit, self._context, self._model = permit, context, model
        self._text = Coalescer()
        self._tell(self._emit_opening(reason))

    def say(self, text: str) -> None:
        """Take the next delta."""
        self._text.add(text)
        if self._telling is None or self._telling.done():
            self._tell(self._emit_piece())

    async def drain(self) -> None:
        """Wait until all that was said is told."""
        if self._telling is not None:
            await self._telling

    async def hush(self) -> None:
        """Drop what is not told yet."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.wait([self._telling])

    def _tell(self, first: asyncio.Future[Verdict]) -> None:
        # The first step is on its way before the task that waits for it has begun: a chunk loses no time.
        self._telling = asyncio.create_task(self._tell_from(first))
        self._telling.add_done_callback(self._told)

    async def _tell_from(self, first: asyncio.Future[Verdict]) -> None:
        """Wait for the verdict on the step under way, then tell what gathered, until nothing has."""
        step: asyncio.Future[Verdict] | None = first
        while step is not None:
            match await step:
                case "fenced":
                    raise FencedError
                case "lost":
                    self._permit = await self._renew()
                    step = self._emit_opening("the connection to this conversation was restored")
                case _:
                    step = self._emit_piece() if self._text.waiting else None

    def _emit_piece(self) -> asyncio.Future[Verdict]:
        before = self._text.told
        piece = self._text.take()
        chunk = AiChunk(piece, self._echo.turn_id, self._permit.attempt)
        return self._emit("chunk", [open_frame(chunk)], text=piece, before=before)

    def _emit_opening(self, reason: str) -> asyncio.Future[Verdict]:
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
    ) -> asyncio.Future[Verdict]:
        attempt, fence = self._permit
        turn = self._echo.turn_id
        return self._sink.emit(
            Emission(self._keys, step, fence, turn, attempt, frames, text.encode(), before)
        )

    def _told(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._on_failure(error)


async def tell_ending(sink: EventSink, keys: RedisKeys, ending: Ending) -> None:
    """Announce how a turn ended; a second time changes nothing."""
    await sink.emit(
        Emission(
            keys.of_session(ending.user, ending.session),
            "end",
            ending.fence,
            ending.turn,
            0,
            [open_frame(ending.event)],
        )
    )
