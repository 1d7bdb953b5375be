"""An import is told to every full-level socket, after what was read before was forgotten."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from uuid import uuid4

import pytest

from gateway.session import import_watch as module
from gateway.session.chat_session import ChatSession
from gateway.session.import_watch import ImportWatch
from gateway.session.services import Handshake
from shared.frames.analyses_changed import AnalysesChanged
from tests.gateway.session.doubles import Gateway, Peer, gateway

DAY = dt.date(2026, 8, 29)


class Watched:
    """A gateway in memory with its watch, and how often it forgot."""

    def __init__(self) -> None:
        self.parts: Gateway = gateway()
        self.forgotten = 0
        self.watch = ImportWatch(self.parts.services.manager, [self._forget], self.parts.metrics)
        self.parts.relay.imports.append(self.watch.landed)
        self._lives: list[asyncio.Task[None]] = []

    def open(self, peer: Peer, token: str | None = None) -> None:
        handshake = Handshake(uuid4(), token, None)
        life = ChatSession(self.parts.services, handshake, receive=peer.receive, send=peer.send)
        self._lives.append(asyncio.create_task(life.run()))

    async def close(self) -> None:
        for life in self._lives:
            life.cancel()
        await asyncio.wait(self._lives)

    def _forget(self) -> None:
        self.forgotten += 1


@pytest.fixture
async def watched(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Watched]:
    monkeypatch.setattr(module, "PAUSE", 0.0)
    watched = Watched()
    running = asyncio.create_task(watched.watch.run())
    yield watched
    running.cancel()
    await asyncio.wait([running])
    await watched.close()


async def test_every_full_level_socket_hears_it_and_no_other(watched: Watched) -> None:
    full, other, seed = Peer(), Peer(), Peer()
    for peer, user in ((full, "alice"), (other, "bob")):
        watched.open(peer)
        peer.say("hello", token=user)
        await peer.hears("snapshot")
    watched.open(seed, token="carol")
    seed.say("cancel", turn_id=str(uuid4()))  # refused: so it is signed in
    await seed.hears("error")
    await watched.parts.relay.publish_import(AnalysesChanged(DAY, ["KO"]))
    for peer in (full, other):
        [told] = await peer.hears("analyses_changed")
        assert told == {"type": "analyses_changed", "as_of": "2026-08-29", "tickers": ["KO"]}
    assert [frame["type"] for frame in seed.frames] == ["error"]
    assert watched.forgotten == 1


async def test_before_ready_it_waits_for_that(watched: Watched) -> None:
    peer = Peer()
    watched.parts.relay.away = True
    watched.open(peer)
    peer.say("hello", token="alice")
    await peer.hears("error")
    watched.watch.landed(AnalysesChanged(DAY, None))
    watched.parts.relay.away = False
    await peer.hears("analyses_changed")
    assert [frame["type"] for frame in peer.frames] == ["error", "ready", "snapshot", "analyses_changed"]


async def test_what_lands_while_it_tells_is_told_together(
    watched: Watched, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PAUSE", 0.05)
    peer = Peer()
    watched.open(peer)
    peer.say("hello", token="alice")
    await peer.hears("snapshot")
    watched.watch.landed(AnalysesChanged(DAY, ["KO"]))
    await peer.hears("analyses_changed")
    for ticker in ("PEP", "MSFT", "PEP"):
        watched.watch.landed(AnalysesChanged(DAY, [ticker]))
    [_, second] = await peer.hears("analyses_changed", number=2)
    assert second["tickers"] == ["MSFT", "PEP"]
    assert watched.parts.metrics.imports._value.get() == 2


async def test_one_that_was_missed_is_forgotten_for_and_not_told(watched: Watched) -> None:
    peer = Peer()
    watched.open(peer)
    peer.say("hello", token="alice")
    await peer.hears("snapshot")
    watched.watch.missed()
    watched.watch.landed(AnalysesChanged(DAY, ["KO"]))
    [told] = await peer.hears("analyses_changed")
    assert (told["tickers"], watched.forgotten) == (["KO"], 2)
