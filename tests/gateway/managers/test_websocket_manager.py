"""Who listens where: every event to every listener of its session, and a channel followed just as long as needed."""

import asyncio
from uuid import uuid4

import pytest

from gateway.managers import websocket_manager as module
from gateway.managers.websocket_manager import ConnectionManager
from gateway.wire.server_frames import Pong
from gateway.wire.session_id import SessionKey
from shared.frames.live import Live


class Tab:
    """A listener that notes what it hears."""

    def __init__(self) -> None:
        self.heard: list[Live] = []
        self.told: list[str] = []
        self.informed: list[str] = []
        self.resyncs = 0

    def deliver(self, live: Live) -> None:
        self.heard.append(live)

    def send(self, frame: str) -> None:
        self.told.append(frame)

    def inform(self, frame: str) -> None:
        self.informed.append(frame)

    def resync(self) -> None:
        self.resyncs += 1


class Channels:
    """Where the manager subscribes. `open` lets a subscription be confirmed."""

    def __init__(self) -> None:
        self.log: list[tuple[str, bytes]] = []
        self.open = asyncio.Event()
        self.open.set()
        self.left = asyncio.Event()

    async def follow(self, channel: bytes) -> None:
        self.log.append(("follow", channel))
        await self.open.wait()

    async def unfollow(self, channel: bytes) -> None:
        self.log.append(("unfollow", channel))
        self.left.set()


@pytest.fixture
def channels() -> Channels:
    return Channels()


@pytest.fixture
def manager(channels: Channels, monkeypatch: pytest.MonkeyPatch) -> ConnectionManager:
    monkeypatch.setattr(module, "UNFOLLOW_DELAY", 0.01)
    return ConnectionManager(channel_of=channel_of, follow=channels.follow, unfollow=channels.unfollow)


def channel_of(session: SessionKey) -> bytes:
    return f"live:{session.user}:{session.session}".encode()


def key(user: str = "alice") -> SessionKey:
    return SessionKey(user, uuid4())


async def test_an_event_goes_to_all_of_its_session_and_to_nobody_else(manager: ConnectionManager) -> None:
    session, other = key(), key()
    tabs, stranger = [Tab(), Tab()], Tab()
    for tab in tabs:
        await manager.connect(session, tab)
    await manager.connect(other, stranger)
    manager.deliver(channel_of(session), b'e 7 {"type":"ai_chunk","content":"a b  c"}')
    assert [tab.heard for tab in tabs] == [[("e", 7, '{"type":"ai_chunk","content":"a b  c"}')]] * 2
    await manager.send_personal_message(Pong(1), session)
    assert [tab.told for tab in tabs] == [['{"type":"pong","t":1}']] * 2
    manager.resync(channel_of(session))
    assert [tab.resyncs for tab in (*tabs, stranger)] == [1, 1, 0]
    manager.resync_all()
    assert [tab.resyncs for tab in (*tabs, stranger)] == [2, 2, 1]
    assert (stranger.heard, stranger.told) == ([], [])


async def test_the_channel_is_left_after_the_last_and_a_late_event_harms_nobody(
    manager: ConnectionManager, channels: Channels
) -> None:
    session, tabs = key(), [Tab(), Tab()]
    for tab in tabs:
        await manager.connect(session, tab)
    for tab in tabs:
        manager.disconnect(session, tab)
        manager.disconnect(session, tab)
    manager.deliver(channel_of(session), b"e 1 {}")
    manager.resync(channel_of(session))
    async with asyncio.timeout(5):
        await channels.left.wait()
    manager.deliver(channel_of(session), b"e 2 {}")
    assert [name for name, _ in channels.log] == ["follow", "follow", "unfollow"]
    assert not manager.active_connections
    assert not any(tab.heard for tab in tabs)


async def test_a_reload_finds_its_channel_followed(
    manager: ConnectionManager, channels: Channels, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "UNFOLLOW_DELAY", 0.05)
    session, before, after = key(), Tab(), Tab()
    await manager.connect(session, before)
    manager.disconnect(session, before)
    await manager.connect(session, after)
    other = key()
    await manager.connect(other, before)
    manager.disconnect(other, before)  # its delay began later: when this is over, the other one's is too
    async with asyncio.timeout(5):
        await channels.left.wait()
    assert [entry for entry in channels.log if entry[0] == "unfollow"] == [("unfollow", channel_of(other))]
    manager.deliver(channel_of(session), b"e 1 {}")
    assert len(after.heard) == 1


async def test_who_cannot_follow_yet_is_registered_all_the_same(
    manager: ConnectionManager, channels: Channels
) -> None:
    session, tab = key(), Tab()
    channels.open.clear()
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.01):
            await manager.connect(session, tab)
    manager.resync(channel_of(session))
    assert tab.resyncs == 1
    assert manager.all() == [tab]


async def test_what_is_for_all_is_encoded_once_and_offered_to_every_listener(
    manager: ConnectionManager, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BROADCAST_AT_ONCE", 2)
    tabs = [Tab() for _ in range(5)]
    for tab in tabs:
        await manager.connect(key(), tab)
    await manager.broadcast(Pong(1))
    assert [tab.informed for tab in tabs] == [['{"type":"pong","t":1}']] * 5
    assert len({id(tab.informed[0]) for tab in tabs}) == 1
