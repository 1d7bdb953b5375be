"""Who may open a socket, and the way out for everybody."""

import asyncio
from contextlib import ExitStack
from uuid import uuid4

import pytest

from gateway.session.admission import Admission
from gateway.session.chat_session import ChatSession
from gateway.session.metrics import Metrics
from gateway.session.services import Handshake
from gateway.wire.close_codes import Close
from tests.gateway.session.doubles import Peer, gateway


@pytest.fixture
def admission() -> Admission:
    return Admission(origins=frozenset({"https://a.example"}), most=3, most_per_address=2, metrics=Metrics())


@pytest.mark.parametrize(
    ("origins", "allowed"),
    [
        ([], True),
        (["https://a.example"], True),
        (["https://a.example.evil"], False),
        (["https://A.example"], False),
        (["null"], False),
        ([""], False),
        (["https://a.example", "https://b.example"], False),
    ],
)
def test_an_origin_is_compared_exactly_and_none_is_no_browser(
    admission: Admission, origins: list[str], allowed: bool
) -> None:
    assert admission.allows(origins) is allowed


def test_places_are_capped_by_address_and_in_all_and_come_back(admission: Admission) -> None:
    for _ in range(2):
        with ExitStack() as held:
            assert [held.enter_context(admission.place("one")) for _ in range(2)] == [None, None]
            with admission.place("one") as refusal:
                assert refusal is Close.TOO_MANY
            assert held.enter_context(admission.place("two")) is None
            with admission.place("three") as refusal:
                assert refusal is Close.FULL


def test_a_place_comes_back_from_a_socket_that_failed(admission: Admission) -> None:
    for _ in range(5):
        with pytest.raises(ZeroDivisionError), admission.place("one") as refusal:
            assert refusal is None
            raise ZeroDivisionError


async def test_when_it_stops_nobody_comes_in_and_everybody_leaves_with_a_reason(admission: Admission) -> None:
    parts, peers = gateway(), [Peer() for _ in range(3)]

    async def serve(peer: Peer) -> None:
        life = ChatSession(
            parts.services, Handshake(uuid4(), "alice", None), receive=peer.receive, send=peer.send
        )
        with admission.inside(life):
            await life.run()

    served = [asyncio.create_task(serve(peer)) for peer in peers]
    await asyncio.sleep(0)
    async with asyncio.timeout(5):
        await admission.empty()
        await asyncio.gather(*served)
    assert [peer.close and peer.close[0] for peer in peers] == [1012] * 3
    with admission.place("one") as refusal:
        assert refusal is Close.RESTARTING
    await admission.empty()  # nobody is left
