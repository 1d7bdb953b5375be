"""One socket's life, frame by frame, without a network."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from uuid import UUID, uuid4

import pytest

from gateway.managers import connection
from gateway.session import sign_in
from gateway.session.chat_session import ChatSession
from gateway.session.services import Handshake
from gateway.wire.close_codes import RefusedError
from shared.db.endings import Ending
from shared.frames.turn_events import AiComplete, Usage
from tests.gateway.session.doubles import Gateway, Peer, gateway

SESSION = uuid4()


class Socket:
    """A peer and the session that serves it."""

    def __init__(
        self, parts: Gateway, *, token: str | None, ticker: str | None = None, session: UUID = SESSION
    ) -> None:
        self.peer = Peer()
        self.life = ChatSession(
            parts.services, Handshake(session, token, ticker), receive=self.peer.receive, send=self.peer.send
        )
        self.running = asyncio.create_task(self.life.run())

    async def over(self) -> int | None:
        """Wait until it is served no longer; the code it was closed with."""
        async with asyncio.timeout(10):
            await self.running
        return self.peer.close[0] if self.peer.close else None


@asynccontextmanager
async def socket(
    parts: Gateway, *, token: str | None = None, ticker: str | None = None
) -> AsyncIterator[Socket]:
    one = Socket(parts, token=token, ticker=ticker)
    try:
        yield one
    finally:
        one.peer.takes.set()
        one.peer.leave()
        await one.over()


async def opened(one: Socket, token: str = "alice") -> None:
    one.peer.say("hello", token=token)
    await one.peer.hears("snapshot")


@pytest.fixture
def parts() -> Gateway:
    return gateway()


async def test_hello_opens_the_full_level_and_a_question_is_echoed_then_acknowledged(parts: Gateway) -> None:
    async with socket(parts) as one:
        await opened(one)
        turn = uuid4()
        one.peer.say("user_message", content="Why?", turn_id=str(turn))
        await one.peer.hears("ack")
        assert [frame["type"] for frame in one.peer.frames] == ["ready", "snapshot", "user_echo", "ack"]
        ready, snapshot, echo, ack = one.peer.frames
        assert (ready["recovered"], ready["seq"], snapshot["seq"], echo["seq"]) == (False, 0, 0, 1)
        assert (ack["turn_id"], ack["status"], ack["position"]) == (str(turn), "accepted", 0)
        assert [request.turn for request in parts.relay.woken] == [turn]
    assert not parts.services.manager.active_connections
    assert parts.services.user_cap.take("alice")


async def test_the_seed_level_hears_no_echo_and_its_page_is_taken_from_the_query(parts: Gateway) -> None:
    async with socket(parts, token="alice", ticker="KO") as one:
        one.peer.say("user_message", content="Why?", turn_id=str(SESSION))
        one.peer.say("ping", t=1)
        one.peer.say("cancel", turn_id=str(uuid4()))
        await one.peer.hears("error")
        assert {frame["type"] for frame in one.peer.frames} == {"pong", "error"}
        assert parts.conversations.page == "KO"
        assert list(parts.conversations.asked) == [SESSION]


@pytest.mark.parametrize(
    ("token", "says", "code"),
    [
        (None, ("hello", {}), 4401),
        (None, ("hello", {"token": "bad"}), 4401),
        (None, ("cancel", {}), 4401),
        ("bad", None, 4401),
        ("alice", ("hello", {"token": "bob"}), 4403),
        ("alice", ("auth_refresh", {"token": "bob"}), 4403),
        ("alice", ("auth_refresh", {"token": "bad"}), 4401),
    ],
)
async def test_who_is_not_who_they_say_is_closed(
    parts: Gateway, token: str | None, says: tuple[str, dict[str, str]] | None, code: int
) -> None:
    one = Socket(parts, token=token)
    if says:
        one.peer.say(says[0], **says[1])
    assert await one.over() == code
    assert not parts.conversations.asked


async def test_silence_is_4408(parts: Gateway, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sign_in, "AUTH_TIMEOUT", 0.05)
    assert await Socket(parts, token=None).over() == 4408


async def test_a_token_is_renewed_by_a_later_one_only_and_its_end_is_told(parts: Gateway) -> None:
    one = Socket(parts, token=None)
    await opened(one, "alice:600")
    one.peer.say("auth_refresh", token="alice:300")
    [refused] = await one.peer.hears("error")
    assert refused["code"] == "invalid"
    one.peer.say("auth_refresh", token="alice:900")
    [renewed] = await one.peer.hears("authenticated")
    assert renewed["expires_at"] > one.peer.frames[0]["expires_at"]
    one.peer.leave()
    await one.over()

    ends = Socket(parts, token=None)
    ends.peer.say("hello", token="alice:2")
    await ends.peer.hears("auth_expiring")
    assert await ends.over() == 4401


async def test_the_fifth_invalid_frame_is_4400_and_bytes_are_1003(parts: Gateway) -> None:
    one, binary = Socket(parts, token="alice"), Socket(parts, token="alice")
    for _ in range(5):
        one.peer.say_raw('{"type":' + "[" * 3000)
    assert await one.over() == 4400
    assert [frame["code"] for frame in one.peer.frames] == ["invalid"] * 5
    binary.peer.say_raw(None)
    assert await binary.over() == 1003


async def test_a_second_hello_is_invalid(parts: Gateway) -> None:
    async with socket(parts) as one:
        await opened(one)
        one.peer.say("hello", token="alice")
        [error] = await one.peer.hears("error")
        assert error["code"] == "invalid"


async def test_more_sockets_than_a_user_may_have_are_4429_and_a_place_comes_back() -> None:
    parts = gateway(per_user=1)
    async with socket(parts) as one:
        await opened(one)
        assert await Socket(parts, token="alice").over() == 4429
        async with socket(parts, token="bob"):
            pass
    async with socket(parts) as again:
        await opened(again)


async def test_refusals_carry_the_turn_and_an_outage_is_named(parts: Gateway) -> None:
    async with socket(parts) as one:
        await opened(one)
        turn = str(uuid4())
        parts.conversations.away = True
        one.peer.say("user_message", content="Why?", turn_id=turn)
        [away] = await one.peer.hears("error")
        assert (away["code"], away["turn_id"], away["retryable"]) == ("unavailable", turn, True)
        parts.conversations.away = False
        one.peer.say("user_message", content="Why?", turn_id=turn, context_ticker="NOPE")
        assert (await one.peer.hears("error", number=2))[1]["code"] == "unknown_ticker"


async def test_twenty_refusals_for_too_much_are_4429(parts: Gateway) -> None:
    parts.rate.left = 0
    one = Socket(parts, token="alice")
    for _ in range(30):
        one.peer.say("user_message", content="Why?")
    assert await one.over() == 4429
    assert [frame["code"] for frame in one.peer.frames] == ["rate_limited"] * 20


async def test_an_overload_of_ours_does_not_use_up_the_rate() -> None:
    parts = gateway(allowed=3)
    parts.conversations.refusal = RefusedError("overloaded", retry_after_ms=5000)
    async with socket(parts, token="alice") as one:
        for _ in range(10):
            one.peer.say("user_message", content="Why?")
        await one.peer.hears("error", number=10)
        assert {frame["code"] for frame in one.peer.frames} == {"overloaded"}
        assert parts.rate.left == 3


async def test_an_answered_question_sent_again_is_told_its_ending_whatever_the_rate(parts: Gateway) -> None:
    turn = uuid4()
    event = AiComplete("So.", turn, 1, "stop", Usage(), None, "test")
    parts.conversations.ended[turn] = Ending("alice", SESSION, turn, 1, event)
    parts.rate.left = 0
    async with socket(parts) as one:
        await opened(one)
        one.peer.say("user_message", content="Why?", turn_id=str(turn))
        [again] = await one.peer.hears("ai_complete")
        assert again["full_message"] == "So."
        assert [frame["status"] for frame in one.peer.frames if frame["type"] == "ack"] == ["duplicate"]


async def test_a_failure_of_ours_is_4500_in_fixed_words(parts: Gateway) -> None:
    parts.conversations.refusal = KeyError("a secret of ours")
    one = Socket(parts, token="alice")
    one.peer.say("user_message", content="Why?")
    assert await one.over() == 4500
    assert one.peer.close == (4500, "Something went wrong here.")


async def test_when_the_gateway_stops_the_frame_at_hand_is_finished(parts: Gateway) -> None:
    one = Socket(parts, token=None)
    await opened(one)
    one.peer.say("user_message", content="Why?", turn_id=str(SESSION))
    await one.peer.hears("ack")
    await one.life.leave()
    assert await one.over() == 1012


async def test_on_a_server_without_an_extension_a_reader_that_never_reads_is_left(
    parts: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SEND_TIMEOUT", 0.05)
    one = Socket(parts, token=None)
    await opened(one)
    one.peer.takes.clear()
    one.peer.say("user_message", content="Why?")
    assert await one.over() is None
    assert not parts.services.manager.active_connections
    assert not one.running.cancelled()


async def test_on_a_server_without_an_extension_a_reader_that_reads_again_is_told_why(
    parts: Gateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "SEND_TIMEOUT", 0.2)
    one = Socket(parts, token=None)
    await opened(one)
    one.peer.takes.clear()
    one.peer.say("user_message", content="Why?")
    await asyncio.sleep(0.3)
    one.peer.takes.set()
    assert await one.over() == 4008


async def test_a_cancelled_server_is_not_kept_from_ending(parts: Gateway) -> None:
    one = Socket(parts, token="alice")
    await asyncio.sleep(0)
    one.running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await one.running
