"""The scripts that touch a session, with names for their arguments (the Lua files say what each does).

All may be sent twice: they dedupe by number, by fence, by name or by only reading. So these, and only these, are safe
to retry after a lost reply.
"""

import asyncio
import secrets
from collections.abc import Sequence
from importlib import resources
from typing import Any, Literal, NamedTuple
from uuid import UUID

from redis.asyncio import Redis
from redis.asyncio.client import Pipeline
from redis.exceptions import NoScriptError

from shared.redis_keys import EVENT_LOG_TTL, SESSION_TTL, UNASKED_TTL, SessionKeys

Step = Literal["open", "chunk", "note", "end"]
StepResult = Literal["ok", "fenced", "lost", "repeated"]

SCRIPTS = ("announce", "emit", "adopt", "catch_up")
NOT_LOADED = "0" * 40


def new_epoch() -> str:
    """A name for a session's numbering; it changes when Redis loses the session, or may have lost its end."""
    return secrets.token_hex(6)


class CatchUp(NamedTuple):
    """A session at one instant. `frames` are those after the seq last seen, if `recovered`; `text` and `notes` are
    the running answer so far."""

    epoch: str
    seq: int
    recovered: bool
    frames: list[bytes]
    turn: UUID | None
    attempt: int
    text: str
    notes: list[bytes]


class Emission(NamedTuple):
    """One step of a turn's output; `emit.lua` says what `text`, `notes` and `frames` are for each step.

    `number` counts the steps of a claim from 1; `before` is the length in bytes of the running answer before this step.
    """

    keys: SessionKeys
    step: Step
    number: int
    fence: int
    turn: UUID
    attempt: int
    frames: Sequence[bytes]
    text: bytes = b""
    before: int = 0
    notes: Sequence[bytes] = ()


class Adopted(NamedTuple):
    """An answer as far as it was shown: its text, and its notes as they were written."""

    text: str
    notes: list[bytes]


class SessionScripts:
    """The scripts, loaded into one Redis server. Raises `redis.RedisError` where Redis does."""

    def __init__(self, redis: Redis, *, event_log_max: int) -> None:
        self._redis = redis
        self._event_log_max = event_log_max
        self._sources = {name: _source(name + ".lua") for name in SCRIPTS}
        self._hashes = dict.fromkeys(SCRIPTS, NOT_LOADED)
        self._loading = asyncio.Lock()

    async def announce(
        self, keys: SessionKeys, frame: bytes, *, once: str = "", kept: int = SESSION_TTL
    ) -> tuple[str, int]:
        """Number, log and publish one event; returns its (epoch, seq), seq 0 if `once` was used before.

        The session is kept for `kept` seconds at least.
        """
        epoch, seq = await self._call(
            "announce", keys, new_epoch(), self._event_log_max, EVENT_LOG_TTL, kept, once, frame
        )
        return epoch.decode(), seq

    def queue_emit(self, pipeline: Pipeline, emission: Emission) -> None:
        """Put one step of a turn's output on a pipeline; its result is a `StepResult` as bytes.

        A server that was restarted or promoted does not know the script: the result is then a `NoScriptError`, and
        whoever runs the pipeline calls `load` and runs it again.
        """
        args = (
            emission.step, emission.number, emission.fence, str(emission.turn), emission.attempt, new_epoch(),
            self._event_log_max, EVENT_LOG_TTL, SESSION_TTL, emission.text, emission.before, len(emission.notes),
        )  # fmt: skip
        pipeline.evalsha(
            self._hashes["emit"], len(emission.keys), *emission.keys, *args, *emission.notes, *emission.frames
        )

    async def adopt(self, keys: SessionKeys, *, fence: int, turn: UUID) -> Adopted | StepResult:
        """Take over an answer as far as it was shown; `fenced` or `lost` where that cannot be."""
        result, *rest = await self._call("adopt", keys, fence, str(turn))
        if result != b"ok":
            refused: StepResult = result.decode()
            return refused
        text, notes = rest
        return Adopted(text.decode(), notes)

    async def catch_up(self, keys: SessionKeys, *, epoch: str = "", seq: int = 0) -> CatchUp:
        """Read what follows (epoch, seq), or where the session stands if that cannot be said."""
        got = await self._call("catch_up", keys, epoch, seq, new_epoch(), UNASKED_TTL)
        now, last, recovered, frames, turn, attempt, text, notes = got
        running = UUID(turn.decode()) if turn else None
        return CatchUp(now.decode(), last, recovered == 1, frames, running, attempt, text.decode(), notes)

    async def load(self) -> None:
        """Teach the server the scripts, under the name of its present run; both are asked over one connection, so
        that both are of one server."""
        unknown = self._hashes
        async with self._loading:
            if self._hashes is not unknown:
                return  # somebody else just did
            async with self._redis.client() as one:
                run = (await one.info("server"))["run_id"]
                self._hashes = {
                    name: await one.script_load(f"local RUN = '{run}'\n{source}")
                    for name, source in self._sources.items()
                }

    async def _call(self, name: str, keys: SessionKeys, *args: Any) -> Any:
        try:
            return await self._redis.evalsha(self._hashes[name], len(keys), *keys, *args)
        except NoScriptError:
            await self.load()
        return await self._redis.evalsha(self._hashes[name], len(keys), *keys, *args)


def once_for_echo(turn: UUID) -> str:
    """The name under which a turn's `user_echo` is announced at most once."""
    return f"echo:{turn}"


def once_for_ending(turn: UUID) -> str:
    """The name under which the ending of a turn that was never begun is announced once, as long as it is among the
    session's last ones."""
    return f"ended:{turn}"


def _source(file: str) -> str:
    """A script's text, with the beginning that all have."""
    folder = resources.files("shared.scripts")
    return (folder / "numbering.lua").read_text("utf-8") + (folder / file).read_text("utf-8")
