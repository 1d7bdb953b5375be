"""The three scripts that touch a session, with names for their arguments (the Lua files say what each does).

All three may be sent twice: they dedupe by fence, by name or by only reading. So these, and only these,
are safe to retry after a lost reply.
"""

import secrets
from collections.abc import Sequence
from importlib import resources
from typing import Literal, NamedTuple
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.commands.core import AsyncScript

from shared.redis_keys import EVENT_LOG_TTL, SESSION_TTL, UNASKED_TTL, SessionKeys

Step = Literal["open", "chunk", "end"]
StepResult = Literal["ok", "fenced", "lost", "repeated"]


def new_epoch() -> str:
    """A name for a session's numbering; it changes when Redis loses the session."""
    return secrets.token_hex(6)


class CatchUp(NamedTuple):
    """A session at one instant. `frames` are those after the seq last seen, if `recovered`."""

    epoch: str
    seq: int
    recovered: bool
    frames: list[bytes]
    turn: UUID | None
    attempt: int
    text: str


class Emission(NamedTuple):
    """One step of a turn's output; `emit.lua` says what `text` and `frames` are for each step.

    `before` is the length in bytes of the running answer before this step: a chunk that was applied
    already is recognised by it.
    """

    keys: SessionKeys
    step: Step
    fence: int
    turn: UUID
    attempt: int
    frames: Sequence[bytes]
    text: bytes = b""
    before: int = 0


class SessionScripts:
    """The scripts, loaded into one Redis client. Raises `redis.RedisError` where Redis does."""

    def __init__(self, redis: Redis, *, event_log_max: int) -> None:
        self._redis = redis
        self._announce = _load(redis, "announce.lua")
        self._emit = _load(redis, "emit.lua")
        self._catch_up = _load(redis, "catch_up.lua")
        self._event_log_max = event_log_max

    async def announce(
        self, keys: SessionKeys, frame: bytes, *, once: str = "", kept: int = SESSION_TTL
    ) -> tuple[str, int]:
        """Number, log and publish one event; returns its (epoch, seq), seq 0 if `once` was used before.

        The session is kept for `kept` seconds at least.
        """
        epoch, seq = await self._announce(
            keys=keys, args=[new_epoch(), self._event_log_max, EVENT_LOG_TTL, kept, once, frame]
        )
        return epoch.decode(), seq

    def queue_emit(self, pipeline: Pipeline, emission: Emission) -> None:
        """Put one step of a turn's output on a pipeline; its result is a `StepResult` as bytes.

        A server that was restarted does not know the script: the result is then a `NoScriptError`, and
        whoever runs the pipeline calls `load_emit` and runs it again.
        """
        args = (
            emission.step, emission.fence, str(emission.turn), emission.attempt, new_epoch(),
            self._event_log_max, EVENT_LOG_TTL, SESSION_TTL, emission.text, emission.before,
        )  # fmt: skip
        pipeline.evalsha(self._emit.sha, len(emission.keys), *emission.keys, *args, *emission.frames)

    async def load_emit(self) -> None:
        """Teach the server the emit script."""
        await self._redis.script_load(self._emit.script)

    async def catch_up(self, keys: SessionKeys, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """Read what follows (epoch, seq), or where the session stands if that cannot be said."""
        got = await self._catch_up(keys=keys, args=[epoch, seq, new_epoch(), UNASKED_TTL])
        now, last, recovered, frames, turn, attempt, text = got
        return CatchUp(
            now.decode(),
            last,
            recovered == 1,
            frames,
            UUID(turn.decode()) if turn else None,
            attempt,
            text.decode(),
        )


def once_for_echo(turn: UUID) -> str:
    """The name under which a turn's `user_echo` is announced at most once."""
    return f"echo:{turn}"


def once_for_ending(turn: UUID) -> str:
    """The name under which the ending of a turn that was never begun is announced at most once."""
    return f"ended:{turn}"


def _load(redis: Redis, name: str) -> AsyncScript:
    return redis.register_script((resources.files("shared.scripts") / name).read_text("utf-8"))
