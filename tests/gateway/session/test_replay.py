"""One socket's catching up: what it missed or the whole state, then what is live, once and in order."""

import asyncio
from uuid import uuid4

import pytest

from gateway.managers.connection import Connection
from gateway.session import replay as module
from gateway.session.replay import Replay, without_answer
from gateway.session.sign_in import SignIn, Socket
from gateway.store.conversations import History
from gateway.wire.client_frames import Resume
from gateway.wire.close_codes import Close
from gateway.wire.codec import Level
from gateway.wire.server_frames import ServerFrame
from gateway.wire.session_id import SessionKey
from shared.db.endings import Ending
from shared.frames.turn_events import AiChunk, AiComplete, Context, Usage
from tests.gateway.session.doubles import Gateway, Peer, PlainVerifier, gateway

SESSION = SessionKey("alice", uuid4())


class Nobody(Socket):
    """A socket that a sign-in says nothing to here."""

    level = Level.FULL

    def say(self, frame: ServerFrame) -> None: ...

    def close(self, why: Close) -> None: ...


class Reader:
    """A replay, and what its socket got."""

    def __init__(self, parts: Gateway, gate: asyncio.Semaphore | None = None) -> None:
        self.peer = Peer()
        self.resyncs = 0
        self.resumed: list[bool] = []
        self.replay = Replay(
            SESSION,
            Connection(self.peer.send, close_now=None),
            relay=parts.relay,
            conversations=parts.conversations,
            gate=gate or parts.services.catching_up,
            sign_in=SignIn(PlainVerifier(), Nobody()),
            message_rate=60,
            resynced=self._count,
            resumed=self.resumed.append,
        )
        self.parts = parts

    async def follow(self) -> None:
        await self.parts.services.manager.connect(SESSION, self.replay)

    def _count(self) -> None:
        self.resyncs += 1

    def got(self) -> list[tuple[str, int | None]]:
        return [(frame["type"], frame.get("seq")) for frame in self.peer.frames]


@pytest.fixture
def parts() -> Gateway:
    return gateway()


def page(number: int) -> Context:
    return Context(f"T{number}", None, None)


async def say(parts: Gateway, *numbers: int) -> None:
    for number in numbers:
        await parts.relay.announce(SESSION, page(number))


async def test_it_goes_on_from_where_it_was_and_then_live(parts: Gateway) -> None:
    await say(parts, 1, 2, 3)
    epoch = (await parts.relay.catch_up(SESSION)).epoch
    reader = Reader(parts)
    await reader.follow()
    await reader.replay.greet(Resume(epoch, 1))
    await say(parts, 4)
    await reader.peer.hears("context", number=3)
    assert reader.got() == [("ready", 1), ("context", 2), ("context", 3), ("context", 4)]
    assert reader.peer.frames[0]["recovered"]
    assert reader.resumed == [True]
    assert reader.resyncs == 0


@pytest.mark.parametrize("resume", [None, Resume("other", 2), Resume("other", 0)])
async def test_where_that_cannot_be_said_it_gets_the_whole_state(
    parts: Gateway, resume: Resume | None
) -> None:
    await say(parts, 1, 2)
    reader = Reader(parts)
    await reader.follow()
    await reader.replay.greet(resume)
    await say(parts, 3)
    await reader.peer.hears("context")
    assert reader.got() == [("ready", 2), ("snapshot", 2), ("context", 3)]


async def test_what_is_published_while_it_reads_comes_once(parts: Gateway) -> None:
    gate = asyncio.Semaphore(0)
    reader = Reader(parts, gate)
    await reader.follow()
    greeting = asyncio.create_task(reader.replay.greet(None))
    await asyncio.sleep(0)
    await say(parts, 1, 2)
    gate.release()
    await greeting
    await say(parts, 3)
    await reader.peer.hears("context")
    assert reader.got() == [("ready", 2), ("snapshot", 2), ("context", 3)]


async def test_a_gap_is_read_again(parts: Gateway) -> None:
    reader = Reader(parts)
    await reader.follow()
    await reader.replay.greet(None)
    deaf = parts.relay.listeners.pop(SESSION)
    await say(parts, 1, 2)
    parts.relay.listeners[SESSION] = deaf
    await say(parts, 3)
    await reader.peer.hears("context", number=3)
    assert reader.got()[2:] == [("context", 1), ("context", 2), ("context", 3)]
    assert reader.resyncs == 1


async def test_a_loss_is_told_with_a_snapshot_and_a_missed_ending_is_announced_again(parts: Gateway) -> None:
    reader = Reader(parts)
    await reader.follow()
    await reader.replay.greet(None)
    turn = uuid4()
    reader.replay.awaits(turn)
    event = AiComplete("So.", turn, 1, "stop", Usage(), None, "test")
    parts.conversations.ended[turn] = Ending("alice", SESSION.session, turn, 1, event)
    parts.relay.flush()
    reader.replay.resync()
    [ending] = await reader.peer.hears("ai_complete")
    assert ending["full_message"] == "So."
    assert [kind for kind, _ in reader.got()] == ["ready", "snapshot", "ready", "snapshot", "ai_complete"]
    first, _, again, *_ = reader.peer.frames
    assert (again["recovered"], again["epoch"] != first["epoch"]) == (False, True)
    parts.relay.flush()
    reader.replay.resync()  # it was heard: nobody waits for it any more
    await reader.peer.hears("snapshot", number=3)
    await say(parts, 1)
    await reader.peer.hears("context")
    assert len(await reader.peer.hears("ai_complete")) == 1


async def test_an_outage_is_told_once_and_waited_out(parts: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "FIRST_PAUSE", 0.01)
    parts.relay.away = True
    reader = Reader(parts)
    await reader.follow()
    await reader.replay.greet(None)
    await asyncio.sleep(0.1)
    assert [frame["code"] for frame in reader.peer.frames] == ["unavailable"]
    parts.relay.away = False
    await reader.peer.hears("snapshot")
    assert [kind for kind, _ in reader.got()] == ["error", "ready", "snapshot"]


async def test_others_that_wait_do_not_hold_up_what_is_asked_next(
    parts: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "GREETING_SECONDS", 0.05)
    reader = Reader(parts, asyncio.Semaphore(0))
    async with asyncio.timeout(5):
        await reader.replay.greet(None)
    assert reader.got() == []
    await reader.replay.stop()


async def test_the_seed_level_gets_no_opening(parts: Gateway) -> None:
    reader = Reader(parts)
    await reader.follow()
    reader.replay.start()
    await parts.relay.announce(SESSION, AiChunk("lost before it joined", uuid4(), 1))
    await asyncio.sleep(0.01)
    await parts.relay.announce(SESSION, AiChunk("a word", uuid4(), 1))
    await reader.peer.hears("ai_chunk")
    assert reader.got()[-1] == ("ai_chunk", 2)


def test_the_answer_of_what_runs_is_still_to_come() -> None:
    assert without_answer(History([], has_more=True), uuid4()) == History([], has_more=True)
