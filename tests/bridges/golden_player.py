"""A recorded conversation, played by a test in the worker's place while a bridge's client listens.

The gateway, Redis and Postgres are real; only who answers is a recording.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple, TypeVar
from uuid import UUID, uuid4

import msgspec
import redis.asyncio as redis

from shared.frames.turn_events import (
    AiChunk,
    AiComplete,
    AiError,
    Context,
    SessionEvent,
    UserEcho,
    open_frame,
)
from shared.redis_keys import RedisKeys
from shared.scripts.session_scripts import SessionScripts
from tests.golden.sessions import SESSIONS
from tests.support.stack import Stack

PLAYED = ("answered", "restarted", "queued", "failed", "checked")
"""Recordings that begin with a question; the others begin in mid-answer."""

T = TypeVar("T")


class Question(NamedTuple):
    """What a client asks: in which thread, under which id, about whom (None: nobody)."""

    thread: str
    message: str
    content: str
    ticker: str | None


class Played(NamedTuple):
    """How a turn of the recording ends, and whether a text was said that does not hold."""

    question: Question
    ending: AiComplete | AiError
    taken_back: bool


Post = Callable[[Question], Awaitable[T]]


async def play(stack: Stack, user: str, name: str, post: Post[T]) -> list[tuple[Played, T]]:
    """Let a client ask what the recording asks, in its order, then say all that it says."""
    thread = uuid4()
    observer = await stack.full(user, str(thread))
    turns: dict[UUID, UUID] = {}
    asking: list[tuple[Question, UUID, asyncio.Task[T]]] = []
    events = [frame for frame in SESSIONS[name] if isinstance(frame, SessionEvent)]
    for number, echo in enumerate(frame for frame in events if isinstance(frame, UserEcho)):
        question = Question(str(thread), f"message-{number}", echo.content, echo.context_ticker)
        asking.append((question, echo.turn_id, asyncio.create_task(_post(post, question))))
        heard = await observer.next_frame("user_echo")
        turns[echo.turn_id] = UUID(heard["turn_id"])
    for event in events:
        if not isinstance(event, UserEcho | Context):
            await say(stack, user, thread, msgspec.structs.replace(event, turn_id=turns[event.turn_id]))
    async with asyncio.timeout(20):
        return [(_played(events, question, turn), await task) for question, turn, task in asking]


async def say(stack: Stack, user: str, session: UUID, event: SessionEvent) -> None:
    """Publish one event of a session, as a worker does."""
    client: redis.Redis = redis.from_url(stack.redis_url)
    try:
        scripts = SessionScripts(client, event_log_max=400)
        await scripts.announce(RedisKeys().of_session(user, session), open_frame(event))
    finally:
        await client.aclose()


async def _post(post: Post[T], question: Question) -> T:
    return await post(question)


def _played(events: list[SessionEvent], question: Question, turn: UUID) -> Played:
    ending = next(e for e in events if isinstance(e, AiComplete | AiError) and e.turn_id == turn)
    attempts = {e.attempt for e in events if isinstance(e, AiChunk) and e.turn_id == turn}
    return Played(question, ending, taken_back=len(attempts) > 1)
