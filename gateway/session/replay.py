"""Bringing one socket up to date: read what it missed, or the whole state, then join it with what is live."""

import asyncio
from collections.abc import Callable, Sequence
from uuid import UUID

import structlog

from gateway.managers.connection import Connection
from gateway.relay.ports import Relay
from gateway.session.follower import Follower, Placement
from gateway.session.sign_in import SignIn
from gateway.store.conversations import (
    QUEUE,
    SNAPSHOT_MESSAGES,
    Conversations,
    History,
    SessionView,
    fit_snapshot,
)
from gateway.wire.client_frames import CONTENT_CHARS, Resume
from gateway.wire.close_codes import Close, RefusedError
from gateway.wire.codec import Level, encode_frame, ends
from gateway.wire.server_frames import ActiveTurn, Limits, Ready, Snapshot
from gateway.wire.session_id import SessionKey
from shared.frames.live import Live
from shared.frames.notes import read_notes
from shared.outages import SERVERS_AWAY
from shared.scripts.session_scripts import CatchUp

FIRST_PAUSE, LONGEST_PAUSE = 0.25, 2.0
GREETING_SECONDS = 2.0

log = structlog.get_logger(__name__)


class Replay:
    """One socket's catching up. It goes on until it succeeds or is stopped; events are held meanwhile."""

    __slots__ = (
        "_again", "_awaited", "_connection", "_conversations", "_follower", "_gate", "_greet", "_lost",
        "_message_rate", "_news", "_relay", "_resumed", "_resynced", "_session", "_sign_in", "_task",
        "_tried",
    )  # fmt: skip

    def __init__(
        self,
        session: SessionKey,
        connection: Connection,
        *,
        relay: Relay,
        conversations: Conversations,
        gate: asyncio.Semaphore,
        sign_in: SignIn,
        message_rate: int,
        resynced: Callable[[], None],
        resumed: Callable[[bool], None],
    ) -> None:
        self._session = session
        self._connection = connection
        self._relay = relay
        self._conversations = conversations
        self._gate = gate
        self._sign_in = sign_in
        self._message_rate = message_rate
        self._follower = Follower()
        self._resynced = resynced
        self._resumed = resumed
        self._awaited: set[UUID] = set()
        self._lost = False
        self._greet = False
        self._news: list[str] = []
        self._again = False
        self._tried: asyncio.Future[None] | None = None
        self._task: asyncio.Task[None] | None = None

    def deliver(self, live: Live) -> None:
        """Hand a live event on, if it is the next one."""
        match self._follower.offer(live):
            case Placement.SEND:
                self._connection.forward(live.frame)
                self._heard(live.frame)
            case Placement.GAP:
                self.resync()

    def send(self, frame: str) -> None:
        """Hand a frame of the gateway on, which is no event and has no number."""
        self._connection.send(frame)

    def inform(self, frame: str) -> None:
        """Hand on what every full-level socket is told; before `ready` a client hears nothing, so it waits for that."""
        if self._greet:
            self._news.append(frame)
        elif self._connection.level is Level.FULL:
            self._connection.send(frame)

    def resync(self) -> None:
        """Events may have been missed: catch up."""
        self._resynced()
        self.start()

    def awaits(self, turn: UUID) -> None:
        """This socket asked: if the events are lost, it is told the ending all the same."""
        self._awaited.add(turn)

    def start(self) -> None:
        """Catch up now; while that is under way, once more afterwards."""
        self._follower.hold()
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        else:
            self._again = True

    async def greet(self, resume: Resume | None) -> None:
        """Open the full level from where the client was; returns when that was tried once, or after a while:
        what the client asks next must be answered even when many others wait for a stalled Redis."""
        self._connection.level, self._greet = Level.FULL, True
        await self.stop()
        self._follower.start_from(*((resume.epoch, resume.seq) if resume else ("", 0)))
        self._tried = asyncio.get_running_loop().create_future()
        self.start()
        await asyncio.wait([self._tried], timeout=GREETING_SECONDS)

    async def stop(self) -> None:
        """Give up."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.wait([self._task])
            self._task = None

    async def _run(self) -> None:
        pause, refused = FIRST_PAUSE, False
        while not self._connection.closing:
            self._again = False
            try:
                async with self._gate:
                    done = await self._catch_up()
            except SERVERS_AWAY as error:
                log.warning("cannot catch up; trying again", error=type(error).__name__)
                if not refused:
                    self._connection.send(encode_frame(RefusedError("unavailable").frame()))
                    refused = True
                    self._was_tried()
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            except Exception:  # whatever it is, the client gets a code and fixed words
                log.exception("catching up failed")
                self._connection.close(Close.INTERNAL)
                break
            if done and not self._again:
                break
        self._was_tried()
        self._task = None

    def _was_tried(self) -> None:
        if self._tried is not None and not self._tried.done():
            self._tried.set_result(None)
        self._tried = None

    async def _catch_up(self) -> bool:
        """One attempt; false if live events do not join what was read."""
        follower = self._follower
        follower.hold()
        seen = follower.epoch, follower.seq
        caught = await self._relay.catch_up(self._session, epoch=seen[0], seq=seen[1])
        missed: Sequence[str] = [frame.decode() for frame in caught.frames]
        opening: list[str] = []
        if self._connection.level is Level.FULL and (self._greet or not caught.recovered):
            view = await self._conversations.view(self._session)
            opening.append(encode_frame(await self._ready(caught, view, seen[1])))
            if not caught.recovered:
                opening.append(encode_frame(await self._snapshot(caught)))
        following = follower.settle(caught.epoch, caught.seq)
        if following is None:
            return False
        if self._greet and seen[0]:
            self._resumed(caught.recovered)
        self._greet = False
        events = [*missed, *(live.frame for live in following)]
        self._connection.replay(opening, events)
        news, self._news = self._news, []
        for frame in news:
            self._connection.send(frame)
        for frame in events:
            self._heard(frame)
        self._lost = self._lost or not caught.recovered
        if self._lost and self._awaited:
            await self._publish_missed()
        self._lost = False
        return True

    def _heard(self, frame: str) -> None:
        if self._awaited:
            self._awaited = {turn for turn in self._awaited if not ends(frame, turn)}

    async def _publish_missed(self) -> None:
        """Announce once more, with numbers of now, what ended while events were lost."""
        for ending in await self._conversations.endings(self._session, self._awaited):
            await self._relay.announce(self._session, ending.event)

    async def _ready(self, caught: CatchUp, view: SessionView, seen: int) -> Ready:
        return Ready(
            session_id=self._session.session,
            epoch=caught.epoch,
            seq=seen if caught.recovered else caught.seq,  # the first event after it has the next number
            recovered=caught.recovered,
            context=view.context,
            active_turn=caught.turn or view.running,
            model=await self._relay.model(),
            expires_at=self._sign_in.expires_at,
            limits=Limits(CONTENT_CHARS, QUEUE, self._message_rate),
        )

    async def _snapshot(self, caught: CatchUp) -> Snapshot:
        history = await self._conversations.history(self._session, limit=SNAPSHOT_MESSAGES)
        messages, has_more = fit_snapshot(without_answer(history, caught.turn))
        active = None
        if caught.turn:
            notes = read_notes(caught.notes)
            active = ActiveTurn(caught.turn, caught.attempt, caught.text, notes.figures, notes.lookups)
        queued = await self._conversations.queued(self._session)
        return Snapshot(caught.seq, messages, has_more, queued, active)


def without_answer(history: History, running: UUID | None) -> History:
    """The history as it was when `running` ran: its answer, stored since, is still to come as an event."""
    kept = [m for m in history.messages if m.role == "user" or m.turn_id != running]
    return History(kept, history.has_more)
