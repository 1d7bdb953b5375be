"""One connection: how it ends, when it tries again, what it passes over."""

import asyncio

import pytest
from websockets.protocol import State

from deploy.client import Client
from deploy.client.connection import BACK_OFF, FIRST_DELAY, LONGEST_DELAY, Connection, decode_frame, delay
from gateway.wire.close_codes import Retry
from tests.deploy.client.fake_gateway import Socket, fake_gateway
from tests.deploy.client.frames import SESSION, echo, on_the_wire, ready, snapshot


async def greeted(socket: Socket) -> None:
    assert (await socket.hear())["type"] == "hello"
    await socket.say(ready())
    await socket.say(snapshot())


async def test_leaving_in_a_hurry_closes_the_socket_too() -> None:
    """The other side does not say goodbye, and the program does not wait for that."""
    silent, over = asyncio.Event(), asyncio.Event()

    async def says_nothing_more(socket: Socket) -> None:
        await greeted(socket)
        socket.deaf()
        silent.set()
        await over.wait()
        await socket.cut()

    async with fake_gateway(says_nothing_more) as gateway:
        connection = Connection(gateway.url, SESSION, Client(gateway.url, token="token"))
        life = asyncio.create_task(connection.run())
        await silent.wait()
        opened = connection._socket
        assert opened is not None
        life.cancel()
        while opened.state is State.OPEN:
            await asyncio.sleep(0)
        life.cancel()  # it is waiting for the other side's close frame now
        await asyncio.wait([life])
        assert opened.transport.is_closing()
        over.set()


@pytest.mark.parametrize(
    ("rule", "failures", "least", "most"),
    [
        ("refresh", 3, 0.0, 0.0),
        ("soon", 0, 0.0, 1.0),
        ("reconnect", 0, FIRST_DELAY / 2, FIRST_DELAY),
        ("reconnect", 99, LONGEST_DELAY / 2, LONGEST_DELAY),
        ("back_off", 0, BACK_OFF / 2, BACK_OFF),
    ],
)
def test_the_back_off_grows_and_is_spread(rule: Retry, failures: int, least: float, most: float) -> None:
    assert delay(rule, failures, 0.0) == least
    assert delay(rule, failures, 1.0) == most


def test_a_frame_of_a_type_not_known_yet_is_passed_over() -> None:
    assert decode_frame('{"type":"ai_applause","seq":3}') == (None, 3)
    assert decode_frame(on_the_wire(echo(SESSION), 3)) == (echo(SESSION), 3)
