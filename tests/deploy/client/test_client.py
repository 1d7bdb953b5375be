"""The client against a scripted gateway: what a program gets told, and what it need not care about."""

import asyncio
from http import HTTPStatus
from uuid import UUID

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from deploy.client import (
    Added,
    Checked,
    Client,
    Ended,
    EndedError,
    Event,
    LookedUp,
    Restarted,
    UnknownCompanyError,
)
from gateway.wire.server_frames import Error, PageContext, Snapshot
from shared.frames.turn_events import AiComplete, Context
from tests.deploy.client.fake_gateway import Handler, Socket, fake_gateway
from tests.deploy.client.frames import (
    ANSWER,
    DAY,
    PIECES,
    chunk,
    complete,
    echo,
    ready,
    reset,
    snapshot,
    start,
)
from tests.golden.sessions import FOLDER, SESSIONS


async def greeted(socket: Socket) -> None:
    assert (await socket.hear())["type"] == "hello"
    await socket.say(ready())
    await socket.say(snapshot())


async def asked(socket: Socket) -> UUID:
    frame = await socket.hear()
    assert frame["type"] == "user_message"
    return UUID(frame["turn_id"])


def text(events: list[Event]) -> str:
    """What a reader has in the end."""
    said = ""
    for event in events:
        if isinstance(event, Restarted):
            said = ""
        elif isinstance(event, Added):
            assert event.start == len(said)
            said += event.text
    return said


async def test_an_answer_comes_piece_by_piece_and_a_slow_reader_misses_nothing() -> None:
    told = asyncio.Event()

    async def answers(socket: Socket) -> None:
        await greeted(socket)
        turn = await asked(socket)
        events = [echo(turn), start(turn), *(chunk(turn, piece) for piece in PIECES), complete(turn)]
        await socket.say(events[0], 1)
        await socket.say(events[1], 2)
        await socket.say(events[2], 3)
        await told.wait()
        for seq, event in enumerate(events[3:], 4):
            await socket.say(event, seq)
        await socket.gone()

    async with fake_gateway(answers) as gateway, Client(gateway.url, token="token") as chat:
        events: list[Event] = []
        async for event in chat.stream("Why?"):
            events.append(event)
            if len(events) == 1:
                told.set()
                await chat.until(
                    lambda: chat.turns[0].stage == "ended"
                )  # all of it comes while this one is read
        assert events[0] == Added(PIECES[0], 0)
        assert text(events) == ANSWER
        assert [event for event in events if isinstance(event, Ended)] == [events[-1]]


@pytest.mark.parametrize("recovered", [True, False])
async def test_a_lost_socket_in_mid_answer_is_no_event(recovered: bool) -> None:
    turns: list[UUID] = []

    async def dies(socket: Socket) -> None:
        await greeted(socket)
        turns.append(await asked(socket))
        for seq, event in enumerate([echo(turns[0]), start(turns[0]), chunk(turns[0], PIECES[0])], 1):
            await socket.say(event, seq)
        await socket.cut()

    async def goes_on(socket: Socket) -> None:
        assert (await socket.hear())["resume"] == {"epoch": "e1", "seq": 3}
        if recovered:
            await socket.say(ready(7, recovered=True))
        else:
            await socket.say(ready(3, epoch="e2"))
            await socket.say(Snapshot(3, [], False, []))
            assert await asked(socket) == turns[0]
            await socket.say(start(turns[0], 2), 4)
            await socket.say(chunk(turns[0], PIECES[0], 2), 5)
        pieces = [chunk(turns[0], piece, 1 if recovered else 2) for piece in PIECES[1:]]
        for seq, event in enumerate([*pieces, complete(turns[0])], 4 if recovered else 6):
            await socket.say(event, seq)
        await socket.gone()

    async with fake_gateway(dies, goes_on) as gateway, Client(gateway.url, token="token") as chat:
        events = [event async for event in chat.stream("Why?")]
        assert text(events) == ANSWER
        assert not any(isinstance(event, Restarted) for event in events)


async def test_another_attempt_that_says_something_else_begins_again() -> None:
    async def begins_again(socket: Socket) -> None:
        await greeted(socket)
        turn = await asked(socket)
        first = [echo(turn), start(turn), chunk(turn, "Perhaps"), reset(turn, 2), start(turn, 2)]
        for seq, event in enumerate([*first, chunk(turn, "No.", 2), complete(turn, "No.")], 1):
            await socket.say(event, seq)
        await socket.gone()

    async with fake_gateway(begins_again) as gateway, Client(gateway.url, token="token") as chat:
        events = [event async for event in chat.stream("Why?")]
        assert text(events) == "No."
        assert isinstance(events[-1], Ended)


async def test_a_stop_while_the_socket_is_lost_arrives_when_it_is_back() -> None:
    turns: list[UUID] = []
    lost = asyncio.Event()

    async def dies(socket: Socket) -> None:
        await greeted(socket)
        turns.append(await asked(socket))
        await socket.say(echo(turns[0]), 1)
        await socket.cut()

    async def hears_it(socket: Socket) -> None:
        await socket.hear()
        await lost.wait()
        await socket.say(ready(1, recovered=True))
        frame = await socket.hear()
        assert (frame["type"], UUID(frame["turn_id"])) == ("cancel", turns[0])
        stopped = AiComplete("", turns[0], 1, "cancelled", complete(turns[0]).usage, None, "offline")
        await socket.say(stopped, 2)
        await socket.gone()

    async with fake_gateway(dies, hears_it) as gateway, Client(gateway.url, token="token") as chat:
        turn = await chat.send("Why?")
        await chat.until(lambda: turn.stage == "waiting" and chat.state == "reconnecting")
        await chat.cancel()
        lost.set()
        await chat.until(lambda: turn.stage == "ended")
        assert isinstance(turn.ending, AiComplete)
        assert turn.ending.finish_reason == "cancelled"


async def test_a_company_is_taken_or_not_known() -> None:
    async def knows_pepsico(socket: Socket) -> None:
        await greeted(socket)
        assert (await socket.hear())["ticker"] == "PEP"
        await socket.say(Context("PEP", 13, DAY), 1)
        assert (await socket.hear())["ticker"] == "NOPE"
        await socket.say(Error("unknown_ticker", "There is no such company here.", False))
        await socket.gone()

    async with fake_gateway(knows_pepsico) as gateway, Client(gateway.url, token="token") as chat:
        await chat.set_context("PEP")
        assert chat.conversation.context == PageContext("PEP", 13, DAY)
        with pytest.raises(UnknownCompanyError, match="NOPE"):
            await chat.set_context("NOPE")
        assert chat.ticker == "PEP"


async def test_the_end_of_the_conversation_reaches_whoever_waits() -> None:
    async def forbids(socket: Socket) -> None:
        await greeted(socket)
        await asked(socket)
        await socket.close(4403)

    async with fake_gateway(forbids) as gateway, Client(gateway.url, token="token") as chat:
        with pytest.raises(EndedError, match="not open to you"):
            _ = [event async for event in chat.stream("Why?")]
    with pytest.raises(EndedError, match="not open"):
        await chat.ask("Why?")


@pytest.mark.parametrize("name", SESSIONS)
async def test_the_golden_sessions_told_as_events(name: str) -> None:
    """As recorded, over a real socket: what is told of each turn comes to what its ending says."""
    recorded = (FOLDER / f"{name}.jsonl").read_text("utf-8").splitlines()

    def plays() -> Handler:
        async def play(socket: Socket) -> None:
            await socket.hear()
            for line in recorded:
                await socket.say_text(line)
            await socket.gone()

        return play

    async with fake_gateway(plays()) as gateway, Client(gateway.url, token="token") as chat:
        endings = sum('"type":"ai_complete"' in line or '"type":"ai_error"' in line for line in recorded)
        await chat.until(lambda: sum(turn.stage == "ended" for turn in chat.turns) >= endings)
        for turn in [turn for turn in chat.turns if turn.stage == "ended"]:
            events = [event async for event in chat.stream(turn)]
            assert text(events) == turn.text
            assert [event.lookup for event in events if isinstance(event, LookedUp)] == turn.lookups
            checked = [event.figures for event in events if isinstance(event, Checked)]
            assert [figure for figures in checked for figure in figures] == turn.figures
            assert events[-1] == Ended(turn)


@pytest.mark.parametrize(("status", "words"), [(404, "is no gateway"), (502, "Nothing answers")])
async def test_something_else_answers_at_this_address(status: int, words: str) -> None:
    def refuse(connection: ServerConnection, _: Request) -> Response:
        return connection.respond(HTTPStatus(status), "")

    async def never(_: ServerConnection) -> None:
        raise AssertionError

    async with serve(never, "127.0.0.1", 0, process_request=refuse) as server:
        host, port = next(iter(server.sockets)).getsockname()[:2]
        with pytest.raises(EndedError, match=words):
            async with Client(f"http://{host}:{port}", token="token"):
                pass


async def test_a_gateway_of_another_version_is_named_as_such() -> None:
    async def speaks_otherwise(socket: Socket) -> None:
        await socket.hear()
        await socket.say_text('{"type":"ready","session":7}')
        await socket.gone()

    async with fake_gateway(speaks_otherwise) as gateway:
        with pytest.raises(EndedError, match="one may be older"):
            async with Client(gateway.url, token="token"):
                pass


async def test_a_failed_opening_leaves_nothing_open() -> None:
    async def does_not_know(socket: Socket) -> None:
        await greeted(socket)
        assert (await socket.hear())["ticker"] == "NOPE"
        await socket.say(Error("unknown_ticker", "There is no such company here.", False))
        await socket.gone()

    async with fake_gateway(does_not_know) as gateway:
        with pytest.raises(UnknownCompanyError):
            async with Client(gateway.url, token="token", ticker="NOPE"):
                pass
    assert asyncio.all_tasks() == {asyncio.current_task()}
