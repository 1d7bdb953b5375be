"""The chat against a scripted gateway: what it sends, what it survives, when it gives up."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from itertools import count
from typing import Any
from uuid import UUID

import msgspec
import pytest

from deploy.cli.chat import Chat
from deploy.client.connection import (
    EndedError,
)
from deploy.local.ports import free_port
from gateway.wire.close_codes import RETRY_RULES, Close
from gateway.wire.server_frames import Ack, AuthExpiring, Error
from shared.frames.turn_events import Context
from tests.deploy.client.fake_gateway import Handler, Socket, fake_gateway
from tests.deploy.client.frames import (
    ANSWER,
    DAY,
    PIECES,
    SESSION,
    chunk,
    complete,
    echo,
    ready,
    snapshot,
    start,
)


class Applause(msgspec.Struct, tag="ai_applause"):
    """A session event of a gateway that is newer than this program."""

    turn_id: UUID


class Front:
    """Remembers what it was told."""

    def __init__(self) -> None:
        self.states: list[str] = []
        self.unknown: list[str] = []

    def cut(self, text: str) -> int:
        return len(text)

    async def changed(self, chat: Chat) -> None:
        if not self.states or self.states[-1] != chat.state:
            self.states.append(chat.state)

    async def unknown_company(self, ticker: str) -> None:
        self.unknown.append(ticker)


@asynccontextmanager
async def chatting(
    *handlers: Handler, ticker: str | None = None, sign: Callable[[], str] = lambda: "token"
) -> AsyncIterator[tuple[Chat, Front]]:
    async with fake_gateway(*handlers) as gateway:
        front = Front()
        chat = Chat(gateway.url, front, sign=sign, ticker=ticker)
        try:
            async with asyncio.timeout(30):
                await chat.open(SESSION)
                yield chat, front
        finally:
            await chat.close()


async def greeted(socket: Socket) -> None:
    assert (await socket.hear())["type"] == "hello"
    await socket.say(ready())
    await socket.say(snapshot())


def named(frame: dict[str, Any]) -> tuple[str, str | None]:
    return frame["type"], frame["ticker"]


async def answer(socket: Socket, turn: UUID, first_seq: int = 1) -> None:
    events = [echo(turn), start(turn), *(chunk(turn, piece) for piece in PIECES), complete(turn)]
    for seq, event in enumerate(events, first_seq):
        await socket.say(event, seq)


async def test_a_question_is_sent_until_it_is_taken_and_always_under_one_id() -> None:
    sent: list[str] = []

    async def dies(socket: Socket) -> None:
        await greeted(socket)
        sent.append((await socket.hear())["turn_id"])
        await socket.cut()

    async def answers(socket: Socket) -> None:
        hello = await socket.hear()
        assert hello["resume"] == {"epoch": "e1", "seq": 0}
        await socket.say(ready(recovered=True))
        question = await socket.hear()
        assert question["context_ticker"] == "KO"
        sent.append(question["turn_id"])
        turn = UUID(question["turn_id"])
        await socket.say(Ack(turn, "accepted", 0))
        await answer(socket, turn)
        await socket.gone()

    async with chatting(dies, answers) as (chat, front):
        turn = await chat.ask("Why?")
        await chat.until(lambda: turn.stage == "ended")
        assert turn.text == ANSWER
    assert sent == [str(turn.turn_id)] * 2
    assert front.states == ["live", "reconnecting", "live"]


async def test_a_question_refused_for_now_goes_out_again_when_it_may() -> None:
    async def refuses(socket: Socket) -> None:
        await greeted(socket)
        turn = UUID((await socket.hear())["turn_id"])
        await socket.say(Error("rate_limited", "Wait.", True, 50, turn))
        assert (await socket.hear())["turn_id"] == str(turn)
        await answer(socket, turn)
        await socket.gone()

    async with chatting(refuses) as (chat, _):
        turn = await chat.ask("Why?")
        await chat.until(lambda: turn.refusal is not None)
        await chat.until(lambda: turn.stage == "ended")


async def test_a_missed_event_is_fetched_by_resuming() -> None:
    async def skips(socket: Socket) -> None:
        await greeted(socket)
        turn = UUID((await socket.hear())["turn_id"])
        await socket.say(echo(turn), 1)
        await socket.say(chunk(turn, "too far"), 3)
        await socket.gone()

    async def resumes(socket: Socket) -> None:
        assert (await socket.hear())["resume"] == {"epoch": "e1", "seq": 1}
        await socket.say(ready(1, recovered=True))
        turn = chat.conversation.turns[0].turn_id
        await socket.say(start(turn), 2)
        await socket.say(chunk(turn, ANSWER), 3)
        await socket.say(complete(turn), 4)
        await socket.gone()

    async with chatting(skips, resumes) as (chat, _):
        turn = await chat.ask("Why?")
        await chat.until(lambda: turn.stage == "ended")
        assert turn.text == ANSWER


async def test_an_event_of_a_type_not_known_yet_counts_and_the_conversation_goes_on() -> None:
    async def is_newer(socket: Socket) -> None:
        await greeted(socket)
        turn = UUID((await socket.hear())["turn_id"])
        await socket.say(echo(turn), 1)
        await socket.say(start(turn), 2)
        await socket.say(Applause(turn), 3)
        await socket.say(Applause(turn))
        await socket.say(chunk(turn, ANSWER), 4)
        await socket.say(complete(turn), 5)
        await socket.gone()

    async with chatting(is_newer) as (chat, front):  # a second socket would find no handler
        turn = await chat.ask("Why?")
        await chat.until(lambda: turn.stage == "ended")
        assert turn.text == ANSWER
        assert front.states == ["live"]


async def test_the_company_is_asked_for_until_the_gateway_has_it() -> None:
    async def moves(socket: Socket) -> None:
        await greeted(socket)
        assert named(await socket.hear()) == ("set_context", "MSFT")
        await socket.say(Error("unavailable", "Later.", True, 10))
        assert named(await socket.hear()) == ("set_context", "MSFT")
        await socket.say(Context("MSFT", 3, DAY), 1)
        assert (await socket.hear())["ticker"] == "NOPE"
        await socket.say(Error("unknown_ticker", "No.", False))
        assert (await socket.hear())["context_ticker"] == "MSFT"
        await socket.gone()

    async with chatting(moves, ticker="MSFT") as (chat, front):
        await chat.until(lambda: chat.settled)
        await chat.view("NOPE")
        await chat.until(lambda: chat.settled)
        assert front.unknown == ["NOPE"]
        await chat.ask("Why?")


async def test_stop_names_the_turn_and_a_token_is_renewed_in_time() -> None:
    tokens = count(1)

    async def listens(socket: Socket) -> None:
        assert (await socket.hear())["token"] == "token 1"
        await socket.say(ready())
        await socket.say(snapshot())
        turn = UUID((await socket.hear())["turn_id"])
        await socket.say(echo(turn), 1)
        await socket.say(AuthExpiring(2_000_000_000))
        assert (await socket.hear())["type"] == "auth_refresh"
        assert await socket.hear() == {"type": "cancel", "turn_id": str(turn)}
        await socket.say(complete(turn, ""), 2)
        await socket.gone()

    renewed = asyncio.Event()

    def sign() -> str:
        number = next(tokens)
        if number > 2:  # the second looks up the verdict of the page's analysis
            renewed.set()
        return f"token {number}"

    async with chatting(listens, sign=sign) as (chat, _):
        turn = await chat.ask("Why?")
        await renewed.wait()
        await chat.stop()
        await chat.until(lambda: turn.stage == "ended")


async def test_a_refused_token_is_replaced_once() -> None:
    async def refuses(socket: Socket) -> None:
        await socket.hear()
        await socket.close(4401)

    with pytest.raises(EndedError, match="JWT_SECRET"):
        async with chatting(refuses, refuses):
            pass
    async with chatting(refuses, greeted_and_left):
        pass


async def greeted_and_left(socket: Socket) -> None:
    await greeted(socket)
    await socket.gone()


async def test_leaving_leaves_nothing_open() -> None:
    """Also at once, while the verdict of the page's analysis is still being looked up."""
    async with chatting(greeted_and_left):
        looking_up = asyncio.all_tasks()
    left = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    assert len(looking_up) > 1
    assert left == []


@pytest.mark.parametrize("code", [code for code, rule in RETRY_RULES.items() if rule == "stop"])
async def test_a_close_code_that_says_stop_is_the_end(code: int) -> None:
    words = "not open to you" if code == Close.FORBIDDEN.code else f"close code {code}"

    async def closes(socket: Socket) -> None:
        await socket.hear()
        await socket.close(code)

    with pytest.raises(EndedError, match=words):
        async with chatting(closes):
            pass


async def test_nothing_there_at_all() -> None:
    chat = Chat(f"http://127.0.0.1:{free_port()}", Front(), sign=lambda: "token")
    with pytest.raises(EndedError, match="start it with `make run`"):
        await chat.open(SESSION)
    await chat.close()
