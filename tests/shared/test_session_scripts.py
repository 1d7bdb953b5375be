"""The three scripts against a real server: numbering, fences, dedupe, loss."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
import pytest
from redis.asyncio import Redis

from deploy.local.valkey import Valkey
from shared.frames.figures import Figure, Lookup
from shared.frames.notes import FiguresNote, LookupNote, StartNote, read_notes, write_note
from shared.frames.turn_events import (
    AiChunk,
    AiComplete,
    AiLookup,
    AiStart,
    AnalysisRef,
    Usage,
    UserEcho,
    open_frame,
)
from shared.redis_client import open_redis
from shared.redis_keys import UNASKED_TTL, RedisKeys, SessionKeys
from shared.scripts.session_scripts import (
    Adopted,
    Emission,
    SessionScripts,
    Step,
    once_for_echo,
    once_for_ending,
)
from tests.support.event_log import entries, logged_frames

TURN = uuid4()
ECHO = open_frame(UserEcho(TURN, "Why?", "KO"))
START = open_frame(AiStart(TURN, 1, None, "test"))
END = open_frame(AiComplete("ab", TURN, 1, "stop", Usage(1, 2), None, "test"))


@pytest.fixture
async def redis(redis_url: str) -> AsyncIterator[Redis]:
    async with open_redis(redis_url, name="test") as client:
        yield client


@pytest.fixture
def scripts(redis: Redis) -> SessionScripts:
    return SessionScripts(redis, event_log_max=5)


@pytest.fixture
def keys() -> SessionKeys:
    return RedisKeys().of_session("al ice:", uuid4())


class Speaker:
    """Sends steps of one turn; what it remembers is the number of the last one, and it may be told another."""

    def __init__(self, redis: Redis, scripts: SessionScripts, keys: SessionKeys) -> None:
        self._redis, self._scripts, self._keys = redis, scripts, keys
        self.number = 0

    async def step(
        self,
        step: Step,
        fence: int,
        *frames: bytes,
        text: str = "",
        before: int = 0,
        turn: UUID = TURN,
        number: int | None = None,
        notes: Sequence[bytes] = (),
    ) -> str:
        await self._scripts.load()
        self.number = number if number is not None else 1 if step == "open" else self.number + 1
        async with self._redis.pipeline(transaction=False) as pipeline:
            emission = Emission(
                self._keys, step, self.number, fence, turn, 1, frames, text.encode(), before, notes
            )
            self._scripts.queue_emit(pipeline, emission)
            [verdict] = await pipeline.execute()
        return str(verdict.decode())

    async def chunk(self, fence: int, text: str, before: int, **step: Any) -> str:
        frame = open_frame(AiChunk(text, TURN, 1))
        return await self.step("chunk", fence, frame, text=text, before=before, **step)


@pytest.fixture
def speaker(redis: Redis, scripts: SessionScripts, keys: SessionKeys) -> Speaker:
    return Speaker(redis, scripts, keys)


async def events(redis: Redis, keys: SessionKeys) -> list[tuple[str, int]]:
    return [(frame["type"], frame["seq"]) for frame in await logged_frames(redis, keys)]


async def test_a_turn_is_numbered_logged_and_kept(
    redis: Redis, scripts: SessionScripts, keys: SessionKeys, speaker: Speaker
) -> None:
    assert await speaker.step("open", 7, ECHO, START) == "ok"
    assert await speaker.chunk(7, "a", 0) == "ok"
    assert await speaker.chunk(7, "é", 1) == "ok"
    now = await scripts.catch_up(keys)
    assert (now.seq, now.turn, now.attempt, now.text, now.recovered) == (4, TURN, 1, "aé", False)
    assert await speaker.step("end", 7, END) == "ok"
    assert await events(redis, keys) == [
        ("user_echo", 1), ("ai_start", 2), ("ai_chunk", 3), ("ai_chunk", 4), ("ai_complete", 5),
    ]  # fmt: skip
    after = await scripts.catch_up(keys, epoch=now.epoch, seq=3)
    assert [msgspec.json.decode(frame)["seq"] for frame in after.frames] == [4, 5]
    assert (after.recovered, after.turn, after.text) == (True, None, "")


async def test_what_is_published_is_what_is_logged(redis: Redis, keys: SessionKeys, speaker: Speaker) -> None:
    async with redis.pubsub(ignore_subscribe_messages=True) as live:
        await live.subscribe(keys.live)
        await speaker.step("open", 1, ECHO, START)
        heard = []
        async for message in live.listen():
            heard.append(message["data"].split(b" ", 2))
            if len(heard) == 2:
                break
    logged = await entries(redis, keys.events)
    assert [(epoch, frame) for epoch, _, frame in heard] == [(f[b"epoch"], f[b"frame"]) for _, f in logged]
    assert [seq + b"-0" for _, seq, _ in heard] == [entry for entry, _ in logged]


async def test_every_step_may_be_sent_twice(redis: Redis, keys: SessionKeys, speaker: Speaker) -> None:
    for _ in range(2):
        await speaker.step("open", 1, ECHO, START)
    assert await speaker.chunk(1, "a", 0) == "ok"
    assert await speaker.chunk(1, "a", 0, number=2) == "repeated"
    assert await speaker.chunk(1, "c", 2, number=4) == "lost", "a step between is missing"
    assert await speaker.step("end", 1, END) == "ok"
    assert await speaker.step("end", 1, END) == "repeated"
    assert [kind for kind, _ in await events(redis, keys)] == [
        "user_echo",
        "ai_start",
        "ai_chunk",
        "ai_complete",
    ]


async def test_an_older_claim_is_fenced(speaker: Speaker) -> None:
    await speaker.step("open", 5, ECHO, START)
    assert await speaker.step("open", 4, ECHO, START) == "fenced"
    await speaker.step("open", 6, b"", START)
    assert await speaker.chunk(5, "zombie", 0) == "fenced"
    assert await speaker.step("end", 6, END) == "ok"
    assert await speaker.chunk(6, "late", 0) == "fenced"
    assert await speaker.step("open", 6, b"", START) == "fenced"


async def test_the_question_is_echoed_once_whoever_is_first(
    redis: Redis, scripts: SessionScripts, keys: SessionKeys, speaker: Speaker
) -> None:
    assert (await scripts.announce(keys, ECHO, once=once_for_echo(TURN)))[1] == 1
    assert (await scripts.announce(keys, ECHO, once=once_for_echo(TURN)))[1] == 0
    await speaker.step("open", 1, ECHO, START)
    assert [kind for kind, _ in await events(redis, keys)] == ["user_echo", "ai_start"]


async def test_endings_of_turns_that_never_began_are_told_once_and_do_not_pile_up(
    redis: Redis, scripts: SessionScripts, keys: SessionKeys
) -> None:
    turns = [uuid4() for _ in range(100)]
    told = 0
    for turn in turns:
        await scripts.announce(keys, open_frame(UserEcho(turn, "Why?", "KO")), once=once_for_echo(turn))
        ended = open_frame(AiComplete("", turn, 1, "cancelled", Usage(), None, "test"))
        told += (await scripts.announce(keys, ended, once=once_for_ending(turn)))[1] > 0
        for earlier in turns[max(0, told - 32) : told]:
            assert (await scripts.announce(keys, ended, once=once_for_ending(earlier)))[1] == 0
    assert told == len(turns)
    fields = await redis.hgetall(keys.session)
    assert set(fields) == {b"epoch", b"run", b"seq", b"over"}
    assert len(fields[b"over"].split()) == 32


@pytest.mark.parametrize("lost", ["everything", "the running text"])
async def test_a_chunk_that_does_not_continue_the_text_is_lost(
    redis: Redis, keys: SessionKeys, speaker: Speaker, lost: str
) -> None:
    await speaker.step("open", 1, ECHO, START)
    await speaker.chunk(1, "ab", 0)
    await (redis.flushall() if lost == "everything" else redis.delete(keys.text))
    assert await speaker.chunk(1, "c", 2) == "lost"
    assert await speaker.step("open", 2, b"", START, text="abc") == "ok"
    assert await speaker.chunk(2, "d", 3) == "ok"
    assert await redis.get(keys.text) == b"abcd"


async def test_a_trimmed_or_foreign_log_cannot_be_resumed(
    redis: Redis, scripts: SessionScripts, keys: SessionKeys
) -> None:
    epoch = (await scripts.catch_up(keys)).epoch
    for _ in range(8):
        await scripts.announce(keys, START)
    assert not (await scripts.catch_up(keys, epoch=epoch, seq=1)).recovered
    assert len((await scripts.catch_up(keys, epoch=epoch, seq=3)).frames) == 5
    assert not (await scripts.catch_up(keys, epoch=epoch, seq=99)).recovered
    assert not (await scripts.catch_up(keys, epoch="other", seq=8)).recovered
    await redis.delete(keys.session)  # the log of the old epoch must not be mixed with the new one
    assert (await scripts.announce(keys, START))[1] == 1


async def test_keys_are_percent_encoded_and_expire(redis: Redis, keys: SessionKeys, speaker: Speaker) -> None:
    await speaker.step("open", 1, ECHO, START)
    assert keys.session.startswith("chat:{0}:session:al%20ice%3A:")
    for key in (keys.session, keys.events, keys.text):
        assert await redis.ttl(key) > 0, key


LOOKUP = Lookup(1, "get_analysis", "Looking up PepsiCo…", "running", [])


async def test_notes_stand_beside_the_text_and_end_with_it(
    redis: Redis, scripts: SessionScripts, keys: SessionKeys, speaker: Speaker
) -> None:
    start = write_note(StartNote(AnalysisRef("KO", 7, dt.date(2026, 8, 22)), "test"))
    figure = Figure(0, 5, "27.36", "matched", "verified")
    await speaker.step("open", 1, ECHO, START, notes=[start])
    looking = AiLookup(TURN, 1, 1, "get_analysis", "Looking up PepsiCo…", "running", [])
    assert await speaker.step("note", 1, open_frame(looking), notes=[write_note(LookupNote(LOOKUP))]) == "ok"
    assert await speaker.chunk(1, "27.36", 0, notes=[write_note(FiguresNote([figure]))]) == "ok"
    found = read_notes((await scripts.catch_up(keys)).notes)
    assert found == (AnalysisRef("KO", 7, dt.date(2026, 8, 22)), "test", [figure], [LOOKUP])
    assert await redis.ttl(keys.notes) > 0
    await speaker.step("end", 1, END)
    assert await redis.exists(keys.notes) == 0
    assert [kind for kind, _ in await events(redis, keys)] == [
        "user_echo", "ai_start", "ai_lookup", "ai_chunk", "ai_complete",
    ]  # fmt: skip


async def test_what_was_shown_can_be_taken_over_and_stays_as_it_was(
    scripts: SessionScripts, keys: SessionKeys, speaker: Speaker
) -> None:
    assert await scripts.adopt(keys, fence=2, turn=TURN) == "lost"
    await speaker.step("open", 1, ECHO, START, notes=[write_note(StartNote(None, "test"))])
    await speaker.chunk(1, "ab", 0)
    assert await scripts.adopt(keys, fence=2, turn=uuid4()) == "lost"
    for _ in range(2):
        adopted = await scripts.adopt(keys, fence=2, turn=TURN)
        assert isinstance(adopted, Adopted)
        assert (adopted.text, read_notes(adopted.notes).model) == ("ab", "test")
    assert await speaker.chunk(1, "zombie", 2) == "fenced"
    assert await scripts.adopt(keys, fence=1, turn=TURN) == "fenced"
    assert await speaker.step("end", 2, END) == "ok"
    assert await scripts.adopt(keys, fence=2, turn=TURN) == "fenced"


async def test_numbers_are_not_given_twice_by_a_server_that_lost_its_last_writes(
    valkey: Valkey, redis: Redis, scripts: SessionScripts, keys: SessionKeys, speaker: Speaker
) -> None:
    await speaker.step("open", 1, ECHO, START)
    await speaker.chunk(1, "a", 0)
    before = await scripts.catch_up(keys)
    await valkey.restart()
    kept = await scripts.catch_up(keys, epoch=before.epoch, seq=before.seq)
    assert kept.recovered, "who saw no more than what is left goes on without a snapshot"
    assert await speaker.chunk(1, "b", 1) == "lost"
    assert await scripts.adopt(keys, fence=2, turn=TURN) == "lost"
    assert (await scripts.announce(keys, ECHO))[0] != before.epoch
    after = await scripts.catch_up(keys, epoch=before.epoch, seq=before.seq)
    assert not after.recovered
    assert await speaker.step("open", 2, b"", START, text="ab") == "ok"
    assert await speaker.chunk(2, "c", 2) == "ok"
    assert (await scripts.catch_up(keys)).epoch == after.epoch, "one new epoch, not one for each writer"


async def test_a_session_nobody_asked_anything_in_is_kept_for_an_hour_and_a_longer_life_is_not_shortened(
    redis: Redis, keys: SessionKeys, scripts: SessionScripts
) -> None:
    opened = await scripts.catch_up(keys)
    assert 0 < await redis.ttl(keys.session) <= UNASKED_TTL
    await redis.expire(keys.session, 10)
    await scripts.announce(keys, START, kept=UNASKED_TTL)
    assert UNASKED_TTL - 10 < await redis.ttl(keys.session) <= UNASKED_TTL
    epoch, seq = await scripts.announce(keys, ECHO)
    assert (epoch, seq) == (opened.epoch, 2)
    for _ in range(2):
        assert await redis.ttl(keys.session) > UNASKED_TTL
        await scripts.catch_up(keys)
        await scripts.announce(keys, START, kept=UNASKED_TTL)
