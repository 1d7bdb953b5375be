"""One turn publishing to its session: opening, then text and look-ups as they come, under the fence of its claim.

No timer: the first delta goes at once, what gathers while a step is under way goes together when it returns.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import NamedTuple

from agent_worker.emit.coalescer import Coalescer, Piece
from agent_worker.emit.ports import EventSink
from shared.db.endings import Ending
from shared.frames.figures import Figure, Lookup
from shared.frames.notes import FiguresNote, LookupNote, StartNote, write_note
from shared.frames.turn_events import AiChunk, AiLookup, AiReset, AiStart, AnalysisRef, UserEcho, open_frame
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

    `open`, `write` and `note` never wait. `on_failure` is called once when what they began meets its end (`FencedError`,
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
        self._answer = Coalescer()
        self._steps = 0
        self._publishing: asyncio.Task[None] | None = None

    @property
    def text(self) -> str:
        """All that was written in this attempt."""
        return self._answer.text

    @property
    def figures(self) -> list[Figure]:
        """The figures of this attempt so far."""
        return self._answer.figures

    @property
    def lookups(self) -> list[Lookup]:
        """The look-ups of this attempt so far."""
        return self._answer.lookups

    def open(self, permit: Permit, context: AnalysisRef | None, model: str, *, reason: str) -> None:
        """Begin an attempt with an empty answer; a second or later one first says why (`reason`)."""
        self._permit, self._context, self._model = permit, context, model
        self._answer = Coalescer()
        self._publish(self._emit_opening(reason))

    def write(self, text: str, figures: Sequence[Figure] = ()) -> None:
        """Take the next delta, with the figures of the sentences that it ends."""
        self._answer.add(text, figures)
        self._publish_waiting()

    def note(self, lookup: Lookup) -> None:
        """Take a look-up's new state."""
        self._answer.add_lookup(lookup)
        self._publish_waiting()

    async def drain(self) -> None:
        """Wait until all that was written is published."""
        if self._publishing is not None:
            await self._publishing

    async def discard(self) -> None:
        """Drop what is not published yet."""
        if self._publishing is not None:
            self._publishing.cancel()
            await asyncio.wait([self._publishing])

    def _publish_waiting(self) -> None:
        if self._publishing is None or self._publishing.done():
            self._publish(self._emit_next())

    def _publish(self, first: asyncio.Future[StepResult]) -> None:
        # The first step is on its way before the task that waits for it has begun: a chunk loses no time.
        self._publishing = asyncio.create_task(self._publish_from(first))
        self._publishing.add_done_callback(self._published)

    async def _publish_from(self, first: asyncio.Future[StepResult]) -> None:
        """Wait for the result of the step under way, then publish what gathered, until nothing has."""
        step: asyncio.Future[StepResult] | None = first
        while step is not None:
            match await step:
                case "fenced":
                    raise FencedError
                case "lost":
                    self._permit = await self._renew()
                    step = self._emit_opening("the connection to this conversation was restored")
                case _:
                    step = self._emit_next() if self._answer.waiting else None

    def _emit_next(self) -> asyncio.Future[StepResult]:
        before = self._answer.published
        piece = self._answer.take()
        turn, attempt = self._echo.turn_id, self._permit.attempt
        if isinstance(piece, Lookup):
            return self._emit(
                "note", [_lookup_frame(piece, self._echo, attempt)], notes=[write_note(LookupNote(piece))]
            )
        frame = open_frame(AiChunk(piece.text, turn, attempt, piece.figures))
        return self._emit("chunk", [frame], text=piece.text, before=before, notes=_figures_note(piece))

    def _emit_opening(self, reason: str) -> asyncio.Future[StepResult]:
        turn, attempt = self._echo.turn_id, self._permit.attempt
        whole, lookups = self._answer.take_all(), self._answer.lookups
        frames = [open_frame(self._echo)]
        if attempt > 1:
            frames.append(open_frame(AiReset(turn, attempt, reason)))
        frames.append(open_frame(AiStart(turn, attempt, self._context, self._model)))
        frames += [_lookup_frame(lookup, self._echo, attempt) for lookup in lookups]
        if whole.text:
            frames.append(open_frame(AiChunk(whole.text, turn, attempt, whole.figures)))
        notes = [
            write_note(StartNote(self._context, self._model)),
            *(write_note(LookupNote(lookup)) for lookup in lookups),
            *_figures_note(whole),
        ]
        self._steps = 0
        return self._emit("open", frames, text=whole.text, notes=notes)

    def _emit(
        self, step: Step, frames: list[bytes], *, text: str = "", before: int = 0, notes: list[bytes]
    ) -> asyncio.Future[StepResult]:
        attempt, fence = self._permit
        self._steps += 1
        return self._sink.emit(
            Emission(
                self._keys, step, self._steps, fence, self._echo.turn_id, attempt, frames, text.encode(), before, notes
            )
        )  # fmt: skip

    def _published(self, task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()):
            self._on_failure(error)


def _figures_note(piece: Piece) -> list[bytes]:
    return [write_note(FiguresNote(piece.figures))] if piece.figures else []


def _lookup_frame(lookup: Lookup, echo: UserEcho, attempt: int) -> bytes:
    return open_frame(
        AiLookup(
            echo.turn_id, attempt, lookup.n, lookup.tool, lookup.words, lookup.status, lookup.sources, lookup.result
        )
    )  # fmt: skip


async def publish_ending(sink: EventSink, keys: RedisKeys, ending: Ending) -> None:
    """Announce how a turn ended; a second time changes nothing.

    A turn that was never begun has published nothing, and its fence is newer than that of the turn that may be running
    in its session: as a step, its ending would end that one's answer as well.
    """
    of_session, frame = keys.of_session(ending.user, ending.session), open_frame(ending.event)
    if ending.begun:
        await sink.emit(Emission(of_session, "end", 0, ending.fence, ending.turn, 0, [frame]))
    else:
        await sink.announce(of_session, frame, once=once_for_ending(ending.turn))
